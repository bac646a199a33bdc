"""The word lists that rules are made of: units, comparators, cues, structure words, terms.

They are data files in the package (``policycmp/words/*.toml``); a file ``lexicon.toml`` in the data folder adds to
them, and one beside a text that is given by its path to both. A `Lexicon` holds them all and never changes: an edited
file gives a new one. What is made of the words (patterns, a tokenizer) is kept in the lexicon (`once`) and goes with
it. No rule names a district, a clause number or one sentence's phrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import tomli

from policycmp.errors import PolicyError
from policycmp.text.scan import Units

Made = TypeVar("Made")
Added = tuple[tuple[Path, bytes], ...]  # the files that add words, and what they say
# The lists whose words are regular expressions; in some {name} stands for any word of another list.
PATTERNS = {
    "body_functions", "claim_stages", "grid", "levels", "made", "narrowing", "role_patterns", "scope_words",
    "span_words", "time_patterns",
}  # fmt: skip
_LIST = re.compile(r"\{[a-z_]+\}")
_NAMES = {list: "list", dict: "table", str: "text", int: "whole number", float: "number"}  # of types, as TOML has them


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All word lists, the shipped ones and those that a user's file adds; nobody can change them.

    ``lexicon["units"]`` is a list of words as a tuple, ``lexicon["cues"]`` a table of lists that takes no new ones, and
    a dot leads into a table as it does in TOML: ``lexicon["cues.verbs"]``.

    Parameters
    ----------
    lists : mapping
        The lists by their names.
    added : tuple of (Path, bytes)
        The user's files that add something, and what they say.
    """

    lists: Mapping[str, Any] = field(repr=False)
    added: Added = field(default=(), repr=False)
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False)

    @staticmethod
    def load(*extra: Path) -> Lexicon:
        """Return the word lists, with those of the files ``extra`` added: the same object while they say the same.

        Raises
        ------
        PolicyError
            If one of ``extra`` is no TOML file or gives a list another type.
        """
        read = ((file, file.read_bytes()) for file in extra if file.is_file())
        return _with(tuple((file, content) for file, content in read if content))

    @staticmethod
    def of(added: Iterable[tuple[Path, bytes]]) -> Lexicon:
        """Return the word lists with what files say added that were read already."""
        return _with(tuple(added))

    def __getitem__(self, name: str) -> Any:
        """Return the list or table of that name."""
        found: Any = self.lists
        for key in name.split("."):
            found = found[key]
        return found

    def any_of(self, *names: str) -> str:
        """Return a regular expression for any word of the lists ``names``, the longest first."""
        if names not in self.kept:
            self.kept[names] = any_of(word for name in names for word in self[name])
        return str(self.kept[names])

    @property
    def files(self) -> tuple[Path, ...]:
        """The user's files that add something."""
        return tuple(file for file, _ in self.added)

    @cached_property
    def units(self) -> Units:
        """The units that a number may carry."""
        return Units(self["units"], self["unit_names"], self["unit_scales"])

    def __reduce__(self) -> tuple[Callable[..., Lexicon], tuple[Added]]:
        """Let another process, and a copy, have the one that is made of the same words."""
        return _with, (self.added,)


@lru_cache(maxsize=8)  # a folder and its edited files: what is made of an older one may go
def _with(added: Added) -> Lexicon:
    lists = _shipped()
    for file, content in added:
        try:
            more = tomli.loads(content.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:  # ValueError: of UTF-8, of TOML, and of endless digits
            raise PolicyError("broken_lexicon", file.name, error=error) from None
        lists = _merged(lists, more, file.name)
        for key in PATTERNS & more.keys():
            _check_patterns(more[key], key, file.name)
    return Lexicon(_frozen(lists), added)


@cache
def _shipped() -> dict[str, Any]:
    lists: dict[str, Any] = {}
    for entry in sorted(files("policycmp").joinpath("words").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            lists |= tomli.loads(entry.read_text(encoding="utf-8"))
    return lists


def _merged(base: dict[str, Any], more: dict[str, Any], name: str) -> dict[str, Any]:
    """Return ``base`` with what the file ``name`` says added to its lists and tables."""
    result = dict(base)
    usual = _kind(base.values())
    for key, value in more.items():
        kind = _unlike([value], type(base[key]) if key in base else usual)
        if kind:
            raise PolicyError("lexicon_kind", name, where=key, name=key, kind=kind)
        if isinstance(value, dict):
            result[key] = _merged(base.get(key, {}), value, name)
        elif isinstance(value, list):
            known = base.get(key, [])
            kind = _unlike(value, _kind(known))
            if kind:
                raise PolicyError("lexicon_entry", name, where=key, name=key, kind=kind)
            result[key] = known + value
        else:
            result[key] = value
    return result


def _check_patterns(value: Any, key: str, name: str) -> None:
    """Check that each text in ``value``, the list ``key`` of the file ``name``, is a regular expression."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            _check_patterns(inner, key, name)
        return
    try:
        re.compile(_LIST.sub("", value))
    except (re.error, TypeError) as error:
        raise PolicyError("pattern", name, where=key, name=key, error=error) from None


def _kind(values: Iterable[Any]) -> type | None:
    """Return the type that all ``values`` have, or None."""
    kinds = {type(value) for value in values}
    return kinds.pop() if len(kinds) == 1 else None


def _unlike(values: Iterable[Any], kind: type | None) -> str:
    """Return the name of ``kind`` if one of ``values`` is of another type, else ""; a whole number is a number."""
    fits = {kind, int} if kind is float else {kind}
    if kind is None or all(type(value) in fits for value in values):
        return ""
    return _NAMES.get(kind, kind.__name__)


def _frozen(value: Any) -> Any:
    """Return ``value`` with every list in it as a tuple, and every table one that cannot be written to."""
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression for any of ``words``, the longest first."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, longest_first)) + ")"
