"""Where the figures of a panel are told: a row knows it by the id of its target or result."""

from __future__ import annotations

from typing import Any

from policycmp.asking import provenance
from policycmp.asking.provenance import Passage
from policycmp.charts.drawing.canvas import Canvas
from policycmp.quantities import place_in
from policycmp.schema import is_missing
from policycmp.shown import naming


def cited(name: Any, quote: Any) -> list[Passage]:
    """Return the passage of a figure; none where there is no figure."""
    if is_missing(name) or not name:
        return []
    doc, place = place_in(str(name))
    return [provenance.stated({"doc": doc, "section": place.section or None, "clause": place.clause, "quote": quote})]


def clause(chart: Canvas, name: Any) -> str:
    """Return which clause tells a figure, to be written behind it; nothing in the one column of a journal."""
    if is_missing(name) or not name or chart.about.size == "column":
        return ""
    _, place = place_in(str(name))
    return "  " + naming.place_name(place, chart.lang, sectioned=True) if any(place) else ""
