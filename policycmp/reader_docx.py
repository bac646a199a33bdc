"""A Word file → its lines as Word would show them with every tracked change accepted.

Only the parts that hold text, styles and numbering are unpacked, each within the limit, into memory and never to a
file; nothing that they point to is opened.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

from policycmp import reader_text
from policycmp.errors import Refused
from policycmp.word_numbers import Numbering, attribute, child, name

if TYPE_CHECKING:
    from lxml.etree import _Element

_GONE = {"del", "moveFrom", "Fallback", "instrText", "delText", "rt", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DELETED = ("del", "moveFrom")
_MAIN = re.compile(rb'Target="/?([^"]+)"[^>]*relationships/officeDocument"|relationships/officeDocument"[^>]*Target="/?([^"]+)"')


def read(raw: bytes, limits: dict[str, Any]) -> tuple[str, list[str]]:
    """Return the text of a Word file and what was left out or written out."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = _parts(archive, limits)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, IndexError) as error:
        raise Refused(f"the Word file is damaged ({error})", "save it anew as .docx") from None
    document = parts["document"]
    body = child(document, "body") if document is not None else None
    if body is None:
        raise Refused("this archive is no Word file", "give the .docx file itself")
    reader = _Reader(Numbering(parts["numbering"], parts["styles"]))
    reader.blocks(body)
    found = Counter(name(node) for node in body.iter())
    counts = {
        "修订按全部接受读取：插入 {} 处": found["ins"] + found["moveTo"],
        "修订按全部接受读取：删除 {} 处": found["del"] + found["moveFrom"],
        "文本框 {} 个，读在所在段落之后": reader.boxes,
        "自动编号 {} 处，已写成文字": reader.numbered,
        "目录 {} 行未读": reader.contents,
        "脚注、尾注 {} 条未读": found["footnoteReference"] + found["endnoteReference"],
        "插入的其他文件 {} 个未读": found["altChunk"] + found["subDoc"],
    }
    return reader_text.tidy(reader.lines), [text.format(count) for text, count in counts.items() if count]


def _parts(archive: zipfile.ZipFile, limits: dict[str, Any]) -> dict[str, _Element | None]:
    """Return the parsed parts that are read; more than the limit, declared or unpacked, is refused."""
    from lxml import etree

    most = limits["unpacked"]
    too_large = Refused(
        f"the Word file unpacks to more than {most:,} bytes", "raise unpacked in [limits] of lexicon.toml"
    )
    if sum(member.file_size for member in archive.infolist()) > most:
        raise too_large
    files = set(archive.namelist())

    def unpack(path: str) -> bytes:
        if path not in files:
            return b""
        with archive.open(path) as stream:
            data = stream.read(most + 1)  # what is declared need not be true
        if len(data) > most:
            raise too_large
        return data

    main = _MAIN.search(unpack("_rels/.rels"))
    document = (main[1] or main[2]).decode("utf-8", "replace") if main else "word/document.xml"
    folder = document.rpartition("/")[0]
    strict = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    trees: dict[str, _Element | None] = {}
    for part in ("document", "numbering", "styles"):
        data = unpack(document if part == "document" else f"{folder}/{part}.xml".lstrip("/"))
        try:
            root = etree.fromstring(data, strict) if data else None
        except etree.XMLSyntaxError as error:
            raise Refused(f"the Word file is damaged ({error.msg})", "save it anew as .docx") from None
        if root is not None and root.getroottree().docinfo.doctype:
            raise Refused("the Word file declares XML entities", "save it anew as .docx")
        trees[part] = root
    return trees


class _Reader:
    """What was read so far: lines, and how many of the things that a note tells."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.lines: list[str] = []
        self.boxes = self.numbered = self.contents = 0
        self.carried = ""  # the text before a deleted paragraph mark

    def blocks(self, parent: _Element) -> None:
        """Read the paragraphs and tables under ``parent``."""
        for node in parent:
            kind = name(node)
            if kind == "p":
                self.paragraph(node)
            elif kind == "tbl":
                for row in self.inner(node, "tr"):
                    self.row(row)
            elif kind == "AlternateContent":
                self.blocks(node[0]) if len(node) else None
            elif kind not in _GONE:
                self.blocks(node)

    def inner(self, parent: _Element, kind: str) -> list[_Element]:
        """Return the rows of a table or the cells of a row, also where a change or a control wraps them."""
        found: list[_Element] = []
        for node in parent:
            if name(node) == kind:
                found.append(node)
            elif name(node) in {"ins", "moveTo", "sdt", "sdtContent", "customXml"}:
                found += self.inner(node, kind)
        return found

    def row(self, row: _Element) -> None:
        """Read a row as one line, a cell that an upper one covers as none."""
        if any(child(row, "trPr", mark) is not None for mark in _DELETED):
            return
        cells, before = [], self.lines
        for cell in self.inner(row, "tc"):
            merged = child(cell, "tcPr", "vMerge")
            if child(cell, "tcPr", "cellDel") is None and (merged is None or attribute(merged, "val") == "restart"):
                self.lines = []
                self.blocks(cell)
                cells.append(self.lines)
        self.lines = before
        self.lines += cells[0] if len(cells) == 1 else ["\t".join(" ".join(lines) for lines in cells)]

    def paragraph(self, node: _Element) -> None:
        """Read one paragraph with its number, then the text boxes that hang on it."""
        boxes: list[_Element] = []
        text = self.carried + self.inline(node, boxes)
        self.carried = ""
        properties = child(node, "pPr")
        if any(child(node, "pPr", "rPr", mark) is not None for mark in _DELETED):
            self.carried = text
        elif self.numbering.style(properties).startswith("toc ") or any(
            "PAGEREF" in (field.text or "") for field in node.iter("{*}instrText")
        ):
            self.contents += 1
        else:
            number = self.numbering.label(properties)
            if text.strip():
                self.numbered += bool(number)
                self.lines.append(number + text)
        for box in boxes:
            self.boxes += 1
            self.blocks(box)

    def inline(self, node: _Element, boxes: list[_Element]) -> str:
        """Return the text of a paragraph or a part of one; text boxes go into ``boxes``."""
        parts = []
        for part in node:
            kind = name(part)
            if kind in _GONE or (kind == "r" and child(part, "rPr", "vanish") is not None):
                continue
            if kind == "t":
                parts.append(part.text or "")
            elif kind in _SIGNS:
                parts.append(_SIGNS[kind])
            elif kind == "txbxContent":
                boxes.append(part)
            elif kind == "AlternateContent":
                parts.append(self.inline(part[0], boxes) if len(part) else "")
            else:
                parts.append(self.inline(part, boxes))
        return "".join(parts)
