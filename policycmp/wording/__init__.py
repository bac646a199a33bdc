"""The phrase book: every word that people read, Chinese and English, one TOML file a chapter.

An entry is ``key = ["中文", "English"]``; what stands in braces is filled in when it is said. The labels of the columns
of the tables are no part of it: they belong to the contract in ``schema.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("zh", "en")  # in the order of the two texts of an entry


@cache
def phrases(chapter: str) -> Mapping[str, tuple[str, str]]:
    """Return the entries of a chapter; the key of one in a TOML table is ``table.key``."""
    found = tomllib.loads(files("policycmp.wording").joinpath(f"{chapter}.toml").read_text(encoding="utf-8"))
    texts: dict[str, tuple[str, str]] = {}
    for key, entry in found.items():
        if isinstance(entry, dict):
            texts |= {f"{key}.{part}": (zh, en) for part, (zh, en) in entry.items()}
        else:
            texts[key] = (entry[0], entry[1])
    return texts


def label(name: str, lang: str = "zh", chapter: str = "labels") -> str:
    """Return the word for ``name`` in ``lang``; a name that the chapter lacks stays as it is."""
    known = phrases(chapter)
    return known[name][LANGUAGES.index(lang)] if name in known else name


def said(key: str, lang: str = "zh", *, chapter: str = "sentences", **values: Any) -> str:
    """Return the phrase ``key`` in ``lang`` with its values filled in."""
    return phrases(chapter)[key][LANGUAGES.index(lang)].format(**values)
