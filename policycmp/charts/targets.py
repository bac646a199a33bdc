"""Comparable targets as rows: both values, and a dot on a common scale of ratios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import GAP, LINE, Canvas, Room, drawing
from policycmp.charts.drawing.subject import Options
from policycmp.charts.drawing.text import printable
from policycmp.shown.amounts import format_value, to_float

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

_SEPARATOR = " · "


def targets(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw each pair of comparable targets as a row: both values, and a dot on a common scale of ratios.

    The dot stands on the side of the larger value, at the ratio of the two; a pair whose ratio has no meaning has none.

    Parameters
    ----------
    data, **options
        The table ``target_pairs`` of the data dictionary, or the comparison that holds it. See `Options`.
    """
    with drawing("targets", data, **options) as chart:
        table = chart.about.table("target_pairs").sort_values("section", kind="stable")
        if table.empty:
            return chart.empty()
        width, pairs, names = chart.width, list(table.itertuples()), chart.about.names
        values = {side: [value_text(chart, pair, f"{side}_", 0.19 * width) for pair in pairs] for side in names}
        named = chart.name_sides(0.18 * width)
        columns = {side: chart.widest([named[side], *values[side]], "bold") for side in names}
        items = [pair_item(pair) for pair in pairs]
        item_width = max(width - sum(columns.values()) - 5 * GAP - 0.26 * width, 0.22 * width)
        item_width = min(chart.widest(items) * 1.03, item_width)
        items = [chart.wrap(item, item_width * 1.001, 2) for item in items]
        rows, heads, units = _place(chart, pairs, values, items)
        arrows = {side: printable(chart.say(f"{side}_larger", side=name)) for side, name in names.items()}
        note = _SEPARATOR.join(arrows.values())
        left_room, right_room = item_width + columns["left"] + 3 * GAP, columns["right"] + 2 * GAP
        room = Room(left_room, right_room, 3 * chart.points, 2.6 * chart.points)
        chart.open(room, units=units, pitch=LINE * 1.15, notes=[note])
        _ratio_axis(chart, [row.ratio for row in rows])
        chart.write_heads(named, y=0.6, at="row", dy=0)
        for y, heading in heads:
            chart.write_item(heading, y, fontweight="bold")
        for number, (row, pair) in enumerate(zip(rows, pairs, strict=True), 1):
            _target_row(chart, row, str(number))
            for side in names:
                chart.about.cite(number, side, chart.about.of_target(pair, side))
        if chart.widest([note]) > chart.plot_width():
            return chart.write_notes(2.4)
        for side, text in arrows.items():
            chart.write_side(side, text, 0, at="axes", dx=0, dy=-2.4 * chart.points, ha=side, va="top")
        return chart.ax


class _Row(NamedTuple):
    """One pair: where it stands, what it counts, the two values in words, and left / right."""

    y: float
    item: str
    text: Mapping[str, str]
    ratio: float


def _place(
    chart: Canvas, pairs: Sequence[Any], values: Mapping[str, Sequence[str]], items: Sequence[str]
) -> tuple[list[_Row], list[tuple[float, str]], float]:
    """Return the rows and the headings of the sections, each with its height, and the height of all."""
    rows, heads, y, section = list[_Row](), list[tuple[float, str]](), 1.1, None
    for pair, item, *both in zip(pairs, items, *values.values(), strict=True):
        heading = chart.say_section(pair.section)
        if heading != section:
            heads.append((y + 0.65, chart.wrap(heading, chart.width - 2 * GAP, weight="bold")))
            y, section = y + 1.15, heading
        high = (1 + max(part.count("\n") for part in (item, *both))) * 0.86 + 0.14
        ratio = to_float(pair.ratio)
        shown = ratio if 0 < ratio < float("inf") else float("nan")  # what a log scale has a place for
        rows.append(_Row(y + high / 2, item, dict(zip(values, both, strict=True)), shown))
        y += high
    return rows, heads, y + 0.2


