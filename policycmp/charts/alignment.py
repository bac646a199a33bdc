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
from policycmp.schema import RELATIONS, SIDES, Place, place_of, records
from policycmp.shown.amounts import to_float
from policycmp.wording import label

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

    Pale is what runs parallel; dark what has moved, dashed what is partial; a clause without counterpart is bold, with
    a hollow mark. Thicker lines are more similar.

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
        every = _called(chart, records(chart.about.table("alignment")))
        if not any(_titles(every, side) for side in SIDES):
            return chart.empty()
        order = _order(every)
        chart.headline(_found(chart, every, order))
        heads = chart.name_sides(0.44 * chart.width - 2 * GAP, lines=5)
        top, bottom = (2 + chart.more_lines(heads.values())) * chart.points, 1.6 * chart.points
        room = chart.columns(top=top, bottom=bottom)
        lines = [_lines(chart, row) for row in every]
        telling, note = [_telling(row, order) for row in every], chart.say("alignment_key")
        drawn = chart.keep(lines, telling, room, pitch=1.25, notes=[note])
        rows = [every[number] for number in drawn]
        chart.about.count(len(rows), len(every))
        titles = {side: _titles(rows, side) for side in SIDES}
        numerals = {chart.numeral(place.section) for side in SIDES for place in titles[side]}
        border = chart.widest(numerals, "bold") * SLACK + 2.5 * GAP
        labels = {side: _labels(chart, titles[side], side, 0.44 * chart.width - border) for side in SIDES}
        edges = {}
        for side in SIDES:
            needed = chart.widest(labels[side].values(), "bold") * SLACK + border
            edges[side] = max(needed, chart.widest([heads[side]], "bold") * SLACK + 2 * GAP)
        units = max(sum(map(_high, texts.values())) for texts in labels.values())
        chart.open(Room(edges["left"], edges["right"], top, bottom), units=units, pitch=1.25)
        heights = {side: _spread(labels[side], units) for side in SIDES}
        pairs = [row for row in rows if row["relation"] in _PAIRED]
        for pair in pairs:
            _link(chart, pair, heights, stressed=_telling(pair, order) >= 1)
        for side in SIDES:
            stressed = {place_of(pair, side): _telling(pair, order) >= 1 for pair in pairs}
            _bands(chart, side, labels[side], heights[side], edges[side] - GAP / 2)
            _list(chart, side, labels[side], heights[side], stressed)
        chart.write_heads(heads)
        return chart.finish(note, drop=0.8)


def _called(chart: Canvas, rows: Sequence[_Row]) -> list[_Row]:
    """Return the rows with the words with which a clause begins in the place of a title that it does not bear."""
    found = list(map(dict[str, Any], rows))
    for side in SIDES:
        begun = chart.about.openings(side)
        for row in found:
            place = place_of(row, side)
            row[f"{side}_title"] = row[f"{side}_title"] or (begun.get(place, "") if place else "")
    return list[_Row](found)


def _order(rows: Sequence[_Row]) -> set[tuple[Place | None, Place | None]]:
    """Return the pairs that run parallel: the most of those of the relation ``same`` that cross no other of them."""
    pairs = [(place_of(row, "left"), place_of(row, "right")) for row in rows if row["relation"] == "same"]
    pairs = sorted(pair for pair in pairs if None not in pair)
    longest = list[int]()  # how many pairs run parallel that end with this one
    for number, (_, right) in enumerate(pairs):
        before = [longest[other] for other in range(number) if pairs[other][1] <= right]  # type: ignore[operator]
        longest.append(1 + max(before, default=0))
    kept, wanted = set(), max(longest, default=0)
    last: Place | None = None
    for number in reversed(range(len(pairs))):
        right = pairs[number][1]
        if longest[number] == wanted and (last is None or (right is not None and right <= last)):
            kept.add(pairs[number])
            wanted, last = wanted - 1, right
    return kept


def _telling(row: _Row, order: set[tuple[Place | None, Place | None]]) -> float:
    """Return how much a row tells: 3 of what stands alone, 2 partial, 1 moved, less than that what runs parallel."""
    if row["relation"] not in _PAIRED:
        return 3
    if row["relation"] == "partial":
        return 2
    similarity = to_float(row["similarity"])
    parallel = (place_of(row, "left"), place_of(row, "right")) in order
    return 0.9 - 0.9 * (similarity if similarity == similarity else 0) if parallel else 1.5


def _found(chart: Canvas, rows: Sequence[_Row], order: set[tuple[Place | None, Place | None]]) -> str:
    """Return the finding: how many clauses have moved, answer each other in part, or stand alone."""
    relations = [str(row["relation"]) for row in rows]
    counts = {name: relations.count(name) for name in RELATIONS}
    counts = {"same": counts.pop("same"), "moved": relations.count("same") - len(order), **counts}
    told = [
        chart.say(f"alignment_{name}", n=n, **chart.about.names) for name, n in counts.items() if n or name == "same"
    ]
    return label("comma", chart.lang, "names").join(told)


def _lines(chart: Canvas, row: _Row) -> float:
    """Return how many lines a row takes at most: those of the longer of its titles."""
    wide = 0.44 * chart.width - 6 * chart.points
    titles = (chart.about.speak("clause", str(row[f"{side}_title"])) for side in SIDES if place_of(row, side))
    return 1 + 0.9 * max(chart.wrap(title, wide, 9, weight="bold").count("\n") for title in titles)


def _titles(rows: Sequence[_Row], side: str) -> dict[Place, str]:
    """Return the titles of the clauses of one side, in the order of its document."""
    titles = {place: str(row[f"{side}_title"]) for row in rows if (place := place_of(row, side))}
    return dict(sorted(titles.items()))


