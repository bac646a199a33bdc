"""Policy → where its sections and clauses begin and end, found from the document's own sequence of numbers.

A heading is recognised by what number follows which, not by one pattern: the style that counts 1, 2, 3 … over
the whole text divides it into sections, the style of the first heading inside the sections divides those into
clauses. A number that is missing in one style but stands at a line's start in another (`5、` among 一、二、) is
taken and reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from policycmp.documents import Policy
from policycmp.errors import PolicyError
from policycmp.numerals import chinese

LARGEST_GAP = 3  # numbers that may be missing in a row before a marker counts as something else

_CN = "[一二三四五六七八九十百零〇]{1,5}"
_STYLES = {
    "chapter": rf"第({_CN}|[0-9]{{1,2}})[章编篇]|第({_CN})部分",
    "cn_dot": rf"({_CN})[、.](?![0-9])",
    "article": rf"第({_CN}|[0-9]{{1,3}})条(?![例款])[:、.]?",
    "cn_paren": rf"\(({_CN})\)[、.]?",
    "num_dot": r"([0-9]{1,3})(?:[、](?![0-9])|\.(?![0-9]))",
    "num_paren": r"\(([0-9]{1,3})\)[、.]?|([0-9]{1,3})\)",
}
_SECTION_STYLES = ("chapter", "cn_dot", "num_dot")
_CLAUSE_STYLES = ("cn_dot", "article", "cn_paren", "num_dot", "num_paren")


class Marker(NamedTuple):
    """A printed number that may head a section or a clause; the heading's text begins at ``end``."""

    style: str
    number: int
    start: int
    end: int
    line_start: bool


class Notice(NamedTuple):
    """Something odd in a document, and where."""

    offset: int
    kind: str
    text: str


