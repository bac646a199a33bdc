"""Bars side by side: what each section is allotted, and how many targets it sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp import schema, style
from policycmp.charts_canvas import (
    GAP,
    Margins,
    empty_chart,
    name_section,
    open_axes,
    plot_width,
    say,
    wrap_foot,
    write,
    write_foot,
)
from policycmp.charts_text import text_width, wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# What is written over a grid line stands on white.
_HALO = {"boxstyle": "square,pad=0.05", "facecolor": "white", "edgecolor": "none"}
# From which sum on an axis counts in which unit: (from, divisor, Chinese, divisor, English).
_MONEY: tuple[tuple[float, float, str, float, str], ...] = (
    (1e7, 1e8, "亿元", 1e9, "billion yuan"),
    (1e3, 1e4, "万元", 1e6, "million yuan"),
    (0, 1, "元", 1, "yuan"),
)


class BarRow(NamedTuple):
    """One row of paired bars: per side its segments (column, length, hatched) and the text after them."""

    key: str
    item: str
    mark: str
    bars: Mapping[str, Sequence[tuple[str, float, bool]]]
    text: Mapping[str, str]


def budgets(
    budget_pairs: pd.DataFrame, *, left: str, right: str, ax: Axes | None = None, lang: str = "zh", size: str = "page"
) -> Axes:
    """Draw what both districts allot to each aligned section, as bars side by side.

    Parameters
    ----------
    budget_pairs : DataFrame
        The table ``budget_pairs`` of the data dictionary.
    left, right : str
        The names of the two districts.
    ax : Axes, optional
        Where to draw; without it a figure of the right height is made.
    lang : {"zh", "en"}
        The language of titles, units and notes.
    size : {"column", "page", "slide"}
        The width and the type size of a figure made here.

    Returns
    -------
    Axes
        An amount that is not stated is said to be so; one of another scope is hatched and has a note.
    """
    table = schema.check("budget_pairs", budget_pairs).sort_values("section", kind="stable")
    names = {"left": left, "right": right}
    with style.context(size):
        if table.empty:
            return empty_chart(say("no_budgets", lang), ax, size, say("budgets", lang))
        most = style.to_float(table[["left_amount_yuan", "right_amount_yuan"]].max().max())
        divisor, unit = _money_unit(most, lang)
        rows, notes = [], dict[str, str]()
        for number, pair in enumerate(table.itertuples(), 1):
            rows.append(_budget_row(str(number), pair, names, divisor, notes, lang))
        foot = [say("hatched", lang)] * bool(notes) + [f"{mark} {note}" for note, mark in notes.items()]
        title = say("budgets", lang)
        return paired_bars(
            rows, names, title=title, unit=say("unit", lang, unit=unit), foot=foot, whole=False, ax=ax, size=size
        )


def commitments(
    targets: pd.DataFrame,
    *,
    left: str,
    right: str,
    left_doc: str | None = None,
    right_doc: str | None = None,
    headings: Mapping[int, str] | None = None,
    ax: Axes | None = None,
    lang: str = "zh",
    size: str = "page",
) -> Axes:
    """Draw how many targets each section holds, firm and aspirational, both documents side by side.

    Parameters
    ----------
    targets : DataFrame
        The table ``targets`` of both documents.
    left, right : str
        The names of the two districts.
    left_doc, right_doc : str, optional
        The ids of the two documents; by default the first and the second that the table names.
    headings : mapping of int to str, optional
        The heading of each section; a section named here is drawn even if it holds no target.
    ax, lang, size
        As for `budgets`.

    Returns
    -------
    Axes
        Bars of two segments, firm (solid) and aspirational (hatched).
    """
    table = schema.check("targets", targets)
    names = {"left": left, "right": right}
    docs = dict(zip(names, _two_docs(table["doc"], left_doc, right_doc), strict=True))
    table = table[table["doc"].isin(list(docs.values()))]
    counts = table.groupby(["doc", "section", "commitment"]).size().to_dict()
    sections = sorted({*table["section"].dropna(), *(headings or {})})
    with style.context(size):
        if table.empty:
            return empty_chart(say("no_commitments", lang), ax, size, say("commitments", lang))
        rows = []
        for section in sections:
            bars, text = {}, {}
            for side, doc in docs.items():
                firm, hoped = (counts.get((doc, section, kind), 0) for kind in schema.COMMITMENTS)
                bars[side] = [(f"{side}_firm", firm, False), (f"{side}_aspirational", hoped, True)]
                text[side] = say("aspired" if hoped else "all_firm", lang, n=firm + hoped, k=hoped)
            rows.append(BarRow(str(section), name_section(section, headings, lang), "", bars, text))
        title, foot = say("commitments", lang), say("firm", lang)
        unit = say("unit", lang, unit=say("count", lang))
        return paired_bars(rows, names, title=title, unit=unit, foot=[foot], whole=True, ax=ax, size=size)


def _money_unit(most: float, lang: str) -> tuple[float, str]:
    """Return the divisor and the name of the unit of an axis that ends at `most` yuan."""
    _, zh, zh_name, en, en_name = next((step for step in _MONEY if most >= step[0]), _MONEY[0])
    return (zh, zh_name) if lang == "zh" else (en, en_name)


def _budget_row(
    key: str, pair: Any, names: Mapping[str, str], divisor: float, notes: dict[str, str], lang: str
) -> BarRow:
    """Return one section of the chart of budgets; a note that it needs is entered in `notes`."""
    amounts = {side: style.to_float(getattr(pair, f"{side}_amount_yuan")) for side in names}
    hatched = [side for side in names if amounts[side] == amounts[side] and _is_unlike(pair, side)]
    item = name_section(pair.section, {pair.section: pair.heading}, lang)
    mark = ""
    if hatched:
        note = _scope_note(pair, hatched, names, lang)
        mark = " " + notes.setdefault(note, _mark(len(notes) + 1))
    bars = {
        side: [(side, amount / divisor, side in hatched)] if amount == amount else []
        for side, amount in amounts.items()
    }
    return BarRow(key, item, mark, bars, {side: style.format_amount(amount, lang) for side, amount in amounts.items()})


def _is_unlike(pair: Any, side: str) -> bool:
    """Say whether the amount of `side` is what keeps the two of its row from being compared."""
    return not pair.comparable and (getattr(pair, f"{side}_scope") != "section" or pair.left_scope == pair.right_scope)


def _scope_note(pair: Any, hatched: Sequence[str], names: Mapping[str, str], lang: str) -> str:
    """Return why a row cannot be compared: the table's own note, or one made from the scopes."""
    if pair.note and lang == "zh":
        return str(pair.note)
    scopes = {side: getattr(pair, f"{side}_scope") for side in hatched}
    return "; ".join(say(f"scope_{scope}", lang, side=names[side]) for side, scope in scopes.items())


