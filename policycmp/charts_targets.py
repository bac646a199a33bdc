"""Comparable targets as rows: both values, and a dot on a common scale of ratios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp import schema, style
from policycmp.charts_canvas import (
    GAP,
    LINE,
    Margins,
    empty_chart,
    name_clause,
    name_section,
    open_axes,
    say,
    write,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


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
        plan = _plan_targets(list(table.itertuples()), names, headings, lang, size)
        ax = open_axes(ax, size, plan.room, units=plan.units, pitch=LINE * 1.15 * style.SIZES[size].points,
                       title=say("targets", lang))  # fmt: skip
        _ratio_axis(ax, [row.ratio for row in plan.rows], names, lang, size)
        for side, name in plan.names.items():
            sign = {"dx": -GAP, "ha": "right"} if side == "left" else {"dx": GAP, "ha": "left"}
            write(
                ax,
                name,
                side == "right",
                0.6,
                at="row",
                color=style.SIDES[side].ink,
                fontweight="bold",
                **sign,
            )
        for y, heading in plan.heads:
            write(ax, heading, 0, y, at="row", dx=GAP - plan.room.left, ha="left", fontweight="bold")
        for number, row in enumerate(plan.rows, 1):
            _target_row(ax, row, str(number), plan.room.left)
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
    units: float
    room: Margins


def _plan_targets(
    pairs: Sequence[Any], names: Mapping[str, str], headings: Mapping[int, str] | None, lang: str, size: str
) -> _Plan:
    """Return the texts of all rows, broken to fit their columns, and the height at which each stands."""
    width, points = style.SIZES[size].width * 72, style.SIZES[size].points
    values = {side: _values(pairs, side, lang, 0.19 * width, points) for side in names}
    named = {side: f"{style.SIDES[side].sign} {name}" for side, name in names.items()}
    named = {side: style.wrap(name, 0.18 * width, points * 1.08) for side, name in named.items()}
    columns = {
        s: max(style.text_width(text, points, "bold") for text in [named[s], *values[s]]) for s in names
    }
    rest = width - sum(columns.values()) - 5 * GAP
    items = [_item(pair) for pair in pairs]
    item_width = min(max(style.text_width(item, points) for item in items) * 1.03, rest - 0.26 * width)
    rows, heads, y, section = list[_Row](), list[tuple[float, str]](), 1.1, None
    for number, (pair, item) in enumerate(zip(pairs, items, strict=True)):
        heading = name_section(pair.section, headings, lang)
        if heading != section:
            heads.append((y + 0.65, style.wrap(heading, width - 2 * GAP, points * 1.08)))
            y, section = y + 1.15, heading
        text = {side: values[side][number] for side in names}
        item = style.wrap(item, item_width * 1.001, points, 2)
        lines = 1 + max(part.count("\n") for part in (item, *text.values()))
        rows.append(_Row(y + (lines * 0.86 + 0.14) / 2, item, text, style.to_float(pair.ratio)))
        y += lines * 0.86 + 0.14
    room = Margins(
        item_width + columns["left"] + 3 * GAP, columns["right"] + 2 * GAP, 2.6 * points, 4 * points
    )
    return _Plan(rows, heads, named, y + 0.2, room)


def _values(pairs: Sequence[Any], side: str, lang: str, width: float, points: float) -> list[str]:
    """Return the values of one side, each with its clause; on two lines each where one is too narrow."""
    texts = []
    for pair in pairs:
        value, value_max, comparator, clause = (
            getattr(pair, f"{side}_{part}") for part in ("value", "value_max", "comparator", "clause")
        )
        texts.append(
            (style.format_value(value, value_max, comparator, pair.unit, lang), name_clause(clause, lang))
        )
    narrow = max(style.text_width("  ".join(text), points) for text in texts) > width
    return [("\n" if narrow else "  ").join(map(style.printable, text)) for text in texts]


def _item(pair: Any) -> str:
    """Return what a pair counts: the shorter indicator, whichever side it stands on."""
    names = {style.printable(name) for name in (pair.left_indicator, pair.right_indicator)} - {""}
    return min(names, key=lambda name: (len(name), name), default="")


def _ratio_axis(ax: Axes, ratios: Sequence[float], names: Mapping[str, str], lang: str, size: str) -> None:
    """Draw a log scale centred on 1, on which the left document's larger values stand to the left."""
    from matplotlib.ticker import NullLocator

    points = style.SIZES[size].points
    end = max([2.0, *(max(ratio, 1 / ratio) for ratio in ratios if _is_ratio(ratio))]) ** 1.08
    ax.set_xscale("log")
    ax.set_xlim(end, 1 / end)
    ax.xaxis.set_minor_locator(NullLocator())
    steps = _steps(end)
    ticks = [*(1 / step for step in reversed(steps)), 1.0, *steps]
    labels = [say("times", lang, n=f"{max(tick, 1 / tick):g}") for tick in ticks]
    labels[len(steps)] = say("even", lang)
    ax.set_xticks(ticks, labels, fontsize=points)
    ax.tick_params(length=0, colors=style.MUTED)
    ax.grid(axis="x", color=style.RULE, linewidth=0.5)
    ax.axvline(1, color=style.MUTED, linewidth=0.8)
    arrows = {"left": "← {}", "right": "{} →"}
    for side, name in names.items():
        text = style.printable(arrows[side].format(say("larger", lang, side=name)))
        write(ax, text, side == "right", 0, at="axes", dy=-2.6 * points, ha=side, color=style.SIDES[side].ink)


def _steps(end: float) -> list[float]:
    """Return the at most three ticks on one side of a ratio scale that ends at `end`."""
    if end < 150:
        near = (2.0, 5.0) if end < 10 else (3.0, 10.0, 30.0)
        return [step for step in near if step <= end * 0.98]
    decades = [10.0**power for power in range(1, 300) if 10.0**power <= end]
    stride = -(-len(decades) // 3)
    return decades[stride - 1 :: stride]


def _is_ratio(ratio: float) -> bool:
    """Say whether a log scale has a place for `ratio`."""
    return 0 < ratio < float("inf")


def _target_row(ax: Axes, row: _Row, key: str, left_room: float) -> None:
    """Draw one pair: what it counts, the two values, and the dot."""
    write(ax, row.item, 0, row.y, at="row", dx=GAP - left_room, ha="left", gid=f"item:{key}")
    ax.axhline(row.y, color=style.RULE, linewidth=0.5, linestyle=":")
    for side, text in row.text.items():
        place: dict[str, Any] = {"ha": "right", "dx": -GAP} if side == "left" else {"ha": "left", "dx": GAP}
        write(
            ax,
            text,
            side == "right",
            row.y,
            at="row",
            color=style.SIDES[side].ink,
            gid=f"{side}_text:{key}",
            **place,
        )
    if _is_ratio(row.ratio):
        look = style.SIDES["left" if row.ratio > 1 else "right"]
        color, edge, marker = (
            (look.fill, look.ink, look.marker) if row.ratio != 1 else (style.MUTED,) * 2 + ("D",)
        )
        ax.plot([1, row.ratio], [row.y, row.y], color=color, linewidth=2, solid_capstyle="butt")
        ax.plot([row.ratio], [row.y], color=color, marker=marker, markeredgecolor=edge, markersize=5,
                linestyle="none", clip_on=False, gid=f"ratio:{key}")  # fmt: skip
