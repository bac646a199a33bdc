"""The whole comparison on one page: clauses, targets and budget of each pair of sections, and the widest ratios."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Unpack

from policycmp import schema
from policycmp.asking import balance, provenance
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import GAP, LINE, Canvas, Room, drawing
from policycmp.charts.drawing.subject import Options
from policycmp.charts.panels import draw_panel, panel_columns, read_panel
from policycmp.schema import SIDES
from policycmp.shown.amounts import format_amount, to_float

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

# Each measure has a column, in which one holding is drawn solid and one hatched.
_MEASURES = dict(
    zip(("clauses", "goals", "money"), zip(balance.HELD[::2], balance.HELD[1::2], strict=True), strict=True)
)


def overview(data: Data, *, target_pairs: pd.DataFrame | None = None, **options: Unpack[Options]) -> Axes:
    """Draw the whole comparison: clauses, targets and budget of each pair of sections, and the widest ratios.

    Parameters
    ----------
    data : DataFrame or Comparison
        The result of `balance.balance`, or the comparison that it is made of.
    target_pairs : DataFrame, optional
        The targets of which the furthest apart are drawn; by default those of the comparison.
    **options
        See `Options`.

    Returns
    -------
    Axes
        Solid bars are what has a counterpart, hatched ones what has none; each column has a scale of its own.
    """
    with drawing("overview", data, **options) as chart:
        about, table = chart.about, chart.about.table("overview", balance.balance, balance.BALANCE)
        if table.empty:
            return chart.empty()
        inner, keys = chart.inner_width(), chart.name_sides(0.25 * chart.inner_width())
        items = [chart.wrap(_item(chart, row), 0.25 * inner, 9) for row in table.itertuples()]
        edge = chart.widest([*items, *keys.values()], "bold") * 1.03 + GAP
        step = (inner - edge) / len(_MEASURES)
        both = int((table["left_whole"].notna() & table["right_whole"].notna()).sum())
        heads = [chart.wrap(chart.say(f"{name}_key", n=both), step - 1.5 * GAP, 3) for name in _MEASURES]
        top = max(head.count("\n") for head in heads) + 4.6
        tops = list(accumulate((max(item.count("\n") + 1, 2) + 0.5 for item in items), initial=top))
        found = about.comparison.target_pairs if target_pairs is None and about.comparison else target_pairs
        columns, wide = panel_columns(chart)
        panels = [read_panel(chart, pair, wide, times=True) for pair in _widest(found, columns)]
        end = tops[-1] + max((panel.high + 1.7 for panel in panels), default=0)
        room = Room(GAP, GAP, 3.4 * chart.points, 0.6 * chart.points)
        chart.open(room, units=end, pitch=LINE, notes=[chart.say("overview_key")]).set_xlim(0, inner)
        for line, (side, text) in enumerate(keys.items()):
            chart.write_item(text, top - 2.1 + line, color=style.LOOKS[side].ink, fontweight="bold")
        for number, (item, (high, low)) in enumerate(zip(items, pairwise(tops), strict=True), 1):
            chart.ax.axhline(high - 0.25, color=style.RULE, linewidth=0.5)
            chart.write_item(item, (high + low - 0.5) / 2, f"{number} {chart.say('clauses')}")
        for number, (name, head) in enumerate(zip(_MEASURES, heads, strict=True)):
            x = edge + number * step
            chart.write(chart.say(name), x, 0.5, at="data", fontweight="bold")
            chart.write(head, x, 1, at="data", va="top", color=style.MUTED)
            _column(chart, name, table, x, step - 1.5 * GAP, tops)
        for number, panel in enumerate(panels, 1):
            key = f"{number} {chart.say('widest')}"
            draw_panel(chart, panel, key, (number - 1) * (wide + 2 * GAP), tops[-1] + 1.5, wide)
        if panels:
            chart.write_item(chart.say("widest"), tops[-1] + 0.6, fontweight="bold")
        return chart.write_notes(0.6)


def _item(chart: Canvas, row: Any) -> str:
    """Return what a pair of sections is called; by both names where their numbers differ."""
    names = dict[float, str]()
    for side in SIDES:
        section = to_float(getattr(row, f"{side}_section"))
        if section == section:
            names.setdefault(section, chart.say_section(section, getattr(row, f"{side}_heading")))
    return " / ".join(names.values())


def _column(chart: Canvas, name: str, table: pd.DataFrame, x: float, wide: float, tops: Sequence[float]) -> None:
    """Draw one measure at `x`, `wide` points wide: the totals of both sides, then two bars in each row."""
    chart.ax.plot([x, x], [tops[0], tops[-1] - 0.5], color=style.MUTED, linewidth=0.8)
    parts = {side: table[[f"{side}_{part}" for part in _MEASURES[name]]] for side in SIDES}
    most = max(float(values.sum(axis=1).max()) for values in parts.values())
    texts = {side: [_text(chart, name, row) for row in values.to_numpy("float64")] for side, values in parts.items()}
    room = wide - chart.widest(text for found in texts.values() for text in found) * 1.03 - 4
    for line, (side, values) in enumerate(parts.items()):
        total = values.sum(min_count=1).to_numpy("float64")[: 1 if name == "money" else 2]
        held = balance.holdings(chart.about.comparison, side) if chart.about.comparison else {}
        look: dict[str, Any] = {"at": "data", "color": style.LOOKS[side].ink}
        chart.write(_text(chart, name, total), x, tops[0] - 2.1 + line, fontweight="bold", **look)
        rows = zip(values.to_numpy("float64"), texts[side], table[f"{side}_section"], pairwise(tops), strict=True)
        for number, (lengths, text, section, (high, low)) in enumerate(rows, 1):
            key, y, bars = f"{number} {chart.say(name)}", (high + low - 0.5) / 2 + line - 0.5, []
            for column, part, length in zip((side, f"{side}_alone"), _MEASURES[name], lengths, strict=True):
                bars += [(column, length, column != side)] if length == length else []
                found = provenance.of_rows(held[part][held[part]["section"] == section]) if held else None
                chart.about.cite(key, column, found)
            tip = chart.bar(side, key, y, bars, x=x, scale=max(room, 0.2 * wide) / (most or 1))
            chart.write(text, tip, y, dx=3, gid=f"{side}_text:{key}", **look | ({} if bars else {"color": style.MUTED}))


def _text(chart: Canvas, name: str, numbers: Iterable[float]) -> str:
    """Return the numbers of a bar, 5+1, or an amount."""
    stated = [number for number in numbers if number == number]
    if name == "money":
        return format_amount(sum(stated) if stated else None, chart.lang)
    return "+".join(f"{number:.0f}" for number in stated[: 1 + any(stated[1:])])


def _widest(target_pairs: pd.DataFrame | None, most: int) -> list[Any]:
    """Return the pairs that differ by the largest factor."""
    if target_pairs is None:
        return []
    table = schema.check("target_pairs", target_pairs)
    ratio = table["ratio"].where(table["ratio"] > 0)
    order = ratio.where(ratio > 1, 1 / ratio).dropna().sort_values(ascending=False, kind="stable")
    return list(table.loc[order.index[:most]].itertuples())
