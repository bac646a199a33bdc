"""Text measured before it is drawn: how wide it is in points, and where it breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Any

from policycmp.charts.drawing import style
from policycmp.text.lexicon import Lexicon
from policycmp.text.segment import pieces

_RUNS = 8  # of numbers: a longer list is not read
_MISSING_GLYPH = "〓"  # what Chinese printers set where the type case lacks a character
# A notebook draws each letter on whole pixels: at 144 dots per inch lines of 60 letters grew by up to 5 %.
_LATIN = 1.06
_ORDINAL = "第"
_NARROWEST = 1.5  # em: a line of one character, of "up" or of "41" is no line
_NO_LINE_END = set("（《〈“‘「『【〔([")
_NO_LINE_START = set("，。、；：？！）》〉”’」』】〕％%,.;:?!)]…·×")


def printable(text: object) -> str:
    """Return `text` on one line, with 〓 for what the font lacks: a chart may never warn."""
    known = _known("normal")
    # The font's ’ is as wide as a hanzi, which tears an English word apart.
    line = re.sub(r"(?<=[A-Za-z])’(?=[A-Za-z])", "'", " ".join(str(text).split()))
    line = re.sub(r"“([ -~]+)”", r'"\1"', line)  # and so are its “ and ”
    return "".join(char if ord(char) in known else _MISSING_GLYPH for char in line)


def text_width(text: str, points: float, weight: str = "normal") -> float:
    """Return the width in points of the longest line of `text`."""
    return max(sum(_advance(char, weight) for char in line) for line in text.split("\n")) * points


def wrap(text: object, width: float, points: float, lines: int = 1, weight: str = "normal") -> str:
    """Return `text` broken into at most `lines` lines no wider than `width` points, cut with … if need be.

    Lines end with a word, unless the text fits only where they do not.
    """
    loose = _wrapped(text, width, points, lines, weight, words=True)
    tight = _wrapped(text, width, points, lines, weight, words=False) if loose.endswith("…") else loose
    return loose if tight.endswith("…") else tight


def _wrapped(text: object, width: float, points: float, lines: int, weight: str, *, words: bool) -> str:
    """Return `text` broken into lines, between words or wherever a printer may."""
    rest, done = printable(text), list[str]()
    while rest:
        count = _fitting(rest, width / points, weight)
        if count < len(rest) and len(done) == lines - 1:
            count = _fitting(rest, width / points - _advance("…", weight), weight)
            return "\n".join([*done, rest[:count].rstrip() + "…"])
        count = _break(rest, count, words, weight)
        done.append(rest[:count].rstrip())
        rest = rest[count:].lstrip()
    return "\n".join(done)


def numbers(found: Iterable[int]) -> str:
    """Return whole numbers as a reader lists them: 1–3, 7; of very many, the first and the last."""
    ends = list[list[int]]()
    for number in sorted(set(found)):
        if ends and number == ends[-1][1] + 1:
            ends[-1][1] = number
        else:
            ends.append([number, number])
    if len(ends) > _RUNS:
        ends = [[ends[0][0], ends[-1][1]]]
    return ", ".join(f"{one}–{two}" if two > one else str(one) for one, two in ends)


@lru_cache
def _font(weight: str) -> Any:
    from matplotlib.ft2font import FT2Font

    font = FT2Font(style.font_path(weight))
    font.set_size(100, 72)
    return font


@lru_cache
def _known(weight: str) -> frozenset[int]:
    """Return the characters of a font; the font itself lists them anew each time it is asked."""
    return frozenset(_font(weight).get_charmap())


@lru_cache(maxsize=10_000)
def _advance(char: str, weight: str) -> float:
    """Return the width of one character in em, with the room that Latin letters take on a coarse screen."""
    code = ord(char) if ord(char) in _known(weight) else ord(_MISSING_GLYPH)
    points = float(_font(weight).load_char(code).linearHoriAdvance) / 65536
    return points / 100 * (_LATIN if char.isascii() else 1)


def _fitting(text: str, ems: float, weight: str) -> int:
    """Return how many characters of `text` fit into `ems`, at least one."""
    return max(1, sum(total <= ems for total in accumulate(_advance(char, weight) for char in text)))


def _break(text: str, count: int, words: bool, weight: str) -> int:
    """Return a good place for a line break at or before `count`: between words, no character alone, no comma first."""
    if count >= len(text):
        return len(text)
    # A line of a single character is no line; of two words the shorter rest is enough.
    ends = _ends_of_words(text) if words else []
    good = [place for place in ends if 1 < place <= count and _is_a_line(text[place:].strip(), weight)]
    good = [place for place in good if text[place:].lstrip()[0] not in _NO_LINE_START]
    for places in ([place for place in good if not _parts_a_number(text, place)], good):
        if places and places[-1] > count / 3:
            return places[-1]
    place = count - (len(text) - count == 1)  # not one character alone
    while place > 1 and (text[place] in _NO_LINE_START or _in_a_number(text, place) or _parts_a_number(text, place)):
        place -= 1
    return place if place > 1 else count


def _is_a_line(text: str, weight: str) -> bool:
    """Tell whether what is left of a text is enough for a line."""
    return text_width(text, 1, weight) >= _NARROWEST


@lru_cache(maxsize=2_000)
def _ends_of_words(text: str) -> list[int]:
    """Return where the words of `text` end; what stands in brackets or between hyphens is no word of its own."""
    ends = list(accumulate(map(len, pieces(text, Lexicon.load()))))
    return [
        end for end in ends if end < len(text) and text[end - 1] not in _NO_LINE_END and not _in_a_number(text, end)
    ]


def _in_a_number(text: str, place: int) -> bool:
    """Tell whether a break would part letters, digits and their signs: 5%, R&D, 1,234."""
    pair = text[place - 1 : place + 1].replace("–", "_")
    return pair.isascii() and " " not in pair and not (pair[0] == "-" and pair[1:].isalpha())


def _parts_a_number(text: str, place: int) -> bool:
    """Tell whether a break would part a number from what it counts or numbers: 44 times, clauses 1–9, 1. Title."""
    before, after = text[:place].rstrip(), text[place:].lstrip()
    if before[-1].isdigit():
        return after[0].isalpha()
    if after[0].isdigit():
        return before[-1] in _ORDINAL or (before[-1].isascii() and before[-1].isalpha())
    return re.search(r"(^|\s)\d+\.$", before) is not None
