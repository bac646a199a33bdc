"""Targets of two documents → the pairs that may be charted side by side, and why others may not.

Two targets form a pair when they count the same thing in convertible units (see `likeness`), each in one pair at most:
an optimal assignment (Kuhn 1955; Jonker and Volgenant 1987, as in scipy). What must not be charted on one scale is
refused with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from policycmp import schema
from policycmp.corrections import Corrections, apply
from policycmp.pairing import likeness
from policycmp.pairing.alignment import Aligned
from policycmp.pairing.likeness import Target
from policycmp.pairing.sections import SectionPair
from policycmp.schema import Place, Record, places, records
from policycmp.text.lexicon import Lexicon

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables

# How alike two indicators have to be (0 to 1), by where they stand: in clauses that are aligned, in the same section,
# or anywhere. With the numbers of `likeness` they miss 2 pairs of 147 on nine annotated pairs of documents and add 4:
# fitted figures, for the rules were written on these nine. A false pair misleads more than a missed one.
ALIKE_IN_PAIR, ALIKE_IN_SECTION, ALIKE_ANYWHERE = 0.34, 0.50, 0.72

RATES = ("%", "百分点")
NEAR = 0.30  # below this a candidate is not worth showing


def target_pairs(
    left: Tables,
    right: Tables,
    aligned: Aligned,
    sections: Sequence[SectionPair],
    *,
    corrections: Corrections | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pair the targets of two documents: those that count the same thing in units that can be converted.

    Parameters
    ----------
    left, right : Tables
        The documents.
    aligned : Aligned
        The alignment of their clauses.
    sections : sequence of SectionPair
        Which section answers which.
    corrections : Corrections, optional
        What a researcher decided about pairs of targets; it wins.

    Returns
    -------
    pairs : DataFrame
        The table ``target_pairs`` of data/DATA_DICTIONARY.md; the right value is given in the left one's unit.
    candidates : DataFrame
        The table ``target_candidates``: near misses, each with the reason why it is no pair.

    Examples
    --------
    How many are paired where no clause answers another? All that are worded alike.

    >>> left, right = policycmp.load("longwan"), policycmp.load("lucheng")
    >>> apart = policycmp.pairs.align(left, right, limit=1)
    >>> pairs, candidates = policycmp.pairs.target_pairs(left, right, apart, ())
    >>> len(pairs)
    33
    """
    lexicon = left.policy.lexicon
    ones, twos = ([likeness.describe(row, lexicon) for row in records(own.targets)] for own in (left, right))
    weights = likeness.rarity([*ones, *twos])
    needed = _neighbourhood(aligned, sections)
    score = np.zeros((len(ones), len(twos)))
    candidates = []
    alone, once_coded = _alone(ones, twos, needed, lexicon), _once_coded(ones) & _once_coded(twos)
    for (i, one), (j, two) in product(enumerate(ones), enumerate(twos)):
        alike = likeness.alike(one, two, weights)
        told = likeness.evidence(one, two, alike)
        if told < NEAR and not one.code and (i, j) not in alone:
            continue
        reason, least = likeness.refusal(one, two, lexicon), needed(one.place, two.place)
        known = _what(one) == _what(two) and _what(one) in once_coded and (_is_rate(one) or least < ALIKE_ANYWHERE)
        sole = (i, j) in alone and likeness.kindred(one, two)
        if not reason and (told >= least or known or sole):
            score[i, j] = max(told, least) + (ALIKE_ANYWHERE - least) + _in_order(ones, twos, i, j)
        elif alike >= NEAR:
            candidates.append(_candidate(one, two, alike, reason or "wording"))
    ids = [[target.row["target"] for target in side] for side in (ones, twos)]
    origins = apply.to_targets(_assign(score), corrections or Corrections.none(), (left.doc, right.doc), ids)
    rows = []
    for (i, j), origin in sorted(origins.items()):
        rows.append(_row(ones[i], twos[j], likeness.alike(ones[i], twos[j], weights), origin))
    candidates.sort(key=lambda row: (-row["similarity"], row["left_target"], row["right_target"]))
    return schema.frame("target_pairs", rows), schema.frame("target_candidates", candidates)


