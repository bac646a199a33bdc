"""What is read back from the artists of a chart: a line per row, and how each kind of artist tells what it shows.

Every artist that carries data has a gid ``chart:column:row`` of `mark_id`, which makes it a `Mark`, and is the id of
the mark in an SVG file. A chart whose lines are not simply the rows of its gids brings a `Reader` of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_UNFIT = re.compile(r"[^\w:.+-]+")  # what may not stand in an id
LINES = {"-": "solid", "--": "dashed"}  # the line styles of matplotlib as they are told


def mark_id(chart: str, column: str, row: object) -> str:
    """Return the gid of an artist: the chart, what the artist shows (left, ratio …), and of which row.

    The row is named by what it is about, so that the same mark has the same id in each figure and in each edition of a
    page: a pair of targets by both ids (``targets:ratio:longwan-011-03+lucheng-010-02``), a section by its number, a
    clause by section and number (``1-5``), a word by itself.
    """
    return f"{chart}:{column}:{_UNFIT.sub('-', str(row))}"


class Mark(NamedTuple):
    """An artist that carries data, its gid, and what that says."""

    id: str
    column: str
    row: str
    artist: Any  # a bar has a width, a line its data, a text its text: no type of matplotlib has them all

    @property
    def name(self) -> str:
        """The gid within its chart: what `Subject.cite` knows a line or a cell by."""
        return f"{self.column}:{self.row}"


class Line(NamedTuple):
    """One row of what is drawn: what it shows, by column, the names under which it is cited, the gids of its marks."""

    shown: dict[str, Any]
    marks: list[str]
    ids: list[str]


Reader = Callable[[Sequence[Mark]], list[Line]]


def marks_of(ax: Axes) -> list[Mark]:
    """Return the artists of `ax` that carry data, in the order in which they were drawn."""
    found = []
    for artist in ax.get_children():
        gid = str(artist.get_gid() or "")
        if gid.count(":") > 1:
            _, column, row = gid.split(":", 2)
            found.append(Mark(gid, column, row, artist))
    return found


def read_rows(marks: Sequence[Mark], *, special: Mapping[str, Callable[[Any], Any]] | None = None) -> list[Line]:
    """Return one line per row of the gids: of most charts all that there is to read.

    What shows neither a length, nor a place, nor a text has its ``special`` way to be read, by column.
    """
    ways, rows = dict(special or {}), dict[str, Line]()
    for mark in marks:
        line = rows.setdefault(mark.row, Line({"row": mark.row}, [mark.row], []))
        line.shown[mark.column] = ways[mark.column](mark.artist) if mark.column in ways else _reading(mark.artist)
        line.ids.append(mark.id)
    return list(rows.values())


def numbered(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` with their number as ``row``, where the gids name no rows."""
    return [line._replace(shown={"row": str(number), **line.shown}) for number, line in enumerate(lines, 1)]


def text_of(artist: Any) -> str:
    """Return the text of `artist` without the line breaks that the layout put in."""
    joined = re.sub(r"(?<=[!-~])\n(?=[!-~])", " ", artist.get_text())
    return joined.replace("\n", "")


def is_solid(artist: Any) -> bool:
    """Return whether the marker of a line is filled."""
    return bool(artist.get_markerfacecolor() != "white")


def rounded(number: float) -> float:
    """Return `number` with nine significant digits, which no rounding error of the drawing reaches."""
    return float(f"{float(number):.9g}")


def _reading(artist: Any) -> float | str:
    """Return what one artist shows: the length of a bar, the place of a dot, or a text."""
    if hasattr(artist, "get_width"):
        return rounded(artist.get_width())
    if hasattr(artist, "get_xdata"):
        return rounded(artist.get_xdata()[0])
    return text_of(artist)
