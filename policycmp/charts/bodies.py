"""Who leads and who takes part in what: functions of government against sections, both documents in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp.asking import provenance
from policycmp.asking.functions import by_function
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import GAP, LINE, Canvas, Room, drawing
from policycmp.charts.drawing.subject import Options
from policycmp.schema import SIDES
from policycmp.shown.amounts import to_float
from policycmp.text.lexicon import Lexicon

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

_NEEDED = ("function", "section", "left_lead", "left_takes_part", "right_lead", "right_takes_part")
_ABREAST = 5.4  # em; in narrower columns the two marks of a cell stand one above the other


class _Mark(NamedTuple):
    """What one side shows in one cell."""

    side: str
    row: int
    column: int
    lead: bool
    clauses: float


def responsibilities(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw which function leads and takes part in which section of both documents.

    Marks grow with the number of clauses, which stands beside them; solid ones lead.

    Parameters
    ----------
    data, **options
        The result of `functions.by_function`, or the comparison that it is made of. See `Options`.
    """
    with drawing("responsibilities", data, **options) as chart:
        table = chart.about.table("responsibilities", by_function, _NEEDED)
        functions = list(dict.fromkeys(map(str, table["function"])))
        # NaN, last, stands for the sections of the right that answer none of the left.
        sections = sorted({to_float(section) for section in table["section"].dropna()})
        sections += [float("nan")] * bool(table["section"].isna().any())
        marks = _marks(table, functions, list(map(str, sections)))
        if not marks:
            return chart.empty()
        width, points = chart.width, chart.points
        english = Lexicon.load()["function_english"] if chart.lang == "en" else {}
        items = [chart.wrap(english.get(function, function), 0.27 * width) for function in functions]
        keys = chart.name_sides(0.24 * width)
        left_room = chart.widest([*items, *keys.values()], "bold") * 1.01 + 2 * GAP
        column = (width - left_room - GAP) / len(sections)
        titles = [chart.say_section(n) if n == n else chart.say("unanswered") for n in sections]
        heads = [chart.wrap(title, column - 3, 4) for title in titles]
        high = max(2, *(head.count("\n") + 1 for head in heads)) * LINE * points
        room = Room(left_room, GAP, high + 3.6 * points, 1.2 * points)
        abreast = column >= _ABREAST * points
        pitch = 1.55 if abreast else 2.6
        ax = chart.open(room, units=len(items), pitch=pitch, notes=[chart.say("responsibilities_key")])
        ax.set_xlim(0, len(sections))
        for y in range(len(items) + 1):
            ax.axhline(y, color=style.RULE, linewidth=0.4)
        for x in range(len(sections) + 1):
            ax.axvline(x, color=style.RULE, linewidth=0.8)
        for number, text in enumerate(heads):
            look: dict[str, Any] = {"va": "bottom", "ha": "center", "gid": f"section:{number + 1}"}
            chart.write(text, number + 0.5, 0, at="data", dy=0.5 * points, **look)
        chart.write_key(keys)
        for number, text in enumerate(items):
            chart.write_item(text, number + 0.5, number + 1)
        _draw(chart, marks, abreast)
        it = chart.about.comparison
        found = {side: provenance.of_function(it, side) for side in keys} if it else {}
        for number, mark in enumerate(marks, 1):
            section = sections[mark.column]
            place = functions[mark.row], int(section) if section == section else -1
            chart.about.cite(f"cell:{mark.side}:{number}", mark.side, found[mark.side][place] if it else None)
        return chart.write_notes(0.6)


def _marks(table: pd.DataFrame, functions: list[str], sections: list[str]) -> list[_Mark]:
    """Return the marks of all cells in which a side leads or takes part."""
    found = []
    for row in table.to_dict("records"):
        place = functions.index(str(row["function"])), sections.index(str(to_float(row["section"])))
        for side in SIDES:
            lead, clauses = to_float(row[f"{side}_lead"]) == 1, to_float(row[f"{side}_takes_part"])
            if lead or clauses > 0:
                found.append(_Mark(side, *place, lead, clauses if clauses == clauses else 0.0))
    return found


def _draw(chart: Canvas, marks: list[_Mark], abreast: bool) -> None:
    """Draw every mark with its number, the left document's to the left of, or above, the right one's."""
    ax, points = chart.ax, chart.points
    most = max(mark.clauses for mark in marks) or 1.0
    unit = chart.plot_width() / ax.get_xlim()[1]  # points per column
    numbers = chart.widest((f"{mark.clauses:.0f}" for mark in marks), "bold")
    half = 0.5 if abreast else 1.0
    start = half / 2 - (1.6 + numbers) / 2 / unit
    for number, mark in enumerate(marks, 1):
        second = mark.side == "right"
        x = mark.column + start + (half if second and abreast else 0)
        y = mark.row + (0.5 if abreast else 0.73 if second else 0.27)
        look = style.LOOKS[mark.side]
        sign = ax.plot([x], [y], marker=look.marker, markeredgecolor=look.ink, markeredgewidth=0.8)[0]
        sign.set(markersize=points * (0.35 + 0.6 * (mark.clauses / most) ** 0.5), gid=f"cell:{mark.side}:{number}")
        sign.set_markerfacecolor(look.ink if mark.lead else "white")
        text: dict[str, Any] = {"fontweight": "bold"} if mark.lead else {}
        text |= {"dx": 0.5 * points + 1.6, "ha": "left", "color": look.ink, "gid": f"{mark.side}:{number}"}
        chart.write(f"{mark.clauses:.0f}", x, y, at="data", **text)
