"""What each section holds, as bars side by side: what it is allotted, and how many targets it sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Unpack

import numpy as np

from policycmp import schema
from policycmp.asking import balance, provenance
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import Canvas, Parts, drawing, round_ticks
from policycmp.charts.drawing.layout import GAP, LINE
from policycmp.charts.drawing.options import Options, explained
from policycmp.charts.drawing.subject import Subject
from policycmp.pairing import sections_of
from policycmp.schema import SIDES, Record, records
from policycmp.shown.amounts import Unit, to_float, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

_MARKS = 20  # so many notes have a circled number
_ROW, _BAR = 3.5, 1.26  # the height of a row and of one of its bars, in em


class _Row(NamedTuple):
    """One row of paired bars: what it is about, the sign of its note, and per side its bar and the text after it."""

    key: str
    item: str
    mark: str
    bars: Mapping[str, Parts]
    text: Mapping[str, str]

    @property
    def telling(self) -> float:
        """The longest of its bars."""
        return max((sum(length for _, length, _ in parts) for parts in self.bars.values()), default=0.0)


@explained
def budgets(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw what both districts allot to each aligned section, as bars side by side.

    An amount that is not stated is said to be so; one of another scope is hatched and has a note.

    Parameters
    ----------
    data : DataFrame or Comparison
        The table ``budget_pairs`` of the data dictionary, or the comparison that holds it.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    A table of one's own needs the names of the two.

    >>> rows = policycmp.compare("longwan", "lucheng").budget_pairs.iloc[[5]]
    >>> ax = policycmp.charts.budgets(rows, left="龙湾区", right="鹿城区")
    >>> policycmp.charts.read_back(ax)[["left_text", "right_text"]]
      left_text  right_text
    0  龙湾区 10亿元  鹿城区 12.9亿元
    """
    with drawing("budgets", data, **options) as chart:
        table = chart.about.table("budget_pairs")
        most = to_float(table[["left_amount_yuan", "right_amount_yuan"]].max().max())
        if most != most:
            return chart.empty()
        if chart.about.order != "given":  # those of the right document alone stand last
            table = table.sort_values(["left_section", "right_section"], kind="stable")
        unit = unit_of(most, chart.lang)
        chart.headline(_allotted(chart, table, unit))
        notes = dict[str, str]()
        rows = [_budget_row(chart, pair, unit, notes) for pair in records(table)]
        foot = [f"{mark} {note}" for note, mark in notes.items()]
        if notes:
            foot.insert(0, chart.say("hatched"))
        return _paired_bars(chart, rows, unit.name, foot)


def _allotted(chart: Canvas, table: pd.DataFrame, unit: Unit) -> str:
    """Return what the two allot, like with like: the sections for which both state the whole."""
    names, both = chart.about.names, table[table["comparable"]]
    if len(both):
        sums = {side: unit.amount(float(both[f"{side}_amount_yuan"].sum())) for side in SIDES}
        return chart.say("budgets_both", n=len(both), **{f"{side}_sum": text for side, text in sums.items()}, **names)
    stated = {side: int(table[f"{side}_amount_yuan"].notna().sum()) for side in SIDES}
    return chart.say("budgets_alone", left_n=stated["left"], right_n=stated["right"], **names)


def _section(chart: Canvas, pair: Record) -> str:
    """Return what a row of `budget_pairs` is called: the left section or, where it answers none, the right one."""
    left, right = sections_of(pair)
    return chart.say_section(right if left is None else left, pair["heading"])


def _budget_row(chart: Canvas, pair: Record, unit: Unit, notes: dict[str, str]) -> _Row:
    """Return one section of the chart of budgets; a note that it needs is entered in `notes`."""
    about, hatched = chart.about, _not_comparable(pair)
    left, right = sections_of(pair)
    key, mark = chart.key(f"r{right}" if left is None else left), ""
    if hatched:
        note = pair["note"] if pair["note"] and chart.lang == "zh" else _reasons(chart, pair, hatched)
        mark = f" {notes.setdefault(note, _sign(len(notes) + 1))}"
    bars, text = dict[str, Parts](), dict[str, str]()
    for side in SIDES:
        amount = to_float(pair[f"{side}_amount_yuan"])
        stated = amount == amount
        bars[side] = [(side, amount / unit.yuan, side in hatched)] if stated else []
        text[side] = unit.amount(amount)
        about.cite(key, side, about.of_budget(pair, side) if stated else [])
    return _Row(key, _section(chart, pair), mark, bars, text)


