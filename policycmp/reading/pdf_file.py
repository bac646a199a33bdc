"""A PDF with text → its paragraphs, without running heads, page numbers and table of contents.

pdfium says which character stands where; here characters become lines, and lines paragraphs: a line that ends
before the margin ends one, so does a sentence before an indented line; any other line goes on in the next.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from policycmp.errors import Refused
from policycmp.reading import plain_text
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import squeeze

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

SUFFIXES: tuple[str, ...] = (".pdf",)
SCANNED = 15  # characters a page: a scan has none, or a page number
EDGE = 3  # lines at the top and at the bottom of a page that may be its head or foot
FEW = 10  # lines that do not tell the margins
WIDE, HEADLINE = 1.15, 1.1  # of the usual distance of lines: the space between paragraphs; of the usual size: a title
# Lengths in characters of the line's size, chosen on ten texts of our own, each printed in seven ways.
SHORT, VERY_SHORT = 2.2, 4  # a line that ends so far before the margin ends its paragraph: two marks may not begin one
INDENT, DEEP = 1.2, 3  # a first line stands in by two; further in stand the lines below a number that stands out
GAP = 0.9  # an empty place in a line: the next cell of a table

_LEADER = ".…·．‥•"
_PAGE = re.compile(r"[-·•]*(?:第?\d{1,4}页?|[ivxIVX]{1,6})[-·•]*(?:[/,共]*\d{1,4}页?)?")
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百零0-9]+[章节条编部]|[(（]?[一二三四五六七八九十0-9]{1,3}[)）、.．](?!\d)|[①-⑳]|附件"
    r"|[一-龥]{2,10}[〔\[（(](?:19|20)\d\d[〕\]）)]"
)
_STOP = re.compile(r"[。！？；：:;!?][”’」』）)》]*$")
_CLOSING = tuple("）)】〕]》”")
_UNBROKEN = re.compile(r".?[“‘《〈（(「『\[【]*[!-~]*[”’》〉）)」』\]】，。、；：]*")  # what stays on one line


class Line(NamedTuple):
    """One printed line: where it stands, the size of its characters, its page and what kind of page that is."""

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int
    sheet: tuple[int, int]  # its width, and whether it is a left or a right one: such pages share their margins


def recognises(raw: bytes, suffix: str) -> bool:
    """Tell a PDF by its mark, which other bytes may precede."""
    return b"%PDF-" in raw[:1024]


def read(raw: bytes, lexicon: Lexicon) -> tuple[str, str, dict[str, int]]:
    """Return the text of a PDF, its format, and what was left out."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
        count = len(document)
        if count > lexicon["limits.pages"]:
            raise Refused("too_many_pages", pages=count)
        lines = [line for page in range(count) for line in _lines(document, page)]
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Refused("locked_pdf" if locked else "damaged_pdf") from None
    if sum(len(line.text) for line in lines) < SCANNED * max(1, count):
        raise Refused("scan", pages=count)
    body = _without_heads(lines, count)
    kept = _without_contents(body) or lines
    text = plain_text.tidy(_paragraphs(kept)).translate(_glyphs(lexicon["glyphs.radicals"]))
    if not plain_text.is_text(text, guessed=True):
        raise Refused("mute_font")
    notes = {
        "read_pages": count,
        "read_blank_pages": count - len({line.page for line in lines}),
        "read_heads": len(lines) - len(body),
        "read_contents": len(body) - len(kept),
        "read_unknown_glyphs": text.count("\ufffd"),
    }
    return text, "pdf", notes


def _lines(document: PdfDocument, number: int) -> Iterator[Line]:
    """Yield the lines of a page in the order of the file, characters on one height together."""
    from pypdfium2 import raw as pdfium

    page = document[number]
    text = page.get_textpage()
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    runs: list[list[tuple[str, float, float, float, float]]] = []  # sign, left, right, height, size
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, i)
        code = {0: 0xFFFD, 2: ord("-")}.get(code, code)  # unknown to the font; a hyphen at a line's end
        if pdfium.FPDFText_IsGenerated(text, i) == 1 or not 32 <= code < 0x110000:
            continue  # pdfium's own spaces and line ends: where characters stand says more
        pdfium.FPDFText_GetLooseCharBox(text, i, box)
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        if not all(-1e6 < place < 1e6 for place in (box.left, box.right, box.top, box.bottom, x.value, y.value)):
            continue  # nowhere, or no number at all
        size = max(box.right - box.left, (box.top - box.bottom) / 2, 1)
        _, _, right, height, before = runs[-1][-1] if runs else ("", 0, 0, 0, 0)
        if not runs or abs(height - y.value) > max(size, before) / 2 or box.left < right - 2 * before:
            runs.append([])
        runs[-1].append((chr(code), box.left, box.right, y.value, size))
    for run in runs:
        size = median([one[4] for one in run if one[0] > "\u2e80"] or [run[0][4]])
        words = run[0][0]
        for (last, _, right, _, _), (sign, left, _, _, _) in pairwise(run):
            wide = left - right > (0.25 if last.isascii() and sign.isascii() else GAP) * size and last != " "
            words += (" " if wide else "") + sign
        if words.strip():
            sheet = round(page.get_width()), number % 2
            yield Line(words, run[0][1], max(one[2] for one in run), run[0][3], size, number, sheet)


