"""Policy → where its sections and clauses begin and end, and what is odd in their numbering."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from policycmp.reading import Policy
from policycmp.schema import Place
from policycmp.structure.bodies import Body
from policycmp.structure.gaps import Gaps
from policycmp.structure.levels import Levels, clauses_in, levels, title, torn_out
from policycmp.structure.markers import LONGEST_HEADING, RANK, STYLES, Marker, Notice, markers
from policycmp.structure.parts import ANNEX, DATE, MAIN, Part, cut
from policycmp.structure.unnumbered import headings, paragraphs, subheadings


@dataclass
class Unit:
    """A section or a clause: its number, where it stands, the bodies named in it, and the part that holds it."""

    section: int
    clause: int
    marker: Marker
    end: int
    title: tuple[int, int] = (0, 0)
    text: tuple[int, int] = (0, 0)
    bodies: list[Body] = field(default_factory=list)
    part: int = 0

    @property
    def place(self) -> Place:
        """Its section and its clause; of a section the clause is 0."""
        return Place(self.section, self.clause)


class Block(NamedTuple):
    """A stretch of the text: in which part, section and clause it stands, and the headings above it."""

    start: int
    end: int
    part: Part
    section: int
    clause: int
    headings: tuple[str, ...]

    @property
    def place(self) -> Place:
        """The section and the clause."""
        return Place(self.section, self.clause)


@dataclass
class Outline:
    """The parsed structure: parts, sections and clauses in their order, and what was odd.

    ``groups`` are the spans of headings that stand between a section and its clauses.
    """

    policy: Policy
    sections: list[Unit]
    clauses: list[Unit]
    notices: list[Notice]
    parts: list[Part]
    groups: list[tuple[int, int]] = field(default_factory=list)

    def units(self) -> list[Unit]:
        """Return the sections and clauses in the order of the text."""
        return sorted([*self.sections, *self.clauses], key=lambda unit: unit.marker.start)

    def of_part(self, number: int) -> Outline:
        """Return the outline of one part alone."""
        part = next(part for part in self.parts if part.number == number)
        return replace(
            self,
            sections=[unit for unit in self.sections if unit.part == number],
            clauses=[unit for unit in self.clauses if unit.part == number],
            notices=[notice for notice in self.notices if part.start <= notice.offset < part.end],
            parts=[part],
            groups=[span for span in self.groups if part.start <= span[0] < part.end],
        )

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks of the text that is read, a partition of it: each character is in exactly one."""
        units: dict[int, list[Unit]] = {part.number: [] for part in self.parts}
        for unit in self.units():
            units[unit.part].append(unit)
        starts = [start for start, _ in self.groups]
        for part in self.parts:
            yield from self._blocks(part, units[part.number], starts)

    def spans(self) -> dict[tuple[int, Place], tuple[int, int]]:
        """Return where each clause of each part, and what stands outside all clauses, begins and ends."""
        found: dict[tuple[int, Place], tuple[int, int]] = {}
        for block in self.blocks():
            found.setdefault((block.part.number, block.place), (block.start, block.end))
        return found

    def _blocks(self, part: Part, units: list[Unit], starts: list[int]) -> Iterator[Block]:
        text = self.policy.text
        names = {unit.section: (text[slice(*unit.title)],) for unit in units if not unit.clause}
        position, before, since = part.start, 0, part.start
        limits = [*(unit.marker.start for unit in units[1:]), part.end]
        for unit, limit in zip(units, limits, strict=False):
            start = unit.marker.start
            above: tuple[str, ...] = names.get(unit.section, ())
            since = since if unit.clause else start
            nearest = bisect_left(starts, start) - 1
            if unit.clause and nearest >= 0 and starts[nearest] >= since:
                above += (text[slice(*self.groups[nearest])],)
            if start > position:  # the heading of a group of clauses belongs to the section alone
                own = before if unit.section == before else 0
                yield Block(position, start, part, own, 0, names.get(own, ()))
            position, before = min(unit.end, limit), unit.section
            if position > start:
                yield Block(start, position, part, unit.section, unit.clause, above)
        if position < part.end:
            yield Block(position, part.end, part, 0, 0, ())


