"""Targets and budgets: those that count the same thing beside each other, and those of one side alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policycmp import pairing
from policycmp.comparison import Comparison
from policycmp.schema import SIDES, place_of, records
from policycmp.shown.amounts import format_amount
from policycmp.shown.html import Table
from policycmp.shown.naming import heading, indicator, named_sides, names, refs, value
from policycmp.shown.translations import translated
from policycmp.wording import label, said

Find = Callable[[str], tuple[dict[str, Any], str]]  # the id of a target → its row, and the name of its clause


def target_pairs(comparison: Comparison) -> Table:
    """Return the targets that count the same thing: both values with clause and sentence, and their ratio."""
    shown, lang, rows = translated(comparison), comparison.lang, []
    finders = {side: _finder(shown, side) for side in SIDES}
    for row in records(shown.target_pairs):
        cells: list[Any] = [indicator(row)]
        for side, find in finders.items():
            target, clause = find(row[f"{side}_target"])
            cells += [value(row, side, lang), clause, target["quote"]]
        rows.append([*cells, row["ratio"]])
    one, two = names(comparison)
    clause, quote = label("clause", lang), label("quote", lang)
    return Table([label("indicator", lang), one, clause, quote, two, clause, quote, f"{one}÷{two}"], rows)


def candidates(comparison: Comparison) -> Table:
    """Return the targets that look alike and are no pair, with the reason."""
    shown, lang, rows = translated(comparison), comparison.lang, []
    finders = {side: _finder(shown, side) for side in SIDES}
    for row in records(shown.target_candidates):
        cells: list[Any] = []
        for side, find in finders.items():
            target, clause = find(row[f"{side}_target"])
            cells += [target["indicator"], value(target, "", lang), clause]
        rows.append([*cells, label(row["reason"], lang, "values")])
    head = []
    for name in names(comparison):
        head += [name, label("value", lang), label("clause", lang)]
    return Table([*head, label("reason", lang)], rows)


def _finder(comparison: Comparison, side: str) -> Find:
    """Return a function that finds a target of one side by its id."""
    own = comparison[side]
    ref, targets = refs(own, comparison.lang), {row["target"]: row for row in records(own.targets)}

    def find(target: str) -> tuple[dict[str, Any], str]:
        row = targets[target]
        return row, ref(place_of(row))

    return find


def only_here(comparison: Comparison, side: str) -> Table:
    """Return the targets of ``side`` (left or right) that have no pair."""
    shown, lang, rows = translated(comparison), comparison.lang, []
    targets = shown[side].targets
    alone = targets[~targets["target"].isin(shown.target_pairs[f"{side}_target"])]
    ref = refs(shown[side], lang)
    for row in records(alone):
        clause, commitment = ref(place_of(row)), label(row["commitment"], lang, "values")
        rows.append([clause, row["indicator"], value(row, "", lang), commitment, row["quote"]])
    return Table([label(name, lang) for name in ("clause", "indicator", "value", "commitment", "quote")], rows)


def budget_pairs(comparison: Comparison) -> Table:
    """Return what the aligned sections are allotted, whether that can be compared, and why not."""
    lang, rows = comparison.lang, []
    for row in records(translated(comparison).budget_pairs):
        pair = pairing.sections_of(row)
        cells = [heading(pair.right if pair.left is None else pair.left, row["heading"], lang)]
        for side in SIDES:
            cells += [format_amount(row[f"{side}_amount_yuan"], lang), _percent(row[f"{side}_share"])]
        rows.append([*cells, label("yes" if row["comparable"] else "no", lang, "values"), row["note"]])
    one, two = names(comparison)
    share = label("share", lang)
    return Table([label("section", lang), one, share, two, share, label("comparable", lang), label("note", lang)], rows)


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%" if share == share else ""


def budgets(comparison: Comparison) -> Table:
    """Return every budget of both documents with its sentence."""
    lang, rows = comparison.lang, []
    for name, side in named_sides(translated(comparison)):
        ref = refs(side, lang)
        for row in records(side.budgets):
            amount, scope = format_amount(row["amount_yuan"], lang), label(row["scope"], lang, "values")
            rows.append([name, ref(place_of(row)), row["item"], amount, scope, row["quote"]])
    return Table([label(name, lang) for name in ("document", "clause", "item", "amount", "scope", "quote")], rows)


def totals(comparison: Comparison) -> Table:
    """Return the sum of each document's section allotments beside the total that it states."""
    lang, rows = comparison.lang, []
    for name, side in named_sides(comparison):
        total = pairing.check_total(side)
        gap = total["difference"]
        differing = "" if gap is None else said("exact", lang, chapter="amounts", number=gap)
        rows.append([name, format_amount(total["sum"], lang), format_amount(total["stated"], lang), differing])
    return Table([label(name, lang) for name in ("document", "sum", "stated", "difference")], rows)
