"""Sentences that answer a notebook's question or read its output; every number in them is computed.

Their wording, Chinese and English, is the chapter ``sentences`` of the phrase book.
"""

from __future__ import annotations

from collections.abc import Iterable

from policycmp import pairing, schema, wording
from policycmp.asking import check
from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.schema import records
from policycmp.shown import naming, tables
from policycmp.shown.amounts import format_amount
from policycmp.shown.html import Prose, safe, said
from policycmp.shown.naming import names
from policycmp.shown.translations import translate
from policycmp.wording import label


def _sides(comparison: Comparison, lang: str) -> list[tuple[str, Tables]]:
    left, right = names(comparison, lang)
    return [(safe(left), comparison.left), (safe(right), comparison.right)]


def _pair(comparison: Comparison, lang: str) -> dict[str, str]:
    return {key: name for key, (name, _) in zip(("left", "right"), _sides(comparison, lang), strict=True)}


def _joined(parts: Iterable[str], lang: str, sign: str = "stop") -> str:
    return label(sign, lang, "names").join(parts)


def title(comparison: Comparison, lang: str = "zh") -> Prose:
    """Return the two documents as the report's heading names them."""
    lines = []
    for name, side in _sides(comparison, lang):
        policy = side.policy
        about = (label(policy.status, lang, "values"), policy.issued_on, policy.doc_number)
        told = wording.said("bracketed", lang, chapter="names", text=" · ".join(safe(part) for part in about if part))
        lines.append(f"- **{name}**　{safe(policy.title)}{told}")
    return Prose("\n".join(lines))


def findings(comparison: Comparison, lang: str = "zh") -> Prose:
    """Return the five most telling findings as a numbered list."""
    goals = [targets(comparison, lang), widest(comparison, lang, 1)]
    money = [budgets(comparison, lang), totals(comparison, lang)]
    both = [alone(comparison, side, lang) for side in ("left", "right")]
    pairs = (goals, money, both)
    texts = [wording.said("two_sentences", lang, chapter="names", one=one, two=two) for one, two in pairs]
    telling = [aligning(comparison, lang), *texts, commitments(comparison, lang)]
    return Prose("\n".join(f"{n}. {text}" for n, text in enumerate(telling, 1)))


