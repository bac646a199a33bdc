"""The clauses of both documents side by side in a page: what only one says, every number by its role, and links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from policycmp import schema
from policycmp.asking import spread
from policycmp.asking.spread import LEAD_IN, Half, Row, Section
from policycmp.comparison import Comparison
from policycmp.report.page.places import Places, counterparts, name_of
from policycmp.report.page.templating import fill
from policycmp.shown import marks, naming
from policycmp.shown.naming import names, refs
from policycmp.shown.translations import speaker, translated
from policycmp.wording import label

if TYPE_CHECKING:
    from markupsafe import Markup

_SAID = ("find_clause", "differ", "all", "nothing", "alone", "row")


def reader(comparison: Comparison, places: Places | None = None) -> Markup:
    """Return the sections and clauses of both documents side by side, as HTML.

    A word that only one clause of a pair has is a ``u``, a quantity a ``mark`` (see `marks.numbers`) that leads to its
    place in the text. A pair whose targets can be compared names them, and has the class ``differ`` where two of them
    are not equal.
    """
    shown = translated(comparison)
    places, lang = places or Places.of(shown), shown.lang
    parts = [_section(shown, section, places) for section in spread.sections(shown)]
    numbered = [(str(number), part["heading"]) for number, part in enumerate(parts, 1) if part["heading"]]
    relations = [(name, naming.relation(name, names(shown), lang)) for name in schema.RELATIONS]
    roles = [(role, label(role, lang, "values")) for role in schema.ROLES[:-1]]
    filters = [
        (name, label(name, lang), choices)
        for name, choices in (("section", numbered), ("relation", relations), ("role", roles))
    ]
    say = {name: label(name, lang, "page") for name in _SAID}
    return fill("reader.html", sections=parts, filters=filters, say=say, chinese=lang != "zh")


def unit_html(text: str, half: Half, *layers: list[marks.Span]) -> Markup:
    """Return the text of a clause in paragraphs, and below it the bodies that answer for it."""
    from markupsafe import Markup

    marked = Markup(marks.in_paragraphs(text, half.start, half.end, *layers))
    return fill("unit.html", text=marked, bodies=half.bodies)


def _section(comparison: Comparison, section: Section, places: Places) -> dict[str, Any]:
    return {
        "heading": _heading(comparison, section),
        "pairs": [_article(comparison, row, places) for row in section.rows],
    }


def _heading(comparison: Comparison, section: Section) -> str:
    """Return the headings of two sections, or of one where they are the same; nothing outside the sections."""
    lead_in = section.rows[0] if section.rows[0].relation == LEAD_IN else None
    halves = filter(None, lead_in.sides.values()) if lead_in else ()
    return " ｜ ".join(
        dict.fromkeys(naming.heading(half.place.section, half.title, comparison.lang) for half in halves)
    )


def _article(comparison: Comparison, row: Row, places: Places) -> dict[str, Any]:
    """Return what is known of two clauses side by side: what they have in common, and both sides."""
    lang, goals = comparison.lang, list(_goals(comparison, row))
    about = [naming.relation(row.relation, names(comparison), lang)]
    if row.relation != LEAD_IN and row.left and row.right:
        about.append(f"{label('similarity', lang)} {row.similarity:.2f}")
    if goals:
        texts = label("semicolon", lang, "names").join(text for text, _ in goals)
        about.append(label("goals", lang, "page") + texts)
    name = name_of(comparison, row)
    roles = {number["role"] for half in row.sides.values() if half for number in half.numbers}
    return {
        "name": name,
        "row": f"row-{name}" if f"row-{name}" in places.taken else "",
        "relation": row.relation,
        "roles": sorted(roles - {"reference"}),
        "differ": any(other for _, other in goals),
        "about": about,
        "halves": list(_halves(comparison, row, places)),
    }


def _goals(comparison: Comparison, row: Row) -> Iterator[tuple[str, bool]]:
    """Yield each pair of targets of which both stand here in words, and whether their values differ."""
    for pair in row.pairs:
        if (pair.left, pair.right) == row.places:
            one, two = (naming.value(pair.row, side, comparison.lang) for side in row.sides)
            yield f"{naming.indicator(pair.row)} {one} ｜ {two}", one != two


def _halves(comparison: Comparison, row: Row, places: Places) -> Iterator[dict[str, Any]]:
    """Yield what stands on the left and on the right of a row: its place, its title and its text."""
    for name, (side, half) in zip(names(comparison), row.sides.items(), strict=True):
        own, lang = comparison[side], comparison.lang
        known: dict[str, Any] = {"side": side, "name": name, "text": None}
        if half:
            where = {number: number for number in places.texts}
            only = marks.only_here(half)
            numbers = marks.numbers(own, half.numbers, lang=lang, paired=counterparts(comparison, side))
            layers = only, marks.links(own, half.numbers, where), numbers
            known["text"] = unit_html(own.policy.text, half, *layers)
            known |= {"anchor": naming.anchor(own.doc, half.place), "ref": refs(own, lang)(half.place)}
            called = speaker(own.policy.folder, lang)("clause", half.title) if half.place.clause else half.title
            known["called"] = called if called != half.title else ""
            known |= {"title": _title(own.policy.text, half, only), "clause": half.place.clause}
        yield known


def _title(text: str, half: Half, only: list[marks.Span]) -> str:
    """Return the title of a clause with what only it says; a heading, which may be translated, as it is."""
    from markupsafe import Markup

    if not half.place.clause:
        return half.title
    end = half.title_start + len(half.title)
    return Markup(marks.marked(text, half.title_start, end, only))