def divide(policy: Policy) -> Outline:
    """Find the parts of ``policy``, and the sections and clauses of each."""
    found = markers(policy)
    result = Outline(policy, [], [], [], cut(policy, found))
    if policy.copies > 1:
        result.notices.append(Notice(policy.body_end, "copies", "text_copies", policy.copies))
    starts = [marker.start for marker in found]
    for part in result.parts:
        own = found[bisect_left(starts, part.start) : bisect_left(starts, part.stop)]
        if part.kind in (MAIN, ANNEX):
            _divide(result, part, own)
    result.notices.sort()
    return result


def _divide(result: Outline, part: Part, found: list[Marker]) -> None:
    """Add the sections and clauses of one part, whose numbers are ``found``."""
    policy, window = result.policy, (part.start, part.stop)
    outline = levels(policy, found, window)
    if outline.heads:
        outline = _with_missing_heads(policy, outline, found, window, result.notices)
    else:
        outline = _without_numbers(policy, outline, found, window, result.notices)
    heads, inner, groups = outline
    starts = [head.start for head in heads]
    taken = {*starts}
    found = [marker for marker in found if marker.start not in taken]
    chosen = {*inner, *groups}
    strong = [marker for marker in found if marker.line_start or marker in chosen]
    if inner and inner[0].style in STYLES:
        gaps = Gaps(policy.masked, found, {head.style for head in heads}, "clause", taken)
        inner, odd = gaps.fill(inner, [*(starts or [part.start]), part.stop])
        tops = {marker.start for marker in groups}
        inner, odd = _out_of_order(heads, inner, [marker for marker in strong if marker.start not in tops], odd)
        result.notices += odd
    headed = {marker.start for marker in inner}
    groups = [marker for marker in groups if marker.start not in headed]  # one may be a number that was missing
    clauses = [Unit(bisect_left(starts, marker.start), marker.number, marker, 0, part=part.number) for marker in inner]
    sections = [Unit(i, 0, marker, 0, part=part.number) for i, marker in enumerate(heads, 1)]
    _bound(policy, sections, clauses, groups, strong, part)
    result.sections += sections
    result.clauses += clauses
    result.groups += [_line(policy.masked, marker) for marker in groups]


def _with_missing_heads(
    policy: Policy, outline: Levels, found: list[Marker], window: tuple[int, int], notices: list[Notice]
) -> Levels:
    """Return the outline with the headings whose numbers are missing, as far as they can be found."""
    chosen = {*outline.inner, *outline.groups}
    own = {*outline.heads}
    free = [marker for marker in found if marker not in own]
    anew = [two.start for one, two in pairwise(outline.heads) if two.number < max(2, one.number)]
    barred, inner = {marker.start for marker in chosen}, {marker.style for marker in outline.inner}
    gaps = Gaps(policy.masked, free, {"cn_paren"}, "section", barred, inner)
    heads, odd = gaps.fill(outline.heads, [window[0], *anew, window[1]])
    notices += odd
    taken = {*heads}
    strong = [marker for marker in free if marker not in taken and (marker.line_start or marker in chosen)]
    return Levels(heads, *clauses_in(heads, strong))


def _without_numbers(
    policy: Policy, outline: Levels, found: list[Marker], window: tuple[int, int], notices: list[Notice]
) -> Levels:
    """Return the outline by headings that have no number, or by paragraphs where nothing else divides the text."""
    heads = headings(policy, found, window)
    if heads and (not outline.inner or heads[0].start < outline.inner[0].start):
        inner, groups = clauses_in(heads, [marker for marker in found if marker.line_start])
        return Levels(heads, inner or subheadings(policy, heads, window), groups)
    if outline.inner:
        return outline
    inner = paragraphs(policy, window)
    torn = torn_out(policy, found, window) if window[0] == 0 else []
    if torn and (not inner or torn[0].start <= inner[0].start):
        return Levels([], torn, []) if len(torn) > 1 else Levels(torn, *clauses_in(torn, found))
    if inner:
        notices.append(Notice(inner[0].start, "unnumbered", "by_paragraphs", len(inner)))
    return Levels([], inner, [])


