"""A PDF with text → its paragraphs, without running heads, page numbers and table of contents.

pdfium says which character stands where; here characters become lines, and lines paragraphs: a line that ends
before the margin ends one, so does a sentence before an indented line; any other line goes on in the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp import reader_text
from policycmp.errors import Refused
from policycmp.normalize import squeeze

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

SCANNED = 15  # characters a page: a scan has none, or a page number
EDGE = 3  # lines at the top and at the bottom of a page that may be its head or foot
# Lengths in characters of the text's size, found on pages printed by three programs.
SHORT = 2.2  # a line that ends so far before the margin ends its paragraph: two marks may not begin a line
VERY_SHORT = 4
INDENT = 1.2  # a first line stands in by two
GAP = 0.9  # an empty place in a line: the next cell of a table
DEEP = 3  # beyond the indent of a first line: the lines below a number that stands out, or a title in the middle
WIDE = 1.15  # of the usual distance between two lines: the space between paragraphs
HEADLINE = 1.1  # of the usual size
FEW = 10  # lines that do not tell the margins

_LEADER = re.compile(r"(?:[.…·．‥•]\s?){4,}\s*[\dIVXivx]{0,5}\s*$|(?:…\s?){2,}\s*\d{0,4}\s*$")
_PAGE = re.compile(r"[-—–―－·•\s]*(?:第?\s*\d{1,4}\s*页?|[ivxIVX]{1,6})[-—–―－·•\s]*(?:[/／,，共]*\s*\d{1,4}\s*页?)?\s*")
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百零0-9]+[章节条编部]|[(（]?[一二三四五六七八九十0-9]{1,3}[)）、.．](?!\d)|[①-⑳]|附件"
    r"|[一-龥]{2,10}[〔\[（(](?:19|20)\d\d[〕\]）)]"
)
_STOP = re.compile(r"[。！？；：:;!?][”’」』）)》]*$")
_CLOSING = tuple("）)】〕]》”")
_UNBROKEN = re.compile(r".?[“‘《〈（(「『\[【]*[!-~]*[”’》〉）)」』\]】，。、；：]*")  # what stays on one line


class Line(NamedTuple):
    """One printed line: where it stands on which page, and the size of its characters."""

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int
    sheet: tuple[int, int]  # its width, and whether it is a left or a right one: they share their margins


def read(raw: bytes, words: dict[str, Any]) -> tuple[str, list[str]]:
    """Return the text of a PDF and what was left out; ``words`` holds the limits and the glyphs."""
    import pypdfium2

    limits = words["limits"]
    try:
        document = pypdfium2.PdfDocument(raw)
        count = len(document)
        if count > limits["pages"]:
            raise Refused(f"{count:,} pages are too many", f"at most {limits['pages']:,}: raise pages in [limits] of lexicon.toml")
        lines = [line for page in range(count) for line in _lines(document, page)]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("the PDF is encrypted", "save it without a password") from None
        raise Refused("the PDF is damaged", "save it anew, or its text") from None
    if sum(len(line.text) for line in lines) < SCANNED * count:
        raise Refused(f"the {count} pages of this PDF are pictures (a scan)", "have their text recognised and give that")
    body, heads = _without_heads(lines, count)
    kept, contents = _without_contents(body)
    text = reader_text.tidy(_paragraphs(kept)).translate(_glyphs(words["glyphs"]["radicals"]))
    if not reader_text.is_text(text, guessed=True):
        raise Refused("the PDF's font does not say which characters it prints", "have its text recognised and give that")
    bare = count - len({line.page for line in lines})
    notes = {"PDF {} 页": count, "页眉、页脚、页码 {} 行未读": heads, "目录 {} 行未读": contents, "没有文字的页 {} 页": bare}
    return text, [note.format(number) for note, number in notes.items() if number]


def _lines(document: PdfDocument, number: int) -> list[Line]:
    """Return the lines of a page in the order of the file, characters on one height together."""
    import ctypes

    from pypdfium2 import raw as pdfium

    page = document[number]
    text = page.get_textpage()
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    sheet = round(page.get_width()), number % 2
    runs: list[list[tuple[str, float, float, float, float]]] = []  # characters on one height, each with its place
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if pdfium.FPDFText_IsGenerated(text, i) == 1 or not 32 <= code < 0x110000:
            continue  # pdfium's own spaces and line ends: where characters stand says more
        pdfium.FPDFText_GetLooseCharBox(text, i, box)
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        size = max(box.right - box.left, (box.top - box.bottom) / 2, 1)
        _, _, right, height, before = runs[-1][-1] if runs else ("", 0, 0, 0, 0)
        if not runs or abs(height - y.value) > max(size, before) / 2 or box.left < right - 2 * before:
            runs.append([])
        runs[-1].append((chr(code), box.left, box.right, y.value, size))
    text.close()
    page.close()
    lines = []
    for run in runs:
        size = median([own for sign, *_, own in run if sign > "\u2e80"] or [run[0][4]])
        words = run[0][0]
        for (last, _, right, _, _), (sign, left, _, _, _) in pairwise(run):
            latin = last.isascii() and sign.isascii()
            words += (" " if left - right > (0.25 if latin else GAP) * size and last != " " else "") + sign
        if words.strip():
            lines.append(Line(words, run[0][1], max(one[2] for one in run), run[0][3], size, number, sheet))
    return lines


def _without_heads(lines: list[Line], pages: int) -> tuple[list[Line], int]:
    """Return the lines without page numbers and what stands at the same height on pages that follow each other."""
    edges: dict[Line, tuple[str, int]] = {}
    numbers: set[Line] = set()
    by_page: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    for own in by_page.values():
        own.sort(key=lambda line: -line.y)
        edges |= {line: (re.sub("[0-9]+", "#", squeeze(line.text)), round(line.y / 3)) for line in own[:EDGE] + own[-EDGE:]}
        numbers |= {line for line in (own[0], own[-1]) if _PAGE.fullmatch(line.text)}
    found: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for line, key in edges.items():
        found[key].add(line.page)
    least = 3 if pages > 6 else 2
    heads = numbers | {
        line
        for line, key in edges.items()
        if len(found[key]) >= least and found[key] & {line.page + step for step in (-2, -1, 1, 2)}
    }
    return [line for line in lines if line not in heads], len(heads)


def _without_contents(lines: list[Line]) -> tuple[list[Line], int]:
    """Return the lines without the table of contents: from its heading, or its first leader, to its last leader."""
    leaders = [i for i, line in enumerate(lines) if _LEADER.search(line.text)]
    if len(leaders) < 2:
        return lines, 0
    first = next((i for i in range(leaders[0], -1, -1) if squeeze(lines[i].text) == "目录"), leaders[0])
    gone = {i for i in range(first, leaders[-1] + 1) if i in leaders or i - 1 in leaders or i + 1 in leaders or i == first}
    return [line for i, line in enumerate(lines) if i not in gone], len(gone)


def _paragraphs(lines: list[Line]) -> Iterator[str]:
    """Yield the paragraphs: a line that goes on in the next one is joined with it."""
    margins = {}
    for sheet in {line.sheet for line in lines}:
        own = [line for line in lines if line.sheet == sheet]
        own = own if len(own) >= FEW else lines
        lefts, rights = sorted(line.left for line in own), sorted(line.right for line in own)
        margins[sheet] = lefts[len(own) // 10], rights[len(own) * 19 // 20]  # a few lines may stand out
    pairs = list(pairwise(lines))
    steps: defaultdict[int, list[float]] = defaultdict(lambda: [0.0])
    for a, b in pairs:
        steps[a.page] += [a.y - b.y] if a.page == b.page and a.y > b.y else []
    page = _Page(margins, {number: median(own) for number, own in steps.items()}, median(line.size for line in lines))
    after = [page.inset(b) for a, b in pairs if page.short(a) > VERY_SHORT]
    indented = sum(inset > INDENT for inset in after) > 0.5 * len(after)
    text = lines[0].text
    for a, b in pairs:
        if page.goes_on(a, b, indented=indented):
            latin = text[-1].isascii() and text[-1].isalpha() and b.text[0].isascii()
            text += (" " if latin else "") + b.text
        else:
            yield text
            text = b.text
    yield text


class _Page(NamedTuple):
    """How a document is set: left and right margin by kind of page, distance of lines by page, size of its text."""

    margins: dict[tuple[int, int], tuple[float, float]]
    pitch: dict[int, float]
    size: float

    def inset(self, line: Line) -> float:
        return (line.left - self.margins[line.sheet][0]) / line.size

    def short(self, line: Line) -> float:
        return (self.margins[line.sheet][1] - line.right) / line.size

    def goes_on(self, a: Line, b: Line, *, indented: bool) -> bool:
        """Tell whether the paragraph of ``a`` goes on in ``b``; ``indented``: paragraphs begin with an empty place."""
        chinese = all(any(c > "\u2e80" for c in line.text) for line in (a, b))
        if chinese and abs(a.size - b.size) > 0.1 * max(a.size, b.size):
            return False
        numbered = bool(_NUMBERED.match(b.text))
        if min(a.size, b.size) > HEADLINE * self.size and all(abs(self.inset(x) - self.short(x)) < 2 for x in (a, b)):
            return not numbered and not b.text.startswith(("（", "("))  # a title in the middle, on several lines
        if a.page == b.page and a.y - b.y > WIDE * self.pitch[a.page]:
            return False
        stop = bool(_STOP.search(a.text))
        if numbered and (stop or a.text.endswith(_CLOSING)):
            return False
        run = _UNBROKEN.match(b.text)
        full = self.short(a) < max(SHORT, sum(0.55 if c.isascii() else 1 for c in run[0]) + 0.5 if run else 0)
        if self.inset(b) > INDENT:
            return full and not stop and not numbered and (not indented or self.inset(b) > DEEP)
        return full or (self.short(a) < VERY_SHORT and not stop and not numbered)


def _glyphs(radicals: str) -> dict[int, str]:
    """Return what stands for the characters of which some PDF files print a radical or a double."""
    doubles = [*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00)]
    folded = {code: unicodedata.normalize("NFKC", chr(code)) for code in doubles}
    return folded | {ord(radical): sign for radical, sign in zip(radicals[::2], radicals[1::2], strict=True)}
