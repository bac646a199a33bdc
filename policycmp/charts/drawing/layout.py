"""The layout of a chart, before anything is drawn: what it says, how wide that is, and the room that it takes.

`text.text_width` measures in points, so a figure made here gives each text its place, and grows in height with the
number of rows. What a width is made of stands here alone: a chart asks for a `Column` of text, for the `Room` that
columns take beside its data, and for the `Grid` of its cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp.charts.drawing import style
from policycmp.charts.drawing.subject import Subject
from policycmp.charts.drawing.text import printable, text_width, wrap
from policycmp.schema import SIDES
from policycmp.shown import naming
from policycmp.shown.amounts import to_float
from policycmp.wording import said

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = 7.0  # points between two columns of text
LINE = 1.35  # height of a line of text, in em
NEXT = 1.1  # of every further line of the same text
_CLAUSES = "1–2, 4–5, 7–8, 10–11, 13–14, 16–17, 19–20, 22"  # as long as the list of clauses mostly is
SAFE = 0.95  # of the height that axes have: the layout of a figure may take a little of it for a title beside them
WIDER = 1.25  # of a column: how much wider it may become for a long word
_WORD = re.compile(r"(?:^\d+\. )?[A-Za-z']+-?")  # which is not broken; the number of a heading stands with its first
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
        self.name, self.about, self.lang, self.looks = name, about, about.lang, about.looks
        self.width, self.limit = _measures(about)
        self.points = style.SIZES[about.size].points
        self.large = self.points + 2  # of the title
        self.left_out, self.title, self.topic = 0, list[str](), list[str]()
        self._rows = Counter[str]()
        self.headline("")

    def say(self, key: str, **values: Any) -> str:
        """Return the words of `key` in the language of the chart."""
        return said(key, self.lang, chapter="charts", **values)

    def headline(self, sentence: str) -> None:
        """Set the title: what the user wants, else the finding as a `sentence` over the topic, else the topic."""
        given, topic = self.about.titled, self.say(self.name)
        self.about.title = title = (sentence or topic) if given is None else given
        wide = self.width - 2 * GAP
        self.title = wrap(title, wide, self.large, 5, "bold").split("\n") if title else []
        told = bool(sentence) and given is None
        self.topic = self.wrap(topic, wide, 3).split("\n") if told else []

    def head_height(self) -> float:
        """Return the height of the title and of the topic below it, in points."""
        return GAP + paragraph(len(self.title)) * self.large + paragraph(len(self.topic)) * self.points

    def keep(
        self,
        heights: Sequence[float],
        telling: Sequence[float],
        room: Room,
        *,
        pitch: float,
        notes: Sequence[str] = (),
        heads: float = 0,
    ) -> list[int]:
        """Return which rows are drawn, in their order: the most `telling` that fit on the page, at most ``top``.

        `heights`, and that of all `heads` between the rows, are in units of `pitch` em; the `notes` stand below.
        """
        free = self.free(room, pitch=pitch, notes=notes) - heads
        most = len(heights) if self.about.top is None else self.about.top
        kept, used = list[int](), 0.0
        for number in sorted(range(len(heights)), key=lambda number: -telling[number])[:most]:
            used += heights[number]
            if used > free and kept:
                break
            kept.append(number)
        self.left_out = len(heights) - len(kept)
        return sorted(kept)

    def free(self, room: Room, *, pitch: float, notes: Sequence[str] = ()) -> float:
        """Return how high the data may become on the page, in units of `pitch` em."""
        high = self.limit - self.head_height() - room.top - room.bottom - self._foot(notes)
        return high / (pitch * self.points)

    def _foot(self, notes: Sequence[str]) -> float:
        """Return the height of notes, of the one that says what is left out, and of the sources with their clauses."""
        sources = [f"{line}{_CLAUSES * len(self.about.docs)}" for line in self.about.sources()]
        lines = [paragraph(self.cut_note(line).count("\n") + 1) for line in (*notes, *sources)]
        return (sum(lines) + LINE) * self.points

    def more(self) -> list[str]:
        """Return the note that says how many rows the table has besides."""
        return [self.say("more", n=self.left_out)] if self.left_out else []

    def cut_note(self, text: str) -> str:
        """Return a note broken into lines; narrower than there is room, for letters grow on a coarse screen."""
        return self.wrap(text, 0.93 * (self.width - 2 * GAP), 9)

    def key(self, name: object) -> str:
        """Return the name of a row, numbered where a row of that name has been drawn already."""
        self._rows[str(name)] += 1
        times = self._rows[str(name)]
        return f"{name}.{times}" if times > 1 else str(name)

    def pair_key(self, pair: Mapping[str, Any]) -> str:
        """Return the name of a row that is a pair of targets: both ids, or a number where the table has none."""
        ids = [pair.get(f"{side}_target") for side in SIDES]
        return self.key("+".join(map(str, ids))) if all(ids) else str(self.count_row())

    def count_row(self) -> int:
        """Return the number of a row that has no other name."""
        self._rows[""] += 1
        return self._rows[""]

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

    def say_value(self, row: Mapping[str, Any], side: str, width: float, *, bare: bool = False) -> str:
        """Return the value of a target, or of one `side` of a pair, with its clause; on two lines where need be."""
        clause = None if bare else row[f"{side}_clause" if side else "clause"]
        return self.say_number(naming.value(row, side, self.lang), clause, width, bare=bare)

    def say_number(self, text: str, clause: Any, width: float, *, bare: bool = False) -> str:
        """Return a number in words with its clause; on two lines where need be."""
        if bare:
            return self.wrap(text, width, 3)
        number = to_float(clause)
        place = self.say("clause", n=int(number)) if number >= 1 else self.say("lead_in")
        if self.widest(["  ".join([text, place])]) <= width:
            return "  ".join(map(printable, (text, place)))
        return "\n".join(self.wrap(part, 1.15 * width, 3) for part in (text, place))

    def widest(self, texts: Iterable[str], weight: str = "normal") -> float:
        """Return the width of the widest of `texts`, in points."""
        return max((text_width(text, self.points, weight) for text in texts), default=0.0)

    def wrap(self, text: object, width: float, lines: int = 1, weight: str = "normal") -> str:
        """Return `text` broken into at most `lines` lines of `width` points."""
        return wrap(text, width, self.points, lines, weight)

    def name_sides(self, width: float, names: Mapping[str, str] | None = None, *, lines: int = 1) -> dict[str, str]:
        """Return the names, or what is said of them, as they head their columns: bold, with the sign of their side."""
        texts = (names or self.about.names).items()
        return {side: self.wrap(f"{self.looks[side].sign} {text}", width, lines, "bold") for side, text in texts}

    def more_lines(self, texts: Iterable[str]) -> float:
        """Return the height of all lines but the first of the highest of `texts`, in em."""
        return NEXT * max((text.count("\n") for text in texts), default=0)

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
        texts = list(texts)
        most = self._for_words(texts, most)
        cut = [self.wrap(text, most, lines) for text in texts]
        return Column(cut, self.widest([*cut, *heads], weight) * slack)

    def full_column(self, texts: Iterable[object], most: float, lines: int, *, slack: float = SLACK) -> Column:
        """Return a column like `column`, but one that takes all of `most` where a text has to be broken."""
        whole = [printable(text) for text in texts]
        width = min(self.widest(whole) * slack, self._for_words(whole, most))
        return Column([self.wrap(text, width * 1.001, lines) for text in whole], width)

    def _for_words(self, texts: Iterable[object], most: float) -> float:
        """Return the width of a column of about `most` points in which no English word has to be broken."""
        words = (word for text in texts for word in _WORD.findall(str(text)))
        return min(max(most, self.widest(words) * SLACK), WIDER * most)

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
        return self.width - 2 * GAP


def paragraph(lines: int) -> float:
    """Return the height of a text of so many lines, in em."""
    return LINE + (lines - 1) * NEXT if lines else 0.0


def _measures(about: Subject) -> tuple[float, float]:
    """Return the width of a chart and how high it may become, in points."""
    if about.ax is not None:
        if engine := about.ax.figure.canvas.figure.get_layout_engine():
            engine.execute(about.ax.figure.canvas.figure)
        box = about.ax.get_position(original=True)
        figure, dots = about.ax.figure.bbox, about.ax.figure.dpi / 72
        return box.width * figure.width / dots, box.height * figure.height / dots * SAFE
    size = style.SIZES[about.size]
    if about.figsize:
        return about.figsize[0] * 72, about.figsize[1] * 72
    return (about.width * style.CM if about.width else size.width) * 72, size.height * 72


def width_of(ax: Axes) -> float:
    """Return the width of axes in points."""
    return float(ax.get_window_extent().width / ax.figure.dpi * 72)
