"""A Word file → its lines as Word would show them with every tracked change accepted, list numbers written out.

Only the parts that hold text, styles and numbering are unpacked, each within the limit, into memory and never to a
file; nothing that they point to is opened.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from policycmp.errors import Refused
from policycmp.reading import plain_text
from policycmp.text.lexicon import Lexicon
from policycmp.text.numerals import spell

Element = Any  # lxml's, of either edition of the standard: names count without their namespace
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "t": ""}
_GONE = ("{*}del", "{*}moveFrom", "{*}rt", "{*}Fallback")  # the last: a text box once more, for older programs
_NOTED = ("ins", "del", "moveFrom", "footnoteReference", "endnoteReference", "altChunk")  # elements that are told
DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, IndexError,
          KeyError)  # fmt: skip


def recognises(raw: bytes, named: bool) -> bool:
    """Tell an archive, whatever is in it."""
    return raw.startswith(b"PK")


def read(raw: bytes, lexicon: Lexicon) -> tuple[str, str, dict[str, int]]:
    """Return the text of a Word file, its format, and what was written out or left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            document, numbering, styles = _parts(archive, lexicon["limits.unpacked"])
    except DAMAGE as error:
        raise Refused("damaged_word", error=error) from None
    if document is None:
        raise Refused("no_word")
    notes = {f"read_{tag}": sum(1 for _ in document.iter(f"{{*}}{tag}")) for tag in _NOTED}
    joined, boxes = _accept(document)
    paragraphs = list(document.iter("{*}p"))
    found, rest = _told(paragraphs, joined, Numbering(numbering, styles, lexicon["numbers"]))
    notes["read_boxes"] = boxes
    notes["read_numbered"] = sum(1 for one in found.values() if one.number)
    notes["read_contents"] = sum(1 for one in found.values() if one.in_contents)
    return plain_text.tidy([*_lines(paragraphs, found), rest]), "docx", notes


class _Paragraph(NamedTuple):
    words: str
    number: str
    in_contents: bool  # a line of the table of contents

    @property
    def line(self) -> str:
        """What is read of it."""
        return "" if self.in_contents else self.number + self.words


def _told(
    paragraphs: Sequence[Element], joined: set[Element], lists: Numbering
) -> tuple[dict[Element, _Paragraph], str]:
    """Return the paragraphs that say something, and what goes on behind the last one.

    One of those ``joined`` goes on in the next.
    """
    found: dict[Element, _Paragraph] = {}
    words = ""
    for paragraph in paragraphs:
        words += _words(paragraph)
        if paragraph in joined:
            continue
        own = _at(paragraph, "pPr")
        in_contents = _in_contents(paragraph, lists.style_of(own))
        number = "" if in_contents else lists.label(own)
        if words.strip():
            found[paragraph] = _Paragraph(words, number, in_contents)
        words = ""
    return found, words


def _words(paragraph: Element) -> str:
    """Return the text of a paragraph's runs, with their tabs and line ends."""
    signs = paragraph.iter(*(f"{{*}}{name}" for name in _SIGNS))
    return "".join(_SIGNS[_name(sign)] or sign.text or "" for sign in signs if _name(sign.getparent()) == "r")


def _in_contents(paragraph: Element, style: Element) -> bool:
    """Tell whether a paragraph is a line of the table of contents, by its style or by its field."""
    fields = paragraph.iter("{*}instrText")
    return _value(style, "name").lower().startswith("toc ") or any("PAGEREF" in (one.text or "") for one in fields)


def _lines(paragraphs: Sequence[Element], found: Mapping[Element, _Paragraph]) -> Iterator[str]:
    """Yield the lines of the document; a row of a table with several cells is one."""
    for row, group in groupby(paragraphs, lambda one: next(one.iterancestors("{*}tr"), None)):
        cells = groupby(group, lambda one: next(one.iterancestors("{*}tc"), None))
        told = [[found[one].line for one in cell if one in found] for _, cell in cells]
        if row is None or len(told) == 1:
            yield from told[0]
        else:
            yield "\t".join(" ".join(cell) for cell in told)


def _accept(document: Element) -> tuple[set[Element], int]:
    """Accept the changes, take out what is hidden, set text boxes after their paragraphs.

    Return the paragraphs whose end was deleted, so that the next one goes on in them, and the number of boxes.
    """
    from lxml import etree

    joined = set()
    for mark in [*document.iter("{*}del"), *document.iter("{*}moveFrom")]:
        above = mark.getparent()
        if _name(above) == "trPr":
            above.getparent().clear()
        elif _name(above) == "rPr" and _name(above.getparent()) == "pPr":
            joined.add(above.getparent().getparent())
    etree.strip_elements(document, *_GONE, with_tail=False)
    for run in list(document.iter("{*}r")):
        if _at(run, "rPr/vanish") is not None:
            run.clear()
    boxes = list(document.iter("{*}txbxContent"))
    for box in boxes:
        anchor = next(box.iterancestors("{*}p"), box)
        for node in reversed(box):
            anchor.addnext(node)
    return joined, len(boxes)


def _parts(archive: zipfile.ZipFile, most: int) -> list[Element]:
    """Return document, numbering and styles; more than ``most`` bytes, declared or unpacked, are refused."""
    check_size(archive, most)
    rels = parsed(archive, "_rels/.rels", needed=False)
    links = rels.iter("{*}Relationship") if rels is not None else ()
    main = [link.get("Target", "") for link in links if link.get("Type", "").endswith("/officeDocument")]
    document = main[0].lstrip("/") if main else "word/document.xml"
    folder = document[: document.rfind("/") + 1]
    names = (document, f"{folder}numbering.xml", f"{folder}styles.xml")
    return [parsed(archive, name, needed=False) for name in names]


