"""Kernels forked from one warm process: they are fresh each time, and leave no process behind."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from policycmp.errors import PolicyError
from policycmp.report import notebooks
from policycmp.report.notebooks import kernels

pytestmark = pytest.mark.skipif(not kernels.CAN_FORK, reason="this system starts its kernels one by one")
WHO = (
    "import os, sys; print('sklearn' in sys.modules, 'mark' in dir(), os.getcwd(), os.getppid(), os.getpid()); mark = 1"
)


def book(source):
    return new_notebook(cells=[new_code_cell(source)])


def is_gone(pid, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":  # nobody waits for it
            return True
        time.sleep(0.05)
    return False


def test_kernels_are_copies_of_one_process_share_nothing_afterwards_and_end(tmp_path):
    books = {"a": book(WHO), "b": book(WHO)}
    notebooks.run(books, tmp_path)
    one, other = (each.cells[0].outputs[0]["text"].split() for each in books.values())
    assert one[:3] == other[:3] == ["True", "False", str(tmp_path)]
    assert one[3] == other[3]
    assert one[4] != other[4]
    assert all(is_gone(int(pid)) for pid in (one[3], one[4], other[4]))


def test_a_kernel_that_dies_is_told(tmp_path, warm):
    with pytest.raises(PolicyError, match=r"a\.ipynb.*DeadKernelError"):
        notebooks.run({"a": book("import os; os._exit(1)")}, tmp_path)


def test_a_table_is_shown_as_in_a_kernel_that_was_started_by_itself(tmp_path, monkeypatch, warm):
    wide = "import pandas as pd; print(pd.DataFrame([range(1000000, 1000018)]))"
    forked, alone = book(wide), book(wide)
    notebooks.run({"a": forked}, tmp_path)
    monkeypatch.setattr(kernels, "CAN_FORK", False)
    notebooks.run({"a": alone}, tmp_path)
    assert forked.cells[0].outputs == alone.cells[0].outputs


def asked(folder, *loaded):
    """A process to fork kernels from that has little loaded, and was asked for one in ``folder``."""
    program = (
        "import importlib\nfrom policycmp.report.notebooks import kernels\n"
        f"kernels._load = lambda: [importlib.import_module(name) for name in {loaded}]\nkernels.serve()"
    )
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    process = subprocess.Popen([sys.executable, "-c", program], text=True, **pipes)
    request = {"connection_file": str(folder / "k.json"), "cwd": str(folder), "env": dict(os.environ)}
    process.stdin.write(json.dumps(request) + "\n")
    return process


def test_a_kernel_ends_where_the_warm_process_is_killed(tmp_path):
    """So it is where a whole report is killed: the warm process ends with its input, and nobody asks the kernel to."""
    with asked(tmp_path, "ipykernel.kernelapp") as process:
        process.stdin.flush()
        kernel = int(process.stdout.readline())
        while not (tmp_path / "k.json").exists():
            time.sleep(0.05)
        process.kill()
    assert is_gone(kernel)


def test_a_warm_process_whose_asker_is_killed_ends_without_a_word(tmp_path):
    with asked(tmp_path) as process:
        process.stdout.close()
        process.stdin.flush()
        assert process.wait(60) == 0
        assert process.stderr.read() == ""


def test_a_kernel_whose_parent_is_gone_already_ends(tmp_path):
    """Between the request and the copy the parent may be killed: no kernel must stay behind that nobody ends."""
    program = (
        "from policycmp.report.notebooks import kernels\n"
        f"kernels._become_kernel(999_999_999, connection_file='k.json', cwd={str(tmp_path)!r}, env={{}})"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 0
