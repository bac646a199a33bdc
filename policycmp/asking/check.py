"""What looks wrong in a document, with line numbers: `policycmp check`."""

from __future__ import annotations

from typing import Any

from policycmp import document, pairing
from policycmp.schema import ROLES
from policycmp.wording import label, phrases, said

TOO_MUCH = 1 / 3  # of the text in one clause, or of the targets outside every clause
FEW_CLAUSES, LONG_CLAUSE = 3, 1000  # of so few clauses one may hold a third, unless it has as many characters
FEW_TARGETS = 3  # fewer tell nothing of an outline
AROUND = (12, 6)  # characters that are quoted before and after a number


def notices(found: document.Tables, lang: str = "zh") -> list[tuple[str, int, str]]:
    """Return ``(kind, line, text)`` for everything odd in a document, by kind and line; line 0 is the whole of it."""
    policy = found.policy
    rows = [(notice.kind, policy.line(notice.offset), notice.said(lang)) for notice in found.outline.notices]
    if not usable(found):
        rows.append(("unusable", 0, _said("no_policy", lang)))
    rows += _whole(found, lang)
    clauses = found.outline.clauses
    without = {
        "title": [unit for unit in clauses if unit.title[0] == unit.title[1]],
        "bodies": [unit for unit in clauses if not unit.bodies],
    }
    for kind, units in without.items():
        if len(units) == len(clauses):  # a text of that kind, not an oversight; a report, say, names no bodies
            if kind == "bodies":
                continue
            rows.append((kind, policy.line(units[0].marker.start), _said("every_clause", lang, number=len(units))))
        else:
            for unit in units:
                rows.append((kind, policy.line(unit.marker.start), _said("one_clause", lang, number=unit.clause)))
    for row in found.quantities.to_dict("records"):
        if row["flag"]:
            around = policy.text[max(0, row["number_start"] - AROUND[0]) : row["end"] + AROUND[1]].replace("\n", " ")
            text = _said("odd_number", lang, number=row["as_written"], around=around)
            rows.append((row["flag"], policy.line(row["number_start"]), text))
    total = pairing.check_total(found)
    if total["stated"] is not None and total["difference"]:
        rows.append(("budget", 0, _said("total_differs", lang, **total)))
    order = list(phrases("kinds"))
    return sorted(rows, key=lambda row: (order.index(row[0]), row[1], row[2]))


def _whole(found: document.Tables, lang: str) -> list[tuple[str, int, str]]:
    """Return what looks wrong in the outline as a whole: a clause that holds too much, targets outside every clause."""
    policy, rows = found.policy, []
    size = max(1, len(policy.folded.strip()))
    main = found.outline.of_part(0)
    for unit in main.clauses:
        share = (unit.end - unit.marker.start) / size
        telling = len(main.clauses) > FEW_CLAUSES or unit.end - unit.marker.start > LONG_CLAUSE
        if share > TOO_MUCH and telling:
            said = _said("large_block", lang, section=unit.section, clause=unit.clause, share=round(100 * share))
            rows.append(("block", policy.line(unit.marker.start), said))
    own = found.targets[found.targets["part"] == 0]
    outside = int((own["clause"] == 0).sum())
    if len(own) >= FEW_TARGETS and outside > TOO_MUCH * len(own):
        rows.append(("outside", 0, _said("targets_outside", lang, number=outside, total=len(own))))
    return rows


def usable(found: document.Tables) -> bool:
    """Tell whether a document with numbered clauses is a policy: it has a title, bodies, or numbers with a role."""
    roles = set(found.quantities["role"]) - {"reference", "condition"}
    return bool(roles or found.policy.title or len(found.responsibilities))


def report(found: document.Tables, lang: str = "zh") -> str:
    """Return what `policycmp check` prints about a document."""
    lines = _about(found, lang)
    rows = notices(found, lang)
    for kind in phrases("kinds"):
        listed = [row for row in rows if row[0] == kind]
        if listed:
            lines.append("\n" + _said("counted", lang, heading=label(kind, lang, "kinds"), number=len(listed)))
        for _, line, text in listed:
            place = _said("on_line", lang, line=line) + "  " if line else ""
            lines.append(f"  {place}{text}")
    return "\n".join(lines if rows else [*lines, "\n" + _said("nothing_wrong", lang)])


def _about(found: document.Tables, lang: str) -> list[str]:
    """Return what a document is and how much of everything was read in it."""
    policy = found.policy
    forms = "/".join(dict.fromkeys([policy.format, policy.encoding]))
    length = _said("characters", lang, number=len(policy.text))
    amounts = {"sections": len(found.sections), "clauses": len(found.clauses), "bodies": len(found.responsibilities)}
    roles = found.quantities["role"].value_counts()
    each = (f"{label(role, lang, 'values')} {int(roles.get(role, 0))}" for role in ROLES)
    counts = label("comma", lang, "names").join(each)
    lines = [
        f"{policy.source_file}: {policy.title or _said('no_title', lang)}",
        f"{label(policy.status, lang, 'values')} {policy.issued_on} {policy.year or ''} | {forms} | {length}",
        *(_said("reading", lang, note=_said(key, lang, number=number)) for key, number in policy.notes),
        _said("extent", lang, **amounts),
        _said("numbers", lang, counts=counts),
    ]
    if len(found.parts) > 1:
        behind = {"clauses": int((found.clauses["part"] > 0).sum()), "targets": int((found.targets["part"] > 0).sum())}
        lines.append(_said("parts_hold", lang, **behind))
    total = pairing.check_total(found)
    if total["stated"] is not None and not total["difference"]:
        lines.append(_said("total_agrees", lang, stated=total["stated"]))
    return lines


def _said(key: str, lang: str, **values: Any) -> str:
    return said(key, lang, chapter="notices", **values)
