"""The whole comparison on one page: clauses, targets and budget of each pair of sections, and the widest ratios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp import schema
from policycmp.asking import balance, provenance
from policycmp.charts.drawing import panels, style
from policycmp.charts.drawing.canvas import Canvas, drawing
from policycmp.charts.drawing.layout import GAP, LINE, Room
from policycmp.charts.drawing.options import Options, explained
from policycmp.schema import SIDES, records
from policycmp.shown.amounts import Unit, to_float, unit_of

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
    """A pair of sections: its name in gids, what it is called, where it begins, and how high it is, in lines."""

    name: str
    item: str
    top: float
    high: float

    @property
    def middle(self) -> float:
        """The height at which it is written."""
        return self.top + (self.high - 0.5) / 2


class _Page(NamedTuple):
    """The upper part of the page: the names of the documents, its rows, its columns, and where it ends."""

    names: dict[str, str]
    rows: list[_Row]
    measures: list[_Measure]
    end: float
    table: pd.DataFrame  # of its rows


@explained
def overview(data: Data, *, target_pairs: pd.DataFrame | None = None, **options: Unpack[Options]) -> Axes:
    """Draw the whole comparison: clauses, targets and budget of each pair of sections, and the widest ratios.

    Parameters
    ----------
    data : DataFrame or Comparison
        A comparison, or what each pair of sections holds: for either side (``left_…``, ``right_…``) the columns
        section, heading, answered and alone (clauses), paired and unpaired (targets), whole and in_part (yuan).
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
        about, table = chart.about, chart.about.table("overview", balance.balance, balance.BALANCE).copy()
        if table.empty:
            return chart.empty()
        if target_pairs is None and about.comparison:
            target_pairs = about.comparison.target_pairs
        outside = [f"{side}_{part}" for side in SIDES for part in _MEASURES["money"]]
        table[outside] = table[outside].astype("float64")
        table.loc[table["left_section"] == 0, outside] = float("nan")  # a total of the document is no section's
        chart.headline(_answered(chart, table))
        abreast = panels.abreast(chart)
        pairs = _widest(target_pairs, abreast.many)
        found = [panels.read_panel(chart, pair, abreast.wide, with_times=True) for pair in pairs]
        below = max((panel.high + 1.7 for panel in found), default=0)
        room, note = Room(GAP, GAP, 0.5 * chart.points, 0.6 * chart.points), chart.say("overview_key")
        page = _lay_out(chart, table)
        heights = [row.high for row in page.rows]
        held = table[[f"{side}_{name}" for side in SIDES for name in balance.HELD[:4]]].sum(axis=1).tolist()
        heads = below + page.rows[0].top
        drawn = chart.keep(heights, held, room, pitch=LINE, notes=[note], heads=heads)
        if found and len(drawn) < len(heights):  # sections first
            found, below = [], 0.0
            drawn = chart.keep(heights, held, room, pitch=LINE, notes=[note], heads=page.rows[0].top)
        about.count(len(drawn), len(table))
        page = _lay_out(chart, table, drawn)
        chart.open(room, units=page.end + below, pitch=LINE)
        chart.ax.set_xlim(0, chart.inner_width())
        _write_rows(chart, page)
        for measure in page.measures:
            _draw_measure(chart, measure, table, page)
        for number, panel in enumerate(found):
            key = f"widest-{chart.pair_key(panel.pair)}"
            panels.draw_panel(chart, panel, key, abreast.place(number), page.end + 1.5, abreast.wide)
        if found:
            chart.write_item(chart.say("widest"), page.end + 0.6, fontweight="bold")
        return chart.finish(note, drop=0.6)


def _answered(chart: Canvas, table: pd.DataFrame) -> str:
    """Return the finding: how much of the left document has a counterpart."""
    sums = {name: int(table[f"left_{name}"].sum()) for name in balance.HELD[:4]}
    words = {
        "left_clauses": sums["answered"] + sums["alone"],
        "left_answered": sums["answered"],
        "left_targets": sums["paired"] + sums["unpaired"],
        "left_paired": sums["paired"],
    }
    return chart.say("overview_found", **words, **chart.about.names)


def _lay_out(chart: Canvas, table: pd.DataFrame, drawn: Sequence[int] | None = None) -> _Page:
    """Return where everything but the panels stands; of all rows, or of those that are drawn."""
    inner = chart.inner_width()
    names = chart.name_sides(0.25 * inner)
    called = [_item(chart, row) for row in records(table)]
    items = chart.column(called, 0.25 * inner, 9, weight="bold", slack=1.03, heads=names.values())
    start = items.width + GAP
    step = (inner - start) / len(_MEASURES)
    both = int((table["left_whole"].notna() & table["right_whole"].notna()).sum())
    measures = []
    for number, name in enumerate(_MEASURES):
        head = chart.say(f"{name}_key", n=both, unit=_unit(chart, table).name)
        stated = name != "money" or _most(table) == _most(table)
        head = chart.wrap(head, step - 1.5 * GAP, 9) if stated else ""
        measures.append(_Measure(name, head, start + number * step, step - 1.5 * GAP))
    end = max(measure.head.count("\n") for measure in measures) + 4.6
    rows = []
    shown = range(len(table)) if drawn is None else drawn
    pairs = records(table)
    for number in shown:
        left, right = (to_float(pairs[number][f"{side}_section"]) for side in SIDES)
        name = f"{left:.0f}" if left == left else f"r{right:.0f}"
        high = max(items.texts[number].count("\n") + 1, 2) + 0.5
        rows.append(_Row(name, items.texts[number], end, high))
        end += high
    return _Page(names, rows, measures, end, table.iloc[list(shown)])


