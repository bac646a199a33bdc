"""The canvas of every chart: axes with room for their texts, text in columns, bars, notes, the empty chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Unpack

from policycmp.charts.drawing import style
from policycmp.charts.drawing.layout import GAP, LINE, Grid, Layout, Room, width_of
from policycmp.charts.drawing.marks import Reader, read_rows
from policycmp.charts.drawing.options import Options
from policycmp.charts.drawing.subject import Subject, attach
from policycmp.charts.drawing.text import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data

Parts = Sequence[tuple[str, float, bool]]  # of a bar: column, length, hatched


@contextmanager
def drawing(name: str, data: Data, *, read: Reader = read_rows, **options: Unpack[Options]) -> Iterator[Canvas]:
    """Give the canvas of the chart `name`, in the style of this project; `read` reads back what will be drawn on it."""
    about = Subject(data, read=read, **options)
    with style.context(about.size):
        yield Canvas(name, about)


class Canvas(Layout):
    """One chart in the making: first its layout, then, once open, its axes.

    Axes that the user gives keep their place and size; the texts then stand around them like tick labels.
    """

    ax: Axes
    room: Room
    notes: Sequence[str] = ()

    def open(self, room: Room, *, units: float, pitch: float, notes: Sequence[str] = ()) -> Axes:
        """Return axes whose y runs downward from 0 to `units` rows of `pitch` em each, with a title."""
        self.room, points = room, self.points
        # Narrower than there is room: at 72 dots per inch a hanzi of 6.5 points is 7 pixels wide.
        self.notes = [self.wrap(line, 0.93 * (self.width - 2 * GAP), 9) for line in notes]
        self.ax = ax = self.about.ax or self._new_axes(units * pitch * points)
        self.about.title = title = self.about.title or self.say(self.name)
        attach(ax, self.about)
        ax.set_ylim(units, 0)
        ax.set_yticks([])
        ax.spines[:].set_visible(False)
        ax.tick_params(length=0, colors=style.MUTED)
        ax.set_axisbelow(True)
        ax.set_title("", loc="center")
        large = points + 2
        look: dict[str, Any] = {"fontsize": large, "fontweight": "bold", "x": (GAP - room.left) / self.plot_width()}
        title = wrap(title, self.width - 2 * GAP, large, weight="bold")
        ax.set_title(title, loc="left", y=1, pad=room.top - GAP - large, **look)
        ax.set_xticks([])
        ax.set_xlim(0, 1)
        return ax

    def _new_axes(self, high: float) -> Axes:
        """Return axes `high` points high, in a figure with the room around them, and below it that of the notes."""
        import matplotlib.pyplot as plt

        room, width, wide = self.room, self.width, self.between(self.room)
        bottom = room.bottom + sum(line.count("\n") + 1 for line in self.notes) * LINE * self.points
        height = room.top + high + bottom
        figure = plt.figure(figsize=(width / 72, height / 72), FigureClass=style.figure_class())
        return figure.add_axes((room.left / width, bottom / height, wide / width, high / height))

    def open_grid(self, grid: Grid, *, rows: int, pitch: float, notes: Sequence[str], gid: str) -> Axes:
        """Return axes of `rows` rows of cells with a rule between them, under the titles of the columns."""
        ax = self.open(grid.room, units=rows, pitch=pitch, notes=notes)
        ax.set_xlim(0, len(grid.titles))
        for y in range(rows + 1):
            ax.axhline(y, color=style.RULE, linewidth=0.4)
        look: dict[str, Any] = {"at": "data", "va": "bottom", "ha": "center", "fontweight": grid.weight}
        for x, title in enumerate(grid.titles):
            self.write(title, x + 0.5, 0, dy=0.5 * self.points, gid=f"{gid}:{x + 1}", **look)
        return ax

    def plot_width(self) -> float:
        """Return the width of the axes in points."""
        return width_of(self.ax)

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

    def write_item(self, text: str, y: float, key: object = None, **look: Any) -> None:
        """Write what a row is about, if it has a `key`, into the column at the left edge of the figure."""
        place: dict[str, Any] = {"dx": GAP - self.room.left, "ha": "left", "gid": "" if key is None else f"item:{key}"}
        self.write(text, 0, y, **place | look)

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
        self.about.read = read_rows
        ax = self.open(Room(GAP, GAP, GAP + 3 * self.points, GAP), units=1, pitch=5)
        text = self.wrap(self.say(f"no_{self.name}"), min(self.width - 4 * GAP, self.plot_width()), 3)
        self.write(text, 0.5, 0.5, at="data", ha="center", color=style.MUTED, gid="item:0")
        return ax


def round_ticks(steps: int, start: float, end: float, whole: bool) -> Sequence[float]:
    """Return round numbers that span `start` to `end` in at most `steps` steps."""
    from matplotlib.ticker import MaxNLocator

    return list(MaxNLocator(steps, integer=whole).tick_values(start, end))
