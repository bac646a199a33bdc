"""Who leads and who takes part in what: functions of government against sections, both documents in each cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp import lexicon, style
from policycmp.charts_canvas import (
    GAP,
    LINE,
    Margins,
    empty_chart,
    name_section,
    open_axes,
    plot_width,
    require,
    say,
    wrap_foot,
    write,
    write_foot,
)
from policycmp.charts_text import text_width, wrap

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_NEEDED = ("function", "section", "left_lead", "left_takes_part", "right_lead", "right_takes_part")
_ABREAST = 5.4  # em; in narrower columns the two marks of a cell stand one above the other


class _Mark(NamedTuple):
    """What one side shows in one cell."""

    side: str
    row: int
    column: int
    lead: bool
    clauses: float


def responsibilities(
    table: pd.DataFrame,
    *,
    left: str,
    right: str,
    headings: Mapping[int, str] | None = None,
    ax: Axes | None = None,
    lang: str = "zh",
    size: str = "page",
) -> Axes:
    """Draw which function leads and takes part in which section of both documents.

    Parameters
    ----------
    table : DataFrame
        The result of `functions.by_function`.
    left, right : str
        The names of the two districts.
    headings : mapping of int to str, optional
        The heading of each section.
    ax, lang, size
        As for `budgets`.

    Returns
    -------
    Axes
        Marks grow with the number of clauses, which stands beside them; solid ones lead.
    """
    marks = _marks(require(table, "responsibilities", _NEEDED))
    names = {"left": left, "right": right}
    with style.context(size):
        if not marks:
            return empty_chart(say("no_responsibilities", lang), ax, size, say("responsibilities", lang))
        width, points = style.SIZES[size].width * 72, style.SIZES[size].points
        items = [wrap(_name(function, lang), 0.27 * width, points) for function in _functions(table)]
        keys = [wrap(f"{style.SIDES[s].sign} {name}", 0.24 * width, points, weight="bold") for s, name in names.items()]
        left_room = max(text_width(text, points, "bold") for text in [*items, *keys]) * 1.01 + 2 * GAP
        sections = _sections(table)
        column = (width - left_room - GAP) / len(sections)
        heads = [wrap(_head(section, headings, lang), column - 3, points, 4) for section in sections]
        high = max(2, *(head.count("\n") + 1 for head in heads)) * LINE * points
        foot, foot_height = wrap_foot([say("responsibilities_key", lang)], size)
        room = Margins(left_room, GAP, high + 3.6 * points, foot_height + 1.2 * points)
        abreast = column >= _ABREAST * points
        pitch = (1.55 if abreast else 2.6) * points
        ax = open_axes(ax, size, room, units=len(items), pitch=pitch, title=say("responsibilities", lang))
        ax.set_xlim(0, len(sections))
        ax.set_xticks([])
        _grid(ax, len(items), len(sections))
        for number, text in enumerate(heads):
            look: dict[str, Any] = {"va": "bottom", "ha": "center", "gid": f"section:{number + 1}"}
            write(ax, text, number + 0.5, 0, dy=0.5 * points, **look)
        for number, (side, text) in enumerate(zip(names, keys, strict=True)):
            look = {"color": style.SIDES[side].ink, "fontweight": "bold", "va": "bottom", "ha": "left"}
            dy = (0.5 + (1 - number) * LINE) * points
            write(ax, text, 0, 1, at="axes", dx=GAP - left_room, dy=dy, **look)
        for number, text in enumerate(items):
            write(ax, text, 0, number + 0.5, at="row", dx=GAP - left_room, ha="left", gid=f"item:{number + 1}")
        _draw(ax, marks, abreast, points)
        write_foot(ax, foot, size, room, dy=0.6 * points)
        return ax


def _functions(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in table["function"].unique()]


def _sections(table: pd.DataFrame) -> list[float]:
    """Return the sections in their order; NaN, last, stands for those of the right that answer none of the left."""
    numbers = {style.to_float(section) for section in table["section"]}
    return sorted(n for n in numbers if n == n) + [float("nan")] * any(n != n for n in numbers)


def _marks(table: pd.DataFrame) -> list[_Mark]:
    """Return the marks of all cells in which a side leads or takes part."""
    rows = {function: number for number, function in enumerate(_functions(table))}
    columns = {str(section): number for number, section in enumerate(_sections(table))}
    found = []
    for row in table.to_dict("records"):
        place = rows[str(row["function"])], columns[str(style.to_float(row["section"]))]
        for side in style.SIDES:
            lead, clauses = style.to_float(row[f"{side}_lead"]) == 1, style.to_float(row[f"{side}_takes_part"])
            if lead or clauses > 0:
                found.append(_Mark(side, *place, lead, clauses if clauses == clauses else 0.0))
    return found


def _name(function: str, lang: str) -> str:
    """Return the name of a function; one that the word lists do not translate stays as it is."""
    english: dict[str, str] = lexicon.words()["function_english"]
    return english.get(function, function) if lang == "en" else function


def _head(section: float, headings: Mapping[int, str] | None, lang: str) -> str:
    return name_section(section, headings, lang) if section == section else say("unanswered", lang)


def _grid(ax: Axes, rows: int, columns: int) -> None:
    """Draw a thin line between any two rows and any two columns."""
    for y in range(rows + 1):
        ax.axhline(y, color=style.RULE, linewidth=0.4)
    for x in range(columns + 1):
        ax.axvline(x, color=style.RULE, linewidth=0.8)


def _draw(ax: Axes, marks: list[_Mark], abreast: bool, points: float) -> None:
    """Draw every mark with its number, the left document's to the left of, or above, the right one's."""
    most = max(mark.clauses for mark in marks) or 1.0
    unit = plot_width(ax) / ax.get_xlim()[1]  # points per column
    numbers = max(text_width(f"{mark.clauses:.0f}", points, "bold") for mark in marks)
    half = (unit / 2 if abreast else unit) / unit
    start = half / 2 - (points + 1.6 + numbers) / 2 / unit
    for number, mark in enumerate(marks, 1):
        second = mark.side == "right"
        x = mark.column + start + 0.5 * points / unit + (half if second and abreast else 0)
        y = mark.row + (0.5 if abreast else 0.73 if second else 0.27)
        look = style.SIDES[mark.side]
        sign = ax.plot([x], [y], marker=look.marker, markeredgecolor=look.ink, markeredgewidth=0.8)[0]
        sign.set(markersize=points * (0.35 + 0.6 * (mark.clauses / most) ** 0.5), gid=f"cell:{mark.side}:{number}")
        sign.set_markerfacecolor(look.ink if mark.lead else "white")
        text: dict[str, Any] = {"fontweight": "bold"} if mark.lead else {}
        dx = 0.5 * points + 1.6
        write(ax, f"{mark.clauses:.0f}", x, y, dx=dx, ha="left", color=look.ink, gid=f"{mark.side}:{number}", **text)
