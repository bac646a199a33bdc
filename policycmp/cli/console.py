"""What a terminal is given: text without the sequences that would command it; and tracebacks, which go to a file."""

from __future__ import annotations

import re
import tempfile
import traceback
from typing import Any, TextIO

# All controls but tab and line feed, and the marks that turn the direction of a line, by which a text may hide itself.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """Return ``text`` with a replacement character for each that would command a terminal."""
    return _CONTROL.sub("\ufffd", text)


class Harmless:
    """A stream that writes what is `harmless` to another one."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text."""
        return self._stream.write(harmless(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def keep_traceback() -> str:
    """Write the traceback of the error that is being handled to a file of its own; return its path."""
    with tempfile.NamedTemporaryFile("w", prefix="policycmp-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(traceback.format_exc())
    return file.name
