"""Incentives: the same thing paid for on both sides, what looks alike and is no pair, and all that is paid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policycmp.asking.provenance import sentence
from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.schema import SIDES, place_of, records
from policycmp.shown.html import Cell, Column, Table
from policycmp.shown.naming import indicator, named_sides, names, number_anchor, paid, refs, sided
from policycmp.wording import label

Find = Callable[[str], tuple[dict[str, Any], Cell, Cell, str]]  # of an incentive: row, clause, payment and sentence


def incentive_pairs(comparison: Comparison) -> Table:
    """Return what is paid for on both sides: what each pays, with clause and sentence, and who pays more."""
    lang, rows, anchors = comparison.lang, list[list[Any]](), list[str]()
    finders = {side: _finder(comparison[side], lang) for side in SIDES}
    for row in records(comparison.incentive_pairs):
        cells: list[Any] = [indicator(row, "object")]
        for side, find in finders.items():
            _, place, payment, told = find(row[f"{side}_incentive"])
            cells += [payment, place, told]
        rows.append([*cells, _more(row["status"], names(comparison), lang)])
        anchors.append(f"incentives-{row['left_incentive']}-{row['right_incentive']}")
    one, two = sided(comparison)
    clause, quote = label("clause", lang), label("quote", lang)
    more = Column(label("pays_more", lang), choice=True)
    return Table([label("object", lang), one, clause, quote, two, clause, quote, more], rows, anchors)


def _more(status: str, sides: tuple[str, str], lang: str) -> str:
    """Return who pays more: the name of a side, or that both pay the same."""
    return dict(zip(SIDES, sides, strict=True)).get(status) or label(f"pays_{status}", lang, "values")


def incentives_apart(comparison: Comparison) -> Table:
    """Return the incentives that look alike and are no pair, with the reason."""
    lang, rows = comparison.lang, list[list[Any]]()
    finders = {side: _finder(comparison[side], lang) for side in SIDES}
    for row in records(comparison.incentive_candidates):
        cells: list[Any] = []
        for side, find in finders.items():
            own, clause, payment, _ = find(row[f"{side}_incentive"])
            cells += [own["object"], payment, clause]
        rows.append([*cells, label(f"apart_{row['reason']}", lang, "values")])
    head = list[str]()
    for document in sided(comparison):
        head += [document, label("paid", lang), label("clause", lang)]
    return Table([*head, Column(label("reason", lang), choice=True)], rows)


def incentives(comparison: Comparison) -> Table:
    """Return every incentive of both documents: what for, to whom, how much, on which condition, with its sentence."""
    lang, rows, anchors = comparison.lang, list[list[Any]](), list[str]()
    for name, side in named_sides(comparison):
        find = _finder(side, lang)
        for incentive in side.incentives["incentive"]:
            row, clause, payment, quote = find(incentive)
            often = label(row["frequency"], lang, "values") if row["frequency"] else ""
            rows.append([name, clause, row["object"], row["recipient"], payment, often, row["condition"], quote])
            anchors.append(f"incentive-{incentive}")
    columns = ("document", "clause", "object", "recipient", "paid", "frequency", "condition", "quote")
    head = [label(name, lang) for name in columns]
    head[0], head[5] = Column(head[0], choice=True), Column(head[5], choice=True)
    return Table(head, rows, anchors)


def _finder(side: Tables, lang: str) -> Find:
    """Return a function that finds an incentive of one document by its id."""
    ref, own = refs(side, lang), {row["incentive"]: row for row in side.rows["incentives"]}

    def find(incentive: str) -> tuple[dict[str, Any], Cell, Cell, str]:
        row = own[incentive]
        canonical = row | {"value": row["value_canonical"], "unit": row["unit_canonical"]}
        payment = paid(canonical, "", lang, number_anchor(side.doc, row["number_start"]))
        return row, ref(place_of(row)), payment, sentence(side.policy.text, row["start"], row["end"])

    return find
