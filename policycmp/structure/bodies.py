"""Responsible bodies: where a clause or heading names them, and who leads.

A bracket names bodies if it begins with a label (责任单位:), or says behind a name what it does (A牵头) where a
sentence ends before it or the paragraph behind it, or if it closes a paragraph and holds nothing but names of
authorities. A label may also open a line of its own.
"""

from __future__ import annotations

import re
from types import SimpleNamespace

from policycmp.text.lexicon import Lexicon, any_of, once

LONGEST_NAME = 40  # characters
LONGEST_BRACKET = 400  # characters of a bracket that is never closed

Body = tuple[str, str, str]  # name, alias, role


@once
def patterns(lexicon: Lexicon) -> SimpleNamespace:
    """Return the patterns that the word lists make."""
    lead, endings = lexicon.any_of("lead_words"), lexicon["authority_endings"]
    does = lexicon.any_of("lead_words", "responsible_words")
    label = lexicon.any_of("lead_words", "responsible_words", "label_words")
    behind = "(?:" + "|".join(f"(?<={word})" for word in endings) + ")"
    place = any_of(["各", *lexicon["body_places"]])
    written = {
        "label": rf" *\[?[一-龥]{{0,4}}?{label}+(?:单位|部门|主体|机构|科室|方)?(?:\([^()]*\))?(?:\]:?|:)",
        "lead": lead,
        "doing": rf"{lexicon.any_of('doing_together')}*{does}+$",
        "etc": rf"{lexicon.any_of('body_endings')}$",
        "joined": rf"会同|{behind}(?:以及|[及和与])(?={place})|(?:以及|[及和与])(?=各)",
        "spaced": rf"{behind} +(?=[一-龥])",
        "name": rf"[^,。:]*{lexicon.any_of('authority_endings', 'authority_last')}",
        "note": lexicon.any_of("body_notes"),
        "nobody": lexicon.any_of("nobody"),
        "first_leads": rf"{lexicon.any_of('first_of_list')}[^,。;]{{0,12}}{lead}",
    }
    return SimpleNamespace(**{name: re.compile(pattern) for name, pattern in written.items()})


def brackets(text: str, start: int, end: int, lexicon: Lexicon, *, heading: bool = False) -> list[tuple[int, int]]:
    """Return the brackets between ``start`` and ``end`` that name responsible bodies, in their order."""
    known = patterns(lexicon)
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for mark in re.compile(r"[(\[)\]]").finditer(text, start, end):
        if mark[0] in "([":
            opened.append(mark.start())
        elif opened:
            pairs.append((opened.pop(), mark.end()))
    for i in opened:  # never closed: what is left of the paragraph is the bracket
        stop = min(end, i + LONGEST_BRACKET)
        stop = text.find("\n", i, stop) if "\n" in text[i:stop] else stop
        pairs += [(i, stop)] if stop < i + LONGEST_BRACKET and known.label.match(text, i + 1, stop) else []
    found: list[tuple[int, int]] = []
    for a, b in sorted(pairs):
        inner = text[a + 1 : b].rstrip(")]。 \n")
        groups = split(inner.split("。")[0], ";,")
        before, behind = text[max(start, a - 40) : a].rstrip()[-1:], text[b : min(end, b + 40)].lstrip("。; ")
        closes = behind[:1] in {"", "\n"}
        parted = heading or closes or before in {*"。;!?)]”", ""} or text[b : b + 1] in {"。", ";"}
        named = any(known.label.match(group) or (parted and known.doing.search(group)) for group in groups)
        if not named and closes and before in {*"。;!?"}:
            names = [known.etc.sub("", name.split("(")[0].strip()) for group in groups for name in split(group, "、")]
            named = all(known.name.fullmatch(name) for name in names)
        if named and not (found and b <= found[-1][1]):
            found.append((a, b))
    return found


def labelled(text: str, start: int, end: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the span of the last lines that begin with a label, or of a last sentence 由A牵头,B、C配合."""
    known = patterns(lexicon)
    lines = [
        match.end() for match in re.compile(r"(?:\n|(?<=[。;\n])) *(?=[^\n:。]{2,14}[:\]])").finditer(text, start, end)
    ]
    spots = [spot for spot in [start, *lines] if known.label.match(text, spot, end)]
    if not spots:
        said = max(start, text.rfind("。", start, max(start, end - 1)) + 1, end - LONGEST_BRACKET)
        groups = split(text[said:end].strip("。 \n"), ",")
        told = said > start and groups[0].startswith("由") and all(known.doing.search(group) for group in groups)
        return [(said, end)] if told else []
    while len(spots) > 1 and not re.search(r"\n|。.", text[spots[-2] : spots[-1]].strip()):
        spots[-2:] = [spots[-2]]  # 牵头单位:A and below it 配合单位:B
    found = re.compile(r"[^\n]*(?:\n *[一-龥]{2,8}:[^\n]*)*").match(text, spots[-1], end)  # 完成时限:… below it, too
    return [found.span()] if found and found.end() - found.start() < LONGEST_BRACKET else []


def split(text: str, marks: str) -> list[str]:
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


def read_bodies(printed: str, lexicon: Lexicon, *, default: str) -> list[Body]:
    """Return ``(body, alias, role)`` for each body named in ``printed``.

    A group such as 牵头单位:A or A、B牵头 makes its members leads; other members get the role ``default``.
    """
    known = patterns(lexicon)
    inner = re.sub(r"\n\s*(?=[^\n:]{2,14}[:\]])", ";", printed)  # a label may open a line of its own
    inner = "".join(known.spaced.sub("、", inner).split())
    inner = inner[1:] if inner[:1] in {"(", "["} else inner
    if inner[-1:] in {")", "]"} and sum(map(inner.count, "([")) < sum(map(inner.count, ")]")):
        inner = inner[:-1]
    found: list[Body] = []
    for part in split(re.sub(r"。(?=[^。:;,]{2,14}:)", ";", inner).split("。")[0], ";"):
        role = default
        for group in split(part, ","):
            label = known.label.match(group)
            if label:
                role = "lead" if known.lead.search(label[0]) else "responsible"
                group = group[label.end() :]
            elif re.match(r"[一-龥]{2,10}:", group):
                role = ""  # 完成时限:, 责任领导: no body follows
            doing = known.doing.search(group)
            own = role if not doing else "lead" if known.lead.search(doing[0]) else "responsible"
            if role and not known.note.search(group):
                names = known.joined.sub("、", group[: doing.start()] if doing else group)
                found += [body for name in split(names, "、") for body in _named(name.strip("*由"), own, known)]
    return list(dict.fromkeys(found))


def _named(name: str, role: str, known: SimpleNamespace) -> list[Body]:
    """Return the body of one name, with what stands in a bracket behind it as its alias or its role."""
    body, alias = known.etc.sub("", name), ""
    bracket = re.fullmatch(r"(.+?)[(\[〈<]([^()\[\]〈〉<>]+)[)\]〉>]", body)
    if bracket and known.doing.fullmatch(bracket[2]):
        body, role = bracket[1], "lead" if known.lead.search(bracket[2]) else "responsible"
    elif bracket and not body.startswith("各"):
        body, alias = bracket[1], bracket[2]
    elif not bracket:
        body = re.sub(r"^[(\[〈<>)\]〉]+|[(\[〈<]+$", "", body)
    body = body.replace("[", "〔").replace("]", "〕")  # as printed: folding had made them one
    return [(body, alias, role)] if body and len(body) <= LONGEST_NAME and not known.nobody.fullmatch(body) else []
