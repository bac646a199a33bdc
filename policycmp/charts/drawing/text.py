"""Text measured before it is drawn: how wide it is in points, and where it breaks."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import Any

from policycmp.charts.drawing import style

_MISSING_GLYPH = "〓"  # what Chinese printers set where the type case lacks a character
# A notebook draws each letter on whole pixels: at 144 dots per inch lines of 60 letters grew by up to 5 %.
_LATIN = 1.06
_NO_LINE_START = set("，。、；：？！）》〉”’」』】〕％%,.;:?!)]…")


def printable(text: object) -> str:
    """Return `text` on one line, with 〓 for what the font lacks: a chart may never warn."""
    known = _known("normal")
    # The font's ’ is as wide as a hanzi, which tears an English word apart.
    line = re.sub(r"(?<=[A-Za-z])’(?=[A-Za-z])", "'", " ".join(str(text).split()))
    return "".join(char if ord(char) in known else _MISSING_GLYPH for char in line)


def text_width(text: str, points: float, weight: str = "normal") -> float:
    """Return the width in points of the longest line of `text`."""
    return max(sum(_advance(char, weight) for char in line) for line in text.split("\n")) * points


def wrap(text: object, width: float, points: float, lines: int = 1, weight: str = "normal") -> str:
    """Return `text` broken into at most `lines` lines no wider than `width` points, cut with … if need be."""
    rest, done = printable(text), list[str]()
    while rest:
        count = _fitting(rest, width / points, weight)
        if count < len(rest) and len(done) == lines - 1:
            count = _fitting(rest, width / points - _advance("…", weight), weight)
            return "\n".join([*done, rest[:count].rstrip() + "…"])
        count = _break(rest, count)
        done.append(rest[:count].rstrip())
        rest = rest[count:].lstrip()
    return "\n".join(done)


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


def _break(text: str, count: int) -> int:
    """Return a good place for a line break at or before `count`: not in a word, not before a comma."""
    if count >= len(text):
        return len(text)
    place = count
    while place > 1 and (
        text[place] in _NO_LINE_START
        or ((text[place - 1] + text[place]).isascii() and " " not in text[place - 1 : place + 1])
    ):
        place -= 1
    return place if place > 1 else count
