"""Comparable targets as rows: both values, and a dot on a common scale of ratios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp import schema, style
from policycmp.charts_canvas import (
    GAP,
    LINE,
    Margins,
    beside,
    empty_chart,
    name_clause,
    name_section,
    open_axes,
    plot_width,
    say,
    wrap_foot,
    write,
    write_foot,
)
from policycmp.charts_text import printable, text_width, wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_SEPARATOR = " · "


def targets(
    target_pairs: pd.DataFrame,
    *,
    left: str,
    right: str,
    headings: Mapping[int, str] | None = None,
    ax: Axes | None = None,
    lang: str = "zh",
    size: str = "page",
) -> Axes:
    """Draw each pair of comparable targets as a row: both values, and a dot on a common scale of ratios.

    Parameters
    ----------
    target_pairs : DataFrame
        The table ``target_pairs`` of the data dictionary.
    left, right : str
        The names of the two districts.
    headings : mapping of int to str, optional
        The heading of each section.
    ax, lang, size
        As for `budgets`.

    Returns
    -------
    Axes
        The dot stands on the side of the larger value, at the ratio of the two; a pair whose ratio has no
        meaning has no dot.
    """
    table = schema.check("target_pairs", target_pairs).sort_values("section", kind="stable")
    names = {"left": left, "right": right}
    with style.context(size):
        if table.empty:
            return empty_chart(say("no_targets", lang), ax, size, say("targets", lang))
        points = style.SIZES[size].points
        plan = _plan_targets(list(table.itertuples()), names, headings, lang, size)
        title = say("targets", lang)
        ax = open_axes(ax, size, plan.room, units=plan.units, pitch=LINE * 1.15 * points, title=title)
        _ratio_axis(ax, [row.ratio for row in plan.rows], lang, points)
        _write_arrows(ax, plan, size)
        for side, name in plan.names.items():
            look = {"color": style.SIDES[side].ink, "fontweight": "bold", **beside(side)}
            write(ax, name, side == "right", 0.6, at="row", **look)
        for y, heading in plan.heads:
            write(ax, heading, 0, y, at="row", dx=GAP - plan.room.left, ha="left", fontweight="bold")
        for number, row in enumerate(plan.rows, 1):
            _target_row(ax, row, str(number), plan.room.left, points)
        return ax


class _Row(NamedTuple):
    """One pair: where it stands, what it counts, the two values in words, and left / right."""

    y: float
    item: str
    text: Mapping[str, str]
    ratio: float


class _Plan(NamedTuple):
    """The places of all texts, before anything is drawn."""

    rows: list[_Row]
    heads: list[tuple[float, str]]
    names: Mapping[str, str]
    arrows: Mapping[str, str]
    units: float
    room: Margins


def _plan_targets(
    pairs: Sequence[Any], names: Mapping[str, str], headings: Mapping[int, str] | None, lang: str, size: str
) -> _Plan:
    """Return the texts of all rows, broken to fit their columns, and the height at which each stands."""
    width, points = style.SIZES[size].width * 72, style.SIZES[size].points
    values = {side: _values(pairs, side, lang, 0.19 * width, points) for side in names}
    named = {side: f"{style.SIDES[side].sign} {name}" for side, name in names.items()}
    named = {side: wrap(name, 0.18 * width, points, weight="bold") for side, name in named.items()}
    columns = {s: max(text_width(text, points, "bold") for text in [named[s], *values[s]]) for s in names}
    rest = width - sum(columns.values()) - 5 * GAP
    items = [_item(pair) for pair in pairs]
    item_width = max(text_width(item, points) for item in items) * 1.03
    item_width = min(item_width, max(rest - 0.26 * width, 0.22 * width))
    rows, heads, y, section = list[_Row](), list[tuple[float, str]](), 1.1, None
    for number, (pair, item) in enumerate(zip(pairs, items, strict=True)):
        heading = name_section(pair.section, headings, lang)
        if heading != section:
            heads.append((y + 0.65, wrap(heading, width - 2 * GAP, points, weight="bold")))
            y, section = y + 1.15, heading
        text = {side: values[side][number] for side in names}
        item = wrap(item, item_width * 1.001, points, 2)
        lines = 1 + max(part.count("\n") for part in (item, *text.values()))
        rows.append(_Row(y + (lines * 0.86 + 0.14) / 2, item, text, style.to_float(pair.ratio)))
        y += lines * 0.86 + 0.14
    arrows = {side: printable(say(f"{side}_larger", lang, side=name)) for side, name in names.items()}
    _, foot_height = wrap_foot([_SEPARATOR.join(arrows.values())], size)
    sides = item_width + columns["left"] + 3 * GAP, columns["right"] + 2 * GAP
    room = Margins(*sides, top=3 * points, bottom=2.6 * points + foot_height)
    return _Plan(rows, heads, named, arrows, y + 0.2, room)


def _values(pairs: Sequence[Any], side: str, lang: str, width: float, points: float) -> list[str]:
    """Return the values of one side, each with its clause; on two lines each where one is too narrow."""
    texts = []
    for pair in pairs:
        value, value_max, comparator, clause = (
            getattr(pair, f"{side}_{part}") for part in ("value", "value_max", "comparator", "clause")
        )
        texts.append((style.format_value(value, value_max, comparator, pair.unit, lang), name_clause(clause, lang)))
    if max(text_width("  ".join(text), points) for text in texts) <= width:
        return ["  ".join(map(printable, text)) for text in texts]
    return ["\n".join(wrap(part, 1.15 * width, points, 3) for part in text) for text in texts]


def _item(pair: Any) -> str:
    """Return what a pair counts: the shorter indicator, whichever side it stands on."""
    names = {printable(name) for name in (pair.left_indicator, pair.right_indicator)} - {""}
    return min(names, key=lambda name: (len(name), name), default="")


def _ratio_axis(ax: Axes, ratios: Sequence[float], lang: str, points: float) -> None:
    """Draw a log scale centred on 1, on which the left document's larger values stand to the left."""
    from matplotlib.ticker import NullLocator

    end = max([2.0, *(max(ratio, 1 / ratio) for ratio in ratios if _is_ratio(ratio))]) ** 1.08
    ax.set_xscale("log")
    ax.set_xlim(end, 1 / end)
    ax.xaxis.set_minor_locator(NullLocator())
    steps = _steps(end, plot_width(ax) / 2, lang, points)
    labels = {step: _times(step, lang) for step in steps}
    ticks = {1.0: say("even", lang)} | labels | {1 / step: label for step, label in labels.items()}
    ax.set_xticks(list(ticks), list(ticks.values()), fontsize=points)
    ax.tick_params(length=0, colors=style.MUTED)
    ax.grid(axis="x", color=style.RULE, linewidth=0.5)
    ax.axvline(1, color=style.MUTED, linewidth=0.8)


