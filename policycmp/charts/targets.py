"""Comparable targets: as rows with a dot on a common scale of ratios, and as small panels in their natural units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp.charts.drawing import panels, style
from policycmp.charts.drawing.canvas import Canvas, drawing
from policycmp.charts.drawing.layout import GAP, LINE, Room
from policycmp.charts.drawing.options import Options, explained
from policycmp.charts.drawing.text import printable
from policycmp.schema import records
from policycmp.shown import naming
from policycmp.shown.amounts import format_value, to_float

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

_SEPARATOR = " · "


@explained
def targets(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw each pair of comparable targets as a row: both values, and a dot on a common scale of ratios.

    The dot stands on the side of the larger value, at the ratio of the two; a pair whose ratio has no meaning has none.

    Parameters
    ----------
    data : DataFrame or Comparison
        The table ``target_pairs`` of the data dictionary, or the comparison that holds it.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> ax = policycmp.charts.targets(comparison, size="slide", lang="en")
    >>> ax.get_title(loc="left")
    'Comparable targets of the two districts'
    """
    with drawing("targets", data, **options) as chart:
        pairs = records(chart.about.table("target_pairs").sort_values("section", kind="stable"))
        if not pairs:
            return chart.empty()
        names = chart.about.names
        values = {side: [chart.say_value(pair, side, 0.19 * chart.width) for pair in pairs] for side in names}
        heads = chart.name_sides(0.18 * chart.width)
        left, right = (chart.widest([heads[side], *values[side]], "bold") for side in names)
        most = max(chart.rest([left], [right], data=0.26), 0.22 * chart.width)
        items = chart.full_column(map(naming.indicator, pairs), most, 2, slack=1.03)
        rows, titles, units = _stacked(chart, pairs, values, items.texts)
        arrows = {side: printable(chart.say(f"{side}_larger", side=name)) for side, name in names.items()}
        note = _SEPARATOR.join(arrows.values())
        room = chart.columns([items.width, left], [right], top=3 * chart.points, bottom=2.6 * chart.points)
        chart.open(room, units=units, pitch=LINE * 1.15, notes=[note])
        _ratio_axis(chart, [row.ratio for row in rows])
        chart.write_heads(heads, y=0.6, at="row", dy=0)
        for y, title in titles:
            chart.write_item(title, y, fontweight="bold")
        for number, (row, pair) in enumerate(zip(rows, pairs, strict=True), 1):
            _draw_row(chart, row, str(number))
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


def _stacked(
    chart: Canvas, pairs: Sequence[Mapping[str, Any]], values: Mapping[str, Sequence[str]], items: Sequence[str]
) -> tuple[list[_Row], list[tuple[float, str]], float]:
    """Return the rows and the headings of the sections, each with its height, and the height of all."""
    rows, titles, y, section = list[_Row](), list[tuple[float, str]](), 1.1, None
    for pair, item, *both in zip(pairs, items, *values.values(), strict=True):
        heading = chart.say_section(pair["section"])
        if heading != section:
            titles.append((y + 0.65, chart.wrap(heading, chart.width - 2 * GAP, weight="bold")))
            y, section = y + 1.15, heading
        high = (1 + max(part.count("\n") for part in (item, *both))) * 0.86 + 0.14
        ratio = to_float(pair["ratio"])
        shown = ratio if 0 < ratio < float("inf") else float("nan")  # what a log scale has a place for
        rows.append(_Row(y + high / 2, item, dict(zip(values, both, strict=True)), shown))
        y += high
    return rows, titles, y + 0.2


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
    decades = [10.0**power for power in range(1, 300) if 10.0**power <= end]
    choices = [decades[stride - 1 :: stride] for stride in range(1, len(decades) + 1)]
    if end < 100:
        choices.insert(0, [2.0, 5.0] if end < 10 else [3.0, 10.0, 30.0])
    for choice in choices:
        steps = [step for step in choice if step <= end]
        numbers = [format_value(step, None, "equal", "", chart.lang) for step in steps]
        labels = [chart.say("even"), *(chart.say("times", n=number) for number in numbers)]
        places = [log(step) / log(end) * chart.plot_width() / 2 for step in (1.0, *steps)]
        if _have_room(chart, labels, places):
            return dict(zip(steps, labels[1:], strict=True))
    return {}


def _have_room(chart: Canvas, labels: Sequence[str], places: Sequence[float]) -> bool:
    """Tell whether labels centred at these places, in points, stand apart."""
    halves = [(chart.widest([label]) + 3) / 2 for label in labels]
    ends = [(place - half, place + half) for place, half in zip(places, halves, strict=True)]
    return all(one[1] < two[0] for one, two in pairwise(ends))


def _draw_row(chart: Canvas, row: _Row, key: str) -> None:
    """Draw one pair: what it counts, the two values, and the dot with a line to the axis of equal values."""
    ax, points = chart.ax, chart.points
    chart.write_item(row.item, row.y, key)
    ax.axhline(row.y, color=style.RULE, linewidth=0.5, linestyle=":")
    for side, text in row.text.items():
        chart.write_side(side, text, row.y, gid=f"{side}_text:{key}")
    if row.ratio != row.ratio:
        return
    look = style.LOOKS["left" if row.ratio > 1 else "right"]
    fill, edge, marker = (style.MUTED, style.MUTED, "D") if row.ratio == 1 else (look.fill, look.ink, look.marker)
    ax.plot([1, row.ratio], [row.y, row.y], color=fill, linewidth=0.27 * points, solid_capstyle="butt")
    dot = ax.plot([row.ratio], [row.y], marker=marker, color=fill, markeredgecolor=edge)[0]
    dot.set(markersize=0.66 * points, clip_on=False, gid=f"ratio:{key}")


@explained
def targets_small(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw each pair of comparable targets in its natural unit: small panels, each with its own scale from 0.

    Parameters
    ----------
    data : DataFrame or Comparison
        The table ``target_pairs`` of the data dictionary, or the comparison that holds it.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The larger value of a panel fills it; a range is hatched from its lower to its upper value, a rank has no bar.

    Examples
    --------
    >>> pairs = policycmp.compare("longwan", "lucheng").target_pairs
    >>> ax = policycmp.charts.targets_small(pairs.head(1))
    >>> policycmp.charts.read_back(ax)[["item", "left", "right"]]
          item  left  right
    0  新增卓越工程师   8.0    5.0
    """
    with drawing("targets_small", data, **options) as chart:
        pairs = records(chart.about.table("target_pairs").sort_values("section", kind="stable"))
        if not pairs:
            return chart.empty()
        abreast = panels.abreast(chart)
        found = [panels.read_panel(chart, pair, abreast.wide) for pair in pairs]
        places, units = panels.flow(chart, found, abreast)
        room = Room(GAP, GAP, (3.4 + 2 * LINE) * chart.points, 0.6 * chart.points)
        chart.open(room, units=units, pitch=LINE, notes=[chart.say("targets_small_key")])
        chart.write_key(chart.name_sides(chart.inner_width()))
        chart.ax.set_xlim(0, chart.inner_width())
        for number, (panel, place) in enumerate(zip(found, places, strict=True), 1):
            x = abreast.place(place.column)
            chart.write(place.heading, x, place.y - 0.3, at="data", va="bottom", fontweight="bold")
            panels.draw_panel(chart, panel, str(number), x, place.y, abreast.wide)
        return chart.write_notes(0.6)
