"""How alike every clause of the one document is to every clause of the other, as a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Unpack

from policycmp.asking import balance
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import Canvas, drawing
from policycmp.charts.drawing.layout import GAP, LINE
from policycmp.charts.drawing.marks import LINES, Line, Mark, numbered, rounded, text_of
from policycmp.charts.drawing.options import Options, explained
from policycmp.schema import SIDES, Place, place_of, records

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap

    from policycmp.charts.drawing.subject import Data

# From not to wholly alike. The darkest is light enough for a frame to be seen on it, in grey too.
_RAMP = ((0.0, "#ffffff"), (0.2, "#d3dde3"), (1.0, "#667782"))
_STEPS = ("0", "0.25", "0.5", "0.75", "1")  # of the key
_FRAMES = {"same": "-", "partial": "--"}
_STRIDES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@explained
def similarity_heatmap(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw the similarity of every left clause (rows) with every right one (columns), with a frame round each pair.

    Parameters
    ----------
    data : DataFrame or Comparison
        A comparison, or the similarities themselves, from 0 to 1: left_section, left_clause, right_section,
        right_clause, similarity, relation (empty where the two are no pair).
    **options
        See `Options`.

    Returns
    -------
    Axes
        The darker, the more similar; a solid frame is the relation ``same``, a dashed one ``partial``.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> ax = policycmp.charts.similarity_heatmap(comparison)
    >>> policycmp.charts.read_back(ax).nlargest(1, "similarity")[["left_text", "right_text", "line"]]
        left_text right_text   line
    756        19         19  solid
    """
    from matplotlib.colors import LinearSegmentedColormap

    with drawing("similarity", data, read=read_matrix, **options) as chart:
        table = chart.about.table("similarities", balance.similarities, balance.SIMILARITIES)
        if table.empty:
            return chart.empty()
        paired = table[table["relation"] == "same"]["similarity"].dropna()
        if len(paired):
            chart.headline(chart.say("similarity_found", n=len(paired), half=f"{paired.median():.2f}"))
        keys, points = balance.SIMILARITIES[:4], chart.points
        values = table.groupby(keys)["similarity"].max().unstack(keys[2:])
        rows, columns = ([Place(*map(int, place)) for place in axis] for axis in values.axes)
        numerals = chart.widest([chart.numeral(place.section) for place in rows], "bold")
        room = chart.columns(
            [chart.widest(_numbers(chart, rows)), numerals], [0], top=(3.6 + 2 * LINE) * points, bottom=2.6 * points
        )
        cell = chart.between(room) / len(columns)
        high = (chart.limit - chart.head_height() - room.top - room.bottom - 6 * LINE * points) / len(rows)
        # Square cells, unless they would be very large or small, or the matrix higher than the page.
        pitch = max(min(min(cell, high) / points, 1.6), 6 / len(rows))
        ax = chart.open(room, units=len(rows), pitch=pitch)
        ax.set_xlim(0, len(columns))
        ramp = LinearSegmentedColormap.from_list("alike", _RAMP)
        extent = (0, len(columns), len(rows), 0)
        look: dict[str, Any] = {"extent": extent, "aspect": "auto", "interpolation": "none", "vmin": 0, "vmax": 1}
        ax.imshow(values.to_numpy("float64"), cmap=ramp, gid=chart.id("matrix", 0), **look)
        names = {side: chart.say(f"{side}_places", name=name) for side, name in chart.about.names.items()}
        chart.write_key(chart.name_sides(chart.inner_width(), names), 3.4)
        _number(chart, "left", rows, pitch * points)
        _number(chart, "right", columns, chart.plot_width() / len(columns))
        for number, row in enumerate(records(table[table["relation"] != ""]), 1):
            _frame(chart, row, number, rows, columns)
        _write_ramp(chart, ramp)
        return chart.finish(chart.say("similarity_key"), drop=2.4)


def _numbers(chart: Canvas, places: Sequence[Place]) -> list[str]:
    """Return the numbers of the clauses."""
    return [str(place.clause) if place.clause else chart.say("lead_in") for place in places]


