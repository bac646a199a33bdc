"""Policy → sections, clauses and responsible bodies, found from the document's own sequence of numbers.

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
from typing import TYPE_CHECKING, NamedTuple

from policycmp import lexicon, schema
from policycmp.documents import Policy
from policycmp.errors import PolicyError
from policycmp.numerals import chinese

if TYPE_CHECKING:
    import pandas as pd

LONGEST_TITLE = 45  # characters: the longest lead sentence of the shipped texts has 21, a sentence of prose some 60
LONGEST_HEADING = 60
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
    boundary = re.compile(rf"(?:(?P<line>^|\n)|(?<=[。;!)\]”:]))[ #*]*(?:(?:{leftover})\s*)*")
    styles = {name: re.compile(pattern) for name, pattern in _STYLES.items()}
    found = []
    for gap in boundary.finditer(policy.folded):
        for style, pattern in styles.items():
            match = pattern.match(policy.folded, gap.end())
            if match:
                digits = next(group for group in match.groups() if group)
                number = int(digits) if digits.isascii() else chinese(digits)
                if number is not None:
                    found.append(Marker(style, int(number), gap.end(), match.end(), gap["line"] is not None))
                break
    return found


def outline(policy: Policy) -> Outline:
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
        raise PolicyError(policy.source_file, "no numbered clauses found", "give a text with headings such as 一、 and (一)")
    heads = _chain(found, section_style, notices, odd=True) if section_style else []
    sections = [Unit(i, 0, marker, 0) for i, marker in enumerate(heads, 1)]
    clauses: list[Unit] = []
    bounds = [unit.marker.start for unit in sections] + [len(policy.folded)]
    last = 0
    for i, start in enumerate(bounds[:-1] if sections else [0]):
        inside = [m for m in found if m.style == clause_style and start < m.start < bounds[i + 1 if sections else 0] or
                  (not sections and m.style == clause_style)]  # fmt: skip
        chain = _clause_chain(inside, last, notices)
        last = chain[-1].number if chain else last
        clauses += [Unit(i + 1 if sections else 0, marker.number, marker, 0) for marker in chain]
    if not clauses:
        raise PolicyError(policy.source_file, "no numbered clauses found", "give a text with headings such as 一、 and (一)")
    result = Outline(policy, sections, clauses, sorted(notices))
    _bound(result)
    for unit in sections:
        _read_section(policy, unit, next((c.marker.start for c in clauses if c.section == unit.section), unit.end))
    for unit in clauses:
        _read_clause(policy, unit, last=unit is clauses[-1])
    result.notices.sort()
    return result


def _styles(found: list[Marker]) -> tuple[str, str]:
    """Return the style that divides the text into sections and the one that divides those into clauses."""
    for style in _SECTION_STYLES[:2]:
        chain = _longest(found, style)
        if len(chain) < 2:
            continue
        firsts = Counter()  # type: Counter[str]
        for i, marker in enumerate(chain):
            end = chain[i + 1].start if i + 1 < len(chain) else found[-1].start + 1
            lower = [m for m in found if marker.start < m.start < end and m.style in _CLAUSE_STYLES and m.style != style]
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


def _chain(found: list[Marker], style: str, notices: list[Notice], *, odd: bool) -> list[Marker]:
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
    known = {m.start for m in chain}
    numbers = {m.number for m in chain}
    first = 1 if (not chain or chain[0].number == 1) else last + 1
    filled = list(chain)
    for marker in (m for m in inside if m.start not in known and not m.line_start):
        before = [m for m in filled if m.start < marker.start]
        expected = max(before, key=lambda m: m.start).number + 1 if before else first if chain or last == 0 else last + 1
        after = [m for m in filled if m.start > marker.start]
        if marker.number not in numbers and (marker.number == expected or (not before and marker.number == 1)):
            if not after or marker.number < min(m.number for m in after):
                filled.append(marker)
                numbers.add(marker.number)
    filled.sort(key=lambda m: m.start)
    for one, two in zip(filled, filled[1:], strict=False):
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


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``start, end`` without the white space at both ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _brackets(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the outermost round or square brackets between ``start`` and ``end``, in their order."""
    depth, opened, found = 0, 0, []
    for i in range(start, end):
        if text[i] in "([":
            opened = i if depth == 0 else opened
            depth += 1
        elif text[i] in ")]" and depth:
            depth -= 1
            if depth == 0:
                found.append((opened, i + 1))
    if depth and end - opened < 400:
        found.append((opened, end))  # never closed: what is left is the bracket
    return found


