"""The rows of a matrix: clauses in measures, targets that count the same thing, sections that answer each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from policycmp import pairing, schema
from policycmp.asking import spread
from policycmp.document import Tables
from policycmp.many import changes
from policycmp.many.grouping import AGREED, Pairs, gather, grouped, settle
from policycmp.schema import WORDLESS, Record, place_of
from policycmp.text.lexicon import Lexicon

if TYPE_CHECKING:
    from numpy.typing import NDArray

# How alike the clauses of two groups have to be, on average, to become one measure, in thresholds of their pairs. With
# the eleven texts of data/reference half of what lies between 1 and 1.6 glues unlike measures, above it almost none.
JOINT = 1.6
LEAST = 0.5  # and so alike each of them: half a threshold is still more than most unrelated clauses have in common
IN_PART = 2  # clauses of a document in one cell that are only in part about the measure: more are no table to read
SURE = 1000.0  # more than any likeness: what a researcher decided, or the parent has, comes together first


class _Ties(NamedTuple):
    """What ties the clauses of all documents, which stand in one row: a matrix has a row and a column for each."""

    owner: NDArray[Any]  # the number of its document
    alike: NDArray[Any]  # the similarities
    close: NDArray[Any]  # the same in thresholds of their pair, and `SURE` or never where that was decided
    linked: NDArray[np.bool_]  # the same measure
    related: NDArray[np.bool_]  # the same, or in part


class _Member(NamedTuple):
    """A clause of a measure by its position, its part there, and its similarity with those of other documents."""

    clause: int
    part: str
    similarity: float | None


def measure_rows(documents: Sequence[Tables], found: Pairs, *, parent: bool = False) -> Iterator[Record]:
    """Yield each clause in its measure, then those of other measures that are partly about it.

    With ``parent``, the first document is the one that the others follow: its pairs make the measures, and of each
    other clause is told whether it keeps the parent's, changes it, or is new.
    """
    ties = _ties(documents, found, parent)
    groups = gather(ties.owner, ties.close, ties.linked, joint=JOINT, least=LEAST)
    groups = settle(groups, ties.owner, ties.close, ties.linked, joint=JOINT)
    clauses = [row for one in documents for row in one.rows["clauses"]]
    for number, group in enumerate(sorted(groups, key=min), 1):
        members = _members(ties, group)
        old = [clauses[one.clause] for one in members if one.part == "main" and not ties.owner[one.clause]]
        for member in members:
            row = clauses[member.clause]
            line = row | {"measure": number, "part": member.part, "similarity": member.similarity}
            if parent and member.part != "partial" and ties.owner[member.clause]:
                line |= _change(old, row, documents[0].policy.lexicon)
            yield line


def _ties(documents: Sequence[Tables], found: Pairs, parent: bool) -> _Ties:
    sizes = [len(one.clauses) for one in documents]
    starts = list(accumulate(sizes, initial=0))
    alike, close = np.zeros((2, starts[-1], starts[-1]))
    linked, related = np.zeros((2, starts[-1], starts[-1]), dtype=bool)
    for (one, two), met in found.items():
        block = slice(starts[one], starts[one + 1]), slice(starts[two], starts[two + 1])
        alike[block] = met.alike
        close[block] = met.alike / max(met.level, 1e-9)
        for pair, origin in met.origins.items():
            place, relation = (starts[one] + pair[0], starts[two] + pair[1]), met.chosen.get(pair)
            linked[place], related[place] = relation == "same", relation is not None
            if origin == "rejected":
                close[place] = -np.inf
            elif relation == "same" and (origin == "override" or (parent and one == 0)):
                close[place] += SURE
    owner = np.repeat(np.arange(len(documents)), sizes)
    return _Ties(owner, alike + alike.T, close + close.T, linked | linked.T, related | related.T)


def _members(ties: _Ties, group: Sequence[int]) -> list[_Member]:
    """Return the clauses of a measure by document: the main one, further ones, and those of others in part about it."""
    others = ties.owner[:, None] != ties.owner[group]  # of each clause: who in the group is of another document
    count = others.sum(axis=1)
    votes = (ties.related[:, group] & others).sum(axis=1)
    beside = np.flatnonzero((votes > 0) & (votes >= AGREED * count)).tolist()
    mean = {}
    for clause in {*group, *beside}:
        total = float(ties.alike[clause, group] @ others[clause])
        mean[clause] = round(total / max(int(count[clause]), 1), 4)
    mains: dict[int, int] = {}
    for clause in sorted(group, key=lambda clause: (mean[clause], -clause)):
        mains[int(ties.owner[clause])] = clause  # the last one stays: the most alike, then the first
    parts = (
        dict.fromkeys(_closest(beside, group, mean, ties.owner), "partial")
        | dict.fromkeys(group, "further")
        | dict.fromkeys(mains.values(), "main")
    )
    ranked = sorted(parts, key=lambda clause: (ties.owner[clause], schema.PARTS.index(parts[clause]), clause))
    return [_Member(one, parts[one], mean[one] if count[one] else None) for one in ranked]


def _closest(beside: Sequence[int], group: Sequence[int], mean: Mapping[int, float], owner: NDArray[Any]) -> list[int]:
    """Return, of the clauses in part about a measure, the most alike ones of each document, at most `IN_PART`."""
    kept: dict[int, list[int]] = {}
    for clause in sorted(set(beside) - set(group), key=lambda clause: (-mean[clause], clause)):
        own = kept.setdefault(int(owner[clause]), [])
        if len(own) < IN_PART:
            own.append(clause)
    return [clause for own in kept.values() for clause in own]


def _change(old: Sequence[Record], new: Record, lexicon: Lexicon) -> Record:
    """Return what a clause makes of the parent's main clause of its measure."""
    before = spread.clause_text(old[0]) if old else ""
    if not before:
        return {"change": "new", "shared": None}
    change, shared = changes.judge(before, spread.clause_text(new), lexicon)
    return {"change": change, "shared": shared}


