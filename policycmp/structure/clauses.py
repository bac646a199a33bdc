"""Sections and clauses → heading, lead agency, title, text and the responsible bodies with their aliases."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import NamedTuple

from policycmp import schema
from policycmp.errors import PolicyError
from policycmp.reading import Policy
from policycmp.structure import bodies
from policycmp.structure.bodies import Body
from policycmp.structure.markers import LONGEST_HEADING, Marker
from policycmp.structure.outline import Outline, Unit, divide, strip
from policycmp.structure.unnumbered import paragraphs
from policycmp.text.unmarked import plain

SHORTEST_TEXT = 10  # letters: a text under a heading that is shorter says nothing that another document could answer
LONGEST_TITLE = 45  # characters: the longest lead sentence of the shipped texts has 21, a sentence of prose some 60
# Share of the clauses that begin with a short sentence and go on behind it. Of 17 documents read for this, those whose
# clauses have titles reach 0.7 to 1, one in which half of them have 0.42, the rules and notices without any 0 to 0.17.
TITLED, UNTITLED = 0.6, 0.25


class Lead(NamedTuple):
    """The lead sentence of a clause: its span, where the text goes on, and what speaks for and against a title."""

    start: int
    stop: int
    after: int
    more: bool
    fit: bool
    rule: bool


def read_structure(policy: Policy) -> Outline:
    """Find the parts, sections and clauses of ``policy`` and read each.

    Raises
    ------
    PolicyError
        If the main text has no clauses.
    """
    result = divide(policy)
    for unit in result.sections:
        _read_section(policy, unit)
    _add_texts(result)
    if not any(unit.part == 0 for unit in result.clauses):
        raise PolicyError("no_clauses", policy.source_file)
    finals = {unit.part: unit.marker for unit in result.units()}
    ends = "。" if _wrapped(policy.masked) else "。\n"
    first_leads = False  # until a clause says so
    leads: dict[int, list[tuple[Unit, Lead]]] = {part.number: [] for part in result.parts}
    for unit in result.clauses:
        spans = _read_bodies(policy, unit, last=unit.marker is finals[unit.part])
        leads[unit.part].append((unit, _lead(policy, unit, spans, ends)))
        said = "".join(policy.masked[start:end] for start, end in spans)
        first_leads = first_leads or bodies.first_leads(said, policy.lexicon)
        if first_leads:
            unit.bodies = _led_by_the_first(unit.bodies)
    for led in leads.values():
        _entitle(policy.masked, led)
    return result


def _led_by_the_first(named: list[Body]) -> list[Body]:
    """Return the bodies of a clause with the first as their lead, unless one is named or it is 各…."""
    if not named or named[0].name.startswith("各") or any(body.role == "lead" for body in named):
        return named
    return [named[0]._replace(role="lead"), *named[1:]]


def _add_texts(result: Outline) -> None:
    """Make clauses of the text under the heading of a section that has no numbered clause: one, or its paragraphs.

    Each paragraph is one where most of them begin with a lead sentence, as in a report's review.
    """
    text = result.policy.masked
    divided = {(unit.part, unit.section) for unit in result.clauses}
    for unit in result.sections:
        start, end = unit.text
        if (unit.part, unit.section) in divided or len(re.findall(r"\w", text[start:end])) < SHORTEST_TEXT:
            continue
        begins = [marker.start for marker in paragraphs(result.policy, (start, end))] or [start]
        for number, (begin, stop) in enumerate(pairwise([*begins, unit.end]), 1):
            dashes = re.compile(r"[\s#*]*-+(?=[一-龥“])").match(text, begin, stop)  # ——综合实力明显提升。
            marker = Marker("text", number, begin, dashes.end() if dashes else begin, True)
            result.clauses.append(Unit(unit.section, number, marker, stop, part=unit.part))
        unit.end, unit.text = begins[0], strip(text, start, begins[0])
    result.clauses.sort(key=lambda unit: unit.marker.start)


def _read_section(policy: Policy, unit: Unit) -> None:
    """Split a section's head into heading, lead agencies and the paragraph below."""
    text, start, limit = policy.masked, unit.marker.end, unit.end
    line_end = text.find("\n", start, limit)
    title_end = head_end = limit if line_end == -1 else line_end
    named = bodies.brackets(text, start, head_end, policy.lexicon, heading=True)[:1]
    if named:
        title_end, head_end = named[0]
    else:  # the bracket may have a line of its own
        below = strip(text, head_end, limit)[0]
        own_line = bodies.brackets(text, below, limit, policy.lexicon, heading=True)
        named = [(begin, end) for begin, end in own_line if begin == below]
        head_end = named[0][1] if named else head_end
    for begin, end in named:
        unit.bodies = bodies.read_bodies(text[begin:end], policy.lexicon, default="lead")
    if not named and 0 <= text.find("。", start, title_end) - start <= LONGEST_HEADING:
        title_end = head_end = text.index("。", start)
    head_end += text[head_end : head_end + 1] == "。"
    unit.title = strip(text, start, title_end - (text[title_end - 1] == ":"))
    unit.text = strip(text, head_end, limit)


def _read_bodies(policy: Policy, unit: Unit, *, last: bool) -> list[tuple[int, int]]:
    """Read the bodies of a clause, cut what is no part of it, and return where its bodies are named."""
    text, lexicon = policy.masked, policy.lexicon
    start, end = strip(text, unit.marker.end, unit.end)
    spans = bodies.brackets(text, start, end, lexicon) or bodies.labelled(text, start, end, lexicon)
    found = [bodies.read_bodies(text[begin:stop], lexicon, default="responsible") for begin, stop in spans]
    unit.bodies = list(dict.fromkeys(chain.from_iterable(found)))
    begin, stop = spans[-1] if spans else (end, end)
    if last and not spans:
        unit.end = end = _closing(policy, start, end)
    elif last and text[start:begin].strip():
        unit.end, end = stop, begin
    elif re.compile(r"(?:\([^()]*\)|[。.;\s])*").fullmatch(text, stop, end):  # nothing but (完成时限:…) behind it
        end = begin
        for before, behind in reversed(spans[:-1]):  # (牵头单位:A)(配合单位:B)
            end = before if not text[behind:end].strip("。 ") else end
    unit.text = strip(text, start, end)
    return spans


