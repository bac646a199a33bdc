"""Comparable targets: as rows with a dot on a common scale of ratios, and as small panels in their natural units."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp.charts.drawing import panels, style
from policycmp.charts.drawing.canvas import Canvas, drawing
from policycmp.charts.drawing.layout import GAP, LINE, Room
from policycmp.charts.drawing.options import Options, explained
from policycmp.charts.drawing.text import printable
from policycmp.charts.matrix import draw_rows
from policycmp.comparison import Comparison
from policycmp.schema import SIDES, records
from policycmp.shown import naming
from policycmp.shown.amounts import to_float

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from policycmp.asking.provenance import Passage
    from policycmp.charts.drawing.subject import Data

NARROW = 300.0  # points: on a column of a journal a value stands without its clause, which the source line names
_SEPARATOR = " · "
_PITCH = LINE * 1.15
_SHARE = 0.3  # of the width: the scale of ratios
_BOTTOM = 2.6  # em: the ticks of that scale


@explained
def targets(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw each pair of comparable targets as a row: both values, and a dot on a common scale of ratios.

    The dot stands on the side of the larger value, at the ratio of the two; a pair whose ratio has no meaning has none.
    Rows of other tables (targets, results, a panel of places and years) are drawn as bars, with a scale for each unit.

    Parameters
    ----------
    data : DataFrame or Comparison
        The table ``target_pairs`` of the data dictionary or the comparison that holds it; or any rows with
        ``indicator``, ``value`` and ``unit``, where they have them also with ``doc`` or ``place``, ``year`` and
        ``comparator``.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> ax = policycmp.charts.targets(comparison, size="slide", lang="en")
    >>> ax.get_title(loc="left")
    'Old residential lifts renewed: Lucheng sets 44 times what Longwan does'

    What a researcher has chosen of one document or of many:

    >>> rows = comparison.targets.query("unit == '%' and clause == 0")
    >>> ax = policycmp.charts.targets(rows, top=3)
    >>> policycmp.charts.read_back(ax)["text"].tolist()
    ['66.67 %', '20 %', '≥10 %']
    """
    if not isinstance(data, Comparison) and "indicator" in getattr(data, "columns", ()):
        return draw_rows(data, options)
    with drawing("targets", data, **options) as chart:
        pairs = records(in_order(chart, chart.about.table("target_pairs")))
        return draw_pairs(chart, pairs, chart.say_value, chart.about.of_target)


Say = Callable[..., str]  # of a pair, a side and a width: the value in words
Cite = Callable[[Mapping[str, Any], str], Sequence["Passage"]]  # of a pair and a side: where that is written


def draw_pairs(chart: Canvas, pairs: Sequence[Mapping[str, Any]], say: Say, cite: Cite) -> Axes:
    """Draw pairs with what they are about, both values and the dot at their ratio; ``pairs`` are as `target_pairs`.

    The headline tells of those that one side leads in all numbers.
    """
    if not pairs:
        return chart.empty()
    told = [pair for pair in pairs if pair.get("status") != "mixed"]
    chart.headline(_widest(chart, told, chart.name) if told else "")
    layout = _lay_out(chart, pairs, say)
    chart.open(layout.room, units=layout.units, pitch=_PITCH)
    _ratio_axis(chart, [row.ratio for row in layout.rows])
    chart.write_heads(layout.heads, y=layout.top - 0.35, at="row", dy=0)
    for y, title in layout.titles:
        chart.write_item(title, y, fontweight="bold")
    for row in layout.rows:
        key = chart.pair_key(row.pair)
        _draw_row(chart, row, key)
        for side in SIDES:
            chart.about.cite(key, side, cite(row.pair, side))
    return chart.finish(_sides_note(chart), drop=2.4)


def _sides_note(chart: Canvas) -> str:
    """Return on which side of the scale which document has the larger values."""
    return _SEPARATOR.join(chart.say(f"{side}_larger", side=name) for side, name in chart.about.names.items())


class _Row(NamedTuple):
    """One pair: where it stands, what it counts, the two values in words, and left / right."""

    pair: Mapping[str, Any]
    y: float
    item: str
    text: Mapping[str, str]
    ratio: float


class _Layout(NamedTuple):
    """The rows that are drawn, the headings between them, the names over the values and their end, the room."""

    rows: list[_Row]
    titles: list[tuple[float, str]]
    heads: dict[str, str]
    top: float
    room: Room
    units: float


