"""The text with each numeral coloured by its role, so that a researcher verifies a document in minutes."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

from policycmp import files, schema
from policycmp.document import Tables
from policycmp.errors import need
from policycmp.report.page import webfont
from policycmp.report.page.templating import fill
from policycmp.shown import html, marks
from policycmp.wording import label, said

# Dark enough to read on white, told apart in grey by the line below: colour alone carries no meaning.
_STYLE = """
body.audit{font:16px/1.9 "Policy SC","Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif}
body.audit{max-width:46em;margin:2em auto;padding:0 1em}
mark{background:none;padding:0 1px}
.target{color:#1f4e79;border-bottom:3px solid}
.budget{color:#8a5000;border-bottom:3px double}
.result{color:#1f4e79;border-bottom:2px dotted}
.incentive{color:#2b6b2f;border-bottom:2px dashed}
.condition{color:#6b2b6b;border-bottom:2px dotted}.reference{color:#777}
.flag{outline:2px solid #c00}
"""


def text_html(tables: Tables, lang: str = "zh") -> str:
    """Return the text that was read, every numeral marked; a second copy is left out."""
    numbers = marks.numbers(tables, every=True, lang=lang)
    text = marks.marked(tables.policy.text, 0, tables.policy.body_end, numbers)
    return text.replace("\n", "<br>\n")


def fragment(tables: Tables, lang: str = "zh") -> html.Markup:
    """Return the marked text for a notebook, with its own style."""
    return html.Markup(f"<style>{_STYLE}</style><p>{text_html(tables, lang)}</p>")


def page(tables: Tables, lang: str = "zh") -> str:
    """Return the whole page: legend with counts, then the text."""
    need("report", "jinja2")
    from markupsafe import Markup

    counts = Counter(row["role"] for row in tables.rows["quantities"])
    words = {role: f"{label(role, lang, 'values')} {counts[role]}" for role in schema.ROLES}
    page = partial(
        fill, "audit.html", lang=lang, title=tables.policy.title or tables.doc, style=Markup(_STYLE),
        counts=words.items(), to_check=label("to_check", lang, "notices"), text=Markup(text_html(tables, lang)),
    )  # fmt: skip
    return str(page(fonts=webfont.faces(page(fonts=""), lang=lang)))


def write(tables: Tables, path: str | Path, lang: str = "zh") -> Path:
    """Write the page to ``path`` and return it."""
    target = Path(path)
    files.folder(target.parent)
    with files.replacing(target) as temporary:
        temporary.write_text(page(tables, lang), encoding="utf-8")
    return target


def listing(tables: Tables, lang: str = "zh") -> str:
    """Return the numerals by role as lines: place, number, what it counts."""
    lines = []
    for role in schema.ROLES:
        rows = [row for row in tables.rows["quantities"] if row["role"] == role]
        heading = " ".join(dict.fromkeys((label(role, lang, "values"), role)))
        lines.append("\n" + said("counted", lang, chapter="notices", heading=heading, number=len(rows)))
        for row in rows:
            where = f"{row['section']}/{row['clause']}"
            line = said("on_line", lang, chapter="notices", line=tables.policy.line(row["number_start"]))
            lines.append(f"  {where:>6}  {line}  {' '.join(row['quote'].split())}")
    return "\n".join(lines)
