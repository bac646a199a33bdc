"""Words as bars: those that set two texts apart, and those that make two clauses alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from policycmp import pairing
from policycmp.asking import provenance
from policycmp.asking.terms import CHANCE, COLUMNS, characteristic
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import Canvas, drawing, round_ticks
from policycmp.charts.drawing.layout import GAP, LINE
from policycmp.charts.drawing.options import Options, explained
from policycmp.charts.drawing.text import printable
from policycmp.pairing.similarity import WEIGHTS
from policycmp.schema import SIDES, records
from policycmp.shown.amounts import to_float
from policycmp.wording import label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data
    from policycmp.comparison import Comparison
    from policycmp.pairing.alignment import Clause

_NAMED = 3  # words of a side in the title
_PITCH = 1.5  # em: the height of a row
MOST = 12  # contributions, if no `top` is given; the sum of each part holds all of them
_EXPLAINED = ["part", "term", "contribution"]


@explained
def terms(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw the characteristic words of both texts: bars of the size of z, those of the left document to the left.

    Grey is what may well be chance. On either side of the bars stands how often the word occurs in that document.

    Parameters
    ----------
    data : DataFrame or Comparison
        The table ``terms`` of `export.comparison_tables`, or the comparison that it is made of.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> ax = policycmp.charts.terms(comparison)
    >>> policycmp.charts.read_back(ax)[["item", "left_text", "right_text"]].head(2)
      item left_text right_text
    0  服务业        12          5
    1   学校         5          0
    """
    with drawing("terms", data, **options) as chart:
        rows = records(chart.about.table("terms", characteristic, COLUMNS))
        if not rows:
            return chart.empty()
        chart.headline(_telling_words(chart, rows))
        points, note = chart.points, chart.say("terms_key", z=CHANCE)
        heads = chart.name_sides(0.26 * chart.width, lines=3)
        room = chart.columns(top=(2 + chart.more_lines(heads.values())) * points, bottom=2.4 * points + GAP / 2)
        words = chart.column([chart.about.speak("term", row["term"]) for row in rows], 0.3 * chart.width, 2)
        heights = [1 + chart.more_lines([word]) / _PITCH for word in words.texts]
        telling = [abs(to_float(row["z"])) for row in rows]
        drawn = chart.keep(heights, telling, room, pitch=_PITCH, notes=[note])
        chart.about.count(len(drawn), len(rows))
        rows, heights = [rows[number] for number in drawn], [heights[number] for number in drawn]
        counts = {side: [_count(row[f"{side}_count"]) for row in rows] for side in SIDES}
        left, right = (chart.widest([heads[side], *counts[side]], "bold") for side in SIDES)
        items = words._replace(texts=[words.texts[number] for number in drawn])
        # The words have nothing above them: the head of the counts may stand there.
        left = max(left - items.width, chart.widest(["0" * 6]))
        sides = chart.columns([items.width, left], [right], top=room.top, bottom=room.bottom)
        chart.open(sides, units=sum(heights), pitch=_PITCH)
        _z_axis(chart, [to_float(row["z"]) for row in rows])
        chart.write_heads(heads)
        for number, (row, item) in enumerate(zip(rows, items.texts, strict=True), 1):
            y = sum(heights[:number]) - heights[number - 1] / 2
            chart.write_item(item, y, number)
            for side in SIDES:
                chart.write_side(side, counts[side][number - 1], y, mark=(f"{side}_text", number))
            _z_bar(chart, to_float(row["z"]), y, number)
        for side in SIDES:
            _cite_words(chart, rows, side)
        return chart.finish(note, drop=2.2)


