"""What a document says about itself: title, issuer, number, status, date and year, where its text states them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold

LONGEST_LINE = 60  # characters of a title or a signature
HEAD = 2000  # characters in which a text without headings may say what it is

_DATE = re.compile(r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_NUMBER = re.compile(r"\s*([一-龥]{2,8}[\[(](?:19|20)\d{2}[\])]\s?\d{1,4}\s?号)\s*")
_HEADING = re.compile(r"^\s*(?:一、|第一章|第一部分|第一条|\(一\)|1[.、])", re.MULTILINE)


class Metadata(NamedTuple):
    """What a document says about itself; empty, or None, where it does not."""

    title: str
    issuer: str
    doc_number: str
    status: str
    issued_on: str
    year: int | None


def metadata(text: str, lexicon: Lexicon) -> Metadata:
    """Read title, issuer, number, status, date and year from the text where it states them."""
    folded = fold(text)
    printed = {fold(line).strip(): line.strip() for line in text.splitlines()}
    first = _HEADING.search(folded)
    head = folded[: first.start() if first else HEAD]
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    title = "".join(printed.get(line, line) for line in _title(lines, lexicon))
    dates = [found for line in lines if (found := _DATE.fullmatch(line))]
    numbers = [found[1].replace(" ", "") for line in lines if (found := _NUMBER.fullmatch(line))]
    issued_on = f"{dates[0][1]}-{int(dates[0][2]):02}-{int(dates[0][3]):02}" if dates else ""
    draft = any(word in head for word in lexicon["draft_words"])
    return Metadata(
        title=title,
        issuer=_issuer(lines, lexicon),
        doc_number=numbers[0] if numbers else "",
        status="draft" if draft else "issued",
        issued_on=issued_on,
        year=_year(title, head, issued_on) or _commonest_year(folded),
    )


def _year(title: str, head: str, issued_on: str) -> int | None:
    """Return the year that the title names, else the first one in the head, else that of the date."""
    named = re.search(r"((?:19|20)\d{2})\s*年?版?", title) or re.search(r"((?:19|20)\d{2})年", head)
    year = named[1] if named else issued_on[:4]
    return int(year) if year else None


def _commonest_year(folded: str) -> int | None:
    years = Counter(re.findall(r"(20\d{2})年", folded))
    return int(max(years, key=lambda year: (years[year], year))) if years else None


def _title(lines: list[str], lexicon: Lexicon) -> list[str]:
    """Return the last short line that names a kind of document, with its edition in brackets below it."""
    named = re.compile(rf".*{lexicon.any_of('title_kinds')}(?:\(.{{1,12}}\))?")
    best: list[str] = []
    for number, line in enumerate(lines):
        if named.fullmatch(line) and len(line) <= LONGEST_LINE and not line.startswith(("《", ">", "附件")):
            best = [line, *_edition(lines[number + 1 : number + 3], lexicon)]
    return best


def _edition(below: list[str], lexicon: Lexicon) -> list[str]:
    """Return the lines in brackets below a title, up to one that says that it is a draft."""
    found: list[str] = []
    for line in below:
        if not re.fullmatch(r"\([^()]{2,12}\)", line) or any(word in line for word in lexicon["draft_words"]):
            break
        found.append(line)
    return found


def _issuer(lines: list[str], lexicon: Lexicon) -> str:
    """Return the signature: the line before the date that ends as an authority does."""
    ending = re.compile(rf".*{lexicon.any_of('issuer_endings')}")
    for above, line in pairwise(lines):
        if _DATE.fullmatch(line) and ending.fullmatch(above) and len(above) <= LONGEST_LINE:
            return "、".join(above.split())
    return ""
