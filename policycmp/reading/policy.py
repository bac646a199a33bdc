"""A source file of any format → a frozen `Policy` with its metadata and the text that is read."""

from __future__ import annotations

import difflib
import hashlib
import re
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from policycmp.errors import PolicyError
from policycmp.reading import formats
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold, squeeze

LONG_LINE = 40  # characters: a paragraph this long does not stand twice by chance
FEW_LINES = 4  # so long ones: fewer tell nothing
REPEATED = 0.6  # of the long paragraphs: a second copy may be cut short, or an older state of the text
ALIKE_HEAD = 0.6  # of a line's characters: the second copy's head may have the date, or the title, a little changed


@dataclass(frozen=True)
class Policy:
    """One policy document: its raw text and what it says about itself.

    ``text`` is the whole decoded source, or what was taken out of a web page, a Word file or a PDF; every ``start``
    and ``end`` of every table points into it. ``body_end`` is where the text that is read ends: a source may hold
    its text more than once. ``notes`` say what the reader left out (see `formats.Extracted`).
    """

    doc: str
    text: str
    source_file: str
    sha256: str
    encoding: str
    district: str = ""
    district_en: str = ""
    title: str = ""
    issuer: str = ""
    doc_number: str = ""
    status: str = ""
    issued_on: str = ""
    year: int | None = None
    copies: int = 1
    body_end: int = 0
    format: str = "text"
    notes: tuple[tuple[str, int], ...] = ()
    folder: Path = field(default=Path(), compare=False)
    lexicon: Lexicon = field(default_factory=Lexicon.load, compare=False, repr=False)

    @cached_property
    def folded(self) -> str:
        """The text that is read, with widths and spaces unified; offsets are those of ``text``."""
        return fold(self.text[: self.body_end])

    def line(self, offset: int) -> int:
        """Return the number of the line (from 1) that holds ``offset``."""
        return self.text.count("\n", 0, offset) + 1


def data_folder(data: str | Path | None = None) -> Path:
    """Return the data folder: ``data`` if given, else ``data/`` here, else the one shipped with the project."""
    if data is not None:
        return Path(data)
    here = Path("data")
    return here if (here / "sources.toml").exists() else Path(__file__).resolve().parents[2] / "data"


def known(data: str | Path | None = None) -> dict[str, dict[str, Any]]:
    """Return the entries of ``sources.toml`` by document id; a broken file raises `PolicyError`."""
    file = data_folder(data) / "sources.toml"
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError("broken_listing", file, error=error) from None


def pair(data: str | Path | None = None) -> tuple[str, str]:
    """Return the first two documents of ``sources.toml``: the pair that is compared unless another is named."""
    ids = list(known(data))
    if len(ids) < 2:
        raise PolicyError("too_few_known", data_folder(data) / "sources.toml", number=len(ids))
    return ids[0], ids[1]


def load(source: str | Path, *, data: str | Path | None = None) -> Policy:
    """Read a document.

    Parameters
    ----------
    source : str or Path
        A document id of ``sources.toml`` (longwan), or the path of a file: text, web page, Word file, PDF.
    data : str or Path, optional
        The data folder; by default ``data/``.

    Raises
    ------
    PolicyError
        If there is no such file, or it is empty, too large, or no text.
    """
    folder = data_folder(data)
    entries = known(data)
    if str(source) in entries:
        entry = entries[str(source)]
        if not isinstance(entry, dict) or "file" not in entry:
            raise PolicyError("entry_without_file", folder / "sources.toml", where=str(source))
        return read_file(folder / entry["file"], doc=str(source), stated=entry, folder=folder)
    path = Path(source)
    if not path.exists():
        raise PolicyError("no_document" if entries else "no_file", source, known=entries)
    return read_file(path, folder=folder)


def read_file(path: Path, *, doc: str = "", stated: dict[str, Any] | None = None, folder: Path = Path()) -> Policy:
    """Read the file ``path``; ``stated`` gives what the text itself does not say."""
    if not path.exists():
        raise PolicyError("missing_file", path)
    if path.is_dir():
        raise PolicyError("is_folder", path)
    lexicon = Lexicon.load(folder / "lexicon.toml")
    limit = min(lexicon["limits.bytes"], sys.maxsize - 1)
    with path.open("rb") as file:
        raw = file.read(limit + 1)
    doc = doc or path.stem
    if re.search(r"[/\\\x00-\x1f]|^\.", doc):
        raise PolicyError("id_elsewhere", repr(doc))
    text, encoding, notes, kind = formats.extract(raw, path, lexicon)
    copies, body_end = copies_of(text)
    stated = stated or {}
    said = metadata(text[:body_end], lexicon)
    facts = {
        key: stated.get(key) or said.get(key)
        for key in ("title", "issuer", "doc_number", "status", "issued_on", "year")
    }
    return Policy(
        doc=doc, text=text, source_file=path.name, sha256=hashlib.sha256(raw).hexdigest(),
        encoding=encoding, format=kind, notes=notes, district=stated.get("district", "") or path.stem,
        district_en=stated.get("district_en", ""), copies=copies, body_end=body_end,
        folder=folder, lexicon=lexicon, year=int(facts.pop("year") or 0) or None,
        **{key: str(value or "") for key, value in facts.items()},
    )  # fmt: skip