def _names_bodies(policy: Policy, start: int, end: int) -> bool:
    inner = policy.folded[start + 1 : end].rstrip(")] \n")
    words = policy.words
    label = re.match(rf"{lexicon.any_of(words['responsible_labels'])}[^:、]{{0,4}}:", inner)
    return bool(label) or inner.endswith(tuple(words["responsible_endings"]))


def _read_section(policy: Policy, unit: Unit, first_clause: int) -> None:
    """Split a section's head into heading, lead agencies and the paragraph below."""
    text, start = policy.folded, unit.marker.end
    limit = min(first_clause, unit.end) if first_clause > start else unit.end
    line_end = text.find("\n", start, limit)
    head_end = line_end if line_end != -1 else limit
    bracket = next((b for b in _brackets(text, start, head_end) if _names_bodies(policy, *b)), None)
    title_end = head_end
    if bracket:
        title_end, head_end = bracket[0], bracket[1]
        unit.bodies = bodies(policy, *bracket, default="lead")
    elif head_end - start > LONGEST_HEADING:
        stop = text.find("。", start, head_end)
        title_end = head_end = stop if stop != -1 else head_end
    unit.title = _strip(text, start, title_end)
    unit.text = _strip(text, head_end, limit)
    if unit.text[0] < unit.text[1] and text[unit.text[0]] == "。":
        unit.text = _strip(text, unit.text[0] + 1, limit)
    unit.end = limit


def _read_clause(policy: Policy, unit: Unit, *, last: bool) -> None:
    """Split a clause into title, text and responsible bodies."""
    text = policy.folded
    start, end = _strip(text, unit.marker.end, unit.end)
    found = [b for b in _brackets(text, start, end) if _names_bodies(policy, *b)]
    if found:
        bracket = found[-1]
        for one in found:
            unit.bodies += bodies(policy, *one, default="responsible")
        tail = _strip(text, bracket[1], end)
        if last:
            unit.end, end = bracket[1], bracket[0]
        elif tail[0] >= tail[1] or text[tail[0] : tail[1]] in "。.":
            end = bracket[0]
    else:
        end = _labelled_line(policy, unit, start, end)
        if last:
            end = unit.end = _closing(policy, start, end)
    start, end = _strip(text, start, end)
    stop = re.compile(r"[。\n]").search(text, start, min(end, start + LONGEST_TITLE + 1))
    unit.title = _strip(text, start, stop.start()) if stop else (start, start)
    if not stop and end - start <= LONGEST_TITLE:
        unit.title = (start, end)
    after = stop.end() if stop else unit.title[1]
    unit.text = _strip(text, after, end)


def _labelled_line(policy: Policy, unit: Unit, start: int, end: int) -> int:
    """Read a last paragraph 责任单位:… that stands without a bracket; return where the text before it ends."""
    label = re.compile(rf"(?:^|\n|(?<=。)) *{lexicon.any_of(policy.words['responsible_labels'])}:")
    found = None
    for match in label.finditer(policy.folded, start, end):
        found = found or match
    if not found or "\n" in policy.folded[found.start() + 1 : end].strip() and end - found.start() > 300:
        return end
    unit.bodies += bodies(policy, found.start(), end, default="responsible")
    return found.start()


def _closing(policy: Policy, start: int, end: int) -> int:
    """Return where the last clause ends: before a paragraph that closes the document."""
    closing = re.compile(rf"\n\s*{lexicon.any_of(policy.words['closing'])}").search(policy.folded, start, end)
    return closing.start() if closing else end


def _split(text: str, marks: str) -> list[str]:
    """Split at ``marks`` outside every bracket."""
    parts, depth, current = [], 0, ""
    for c in text:
        depth += (c in "([〈<") - (c in ")]〉>")
        if c in marks and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += c
    return [*parts, current]


