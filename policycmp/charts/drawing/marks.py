"""What is read back from the artists of a chart: a line per row, and how each kind of artist tells what it shows.

Every artist that carries data has a gid ``column:row``, which makes it a `Mark`. A chart whose lines are not simply the
rows of its gids brings a `Reader` of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINES = {"-": "solid", "--": "dashed"}  # the line styles of matplotlib as they are told


class Mark(NamedTuple):
    """An artist that carries data, and the two parts of its gid."""

    column: str
    row: str
    artist: Any  # a bar has a width, a line its data, a text its text: no type of matplotlib has them all

    @property
    def gid(self) -> str:
        """The whole gid."""
        return f"{self.column}:{self.row}"


class Line(NamedTuple):
    """One row of what is drawn: what it shows, by column, and the names under which `Subject.cite` knows its marks."""

    shown: dict[str, Any]
    marks: list[str]


Reader = Callable[[Sequence[Mark]], list[Line]]


def marks_of(ax: Axes) -> list[Mark]:
    """Return the artists of `ax` that carry data, in the order in which they were drawn."""
    gids = [(str(artist.get_gid() or "").partition(":"), artist) for artist in ax.get_children()]
    return [Mark(column, row, artist) for (column, colon, row), artist in gids if colon]


def read_rows(marks: Sequence[Mark], *, special: Mapping[str, Callable[[Any], Any]] | None = None) -> list[Line]:
    """Return one line per row of the gids: of most charts all that there is to read.

    What shows neither a length, nor a place, nor a text has its ``special`` way to be read, by column.
    """
    ways, rows = dict(special or {}), dict[str, dict[str, Any]]()
    for mark in marks:
        shown = rows.setdefault(mark.row, {"row": mark.row})
        shown[mark.column] = ways[mark.column](mark.artist) if mark.column in ways else _reading(mark.artist)
    return [Line(shown, [row]) for row, shown in rows.items()]


def numbered(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines`` with their number as ``row``, where the gids name no rows."""
    return [Line({"row": str(number), **line.shown}, line.marks) for number, line in enumerate(lines, 1)]


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
