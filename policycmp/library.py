"""The documents of a data folder: list them, take one in, take one out; the listing keeps its comments and layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from policycmp import document, files, reading, schema
from policycmp.asking import check
from policycmp.corrections import Corrections, decisions
from policycmp.errors import PolicyError
from policycmp.shown.html import Table
from policycmp.shown.translations import speaker
from policycmp.wording import label, said

if TYPE_CHECKING:
    import pandas as pd

_ID = re.compile(r"\w[\w-]{0,59}")
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)  # devices of Windows, whatever their ending
MOST_READ = 1000  # documents of which the listing tells what their texts say: reading so many takes some five seconds
_FIRST_LINE = "# The documents of this folder: id, district and file, and what a text does not say about itself.\n"


def load(
    source: str | Path | document.Tables | None = None,
    *,
    text: str | None = None,
    doc: str = "text",
    district: str = "",
    district_en: str = "",
    year: int | None = None,
    data: str | Path | None = None,
    corrections: Corrections | str | Path | None = None,
) -> document.Tables:
    r"""Read a document into its tables: one of the data folder, a file, or a text.

    Parameters
    ----------
    source : str, Path or Tables
        A document id such as longwan, or the path of a file; tables are returned as they are.
    text : str, optional
        The text itself, in place of a ``source``.
    doc : str
        The id of such a text.
    district, district_en : str
        What the document is called in tables and charts, in Chinese and in English; by default as it says itself.
    year : int, optional
        The year of a ``text``, where it does not say it.
    data : str or Path, optional
        The data folder, ``data/`` by default.
    corrections : Corrections, str or Path, optional
        The corrections or their folder; by default ``overrides/`` in the data folder, and a folder of that name beside
        a text given by its path; "none" for none.

    Returns
    -------
    Tables
        The document's sections, clauses, numbers, targets, results, budgets, incentives and responsible bodies.

    Raises
    ------
    PolicyError
        If the source or a correction is at fault, or there is none.

    Examples
    --------
    >>> longwan = policycmp.load("longwan")
    >>> longwan.budgets[["section", "item", "amount_yuan"]].tail(2)
       section      item   amount_yuan
    3        6  全力扩大有效投资  1.000000e+09
    4        8   保障和改善民生  8.948000e+07

    >>> own = policycmp.load(text="一、交通\n1.修路。年内修公路9公里。", district="东山区")
    >>> own.targets[["indicator", "value", "unit"]].to_numpy().tolist()
    [['修公路', 9.0, '公里']]
    """
    if (source is None) == (text is None):
        raise PolicyError("source_or_text")
    if text is not None:
        stated = {"district": district, "district_en": district_en, "year": year}
        policy = reading.from_text(text, doc=doc, data=data, **stated)
        return document.load(policy, data=data, corrections=corrections)
    found = document.load(source, data=data, corrections=corrections)  # type: ignore[arg-type]
    if not district and not district_en:
        return found
    known = found.policy
    policy = replace(known, district=district or known.district, district_en=district_en or known.district_en)
    named = found.having(documents=found.documents.assign(district=policy.district))
    return replace(named, policy=policy, outline=replace(found.outline, policy=policy))


def from_frame(
    table: pd.DataFrame,
    *,
    text: str = "text",
    place: str = "",
    year: str = "",
    doc: str = "",
    data: str | Path | None = None,
    corrections: Corrections | str | Path | None = None,
) -> list[document.Tables]:
    r"""Read the texts of a DataFrame, a document a row.

    Parameters
    ----------
    table : DataFrame
        The texts and what is known of each.
    text, place, year, doc : str
        The columns that hold the text, what the document is called, its year and its id; those without a name are not
        asked, and an id is then made of place and year.
    data, corrections
        As for `load`.

    Returns
    -------
    list of Tables
        In the order of the rows, as `matrix` and `tables.stack` take them.

    Raises
    ------
    PolicyError
        If a column or a text is missing, or two rows have one id.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("东山区", 2024, "一、交通\n1.修路9公里。"), ("西山区", 2024, "一、交通\n1.修路8公里。")]
    >>> texts = pd.DataFrame(rows, columns=["地区", "年份", "正文"])
    >>> found = policycmp.from_frame(texts, text="正文", place="地区", year="年份")
    >>> policycmp.tables.stack(found)["targets"][["doc", "indicator", "value"]].to_numpy().tolist()
    [['东山区-2024', '修路', 9.0], ['西山区-2024', '修路', 8.0]]
    """
    for column in filter(None, (text, place, year, doc)):
        if column not in table.columns:
            raise PolicyError("frame_column", column=column, known=tuple(map(str, table.columns)))
    found = []
    for number, row in enumerate(schema.records(table), 1):
        known = {name: row[name] for name in (place, year, doc) if name and not schema.is_missing(row[name])}
        parts = [str(known[name]) for name in (place, year) if name in known]
        name = re.sub(r"\W+", "-", str(known.get(doc) or "-".join(parts) or f"row-{number}")).strip("-")
        if schema.is_missing(row[text]) or not str(row[text]).strip():
            raise PolicyError("frame_text", name, where=number, column=text)
        stated = {"district": str(known.get(place, "")), "year": int(known[year]) if year in known else None}
        policy = reading.from_text(str(row[text]), doc=name, data=data, **stated)
        found.append(document.load(policy, data=data, corrections=corrections))
    return document.load_many(found)


def add(
    file: str | Path, *, district: str, district_en: str = "", doc: str = "", data: str | Path | None = None
) -> document.Tables:
    """Copy ``file`` into the data folder, enter it in ``sources.toml`` and return its tables.

    Nothing is written if the file cannot be read; a missing folder is made. ``district`` (``_en``: in English) is its
    name in tables and charts, ``doc`` its id: letters, Chinese ones too, digits, - and _; else the file's name made so.
    """
    folder, file = reading.data_folder(data), Path(file).absolute()
    doc = doc or re.sub(r"\W+", "-", file.stem).strip("-")[:60]
    listing, listed = folder / "sources.toml", reading.listed(folder)
    if not _ID.fullmatch(doc):
        raise PolicyError("id_form", doc=doc)
    if _RESERVED.fullmatch(doc):
        raise PolicyError("reserved", doc=doc)
    if doc in reading.known(data):
        raise PolicyError("id_taken", listing, doc=doc)
    if not check.usable(document.load(file, data=data)):
        raise PolicyError("no_policy", file)
    target = _target(file, doc, files.folder(folder / "raw"))
    names = {"district": " ".join(district.split()), "district_en": " ".join(district_en.split())}
    entry = {key: name for key, name in names.items() if name} | {"file": f"raw/{target.name}"}
    copied = target != file
    try:
        if copied:
            with files.replacing(target) as temporary:
                temporary.write_bytes(file.read_bytes())
        text = listing.read_bytes().decode() if listing.exists() else _FIRST_LINE
        _store(listing, _entered(text, doc, entry), listed | {doc: entry})
    except BaseException:
        if copied:
            target.unlink(missing_ok=True)
        raise
    return document.load(doc, data=data)


def _target(file: Path, doc: str, raw: Path) -> Path:
    """Return where a file goes; one that lies in ``raw`` already stays where it is."""
    if file.parent.resolve() == raw.resolve():
        return file
    target = raw / (doc + re.sub(r"[^.\w]", "", file.suffix))
    if target.exists():
        raise PolicyError("file_taken", target)
    return target


def _entered(text: str, doc: str, entry: Mapping[str, str]) -> str:
    """Return the text of a listing with an entry at its end; its line ends stay as they are."""
    import tomlkit

    end = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith("\n"):
        text += end
    return text + end + tomlkit.dumps({doc: entry}).replace("\n", end)


def remove(doc: str, *, data: str | Path | None = None, lang: str = "en") -> list[str]:
    """Take a document out of ``sources.toml``, with its file if that lies in ``raw/`` and no other entry has it.

    Returned are the lines to tell: what was removed or left, and each row of the corrections that still names it.
    """
    folder = reading.data_folder(data)
    listing, listed = folder / "sources.toml", reading.listed(folder)
    if doc not in listed and doc in reading.known(data):
        raise PolicyError("comes_along", doc)
    if doc not in listed:
        raise PolicyError("not_listed" if listed else "none_listed", doc, listing=listing, known=listed)
    still = list(_mentions(doc, folder, lang))
    file = _file(folder, listed[doc])
    shared = [name for name, entry in listed.items() if name != doc and _file(folder, entry) == file]
    rest = {name: entry for name, entry in listed.items() if name != doc}
    _store(listing, _taken_out(listing.read_bytes().decode(), doc), rest)
    own = (folder / "raw").resolve() in file.parents and not shared
    if own:
        file.unlink(missing_ok=True)
    told = said("removed" if own else "left", lang, chapter="command", doc=doc, listing=listing, file=file)
    return [told, *still]


def _file(folder: Path, entry: Mapping[str, Any]) -> Path:
    """Return the file that an entry of a listing names."""
    return (folder / str(entry.get("file", ""))).resolve()


def _taken_out(text: str, doc: str) -> str:
    """Return the text of a listing without the entry of a document, and without the blank line above it."""
    import tomlkit

    mark = "\ufeff" if text.startswith("\ufeff") else ""
    listed = tomlkit.parse(text.removeprefix(mark))
    place = [key.key if key else None for key, _ in listed.body].index(doc)
    del listed.body[place + 1 :]
    end = len(mark + listed.as_string())
    del listed.body[place:]
    start = len(mark + listed.as_string())
    lines = text[start:end].splitlines(keepends=True)
    while lines and lines[-1].strip()[:1] in {"", "#"}:  # what stands above the next table belongs to it
        end -= len(lines.pop())
    above = text[:start].removesuffix("\n").removesuffix("\r")
    return (above if above.endswith("\n") or not above else text[:start]) + text[end:]


def listing(data: str | Path | None = None, lang: str = "zh") -> Table:
    """Return one row per document of the data folder; for one that cannot be read, the reason instead of its title.

    Of the documents beyond `MOST_READ` there is what the listing itself says.
    """
    names = ("doc", "district", "title", "year", "status", "format", "source_file", "characters")
    rows, say = list[list[Any]](), speaker(reading.data_folder(data), lang)
    for number, (doc, entry) in enumerate(reading.known(data).items()):
        if number >= MOST_READ:
            told = (str(entry.get(name, "")) for name in ("district", "title", "year", "status"))
            rows.append([doc, *told, "", Path(entry["file"]).name, ""])
            continue
        try:
            policy = reading.load(doc, data=data)
        except PolicyError as error:
            rows.append([doc, "", error.said(lang), *[""] * 5])
            continue
        row = [getattr(policy, name, len(policy.text)) or "" for name in names]
        row[3] = str(row[3])  # a year is no amount
        row[1:3] = [(policy.district_en if lang == "en" else "") or policy.district, say("document", policy.title)]
        rows.append([label(cell, lang, "values") if cell == policy.status else cell for cell in row])
    words = schema.labels("documents", lang) | {"format": label("format", lang)}
    return Table([words[name] for name in names], rows)


def _store(listing: Path, text: str, wanted: dict[str, Any]) -> None:
    """Replace the listing, but only by a text that says exactly ``wanted``."""
    try:
        content, right = text.encode(), tomli.loads(text.removeprefix("\ufeff")) == wanted
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
