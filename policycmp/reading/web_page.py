"""A saved web page → the lines of the document in it, without what the site put around them.

The document is found by where its sentences stand: the innermost element that holds nearly all of them, whatever it
is called. What is left of the site inside it (lines that are all link, date and share lines) goes line by line.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from policycmp.errors import Refused
from policycmp.reading import plain_text
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import squeeze

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

NEARLY_ALL = 0.9  # of the sentences: an abstract and a footer hold a few, a document's parts stand together
NUMBER = 50  # characters that the number of a clause weighs: a heading may have no sentence below it
LINES_ABOVE = 10  # that may belong to the document: number and addressees of a notice
LONG_CELL = 200  # characters: a table that lays out the page has longer cells than one with data
LARGEST_SITE_LINE = 60  # characters of a date or share line
FIRST_LINES = 20  # with a sentence: where a news lead may stand
SHORTEST_REPEAT = 20  # characters of a news lead that can be told from a phrase
MOST_REPEATED = 0.3  # of those: a page that repeats more of them holds its text twice
LINKED = 0.8  # of a line's characters: with more it is a link
MOST_BAD = 0.002  # of a page's characters: scripts of old sites cut some in two

_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body)\b|\A(From|MIME|Snapshot).*?multipart/related", re.I | re.S)
_CODE = {"script", "style", "noscript", "template"}  # no text for readers
_TAG = re.compile(rb"<(div|p|table|span|br|meta|title|section|article|h[1-6])\b", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*(gb|utf)", re.IGNORECASE)
_SPACE = re.compile("[ \t\r\n\f]+")
_LINK = re.compile("\x0e(.*?)\x0f")  # the signs that are put around the text of a link
_WRAP = re.compile(
    "(?<=[\u2014-\u2026\u2e80-\uffef])\x02 ?|\x02 ?(?=[\u2014-\u2026\u2e80-\uffef])"
)  # a source's line end
_NUMBERED = re.compile(r"\s*[第(（]?[一二三四五六七八九十0-9]+[章条)）、.．]")


def recognises(raw: bytes, named: bool) -> bool:
    """Tell a page by how it begins, or by its name and any element."""
    head = raw[:4096].replace(b"\0", b"")  # UTF-16, too
    return bool(_PAGE.search(head) or (named and _TAG.search(raw)))


def read(raw: bytes, lexicon: Lexicon) -> tuple[str, str, dict[str, int]]:
    """Return the document's text, the page's encoding, and what was left out."""
    from bs4 import BeautifulSoup

    source, encoding = _decode(_page(raw))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a page is XHTML, or short
        page = BeautifulSoup(source, "lxml")
    title = _title(page)
    gone = [tag for tag in page.find_all(True) if tag.name in lexicon["tags.dropped"] or _is_hidden(tag)]
    hidden = [tag.get_text() for tag in gone if tag.name not in _CODE]
    for tag in gone:
        tag.decompose()  # no harm in what is gone with its parent
    body = page.body or page
    main = _main(body, lexicon["tags.blocks"])
    _break(body, lexicon["tags.blocks"])
    lines, inner = _lines(body), _lines(main)
    first, last = _place(lines, inner)
    above = [line for line in _lines_above(lines, first) if line not in inner]
    own = above + inner
    kept = [line.text for line in own if not (line.is_link() or _is_furniture(line.text, lexicon))]
    repeats = _repeats(kept, lexicon["page.leads"])
    kept = [line for number, line in enumerate(kept) if number not in repeats]
    if title and squeeze(title) not in squeeze("".join(kept)):
        kept.insert(0, title)
    text = plain_text.tidy(kept)
    rest = sum(len(squeeze(line.text)) for line in lines) - len(squeeze(text))
    notes = {"read_around": rest, "read_hidden": len(gone), "read_leads": len(repeats)}
    before, behind = lines[: first - len(above)], lines[last:]
    left = {"left_above": [line.text for line in before], "left_below": [line.text for line in behind]}
    notes |= {key: plain_text.sentences(texts, text) for key, texts in (left | {"left_hidden": hidden}).items()}
    return text, encoding, notes


class _Line(NamedTuple):
    text: str
    linked: int  # how many of its characters are links

    def is_link(self) -> bool:
        return self.linked >= LINKED * len(squeeze(self.text)) and "。" not in self.text


def _page(raw: bytes) -> bytes:
    """Return the page that a web archive (.mht) holds beside its pictures; any other file is a page itself."""
    if b"multipart/related" in raw[:4096]:
        import email

        for part in email.message_from_bytes(raw).walk():
            page = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
            if isinstance(page, bytes):
                return page
    return raw


def _decode(raw: bytes) -> tuple[str, str]:
    """Return the page as a text would be read, else, with a few bytes spoilt, in the encoding that it states."""
    try:
        return plain_text.decode(raw)
    except Refused:
        stated = _CHARSET.search(raw[:4096])
        name = "gb18030" if stated and stated[1].lower() == b"gb" else "utf-8"
        text = raw.decode(name, "replace")
        if text.count("\ufffd") > len(text) * MOST_BAD + 2 or "\0" in text:
            raise
        return text, name


def _is_hidden(tag: Tag) -> bool:
    return "hidden" in tag.attrs or tag.get("aria-hidden") == "true" or bool(_HIDDEN.search(str(tag.get("style", ""))))


def _title(page: BeautifulSoup) -> str:
    """Return the title that the page gives its document: where government sites state it, else its own."""
    stated = page.find("meta", attrs={"name": re.compile("^ArticleTitle$", re.IGNORECASE)})
    named = str(stated.get("content") or "") if stated else ""
    if not named.strip() and page.title:
        named = max(re.split(r"[-_|丨]", page.title.get_text()), key=len)  # the site's name stands beside it
    return " ".join(named.split())


def _main(body: Tag, blocks: Sequence[str]) -> Tag:
    """Return the innermost element that holds nearly all sentences and numbers of clauses outside links."""
    weight: Counter[int] = Counter()
    for string in body.find_all(string=re.compile(f"[。；]|^{_NUMBERED.pattern}")):
        if not string.find_parent("a", href=True):
            own = len(string) + (NUMBER if _NUMBERED.match(string) else 0)
            weight.update({id(parent): own for parent in string.parents})
    main = body
    while True:
        inner = [tag for tag in main.find_all(blocks, recursive=False) if tag.name != "p"]
        best = max(inner, key=lambda tag: weight[id(tag)], default=None)
        if best is None or weight[id(best)] < max(1, NEARLY_ALL * weight[id(body)]):
            return main
        main = best


def _break(body: Tag, blocks: Sequence[str]) -> None:
    """Write into the page where a browser ends a line, sets a number or a link; a row of data becomes one line."""
    for string in list(body.strings):
        text = re.sub("[\x02\x0e\x0f]", "", string)
        if not string.find_parent("pre"):
            text = _SPACE.sub(lambda found: "\x02" if "\n" in found[0] else " ", text)
        string.replace_with(f"\x0e{text}\x0f" if string.find_parent("a", href=True) else text)
    for listed in body.find_all("ol"):
        for number, item in enumerate(listed.find_all("li", recursive=False), 1):
            if not _NUMBERED.match(item.get_text()):
                item.insert(0, f"{number}. ")
    for tag in body.find_all(blocks):
        tag.insert_before("\n")
        tag.insert_after("\n")
    for row in body.find_all("tr"):
        cells = row.find_all(["td", "th"], recursive=False)
        if len(cells) > 1 and not any(cell.find("table") or len(cell.get_text()) > LONG_CELL for cell in cells):
            row.string = "\t".join(" ".join(line.text for line in _lines(cell)) for cell in cells)


def _lines(tag: Tag) -> list[_Line]:
    """Return each line under ``tag``."""
    found = []
    for printed in tag.get_text().split("\n"):
        text = re.sub("[ \x02]+", " ", _WRAP.sub("", re.sub("[\x0e\x0f]", "", printed))).strip()
        if text:
            found.append(_Line(text, sum(len(squeeze(link)) for link in _LINK.findall(printed))))
    return found


def _place(lines: list[_Line], inner: list[_Line]) -> tuple[int, int]:
    """Return where among the ``lines`` of the page those of the document begin and end."""
    begin = next((number for number in range(len(lines)) if lines[number : number + 2] == inner[:2]), 0)
    return begin, begin + len(inner)


def _lines_above(lines: list[_Line], begin: int) -> list[_Line]:
    """Return the lines right above ``begin``, up to a menu: number and addressees may stand there."""
    first = begin
    while first > max(0, begin - LINES_ABOVE) and not lines[first - 1].is_link():
        first -= 1
    return lines[first:begin]


def _is_furniture(line: str, lexicon: Lexicon) -> bool:
    key = squeeze(line)
    short = len(key) <= LARGEST_SITE_LINE and "。" not in key
    return short and (key.startswith(lexicon["page.furniture"]) or key in lexicon["page.alone"])


def _repeats(lines: list[str], leads: Sequence[str]) -> set[int]:
    """Return which of the first lines only repeat, whole or cut short, what a later one says.

    A page that holds its whole text twice is another matter, and `copies_of` finds the first.
    """
    keys = [squeeze(line) for line in lines]
    lead = re.compile(rf"^[\[(]?(?:{'|'.join(leads)})[\])]?:?")
    cores = [lead.sub("", key).rstrip("….") for key in keys]
    long = [number for number, core in enumerate(cores) if len(core) >= SHORTEST_REPEAT]
    sentences = [number for number in long if "。" in keys[number] or keys[number] != cores[number]]
    first = sentences[:FIRST_LINES]
    found = {number for number in first if cores[number] in "\n".join(keys[number + 1 :])}
    return found if len(found) <= max(1, MOST_REPEATED * len(first)) else set()
