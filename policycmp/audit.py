"""The text with each numeral coloured by its role, so that a researcher verifies a document in minutes."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from policycmp import files, schema, webfont
from policycmp.display import Markup
from policycmp.tables import Tables

ROLE_NAMES = {"target": "目标", "budget": "预算", "incentive": "奖补", "condition": "条件", "reference": "其他"}
# Dark enough to read on white, told apart in grey by the line below: colour alone carries no meaning.
_STYLE = """
body.audit{font:16px/1.9 "Policy SC","Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif}
body.audit{max-width:46em;margin:2em auto;padding:0 1em}
mark{background:none;padding:0 1px}
.target{color:#1f4e79;border-bottom:3px solid}
.budget{color:#8a5000;border-bottom:3px double}
.incentive{color:#2b6b2f;border-bottom:2px dashed}
.condition{color:#6b2b6b;border-bottom:2px dotted}.reference{color:#777}
.flag{outline:2px solid #c00}
"""


def marked(tables: Tables, start: int = 0, end: int | None = None, *, every: bool = False) -> str:
    """Return a stretch of the source as HTML, its numbers marked with role, indicator and value.

    The text is escaped. With ``every`` the references are marked too, and what no rule placed is flagged.
    """
    end = tables.policy.body_end if end is None else end
    text, parts, position = tables.policy.text, [], start
    rows = tables.quantities[tables.quantities["number_start"].between(start, end - 1)]
    for row in rows.to_dict("records"):
        first = row["number_start"]
        if first < position or not (every or row["role"] != "reference"):
            continue  # 各1家: two rows, one number
        last = first + len(row["as_written"])
        note = " ".join(str(part) for part in (ROLE_NAMES[row["role"]], row["indicator"], _value(row)) if part)
        classes = row["role"] + (" flag" if every and row["flag"] else "")
        parts.append(escape(text[position:first]))
        parts.append(f'<mark class="{classes}" title="{escape(note)}">{escape(text[first:last])}</mark>')
        position = last
    return "".join([*parts, escape(text[position:end])])


def text_html(tables: Tables) -> str:
    """Return the text that was read, every numeral marked; a second copy is left out."""
    return marked(tables, every=True).replace("\n", "<br>\n")


def _value(row: Any) -> str:
    if row["value"] != row["value"]:
        return "没有读出"
    top = "" if row["value_max"] != row["value_max"] else f"–{row['value_max']:.10g}"
    return f"{row['comparator']} {row['value']:.10g}{top} {row['unit']}"


def fragment(tables: Tables) -> Markup:
    """Return the marked text for a notebook, with its own style."""
    return Markup(f"<style>{_STYLE}</style><p>{text_html(tables)}</p>")


def page(tables: Tables) -> str:
    """Return the whole page: legend with counts, then the text."""
    counts = tables.quantities["role"].value_counts()
    legend = "　".join(
        f'<mark class="{role}">{ROLE_NAMES[role]} {int(counts.get(role, 0))}</mark>' for role in schema.ROLES
    )
    title = escape(tables.policy.title or tables.doc)
    page = (
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        '<body class="audit">'
        f"<p>{legend}　<mark class='flag'>需要核对</mark></p><p>{text_html(tables)}</p></html>\n"
    )
    return page.replace("<style>", f"<style>\n{webfont.faces(page)}", 1)


def write(tables: Tables, path: str | Path) -> Path:
    """Write the page to ``path`` and return it."""
    target = Path(path)
    files.folder(target.parent)
    with files.replacing(target) as temporary:
        temporary.write_text(page(tables), encoding="utf-8")
    return target


def listing(tables: Tables) -> str:
    """Return the numerals by role as lines: place, number, what it counts."""
    lines = []
    for role in schema.ROLES:
        rows = tables.quantities[tables.quantities["role"] == role].to_dict("records")
        lines.append(f"\n{ROLE_NAMES[role]} {role}（{len(rows)}）")
        for row in rows:
            where = f"{row['section']}/{row['clause']}"
            lines.append(
                f"  {where:>6}  第 {tables.policy.line(row['number_start'])} 行  {' '.join(row['quote'].split())}"
            )
    return "\n".join(lines)
