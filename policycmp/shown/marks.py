"""A text as HTML with tags around its spans; the text itself is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policycmp import pairing
from policycmp.asking import redline
from policycmp.asking.redline import Run
from policycmp.shown.html import Markup
from policycmp.wording import said

if TYPE_CHECKING:
    from policycmp.comparison import Comparison


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


def paragraphs(text: str, start: int, end: int) -> list[Span]:
    """Return the lines of a stretch of ``text`` that are not blank, as paragraphs."""
    return [Span(*found.span(), "p") for found in re.compile(r"[^\n]*[^\s][^\n]*").finditer(text, start, end)]


def redlined(runs: Sequence[Run]) -> Markup:
    """Return a redline as HTML: ``<del>`` only left, ``<ins>`` only right, ``<span>`` both (as the left prints it)."""
    escaped = [Run(run.kind, html.escape(run.left), html.escape(run.right)) for run in runs]
    return Markup(_marked(escaped, "<span>{}</span>", "<del>{}</del>", "<ins>{}</ins>"))


def plain(runs: Sequence[Run]) -> str:
    """Return a redline as text: ``[-only left-]{+only right+}``."""
    return _marked(runs, "{}", "[-{}-]", "{{+{}+}}")


def only_here(runs: Sequence[Run], side: str, start: int) -> list[Span]:
    """Return where stand the words that only ``side`` (left or right) has, in a text that begins at ``start``."""
    spans = []
    for run in runs:
        part = run.left if side == "left" else run.right
        spans += [Span(start, start + len(part), "u")] if run.kind != "same" and part else []
        start += len(part)
    return spans


def _marked(runs: Sequence[Run], same: str, left: str, right: str) -> str:
    parts = []
    for run in runs:
        parts += [(same, run.left)] if run.kind == "same" else [(left, run.left), (right, run.right)]
    return "".join(form.format(text) for form, text in parts if text)


def redline_of(comparison: Comparison, rank: int = 0) -> Markup:
    """Return the redline of the pair at ``rank`` among the doubtful ones, for a notebook."""
    found = pairing.doubtful(comparison.aligned, rank + 1)
    if len(found) <= rank:
        return Markup(f"<p>{said('no_pairs', comparison.lang)}</p>")
    row = found.iloc[rank]
    places = [(int(row[f"{side}_section"]), int(row[f"{side}_clause"])) for side in ("left", "right")]
    return Markup(f'<p style="line-height:1.9">{redlined(redline.pair(comparison, *places))}</p>')
