"""How two clauses differ, in lines of words: their relation, budgets, targets of both and of one side only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policycmp.asking.spread import Counterparts, Row
from policycmp.comparison import Comparison
from policycmp.schema import SIDES
from policycmp.shown import naming
from policycmp.shown.amounts import format_amount
from policycmp.shown.naming import names, refs
from policycmp.wording import label, said


def differences(comparison: Comparison, row: Row) -> list[str]:
    """Return the lines about a row; its targets and notes are in the language of their tables.

    A target whose counterpart stands in another clause is set beside it, and that clause named.
    """
    pairs = [_pair(comparison, row, pair) for pair in row.pairs]
    relation = naming.relation(row.relation, names(comparison), comparison.lang)
    return [relation, *_budget(comparison, row), *pairs, *_alone(comparison, row)]


def _budget(comparison: Comparison, row: Row) -> Iterator[str]:
    """Yield what the two sections are allotted, unless neither says it; and why the sums cannot be compared."""
    budget = row.budget or {}
    scopes = [budget.get(f"{side}_scope") for side in SIDES]
    if any(scopes):
        amounts = [format_amount(budget[f"{side}_amount_yuan"], comparison.lang) for side in SIDES]
        note = budget["note"] if "earmark" in scopes else ""
        yield _beside(comparison, label("budget", comparison.lang, "differences"), amounts, note)


def _pair(comparison: Comparison, row: Row, pair: Counterparts) -> str:
    """Say the values of two targets; where only one of them stands in the row, the clause of the other."""
    values = [naming.value(pair.row, side, comparison.lang) for side in SIDES]
    where = ""
    if row.left and pair.right != row.places[1]:
        where = refs(comparison.right, comparison.lang)(pair.right)
    elif not row.left:
        where = refs(comparison.left, comparison.lang)(pair.left)
    return _beside(comparison, naming.indicator(pair.row), values, where)


def _alone(comparison: Comparison, row: Row) -> Iterator[str]:
    """Yield the targets of each side that have no pair."""
    lang = comparison.lang
    for name, half in zip(names(comparison), row.sides.values(), strict=True):
        if half and half.alone:
            items = (f"{target['indicator']} {naming.value(target, '', lang)}" for target in half.alone)
            yield said(
                "only", lang, chapter="differences", name=name, items=label("semicolon", lang, "names").join(items)
            )


def _beside(comparison: Comparison, item: str, values: Sequence[str], note: str) -> str:
    """Return the two values of an item, or the one that is both sides', with a note in brackets."""
    left, right = names(comparison)
    texts = {"item": item, "left": left, "left_value": values[0], "right": right, "right_value": values[1]}
    text = said("even" if values[0] == values[1] else "both", comparison.lang, chapter="differences", **texts)
    return text + said("bracketed", comparison.lang, chapter="names", text=note) if note else text
