"""The targets that only one of the districts sets, by section: two lists, back to back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp import balance, provenance, style
from policycmp.charts_canvas import GAP, LINE, Canvas, Room, drawing
from policycmp.charts_subject import Options
from policycmp.charts_targets import value_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.charts_subject import Data

MOST = 300  # targets of one side: on a page their list is some 1.5 m long


class _Entry(NamedTuple):
    """One target: its row, where it stands, what it counts, and its value with the clause."""

    row: Any
    y: float
    item: str
    text: str


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
        names, points, middle = chart.about.names, chart.points, chart.inner_width() / 2
        counts = {side: int((table["side"] == side).sum()) for side in names}
        notes = [chart.say("not_drawn", name=names[side], n=n - most) for side, n in counts.items() if n > most]
        shown = table.groupby("side").head(most)
        chart.about.count(len(shown), len(table))
        heads, entries, end = _place(chart, list(shown.itertuples()), middle)
        room = Room(GAP, GAP, 5 * points, 0.6 * points)
        chart.open(room, units=end, pitch=LINE, notes=[chart.say("only_here_key"), *notes])
        chart.ax.axvline(0.5, color=style.RULE, linewidth=0.8)
        for y, text in heads:
            chart.write_item(text, y, fontweight="bold")
        said = {side: chart.say("only_count", name=names[side], n=n) for side, n in counts.items()}
        for side, text in chart.name_sides(middle - GAP, said).items():
            _write(chart, side, text, 0, GAP / 2, dy=points, color=style.SIDES[side].ink, fontweight="bold")
        wide = {side: chart.widest(entry.text for entry in entries if entry.row.side == side) * 1.03 for side in names}
        for key, (entry, passage) in enumerate(
            zip(entries, provenance.of_rows(shown.loc[[e.row.Index for e in entries]]), strict=True), 1
        ):
            _draw(chart, entry, key, wide[entry.row.side])
            chart.about.cite(key, entry.row.side, [passage])
        return chart.write_notes(0.6)


def _place(chart: Canvas, rows: list[Any], middle: float) -> tuple[list[tuple[float, str]], list[_Entry], float]:
    """Return the headings and the targets of both lists, each with its height in lines, and where they end."""
    texts = [value_text(chart, row, "", 0.3 * middle) for row in rows]
    wide = {
        side: chart.widest(text for row, text in zip(rows, texts, strict=True) if row.side == side)
        for side in style.SIDES
    }
    heads, entries, end = list[tuple[float, str]](), list[_Entry](), 0.0
    # NaN, last, is what stands in a section of the right that answers none of the left.
    for section in sorted(
        {str(style.to_float(row.beside)) for row in rows}, key=lambda one: (one == "nan", float(one))
    ):
        title = chart.say("unanswered") if section == "nan" else chart.say_section(section)
        heads.append((end + 0.75, chart.wrap(title, 2 * middle, weight="bold")))
        ends = dict.fromkeys(style.SIDES, end + 1.4)
        for row, text in zip(rows, texts, strict=True):
            if str(style.to_float(row.beside)) == section:
                item = chart.wrap(row.indicator, middle - 1.03 * wide[row.side] - 3 * GAP, 9)
                high = max(item.count("\n"), text.count("\n")) + 1
                entries.append(_Entry(row, ends[row.side] + high / 2, item, text))
                ends[row.side] += high
        end = max(ends.values()) + 0.2
    return heads, entries, end


def _draw(chart: Canvas, entry: _Entry, key: int, wide: float) -> None:
    """Draw one target: its mark beside the middle, then value and clause, then what it counts."""
    look, side = style.SIDES[entry.row.side], entry.row.side
    away = GAP / chart.plot_width() * (-1 if side == "left" else 1)
    mark = chart.ax.plot([0.5 + away], [entry.y], marker=look.marker, markersize=0.55 * chart.points)[0]
    mark.set(markeredgecolor=look.ink, gid=f"firm:{key}")
    mark.set_markerfacecolor(look.fill if entry.row.commitment == "firm" else "white")
    _write(chart, side, entry.text, entry.y, 2 * GAP, color=look.ink, gid=f"{side}_text:{key}")
    _write(chart, side, entry.item, entry.y, 3 * GAP + wide, gid=f"item:{key}")


def _write(chart: Canvas, side: str, text: str, y: float, away: float, **look: Any) -> None:
    """Write `text` on its side of the middle, `away` points from it."""
    ha, dx = ("right", -away) if side == "left" else ("left", away)
    chart.write(text, 0.5, y, dx=dx, ha=ha, **look)
