"""Sentences that answer a notebook's question or read its output; every number in them is computed.

Their wording, Chinese and English, is the chapter ``sentences`` of the phrase book.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policycmp import pairing, schema, wording
from policycmp.asking import balance, check
from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.keeping import once
from policycmp.schema import SIDES, records
from policycmp.shown import naming, tables
from policycmp.shown.amounts import format_amount
from policycmp.shown.html import Prose, linked, safe, said
from policycmp.shown.translations import speaker, translated
from policycmp.wording import label


def _sides(comparison: Comparison) -> list[tuple[str, Tables]]:
    return [(safe(name), side) for name, side in naming.named_sides(comparison)]


def _pair(comparison: Comparison) -> dict[str, str]:
    return {key: name for key, (name, _) in zip(SIDES, _sides(comparison), strict=True)}


def _say(comparison: Comparison, key: str, **values: Any) -> Prose:
    return said(key, comparison.lang, **values)


def _joined(comparison: Comparison, parts: Iterable[str], sign: str = "stop") -> str:
    return label(sign, comparison.lang, "names").join(parts)


def title(comparison: Comparison) -> Prose:
    """Return the two documents as the report's heading names them."""
    lang, lines = comparison.lang, []
    for name, side in _sides(comparison):
        policy = side.policy
        about = (label(policy.status, lang, "values"), policy.issued_on, policy.doc_number)
        told = wording.said("bracketed", lang, chapter="names", text=" · ".join(safe(part) for part in about if part))
        called = safe(speaker(policy.folder, lang)("document", policy.title))
        lines.append(f"- **{name}**　{called}{told}")
    return Prose("\n".join(lines))


@once
def findings(comparison: Comparison) -> Prose:
    """Return the five most telling findings as a numbered list."""
    goals = [targets(comparison), widest(comparison, most=1)]
    money = [budgets(comparison), totals(comparison)]
    both = [alone(comparison, side) for side in SIDES]
    pairs = (goals, money, both)
    texts = [wording.said("two_sentences", comparison.lang, chapter="names", one=one, two=two) for one, two in pairs]
    telling = [aligning(comparison), *texts, commitments(comparison)]
    return Prose("\n".join(f"{n}. {text}" for n, text in enumerate(telling, 1)))


def limits(comparison: Comparison) -> Prose:
    """Say, a line each, what is a draft, and what the comparison cannot tell."""
    drafts = [name for name, side in _sides(comparison) if side.policy.status == "draft"]
    lines = [_say(comparison, "limits_draft", name=name) for name in drafts]
    lines += [_say(comparison, "limits"), _say(comparison, "limits_pairs")]
    silent = []
    for name, side in _sides(comparison):
        told, total = side.budgets.loc[side.budgets["scope"] == "section", "section"].nunique(), len(side.sections)
        if told < total:
            silent.append(_say(comparison, "limits_unstated_side", name=name, n=total - told, total=total))
    if silent:
        lines.append(_say(comparison, "limits_unstated", sides=_joined(comparison, silent, "semicolon")))
    lines += [Prose(note.strip()) for note in (cautions(comparison), annexes(comparison)) if note]
    return Prose("\n".join(lines))


def two_policies(comparison: Comparison) -> Prose:
    """Say what the two documents are and how many numbers they hold."""
    parts: list[str] = []
    counts: dict[str, int] = {}
    for key, (name, side) in zip(SIDES, _sides(comparison), strict=True):
        date, sections, clauses = safe(side.policy.issued_on), len(side.sections), len(side.clauses)
        dated = _say(comparison, "dated", date=date) if date else _say(comparison, "undated")
        kind = f"two_policies_{side.policy.status}"
        parts.append(_say(comparison, kind, name=name, dated=dated, sections=sections, clauses=clauses))
        counts |= {f"{key}_numbers": len(side.quantities), f"{key}_targets": len(side.targets)}
    return _say(comparison, "two_policies", sides=_joined(comparison, parts), **counts)


