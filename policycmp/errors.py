"""The errors a user can meet, each one clear line: which file, where, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterable


class PolicyError(Exception):
    """The input is at fault; ``str(error)`` is the one line that a user reads.

    Parameters
    ----------
    source : str
        The file, document or table that is at fault.
    what : str
        What is wrong with it.
    todo : str
        What the reader can do about it.
    where : str, optional
        The place in the source, such as ``line 12`` or a column name.
    """

    def __init__(self, source: object, what: str, todo: str, *, where: str = "") -> None:
        super().__init__(source, what, todo)  # so that it comes back whole from another process
        self.where = where

    def __str__(self) -> str:
        source, what, todo = self.args
        place = f"{source}, {self.where}" if self.where else f"{source}"
        return " ".join(f"{place}: {what}; {todo}".split())


class Refused(Exception):
    """A reader cannot take a file: what is wrong and what to do; whoever knows the file's name adds it."""


def choices(names: Iterable[object]) -> str:
    """Return ``names`` as the list that ends an error message: ``one of: a, b``."""
    return "one of: " + ", ".join(str(name) for name in names)
