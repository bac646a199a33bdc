"""The numbers that Word writes before paragraphs by itself: 一、 (一) 1. 第一条, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_DIGITS = "零一二三四五六七八九"
_SERIES = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}  # fmt: skip
_SERIES["decimalEnclosedCircleChinese"] = _SERIES["decimalEnclosedCircle"]
_COUNTING = ("chineseCounting", "japaneseCounting", "taiwaneseCounting", "koreanCounting", "ideographLegal", "koreanDigital2")


def name(node: _Element) -> str:
    """Return the name of an element without its namespace: files of either edition of the standard are read."""
    return str(node.tag).rpartition("}")[2]


def child(node: _Element | None, *path: str) -> _Element | None:
    """Return the first element that ``path`` names step by step below ``node``."""
    for step in path:
        node = next((one for one in node if name(one) == step), None) if node is not None else None
    return node


def attribute(node: _Element | None, key: str) -> str:
    """Return the attribute ``key`` of ``node`` without regard to its namespace, or the empty string."""
    found = node.attrib.items() if node is not None else ()
    return next((str(value) for full, value in found if str(full).rpartition("}")[2] == key), "")


def _integer(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else otherwise


def chinese(number: int) -> str:
    """Return ``number`` in Chinese, as clauses are counted: 十二, 二十, 一百零三."""
    digits = str(number) if 0 < number < 10_000 else ""
    text = "".join(
        _DIGITS[int(digit)] + ("" if digit == "0" else " 十百千"[place].strip())
        for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True)
    )
    text = re.sub("零+", "零", text).rstrip("零") or str(number)
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(number: int) -> str:
    text = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split(), strict=True
    ):
        text += sign * (number // value)
        number %= value
    return text


def written(number: int, form: str) -> str:
    """Return ``number`` in one of Word's number formats; an unknown one is taken for decimal."""
    if form in _SERIES and 0 < number <= len(_SERIES[form]):
        return _SERIES[form][number - 1]
    if form.startswith(_COUNTING):
        return chinese(number)
    if form == "ideographDigital" or form.startswith("chineseLegal"):
        digits = "〇一二三四五六七八九" if form == "ideographDigital" else "零壹贰叁肆伍陆柒捌玖"
        return "".join(digits[int(digit)] for digit in str(number))
    if form in {"lowerRoman", "upperRoman"} and number < 4000:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form.startswith("decimalFullWidth"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    return f"{number:02}" if form == "decimalZero" else "" if form in {"none", "bullet"} else str(number)


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered."""

    form: str
    text: str
    start: int
    gap: str
    restart: int
    legal: bool


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self.lists = {
            attribute(node, "abstractNumId"): {
                _integer(attribute(level, "ilvl"), 0): _level(level) for level in node if name(level) == "lvl"
            }
            for node in (numbering if numbering is not None else ())
            if name(node) == "abstractNum"
        }
        self.nums = {attribute(n, "numId"): n for n in (numbering if numbering is not None else ()) if name(n) == "num"}
        self.styles = {attribute(s, "styleId"): s for s in (styles if styles is not None else ()) if name(s) == "style"}
        self.default = next((key for key, s in self.styles.items() if attribute(s, "default") == "1" and attribute(s, "type") == "paragraph"), "")
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def style(self, properties: _Element | None) -> str:
        """Return the name of a paragraph's style in small letters: toc 1, heading 1."""
        found = self.styles.get(attribute(child(properties, "pStyle"), "val"))
        return attribute(child(found, "name"), "val").lower()

    def label(self, properties: _Element | None) -> str:
        """Return the number that stands before the paragraph with these properties, and count on."""
        key, depth = self._place(properties)
        num = self.nums.get(key)
        abstract = attribute(child(num, "abstractNumId"), "val")
        levels = dict(self.lists.get(abstract, {}))
        first: dict[int, int] = {}
        for override in num if num is not None else ():
            if name(override) == "lvlOverride":
                at = _integer(attribute(override, "ilvl"), 0)
                own, start = child(override, "lvl"), child(override, "startOverride")
                levels |= {at: _level(own)} if own is not None else {}
                first |= {at: _integer(attribute(start, "val"), 1)} if start is not None else {}
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        if depth in first and (key, depth) not in self.begun:
            counts.pop(depth, None)
        starts = {at: first.get(at, level.start) for at, level in levels.items()}
        self.begun.add((key, depth))
        counts[depth] = counts[depth] + 1 if depth in counts else starts[depth]
        for below in [at for at in counts if at > depth]:
            level = levels.get(below)
            if level is None or level.restart < 0 or level.restart > depth:
                del counts[below]
        level = levels[depth]

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = levels[at].form if at in levels else "decimal"
            return written(counts.setdefault(at, starts.get(at, 1)), "decimal" if level.legal and at < depth else form)

        text = "" if level.form == "bullet" else re.sub("%([1-9])", number, level.text)
        return text + level.gap if text else ""

    def _place(self, properties: _Element | None) -> tuple[str, int]:
        """Return the list and the level of a paragraph: its own, else those of its style and that one's parents."""
        own = child(properties, "numPr")
        key, depth = attribute(child(own, "numId"), "val"), attribute(child(own, "ilvl"), "val")
        style = attribute(child(properties, "pStyle"), "val") or self.default
        seen: set[str] = set()
        while style in self.styles and style not in seen and not (key and depth):
            seen.add(style)
            found = child(self.styles[style], "pPr", "numPr")
            key = key or attribute(child(found, "numId"), "val")
            depth = depth or attribute(child(found, "ilvl"), "val")
            style = attribute(child(self.styles[style], "basedOn"), "val")
        return key, _integer(depth, 0)


def _level(node: _Element) -> Level:
    def value(key: str) -> str:
        return attribute(child(node, key), "val")

    legal = child(node, "isLgl") is not None and value("isLgl") not in {"0", "false"}
    gap = "" if value("suff") == "nothing" else " "
    restart = _integer(value("lvlRestart"), -1)
    return Level(value("numFmt"), value("lvlText"), _integer(value("start"), 1), gap, restart, legal)
