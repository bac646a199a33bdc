"""What looks wrong in a document, with line numbers: `policycmp check`."""

from __future__ import annotations

from policycmp import document, pairing

KINDS = {  # kind of notice → its heading; the worst first
    "unusable": "这份文件不能使用",
    "numbering": "编号不连续",
    "style": "标题写法不一",
    "copies": "全文重复",
    "title": "没有条名的条",
    "bodies": "没有责任单位的条",
    "budget": "预算总额与分项",
    "unread": "没有读出的数字",
    "unplaced": "没有归类的数字",
}


def notices(found: document.Tables) -> list[tuple[str, int, str]]:
    """Return ``(kind, line, text)`` for everything odd in a document, by kind and line."""
    policy = found.policy
    rows = [(notice.kind, policy.line(notice.offset), notice.text) for notice in found.outline.notices]
    rows += [("unusable", 0, reason) for reason in [unusable(found)] if reason]
    clauses = found.outline.clauses
    without = {
        "title": [unit for unit in clauses if unit.title[0] == unit.title[1]],
        "bodies": [unit for unit in clauses if not unit.bodies],
    }
    for kind, units in without.items():
        if len(units) == len(clauses):  # a text of that kind, not an oversight
            rows.append((kind, policy.line(units[0].marker.start), f"全部 {len(units)} 条"))
        else:
            rows += [(kind, policy.line(unit.marker.start), f"第 {unit.clause} 条") for unit in units]
    for row in found.quantities.to_dict("records"):
        if row["flag"]:
            around = policy.text[max(0, row["number_start"] - 12) : row["end"] + 6].replace("\n", " ")
            rows.append((row["flag"], policy.line(row["number_start"]), f"{row['as_written']}：…{around}…"))
    total = pairing.check_total(found)
    if total["stated"] is not None and total["difference"]:
        text = (
            f"文中总额 {total['stated']:,.0f} 元，各部分之和 {total['sum']:,.0f} 元，相差 {total['difference']:,.0f} 元"
        )
        rows.append(("budget", 0, text))
    order = list(KINDS)
    return sorted(rows, key=lambda row: (order.index(row[0]), row[1], row[2]))


def unusable(found: document.Tables) -> str:
    """Return why a document with numbered clauses is none to compare; nothing if it is a policy."""
    roles = set(found.quantities["role"]) - {"reference", "condition"}
    if roles or found.policy.title or len(found.responsibilities):
        return ""
    return "没有文件标题、责任单位，也没有目标、预算或奖补数字：读不出政策的内容"


def report(found: document.Tables) -> str:
    """Return what `policycmp check` prints about a document."""
    policy = found.policy
    roles = found.quantities["role"].value_counts()
    lines = [
        f"{policy.source_file}: {policy.title or '（没有读出标题）'}",
        f"{policy.status} {policy.issued_on} {policy.year or ''} | "
        f"{'/'.join(dict.fromkeys([policy.format, policy.encoding]))} | {len(policy.text)} 字",
        *(f"读取：{note}" for note in policy.notes),
        f"{len(found.sections)} 个部分，{len(found.clauses)} 条，{len(found.responsibilities)} 个责任单位（次）",
        "数字 "
        + "，".join(
            f"{role} {int(roles.get(role, 0))}" for role in ("target", "budget", "incentive", "condition", "reference")
        ),
    ]
    total = pairing.check_total(found)
    if total["stated"] is not None and not total["difference"]:
        lines.append(f"文中预算总额 {total['stated']:,.0f} 元与各部分之和一致")
    rows = notices(found)
    for kind, heading in KINDS.items():
        listed = [row for row in rows if row[0] == kind]
        if listed:
            lines.append(f"\n{heading}（{len(listed)}）")
            lines += [f"  第 {line} 行  {text}" if line else f"  {text}" for _, line, text in listed]
    return "\n".join([*lines, "" if rows else "\n没有发现问题"]).rstrip()
