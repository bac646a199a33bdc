"""The whole comparison on one page: clauses, targets and budget of each pair of sections, and the widest ratios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """The column of one measure: its name, what its numbers are, where it begins and how wide it is, in points."""

    name: str
    head: str
    x: float
    wide: float


class _Row(NamedTuple):
    """A pair of sections: what it is called, where it begins, and its middle, in lines."""

    item: str
    top: float
    middle: float


class _Page(NamedTuple):
    """The upper part of the page: the names of the documents, its rows, its columns, and where it ends."""

    names: dict[str, str]
    rows: list[_Row]
    measures: list[_Measure]
    end: float


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
        if target_pairs is None and about.comparison:
            target_pairs = about.comparison.target_pairs
        page, abreast = _lay_out(chart, table), panels.abreast(chart)
        pairs = _widest(target_pairs, abreast.many)
        found = [panels.read_panel(chart, pair, abreast.wide, times=True) for pair in pairs]
        end = page.end + max((panel.high + 1.7 for panel in found), default=0)
        room = Room(GAP, GAP, 3.4 * chart.points, 0.6 * chart.points)
        chart.open(room, units=end, pitch=LINE, notes=[chart.say("overview_key")])
        chart.ax.set_xlim(0, chart.inner_width())
        _write_rows(chart, page)
        for measure in page.measures:
            _draw_measure(chart, measure, table, page)
        for number, panel in enumerate(found):
            key = f"{number + 1} {chart.say('widest')}"
            panels.draw_panel(chart, panel, key, abreast.place(number), page.end + 1.5, abreast.wide)
        if found:
            chart.write_item(chart.say("widest"), page.end + 0.6, fontweight="bold")
        return chart.write_notes(0.6)


def _lay_out(chart: Canvas, table: pd.DataFrame) -> _Page:
    """Return where everything but the panels stands."""
    inner = chart.inner_width()
    names = chart.name_sides(0.25 * inner)
    called = [_item(chart, row) for row in records(table)]
    items = chart.column(called, 0.25 * inner, 9, weight="bold", slack=1.03, heads=names.values())
    start = items.width + GAP
    step = (inner - start) / len(_MEASURES)
    both = int((table["left_whole"].notna() & table["right_whole"].notna()).sum())
    measures = []
    for number, name in enumerate(_MEASURES):
        head = chart.wrap(chart.say(f"{name}_key", n=both), step - 1.5 * GAP, 3)
        measures.append(_Measure(name, head, start + number * step, step - 1.5 * GAP))
    end = max(measure.head.count("\n") for measure in measures) + 4.6
    rows = []
    for item in items.texts:
        top, end = end, end + max(item.count("\n") + 1, 2) + 0.5
        rows.append(_Row(item, top, (top + end - 0.5) / 2))
    return _Page(names, rows, measures, end)


def _write_rows(chart: Canvas, page: _Page) -> None:
    """Write the names of the documents over the rows, and what each row is about."""
    for line, (side, text) in enumerate(page.names.items()):
        ink = style.LOOKS[side].ink
        chart.write_item(text, page.rows[0].top - 2.1 + line, color=ink, fontweight="bold")
    for number, row in enumerate(page.rows, 1):
        chart.ax.axhline(row.top - 0.25, color=style.RULE, linewidth=0.5)
        chart.write_item(row.item, row.middle, f"{number} {chart.say('clauses')}")


def _item(chart: Canvas, row: Mapping[str, Any]) -> str:
    """Return what a pair of sections is called; by both names where their numbers differ."""
    names = dict[float, str]()
    for side in SIDES:
        section = to_float(row[f"{side}_section"])
        if section == section:
            names.setdefault(section, chart.say_section(section, row[f"{side}_heading"]))
    return " / ".join(names.values())


def _draw_measure(chart: Canvas, measure: _Measure, table: pd.DataFrame, page: _Page) -> None:
    """Draw the column of one measure: the totals of both sides, then two bars in each row."""
    name, x, top = measure.name, measure.x, page.rows[0].top
    chart.write(chart.say(name), x, 0.5, at="data", fontweight="bold")
    chart.write(measure.head, x, 1, at="data", va="top", color=style.MUTED)
    chart.ax.plot([x, x], [top, page.end - 0.5], color=style.MUTED, linewidth=0.8)
    held = {side: table[[f"{side}_{part}" for part in _MEASURES[name]]] for side in SIDES}
    lengths = {side: held[side].to_numpy("float64").tolist() for side in SIDES}
    texts = {side: [_text(chart, name, both) for both in lengths[side]] for side in SIDES}
    most = max(float(held[side].sum(axis=1).max()) for side in SIDES)
    room = measure.wide - chart.widest([*texts["left"], *texts["right"]]) * 1.03 - 4
    scale = max(room, 0.2 * measure.wide) / (most or 1)
    for line, side in enumerate(SIDES):
        total = held[side].sum(min_count=1).to_list()
        said = _text(chart, name, total[:1] if name == "money" else total)
        chart.write(said, x, top - 2.1 + line, at="data", color=style.LOOKS[side].ink, fontweight="bold")
        for number, (row, both, text) in enumerate(zip(page.rows, lengths[side], texts[side], strict=True), 1):
            key, y = f"{number} {chart.say(name)}", row.middle + line - 0.5
            columns = zip((side, f"{side}_alone"), both, strict=True)
            bars = [(column, length, column != side) for column, length in columns if length == length]
            tip = chart.bar(side, key, y, bars, x=x, scale=scale)
            ink = style.LOOKS[side].ink if bars else style.MUTED
            chart.write(text, tip, y, at="data", dx=3, gid=f"{side}_text:{key}", color=ink)
        _cite(chart, name, side, table[f"{side}_section"])


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
