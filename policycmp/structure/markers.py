"""The printed numbers that may head a section or a clause: 一、, (一), 第一条, 1. and the like.

No pattern says what a clause is: a marker is only a number at a place where a heading may begin.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from policycmp.reading import Policy
from policycmp.text.numerals import chinese
from policycmp.wording import said

CHINESE = "[一二三四五六七八九十百零〇]{1,5}"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
SINGLE = {  # numbers that are one character with their marks, as some word processors write them
    "cn_paren": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "num_dot": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "num_paren": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "circled": CIRCLED,
}
LONGEST_HEADING = 60  # characters
_DIGITS = "[0-9](?: ?[0-9]){0,2}"
_YEAR = "(?:19|20)[0-9]{2} ?[年-]"
# 一、2024年… is a heading, 二、3月 and 9%、10% are none.
_HEADS = rf"(?=(?:{_YEAR})|[^0-9]|$)"
_COUNT = rf"(?=(?:{_YEAR})|[^0-9]|$|[0-9]+ ?[个件项条大][^、]{{3}})"
STYLES = {  # from the outside in
    "book": rf"第 ?({CHINESE}|{_DIGITS}) ?[编篇]",
    "chapter": rf"第 ?({CHINESE}|{_DIGITS}) ?章|第({CHINESE})部分",
    "joint": rf"第 ?({CHINESE}|{_DIGITS}) ?节",
    "cn_dot": rf"({CHINESE}) ?(?:、{_COUNT}|\.{_HEADS})",
    "cn_paren": rf"\( ?({CHINESE}) ?\)[、.]?|([{SINGLE['cn_paren']}])[、.]?",
    "article": rf"第 ?({CHINESE}|{_DIGITS}) ?条(?![例款规之])[:、.]?",
    "num_dot": rf"({_DIGITS}) ?[、.]{_HEADS}|([{SINGLE['num_dot']}])",
    "decimal": r"[0-9]{1,2}\.([0-9]{1,2})(?:[、.]| *(?=[一-龥“(]))(?![0-9亿万千百%])",
    "num_paren": rf"\(([0-9]{{1,3}})\)[、.]?|([{SINGLE['num_paren']}])[、.]?",
    "half_paren": r"([0-9]{1,3})\)",
    "circled": rf"([{CIRCLED}])",
}
RANK = {style: rank for rank, style in enumerate(STYLES)}
RANK |= {"heading": -1, "subheading": len(STYLES), "paragraph": len(STYLES)}  # what has no number
_PATTERNS = {style: re.compile(pattern) for style, pattern in STYLES.items()}
# A measure word behind 1.5 at the beginning of a line: a number of the text, broken off.
_MEASURED = re.compile(r"[个元倍公平吨年月家亩岁米辆台套户人]")
_CELL = re.compile(r"[^\n|]*\|[ |]*(?:\n|$)")  # 一、本级收入 |: what a cell of a table is called
_LONGEST_BARE = 30  # characters of a heading that has nothing but a number and a space before it: 1 发展环境


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
    found = (_marker_at(policy.masked, gap) for gap in boundary.finditer(policy.masked))
    return _decimals(policy.masked, [marker for marker in found if marker])


def _marker_at(text: str, gap: re.Match[str]) -> Marker | None:
    """Return the number behind ``gap``, where a heading may begin; what a word processor left there belongs to it."""
    start = gap.start("left") if gap["line"] is None else gap.end("line")
    for style, pattern in _PATTERNS.items():
        found = pattern.match(text, gap.end())
        if found:
            if (style == "decimal" and gap["line"] is None) or _CELL.match(text, found.end()):
                return None
            number = _value(next(group for group in found.groups() if group).replace(" ", ""))
            return None if number is None else Marker(style, number, start, found.end(), gap["line"] is not None)
    return None


def _value(digits: str) -> int | None:
    if digits.isascii():
        return int(digits)
    single = next((signs for signs in SINGLE.values() if digits in signs), "")
    if single:
        return single.index(digits) + 1
    number = chinese(digits)
    return None if number is None else int(number)


def _decimals(text: str, found: list[Marker]) -> list[Marker]:
    """Return ``found`` with its decimal numbers only where they count (1.1, 1.2, 2.1), and the headings above them.

    A few of them may be missing.
    """
    counted: dict[Marker, tuple[int, int]] = {}
    places: set[tuple[int, int]] = set()
    strict = 0
    for marker in found:
        if marker.style == "decimal" and not _MEASURED.match(text, marker.end):
            major = int(text[marker.start : marker.end].strip(" #*").split(".")[0])
            missing = next(
                (gap for gap in (1, 2, 3) if gap == marker.number or (major, marker.number - gap) in places), 0
            )
            if missing:
                counted[marker] = (major, marker.number)
                places.add((major, marker.number))
                strict += missing == 1
    if strict < 2:
        counted = {}
    kept = [marker for marker in found if marker.style != "decimal" or (marker in counted and len(counted) > 1)]
    if len(counted) < 2 or any(RANK[marker.style] <= RANK["cn_dot"] for marker in kept):
        return kept
    bare = re.compile(rf"(?:^|\n)[ #*]*(([0-9]{{1,2}}) +)(?=[一-龥“][^\n。]{{0,{_LONGEST_BARE}}}(?:\n|$))")
    heads = [Marker("num_dot", int(line[2]), line.start(1), line.end(1), True) for line in bare.finditer(text)]
    return sorted([*kept, *heads], key=lambda marker: marker.start)
