"""What the charts share: their words, axes with room for their texts, text in columns, the empty chart.

All widths are known before anything is drawn, because `charts_text.text_width` measures in points; so a
figure made here gives each text its place, and grows in height with the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp.charts.drawing import style
from policycmp.charts.drawing.subject import Options, Subject
from policycmp.charts.drawing.text import text_width, wrap
from policycmp.shown.amounts import to_float
from policycmp.shown.naming import ordinal
from policycmp.wording import said

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

GAP = 7.0  # points between two columns of text
LINE = 1.35  # height of a line of text, in em
Parts = Sequence[tuple[str, float, bool]]  # of a bar: column, length, hatched


class Room(NamedTuple):
    """The room around the data, in points; the notes below come on top of `bottom`."""

    left: float
    right: float
    top: float
    bottom: float


@contextmanager
def drawing(name: str, data: Data, **options: Unpack[Options]) -> Iterator[Canvas]:
    """Give the canvas of the chart `name`, in the style of this project."""
    with style.context(options.get("size", "page")):
        yield Canvas(name, Subject(data, **options))


class Canvas:
    """One chart in the making: first what it is about and the measures of its texts, then, once open, its axes.

    Axes that the user gives keep their place and size; the texts then stand around them like tick labels.
    """

    def __init__(self, name: str, about: Subject) -> None:
        self.ax: Any = about.ax
        self.name, self.about, self.lang = name, about, about.lang
        self.width, self.points = style.SIZES[about.size].width * 72, style.SIZES[about.size].points
        self.notes = list[str]()

    def say(self, key: str, **values: Any) -> str:
        """Return the words of `key` in the language of the chart."""
        return said(key, self.lang, chapter="charts", **values)

    def numeral(self, number: int) -> str:
        """Return the number of a section as the language writes it."""
        return ordinal(number, self.lang)

    def say_section(self, number: Any, heading: str = "") -> str:
        """Return what a section is called: 一、强化科技创新, or 第一部分 where its heading is not known."""
        section = to_float(number)
        if not section >= 1:
            return self.say("unanswered" if section < 0 else "other")
        heading = heading or self.about.headings.get(int(section), "")
        return self.say("heading" if heading else "section", n=self.numeral(int(section)), heading=heading)

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

    def open(self, room: Room, *, units: float, pitch: float, notes: Sequence[str] = ()) -> Axes:
        """Return axes whose y runs downward from 0 to `units` rows of `pitch` em each, with a title."""
        self.room, high, points = room, units * pitch * self.points, self.points
        # Narrower than there is room: at 72 dots per inch a hanzi of 6.5 points is 7 pixels wide.
        self.notes = [self.wrap(line, 0.93 * (self.width - 2 * GAP), 9) for line in notes]
        if self.ax is None:
            import matplotlib.pyplot as plt

            width, wide = self.width, self.width - room.left - room.right
            bottom = room.bottom + sum(line.count("\n") + 1 for line in self.notes) * LINE * points
            height = room.top + high + bottom
            figure = plt.figure(figsize=(width / 72, height / 72), FigureClass=style.figure_class())
            self.ax = figure.add_axes((room.left / width, bottom / height, wide / width, high / height))
        ax, self.about.title = self.ax, self.about.title or self.say(self.name)
        ax.policycmp = self.about  # what `save_chart` writes beside the figure
        ax.set_ylim(units, 0)
        ax.set_yticks([])
        ax.spines[:].set_visible(False)
        ax.tick_params(length=0, colors=style.MUTED)
        ax.set_axisbelow(True)
        ax.set_title("", loc="center")
        ax.set_title(
            wrap(self.about.title, self.width - 2 * GAP, points + 2, weight="bold"),
            loc="left", x=(GAP - room.left) / self.plot_width(), y=1, pad=room.top - GAP - (points + 2),
            fontsize=points + 2, fontweight="bold",
        )  # fmt: skip
        ax.set_xticks([])
        ax.set_xlim(0, 1)
        return ax

    def inner_width(self) -> float:
        """Return the width in points of a chart that has no columns of text beside its axes."""
        return self.plot_width() if self.ax else self.width - 2 * GAP

    def plot_width(self) -> float:
        """Return the width of the axes in points."""
        return float(self.ax.get_window_extent().width / self.ax.figure.dpi * 72)

    def set_scale(self, start: float, end: float, ticks: Mapping[float, str], zero: float, *, grid: bool) -> None:
        """Let x run from `start` to `end`, with fixed texts at its ticks, so that no later setting changes them."""
        self.ax.set_xlim(start, end)
        self.ax.set_xticks(list(ticks), list(ticks.values()), fontsize=self.points)
        if grid:
            self.ax.grid(axis="x", color=style.RULE, linewidth=0.5)
        self.ax.axvline(zero, color=style.MUTED, linewidth=0.8)

    def write(
        self,
        text: str,
        x: float,
        y: float,
        *,
        dx: float = 0,
        dy: float = 0,
        at: str = "row",
        gid: str = "",
        **look: Any,
    ) -> None:
        """Write `text` at (x, y), moved by (dx, dy) points.

        `at` says what x and y are: both "data", x a fraction of the axes ("row"), or both fractions ("axes").
        """
        ax = self.ax
        frames = {"data": ax.transData, "row": ax.get_yaxis_transform(), "axes": ax.transAxes}
        look = {"va": "center_baseline", "annotation_clip": False, "linespacing": 1.1, **look}
        note = ax.annotate(text, (x, y), xycoords=frames[at], xytext=(dx, dy), textcoords="offset points", **look)
        note.set_gid(gid or None)

    def write_item(self, text: str, y: float, key: object = "", **look: Any) -> None:
        """Write what a row is about into the column at the left edge of the figure."""
        self.write(text, 0, y, **{"dx": GAP - self.room.left, "ha": "left", "gid": key and f"item:{key}", **look})

    def write_side(self, side: str, text: str, y: float, **look: Any) -> None:
        """Write what one document says beside the data, on its own side, a gap away and in its colour."""
        place = {"ha": "right", "dx": -GAP} if side == "left" else {"ha": "left", "dx": GAP}
        self.write(text, side == "right", y, **{"color": style.LOOKS[side].ink, **place, **look})

    def write_heads(self, heads: Mapping[str, str], **place: Any) -> None:
        """Write the names of the documents over their columns."""
        for side, head in heads.items():
            self.write_side(side, head, **{"y": 1, "at": "axes", "dy": self.points, "fontweight": "bold", **place})

    def write_key(self, names: Mapping[str, str], up: float = 0.5) -> None:
        """Write the names of the documents at the left edge, one below the other, `up` em above the axes."""
        for line, (side, text) in zip((1, 0), names.items(), strict=True):
            look = {"color": style.LOOKS[side].ink, "fontweight": "bold", "va": "bottom", "at": "axes"}
            self.write_item(text, 1, dy=(up + line * LINE) * self.points, **look)

    def bar(
        self, side: str, key: object, y: float, parts: Parts, *, high: float = 0.62, x: float = 0, scale: float = 1
    ) -> float:
        """Draw a bar of `parts` from `x`, one unit `scale` long, and return where it ends.

        Whatever the scale, the artists keep the lengths in their own unit, which is what `read_back` reads.
        """
        from matplotlib.transforms import Affine2D

        end, look = 0.0, style.LOOKS[side]
        frame = Affine2D().scale(scale, 1).translate(x, 0) + self.ax.transData
        for column, length, hatched in parts:
            box = self.ax.barh(y, length, high, left=end, color=look.fill, linewidth=0.6 if length else 0)[0]
            if hatched:
                box.set(facecolor="white", edgecolor=look.ink, hatch=look.hatch)
            box.set(gid=f"{column}:{key}", transform=frame)
            end += length
        return x + end * scale

    def write_notes(self, drop: float, gid: str = "") -> Axes:
        """Write the notes from the left edge of the figure, `drop` em below the axes, which are returned."""
        for number, line in enumerate(self.notes, 1):
            look = {"at": "axes", "va": "top", "color": style.MUTED, "gid": gid and f"{gid}{number}"}
            self.write_item(line, 0, dy=-drop * self.points, **look)
            drop += (line.count("\n") + 1) * LINE
        return self.ax

    def empty(self) -> Axes:
        """Return axes that say why there is nothing to draw."""
        ax = self.open(Room(GAP, GAP, GAP + 3 * self.points, GAP), units=1, pitch=5)
        text = self.wrap(self.say(f"no_{self.name}"), min(self.width - 4 * GAP, self.plot_width()), 3)
        self.write(text, 0.5, 0.5, at="data", ha="center", color=style.MUTED, gid="item:0")
        return ax


def round_ticks(steps: int, start: float, end: float, whole: bool) -> Sequence[float]:
    """Return round numbers that span `start` to `end` in at most `steps` steps."""
    from matplotlib.ticker import MaxNLocator

    return list(MaxNLocator(steps, integer=whole).tick_values(start, end))
