"""A document's parts: the main text, and the annexes, glossaries and notes behind it.

A part begins at a line of its own: 附件 and what follows it, 名词解释, or the title of a list behind the last clause. A
line 附件 behind which the numbers count on only mentions an annex, and a list of attachments that a signature follows
only announces them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from types import SimpleNamespace
from typing import NamedTuple

from policycmp import schema
from policycmp.errors import bound
from policycmp.keeping import once
from policycmp.reading import Policy
from policycmp.structure.markers import Marker
from policycmp.text.lexicon import Lexicon

MAIN, ANNEX, GLOSSARY, NOTE = schema.PART_KINDS
LIST, MARKED = "list", "marked"  # annexes that have no line 附件: a list by its name, or sections counted anew
LIST_HEAD = 4  # lines at most between the title of such a list and its first number
LONGEST_TITLE = 45  # characters
ANNOUNCED = 12  # lines at most between a list of attachments and the signature below it
LONG_TEXT = 600  # characters: as much before a line 附件 is a main text even if nothing in it is numbered
_DIGIT = "[0-9一二三四五六七八九十〇○零]"
DATE = rf"\(?{_DIGIT}{{4}} ?年 ?{_DIGIT}{{1,3}} ?月 ?{_DIGIT}{{1,3}} ?日\)?"


class Part(NamedTuple):
    """One part: its number (0 is the main text), its kind, its title, where it begins and ends, how far it is read."""

    number: int
    kind: str
    title: str
    start: int
    end: int
    stop: int


@once
def _patterns(lexicon: Lexicon) -> SimpleNamespace:
    """Return the patterns of the lines at which a part may begin."""
    annex, glossary, lists = (lexicon.any_of(name) for name in ("annex_words", "glossary_words", "list_words"))
    opening, closing, end = r"[ #*(\[]*", r"[ *)\]:]*", r"(?=\n|$)"
    of = r"(?:《[^》\n]{1,40}》)?"
    number = r"(?: ?[0-9一二三四五六七八九十]{1,2}(?![0-9一-龥]))?"
    return SimpleNamespace(
        annex=re.compile(rf"{opening}{of}(?:{annex}{number}[)\]*]*(?:[:. ]+|{end})|附:)(?P<title>[^\n]*)"),
        glossary=re.compile(rf"{opening}(?P<title>{of}[一-龥]{{0,6}}{glossary}){closing}{end}"),
        list=re.compile(rf"{opening}(?P<title>[^\n。,;:、()《]{{0,36}}{lists}(?:\([^()\n]{{1,12}}\))?){closing}{end}"),
        marked=re.compile(rf"(?= *(?:\*\*|#)){opening}(?P<title>[^\n。,;:、《*]{{2,36}}){closing}{end}"),
        note=re.compile(rf"{opening}(?P<title>{lexicon.any_of('note_words')})(?:[0-9]{{0,2}}:|{closing}{end})"),
        signed=re.compile(rf" *{DATE} *"),
    )


class _Numbers:
    """The numbers of each style and the ends of lines, to be asked what stands before a place and what behind it."""

    def __init__(self, text: str, lines: Sequence[Marker]) -> None:
        self.ends = [found.start() for found in re.finditer("\n", text)]
        self.all = lines
        self.starts = [marker.start for marker in lines]
        self.styles: dict[str, list[Marker]] = {}
        for marker in lines:
            self.styles.setdefault(marker.style, []).append(marker)

    def between(self, start: int, end: int) -> Sequence[Marker]:
        return self.all[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def go_on(self, start: int, at: int) -> bool:
        """Tell whether the numbers of some style since ``start`` count on behind ``at``."""
        for own in self.styles.values():
            here = bisect_left(own, at, key=_start)
            if 0 < here < len(own) and own[here - 1].start >= start and own[here].number == own[here - 1].number + 1:
                return True
        return False

    def lines(self, start: int, end: int) -> int:
        """Return how many lines end from ``start`` to ``end``."""
        return bisect_left(self.ends, end) - bisect_left(self.ends, start)

    def begin(self, start: int, at: int, style: str = "") -> bool:
        """Tell whether right behind ``at`` something is counted from 1, where something was counted before.

        With a ``style`` both are counted in it.
        """
        here, first = bisect_left(self.starts, at), bisect_left(self.starts, start)
        before = [marker for marker in self.styles.get(style, []) if start <= marker.start < at] if style else None
        if here == len(self.all) or (here - first if before is None else len(before)) < 2:
            return False
        following = self.all[here]
        if style and following.style != style:
            return False
        return following.number == 1 and self.lines(at, following.start) <= LIST_HEAD


def _start(marker: Marker) -> int:
    return marker.start


def cut(policy: Policy, found: Sequence[Marker]) -> list[Part]:
    """Return the parts of ``policy``, a partition of the text that is read; ``found`` are its numbers."""
    text = policy.masked
    known = _patterns(policy.lexicon)
    numbers = _Numbers(text, [marker for marker in found if marker.line_start])
    size = len(text)
    opened = [Part(0, MAIN, policy.title, 0, size, size)]
    for boundary in re.compile(r"(?:^|\n)(?=[^\n]*\S)").finditer(text):
        at, current = boundary.end(), opened[-1]
        kind, line = _kind(known, text, at)
        if line is None or numbers.go_on(current.start, at):
            continue
        if not current.number and not numbers.between(0, at) and at < LONG_TEXT:
            continue  # the document itself is the annex of a notice
        title = line["title"].strip(" *:")
        if kind == ANNEX and _announced(known, text, at):
            if current.stop == size:
                opened[-1] = current._replace(stop=at)
            continue
        if current.number and kind != ANNEX and numbers.lines(current.start, at) <= 2 and current.title == title:
            continue  # the title of the annex that has just begun
        if kind == LIST and not numbers.begin(current.start, at):
            continue
        if kind == MARKED and not (numbers.begin(current.start, at, "cn_dot") and at > size / 2):
            continue
        if kind == NOTE and (not current.number and size - at > size / 3):
            continue
        if kind == ANNEX and not title:
            title = _title_below(text, line.end(), numbers)
        if kind == ANNEX and known.glossary.match(title):
            kind = GLOSSARY
        bound("too_many_parts", policy.source_file or policy.doc, policy.lexicon["limits.parts"], len(opened))
        opened.append(Part(len(opened), ANNEX if kind in (LIST, MARKED) else kind, title, at, size, size))
    ends = [part.start for part in opened[1:]] + [size]
    return [part._replace(end=end, stop=min(part.stop, end)) for part, end in zip(opened, ends, strict=True)]


def _kind(known: SimpleNamespace, text: str, at: int) -> tuple[str, re.Match[str] | None]:
    """Return of what kind the part is that may begin at ``at``, and the line that says so."""
    for kind in (GLOSSARY, ANNEX, LIST, NOTE, MARKED):
        line = getattr(known, kind).match(text, at)
        if line and len(line["title"]) <= LONGEST_TITLE and "。" not in line["title"][:-1]:
            return kind, line
    return "", None


def _announced(known: SimpleNamespace, text: str, at: int) -> bool:
    """Tell whether a line 附件:… begins a list of attachments: short lines, and a date or an annex behind them."""
    end = at
    for count in range(ANNOUNCED):
        line_end = text.find("\n", end)
        line = text[end : line_end if line_end != -1 else len(text)].strip()
        if count and known.signed.fullmatch(line):
            return True
        if len(line) > LONGEST_TITLE or "。" in line or line_end == -1 or (count and known.annex.match(line)):
            return False
        if not count and not re.search(r": *\S", line):
            return False
        end = line_end + 1
    return False


def _title_below(text: str, at: int, numbers: _Numbers) -> str:
    """Return the line below a bare line 附件, if it is a title."""
    found = re.compile(r"\s*([^\n]*)").match(text, at)
    line = found[1].strip(" *#:") if found else ""
    numbered = found is not None and bool(numbers.between(found.start(1), found.end()))
    return line if len(line) <= LONGEST_TITLE and "。" not in line and not numbered else ""
