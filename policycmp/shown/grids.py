"""A matrix of documents as people read it, a measure a row and a document a column; and what an edition changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from policycmp import schema
from policycmp.document import Tables
from policycmp.many import Matrix, common
from policycmp.schema import Place, Record, place_of, records
from policycmp.shown.amounts import format_amount, format_value
from policycmp.shown.html import Table
from policycmp.shown.naming import counted, heading, refs, tell_apart, value
from policycmp.shown.translations import speaker, translate_matrix
from policycmp.wording import label, said

if TYPE_CHECKING:
    import pandas as pd

_CALLED = {"clause": "clause", "budget": "section"}  # what a change names: a title, a heading; of targets a quote


def measures(matrix: Matrix) -> Table:
    """Return one row per measure: the clauses of each document with their targets and, beside a parent, the change."""
    lang, goals = matrix.lang, _goals(matrix)
    say = speaker(matrix.documents[0].policy.folder, lang)

    def cell(row: Record, place: str) -> str:
        notes = [label(row["change"], lang, "values")] if row["change"] else []
        called = say("clause", row["title"])
        if row["part"] == "partial":
            return f"{place} {called}{_bracket([*notes, label('partial', lang, 'values')], lang)}"
        if row["change"] == "changed":
            notes.append(_share(row))
        clause = f"{place} {called}{_bracket(notes, lang)}"
        return "\n".join([clause, *goals.get((row["doc"], place_of(row)), [])])

    def title(rows: Sequence[Record]) -> str:
        main = next(row for row in rows if row["part"] == "main")
        return f"{main['measure']} {say('clause', main['title'])}"

    own = matrix.measures[(matrix.measures["doc"] == matrix.parent) & (matrix.measures["part"] == "main")]
    gone = dict.fromkeys(own["measure"], label("gone", lang, "values"))
    return _grid(matrix, "measure", _grouped(matrix.measures, "measure"), title, cell, gone)


def _goals(matrix: Matrix) -> dict[tuple[str, Place | None], list[str]]:
    """Return the targets of each clause of each document in words."""
    goals: dict[tuple[str, Place | None], list[str]] = {}
    for row in records(translate_matrix(matrix)[0]):
        text = f"{row['indicator']} {value(row, '', matrix.lang)}"
        goals.setdefault((row["doc"], place_of(row)), []).append(text)
    return goals


def targets(matrix: Matrix) -> Table:
    """Return one row per target that two or more documents set: each value with its clause."""
    shared = common(translate_matrix(matrix)[0])

    def cell(row: Record, place: str) -> str:
        return value(row, "", matrix.lang) + _bracket([place], matrix.lang)

    return _grid(matrix, "indicator", _grouped(shared, "group"), counted, cell)


def budgets(matrix: Matrix) -> Table:
    """Return one row per group of sections that answer each other: what each document allots to its own."""
    lang = matrix.lang

    def cell(row: Record, _: str) -> str:
        scope = [label("earmark", lang, "values")] if row["scope"] == "earmark" else []
        amount = format_amount(row["amount_yuan"], lang) + _bracket(scope, lang)
        return f"{heading(row['section'], row['heading'], lang)} {amount}"

    def title(rows: Sequence[Record]) -> str:
        return str(rows[0]["heading"])

    return _grid(matrix, "section", _grouped(translate_matrix(matrix)[1], "group"), title, cell)


def changed(table: pd.DataFrame, sides: Sequence[Tables], lang: str = "zh") -> Table:
    """Return the table ``changes`` of two documents for people, without what is kept."""
    old, new = (refs(side, lang) for side in sides)
    say, rows = speaker(sides[0].policy.folder, lang), []
    for row in records(table[table["change"] != "kept"]):
        what = _CALLED.get(row["kind"], "")
        before = old(place_of(row, "old")), say(what, row["old"]), _number(row["old_value"], row["unit"], lang)
        after = new(place_of(row, "new")), say(what, row["new"]), _number(row["new_value"], row["unit"], lang)
        kind, change = label(row["kind"], lang), label(row["change"], lang, "values")
        rows.append([kind, change, *before, *after, _share(row)])
    head = [label("kind", lang), label("change", lang)]
    for name in tell_apart(sides, lang):
        own = f"{name}{label('colon', lang, 'names')}"
        head += [name, own + label("quote", lang), own + label("value", lang)]
    return Table([*head, label("shared_share", lang)], rows)


def change_counts(table: pd.DataFrame, lang: str = "zh") -> Table:
    """Return how many rows of each kind in the table ``changes`` are kept, changed, new, gone and so on."""
    changes = [name for name in schema.CHANGES if name in set(table["change"])]
    rows = []
    for kind in table["kind"].drop_duplicates():
        counts = table.loc[table["kind"] == kind, "change"].value_counts()
        rows.append([label(kind, lang), *(int(counts.get(name, 0)) for name in changes)])
    return Table([label("kind", lang), *(label(name, lang, "values") for name in changes)], rows)


def _number(number: float, unit: str, lang: str) -> str:
    return format_value(number, None, "equal", unit, lang) if number == number else ""


def _grouped(table: pd.DataFrame, by: str) -> dict[int, list[Record]]:
    """Return the rows of ``table`` by the number of their group."""
    groups: dict[int, list[Record]] = {}
    for row in records(table):
        groups.setdefault(row[by], []).append(row)
    return groups


def _grid(
    matrix: Matrix,
    what: str,
    groups: Mapping[int, Sequence[Record]],
    title: Callable[[Sequence[Record]], str],
    cell: Callable[[Record, str], str],
    missing: Mapping[int, str] | None = None,
) -> Table:
    """Return a row per group and a column per document.

    Parameters
    ----------
    matrix : Matrix
        The documents.
    what : str
        The label of what a row is about.
    groups : mapping
        The rows of a table by the number of their group.
    title : callable
        What a group is called.
    cell : callable
        What a row says, given the name of its clause; several of one document stand on several lines.
    missing : mapping, optional
        What stands in the empty cells of some groups.
    """
    named = {one.doc: refs(one, matrix.lang) for one in matrix.documents}
    lines = []
    for number, rows in groups.items():
        texts: dict[str, list[str]] = {doc: [] for doc in named}
        for row in rows:
            place = place_of(row) if "clause" in row else None  # of a whole section, it has none
            texts[row["doc"]].append(cell(row, named[row["doc"]](place)))
        empty = (missing or {}).get(number, "")
        lines.append([title(rows), *("\n".join(own) or empty for own in texts.values())])
    return Table([label(what, matrix.lang), *tell_apart(matrix.documents, matrix.lang)], lines)


def _share(row: Record) -> str:
    return f"{row['shared']:.0%}" if row["shared"] == row["shared"] else ""


def _bracket(notes: Iterable[str], lang: str) -> str:
    text = label("comma", lang, "names").join(filter(None, notes))
    return said("bracketed", lang, chapter="names", text=text) if text else ""
