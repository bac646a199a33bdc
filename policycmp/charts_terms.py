"""Words as bars: those that set two texts apart, and those that carry the similarity of a pair of clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policycmp import style
from policycmp.charts_canvas import GAP, LINE, Canvas, Room, require, round_ticks
from policycmp.charts_text import printable
from policycmp.similarity import WEIGHTS
from policycmp.terms import CHANCE, COLUMNS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def terms(
    table: pd.DataFrame, *, left: str, right: str, ax: Axes | None = None, lang: str = "zh", size: str = "page"
) -> Axes:
    """Draw the characteristic words of both texts: bars of |z|, those of the left document to the left.

    Parameters
    ----------
    table : DataFrame
        The result of `terms.characteristic`.
    left, right, ax, lang, size
        As for `budgets`.

    Returns
    -------
    Axes
        On either side of the bars stands how often the word occurs in that document.
    """
    rows = list(require(table, "terms", COLUMNS).itertuples())
    with style.context(size):
        chart = Canvas("terms", ax, lang, size)
        if not rows:
            return chart.empty()
        width, points = chart.width, chart.points
        heads = chart.name_sides({"left": left, "right": right}, 0.26 * width)
        counts = {side: [_count(getattr(row, f"{side}_count")) for row in rows] for side in heads}
        edge = {side: chart.widest([heads[side], *counts[side]], "bold") for side in heads}
        items = [chart.wrap(row.term, 0.3 * width) for row in rows]
        left_room = max(chart.widest(items) * 1.01 + chart.widest(["0" * 6]), edge["left"]) + 3 * GAP
        room = Room(left_room, edge["right"] + 2 * GAP, 5 * points, 2.4 * points + GAP / 2)
        chart.open(room, units=len(rows), pitch=1.5, notes=[chart.say("terms_key", z=CHANCE)])
        _z_axis(chart, [style.to_float(row.z) for row in rows])
        chart.write_heads(heads)
        for number, (row, item) in enumerate(zip(rows, items, strict=True)):
            y, key = number + 0.5, number + 1
            chart.write_item(item, y, key)
            for side in heads:
                chart.write_side(side, counts[side][number], y, gid=f"{side}_text:{key}")
            _z_bar(chart.ax, style.to_float(row.z), y, key)
        return chart.write_notes(2.2)


def _count(number: Any) -> str:
    """Return how often a word occurs; – where the table does not say."""
    value = style.to_float(number)
    return f"{value:.0f}" if value == value else "–"


def _z_axis(chart: Canvas, values: list[float]) -> None:
    """Draw a scale that is the same on both sides of 0, with the mark of what chance gives."""
    end = 1.05 * max([CHANCE, *(abs(value) for value in values if value == value)])
    steps = max(2, min(8, int(chart.plot_width() / (6 * chart.points))))
    ticks = [tick for tick in round_ticks(steps, -end, end, True) if abs(tick) <= 0.93 * end]
    labels = {tick: f"{abs(tick):.6g}" if tick else chart.say("terms_axis") for tick in ticks}
    chart.set_scale(-end, end, labels, zero=0, grid=False)
    for place in (-CHANCE, CHANCE):
        chart.ax.axvline(place, color=style.MUTED, linewidth=0.6, linestyle=(0, (4, 3)))


def _z_bar(ax: Axes, z: float, y: float, key: int) -> None:
    """Draw one bar from 0 to the side of the text that uses the word more; its width is |z|."""
    ax.axhline(y, color=style.RULE, linewidth=0.5, linestyle=":", zorder=0)
    if z == z:
        side = "left" if z > 0 else "right"
        look = style.SIDES[side]
        bar = ax.barh(y, abs(z), 0.62, left=min(-z, 0), color=look.fill, edgecolor=look.ink)[0]
        bar.set(linewidth=0.5, gid=f"{side}:{key}")


def explanation(
    table: pd.DataFrame, *, most: int = 12, ax: Axes | None = None, lang: str = "zh", size: str = "column"
) -> Axes:
    """Draw the strongest contributions to the similarity of a pair of clauses, by title, text and section.

    Parameters
    ----------
    table : DataFrame
        The result of `align.explain`: part, term, contribution.
    most : int
        How many contributions to draw; the sum of each part holds all of them.
    ax, lang, size
        As for `budgets`.
    """
    known = require(table, "explanation", ("part", "term", "contribution")).dropna(subset=["contribution"])
    sums = known.groupby("part", sort=False)["contribution"].sum().sort_values(ascending=False, kind="stable")
    with style.context(size):
        chart = Canvas("explanation", ax, lang, size, n=f"{sums.sum():.2f}")
        if known.empty:
            return chart.empty()
        points = chart.points
        shown = known.sort_values("contribution", ascending=False, kind="stable").head(most)
        shown = shown.assign(term=[chart.wrap(term, 0.4 * chart.width) for term in shown["term"]])
        left_room = chart.widest(shown["term"]) * 1.01 + 2 * GAP
        room = Room(left_room, chart.widest(["0.0000"]) + GAP, 3.2 * points, 1.6 * points)
        units = len(shown) + len(sums)
        chart.open(room, units=units, pitch=LINE * 1.1, notes=[chart.say("explanation_key")])
        chart.ax.set_xlim(0, float(shown["contribution"].max()) or 1.0)
        _contributions(chart, shown, sums)
        return chart.write_notes(0.6)


def _contributions(chart: Canvas, shown: pd.DataFrame, sums: pd.Series) -> None:
    """Draw the bars of each part under its name and the sum of all its contributions."""
    y, number = 0.5, 0
    for part, total in sums.items():
        head = chart.say(f"part_{part}", n=f"{total:.3f}") if part in WEIGHTS else printable(f"{part} {total:.3f}")
        chart.write_item(head, y, part, fontweight="bold")
        for term, value in shown.loc[shown["part"] == part, ["term", "contribution"]].itertuples(index=False):
            y, number = y + 1, number + 1
            chart.write_side("left", term, y, color=style.INK, gid=f"item:{number}")
            bar = chart.ax.barh(y, float(value), 0.62, color=style.MUTED, linewidth=0)[0]
            bar.set_gid(f"contribution:{number}")
            chart.write(f"{value:.4f}", float(value), y, at="data", dx=3, ha="left", color=style.MUTED)
        y += 1
