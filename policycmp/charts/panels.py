"""Small multiples: comparable targets in their natural units, each pair a little panel with a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import GAP, LINE, Canvas, Room, drawing
from policycmp.charts.drawing.subject import Options
from policycmp.charts.targets import pair_item, value_text
from policycmp.schema import SIDES
from policycmp.shown.amounts import format_value, to_float

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

NARROWEST = 17.0  # em: room for a bar and a value with its clause


class Panel(NamedTuple):
    """One pair: the heading of its section, what it counts, both values in words, and its height in lines."""

    pair: Any
    section: str
    item: str
    text: dict[str, str]
    high: float


def targets_small(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw each pair of comparable targets in its natural unit: small panels, each with its own scale from 0.

    Parameters
    ----------
    data, **options
        As for `targets`.

    Returns
    -------
    Axes
        The larger value of a panel fills it; a range is hatched from its lower to its upper value, a rank has no bar.
    """
    with drawing("targets_small", data, **options) as chart:
        table = chart.about.table("target_pairs").sort_values("section", kind="stable")
        if table.empty:
            return chart.empty()
        columns, wide = panel_columns(chart)
        panels = [read_panel(chart, pair, wide) for pair in table.itertuples()]
        places, units = _flow(chart, panels, columns, wide)
        room = Room(GAP, GAP, (3.4 + 2 * LINE) * chart.points, 0.6 * chart.points)
        chart.open(room, units=units, pitch=LINE, notes=[chart.say("targets_small_key")])
        chart.write_key(chart.name_sides(chart.inner_width()))
        chart.ax.set_xlim(0, chart.inner_width())
        for number, (panel, (column, y, heading)) in enumerate(zip(panels, places, strict=True), 1):
            x = column * (wide + 2 * GAP)
            chart.write(heading, x, y - 0.3, at="data", va="bottom", fontweight="bold")
            draw_panel(chart, panel, str(number), x, y, wide)
        return chart.write_notes(0.6)


def panel_columns(chart: Canvas) -> tuple[int, float]:
    """Return how many panels have room side by side, and how wide each is."""
    inner = chart.inner_width()
    columns = max(1, int(inner / (NARROWEST * chart.points)))
    return columns, (inner + 2 * GAP) / columns - 2 * GAP


def read_panel(chart: Canvas, pair: Any, wide: float, *, times: bool = False) -> Panel:
    """Return the panel of a pair, its texts broken to fit into `wide` points; with `times`, it tells the ratio."""
    item, text = pair_item(pair), {side: value_text(chart, pair, f"{side}_", 0.65 * wide) for side in SIDES}
    if times:
        ratio = float(f"{max(pair.ratio, 1 / pair.ratio):.2g}")
        item += chart.say("item_times", n=format_value(ratio, None, "equal", "", chart.lang))
    item = chart.wrap(item, wide, 9)
    high = sum(line.count("\n") + 1 for line in (item, *text.values())) + 0.5
    return Panel(pair, chart.say_section(pair.section), item, text, high)


def _flow(
    chart: Canvas, panels: Sequence[Panel], columns: int, wide: float
) -> tuple[list[tuple[int, float, str]], float]:
    """Return column and height of each panel, with the heading to write above it if there is one; and the end.

    The panels run down one column after the other; the height is the least at which the columns are enough.
    """
    limit = sum(panel.high for panel in panels) / columns
    first = {panel.section: chart.wrap(panel.section, wide, 9, "bold") for panel in panels}
    again = {name: chart.wrap(chart.say("continued", heading=name), wide, 9, "bold") for name in first}
    while True:
        places, ends, section = list[tuple[int, float, str]](), [0.0], ""
        for panel in panels:
            heading = "" if panel.section == section else first[panel.section]
            if ends[-1] and ends[-1] + panel.high + _lines(heading) > limit:
                heading = heading or again[section]
                ends.append(0.0)
            ends[-1] += _lines(heading)
            places.append((len(ends) - 1, ends[-1], heading))
            ends[-1], section = ends[-1] + panel.high, panel.section
        if len(ends) <= columns:
            return places, max(ends)
        limit += 0.5


def _lines(heading: str) -> float:
    return heading.count("\n") + 1.4 if heading else 0.0


def draw_panel(chart: Canvas, panel: Panel, key: str, x: float, y: float, wide: float) -> None:
    """Draw one pair at (x, y): what it counts, and under it a bar for each side with the value behind it."""
    chart.write(panel.item, x, y, at="data", va="top", gid=f"item:{key}")
    y += panel.item.count("\n") + 1
    lengths = {side: _lengths(panel.pair, side) for side in panel.text}
    most = max((value for values in lengths.values() for value in values), default=0.0)
    scale = (wide - chart.widest(panel.text.values()) * 1.03 - 4) / most if most else 1.0
    for side, text in panel.text.items():
        values, high = lengths[side], text.count("\n") + 1
        steps = [(f"{side}_max" if n else side, value - sum(values[:n]), bool(n)) for n, value in enumerate(values)]
        end = chart.bar(side, key, y + high / 2, steps, x=x, scale=scale)
        ink, gid = style.LOOKS[side].ink, f"{side}_text:{key}"
        chart.write(text, end, y + high / 2, at="data", dx=3, color=ink, gid=gid)
        chart.ax.plot([x, x], [y + 0.1, y + high - 0.1], color=style.MUTED, linewidth=0.8)
        chart.about.cite(key, side, chart.about.of_target(panel.pair, side))
        y += high


def _lengths(pair: Any, side: str) -> list[float]:
    """Return the lower and the upper value of one side, as far as bars from 0 can show them."""
    if getattr(pair, f"{side}_comparator") == "top":  # the lower, the better
        return []
    values = (to_float(getattr(pair, f"{side}_{name}")) for name in ("value", "value_max"))
    return [value for value in values if 0 <= value < float("inf")]
