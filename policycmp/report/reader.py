"""The clauses of both documents side by side in a page: what only one says, every number by its role, and links."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from policycmp.asking import redline
from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.pairing import SectionPair
from policycmp.report import audit
from policycmp.schema import SIDES, is_missing, records
from policycmp.shown import naming
from policycmp.shown.marks import Span, marked, only_here, paragraphs
from policycmp.shown.naming import names, refs
from policycmp.shown.translations import translated
from policycmp.wording import label


class Unit(NamedTuple):
    """A section's own paragraph (its clause is 0) or a clause, and where its text stands in the source."""

    section: int
    clause: int
    title: str
    bodies: str
    start: int
    end: int


def units(side: Tables) -> list[Unit]:
    """Return the sections and clauses of a document in the order of its text."""
    leads = side.sections.assign(clause=0).rename(columns={"heading": "title", "lead": "bodies"})
    found = (Unit(*(row[name] for name in Unit._fields)) for table in (leads, side.clauses) for row in records(table))
    return sorted(found, key=lambda unit: unit.start)


def text_html(side: Tables, start: int, end: int, *layers: Sequence[Span]) -> str:
    """Return a stretch of the source in paragraphs, ``layers`` marked in it."""
    return marked(side.policy.text, start, end, paragraphs(side.policy.text, start, end), *layers)


def unit_html(side: Tables, unit: Unit, *layers: Sequence[Span]) -> str:
    """Return the text of a unit, and below it the bodies that answer for it."""
    bodies = f'<p class="bodies">{html.escape(unit.bodies)}</p>' if unit.bodies else ""
    return text_html(side, unit.start, unit.end, *layers) + bodies


def reader(comparison: Comparison) -> str:
    """Return the sections and clauses of both documents side by side, as HTML.

    A word that only one clause of a pair has is a ``u``, a number a ``mark`` as `audit` makes it. A pair whose targets
    can be compared names them, and has the class ``differ`` where two of them are not equal.
    """
    lang = comparison.lang
    comparison = translated(comparison)
    sides = comparison.left, comparison.right
    known: list[dict[Any, Unit]] = [{(unit.section, unit.clause): unit for unit in units(side)} for side in sides]
    marks, goals = [audit.numbers(side, lang=lang) for side in sides], _goals(comparison)
    find, differ = (label(name, lang, "page") for name in ("find_clause", "differ"))
    parts = [
        f'<div class="tools" role="search" hidden><input type="search" class="find" placeholder="{find}" '
        f'aria-label="{find}"> <label><input type="checkbox"> {differ}</label> <output></output></div>'
    ]
    for (one, two), rows in sections(comparison):
        lead = {"relation": "lead_in", "left_section": one, "left_clause": 0, "right_section": two, "right_clause": 0}
        heads = [own[n, 0] for own, n in zip(known, (one, two), strict=True) if (n, 0) in own]
        titles = dict.fromkeys(naming.heading(head.section, head.title, lang) for head in heads)
        parts.append(f"<section><h3>{html.escape(' ｜ '.join(titles))}</h3>")
        for row in [lead] * bool(heads) + rows:
            place = tuple((row[f"{side}_section"], row[f"{side}_clause"]) for side in SIDES)
            both = [own.get(one) for own, one in zip(known, place, strict=True)]
            texts, other = goals.get(place, ([], False))
            about = [label(row["relation"], lang, "values")]
            if row is not lead and all(both):
                about.append(f"{label('similarity', lang)} {row['similarity']:.2f}")
            if texts:
                about.append(label("goals", lang, "page") + label("semicolon", lang, "names").join(texts))
            parts.append(
                f'<article class="pair{" differ" * other}"><p class="about">{html.escape(" · ".join(about))}</p>'
            )
            parts += [*_cells(comparison, both, marks), "</article>"]
        parts.append("</section>")
    return f'<div class="reader">{"".join(parts)}</div>'


def sections(comparison: Comparison) -> Iterator[tuple[SectionPair, list[dict[str, Any]]]]:
    """Yield the sections that answer each other with the rows of the alignment that belong there."""
    rows: dict[SectionPair, list[dict[str, Any]]] = {pair: [] for pair in comparison.sections}
    left, right = ({pair[side]: pair for pair in rows} for side in (0, 1))
    for row in records(comparison.alignment):
        one, two = row["left_section"], row["right_section"]
        if is_missing(one):
            pair = right.get(two, SectionPair(None, two))
        else:
            pair = left.get(one, SectionPair(one, None))
        rows.setdefault(pair, []).append(row)
    yield from rows.items()


def _goals(comparison: Comparison) -> dict[tuple[Any, ...], tuple[list[str], bool]]:
    """Return the comparable targets of each pair of clauses in words, and whether two of them differ."""
    lang = comparison.lang
    found: dict[tuple[Any, ...], tuple[list[str], bool]] = {}
    places = [{row["target"]: (row["section"], row["clause"]) for row in records(side.targets)}
              for side in (comparison.left, comparison.right)]  # fmt: skip
    for row in records(comparison.target_pairs):
        one, two = (naming.value(row, side, lang) for side in SIDES)
        key = tuple(place[row[f"{side}_target"]] for place, side in zip(places, SIDES, strict=True))
        texts, differ = found.get(key, ([], False))
        found[key] = [*texts, f"{naming.indicator(row)} {one} ｜ {two}"], differ or one != two
    return found


def _cells(comparison: Comparison, both: Sequence[Unit | None], marks: Sequence[Sequence[Span]]) -> Iterator[str]:
    """Yield what stands on the left and on the right of a row."""
    lang = comparison.lang
    sides = comparison.left, comparison.right
    texts = [side.policy.text[unit.start : unit.end] if unit else "" for side, unit in zip(sides, both, strict=True)]
    runs = redline.redline(*texts, lexicon=comparison.left.policy.lexicon) if all(both) else []
    chinese = "" if lang == "zh" else ' lang="zh-CN"'
    for which, name, side, unit, numbers in zip(SIDES, names(comparison), sides, both, marks, strict=True):
        cell = f'<p class="alone">{html.escape(name)} {label("alone", lang, "page")}</p>'
        if unit:
            place = html.escape(naming.anchor(side.doc, unit.section, unit.clause))
            titled = chinese if unit.clause else ""  # headings are translated, titles are not
            cell = (
                f'<h4><a href="#{place}">{html.escape(name)} {refs(side, lang)(unit.section, unit.clause)}</a> '
                f"<span{titled}>{html.escape(unit.title)}</span></h4>"
                f"<div{chinese}>{unit_html(side, unit, only_here(runs, which, unit.start), numbers)}</div>"
            )
        yield f'<div class="{which}">{cell}</div>'
