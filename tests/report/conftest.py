"""What the tests of the report share: one warm process, of which all their kernels are copies."""

import os
from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from policycmp.report.notebooks import kernels


@pytest.fixture(scope="session")
def warm_process() -> Iterator[kernels.Warm | None]:
    if not kernels.CAN_FORK:
        yield None
        return
    process = kernels.Warm(os.environ)
    yield process
    process.close()


@pytest.fixture
def warm(monkeypatch, warm_process) -> None:
    """Notebooks run in copies of a process that is warm already: to load all anew takes seconds of each test."""
    monkeypatch.setattr(kernels, "warm", lambda env: nullcontext(warm_process if kernels.CAN_FORK else None))