def target_rows(documents: Sequence[Tables], found: Pairs, measures: Mapping[Any, int]) -> Iterator[Record]:
    """Yield the targets of all documents; what counts the same thing has one group.

    ``measures`` has the number of the measure of each clause: by document and place.
    """
    tables = [{row["target"]: row for row in one.rows["targets"]} for one in documents]
    groups = grouped(tables, found, lambda met: met.targets)
    for number, group in enumerate(groups, 1):
        relative = _relative([row for _, row in group], documents[0].policy.lexicon)
        for _, row in group:
            measure = measures.get((row["doc"], place_of(row)))
            yield row | {"group": number, "measure": measure, "relative": relative.get(row["target"])}


def _relative(rows: Sequence[Record], lexicon: Lexicon) -> dict[str, float]:
    """Return the share that each of several targets is of the largest; nothing for ranks, ranges and one alone."""
    sizes = {}
    for row in rows:
        if row["comparator"] not in {"top", "range", *WORDLESS}:
            sizes[row["target"]] = pairing.convert(row["unit"], lexicon)[1] * row["value"]
    most = max(sizes.values(), default=0)
    if len(sizes) < 2 or most <= 0:
        return {}
    return {target: round(size / most, 4) for target, size in sizes.items()}


def budget_rows(documents: Sequence[Tables], found: Pairs) -> Iterator[Record]:
    """Yield what each section of each document is allotted; sections that answer each other have one group."""
    tables = [{row["section"]: row for row in one.rows["sections"]} for one in documents]
    for number, group in enumerate(grouped(tables, found, lambda met: met.sections), 1):
        for document, row in group:
            amount, scope, _ = pairing.amount(documents[document], row["section"])
            yield row | {"group": number, "amount_yuan": amount, "scope": scope}
