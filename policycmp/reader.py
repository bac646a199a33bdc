"""The clauses of both documents side by side in a page: what only one says, every number by its role, and links."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from policycmp import audit, redline, views
from policycmp.comparison import Comparison
from policycmp.display import VALUES, Span, anchor, heading, label, marked, names, paragraphs, records, refs
from policycmp.pairs import section_map
from policycmp.tables import Tables
from policycmp.translations import translate

WORDS = {
    "find": ("在条款中查找", "find in the clauses"), "alone": ("无对应", "no counterpart"),
    "differ": ("只看目标数值不同的", "only pairs whose targets differ"),
    "goals": ("并列的目标", "comparable targets"), "similarity": ("相似度", "similarity"),
}  # fmt: skip
SIDES = ("left", "right")


class Unit(NamedTuple):
    """A section's own paragraph (its clause is 0) or a clause, and where its text stands in the source."""

    section: int
    clause: int
    title: str
    bodies: str
    start: int
    end: int


class _Column(NamedTuple):
    """What one document gives to the reader."""

    name: str
    side: Tables
    units: dict[Any, Unit]
    numbers: list[Span]
    ref: Callable[[Any, Any], str]


def units(side: Tables) -> list[Unit]:
    """Return the sections and clauses of a document in the order of its text."""
    found = [
        (row["section"], 0, row["heading"], row["lead"], row["start"], row["end"]) for row in records(side.sections)
    ]
    names = ("section", "clause", "title", "bodies", "start", "end")
    found += [tuple(row[name] for name in names) for row in records(side.clauses)]
    return sorted((Unit(int(s), int(c), t, b, int(i), int(j)) for s, c, t, b, i, j in found), key=lambda one: one.start)


def text_html(side: Tables, start: int, end: int, *layers: Sequence[Span]) -> str:
    """Return a stretch of the source in paragraphs, ``layers`` marked in it."""
    return marked(side.policy.text, start, end, paragraphs(side.policy.text, start, end), *layers)


def reader(comparison: Comparison, lang: str = "zh") -> str:
    """Return the sections and clauses of both documents side by side, as HTML.

    A word that only one clause of a pair has is a ``u``, a number a ``mark`` as `audit` makes it. A pair whose targets
    can be compared names them, and has the class ``differ`` where two of them are not equal.
    """
    comparison = translate(comparison, lang)
    columns = [
        _Column(name, side, {(one.section, one.clause): one for one in units(side)}, audit.numbers(side, lang=lang),
                refs(side, lang))
        for name, side in zip(names(comparison, lang), (comparison.left, comparison.right), strict=True)
    ]  # fmt: skip
    goals = _goals(comparison, lang)
    find, differ = (label(name, lang, WORDS) for name in ("find", "differ"))
    parts = [
        f'<div class="tools" role="search" hidden><input type="search" class="find" placeholder="{find}" '
        f'aria-label="{find}"> <label><input type="checkbox"> {differ}</label> <output></output></div>'
    ]
    for ordinals, rows in sections(comparison):
        heads = [one.units.get((section, 0)) for one, section in zip(columns, ordinals, strict=True)]
        titles = dict.fromkeys(heading(head.section, head.title, lang) for head in heads if head)
        parts.append(f"<section><h3>{html.escape(' ｜ '.join(titles))}</h3>")
        parts += [_pair(columns, heads, label("lead_in", lang, VALUES), [], lang)] if any(heads) else []
        for row in rows:
            places = [(row[f"{side}_section"], row[f"{side}_clause"]) for side in SIDES]
            both = [one.units.get(place) for one, place in zip(columns, places, strict=True)]
            about = label(row["relation"], lang, VALUES)
            if all(both):
                about += f" · {label('similarity', lang)} {row['similarity']:.2f}"
            parts.append(_pair(columns, both, about, goals.get(tuple(places), []), lang))
        parts.append("</section>")
    return f'<div class="reader">{"".join(parts)}</div>'


def sections(comparison: Comparison) -> Iterator[tuple[tuple[int | None, int | None], list[dict[str, Any]]]]:
    """Yield the sections that answer each other with the rows of the alignment that belong there."""
    chosen = section_map(comparison.aligned)
    home = {two: (one, two) for one, two in chosen.items()}
    rows: dict[tuple[int | None, int | None], list[dict[str, Any]]] = {
        (int(one), chosen.get(int(one))): [] for one in comparison.left.sections["section"]
    }
    rows |= {(None, int(two)): [] for two in comparison.right.sections["section"] if int(two) not in home}
    for row in records(comparison.alignment):
        one, two = row["left_section"], row["right_section"]
        rows.setdefault(home.get(two, (None, two)) if one is None else (one, chosen.get(one)), []).append(row)
    yield from rows.items()


def _goals(comparison: Comparison, lang: str) -> dict[tuple[Any, ...], list[tuple[str, bool]]]:
    """Return the comparable targets of each pair of clauses in words, and whether they differ."""
    found: dict[tuple[Any, ...], list[tuple[str, bool]]] = {}
    places = [{row["target"]: (row["section"], row["clause"]) for row in records(side.targets)}
              for side in (comparison.left, comparison.right)]  # fmt: skip
    shown = views.target_pairs(comparison, lang).rows
    for row, (item, one, _, _, two, *_) in zip(records(comparison.target_pairs), shown, strict=True):
        key = tuple(place[row[f"{side}_target"]] for place, side in zip(places, SIDES, strict=True))
        found.setdefault(key, []).append((f"{item} {one} ｜ {two}", one != two))
    return found


def _pair(
    columns: Sequence[_Column], both: Sequence[Unit | None], about: str, goals: Sequence[tuple[str, bool]], lang: str
) -> str:
    texts = [
        one.side.policy.text[unit.start : unit.end] if unit else "" for one, unit in zip(columns, both, strict=True)
    ]
    runs = redline.redline(*texts, extra=columns[0].side.policy.extra) if all(both) else []
    cells = [
        f'<div class="{side}">{_cell(one, unit, redline.only(runs, side, unit.start) if unit else [], lang)}</div>'
        for one, unit, side in zip(columns, both, SIDES, strict=True)
    ]
    if goals:
        colon, stop = ("：", "；") if lang == "zh" else (": ", "; ")
        about += f" · {label('goals', lang, WORDS)}{colon}{stop.join(text for text, _ in goals)}"
    kind = "pair differ" if any(differ for _, differ in goals) else "pair"
    return f'<article class="{kind}"><p class="about">{html.escape(about)}</p>{"".join(cells)}</article>'


def _cell(column: _Column, unit: Unit | None, own: list[Span], lang: str) -> str:
    if unit is None:
        return f'<p class="alone">{html.escape(column.name)} {label("alone", lang, WORDS)}</p>'
    where, ref = anchor(column.side.doc, unit.section, unit.clause), column.ref(unit.section, unit.clause)
    chinese = "" if lang == "zh" else ' lang="zh-CN"'
    titled = chinese if unit.clause else ""  # headings are translated, titles are not
    text = text_html(column.side, unit.start, unit.end, own, column.numbers)
    bodies = f'<p class="bodies">{html.escape(unit.bodies)}</p>' if unit.bodies else ""
    return (
        f'<h4><a href="#{html.escape(where)}">{html.escape(column.name)} {ref}</a> '
        f"<span{titled}>{html.escape(unit.title)}</span></h4><div{chinese}>{text}{bodies}</div>"
    )