def _neighbourhood(aligned: Aligned, sections: Sequence[SectionPair]) -> Callable[[Place, Place], float]:
    """Return a function that gives how alike two targets have to be, from where they stand."""
    table = aligned.table[aligned.table["relation"].isin(["same", "partial"])]
    clauses = set(zip(places(table, "left"), places(table, "right"), strict=True))
    answering = {*sections, SectionPair(0, 0)}

    def needed(left: Place, right: Place) -> float:
        beside = (left.section, right.section) in answering
        lead_ins = left.clause == right.clause == 0
        if (left, right) in clauses or (beside and lead_ins):
            return ALIKE_IN_PAIR
        return ALIKE_IN_SECTION if beside else ALIKE_ANYWHERE

    return needed


def _alone(
    ones: Sequence[Target], twos: Sequence[Target], needed: Callable[[Place, Place], float], lexicon: Lexicon
) -> set[tuple[int, int]]:
    """Return the pairs, by position, that are each other's only candidate of one unit and kind in aligned clauses."""
    near = [
        (i, j)
        for (i, one), (j, two) in product(enumerate(ones), enumerate(twos))
        if one.unit == two.unit
        and needed(one.place, two.place) == ALIKE_IN_PAIR
        and not likeness.refusal(one, two, lexicon)
    ]
    left, right = Counter(i for i, _ in near), Counter(j for _, j in near)
    return {(i, j) for i, j in near if left[i] == right[j] == 1}


def _what(target: Target) -> tuple[str, str, str]:
    return target.code, target.unit, target.kind


def _once_coded(targets: Sequence[Target]) -> set[tuple[str, str, str]]:
    """Return what a document sets one target for, by the code of its indicator."""
    counts = Counter(_what(target) for target in targets if target.code)
    return {what for what, number in counts.items() if number == 1}


def _is_rate(target: Target) -> bool:
    """Tell whether a target is a rate or a level per head, of which a district has one, wherever it stands."""
    return target.unit in RATES or "/" in target.row["unit_canonical"]


def _in_order(ones: Sequence[Target], twos: Sequence[Target], i: int, j: int) -> float:
    """Return a trifle, the larger the nearer the places of two targets in their clauses: like names go in order."""
    left, right = (
        position - next(first for first, target in enumerate(side) if target.place == side[position].place)
        for side, position in ((ones, i), (twos, j))
    )
    return 1e-4 / (1 + abs(left - right))


def _assign(score: np.ndarray) -> set[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment

    if not score.size:
        return set()
    rows, columns = linear_sum_assignment(-np.round(score, 9))
    return {(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if score[i, j] > 0}


def _candidate(one: Target, two: Target, alike: float, reason: str) -> Record:
    return {
        "left_target": one.row["target"], "right_target": two.row["target"],
        "left_clause": one.row["clause"], "right_clause": two.row["clause"],
        "left_indicator": one.row["indicator"], "right_indicator": two.row["indicator"],
        "similarity": round(alike, 4), "reason": reason,
    }  # fmt: skip


def _row(one: Target, two: Target, alike: float, origin: str) -> Record:
    """Return a row of `target_pairs`; the right value is given in the left one's unit."""
    factor = two.factor / one.factor
    row: Record = {
        "section": one.row["section"],
        "unit": one.row["unit"],
        "similarity": round(alike, 4),
        "origin": origin,
    }
    for side, target, by in (("left", one, 1.0), ("right", two, factor)):
        for name in ("target", "clause", "indicator", "comparator", "value", "value_max"):
            row[f"{side}_{name}"] = target.row[name]
        row[f"{side}_value"] *= by
        row[f"{side}_value_max"] *= by
    ranked = {one.row["comparator"], two.row["comparator"]} & {"top", "range", *schema.WORDLESS} or one.kind == "rank"
    row["ratio"] = None if ranked or not row["right_value"] else round(row["left_value"] / row["right_value"], 4)
    return row
