"""Headings and clauses that have no numbers: lines marked with # or printed bold, short lines, paragraphs.

They are looked for only in a part in which no number divides the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from policycmp.reading import Policy
from policycmp.structure.markers import Marker

LONGEST_MARKED = 40  # characters of a heading that is marked as one
LONGEST_PLAIN = 20  # characters of a short line that may be a heading
LONGEST_LEAD = 45  # characters of the sentence that a paragraph begins with
SHORTEST_PARAGRAPH = 15  # characters: what is shorter is no paragraph under a heading
LED = 0.5  # share of the paragraphs that begin with a lead sentence, where clauses are told by paragraph


class _Line(NamedTuple):
    """A line that is not blank: where it and its words begin, the words, and how it is marked (# … or bold)."""

    start: int
    begin: int
    words: str
    level: int


def headings(policy: Policy, found: Sequence[Marker], window: tuple[int, int]) -> list[Marker]:
    """Return the unnumbered headings of a part: marked ones, else short lines above what is counted anew."""
    lines = _lines(policy.masked, *window)
    numbered = {marker.start for marker in found if marker.line_start}
    title = re.sub(r"\s", "", policy.title)
    free = [line for line in lines if line.start not in numbered and line.words not in (policy.title, title)]
    marked = [line for line in free if line.level and len(line.words) <= LONGEST_MARKED and not _ends(line.words)]
    levels = sorted({line.level for line in marked})
    for level in levels:
        chosen = [line for line in marked if line.level == level]
        if len(chosen) > 1:
            return _heads(chosen)
    following = dict(zip([line.start for line in lines], lines[1:], strict=False))
    return _heads(_plain(free, following, found))


def subheadings(policy: Policy, heads: Sequence[Marker], window: tuple[int, int]) -> list[Marker]:
    """Return the marked headings below ``heads``, counted anew under each: they are those of clauses."""
    lines = {line.start: line for line in _lines(policy.masked, *window)}
    top = max((lines[head.start].level for head in heads if head.start in lines), default=0)
    found: list[Marker] = []
    starts = [head.start for head in heads]
    place = number = 0
    for line in lines.values():
        here = bisect_right(starts, line.start)
        if top and here and line.level > top and len(line.words) <= LONGEST_MARKED and not _ends(line.words):
            number = number + 1 if here == place else 1
            place = here
            found.append(Marker("subheading", number, line.start, line.begin, True))
    return found


def _plain(free: Sequence[_Line], following: dict[int, _Line], found: Sequence[Marker]) -> list[_Line]:
    """Return short lines above a paragraph, or above a number 1: two or more of one sort, or none."""
    firsts = {marker.start for marker in found if marker.line_start and marker.number == 1}
    counted: list[_Line] = []
    above: list[_Line] = []
    for line in free:
        below = following.get(line.start)
        if below is None or len(line.words) > LONGEST_PLAIN or _ends(line.words) or ":" in line.words:
            continue
        if below.start in firsts:
            counted.append(line)
        elif len(below.words) >= SHORTEST_PARAGRAPH and below.words.endswith("。") and not below.level:
            above.append(line)
    if found:
        before = [line for line in above if counted and line.start < counted[0].start]
        return [*before, *counted] if len(counted) > 1 else []
    return above if len(above) > 1 else []


def paragraphs(policy: Policy, window: tuple[int, int]) -> list[Marker]:
    """Return the paragraphs that begin with a lead sentence and go on, where most do: each is a clause."""
    lines = [line for line in _lines(policy.masked, *window) if line.words.endswith(("。", ";", ")"))]
    led = [line for line in lines if _has_lead(line.words)]
    if len(led) < 2 or len(led) < LED * len(lines):
        return []
    return [Marker("paragraph", i, line.start, line.begin, True) for i, line in enumerate(led, 1)]


def _has_lead(words: str) -> bool:
    lead, stop, rest = words.partition("。")
    return bool(stop) and 2 <= len(lead) <= LONGEST_LEAD and lead.count(",") < 2 and len(rest) >= SHORTEST_PARAGRAPH - 5


def _ends(words: str) -> bool:
    """Tell whether a line ends as a sentence does, or is no heading for another reason."""
    return words[-1:] in "。;:,、!?" or bool(re.fullmatch(r"[\W0-9_]*|.*[0-9] ?日|.*(?:人民政府|办公室|委员会)", words))


def _heads(lines: Sequence[_Line]) -> list[Marker]:
    return [Marker("heading", i, line.start, line.begin, True) for i, line in enumerate(lines, 1)]


def _lines(text: str, start: int, end: int) -> list[_Line]:
    """Return the lines between ``start`` and ``end`` that are not blank."""
    lines = []
    for line in re.compile(r"[^\n]+").finditer(text, start, end):
        words = line[0].strip()
        if not words:
            continue
        opening = re.match(r"[#* ]*", line[0].lstrip())
        sharp = opening[0].count("#") if opening else 0
        bold = re.fullmatch(r"\*\*[^*]+\*\*", words) is not None
        level = sharp or (7 if bold else 0)
        bare = words.strip("#* ")
        if bare:
            lines.append(_Line(line.start(), line.start() + line[0].index(bare), bare, level))
    return lines
