"""A PDF with text → its paragraphs, without running heads, page numbers and table of contents.

pdfium says which character stands where; here characters become lines, and lines paragraphs: a line that ends
before the margin ends one, so does a sentence before an indented line; any other line goes on in the next.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from policycmp.errors import Refused
from policycmp.reading import plain_text
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import squeeze

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

SCANNED = 15  # characters a page: a scan has none, or a page number
EDGE = 3  # lines at the top and at the bottom of a page that may be its head or foot
FEW = 10  # lines that do not tell the margins
WIDE, HEADLINE = 1.15, 1.1  # of the usual distance of lines: the space between paragraphs; of the usual size: a title
# Lengths in characters of the line's size, chosen on ten texts of our own, each printed in seven ways.
SHORT, VERY_SHORT = 2.2, 4  # a line that ends so far before the margin ends its paragraph: two marks may not begin one
INDENT, DEEP = 1.2, 3  # a first line stands in by two; further in stand the lines below a number that stands out
GAP = 0.9  # an empty place in a line: the next cell of a table
LATIN_GAP = 0.25  # between two Latin letters or digits: a space
LATIN_WIDTH = 0.55  # of a Latin letter or digit

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


def recognises(raw: bytes, named: bool) -> bool:
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
    text, notes = as_text(lines, count, lexicon)
    return text, "pdf", notes


def as_text(lines: list[Line], count: int, lexicon: Lexicon) -> tuple[str, dict[str, int]]:
    """Return the text of the printed lines of ``count`` pages, and what was left out; a scan raises `Refused`."""
    if sum(len(line.text) for line in lines) < SCANNED * max(1, count):
        raise Refused("scan", pages=count)
    body = _without_heads(lines, count)
    kept = _without_contents(body) or lines
    text = plain_text.tidy(_paragraphs(kept)).translate(_glyphs(lexicon["glyphs.radicals"]))
    if not plain_text.is_text(text, guessed=True):
        raise Refused("mute_font")
    return text, {
        "read_pages": count,
        "read_blank_pages": count - len({line.page for line in lines}),
        "read_heads": len(lines) - len(body),
        "read_contents": len(body) - len(kept),
        "left_heads": _left_out(lines, body, text),
        "left_contents": _left_out(body, kept, text),
        "read_unknown_glyphs": text.count("\ufffd"),
    }


def _left_out(lines: list[Line], kept: list[Line], text: str) -> int:
    """Return how many characters the sentences have that stand in ``lines``, and neither in ``kept`` nor ``text``."""
    known = {*kept}
    return plain_text.sentences((line.text for line in lines if line not in known), text)


class _Sign(NamedTuple):
    char: str
    left: float
    right: float
    height: float
    size: float


def _lines(document: PdfDocument, number: int) -> Iterator[Line]:
    """Yield the lines of a page in the order of the file, characters on one height together."""
    page = document[number]
    sheet = round(page.get_width()), number % 2
    for run in _runs(_signs(page)):
        size = median([sign.size for sign in run if sign.char > "\u2e80"] or [run[0].size])
        text = _spaced(run, size)
        if text.strip():
            yield Line(text, run[0].left, max(sign.right for sign in run), run[0].height, size, number, sheet)


def _signs(page: PdfPage) -> Iterator[_Sign]:
    """Yield the characters of a page in the order of the file, and where each stands."""
    from pypdfium2 import raw as pdfium

    text = page.get_textpage()
    box, left, height = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for number in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, number)
        code = {0: 0xFFFD, 2: ord("-")}.get(code, code)  # unknown to the font; a hyphen at a line's end
        if pdfium.FPDFText_IsGenerated(text, number) == 1 or not 32 <= code < 0x110000:
            continue  # pdfium's own spaces and line ends: where characters stand says more
        pdfium.FPDFText_GetLooseCharBox(text, number, box)
        pdfium.FPDFText_GetCharOrigin(text, number, left, height)
        places = (box.left, box.right, box.top, box.bottom, left.value, height.value)
        if not all(-1e6 < place < 1e6 for place in places):
            continue  # nowhere, or no number at all
        size = max(box.right - box.left, (box.top - box.bottom) / 2, 1)
        yield _Sign(chr(code), box.left, box.right, height.value, size)


def _runs(signs: Iterable[_Sign]) -> list[list[_Sign]]:
    """Return the characters in runs: each goes on at the height of the one before, and to the right of it."""
    runs: list[list[_Sign]] = []
    for sign in signs:
        if runs and _beside(runs[-1][-1], sign):
            runs[-1].append(sign)
        else:
            runs.append([sign])
    return runs


def _beside(last: _Sign, sign: _Sign) -> bool:
    level = abs(last.height - sign.height) <= max(sign.size, last.size) / 2
    return level and sign.left >= last.right - 2 * last.size


def _spaced(run: list[_Sign], size: float) -> str:
    """Return the text of a run, with a space where there is room for one."""
    text = run[0].char
    for last, sign in pairwise(run):
        room = LATIN_GAP if last.char.isascii() and sign.char.isascii() else GAP
        apart = sign.left - last.right > room * size and last.char != " "
        text += f" {sign.char}" if apart else sign.char
    return text


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
    leaders = {number for number, own in enumerate(dots) if len(own.replace(" ", "")) > 3}
    if len(leaders) < 2:
        return lines
    first, last = min(leaders), max(leaders)
    head = next((number for number in range(first, -1, -1) if squeeze(lines[number].text) == "目录"), first)
    between = {number for number in range(first, last) if leaders & {number - 1, number + 1}}
    return [line for number, line in enumerate(lines) if number not in leaders | between | {head}]


@dataclass(frozen=True)
class _Layout:
    """How the lines of a document stand: the margins by sheet, the distance of lines by page, their usual size.

    ``indented``: a first line stands in; ``hanging``: only a first line stands at the margin.
    """

    margins: dict[tuple[int, int], tuple[float, float]]
    pitch: dict[int, float]
    size: float
    indented: bool = False
    hanging: bool = False

    def inset(self, line: Line) -> float:
        """Return how many characters a line stands in."""
        return (line.left - self.margins[line.sheet][0]) / line.size

    def short(self, line: Line) -> float:
        """Return how many characters before the margin a line ends."""
        return (self.margins[line.sheet][1] - line.right) / line.size


def _layout(lines: list[Line]) -> _Layout:
    """Return how ``lines`` stand; where they are few, those of another sheet or page tell it."""
    margins = {}
    for sheet in {line.sheet for line in lines}:
        own = [line for line in lines if line.sheet == sheet]
        own = own if len(own) >= FEW else lines
        lefts, rights = sorted(line.left for line in own), sorted(line.right for line in own)
        margins[sheet] = lefts[len(own) // 10], rights[len(own) * 19 // 20]  # a few lines may stand out
    pairs = list(pairwise(lines))
    below = [(one.page, one.y - two.y) for one, two in pairs if one.page == two.page and one.y > two.y]
    everywhere = [step for _, step in below]
    pitch = {}
    for page, group in groupby(below, key=itemgetter(0)):
        steps = [step for _, step in group]
        pitch[page] = median(steps if len(steps) >= FEW else everywhere)
    plain = _Layout(margins, pitch, median(line.size for line in lines))
    firsts = [plain.inset(two) > INDENT for one, two in pairs if plain.short(one) > VERY_SHORT]
    others = [plain.inset(two) > INDENT for one, two in pairs if plain.short(one) < SHORT]
    indented = sum(firsts) > 0.5 * len(firsts)
    return replace(plain, indented=indented, hanging=not indented and sum(others) > 0.5 * len(others))


def _paragraphs(lines: list[Line]) -> Iterator[str]:
    """Yield the paragraphs: a line that goes on in the next one is joined with it."""
    layout = _layout(lines)
    text = lines[0].text
    for one, two in pairwise(lines):
        if _goes_on(one, two, layout):
            text += (" " if re.search("[A-Za-z]$", text) and two.text[0].isascii() else "") + two.text
        else:
            yield text
            text = two.text
    yield text


def _goes_on(one: Line, two: Line, layout: _Layout) -> bool:
    """Tell whether the paragraph of a line goes on in the next one."""
    chinese = all(max(line.text) > "\u2e80" for line in (one, two))
    if chinese and abs(one.size - two.size) > 0.1 * max(one.size, two.size):
        return False
    numbered, stop = bool(_NUMBERED.match(two.text)), bool(_STOP.search(one.text))
    large = min(one.size, two.size) > HEADLINE * layout.size
    if large and all(abs(layout.inset(line) - layout.short(line)) < 2 for line in (one, two)):
        return not numbered and not two.text.startswith(("（", "("))  # a title in the middle, on several lines
    usual = layout.pitch.get(one.page, 0) * max(1, one.size / layout.size)
    if one.page == two.page and one.y - two.y > WIDE * usual:
        return False
    closed = stop or one.text.endswith(_CLOSING)
    if numbered and closed:
        return False
    full = _is_full(one, two, layout, closed=closed)
    inset = layout.inset(two)
    if layout.hanging:
        return full and inset > INDENT
    if inset > INDENT:
        return full and not stop and not numbered and (not layout.indented or inset > DEEP)
    return full or (layout.short(one) < VERY_SHORT and not stop and not numbered)


def _is_full(one: Line, two: Line, layout: _Layout, *, closed: bool) -> bool:
    """Tell whether a line has no room for what the next one begins with and may not break."""
    room = layout.short(one)
    unbroken = _UNBROKEN.match(two.text)
    if unbroken and room < sum(LATIN_WIDTH if char.isascii() else 1 for char in unbroken[0]) + 0.5:
        return True
    return room < (SHORT if layout.indented or not closed else SHORT / 2)


def _glyphs(radicals: str) -> dict[int, str]:
    """Return what stands for the characters of which some PDF files print a radical or a double."""
    doubles = [*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00)]
    folded = {code: unicodedata.normalize("NFKC", chr(code)) for code in doubles}
    return folded | {ord(radical): sign for radical, sign in zip(radicals[::2], radicals[1::2], strict=True)}
