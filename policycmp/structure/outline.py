"""Policy → where its sections and clauses begin and end, and what is odd in their numbering."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from policycmp.errors import PolicyError
from policycmp.reading.policy import Policy
from policycmp.structure.numbering import RANK, Gaps, Marker, Notice, clauses_in, levels, markers, title

LONGEST_HEADING = 60  # characters


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
        before = 0
        for i, unit in enumerate(units):
            if unit.marker.start > position:  # the heading of a group of clauses belongs to the section alone
                yield position, unit.marker.start, before if unit.section == before else 0, 0
            limit = units[i + 1].marker.start if i + 1 < len(units) else len(self.policy.folded)
            position, before = min(unit.end, limit), unit.section
            yield unit.marker.start, position, unit.section, unit.clause
        if position < len(self.policy.folded):
            yield position, len(self.policy.folded), 0, 0


def divide(policy: Policy) -> Outline:
    """Find the sections and clauses of ``policy``.

    Raises
    ------
    PolicyError
        If the text has no numbered clauses.
    """
    found = markers(policy)
    size = len(policy.folded)
    heads, inner = levels(policy, found)
    annex = _annex(policy, heads or inner)
    if annex < size:
        size = annex
        found = [marker for marker in found if marker.start < annex]
        heads, inner = levels(policy, found)
    nothing = PolicyError("no_clauses", policy.source_file)
    if not inner:
        raise nothing
    notices = []
    if policy.copies > 1:
        notices.append(Notice(policy.body_end, "copies", "text_copies", policy.copies))
    chosen = set(inner)
    strong = [marker for marker in found if marker.line_start or marker in chosen]
    if heads:
        anew = [two.start for one, two in pairwise(heads) if two.number <= one.number]
        free = [marker for marker in found if marker not in chosen]
        heads, odd = Gaps(policy.folded, free, {"cn_paren"}, "section").fill(heads, [0, *anew, size])
        notices += odd
        inner = clauses_in(heads, strong)
        if not inner:  # what looked like clauses were headings that had been missing
            raise nothing
    starts = [head.start for head in heads]
    kept, odd = Gaps(policy.folded, found, {head.style for head in heads}, "clause").fill(
        inner, [*(starts or [0]), size]
    )
    used = {(bisect_left(starts, marker.start), marker.style, marker.number) for marker in kept}
    places = {place[:2] for place in used}
    known = {marker.start for marker in [*heads, *kept]}
    for marker in strong:
        place = bisect_left(starts, marker.start), marker.style
        if marker.start in known or place not in places:
            continue
        if {(*place, marker.number - 1), (*place, marker.number + 1)} & used and (*place, marker.number) not in used:
            kept.append(marker)  # two numbers exchanged
            odd = [notice for notice in odd if notice[2:] != ("clause_missing", marker.number)]
            odd.append(Notice(marker.start, "numbering", "out_of_order", marker.number))
        else:
            odd.append(Notice(marker.start, "numbering", "out_of_order_left", marker.number))
    kept.sort(key=lambda marker: marker.start)
    clauses = [Unit(bisect_left(starts, marker.start), marker.number, marker, 0) for marker in kept]
    sections = [Unit(i, 0, marker, 0) for i, marker in enumerate(heads, 1)]
    result = Outline(policy, sections, clauses, sorted([*notices, *odd]))
    _bound(result, strong, size)
    return result


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
    units = sorted([*result.sections, *result.clauses], key=lambda unit: unit.marker.start)
    starts = [marker.start for marker in strong]
    for unit, following in pairwise(units):
        unit.end = following.marker.start
        if not following.clause and following.marker.number == 1:
            second = title(result.policy, unit.marker.end, unit.end)
            unit.end = second.start() if second else unit.end
        inside = strong[bisect_right(starts, unit.marker.start) : bisect_left(starts, unit.end)]
        outer = [marker for marker in inside if RANK[marker.style] < RANK[following.marker.style]]
        for marker in reversed(outer):  # a heading of a group of clauses, right before the next one
            line = text[marker.start : unit.end].strip()
            if not following.clause or len(line) > LONGEST_HEADING or "\n" in line or "。" in line[:-1]:
                break
            if sum(other.style == marker.style for other in inside) == 1:
                unit.end = marker.start
    units[-1].end = _signed(text, units[-1].marker.end, size)


def _signed(text: str, start: int, end: int) -> int:
    """Return where the text ends: before the signature with its date, the note on publication or the copies."""
    digit = "[0-9一二三四五六七八九十〇○零]"
    date = rf"\(?{digit}{{4}} ?年 ?{digit}{{1,3}} ?月 ?{digit}{{1,3}} ?日\)?"
    found = re.compile(rf"\n *(?:\(此件|抄送|{date} *(?=\n|$))").search(text, start, end)
    if not found:
        return end
    signed = re.compile(r"(?:\n *[^\n,。;:、()]{2,40})*\s*$").search(text, start, found.start())
    return signed.start() if signed and found[0].strip()[0] not in "(抄" else found.start()