def _out_of_order(
    heads: Sequence[Marker], kept: Sequence[Marker], strong: Sequence[Marker], notices: list[Notice]
) -> tuple[list[Marker], list[Notice]]:
    """Return the clauses with those whose numbers were exchanged with a neighbour's, and the notices with what is odd.

    Looked at are the markers in the style of their section's clauses that are none of them.
    """
    starts = [head.start for head in heads]
    used = {(bisect_left(starts, marker.start), marker.style, marker.number) for marker in kept}
    styles = {place[:2] for place in used}
    known = {marker.start for marker in [*heads, *kept]}
    clauses = list(kept)
    for marker in strong:
        place = bisect_left(starts, marker.start), marker.style
        if marker.start in known or place not in styles:
            continue
        beside = {(*place, marker.number - 1), (*place, marker.number + 1)}
        if beside.isdisjoint(used) or (*place, marker.number) in used:
            notices.append(Notice(marker.start, "numbering", "out_of_order_left", marker.number))
            continue
        clauses.append(marker)
        notices.append(Notice(marker.start, "numbering", "out_of_order", marker.number))
    astray = {notice.number for notice in notices if notice.key == "out_of_order"}
    told = [notice for notice in notices if notice.key != "clause_missing" or notice.number not in astray]
    return sorted(clauses, key=lambda marker: marker.start), told


def _line(text: str, marker: Marker) -> tuple[int, int]:
    """Return the span of what stands behind a number on its line."""
    end = text.find("\n", marker.end)
    return strip(text, marker.end, end if end != -1 else len(text))


def strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``start, end`` without the white space, and the marks of headings and bold type, at both ends."""
    while start < end and (text[start].isspace() or text[start] in "*#"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*#"):
        end -= 1
    return start, end


def _bound(
    policy: Policy, sections: list[Unit], clauses: list[Unit], groups: list[Marker], strong: list[Marker], part: Part
) -> None:
    """Set where each section and clause ends."""
    text = policy.masked
    units = sorted([*sections, *clauses], key=lambda unit: unit.marker.start)
    starts = [marker.start for marker in strong]
    tops = [marker.start for marker in groups]
    for unit, following in pairwise(units):
        unit.end = following.marker.start
        nearest = bisect_left(tops, unit.marker.start)
        if nearest < len(tops) and tops[nearest] < unit.end:
            unit.end = tops[nearest]
            continue
        if not following.clause and following.marker.number == 1:
            second = title(policy, unit.marker.end, unit.end)
            unit.end = second.start() if second else unit.end
        if following.clause:
            inside = strong[bisect_right(starts, unit.marker.start) : bisect_left(starts, unit.end)]
            unit.end = _before_group(text, inside, following.marker, unit.end)
    if units:
        units[-1].end = _signed(text, units[-1].marker.end, part.stop)


def _before_group(text: str, inside: Sequence[Marker], following: Marker, end: int) -> int:
    """Return where a unit ends: before the headings of groups of clauses that stand right before ``following``.

    ``inside`` are the markers in the unit; a heading is a short line of an outer style that occurs once there.
    """
    outer = [marker for marker in inside if RANK[marker.style] < RANK[following.style]]
    for marker in reversed(outer):
        line = text[marker.start : end].strip()
        if len(line) > LONGEST_HEADING or "\n" in line or "。" in line[:-1]:
            break
        if sum(other.style == marker.style for other in inside) == 1:
            end = marker.start
    return end


def _signed(text: str, start: int, end: int) -> int:
    """Return where the text ends: before the signature with its date, the note on publication or the copies."""
    found = re.compile(rf"\n *(?:\(此件|抄送|{DATE} *(?=\n|$))").search(text, start, end)
    if not found:
        return end
    signed = re.compile(r"(?:\n *[^\n,。;:、()]{2,40})*\s*$").search(text, start, found.start())
    return signed.start() if signed and found[0].strip()[0] not in "(抄" else found.start()