def _number(chart: Canvas, side: str, places: Sequence[Place], step: float) -> None:
    """Write the numbers of clauses and sections along one edge, and draw the borders; `step` points make a cell.

    Where there is no room for every number, the others are there but not shown.
    """
    texts, line = _numbers(chart, places), LINE * chart.points
    needed = line if side == "left" else chart.widest(texts) + 2
    stride = next((stride for stride in _STRIDES if stride * step >= needed), len(places))
    for number, text in enumerate(texts):
        shown = (number + 1) % stride == 0
        _write_number(chart, side, text, number + 0.5, 0.4 * line, mark=(f"{side}_text", number), visible=shown)
    border = chart.ax.axhline if side == "left" else chart.ax.axvline
    away = chart.widest(texts) + 1.5 * GAP if side == "left" else 1.5 * line
    first, free = 0, 0.0
    for section, found in groupby(places, key=lambda place: place.section):
        border(first, color=style.MUTED, linewidth=0.6)
        count, text = len(list(found)), chart.numeral(section)
        middle, half = (first + count / 2) * step, (line if side == "left" else chart.widest([text], "bold") + 2) / 2
        if middle - half >= free:
            _write_number(chart, side, text, first + count / 2, away, fontweight="bold")
            free = middle + half
        first += count


def _write_number(chart: Canvas, side: str, text: str, place: float, away: float, **look: Any) -> None:
    """Write a number beside its row, or over its column, `away` points from the cells."""
    ink = chart.looks[side].ink
    if side == "left":
        chart.write(text, 0, place, at="data", dx=-away, ha="right", color=ink, **look)
    else:
        chart.write(text, place, 0, at="data", dy=away, ha="center", va="bottom", color=ink, **look)


def _frame(chart: Canvas, row: Mapping[str, Any], number: int, rows: Sequence[Place], columns: Sequence[Place]) -> None:
    """Draw the frame round the cell of a pair."""
    from matplotlib.patches import Rectangle

    places = {side: place for side in SIDES if (place := place_of(row, side))}
    cell = columns.index(places["right"]), rows.index(places["left"])
    box = Rectangle(cell, 1, 1, fill=False, edgecolor=style.INK, clip_on=False)
    width = chart.plot_width() / len(columns)
    box.set(
        linewidth=min(0.9, 0.15 * width), linestyle=_FRAMES[row["relation"]], gid=chart.id("chosen", number), zorder=3
    )
    chart.ax.add_patch(box)
    for side, place in places.items():
        chart.about.cite(f"chosen:{number}", side, chart.about.of_clause(side, place))


def _write_ramp(chart: Canvas, ramp: Colormap) -> None:
    """Write what the colours mean, each value on its colour."""
    x = GAP - chart.room.left
    for text in (chart.say("alike"), *_STEPS):
        box: dict[str, Any] | None = None
        if text in _STEPS:
            box = {"facecolor": ramp(float(text)), "edgecolor": style.MUTED, "lw": 0.4, "pad": 2}
        chart.write(text, 0, 0, at="axes", dx=x, dy=-1.2 * chart.points, bbox=box)
        x += chart.widest([text]) + GAP


def read_matrix(marks: Sequence[Mark]) -> list[Line]:
    """Return one line per cell: the clauses of its row and its column, its value, its frame."""
    found = {mark.name: mark.artist for mark in marks}
    frames = {mark.artist.get_xy(): mark for mark in marks if mark.column == "chosen"}
    lines = []
    for y, row in enumerate(found["matrix:0"].get_array().filled(float("nan")).tolist()):
        for x, value in enumerate(row):
            frame = frames.get((x, y))
            texts = {"left_text": text_of(found[f"left_text:{y}"]), "right_text": text_of(found[f"right_text:{x}"])}
            kind = LINES[frame.artist.get_linestyle()] if frame else "none"
            shown = texts | {"similarity": rounded(value), "line": kind}
            lines.append(Line(shown, [frame.name] if frame else [], [frame.id] if frame else []))
    return numbered(lines)