def _not_comparable(pair: Record) -> list[str]:
    """Return the sides whose amount cannot be compared: the one of another scope than a section, both if of the same.

    Two earmark sums are both hatched: either may be any part of what its section is allotted.
    """
    if pair["comparable"]:
        return []
    stated = [side for side in SIDES if not schema.is_missing(pair[f"{side}_amount_yuan"])]
    if pair["left_scope"] == pair["right_scope"]:
        return stated
    return [side for side in stated if pair[f"{side}_scope"] != "section"]


def _reasons(chart: Canvas, pair: Record, sides: Sequence[str]) -> str:
    """Return why the amounts of these sides cannot be compared."""
    names = chart.about.names
    return "; ".join(chart.say(f"scope_{pair[f'{side}_scope']}", side=names[side]) for side in sides)


def _sign(number: int) -> str:
    """Return the sign of a note: ①, or (21) where there are so many."""
    return chr(ord("①") + number - 1) if number <= _MARKS else f"({number})"


@explained
def commitments(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw how many targets each section holds, firm (solid) and aspirational (hatched), side by side.

    Parameters
    ----------
    data : DataFrame or Comparison
        The table ``targets`` of both documents, or the comparison that holds it. Without their ids the documents are
        the first and the second of the table; a section with a heading is drawn even if empty.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> ax = policycmp.charts.commitments(comparison)
    >>> policycmp.charts.read_back(ax)[["item", "left_text", "right_text"]].head(1)
           item      left_text right_text
    0  一、强化科技创新  龙湾 9项（力争3项）      鹿城 6项
    """
    with drawing("commitments", data, **options) as chart:
        about, table = chart.about, chart.about.table("targets")
        own = _by_side(about, table)
        about.count(sum(map(len, own.values())), len(table))
        counts = {side: len(rows) for side, rows in own.items()}
        if any(counts.values()):
            hoped = {f"{side}_hoped": int((rows["commitment"] != "firm").sum()) for side, rows in own.items()}
            numbers = {f"{side}_n": n for side, n in counts.items()} | hoped
            chart.headline(chart.say("commitments_found", **numbers, **about.names))
        return _counted(chart, own, set(about.headings))


@explained
def only_here(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw how many targets each section holds that only one document sets, firm (solid) and aspirational (hatched).

    Parameters
    ----------
    data : DataFrame or Comparison
        A comparison, or the targets themselves: side (left, right), beside (the left section that theirs answers),
        clause, indicator, comparator, value, value_max, unit, commitment.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> ax = policycmp.charts.only_here(comparison, top=1)
    >>> len(policycmp.charts.read_back(ax))
    1
    """
    with drawing("only_here", data, **options) as chart:
        about, table = chart.about, chart.about.table("only_here", balance.only_here, balance.ONLY_HERE)
        at = table["beside"].astype("Int64").fillna(-1)
        own = {side: table.assign(at=at)[table["side"] == side] for side in SIDES}
        counts = {f"{side}_n": len(rows) for side, rows in own.items()}
        if any(counts.values()):
            chart.headline(chart.say("only_here_found", **counts, **about.names))
        return _counted(chart, own, set())


def _by_side(about: Subject, table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the targets of each side, with the section of the left document ``at`` which each stands."""
    if comparison := about.comparison:
        own = {side: comparison[side].targets for side in SIDES}
        return {side: it.assign(at=comparison.on_the_left(side, it["section"])) for side, it in own.items()}
    others = iter([doc for doc in table["doc"].unique() if doc not in about.docs.values()])
    about.docs = {side: next(others, "") if doc is None else doc for side, doc in about.docs.items()}
    placed = table.dropna(subset=["section"])
    placed = placed.assign(at=placed["section"])
    return {side: placed[placed["doc"] == doc] for side, doc in about.docs.items()}


def _counted(chart: Canvas, own: Mapping[str, pd.DataFrame], known: set[int]) -> Axes:
    """Draw how many targets of each side stand at each section; those that are `known` have a row though empty."""
    if not any(map(len, own.values())):
        return chart.empty()
    found = known.union(*(side["at"] for side in own.values()))
    # What stands in no section, 0, and what answers none of the left document, -1, stand last.
    sections = sorted(found, key=lambda section: (section < 1, abs(section)))
    rows = [_commitment_row(chart, own, section) for section in sections]
    return _paired_bars(chart, rows, chart.say("count"), [chart.say("firm")], whole=True)


def _commitment_row(chart: Canvas, own: Mapping[str, pd.DataFrame], section: int) -> _Row:
    """Return one section of the chart of targets."""
    bars, text = dict[str, Parts](), dict[str, str]()
    for side, targets in own.items():
        here = targets[targets["at"] == section]
        parts = {kind: here[here["commitment"] == kind] for kind in schema.COMMITMENTS}
        firm, hoped = map(len, parts.values())
        bars[side] = [(f"{side}_{kind}", len(part), kind != "firm") for kind, part in parts.items()]
        text[side] = chart.say("aspired" if hoped else "all_firm", n=firm + hoped, k=hoped)
        for kind, part in parts.items():
            chart.about.cite(section, f"{side}_{kind}", provenance.of_rows(part))
    return _Row(str(section), chart.say_section(section), "", bars, text)


def _paired_bars(chart: Canvas, rows: Sequence[_Row], unit: str, foot: Sequence[str], *, whole: bool = False) -> Axes:
    """Draw per row one bar for the left and one for the right document, each with its name and value."""
    points, unit = chart.points, chart.say("unit", unit=unit)
    items = chart.full_column([row.item + row.mark for row in rows], 0.34 * chart.width, 9, slack=1.02)
    wide = max(items.width, chart.widest([unit]))
    longest = max(chart.widest(f"{chart.about.names[side]} {row.text[side]}" for row in rows) for side in SIDES)
    named = longest < 0.72 * (chart.width - wide - 3 * GAP)  # else the names stand above, once
    top = 0.5 if named else 0.9 + 2 * LINE
    room = chart.columns([wide], [0], top=top * points, bottom=2.4 * points + GAP / 2)
    heights = [max(_ROW, (1 + item.count("\n")) * LINE + 0.8) for item in items.texts]
    telling = [row.telling for row in rows]
    drawn = chart.keep(heights, telling, room, pitch=1, notes=foot)
    if chart.about.order == "size":
        drawn.sort(key=lambda number: -telling[number])
    shown = [rows[number] for number in drawn]
    gone = {row.mark for row in rows} - {row.mark for row in shown}
    foot = [line for line in foot if f" {line.split()[0]}" not in gone]  # a note of a row that is not drawn
    ends = np.cumsum([heights[number] for number in drawn]).tolist()
    chart.open(room, units=ends[-1], pitch=1)
    if not named:
        chart.write_key(chart.name_sides(chart.inner_width()))
    width, end, longest = chart.plot_width(), 0.0, 0.0
    for row, bottom, number in zip(shown, ends, drawn, strict=True):
        middle = bottom - heights[number] / 2
        item = chart.wrap(row.item, wide - chart.widest([row.mark]), 9) + row.mark
        chart.write_item(item, middle, row.key)
        for side, y in zip(SIDES, (middle - 0.58 * _BAR, middle + 0.58 * _BAR), strict=True):
            text = f"{chart.about.names[side]} {row.text[side]}" if named else row.text[side]
            length, label = _draw_bar(chart, row, side, y, text)
            longest = max(longest, length)
            end = max(end, length * width / max(width - label * 1.03 - 5, 0.2 * width))
    _scale(chart, longest, end or 1.0, whole=whole)
    chart.write(unit, 0, 0, at="axes", dx=-GAP, dy=-3.5, ha="right", va="top", color=style.MUTED)
    return chart.finish(*foot, drop=2.6)


def _draw_bar(chart: Canvas, row: _Row, side: str, y: float, text: str) -> tuple[float, float]:
    """Draw one bar with a text behind it, and return its length and the width of the text, in points."""
    length = chart.bar(side, row.key, y, row.bars[side], high=_BAR)
    ink = chart.looks[side].ink if row.bars[side] else style.MUTED
    mark = (f"{side}_text", row.key)
    chart.write(text, length, y, at="data", dx=3, ha="left", mark=mark, color=ink, bbox=style.HALO)
    return length, chart.widest([text])


def _scale(chart: Canvas, longest: float, end: float, *, whole: bool) -> None:
    """Draw the scale from 0 to `end`, with as many ticks up to the longest bar as have room."""
    steps = int(chart.plot_width() * longest / end / (5 * chart.points))
    ticks = round_ticks(min(5, max(1, steps)), 0, longest or 1, whole)
    form = ".6g" if chart.lang == "zh" else ",.6g"
    labels = {tick: f"{tick:{form}}" for tick in ticks if 0 <= tick <= end * 0.97}
    chart.set_scale(0, end, labels, zero=0, grid=True)
