"""Words as bars: those that set two texts apart, and those that carry the similarity of a pair of clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policycmp import style
from policycmp.charts_canvas import (
    GAP,
    LINE,
    Margins,
    beside,
    empty_chart,
    open_axes,
    plot_width,
    require,
    say,
    wrap_foot,
    write,
    write_foot,
)
from policycmp.charts_text import printable, text_width, wrap
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
    left, right : str
        The names of the two districts.
    ax, lang, size
        As for `budgets`.

    Returns
    -------
    Axes
        On either side of the bars stands how often the word occurs in that document.
    """
    rows = list(require(table, "terms", COLUMNS).itertuples())
    with style.context(size):
        if not rows:
            return empty_chart(say("no_terms", lang), ax, size, say("terms", lang))
        width, points = style.SIZES[size].width * 72, style.SIZES[size].points
        names = {side: f"{style.SIDES[side].sign} {name}" for side, name in (("left", left), ("right", right))}
        names = {side: wrap(name, 0.26 * width, points, weight="bold") for side, name in names.items()}
        counts = {side: [_count(getattr(row, f"{side}_count")) for row in rows] for side in names}
        edge = {side: max(text_width(text, points, "bold") for text in [names[side], *counts[side]]) for side in names}
        items = [wrap(row.term, 0.3 * width, points) for row in rows]
        item_width = max(text_width(item, points) for item in items) * 1.01
        foot, foot_height = wrap_foot([say("terms_key", lang, z=CHANCE)], size)
        left_room = max(item_width + text_width("0" * 6, points), edge["left"]) + 3 * GAP
        room = Margins(left_room, edge["right"] + 2 * GAP, 5 * points, 2.4 * points + foot_height + GAP / 2)
        ax = open_axes(ax, size, room, units=len(rows), pitch=1.5 * points, title=say("terms", lang))
        _z_axis(ax, [style.to_float(row.z) for row in rows], lang, points)
        for side in names:
            look = {"color": style.SIDES[side].ink, "fontweight": "bold", **beside(side)}
            write(ax, names[side], side == "right", 1, at="axes", dy=points, **look)
        for number, (row, item) in enumerate(zip(rows, items, strict=True)):
            write(ax, item, 0, number + 0.5, at="row", dx=GAP - left_room, ha="left", gid=f"item:{number + 1}")
            for side in names:
                look = {"color": style.SIDES[side].ink, "gid": f"{side}_text:{number + 1}", **beside(side)}
                write(ax, counts[side][number], side == "right", number + 0.5, at="row", **look)
            _z_bar(ax, style.to_float(row.z), number)
        write_foot(ax, foot, size, room, dy=2.2 * points)
        return ax


def _count(number: Any) -> str:
    """Return how often a word occurs; – where the table does not say."""
    value = style.to_float(number)
    return f"{value:.0f}" if value == value else "–"


def _z_axis(ax: Axes, values: list[float], lang: str, points: float) -> None:
    """Draw a scale that is the same on both sides of 0, with the mark of what chance gives."""
    from matplotlib.ticker import MaxNLocator

    end = 1.05 * max([CHANCE, *(abs(value) for value in values if value == value)])
    ax.set_xlim(-end, end)
    steps = max(2, min(8, int(plot_width(ax) / (6 * points))))
    ticks = [tick for tick in MaxNLocator(steps, integer=True).tick_values(-end, end) if abs(tick) <= 0.93 * end]
    ax.set_xticks(ticks, [f"{abs(tick):.6g}" if tick else say("terms_axis", lang) for tick in ticks], fontsize=points)
    ax.axvline(0, color=style.MUTED, linewidth=0.8)
    for place in (-CHANCE, CHANCE):
        ax.axvline(place, color=style.MUTED, linewidth=0.6, linestyle=(0, (4, 3)))


def _z_bar(ax: Axes, z: float, number: int) -> None:
    """Draw one bar from 0 to the side of the text that uses the word more; its width is |z|."""
    ax.axhline(number + 0.5, color=style.RULE, linewidth=0.5, linestyle=":", zorder=0)
    if z != z:
        return
    side = "left" if z > 0 else "right"
    look = style.SIDES[side]
    bar = ax.barh(number + 0.5, abs(z), 0.62, left=-z if z > 0 else 0, color=look.fill, edgecolor=look.ink)[0]
    bar.set(linewidth=0.5, gid=f"{side}:{number + 1}")


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
    title = say("explanation", lang, n=f"{sums.sum():.2f}")
    with style.context(size):
        if known.empty:
            return empty_chart(say("no_explanation", lang), ax, size, title)
        width, points = style.SIZES[size].width * 72, style.SIZES[size].points
        shown = known.sort_values("contribution", ascending=False, kind="stable").head(most)
        texts = [wrap(term, 0.4 * width, points) for term in shown["term"]]
        left_room = max(text_width(text, points) for text in texts) * 1.01 + 2 * GAP
        foot, foot_height = wrap_foot([say("explanation_key", lang)], size)
        room = Margins(left_room, text_width("0.0000", points) + GAP, 3.2 * points, foot_height + 1.6 * points)
        units = len(shown) + len(sums)
        ax = open_axes(ax, size, room, units=units, pitch=LINE * 1.1 * points, title=title)
        ax.set_xticks([])
        ax.set_xlim(0, float(shown["contribution"].max()) or 1.0)
        _contributions(ax, shown, sums, GAP - left_room, lang, size)
        write_foot(ax, foot, size, room, dy=0.6 * points)
        return ax


def _contributions(ax: Axes, shown: pd.DataFrame, sums: pd.Series, edge: float, lang: str, size: str) -> None:
    """Draw the bars of each part under its name and the sum of all its contributions."""
    width, points = style.SIZES[size].width * 72, style.SIZES[size].points
    y, number = 0.5, 0
    for part, total in sums.items():
        head = say(f"part_{part}", lang, n=f"{total:.3f}") if part in WEIGHTS else printable(f"{part} {total:.3f}")
        write(ax, head, 0, y, at="row", dx=edge, ha="left", fontweight="bold", gid=f"item:{part}")
        for term, value in shown.loc[shown["part"] == part, ["term", "contribution"]].itertuples(index=False):
            y, number = y + 1, number + 1
            write(ax, wrap(term, 0.4 * width, points), 0, y, at="row", **beside("left"), gid=f"item:{number}")
            bar = ax.barh(y, float(value), 0.62, color=style.MUTED, linewidth=0)[0]
            bar.set_gid(f"contribution:{number}")
            write(ax, f"{value:.4f}", float(value), y, dx=3, ha="left", color=style.MUTED)
        y += 1
