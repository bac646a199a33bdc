"""A comparison narrowed to some of its rows, or to the pairs of its targets that are far apart.

>>> policycmp.narrow(comparison, policycmp.select(comparison, section=8))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from policycmp import pairing
from policycmp.comparison import Comparison
from policycmp.schema import SIDES, Place, places, records

if TYPE_CHECKING:
    import pandas as pd


def narrow(comparison: Comparison, rows: pd.DataFrame, *, least: float | None = None) -> Comparison:
    """Return ``comparison`` with these ``rows`` of its alignment, and the numbers that go with them.

    These are the targets and incentives in the clauses, with the pairs of which one stands there, the budgets of the
    sections that hold the clauses and of those that answer these, and those in the clauses. The texts stay whole.

    Parameters
    ----------
    comparison : Comparison
        The two documents.
    rows : DataFrame
        Some rows of ``comparison.alignment``, as `select` returns them.
    least : float, optional
        Only the pairs of targets so many times apart, the furthest first, and of the targets only theirs: see `apart`.

    Returns
    -------
    Comparison
        With these rows only; every chart, table and export takes it.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> chosen = policycmp.narrow(comparison, policycmp.select(comparison, section=8))
    >>> len(chosen.target_pairs) < len(comparison.target_pairs)
    True
    """
    here = {side: {place for place in places(rows, side) if place} for side in SIDES}
    inside, paying = dict[str, set[str]](), dict[str, set[str]]()
    for side, own in comparison.sides.items():
        inside[side] = set(own.targets["target"][_standing(own.targets, here[side])])
        paying[side] = set(own.incentives["incentive"][_standing(own.incentives, here[side])])
    paired = _touching(comparison.target_pairs, "target", inside)
    if least is not None:
        paired = _far(paired, least)
        inside = {side: set(paired[f"{side}_target"]) for side in SIDES}
    both_pay = _touching(comparison.incentive_pairs, "incentive", paying)
    holding = [{place.section for place in here[side]} for side in SIDES]
    kept = [pair for pair in comparison.sections if pair.left in holding[0] or pair.right in holding[1]]
    beside = [pairing.sections_of(row) in kept for row in records(comparison.budget_pairs)]
    sides = {}
    for number, (side, own) in enumerate(comparison.sides.items()):
        targets = own.targets["target"].isin({*inside[side], *paired[f"{side}_target"]})
        answering = holding[number] | {pair[number] for pair in kept} - {None}
        whole = own.budgets["section"].isin(answering) & (own.budgets["clause"] == 0)
        budgets = own.budgets[whole | _standing(own.budgets, here[side])]
        paid = own.incentives["incentive"].isin({*paying[side], *both_pay[f"{side}_incentive"]})
        sides[side] = own.having(
            targets=own.targets[targets].reset_index(drop=True),
            budgets=budgets.reset_index(drop=True),
            incentives=own.incentives[paid].reset_index(drop=True),
        )
    return replace(
        comparison, left=sides["left"], right=sides["right"], alignment=rows.reset_index(drop=True),
        target_pairs=paired, target_candidates=_touching(comparison.target_candidates, "target", inside),
        incentive_pairs=both_pay,
        incentive_candidates=_touching(comparison.incentive_candidates, "incentive", paying),
        budget_pairs=comparison.budget_pairs[beside].reset_index(drop=True),
    )  # fmt: skip


def _touching(pairs: pd.DataFrame, what: str, inside: Mapping[str, set[str]]) -> pd.DataFrame:
    """Return the pairs of targets, or of incentives, of which one, at least, is inside."""
    left, right = (pairs[f"{side}_{what}"].isin(names) for side, names in inside.items())
    return pairs[left | right].reset_index(drop=True)


def apart(comparison: Comparison, least: float) -> pd.DataFrame:
    """Return the pairs of targets of which one is at least ``least`` times the other, the furthest apart first.

    Parameters
    ----------
    comparison : Comparison
        The two documents.
    least : float
        How many times; 1 for all pairs.

    Returns
    -------
    DataFrame
        These rows of ``comparison.target_pairs``; pairs without a ratio are left out.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> policycmp.apart(comparison, 10)["left_indicator"].tolist()
    ['完成住宅老旧电梯更新改造', '工业用地(用海)保障']
    """
    return _far(comparison.target_pairs, least)


def _far(pairs: pd.DataFrame, least: float) -> pd.DataFrame:
    pairs = pairs[pairs["ratio"].notna()]
    times = pairs["ratio"].map(times_apart)
    furthest = times[times >= least].sort_values(ascending=False, kind="stable")
    return pairs.loc[furthest.index].reset_index(drop=True)


def _standing(table: pd.DataFrame, here: set[Place]) -> pd.Series:
    """Return which rows of ``table`` stand in one of the places."""
    import pandas as pd

    return pd.Series([place in here for place in places(table)], index=table.index, dtype=bool)


def times_apart(ratio: float) -> float:
    """Return how many times the larger of two values is the other, from their ratio."""
    return max(ratio, 1 / ratio) if ratio else float("inf")
