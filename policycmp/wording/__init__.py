"""The phrase book: every word that people read, Chinese and English, one TOML file a chapter.

An entry is ``key = ["中文", "English"]``; what stands in braces is filled in when it is said. The labels of the columns
of the tables are no part of it: they belong to the contract in ``schema.toml``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

LANGUAGES = ("zh", "en")  # in the order of the two texts of an entry

VARIABLE = "POLICYCMP_LANG"  # names the user's language


def language(otherwise: str) -> str:
    """Return the user's language: that which `VARIABLE` names, else Chinese or English as the system has it.

    Chinese is for a Chinese system, English for any other and for the locale C, whose characters are ASCII. Where the
    system says nothing (no locale, or C.UTF-8), it is ``otherwise``.
    """
    named = os.environ.get(VARIABLE, "")
    if named in LANGUAGES:
        return named
    said = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    system = next(filter(None, said), _of_windows())
    if not system or system.upper().startswith(("C.", "POSIX.")):
        return otherwise
    return "zh" if system.lower().startswith("zh") else "en"


def _of_windows() -> str:
    """Return the locale of the Windows that this runs on, "" elsewhere."""
    if os.name != "nt":
        return ""
    import ctypes
    import locale

    windows: Any = vars(ctypes)["windll"]
    return locale.windows_locale.get(windows.kernel32.GetUserDefaultUILanguage(), "")


@cache
def phrases(chapter: str) -> Mapping[str, Mapping[str, str]]:
    """Return the entries of a chapter, each by language; the key of one in a TOML table is ``table.key``."""
    found = tomli.loads(files("policycmp.wording").joinpath(f"{chapter}.toml").read_text(encoding="utf-8"))
    entries: dict[str, list[str]] = {}
    for key, entry in found.items():
        if isinstance(entry, dict):
            entries |= {f"{key}.{part}": texts for part, texts in entry.items()}
        else:
            entries[key] = entry
    return {key: dict(zip(LANGUAGES, texts, strict=True)) for key, texts in entries.items()}


def label(name: str, lang: str = "zh", chapter: str = "labels") -> str:
    """Return the word for ``name`` in ``lang``; a name that the chapter lacks stays as it is."""
    known = phrases(chapter)
    return known[name][lang] if name in known else name


def said(key: str, lang: str = "zh", *, chapter: str = "sentences", **values: Any) -> str:
    """Return the phrase ``key`` in ``lang`` with its values filled in."""
    return phrases(chapter)[key][lang].format(**values)
