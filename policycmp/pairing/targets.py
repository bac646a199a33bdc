"""Targets of two documents → the pairs that may be charted side by side, and why others may not.

Two targets form a pair when they count the same thing in convertible units (see `likeness`), each in one pair at most:
an optimal assignment (Kuhn 1955; Jonker and Volgenant 1987, as in scipy). What must not be charted on one scale is
refused with its reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING

import numpy as np

from policycmp import schema
from policycmp.corrections import Corrections, apply
from policycmp.corrections.apply import Pair
from policycmp.document.spans import Timeline
from policycmp.errors import bound
from policycmp.pairing import likeness
from policycmp.pairing.alignment import Aligned
from policycmp.pairing.likeness import Target
from policycmp.pairing.sections import SectionPair, answered
from policycmp.schema import Place, Record
from policycmp.text import grams
from policycmp.text.lexicon import Lexicon

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables

# How alike two indicators have to be (0 to 1), by where they stand: in clauses that are aligned, in the same section,
# or anywhere. With the numbers of `likeness` they miss 2 pairs of 147 on nine annotated pairs of documents and add 4:
# fitted figures, for the rules were written on these nine. A false pair misleads more than a missed one.
ALIKE_IN_PAIR, ALIKE_IN_SECTION, ALIKE_ANYWHERE = 0.34, 0.50, 0.72

RATES = ("%", "百分点")
ORDER = 1e-12  # what a step out of order costs: less than any difference of scores
NEAR = 0.30  # below this a candidate is not worth showing
SLIGHT = 0.20  # below this two names are not looked at, unless something else speaks for them


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
    both = match(left, right, aligned, sections, corrections=corrections)
    rows = []
    for (i, j), origin in sorted(both.origins.items()):
        rows.append(_row(both.left[i], both.right[j], both.alike(i, j), origin))
    candidates = []
    for (i, j), reason in both.refused.items():
        if (i, j) not in both.origins:
            candidates.append(_candidate(both.left[i], both.right[j], both.alike(i, j), reason))
    candidates.sort(key=lambda row: (-row["similarity"], row["left_target"], row["right_target"]))
    return schema.frame("target_pairs", rows), schema.frame("target_candidates", candidates)


@dataclass(frozen=True)
class Matched:
    """Which targets of two documents are pairs, by their positions in ``left`` and ``right``.

    ``origins`` says of each pair whether it was computed or decided by a researcher, ``refused`` of each near miss why
    it is none, and ``weights`` how rare each pair of characters is.
    """

    left: list[Target]
    right: list[Target]
    origins: dict[Pair, str]
    refused: dict[Pair, str]
    weights: dict[str, float]

    def keys(self) -> list[tuple[str, str]]:
        """Return the ids of both targets of each pair."""
        return [(self.left[i].row["target"], self.right[j].row["target"]) for i, j in sorted(self.origins)]

    def alike(self, i: int, j: int) -> float:
        """Return how alike the indicators of two targets are."""
        return likeness.alike(self.left[i], self.right[j], self.weights)


def match(
    left: Tables,
    right: Tables,
    aligned: Aligned,
    sections: Sequence[SectionPair],
    *,
    corrections: Corrections | None = None,
    descriptions: tuple[list[Target], list[Target]] | None = None,
) -> Matched:
    """Return which targets of two documents are pairs, as `target_pairs` does, without its tables.

    In a matrix each document meets many others: ``descriptions`` has what is ``described`` of the targets of both.
    """
    lexicon = left.policy.lexicon
    most = lexicon["limits.pairs_of_targets"]
    ones, twos = descriptions or (described(left), described(right))
    weights = likeness.rarity([*ones, *twos])
    needed, beside = _neighbourhood(aligned, sections), _beside(ones, twos, aligned, sections, most)
    alone, once_coded = _alone(ones, twos, beside, lexicon), _once_coded(ones) & _once_coded(twos)
    places = _places(ones), _places(twos)
    found = _similar(ones, twos, weights, most) | beside | _same(ones, twos, once_coded)
    bound("pairs_of_targets", f"{left.doc}, {right.doc}", most, len(found))
    score: dict[Pair, float] = {}
    refused = {}
    for i, j in sorted(found):
        one, two = ones[i], twos[j]
        alike = likeness.alike(one, two, weights)
        told = likeness.evidence(one, two, alike)
        reason, least = likeness.refusal(one, two, lexicon), needed(one.place, two.place)
        known = _what(one) == _what(two) and _what(one) in once_coded and (_is_rate(one) or least < ALIKE_ANYWHERE)
        sole = (i, j) in alone and likeness.kindred(one, two)
        if not reason and (told >= least or known or sole):
            order = 1e-4 / (1 + abs(places[0][i] - places[1][j]))  # a trifle: like names go in their order
            score[i, j] = max(told, least) + (ALIKE_ANYWHERE - least) + order
        elif alike >= NEAR:
            refused[i, j] = reason or "wording"
    ids = [[target.row["target"] for target in side] for side in (ones, twos)]
    turned = (left.policy.sha256, left.doc) > (right.policy.sha256, right.doc)
    origins = apply.to_targets(
        _assign(score, turned=turned), corrections or Corrections.none(), (left.doc, right.doc), ids
    )
    return Matched(ones, twos, origins, refused, weights)


def described(tables: Tables) -> list[Target]:
    """Return what decides about each of the targets of a document."""
    timeline = Timeline(tables)
    found = []
    for row in tables.rows["targets"]:
        span, of_a_part = timeline.span(row, by_sentence=True), timeline.is_of_a_part(row)
        found.append(likeness.describe(row, tables.policy.lexicon, span=span, of_a_part=of_a_part))
    return found


def _similar(ones: Sequence[Target], twos: Sequence[Target], weights: Mapping[str, float], most: int) -> set[Pair]:
    """Return the pairs of targets whose names are slightly alike; of more than ``most`` only one more than those."""
    names = [[grams.grams(target.core) for target in side] for side in (ones, twos)]
    return grams.similar(names[0], names[1], weights, SLIGHT, most=most)


def _neighbourhood(aligned: Aligned, sections: Sequence[SectionPair]) -> Callable[[Place, Place], float]:
    """Return a function that gives how alike two targets have to be, from where they stand."""
    clauses = set(aligned.pairs())
    answering = {*sections, SectionPair(0, 0)}

    def needed(left: Place, right: Place) -> float:
        beside = (left.section, right.section) in answering
        lead_ins = left.clause == right.clause == 0
        if (left, right) in clauses or (beside and lead_ins):
            return ALIKE_IN_PAIR
        return ALIKE_IN_SECTION if beside else ALIKE_ANYWHERE

    return needed


def _beside(
    ones: Sequence[Target], twos: Sequence[Target], aligned: Aligned, sections: Sequence[SectionPair], most: int
) -> set[Pair]:
    """Return the pairs of targets that stand in aligned clauses, or in the lead-ins of sections that answer.

    Of two places with more than ``most`` only one more than those are returned.
    """
    lefts, rights = _by_place(ones), _by_place(twos)
    lead_ins = []
    for one, two in [*answered(sections), (0, 0)]:
        lead_ins.append((Place(one, 0), Place(two, 0)))
    found: set[Pair] = set()
    for left, right in {*aligned.pairs(), *lead_ins}:
        found.update(islice(product(lefts.get(left, []), rights.get(right, [])), most + 1))
    return found


def _by_place(targets: Sequence[Target]) -> dict[Place, list[int]]:
    found: dict[Place, list[int]] = {}
    for position, target in enumerate(targets):
        found.setdefault(target.place, []).append(position)
    return found


def _places(targets: Sequence[Target]) -> dict[int, int]:
    """Return which target of its clause each one is."""
    return {position: number for own in _by_place(targets).values() for number, position in enumerate(own)}


def _alone(ones: Sequence[Target], twos: Sequence[Target], beside: Iterable[Pair], lexicon: Lexicon) -> set[Pair]:
    """Return the pairs, by position, that are each other's only candidate of one unit and kind in aligned clauses."""
    near = [
        (i, j) for i, j in beside if ones[i].unit == twos[j].unit and not likeness.refusal(ones[i], twos[j], lexicon)
    ]
    left, right = Counter(i for i, _ in near), Counter(j for _, j in near)
    return {(i, j) for i, j in near if left[i] == right[j] == 1}