def _closing(policy: Policy, start: int, end: int) -> int:
    """Return where the paragraph, or the note on validity, begins that closes the document; ``end`` if none does."""
    words, validity = policy.lexicon.any_of("closing"), policy.lexicon.any_of("validity")
    pattern = re.compile(rf"\n *{words}|(?<=。) *{words}[^。]{{0,60}}{validity}")
    found = pattern.search(policy.masked, start, end)
    return found.start() if found else end


def _wrapped(text: str) -> bool:
    """Tell whether lines end where they are full, not where a paragraph ends."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    usual = sorted(map(len, lines))[len(lines) * 9 // 10] if lines else 0
    full = [line for line in lines if len(line) > 0.7 * usual and line[-1] not in "。;:!?)”"]
    return usual <= LONGEST_HEADING and len(full) > 0.4 * len(lines)


def _lead(policy: Policy, unit: Unit, spans: list[tuple[int, int]], ends: str) -> Lead:
    """Return the lead sentence of a clause; it ends at one of ``ends``."""
    text, (start, end) = policy.masked, unit.text
    own = re.compile(rf"\[([^\n\]]{{1,{LONGEST_TITLE}}})\]").match(text, start, end)
    if own:  # [title] in brackets of its own
        return Lead(*own.span(1), own.end(), more=own.end() < end, fit=True, rule=False)
    found = re.compile(rf"[^。\n,;:]{{2,15}}(?<![是为下括有列])(?=:[^\n])|[^{ends}]*").match(text, start, end)
    stop = found.end() if found else start
    after = min(stop + 1, end)
    if spans and spans[0][0] < stop:  # the bodies stand behind the title
        stop, after = spans[0]
        after += text[after : after + 1] == "。"
    closing = re.compile(policy.lexicon.any_of("closing")).match(text, start)
    short = stop - start <= LONGEST_TITLE and text.count(",", start, stop) < 2
    fit = short and not closing and text[stop - 1] != ":"
    rule = re.compile(rf"[0-9]|{policy.lexicon.any_of('rules')}").search(text, start, stop)
    return Lead(start, stop, after, more=bool(text[after:end].strip()), fit=fit, rule=bool(rule))


def _entitle(text: str, led: list[tuple[Unit, Lead]]) -> None:
    """Split each clause of a part into title and text: a lead sentence is a title where most of them are."""
    share = sum(lead.fit and lead.more for _, lead in led) / max(1, len(led))
    for unit, lead in led:
        if lead.more and "," not in text[lead.start : lead.stop]:  # a phrase, or a line of its own
            usual = share >= UNTITLED or text[lead.stop] in "\n]"
        else:
            usual = share >= TITLED and not lead.rule
        if lead.fit and usual:
            unit.title = strip(text, lead.start, lead.stop)
            unit.text = strip(text, lead.after, max(lead.after, unit.text[1]))
        else:
            unit.title = (unit.text[0], unit.text[0])


def part_rows(result: Outline) -> list[schema.Record]:
    """Return the rows of the table `parts`."""
    rows = ({"doc": result.policy.doc, "part": part.number} | part._asdict() for part in result.parts)
    return schema.complete("parts", rows)


def section_rows(result: Outline) -> list[schema.Record]:
    """Return the rows of the table `sections`."""
    rows = []
    for unit in result.sections:
        leads = [body.name for body in unit.bodies if body.role == "lead"]
        rows.append(_place(result, unit) | _printed(result, unit, "heading") | {"lead": "、".join(leads)})
    return schema.complete("sections", rows)


def clause_rows(result: Outline) -> list[schema.Record]:
    """Return the rows of the table `clauses`."""
    rows = []
    for unit in result.clauses:
        named = "、".join(body.name for body in unit.bodies)
        rows.append(_place(result, unit) | _printed(result, unit, "title") | {"bodies": named})
    return schema.complete("clauses", rows)


def responsibility_rows(result: Outline) -> list[schema.Record]:
    """Return the rows of the table `responsibilities`: leads of the sections (clause 0) and bodies of the clauses."""
    rows = []
    for unit in result.units():
        for position, (name, alias, role) in enumerate(unit.bodies, 1):
            own = {"position": position, "body": name, "alias": alias, "role": role}
            rows.append(_place(result, unit) | own)
    return schema.complete("responsibilities", rows)


def document_rows(result: Outline) -> list[schema.Record]:
    """Return the one row of the table `documents`."""
    policy = result.policy
    names = schema.columns("documents")
    row: dict[str, object] = {name: getattr(policy, name) for name in names if hasattr(policy, name)}
    main = result.of_part(0)
    counts = {"characters": len(policy.text), "sections": len(main.sections), "clauses": len(main.clauses)}
    return schema.complete("documents", [row | counts])


def _place(result: Outline, unit: Unit) -> dict[str, object]:
    return {"doc": result.policy.doc, "part": unit.part, "section": unit.section, "clause": unit.clause}


def _printed(result: Outline, unit: Unit, heading: str) -> dict[str, object]:
    """Return the cells of what a unit says, its title under the name ``heading``."""
    text, (start, end) = result.policy.text, unit.text
    return {heading: plain(text[slice(*unit.title)]), "text": text[start:end], "start": start, "end": end}
