"""What a machine does to a program: kills at any moment, a full disk, a folder that is read-only, other writers.

A few of each belong to every run of the tests; ``ATTACKS=1000 pytest tests/test_attacks.py``, as `make fuzz` does it,
makes so many.
"""

import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import fuzz_laws
import pytest

from policycmp import files
from policycmp.cli import main
from policycmp.corrections import saving
from policycmp.corrections.decisions import Corrections

TIMES = int(os.environ.get("ATTACKS", "10"))
ROOT = Path(__file__).resolve().parents[1]
TABLES = ("quantities", "alignment", "target_pairs")
SAVER = """
import sys
from pathlib import Path
from policycmp.corrections import saving
folder, names = Path(sys.argv[1]), ["quantities.csv", "alignment.csv", "target_pairs.csv"]
for number in range(10**6):
    read = {name: saving.content(folder, name) for name in names}
    saving.save(folder, {name: str(number).encode() for name in names}, read=read)
    if number == 0:
        print("ready", flush=True)
"""
ADDER = """
import sys
from pathlib import Path
from policycmp.corrections.book import Book
from policycmp.errors import PolicyError
saved = 0
for clause in range(int(sys.argv[2]), int(sys.argv[2]) + 5):
    book = Book(Path(sys.argv[1]), ("a", "b"))
    book.add(book.row("alignment", left="a", right="b", left_clause=clause, right_clause=1, relation="same"))
    while True:
        try:
            book.save()
            break
        except PolicyError as error:
            assert error.key == "changed_elsewhere", error
            book.reload()
"""

posix = pytest.mark.skipif(os.name == "nt", reason="signals and limits of a POSIX system")


def started(program, *arguments, **options):
    return subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)], cwd=ROOT, **options)


@posix
def test_a_kill_at_any_moment_leaves_files_of_one_save(tmp_path):
    chance, generations = random.Random(7), set()
    for _ in range(TIMES):
        process = started(SAVER, tmp_path, stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(chance.random() * 0.05)
        process.kill()
        process.communicate()
        held = {saving.content(tmp_path, f"{table}.csv") for table in TABLES}
        assert len(held) == 1
        generations |= held
        files.folder(tmp_path)
        assert sorted(path.name for path in tmp_path.iterdir() if path.name != saving.LOCK) in (
            [],
            sorted(f"{table}.csv" for table in TABLES),
        )
    assert len(generations) > 1  # some were killed after a save


def test_ten_writers_lose_nothing(tmp_path):
    writers = [started(ADDER, tmp_path, 10 * number + 1) for number in range(10)]
    assert [writer.wait(300) for writer in writers] == [0] * 10
    rows = Corrections.read(tmp_path).rows
    wanted = {10 * number + 1 + step for number in range(10) for step in range(5)}
    assert sorted(int(row.cells["left_clause"]) for row in rows) == sorted(wanted)


@posix
def test_a_kill_while_tables_are_written_leaves_whole_files(tmp_path):
    chance = random.Random(8)
    command = [sys.executable, "-m", "policycmp", "tables", "longwan", "--out", str(tmp_path / "out")]
    main(command[3:])
    whole = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    for _ in range(max(2, TIMES // 10)):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        time.sleep(0.3 + chance.random())
        process.kill()
        process.wait()
        left = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.name[0] != "."}
        assert left == whole
    main(command[3:])
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(whole)


@posix
def test_a_full_disk_is_one_line_and_the_old_files_stay(tmp_path):
    command = [sys.executable, "-m", "policycmp", "tables", "longwan", "--lang", "en", "--out", str(tmp_path / "out")]
    main(command[3:])
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))

    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, preexec_fn=full)
    assert run.returncode == 1 and run.stderr.count("\n") == 1 and "cannot be written" in run.stderr
    after = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert {name: after[name] for name in before} == before and set(after) == set(before)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become an ordinary user")
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:3]:
        parent.chmod(parent.stat().st_mode | 0o055)
    program = """import os, sys
from policycmp.cli import main
main(["tables", "longwan", "--out", sys.argv[1]])  # all is loaded before root's own folders are out of reach
os.setuid(65534)
sys.exit(main(["tables", "longwan", "--lang", "en", "--out", sys.argv[2]]))"""
    (tmp_path / "closed").mkdir()
    run = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "open", tmp_path / "closed" / "out"],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert run.returncode == 1 and run.stderr.count("\n") == 1 and "Permission denied" in run.stderr
    assert list((tmp_path / "closed").iterdir()) == []


def test_corrections_can_be_read_where_nothing_can_be_written(tmp_path):
    row = "left,right,left_clause,right_clause,relation\nlongwan,lucheng,1,1,partial\n"
    (tmp_path / "alignment.csv").write_text(row, encoding="utf-8")
    tmp_path.chmod(0o555)
    try:
        assert len(Corrections.read(tmp_path).rows) == 1
    finally:
        tmp_path.chmod(0o755)


def test_any_text_is_read_or_refused_and_its_tables_keep_their_laws():
    """Two thousand generated texts by fixed seeds; `make fuzz` reads a million (tests/fuzz_laws.py)."""
    held = fuzz_laws.hold(range(2000), each_pair=100)
    assert held.broken == []
    assert held.read > 800 and held.pairs >= 8
