"""How alike every clause of the one document is to every clause of the other, as a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Unpack

from policycmp.asking import balance
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import GAP, LINE, Canvas, Room, drawing
from policycmp.charts.drawing.subject import Options
from policycmp.schema import SIDES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

# From not to wholly alike. The darkest is light enough for a frame to be seen on it, in grey too.
_RAMP = ((0.0, "#ffffff"), (0.2, "#d3dde3"), (1.0, "#667782"))
_FRAMES = {"same": "-", "partial": "--"}
_STRIDES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def similarity_heatmap(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw the similarity of every left clause (rows) with every right one (columns), with a frame round each pair.

    Parameters
    ----------
    data : DataFrame or Comparison
        The result of `balance.similarities`, or the comparison that it is made of.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The darker, the more similar; a solid frame is the relation `same`, a dashed one `partial`.
    """
    from matplotlib.colors import LinearSegmentedColormap

    with drawing("similarity", data, **options) as chart:
        table = chart.about.table("similarities", balance.similarities, balance.SIMILARITIES)
        if table.empty:
            return chart.empty()
        keys, points = balance.SIMILARITIES[:4], chart.points
        grid = table.groupby(keys)["similarity"].max().unstack(keys[2:])
        rows, columns = ([(int(section), int(clause)) for section, clause in axis] for axis in grid.axes)
        edge = chart.widest(_numbers(chart, rows)) + 3 * GAP
        edge += chart.widest([chart.numeral(section) for section, _ in rows], "bold")
        cell = (chart.width - edge - 2 * GAP) / len(columns)
        pitch = max(min(cell / points, 1.6), 6 / len(rows))  # square cells, unless they would be very large or small
        room = Room(edge, 2 * GAP, (6.6 + 2 * LINE) * points, 2.6 * points)
        ax = chart.open(room, units=len(rows), pitch=pitch, notes=[chart.say("similarity_key")])
        ax.set_xlim(0, len(columns))
        look: dict[str, Any] = {"cmap": LinearSegmentedColormap.from_list("alike", _RAMP), "vmin": 0, "vmax": 1}
        look |= {"extent": (0, len(columns), len(rows), 0), "aspect": "auto", "interpolation": "none"}
        ax.imshow(grid.to_numpy("float64"), gid="matrix:0", **look)
        names = {side: chart.say(f"{side}_places", name=name) for side, name in chart.about.names.items()}
        chart.write_key(chart.name_sides(chart.inner_width(), names), 3.4)
        _number(chart, "left", rows, pitch * points)
        _number(chart, "right", columns, chart.plot_width() / len(columns))
        for number, row in enumerate(table[table["relation"] != ""].itertuples(), 1):
            _frame(chart, row, f"chosen:{number}", rows, columns)
        _write_ramp(chart, look["cmap"])
        return chart.write_notes(2.4)


def _numbers(chart: Canvas, places: Sequence[tuple[int, int]]) -> list[str]:
    return [str(clause) if clause else chart.say("lead_in") for _, clause in places]


def _number(chart: Canvas, side: str, places: Sequence[tuple[int, int]], step: float) -> None:
    """Write the numbers of clauses and sections along one edge, and draw the borders; `step` points make a cell.

    Where there is no room for every number, the others are there but not shown.
    """
    down, texts, line, ink = side == "left", _numbers(chart, places), LINE * chart.points, style.LOOKS[side].ink

    def write(text: str, place: float, away: float, **look: Any) -> None:
        where: dict[str, Any] = {"x": place, "y": 0, "dy": away, "ha": "center", "va": "bottom"}
        where = {"x": 0, "y": place, "dx": -away, "ha": "right"} if down else where
        chart.write(text, at="data", color=ink, **where, **look)

    needed = line if down else chart.widest(texts) + 2
    stride = next((stride for stride in _STRIDES if stride * step >= needed), len(places))
    for number, text in enumerate(texts):
        write(text, number + 0.5, 0.4 * line, gid=f"{side}_text:{number}", visible=(number + 1) % stride == 0)
    first, free = 0, 0.0
    for section, found in groupby(places, key=lambda place: place[0]):
        (chart.ax.axhline if down else chart.ax.axvline)(first, color=style.MUTED, linewidth=0.6)
        count, text = len(list(found)), chart.numeral(section)
        middle, half = (first + count / 2) * step, (line if down else chart.widest([text], "bold") + 2) / 2
        if middle - half >= free:
            away = chart.widest(texts) + 1.5 * GAP if down else 1.5 * line
            write(text, first + count / 2, away, fontweight="bold")
            free = middle + half
        first += count


def _frame(chart: Canvas, row: Any, gid: str, rows: list[tuple[int, int]], columns: list[tuple[int, int]]) -> None:
    """Draw the frame round the cell of a pair."""
    from matplotlib.patches import Rectangle

    left, right = ((getattr(row, f"{side}_section"), getattr(row, f"{side}_clause")) for side in SIDES)
    box = Rectangle((columns.index(right), rows.index(left)), 1, 1, fill=False, edgecolor=style.INK, clip_on=False)
    width = chart.plot_width() / len(columns)
    box.set(linewidth=min(0.9, 0.15 * width), linestyle=_FRAMES[row.relation], gid=gid, zorder=3)
    chart.ax.add_patch(box)
    for side, place in zip(SIDES, (left, right), strict=True):
        chart.about.cite(gid, side, chart.about.of_clause(side, *place))


def _write_ramp(chart: Canvas, ramp: Any) -> None:
    """Write what the colours mean, each value on its colour."""
    x, word = GAP - chart.room.left, chart.say("alike")
    for text in (word, "0", "0.25", "0.5", "0.75", "1"):
        box = {} if text == word else {"facecolor": ramp(float(text)), "edgecolor": style.MUTED, "lw": 0.4, "pad": 2}
        chart.write(text, 0, 0, at="axes", dx=x, dy=-1.2 * chart.points, bbox=box or None)
        x += chart.widest([text]) + GAP
