"""The alignment as a map: two lists of clauses, and a line per pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from policycmp import schema, style
from policycmp.charts_canvas import (
    GAP,
    Margins,
    beside,
    empty_chart,
    open_axes,
    plot_width,
    say,
    wrap_foot,
    write,
    write_foot,
)
from policycmp.charts_files import RANGE, THIN, UNKNOWN
from policycmp.charts_text import text_width, wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_Place = tuple[int, int]  # section and clause
_PAIRED = ("same", "partial")


def alignment_map(
    alignment: pd.DataFrame, *, left: str, right: str, ax: Axes | None = None, lang: str = "zh", size: str = "page"
) -> Axes:
    """Draw the two lists of clauses in the order of the documents, with a line per aligned pair.

    Parameters
    ----------
    alignment : DataFrame
        The table ``alignment`` of the data dictionary.
    left, right : str
        The names of the two districts.
    ax, lang, size
        As for `budgets`.

    Returns
    -------
    Axes
        Thicker lines are more similar, dashed ones partial; a clause without counterpart is bold, with a
        hollow mark.
    """
    table = schema.check("alignment", alignment)
    names = {"left": left, "right": right}
    lists = {side: _clause_list(table, side) for side in names}
    with style.context(size):
        if not any(lists.values()):
            return empty_chart(say("no_alignment", lang), ax, size, say("alignment", lang))
        width, points = style.SIZES[size].width * 72, style.SIZES[size].points
        sections = {_section_number(section, lang) for side in names for section, _ in lists[side]}
        border = _widest(sections, points) + 2.5 * GAP
        labels = {side: _labels(lists[side], side, 0.44 * width - border, points, lang) for side in names}
        heads = {side: f"{style.SIDES[side].sign} {name}" for side, name in names.items()}
        heads = {side: wrap(head, 0.44 * width - 2 * GAP, points, weight="bold") for side, head in heads.items()}
        edges = {
            side: max(_widest(labels[side].values(), points) + border, _widest([heads[side]], points) + 2 * GAP)
            for side in names
        }
        foot, foot_height = wrap_foot([say("alignment_key", lang)], size)
        room = Margins(edges["left"], edges["right"], 5 * points, foot_height + 1.6 * points)
        units = max(map(len, lists.values()))
        ax = open_axes(ax, size, room, units=units, pitch=1.25 * points, title=say("alignment", lang))
        ax.set_xlim(0, 1)
        ax.set_xticks([])
        heights = {side: _heights(lists[side], units) for side in names}
        pairs = [pair for pair in table.itertuples() if pair.relation in _PAIRED]
        for number, pair in enumerate(pairs, 1):
            _link(ax, pair, heights, number)
        for side in names:
            _bands(ax, side, heights[side], edges[side], lang)
            paired = {_place(pair, side) for pair in pairs}
            _list(ax, side, labels[side], heights[side], paired, points)
            look = {"color": style.SIDES[side].ink, "fontweight": "bold", **beside(side)}
            write(ax, heads[side], side == "right", 1, at="axes", dy=points, **look)
        write_foot(ax, foot, size, room, dy=0.8 * points)
        return ax


def _place(pair: Any, side: str) -> _Place:
    """Return the section and the clause of one side of a row."""
    return int(getattr(pair, f"{side}_section")), int(getattr(pair, f"{side}_clause"))


def _clause_list(table: pd.DataFrame, side: str) -> dict[_Place, str]:
    """Return the titles of the clauses of one side, in the order of its document."""
    rows = table.dropna(subset=[f"{side}_section", f"{side}_clause"]).itertuples()
    titles = {_place(row, side): str(getattr(row, f"{side}_title")) for row in rows}
    return dict(sorted(titles.items()))


def _labels(titles: Mapping[_Place, str], side: str, width: float, points: float, lang: str) -> dict[_Place, str]:
    """Return number and title of each clause, cut to `width`; the number stands next to the lines."""
    labels = {}
    for place, title in titles.items():
        number = str(place[1]) if place[1] else say("lead_in", lang)
        room = width - text_width(f"  {number}", points, "bold")
        title = wrap(title, room, points, weight="bold")
        labels[place] = f"{title}  {number}" if side == "left" else f"{number}  {title}"
    return labels


def _widest(texts: Iterable[str], points: float) -> float:
    """Return the width of the widest of `texts`, any of which may be bold."""
    return max((text_width(text, points, "bold") for text in texts), default=0.0) * 1.01


def _heights(titles: Mapping[_Place, str], units: int) -> dict[_Place, float]:
    """Return the y of each clause: each list fills the whole height."""
    return {place: (number + 0.5) * units / len(titles) for number, place in enumerate(titles)}


def _link(ax: Axes, pair: Any, heights: Mapping[str, Mapping[_Place, float]], number: int) -> None:
    """Draw the line of one pair."""
    ends = [heights[side][_place(pair, side)] for side in heights]
    similarity = style.to_float(pair.similarity)
    width = THIN + RANGE * similarity if similarity == similarity else UNKNOWN
    line = "-" if pair.relation == "same" else "--"
    ax.plot([0, 1], ends, color=style.MUTED, alpha=0.8, linewidth=width, linestyle=line, gid=f"link:{number}")


def _list(
    ax: Axes,
    side: str,
    labels: Mapping[_Place, str],
    heights: Mapping[_Place, float],
    paired: set[_Place],
    points: float,
) -> None:
    """Write one list of clauses and put a mark where its lines end; hollow where none does."""
    look, x = style.SIDES[side], float(side == "right")
    for number, (place, label) in enumerate(labels.items()):
        alone = place not in paired
        text: dict[str, Any] = {"color": look.ink, "fontweight": "bold"} if alone else {}
        # The number keeps the gids of one side apart; `read_back` finds a label by its height.
        write(ax, label, x, heights[place], **beside(side), **text, gid=f"end:{side}:{number}")
        mark = ax.plot([x], [heights[place]], marker=look.marker, markersize=0.53 * points, clip_on=False)[0]
        mark.set(markerfacecolor="white" if alone else look.fill, markeredgecolor=look.ink)


def _bands(ax: Axes, side: str, heights: Mapping[_Place, float], edge: float, lang: str) -> None:
    """Shade every other section behind its clauses, and write the section's number at the outer edge."""
    from matplotlib.patches import Rectangle

    if not heights:
        return
    step, wide = ax.get_ylim()[0] / len(heights), edge - GAP / 2
    out = -1 if side == "left" else 1
    for count, (section, places) in enumerate(groupby(heights, key=lambda place: place[0])):
        ys = [heights[place] for place in places]
        middle, high = (ys[0] + ys[-1]) / 2, ys[-1] - ys[0] + step
        if count % 2 == 0:
            share = wide / plot_width(ax)
            box = Rectangle((-share if side == "left" else 1.0, middle - high / 2), share, high)
            box.set(transform=ax.get_yaxis_transform(), color=style.BAND, linewidth=0, clip_on=False, zorder=0)
            ax.add_patch(box)
        look: dict[str, Any] = {"ha": side, "dx": out * (wide - GAP / 2), "color": style.MUTED}
        write(ax, _section_number(section, lang), side == "right", middle, at="row", **look)


def _section_number(section: int, lang: str) -> str:
    """Return the number of a section as it stands at the edge of the map."""
    return style.chinese_number(section) if lang == "zh" else str(section)
