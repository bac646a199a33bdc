"""Which numbers divide a part into sections, and which head the clauses inside each section.

The sections are the outermost style that counts up at the beginnings of lines. The clauses are told section by
section: the outermost style in it, unless a deeper one counts on from one unit to the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from policycmp.reading import Policy
from policycmp.structure.gaps import Gaps
from policycmp.structure.markers import LONGEST_HEADING, RANK, STYLES, Marker
from policycmp.structure.numbering import chain

HEADED = 0.5  # share of the sections whose numbers head a line of their own: a list of running items is no outline
DIVIDED = 0.25  # share of such sections that have clauses of their own: fewer, and a list in one item makes no outline
LONG_SECTION = 600  # characters: as long a block of prose is a section, whether or not it has clauses
_SECTION_STYLES = ("book", "chapter", "joint", "cn_dot", "cn_paren", "num_dot")


class Levels(NamedTuple):
    """The headings of sections and of clauses, and those of groups of clauses between them."""

    heads: list[Marker]
    inner: list[Marker]
    groups: list[Marker]


def levels(policy: Policy, found: Sequence[Marker], window: tuple[int, int]) -> Levels:
    """Return the headings of one part, before anything missing is filled in."""
    lines = [marker for marker in found if marker.line_start]
    plain: list[Marker] = []
    for strong in (lines, found):  # a whole document may stand in one line
        divided = _divided(policy, strong, found, window)
        enough = len(divided.inner) >= 2 * max(len(divided.heads), len(plain))
        if divided.heads and (strong is lines or len(plain) < 2 or enough):
            return divided
        if len(plain) < 2:
            plain = max((chain([m for m in strong if m.style == style], [0]) for style in [*STYLES][:0:-1]), key=len)
    return Levels([], plain if len(plain) >= 2 else [], [])


def _divided(policy: Policy, strong: Sequence[Marker], found: Sequence[Marker], window: tuple[int, int]) -> Levels:
    """Return the headings by the outermost style that makes an outline."""
    text = policy.masked
    for style in _SECTION_STYLES:
        own = [marker for marker in strong if marker.style == style]
        own = own[_behind_contents(text, own) :]
        ends = [window[0], *(marker.end for marker in own)]
        fresh = [m.start for m, end in zip(own, ends, strict=False) if m.number == 1 and title(policy, end, m.start)]
        heads = chain(own, fresh)
        if heads and heads[0].number > 1:  # the first is misprinted or stands inside a line
            heads, _ = Gaps(text, found, {*STYLES}, "").fill(heads, window)
        if heads and (heads[0].number == 1 or len(heads) > 2):
            inner, groups = clauses_in(heads, strong)
            before = {marker.style for marker in strong if marker.start < heads[0].start}
            nested = RANK[style] > RANK["cn_dot"] and inner and inner[0].style in before
            if not nested and _outlined(text, heads, inner, window[1]):
                return Levels(heads, inner, groups)
    return Levels([], [], [])


def _behind_contents(text: str, own: Sequence[Marker]) -> int:
    """Return the position of the heading that repeats the first one, number and words: the contents end before it."""
    names = [text[marker.end : marker.end + 8].split("\n")[0].rstrip(" .…0123456789") for marker in own]
    again = (i for i in range(1, len(own)) if names[i] and (names[i], own[i].number) == (names[0], own[0].number))
    return next(again, 0)


def _outlined(text: str, heads: Sequence[Marker], inner: Sequence[Marker], end: int) -> bool:
    """Tell whether headings are those of sections; else they are items of a list, with lists inside some of them."""
    if len(inner) >= max(2, len(heads)):
        return True
    headed = sum(heads_line(text, marker) for marker in heads)
    if headed < HEADED * len(heads) or RANK[heads[0].style] > RANK["cn_dot"]:
        return False
    starts = [marker.start for marker in heads]
    divided = {bisect_right(starts, marker.start) for marker in inner}
    prose = (end - starts[0]) / len(heads) >= LONG_SECTION
    return len(divided) >= DIVIDED * len(heads) or (prose and len(heads) > 1)


def torn_out(policy: Policy, found: Sequence[Marker], window: tuple[int, int]) -> list[Marker]:
    """Return the outermost number that heads a line of its own and text below it, and those that count on from it.

    They may be any: what is read may be a section of a plan, a policy from its sixth item on, or a page of a site that
    prints one article by article.
    """
    text = policy.masked
    heads = [marker for marker in found if marker.line_start and heads_line(text, marker)]
    articles = [marker for marker in heads if marker.style == "article"]
    outer = min(articles or heads, key=lambda marker: RANK[marker.style], default=None)
    if outer is None or RANK[outer.style] > RANK["article"]:
        return []
    if not text[outer.end : window[1]].strip().count("\n"):
        return []
    own = [outer]
    for marker in found:
        if marker.start > outer.start and (marker.style, marker.number) == (outer.style, own[-1].number + 1):
            own += [marker] if marker.line_start else []
    return own


def heads_line(text: str, marker: Marker) -> bool:
    """Tell whether a marker heads a line of its own, no running text."""
    end = text.find("\n", marker.end)
    line = text[marker.end : end if end != -1 else len(text)].strip(" *#")
    return 0 < len(line) <= LONGEST_HEADING and "。" not in line[:-1]


def title(policy: Policy, start: int, end: int) -> re.Match[str] | None:
    """Return the first line between ``start`` and ``end`` that is a title, of a second document in the same file."""
    kinds = policy.lexicon.any_of("title_kinds")
    return re.compile(rf"(?:^|\n) *(?:[^\n。:,《]|《[^》\n]{{2,20}}》){{2,40}}{kinds} *(?=\n)").search(
        policy.masked, start, end
    )


def clauses_in(heads: Sequence[Marker], strong: Sequence[Marker]) -> tuple[list[Marker], list[Marker]]:
    """Return the headings of the clauses inside the sections, and those of groups of clauses."""
    starts = [head.start for head in heads]
    rooms: list[list[Marker]] = [[] for _ in heads]
    own = {*starts}
    for marker in strong:
        if marker.start > starts[0] and marker.start not in own and RANK[marker.style] > RANK[heads[0].style]:
            rooms[bisect_right(starts, marker.start) - 1].append(marker)
    chosen: list[tuple[str, str]] = []  # of each section: the outermost style, and that of its clauses
    last: dict[str, int] = {}
    for room in rooms:
        outer = _outermost(room)
        chosen.append((outer, _counting_on(room, outer, last)))
        last |= {marker.style: marker.number for marker in room}
    known = Counter(style for _, style in chosen if style)
    often = Counter(marker.style for room in rooms for marker in room)
    usual = max(known, key=lambda style: (known[style], often[style], -RANK[style]), default="")
    picked: list[Marker] = []
    groups: list[Marker] = []
    for room, (outer, style) in zip(rooms, chosen, strict=True):
        if style != usual and [m.number for m in room if m.style == style and m.line_start][:2] != [1, 2]:
            style = usual  # a single number of another style is none of an outline
        picked += [marker for marker in room if marker.style == style]
        groups += [marker for marker in room if marker.style == outer != style]
    return chain(picked, starts), groups


def _outermost(room: Sequence[Marker]) -> str:
    """Return the outermost style of a section: the first one, unless it only heads a list before a higher one."""
    numbers: dict[str, list[Marker]] = {}
    for marker in room:
        numbers.setdefault(marker.style, []).append(marker)
    if not numbers:
        return ""
    first = next(iter(numbers))
    for style, own in numbers.items():
        if RANK[style] < RANK[first] and first != "article" and len(own) > 1 and own[1].number == own[0].number + 1:
            earlier = [marker.number for marker in numbers[first] if marker.start < own[0].start]
            later = [marker.number for marker in numbers[first] if marker.start > own[0].start]
            if not later or later[0] <= earlier[-1]:
                first = style
    return first


def _counting_on(room: Sequence[Marker], style: str, last: dict[str, int]) -> str:
    """Return the innermost style that counts on across the units of ``style``, or across sections; else ``style``."""
    units = [marker.start for marker in room if marker.style == style]
    chosen = style
    for deeper in [*STYLES][RANK[style] + 1 :] if units else []:
        own = [marker for marker in room if marker.style == deeper and marker.start > units[0]]
        steps = [
            two.number - one.number
            for one, two in pairwise(own)
            if bisect_right(units, one.start) < bisect_right(units, two.start)
        ]
        on = steps.count(1) > len(steps) / 2
        if own and not steps:  # one unit: does it go on where the section before ended?
            on = own[0].number == last.get(deeper, 0) + 1 > 1
        chosen = deeper if on else chosen
    return chosen
