"""Who leads and who takes part in what: functions of government against sections, both documents in each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp.asking import provenance
from policycmp.asking.functions import by_function
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import Canvas, drawing
from policycmp.charts.drawing.marks import Line, Mark, is_solid, numbered, text_of
from policycmp.charts.drawing.options import Options, explained
from policycmp.schema import SIDES, records
from policycmp.shown.amounts import to_float
from policycmp.text.lexicon import Lexicon
from policycmp.wording import label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

NEEDED = ("function", "section", "left_lead", "left_takes_part", "right_lead", "right_takes_part")
NARROW = 300.0  # points: on a column of a journal two marks have no room side by side
_NAMED = 3  # functions in the title that differ in equally many sections
_ABREAST = 5.4  # em; in narrower columns the two marks of a cell stand one above the other
_NOWHERE = float("nan")  # stands, last, for the sections of the right document that answer none of the left


class _Held(NamedTuple):
    """What one side shows in one cell."""

    name: str
    side: str
    row: int
    column: int
    lead: bool
    clauses: float


@explained
def responsibilities(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw where the two documents differ in who leads and who takes part: functions of government against sections.

    A cell is drawn where a function leads, or takes part at all, on one side only. Marks grow with the number of
    clauses, which stands beside them; solid ones lead.

    Parameters
    ----------
    data : DataFrame or Comparison
        The table ``functions`` of `export.comparison_tables`, or the comparison that it is made of.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> ax = policycmp.charts.responsibilities(comparison)
    >>> policycmp.charts.read_back(ax)[["item", "section", "left_text", "right_text"]].head(2)
      item     section left_text right_text
    0   发改  五、推进高水平对外开放         2
    1   发改    八、保障和改善民生                    1
    """
    with drawing("responsibilities", data, read=read_cells, **options) as chart:
        table = chart.about.table("responsibilities", by_function, NEEDED)
        rows = [row for row in records(table) if _differs(row)]
        functions = _most_different(chart, rows)
        rows = [row for row in rows if row["function"] in functions]
        numbers = {to_float(row["section"]) for row in rows}
        sections = sorted(number for number in numbers if number == number)
        if len(sections) < len(numbers):
            sections.append(_NOWHERE)
        held = _held(rows, functions, sections)
        if not held:
            return chart.empty()
        chart.about.count(len(rows), len(table))
        points, keys = chart.points, chart.name_sides(0.24 * chart.width)
        english = Lexicon.load()["function_english"] if chart.lang == "en" else {}
        named = [english.get(name, name) for name in functions]
        items = chart.column(named, 0.27 * chart.width, 2, weight="bold", heads=keys.values())
        titles = [chart.say("unanswered") if section != section else chart.say_section(section) for section in sections]
        room, note = chart.columns([items.width], top=0.6 * points, bottom=1.2 * points), ""
        if _too_narrow(chart, titles, chart.between(room) / len(titles)):
            note = " · ".join(titles)
            titles = [chart.numeral(int(section)) if section >= 1 else "–" for section in sections]
        grid = chart.grid(titles, room, least=2)
        abreast = grid.width >= _ABREAST * points
        two_lines = any("\n" in text for text in items.texts)
        pitch = 1.55 if abreast and not two_lines else 2.6
        ax = chart.open_grid(grid, rows=len(functions), pitch=pitch, column="section")
        for x in range(len(sections) + 1):
            ax.axvline(x, color=style.RULE, linewidth=0.8)
        chart.write_key(keys)
        for number, text in enumerate(items.texts):
            chart.write_item(text, number + 0.5, number + 1)
        _draw(chart, held, grid.width, abreast=abreast)
        _cite(chart, held, functions, sections)
        return chart.finish(chart.say("responsibilities_key"), note, drop=0.6)


def _too_narrow(chart: Canvas, titles: Sequence[str], width: float) -> bool:
    """Tell whether a column is too narrow for the titles: for a word of one of them, or for four lines of it."""
    words = (word for title in titles for word in title.split())
    return any(min(chart.widest([word]), 4 * chart.points) > width - 3 for word in words) or any(
        "…" in chart.wrap(title, width - 3, 4) for title in titles
    )


def _differs(row: Mapping[str, Any]) -> bool:
    """Tell whether a function leads, or takes part, on one side of a cell only."""
    leads = [to_float(row[f"{side}_lead"]) == 1 for side in SIDES]
    there = [lead or to_float(row[f"{side}_takes_part"]) > 0 for side, lead in zip(SIDES, leads, strict=True)]
    return leads[0] != leads[1] or there[0] != there[1]


