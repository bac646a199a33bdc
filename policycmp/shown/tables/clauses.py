"""The clauses side by side: what answers what, how surely, and how far the wording of each pair agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policycmp.asking import spread
from policycmp.comparison import Comparison
from policycmp.schema import SIDES, Place, place_of, records
from policycmp.shown.html import Cell, Column, Table
from policycmp.shown.naming import anchor, names, openings, pair_anchor, refs, relation, section_cell, sided
from policycmp.shown.translations import speaker, translate_table, translated
from policycmp.wording import label, said

if TYPE_CHECKING:
    import pandas as pd


NOWHERE = Place(0, 0)


def alignment(comparison: Comparison, table: pd.DataFrame | None = None) -> Table:
    """Return the clauses side by side; ``table`` may be a part of the alignment."""
    lang, rows, anchors = comparison.lang, list[list[object]](), list[str]()
    left, right = (refs(side, lang) for side in comparison.sides.values())
    folder = comparison.left.policy.folder
    begun = [openings(side) for side in comparison.sides.values()]
    for row in records(translate_table(comparison.alignment if table is None else table, folder, lang)):
        places = place_of(row, "left"), place_of(row, "right")
        one = left(places[0]), row["left_title"] or begun[0].get(places[0] or NOWHERE, "")
        two = right(places[1]), row["right_title"] or begun[1].get(places[1] or NOWHERE, "")
        told, similarity = relation(row["relation"], names(comparison), lang), round(row["similarity"], 2)
        section = section_cell((places[0] or places[1] or NOWHERE).section, lang)
        rows.append([section, *one, *two, told, similarity, row["shared_terms"]])
        docs = comparison.left.doc, comparison.right.doc
        anchors.append("row-" + pair_anchor(*zip(docs, places, strict=True)))
    first, second = sided(comparison)
    title = label("title", lang)
    chosen = [Column(label(name, lang), choice=True) for name in ("section", "relation")]
    more = [label(name, lang) for name in ("similarity", "shared")]
    return Table([chosen[0], first, title, second, title, chosen[1], *more], rows, anchors)


def unmatched(comparison: Comparison) -> Table:
    """Return the clauses that have no counterpart, with their text."""
    lang, rows = comparison.lang, []
    say = speaker(comparison.left.policy.folder, lang)
    for name, side in zip(names(comparison), SIDES, strict=True):
        ref = refs(comparison[side], lang)
        for row in spread.rows(comparison):
            half = row.sides[side]
            if row.relation == f"{side}_only" and half:
                rows.append([name, ref(half.place), say("clause", half.title), half.text])
    head = [Column(label("document", lang), choice=True), *(label(name, lang) for name in ("clause", "title", "quote"))]
    return Table(head, rows)


def clauses(comparison: Comparison) -> Table:
    """Return the clauses of both documents, and the paragraphs below headings, with text and who answers for them."""
    lang, rows, anchors = comparison.lang, list[list[Any]](), list[str]()
    say = speaker(comparison.left.policy.folder, lang)
    shown = translated(comparison)
    for name, side in zip(names(comparison), SIDES, strict=True):
        ref = refs(shown[side], lang)
        for half in spread.halves(shown, side):
            title = say("clause", half.title) if half.place.clause else half.title
            rows.append([name, str(ref(half.place)), title, half.text, half.bodies])
            anchors.append(anchor(shown[side].doc, half.place))
    head = [label(name, lang) for name in ("document", "clause", "title", "text", "body")]
    return Table([Column(head[0], choice=True), *head[1:]], rows, anchors)


def wording(comparison: Comparison) -> Table:
    """Return how far the wording of each pair of clauses agrees: the shared share, and what only one says."""
    lang, rows = comparison.lang, []
    left, right = (refs(side, lang) for side in comparison.sides.values())
    for row in records(spread.wording(comparison)):
        one, two = left(place_of(row, "left")), right(place_of(row, "right"))
        share = Cell(f"{row['shared']:.0%}", key=row["shared"])
        rows.append([one, two, share, row["left_only"], row["right_only"]])
    only = [said("only_characters", lang, chapter="labels", name=name) for name in names(comparison)]
    return Table([*sided(comparison), label("shared_share", lang), *only], rows)
