"""The whole comparison on one page: clauses, targets and budget of each pair of sections, and the widest ratios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp import schema
from policycmp.asking import balance, provenance
from policycmp.charts.drawing import panels, style
from policycmp.charts.drawing.canvas import Canvas, drawing
from policycmp.charts.drawing.layout import GAP, LINE, Room
from policycmp.charts.drawing.options import Options, explained
from policycmp.schema import SIDES, records
from policycmp.shown.amounts import format_amount, to_float

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

# Each measure has a column, in which one holding is drawn solid and one hatched.
_MEASURES = dict(
    zip(("clauses", "goals", "money"), zip(balance.HELD[::2], balance.HELD[1::2], strict=True), strict=True)
)


class _Measure(NamedTuple):
    """The column of one measure: its name, where it begins and how wide it is, in points."""

    name: str
    x: float
    wide: float


@explained
def overview(data: Data, *, target_pairs: pd.DataFrame | None = None, **options: Unpack[Options]) -> Axes:
    """Draw the whole comparison: clauses, targets and budget of each pair of sections, and the widest ratios.

    Parameters
    ----------
    data : DataFrame or Comparison
        A comparison, or what each pair of sections holds: for either side the columns left_… or right_… section,
        heading, answered and alone (clauses), paired and unpaired (targets), whole and in_part (yuan).
    target_pairs : DataFrame, optional
        The targets of which the furthest apart are drawn; by default those of the comparison.
    **options
        See `Options`.

    Returns
    -------
    Axes
        Solid bars are what has a counterpart, hatched ones what has none; each column has a scale of its own.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> ax = policycmp.charts.overview(comparison)
    >>> policycmp.charts.read_back(ax)["item"].iloc[-1]
    '新培育省级以上专精特新中小企业（8倍）'
    """
    with drawing("overview", data, **options) as chart:
        about, table = chart.about, chart.about.table("overview", balance.balance, balance.BALANCE)
        if table.empty:
            return chart.empty()
        inner, keys = chart.inner_width(), chart.name_sides(0.25 * chart.inner_width())
        named = [_item(chart, row) for row in records(table)]
        items = chart.column(named, 0.25 * inner, 9, weight="bold", slack=1.03, heads=keys.values())
        step = (inner - items.width - GAP) / len(_MEASURES)
        measures = [
            _Measure(name, items.width + GAP + number * step, step - 1.5 * GAP) for number, name in enumerate(_MEASURES)
        ]
        both = int((table["left_whole"].notna() & table["right_whole"].notna()).sum())
        heads = [chart.wrap(chart.say(f"{one.name}_key", n=both), one.wide, 3) for one in measures]
        top = max(head.count("\n") for head in heads) + 4.6
        tops = list(accumulate((max(item.count("\n") + 1, 2) + 0.5 for item in items.texts), initial=top))
        if target_pairs is None and about.comparison:
            target_pairs = about.comparison.target_pairs
        abreast = panels.abreast(chart)
        pairs = _widest(target_pairs, abreast.many)
        found = [panels.read_panel(chart, pair, abreast.wide, times=True) for pair in pairs]
        end = tops[-1] + max((panel.high + 1.7 for panel in found), default=0)
        room = Room(GAP, GAP, 3.4 * chart.points, 0.6 * chart.points)
        chart.open(room, units=end, pitch=LINE, notes=[chart.say("overview_key")]).set_xlim(0, inner)
        for line, (side, text) in enumerate(keys.items()):
            chart.write_item(text, top - 2.1 + line, color=style.LOOKS[side].ink, fontweight="bold")
        for number, (item, (high, low)) in enumerate(zip(items.texts, pairwise(tops), strict=True), 1):
            chart.ax.axhline(high - 0.25, color=style.RULE, linewidth=0.5)
            chart.write_item(item, (high + low - 0.5) / 2, f"{number} {chart.say('clauses')}")
        for one, head in zip(measures, heads, strict=True):
            chart.write(chart.say(one.name), one.x, 0.5, at="data", fontweight="bold")
            chart.write(head, one.x, 1, at="data", va="top", color=style.MUTED)
            _draw_measure(chart, one, table, tops)
        for number, panel in enumerate(found):
            key = f"{number + 1} {chart.say('widest')}"
            panels.draw_panel(chart, panel, key, abreast.place(number), tops[-1] + 1.5, abreast.wide)
        if found:
            chart.write_item(chart.say("widest"), tops[-1] + 0.6, fontweight="bold")
        return chart.write_notes(0.6)


def _item(chart: Canvas, row: Mapping[str, Any]) -> str:
    """Return what a pair of sections is called; by both names where their numbers differ."""
    names = dict[float, str]()
    for side in SIDES:
        section = to_float(row[f"{side}_section"])
        if section == section:
            names.setdefault(section, chart.say_section(section, row[f"{side}_heading"]))
    return " / ".join(names.values())


def _draw_measure(chart: Canvas, measure: _Measure, table: pd.DataFrame, tops: Sequence[float]) -> None:
    """Draw the column of one measure: the totals of both sides, then two bars in each row."""
    chart.ax.plot([measure.x] * 2, [tops[0], tops[-1] - 0.5], color=style.MUTED, linewidth=0.8)
    held = {side: table[[f"{side}_{part}" for part in _MEASURES[measure.name]]] for side in SIDES}
    most = max(float(values.sum(axis=1).max()) for values in held.values())
    texts = {side: [_text(chart, measure.name, row) for row in held[side].to_numpy("float64")] for side in SIDES}
    room = measure.wide - chart.widest([*texts["left"], *texts["right"]]) * 1.03 - 4
    scale = max(room, 0.2 * measure.wide) / (most or 1)
    for line, side in enumerate(SIDES):
        total = held[side].sum(min_count=1).to_numpy("float64")
        said = _text(chart, measure.name, total[:1] if measure.name == "money" else total)
        ink = style.LOOKS[side].ink
        chart.write(said, measure.x, tops[0] - 2.1 + line, at="data", color=ink, fontweight="bold")
        for number, (lengths, text, (high, low)) in enumerate(
            zip(held[side].to_numpy("float64"), texts[side], pairwise(tops), strict=True), 1
        ):
            key, y = f"{number} {chart.say(measure.name)}", (high + low - 0.5) / 2 + line - 0.5
            columns = zip((side, f"{side}_alone"), lengths, strict=True)
            bars = [(column, length, column != side) for column, length in columns if length == length]
            tip = chart.bar(side, key, y, bars, x=measure.x, scale=scale)
            ink = style.LOOKS[side].ink if bars else style.MUTED
            chart.write(text, tip, y, at="data", dx=3, gid=f"{side}_text:{key}", color=ink)
        _cite(chart, measure.name, side, table[f"{side}_section"])


def _cite(chart: Canvas, name: str, side: str, sections: Iterable[Any]) -> None:
    """Cite what each section of a side holds of a measure; nobody knows that of a bare table."""
    comparison = chart.about.comparison
    held = balance.holdings(comparison, side) if comparison else {}
    for number, section in enumerate(sections, 1):
        for column, part in zip((side, f"{side}_alone"), _MEASURES[name], strict=True):
            found = provenance.of_rows(held[part][held[part]["section"] == section]) if held else None
            chart.about.cite(f"{number} {chart.say(name)}", column, found)


def _text(chart: Canvas, name: str, numbers: Iterable[float]) -> str:
    """Return the numbers of a bar, 5+1, or an amount."""
    stated = [number for number in numbers if number == number]
    if name == "money":
        return format_amount(sum(stated) if stated else None, chart.lang)
    return "+".join(f"{number:.0f}" for number in stated[: 1 + any(stated[1:])])


def _widest(target_pairs: pd.DataFrame | None, most: int) -> list[dict[str, Any]]:
    """Return the pairs that differ by the largest factor."""
    if target_pairs is None:
        return []
    table = schema.check("target_pairs", target_pairs)
    ratio = table["ratio"].where(table["ratio"] > 0)
    order = ratio.where(ratio > 1, 1 / ratio).dropna().sort_values(ascending=False, kind="stable")
    return records(table.loc[order.index[:most]])
