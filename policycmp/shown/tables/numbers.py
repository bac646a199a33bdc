"""Targets and budgets: those that count the same thing beside each other, and those of one side alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policycmp import pairing
from policycmp.asking.provenance import sentence
from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.schema import SIDES, Place, is_missing, place_of, records
from policycmp.shown.html import Cell, Column, Table
from policycmp.shown.naming import (
    amount,
    anchor,
    factor,
    heading,
    indicator,
    named_sides,
    names,
    number_anchor,
    pair_anchor,
    refs,
    section_cell,
    sided,
    value,
)
from policycmp.shown.translations import translate_tables, translated
from policycmp.wording import label

Find = Callable[[str], tuple[dict[str, Any], Cell, Cell, str]]  # of a target: its row, clause, value and sentence


def target_pairs(comparison: Comparison) -> Table:
    """Return the targets that count the same thing, those that are furthest apart first.

    Both values with clause and sentence, and by which factor the larger one exceeds the other.
    """
    shown, lang = translated(comparison), comparison.lang
    finders = {side: _finder(shown, side) for side in SIDES}
    lines = list[tuple[str, list[Any]]]()
    for row in records(shown.target_pairs):
        cells: list[Any] = [section_cell(row["section"], lang), indicator(row)]
        for side, find in finders.items():
            _, ref, number, quote = find(row[f"{side}_target"])
            cells += [value(row, side, lang, number.anchor), ref, quote]
        anchor = f"targets-{row['left_target']}-{row['right_target']}"
        lines.append((anchor, [*cells, factor(row["ratio"], names(comparison), lang)]))
    lines.sort(key=lambda line: -(line[1][-1].key or 0))
    one, two = sided(comparison)
    clause, quote = label("clause", lang), label("quote", lang)
    head = [Column(label("section", lang), choice=True), label("indicator", lang)]
    head += [one, clause, quote, two, clause, quote, label("factor", lang)]
    return Table(head, [cells for _, cells in lines], [anchor for anchor, _ in lines])


def candidates(comparison: Comparison) -> Table:
    """Return the targets that look alike and are no pair, with the reason."""
    shown, lang, rows = translated(comparison), comparison.lang, []
    finders = {side: _finder(shown, side) for side in SIDES}
    for row in records(shown.target_candidates):
        cells: list[Any] = []
        for side, find in finders.items():
            target, clause, number, _ = find(row[f"{side}_target"])
            cells += [target["indicator"], number, clause]
        rows.append([*cells, label(row["reason"], lang, "values")])
    head = list[str]()
    for document in sided(comparison):
        head += [document, label("value", lang), label("clause", lang)]
    return Table([*head, Column(label("reason", lang), choice=True)], rows)


def _finder(comparison: Comparison, side: str) -> Find:
    """Return a function that finds a target of one side by its id."""
    own, lang = comparison[side], comparison.lang
    ref, targets = refs(own, lang), {row["target"]: row for row in own.rows["targets"]}

    def find(target: str) -> tuple[dict[str, Any], Cell, Cell, str]:
        row = targets[target]
        number = value(row, "", lang, number_anchor(own.doc, row["number_start"]))
        return row, ref(place_of(row)), number, sentence(own.policy.text, row["start"], row["end"])

    return find


def only_here(comparison: Comparison, side: str) -> Table:
    """Return the targets of ``side`` (left or right) that have no pair."""
    shown, lang, rows = translated(comparison), comparison.lang, []
    targets = shown[side].targets
    alone = targets[~targets["target"].isin(shown.target_pairs[f"{side}_target"])]
    find = _finder(shown, side)
    for name in alone["target"]:
        row, clause, number, quote = find(name)
        section, commitment = section_cell(row["section"], lang), label(row["commitment"], lang, "values")
        rows.append([section, clause, row["indicator"], number, commitment, quote])
    head = [label(name, lang) for name in ("section", "clause", "indicator", "value", "commitment", "quote")]
    head[0], head[4] = Column(head[0], choice=True), Column(head[4], choice=True)
    head[3] = Column(head[3], side=side)
    return Table(head, rows, [f"target-{name}" for name in alone["target"]])


def budget_pairs(comparison: Comparison) -> Table:
    """Return what the aligned sections are allotted, whether that can be compared, and why not."""
    shown, lang, rows, anchors = translated(comparison), comparison.lang, list[list[Any]](), list[str]()
    for row in records(shown.budget_pairs):
        pair = pairing.sections_of(row)
        cells: list[Any] = [heading(pair.right if pair.left is None else pair.left, row["heading"], lang)]
        for side, section in zip(SIDES, pair, strict=True):
            anchor = _allotment(shown[side], section)
            cells += [amount(row[f"{side}_amount_yuan"], lang, anchor), _percent(row[f"{side}_share"])]
        rows.append([*cells, label("yes" if row["comparable"] else "no", lang, "values"), row["note"]])
        places = (None if section is None else Place(section, 0) for section in pair)
        anchors.append("budget-" + pair_anchor(*zip((shown.left.doc, shown.right.doc), places, strict=True)))
    one, two = sided(comparison)
    share, comparable = label("share", lang), Column(label("comparable", lang), choice=True)
    return Table([label("section", lang), one, share, two, share, comparable, label("note", lang)], rows, anchors)


def _allotment(side: Tables, section: int | None) -> str:
    """Return the place of the number that a section is allotted; of a sum of several, that of the first."""
    rows = records(pairing.allotted(side, section))
    return number_anchor(side.doc, _begins(side)[rows[0]["start"], rows[0]["end"]]) if rows else ""


def _percent(share: float) -> Cell:
    return Cell(f"{share * 100:.1f}%" if share == share else "", key=share)


def budgets(comparison: Comparison) -> Table:
    """Return every budget of both documents with its sentence."""
    lang, rows, anchors = comparison.lang, list[list[Any]](), list[str]()
    for name, side in named_sides(translated(comparison)):
        ref, numbers = refs(side, lang), _begins(side)
        for row in side.rows["budgets"]:
            anchor = number_anchor(side.doc, numbers[row["start"], row["end"]])
            scope, quote = label(row["scope"], lang, "values"), sentence(side.policy.text, row["start"], row["end"])
            rows.append([name, ref(place_of(row)), row["item"], amount(row["amount_yuan"], lang, anchor), scope, quote])
            anchors.append(f"budget-{anchor}")
    head = [label(name, lang) for name in ("document", "clause", "item", "amount", "scope", "quote")]
    head[0], head[4] = Column(head[0], choice=True), Column(head[4], choice=True)
    return Table(head, rows, anchors)


def _begins(side: Tables) -> dict[tuple[int, int], int]:
    """Return where the number of each budget begins, by the stretch that its row names."""
    rows = records(side.quantities[side.quantities["role"] == "budget"])
    return {(row["start"], row["end"]): row["number_start"] for row in rows}


def quantities(comparison: Comparison) -> Table:
    """Return every number of both documents: its role, what it counts, how it is meant, and its sentence."""
    lang, rows, anchors = comparison.lang, list[list[Any]](), list[str]()
    for name, side in named_sides(comparison):
        ref, called = refs(side, lang), _called(comparison, side)
        for row in side.rows["quantities"]:
            meant = [label(row[what], lang, "values") if row[what] else "" for what in ("comparator", "commitment")]
            place = anchor(side.doc, place_of(row) or Place(0, 0))
            number = value(row, "", lang, place)
            if row["role"] == "reference":  # a date, a name: as the text has it
                number = Cell(row["as_written"], key=row["value"], anchor=place)
            role, year = label(row["role"], lang, "values"), "" if is_missing(row["year"]) else int(row["year"])
            item = called.get(row["number_start"], row["indicator"])
            rows.append([name, ref(place_of(row)), role, item, number, *meant, year, row["sentence"]])
            anchors.append(number_anchor(side.doc, row["number_start"]))
    few = {"document", "role", "comparator", "commitment"}
    columns = ("document", "clause", "role", "indicator", "value", "comparator", "commitment", "year", "quote")
    return Table([Column(label(name, lang), choice=name in few) for name in columns], rows, anchors)


def _called(comparison: Comparison, side: Tables) -> dict[int, str]:
    """Return what the targets of a document count in the language of the comparison, by where their numbers begin."""
    shown = translate_tables(side, comparison.lang).targets
    return dict(zip(shown["number_start"], shown["indicator"], strict=True))
