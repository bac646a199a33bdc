"""What a run of the tests makes once, however many processes it has: who needs it first makes it, the others wait."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder ``name`` of this run, filled by ``make``; a test must not change what is in it."""
    common = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # the base of a worker lies in that of the run
        common = common.parent
    folder, done = common / name, common / f"{name}.done"
    with FileLock(common / f"{name}.lock"):
        if not done.exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            done.touch()
    return folder
