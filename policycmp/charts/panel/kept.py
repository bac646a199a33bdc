"""What was promised beside what was reached: a ring and a dot for each place and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import Canvas, drawing
from policycmp.charts.drawing.options import Options, explained
from policycmp.charts.panel.scale import draw_scale
from policycmp.charts.panel.told import cited, clause
from policycmp.quantities import place_in
from policycmp.schema import is_missing, records
from policycmp.shown import naming
from policycmp.text import codes
from policycmp.text.lexicon import Lexicon
from policycmp.wording import label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_Rows = list[dict[str, Any]]


@explained
def promises(data: pd.DataFrame, **options: Unpack[Options]) -> Axes:
    """Draw the goals of one indicator beside what was reached: a row per place and year.

    The ring is the goal, the dot the result, a triangle where the goal was missed; a ring
    alone was not reported on.

    Parameters
    ----------
    data : DataFrame
        The table ``promises``, as a panel returns it; of several indicators the one with most rows is drawn.
    **options
        See `Options`. The most telling rows are those that are farthest from their goal.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    >>> ax = policycmp.charts.promises(policycmp.panel().promises("gdp_growth"), top=2)
    >>> policycmp.charts.read_back(ax)[["item", "promised", "reached", "outcome"]]
            item  promised  reached       outcome
    0  东桥区 2023年       5.0      5.6   兑现  第一部分第1条
    1  云岭县 2024年       6.5      5.8  未兑现  第一部分第1条
    """
    with drawing("promises", data, **options) as chart:
        rows = _of_one(records(chart.about.table("promises")))
        if not rows:
            return chart.empty()
        _name_sources(chart, rows)
        known = [row for row in rows if not is_missing(row["reached"])]
        met = sum(row["outcome"] == "met" for row in known)
        name = _indicator(rows[0], chart.lang)
        chart.headline(chart.say("promises_found", item=name, met=met, n=len(known)))
        points, note = chart.points, chart.say("promises_key")
        items = chart.column([chart.say("place_year", **_named(row)) for row in rows], 0.3 * chart.width)
        told = [f"{label(row['outcome'], chart.lang, 'values')}{clause(chart, row['result'])}" for row in rows]
        values = ({**row, "value": row["promised"], "value_max": row["promised_max"]} for row in rows)
        goals = [f"{naming.value(row, '', chart.lang)}{clause(chart, row['target'])}" for row in values]
        sides = [items.width, chart.widest(goals)], [chart.widest(told)]
        room = chart.columns(*sides, top=0.6 * points, bottom=2 * points)
        distance = [-1.0 if is_missing(row["difference"]) else abs(row["difference"]) for row in rows]
        drawn = chart.keep([1.0] * len(rows), distance, room, pitch=1.5, notes=[note])
        chart.about.count(len(drawn), len(data))
        chart.open(room, units=len(drawn), pitch=1.5)
        kept = [rows[number] for number in drawn]
        ends = [row[column] for column in ("promised", "reached") for row in kept if not is_missing(row[column])]
        draw_scale(chart, ends, str(rows[0]["unit"]))
        for y, number in enumerate(drawn):
            chart.write_item(items.texts[number], y + 0.5, y + 1)
            chart.write_side("left", goals[number], y + 0.5, color=style.MUTED)
            chart.write_side("right", told[number], y + 0.5, color=style.INK, mark=("outcome", y + 1))
            _draw_promise(chart, rows[number], y + 0.5, y + 1)
        return chart.finish(note, drop=2)


def _indicator(row: Mapping[str, Any], lang: str) -> str:
    """Return what the indicator of a row is called in the list of indicators."""
    one = codes.known(Lexicon.load()).get(str(row["indicator_code"]))
    if one is None:
        return str(row["indicator"])
    return one.zh if lang == "zh" else one.en


def _of_one(rows: _Rows) -> _Rows:
    """Return the rows of one indicator in one unit: of the one that has most."""
    counts = Counter((row["indicator_code"], row["unit"]) for row in rows)
    most = max(counts, key=lambda one: (counts[one], one), default=None)
    return [row for row in rows if (row["indicator_code"], row["unit"]) == most]


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"place": row["place"], "year": int(row["year"])}


def _name_sources(chart: Canvas, rows: _Rows) -> None:
    """Note the documents of the goals and of the results, by their ids."""
    ids = (str(row[name] or "") for row in rows for name in ("target", "result"))
    named = {doc: doc for doc in (place_in(one)[0] for one in ids) if doc}
    chart.about.docs, chart.about.names = dict(named), named


def _draw_promise(chart: Canvas, row: Mapping[str, Any], y: float, key: int) -> None:
    """Draw a goal as a ring, the result as a dot, and a line between them."""
    side = "right" if row["outcome"] == "missed" else "left"
    look: dict[str, Any] = {"markersize": 0.62 * chart.points, "linestyle": "none", "zorder": 3}
    if not is_missing(row["reached"]):
        chart.ax.plot([row["promised"], row["reached"]], [y, y], color=style.MUTED, linewidth=0.9, zorder=2)
    ring_look: dict[str, Any] = {"marker": "o", "color": chart.looks["left"].ink, "markerfacecolor": "white"}
    (ring,) = chart.ax.plot([row["promised"]], [y], **ring_look, **look)
    ring.set_gid(chart.id("promised", key))
    if not is_missing(row["reached"]):
        own = chart.looks[side]
        colours: dict[str, Any] = {"color": own.ink, "markerfacecolor": own.fill}
        (dot,) = chart.ax.plot([row["reached"]], [y], marker=own.marker, **colours, **look)
        dot.set_gid(chart.id("reached", key))
    chart.about.cite(key, "promised", cited(row["target"], row["target_quote"]))
    chart.about.cite(key, "reached", cited(row["result"], row["result_quote"]))
