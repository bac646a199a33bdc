"""What looks wrong in a document, with line numbers: `policycmp check`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from policycmp import document, pairing
from policycmp.schema import ROLES
from policycmp.wording import label, phrases, said

TOO_MUCH = 1 / 3  # of the text in one clause, or of the targets outside every clause
FEW_CLAUSES, LONG_CLAUSE = 3, 1000  # of so few clauses one may hold a third, unless it has as many characters
FEW_TARGETS = 3  # fewer tell nothing of an outline
LEFT_OUT = 0.03  # of what is read: fewer sentences that a reader left out are a notice or a lead of the site
OVERSIGHT = 0.5  # of the clauses: if more lack a title or a body, that is how such texts are
AROUND = (12, 6)  # characters that are quoted before and after a number
UNSURE = 0.8  # confidence: of rows with less, one in four is wrong
SHOWN = 3  # of a kind in the one line that tells it

Row = tuple[str, int, str]


def notices(found: document.Tables, lang: str = "zh") -> list[tuple[str, int, str]]:
    """Return ``(kind, line, text)`` for everything odd in a document, the worst kind first; line 0 is the whole of it.

    Numbering and what is left out are told of all its parts, clauses without a title or a body of the main text alone:
    the items of an annex have none.
    """
    policy = found.policy
    rows = [(notice.kind, policy.line(notice.offset), notice.said(lang)) for notice in found.outline.notices]
    if not usable(found):
        rows.append(("unusable", 0, _said("no_policy", lang)))
    rows += [*_left_out(found, lang), *_blocks(found, lang), *_outside(found, lang), *_without(found, lang)]
    for row in found.rows["quantities"]:
        if row["flag"]:
            around = policy.text[max(0, row["number_start"] - AROUND[0]) : row["end"] + AROUND[1]].replace("\n", " ")
            text = _said("odd_number", lang, number=row["as_written"], around=around)
            rows.append((row["flag"], policy.line(row["number_start"]), text))
    total = pairing.check_total(found)
    if total["stated"] is not None and total["difference"]:
        rows.append(("budget", 0, _said("total_differs", lang, **total)))
    order = list(phrases("kinds"))
    rows.sort(key=lambda row: (row[1], row[2]))
    return sorted([*rows, *_unsure(found, lang)], key=lambda row: order.index(row[0]))


def _unsure(found: document.Tables, lang: str) -> Iterator[Row]:
    """Yield the numbers with a role whose role is the least certain, the least certain first."""
    own = (row for row in found.rows["quantities"] if row["role"] not in {"reference", "condition"})
    unsure = (row for row in own if row["confidence"] < UNSURE)
    for row in sorted(unsure, key=lambda row: (row["confidence"], row["number_start"])):
        values = {"role": label(row["role"], lang, "values"), "counted": row["indicator"], "number": row["as_written"]}
        text = _said("unsure_number", lang, share=round(100 * row["confidence"]), **values)
        yield "unsure", found.policy.line(row["number_start"]), text


def _left_out(found: document.Tables, lang: str) -> Iterator[Row]:
    """Yield what the reader left out that may belong to the text: sentences, where they are more than a few."""
    left = {key: number for key, number in found.policy.notes if key.startswith("left_")}
    size = max(1, len(found.policy.folded.strip()))
    if sum(left.values()) > LEFT_OUT * size:
        for key, number in left.items():
            told = _said(key, lang, number=number)
            yield "left_out", 0, _said("left_share", lang, what=told, share=round(100 * number / size))


def _blocks(found: document.Tables, lang: str) -> Iterator[Row]:
    """Yield the clauses, and what stands outside them, that hold too much of the main text."""
    main = found.outline.of_part(0)
    blocks = list(main.blocks())
    size = sum(len(main.policy.folded[block.start : block.end].strip()) for block in blocks)
    for block in blocks:
        length = len(main.policy.folded[block.start : block.end].strip())
        telling = len(main.clauses) > FEW_CLAUSES or length > LONG_CLAUSE
        if length > TOO_MUCH * size and telling:
            values = {"section": block.section, "clause": block.clause, "share": round(100 * length / size)}
            key = "large_block" if block.clause else "large_outside"
            yield "block", found.policy.line(block.start), _said(key, lang, **values)


def _outside(found: document.Tables, lang: str) -> Iterator[Row]:
    """Yield one row where many targets stand outside every clause."""
    own = [row for row in found.rows["targets"] if row["part"] == 0]
    outside = sum(row["clause"] == 0 for row in own)
    if len(own) >= FEW_TARGETS and outside > TOO_MUCH * len(own):
        yield "outside", 0, _said("targets_outside", lang, number=outside, total=len(own))


def _without(found: document.Tables, lang: str) -> Iterator[Row]:
    """Yield the clauses that lack what most clauses of the document have: a title, a responsible body.

    Where most have none it is a text of that kind (a report names no bodies), and no clause is to blame.
    """
    clauses = [unit for unit in found.outline.of_part(0).clauses if unit.marker.style != "text"]
    without = {
        "title": [unit for unit in clauses if unit.title[0] == unit.title[1]],
        "bodies": [unit for unit in clauses if not unit.bodies],
    }
    for kind, units in without.items():
        if units and len(units) <= OVERSIGHT * len(clauses):
            for unit in units:
                yield kind, found.policy.line(unit.marker.start), _said("one_clause", lang, number=unit.clause)
        elif units and kind == "title":
            line = found.policy.line(units[0].marker.start)
            yield kind, line, _said("most_clauses", lang, number=len(units), total=len(clauses))


def usable(found: document.Tables) -> bool:
    """Tell whether a document with numbered clauses is a policy: it has a title, bodies, or numbers with a role."""
    roles = {row["role"] for row in found.rows["quantities"]} - {"reference", "condition"}
    return bool(roles or found.policy.title or found.rows["responsibilities"])


def report(found: document.Tables, lang: str = "zh", *, whole: bool = False) -> str:
    """Return what `policycmp check` prints about a document: a line for each kind, or all of them if ``whole``."""
    lines = _about(found, lang)
    rows = notices(found, lang)
    lines.append("")
    for kind in phrases("kinds"):
        listed = [_told(row, lang) for row in rows if row[0] == kind]
        if listed and whole:
            lines += [_said("counted", lang, heading=label(kind, lang, "kinds"), number=len(listed))]
            lines += [f"  {text}" for text in listed]
        elif listed:
            shown = label("semicolon", lang, "names").join(listed[:SHOWN])
            heading = _said("counted", lang, heading=label(kind, lang, "kinds"), number=len(listed))
            more = _said("and_more", lang, number=len(listed) - SHOWN) if len(listed) > SHOWN else ""
            lines.append(_said("kind_line", lang, heading=heading, shown=shown, more=more))
    return "\n".join(lines if rows else [*lines, _said("nothing_wrong", lang)])


def _told(row: Row, lang: str) -> str:
    """Return what is odd with the line on which it stands."""
    _, line, text = row
    return _said("told_on_line", lang, line=_said("on_line", lang, line=line), text=text) if line else text


def behind(found: document.Tables) -> dict[str, int]:
    """Return how many annexes a document has, and their clauses and targets; nothing where they hold neither."""
    whole, shown = found.of or found, {part.number for part in found.outline.parts} if found.of else {0}
    counts = {name: sum(row["part"] not in shown for row in whole.rows[name]) for name in ("clauses", "targets")}
    annexes = sum(row["kind"] == "annex" for row in whole.rows["parts"])
    return {"annexes": annexes} | counts if any(counts.values()) else {}


def _about(found: document.Tables, lang: str) -> list[str]:
    """Return what a document is and how much of everything was read in it."""
    policy = found.policy
    forms = "/".join(dict.fromkeys([policy.format, policy.encoding]))
    length = _said("characters", lang, number=len(policy.text))
    rows = found.rows
    amounts = {name: len(rows[name]) for name in ("sections", "clauses")} | {"bodies": len(rows["responsibilities"])}
    roles = Counter(row["role"] for row in rows["quantities"])
    each = (f"{label(role, lang, 'values')} {roles[role]}" for role in ROLES)
    counts = label("comma", lang, "names").join(each)
    lines = [
        f"{policy.source_file}: {policy.title or _said('no_title', lang)}",
        f"{label(policy.status, lang, 'values')} {policy.issued_on} {policy.year or ''} | {forms} | {length}",
        *(_said("reading", lang, note=_said(key, lang, number=number)) for key, number in policy.notes),
        _said("extent", lang, **amounts),
        _said("numbers", lang, counts=counts),
    ]
    lines += [_said("parts_hold", lang, **counts) for counts in [behind(found)] if counts]
    total = pairing.check_total(found)
    if total["stated"] is not None and not total["difference"]:
        lines.append(_said("total_agrees", lang, stated=total["stated"]))
    return lines


def _said(key: str, lang: str, **values: Any) -> str:
    return said(key, lang, chapter="notices", **values)
