"""The sentence in which something stands, as it is printed."""

from __future__ import annotations

import re

_END = re.compile(r"[。！？!?\n]|$")


def sentence_at(text: str, start: int, end: int) -> str:
    """Return the whole sentence around ``text[start:end]``, from stop to stop; a line break ends one as well."""
    begin = max(text.rfind(mark, 0, start) for mark in "。！？!?\n") + 1
    found = _END.search(text, max(end - 1, start))  # what is quoted may hold its stop
    return text[begin : found.end() if found else end].strip()
