"""Policy → where its sections and clauses begin and end, and what is odd in their numbering."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from policycmp.errors import PolicyError
from policycmp.reading.policy import Policy
from policycmp.structure.bodies import Body
from policycmp.structure.gaps import Gaps
from policycmp.structure.markers import LONGEST_HEADING, RANK, Marker, Notice, markers
from policycmp.structure.numbering import clauses_in, levels, title


@dataclass
class Unit:
    """A section or a clause: its number, where it stands, and the bodies named in it."""

    section: int
    clause: int
    marker: Marker
    end: int
    title: tuple[int, int] = (0, 0)
    text: tuple[int, int] = (0, 0)
    bodies: list[Body] = field(default_factory=list)


@dataclass
class Outline:
    """The parsed structure: sections and clauses in their order, and what was odd."""

    policy: Policy
    sections: list[Unit]
    clauses: list[Unit]
    notices: list[Notice]

    def units(self) -> list[Unit]:
        """Return the sections and clauses in the order of the text."""
        return sorted([*self.sections, *self.clauses], key=lambda unit: unit.marker.start)

    def place(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield ``(start, end, section, clause)``: a partition of the text that is read."""
        size = len(self.policy.folded)
        position = before = 0
        units = self.units()
        limits = [*(unit.marker.start for unit in units[1:]), size]
        for unit, limit in zip(units, limits, strict=True):
            start = unit.marker.start
            if start > position:  # the heading of a group of clauses belongs to the section alone
                yield position, start, before if unit.section == before else 0, 0
            position, before = min(unit.end, limit), unit.section
            yield start, position, unit.section, unit.clause
        if position < size:
            yield position, size, 0, 0


def divide(policy: Policy) -> Outline:
    """Find the sections and clauses of ``policy``.

    Raises
    ------
    PolicyError
        If the text has no numbered clauses.
    """
    found = markers(policy)
    heads, inner = levels(policy, found)
    size = _annex(policy, heads or inner)
    if size < len(policy.folded):
        found = [marker for marker in found if marker.start < size]
        heads, inner = levels(policy, found)
    nothing = PolicyError("no_clauses", policy.source_file)
    if not inner:
        raise nothing
    notices: list[Notice] = []
    if policy.copies > 1:
        notices.append(Notice(policy.body_end, "copies", "text_copies", policy.copies))
    chosen = set(inner)
    strong = [marker for marker in found if marker.line_start or marker in chosen]
    if heads:
        anew = [two.start for one, two in pairwise(heads) if two.number <= one.number]
        free = [marker for marker in found if marker not in chosen]
        heads, odd = Gaps(policy.folded, free, {"cn_paren"}, "section").fill(heads, [0, *anew, size])
        notices += odd
        found, strong = ([marker for marker in some if marker not in heads] for some in (found, strong))
        inner = clauses_in(heads, strong)
        if not inner:  # what looked like clauses were headings that had been missing
            raise nothing
    starts = [head.start for head in heads]
    gaps = Gaps(policy.folded, found, {head.style for head in heads}, "clause")
    kept, odd = gaps.fill(inner, [*(starts or [0]), size])
    kept, odd = _out_of_order(heads, kept, strong, odd)
    clauses = [Unit(bisect_left(starts, marker.start), marker.number, marker, 0) for marker in kept]
    sections = [Unit(number, 0, marker, 0) for number, marker in enumerate(heads, 1)]
    result = Outline(policy, sections, clauses, sorted([*notices, *odd]))
    _bound(result, strong, size)
    return result


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
        notices = [notice for notice in notices if notice[2:] != ("clause_missing", marker.number)]
        notices.append(Notice(marker.start, "numbering", "out_of_order", marker.number))
    return sorted(clauses, key=lambda marker: marker.start), notices


def _annex(policy: Policy, outer: list[Marker]) -> int:
    """Return where an annex begins: behind the first headings, at a line 附件 behind which they do not count on."""
    text = policy.folded
    for line in re.compile(r"(?:^|\n) *附(?:[件表录] ?[0-9一二三四五六七八九]{0,2} ?(?=[:.\n]|$)|:)").finditer(text):
        before = [marker.number for marker in outer if marker.start < line.start()]
        after = [marker.number for marker in outer if marker.start > line.start()]
        if before and after[:1] != [before[-1] + 1]:
            return line.start()
    return len(text)


def _bound(result: Outline, strong: list[Marker], size: int) -> None:
    """Set where each section and clause ends."""
    text = result.policy.folded
    units = result.units()
    starts = [marker.start for marker in strong]
    for unit, following in pairwise(units):
        unit.end = following.marker.start
        if not following.clause and following.marker.number == 1:
            second = title(result.policy, unit.marker.end, unit.end)
            unit.end = second.start() if second else unit.end
        if following.clause:
            inside = strong[bisect_right(starts, unit.marker.start) : bisect_left(starts, unit.end)]
            unit.end = _before_group(text, inside, following.marker, unit.end)
    units[-1].end = _signed(text, units[-1].marker.end, size)


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
    digit = "[0-9一二三四五六七八九十〇○零]"
    date = rf"\(?{digit}{{4}} ?年 ?{digit}{{1,3}} ?月 ?{digit}{{1,3}} ?日\)?"
    found = re.compile(rf"\n *(?:\(此件|抄送|{date} *(?=\n|$))").search(text, start, end)
    if not found:
        return end
    signed = re.compile(r"(?:\n *[^\n,。;:、()]{2,40})*\s*$").search(text, start, found.start())
    return signed.start() if signed and found[0].strip()[0] not in "(抄" else found.start()
