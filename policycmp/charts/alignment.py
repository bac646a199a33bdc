"""The alignment as a map: two lists of clauses, and a line per pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Unpack

from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import Canvas, drawing
from policycmp.charts.drawing.layout import GAP, SLACK, Room
from policycmp.charts.drawing.marks import LINES, Line, Mark, numbered, rounded, text_of
from policycmp.charts.drawing.options import Options, explained
from policycmp.schema import SIDES, Place, place_of, records
from policycmp.shown.amounts import to_float

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

# The width of a line tells the similarity: 0, what 1 adds to it, and unknown.
THIN, RANGE, UNKNOWN = 0.5, 1.7, 0.4
_PAIRED = ("same", "partial")

_Row = Mapping[str, Any]
_Heights = Mapping[str, Mapping[Place, float]]  # by side


@explained
def alignment_map(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw the two lists of clauses in the order of the documents, with a line per aligned pair.

    Thicker lines are more similar, dashed ones partial; a clause without counterpart is bold, with a hollow mark.

    Parameters
    ----------
    data : DataFrame or Comparison
        The table ``alignment`` of the data dictionary, or the comparison that holds it.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    A narrowed table gives a narrowed chart.

    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> ax = policycmp.charts.alignment_map(policycmp.select(comparison, section=6))
    >>> policycmp.charts.read_back(ax)["line"].tolist()
    ['solid', 'dashed', 'solid', 'solid', 'solid']
    """
    with drawing("alignment", data, read=read_links, **options) as chart:
        rows = records(chart.about.table("alignment"))
        titles = {side: _titles(rows, side) for side in SIDES}
        if not any(titles.values()):
            return chart.empty()
        numerals = {chart.numeral(place.section) for side in SIDES for place in titles[side]}
        border = chart.widest(numerals, "bold") * SLACK + 2.5 * GAP
        labels = {side: _labels(chart, titles[side], side, 0.44 * chart.width - border) for side in SIDES}
        heads = chart.name_sides(0.44 * chart.width - 2 * GAP)
        edges = {}
        for side in SIDES:
            needed = chart.widest(labels[side].values(), "bold") * SLACK + border
            edges[side] = max(needed, chart.widest([heads[side]], "bold") * SLACK + 2 * GAP)
        units = max(map(len, titles.values()))
        room = Room(edges["left"], edges["right"], 5 * chart.points, 1.6 * chart.points)
        chart.open(room, units=units, pitch=1.25, notes=[chart.say("alignment_key")])
        heights = {side: _spread(labels[side], units) for side in SIDES}
        pairs = [row for row in rows if row["relation"] in _PAIRED]
        for number, pair in enumerate(pairs, 1):
            _link(chart, pair, heights, f"link:{number}")
        for side in SIDES:
            _bands(chart, side, heights[side], edges[side] - GAP / 2)
            _list(chart, side, labels[side], heights[side], {place_of(pair, side) for pair in pairs})
        chart.write_heads(heads)
        return chart.write_notes(0.8)


def _titles(rows: Sequence[_Row], side: str) -> dict[Place, str]:
    """Return the titles of the clauses of one side, in the order of its document."""
    titles = {place: str(row[f"{side}_title"]) for row in rows if (place := place_of(row, side))}
    return dict(sorted(titles.items()))


def _labels(chart: Canvas, titles: Mapping[Place, str], side: str, width: float) -> dict[Place, str]:
    """Return number and title of each clause, cut to `width`; the number stands next to the lines."""
    labels = {}
    for place, title in titles.items():
        number = str(place.clause) if place.clause else chart.say("lead_in")
        title = chart.wrap(title, width - chart.widest([f"  {number}"], "bold"), weight="bold")
        labels[place] = f"{title}  {number}" if side == "left" else f"{number}  {title}"
    return labels


def _spread(labels: Mapping[Place, str], units: int) -> dict[Place, float]:
    """Return how high each clause of a list stands, which fills the whole height."""
    return {place: (number + 0.5) * units / len(labels) for number, place in enumerate(labels)}


