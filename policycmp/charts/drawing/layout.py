"""The layout of a chart, before anything is drawn: what it says, how wide that is, and the room that it takes.

`text.text_width` measures in points, so a figure made here gives each text its place, and grows in height with the
number of rows. What a width is made of stands here alone: a chart asks for a `Column` of text, for the `Room` that
columns take beside its data, and for the `Grid` of its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp.charts.drawing import style
from policycmp.charts.drawing.subject import Subject
from policycmp.charts.drawing.text import printable, text_width, wrap
from policycmp.shown import naming
from policycmp.shown.amounts import to_float
from policycmp.wording import said

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = 7.0  # points between two columns of text
LINE = 1.35  # height of a line of text, in em
SLACK = 1.01  # of a column: a coarse screen draws its letters a little wider than they are


class Room(NamedTuple):
    """The room around the data, in points; the notes below come on top of `bottom`."""

    left: float
    right: float
    top: float
    bottom: float


class Column(NamedTuple):
    """A column of text: the texts, broken to fit, and how wide it is, in points."""

    texts: list[str]
    width: float


class Grid(NamedTuple):
    """Columns of cells between the room at both sides: their titles, broken to fit, and how wide each is, in points."""

    titles: list[str]
    width: float
    weight: str
    room: Room


class Layout:
    """What the chart `name` is about, its words, and their measures."""

    def __init__(self, name: str, about: Subject) -> None:
        self.name, self.about, self.lang = name, about, about.lang
        self.width, self.points = style.SIZES[about.size].width * 72, style.SIZES[about.size].points

    def say(self, key: str, **values: Any) -> str:
        """Return the words of `key` in the language of the chart."""
        return said(key, self.lang, chapter="charts", **values)

    def numeral(self, number: int) -> str:
        """Return the number of a section as the language writes it."""
        return naming.ordinal(number, self.lang)

    def say_section(self, number: Any, heading: str = "") -> str:
        """Return what a section is called: 一、强化科技创新, or 第一部分 where its heading is not known."""
        section = to_float(number)
        if not section >= 1:
            return self.say("unanswered" if section < 0 else "other")
        heading = heading or self.about.headings.get(int(section), "")
        return self.say("heading" if heading else "section", n=self.numeral(int(section)), heading=heading)

    def say_value(self, row: Mapping[str, Any], side: str, width: float) -> str:
        """Return the value of a target, or of one `side` of a pair, with its clause; on two lines where need be."""
        number = to_float(row[f"{side}_clause" if side else "clause"])
        clause = self.say("clause", n=int(number)) if number >= 1 else self.say("lead_in")
        parts = [naming.value(row, side, self.lang), clause]
        if self.widest(["  ".join(parts)]) <= width:
            return "  ".join(map(printable, parts))
        return "\n".join(self.wrap(part, 1.15 * width, 3) for part in parts)

    def widest(self, texts: Iterable[str], weight: str = "normal") -> float:
        """Return the width of the widest of `texts`, in points."""
        return max((text_width(text, self.points, weight) for text in texts), default=0.0)

    def wrap(self, text: object, width: float, lines: int = 1, weight: str = "normal") -> str:
        """Return `text` broken into at most `lines` lines of `width` points."""
        return wrap(text, width, self.points, lines, weight)

    def name_sides(self, width: float, names: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the names, or what is said of them, as they head their columns: bold, with the sign of their side."""
        texts = (names or self.about.names).items()
        return {side: self.wrap(f"{style.LOOKS[side].sign} {text}", width, weight="bold") for side, text in texts}

    def column(
        self,
        texts: Iterable[object],
        most: float,
        lines: int = 1,
        *,
        heads: Iterable[str] = (),
        weight: str = "normal",
        slack: float = SLACK,
    ) -> Column:
        """Return a column of `texts`, broken into at most `lines` lines of `most` points, no wider than they need.

        The `heads` stand in it too, and are wrapped already; `weight` is that of the boldest text.
        """
        cut = [self.wrap(text, most, lines) for text in texts]
        return Column(cut, self.widest([*cut, *heads], weight) * slack)

    def full_column(self, texts: Iterable[object], most: float, lines: int, *, slack: float = SLACK) -> Column:
        """Return a column like `column`, but one that takes all of `most` where a text has to be broken."""
        whole = [printable(text) for text in texts]
        width = min(self.widest(whole) * slack, most)
        return Column([self.wrap(text, width * 1.001, lines) for text in whole], width)

    def columns(self, left: Sequence[float] = (), right: Sequence[float] = (), *, top: float, bottom: float) -> Room:
        """Return the room that columns of these widths take beside the data, with a gap on both sides of each."""
        gaps = {"left": (len(left) + 1) * GAP, "right": (len(right) + 1) * GAP}
        return Room(sum(left) + gaps["left"], sum(right) + gaps["right"], top, bottom)

    def between(self, room: Room) -> float:
        """Return the width that is left for the data, in points."""
        return self.width - room.left - room.right

    def rest(self, left: Sequence[float], right: Sequence[float], *, data: float) -> float:
        """Return the width that columns of these widths leave for one more, where the data take that share of all."""
        room = self.columns([0, *left], right, top=0, bottom=0)
        return self.between(room) - data * self.width

    def grid(self, titles: Iterable[str], room: Room, *, weight: str = "normal", least: int = 1) -> Grid:
        """Return a column of cells under each of the `titles`, which stand over at least so many lines, 4 at most."""
        names = list(titles)
        width = self.between(room) / len(names)
        cut = [self.wrap(name, width - 3, 4, weight) for name in names]
        lines = max(least, *(title.count("\n") + 1 for title in cut))
        return Grid(cut, width, weight, room._replace(top=room.top + lines * LINE * self.points))

    def inner_width(self) -> float:
        """Return the width in points of a chart that has no columns of text beside its axes."""
        return width_of(self.about.ax) if self.about.ax else self.width - 2 * GAP


def width_of(ax: Axes) -> float:
    """Return the width of axes in points."""
    return float(ax.get_window_extent().width / ax.figure.dpi * 72)