def _most_different(chart: Canvas, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the functions that are drawn: as many as the page has room for, those that differ in the most sections."""
    counts = Counter(str(row["function"]) for row in rows)
    if not counts:
        return []
    chart.headline(_busiest(chart, counts))
    room = chart.columns(top=9 * chart.points, bottom=1.2 * chart.points)
    functions = list(counts)
    telling = [counts[name] for name in functions]
    pitch = 1.55 if chart.width >= NARROW else 2.6
    kept = chart.keep([1.0] * len(functions), telling, room, pitch=pitch, notes=[chart.say("responsibilities_key")])
    return [functions[number] for number in kept]


def _busiest(chart: Canvas, counts: Mapping[str, int]) -> str:
    """Return the finding: how many cells differ, and the functions that do in most, if they are few."""
    most, english = max(counts.values()), Lexicon.load()["function_english"] if chart.lang == "en" else {}
    names = [english.get(name, name) for name, count in counts.items() if count == most]
    key = "responsibilities_found" if len(names) == 1 else "responsibilities_tied"
    if most == 1 or len(names) > _NAMED:
        key = "responsibilities_cells"
    joined = label("between_items", chart.lang, "names").join(names)
    return chart.say(key, n=sum(counts.values()), name=joined, k=most)


def _held(rows: Sequence[Mapping[str, Any]], functions: Sequence[str], sections: Sequence[float]) -> list[_Held]:
    """Return what is shown in all cells in which a side leads or takes part."""
    columns, found = {str(section): number for number, section in enumerate(sections)}, []
    for row in rows:
        place = functions.index(str(row["function"])), columns[str(to_float(row["section"]))]
        for side in SIDES:
            lead, clauses = to_float(row[f"{side}_lead"]) == 1, to_float(row[f"{side}_takes_part"])
            if lead or clauses > 0:
                section = to_float(row["section"])
                name = f"{row['function']}-{section:.0f}" if section == section else f"{row['function']}-none"
                found.append(_Held(name, side, *place, lead, clauses if clauses == clauses else 0.0))
    return found


def _draw(chart: Canvas, held: Sequence[_Held], column: float, *, abreast: bool) -> None:
    """Draw every mark with its number, the left document's to the left of, or above, the right one's."""
    most = max(one.clauses for one in held) or 1.0
    numbers = chart.widest((f"{one.clauses:.0f}" for one in held), "bold")
    half = 0.5 if abreast else 1.0
    start = half / 2 - (1.6 + numbers) / 2 / column
    for one in held:
        name = f"{one.side}:{one.name}"
        x, y = one.column + start, one.row + 0.5
        if abreast:
            x += half if one.side == "right" else 0
        else:
            y += 0.23 if one.side == "right" else -0.23
        look, share = chart.looks[one.side], (one.clauses / most) ** 0.5
        mark = chart.ax.plot([x], [y], marker=look.marker, markeredgecolor=look.ink, markeredgewidth=0.8)[0]
        mark.set(markersize=chart.points * (0.35 + 0.6 * share), gid=chart.id("cell", name))
        mark.set_markerfacecolor(look.ink if one.lead else "white")
        text: dict[str, Any] = {"color": look.ink, "fontweight": "bold" if one.lead else "normal"}
        text |= {"at": "data", "dx": 0.5 * chart.points + 1.6, "ha": "left", "mark": (one.side, one.name)}
        chart.write(f"{one.clauses:.0f}", x, y, **text)


def _cite(chart: Canvas, held: Sequence[_Held], functions: Sequence[str], sections: Sequence[float]) -> None:
    """Cite where the bodies of each cell are named; nobody knows that of a bare table."""
    comparison = chart.about.comparison
    found = {side: provenance.of_function(comparison, side) for side in SIDES} if comparison else {}
    for one in held:
        section = sections[one.column]
        place = functions[one.row], int(section) if section == section else -1
        chart.about.cite(f"cell:{one.side}:{one.name}", one.side, found[one.side][place] if found else None)


def read_cells(marks: Sequence[Mark]) -> list[Line]:
    """Return one line per filled cell: its row and its column are those that it stands in."""
    found = {column: [mark.artist for mark in marks if mark.column == column] for column in ("item", "section")}
    items = {int(text.get_position()[1]): text_of(text) for text in found["item"]}
    sections = {int(text.get_position()[0]): text_of(text) for text in found["section"]}
    numbers = {mark.name: text_of(mark.artist) for mark in marks if mark.column in SIDES}
    empty = {f"{side}_{part}": "" for side in SIDES for part in ("text", "lead")}
    cells: dict[tuple[int, int], Line] = {}
    for mark in marks:
        if mark.column == "cell":
            y, x, side = int(mark.artist.get_ydata()[0]), int(mark.artist.get_xdata()[0]), mark.row.partition(":")[0]
            line = cells.setdefault((y, x), Line(empty | {"item": items[y], "section": sections[x]}, [], []))
            line.shown.update({f"{side}_text": numbers[mark.row], f"{side}_lead": is_solid(mark.artist)})
            line.marks.append(mark.name)
            line.ids.append(mark.id)
    return numbered([cells[place] for place in sorted(cells)])
