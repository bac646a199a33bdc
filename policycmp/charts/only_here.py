"""The targets that only one of the districts sets, by section: two lists, back to back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp.asking import balance, provenance
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import Canvas, drawing
from policycmp.charts.drawing.layout import GAP, LINE, Room
from policycmp.charts.drawing.marks import is_solid, read_rows
from policycmp.charts.drawing.options import Options, explained
from policycmp.schema import SIDES, is_missing, records

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

MOST = 300  # targets of one side: on a page their list is some 1.5 m long


class _Entry(NamedTuple):
    """One target: its side, its value and what it counts, broken to fit, and whether it is firm."""

    side: str
    heading: str
    value: str
    item: str
    firm: bool

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return max(self.item.count("\n"), self.value.count("\n")) + 1


@explained
def only_here(data: Data, *, most: int = MOST, **options: Unpack[Options]) -> Axes:
    """Draw the targets that only one document sets as two lists by section: value, clause and what is counted.

    Parameters
    ----------
    data : DataFrame or Comparison
        A comparison, or the targets themselves: side (left, right), beside (the left section that theirs answers),
        clause, indicator, comparator, value, value_max, unit, commitment.
    most : int
        How many targets of either side to draw; a note says how many more there are.
    **options
        See `Options`.

    Returns
    -------
    Axes
        A firm target has a solid mark, an aspirational one a hollow one.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> ax = policycmp.charts.only_here(comparison, most=1, lang="en")
    >>> policycmp.charts.read_back(ax)["item"].tolist()
    ['R&D intensity', 'Technology-based SMEs']
    """
    with drawing("only_here", data, read=partial(read_rows, special={"firm": is_solid}), **options) as chart:
        table = chart.about.table("only_here", balance.only_here, balance.ONLY_HERE)
        if table.empty:
            return chart.empty()
        names, middle = chart.about.names, chart.inner_width() / 2
        counts = {side: int((table["side"] == side).sum()) for side in SIDES}
        notes = [chart.say("not_drawn", name=names[side], n=n - most) for side, n in counts.items() if n > most]
        shown = _first(table, most)
        chart.about.count(len(shown), len(table))
        rows = records(shown)
        away, entries = _entries(chart, rows, middle)
        heads, places, end = _heights(entries)
        room = Room(GAP, GAP, 5 * chart.points, 0.6 * chart.points)
        chart.open(room, units=end, pitch=LINE, notes=[chart.say("only_here_key"), *notes])
        chart.ax.axvline(0.5, color=style.RULE, linewidth=0.8)
        for text, y in heads.items():
            chart.write_item(chart.wrap(text, 2 * middle, weight="bold"), y, fontweight="bold")
        said = {side: chart.say("only_count", name=names[side], n=n) for side, n in counts.items()}
        for side, text in chart.name_sides(middle - GAP, said).items():
            ink = style.LOOKS[side].ink
            _write(chart, side, text, 0, GAP / 2, dy=chart.points, color=ink, fontweight="bold")
        for key, (entry, y) in enumerate(zip(entries, places, strict=True), 1):
            _draw(chart, entry, key, y, away[entry.side])
            chart.about.cite(key, entry.side, [provenance.stated(rows[key - 1])])
        return chart.write_notes(0.6)


def _first(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the first targets of either side, in the order of the sections of the left document."""
    shown = table.assign(beside=table["beside"].astype("float64")).groupby("side").head(most)
    return shown.sort_values("beside", kind="stable")  # NaN, last, answers no section of the left


def _entries(chart: Canvas, rows: Sequence[Mapping[str, Any]], middle: float) -> tuple[dict[str, float], list[_Entry]]:
    """Return by side how far from the middle begins what is counted, and the targets, their texts broken to fit."""
    values = [chart.say_value(row, "", 0.3 * middle) for row in rows]
    away = {}
    for side in SIDES:
        beside = [value for row, value in zip(rows, values, strict=True) if row["side"] == side]
        away[side] = 1.03 * chart.widest(beside) + 3 * GAP
    found = []
    for row, value in zip(rows, values, strict=True):
        heading = chart.say("unanswered") if is_missing(row["beside"]) else chart.say_section(row["beside"])
        item = chart.wrap(row["indicator"], middle - away[row["side"]], 9)
        found.append(_Entry(row["side"], heading, value, item, row["commitment"] == "firm"))
    return away, found


def _heights(entries: Sequence[_Entry]) -> tuple[dict[str, float], list[float], float]:
    """Return the height of each heading and of each target, and the end of both lists, which run side by side."""
    heads, places, ends = dict[str, float](), list[float](), dict.fromkeys(SIDES, 0.0)
    for entry in entries:
        if entry.heading not in heads:
            heads[entry.heading] = max(ends.values()) + 0.95
            ends = dict.fromkeys(ends, heads[entry.heading] + 0.65)
        places.append(ends[entry.side] + entry.lines / 2)
        ends[entry.side] += entry.lines
    return heads, places, max(ends.values()) + 0.2


def _draw(chart: Canvas, entry: _Entry, key: int, y: float, away: float) -> None:
    """Draw one target: its mark near the middle, its value, and `away` from the middle what it counts."""
    look, sign = style.LOOKS[entry.side], -1 if entry.side == "left" else 1
    x = 0.5 + sign * GAP / chart.plot_width()
    mark = chart.ax.plot([x], [y], marker=look.marker, gid=f"firm:{key}")[0]
    mark.set(markersize=0.55 * chart.points, markeredgecolor=look.ink)
    mark.set_markerfacecolor(look.fill if entry.firm else "white")
    _write(chart, entry.side, entry.value, y, 2 * GAP, color=look.ink, gid=f"{entry.side}_text:{key}")
    _write(chart, entry.side, entry.item, y, away, gid=f"item:{key}")


def _write(chart: Canvas, side: str, text: str, y: float, away: float, **look: Any) -> None:
    """Write `text` on its side of the middle, `away` points from it."""
    ha, dx = ("right", -away) if side == "left" else ("left", away)
    chart.write(text, 0.5, y, dx=dx, ha=ha, **look)