def _mark(number: int) -> str:
    """Return the mark of a note: ①, ② … ⑳."""
    return chr(0x245F + number) if number <= 20 else f"({number})"


def _two_docs(docs: pd.Series, left: str | None, right: str | None) -> tuple[str, str]:
    """Return the ids of the two documents: as given, else in the order of the table."""
    found = [doc for doc in docs.unique() if doc not in (left, right)]
    left = left if left is not None else next(iter(found), "")
    right = right if right is not None else next((doc for doc in found if doc != left), "")
    return left, right


def paired_bars(
    rows: Sequence[BarRow],
    names: Mapping[str, str],
    *,
    title: str,
    unit: str,
    foot: Sequence[str],
    whole: bool,
    ax: Axes | None,
    size: str,
) -> Axes:
    """Draw per row one bar for the left and one for the right document, each with its name and value."""
    width, points = style.SIZES[size].width * 72, style.SIZES[size].points
    item_width = min(max(text_width(row.item + row.mark, points) for row in rows) * 1.02, 0.34 * width)
    item_width = max(item_width, text_width(unit, points))
    foot, foot_height = wrap_foot(foot, size)
    room = Margins(item_width + 2 * GAP, 2 * GAP, 3.2 * points, 2.4 * points + foot_height + GAP / 2)
    ax = open_axes(ax, size, room, units=len(rows), pitch=3.5 * points, title=title)
    labels = [{side: _label(names[side], row.text[side], ax, points) for side in names} for row in rows]
    ends = [
        _needed(_length(row, side), label[side], ax, points)
        for row, label in zip(rows, labels, strict=True)
        for side in names
    ]
    ax.set_xlim(0, max(ends) or 1.0)
    for number, (row, label) in enumerate(zip(rows, labels, strict=True)):
        item = wrap(row.item, item_width - text_width(row.mark, points), points, 2) + row.mark
        write(ax, item, 0, number + 0.5, at="row", dx=-item_width - GAP, ha="left", gid=f"item:{row.key}")
        for side, y in zip(names, (number + 0.29, number + 0.71), strict=True):
            _bar(ax, row, side, y)
            color = style.SIDES[side].ink if row.bars[side] else style.MUTED
            end, gid = _length(row, side), f"{side}_text:{row.key}"
            write(ax, label[side], end, y, dx=3, ha="left", color=color, bbox=_HALO, gid=gid)
    longest = max(_length(row, side) for row in rows for side in names)
    _value_axis(ax, longest, unit, whole, points)
    write_foot(ax, foot, size, room, dy=2.6 * points, gid="item:note")
    return ax


