"""Responsible bodies: where a clause or heading names them, and who leads.

A bracket names bodies if it begins with a label (责任单位:), or says behind a name what it does (A牵头) where a
sentence ends before it or the paragraph behind it, or if it closes a paragraph and holds nothing but names of
authorities. A label may also open a line of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from policycmp import lexicon

LONGEST_NAME = 40  # characters
LONGEST_BRACKET = 400  # characters of a bracket that is never closed

Body = tuple[str, str, str]  # name, alias, role


@dataclass(frozen=True)
class Patterns:
    """The patterns that the word lists make."""

    label: re.Pattern[str]
    lead: re.Pattern[str]
    doing: re.Pattern[str]
    etc: re.Pattern[str]
    joined: re.Pattern[str]
    spaced: re.Pattern[str]
    name: re.Pattern[str]
    note: re.Pattern[str]
    nobody: re.Pattern[str]
    first_leads: re.Pattern[str]


@cache
def patterns(extra: Path) -> Patterns:
    """Return the patterns of the word lists, with those of the file ``extra``."""
    words: dict[str, Any] = lexicon.words(extra)
    lead = lexicon.any_of(words["lead_words"])
    does = [*words["lead_words"], *words["responsible_words"]]
    labels, doing = lexicon.any_of([*does, *words["label_words"]]), lexicon.any_of(does)
    behind = "|".join(f"(?<={word})" for word in words["authority_endings"])
    place = lexicon.any_of(["各", *words["body_places"]])
    return Patterns(
        label=re.compile(rf" *[一-龥]{{0,4}}?{labels}+(?:单位|部门|主体|机构|科室|方)?(?:\([^()]*\))?:"),
        lead=re.compile(lead),
        doing=re.compile(rf"{lexicon.any_of(words['doing_together'])}*{doing}+$"),
        etc=re.compile(rf"{lexicon.any_of(words['body_endings'])}$"),
        joined=re.compile(rf"会同|(?:{behind})(?:以及|[及和与])(?={place})|(?:以及|[及和与])(?=各)"),
        spaced=re.compile(rf"(?:{behind}) +(?=[一-龥])"),
        name=re.compile(rf"[^,。:]*{lexicon.any_of([*words['authority_endings'], *words['authority_last']])}"),
        note=re.compile(lexicon.any_of(words["body_notes"])),
        nobody=re.compile(lexicon.any_of(words["nobody"])),
        first_leads=re.compile(rf"{lexicon.any_of(words['first_of_list'])}[^,。;]{{0,12}}{lead}"),
    )


def brackets(text: str, start: int, end: int, extra: Path, *, heading: bool = False) -> list[tuple[int, int]]:
    """Return the brackets between ``start`` and ``end`` that name responsible bodies, in their order."""
    known = patterns(extra)
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for i in range(start, end):
        if text[i] in "([":
            opened.append(i)
        elif text[i] in ")]" and opened:
            pairs.append((opened.pop(), i + 1))
    for i in opened:  # never closed: what is left of the paragraph is the bracket
        stop = text.find("\n", i, end)
        stop = stop if stop != -1 else end
        pairs += [(i, stop)] if stop - i < LONGEST_BRACKET and known.label.match(text, i + 1, stop) else []
    found: list[tuple[int, int]] = []
    for a, b in sorted(pairs):
        inner = text[a + 1 : b].rstrip(")]。 \n")
        first = inner.split("。")[0]
        closes = not text[b:end].lstrip("。; ").strip(" ") or text[b:end].lstrip("。; ").startswith("\n")
        parted = heading or closes or text[start:a].rstrip()[-1:] in {*"。;!?)]”", ""} or text[b : b + 1] in {"。", ";"}
        named = parted and any(known.doing.search(group) for group in split(first, ";,"))
        listed = closes and text[:a].rstrip()[-1:] in {*"。;!?"} and _authorities(first, known)
        if (known.label.match(inner) or named or listed) and not (found and b <= found[-1][1]):
            found.append((a, b))
    return found


def _authorities(inner: str, known: Patterns) -> bool:
    names = [part for group in split(inner, ";,") for part in split(group, "、")]
    return all(known.name.fullmatch(known.etc.sub("", name.split("(")[0].strip())) for name in names)


def labelled(text: str, start: int, end: int, extra: Path) -> list[tuple[int, int]]:
    """Return the span of the last lines that begin with a label: 牵头单位:A and below it 配合单位:B."""
    label = patterns(extra).label
    lines = [
        match.end() for match in re.compile(r"(?:\n|(?<=[。;\n])) *(?=[^\n:。]{2,14}:)").finditer(text, start, end)
    ]
    spots = [spot for spot in [start, *lines] if label.match(text, spot, end)]
    if not spots:  # a last sentence 由A牵头,B、C配合。
        said = text.rfind("。", start, end - 1) + 1
        groups = split(text[said:end].strip("。 \n"), ",")
        told = said > start and groups[0].startswith("由") and all(patterns(extra).doing.search(one) for one in groups)
        return [(said, end)] if told else []
    begin = spots[-1]
    for spot in reversed(spots[:-1]):
        if re.search(r"\n|。.", text[spot:begin].strip()):
            break
        begin = spot
    found = re.compile(r"[^\n]*(?:\n *[一-龥]{2,8}:[^\n]*)*").match(text, spots[-1], end)  # 完成时限:… below it, too
    stop = found.end() if found else end
    return [(begin, stop)] if stop - begin < LONGEST_BRACKET else []


def first_leads(printed: str, extra: Path) -> bool:
    """Tell whether a bracket says that the first body of each list leads."""
    return bool(patterns(extra).first_leads.search(printed))


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


def read(printed: str, extra: Path, *, default: str) -> list[Body]:
    """Return ``(body, alias, role)`` for each body named in ``printed``.

    A group such as 牵头单位:A or A、B牵头 makes its members leads; other members get the role ``default``.
    """
    known = patterns(extra)
    inner = re.sub(r"\n\s*(?=[^\n:]{2,14}:)", ";", printed)  # a label may open a line of its own
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
                group = known.joined.sub("、", group[: doing.start()] if doing else group)
                for name in split(group, "、"):
                    found += _named(name.strip("*由"), own, known)
    return list(dict.fromkeys(found))


def _named(name: str, role: str, known: Patterns) -> list[Body]:
    """Return the body of one name, with what stands in a bracket behind it as its alias or its role."""
    body, alias = known.etc.sub("", name), ""
    bracket = re.fullmatch(r"(.+?)[(\[〈<]([^()\[\]〈〉<>]+)[)\]〉>]", body)
    if bracket and known.doing.fullmatch(bracket[2]):
        body, role = bracket[1], "lead" if known.lead.search(bracket[2]) else "responsible"
    elif bracket and not body.startswith("各"):
        body, alias = bracket[1], bracket[2]
    elif not body.startswith("各"):
        body = re.sub(r"^[(\[〈<>)\]〉]+|(?<![^)\]〉>])[(\[〈<]+$", "", body)
    body, alias = body.replace("[", "〔").replace("]", "〕"), alias.strip()
    return [(body, alias, role)] if body and len(body) <= LONGEST_NAME and not known.nobody.fullmatch(body) else []