def bodies(policy: Policy, start: int, end: int, *, default: str) -> list[tuple[str, str, str]]:
    """Return ``(body, alias, role)`` for each body named between ``start`` and ``end``, as printed.

    A group such as 牵头单位:A or A、B牵头 makes its members leads; other members get the role ``default``.
    """
    words = policy.words
    inner = "".join(policy.folded[start:end].split())
    inner = inner[1:] if inner[:1] in "([" else inner
    inner = inner[:-1] if inner[-1:] in ")]" and inner.count("(") + inner.count("[") < inner.count(")") + inner.count("]") else inner
    endings = re.compile(rf"(?:{lexicon.any_of(words['responsible_endings'])})+$")
    etc = re.compile(rf"{lexicon.any_of(words['body_endings'])}$")
    label = re.compile(rf"^{lexicon.any_of(words['responsible_labels'])}[^:、,;]{{0,4}}:")
    named: list[tuple[str, str, str]] = []
    for part in _split(inner.split("。")[0], ";"):
        group_label = label.match(part)
        role = default
        if group_label:
            lead = any(word in group_label[0] for word in words["lead_labels"])
            role = "lead" if lead else "responsible"
            part = part[group_label.end() :]
        for group in _split(part, ","):
            relabel = label.match(group)
            if relabel:
                role = "lead" if any(word in relabel[0] for word in words["lead_labels"]) else "responsible"
                group = group[relabel.end() :]
            ending = endings.search(group)
            own = ("lead" if "牵头" in ending[0] else "responsible") if ending else role
            group = group[: ending.start()] if ending else group
            for name in _split(group, "、"):
                body, alias = _alias(etc.sub("", name.strip()))
                if body and len(body) <= 40:
                    named.append((body, alias, own))
    return list(dict.fromkeys(named))


def _alias(name: str) -> tuple[str, str]:
    """Split 新区科技和人才局〈区科技局〉 into body and alias."""
    found = re.fullmatch(r"(.+?)[(\[〈<]([^()\[\]〈〉<>]+)[)\]〉>]", name)
    return (found[1], found[2]) if found else (name.strip("()[]〈〉<>"), "")


def section_table(result: Outline) -> pd.DataFrame:
    """Return the table `sections`."""
    text = result.policy.text
    return schema.frame(
        "sections",
        (
            {
                "doc": result.policy.doc, "section": unit.section, "heading": text[slice(*unit.title)],
                "lead": "、".join(body for body, _, role in unit.bodies if role == "lead"),
                "text": text[slice(*unit.text)], "start": unit.text[0], "end": unit.text[1],
            }
            for unit in result.sections
        ),
    )  # fmt: skip


def clause_table(result: Outline) -> pd.DataFrame:
    """Return the table `clauses`."""
    text = result.policy.text
    return schema.frame(
        "clauses",
        (
            {
                "doc": result.policy.doc, "section": unit.section, "clause": unit.clause, "title": text[slice(*unit.title)],
                "text": text[slice(*unit.text)], "bodies": "、".join(body for body, _, _ in unit.bodies),
                "start": unit.text[0], "end": unit.text[1],
            }
            for unit in result.clauses
        ),
    )  # fmt: skip


def responsibility_table(result: Outline) -> pd.DataFrame:
    """Return the table `responsibilities`: leads of the sections (clause 0) and bodies of the clauses."""
    units = sorted([*result.sections, *result.clauses], key=lambda unit: unit.marker.start)
    return schema.frame(
        "responsibilities",
        (
            {
                "doc": result.policy.doc, "section": unit.section, "clause": unit.clause,
                "position": position, "body": body, "alias": alias, "role": role,
            }
            for unit in units
            for position, (body, alias, role) in enumerate(unit.bodies, 1)
        ),
    )  # fmt: skip


def document_row(result: Outline) -> dict[str, object]:
    """Return the row of the table `documents`."""
    policy = result.policy
    names = schema.columns("documents")
    row: dict[str, object] = {name: getattr(policy, name) for name in names if hasattr(policy, name)}
    return row | {"characters": len(policy.text), "sections": len(result.sections), "clauses": len(result.clauses)}
