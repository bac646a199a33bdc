"""Bars: what each section is allotted and how many targets it sets; the words that set two texts or clauses apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp import pairing, schema
from policycmp.asking import provenance
from policycmp.asking.terms import CHANCE, COLUMNS, characteristic
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import GAP, LINE, Canvas, Room, drawing, round_ticks
from policycmp.charts.drawing.subject import Options
from policycmp.charts.drawing.text import printable
from policycmp.pairing.similarity import WEIGHTS
from policycmp.schema import SIDES
from policycmp.shown.amounts import format_amount, to_float

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data
    from policycmp.comparison import Comparison
    from policycmp.pairing.alignment import Clause

_EXPLAINED = ["part", "term", "contribution"]
# What is written over a grid line stands on white.
_HALO = {"boxstyle": "square,pad=0.05", "facecolor": "white", "edgecolor": "none"}
_ROUNDING = 0.005  # shares have four decimals: those of many sections together may miss the whole by this much
# From which sum on an axis counts in which unit: from, then by language divisor and name.
_MONEY: tuple[tuple[float, dict[str, tuple[float, str]]], ...] = (
    (1e7, {"zh": (1e8, "亿元"), "en": (1e9, "billion yuan")}),
    (1e3, {"zh": (1e4, "万元"), "en": (1e6, "million yuan")}),
    (0, {"zh": (1, "元"), "en": (1, "yuan")}),
)


class _Row(NamedTuple):
    """One row of paired bars: per side its segments (column, length, hatched) and the text after them."""

    key: str
    item: str
    mark: str
    bars: Mapping[str, Sequence[tuple[str, float, bool]]]
    text: Mapping[str, str]


def budgets(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw what both districts allot to each aligned section, as bars side by side.

    An amount that is not stated is said to be so; one of another scope is hatched and has a note.

    Parameters
    ----------
    data, **options
        The table ``budget_pairs`` of the data dictionary, or the comparison that holds it. See `Options`.
    """
    with drawing("budgets", data, **options) as chart:
        table = chart.about.table("budget_pairs").sort_values("section", kind="stable")
        if table.empty:
            return chart.empty()
        most = to_float(table[["left_amount_yuan", "right_amount_yuan"]].max().max())
        divisor, unit = next((units for start, units in _MONEY if most >= start), _MONEY[0][1])[chart.lang]
        notes = dict[str, str]()
        rows = [_budget_row(chart, f"{n}", pair, divisor, notes) for n, pair in enumerate(table.itertuples(), 1)]
        foot = [chart.say("hatched")] * bool(notes) + [f"{mark} {note}" for note, mark in notes.items()]
        return _paired_bars(chart, rows, unit, foot)


