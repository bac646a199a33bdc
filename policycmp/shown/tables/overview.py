"""What the two documents are: their counts, what they say about themselves, what is odd in them, their sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policycmp import schema
from policycmp.asking import check
from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.schema import SIDES, Record, is_missing, records
from policycmp.shown.amounts import format_number
from policycmp.shown.html import Cell, Column, Table
from policycmp.shown.naming import factor, heading, named_sides, names, sided
from policycmp.shown.translations import translate_table, translated
from policycmp.wording import label, phrases

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_LARGE = 10_000  # what is said in 万 or 亿


def drawn(comparison: Comparison, table: pd.DataFrame) -> Table:
    """Return what `charts.read_back` found on a figure in words and numbers for people; a notebook folds it away."""
    lang, named = comparison.lang, names(comparison)
    rows = _without_ids(records(table), lang)
    columns = [name for name in dict.fromkeys(("measure", *map(str, table.columns))) if name in next(iter(rows), ())]
    large = 0 if "measure" in columns else _LARGE  # counts and sums of one column have no format in common
    cells = [[_drawn_cell(name, row[name], named, lang, large) for name in columns] for row in rows]
    head = [_drawn_head(name, dict(zip(SIDES, named, strict=True)), lang) for name in columns]
    return Table(head, cells).folded(summary=label("drawn", lang, "page"))


def _without_ids(rows: list[Record], lang: str) -> list[Record]:
    """Return what is drawn without the ids of its rows; where an item has rows for several measures, each says both."""
    items, found = dict[str, str](), list[Record]()
    several = any(row.get("item") == "" for row in rows)
    for row in rows:
        measure, _, key = str(row.pop("row")).partition("-")
        if several:
            row = {"measure": label(measure, lang, "charts"), **row, "item": items.setdefault(key, row["item"])}
        found.append(row)
    return found


def _drawn_head(name: str, sides: Mapping[str, str], lang: str) -> str:
    """Return the heading of a column: the name of its side, and what it shows."""
    side, _, part = name.partition("_")
    part = part if side in sides else name
    word = label(part, lang, "drawn" if part in phrases("drawn") else "labels")
    return Column(f"{sides[side]} {word}".strip(), side=side) if side in sides else word


def _drawn_cell(name: str, cell: Any, sides: tuple[str, str], lang: str, large: float) -> Any:
    """Return what is drawn as people read it: a ratio by its larger side, large ones in 万 or 亿, marks in words."""
    if isinstance(cell, bool):
        return label("yes", lang, "values") if cell else ""
    if name == "ratio":
        return factor(cell, sides, lang)
    if name == "line":
        return label(cell, lang, "drawn")
    if name == "similarity":
        return round(cell, 2)
    if isinstance(cell, float) and cell >= large:
        return Cell(format_number(cell, lang), key=cell)
    return cell


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
    for row in side.rows["sections"]:
        number = int(row["section"])
        cells[number] = [heading(number, row["heading"], lang), row["lead"], int(counts.get(number, 0))]
    return cells
