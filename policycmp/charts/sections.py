"""What each section holds, as bars side by side: what it is allotted, its share, how many targets it sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Unpack

from policycmp import schema
from policycmp.asking import provenance
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import Canvas, Parts, drawing, round_ticks
from policycmp.charts.drawing.layout import GAP
from policycmp.charts.drawing.options import Options, explained
from policycmp.charts.drawing.subject import Subject
from policycmp.pairing import sections_of
from policycmp.schema import SIDES, Record, records
from policycmp.shown.amounts import format_amount, to_float

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

# What is written over a grid line stands on white.
_HALO = {"boxstyle": "square,pad=0.05", "facecolor": "white", "edgecolor": "none"}
_ROUNDING = 0.005  # shares have four decimals: those of many sections together may miss the whole by this much
_MARKS = 20  # so many notes have a circled number
# From which sum on an axis counts in which unit: from, the phrase that names the unit, and by language its yuan.
_MONEY: tuple[tuple[float, str, dict[str, float]], ...] = (
    (1e7, "large_sums", {"zh": 1e8, "en": 1e9}),
    (1e3, "middle_sums", {"zh": 1e4, "en": 1e6}),
    (0, "small_sums", {"zh": 1, "en": 1}),
)


class _Row(NamedTuple):
    """One row of paired bars: what it is about, the sign of its note, and per side its bar and the text after it."""

    key: str
    item: str
    mark: str
    bars: Mapping[str, Parts]
    text: Mapping[str, str]


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
       left_text   right_text
    0  龙湾区 10亿元  鹿城区 12.93亿元
    """
    with drawing("budgets", data, **options) as chart:
        table = _in_order(chart.about.table("budget_pairs"))
        if table.empty:
            return chart.empty()
        most = to_float(table[["left_amount_yuan", "right_amount_yuan"]].max().max())
        _, phrase, sizes = next((row for row in _MONEY if most >= row[0]), _MONEY[0])
        divisor, unit = sizes[chart.lang], chart.say(phrase)
        notes = dict[str, str]()
        pairs = enumerate(records(table), 1)
        rows = [_budget_row(chart, str(number), pair, divisor, notes) for number, pair in pairs]
        foot = [f"{mark} {note}" for note, mark in notes.items()]
        if notes:
            foot.insert(0, chart.say("hatched"))
        return _paired_bars(chart, rows, unit, foot)


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Return budget pairs in the order of the left document, then those of the right one alone."""
    return table.sort_values(["left_section", "right_section"], kind="stable")


def _section(chart: Canvas, pair: Record) -> str:
    """Return what a row of `budget_pairs` is called: the left section or, where it answers none, the right one."""
    left, right = sections_of(pair)
    return chart.say_section(right if left is None else left, pair["heading"])


def _budget_row(chart: Canvas, key: str, pair: Record, divisor: float, notes: dict[str, str]) -> _Row:
    """Return one section of the chart of budgets; a note that it needs is entered in `notes`."""
    about, hatched = chart.about, _not_comparable(pair)
    mark = ""
    if hatched:
        note = pair["note"] if pair["note"] and chart.lang == "zh" else _reasons(chart, pair, hatched)
        mark = f" {notes.setdefault(note, _sign(len(notes) + 1))}"
    bars, text = dict[str, Parts](), dict[str, str]()
    for side in SIDES:
        amount = to_float(pair[f"{side}_amount_yuan"])
        stated = amount == amount
        bars[side] = [(side, amount / divisor, side in hatched)] if stated else []
        text[side] = format_amount(amount, chart.lang)
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
def budget_shares(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw the share of each aligned section in all that its document allots to sections, as bars side by side.

    Parameters
    ----------
    data : DataFrame or Comparison
        The table ``budget_pairs`` of the data dictionary, or the comparison that holds it.
    **options
        See `Options`.

    Returns
    -------
    Axes
        A section without a stated allotment has no bar; notes say of what the shares are shares.

    Examples
    --------
    Two charts in one figure of one's own:

    >>> import matplotlib.pyplot as plt
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> figure, (above, below) = plt.subplots(2, figsize=(8, 12))
    >>> _ = policycmp.charts.budgets(comparison, ax=above)
    >>> policycmp.charts.budget_shares(comparison, ax=below) is below
    True
    """
    with drawing("budget_shares", data, **options) as chart:
        table = _in_order(chart.about.table("budget_pairs"))
        if table[["left_share", "right_share"]].isna().all(axis=None):
            return chart.empty()
        rows = [_share_row(chart, str(number), pair) for number, pair in enumerate(records(table), 1)]
        return _paired_bars(chart, rows, "%", [_shares_of(chart, table, side) for side in SIDES])


