"""The errors a user can meet, each one clear line in either language: which file, where, what, and what to do.

The words are the chapter ``errors`` of the phrase book; an error carries their key and values.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from policycmp.wording import label, language, phrases, said

_NO_UTF8 = re.compile("[\udc80-\udcff]")  # how Python carries such a byte in a name


class Fault(Exception):
    """An entry of the phrase book with its values, which say what is wrong and what to do about it."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)  # and with its own dict it comes back whole from another process
        self.key, self.values = key, {name: _carried(value) for name, value in values.items()}

    def part(self, name: str, lang: str) -> str:
        """Return a part of the entry in words: what, todo, or the source where the entry names it."""
        comma = label("between_items", lang, "names")
        listed = {name: comma.join(map(str, value)) for name, value in self.values.items() if isinstance(value, tuple)}
        return said(f"{self.key}.{name}", lang, chapter="errors", **self.values | listed)

    def said(self, lang: str) -> str:
        """Return what is wrong and what to do, one line in ``lang``: zh or en."""
        line = said("line", lang, chapter="errors", what=self.part("what", lang), todo=self.part("todo", lang))
        return " ".join(line.split())

    def __str__(self) -> str:
        return self.said(language("en"))


class Refused(Fault):
    """A reader cannot take a file; whoever knows the file's name makes it a `PolicyError`."""


class PolicyError(Fault):
    """The input is at fault; ``str(error)`` is the line that a user reads, in the language of the system.

    Parameters
    ----------
    key : str
        What is wrong and what the reader can do about it: an entry of the chapter ``errors``.
    source : object, optional
        The file or document that is at fault; not needed where the entry itself names it.
    where : str or int, optional
        The place in the source, such as the name of an entry; a number is a row of a table.
    **values
        What fills the entry; what holds several things is told as a list.

    Examples
    --------
    >>> try:
    ...     policycmp.load("longwang")
    ... except policycmp.PolicyError as error:
    ...     print(error)
    longwang: no such document or file; give the path of a file or one of: longwan, lucheng
    """

    def __init__(self, key: str, source: object = "", *, where: str | int = "", **values: Any) -> None:
        super().__init__(key, **values)
        self.source, self.where = source, where

    def said(self, lang: str) -> str:
        """Return the place, what is wrong and what to do, one line in ``lang``: zh or en."""
        named = f"{self.key}.source" in phrases("errors")
        place = self.part("source", lang) if named else str(self.source)
        if self.where:
            where = said("row", lang, chapter="errors", row=self.where) if isinstance(self.where, int) else self.where
            place = said("place", lang, chapter="errors", source=place, where=where)
        line = said("at", lang, chapter="errors", place=place, line=super().said(lang))
        return printable(" ".join(line.split()))


def _carried(value: Any) -> Any:
    """Return a value that every process and JSON can carry: an error as its text, what can be listed as a tuple."""
    if isinstance(value, str | int | float | None):
        return value
    return tuple(map(str, value)) if isinstance(value, Iterable) else str(value)


def pick(name: str, value: Any, allowed: Iterable[Any]) -> Any:
    """Return the ``value`` of an option if it is one of those ``allowed``, else raise an error that lists them."""
    choices = tuple(allowed)
    if value not in choices:
        raise PolicyError("option", name=name, value=value, known=choices)
    return value


def printable(name: object) -> str:
    """Return the name of a file, or what is said of it, as text: each byte that is no UTF-8 as %FF."""
    return _NO_UTF8.sub(lambda byte: f"%{ord(byte[0]) & 0xFF:02X}", str(name))


def bound(key: str, source: object, most: int, *numbers: int) -> None:
    """Raise an error that names the bound ``most`` if the product of ``numbers`` is above it."""
    if math.prod(numbers) > most:
        raise PolicyError(key, source, number=" × ".join(f"{number:,}" for number in numbers), most=most)


def need(extra: str, *libraries: str) -> None:
    """Raise an error unless the ``libraries`` of an extra of the package are installed; import none of them."""
    missing = [library for library in libraries if find_spec(library) is None]
    if missing:
        raise PolicyError("no_extra", ", ".join(missing), extra=extra)
