"""The sheets of a workbook that people read: the findings first, then the tables that show them, by name.

The name is that of the table of data/DATA_DICTIONARY.md where there is one; `places` says where a link leads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp import schema
from policycmp.comparison import Comparison
from policycmp.schema import SIDES, is_missing, records
from policycmp.shown import naming, sentences
from policycmp.shown.html import Cell, Column, Table
from policycmp.shown.tables.clauses import alignment, clauses, wording
from policycmp.shown.tables.headlines import headlines
from policycmp.shown.tables.incentives import incentive_pairs, incentives, incentives_apart
from policycmp.shown.tables.numbers import budget_pairs, budgets, candidates, only_here, quantities, target_pairs
from policycmp.shown.tables.overview import documents, sections
from policycmp.shown.tables.responsible import bodies
from policycmp.shown.translations import translate_table
from policycmp.wording import label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

# The sheets that show what a chart shows, and more of it.
_CHARTS = {
    "chart-alignment": "alignment", "chart-targets": "target_pairs", "chart-commitments": "quantities",
    "chart-budgets": "budget_pairs", "chart-responsibilities": "responsibilities",
}  # fmt: skip
_ALWAYS = ("target_pairs", "budget_pairs", "alignment", "quantities", "clauses")  # also where they are empty


class Line(NamedTuple):
    """A line of a sheet; 0 is its header."""

    sheet: str
    number: int


def sheets(comparison: Comparison, more: Mapping[str, pd.DataFrame]) -> dict[str, Table]:
    """Return the sheets of a comparison by name; ``more`` has the tables ``functions`` and ``terms``."""
    alone = [only_here(comparison, side) for side in SIDES]
    named = zip(naming.names(comparison), alone, strict=True)
    own = [[name, *row] for name, table in named for row in table.rows]
    head = [Column(label("document", comparison.lang), choice=True), *alone[0].columns]
    found = {
        "target_pairs": target_pairs(comparison),
        "targets_alone": Table(head, own, [*alone[0].anchors, *alone[1].anchors]),
        "target_candidates": candidates(comparison),
        "budget_pairs": budget_pairs(comparison),
        "budgets": budgets(comparison),
        "incentive_pairs": incentive_pairs(comparison),
        "incentive_candidates": incentives_apart(comparison),
        "incentives": incentives(comparison),
        "alignment": alignment(comparison),
        "wording": wording(comparison),
        "responsibilities": bodies(comparison),
        "functions": _worded(comparison, "functions", more["functions"]),
        "terms": _worded(comparison, "terms", more["terms"]),
        "documents": documents(comparison),
        "sections": sections(comparison),
        "quantities": quantities(comparison),
        "clauses": clauses(comparison),
    }
    shown = {name: table for name, table in found.items() if len(table) or name in _ALWAYS}
    return {"findings": _findings(comparison, places(shown))} | shown


def places(found: Mapping[str, Table]) -> dict[str, Line]:
    """Return where the rows of sheets stand, by the names that links know them by; of one name, the first."""
    lines = {anchor: Line(name, 0) for anchor, name in _CHARTS.items() if name in found}
    for name, table in found.items():
        for number, anchor in enumerate(table.anchors, 1):
            lines.setdefault(anchor, Line(name, number))
    return lines


def _findings(comparison: Comparison, known: Mapping[str, Line]) -> Table:
    """Return what the documents are, the findings with links to the rows that show them, and how far they reach."""
    say = {name: label(name, comparison.lang, "workbook") for name in ("two", "finding", "limit", "sentence", "see")}
    rows: list[list[Any]] = [[say["two"], line, ""] for line in sentences.title(comparison).lines()]
    sums = Cell(say["see"], anchor="chart-budgets")  # a sheet that is always there
    rows += [[say["finding"], line, sums] for line in sentences.comparable(comparison).lines()]
    for one in headlines(comparison, set(known)):
        rows.append([say["finding"], one.text, Cell(say["see"] if one.anchor else "", anchor=one.anchor)])
    rows += [[say["limit"], line, ""] for line in sentences.limits(comparison).lines()]
    return Table([label("kind", comparison.lang), say["sentence"], say["see"]], rows)


def _worded(comparison: Comparison, name: str, data: pd.DataFrame) -> Table:
    """Return a table of the data dictionary with the documents' names in the place of left and right."""
    lang, named = comparison.lang, dict(zip(SIDES, naming.names(comparison), strict=True))
    words, head = schema.labels(name, lang), list[str]()
    for column in map(str, data.columns):
        side = column.partition("_")[0]
        if side in named and column != "side":
            plain = words[column].removeprefix(label(side, lang, "names")).strip()
            head.append(Column(f"{named[side]} {plain}", side=side))
        else:
            head.append(words[column])
    rows = []
    for row in records(translate_table(data, comparison.left.policy.folder, lang)):
        rows.append([_said(cell, named, lang) for cell in row.values()])
    return Table(head, rows)


def _said(cell: Any, named: Mapping[str, str], lang: str) -> Any:
    """Return a cell in words: yes for what holds, the name of a side, nothing for what is missing."""
    if isinstance(cell, bool):
        return label("yes", lang, "values") if cell else ""
    if isinstance(cell, str):
        return named.get(cell, cell)
    return "" if is_missing(cell) else cell