def _shares_of(chart: Canvas, table: pd.DataFrame, side: str) -> str:
    """Return the note that says of what the shares of one side are shares."""
    known = table[table[f"{side}_share"].notna()]
    amount, share = (float(known[f"{side}_{part}"].sum()) for part in ("amount_yuan", "share"))
    key = "share_all" if share > 1 - _ROUNDING else "share_part"
    words = {"n": len(known), "amount": format_amount(amount, chart.lang), "share": f"{100 * share:.3g}"}
    return chart.say("share_none" if known.empty else key, side=chart.about.names[side], **words)


def _share_row(chart: Canvas, key: str, pair: Record) -> _Row:
    """Return one section of the chart of shares."""
    about = chart.about
    bars, text = dict[str, Parts](), dict[str, str]()
    for side in SIDES:
        share, amount = (to_float(pair[f"{side}_{part}"]) for part in ("share", "amount_yuan"))
        stated = amount == amount
        bars[side], text[side] = [], chart.say("in_part") if stated else format_amount(None, chart.lang)
        if share == share:
            bars[side], text[side] = [(side, 100 * share, False)], f"{100 * share:.4g} %"
        about.cite(key, side, about.of_budget(pair, side) if stated else [])
    return _Row(key, _section(chart, pair), "", bars, text)


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
        if not any(map(len, own.values())):
            return chart.empty()
        found = set(about.headings).union(*(side["at"] for side in own.values()))
        # What answers no section of the left document, -1, stands last.
        sections = sorted(found, key=lambda section: (section < 0, section))
        rows = [_commitment_row(chart, own, section) for section in sections]
        return _paired_bars(chart, rows, chart.say("count"), [chart.say("firm")], whole=True)


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
    items = chart.full_column([row.item + row.mark for row in rows], 0.34 * chart.width, 2, slack=1.02)
    wide = max(items.width, chart.widest([unit]))
    room = chart.columns([wide], [0], top=3.2 * points, bottom=2.4 * points + GAP / 2)
    chart.open(room, units=len(rows), pitch=3.5, notes=foot)
    width, end, longest = chart.plot_width(), 0.0, 0.0
    for number, row in enumerate(rows):
        item = chart.wrap(row.item, wide - chart.widest([row.mark]), 2) + row.mark
        chart.write_item(item, number + 0.5, row.key)
        for side, y in zip(SIDES, (number + 0.29, number + 0.71), strict=True):
            length, label = _draw_bar(chart, row, side, y)
            longest = max(longest, length)
            end = max(end, length * width / max(width - label * 1.03 - 5, 0.2 * width))
    _scale(chart, longest, end or 1.0, whole=whole)
    chart.write(unit, 0, 0, at="axes", dx=-GAP, dy=-3.5, ha="right", va="top", color=style.MUTED)
    return chart.write_notes(2.6, "item:note")


def _draw_bar(chart: Canvas, row: _Row, side: str, y: float) -> tuple[float, float]:
    """Draw one bar with name and value behind it, and return its length and the width of the text, in points."""
    # If room is short, the name is cut, never the value.
    room = max(0.72 * chart.plot_width() - chart.widest([f" {row.text[side]}"]), 2.5 * chart.points)
    label = f"{chart.wrap(chart.about.names[side], room)} {row.text[side]}"
    length = chart.bar(side, row.key, y, row.bars[side], high=0.36)
    ink = style.LOOKS[side].ink if row.bars[side] else style.MUTED
    chart.write(label, length, y, at="data", dx=3, ha="left", gid=f"{side}_text:{row.key}", color=ink, bbox=_HALO)
    return length, chart.widest([label])


def _scale(chart: Canvas, longest: float, end: float, *, whole: bool) -> None:
    """Draw the scale from 0 to `end`, with as many ticks up to the longest bar as have room."""
    steps = int(chart.plot_width() * longest / end / (5 * chart.points))
    ticks = round_ticks(min(5, max(1, steps)), 0, longest or 1, whole)
    labels = {tick: f"{tick:.6g}" for tick in ticks if 0 <= tick <= end * 0.97}
    chart.set_scale(0, end, labels, zero=0, grid=True)
