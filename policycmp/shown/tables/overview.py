"""What the two documents are: their counts, what they say about themselves, what is odd in them, their sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policycmp import schema
from policycmp.asking import check
from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.schema import is_missing, records
from policycmp.shown.html import Column, Table
from policycmp.shown.naming import heading, named_sides, names, sided
from policycmp.shown.translations import translate_table, translated
from policycmp.wording import label, phrases

if TYPE_CHECKING:
    import pandas as pd


def drawn(comparison: Comparison, table: pd.DataFrame) -> Table:
    """Return what `charts.read_back` found on a figure, with the columns named for people; a notebook folds it away."""
    lang = comparison.lang
    sides = dict(zip(comparison.sides, names(comparison), strict=True))
    head = list[str]()
    for column in map(str, table.columns):
        side, _, part = column.partition("_")
        name = part if side in sides else column
        word = label(name, lang, "drawn" if name in phrases("drawn") else "labels")
        head.append(Column(f"{sides[side]} {word}".strip(), side=side) if side in sides else word)
    marks = {True: label("yes", lang, "values"), False: ""}
    rows = [[marks[cell] if isinstance(cell, bool) else cell for cell in row] for row in table.itertuples(index=False)]
    return Table(head, rows).folded(summary=label("drawn", lang, "page"))


def summary(comparison: Comparison) -> Table:
    """Return the counts of both sides and of what is paired."""
    counts = comparison.summary()
    rows = [[fact, *map(int, row)] for fact, row in zip(counts.index, counts.to_numpy().tolist(), strict=True)]
    fact, both = (label(name, comparison.lang) for name in ("fact", "pair"))
    return Table([fact, *sided(comparison), both], rows)


def documents(comparison: Comparison) -> Table:
    """Return what each document says about itself, one fact a row."""
    lang, rows = comparison.lang, []
    for name, word in schema.labels("documents", lang).items():
        if name != "doc":
            shown = (translate_table(side.documents, side.policy.folder, lang) for side in comparison.sides.values())
            cells = [_fact(table[name].iloc[0]) for table in shown]
            cells = [side.named(lang) for side in comparison.sides.values()] if name == "district" else cells
            rows.append([word, *(label(cell, lang, "values") if name == "status" else cell for cell in cells)])
    return Table([label("fact", lang), *sided(comparison)], rows)


def _fact(cell: Any) -> str:
    return "" if is_missing(cell) else str(cell)


def notices(comparison: Comparison) -> Table:
    """Return what is odd in the two source files, with line numbers."""
    lang, rows = comparison.lang, []
    for name, side in named_sides(comparison):
        for kind, line, text in check.notices(side, lang):
            rows.append([name, label(kind, lang, "kinds"), line or "", text])
    return Table([label(name, lang) for name in ("document", "kind", "line", "notice")], rows)


def sections(comparison: Comparison) -> Table:
    """Return the sections side by side: heading, lead agency, number of clauses."""
    shown, lang = translated(comparison), comparison.lang
    left, right = (_section_cells(side, lang) for side in shown.sides.values())
    nothing = ["", "", ""]
    rows = [[*left.get(one, nothing), *right.get(two, nothing)] for one, two in shown.sections]
    head = list[str]()
    for name in sided(comparison):
        said = f"{name}{label('colon', lang, 'names')}"
        head += [Column(f"{said}{label(what, lang)}", side=name.side) for what in ("section", "lead", "clauses")]
    return Table(head, rows)


def _section_cells(side: Tables, lang: str) -> dict[int | None, list[Any]]:
    """Return heading, lead agency and number of clauses of each section."""
    counts = side.clauses["section"].value_counts()
    cells: dict[int | None, list[Any]] = {}
    for row in records(side.sections):
        number = int(row["section"])
        cells[number] = [heading(number, row["heading"], lang), row["lead"], int(counts.get(number, 0))]
    return cells