def _same(ones: Sequence[Target], twos: Sequence[Target], once_coded: Collection[tuple[str, str, str]]) -> set[Pair]:
    """Return the pairs of targets that are the only ones of their documents for what they count."""
    lefts = {_what(target): position for position, target in enumerate(ones)}
    rights = {_what(target): position for position, target in enumerate(twos)}
    return {(lefts[what], rights[what]) for what in once_coded}


def _what(target: Target) -> tuple[str, str, str]:
    return target.code, target.unit, target.kind


def _once_coded(targets: Sequence[Target]) -> set[tuple[str, str, str]]:
    """Return what a document sets one target for, by the code of its indicator."""
    counts = Counter(_what(target) for target in targets if target.code)
    return {what for what, number in counts.items() if number == 1}


def _is_rate(target: Target) -> bool:
    """Tell whether a target is a rate or a level per head, of which a district has one, wherever it stands."""
    return target.unit in RATES or "/" in target.row["unit_canonical"]


def _assign(score: Mapping[Pair, float], *, turned: bool) -> set[Pair]:
    """Return the pairs, each target in one at most, whose scores add up to the most, within what hangs together.

    Of several ways that add up to as much the one that keeps the order is taken, and of several of these always the
    same: the one of two documents that comes second is ``turned`` to be the first, whichever side it is on.
    """
    from scipy.optimize import linear_sum_assignment

    if turned:
        return {(i, j) for j, i in _assign({(j, i): value for (i, j), value in score.items()}, turned=False)}
    chosen: set[Pair] = set()
    for group in _hanging_together(score):
        lefts, rights = (sorted({pair[side] for pair in group}) for side in (0, 1))
        table = np.zeros((len(lefts), len(rights)))
        for i, j in group:
            row, column = lefts.index(i), rights.index(j)
            table[row, column] = round(score[i, j], 9) - ORDER * (row - column) ** 2
        for row, column in zip(*linear_sum_assignment(-table), strict=True):
            if table[row, column] > 0:
                chosen.add((lefts[row], rights[column]))
    return chosen


def _hanging_together(score: Mapping[Pair, float]) -> list[list[Pair]]:
    """Return the pairs in groups that share no target with one another."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if not score:
        return []
    pairs = sorted(score)
    lefts, rights = np.array(pairs).T
    offset = int(lefts.max()) + 1
    size = offset + int(rights.max()) + 1
    graph = coo_array((np.ones(len(pairs)), (lefts, rights + offset)), shape=(size, size))
    _, component = connected_components(graph, directed=False)
    groups: dict[int, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(int(component[pair[0]]), []).append(pair)
    return list(groups.values())


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
