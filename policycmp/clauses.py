"""Sections and clauses → heading, lead agency, title, text and the responsible bodies with their aliases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from policycmp import bodies, lexicon, schema
from policycmp.documents import Policy
from policycmp.outline import LONGEST_HEADING, Outline, Unit, divide

if TYPE_CHECKING:
    import pandas as pd

LONGEST_TITLE = 45  # characters: the longest lead sentence of the shipped texts has 21, a sentence of prose some 60
# Share of the clauses that begin with a short sentence and go on behind it. Of 17 documents read for this, those whose
# clauses have titles reach 0.7 to 1, one in which half of them have 0.42, the rules and notices without any 0 to 0.17.
TITLED, UNTITLED = 0.6, 0.25


class Lead(NamedTuple):
    """The lead sentence of a clause: its span, where the text goes on, and what speaks for a title."""

    start: int
    stop: int
    after: int
    fit: bool
    more: bool
    own: bool
    rule: bool = False


def read(policy: Policy) -> Outline:
    """Find the sections and clauses of ``policy`` and read each.

    Raises
    ------
    PolicyError
        If the text has no numbered clauses.
    """
    result = divide(policy)
    for unit in result.sections:
        _read_section(policy, unit)
    final = max([*result.sections, *result.clauses], key=lambda unit: unit.marker.start)
    ends = "。" if _wrapped(policy.folded) else "。\n"
    first_leads = False
    leads = []
    for unit in result.clauses:
        spans = _read_bodies(policy, unit, last=unit is final)
        leads.append(_lead(policy, unit, spans, ends))
        first_leads = first_leads or any(
            bodies.first_leads(policy.folded[slice(*span)], policy.extra) for span in spans
        )
        if first_leads and unit.bodies and not any(role == "lead" for _, _, role in unit.bodies):
            name, alias, role = unit.bodies[0]
            unit.bodies[0] = (name, alias, role if name.startswith("各") else "lead")
    _entitle(policy.folded, result.clauses, leads)
    return result


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Return ``start, end`` without the white space at both ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _read_section(policy: Policy, unit: Unit) -> None:
    """Split a section's head into heading, lead agencies and the paragraph below."""
    text, start, limit = policy.folded, unit.marker.end, unit.end
    line_end = text.find("\n", start, limit)
    title_end = head_end = line_end if line_end != -1 else limit
    named = bodies.brackets(text, start, head_end, policy.extra, heading=True)[:1]
    below = _strip(text, head_end, limit)[0]
    if named:
        title_end, head_end = named[0]
    else:  # the bracket may have a line of its own
        spans = bodies.brackets(text, below, limit, policy.extra, heading=True)
        named = [span for span in spans if span[0] == below]
        head_end = named[0][1] if named else head_end
    for span in named:
        unit.bodies = bodies.read(text[slice(*span)], policy.extra, default="lead")
    if not named and 0 <= text.find("。", start, title_end) - start <= LONGEST_HEADING:
        title_end = head_end = text.index("。", start)
    unit.title = _strip(text, start, title_end)
    if text[unit.title[1] - 1] == ":":
        unit.title = (unit.title[0], unit.title[1] - 1)
    if text[head_end : head_end + 1] == "。":
        head_end += 1
    unit.text = _strip(text, head_end, limit)


def _read_bodies(policy: Policy, unit: Unit, *, last: bool) -> list[tuple[int, int]]:
    """Read the bodies of a clause, cut what is no part of it, and return where its bodies are named."""
    text = policy.folded
    start, end = _strip(text, unit.marker.end, unit.end)
    spans = bodies.brackets(text, start, end, policy.extra) or bodies.labelled(text, start, end, policy.extra)
    found = [body for span in spans for body in bodies.read(text[slice(*span)], policy.extra, default="responsible")]
    unit.bodies = list(dict.fromkeys(found))
    if spans:
        begin, stop = spans[-1]
        if last and text[start:begin].strip():
            unit.end, end = stop, begin
        elif not text[stop:end].strip("。. \n"):
            end = begin
    elif last:
        unit.end = end = _closing(policy, start, end)
    unit.text = _strip(text, start, end)
    return spans


def _closing(policy: Policy, start: int, end: int) -> int:
    """Return where the last clause ends: before a paragraph, or a note on validity, that closes the document."""
    words, validity = (lexicon.any_of(policy.words[name]) for name in ("closing", "validity"))
    found = re.compile(rf"\n\s*{words}|(?<=。) *{words}[^。]{{0,60}}{validity}").search(policy.folded, start, end)
    return found.start() if found else end


def _wrapped(text: str) -> bool:
    """Tell whether lines end where they are full, not where a paragraph ends."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    usual = sorted(map(len, lines))[len(lines) * 9 // 10] if lines else 0
    full = [line for line in lines if len(line) > 0.7 * usual and line[-1] not in "。;:!?)”"]
    return usual <= LONGEST_HEADING and len(full) > 0.4 * len(lines)


def _lead(policy: Policy, unit: Unit, spans: list[tuple[int, int]], ends: str) -> Lead:
    """Return the lead sentence of a clause; it ends at one of ``ends``."""
    text, (start, end) = policy.folded, unit.text
    inside = text.find("]", start, min(end, start + LONGEST_TITLE))
    if text[start : start + 1] == "[" and inside != -1:  # [title] in brackets of its own
        return Lead(start + 1, inside, inside + 1, fit=True, more=inside + 1 < end, own=True)
    found = re.compile(rf"[^。\n,;:]{{2,15}}(?<![是为下括有列])(?=:[^\n])|[^{ends}]*").match(text, start, end)
    stop = found.end() if found else start
    after = min(stop + 1, end)
    if spans and spans[0][0] < stop:  # the bodies stand behind the title
        stop, after = spans[0]
        after += text[after : after + 1] == "。"
    closing = re.compile(lexicon.any_of(policy.words["closing"])).match(text, start)
    fit = stop - start <= LONGEST_TITLE and text.count(",", start, stop) < 2 and not closing and text[stop - 1] != ":"
    more = bool(text[after:end].strip())
    rule = re.compile(rf"[0-9]|{lexicon.any_of(policy.words['rules'])}").search(text, start, stop)
    return Lead(start, stop, after, fit=fit, more=more, own=more and text[stop : stop + 1] == "\n", rule=bool(rule))


def _entitle(text: str, clauses: list[Unit], leads: list[Lead]) -> None:
    """Split each clause into title and text: a lead sentence is a title where most of the document's are."""
    share = sum(lead.fit and lead.more for lead in leads) / len(leads)
    for unit, lead in zip(clauses, leads, strict=True):
        phrase = lead.more and "," not in text[lead.start : lead.stop]
        usual = share >= UNTITLED if phrase else share >= TITLED and not lead.rule
        if lead.fit and (lead.own or usual):
            unit.title = _strip(text, lead.start, lead.stop)
            unit.text = _strip(text, lead.after, max(lead.after, unit.text[1]))
        else:
            unit.title = (unit.text[0], unit.text[0])


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
