"""Where one stands among all that set the same: a dot for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import Canvas, drawing
from policycmp.charts.drawing.layout import LINE
from policycmp.charts.drawing.marks import Line, Mark, numbered, read_rows, text_of
from policycmp.charts.drawing.options import Options, explained
from policycmp.charts.panel.scale import draw_scale
from policycmp.charts.panel.told import cited
from policycmp.schema import is_missing, records

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

STANDING = ("place", "year", "value", "unit", "own")

_Rows = list[dict[str, Any]]


@explained
def standing(data: pd.DataFrame, **options: Unpack[Options]) -> Axes:
    """Draw where a target stands among all that set the same: a dot for each, equal ones above each other.

    The target itself is marked, and so are those of the documents ``left_doc`` and ``right_doc``.

    Parameters
    ----------
    data : DataFrame
        As the method ``stand`` of a panel, or `corpus.stand`, returns it.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    >>> found = policycmp.panel()
    >>> growth = found.rows[(found.rows["indicator_code"] == "gdp_growth") & (found.rows["year"] == 2025)]
    >>> ax = policycmp.charts.standing(found.stand(growth["id"].iloc[0]))
    >>> policycmp.charts.read_back(ax)[["value", "text"]].tail(1)
       value         text
    5    5.0  东桥区 第6位（共6）
    """
    with drawing("standing", data, read=_read_dots, **options) as chart:
        rows = [row for row in records(chart.about.table("standing", needed=STANDING)) if not is_missing(row["value"])]
        if not rows:
            return chart.empty()
        docs = [doc for doc in chart.about.docs.values() if doc]
        named = {str(row["doc"]): str(row["doc"]) for row in rows if row.get("doc")}
        chart.about.docs, chart.about.names = dict(named), named
        own = next((row for row in rows if row["own"]), None)
        if own:
            place = {"place": own["place"], "rank": int(own.get("rank") or 1), "n": len(rows)}
            lower = round(100 * (own.get("quantile") or 0))
            chart.headline(chart.say("standing_found" if lower else "standing_last", lower=lower, **place))
        heights = _stacked(rows)
        points, note = chart.points, chart.say("standing_key")
        if divided := sorted({str(row["source"]) for row in rows if row.get("source")}):
            note += chart.say("standing_source", source=chart.say("between_sources").join(divided))
        marked = [row["own"] or row.get("doc") in docs for row in rows]
        room = chart.columns(top=(0.6 + LINE * sum(marked)) * points, bottom=2 * points)
        units = max(heights) + 2.5
        chart.about.count(len(rows), len(data))
        free = (chart.limit - chart.head_height() - room.top - room.bottom) / chart.points - 6  # em, above the notes
        chart.open(room, units=units, pitch=min(1.2, max(free, 4) / units))
        draw_scale(chart, [row["value"] for row in rows], str(rows[0]["unit"]))
        for number, (row, up, told) in enumerate(zip(rows, heights, marked, strict=True), 1):
            _draw_dot(chart, row, units - 0.5 - up, number, told=sum(marked[:number]) if told else 0, n=len(rows))
        return chart.finish(note, drop=2)


def _stacked(rows: _Rows) -> list[int]:
    """Return how many equal values stand below each."""
    seen: Counter[float] = Counter()
    heights = []
    for row in rows:
        heights.append(seen[row["value"]])
        seen[row["value"]] += 1
    return heights


def _draw_dot(chart: Canvas, row: Mapping[str, Any], y: float, number: int, *, told: int, n: int) -> None:
    """Draw one value; one that is marked says whose it is, on the side where there is room."""
    side = "right" if told and not row["own"] else "left"
    look: dict[str, Any] = {"color": chart.looks[side].ink} if told else {"color": style.MUTED, "alpha": 0.45}
    (dot,) = chart.ax.plot([row["value"]], [y], marker="o", markersize=(0.8 if told else 0.55) * chart.points, **look)
    dot.set_gid(chart.id("value", number))
    if told:
        start, end = chart.ax.get_xlim()
        right = row["value"] < (start + end) / 2
        words = {"place": row["place"], "rank": int(row.get("rank", number)), "n": n}
        place: dict[str, Any] = {"ha": "left" if right else "right", "va": "bottom"}
        place["dy"] = chart.points * (0.2 + LINE * (told - 1))  # above all dots
        chart.ax.plot([row["value"]] * 2, [y, 0], color=chart.looks[side].ink, linewidth=0.6, zorder=1)
        text = chart.wrap(chart.say("standing_own", **words), 0.42 * chart.plot_width())
        chart.write(text, row["value"], 0, at="data", mark=("text", number), color=chart.looks[side].ink, **place)
    if "id" in row:
        chart.about.cite(number, "value", cited(row.get("id"), row["quote"]))


def _read_dots(marks: Sequence[Mark]) -> list[Line]:
    """Return a line per value, with what is said of it."""
    texts = {mark.row: text_of(mark.artist) for mark in marks if mark.column == "text"}
    lines = [line for line in read_rows(marks) if "value" in line.shown]
    told = [{"value": line.shown["value"], "text": texts.get(line.marks[0])} for line in lines]
    return numbered([line._replace(shown=shown) for line, shown in zip(lines, told, strict=True)])
