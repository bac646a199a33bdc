"""The listing of a data folder, ``sources.toml``: which documents it has, and what is stated about each.

Every value is checked when the listing is read: what a user mistyped is told with the entry and what belongs there.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli

from policycmp import files
from policycmp.errors import PolicyError, printable
from policycmp.locations import data_folder, data_folders

TEXTS = ("district", "district_en", "file", "title", "issuer", "doc_number", "status", "issued_on", "url", "retrieved")
KEYS = (*TEXTS, "year")
YEARS = range(1949, 2101)

Entry = dict[str, Any]


def known(data: str | Path | None = None) -> dict[str, Entry]:
    """Return the entries of ``sources.toml`` by document id; a broken file raises `PolicyError`.

    A user's own folder adds to the shipped documents, whose files are then named by their absolute paths.
    """
    *others, own = data_folders(data)
    entries: dict[str, Entry] = {}
    for folder in others:
        entries |= {doc: entry | {"file": str(folder / entry["file"])} for doc, entry in listed(folder).items()}
    return entries | listed(own)


def pair(data: str | Path | None = None) -> tuple[str, str]:
    """Return the first two documents of ``sources.toml``: the pair that is compared unless another is named."""
    ids = list(known(data))
    if len(ids) < 2:
        raise PolicyError("too_few_known", data_folder(data) / "sources.toml", number=len(ids))
    return ids[0], ids[1]


def told_apart(sources: Sequence[Any], data: str | Path | None = None) -> list[str]:
    """Return an id for each file: its name, and its folder's too where another file has the same: 福建省-2023.

    ``sources`` are paths of files, or what has an id already: a document of ``sources.toml``, or one that was read. Of
    these it is "".
    """
    entries = known(data)
    files, taken = dict[int, Path](), Counter[str]()
    for position, one in enumerate(sources):
        name = str(one) if isinstance(one, (str, Path)) else one.doc
        if isinstance(one, (str, Path)) and name not in entries:
            files[position] = Path(name).resolve()
        else:
            taken[name] += 1
    for file in set(files.values()):
        taken.update(_names(file))
    ids = {position: next((name for name in _names(file) if taken[name] == 1), "") for position, file in files.items()}
    return [ids.get(position, "") for position in range(len(sources))]


def _names(path: Path) -> tuple[str, str, str]:
    """Return what a file may be called, the shortest first."""
    stem, folder = printable(path.stem), printable(f"{path.parent.name}-{path.stem}")
    return stem, folder, f"{folder}-{path.suffix.lstrip('.')}"


def listed(folder: Path) -> dict[str, Entry]:
    """Return the entries of the ``sources.toml`` of one folder, none where it has none.

    Raises
    ------
    PolicyError
        If it is no TOML, or an entry has no file, a key that is none, or a value of another kind.
    """
    file = folder / "sources.toml"
    if not file.exists():
        return {}
    return dict(_read(file, files.read_bytes(file)))


@lru_cache(maxsize=4)
def _read(file: Path, raw: bytes) -> dict[str, Entry]:
    """Return the entries of a listing whose bytes are ``raw``: each of its documents asks for them."""
    try:
        read = tomli.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # ValueError: of UTF-8, of TOML, and of a number with 5,000 digits
        raise PolicyError("broken_listing", file, error=error) from None
    return {doc: _entry(file, doc, entry) for doc, entry in read.items()}


def _entry(file: Path, doc: str, entry: object) -> Entry:
    """Return an entry whose every value is what it should be; dates and whole numbers are taken for their text."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("file"), str):
        raise PolicyError("entry_without_file", file, where=doc)
    checked: Entry = {}
    for key, value in entry.items():
        if key not in KEYS:
            raise PolicyError("entry_key", file, where=doc, name=key, known=KEYS)
        checked[key] = _year(file, doc, value) if key == "year" else _text(file, doc, key, value)
    return checked


def _year(file: Path, doc: str, value: object) -> int:
    text = str(value)
    if not (text.isdecimal() and len(text) == 4 and int(text) in YEARS):
        raise PolicyError("entry_year", file, where=doc, value=text[:40], first=YEARS[0], last=YEARS[-1])
    return int(text)


def _text(file: Path, doc: str, key: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise PolicyError("entry_text", file, where=doc, name=key, value=str(value)[:40])
