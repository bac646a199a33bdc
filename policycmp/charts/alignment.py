"""The alignment as a map: two lists of clauses, and a line per pair."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any, Unpack

from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import GAP, Canvas, Room, drawing
from policycmp.charts.drawing.record import RANGE, THIN, UNKNOWN
from policycmp.charts.drawing.subject import Options
from policycmp.shown.amounts import to_float

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

_Place = tuple[int, int]  # section and clause
_PAIRED = ("same", "partial")


def alignment_map(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw the two lists of clauses in the order of the documents, with a line per aligned pair.

    Thicker lines are more similar, dashed ones partial; a clause without counterpart is bold, with a hollow mark.

    Parameters
    ----------
    data, **options
        The table ``alignment`` of the data dictionary, or the comparison that holds it. See `Options`.
    """
    with drawing("alignment", data, **options) as chart:
        table, names = chart.about.table("alignment"), chart.about.names
        lists = {side: _clause_list(table, side) for side in names}
        if not any(lists.values()):
            return chart.empty()
        width, points = chart.width, chart.points
        sections = {chart.numeral(section) for places in lists.values() for section, _ in places}
        border = chart.widest(sections, "bold") * 1.01 + 2.5 * GAP
        labels = {side: _labels(chart, lists[side], side, 0.44 * width - border) for side in names}
        heads = chart.name_sides(0.44 * width - 2 * GAP)
        wide = {side: chart.widest(labels[side].values(), "bold") * 1.01 + border for side in names}
        edges = {side: max(wide[side], chart.widest([heads[side]], "bold") * 1.01 + 2 * GAP) for side in names}
        room = Room(edges["left"], edges["right"], 5 * points, 1.6 * points)
        units = max(map(len, lists.values()))
        chart.open(room, units=units, pitch=1.25, notes=[chart.say("alignment_key")])
        # Each list fills the whole height.
        heights = {
            side: {place: (number + 0.5) * units / len(places) for number, place in enumerate(places)}
            for side, places in lists.items()
        }
        pairs = [pair for pair in table.itertuples() if pair.relation in _PAIRED]
        for number, pair in enumerate(pairs, 1):
            _link(chart.ax, pair, heights, number)
            for side in names:
                chart.about.cite(f"link:{number}", side, chart.about.of_clause(side, *_place(pair, side)))
        for side in names:
            _bands(chart, side, heights[side], edges[side] - GAP / 2)
            _list(chart, side, labels[side], heights[side], {_place(pair, side) for pair in pairs})
        chart.write_heads(heads)
        return chart.write_notes(0.8)


def _place(pair: Any, side: str) -> _Place:
    """Return the section and the clause of one side of a row."""
    return int(getattr(pair, f"{side}_section")), int(getattr(pair, f"{side}_clause"))


def _clause_list(table: pd.DataFrame, side: str) -> dict[_Place, str]:
    """Return the titles of the clauses of one side, in the order of its document."""
    rows = table.dropna(subset=[f"{side}_section", f"{side}_clause"]).itertuples()
    titles = {_place(row, side): str(getattr(row, f"{side}_title")) for row in rows}
    return dict(sorted(titles.items()))


def _labels(chart: Canvas, titles: Mapping[_Place, str], side: str, width: float) -> dict[_Place, str]:
    """Return number and title of each clause, cut to `width`; the number stands next to the lines."""
    labels = {}
    for place, title in titles.items():
        number = str(place[1]) if place[1] else chart.say("lead_in")
        title = chart.wrap(title, width - chart.widest([f"  {number}"], "bold"), weight="bold")
        labels[place] = f"{title}  {number}" if side == "left" else f"{number}  {title}"
    return labels


def _link(ax: Axes, pair: Any, heights: Mapping[str, Mapping[_Place, float]], number: int) -> None:
    """Draw the line of one pair."""
    ends = [heights[side][_place(pair, side)] for side in heights]
    similarity = to_float(pair.similarity)
    width = THIN + RANGE * similarity if similarity == similarity else UNKNOWN
    line = "-" if pair.relation == "same" else "--"
    ax.plot([0, 1], ends, color=style.MUTED, alpha=0.8, linewidth=width, linestyle=line, gid=f"link:{number}")


def _list(
    chart: Canvas, side: str, labels: Mapping[_Place, str], heights: Mapping[_Place, float], paired: set[_Place]
) -> None:
    """Write one list of clauses and put a mark where its lines end; hollow where none does."""
    look = style.LOOKS[side]
    for number, (place, label) in enumerate(labels.items()):
        text = {"color": style.INK} if place in paired else {"fontweight": "bold"}
        # The number keeps the gids of one side apart; `read_back` finds a label by its height.
        chart.write_side(side, label, heights[place], gid=f"end:{side}:{number}", **text)
        chart.about.cite(f"end:{side}:{number}", side, chart.about.of_clause(side, *place))
        ends = [float(side == "right")], [heights[place]]
        mark = chart.ax.plot(*ends, marker=look.marker, markersize=0.53 * chart.points, clip_on=False)[0]
        mark.set(markerfacecolor=look.fill if place in paired else "white", markeredgecolor=look.ink)


def _bands(chart: Canvas, side: str, heights: Mapping[_Place, float], wide: float) -> None:
    """Shade every other section behind its clauses, and write the section's number at the outer edge."""
    from matplotlib.patches import Rectangle

    ax, share = chart.ax, wide / chart.plot_width()
    dx = (wide - GAP / 2) * (-1 if side == "left" else 1)
    for count, (section, places) in enumerate(groupby(heights, key=lambda place: place[0])):
        ys = [heights[place] for place in places]
        middle, high = (ys[0] + ys[-1]) / 2, ys[-1] - ys[0] + ax.get_ylim()[0] / len(heights)
        if count % 2 == 0:
            box = Rectangle((-share if side == "left" else 1.0, middle - high / 2), share, high)
            box.set(transform=ax.get_yaxis_transform(), color=style.BAND, linewidth=0, clip_on=False, zorder=0)
            ax.add_patch(box)
        chart.write_side(side, chart.numeral(section), middle, ha=side, dx=dx, color=style.MUTED)