def _labels(chart: Canvas, titles: Mapping[Place, str], side: str, width: float) -> dict[Place, str]:
    """Return number and title of each clause, broken to `width`; the number stands next to the lines."""
    labels = {}
    for place, title in titles.items():
        number = str(place.clause) if place.clause else chart.say("lead_in")
        title = chart.about.speak("clause", title)
        title = chart.wrap(title, width - chart.widest([f"  {number}"], "bold"), 9, weight="bold")
        labels[place] = f"{title}  {number}" if side == "left" else f"{number}  {title}"
    return labels


def _high(text: str) -> float:
    """Return the height of a clause in its list, in lines."""
    return text.count("\n") * 0.9 + 1


def _spread(labels: Mapping[Place, str], units: float) -> dict[Place, float]:
    """Return how high each clause of a list stands, which fills the whole height."""
    lines = {place: _high(text) for place, text in labels.items()}
    scale, heights, end = units / (sum(lines.values()) or 1), dict[Place, float](), 0.0
    for place, high in lines.items():
        heights[place] = (end + high / 2) * scale
        end += high
    return heights


def _link(chart: Canvas, pair: _Row, heights: _Heights, *, stressed: bool) -> None:
    """Draw the line of one pair."""
    places = {side: place for side in SIDES if (place := place_of(pair, side))}
    row = chart.key("+".join(f"{place.section}-{place.clause}" for place in places.values()))
    similarity = to_float(pair["similarity"])
    width = THIN + RANGE * similarity if similarity == similarity else UNKNOWN
    line = "-" if pair["relation"] == "same" else "--"
    ends = [heights[side][place] for side, place in places.items()]
    look: dict[str, Any] = {"color": style.INK, "zorder": 3} if stressed else {"color": style.PALE, "zorder": 2}
    chart.ax.plot([0, 1], ends, linewidth=width, linestyle=line, gid=chart.id("link", row), **look)
    for side, place in places.items():
        chart.about.cite(f"link:{row}", side, chart.about.of_clause(side, place))


def _list(
    chart: Canvas,
    side: str,
    labels: Mapping[Place, str],
    heights: Mapping[Place, float],
    stressed: Mapping[Place | None, bool],
) -> None:
    """Write one list of clauses and put a mark where its lines end; hollow where none does."""
    look = chart.looks[side]
    for place, written in labels.items():
        text = {"color": style.INK if stressed[place] else style.MUTED} if place in stressed else {"fontweight": "bold"}
        row = f"{side}:{place.section}-{place.clause}"
        chart.write_side(side, written, heights[place], mark=("end", row), **text)
        chart.about.cite(f"end:{row}", side, chart.about.of_clause(side, place))
        ends = [float(side == "right")], [heights[place]]
        mark = chart.ax.plot(*ends, marker=look.marker, markersize=0.53 * chart.points, clip_on=False, zorder=4)[0]
        mark.set(markerfacecolor=look.fill if place in stressed else "white", markeredgecolor=look.ink)


def _bands(chart: Canvas, side: str, labels: Mapping[Place, str], heights: Mapping[Place, float], wide: float) -> None:
    """Shade every other section behind its clauses, and write the section's number at the outer edge."""
    from matplotlib.patches import Rectangle

    ax, share = chart.ax, wide / chart.plot_width()
    dx = (wide - GAP / 2) * (-1 if side == "left" else 1)
    end, lines = 0.0, {place: _high(text) for place, text in labels.items()}
    scale = ax.get_ylim()[0] / (sum(lines.values()) or 1)
    for count, (section, places) in enumerate(groupby(heights, key=lambda place: place.section)):
        high = scale * sum(lines[place] for place in places)
        middle, end = end + high / 2, end + high
        if count % 2 == 0:
            box = Rectangle((-share if side == "left" else 1.0, middle - high / 2), share, high)
            box.set(transform=ax.get_yaxis_transform(), color=style.BAND, linewidth=0, clip_on=False, zorder=0)
            ax.add_patch(box)
        chart.write_side(side, chart.numeral(section), middle, ha=side, dx=dx, color=style.MUTED)


def read_links(marks: Sequence[Mark]) -> list[Line]:
    """Return one line per link and per label where no link ends, from the top of the left list to that of the right."""
    named = [(mark.row.partition(":")[0], mark) for mark in marks if mark.column == "end"]
    ends = {(side, rounded(mark.artist.get_position()[1])): mark for side, mark in named}
    found, bare = list[tuple[tuple[bool, float, float], Line]](), dict(ends)
    for mark in marks:
        if mark.column == "link":
            left, right = map(rounded, mark.artist.get_ydata())
            linked = {"left": ends["left", left], "right": ends["right", right]}
            shown: dict[str, Any] = {f"{side}_text": text_of(end.artist) for side, end in linked.items()}
            width = rounded((mark.artist.get_linewidth() - THIN) / RANGE)
            shown |= {"line": LINES[mark.artist.get_linestyle()], "similarity": width if width >= 0 else float("nan")}
            ids = [mark.id, *(end.id for end in linked.values())]
            found.append(((False, left, right), Line(shown, [mark.name], ids)))
            bare.pop(("left", left), None)
            bare.pop(("right", right), None)
    for (side, y), end in bare.items():
        shown = {f"{side}_text": text_of(end.artist), "line": "none"}
        found.append(((side == "right", y, 0.0), Line(shown, [end.name], [end.id])))
    return numbered([line for _, line in sorted(found, key=lambda one: one[0])])
