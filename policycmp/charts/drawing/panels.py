"""Small panels: a pair of targets in its natural unit, on a scale of its own, many of them side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import Canvas
from policycmp.charts.drawing.layout import GAP
from policycmp.charts.drawing.text import printable
from policycmp.schema import SIDES
from policycmp.shown import naming
from policycmp.shown.amounts import format_value, significant, to_float

_MANY = 10_000  # times: more are said in 万 or millions
NARROWEST = 17.0  # em: room for a bar and a value with its clause


class Panel(NamedTuple):
    """One pair: the heading of its section, what it counts, both values in words, and its height in lines."""

    pair: Mapping[str, Any]
    section: str
    item: str
    text: dict[str, str]
    high: float


class Abreast(NamedTuple):
    """How many panels have room side by side, and how wide each is, in points."""

    many: int
    wide: float

    def place(self, number: int) -> float:
        """Return where the panel of a column begins."""
        return number * (self.wide + 2 * GAP)


class Flowing(NamedTuple):
    """Where a panel of `flow` stands: its column, its height there, and the heading above it, if there is one."""

    column: int
    y: float
    heading: str


def abreast(chart: Canvas) -> Abreast:
    """Return how many panels have room side by side, and how wide each is."""
    inner = chart.inner_width()
    count = max(1, int(inner / (NARROWEST * chart.points)))
    return Abreast(count, (inner + 2 * GAP) / count - 2 * GAP)


def read_panel(chart: Canvas, pair: Mapping[str, Any], wide: float, *, with_times: bool = False) -> Panel:
    """Return the panel of a pair, its texts broken to fit into `wide` points; with `with_times`, it tells the ratio."""
    text = {side: chart.say_value(pair, side, 0.65 * wide) for side in SIDES}
    item = printable(naming.indicator(pair))
    if with_times:
        item += chart.say("item_times", n=times(pair["ratio"], chart.lang))
    item = chart.wrap(item, wide, 9)
    high = sum(line.count("\n") + 1 for line in (item, *text.values())) + 0.5
    return Panel(pair, chart.say_section(pair["section"]), item, text, high)


def times(ratio: float, lang: str) -> str:
    """Return how many times as much the larger of two values is: 44, 1.05."""
    larger = max(ratio, 1 / ratio)
    if larger >= _MANY:
        return format_value(float(f"{larger:.2g}"), None, "equal", "", lang)
    return significant(float(f"{larger:.2g}") if 2 <= larger < 100 else larger, lang)


def flow(chart: Canvas, panels: Sequence[Panel], room: Abreast) -> tuple[list[Flowing], float]:
    """Return where each panel stands, and the end of all.

    The panels run down one column after the other; the height is the least at which the columns are enough.
    """
    limit = sum(panel.high for panel in panels) / room.many
    first = {panel.section: chart.wrap(panel.section, room.wide, 9, "bold") for panel in panels}
    again = {name: chart.wrap(chart.say("continued", heading=name), room.wide, 9, "bold") for name in first}
    while True:
        places, ends, section = list[Flowing](), [0.0], ""
        for panel in panels:
            heading = "" if panel.section == section else first[panel.section]
            if ends[-1] and ends[-1] + panel.high + _lines(heading) > limit:
                heading = heading or again[section]
                ends.append(0.0)
            ends[-1] += _lines(heading)
            places.append(Flowing(len(ends) - 1, ends[-1], heading))
            ends[-1], section = ends[-1] + panel.high, panel.section
        if len(ends) <= room.many:
            return places, max(ends)
        limit += 0.5


def draw_panel(chart: Canvas, panel: Panel, key: str, x: float, y: float, wide: float) -> None:
    """Draw one pair at (x, y): what it counts, and under it a bar for each side with the value behind it."""
    chart.write(panel.item, x, y, at="data", va="top", mark=("item", key))
    y += panel.item.count("\n") + 1
    values = {side: _values(panel.pair, side) for side in panel.text}
    most = max((value for both in values.values() for value in both), default=0.0)
    scale = (wide - chart.widest(panel.text.values()) * 1.03 - 4) / most if most else 1.0
    for side, text in panel.text.items():
        high, parts, start = text.count("\n") + 1, list[tuple[str, float, bool]](), 0.0
        for column, value in zip((side, f"{side}_max"), values[side], strict=False):
            parts.append((column, value - start, column != side))  # the upper value is hatched from the lower one
            start = value
        end = chart.bar(side, key, y + high / 2, parts, x=x, scale=scale)
        mark = (f"{side}_text", key)
        chart.write(text, end, y + high / 2, at="data", dx=3, color=chart.looks[side].ink, mark=mark)
        chart.ax.plot([x, x], [y + 0.1, y + high - 0.1], color=style.MUTED, linewidth=0.8)
        chart.about.cite(key, side, chart.about.of_target(panel.pair, side))
        y += high


def _lines(heading: str) -> float:
    """Return the height of a heading with the room around it, in lines."""
    return heading.count("\n") + 1.4 if heading else 0.0


def _values(pair: Mapping[str, Any], side: str) -> list[float]:
    """Return the lower and the upper value of one side, as far as bars from 0 can show them."""
    if pair[f"{side}_comparator"] == "top":  # the lower, the better
        return []
    values = (to_float(pair[f"{side}_{name}"]) for name in ("value", "value_max"))
    return [value for value in values if 0 <= value < float("inf")]
