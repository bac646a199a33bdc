"""The texts of both documents at the end of a page: a place for each section and clause, the numbers marked."""

from __future__ import annotations

import html

from policycmp.asking import spread
from policycmp.comparison import Comparison
from policycmp.report.reader import unit_html
from policycmp.schema import Place
from policycmp.shown import marks, naming
from policycmp.wording import label


def source(comparison: Comparison, side: str) -> str:
    """Return the text of one document, headed by what it is called."""
    own, lang = comparison[side], comparison.lang
    name = naming.name_of(comparison, side)
    parts = [f"<h3>{html.escape(name)}　{html.escape(own.policy.title)}</h3>", _outside(comparison, side)]
    for half in spread.halves(comparison, side):
        head = f"<h5>{half.place.clause} {html.escape(half.title)}</h5>"
        if not half.place.clause:
            head = f"<h4>{html.escape(naming.heading(half.place.section, half.title, lang))}</h4>"
        text = unit_html(own.policy.text, half, marks.numbers(own, half.numbers, lang=lang))
        parts.append(f"{_begun(own.doc, half.place)}{head}{text}</section>")
    return f'<div class="source">{"".join(parts)}</div>'


def _outside(comparison: Comparison, side: str) -> str:
    """Return what stands before the first section and after the last clause, folded away."""
    own, lang = comparison[side], comparison.lang
    numbers = marks.numbers(own, lang=lang)
    spans = [(block.start, block.end) for block in own.outline.blocks() if block.place == (0, 0)]
    text = "".join(marks.in_paragraphs(own.policy.text, start, end, numbers) for start, end in spans)
    head = f"<summary>{label('outside', lang, 'values')}</summary>"
    return f"{_begun(own.doc, Place(0, 0))}<details>{head}{text}</details></section>"


def _begun(doc: str, place: Place) -> str:
    """Return the tag that begins a part of the text and gives its place a name."""
    return f'<section id="{html.escape(naming.anchor(doc, place))}">'
