"""Responsible bodies: where a clause or heading names them, and who leads.

A bracket names bodies if it begins with a label (责任单位:), or says behind a name what it does (A牵头) where a
sentence ends before it or the paragraph behind it, or if it closes a paragraph and holds nothing but names of
authorities. A label may also open a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from policycmp.keeping import once
from policycmp.text.lexicon import Lexicon, any_of

LONGEST_NAME = 40  # characters
LONGEST_BRACKET = 400  # characters of a bracket that is never closed
DEEPEST = 4  # brackets in one another: more name no bodies, and are not looked into

Span = tuple[int, int]


class Body(NamedTuple):
    """A responsible body as it is named, what stands in a bracket behind it, and its role: lead or responsible."""

    name: str
    alias: str
    role: str


class _Patterns(NamedTuple):
    label: re.Pattern[str]  # 责任单位:
    lead: re.Pattern[str]  # 牵头
    doing: re.Pattern[str]  # 按职责分工负责, at the end of names
    etc: re.Pattern[str]  # 等有关部门, at the end of a name
    joined: re.Pattern[str]  # between two names: 会同, 和各
    spaced: re.Pattern[str]
    authority: re.Pattern[str]
    note: re.Pattern[str]  # what names nobody, but says something of those named: 下同
    nobody: re.Pattern[str]  # 有关部门
    first_leads: re.Pattern[str]  # 列第一位者为牵头单位


@once
def _patterns(lexicon: Lexicon) -> _Patterns:
    """Return the patterns that the word lists make."""
    any_of_lists = lexicon.any_of
    lead = any_of_lists("lead_words")
    does = any_of_lists("lead_words", "responsible_words")
    label = any_of_lists("lead_words", "responsible_words", "label_words")
    behind = "(?:" + "|".join(f"(?<={word})" for word in lexicon["authority_endings"]) + ")"
    place = any_of(["各", *lexicon["body_places"]])
    labelled = rf" *\[?[一-龥]{{0,4}}?{label}+(?:单位|部门|主体|机构|科室|方)?(?:\([^()]*\))?(?:\]:?|:)"
    return _Patterns(
        label=re.compile(labelled),
        lead=re.compile(lead),
        doing=re.compile(rf"{any_of_lists('doing_together')}*{does}+$"),
        etc=re.compile(rf"{any_of_lists('body_endings')}$"),
        joined=re.compile(rf"会同|{behind}(?:以及|[及和与])(?={place})|(?:以及|[及和与])(?=各)"),
        spaced=re.compile(rf"{behind} +(?=[一-龥])"),
        authority=re.compile(rf"[^,。:]*{any_of_lists('authority_endings', 'authority_last')}"),
        note=re.compile(any_of_lists("body_notes")),
        nobody=re.compile(any_of_lists("nobody")),
        first_leads=re.compile(rf"{any_of_lists('first_of_list')}[^,。;]{{0,12}}{lead}"),
    )


def first_leads(said: str, lexicon: Lexicon) -> bool:
    """Tell whether it is said that the first body of every list leads."""
    return bool(_patterns(lexicon).first_leads.search(said))


def brackets(text: str, start: int, end: int, lexicon: Lexicon, *, heading: bool = False) -> list[Span]:
    """Return the brackets between ``start`` and ``end`` that name responsible bodies, in their order."""
    known = _patterns(lexicon)
    found: list[Span] = []
    for begin, stop in sorted(_bracketed(text, start, end, known)):
        inside_another = found and stop <= found[-1][1]
        if not inside_another and _names_bodies(text, (begin, stop), (start, end), known, heading=heading):
            found.append((begin, stop))
    return found


def _bracketed(text: str, start: int, end: int, known: _Patterns) -> Iterator[Span]:
    """Yield every bracket; one with a label that is never closed is what is left of its paragraph."""
    opened: list[tuple[int, int]] = []  # where, and how many lie in one another inside it
    for mark in re.compile(r"[(\[)\]]").finditer(text, start, end):
        if mark[0] in "([":
            opened.append((mark.start(), 1))
        elif opened:
            begin, depth = opened.pop()
            if depth <= DEEPEST:
                yield begin, mark.end()
            if opened:
                above, most = opened[-1]
                opened[-1] = above, max(most, depth + 1)
    for begin, _ in opened:
        longest = begin + LONGEST_BRACKET
        line_end = text.find("\n", begin, min(end, longest))
        stop = min(end, longest) if line_end == -1 else line_end
        if stop < longest and known.label.match(text, begin + 1, stop):
            yield begin, stop


def _names_bodies(text: str, bracket: Span, clause: Span, known: _Patterns, *, heading: bool) -> bool:
    """Tell whether a bracket names bodies, from what is in it and what stands around it in its clause."""
    begin, stop = bracket
    inner = text[begin + 1 : stop].rstrip(")]。 \n")
    groups = split(inner.split("。")[0], ";,")
    before = text[max(clause[0], begin - 40) : begin].rstrip()[-1:]
    behind = text[stop : min(clause[1], stop + 40)].lstrip("。; ")
    closes = behind[:1] in {"", "\n"}
    parted = heading or closes or before in {*"。;!?)]”", ""} or text[stop : stop + 1] in {"。", ";"}
    if any(known.label.match(group) or (parted and known.doing.search(group)) for group in groups):
        return True
    if not closes or before not in {*"。;!?"}:
        return False
    listed = [name for group in groups for name in split(group, "、")]
    return all(known.authority.fullmatch(known.etc.sub("", name.split("(")[0].strip())) for name in listed)


def labelled(text: str, start: int, end: int, lexicon: Lexicon) -> list[Span]:
    """Return the span of the last lines that begin with a label, or of a last sentence 由A牵头,B、C配合."""
    known = _patterns(lexicon)
    line_starts = re.compile(r"(?:\n|(?<=[。;\n])) *(?=[^\n:。]{2,14}[:\]])").finditer(text, start, end)
    spots = [spot for spot in [start, *(found.end() for found in line_starts)] if known.label.match(text, spot, end)]
    if not spots:
        return _last_sentence(text, start, end, known)
    first = len(spots) - 1
    while first and not re.search(r"\n|。.", text[spots[first - 1] : spots[first]].strip()):
        first -= 1  # 牵头单位:A and below it 配合单位:B
    found = re.compile(r"[^\n]*(?:\n *[一-龥]{2,8}:[^\n]*)*").match(text, spots[first], end)  # 完成时限:… below it, too
    return [found.span()] if found and found.end() - found.start() < LONGEST_BRACKET else []


def _last_sentence(text: str, start: int, end: int, known: _Patterns) -> list[Span]:
    """Return the span of the last sentence if it says who does what: 由A牵头,B、C配合."""
    said = max(start, text.rfind("。", start, max(start, end - 1)) + 1, end - LONGEST_BRACKET)
    groups = split(text[said:end].strip("。 \n"), ",")
    told = said > start and groups[0].startswith("由") and all(known.doing.search(group) for group in groups)
    return [(said, end)] if told else []


def split(text: str, marks: str) -> list[str]:
    """Split at ``marks`` outside every bracket."""
    parts, depth, begin = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "([〈<") - (char in ")]〉>")
        if char in marks and depth <= 0:
            parts.append(text[begin:at])
            begin = at + 1
    return [*parts, text[begin:]]


def read_bodies(printed: str, lexicon: Lexicon, *, default: str) -> list[Body]:
    """Return each body that is named in ``printed``.

    A group such as 牵头单位:A or A、B牵头 makes its members leads; other members get the role ``default``.
    """
    known = _patterns(lexicon)
    inner = re.sub(r"\n\s*(?=[^\n:]{2,14}[:\]])", ";", printed)  # a label may open a line of its own
    inner = _without_bracket("".join(known.spaced.sub("、", inner).split()))
    first_sentence = re.sub(r"。(?=[^。:;,]{2,14}:)", ";", inner).split("。")[0]
    found: list[Body] = []
    for part in split(first_sentence, ";"):
        found += _in_part(part, default, known)
    return list(dict.fromkeys(found))


def _without_bracket(words: str) -> str:
    """Return ``words`` without the bracket that is around them."""
    words = words[1:] if words[:1] in {"(", "["} else words
    closed = sum(map(words.count, ")]")) > sum(map(words.count, "(["))
    return words[:-1] if closed and words[-1:] in {")", "]"} else words


def _in_part(part: str, role: str, known: _Patterns) -> Iterator[Body]:
    """Yield the bodies of a part; a label gives the groups behind it their role, what a group does its own one."""
    for group in split(part, ","):
        label = known.label.match(group)
        if label:
            role = _role(label[0], known)
            group = group[label.end() :]
        elif re.match(r"[一-龥]{2,10}:", group):
            role = ""  # 完成时限:, 责任领导: no body follows
        if not role or known.note.search(group):
            continue
        doing = known.doing.search(group)
        names = known.joined.sub("、", group[: doing.start()] if doing else group)
        for name in split(names, "、"):
            body = _named(name.strip("*由"), _role(doing[0], known) if doing else role, known)
            if body:
                yield body


def _role(words: str, known: _Patterns) -> str:
    """Return the role that a label, or what a body does, gives."""
    return "lead" if known.lead.search(words) else "responsible"


def _named(name: str, role: str, known: _Patterns) -> Body | None:
    """Return the body of one name, with what stands in a bracket behind it as its alias or its role."""
    body, alias = known.etc.sub("", name), ""
    bracket = re.fullmatch(r"(.+?)[(\[〈<]([^()\[\]〈〉<>]+)[)\]〉>]", body)
    if not bracket:
        body = re.sub(r"^[(\[〈<>)\]〉]+|[(\[〈<]+$", "", body)
    elif known.doing.fullmatch(bracket[2]):
        body, role = bracket[1], _role(bracket[2], known)
    elif not body.startswith("各"):
        body, alias = bracket[1], bracket[2]
    body = body.replace("[", "〔").replace("]", "〕")  # as printed: folding had made them one
    return Body(body, alias, role) if 0 < len(body) <= LONGEST_NAME and not known.nobody.fullmatch(body) else None