def aligning(comparison: Comparison) -> Prose:
    """Say how many clauses answer each other, and how many stand alone."""
    found = comparison.alignment["relation"].value_counts()
    counts = {name: int(found.get(name, 0)) for name in schema.RELATIONS}
    clauses = {"left_clauses": len(comparison.left.clauses), "right_clauses": len(comparison.right.clauses)}
    said = _say(comparison, "aligning", **_pair(comparison), **counts, **clauses)
    return Prose(f"{said}{cautions(comparison)}{annexes(comparison)}")


def annexes(comparison: Comparison) -> str:
    """Return one sentence on what the parts hold that are not compared; nothing where there are none."""
    told = [(name, check.behind(side)) for name, side in _sides(comparison)]
    parts = [_say(comparison, "annexes_side", name=name, **counts) for name, counts in told if counts]
    return _say(comparison, "annexes", sides=_joined(comparison, parts, "semicolon")) if parts else ""


def cautions(comparison: Comparison) -> str:
    """Return one sentence where two documents hardly answer each other, and one where pairs were left out."""
    alone = _say(comparison, "unlike") if balance.hardly_answer(comparison) else ""
    left_out, most = comparison.aligned.left_out, pairing.MOST
    return alone + (_say(comparison, "left_out", number=left_out, most=most) if left_out else "")


def targets(comparison: Comparison) -> Prose:
    """Say how many targets both set, and who sets the higher value."""
    ratio = comparison.target_pairs["ratio"].dropna()
    counts = {"more": int((ratio > 1).sum()), "even": int((ratio == 1).sum()), "less": int((ratio < 1).sum())}
    counts |= {"left_targets": len(comparison.left.targets), "right_targets": len(comparison.right.targets)}
    return _say(comparison, "targets", n=len(comparison.target_pairs), **counts, **_pair(comparison))


def incentives(comparison: Comparison) -> Prose:
    """Say how many incentives both have, and who pays more for the same thing; or that neither pays."""
    paid = {f"{side}_paid": len(own.incentives) for side, own in comparison.sides.items()}
    if not any(paid.values()):
        return _say(comparison, "incentives_none")
    status = comparison.incentive_pairs["status"].value_counts()
    names = {"more": "left", "less": "right", "even": "equal", "mixed": "mixed"}
    counts = {name: int(status.get(value, 0)) for name, value in names.items()}
    return _say(comparison, "incentives", n=len(comparison.incentive_pairs), **paid, **counts, **_pair(comparison))


def widest(comparison: Comparison, *, most: int = 3) -> Prose:
    """Name the pairs of targets that differ by the largest factor."""
    parts = []
    for _, item, one, left_clause, _, two, right_clause, _, factor in tables.target_pairs(comparison).rows[:most]:
        if factor.key:
            cells = {"one": one, "left_clause": left_clause, "two": two, "right_clause": right_clause}
            told = {name: linked(cell) for name, cell in cells.items()}
            parts.append(_say(comparison, "widest_pair", item=safe(item), **told, **_pair(comparison)))
    if not parts:
        return _say(comparison, "widest_none")
    return _say(comparison, "widest", pairs=_joined(comparison, parts, "semicolon"))


def commitments(comparison: Comparison) -> Prose:
    """Say how many of each document's targets are aspirations."""
    parts = []
    for name, side in _sides(comparison):
        hoped = int((side.targets["commitment"] == "aspirational").sum())
        parts.append(_say(comparison, "commitments_side", name=name, n=len(side.targets), hoped=hoped))
    return _say(comparison, "commitments", sides=_joined(comparison, parts))


