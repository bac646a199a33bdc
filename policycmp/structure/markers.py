"""The printed numbers that may head a section or a clause: 一、, (一), 第一条, 1. and the like.

No pattern says what a clause is: a marker is only a number at a place where a heading may begin.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from policycmp.reading.policy import Policy
from policycmp.text.numerals import chinese
from policycmp.wording import said

CHINESE = "[一二三四五六七八九十百零〇]{1,5}"
LONGEST_HEADING = 60  # characters
_ARABIC = "[0-9](?: ?[0-9]){0,2}"
STYLES = {  # from the outside in
    "chapter": rf"第 ?({CHINESE}|{_ARABIC}) ?[章编篇]|第({CHINESE})部分",
    "cn_dot": rf"({CHINESE}) ?[、.](?![0-9])",
    "cn_paren": rf"\( ?({CHINESE}) ?\)[、.]?",
    "article": rf"第 ?({CHINESE}|{_ARABIC}) ?条(?![例款规之])[:、.]?",
    "num_dot": rf"({_ARABIC}) ?[、.](?![0-9])",
    "num_paren": r"\(([0-9]{1,3})\)[、.]?|([0-9]{1,3})\)",
}
RANK = {style: rank for rank, style in enumerate(STYLES)}
_PATTERNS = {style: re.compile(pattern) for style, pattern in STYLES.items()}


class Marker(NamedTuple):
    """A printed number that may head a section or a clause; the heading's text begins at ``end``."""

    style: str
    number: int
    start: int
    end: int
    line_start: bool


class Notice(NamedTuple):
    """Something odd in a document, and where: a phrase of the chapter ``notices``, and the number that it is about."""

    offset: int
    kind: str
    key: str
    number: int

    def said(self, lang: str = "zh") -> str:
        """Return the notice in words."""
        return said(self.key, lang, chapter="notices", number=self.number)


def markers(policy: Policy) -> list[Marker]:
    """Return every printed number that may head something, in the order of the text."""
    leftover = "|".join(policy.lexicon["leftovers"])
    boundary = re.compile(rf"(?:(?P<line>^|\n)|(?<=[。;!)\]”:])|(?<=[^\s]) )[ #*]*(?P<left>(?:(?:{leftover})\s*)*)")
    found = (_marker_at(policy.folded, gap) for gap in boundary.finditer(policy.folded))
    return [marker for marker in found if marker]


def _marker_at(text: str, gap: re.Match[str]) -> Marker | None:
    """Return the number behind ``gap``, where a heading may begin; what a word processor left there belongs to it."""
    start = gap.start("left") if gap["line"] is None else gap.end("line")
    for style, pattern in _PATTERNS.items():
        found = pattern.match(text, gap.end())
        if found:
            number = _value(next(group for group in found.groups() if group).replace(" ", ""))
            return None if number is None else Marker(style, number, start, found.end(), gap["line"] is not None)
    return None


def _value(digits: str) -> int | None:
    if digits.isascii():
        return int(digits)
    number = chinese(digits)
    return None if number is None else int(number)
