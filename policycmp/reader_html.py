"""A saved web page → the lines of the document in it, without what the site put around them.

The document is found by where its sentences stand: the innermost element that holds nearly all of them, whatever it
is called. What is left of the site inside it (lines that are all link, date and share lines) goes line by line.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from typing import TYPE_CHECKING, Any

from policycmp import reader_text
from policycmp.errors import Refused
from policycmp.normalize import squeeze

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

NEARLY_ALL = 0.9  # of the sentences: a page's abstract and footer hold a few, a document's parts stand together
LINES_ABOVE = 10
LONG_CELL = 200  # characters: a table that lays out the page has longer cells than one with data
LARGEST_SITE_LINE = 60  # characters of a date or share line
FIRST_LINES = 20  # with a sentence: where a news lead may stand
SHORTEST_REPEAT = 20  # characters of a news lead that can be told from a phrase
MOST_BAD = 0.002  # of a page's characters: scripts of old sites cut some in two

_DROPPED = (
    ["script", "style", "noscript", "template", "nav", "aside", "button", "select", "textarea", "iframe", "object"]
    + ["svg", "canvas", "audio", "video", "map", "dialog", "rt", "rp", "del", "s", "strike"]
)  # fmt: skip
_BLOCKS = set(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul"
    .split()
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_CHINESE = re.compile("[\u2014-\u2026\u2e80-\uffef]")
_NUMBERED = re.compile(r"\s*(?:[第(（]?[一二三四五六七八九十0-9]+[章条)）、.．])")


def read(raw: bytes, words: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Return the document's text, the page's encoding, and what was left out; ``words`` is ``[page]`` of the lists."""
    from bs4 import BeautifulSoup

    source, encoding = _decode(raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a page is XHTML, or short
        page = BeautifulSoup(source, "lxml")
    gone = [tag for tag in page.find_all(True) if tag.name in _DROPPED or _is_hidden(tag)]
    title = _title(page)
    for tag in gone:
        if not tag.decomposed:
            tag.decompose()
    body = page.body or page
    lines = _lines(body)
    inner = _lines(_main(body))
    at = first = next((i for i in range(len(lines)) if lines[i : i + 2] == inner[:2]), 0)
    while first > max(0, at - LINES_ABOVE) and not _is_link(lines[first - 1]):
        first -= 1  # a notice's number and addressees may stand above its sentences, with no menu between
    above = [line for line in lines[first:at] if line[0] not in {text for text, _ in inner}]
    kept = [line[0] for line in above + inner if not (_is_link(line) or _is_furniture(line[0], words))]
    repeats = _repeats(kept, words["leads"])
    kept = [line for i, line in enumerate(kept) if i not in repeats]
    if title and squeeze(title) not in squeeze("".join(kept)):
        kept.insert(0, title)
    text = reader_text.tidy(kept)
    notes = [
        f"网页：正文之外的 {max(0, sum(len(squeeze(line)) for line, _ in lines) - len(squeeze(text)))} 字未读（导航、链接、页脚等）",
        f"隐藏元素、脚本、样式 {len(gone)} 处未读" if gone else "",
        f"文前重复正文的导语 {len(repeats)} 段未读" if repeats else "",
    ]
    return text, encoding, [note for note in notes if note]


def _decode(raw: bytes) -> tuple[str, str]:
    """Return the page as text: UTF-8 where it is valid, else as the page says, else as a text would be read."""
    try:
        return reader_text.decode(raw)
    except Refused:
        stated = _CHARSET.search(raw[:4096])
        name = stated[1].decode().lower() if stated else "utf-8"
        name = "gb18030" if name.startswith("gb") else "utf-8" if name.startswith("utf") else ""
        text = raw.decode(name, "replace") if name else ""
        if not text or text.count("\ufffd") > len(text) * MOST_BAD + 2:
            raise
        return text, name


def _is_hidden(tag: Tag) -> bool:
    return "hidden" in tag.attrs or tag.get("aria-hidden") == "true" or bool(_HIDDEN.search(str(tag.get("style", ""))))


def _title(page: BeautifulSoup) -> str:
    """Return the title that the page gives its document: where government sites state it, else its own."""
    stated = page.find("meta", attrs={"name": re.compile("^ArticleTitle$", re.IGNORECASE)})
    named = [str(stated.get("content") or "")] if stated else []
    named += [max(re.split(r"[-_|丨]", page.title.get_text()), key=len)] if page.title else []
    return next((" ".join(name.split()) for name in named if name.strip()), "")


def _main(body: Tag) -> Tag:
    """Return the innermost element that holds nearly all sentences outside links."""
    weight: Counter[int] = Counter()
    for string in body.find_all(string=re.compile("[。；]")):
        if not string.find_parent("a", href=True):
            for parent in string.parents:
                weight[id(parent)] += len(string)
    main = body
    while True:
        inner = [tag for tag in main.find_all(True, recursive=False) if weight[id(tag)]]
        best = max(inner, key=lambda tag: weight[id(tag)], default=None)
        if best is None or weight[id(best)] < NEARLY_ALL * weight[id(body)] or best.name not in _BLOCKS - {"p"}:
            return main
        main = best


def _lines(root: Tag) -> list[tuple[str, int]]:
    """Return each line under ``root`` as a browser breaks them, and how many of its characters are links."""
    from bs4 import NavigableString, Tag

    lines: list[tuple[str, int]] = []
    current: list[str] = []
    inside: Counter[str] = Counter()  # how many links, and elements whose line ends count, are open
    items: Counter[int] = Counter()
    linked = 0

    def end() -> None:
        nonlocal linked
        text = _SPACE.sub(_space, "".join(current)).strip()
        if text:
            lines.append((text, linked))
        current.clear()
        linked = 0

    stack: list[tuple[Any, int]] = [(root, 1)]
    while stack:
        node, step = stack.pop()
        if type(node) is NavigableString:  # a comment is of another type
            for i, part in enumerate(node.split("\n") if inside["pre"] else [node]):
                if i:
                    end()
                current.append(part)
                linked += len(squeeze(part)) if inside["a"] else 0
        elif isinstance(node, Tag):
            if node.name in _BLOCKS:
                end()
            inside[node.name] += step if node.name == "pre" or (node.name == "a" and node.get("href")) else 0
            if step < 0:
                continue
            row = _row(node) if node.name == "tr" and node is not root else ""
            if row:
                lines.append((row, 0))
                continue
            if node.name == "li" and node.parent is not None and node.parent.name == "ol":
                items[id(node.parent)] += 1
                if not _NUMBERED.match(node.get_text()):
                    current.append(f"{items[id(node.parent)]}. ")
            stack.append((node, -1))
            stack.extend((child, 1) for child in reversed(node.contents))
    end()
    return lines


def _space(found: re.Match[str]) -> str:
    """Return one space for white space, but none where the source breaks a line between Chinese characters."""
    around = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    return "" if "\n" in found[0] and all(_CHINESE.match(c) for c in around) else " "


def _row(row: Tag) -> str:
    """Return a row of a table with data as one line, or nothing if its cells lay out the page."""
    cells = row.find_all(["td", "th"], recursive=False)
    if len(cells) < 2 or any(cell.find("table") or len(cell.get_text()) > LONG_CELL for cell in cells):
        return ""
    return "\t".join(" ".join(line for line, _ in _lines(cell)) for cell in cells).strip()


def _is_link(line: tuple[str, int]) -> bool:
    return line[1] >= 0.8 * len(squeeze(line[0])) and "。" not in line[0]


def _is_furniture(line: str, words: dict[str, Any]) -> bool:
    key = squeeze(line)
    short = len(key) <= LARGEST_SITE_LINE and "。" not in key
    return short and (key.startswith(tuple(words["furniture"])) or key in words["alone"])


def _repeats(lines: list[str], leads: list[str]) -> set[int]:
    """Return which of the first lines only repeat, whole or cut short, what a later one says.

    A page that holds its whole text twice is another matter, and `documents` reads the first copy.
    """
    keys = [squeeze(line) for line in lines]
    lead = re.compile(rf"^[\[(]?(?:{'|'.join(leads)})[\])]?[:：]?")
    cores = [re.sub(r"(?:…|\.{3,})+$", "", lead.sub("", key)) for key in keys]
    later = "\n".join(keys)
    ends, position = [], 0
    for key in keys:
        position += len(key) + 1
        ends.append(position)
    sentences = [i for i, key in enumerate(keys) if len(cores[i]) >= SHORTEST_REPEAT and ("。" in key or key != cores[i])]
    found = {i for i in sentences[:FIRST_LINES] if later.find(cores[i], ends[i]) != -1}
    return found if len(found) < 0.3 * len(sentences) else set()