def budget_shares(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw the share of each aligned section in all that its document allots to sections, as bars side by side.

    Parameters
    ----------
    data, **options
        As for `budgets`.

    Returns
    -------
    Axes
        A section without a stated allotment has no bar; notes say of what the shares are shares.
    """
    with drawing("budget_shares", data, **options) as chart:
        table = chart.about.table("budget_pairs").sort_values("section", kind="stable")
        if table[["left_share", "right_share"]].isna().all(axis=None):
            return chart.empty()
        notes = []
        for side, name in chart.about.names.items():
            known = table[table[f"{side}_share"].notna()]
            amount, drawn = (float(known[f"{side}_{part}"].sum()) for part in ("amount_yuan", "share"))
            key = "share_none" if known.empty else "share_all" if drawn > 1 - _ROUNDING else "share_part"
            words = {"n": len(known), "amount": format_amount(amount, chart.lang), "share": f"{100 * drawn:.3g}"}
            notes.append(chart.say(key, side=name, **words))
        return _paired_bars(
            chart, [_share_row(chart, str(n), pair) for n, pair in enumerate(table.itertuples(), 1)], "%", notes
        )


def _share_row(chart: Canvas, key: str, pair: Any) -> _Row:
    """Return one section of the chart of shares."""
    bars, text = {}, {}
    for side in SIDES:
        share, amount = (to_float(getattr(pair, f"{side}_{part}")) for part in ("share", "amount_yuan"))
        bars[side] = [(side, 100 * share, False)] if share == share else []
        unknown = chart.say("in_part") if amount == amount else format_amount(None, chart.lang)
        text[side] = f"{100 * share:.4g} %" if bars[side] else unknown
        chart.about.cite(key, side, chart.about.of_budget(pair, side) if amount == amount else [])
    return _Row(key, chart.say_section(pair.section, pair.heading), "", bars, text)


def commitments(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw how many targets each section holds, firm (solid) and aspirational (hatched), side by side.

    Parameters
    ----------
    data, **options
        The table ``targets`` of both documents, or the comparison that holds it. See `Options`. Without their ids
        the documents are the first and the second of the table; a section with a heading is drawn even if empty.
    """
    with drawing("commitments", data, **options) as chart:
        about, table = chart.about, chart.about.table("targets")
        others = iter([doc for doc in table["doc"].unique() if doc not in about.docs.values()])
        about.docs = {side: next(others, "") if doc is None else doc for side, doc in about.docs.items()}
        cells, drawn, sections = dict[Any, Any](), 0, {*about.headings}
        for side, doc in about.docs.items():
            it = about.comparison
            own = about.tables(side).targets if it else table[table["doc"] == doc].dropna(subset=["section"])
            own = own.assign(at=it.on_the_left(side, own["section"]) if it else own["section"])
            cells |= {(side, *key): group for key, group in own.groupby(["at", "commitment"])}
            sections, drawn = sections | {*own["at"]}, drawn + len(own)
        about.count(drawn, len(table))
        if not drawn:
            return chart.empty()
        rows = []
        for section in sorted(sections, key=lambda number: (number < 0, number)):
            bars, text = {}, {}
            for side in about.docs:
                found = {kind: cells.get((side, section, kind), table[:0]) for kind in schema.COMMITMENTS}
                firm, hoped = map(len, found.values())
                bars[side] = [(f"{side}_{kind}", len(part), kind != "firm") for kind, part in found.items()]
                text[side] = chart.say("aspired" if hoped else "all_firm", n=firm + hoped, k=hoped)
                for kind, part in found.items():
                    about.cite(section, f"{side}_{kind}", provenance.of_rows(part))
            rows.append(_Row(str(section), chart.say_section(section), "", bars, text))
        return _paired_bars(chart, rows, chart.say("count"), [chart.say("firm")], whole=True)


def _budget_row(chart: Canvas, key: str, pair: Any, divisor: float, notes: dict[str, str]) -> _Row:
    """Return one section of the chart of budgets; a note that it needs is entered in `notes`."""
    names = chart.about.names
    amounts = {side: to_float(getattr(pair, f"{side}_amount_yuan")) for side in names}
    stated = [side for side in names if amounts[side] == amounts[side]]
    scopes = {side: getattr(pair, f"{side}_scope") for side in stated}
    # What keeps the two from being compared: the one of another scope, or both if they are of the same.
    alike = pair.left_scope == pair.right_scope
    hatched = [] if pair.comparable else [side for side in stated if alike or scopes[side] != "section"]
    mark = ""
    if hatched:
        reasons = (chart.say(f"scope_{scopes[side]}", side=names[side]) for side in hatched)
        note = str(pair.note) if pair.note and chart.lang == "zh" else "; ".join(reasons)
        number = len(notes) + 1
        mark = " " + notes.setdefault(note, chr(0x245F + number) if number <= 20 else f"({number})")
    bars = {side: [(side, amounts[side] / divisor, side in hatched)] if side in stated else [] for side in names}
    for side in names:
        chart.about.cite(key, side, chart.about.of_budget(pair, side) if side in stated else [])
    text = {side: format_amount(amount, chart.lang) for side, amount in amounts.items()}
    return _Row(key, chart.say_section(pair.section, pair.heading), mark, bars, text)


def _paired_bars(chart: Canvas, rows: Sequence[_Row], unit: str, foot: Sequence[str], *, whole: bool = False) -> Axes:
    """Draw per row one bar for the left and one for the right document, each with its name and value."""
    names, points, unit = chart.about.names, chart.points, chart.say("unit", unit=unit)
    item_width = min(chart.widest(row.item + row.mark for row in rows) * 1.02, 0.34 * chart.width)
    item_width = max(item_width, chart.widest([unit]))
    room = Room(item_width + 2 * GAP, 2 * GAP, 3.2 * points, 2.4 * points + GAP / 2)
    chart.open(room, units=len(rows), pitch=3.5, notes=foot)
    width, end, longest = chart.plot_width(), 0.0, 0.0
    for number, row in enumerate(rows):
        item = chart.wrap(row.item, item_width - chart.widest([row.mark]), 2) + row.mark
        chart.write_item(item, number + 0.5, row.key)
        for side, y in zip(names, (number + 0.29, number + 0.71), strict=True):
            # If room is short, the name is cut, never the value.
            rest = 0.72 * width - chart.widest([f" {row.text[side]}"])
            label = f"{chart.wrap(names[side], max(rest, 2.5 * points))} {row.text[side]}"
            length = chart.bar(side, row.key, y, row.bars[side], high=0.36)
            look: dict[str, Any] = {"color": style.LOOKS[side].ink if row.bars[side] else style.MUTED, "bbox": _HALO}
            chart.write(label, length, y, at="data", dx=3, ha="left", gid=f"{side}_text:{row.key}", **look)
            longest = max(longest, length)
            end = max(end, length * width / max(width - chart.widest([label]) * 1.03 - 5, 0.2 * width))
    end = end or 1.0
    steps = min(5, max(1, int(width * longest / end / (5 * points))))
    ticks = [tick for tick in round_ticks(steps, 0, longest or 1, whole) if 0 <= tick <= end * 0.97]
    chart.set_scale(0, end, {tick: f"{tick:.6g}" for tick in ticks}, zero=0, grid=True)
    chart.write(unit, 0, 0, at="axes", dx=-GAP, dy=-3.5, ha="right", va="top", color=style.MUTED)
    return chart.write_notes(2.6, "item:note")


def terms(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw the characteristic words of both texts: bars of |z|, those of the left document to the left.

    On either side of the bars stands how often the word occurs in that document.

    Parameters
    ----------
    data, **options
        The result of `terms.characteristic`, or the comparison that it is made of. See `Options`.
    """
    with drawing("terms", data, **options) as chart:
        rows = list(chart.about.table("terms", characteristic, COLUMNS).itertuples())
        if not rows:
            return chart.empty()
        width, points = chart.width, chart.points
        heads = chart.name_sides(0.26 * width)
        counts = {side: [_count(getattr(row, f"{side}_count")) for row in rows] for side in heads}
        edge = {side: chart.widest([heads[side], *counts[side]], "bold") for side in heads}
        items = [chart.wrap(row.term, 0.3 * width) for row in rows]
        left_room = max(chart.widest(items) * 1.01 + chart.widest(["0" * 6]), edge["left"]) + 3 * GAP
        room = Room(left_room, edge["right"] + 2 * GAP, 5 * points, 2.4 * points + GAP / 2)
        chart.open(room, units=len(rows), pitch=1.5, notes=[chart.say("terms_key", z=CHANCE)])
        _z_axis(chart, [to_float(row.z) for row in rows])
        chart.write_heads(heads)
        for number, (row, item) in enumerate(zip(rows, items, strict=True)):
            y, key = number + 0.5, number + 1
            chart.write_item(item, y, key)
            for side in heads:
                chart.write_side(side, counts[side][number], y, gid=f"{side}_text:{key}")
            _z_bar(chart.ax, to_float(row.z), y, key)
        for side in heads:
            found = provenance.of_words(chart.about.comparison, side) if chart.about.comparison else None
            for key, row in enumerate(rows, 1):
                chart.about.cite(key, side, None if found is None else found.get(str(row.term), []))
        return chart.write_notes(2.2)


def _count(number: Any) -> str:
    """Return how often a word occurs; – where the table does not say."""
    value = to_float(number)
    return f"{value:.0f}" if value == value else "–"


def _z_axis(chart: Canvas, values: list[float]) -> None:
    """Draw a scale that is the same on both sides of 0, with the mark of what chance gives."""
    end = 1.05 * max([CHANCE, *(abs(value) for value in values if value == value)])
    steps = max(2, min(8, int(chart.plot_width() / (6 * chart.points))))
    ticks = [tick for tick in round_ticks(steps, -end, end, True) if abs(tick) <= 0.93 * end]
    labels = {tick: f"{abs(tick):.6g}" if tick else chart.say("terms_axis") for tick in ticks}
    chart.set_scale(-end, end, labels, zero=0, grid=False)
    for place in (-CHANCE, CHANCE):
        chart.ax.axvline(place, color=style.MUTED, linewidth=0.6, linestyle=(0, (4, 3)))


def _z_bar(ax: Axes, z: float, y: float, key: int) -> None:
    """Draw one bar from 0 to the side of the text that uses the word more; its width is |z|."""
    ax.axhline(y, color=style.RULE, linewidth=0.5, linestyle=":", zorder=0)
    if z == z:
        side = "left" if z > 0 else "right"
        look = style.LOOKS[side]
        bar = ax.barh(y, abs(z), 0.62, left=min(-z, 0), color=look.fill, edgecolor=look.ink)[0]
        bar.set(linewidth=0.5, gid=f"{side}:{key}")


def explanation(
    data: Data, *, most: int = 12, clauses: tuple[Clause, Clause] | None = None, **options: Unpack[Options]
) -> Axes:
    """Draw the strongest contributions to the similarity of a pair of clauses, by title, text and section.

    Parameters
    ----------
    data : DataFrame or Comparison
        The result of `pairing.explain` (part, term, contribution), or a comparison.
    most : int
        How many contributions to draw; the sum of each part holds all of them.
    clauses : tuple of int, optional
        The left and the right clause to explain; by default the most doubtful pair of the comparison.
    **options
        See `Options`; here the size is "column" unless another is given.
    """
    options.setdefault("size", "column")
    with drawing("explanation", data, **options) as chart:
        about = chart.about
        it = about.comparison
        pair = clauses or (next(iter(pairing.places_of(pairing.doubtful(it.aligned, 1))), ()) if it else ())
        table = about.table("explanation", lambda it: _explained(it, pair), _EXPLAINED)
        known = table.dropna(subset=["contribution"])
        sums = known.groupby("part", sort=False)["contribution"].sum().sort_values(ascending=False, kind="stable")
        about.title = chart.say("explanation", n=f"{sums.sum():.2f}")
        if known.empty:
            return chart.empty()
        points = chart.points
        shown = known.sort_values("contribution", ascending=False, kind="stable").head(most)
        shown = shown.assign(label=[chart.wrap(term, 0.4 * chart.width) for term in shown["term"]])
        about.count(len(shown), len(table))
        about.filters["clauses"] = pair
        left_room = chart.widest(shown["label"]) * 1.01 + 2 * GAP
        room = Room(left_room, chart.widest(["0.0000"]) + GAP, 3.2 * points, 1.6 * points)
        units = len(shown) + len(sums)
        chart.open(room, units=units, pitch=LINE * 1.1, notes=[chart.say("explanation_key")])
        chart.ax.set_xlim(0, float(shown["contribution"].max()) or 1.0)
        _contributions(chart, shown, sums, pair)
        return chart.write_notes(0.6)


def _explained(comparison: Comparison, pair: Sequence[Clause]) -> pd.DataFrame:
    """Return the terms that carry a pair of clauses."""
    import pandas as pd

    return pairing.explain(comparison.aligned, *pair) if pair else pd.DataFrame(columns=_EXPLAINED)


def _contributions(chart: Canvas, shown: pd.DataFrame, sums: pd.Series, pair: Sequence[Clause]) -> None:
    """Draw the bars of each part under its name and the sum of all its contributions."""
    y, number = 0.5, 0
    for part, total in sums.items():
        head = chart.say(f"part_{part}", n=f"{total:.3f}") if part in WEIGHTS else printable(f"{part} {total:.3f}")
        chart.write_item(head, y, part, fontweight="bold")
        for _, term, value, label in shown.loc[shown["part"] == part, [*_EXPLAINED, "label"]].itertuples(index=False):
            y, number = y + 1, number + 1
            chart.write_side("left", label, y, color=style.INK, gid=f"item:{number}")
            bar = chart.ax.barh(y, float(value), 0.62, color=style.MUTED, linewidth=0)[0]
            bar.set_gid(f"contribution:{number}")
            chart.write(f"{value:.4f}", float(value), y, at="data", dx=3, ha="left", color=style.MUTED)
            for side, clause in zip(SIDES, pair or (0, 0), strict=True):
                it = chart.about.tables(side) if chart.about.comparison else None
                chart.about.cite(number, side, provenance.of_term(it, clause, str(part), term) if it else None)
        y += 1