@dataclass
class Unit:
    """A section or a clause: its number, where it stands, and the bodies named in it."""

    section: int
    clause: int
    marker: Marker
    end: int
    title: tuple[int, int] = (0, 0)
    text: tuple[int, int] = (0, 0)
    bodies: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Outline:
    """The parsed structure: sections and clauses in their order, and what was odd."""

    policy: Policy
    sections: list[Unit]
    clauses: list[Unit]
    notices: list[Notice]

    def place(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield ``(start, end, section, clause)``: a partition of the text that is read."""
        position = 0
        units = sorted([*self.sections, *self.clauses], key=lambda unit: unit.marker.start)
        for i, unit in enumerate(units):
            if unit.marker.start > position:
                yield position, unit.marker.start, 0, 0
            limit = units[i + 1].marker.start if i + 1 < len(units) else len(self.policy.folded)
            position = min(unit.end, limit)
            yield unit.marker.start, position, unit.section, unit.clause
        if position < len(self.policy.folded):
            yield position, len(self.policy.folded), 0, 0


def markers(policy: Policy) -> list[Marker]:
    """Return every printed number that may head something, in the order of the text."""
    leftover = "|".join(policy.words["leftovers"])
    boundary = re.compile(rf"(?:(?P<line>^|\n)|(?<=[。;!)\]”:]))[ #*]*(?P<left>(?:(?:{leftover})\s*)*)")
    styles = {name: re.compile(pattern) for name, pattern in _STYLES.items()}
    found = []
    for gap in boundary.finditer(policy.folded):
        for style, pattern in styles.items():
            match = pattern.match(policy.folded, gap.end())
            if match:
                digits = next(group for group in match.groups() if group)
                number = int(digits) if digits.isascii() else chinese(digits)
                if number is not None:
                    start = gap.start("left")  # what a word processor left belongs to no text
                    found.append(Marker(style, int(number), start, match.end(), gap["line"] is not None))
                break
    return found


def divide(policy: Policy) -> Outline:
    """Find the sections and clauses of ``policy``.

    Raises
    ------
    PolicyError
        If the text has no numbered clauses.
    """
    found = markers(policy)
    notices: list[Notice] = []
    if policy.copies > 1:
        notices.append(Notice(policy.body_end, "copies", f"全文在源文件中出现 {policy.copies} 次，只读第一份"))
    section_style, clause_style = _styles(found)
    if not clause_style:
        raise PolicyError(
            policy.source_file, "no numbered clauses found", "give a text with headings such as 一、 and (一)"
        )
    heads = _chain(found, section_style, clause_style, notices, odd=True) if section_style else []
    sections = [Unit(i, 0, marker, 0) for i, marker in enumerate(heads, 1)]
    clauses: list[Unit] = []
    bounds = [unit.marker.start for unit in sections] + [len(policy.folded)]
    last = 0
    for i, start in enumerate(bounds[:-1] if sections else [0]):
        end = bounds[i + 1] if sections else len(policy.folded)
        inside = [m for m in found if m.style == clause_style and (not sections or start < m.start < end)]
        chain = _clause_chain(inside, last, notices)
        last = chain[-1].number if chain else last
        clauses += [Unit(i + 1 if sections else 0, marker.number, marker, 0) for marker in chain]
    if not clauses:
        raise PolicyError(
            policy.source_file, "no numbered clauses found", "give a text with headings such as 一、 and (一)"
        )
    result = Outline(policy, sections, clauses, sorted(notices))
    _bound(result)
    return result


def _styles(found: list[Marker]) -> tuple[str, str]:
    """Return the style that divides the text into sections and the one that divides those into clauses."""
    for style in _SECTION_STYLES[:2]:
        chain = _longest(found, style)
        if not chain or chain[0].number != 1:
            continue
        firsts = Counter()  # type: Counter[str]
        for i, marker in enumerate(chain):
            end = chain[i + 1].start if i + 1 < len(chain) else found[-1].start + 1
            lower = [
                m for m in found if marker.start < m.start < end and m.style in _CLAUSE_STYLES and m.style != style
            ]
            first = next((m for m in lower if m.line_start), lower[0] if lower else None)
            if first:
                firsts[first.style] += 1
        if firsts:
            clause_style = max(firsts, key=lambda name: (firsts[name], -_CLAUSE_STYLES.index(name)))
            if sum(1 for m in found if m.style == clause_style) >= 2:
                return style, clause_style
    counts = {style: len(_longest(found, style)) for style in _CLAUSE_STYLES}
    best = max(counts, key=lambda style: (counts[style], -_CLAUSE_STYLES.index(style)))
    return "", best if counts[best] >= 2 else ""


def _longest(found: list[Marker], style: str) -> list[Marker]:
    """Return the markers of ``style`` that count up from 1, those at a line's start first."""
    own = [m for m in found if m.style == style and m.line_start]
    if len(own) < 2:
        own = [m for m in found if m.style == style]
    chain: list[Marker] = []
    for marker in own:
        last = chain[-1].number if chain else 0
        if last < marker.number <= last + 1 + (LARGEST_GAP if chain else 0):
            chain.append(marker)
    return chain


def _chain(found: list[Marker], style: str, clause_style: str, notices: list[Notice], *, odd: bool) -> list[Marker]:
    """Return the headings of ``style`` with the ones that are missing from it but printed in another style."""
    chain = _longest(found, style)
    complete: list[Marker] = []
    for marker in chain:
        last = complete[-1] if complete else None
        for number in range(last.number + 1 if last else 1, marker.number):
            after = complete[-1].start if complete else -1
            between = [m for m in found if after < m.start < marker.start and m.number == number and m.style != style]
            other = next((m for m in between if m.line_start and m.style != "cn_paren"), None) if odd else None
            if other:
                complete.append(other)
                notices.append(Notice(other.start, "style", f"第 {number} 部分的标题序号写法与其他部分不同"))
            else:
                notices.append(Notice(marker.start, "numbering", f"部分序号缺少第 {number} 个"))
        complete.append(marker)
    while odd and complete:  # the last heading may be the odd one
        last = complete[-1]
        later = [m for m in found if m.start > last.start and m.number == last.number + 1 and m.line_start]
        closing = next((m for m in later if m.style in _SECTION_STYLES and m.style != clause_style), None)
        if not closing:
            break
        complete.append(closing)
        notices.append(Notice(closing.start, "style", f"第 {closing.number} 部分的标题序号写法与其他部分不同"))
    return complete


def _clause_chain(inside: list[Marker], last: int, notices: list[Notice]) -> list[Marker]:
    """Return the clause headings of one section; ``last`` is the number before it (numbering may run on)."""
    at_start = [m for m in inside if m.line_start]
    chain: list[Marker] = []
    previous = last
    for marker in at_start:
        if not chain and marker.number == 1:
            previous = 0
        step = marker.number - previous
        if step == 0 and chain:
            notices.append(Notice(marker.start, "numbering", f"条序号 {marker.number} 重复"))
        elif not 1 <= step <= 1 + LARGEST_GAP:
            notices.append(Notice(marker.start, "numbering", f"序号 {marker.number} 与前文不连续，未作为条"))
            continue
        chain.append(marker)
        previous = marker.number
    if chain and last and chain[0].number > last + 1:
        gap = range(last + 1, chain[0].number)
        notices += [Notice(chain[0].start, "numbering", f"条序号缺少 {number}") for number in gap]
    known = {m.start for m in chain}
    numbers = {m.number for m in chain}
    first = 1 if (not chain or chain[0].number == 1) else last + 1
    filled = list(chain)
    for marker in (m for m in inside if m.start not in known and not m.line_start):
        before = [m for m in filled if m.start < marker.start]
        expected = (
            max(before, key=lambda m: m.start).number + 1 if before else first if chain or last == 0 else last + 1
        )
        after = [m for m in filled if m.start > marker.start]
        if marker.number not in numbers and (marker.number == expected or (not before and marker.number == 1)):
            if not after or marker.number < min(m.number for m in after):
                filled.append(marker)
                numbers.add(marker.number)
    filled.sort(key=lambda m: m.start)
    for one, two in pairwise(filled):
        for number in range(one.number + 1, two.number):
            notices.append(Notice(two.start, "numbering", f"条序号缺少 {number}"))
    return filled


def _bound(result: Outline) -> None:
    """Set where each section and clause ends."""
    size = len(result.policy.folded)
    starts = [unit.marker.start for unit in result.sections] + [size]
    for i, unit in enumerate(result.sections):
        unit.end = starts[i + 1]
    for i, unit in enumerate(result.clauses):
        limit = next((start for start in starts if start > unit.marker.start), size)
        following = result.clauses[i + 1].marker.start if i + 1 < len(result.clauses) else size
        unit.end = min(limit, following)