def _without_heads(lines: list[Line], pages: int) -> list[Line]:
    """Return the lines without page numbers and what stands at the same height on pages that follow each other."""
    places: dict[Line, tuple[str, int]] = {}
    found: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    heads: set[Line] = set()
    for _, group in groupby(lines, key=lambda line: line.page):
        own = sorted(group, key=lambda line: -line.y)
        heads |= {line for line in (own[0], own[-1]) if _PAGE.fullmatch(squeeze(line.text))}
        for line in own[:EDGE] + own[-EDGE:]:
            places[line] = re.sub("[0-9]+", "#", squeeze(line.text)), round(line.y / 3)
            found[places[line]].add(line.page)
    for line, place in places.items():
        often = len(found[place]) >= (3 if pages > 6 else 2)
        if often and found[place] & {line.page + step for step in (-2, -1, 1, 2)}:
            heads.add(line)
    return [line for line in lines if line not in heads]


def _without_contents(lines: list[Line]) -> list[Line]:
    """Return the lines without a table of contents: its heading, those with leaders, and what stands between two."""
    tails = [line.text.rstrip("0123456789IVXivx ") for line in lines]
    dots = [tail[len(tail.rstrip(f"{_LEADER} ")) :] for tail in tails]
    leaders = {i for i, own in enumerate(dots) if len(own.replace(" ", "")) > 3}
    if len(leaders) < 2:
        return lines
    head = next((i for i in range(min(leaders), -1, -1) if squeeze(lines[i].text) == "目录"), min(leaders))
    between = {i for i in range(min(leaders), max(leaders)) if leaders & {i - 1, i + 1}}
    return [line for i, line in enumerate(lines) if i not in leaders | between | {head}]


def _paragraphs(lines: list[Line]) -> Iterator[str]:
    """Yield the paragraphs: a line that goes on in the next one is joined with it."""
    margins = {}
    for sheet in {line.sheet for line in lines}:
        own = [line for line in lines if line.sheet == sheet]
        own = own if len(own) >= FEW else lines
        lefts, rights = sorted(line.left for line in own), sorted(line.right for line in own)
        margins[sheet] = lefts[len(own) // 10], rights[len(own) * 19 // 20]  # a few lines may stand out
    usual = median(line.size for line in lines)
    pairs = list(pairwise(lines))
    below = [(a.page, a.y - b.y) for a, b in pairs if a.page == b.page and a.y > b.y]
    steps = {page: [step for _, step in own] for page, own in groupby(below, key=itemgetter(0))}
    pitch = {page: median(own if len(own) >= FEW else [step for _, step in below]) for page, own in steps.items()}

    def inset(line: Line) -> float:
        return (line.left - margins[line.sheet][0]) / line.size

    def short(line: Line) -> float:
        return (margins[line.sheet][1] - line.right) / line.size

    firsts = [inset(b) > INDENT for a, b in pairs if short(a) > VERY_SHORT]
    others = [inset(b) > INDENT for a, b in pairs if short(a) < SHORT]
    indented = sum(firsts) > 0.5 * len(firsts)
    hanging = not indented and sum(others) > 0.5 * len(others)  # only a paragraph's first line is at the margin

    def goes_on(a: Line, b: Line) -> bool:
        chinese = all(max(line.text) > "\u2e80" for line in (a, b))
        if chinese and abs(a.size - b.size) > 0.1 * max(a.size, b.size):
            return False
        numbered, stop = bool(_NUMBERED.match(b.text)), bool(_STOP.search(a.text))
        if min(a.size, b.size) > HEADLINE * usual and all(abs(inset(line) - short(line)) < 2 for line in (a, b)):
            return not numbered and not b.text.startswith(("（", "("))  # a title in the middle, on several lines
        apart = a.page == b.page and a.y - b.y > WIDE * pitch.get(a.page, 0) * max(1, a.size / usual)
        if apart or (numbered and (stop or a.text.endswith(_CLOSING))):
            return False
        run = _UNBROKEN.match(b.text)
        least = SHORT if indented or not (stop or a.text.endswith(_CLOSING)) else SHORT / 2
        full = short(a) < max(least, sum(0.55 if c.isascii() else 1 for c in run[0]) + 0.5 if run else 0)
        if hanging:
            return full and inset(b) > INDENT
        if inset(b) > INDENT:
            return full and not stop and not numbered and (not indented or inset(b) > DEEP)
        return full or (short(a) < VERY_SHORT and not stop and not numbered)

    text = lines[0].text
    for a, b in pairs:
        if goes_on(a, b):
            text += (" " if re.search("[A-Za-z]$", text) and b.text[0].isascii() else "") + b.text
        else:
            yield text
            text = b.text
    yield text


def _glyphs(radicals: str) -> dict[int, str]:
    """Return what stands for the characters of which some PDF files print a radical or a double."""
    doubles = [*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00)]
    folded = {code: unicodedata.normalize("NFKC", chr(code)) for code in doubles}
    return folded | {ord(radical): sign for radical, sign in zip(radicals[::2], radicals[1::2], strict=True)}
