"""Incentives of two documents → the same thing paid for on both sides, and why others are no pair.

Each incentive stands in one pair at most. The most alike are taken first, nearest places first where they are as alike;
the order of the sides plays no part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product
from typing import TYPE_CHECKING

from policycmp import schema
from policycmp.corrections import Corrections, apply
from policycmp.errors import bound
from policycmp.incentives import likeness
from policycmp.incentives.likeness import Payment
from policycmp.pairing.alignment import Aligned
from policycmp.pairing.sections import SectionPair
from policycmp.schema import Place, Record, places

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables

# How much has to speak for a pair (0 to 1), by where the two stand: in clauses that answer each other, in sections that
# do, anywhere; chosen on the pairs p1 and p2 of data/reference/pairs.
ALIKE_IN_PAIR, ALIKE_IN_SECTION, ALIKE_ANYWHERE = 0.30, 0.45, 0.55
ALONE = 0.05  # the same for each other's only candidate in clauses that answer each other
NEAR = 0.30  # below this a candidate is not worth showing


def incentive_pairs(
    left: Tables,
    right: Tables,
    aligned: Aligned,
    sections: Sequence[SectionPair],
    *,
    corrections: Corrections | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pair the incentives of two documents: those that pay for the same thing.

    Parameters
    ----------
    left, right : Tables
        The documents.
    aligned : Aligned
        The alignment of their clauses.
    sections : sequence of SectionPair
        Which section answers which.
    corrections : Corrections, optional
        What a researcher decided about pairs of incentives; it wins.

    Returns
    -------
    pairs : DataFrame
        The table ``incentive_pairs`` of data/DATA_DICTIONARY.md.
    candidates : DataFrame
        The table ``incentive_candidates``: near misses, each with the reason why it is no pair.

    Examples
    --------
    The shipped pair pays nobody.

    >>> found = policycmp.compare("longwan", "lucheng")
    >>> pairs, candidates = policycmp.pairs.incentive_pairs(found.left, found.right, found.aligned, found.sections)
    >>> len(pairs)
    0
    """
    lexicon = left.policy.lexicon
    sizes = [len(own.rows["incentives"]) for own in (left, right)]
    bound("pairs_of_incentives", f"{left.doc}, {right.doc}", lexicon["limits.pairs_of_incentives"], *sizes)
    ones, twos = (likeness.describe(own.rows["incentives"], _titles(own), lexicon) for own in (left, right))
    weights = likeness.rarity([*ones, *twos])
    needed = _neighbourhood(aligned, sections)
    alone = _alone(ones, twos, needed)
    score: dict[tuple[int, int], float] = {}
    near: dict[tuple[int, int], tuple[float, str]] = {}
    for (i, one), (j, two) in product(enumerate(ones), enumerate(twos)):
        alike = likeness.alike(one, two, weights)
        told, least = likeness.evidence(one, two, alike), needed(one.place, two.place)
        reason = likeness.refusal(one, two)
        if not reason and (told >= least or ((i, j) in alone and told >= ALONE)):
            score[i, j] = told + (ALIKE_ANYWHERE - least)
        elif alike >= NEAR:
            near[i, j] = alike, reason or "wording"
    ids = [[one.row["incentive"] for one in side] for side in (ones, twos)]
    origins = apply.to_incentives(_chosen(score), corrections or Corrections.none(), (left.doc, right.doc), ids)
    rows = [
        _row(ones[i], twos[j], likeness.alike(ones[i], twos[j], weights), origin)
        for (i, j), origin in sorted(origins.items())
    ]
    settled = {i for i, _ in origins}, {j for _, j in origins}
    left_over = {pair: why for pair, why in near.items() if not (pair[0] in settled[0] and pair[1] in settled[1])}
    candidates = [_candidate(ones[i], twos[j], *why) for (i, j), why in left_over.items()]
    candidates.sort(key=lambda row: (-row["similarity"], row["left_incentive"], row["right_incentive"]))
    return schema.frame("incentive_pairs", rows), schema.frame("incentive_candidates", candidates)


def _titles(own: Tables) -> dict[tuple[int, Place], str]:
    """Return the titles of the clauses by part and place."""
    return {(row["part"], Place(row["section"], row["clause"])): row["title"] for row in own.rows["clauses"]}


def _neighbourhood(aligned: Aligned, sections: Sequence[SectionPair]) -> Callable[[Place, Place], float]:
    """Return a function that gives how much has to speak for two incentives, from where they stand."""
    table = aligned.table[aligned.table["relation"].isin(["same", "partial"])]
    clauses = set(zip(places(table, "left"), places(table, "right"), strict=True))
    answering = {*sections}

    def needed(left: Place, right: Place) -> float:
        if (left, right) in clauses:
            return ALIKE_IN_PAIR
        return ALIKE_IN_SECTION if (left.section, right.section) in answering else ALIKE_ANYWHERE

    return needed


def _alone(
    ones: Sequence[Payment], twos: Sequence[Payment], needed: Callable[[Place, Place], float]
) -> set[tuple[int, int]]:
    """Return the pairs, by position, that are each other's only candidate in clauses that answer each other."""
    near = [
        (i, j)
        for (i, one), (j, two) in product(enumerate(ones), enumerate(twos))
        if needed(one.place, two.place) == ALIKE_IN_PAIR and not likeness.refusal(one, two)
    ]
    left, right = Counter(i for i, _ in near), Counter(j for _, j in near)
    return {(i, j) for i, j in near if left[i] == right[j] == 1}


def _chosen(score: dict[tuple[int, int], float]) -> set[tuple[int, int]]:
    """Return pairs of positions, the best first, each position once."""
    found: set[tuple[int, int]] = set()
    taken: tuple[set[int], set[int]] = (set(), set())
    for i, j in sorted(score, key=lambda pair: (-round(score[pair], 9), abs(pair[0] - pair[1]), sum(pair))):
        if i not in taken[0] and j not in taken[1]:
            found.add((i, j))
            taken[0].add(i)
            taken[1].add(j)
    return found


def _candidate(one: Payment, two: Payment, alike: float, reason: str) -> Record:
    row: Record = {"similarity": round(alike, 4), "reason": reason}
    for side, payment in (("left", one), ("right", two)):
        row |= {f"{side}_{name}": payment.row[name] for name in ("incentive", "clause", "object")}
    return row


def _row(one: Payment, two: Payment, alike: float, origin: str) -> Record:
    """Return a row of `incentive_pairs`; rates are in %, sums in yuan."""
    row: Record = {"unit": one.row["unit_canonical"], "similarity": round(alike, 4), "origin": origin}
    for side, payment in (("left", one), ("right", two)):
        for name in ("incentive", "section", "clause", "object", "kind", "value_max", "per", "cap"):
            row[f"{side}_{name}"] = payment.row[name]
        row[f"{side}_value"] = payment.row["value_canonical"]
    row["status"] = likeness.status(one, two)
    row["ratio"] = likeness.ratio(one, two)
    return row
