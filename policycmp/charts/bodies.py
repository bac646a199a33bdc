"""Who leads and who takes part in what: functions of government against sections, both documents in each cell."""

from __future__ import annotations

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

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

NEEDED = ("function", "section", "left_lead", "left_takes_part", "right_lead", "right_takes_part")
_ABREAST = 5.4  # em; in narrower columns the two marks of a cell stand one above the other
_NOWHERE = float("nan")  # stands, last, for the sections of the right document that answer none of the left


class _Held(NamedTuple):
    """What one side shows in one cell."""

    side: str
    row: int
    column: int
    lead: bool
    clauses: float


@explained
def responsibilities(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw which function leads and takes part in which section of both documents.

    Marks grow with the number of clauses, which stands beside them; solid ones lead.

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
      item      section left_text right_text
    0   发改     一、强化科技创新         1          1
    1   发改  二、加快先进制造业发展         1          1
    """
    with drawing("responsibilities", data, read=read_cells, **options) as chart:
        table = chart.about.table("responsibilities", by_function, NEEDED)
        functions = list(dict.fromkeys(map(str, table["function"])))
        sections = sorted({to_float(section) for section in table["section"].dropna()})
        if table["section"].isna().any():
            sections.append(_NOWHERE)
        held = _held(records(table), functions, sections)
        if not held:
            return chart.empty()
        points, keys = chart.points, chart.name_sides(0.24 * chart.width)
        english = Lexicon.load()["function_english"] if chart.lang == "en" else {}
        named = [english.get(name, name) for name in functions]
        items = chart.column(named, 0.27 * chart.width, weight="bold", heads=keys.values())
        titles = [chart.say("unanswered") if section != section else chart.say_section(section) for section in sections]
        room = chart.columns([items.width], top=3.6 * points, bottom=1.2 * points)
        grid = chart.grid(titles, room, least=2)
        abreast = grid.width >= _ABREAST * points
        pitch, notes = 1.55 if abreast else 2.6, [chart.say("responsibilities_key")]
        ax = chart.open_grid(grid, rows=len(functions), pitch=pitch, notes=notes, gid="section")
        for x in range(len(sections) + 1):
            ax.axvline(x, color=style.RULE, linewidth=0.8)
        chart.write_key(keys)
        for number, text in enumerate(items.texts):
            chart.write_item(text, number + 0.5, number + 1)
        _draw(chart, held, grid.width, abreast=abreast)
        _cite(chart, held, functions, sections)
        return chart.write_notes(0.6)


def _held(rows: Sequence[Mapping[str, Any]], functions: Sequence[str], sections: Sequence[float]) -> list[_Held]:
    """Return what is shown in all cells in which a side leads or takes part."""
    columns, found = {str(section): number for number, section in enumerate(sections)}, []
    for row in rows:
        place = functions.index(str(row["function"])), columns[str(to_float(row["section"]))]
        for side in SIDES:
            lead, clauses = to_float(row[f"{side}_lead"]) == 1, to_float(row[f"{side}_takes_part"])
            if lead or clauses > 0:
                found.append(_Held(side, *place, lead, clauses if clauses == clauses else 0.0))
    return found


def _draw(chart: Canvas, held: Sequence[_Held], column: float, *, abreast: bool) -> None:
    """Draw every mark with its number, the left document's to the left of, or above, the right one's."""
    most = max(one.clauses for one in held) or 1.0
    numbers = chart.widest((f"{one.clauses:.0f}" for one in held), "bold")
    half = 0.5 if abreast else 1.0
    start = half / 2 - (1.6 + numbers) / 2 / column
    for number, one in enumerate(held, 1):
        x, y = one.column + start, one.row + 0.5
        if abreast:
            x += half if one.side == "right" else 0
        else:
            y += 0.23 if one.side == "right" else -0.23
        look, share = style.LOOKS[one.side], (one.clauses / most) ** 0.5
        mark = chart.ax.plot([x], [y], marker=look.marker, markeredgecolor=look.ink, markeredgewidth=0.8)[0]
        mark.set(markersize=chart.points * (0.35 + 0.6 * share), gid=f"cell:{one.side}:{number}")
        mark.set_markerfacecolor(look.ink if one.lead else "white")
        text: dict[str, Any] = {"color": look.ink, "fontweight": "bold" if one.lead else "normal"}
        text |= {"at": "data", "dx": 0.5 * chart.points + 1.6, "ha": "left", "gid": f"{one.side}:{number}"}
        chart.write(f"{one.clauses:.0f}", x, y, **text)


def _cite(chart: Canvas, held: Sequence[_Held], functions: Sequence[str], sections: Sequence[float]) -> None:
    """Cite where the bodies of each cell are named; nobody knows that of a bare table."""
    comparison = chart.about.comparison
    found = {side: provenance.of_function(comparison, side) for side in SIDES} if comparison else {}
    for number, one in enumerate(held, 1):
        section = sections[one.column]
        place = functions[one.row], int(section) if section == section else -1
        chart.about.cite(f"cell:{one.side}:{number}", one.side, found[one.side][place] if found else None)


def read_cells(marks: Sequence[Mark]) -> list[Line]:
    """Return one line per filled cell: its row and its column are those that it stands in."""
    items = {int(mark.artist.xy[1]): text_of(mark.artist) for mark in marks if mark.column == "item"}
    sections = {int(mark.artist.xy[0]): text_of(mark.artist) for mark in marks if mark.column == "section"}
    numbers = {mark.gid: text_of(mark.artist) for mark in marks if mark.column in SIDES}
    empty = {f"{side}_{part}": "" for side in SIDES for part in ("text", "lead")}
    cells: dict[tuple[int, int], Line] = {}
    for mark in marks:
        if mark.column == "cell":
            y, x, side = int(mark.artist.get_ydata()[0]), int(mark.artist.get_xdata()[0]), mark.row.partition(":")[0]
            line = cells.setdefault((y, x), Line(empty | {"item": items[y], "section": sections[x]}, []))
            line.shown.update({f"{side}_text": numbers[mark.row], f"{side}_lead": is_solid(mark.artist)})
            line.marks.append(mark.gid)
    return numbered([cells[place] for place in sorted(cells)])
