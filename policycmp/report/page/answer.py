"""The first screen of the page: the one pair of sums that can be compared, and the findings as headlines with links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policycmp.comparison import Comparison
from policycmp.schema import SIDES, records
from policycmp.shown import naming, sentences, tables
from policycmp.shown.html import Prose
from policycmp.shown.translations import translated
from policycmp.wording import said

if TYPE_CHECKING:
    from policycmp.report.page.places import Places


def like_for_like(comparison: Comparison, places: Places) -> dict[str, Any]:
    """Return the largest sums that can be compared directly, each leading to its number; or that there are none."""
    shown, lang = translated(comparison), comparison.lang
    table = shown.budget_pairs
    rows = [number for number, row in enumerate(records(table)) if row["comparable"]]
    if not rows:
        return {"what": repr(sentences.comparable_none(comparison)), "sides": [], "note": ""}
    sums = table["left_amount_yuan"] + table["right_amount_yuan"]
    best = max(rows, key=lambda number: float(sums.iloc[number]))
    heading, one, _, two, *_ = tables.budget_pairs(comparison).rows[best]
    values = [
        {"side": side, "name": name, "text": cell, "anchor": cell.anchor if cell.anchor in places.texts else ""}
        for side, name, cell in zip(SIDES, naming.names(comparison), (one, two), strict=True)
    ]
    note = said("further", lang, chapter="answer", n=len(rows) - 1) if len(rows) > 1 else ""
    return {"what": said("like", lang, chapter="answer", heading=heading), "sides": values, "note": note}


def notes(comparison: Comparison) -> list[str]:
    """Return what has to be known of the findings: that the two are about unlike things, and what annexes hold."""
    found = (sentences.cautions(comparison), sentences.annexes(comparison))
    return [repr(Prose(note.strip())) for note in found if note]
