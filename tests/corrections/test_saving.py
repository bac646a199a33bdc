"""Files that are saved together: a stop at any moment, two writers, a file changed by another."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from filelock import FileLock

from policycmp import files
from policycmp.corrections import saving
from policycmp.errors import PolicyError

OLD = {"a.csv": b"old a", "b.csv": b"old b", "c.csv": b"old c"}
NEW = {"a.csv": b"new a", "b.csv": b"new b", "c.csv": b"new c"}


@pytest.fixture
def folder(tmp_path):
    for name, raw in OLD.items():
        (tmp_path / name).write_bytes(raw)
    return tmp_path


def held(folder):
    return {name: saving.content(folder, name) for name in OLD}


@pytest.mark.parametrize("count", range(6))
def test_a_stop_between_two_files_leaves_all_old_or_all_new(folder, monkeypatch, count):
    done, replace = [], files.os.replace

    def stopping(source, target):
        if len(done) == count:
            raise KeyboardInterrupt
        done.append(target)
        replace(source, target)

    monkeypatch.setattr(files.os, "replace", stopping)
    try:
        saving.save(folder, NEW, read=OLD)
    except KeyboardInterrupt:
        monkeypatch.setattr(files.os, "replace", replace)
    assert held(folder) == (NEW if count else OLD)
    assert not (folder / saving.MARKER).exists()


def test_of_many_writers_who_read_the_same_one_wins_and_the_others_are_told(folder):
    def write(number):
        try:
            saving.save(folder, {name: b"%d" % number for name in OLD}, read=OLD)
        except PolicyError as error:
            return error.key
        return number

    with ThreadPoolExecutor(10) as pool:
        results = list(pool.map(write, range(10)))
    (winner,) = [one for one in results if one != "changed_elsewhere"]
    assert set(held(folder).values()) == {b"%d" % winner}


def test_a_writer_that_does_not_end_is_told_in_one_line(folder, monkeypatch):
    monkeypatch.setattr(saving, "PATIENCE", 0.01)
    with FileLock(folder / saving.LOCK), pytest.raises(PolicyError, match="still writing"):
        saving.save(folder, NEW, read=OLD)
    assert held(folder) == OLD


def test_what_a_killed_run_left_half_written_is_removed_by_the_next(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from policycmp import files\n"
        "with files.replacing(Path(sys.argv[1], 'x.csv')) as temporary: os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path], check=False)
    (left,) = tmp_path.iterdir()
    with files.replacing(tmp_path / "mine.csv"):
        files.folder(tmp_path)
        assert [file.suffix for file in tmp_path.iterdir()] == [".csv"]  # of one that still runs
    assert not left.exists()
