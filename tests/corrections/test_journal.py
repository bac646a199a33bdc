"""The journal of unsaved corrections: what a window that was lost had made is there for the next one."""

import pytest

from policycmp.corrections import journal
from policycmp.corrections.book import Book
from policycmp.corrections.journal import Journal

DOCS = ("a", "b")


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "folder", lambda: tmp_path / "state")


def decided(book, clause, relation="same"):
    return book.row("alignment", left="a", right="b", left_clause=clause, right_clause=clause, relation=relation)


def lines(book):
    return sorted(row.line for row in book.rows)


def test_what_a_lost_window_had_done_is_done_again(tmp_path):
    first = Book(tmp_path / "kept", DOCS)
    first.add(decided(first, 1), decided(first, 2))
    first.save()
    lost = Book(tmp_path / "kept", DOCS)
    lost.change(lost.rows[1:])
    lost.add(decided(lost, 3, "partial"))
    Journal(lost.where, DOCS).write(*lost.pending)

    new = Book(tmp_path / "kept", DOCS)
    (unsaved,) = Journal(new.where, DOCS).others()
    assert len(unsaved) == 2
    new.resume(unsaved)
    assert lines(new) == lines(lost)
    new.undo()
    new.undo()
    assert lines(new) == lines(first)


def test_nothing_is_offered_of_what_was_saved_forgotten_or_is_of_other_documents(tmp_path):
    book = Book(tmp_path, DOCS)
    book.add(decided(book, 1))
    mine = Journal(tmp_path, DOCS)
    mine.write(*book.pending)
    assert mine.others() == [] == Journal(tmp_path, ("a", "c")).others() == Journal(tmp_path / "x", DOCS).others()
    (unsaved,) = Journal(tmp_path, DOCS).others()
    unsaved.forget()
    assert Journal(tmp_path, DOCS).others() == []
    mine.write(*book.pending)
    book.save()
    mine.write(*book.pending)
    assert Journal(tmp_path, DOCS).others() == []


def test_a_broken_journal_is_no_journal(tmp_path):
    book = Book(tmp_path, DOCS)
    book.add(decided(book, 1))
    Journal(tmp_path, DOCS).write(*book.pending)
    (file,) = journal.folder().iterdir()
    file.write_bytes(b'{"new": [1')
    assert Journal(tmp_path, DOCS).others() == []
