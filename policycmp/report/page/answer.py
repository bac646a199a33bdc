"""The first screen of the page: the one pair of numbers that are alike, and the findings as headlines with links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policycmp.comparison import Comparison
from policycmp.schema import SIDES, records
from policycmp.shown import naming, sentences, tables
from policycmp.shown.html import Cell, Prose
from policycmp.wording import said

if TYPE_CHECKING:
    from policycmp.report.page.places import Places


def like_for_like(comparison: Comparison, places: Places) -> dict[str, Any]:
    """Return the pair of numbers that answers first, each leading to its place in the text.

    It is the largest sums that can be compared directly, else the targets furthest apart; where there are neither, that
    there are none.
    """
    lang = comparison.lang
    comparable = [n for n, row in enumerate(records(comparison.budget_pairs)) if row["comparable"]]
    targets = tables.target_pairs(comparison).rows
    if comparable:
        sums = comparison.budget_pairs["left_amount_yuan"] + comparison.budget_pairs["right_amount_yuan"]
        best = max(comparable, key=lambda number: float(sums.iloc[number]))
        heading, one, _, two, *_ = tables.budget_pairs(comparison).rows[best]
        what = said("like", lang, chapter="answer", heading=heading)
        note = said("further", lang, chapter="answer", n=len(comparable) - 1) if len(comparable) > 1 else ""
        return {"what": what, "sides": _sides(comparison, places, (one, two)), "note": note}
    if targets and targets[0][-1].key:
        _, item, one, _, _, two, *_ = targets[0]
        what = said("like_target", lang, chapter="answer", item=item)
        return {"what": what, "sides": _sides(comparison, places, (one, two)), "note": ""}
    return {"what": repr(sentences.comparable_none(comparison)), "sides": [], "note": ""}


def _sides(comparison: Comparison, places: Places, cells: tuple[Cell, Cell]) -> list[dict[str, str]]:
    return [
        {"side": side, "name": name, "text": cell, "anchor": cell.anchor if cell.anchor in places.texts else ""}
        for side, name, cell in zip(SIDES, naming.names(comparison), cells, strict=True)
    ]


def notes(comparison: Comparison) -> list[str]:
    """Return what has to be known of the findings: that the two are about unlike things, and what annexes hold."""
    found = (sentences.cautions(comparison), sentences.annexes(comparison))
    return [repr(Prose(note.strip())) for note in found if note]