def copies_of(text: str) -> tuple[int, int]:
    """Return how often ``text`` holds its own long paragraphs, and where the first copy ends."""
    lines = fold(text).split("\n")  # one character for one: \r, too, ends a line
    keys = [squeeze(line) for line in lines]
    long = [i for i, key in enumerate(keys) if len(key) >= LONG_LINE]
    counts = Counter(keys[i] for i in long)
    repeated = [i for i in long if counts[keys[i]] > 1]
    if len(long) < FEW_LINES or len(repeated) < REPEATED * len(long):
        return 1, len(text)
    copies = Counter(counts[keys[i]] for i in repeated).most_common(1)[0][0]
    first = repeated[0]
    second = keys.index(keys[first], first + 1)
    header = [key for key in keys[:first] if key]
    cut = second
    while cut > first and (not keys[cut - 1] or _stands_in(keys[cut - 1], header)):
        cut -= 1
    while cut < second and not keys[cut]:
        cut += 1
    return copies, sum(len(line) + 1 for line in lines[:cut])


def _stands_in(key: str, header: list[str]) -> bool:
    """Tell whether a line of the second copy's head stands, perhaps a little changed, in the first one's."""
    return any(key in other or difflib.SequenceMatcher(None, key, other).ratio() >= ALIKE_HEAD for other in header)


_DATE = re.compile(r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_NUMBER = re.compile(r"\s*([一-龥]{2,8}[\[(](?:19|20)\d{2}[\])]\s?\d{1,4}\s?号)\s*")
_HEADING = re.compile(r"^\s*(?:一、|第一章|第一部分|第一条|\(一\)|1[.、])", re.MULTILINE)


def metadata(text: str, lexicon: Lexicon) -> dict[str, Any]:
    """Read title, issuer, number, status, date and year from the text where it states them."""
    folded = fold(text)
    printed = {fold(line).strip(): line.strip() for line in text.splitlines()}
    first = _HEADING.search(folded)
    head = folded[: first.start() if first else 2000]
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    title = "".join(printed.get(line, line) for line in _title(lines, lexicon))
    issued = next((_iso(found) for line in lines if (found := _DATE.fullmatch(line))), "")
    number = next((found[1].replace(" ", "") for line in lines if (found := _NUMBER.fullmatch(line))), "")
    draft = any(word in head for word in lexicon["draft_words"])
    year = re.search(r"((?:19|20)\d{2})\s*年?版?", title) or re.search(r"((?:19|20)\d{2})年", head)
    return {
        "title": title, "doc_number": number, "issued_on": issued, "issuer": _issuer(lines, lexicon),
        "status": "draft" if draft else "issued",
        "year": int(year[1]) if year else int(issued[:4]) if issued else _commonest_year(folded),
    }  # fmt: skip


def _iso(found: re.Match[str]) -> str:
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"


def _commonest_year(folded: str) -> int | None:
    years = Counter(re.findall(r"(20\d{2})年", folded))
    return int(max(years, key=lambda year: (years[year], year))) if years else None


def _title(lines: list[str], lexicon: Lexicon) -> list[str]:
    """Return the last short line that names a kind of document, with its edition in brackets below it."""
    kinds = lexicon.any_of("title_kinds")
    named = re.compile(rf".*{kinds}(?:\(.{{1,12}}\))?")
    best: list[str] = []
    for i, line in enumerate(lines):
        if named.fullmatch(line) and len(line) <= 60 and not line.startswith(("《", ">", "附件")):
            best = [line]
            for below in lines[i + 1 : i + 3]:
                if not re.fullmatch(r"\([^()]{2,12}\)", below) or any(w in below for w in lexicon["draft_words"]):
                    break
                best.append(below)
    return best


def _issuer(lines: list[str], lexicon: Lexicon) -> str:
    """Return the signature: the line before the date that ends as an authority does."""
    ending = re.compile(rf".*{lexicon.any_of('issuer_endings')}")
    for i, line in enumerate(lines[1:], 1):
        if _DATE.fullmatch(line) and ending.fullmatch(lines[i - 1]) and len(lines[i - 1]) <= 60:
            return "、".join(lines[i - 1].split())
    return ""
