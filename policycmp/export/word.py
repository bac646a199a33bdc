"""Word files for a Chinese office: A4, 仿宋 and 黑体 by name, tables whose header row stands on every page.

The look is that of ``word.xml``, and a user may change its styles in Word. The same content gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from policycmp import files
from policycmp.errors import PolicyError
from policycmp.wording import label


class Part(NamedTuple):
    """A stretch of a cell: `only` is what this side alone says, `strong` is bold; a line feed starts a paragraph."""

    text: str
    only: bool = False
    strong: bool = False


Cell = str | Sequence[Part]

_LONGEST = (
    120  # characters, some five lines: only a row as short as this is kept on one page, so that no page stays empty
)
_MARGIN = 15  # millimetres
_OWN = {  # the styles that are written, and what each is based on
    "Title": "Normal", "heading 1": "Normal", "Table Text": "Normal", "Table Heading": "Table Text", "Only Here": "",
    "Table Grid": "",
}  # fmt: skip
_UNPRINTABLE = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML has no place for


def document(
    title: str, *, lang: str = "zh", landscape: bool = True, footer: str = "", template: str | Path | None = None
) -> Any:
    """Return a new document, headed ``title``, with ``footer`` and the page's number at the foot of each page.

    Of a ``template``, a Word file, the page, the head and foot and the styles are taken, and not what is written in it.
    """
    doc = blank(title, lang=lang, landscape=landscape, footer=footer, template=template)
    doc.add_paragraph(plain(title), "Title")
    return doc


def blank(
    title: str, *, lang: str = "zh", landscape: bool = True, footer: str = "", template: str | Path | None = None
) -> Any:
    """Return a `document` that is called ``title`` and is not headed by it."""
    doc = _own(landscape) if template is None else _like(Path(template))
    core, fixed = doc.core_properties, datetime(2025, 1, 1)
    core.author, core.comments, core.created, core.modified = "policycmp", "", fixed, fixed
    core.title = plain(title)[:255]  # Word allows no more
    below = doc.sections[0].footer
    foot = below.paragraphs[0] if template is None else below.add_paragraph()
    foot.add_run(plain(f"{footer}\n" * bool(footer)))
    for text in re.split("(PAGE|NUMPAGES)", label("page_of", lang, "word")):
        if text in ("PAGE", "NUMPAGES"):
            foot._p.append(element("fldSimple", instr=text))
        else:
            foot.add_run(text)
    return doc


def _own(landscape: bool) -> Any:
    """Return an empty document of our own look: A4."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    doc = docx.Document()
    _set_look(doc)
    page, size = doc.sections[0], (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = size[::-1] if landscape else size
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN)
    return doc


def _like(template: Path) -> Any:
    """Return an empty document of the look of ``template``; the styles that it lacks are ours."""
    import docx
    from docx.opc.exceptions import OpcError

    try:
        doc = docx.Document(str(files.regular(Path(template))))
    except (OSError, KeyError, ValueError, SyntaxError, BadZipFile, OpcError) as error:
        raise PolicyError("no_template", template, error=error) from error
    body = doc.element.body
    for one in [one for one in body if one is not body.sectPr]:
        body.remove(one)
    body.get_or_add_sectPr()
    _lend_styles(doc.styles.element)
    return doc


def _lend_styles(styles: Any) -> None:
    """Add to the styles of a template those of ours that it lacks; a Chinese Word has ids of its own, names hold."""
    known = {one.name_val.lower(): one.styleId for one in styles.style_lst if one.name_val}
    ours = {one.name_val: one for one in _own(landscape=True).styles.element.style_lst}
    for name, base in _OWN.items():
        style = ours[name]
        if name.lower() in known:
            continue
        for tie in style.xpath("w:basedOn|w:next|w:link"):
            style.remove(tie)
        if base and base.lower() in known:
            style.xpath("w:name")[0].addnext(element("basedOn", val=known[base.lower()]))
        styles.append(style)
        known[name.lower()] = style.styleId


def _room(doc: Any) -> int:
    """Return how wide the text of a page is; a template may leave it to Word."""
    from docx.shared import Mm

    page = doc.sections[0]
    margins = [Mm(_MARGIN) if margin is None else margin for margin in (page.left_margin, page.right_margin)]
    return int((page.page_width or Mm(210)) - sum(margins))