def _telling_words(chart: Canvas, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the finding: the words that one text uses reliably more, or that none does."""
    parts = []
    for side, sign in zip(SIDES, (1, -1), strict=True):
        found = [chart.about.speak("term", str(row["term"])) for row in rows if sign * to_float(row["z"]) >= CHANCE]
        if found:
            quoted = [chart.say("quoted", word=word) for word in found[:_NAMED]]
            words = ("" if chart.lang == "zh" else label("between_items", chart.lang, "names")).join(quoted)
            parts.append(chart.say("terms_found", words=words, name=chart.about.names[side]))
    return label("semicolon", chart.lang, "names").join(parts) if parts else chart.say("terms_none")


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


def _z_bar(chart: Canvas, z: float, y: float, key: object) -> None:
    """Draw one bar from 0 to the side of the text that uses the word more; its width is |z|."""
    chart.ax.axhline(y, color=style.RULE, linewidth=0.5, linestyle=":", zorder=0)
    if z == z:
        side = "left" if z > 0 else "right"
        look = chart.looks[side]
        fill, edge = (look.fill, look.ink) if abs(z) >= CHANCE else (style.RULE, style.PALE)
        bar = chart.ax.barh(y, abs(z), 0.62, left=min(-z, 0), color=fill, edgecolor=edge)[0]
        bar.set(linewidth=0.5, gid=chart.id(side, key))


def _cite_words(chart: Canvas, rows: Sequence[Mapping[str, Any]], side: str) -> None:
    """Cite where each word stands in the document of one side; nobody knows that of a bare table."""
    comparison = chart.about.comparison
    found = provenance.of_words(comparison, side) if comparison else None
    for number, row in enumerate(rows, 1):
        chart.about.cite(number, side, None if found is None else found.get(str(row["term"]), []))


@explained
def explanation(data: Data, *, clauses: tuple[Clause, Clause] | None = None, **options: Unpack[Options]) -> Axes:
    """Draw the strongest contributions to the similarity of a pair of clauses, by title, text and section.

    Parameters
    ----------
    data : DataFrame or Comparison
        The result of `pairs.explain` (part, term, contribution), or a comparison.
    clauses : tuple of int, optional
        The left and the right clause to explain; by default the most doubtful pair of the comparison.
    **options
        See `Options`. Here the size is "column" unless another is given.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> ax = policycmp.charts.explanation(comparison, clauses=(6, 5), top=1)
    >>> policycmp.charts.read_back(ax).dropna()["item"].tolist()
    ['人才']
    """
    options["size"] = options.get("size") or "column"
    with drawing("explanation", data, **options) as chart:
        about = chart.about
        pair = clauses or _most_doubtful(about.comparison)
        table = about.table("explanation", lambda comparison: _explain(comparison, pair), _EXPLAINED)
        known = table.dropna(subset=["contribution"])
        sums = known.groupby("part", sort=False)["contribution"].sum().sort_values(ascending=False, kind="stable")
        if len(sums):
            part = chart.say(f"part_{sums.index[0]}", n=f"{sums.iloc[0]:.2f}") if sums.index[0] in WEIGHTS else ""
            chart.headline(part and chart.say("explanation_found", n=f"{sums.sum():.2f}", part=part))
        if known.empty:
            return chart.empty()
        shown = known.sort_values("contribution", ascending=False, kind="stable").head(options.get("top") or MOST)
        about.count(len(shown), len(table))
        about.filters["clauses"] = pair
        items = chart.column([chart.about.speak("term", term) for term in shown["term"]], 0.4 * chart.width)
        room = chart.columns([items.width], top=0.3 * chart.points, bottom=1.6 * chart.points)
        room = room._replace(right=room.right + chart.widest(["0.0000"]))  # behind the longest bar
        units = len(shown) + len(sums)
        chart.open(room, units=units, pitch=LINE * 1.1)
        chart.ax.set_xlim(0, float(shown["contribution"].max()) or 1.0)
        _contributions(chart, shown.assign(label=items.texts), sums, pair)
        return chart.finish(chart.say("explanation_key"), drop=0.6)


def _most_doubtful(comparison: Comparison | None) -> Sequence[Clause]:
    """Return the most doubtful pair of clauses, if there is one."""
    if comparison is None:
        return ()
    return next(iter(pairing.places_of(pairing.doubtful(comparison.aligned, 1))), ())


def _explain(comparison: Comparison, pair: Sequence[Clause]) -> pd.DataFrame:
    """Return the terms that carry a pair of clauses."""
    import pandas as pd

    return pairing.explain(comparison.aligned, *pair) if pair else pd.DataFrame(columns=_EXPLAINED)


def _contributions(chart: Canvas, shown: pd.DataFrame, sums: pd.Series, pair: Sequence[Clause]) -> None:
    """Draw the bars of each part under its name and the sum of all its contributions."""
    y, number = 0.5, 0
    for part, total in sums.items():
        head = chart.say(f"part_{part}", n=f"{total:.3f}") if part in WEIGHTS else printable(f"{part} {total:.3f}")
        chart.write_item(head, y, part, fontweight="bold")
        for row in records(shown[shown["part"] == part]):
            y, number = y + 1, number + 1
            _contribution(chart, row, y, number)
            _cite_term(chart, row, number, pair)
        y += 1


def _contribution(chart: Canvas, row: Mapping[str, Any], y: float, number: int) -> None:
    """Draw the bar of one term, with its contribution behind it."""
    value = float(row["contribution"])
    chart.write_side("left", row["label"], y, color=style.INK, mark=("item", number))
    bar = chart.ax.barh(y, value, 0.62, color=style.MUTED, linewidth=0)[0]
    bar.set_gid(chart.id("contribution", number))
    chart.write(f"{value:.4f}", value, y, at="data", dx=3, ha="left", color=style.MUTED)


def _cite_term(chart: Canvas, row: Mapping[str, Any], number: int, pair: Sequence[Clause]) -> None:
    """Cite where a term stands in both clauses; nobody knows that of a bare table."""
    comparison = chart.about.comparison
    for side, clause in zip(SIDES, pair or (0, 0), strict=True):
        found = provenance.of_term(comparison[side], clause, row["part"], row["term"]) if comparison else None
        chart.about.cite(number, side, found)