def _link(chart: Canvas, pair: _Row, heights: _Heights, gid: str) -> None:
    """Draw the line of one pair."""
    places = {side: place for side in SIDES if (place := place_of(pair, side))}
    similarity = to_float(pair["similarity"])
    width = THIN + RANGE * similarity if similarity == similarity else UNKNOWN
    line = "-" if pair["relation"] == "same" else "--"
    ends = [heights[side][place] for side, place in places.items()]
    chart.ax.plot([0, 1], ends, color=style.MUTED, alpha=0.8, linewidth=width, linestyle=line, gid=gid)
    for side, place in places.items():
        chart.about.cite(gid, side, chart.about.of_clause(side, place))


def _list(
    chart: Canvas, side: str, labels: Mapping[Place, str], heights: Mapping[Place, float], paired: set[Place | None]
) -> None:
    """Write one list of clauses and put a mark where its lines end; hollow where none does."""
    look = style.LOOKS[side]
    for number, (place, label) in enumerate(labels.items()):
        text = {"color": style.INK} if place in paired else {"fontweight": "bold"}
        # The number keeps the gids of one side apart; `read_links` finds a label by its height.
        gid = f"end:{side}:{number}"
        chart.write_side(side, label, heights[place], gid=gid, **text)
        chart.about.cite(gid, side, chart.about.of_clause(side, place))
        ends = [float(side == "right")], [heights[place]]
        mark = chart.ax.plot(*ends, marker=look.marker, markersize=0.53 * chart.points, clip_on=False)[0]
        mark.set(markerfacecolor=look.fill if place in paired else "white", markeredgecolor=look.ink)


def _bands(chart: Canvas, side: str, heights: Mapping[Place, float], wide: float) -> None:
    """Shade every other section behind its clauses, and write the section's number at the outer edge."""
    from matplotlib.patches import Rectangle

    ax, share = chart.ax, wide / chart.plot_width()
    dx = (wide - GAP / 2) * (-1 if side == "left" else 1)
    for count, (section, places) in enumerate(groupby(heights, key=lambda place: place.section)):
        ys = [heights[place] for place in places]
        middle, high = (ys[0] + ys[-1]) / 2, ys[-1] - ys[0] + ax.get_ylim()[0] / len(heights)
        if count % 2 == 0:
            box = Rectangle((-share if side == "left" else 1.0, middle - high / 2), share, high)
            box.set(transform=ax.get_yaxis_transform(), color=style.BAND, linewidth=0, clip_on=False, zorder=0)
            ax.add_patch(box)
        chart.write_side(side, chart.numeral(section), middle, ha=side, dx=dx, color=style.MUTED)


def read_links(marks: Sequence[Mark]) -> list[Line]:
    """Return one line per link and per label where no link ends, from the top of the left list to that of the right."""
    ends = {(mark.row.partition(":")[0], rounded(mark.artist.xy[1])): mark for mark in marks if mark.column == "end"}
    found, bare = list[tuple[tuple[bool, float, float], Line]](), dict(ends)
    for mark in marks:
        if mark.column == "link":
            left, right = map(rounded, mark.artist.get_ydata())
            linked = {"left": ends["left", left], "right": ends["right", right]}
            shown: dict[str, Any] = {f"{side}_text": text_of(end.artist) for side, end in linked.items()}
            width = rounded((mark.artist.get_linewidth() - THIN) / RANGE)
            shown |= {"line": LINES[mark.artist.get_linestyle()], "similarity": width if width >= 0 else float("nan")}
            found.append(((False, left, right), Line(shown, [mark.gid])))
            bare.pop(("left", left), None)
            bare.pop(("right", right), None)
    for (side, y), end in bare.items():
        shown = {f"{side}_text": text_of(end.artist), "line": "none"}
        found.append(((side == "right", y, 0.0), Line(shown, [end.gid])))
    return numbered([line for _, line in sorted(found, key=lambda one: one[0])])