def in_order(chart: Canvas, table: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs as they are asked for: by their ratio, the left document's larger values first."""
    if chart.about.order == "text":
        return table.sort_values("section", kind="stable")
    return table if chart.about.order == "given" else table.sort_values("ratio", ascending=False, kind="stable")


def _known(pair: Mapping[str, Any]) -> float:
    """Return the ratio of a pair if a log scale has a place for it, else NaN."""
    ratio = to_float(pair["ratio"])
    return ratio if 0 < ratio < float("inf") else float("nan")


def _apart(ratio: float) -> float:
    """Return how far apart two values are, for which 1 is nothing; unknown is less than that."""
    return abs(log(ratio)) if ratio == ratio else -1.0


def _widest(chart: Canvas, pairs: Sequence[Mapping[str, Any]], name: str = "targets") -> str:
    """Return the finding: the pair that is furthest apart."""
    pair = max(pairs, key=lambda pair: _apart(_known(pair)))
    ratio, names = _known(pair), chart.about.names
    if ratio != ratio:
        return ""
    if ratio == 1:
        return chart.say(f"{name}_even", n=len(pairs))
    high, low = SIDES if ratio > 1 else SIDES[::-1]
    words = {"high": names[high], "low": names[low], "n": panels.times(ratio, chart.lang)}
    return chart.say(f"{name}_found", item=printable(naming.indicator(pair)), **words)


def _lay_out(chart: Canvas, pairs: Sequence[Mapping[str, Any]], say: Say) -> _Layout:
    """Return which pairs are drawn, and where everything stands."""
    narrow = chart.width < NARROW
    values = {side: [say(pair, side, 0.19 * chart.width, bare=narrow) for pair in pairs] for side in SIDES}
    heads = chart.name_sides(0.26 * chart.width, lines=5)
    top = 1.2 + chart.more_lines(heads.values()) / _PITCH
    left, right = (chart.widest([heads[side], *values[side]], "bold") for side in SIDES)
    most = max(chart.rest([left], [right], data=_SHARE), 0.22 * chart.width)
    items = chart.full_column(map(naming.indicator, pairs), most, 9, slack=1.03)
    room = chart.columns([items.width, left], [right], top=0, bottom=_BOTTOM * chart.points)
    lines = [1 + max(text.count("\n") for text in texts) for texts in zip(items.texts, *values.values(), strict=True)]
    heights = [line * 0.86 + 0.14 for line in lines]
    sections = (
        dict.fromkeys(chart.say_section(pair["section"]) for pair in pairs) if chart.about.order == "text" else {}
    )
    apart = [_apart(_known(pair)) for pair in pairs]
    drawn = chart.keep(
        heights, apart, room, pitch=_PITCH, notes=[_sides_note(chart)], heads=top + 0.2 + 1.15 * len(sections)
    )
    chart.about.count(len(drawn), len(pairs))
    rows, titles, y, heading = list[_Row](), list[tuple[float, str]](), top, ""
    for number in drawn:
        section = chart.say_section(pairs[number]["section"])
        if sections and section != heading:
            titles.append((y + 0.6, chart.wrap(section, chart.width - 2 * GAP, weight="bold")))
            y, heading = y + 1.15, section
        text = {side: values[side][number] for side in SIDES}
        middle = y + heights[number] / 2
        rows.append(_Row(pairs[number], middle, items.texts[number], text, _known(pairs[number])))
        y += heights[number]
    return _Layout(rows, titles, heads, top, room, y + 0.2)


def _ratio_axis(chart: Canvas, ratios: Sequence[float]) -> None:
    """Draw a log scale centred on 1, on which the left document's larger values stand to the left."""
    from matplotlib.ticker import NullLocator

    known = [max(ratio, 1 / ratio) for ratio in ratios if ratio == ratio]
    half = chart.plot_width() / 2
    label = 0.6 * chart.points  # half of a dot
    if chart.width >= NARROW:
        label = chart.widest(_times(chart, ratio) for ratio in known) + chart.points  # stands behind the last dot
    end = max([2.0, *known]) ** (half / max(half - label, 0.4 * half))
    chart.ax.set_xscale("log")
    chart.ax.xaxis.set_minor_locator(NullLocator())
    labels = _steps(chart, end, max(known, default=2.0))
    ticks = {1.0: chart.say("even")} | labels | {1 / step: label for step, label in labels.items()}
    chart.set_scale(end, 1 / end, ticks, zero=1, grid=True)
    chart.ax.tick_params(length=0, colors=style.MUTED)


def _times(chart: Canvas, ratio: float) -> str:
    """Return how many times as much the one is as the other."""
    return chart.say("times", n=panels.times(ratio, chart.lang))


def _steps(chart: Canvas, end: float, largest: float) -> dict[float, str]:
    """Return the ticks on one side of a ratio scale that ends at `end`, with their labels: as many as have room."""
    decades = [10.0**power for power in range(1, 300) if 10.0**power <= end]
    choices = [decades[stride - 1 :: stride] for stride in range(1, len(decades) + 1)]
    if largest < 100:
        choices.insert(0, [2.0, 5.0] if largest < 10 else [3.0, 10.0, 30.0])
        choices.extend([[5.0], [2.0]] if largest < 10 else [[30.0]])
    for choice in choices:
        steps = [step for step in choice if step <= min(end, 1.2 * largest)]
        labels = [chart.say("even"), *(_times(chart, step) for step in steps)]
        places = [log(step) / log(end) * chart.plot_width() / 2 for step in (1.0, *steps)]
        if _have_room(chart, labels, places):
            return dict(zip(steps, labels[1:], strict=True))
    return {}


def _have_room(chart: Canvas, labels: Sequence[str], places: Sequence[float]) -> bool:
    """Tell whether labels centred at these places, in points, stand apart."""
    halves = [(chart.widest([label]) + 3) / 2 for label in labels]
    ends = [(place - half, place + half) for place, half in zip(places, halves, strict=True)]
    return all(one[1] < two[0] for one, two in pairwise(ends))


def _draw_row(chart: Canvas, row: _Row, key: str) -> None:
    """Draw one pair: what it counts, the two values, and the dot with a line to the axis of equal values."""
    ax, points, even = chart.ax, chart.points, row.ratio == 1
    muted = {"color": style.MUTED} if even else {}
    chart.write_item(row.item, row.y, key, **muted)
    ax.axhline(row.y, color=style.RULE, linewidth=0.5, linestyle=":")
    for side, text in row.text.items():
        chart.write_side(side, text, row.y, mark=(f"{side}_text", key), **muted)
    if row.ratio != row.ratio:
        return
    side = "left" if row.ratio > 1 else "right"
    look = chart.looks[side]
    fill, edge, marker = (style.PALE, style.PALE, "D") if even else (look.fill, look.ink, look.marker)
    ax.plot([1, row.ratio], [row.y, row.y], color=fill, linewidth=0.27 * points, solid_capstyle="butt")
    dot = ax.plot([row.ratio], [row.y], marker=marker, color=fill, markeredgecolor=edge)[0]
    dot.set(markersize=(0.5 if even else 0.66) * points, clip_on=False, gid=chart.id("ratio", key))
    if even:
        return
    narrow, half = chart.width < NARROW, chart.plot_width() / 2
    place = 1.0 if narrow else row.ratio  # on a column of a journal behind the axis, where the half is free
    room = half + GAP if narrow else half * (1 - abs(log(row.ratio)) / log(ax.get_xlim()[0])) - 0.6 * points
    if chart.widest([_times(chart, row.ratio)]) < room:
        to_left = (side == "left") != narrow
        outward, dx = ("right", -0.6 * points) if to_left else ("left", 0.6 * points)
        dx *= 0.6 if narrow else 1
        chart.write(
            _times(chart, row.ratio), place, row.y, at="data", color=look.ink, ha=outward, dx=dx, bbox=style.HALO
        )


@explained
def targets_small(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw each pair of comparable targets in its natural unit: small panels, each with its own scale from 0.

    Parameters
    ----------
    data : DataFrame or Comparison
        The table ``target_pairs`` of the data dictionary, or the comparison that holds it.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The larger value of a panel fills it; a range is hatched from its lower to its upper value, a rank has no bar.

    Examples
    --------
    >>> pairs = policycmp.compare("longwan", "lucheng").target_pairs
    >>> ax = policycmp.charts.targets_small(pairs.head(1))
    >>> policycmp.charts.read_back(ax)[["item", "left", "right"]]
          item  left  right
    0  新增卓越工程师   8.0    5.0
    """
    with drawing("targets_small", data, **options) as chart:
        table = chart.about.table("target_pairs")
        if chart.about.order == "size":
            table = table.sort_values("ratio", ascending=False, kind="stable")
        elif chart.about.order != "given":
            table = table.sort_values("section", kind="stable")
        pairs = records(table)
        if not pairs:
            return chart.empty()
        chart.headline(_widest(chart, pairs))
        abreast = panels.abreast(chart)
        panel_of = [panels.read_panel(chart, pair, abreast.wide) for pair in pairs]
        room = Room(GAP, GAP, (2.2 + 2 * LINE) * chart.points, 0.6 * chart.points)
        apart = [_apart(_known(pair)) for pair in pairs]
        note = chart.say("targets_small_key")
        found = [panel_of[number] for number in _fitting(chart, panel_of, apart, room, note)]
        chart.about.count(len(found), len(pairs))
        places, units = panels.flow(chart, found, abreast)
        chart.open(room, units=units, pitch=LINE)
        chart.write_key(chart.name_sides(chart.inner_width()))
        chart.ax.set_xlim(0, chart.inner_width())
        for panel, place in zip(found, places, strict=True):
            x = abreast.place(place.column)
            chart.write(place.heading, x, place.y - 0.3, at="data", va="bottom", fontweight="bold")
            panels.draw_panel(chart, panel, chart.pair_key(panel.pair), x, place.y, abreast.wide)
        return chart.finish(note, drop=0.6)


def _fitting(
    chart: Canvas, found: Sequence[panels.Panel], telling: Sequence[float], room: Room, note: str
) -> list[int]:
    """Return which panels the page has room for, in their order: the least telling are left out."""
    free, abreast = chart.free(room, pitch=LINE, notes=[note]), panels.abreast(chart)
    kept = sorted(range(len(found)), key=lambda number: -telling[number])[: chart.about.top]
    while len(kept) > 1 and panels.flow(chart, [found[number] for number in sorted(kept)], abreast)[1] > free:
        kept.pop()
    chart.left_out = len(found) - len(kept)
    return sorted(kept)
