"""Sentences that answer a notebook's question or read its output; every number in them is computed."""

from __future__ import annotations

from typing import Any

from policycmp import align, check, display, pairs, schema, style, views
from policycmp.comparison import Comparison
from policycmp.display import Prose, label, names, records, safe
from policycmp.tables import Tables


def _sides(comparison: Comparison) -> list[tuple[str, Tables]]:
    left, right = names(comparison)
    return [(safe(left), comparison.left), (safe(right), comparison.right)]


def _said(lang: str, zh: str, en: str) -> Prose:
    return Prose(zh if lang == "zh" else en)


def _joined(parts: list[str], lang: str) -> str:
    return ("；" if lang == "zh" else "; ").join(parts)


def title(comparison: Comparison, lang: str = "zh") -> Prose:
    """Return the two documents as the report's heading names them."""
    facts = [side.documents.iloc[0] for _, side in _sides(comparison)]
    lines = []
    for (name, _), fact in zip(_sides(comparison), facts, strict=True):
        status = label(fact["status"], lang, display.VALUES)
        about = " · ".join(safe(part) for part in (status, fact["issued_on"], fact["doc_number"]) if part)
        lines.append(f"- **{name}**　{safe(fact['title'])}（{about}）")
    return Prose("\n".join(lines))


def findings(comparison: Comparison, lang: str = "zh") -> Prose:
    """Return the most telling findings as a numbered list."""
    return Prose("\n".join(f"{n}. {safe(text)}" for n, text in enumerate(comparison.findings(lang), 1)))


