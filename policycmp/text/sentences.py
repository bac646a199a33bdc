"""The sentence in which something stands, as it is printed."""

from __future__ import annotations

import re

LONGEST = 1000  # characters before and behind; the longest sentence of 138 real reports has 568
_SIGN = re.compile(r"[，。；：,;:\n]")
_END = re.compile(r"[。！？!?\n]|$")


def opening(text: str, most: int) -> str:
    """Return the first words of a text, up to its first sign or ``most`` characters, with … behind them."""
    return f"{_SIGN.split(text.strip(), maxsplit=1)[0][:most]}…"


def sentence_at(text: str, start: int, end: int) -> str:
    """Return the whole sentence around ``text[start:end]``, from stop to stop; a line break ends one as well."""
    begin = max(0, start - LONGEST)
    for mark in "。\n！？!?":
        begin = max(begin, text.rfind(mark, begin, start) + 1)
    found = _END.search(text, max(end - 1, start), end + LONGEST)  # what is quoted may hold its stop
    return text[begin : found.end() if found else end].strip()
