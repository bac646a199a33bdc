"""Sections and clauses → heading, lead agency, title, text and the responsible bodies with their aliases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policycmp import lexicon, schema
from policycmp.documents import Policy
from policycmp.outline import Outline, Unit, divide

if TYPE_CHECKING:
    import pandas as pd

LONGEST_TITLE = 45  # characters: the longest lead sentence of the shipped texts has 21, a sentence of prose some 60
LONGEST_HEADING = 60


def read(policy: Policy) -> Outline:
    """Find the sections and clauses of ``policy`` and read each.

    Raises
    ------
    PolicyError
        If the text has no numbered clauses.
    """
    result = divide(policy)
    for unit in result.sections:
        first = next((c.marker.start for c in result.clauses if c.section == unit.section), unit.end)
        _read_section(policy, unit, first)
    for unit in result.clauses:
        _read_clause(policy, unit, last=unit is result.clauses[-1])
    return result


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
        head = _labelled_line(policy, unit, start, end, last=last)
        if last and head == end:
            head = unit.end = _closing(policy, start, end)
        end = head
    start, end = _strip(text, start, end)
    stop = re.compile(r"[。\n]").search(text, start, min(end, start + LONGEST_TITLE + 1))
    unit.title = _strip(text, start, stop.start()) if stop else (start, start)
    if not stop and end - start <= LONGEST_TITLE:
        unit.title = (start, end)
    after = stop.end() if stop else unit.title[1]
    unit.text = _strip(text, after, end)


def _labelled_line(policy: Policy, unit: Unit, start: int, end: int, *, last: bool) -> int:
    """Read a last paragraph 责任单位:… that stands without a bracket; return where the text before it ends."""
    label = re.compile(rf"(?:^|\n|(?<=。)) *{lexicon.any_of(policy.words['responsible_labels'])}:")
    found = None
    for match in label.finditer(policy.folded, start, end):
        found = found or match
    if not found or ("\n" in policy.folded[found.start() + 1 : end].strip() and end - found.start() > 300):
        return end
    line_end = policy.folded.find("\n", found.end(), end)
    stop = line_end if line_end != -1 else end
    unit.bodies += bodies(policy, found.start(), stop, default="responsible")
    unit.end = stop if not policy.folded[stop : unit.end].strip() or last else unit.end
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
    inner = (
        inner[:-1]
        if inner[-1:] in ")]" and inner.count("(") + inner.count("[") < inner.count(")") + inner.count("]")
        else inner
    )
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
            for name in _split(re.sub("[及和与](?=各)", "、", group), "、"):
                body, alias = _alias(etc.sub("", name.strip()))
                if body and len(body) <= 40:
                    named.append((body, alias, own))
    return list(dict.fromkeys(named))


def _alias(name: str) -> tuple[str, str]:
    """Split 新区科技和人才局〈区科技局〉 into body and alias."""
    found = re.fullmatch(r"(.+?)[(\[〈<]([^()\[\]〈〉<>]+)[)\]〉>]", name)
    return (
        (found[1], found[2])
        if found and not name.startswith("各")
        else (name if name.startswith("各") else name.strip("()[]〈〉<>"), "")
    )


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
                "doc": result.policy.doc, "section": unit.section, "clause": unit.clause,
                "title": text[slice(*unit.title)],
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
