"""The clauses side by side: what answers what, how surely, and how far the wording of each pair agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policycmp import pairing
from policycmp.asking import spread
from policycmp.comparison import Comparison
from policycmp.schema import SIDES, place_of, records
from policycmp.shown.html import Table
from policycmp.shown.naming import names, refs
from policycmp.wording import label, said

if TYPE_CHECKING:
    import pandas as pd


def alignment(comparison: Comparison, table: pd.DataFrame | None = None) -> Table:
    """Return the clauses side by side; ``table`` may be a part of the alignment."""
    lang, rows = comparison.lang, []
    left, right = (refs(side, lang) for side in comparison.sides.values())
    for row in records(comparison.alignment if table is None else table):
        one = left(place_of(row, "left")), row["left_title"]
        two = right(place_of(row, "right")), row["right_title"]
        rows.append([*one, *two, label(row["relation"], lang, "values"), row["similarity"], row["shared_terms"]])
    first, second = names(comparison)
    title = label("title", lang)
    more = [label(name, lang) for name in ("relation", "similarity", "shared")]
    return Table([first, title, second, title, *more], rows)


def unmatched(comparison: Comparison) -> Table:
    """Return the clauses that have no counterpart, with their text."""
    lang, rows = comparison.lang, []
    for name, side in zip(names(comparison), SIDES, strict=True):
        ref = refs(comparison[side], lang)
        for row in spread.rows(comparison):
            half = row.sides[side]
            if row.relation == f"{side}_only" and half:
                rows.append([name, ref(half.place), half.title, half.text])
    return Table([label(name, lang) for name in ("document", "clause", "title", "quote")], rows)


def doubtful(comparison: Comparison, *, most: int = 8) -> Table:
    """Return the pairs of clauses that a researcher should look at first."""
    return alignment(comparison, pairing.doubtful(comparison.aligned, most))


def explain(comparison: Comparison, *, rank: int = 0, most: int = 10) -> Table:
    """Return the terms that carry the pair at ``rank`` among the doubtful ones."""
    head = [label(name, comparison.lang) for name in ("part", "term", "contribution")]
    first = pairing.doubtful(comparison.aligned, rank + 1)
    if len(first) <= rank:
        return Table(head, [])
    terms = pairing.explain(comparison.aligned, *pairing.places_of(first)[rank]).head(most)
    return Table(head, [[part, term, round(float(value), 4)] for part, term, value in terms.itertuples(index=False)])


def wording(comparison: Comparison) -> Table:
    """Return how far the wording of each pair of clauses agrees: the shared share, and what only one says."""
    lang, rows = comparison.lang, []
    left, right = (refs(side, lang) for side in comparison.sides.values())
    for row in records(spread.wording(comparison)):
        one, two = left(place_of(row, "left")), right(place_of(row, "right"))
        rows.append([one, two, f"{row['shared']:.0%}", row["left_only"], row["right_only"]])
    only = [said("only_characters", lang, chapter="labels", name=name) for name in names(comparison)]
    return Table([*names(comparison), label("shared_share", lang), *only], rows)
