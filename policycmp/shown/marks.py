"""A text as HTML with tags around its spans; the text itself is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from policycmp.asking.redline import Run
from policycmp.asking.spread import Half
from policycmp.document import Tables
from policycmp.keeping import once
from policycmp.schema import WORDLESS, Record
from policycmp.shown.amounts import format_value
from policycmp.shown.html import Markup
from policycmp.shown.naming import number_anchor
from policycmp.text.lexicon import Lexicon, any_of
from policycmp.wording import label

LONGEST = 8  # characters of a comparator that stands before a number


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
    lines = re.compile(r"[^\n]+").finditer(text, start, end)
    return [Span(*line.span(), "p") for line in lines if line[0].strip()]


def only_here(half: Half) -> list[Span]:
    """Return the words that one side of a row alone says, as ``<u>``."""
    return [Span(start, end, "u") for start, end in half.only]


def numbers(
    tables: Tables,
    rows: Iterable[Record] | None = None,
    *,
    every: bool = False,
    lang: str = "zh",
    paired: Mapping[int, str] | None = None,
    named: bool = False,
) -> list[Span]:
    """Return the quantities of a document as ``<mark>``, each with its role, what it counts and its value.

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
    paired : mapping of int to str, optional
        The targets that have a counterpart, by where their numbers begin, and what it says: they have the class
        ``paired``, the other targets ``single``.
    named : bool
        Give each mark the name of its number's place in a page.
    """
    if rows is None:
        rows = sorted(tables.rows["quantities"], key=lambda row: row["number_start"])
    counted, spans = indicators(tables), []
    for row in rows:
        start, role = row["number_start"], row["role"]
        if not every and role == "reference":
            continue
        classes, note = role + (" flag" if every and row["flag"] else ""), _note(row, counted, lang)
        if paired is not None and role == "target":
            classes += " paired" if start in paired else " single"
            note += f" ｜ {paired[start]}" if start in paired else ""
        name = f' id="{html.escape(number_anchor(tables.doc, start))}"' if named else ""
        spans.append(Span(*whole(tables, row), f'mark class="{classes}" title="{html.escape(note)}"{name}'))
    return spans


def links(tables: Tables, rows: Iterable[Record], where: Mapping[str, str]) -> list[Span]:
    """Return a link around each of some quantities to where a page leads from its number."""
    spans = []
    for row in rows:
        anchor = number_anchor(tables.doc, row["number_start"])
        if row["role"] != "reference" and anchor in where:
            spans.append(Span(*whole(tables, row), f'a href="#{html.escape(where[anchor])}"'))
    return spans


def whole(tables: Tables, row: Record) -> tuple[int, int]:
    """Return where a quantity stands, with unit and comparator (超80家, 80家以上); of a reference the number alone."""
    start, text = row["number_start"], tables.policy.folded
    end = start + len(row["as_written"])
    if row["role"] == "reference":
        return start, end
    known = _comparators(tables.policy.lexicon)
    end += text[end : end + 1] in ("余", "多")
    if row["unit"]:
        *_, last = tables.policy.lexicon.units.at(text, end)
        end = last if last > end else end + len(row["unit"]) * text.startswith(row["unit"], end)
    if row["comparator"] != "equal":
        before, after = known.before.search(text, max(0, start - LONGEST), start), known.after.match(text, end)
        start, end = before.start() if before else start, after.end() if after else end
    return start, end


class _Comparators(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str]


@once
def _comparators(lexicon: Lexicon) -> _Comparators:
    """Return the patterns of the comparators that stand around a number."""
    words: dict[str, list[str]] = {"before": ["前"], "after": []}
    for place, listed in words.items():
        for name, own in lexicon[f"comparators_{place}"].items():
            listed += own if name != "equal" else []
    return _Comparators(re.compile(rf"{any_of(words['before'])} ?\Z"), re.compile(f" ?{any_of(words['after'])}"))


def indicators(tables: Tables) -> dict[int, str]:
    """Return what the targets count, by where their numbers begin: it may be translated, that of a quantity is not."""
    return {row["number_start"]: row["indicator"] for row in tables.rows["targets"]}


def _note(row: Record, counted: Mapping[int, str], lang: str) -> str:
    """Say the role of a number, what it counts and its value."""
    what = counted.get(row["number_start"], row["indicator"])
    value = label("unread", lang, "values")
    if row["value"] == row["value"] or row["comparator"] in WORDLESS:
        value = format_value(row["value"], row["value_max"], row["comparator"], row["unit"], lang)
    return " ".join(filter(None, (label(row["role"], lang, "values"), what, value)))


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