def near_misses(comparison: Comparison) -> Prose:
    """Say why targets that look alike are no pairs."""
    counts = comparison.target_candidates["reason"].value_counts()
    if not len(counts):
        return _say(comparison, "near_misses_none")
    rows = sorted(((str(name), int(n)) for name, n in counts.items()), key=lambda row: (-row[1], row[0]))
    reasons = _joined(comparison, (f"{label(name, comparison.lang, 'values')} {n}" for name, n in rows), "semicolon")
    return _say(comparison, "near_misses", n=int(counts.sum()), reasons=reasons)


def alone(comparison: Comparison, side: str) -> Prose:
    """Say how many targets of ``side`` (left or right) have no pair."""
    total = len(comparison[side].targets)
    n = total - comparison.target_pairs[f"{side}_target"].nunique()
    return _say(comparison, "alone", name=_pair(comparison)[side], total=total, n=n)


def budgets(comparison: Comparison) -> Prose:
    """Say what each document states of its budget, and how many sections can be compared."""
    parts = []
    for name, side in _sides(comparison):
        n = int((side.budgets["scope"] == "section").sum())
        amount = format_amount(pairing.check_total(side)["sum"] if n else None, comparison.lang)
        parts.append(_say(comparison, "budgets_side", name=name, total=len(side.sections), n=n, amount=amount))
    both = int(comparison.budget_pairs["comparable"].sum())
    return _say(comparison, "budgets", sides=_joined(comparison, parts), n=both)


def comparable(comparison: Comparison) -> Prose:
    """Name the sections whose allotments can be compared, with both amounts."""
    parts = []
    shown = tables.budget_pairs(comparison).rows
    for row, (_, one, _, two, *_) in zip(records(translated(comparison).budget_pairs), shown, strict=True):
        if not row["comparable"]:
            continue
        heading, one, two = safe(row["heading"]), linked(one), linked(two)
        parts.append(_say(comparison, "comparable_section", heading=heading, one=one, two=two, **_pair(comparison)))
    if not parts:
        return comparable_none(comparison)
    return _say(comparison, "comparable", sections=_joined(comparison, parts, "semicolon"))


def comparable_none(comparison: Comparison) -> Prose:
    """Say that no section's allotments can be compared."""
    return _say(comparison, "comparable_none")


def totals(comparison: Comparison) -> Prose:
    """Say whether each document's stated total agrees with its sections."""
    parts = []
    for name, side in _sides(comparison):
        gap = pairing.check_total(side)["difference"]
        if gap is None:
            parts.append(_say(comparison, "totals_none", name=name))
        else:
            key = "totals_differ" if gap else "totals_agree"
            parts.append(_say(comparison, key, name=name, amount=format_amount(abs(gap), comparison.lang)))
    return _say(comparison, "totals", sides=_joined(comparison, parts))


def responsibilities(comparison: Comparison) -> Prose:
    """Say how many bodies lead and answer, and how many both documents name."""
    parts = []
    for name, side in _sides(comparison):
        table = side.responsibilities
        leads = table.loc[table["role"] == "lead", "body"].nunique()
        parts.append(_say(comparison, "responsibilities_side", name=name, n=table["body"].nunique(), leads=leads))
    same = len({*comparison.left.responsibilities["body"]} & {*comparison.right.responsibilities["body"]})
    both = len(tables.bodies(comparison, both=True))
    return _say(comparison, "responsibilities", sides=_joined(comparison, parts), same=same, both=both)


def leads(comparison: Comparison) -> Prose:
    """Say how many aligned sections are led by bodies of one name."""
    answered = pairing.answered(comparison.sections)
    left, right = (_leading(side) for _, side in _sides(comparison))
    same = sum(bool(left.get(one, set()) & right.get(two, set())) for one, two in answered)
    return _say(comparison, "leads", n=len(answered), same=same)


def _leading(side: Tables) -> dict[int, set[str]]:
    """Return the common names of the bodies that lead each section."""
    found: dict[int, set[str]] = {}
    for row in side.rows["responsibilities"]:
        if row["role"] == "lead" and row["clause"] == 0:
            found.setdefault(int(row["section"]), set()).add(tables.common_name(row))
    return found
