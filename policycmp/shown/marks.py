"""A text as HTML with tags around its spans; the text itself is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from policycmp import pairing
from policycmp.asking import spread
from policycmp.asking.redline import Run
from policycmp.asking.spread import Half
from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.schema import SIDES, WORDLESS, place_of, records
from policycmp.shown.amounts import format_value
from policycmp.shown.html import Markup
from policycmp.wording import label, said


class Span(NamedTuple):
    """A stretch of a text, from ``start`` to ``end``, and the tag that is to stand around it."""

    start: int
    end: int
    tag: str


def marked(text: str, start: int, end: int, *layers: Iterable[Span]) -> str:
    """Return a stretch of ``text`` as HTML with tags around the spans of each layer; the text itself is escaped.

    The spans of a layer are in order. One of a later layer is cut where one of an earlier layer begins or ends, so
    that tags nest; of two that overlap in one layer, the first has what both claim.
    """
    if not layers:
        return html.escape(text[start:end])
    own, *inner = layers
    parts, position = [], start
    for span in own:
        first, last = max(span.start, position), min(span.end, end)
        if first < last:
            tag = span.tag.split()[0]
            parts += [marked(text, position, first, *inner), f"<{span.tag}>", marked(text, first, last, *inner)]
            parts.append(f"</{tag}>")
            position = last
    return "".join([*parts, marked(text, position, end, *inner)])


def in_paragraphs(text: str, start: int, end: int, *layers: Iterable[Span]) -> str:
    """Return a stretch of ``text`` as HTML, its lines in paragraphs, ``layers`` marked in them."""
    return marked(text, start, end, paragraphs(text, start, end), *layers)


def paragraphs(text: str, start: int, end: int) -> list[Span]:
    """Return the lines of a stretch of ``text`` that are not blank, as paragraphs."""
    return [Span(*found.span(), "p") for found in re.compile(r"[^\n]*[^\s][^\n]*").finditer(text, start, end)]


def only_here(half: Half) -> list[Span]:
    """Return what one side of a row alone says, as ``<u>``."""
    return [Span(start, end, "u") for start, end in half.only]


def numbers(
    tables: Tables, rows: Iterable[Mapping[str, Any]] | None = None, *, every: bool = False, lang: str = "zh"
) -> list[Span]:
    """Return the numbers of a document as ``<mark>``, each with its role, what it counts and its value.

    Parameters
    ----------
    tables : Tables
        The document.
    rows : iterable of dict, optional
        Some of its quantities in the order of the text; all of them without.
    every : bool
        Mark references too, and flag what no rule placed.
    lang : {"zh", "en"}
        The language of the notes.
    """
    if rows is None:
        rows = records(tables.quantities.sort_values("number_start", kind="stable"))
    counted, spans = indicators(tables), []
    for row in rows:
        if every or row["role"] != "reference":
            classes = row["role"] + (" flag" if every and row["flag"] else "")
            start = row["number_start"]
            note = html.escape(_note(row, counted.get(start, row["indicator"]), lang))
            spans.append(Span(start, start + len(row["as_written"]), f'mark class="{classes}" title="{note}"'))
    return spans


def indicators(tables: Tables) -> dict[int, str]:
    """Return what the targets count, by where their numbers begin: it may be translated, that of a quantity is not."""
    return dict(zip(tables.targets["number_start"], tables.targets["indicator"], strict=True))


def _note(row: Mapping[str, Any], counted: str, lang: str) -> str:
    """Say the role of a number, what it counts and its value."""
    value = label("unread", lang, "values")
    if row["value"] == row["value"] or row["comparator"] in WORDLESS:
        value = format_value(row["value"], row["value_max"], row["comparator"], row["unit"], lang)
    return " ".join(filter(None, (label(row["role"], lang, "values"), counted, value)))


def redlined(runs: Sequence[Run]) -> Markup:
    """Return a redline as HTML: ``<del>`` only left, ``<ins>`` only right, ``<span>`` both (as the left prints it)."""
    escaped = [Run(run.kind, html.escape(run.left), html.escape(run.right)) for run in runs]
    return Markup(_joined(escaped, "<span>{}</span>", "<del>{}</del>", "<ins>{}</ins>"))


def plain(runs: Sequence[Run]) -> str:
    """Return a redline as text: ``[-only left-]{+only right+}``."""
    return _joined(runs, "{}", "[-{}-]", "{{+{}+}}")


def _joined(runs: Sequence[Run], same: str, left: str, right: str) -> str:
    parts = []
    for run in runs:
        parts += [(same, run.left)] if run.kind == "same" else [(left, run.left), (right, run.right)]
    return "".join(form.format(text) for form, text in parts if text)


def redline_of(comparison: Comparison, rank: int = 0) -> Markup:
    """Return the redline of the pair at ``rank`` among the doubtful ones, for a notebook."""
    found = records(pairing.doubtful(comparison.aligned, rank + 1))
    if len(found) <= rank:
        return Markup(f"<p>{said('no_pairs', comparison.lang)}</p>")
    left, right = (place_of(found[rank], side) for side in SIDES)
    return Markup(f'<p style="line-height:1.9">{redlined(spread.row(comparison, left, right).runs)}</p>')
