"""A text without the marks of Markdown, **150**家 as 150家, and where its characters stand in the marked one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

# The marks of headings, quotations and items (no - 12 - of a page), and asterisks but between digits (138****1234).
_MARK = re.compile(r"^ *(?:#{1,6} +|> ?|[-*+] (?=[^-\n]*$))|(?<![0-9*])\*+|(?<!\*)\*+(?![0-9*])", re.MULTILINE)


class Unmarked(NamedTuple):
    """A text without marks; ``at`` has the place in the marked text of each of its characters, and of its end."""

    text: str
    at: Sequence[int]

    def place(self, position: int) -> int:
        """Return where what stands at ``position`` of the marked text stands in this one."""
        return bisect_left(self.at, position)

    def marked(self, start: int, end: int) -> tuple[int, int]:
        """Return which stretch of the marked text a stretch of this one is, without marks at its ends."""
        return self.at[start], self.at[end - 1] + 1 if end > start else self.at[start]

    def of(self, twin: str) -> str:
        """Return a text whose characters stand where those of the marked text do, without the same ones."""
        return "".join(map(twin.__getitem__, self.at[:-1])) if isinstance(self.at, list) else twin


def unmarked(text: str) -> Unmarked:
    """Return a folded text without the marks of Markdown."""
    at: list[int] = []
    position = 0
    for found in _MARK.finditer(text):
        at += range(position, found.start())
        position = found.end()
    if not position:
        return Unmarked(text, range(len(text) + 1))
    at += range(position, len(text) + 1)
    return Unmarked("".join(map(text.__getitem__, at[:-1])), at)


def plain(name: str) -> str:
    """Return a name, such as a title, as it is read: without the marks of Markdown."""
    return unmarked(name).text