def value_text(chart: Canvas, row: Any, prefix: str, width: float) -> str:
    """Return a value with its clause; on two lines where one is too narrow."""
    value, value_max, comparator, clause = (
        getattr(row, prefix + name) for name in ("value", "value_max", "comparator", "clause")
    )
    ordinal = to_float(clause)
    source = chart.say("clause", n=int(ordinal)) if ordinal >= 1 else chart.say("lead_in")
    parts = [format_value(value, value_max, comparator, row.unit, chart.lang), source]
    if chart.widest(["  ".join(parts)]) <= width:
        return "  ".join(map(printable, parts))
    return "\n".join(chart.wrap(part, 1.15 * width, 3) for part in parts)


def pair_item(pair: Any) -> str:
    """Return what a pair counts: the shorter indicator, whichever side it stands on."""
    names = {printable(name) for name in (pair.left_indicator, pair.right_indicator)} - {""}
    return min(names, key=lambda name: (len(name), name), default="")


def _ratio_axis(chart: Canvas, ratios: Sequence[float]) -> None:
    """Draw a log scale centred on 1, on which the left document's larger values stand to the left."""
    from matplotlib.ticker import NullLocator

    end = max([2.0, *(max(ratio, 1 / ratio) for ratio in ratios if ratio == ratio)]) ** 1.08
    chart.ax.set_xscale("log")
    chart.ax.xaxis.set_minor_locator(NullLocator())
    labels = _steps(chart, end)
    ticks = {1.0: chart.say("even")} | labels | {1 / step: label for step, label in labels.items()}
    chart.set_scale(end, 1 / end, ticks, zero=1, grid=True)
    chart.ax.tick_params(length=0, colors=style.MUTED)


def _steps(chart: Canvas, end: float) -> dict[float, str]:
    """Return the ticks on one side of a ratio scale that ends at `end`, with their labels: as many as have room."""
    near = [2.0, 5.0] if end < 10 else [3.0, 10.0, 30.0]
    decades = [10.0**power for power in range(1, 300) if 10.0**power <= end]
    choices = [near] * (end < 100) + [decades[stride - 1 :: stride] for stride in range(1, len(decades) + 1)]
    for choice in choices:
        steps = [step for step in choice if step <= end]
        numbers = [format_value(step, None, "equal", "", chart.lang) for step in steps]
        labels = [chart.say("even"), *(chart.say("times", n=number) for number in numbers)]
        places = [log(step) / log(end) * chart.plot_width() / 2 for step in (1.0, *steps)]
        sizes = [chart.widest([label]) + 3 for label in labels]
        if all(d - c > (a + b) / 2 for (a, b), (c, d) in zip(pairwise(sizes), pairwise(places), strict=True)):
            return dict(zip(steps, labels[1:], strict=True))
    return {}


def _target_row(chart: Canvas, row: _Row, key: str) -> None:
    """Draw one pair: what it counts, the two values, and the dot with a line to the axis of equal values."""
    ax, points = chart.ax, chart.points
    chart.write_item(row.item, row.y, key)
    ax.axhline(row.y, color=style.RULE, linewidth=0.5, linestyle=":")
    for side, text in row.text.items():
        chart.write_side(side, text, row.y, gid=f"{side}_text:{key}")
    if row.ratio == row.ratio:
        look = style.LOOKS["left" if row.ratio > 1 else "right"]
        fill, edge, marker = (style.MUTED, style.MUTED, "D") if row.ratio == 1 else (look.fill, look.ink, look.marker)
        ax.plot([1, row.ratio], [row.y, row.y], color=fill, linewidth=0.27 * points, solid_capstyle="butt")
        dot = ax.plot([row.ratio], [row.y], marker=marker, color=fill, markeredgecolor=edge)[0]
        dot.set(markersize=0.66 * points, clip_on=False, gid=f"ratio:{key}")
