"""Corrections with their history: a model checks undo, redo, save and reload; foreign lines stay byte for byte."""

import csv
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from policycmp.corrections import decisions
from policycmp.corrections.book import Book
from policycmp.corrections.decisions import TABLES
from policycmp.errors import PolicyError

DOCS = ("east", "west")
HEADERS = {
    "quantities": "doc,section,clause,as_written,number,action,value,reason",
    "alignment": "left,right,left_clause,right_clause,relation,reason",
    "target_pairs": "left_target,right_target,decision,reason",
    "incentive_pairs": "left_incentive,right_incentive,decision,reason",
}
FOREIGN = {
    "quantities": ["# 手写的说明", "north,1,3, 5万 ,1,change,7,'旧的'", ""],
    "alignment": ["north,west,1,1,same,别的一对", "east,east,1,2,partial,", "#east,west,9,9,same,"],
    "target_pairs": ['north-001-01,west-001-01,accept,"两行\n的理由"'],
    "incentive_pairs": ["north-i001-01,west-i001-01,accept,"],
}
OWN = {"alignment": ["west,east,4,5,partial,换了次序"], "quantities": ["east,1,1,30,1,change,31,"]}
OWN |= {"target_pairs": [], "incentive_pairs": []}


@pytest.fixture
def folder(tmp_path):
    """Files with a byte-order mark and without, with both kinds of line ends; the last line of one is not ended."""
    write(tmp_path, "quantities", "\r\n", "utf-8-sig", "")
    write(tmp_path, "alignment", "\n", "utf-8", "\n")
    write(tmp_path, "target_pairs", "\n", "utf-8", "\n")
    return tmp_path


def write(folder, table, ending, encoding, last):
    lines = [HEADERS[table], *FOREIGN[table], *OWN[table]]
    (folder / f"{table}.csv").write_bytes((ending.join(lines) + last).encode(encoding))