def two_policies(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say what the two documents are and how many numbers they hold."""
    parts = []
    for name, side in _sides(comparison):
        draft = side.policy.status == "draft"
        date = safe(side.policy.issued_on)
        if lang == "zh":
            when = f"，成文于 {date}" if date else "，文中没有成文日期"
            state = "尚未正式印发的草案" if draft else "已印发的文件"
            parts.append(f"{name}的一份是{state}{when}，有 {len(side.sections)} 个部分、{len(side.clauses)} 条")
        else:
            when = f" of {date}" if date else " without a date"
            state = "a draft" if draft else "an issued document"
            parts.append(
                f"that of {name} is {state}{when} with {len(side.sections)} sections, {len(side.clauses)} clauses"
            )
    n = [len(side.quantities) for _, side in _sides(comparison)]
    t = [len(side.targets) for _, side in _sides(comparison)]
    return _said(
        lang,
        f"{_joined(parts, lang)}。两份文件依次写了 {n[0]} 个和 {n[1]} 个数字，其中 {t[0]} 个和 {t[1]} 个是要完成的目标。",
        f"Of the two documents, {_joined(parts, lang)}. They print {n[0]} and {n[1]} numbers, {t[0]} and {t[1]} of them targets.",
    )


def oddities(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how much looks odd in the source files."""
    found = [(name, len(check.notices(side))) for name, side in _sides(comparison)]
    if not any(n for _, n in found):
        return _said(lang, "两份源文件都没有发现异常。", "Nothing looks odd in the two source files.")
    zh = "，".join(f"{name} {n} 处" for name, n in found)
    en = ", ".join(f"{n} in {name}" for name, n in found)
    return _said(lang, f"源文件中需要留意的地方：{zh}；行号指源文件的行。",
                 f"Places to look at in the source files: {en}; lines are those of the file.")  # fmt: skip


def numerals(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say which share of the numerals are targets, and how many no rule placed."""
    parts = []
    for name, side in _sides(comparison):
        share = f"{(side.quantities['role'] == 'target').mean() * 100:.0f}%" if len(side.quantities) else "0%"
        odd = int((side.quantities["flag"] != "").sum())
        parts.append(f"{name}的数字有 {share} 是目标，{odd} 个没有规则能归类" if lang == "zh"
                     else f"{share} of the numbers of {name} are targets, {odd} were placed by no rule")  # fmt: skip
    return _said(lang, f"{_joined(parts, lang)}。", f"{_joined(parts, lang)}.")


def _relations(comparison: Comparison) -> dict[str, int]:
    counts = comparison.alignment["relation"].value_counts()
    return {name: int(counts.get(name, 0)) for name in schema.RELATIONS}


def aligning(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how many clauses answer each other, and how many stand alone."""
    (left, _), (right, _) = _sides(comparison)
    n, total = _relations(comparison), (len(comparison.left.clauses), len(comparison.right.clauses))
    return _said(
        lang,
        f"{left} {total[0]} 条与{right} {total[1]} 条之间，有 {n['same']} 对内容相同、{n['partial']} 对部分重合。"
        f"{left}有 {n['left_only']} 条、{right}有 {n['right_only']} 条在对方文件里没有对应。",
        f"Between the {total[0]} clauses of {left} and the {total[1]} of {right}, {n['same']} pairs say the same and "
        f"{n['partial']} overlap in part. {n['left_only']} clauses of {left} and {n['right_only']} of {right} stand alone.",
    )


def similarity(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how similar the chosen pairs are, beside the threshold."""
    values = comparison.alignment["similarity"].dropna()
    limit = f"{comparison.aligned.threshold:.3f}"
    if not len(values):
        return _said(lang, f"没有一对条款的相似度达到 {limit}。", f"No pair of clauses is as similar as {limit}.")
    low, middle, high = (f"{value:.2f}" for value in (values.min(), values.median(), values.max()))
    return _said(
        lang,
        f"成对条款的相似度在 {low} 到 {high} 之间，中位数 {middle}；低于 {limit} 的不算成对。",
        f"The pairs are between {low} and {high} alike, {middle} at the median; below {limit} clauses are no pair.",
    )


def sections(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how many sections answer each other, and whether they stand in one order."""
    chosen = pairs.section_map(comparison.aligned)
    order = list(chosen.values())
    same = order == sorted(order)
    return _said(
        lang,
        f"有 {len(chosen)} 个部分两两对应，先后次序{'相同' if same else '不同'}。",
        f"{len(chosen)} sections answer each other, in {'the same' if same else 'another'} order.",
    )


def _places(row: dict[str, Any], comparison: Comparison, lang: str) -> tuple[str, str]:
    """Return the names of the two clauses of a row of the alignment."""
    left = display.refs(comparison.left, lang)(row["left_section"], row["left_clause"])
    return left, display.refs(comparison.right, lang)(row["right_section"], row["right_clause"])


def doubt(comparison: Comparison, lang: str = "zh") -> Prose:
    """Name the least certain pair, whose terms are explained."""
    first = align.doubtful(comparison.aligned, 1)
    if not len(first):
        return _said(lang, "没有成对的条款，无从怀疑。", "There is no pair to doubt.")
    row = records(first)[0]
    (left, _), (right, _) = _sides(comparison)
    one, two = _places(row, comparison, lang)
    return _said(
        lang,
        f"最没有把握的是{left}{one}“{safe(row['left_title'])}”与{right}{two}“{safe(row['right_title'])}”"
        f"（相似度 {row['similarity']:.2f}）。下表列出使它们成对的词；以“·”开头的是相邻两字。",
        f"The least certain pair is {left} {one} “{safe(row['left_title'])}” and {right} {two} “{safe(row['right_title'])}” "
        f"(similarity {row['similarity']:.2f}). The table lists the terms that carry it; “·” marks two characters in a row.",
    )


def targets(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how many targets both set, and who sets the higher value."""
    (left, one), (right, two) = _sides(comparison)
    ratio = comparison.target_pairs["ratio"].dropna()
    more, even, less = int((ratio > 1).sum()), int((ratio == 1).sum()), int((ratio < 1).sum())
    n = len(comparison.target_pairs)
    return _said(
        lang,
        f"{left}写了 {len(one.targets)} 个量化目标，{right}写了 {len(two.targets)} 个；其中 {n} 对计的是同一件事，可以并列。"
        f"能算倍数的各对里，{left}数值较大的 {more} 对，{right}较大的 {less} 对，相等的 {even} 对。",
        f"{left} sets {len(one.targets)} targets, {right} {len(two.targets)}; {n} pairs count the same thing. Where a ratio "
        f"has a meaning, {left} has the larger value in {more} pairs, {right} in {less}, and {even} are equal.",
    )


def commitments(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say which share of each document's targets are aspirations."""
    parts = []
    for name, side in _sides(comparison):
        hoped = int((side.targets["commitment"] == "aspirational").sum())
        parts.append(f"{name} {len(side.targets)} 个目标中有 {hoped} 个是“力争”“争取”一类的表述" if lang == "zh"
                     else f"{hoped} of the {len(side.targets)} targets of {name} are worded as aspirations")  # fmt: skip
    return _said(lang, f"{_joined(parts, lang)}。", f"{_joined(parts, lang)}.")


def near_misses(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say why targets that look alike are no pairs."""
    counts = comparison.target_candidates["reason"].value_counts()
    if not len(counts):
        return _said(lang, "没有看似相近而没有并列的目标。", "No targets look alike without being a pair.")
    rows = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    reasons = [f"{label(str(name), lang, display.VALUES)} {n}" for name, n in rows]
    return _said(
        lang,
        f"看似相近而没有并列的有 {int(counts.sum())} 对，原因依次是：{'、'.join(reasons)}。",
        f"{int(counts.sum())} pairs look alike and are none, because: {', '.join(reasons)}.",
    )


def alone(comparison: Comparison, side: str, lang: str = "zh") -> Prose:
    """Say how many targets of ``side`` (left or right) have no pair."""
    own: Tables = getattr(comparison, side)
    name = safe(names(comparison)[0 if side == "left" else 1])
    n = len(own.targets) - comparison.target_pairs[f"{side}_target"].nunique()
    return _said(lang, f"{name}的 {len(own.targets)} 个目标里有 {n} 个没有可以并列的对象：",
                 f"{n} of the {len(own.targets)} targets of {name} have no counterpart:")  # fmt: skip


def budgets(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say what each document states of its budget, and how many sections can be compared."""
    parts = []
    for name, side in _sides(comparison):
        stated = int((side.budgets["scope"] == "section").sum())
        amount = style.format_amount(pairs.check_total(side)["sum"] if stated else None, lang)
        parts.append(f"{name} {len(side.sections)} 个部分中有 {stated} 个写明整个部分的区级财政安排，合计 {amount}" if lang == "zh"
                     else f"{name} states the allotment of {stated} of its {len(side.sections)} sections, {amount} in all")  # fmt: skip
    n = int(comparison.budget_pairs["comparable"].sum())
    return _said(lang, f"{_joined(parts, lang)}。双方都写明、可以直接相比的部分只有 {n} 个。" if n else f"{_joined(parts, lang)}。没有可以直接相比的部分。",
                 f"{_joined(parts, lang)}. Only {n} sections can be compared directly.")  # fmt: skip


def comparable(comparison: Comparison, lang: str = "zh") -> Prose:
    """Name the sections whose allotments can be compared, with both amounts."""
    (left, _), (right, _) = _sides(comparison)
    rows = [row for row in records(comparison.budget_pairs) if row["comparable"]]
    parts = []
    for row in rows:
        one, two = (style.format_amount(row[f"{side}_amount_yuan"], lang) for side in ("left", "right"))
        parts.append(f"“{safe(row['heading'])}”{left} {one}、{right} {two}" if lang == "zh"
                     else f"“{safe(row['heading'])}” {one} in {left}, {two} in {right}")  # fmt: skip
    if not parts:
        return _said(lang, "没有一个部分的金额可以直接相比。", "No section's amounts can be compared directly.")
    return _said(lang, f"可以直接相比的：{_joined(parts, lang)}。", f"Comparable: {_joined(parts, lang)}.")


def totals(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say whether each document's stated total agrees with its sections."""
    parts = []
    for name, side in _sides(comparison):
        gap = pairs.check_total(side)["difference"]
        if gap is None:
            parts.append(f"{name}没有写总额" if lang == "zh" else f"{name} states no total")
        elif not gap:
            parts.append(
                f"{name}写的总额与各部分之和一致" if lang == "zh" else f"the total of {name} agrees with its sections"
            )
        else:
            much = style.format_amount(abs(gap), lang)
            parts.append(f"{name}写的总额与各部分之和相差 {much}" if lang == "zh"
                         else f"the total of {name} differs from the sum of its sections by {much}")  # fmt: skip
    return _said(lang, f"{_joined(parts, lang)}。", f"{_joined(parts, lang)}.")


def responsibilities(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how many bodies lead and answer, and how many both documents name."""
    parts = []
    for name, side in _sides(comparison):
        leads = side.responsibilities[side.responsibilities["role"] == "lead"]["body"].nunique()
        every = side.responsibilities["body"].nunique()
        parts.append(f"{name}点名 {every} 个责任单位，由其中 {leads} 个牵头各部分" if lang == "zh"
                     else f"{name} names {every} bodies, of which {leads} lead its sections")  # fmt: skip
    both = len(views.bodies(comparison, lang, both=True))
    same = len({*comparison.left.responsibilities["body"]} & {*comparison.right.responsibilities["body"]})
    return _said(
        lang,
        f"{_joined(parts, lang)}。名称完全一致的单位有 {same} 个；把〈〉里的别称也算上，双方都点名的有 {both} 个。",
        f"{_joined(parts, lang)}. {same} bodies have one name on both sides; with the aliases in 〈〉 there are {both}.",
    )


def leads(comparison: Comparison, lang: str = "zh") -> Prose:
    """Say how many aligned sections are led by the same body."""
    chosen = pairs.section_map(comparison.aligned)
    found: list[dict[int, set[str]]] = []
    for _, side in _sides(comparison):
        rows = [row for row in records(side.responsibilities) if row["role"] == "lead" and row["clause"] == 0]
        known: dict[int, set[str]] = {}
        for row in rows:
            known.setdefault(int(row["section"]), set()).add(views.common_name(row))
        found.append(known)
    same = sum(bool(found[0].get(one, set()) & found[1].get(two, set())) for one, two in chosen.items())
    return _said(
        lang,
        f"{len(chosen)} 对相互对应的部分里，有 {same} 对由同名（含别称）的单位牵头。",
        f"Of {len(chosen)} pairs of sections, {same} are led by bodies of one name (or alias).",
    )


def busiest(comparison: Comparison, lang: str = "zh") -> Prose:
    """Name the body with the most clauses on each side."""
    table, parts = views.bodies(comparison, lang), []
    for i, (name, side) in enumerate(_sides(comparison), 1):
        top = max(table.rows, key=lambda row: (row[i], row[0]), default=None)
        if top is not None and top[i]:
            parts.append(f"{name}承担条款最多的是{safe(top[0])}（{len(side.clauses)} 条中的 {top[i]} 条）" if lang == "zh"
                         else f"in {name} {safe(top[0])} answers for most clauses ({top[i]} of {len(side.clauses)})")  # fmt: skip
    if not parts:
        return _said(lang, "两份文件都没有点名责任单位。", "Neither document names a responsible body.")
    return _said(lang, f"{_joined(parts, lang)}。", f"{_joined(parts, lang)}.")