def _steps(end: float, width: float, lang: str, points: float) -> list[float]:
    """Return the ticks on one side of a ratio scale that ends at `end`: as many as have room in `width`."""
    near = [2.0, 5.0] if end < 10 else [3.0, 10.0, 30.0]
    decades = [10.0**power for power in range(1, 300) if 10.0**power <= end]
    choices = [near] * (end < 100) + [decades[stride - 1 :: stride] for stride in range(1, len(decades) + 1)]
    for steps in [[step for step in choice if step <= end] for choice in choices]:
        places = [0.0, *(width * log(step) / log(end) for step in steps)]
        labels = [say("even", lang), *(_times(step, lang) for step in steps)]
        sizes = [text_width(label, points) + 3 for label in labels]
        gaps = [b - a for a, b in pairwise(places)]
        if all(gap > (a + b) / 2 for gap, (a, b) in zip(gaps, pairwise(sizes), strict=True)):
            return steps
    return []


def _times(ratio: float, lang: str) -> str:
    """Return a ratio as people write it: 10倍, ``1,000 bn×``."""
    return say("times", lang, n=style.format_value(ratio, None, "equal", "", lang))


def _write_arrows(ax: Axes, plan: _Plan, size: str) -> None:
    """Say which side of the scale is whose: at its two ends, or in a note where the scale is too short."""
    points = style.SIZES[size].points
    note = _SEPARATOR.join(plan.arrows.values())
    if text_width(note, points) > plot_width(ax):
        write_foot(ax, wrap_foot([note], size)[0], size, plan.room, dy=2.4 * points)
        return
    for side, text in plan.arrows.items():
        color = style.SIDES[side].ink
        write(ax, text, side == "right", 0, at="axes", dy=-2.4 * points, ha=side, va="top", color=color)


def _is_ratio(ratio: float) -> bool:
    """Say whether a log scale has a place for `ratio`."""
    return 0 < ratio < float("inf")


def _target_row(ax: Axes, row: _Row, key: str, left_room: float, points: float) -> None:
    """Draw one pair: what it counts, the two values, and the dot."""
    write(ax, row.item, 0, row.y, at="row", dx=GAP - left_room, ha="left", gid=f"item:{key}")
    ax.axhline(row.y, color=style.RULE, linewidth=0.5, linestyle=":")
    for side, text in row.text.items():
        look = {"color": style.SIDES[side].ink, "gid": f"{side}_text:{key}", **beside(side)}
        write(ax, text, side == "right", row.y, at="row", **look)
    if _is_ratio(row.ratio):
        _dot(ax, row, key, points)


def _dot(ax: Axes, row: _Row, key: str, points: float) -> None:
    """Draw the dot of a pair, and the line that joins it to the axis of equal values."""
    look = style.SIDES["left" if row.ratio > 1 else "right"]
    fill, edge, marker = (look.fill, look.ink, look.marker)
    if row.ratio == 1:
        fill, edge, marker = style.MUTED, style.MUTED, "D"
    ax.plot([1, row.ratio], [row.y, row.y], color=fill, linewidth=0.27 * points, solid_capstyle="butt")
    dot = ax.plot([row.ratio], [row.y], marker=marker, color=fill, markeredgecolor=edge)[0]
    dot.set(markersize=0.66 * points, clip_on=False, gid=f"ratio:{key}")