def check_size(archive: zipfile.ZipFile, most: int) -> None:
    """Refuse an archive that unpacks, by what it declares, to more than ``most`` bytes."""
    if sum(member.file_size for member in archive.infolist()) > most:
        raise Refused("unpacks_too_large", most=most)


def parsed(archive: zipfile.ZipFile, path: str, *, needed: bool = True) -> Element:
    """Return the root of a part of the archive, None if it is not there or empty and none is ``needed``.

    No more is unpacked than it declares, and no entity is expanded.
    """
    from lxml import etree

    known = needed or path in archive.namelist()
    data = archive.open(path).read(archive.getinfo(path).file_size) if known else b""
    if not data and not needed:
        return None
    safe = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, safe)
    except etree.XMLSyntaxError as error:
        raise ValueError(error.msg) from None
    if root.getroottree().docinfo.doctype:
        raise Refused("xml_entities")
    return root


def _name(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _at(node: Element, path: str) -> Element:
    """Return the element at ``path`` below ``node``."""
    return node.find("{*}" + path.replace("/", "/{*}")) if node is not None else None


def _all(node: Element, tag: str) -> list[Element]:
    return node.findall(f"{{*}}{tag}") if node is not None else []


def _value(node: Element, path: str = "", key: str = "val") -> str:
    """Return an attribute of the element at ``path``, or the empty string."""
    found = _at(node, path) if path else node
    named = found.attrib.items() if found is not None else ()
    return next((str(value) for name, value in named if name.rpartition("}")[2] == key), "")


def _integer(text: str, otherwise: int = 0) -> int:
    return int(text) if re.fullmatch("[0-9]{1,6}", text) else otherwise


class Numbering:
    """The lists of a document and how far each has counted: Word keeps their numbers out of the text."""

    def __init__(self, numbering: Element, styles: Element, series: Mapping[str, Sequence[str]]) -> None:
        self.lists = {_value(node, key="abstractNumId"): node for node in _all(numbering, "abstractNum")}
        self.nums = {_value(node, key="numId"): node for node in _all(numbering, "num")}
        self.styles = {_value(node, key="styleId"): node for node in _all(styles, "style")}
        self.series = series
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()

    def style_of(self, own: Element) -> Element:
        """Return the style of a paragraph with the properties ``own``."""
        return self.styles.get(_value(own, "pStyle"))

    def label(self, own: Element) -> str:
        """Return the number that stands before the paragraph with the properties ``own``, and count on."""
        key, depth = self._place(own)
        name = _value(self.nums.get(key), "abstractNumId")
        overrides = _by_level(_all(self.nums.get(key), "lvlOverride"))
        levels = _by_level(_all(self.lists.get(name), "lvl"))
        own_levels = {at: _at(node, "lvl") for at, node in overrides.items()}
        levels |= {at: level for at, level in own_levels.items() if level is not None}
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(name, {})
        forced = _value(overrides.get(depth), "startOverride")
        if forced and (key, depth) not in self.begun:
            counts[depth] = _integer(forced, 1) - 1
        self.begun.add((key, depth))
        self._count(counts, levels, depth)
        return self._printed(counts, levels, depth)

    def _place(self, own: Element) -> tuple[str, int]:
        """Return the list of a paragraph and its depth there, stated by itself or by the styles it builds on."""
        key, depth = _value(own, "numPr/numId"), _value(own, "numPr/ilvl")
        style = self.style_of(own)
        for _ in self.styles:  # no further: styles may build on each other in a circle
            key = key or _value(style, "pPr/numPr/numId")
            depth = depth or _value(style, "pPr/numPr/ilvl")
            style = self.styles.get(_value(style, "basedOn"))
        return key, _integer(depth)

    @staticmethod
    def _count(counts: dict[int, int], levels: Mapping[int, Element], depth: int) -> None:
        """Count on at ``depth``, and let what is deeper begin anew, unless its level says that it goes on."""
        counts[depth] = counts.get(depth, _first(levels[depth]) - 1) + 1
        for below in [at for at in counts if at > depth]:
            restart = _value(levels.get(below), "lvlRestart")
            if not restart or _integer(restart) > depth:
                del counts[below]

    def _printed(self, counts: dict[int, int], levels: Mapping[int, Element], depth: int) -> str:
        """Return the number as the level at ``depth`` prints it: %1.%2 are the counts of two levels."""
        level = levels[depth]
        legal = _at(level, "isLgl") is not None
        if _value(level, "numFmt") == "bullet":
            return ""

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = "decimal" if legal and at < depth else _value(levels.get(at), "numFmt")
            return self._spelt(counts.setdefault(at, _first(levels.get(at))), form)

        text = re.sub("%([1-9])", number, _value(level, "lvlText"))
        return f"{text} " if text and _value(level, "suff") != "nothing" else text

    def _spelt(self, number: int, form: str) -> str:
        """Return ``number`` in one of Word's formats; one that is not known is taken for decimal."""
        signs = self.series.get(form, "")
        if 0 < number <= len(signs):
            return signs[number - 1]
        if form == "none":
            return ""
        return spell(number) if "ounting" in form else str(number)


def _by_level(nodes: Sequence[Element]) -> dict[int, Element]:
    return {_integer(_value(node, key="ilvl")): node for node in nodes}


def _first(level: Element) -> int:
    """Return the number with which a level begins."""
    return _integer(_value(level, "start"), 1)
