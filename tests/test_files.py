import csv
import errno
import io
import os
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp import files
from policycmp.errors import PolicyError


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86 577", "'+86 577"),
        ("-甲", "'-甲"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("＋甲", "'＋甲"),
        ("－甲", "'－甲"),
        ("＠甲", "'＠甲"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("-5", "-5"),
        ("+3.5%", "+3.5%"),
        ("1-2", "1-2"),
        ("新增企业", "新增企业"),
        ("", ""),
        (-5.0, -5.0),
        (None, None),
    ],
)
def test_no_cell_can_be_taken_for_a_formula(cell, written):
    assert files.neutral(cell) == written


@given(st.text())
def test_what_is_written_is_no_formula_and_what_was_there(cell):
    written = files.neutral(cell)
    assert written.removeprefix("'") == cell.removeprefix("'")
    if written[:1] in tuple("=+-@\t\r"):
        assert float(written.rstrip("%")) is not None


def table():
    return pd.DataFrame(
        {
            "quote": ["=1+1", "新增，“5”家\n", ""],
            "value": [1.5e9, 66.67, float("nan")],
            "clause": pd.array([1, None, 3], dtype="Int64"),
            "comparable": [True, False, True],
        }
    )


def test_csv_is_what_a_spreadsheet_program_opens():
    data = files.csv_bytes(table())
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.replace(b"\r\n", b"").count(b"\n") == 1  # the one inside a cell
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["quote", "value", "clause", "comparable"],
        ["'=1+1", "1500000000", "1", "True"],
        ["新增，“5”家\n", "66.67", "", "False"],
        ["", "", "3", "True"],
    ]


def test_an_empty_table_is_a_header():
    assert files.csv_bytes(table().head(0)) == b"\xef\xbb\xbfquote,value,clause,comparable\r\n"


CELLS = {
    "quote": st.text("甲=+-1\n\t\",'", max_size=4),
    "value": st.floats(allow_infinity=False) | st.integers(-9, 9).map(float),
    "clause": st.none() | st.integers(-9, 9),
    "comparable": st.booleans(),
}


@given(st.lists(st.lists(st.fixed_dictionaries(CELLS), max_size=3), max_size=3))
def test_a_file_grows_by_rows_as_the_table_of_all_is_written(batches):
    rows = [row for batch in batches for row in batch]
    dtypes = dict(zip(CELLS, ("str", "float64", "Int64", "bool"), strict=True))
    whole = pd.DataFrame(rows, columns=list(CELLS)).astype(dtypes)
    with tempfile.TemporaryDirectory() as folder:
        with files.growing_csv(Path(folder, "a.csv"), list(CELLS)) as add:
            for batch in batches:
                add(batch)
        assert Path(folder, "a.csv").read_bytes() == files.csv_bytes(whole)


def test_the_same_table_gives_the_same_bytes():
    assert files.csv_bytes(table()) == files.csv_bytes(table())


def test_a_file_is_replaced_whole(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    assert files.write_csv(table(), path) == path
    assert path.read_bytes() == files.csv_bytes(table())
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_who_reads_a_file_while_it_is_replaced_reads_the_old_one_to_its_end(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    with path.open() as reader:
        files.write_csv(table(), path)
        assert reader.read() == "old"
    assert path.read_text() != "old"


def test_a_pipe_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(PolicyError, match="no regular file"):
        files.read_bytes(tmp_path / "a.csv")
    with pytest.raises(PolicyError, match="no regular file"), files.replacing(tmp_path / "a.csv"):
        pass  # a device such as /dev/full would be replaced by a file
    assert (tmp_path / "a.csv").is_fifo()


class Interrupted(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "seen"),
    [
        (Interrupted(), pytest.raises(Interrupted)),
        (KeyboardInterrupt(), pytest.raises(KeyboardInterrupt)),
        (
            OSError(errno.ENOSPC, "No space left"),
            pytest.raises(PolicyError, match=r"a.csv: .*No space left.*make room"),
        ),
    ],
)
def test_a_failure_in_the_middle_of_writing_keeps_the_old_file(tmp_path, error, seen):
    path = tmp_path / "a.csv"
    path.write_text("old")
    with seen, files.replacing(path) as temporary:
        temporary.write_text("half of the new")
        raise error
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_a_failure_leaves_no_new_file(tmp_path):
    with pytest.raises(Interrupted), files.replacing(tmp_path / "a.csv") as temporary:
        temporary.write_text("half")
        raise Interrupted
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_cannot_be_replaced(tmp_path):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(PolicyError, match=r"a.csv: this is no regular file; name a file"):
        files.write_csv(table(), tmp_path / "a.csv")
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_a_folder_is_made_and_what_is_in_it_stays(tmp_path):
    assert files.folder(tmp_path / "a" / "b") == tmp_path / "a" / "b"
    (tmp_path / "a" / "b" / "mine.txt").write_text("mine")
    files.folder(str(tmp_path / "a" / "b"))
    assert (tmp_path / "a" / "b" / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["taken", "taken/below"])
def test_a_file_has_the_name_of_the_folder(tmp_path, name):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(PolicyError, match=f"{name}: a file has this name; give the name of a folder"):
        files.folder(tmp_path / name)


def test_a_folder_that_cannot_be_made(tmp_path):
    with pytest.raises(PolicyError, match=r"the folder cannot be made .*; give another --out"):
        files.folder(tmp_path / ("x" * 300))
