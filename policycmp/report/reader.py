"""The clauses of both documents side by side in a page: what only one says, every number by its role, and links."""

from __future__ import annotations

import html
from collections.abc import Iterator

from policycmp.asking import spread
from policycmp.asking.spread import LEAD_IN, Half, Row, Section
from policycmp.comparison import Comparison
from policycmp.shown import marks, naming
from policycmp.shown.naming import names, refs
from policycmp.shown.translations import translated
from policycmp.wording import label


def reader(comparison: Comparison) -> str:
    """Return the sections and clauses of both documents side by side, as HTML.

    A word that only one clause of a pair has is a ``u``, a number a ``mark`` (see `marks.numbers`). A pair whose
    targets can be compared names them, and has the class ``differ`` where two of them are not equal.
    """
    shown = translated(comparison)
    find, differ = (label(name, shown.lang, "page") for name in ("find_clause", "differ"))
    parts = [
        f'<div class="tools" role="search" hidden><input type="search" class="find" placeholder="{find}" '
        f'aria-label="{find}"> <label><input type="checkbox"> {differ}</label> <output></output></div>'
    ]
    for section in spread.sections(shown):
        parts.append(f"<section><h3>{html.escape(_heading(shown, section))}</h3>")
        parts += [_article(shown, row) for row in section.rows]
        parts.append("</section>")
    return f'<div class="reader">{"".join(parts)}</div>'


def unit_html(text: str, half: Half, *layers: list[marks.Span]) -> str:
    """Return the text of a clause in paragraphs, and below it the bodies that answer for it."""
    bodies = f'<p class="bodies">{html.escape(half.bodies)}</p>' if half.bodies else ""
    return marks.in_paragraphs(text, half.start, half.end, *layers) + bodies


def _heading(comparison: Comparison, section: Section) -> str:
    """Return the headings of two sections, or of one where they are the same; nothing outside the sections."""
    lead_in = section.rows[0] if section.rows[0].relation == LEAD_IN else None
    halves = filter(None, lead_in.sides.values()) if lead_in else ()
    return " ｜ ".join(
        dict.fromkeys(naming.heading(half.place.section, half.title, comparison.lang) for half in halves)
    )


def _article(comparison: Comparison, row: Row) -> str:
    """Return two clauses side by side, and above them what they have in common."""
    lang, goals = comparison.lang, list(_goals(comparison, row))
    about = [label(row.relation, lang, "values")]
    if row.relation != LEAD_IN and row.left and row.right:
        about.append(f"{label('similarity', lang)} {row.similarity:.2f}")
    if goals:
        texts = label("semicolon", lang, "names").join(text for text, _ in goals)
        about.append(label("goals", lang, "page") + texts)
    differ = " differ" if any(other for _, other in goals) else ""
    head = f'<article class="pair{differ}"><p class="about">{html.escape(" · ".join(about))}</p>'
    return f"{head}{''.join(_cells(comparison, row))}</article>"


def _goals(comparison: Comparison, row: Row) -> Iterator[tuple[str, bool]]:
    """Yield each pair of targets of which both stand here in words, and whether their values differ."""
    for pair in row.pairs:
        if (pair.left, pair.right) == row.places:
            one, two = (naming.value(pair.row, side, comparison.lang) for side in row.sides)
            yield f"{naming.indicator(pair.row)} {one} ｜ {two}", one != two


def _cells(comparison: Comparison, row: Row) -> Iterator[str]:
    """Yield what stands on the left and on the right of a row."""
    for name, (side, half) in zip(names(comparison), row.sides.items(), strict=True):
        alone = f'<p class="alone">{html.escape(name)} {label("alone", comparison.lang, "page")}</p>'
        yield f'<div class="{side}">{_cell(comparison, side, html.escape(name), half) if half else alone}</div>'


def _cell(comparison: Comparison, side: str, name: str, half: Half) -> str:
    """Return a clause or a paragraph: where it stands, its title, and its text."""
    own, lang = comparison[side], comparison.lang
    text, only = own.policy.text, marks.only_here(half)
    chinese = "" if lang == "zh" else ' lang="zh-CN"'
    title = f"<span>{html.escape(half.title)}</span>"  # a heading is translated, the title of a clause is not
    if half.place.clause:
        end = half.title_start + len(half.title)
        title = f"<span{chinese}>{marks.marked(text, half.title_start, end, only)}</span>"
    anchor = html.escape(naming.anchor(own.doc, half.place))
    numbers = marks.numbers(own, half.numbers, lang=lang)
    return (
        f'<h4><a href="#{anchor}">{name} {refs(own, lang)(half.place)}</a> {title}</h4>'
        f"<div{chinese}>{unit_html(text, half, only, numbers)}</div>"
    )
