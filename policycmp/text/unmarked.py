"""A text without what is only set in it, 新增 **150** 家 as 新增150家, and where its characters stand in what is set.

Taken out are the marks of Markdown and, in prose, the blanks that set numbers apart from words.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

BULLETS = "▶►▷■◆◇★☆●•▲△✓✔"
# The marks of headings, quotations and items (no - 12 - of a page), and asterisks but between digits (138****1234).
_MARK = re.compile(
    rf"^ *(?:#{{1,6}} +|> ?|[-*+] (?=[^-\n]*$)|[{BULLETS}] *)|(?<![0-9*])\*+|(?<!\*)\*+(?![0-9*])", re.MULTILINE
)
_BLANK = re.compile(r"(?<=[一-龥,、:]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%‰]) (?=[一-龥])")
_PROSE = re.compile(r"^(?P<number>[0-9. ]*+)[^\n]*[,。;][^\n]*", re.MULTILINE)  # no comma, no stop: perhaps of a table
_CELLS = re.compile(r"\t[^\n]*\t|(?<=\S) {2,}(?=\S)[^\n]*(?<=\S) {2,}(?=\S)")  # two gaps: a row of a table


class Unmarked(NamedTuple):
    """A text without what is only set in it; ``at`` has the place of each of its characters, and of its end, before."""

    text: str
    at: Sequence[int]

    def place(self, position: int) -> int:
        """Return where what stands at ``position`` of the text as set stands in this one."""
        return bisect_left(self.at, position)

    def marked(self, start: int, end: int) -> tuple[int, int]:
        """Return which stretch of the text as set a stretch of this one is, without marks at its ends."""
        return self.at[start], self.at[end - 1] + 1 if end > start else self.at[start]

    def of(self, twin: str) -> str:
        """Return a text that is set in the same way without what is only set in it."""
        return "".join(map(twin.__getitem__, self.at[:-1])) if len(self.at) <= len(twin) else twin


def unmarked(text: str, raw: str) -> Unmarked:
    """Return a folded text without what is only set in it; ``raw`` has the tabs that ``text`` has not."""
    bare = _without(text, [found.span() for found in _MARK.finditer(text)])
    blanks = _blanks(bare.text, bare.of(raw))
    if not blanks:
        return bare
    closer = _without(bare.text, blanks)
    return Unmarked(closer.text, array("L", map(bare.at.__getitem__, closer.at)))


def _blanks(text: str, raw: str) -> list[tuple[int, int]]:
    """Return the blanks between numbers and words in lines of prose; behind the number of a line they stay."""
    found: list[tuple[int, int]] = []
    if _BLANK.search(text):
        for line in _PROSE.finditer(text):
            if not _CELLS.search(raw, *line.span()):
                found += [blank.span() for blank in _BLANK.finditer(text, line.end("number"), line.end())]
    return found


def _without(text: str, spans: Sequence[tuple[int, int]]) -> Unmarked:
    """Return a text without the stretches ``spans``, which are in order."""
    if not spans:
        return Unmarked(text, range(len(text) + 1))
    at, position = array("L"), 0
    for start, end in spans:
        at.extend(range(position, start))
        position = end
    at.extend(range(position, len(text) + 1))
    return Unmarked("".join(map(text.__getitem__, at[:-1])), at)


def plain(name: str) -> str:
    """Return a name, such as a title, as it is read: without the marks of Markdown."""
    return _MARK.sub("", name)