def content(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def pair(book, left, right, relation="same", reason=""):
    cells = {"left_clause": left, "right_clause": right, "relation": relation, "reason": reason}
    return book.row("alignment", left="east", right="west", **cells)


def number(book, written, value):
    return book.row(
        "quantities", doc="west", section=1, clause=2, as_written=written, number=1, action="change", value=value
    )


def test_the_rows_are_those_of_the_two_documents(folder):
    rows = Book(folder, DOCS).rows
    assert [(row.table, row.line) for row in rows] == [
        ("quantities", OWN["quantities"][0]),
        ("alignment", OWN["alignment"][0]),
    ]
    assert len(Book(folder, ("west", "north")).rows) == 3
    assert Book(folder, ("south", "sea")).rows == ()


def test_what_is_saved_is_read_again_and_the_rest_stays_byte_for_byte(folder):
    before, book = content(folder), Book(folder, DOCS)
    book.add(pair(book, 1, 2, "reject", "不是一回事"), number(book, "1.5亿", 2))
    assert content(folder) == before
    book.save()
    after = content(folder)
    assert after["alignment.csv"] == before["alignment.csv"] + "east,west,1,2,reject,不是一回事\n".encode()
    assert after["quantities.csv"] == before["quantities.csv"] + "\r\nwest,1,2,1.5亿,1,change,2,\r\n".encode()
    assert after["target_pairs.csv"] == before["target_pairs.csv"]
    again = Book(folder, DOCS)
    assert Counter(again.rows) == Counter(book.rows) and not book.unsaved and not again.unsaved


def test_a_correction_takes_the_place_of_another_about_the_same(folder):
    book = Book(folder, DOCS)
    book.add(pair(book, 1, 2), pair(book, 1, 3), number(book, "5", 6))
    book.add(pair(book, 1, 2, "reject"))
    book.add(number(book, "5", 7), number(book, "7", 7))
    assert [row.line for row in book.rows[2:]] == [
        "east,west,1,3,same,",
        "east,west,1,2,reject,",
        "west,1,2,5,1,change,7,",
        "west,1,2,7,1,change,7,",
    ]


def test_undo_reaches_into_what_was_saved_before(folder):
    book = Book(folder, DOCS)
    assert book.can == (True, False)
    book.undo()
    book.save()
    assert OWN["alignment"][0] not in (folder / "alignment.csv").read_text(encoding="utf-8")
    book.redo()
    book.save()
    assert set(Book(folder, DOCS).rows) == set(book.rows) and len(book.rows) == 2


def test_the_second_window_is_told_and_overwrites_nothing(folder):
    one, two = Book(folder, DOCS), Book(folder, DOCS)
    one.add(pair(one, 1, 1))
    two.add(pair(two, 2, 2))
    one.save()
    before = content(folder)
    with pytest.raises(PolicyError, match=r"alignment\.csv: another window or program changed it, nothing was saved"):
        two.save()
    assert content(folder) == before and two.unsaved
    two.reload()
    assert [row.line for row in two.rows[-2:]] == ["east,west,1,1,same,", "east,west,2,2,same,"]
    two.undo()
    assert not two.unsaved
    two.redo()
    two.save()
    assert Counter(Book(folder, DOCS).rows) == Counter(two.rows)


def test_what_another_window_withdrew_stays_withdrawn_and_own_withdrawals_hold(folder):
    one, two = Book(folder, DOCS), Book(folder, DOCS)
    one.change(one.rows[:1])
    one.save()
    two.change(two.rows[1:])
    two.reload()
    assert two.rows == ()


def test_files_that_are_not_there_are_made_only_when_something_is_saved(tmp_path):
    book = Book(tmp_path / "new", DOCS)
    book.save()
    assert list((tmp_path / "new").glob("*.csv")) == []
    book.add(pair(book, 1, 1))
    book.save()
    assert [path.name for path in (tmp_path / "new").glob("*.csv")] == ["alignment.csv"]
    assert Book(tmp_path / "new", DOCS).rows == book.rows


@pytest.mark.parametrize(
    ("table", "text", "message"),
    [
        ("alignment", "left,right\n", r"alignment\.csv: column left_clause is missing"),
        ("alignment", HEADERS["alignment"] + "\n# x\neast,west,1\n", r"alignment\.csv, row 3: the row has another"),
        ("quantities", HEADERS["quantities"] + ',what\n"', r"quantities\.csv: column what is unknown"),
        ("target_pairs", "", r"target_pairs\.csv: column left_target is missing"),
        ("alignment", HEADERS["alignment"] + '\n"' + "x" * 200_000, r"alignment\.csv, row \d: no valid CSV \(field"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_with_its_line_and_not_overwritten(folder, table, text, message):
    book = Book(folder, DOCS)
    book.add(pair(book, 1, 1))
    (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    before, rows = content(folder), book.rows
    with pytest.raises(PolicyError, match=message):
        Book(folder, DOCS)
    with pytest.raises(PolicyError, match=message):
        book.reload()
    with pytest.raises(PolicyError, match="nothing was saved"):
        book.save()
    assert (content(folder), book.rows) == (before, rows)


def test_a_header_without_a_needed_column_is_no_place_for_the_correction(folder):
    with pytest.raises(PolicyError, match=r"quantities\.csv: its header row has no column unit; add it"):
        Book(folder, DOCS).row("quantities", doc="east", unit="家")


def test_a_reason_is_text_and_never_a_formula(folder):
    book = Book(folder, DOCS)
    book.add(pair(book, 1, 1, reason='=cmd|"/C calc"!A1\nzwei\0\u2028drei'))
    book.save()
    rows = list(csv.DictReader((folder / "alignment.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[-1]["reason"] == '\'=cmd|"/C calc"!A1 zwei drei'


def test_a_document_whose_id_looks_like_a_comment_keeps_its_corrections(tmp_path):
    book = Book(tmp_path, ("#east", "west"))
    row = {"left": "#east", "right": "west", "left_clause": 1, "right_clause": 1, "relation": "same"}
    book.add(book.row("alignment", **row))
    book.save()
    assert Book(tmp_path, ("#east", "west")).rows == book.rows != ()


@given(st.binary(max_size=60), st.sampled_from(TABLES), st.booleans())
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path_factory, raw, table, headed):
    folder = tmp_path_factory.getbasetemp() / "fuzz"
    folder.mkdir(exist_ok=True)
    file = folder / f"{table}.csv"
    file.write_bytes((HEADERS[table] + "\n").encode() * headed + raw)
    try:
        decisions.read_table(folder, table)
    except PolicyError as error:
        assert "\n" not in str(error) and file.name in str(error)


class Window(RuleBasedStateMachine):
    """A window with its files, and a model of both: the list of corrections, what is undone, what is saved."""

    def __init__(self):
        super().__init__()
        import tempfile
        from pathlib import Path

        self.home = tempfile.TemporaryDirectory()
        self.folder = Path(self.home.name)
        for table in TABLES:
            write(self.folder, table, "\n", "utf-8", "\n")
        self.foreign = {table: list(FOREIGN[table]) for table in TABLES}
        self.book = Book(self.folder, DOCS)
        self.done = [(), self.book.rows[:1], self.book.rows]
        self.undone = []
        self.stale = False

    def teardown(self):
        self.home.cleanup()

    @rule(left=st.integers(1, 3), right=st.integers(1, 3), reason=st.text(max_size=3))
    def align(self, left, right, reason):
        row = pair(self.book, left, right, "partial", reason)
        self.book.add(row)
        self.did(self.book.rows)
        assert self.book.rows[-1] == row

    @rule(written=st.sampled_from(["5", "1.5亿", "三分之二"]), value=st.integers(0, 9))
    def fix(self, written, value):
        self.book.add(number(self.book, written, value))
        self.did(self.book.rows)

    @rule(data=st.data())
    def withdraw(self, data):
        if self.book.rows:
            gone = data.draw(st.sampled_from(self.book.rows))
            self.book.change(tuple(row for row in self.book.rows if row != gone))
            self.did(self.book.rows)

    def did(self, rows):
        if rows != self.done[-1]:
            self.done.append(rows)
            self.undone = []

    @rule()
    def undo(self):
        self.book.undo()
        if len(self.done) > 1:
            self.undone.append(self.done.pop())

    @rule()
    def redo(self):
        self.book.redo()
        if self.undone:
            self.done.append(self.undone.pop())

    @precondition(lambda self: not self.stale)
    @rule()
    def save(self):
        self.book.save()
        assert Counter(Book(self.folder, DOCS).rows) == Counter(self.book.rows)
        for table in TABLES:
            lines = (self.folder / f"{table}.csv").read_text(encoding="utf-8").split("\n")
            foreign = "\n".join([HEADERS[table], *self.foreign[table], ""]).split("\n")
            assert Counter(lines) == Counter(foreign) + Counter(r.line for r in self.book.rows if r.table == table)

    @rule()
    def another_program_writes(self):
        with (self.folder / "alignment.csv").open("a", encoding="utf-8") as file:
            file.write("north,west,7,7,same,\n")
        self.foreign["alignment"].append("north,west,7,7,same,")
        self.stale = True

    @precondition(lambda self: self.stale)
    @rule()
    def save_is_refused(self):
        before = content(self.folder)
        with pytest.raises(PolicyError, match="changed it"):
            self.book.save()
        assert content(self.folder) == before

    @rule()
    def reload(self):
        before = Counter(self.book.rows)
        self.book.reload()
        assert Counter(self.book.rows) == before
        self.stale, self.undone = False, []
        self.done = [self.book.saved[:n] for n in range(len(self.book.saved) + 1)]
        self.did(self.book.rows)

    @invariant()
    def the_window_is_as_the_model(self):
        assert self.book.rows == self.done[-1]
        assert self.book.can == (len(self.done) > 1, bool(self.undone))


Window.TestCase.settings = settings(max_examples=40, stateful_step_count=25)
TestWindow = Window.TestCase
