"""An OFD file, the national standard of electronic documents → its paragraphs, as those of a PDF are told.

It is an archive of XML: OFD.xml names the documents, Document.xml the pages, and each page's Content.xml says what
stands where, in millimetres from the upper left corner. Only these parts are unpacked, each within the limit, into
memory and never to a file.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policycmp.errors import Refused
from policycmp.reading import pdf_file, word_file
from policycmp.reading.word_file import DAMAGE, Element
from policycmp.text.lexicon import Lexicon

ENTRY = "OFD.xml"
SAME_LINE = 0.5  # of a character's size: what differs less in height stands on one line
_NUMBER = re.compile(r"-?[0-9]{1,7}(?:\.[0-9]{1,9})?")
_SEVERAL = re.compile(r"g +([0-9]{1,5}) +(-?[0-9]{1,5}(?:\.[0-9]{1,9})?)")


class _Run(NamedTuple):
    """Characters that are printed as one: where they begin and end, their height on the page, their size."""

    text: str
    left: float
    right: float
    y: float
    size: float


def recognises(raw: bytes, named: bool) -> bool:
    """Tell an archive that has the entry of an OFD file."""
    return raw.startswith(b"PK") and ENTRY.encode() in raw


def read(raw: bytes, lexicon: Lexicon) -> tuple[str, str, dict[str, int]]:
    """Return the text of an OFD file, its format, and what was left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            word_file.check_size(archive, lexicon["limits.unpacked"])
            pages = [page for path in _documents(archive) for page in _pages(archive, path)]
            if len(pages) > lexicon["limits.pages"]:
                raise Refused("too_many_pages", pages=len(pages))
            lines = [line for number, page in enumerate(pages) for line in _lines(archive, page, number)]
    except DAMAGE as error:
        raise Refused("damaged_ofd", error=error) from None
    text, notes = pdf_file.as_text(lines, len(pages), lexicon)
    return text, "ofd", notes


def _documents(archive: zipfile.ZipFile) -> list[str]:
    """Return the path of each document in the archive."""
    roots = word_file.parsed(archive, ENTRY).iter("{*}DocRoot")
    return [_path("", root.text or "") for root in roots]


def _pages(archive: zipfile.ZipFile, document: str) -> list[str]:
    """Return the path of each page of a document, in the order of reading."""
    pages = word_file.parsed(archive, document).iterfind("{*}Pages/{*}Page")
    return [_path(posixpath.dirname(document), page.get("BaseLoc", "")) for page in pages]


def _path(folder: str, location: str) -> str:
    """Return the name in the archive of a location that is given from a folder, or from the root."""
    joined = location if location.startswith("/") else posixpath.join("/", folder, location)
    return posixpath.normpath(joined).lstrip("/")


def _lines(archive: zipfile.ZipFile, path: str, number: int) -> Iterator[pdf_file.Line]:
    """Yield the lines of a page from above, the characters on one height from the left."""
    page = word_file.parsed(archive, path)
    box = _numbers(page.findtext("{*}Area/{*}PhysicalBox"))
    sheet = round(box[2]) if len(box) == 4 else 0, number % 2
    runs = sorted((run for one in page.iter("{*}TextObject") for run in _runs(one)), key=lambda run: run.y)
    line: list[_Run] = []
    for run in runs:
        if line and run.y - line[0].y > SAME_LINE * line[0].size:
            yield _line(line, number, sheet)
            line = []
        line.append(run)
    if line:
        yield _line(line, number, sheet)


def _line(runs: Sequence[_Run], page: int, sheet: tuple[int, int]) -> pdf_file.Line:
    """Return the line of these runs, with a space where there is room for one."""
    runs = sorted(runs, key=lambda run: run.left)
    text, right = runs[0].text, runs[0].right
    for run in runs[1:]:
        text += f" {run.text}" if run.left - right > pdf_file.GAP * run.size else run.text
        right = max(right, run.right)
    return pdf_file.Line(text, runs[0].left, right, -runs[0].y, max(run.size for run in runs), page, sheet)


def _runs(printed: Element) -> Iterator[_Run]:
    """Yield the runs of a text object; its matrix may enlarge or move them."""
    box = [*_numbers(printed.get("Boundary")), 0, 0, 0, 0]
    matrix = _numbers(printed.get("CTM"))
    wide, _, _, high, x, y = matrix if len(matrix) == 6 else (1, 0, 0, 1, 0, 0)
    size = max(1.0, abs(high) * next(iter(_numbers(printed.get("Size"))), 0))
    for code in printed.iterfind("{*}TextCode"):
        text = (code.text or "").strip("\r\n")
        if text.strip():
            begin, height = (next(iter(_numbers(code.get(name))), 0) for name in ("X", "Y"))
            left = box[0] + x + wide * begin
            steps = _steps(code.get("DeltaX", ""))
            right = left + wide * steps + size if steps else max(left + size, box[0] + box[2])
            yield _Run(text, left, right, box[1] + y + high * height, size)


def _steps(said: str) -> float:
    """Return how far it is from the first character to the last: g 3 5.6 are three steps of 5.6."""
    several = [int(found[1]) * float(found[2]) for found in _SEVERAL.finditer(said)]
    return sum([*several, *_numbers(_SEVERAL.sub("", said))])


def _numbers(said: str | None) -> list[float]:
    return [float(number) for number in _NUMBER.findall(said or "")]