def _unit(chart: Canvas, table: pd.DataFrame) -> Unit:
    """Return the unit of the column of money."""
    return unit_of(_most(table), chart.lang)


def _most(table: pd.DataFrame) -> float:
    """Return the largest amount that is stated, else NaN."""
    return to_float(table[[f"{side}_{part}" for side in SIDES for part in _MEASURES["money"]]].max().max())


def _write_rows(chart: Canvas, page: _Page) -> None:
    """Write the names of the documents over the rows, and what each row is about."""
    for line, (side, text) in enumerate(page.names.items()):
        ink = chart.looks[side].ink
        chart.write_item(text, page.rows[0].top - 2.1 + line, color=ink, fontweight="bold")
    for row in page.rows:
        chart.ax.axhline(row.top - 0.25, color=style.RULE, linewidth=0.5)
        chart.write_item(row.item, row.middle, f"clauses-{row.name}")


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
    parts = {side: [f"{side}_{part}" for part in _MEASURES[name]] for side in SIDES}
    held = {side: page.table[parts[side]] for side in SIDES}
    lengths = {side: held[side].to_numpy("float64").tolist() for side in SIDES}
    unit = _unit(chart, table)
    texts = {side: [_text(unit, name, both) for both in lengths[side]] for side in SIDES}
    most = max(float(held[side].sum(axis=1).max()) for side in SIDES)
    room = measure.wide - chart.widest([*texts["left"], *texts["right"]]) * 1.03 - 4
    scale = max(room, 0.2 * measure.wide) / (most or 1)
    for line, side in enumerate(SIDES):
        said = _text(unit, name, table[parts[side]].sum(min_count=1).to_list())
        if name == "money":
            said = _sums(chart, unit, table, side)
        chart.write(said, x, top - 2.1 + line, at="data", color=chart.looks[side].ink, fontweight="bold")
        for row, both, text in zip(page.rows, lengths[side], texts[side], strict=True):
            key, y = f"{name}-{row.name}", row.middle + line - 0.5
            columns = zip((side, f"{side}_alone"), both, strict=True)
            bars = [(column, length, column != side) for column, length in columns if length == length]
            tip = chart.bar(side, key, y, bars, x=x, scale=scale)
            ink = chart.looks[side].ink if bars else style.MUTED
            chart.write(text, tip, y, at="data", dx=3, mark=(f"{side}_text", key), color=ink)
        _cite(chart, name, side, page)


def _sums(chart: Canvas, unit: Unit, table: pd.DataFrame, side: str) -> str:
    """Return what a side allots to the sections for which both state the whole, and in brackets all that it states."""
    both = table[[f"{one}_whole" for one in SIDES]].notna().all(axis=1)
    alike, every = (to_float(rows[f"{side}_whole"].sum(min_count=1)) for rows in (table[both], table))
    if every != every:
        return unit.number(every)
    return chart.say("money_sum", both=unit.number(alike) if alike == alike else "–", all=unit.number(every))


def _cite(chart: Canvas, name: str, side: str, page: _Page) -> None:
    """Cite what each section of a side holds of a measure; nobody knows that of a bare table."""
    comparison = chart.about.comparison
    held = balance.holdings(comparison, side) if comparison else {}
    for row, section in zip(page.rows, page.table[f"{side}_section"], strict=True):
        for column, part in zip((side, f"{side}_alone"), _MEASURES[name], strict=True):
            found = provenance.of_rows(held[part][held[part]["section"] == section]) if held else None
            chart.about.cite(f"{name}-{row.name}", column, found)


def _text(unit: Unit, name: str, numbers: Iterable[float]) -> str:
    """Return the numbers of a bar, 5+1, or an amount."""
    stated = [number for number in numbers if number == number]
    if name == "money":
        return unit.number(sum(stated) if stated else float("nan"))
    return "+".join(f"{number:.0f}" for number in stated[: 1 + any(stated[1:])])


def _widest(target_pairs: pd.DataFrame | None, most: int) -> list[dict[str, Any]]:
    """Return the pairs that differ by the largest factor."""
    if target_pairs is None:
        return []
    table = schema.check("target_pairs", target_pairs)
    ratio = table["ratio"].where(table["ratio"] > 0)
    order = ratio.where(ratio > 1, 1 / ratio).dropna().sort_values(ascending=False, kind="stable")
    return records(table.loc[order.index[:most]])
