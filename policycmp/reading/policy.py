"""A source file of any format → a frozen `Policy` with its metadata and the text that is read."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from policycmp import files
from policycmp.errors import PolicyError, printable
from policycmp.locations import data_folder
from policycmp.reading import formats
from policycmp.reading.copies import copies_of
from policycmp.reading.metadata import masked, metadata
from policycmp.reading.plain_text import sentences
from policycmp.sources import known
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold
from policycmp.text.unmarked import Unmarked, unmarked


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

    @cached_property
    def masked(self) -> str:
        """The folded text with spaces for what is no text of the document: front matter and comments of Markdown."""
        return masked(self.folded)

    @cached_property
    def bare(self) -> Unmarked:
        """The folded text without marks of Markdown and the blanks about numbers, in which numbers are read."""
        return unmarked(self.folded, self.text[: self.body_end])

    def line(self, offset: int) -> int:
        """Return the number of the line (from 1) that holds ``offset``."""
        return self.text.count("\n", 0, offset) + 1


def load(source: str | Path, *, doc: str = "", data: str | Path | None = None) -> Policy:
    """Read a document.

    Parameters
    ----------
    source : str or Path
        A document id of ``sources.toml`` (longwan), or the path of a file: text, web page, Word file, PDF, OFD.
    doc : str
        The id of a file that is given by its path; by default its name without the ending.
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
        return read_file(folder / entry["file"], doc=str(source), stated=entry, folder=folder)
    path = Path(source)
    if not path.exists():
        raise PolicyError("no_document" if entries else "no_file", source, known=entries)
    return read_file(path, doc=doc, folder=folder)


def read_file(path: Path, *, doc: str = "", stated: dict[str, Any] | None = None, folder: Path = Path()) -> Policy:
    """Read the file ``path``; ``stated`` gives what the text itself does not say."""
    if not path.exists():
        raise PolicyError("missing_file", path)
    if path.is_dir():
        raise PolicyError("is_folder", path)
    lexicon = Lexicon.load(*_word_lists(path, folder, given_by_path=stated is None))
    limit = min(lexicon["limits.bytes"], sys.maxsize - 1)
    with files.regular(path).open("rb") as file:
        raw = file.read(limit + 1)
    doc = doc or printable(path.stem)
    if re.search(r"[/\\\x00-\x1f]|^\.", doc):
        raise PolicyError("id_elsewhere", repr(doc))
    text, encoding, notes, kind = formats.extract(raw, path, lexicon)
    if len(text) > lexicon["limits.characters"]:
        raise PolicyError("too_long", path, number=len(text), most=lexicon["limits.characters"])
    return _policy(
        text,
        _Source(printable(path.name), hashlib.sha256(raw).hexdigest(), encoding, kind, notes, printable(path.stem)),
        doc=doc,
        stated=stated or {},
        folder=folder,
        lexicon=lexicon,
    )


class _Source(NamedTuple):
    """Where a text comes from: a file with its digest, its encoding and format, what was left out, and a name."""

    file: str
    sha256: str
    encoding: str
    format: str
    notes: tuple[tuple[str, int], ...]
    name: str


def from_text(text: str, *, doc: str, data: str | Path | None = None, **stated: Any) -> Policy:
    """Return a text that lies in no file; ``stated`` gives what it does not say itself.

    Parameters
    ----------
    text : str
        The text.
    doc : str
        Its id.
    data : str or Path, optional
        The data folder, whose word lists hold; by default ``data/``.
    **stated
        district, district_en, title, issuer, doc_number, status, issued_on, year.

    Raises
    ------
    PolicyError
        If the text is empty or too long, or the id is none.
    """
    folder = data_folder(data)
    lexicon = Lexicon.load(*_word_lists(folder / "text", folder, given_by_path=False))
    if not text.strip():
        raise PolicyError("empty", doc)
    if re.search(r"[/\\\x00-\x1f]|^\.", doc):
        raise PolicyError("id_elsewhere", repr(doc))
    if len(text) > lexicon["limits.characters"]:
        raise PolicyError("too_long", doc, number=len(text), most=lexicon["limits.characters"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = _Source("", digest, "utf-8", "text", (), doc)
    return _policy(text, source, doc=doc, stated=stated, folder=folder, lexicon=lexicon)


def _policy(
    text: str, source: _Source, *, doc: str, stated: Mapping[str, Any], folder: Path, lexicon: Lexicon
) -> Policy:
    """Return a text with what it says about itself, where that is not ``stated``."""
    copies, body_end = copies_of(text)
    notes = source.notes
    if copies > 1:
        notes += (("left_copies", sentences([text[body_end:]], text[:body_end])),)
    said = metadata(text[:body_end], lexicon)
    facts = {key: stated.get(key) or value for key, value in said._asdict().items()}
    year = int(facts.pop("year") or 0) or None
    facts["district"] = facts["district"] or source.name
    return Policy(
        doc=doc,
        text=text,
        source_file=source.file,
        sha256=source.sha256,
        encoding=source.encoding,
        district_en=stated.get("district_en", ""),
        year=year,
        copies=copies,
        body_end=body_end,
        format=source.format,
        notes=tuple(note for note in notes if note[1]),
        folder=folder,
        lexicon=lexicon,
        **{key: str(value or "") for key, value in facts.items()},
    )


def _word_lists(path: Path, folder: Path, *, given_by_path: bool) -> list[Path]:
    """Return the files of words that hold for a text: that of the data folder, and one beside a text of one's own."""
    places = [folder]
    if given_by_path and path.parent.resolve() != folder.resolve():
        places.append(path.parent)
    return [place / "lexicon.toml" for place in places]