def _length(row: BarRow, side: str) -> float:
    """Return the length of the whole bar of one side."""
    return sum(length for _, length, _ in row.bars[side])


def _label(name: str, value: str, ax: Axes, points: float) -> str:
    """Return name and value on one line; if room is short, the name is cut, never the value."""
    rest = 0.72 * plot_width(ax) - text_width(f" {value}", points)
    return f"{wrap(name, max(rest, 2.5 * points), points)} {value}"


def _needed(length: float, label: str, ax: Axes, points: float) -> float:
    """Return the end of the axis at which a bar of `length` and the text after it just fit."""
    width = plot_width(ax)
    return length * width / max(width - text_width(label, points) * 1.03 - 5, 0.2 * width)


def _bar(ax: Axes, row: BarRow, side: str, y: float) -> None:
    """Draw the segments of one bar."""
    end, look = 0.0, style.SIDES[side]
    for column, length, hatched in row.bars[side]:
        box = ax.barh(y, length, 0.36, left=end, color=look.fill, linewidth=0.6 if length else 0)[0]
        if hatched:
            box.set(facecolor="white", edgecolor=look.ink, hatch=look.hatch)
        box.set_gid(f"{column}:{row.key}")
        end += length


def _value_axis(ax: Axes, longest: float, unit: str, whole: bool, points: float) -> None:
    """Draw the ticks, and the unit beside them; fixed texts, so that no later setting changes them."""
    from matplotlib.ticker import MaxNLocator

    end = ax.get_xlim()[1]
    room = plot_width(ax) * longest / end / (5 * points)
    ticks = MaxNLocator(min(5, max(1, int(room))), integer=whole).tick_values(0, longest or 1)
    ticks = [tick for tick in ticks if 0 <= tick <= end * 0.97]
    ax.set_xticks(ticks, [f"{tick:.6g}" for tick in ticks], fontsize=points)
    ax.grid(axis="x", color=style.RULE, linewidth=0.5)
    ax.axvline(0, color=style.MUTED, linewidth=0.8)
    write(ax, unit, 0, 0, at="axes", dx=-GAP, dy=-3.5, ha="right", va="top", color=style.MUTED)