def two_policies(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say what the two documents are and how many numbers they hold."""
    parts: list[str] = []
    counts: dict[str, int] = {}
    for key, (name, side) in zip(("left", "right"), _sides(comparison, lang), strict=True):
        date, sections, clauses = safe(side.policy.issued_on), len(side.sections), len(side.clauses)
        dated = said("dated", lang, date=date) if date else said("undated", lang)
        kind = f"two_policies_{side.policy.status}"
        parts.append(said(kind, lang, name=name, dated=dated, sections=sections, clauses=clauses))
        counts |= {f"{key}_numbers": len(side.quantities), f"{key}_targets": len(side.targets)}
    return said("two_policies", lang, sides=_joined(parts, lang), **counts)


def oddities(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how much looks odd in the source files."""
    found = [(name, len(check.notices(side))) for name, side in _sides(comparison, lang)]
    if not any(n for _, n in found):
        return said("oddities_none", lang)
    parts = [said("oddities_side", lang, name=name, n=n) for name, n in found]
    return said("oddities", lang, sides=_joined(parts, lang, "semicolon"))


def numerals(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say which share of the numerals are targets, and how many no rule placed."""
    parts = []
    for name, side in _sides(comparison, lang):
        share = len(side.targets) / max(len(side.quantities), 1)
        odd = int((side.quantities["flag"] != "").sum())
        parts.append(said("numerals_side", lang, name=name, share=share, odd=odd))
    return said("numerals", lang, sides=_joined(parts, lang))


def aligning(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how many clauses answer each other, and how many stand alone."""
    found = comparison.alignment["relation"].value_counts()
    counts = {name: int(found.get(name, 0)) for name in schema.RELATIONS}
    clauses = {"left_clauses": len(comparison.left.clauses), "right_clauses": len(comparison.right.clauses)}
    return said("aligning", lang, **_pair(comparison, lang), **counts, **clauses)


def similarity(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how similar the chosen pairs are, beside the threshold."""
    values, limit = comparison.alignment["similarity"].dropna(), comparison.aligned.threshold
    if not len(values):
        return said("similarity_none", lang, limit=limit)
    low, middle, high = values.min(), values.median(), values.max()
    return said("similarity", lang, low=low, middle=middle, high=high, limit=limit)


def sections(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how many sections answer each other, and whether they stand in one order."""
    chosen = list(pairing.section_map(comparison.aligned).values())
    order = said("order_same" if chosen == sorted(chosen) else "order_other", lang)
    return said("sections", lang, n=len(chosen), order=order)


def unmatched(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how many clauses have no counterpart."""
    return said("unmatched", lang, n=len(tables.unmatched(comparison, lang)))


def doubt(comparison: Comparison, lang: str = "zh") -> Prose:
    """Name the least certain pair, whose terms are explained."""
    first = records(pairing.doubtful(comparison.aligned, 1))
    if not first:
        return said("doubt_none", lang)
    row = first[0]
    titles = {name: safe(row[name]) for name in ("left_title", "right_title")}
    one = naming.refs(comparison.left, lang)(row["left_section"], row["left_clause"])
    two = naming.refs(comparison.right, lang)(row["right_section"], row["right_clause"])
    return said("doubt", lang, one=one, two=two, value=row["similarity"], **titles, **_pair(comparison, lang))


def targets(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how many targets both set, and who sets the higher value."""
    ratio = comparison.target_pairs["ratio"].dropna()
    counts = {"more": int((ratio > 1).sum()), "even": int((ratio == 1).sum()), "less": int((ratio < 1).sum())}
    counts |= {"left_targets": len(comparison.left.targets), "right_targets": len(comparison.right.targets)}
    return said("targets", lang, n=len(comparison.target_pairs), **counts, **_pair(comparison, lang))


def widest(comparison: Comparison, lang: str = "zh", most: int = 3) -> Prose:
    """Name the pairs of targets that differ by the largest factor."""
    table, parts = tables.target_pairs(comparison, lang), []
    known = [row for row in table.rows if row[-1] == row[-1] and row[-1] > 0]
    known.sort(key=lambda row: -max(row[-1], 1 / row[-1]))
    for item, one, left_clause, _, two, right_clause, _, _ in known[:most]:
        places = {"left_clause": left_clause, "right_clause": right_clause}
        parts.append(said("widest_pair", lang, item=safe(item), one=one, two=two, **places, **_pair(comparison, lang)))
    return said("widest", lang, pairs=_joined(parts, lang, "semicolon")) if parts else said("widest_none", lang)


def commitments(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how many of each document's targets are aspirations."""
    parts = []
    for name, side in _sides(comparison, lang):
        hoped = int((side.targets["commitment"] == "aspirational").sum())
        parts.append(said("commitments_side", lang, name=name, n=len(side.targets), hoped=hoped))
    return said("commitments", lang, sides=_joined(parts, lang))


def near_misses(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say why targets that look alike are no pairs."""
    counts = comparison.target_candidates["reason"].value_counts()
    if not len(counts):
        return said("near_misses_none", lang)
    rows = sorted(((str(name), int(n)) for name, n in counts.items()), key=lambda row: (-row[1], row[0]))
    reasons = _joined((f"{label(name, lang, 'values')} {n}" for name, n in rows), lang, "semicolon")
    return said("near_misses", lang, n=int(counts.sum()), reasons=reasons)


def alone(comparison: Comparison, side: str, lang: str = "zh") -> Prose:
    """Say how many targets of ``side`` (left or right) have no pair."""
    total = len(getattr(comparison, side).targets)
    n = total - comparison.target_pairs[f"{side}_target"].nunique()
    return said("alone", lang, name=_pair(comparison, lang)[side], total=total, n=n)


def budgets(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say what each document states of its budget, and how many sections can be compared."""
    parts = []
    for name, side in _sides(comparison, lang):
        n = int((side.budgets["scope"] == "section").sum())
        amount = format_amount(pairing.check_total(side)["sum"] if n else None, lang)
        parts.append(said("budgets_side", lang, name=name, total=len(side.sections), n=n, amount=amount))
    return said("budgets", lang, sides=_joined(parts, lang), n=int(comparison.budget_pairs["comparable"].sum()))


def comparable(comparison: Comparison, lang: str = "zh") -> Prose:
    """Name the sections whose allotments can be compared, with both amounts."""
    parts = []
    table = translate(comparison, lang).budget_pairs
    for row in records(table[table["comparable"]]):
        one, two = (format_amount(row[f"{side}_amount_yuan"], lang) for side in ("left", "right"))
        heading = safe(row["heading"])
        parts.append(said("comparable_section", lang, heading=heading, one=one, two=two, **_pair(comparison, lang)))
    if not parts:
        return said("comparable_none", lang)
    return said("comparable", lang, sections=_joined(parts, lang, "semicolon"))


def totals(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say whether each document's stated total agrees with its sections."""
    parts = []
    for name, side in _sides(comparison, lang):
        gap = pairing.check_total(side)["difference"]
        key = "totals_none" if gap is None else "totals_differ" if gap else "totals_agree"
        parts.append(said(key, lang, name=name, amount=format_amount(abs(gap or 0), lang)))
    return said("totals", lang, sides=_joined(parts, lang))


def responsibilities(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how many bodies lead and answer, and how many both documents name."""
    parts = []
    for name, side in _sides(comparison, lang):
        table = side.responsibilities
        leads = table.loc[table["role"] == "lead", "body"].nunique()
        parts.append(said("responsibilities_side", lang, name=name, n=table["body"].nunique(), leads=leads))
    same = len({*comparison.left.responsibilities["body"]} & {*comparison.right.responsibilities["body"]})
    both = len(tables.bodies(comparison, lang, both=True))
    return said("responsibilities", lang, sides=_joined(parts, lang), same=same, both=both)


def leads(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how many aligned sections are led by bodies of one name."""
    chosen = pairing.section_map(comparison.aligned)
    left, right = (_leading(side) for _, side in _sides(comparison, lang))
    same = sum(bool(left.get(one, set()) & right.get(two, set())) for one, two in chosen.items())
    return said("leads", lang, n=len(chosen), same=same)


def _leading(side: Tables) -> dict[int, set[str]]:
    """Return the common names of the bodies that lead each section."""
    found: dict[int, set[str]] = {}
    for row in records(side.responsibilities):
        if row["role"] == "lead" and row["clause"] == 0:
            found.setdefault(int(row["section"]), set()).add(tables.common_name(row))
    return found


def busiest(comparison: Comparison, lang: str = "zh") -> Prose:
    """Name the body with the most clauses on each side."""
    table, parts = tables.bodies(comparison, lang), []
    for i, (name, side) in enumerate(_sides(comparison, lang), 1):
        top = max(table.rows, key=lambda row: row[i], default=None)
        if top is not None and top[i]:
            body, total = safe(top[0]), len(side.clauses)
            parts.append(said("busiest_side", lang, name=name, body=body, n=top[i], total=total))
    return said("busiest", lang, sides=_joined(parts, lang)) if parts else said("busiest_none", lang)
