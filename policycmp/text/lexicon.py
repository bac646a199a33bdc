"""The word lists that rules are made of: units, comparators, cues, structure words, terms.

They are data files beside the package (``policycmp/words/*.toml``); a file ``lexicon.toml`` in the data
folder adds to them. No rule names a district, a clause number or one sentence's phrase.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from policycmp.errors import PolicyError
from policycmp.text.numerals import Units


def _merge(base: dict[str, Any], more: dict[str, Any], name: str) -> dict[str, Any]:
    for key, value in more.items():
        if key in base and type(base[key]) is not type(value):
            raise PolicyError(
                name, f"{key} is no {type(base[key]).__name__}", "write it as in policycmp/words", where=key
            )
        if isinstance(value, dict):
            base[key] = _merge(base.get(key, {}), value, name)
        elif isinstance(value, list):
            base[key] = base.get(key, []) + value
        else:
            base[key] = value
    return base


@cache
def words(extra: Path | None = None) -> dict[str, Any]:
    """Return all word lists as one nested dict, with those of the file ``extra`` added.

    Raises
    ------
    PolicyError
        If ``extra`` is no TOML file or gives a list another type.
    """
    lists: dict[str, Any] = {}
    for entry in sorted(files("policycmp").joinpath("words").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            lists |= tomllib.loads(entry.read_text(encoding="utf-8"))
    if extra is not None and extra.exists():
        try:
            _merge(lists, tomllib.loads(extra.read_text(encoding="utf-8-sig")), extra.name)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise PolicyError(extra.name, f"no valid TOML ({error})", "mend the line or remove the file") from None
    return lists


def any_of(items: Iterable[str]) -> str:
    """Return a regular expression for any of ``items``, the longest first."""
    return _any_of(tuple(items))


@cache  # the same lists are asked for clause after clause
def _any_of(items: tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(item) for item in sorted(set(items), key=lambda w: (-len(w), w))) + ")"


@cache
def units(extra: Path | None = None) -> Units:
    """Return the units of the word lists."""
    lists = words(extra)
    return Units(lists["units"], lists["unit_names"], lists["unit_scales"])
