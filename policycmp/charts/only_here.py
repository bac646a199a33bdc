"""The targets that only one of the districts sets, by section: two lists, back to back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Unpack

from policycmp.asking import balance, provenance
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import GAP, LINE, Canvas, Room, drawing
from policycmp.charts.drawing.subject import Options
from policycmp.charts.targets import value_text
from policycmp.schema import SIDES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

MOST = 300  # targets of one side: on a page their list is some 1.5 m long


def only_here(data: Data, *, most: int = MOST, **options: Unpack[Options]) -> Axes:
    """Draw the targets that only one document sets as two lists by section: value, clause and what is counted.

    Parameters
    ----------
    data : DataFrame or Comparison
        The result of `balance.only_here`, or the comparison that it is made of.
    most : int
        How many targets of either side to draw; a note says how many more there are.
    **options
        See `Options`.

    Returns
    -------
    Axes
        A firm target has a solid mark, an aspirational one a hollow one.
    """
    with drawing("only_here", data, **options) as chart:
        table = chart.about.table("only_here", balance.only_here, balance.ONLY_HERE)
        if table.empty:
            return chart.empty()
        names, middle = chart.about.names, chart.inner_width() / 2
        counts = {side: int((table["side"] == side).sum()) for side in names}
        notes = [chart.say("not_drawn", name=names[side], n=n - most) for side, n in counts.items() if n > most]
        shown = table.assign(beside=table["beside"].astype("float64")).groupby("side").head(most)
        shown = shown.sort_values("beside", kind="stable")  # NaN, last, answers no section of the left
        chart.about.count(len(shown), len(table))
        rows: list[Any] = list(shown.itertuples())
        texts = [value_text(chart, row, "", 0.3 * middle) for row in rows]
        beside = {side: [text for row, text in zip(rows, texts, strict=True) if row.side == side] for side in names}
        away = {side: 1.03 * chart.widest(found) + 3 * GAP for side, found in beside.items()}
        items = [chart.wrap(row.indicator, middle - away[row.side], 9) for row in rows]
        lines = [max(map(len, (item.split("\n"), text.split("\n")))) for item, text in zip(items, texts, strict=True)]
        heads, places, end = _place(chart, rows, lines)
        room = Room(GAP, GAP, 5 * chart.points, 0.6 * chart.points)
        chart.open(room, units=end, pitch=LINE, notes=[chart.say("only_here_key"), *notes])
        chart.ax.axvline(0.5, color=style.RULE, linewidth=0.8)
        for text, y in heads.items():
            chart.write_item(chart.wrap(text, 2 * middle, weight="bold"), y, fontweight="bold")
        said = {side: chart.say("only_count", name=names[side], n=n) for side, n in counts.items()}
        for side, text in chart.name_sides(middle - GAP, said).items():
            _write(chart, side, text, 0, GAP / 2, dy=chart.points, color=style.LOOKS[side].ink, fontweight="bold")
        drawn = zip(rows, places, items, texts, provenance.of_rows(shown), strict=True)
        for key, (row, y, item, text, passage) in enumerate(drawn, 1):
            look, sign = style.LOOKS[row.side], -1 if row.side == "left" else 1
            mark = chart.ax.plot([0.5 + sign * GAP / chart.plot_width()], [y], marker=look.marker, gid=f"firm:{key}")[0]
            mark.set(markersize=0.55 * chart.points, markeredgecolor=look.ink)
            mark.set_markerfacecolor(look.fill if row.commitment == "firm" else "white")
            _write(chart, row.side, text, y, 2 * GAP, color=look.ink, gid=f"{row.side}_text:{key}")
            _write(chart, row.side, item, y, away[row.side], gid=f"item:{key}")
            chart.about.cite(key, row.side, [passage])
        return chart.write_notes(0.6)


def _place(chart: Canvas, rows: Sequence[Any], lines: Sequence[int]) -> tuple[dict[str, float], list[float], float]:
    """Return the height of each heading and of each target, and the end of both lists, which run side by side."""
    heads, places, ends = dict[str, float](), list[float](), dict.fromkeys(SIDES, 0.0)
    for row, high in zip(rows, lines, strict=True):
        title = chart.say_section(row.beside) if row.beside == row.beside else chart.say("unanswered")
        if title not in heads:
            heads[title] = max(ends.values()) + 0.95
            ends = dict.fromkeys(ends, heads[title] + 0.65)
        places.append(ends[row.side] + high / 2)
        ends[row.side] += high
    return heads, places, max(ends.values()) + 0.2


def _write(chart: Canvas, side: str, text: str, y: float, away: float, **look: Any) -> None:
    """Write `text` on its side of the middle, `away` points from it."""
    ha, dx = ("right", -away) if side == "left" else ("left", away)
    chart.write(text, 0.5, y, dx=dx, ha=ha, **look)
