"""The scale of the charts of a panel."""

from __future__ import annotations

from collections.abc import Sequence

from policycmp.charts.drawing.canvas import Canvas, round_ticks
from policycmp.shown import amounts


def draw_scale(chart: Canvas, values: Sequence[float], unit: str) -> None:
    """Draw a scale that holds all values, with the unit at its last tick."""
    low, high = min(values), max(values)
    edge = 0.06 * (high - low) or 0.5
    wide = chart.widest(amounts.format_value(end, None, "equal", unit, chart.lang) for end in (low, high))
    steps = max(1, min(7, int(chart.plot_width() / (1.3 * wide + 2 * chart.points))))
    ticks = [tick for tick in round_ticks(steps, low - edge, high + edge, False) if low - edge <= tick <= high + edge]
    printed = {tick: amounts.format_value(tick, None, "equal", unit, chart.lang) for tick in ticks}
    chart.set_scale(low - edge, high + edge, printed, zero=low - edge, grid=True)