def add_table(doc: Any, head: Sequence[str], rows: Iterable[Sequence[Cell] | str], widths: Sequence[float]) -> Any:
    """Add a table to ``doc`` and return it.

    Parameters
    ----------
    doc : Document
        What `document` gave.
    head : sequence of str
        The header row, repeated on every page.
    rows : iterable of sequence of cells, or of str
        A cell is a text or a list of `Part`; a row that is one text is a heading across all columns.
    widths : sequence of float
        How wide the columns are beside each other; together they fill the page.
    """
    room = _room(doc)
    table = doc.add_table(0, len(head), "Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = int(room * width / sum(widths))
    styles = {name: doc.styles[name].style_id for name in ("Table Heading", "Table Text")}
    for number, row in enumerate([head, *rows]):
        added, heading = table.add_row(), isinstance(row, str) or not number
        texts: Sequence[Cell] = [row] if isinstance(row, str) else row
        cells = [added.cells[0].merge(added.cells[-1])] if isinstance(row, str) else added.cells
        parts = [[Part(text)] if isinstance(text, str) else text for text in texts]
        about = added._tr.get_or_add_trPr()
        if max(sum(len(part.text) for part in cell) for cell in parts) <= _LONGEST:
            about.append(element("cantSplit"))
        if not number:
            about.append(element("tblHeader"))
        for cell, content in zip(cells, parts, strict=True):
            if heading:
                cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill="D9E2EC"))
            cell.paragraphs[0]._p.style = styles["Table Heading" if heading else "Table Text"]
            add_parts(cell.paragraphs[0], content)
    return table


def save(doc: Any, path: str | Path) -> Path:
    """Write ``doc`` and return its path; the same document gives the same bytes."""
    packed = BytesIO()
    doc.save(packed)
    with files.replacing(Path(path)) as temporary, ZipFile(packed) as old, ZipFile(temporary, "w") as new:
        for name in old.namelist():  # under one date: the library gives each entry the time of day
            new.writestr(ZipInfo(name), old.read(name), ZIP_DEFLATED)
    return Path(path)


def _set_look(doc: Any) -> None:
    """Give ``doc`` the styles and the font table of ``word.xml``, and nothing of the library's own look."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml

    fonts, styles = parse_xml(resources.files("policycmp.export").joinpath("word.xml").read_bytes())
    for one in list(styles):
        for old in doc.styles.element.xpath(f"w:style[w:name/@w:val='{one.name_val}']"):
            doc.styles.element.remove(old)
        doc.styles.element.append(one)
    doc.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = serialize_part_xml(fonts)
    for rels in (doc.part.rels, doc.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(("stylesWithEffects", "thumbnail"))]:
            del rels[key]


def element(name: str, **attributes: str) -> Any:
    """Return an element of Word's own, its attributes as well: ``w:name``."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    return OxmlElement(f"w:{name}", {qn(f"w:{key}"): value for key, value in attributes.items()})


def plain(text: object) -> str:
    """Return ``text`` without the characters that no XML file can hold, its lines ended in one way."""
    return _UNPRINTABLE.sub("", re.sub("\r\n?", "\n", str(text)))


def add_parts(paragraph: Any, parts: Iterable[Part]) -> None:
    """Write ``parts`` at the end of ``paragraph``, as XML: the library looks at every character by itself."""
    from docx.oxml.ns import qn
    from lxml.etree import SubElement

    names = ("r", "rPr", "rStyle", "val", "b", "br", "tab", "t")
    tag = {name: qn(f"w:{name}") for name in names}
    for part in parts:
        run = SubElement(paragraph._p, tag["r"])
        if part.only or part.strong:
            look = SubElement(run, tag["rPr"])
            if part.only:
                SubElement(look, tag["rStyle"], {tag["val"]: paragraph.part.styles["Only Here"].style_id})
            if part.strong:
                SubElement(look, tag["b"])
        for piece in filter(None, re.split("([\n\t])", plain(part.text))):
            if piece in "\n\t":
                SubElement(run, tag["br" if piece == "\n" else "tab"])
                continue
            text = SubElement(run, tag["t"])
            text.text = piece
            if piece.strip() != piece:
                text.set(qn("xml:space"), "preserve")
