"""Printed numbers → those that head the sections and clauses, found by what number follows which.

Of all numbers that may head something the longest sequence that counts up is taken (`chain`), with gaps, doubled
numbers and fresh starts at a price; which style divides the text and which counts on inside it is told by those
sequences (`levels`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policycmp.reading.policy import Policy
from policycmp.structure.gaps import LARGEST_GAP, Gaps
from policycmp.structure.markers import RANK, STYLES, Marker, markers

GAP_COST = 0.6  # of a missing number, where a marker in its place counts 1: two markers are worth three missing ones
DOUBLED = 0.5  # what a marker counts that repeats the number before it
DIVIDING = 3  # how many styles, from the outside, may divide a text into sections


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


def levels(policy: Policy, found: Sequence[Marker]) -> tuple[list[Marker], list[Marker]]:
    """Return the headings of sections and those of clauses, before anything missing is filled in."""
    lines = [marker for marker in found if marker.line_start]
    plain: list[Marker] = []
    for strong in (lines, found):  # a whole document may stand in one line
        heads, inner = _divided(policy, strong)
        if heads and (strong is lines or len(plain) < 2 or len(inner) >= 2 * max(len(heads), len(plain))):
            return heads, inner
        if len(plain) < 2:
            plain = _undivided(strong)
    return [], plain if len(plain) >= 2 else []


def _undivided(strong: Sequence[Marker]) -> list[Marker]:
    """Return the longest sequence of one style, of two that are as long that of the inner style."""
    inside_out = [style for style in reversed(STYLES) if style != "chapter"]
    return max((chain(_of_style(strong, style), [0]) for style in inside_out), key=len)


def _of_style(found: Sequence[Marker], style: str) -> list[Marker]:
    return [marker for marker in found if marker.style == style]


def _divided(policy: Policy, strong: Sequence[Marker]) -> tuple[list[Marker], list[Marker]]:
    """Return headings and clauses by the outermost style that has as many clauses as headings inside it."""
    for style in [*STYLES][:DIVIDING]:
        heads = _headings(policy, _behind_contents(policy.folded, _of_style(strong, style)))
        if not heads or (heads[0].number != 1 and len(heads) <= 2):
            continue
        inner = clauses_in(heads, strong)
        before = {marker.style for marker in strong if marker.start < heads[0].start}
        turned = style == "cn_paren" and inner and inner[0].style in before
        if len(inner) >= max(2, len(heads)) and not turned:
            return heads, inner
    return [], []


def _behind_contents(text: str, own: list[Marker]) -> list[Marker]:
    """Return the headings from the one on that says again what the first one says: before it is a table of contents."""
    names = [text[marker.end : marker.end + 8].split("\n")[0].rstrip(" .…0123456789") for marker in own]
    again = [position for position, name in enumerate(names) if position and name and name == names[0]]
    return own[again[0] :] if again else own


def _headings(policy: Policy, own: list[Marker]) -> list[Marker]:
    """Return the sequence among the headings of one style; it may start anew behind the title of another document."""
    ends = [0, *(marker.end for marker in own)]
    fresh = [
        marker.start
        for marker, end in zip(own, ends, strict=False)
        if marker.number == 1 and title(policy, end, marker.start)
    ]
    heads = chain(own, fresh)
    if heads and heads[0].number > 1:  # the first is misprinted or stands inside a line
        gaps = Gaps(policy.folded, markers(policy), {*STYLES}, "")
        heads, _ = gaps.fill(heads, [0, len(policy.folded)])
    return heads


def title(policy: Policy, start: int, end: int) -> re.Match[str] | None:
    """Return the first line between ``start`` and ``end`` that is a title, of a second document in the same file."""
    kinds = policy.lexicon.any_of("title_kinds")
    return re.compile(rf"(?:^|\n) *[^\n。:,《]{{2,40}}{kinds} *(?=\n)").search(policy.folded, start, end)


def clauses_in(heads: Sequence[Marker], strong: Sequence[Marker]) -> list[Marker]:
    """Return the clauses inside the sections: the style that opens most of them, or a deeper one that counts on."""
    starts = [head.start for head in heads]
    outer = RANK[heads[0].style]
    lower = [marker for marker in strong if marker.start > starts[0] and RANK[marker.style] > outer]
    sections: list[list[Marker]] = [[] for _ in heads]
    for marker in lower:
        sections[bisect_right(starts, marker.start) - 1].append(marker)
    chosen = _clause_styles(lower, sections)
    picked: list[Marker] = []
    for own in sections:
        picked += _of_style(own, _clause_style(own, chosen))
    return chain(picked, starts)


def _clause_styles(lower: Sequence[Marker], sections: Sequence[Sequence[Marker]]) -> list[str]:
    """Return the style that opens most sections, and those further in that count on from unit to unit."""
    firsts = Counter(own[0].style for own in sections if own)
    if not firsts:
        return []
    commonest = min(firsts, key=lambda style: (-firsts[style], RANK[style]))
    chosen = [commonest]
    units = [marker.start for marker in _of_style(lower, commonest)]
    for style in [*STYLES][RANK[commonest] + 1 :]:
        steps = [
            two.number - one.number
            for one, two in pairwise(_of_style(lower, style))
            if bisect_right(units, one.start) < bisect_right(units, two.start)
        ]
        if steps.count(1) > len(steps) / 2:
            chosen.append(style)
    return chosen


def _clause_style(own: Sequence[Marker], chosen: Sequence[str]) -> str:
    """Return the style of the clauses of one section: the innermost that was chosen, or one that is its own."""
    present = {marker.style for marker in own}
    for style in reversed(chosen):
        if style in present:
            return style
    lines = [marker.number for marker in own if marker.line_start and marker.style == own[0].style]
    return own[0].style if lines[:2] == [1, 2] else ""
