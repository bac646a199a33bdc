"""Printed numbers → the longest sequence among them that counts up.

Gaps, doubled numbers and fresh starts have their price.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policycmp.structure.gaps import LARGEST_GAP
from policycmp.structure.markers import Marker

GAP_COST = 0.6  # of a missing number, where a marker in its place counts 1: two markers are worth three missing ones
DOUBLED = 0.5  # what a marker counts that repeats the number before it


class _Sequence(NamedTuple):
    """A sequence of markers: what it counts, and the position of its last marker (-1: it has none)."""

    score: float = 0.0
    last: int = -1


def chain(candidates: Sequence[Marker], fresh: Sequence[int]) -> list[Marker]:
    """Return the best sequence that counts up; at each offset in ``fresh`` it may start anew or count on."""
    best: dict[int, _Sequence] = {}  # so far, by the last number
    before: list[int] = []  # the position of the marker before each in its best sequence
    top = closed = _Sequence()  # the best of all, and the best before the last fresh start
    passed = 0
    for position, marker in enumerate(candidates):
        while passed < len(fresh) and fresh[passed] <= marker.start:
            closed, passed = top, passed + 1
        options = list(_continued(marker.number, best, position))
        if marker.number <= 1 + LARGEST_GAP:
            missing = marker.number - 1
            options.append(_Sequence(closed.score + 1 - GAP_COST * missing, closed.last))
        if not options:
            before.append(-1)
            continue
        score, last = max(options, key=lambda option: option.score)
        before.append(last)
        if marker.number not in best or score > best[marker.number].score:
            best[marker.number] = _Sequence(score, position)
            top = max(top, best[marker.number], key=lambda option: option.score)
    found = []
    position = top.last
    while position >= 0:
        found.append(candidates[position])
        position = before[position]
    return found[::-1]


def _continued(number: int, best: dict[int, _Sequence], position: int) -> Iterator[_Sequence]:
    """Yield each of the ``best`` sequences that ``number`` may continue, with what it then counts."""
    for missing in range(LARGEST_GAP + 1):
        shorter = best.get(number - 1 - missing)
        if shorter:
            gain = 1 - GAP_COST * missing
            yield shorter._replace(score=shorter.score + gain)
    same = best.get(number)
    if same and same.last == position - 1:  # doubled: nothing stands between the two
        yield same._replace(score=same.score + DOUBLED)
