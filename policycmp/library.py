"""The documents of a data folder: list them, take one in, take one out; the listing keeps its comments and layout."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policycmp import document, files, reading, schema
from policycmp.asking import check
from policycmp.corrections import Corrections, decisions
from policycmp.errors import PolicyError
from policycmp.shown.html import Table
from policycmp.wording import label, said

_ID = re.compile(r"\w[\w-]{0,59}")
_HEADER = re.compile(r"""\s*\[\s*(?:"(.*)"|'(.*)'|([A-Za-z0-9_-]+))\s*\]\s*(?:#.*)?""")
_FIRST_LINE = "# The documents of this folder: id, district and file, and what a text does not say about itself.\n"


def add(
    file: str | Path, *, district: str, district_en: str = "", doc: str = "", data: str | Path | None = None
) -> document.Tables:
    """Copy ``file`` into the data folder, enter it in ``sources.toml`` and return its tables.

    Nothing is written if the file cannot be read; a missing folder is made. ``district`` (``_en``: in English) is its
    name in tables and charts, ``doc`` its id: letters, Chinese ones too, digits, - and _; else the file's name made so.
    """
    folder, file = reading.data_folder(data), Path(file).absolute()
    doc = doc or re.sub(r"\W+", "-", file.stem).strip("-")[:60]
    if not _ID.fullmatch(doc):
        raise PolicyError("id_form", doc=doc)
    listing, listed, raw = folder / "sources.toml", reading.known(folder), folder / "raw"
    if doc in listed:
        raise PolicyError("id_taken", listing, doc=doc)
    if not check.usable(document.load(file, data=folder)):
        raise PolicyError("no_policy", file)
    inside = file.parent.resolve() == raw.resolve()
    target = file if inside else raw / (doc + re.sub(r"[^.\w]", "", file.suffix))
    if target.exists() and not inside:
        raise PolicyError("file_taken", target)
    names = {"district": " ".join(district.split()), "district_en": " ".join(district_en.split())}
    entry = {key: name for key, name in names.items() if name} | {"file": f"raw/{target.name}"}
    text = listing.read_bytes().decode() if listing.exists() else _FIRST_LINE  # line ends and a mark stay as they are
    end = "\r\n" if "\r\n" in text else "\n"
    lines = ["", f"[{doc if doc.isascii() else json.dumps(doc, ensure_ascii=False)}]"]
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
    text += end * (text[-1:] not in ("", "\n")) + end.join([*lines, ""])
    files.folder(raw)
    try:
        if not inside:
            with files.replacing(target) as temporary:
                temporary.write_bytes(file.read_bytes())
        _store(listing, text, listed | {doc: entry})
    except BaseException:
        if not inside:
            target.unlink(missing_ok=True)
        raise
    return document.load(doc, data=folder)


def remove(doc: str, *, data: str | Path | None = None, lang: str = "en") -> list[str]:
    """Take a document out of ``sources.toml``, with its file if that lies in ``raw/`` and no other entry has it.

    Returned are the lines to tell: what was removed or left, and each row of the corrections that still names it.
    """
    folder = reading.data_folder(data)
    listing, listed = folder / "sources.toml", reading.known(folder)
    if doc not in listed:
        raise PolicyError("not_listed" if listed else "none_listed", doc, listing=listing, known=listed)
    left, lines = list(_mentions(doc, folder, lang)), listing.read_bytes().decode().split("\n")
    headers = [number for number, line in enumerate(lines) if line.lstrip().startswith("[")]
    start = next((n for n in headers if (found := _HEADER.fullmatch(lines[n])) and doc in found.groups()), len(lines))
    end = next((number for number in headers if number > start), len(lines))
    while end > start + 1 and lines[end - 1].strip()[:1] in {"", "#"}:  # what stands above a table belongs to it
        end -= 1
    start -= start > 0 and not lines[start - 1].strip()
    files_of = [(folder / str(dict(entry).get("file", ""))).resolve() for entry in listed.values()]
    file = files_of[list(listed).index(doc)]
    _store(listing, "\n".join(lines[:start] + lines[end:]), {n: entry for n, entry in listed.items() if n != doc})
    own = (folder / "raw").resolve() in file.parents and files_of.count(file) == 1
    if own:
        file.unlink(missing_ok=True)
    return [said("removed" if own else "left", lang, chapter="command", doc=doc, listing=listing, file=file), *left]


def listing(data: str | Path | None = None, lang: str = "zh") -> Table:
    """Return one row per document of the data folder; for one that cannot be read, the reason instead of its title."""
    names = ("doc", "district", "title", "year", "status", "format", "source_file", "characters")
    rows = list[list[Any]]()
    for doc in reading.known(data):
        try:
            policy = reading.load(doc, data=data)
        except PolicyError as error:
            rows.append([doc, "", error.said(lang), *[""] * 5])
            continue
        row = [getattr(policy, name, len(policy.text)) or "" for name in names]
        rows.append([label(cell, lang, "values") if cell == policy.status else cell for cell in row])
    words = schema.labels("documents", lang) | {"format": label("format", lang)}
    return Table([words[name] for name in names], rows)


def _store(listing: Path, text: str, wanted: dict[str, Any]) -> None:
    """Replace the listing, but only by a text that says exactly ``wanted``."""
    try:
        content, right = text.encode(), tomllib.loads(text.removeprefix("\ufeff")) == wanted
    except ValueError:
        right = False
    if not right:
        raise PolicyError("listing_layout", listing)
    with files.replacing(listing) as temporary:
        temporary.write_bytes(content)


def _mentions(doc: str, folder: Path, lang: str) -> Iterator[str]:
    """Yield a line for each row of the corrections that names a document, or a target of it."""
    for row in Corrections.read(folder / decisions.FOLDER).rows:
        if doc in row.docs:
            yield said("still_named", lang, chapter="command", file=row.file, row=row.numbers[-1], doc=doc)
