"""What is made of a record is made once and kept in the record: it is gone with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar


class Keeps(Protocol):
    """A record that keeps what was made of it, by what made it."""

    @property
    def kept(self) -> dict[object, Any]:
        """What was made."""


Keeper = TypeVar("Keeper", bound=Keeps)
Made = TypeVar("Made")


def once(make: Callable[[Keeper], Made]) -> Callable[[Keeper], Made]:
    """Let ``make`` work once for each lexicon, or each comparison: what it returns is kept there."""

    @wraps(make)
    def kept(record: Keeper) -> Made:
        if make not in record.kept:
            record.kept[make] = make(record)
        made: Made = record.kept[make]
        return made

    return kept
