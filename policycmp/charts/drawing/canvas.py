"""The canvas of every chart: axes with room for their texts, text in columns, bars, notes, the empty chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Unpack

from policycmp.charts.drawing import style
from policycmp.charts.drawing.layout import GAP, LINE, Grid, Layout, Room, paragraph, width_of
from policycmp.charts.drawing.marks import Reader, mark_id, read_rows
from policycmp.charts.drawing.options import Options
from policycmp.charts.drawing.subject import Subject, attach

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox, Transform

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

    The whole chart, its title and notes too, stands where the axes were that the user gave, or in a figure made here.
    """

    ax: Axes
    room: Room

    def open(self, room: Room, *, units: float, pitch: float) -> Axes:
        """Return axes whose y runs downward from 0 to `units` rows of `pitch` em each, with their head above them."""
        self.room = room._replace(top=room.top + self.head_height())
        self.high = units * pitch * self.points
        self.ax = ax = self.about.ax or self._new_axes()
        attach(ax, self.about)
        ax.set_axes_locator(self._place)
        ax.apply_aspect(self._place(ax, None))
        ax.set_ylim(units, 0)
        ax.set_yticks([])
        ax.spines[:].set_visible(False)
        ax.tick_params(length=0, colors=style.MUTED)
        ax.set_axisbelow(True)
        ax.set_title("", loc="center")
        up = self.room.top - GAP - paragraph(len(self.title)) * self.large + 0.25 * self.large
        look: dict[str, Any] = {"loc": "left", "x": 0, "y": 1, "color": style.INK, "linespacing": 1.1}
        title = ax.set_title("\n".join(self.title), **look, **style.font(self.large, "bold"))
        title.set_transform(self._moved(ax.transAxes, GAP - room.left, up))
        down = 0.25 * self.large + 0.15 * self.points
        self.write_item("\n".join(self.topic), 1, at="axes", dy=up - down, va="top", color=style.MUTED)
        ax.set_xticks([])
        ax.set_xlim(0, 1)
        return ax

    def _new_axes(self) -> Axes:
        """Return axes in a figure of the right width; it gets its height when the chart is finished."""
        import matplotlib.pyplot as plt

        figure = plt.figure(figsize=(self.width / 72, self._height() / 72), FigureClass=style.figure_class())
        return figure.add_axes((0, 0, 1, 1))

    def _height(self) -> float:
        """Return the height of a figure made here, in points."""
        given = self.about.figsize
        return given[1] * 72 if given else self.room.top + self.high + self.room.bottom

    def _place(self, ax: Any, _renderer: Any) -> Bbox:
        """Return where the data stand in what the axes were given, with the room for all texts around them."""
        from matplotlib.transforms import Bbox

        box, dots = ax.get_position(original=True), ax.figure.dpi / 72
        wide, high = ax.figure.bbox.width / dots, ax.figure.bbox.height / dots
        room = self.room
        x0, x1 = box.x0 + room.left / wide, box.x1 - room.right / wide
        y0, y1 = box.y0 + room.bottom / high, box.y1 - room.top / high
        return Bbox.from_extents(x0, y0, max(x1, x0 + 0.001), max(y1, y0 + 0.001))

    def open_grid(self, grid: Grid, *, rows: int, pitch: float, column: str) -> Axes:
        """Return axes of `rows` rows of cells with a rule between them, under the titles of the columns."""
        ax = self.open(grid.room, units=rows, pitch=pitch)
        ax.set_xlim(0, len(grid.titles))
        for y in range(rows + 1):
            ax.axhline(y, color=style.RULE, linewidth=0.4, clip_on=False)
        look: dict[str, Any] = {"at": "data", "va": "bottom", "ha": "center", "fontweight": grid.weight}
        for x, title in enumerate(grid.titles):
            self.write(title, x + 0.5, 0, dy=0.5 * self.points, mark=(column, x + 1), **look)
        return ax

    def plot_width(self) -> float:
        """Return the width of the axes in points."""
        return width_of(self.ax)

    def id(self, column: str, row: object) -> str:
        """Return the gid of a mark of this chart."""
        return mark_id(self.name, column, row)

    def set_scale(self, start: float, end: float, ticks: Mapping[float, str], zero: float, *, grid: bool) -> None:
        """Let x run from `start` to `end`, with fixed texts at its ticks, so that no later setting changes them."""
        self.ax.set_xlim(start, end)
        self.ax.set_xticks(list(ticks), list(ticks.values()), **style.font(self.points))
        if grid:
            self.ax.grid(axis="x", color=style.RULE, linewidth=0.5)
        self.ax.axvline(zero, color=style.MUTED, linewidth=0.8)

    def _moved(self, frame: Transform, dx: float, dy: float) -> Transform:
        """Return `frame` moved by (dx, dy) points, whatever the size of the axes becomes."""
        from matplotlib.transforms import ScaledTranslation

        return frame + ScaledTranslation(dx / 72, dy / 72, self.ax.figure.dpi_scale_trans)

    def write(
        self,
        text: str,
        x: float,
        y: float,
        *,
        dx: float = 0,
        dy: float = 0,
        at: str = "row",
        mark: tuple[str, object] | None = None,
        **look: Any,
    ) -> None:
        """Write `text` at (x, y), moved by (dx, dy) points; `mark` is the column and the row that it shows.

        `at` says what x and y are: both "data", x a fraction of the axes ("row"), or both fractions ("axes").
        """
        ax = self.ax
        frames = {"data": ax.transData, "row": ax.get_yaxis_transform(), "axes": ax.transAxes}
        frame = self._moved(frames[at], dx, dy)
        look = {"va": "center_baseline", "linespacing": 1.1, "color": style.INK, **style.font(self.points), **look}
        note = ax.text(x, y, text, transform=frame, **look)
        if mark:
            note.set_gid(self.id(*mark))

    def write_item(self, text: str, y: float, key: object = None, **look: Any) -> None:
        """Write what a row is about, if it has a `key`, into the column at the left edge of the figure."""
        mark = None if key is None else ("item", key)
        place: dict[str, Any] = {"dx": GAP - self.room.left, "ha": "left", "mark": mark}
        self.write(text, 0, y, **place | look)

    def write_side(self, side: str, text: str, y: float, **look: Any) -> None:
        """Write what one document says beside the data, on its own side, a gap away and in its colour."""
        place = {"ha": "right", "dx": -GAP} if side == "left" else {"ha": "left", "dx": GAP}
        self.write(text, side == "right", y, **{"color": self.looks[side].ink, **place, **look})

    def write_heads(self, heads: Mapping[str, str], **place: Any) -> None:
        """Write the names of the documents over their columns."""
        for side, head in heads.items():
            self.write_side(
                side,
                head,
                **{"y": 1, "at": "axes", "dy": 0.5 * self.points, "va": "bottom", "fontweight": "bold", **place},
            )

    def write_key(self, names: Mapping[str, str], up: float = 0.5) -> None:
        """Write the names of the documents at the left edge, one below the other, `up` em above the axes."""
        for line, (side, text) in zip((1, 0), names.items(), strict=True):
            look = {"color": self.looks[side].ink, "fontweight": "bold", "va": "bottom", "at": "axes"}
            self.write_item(text, 1, dy=(up + line * LINE) * self.points, **look)

    def bar(
        self, side: str, key: object, y: float, parts: Parts, *, high: float = 0.62, x: float = 0, scale: float = 1
    ) -> float:
        """Draw a bar of `parts` from `x`, one unit `scale` long, and return where it ends.

        Whatever the scale, the artists keep the lengths in their own unit, which is what `read_back` reads.
        """
        from matplotlib.transforms import Affine2D

        end, look = 0.0, self.looks[side]
        frame = Affine2D().scale(scale, 1).translate(x, 0) + self.ax.transData
        for column, length, hatched in parts:
            box = self.ax.barh(y, length, high, left=end, color=look.fill, linewidth=0.6 if length else 0)[0]
            if hatched:
                box.set(facecolor="white", edgecolor=look.ink, hatch=look.hatch)
            box.set(gid=self.id(column, key), transform=frame)
            end += length
        return x + end * scale

    def finish(self, *notes: str, drop: float) -> Axes:
        """Write the notes, how many rows are left out, and the sources, `drop` em below the axes, which are returned.

        A figure made here becomes as high as all that needs.
        """
        lines = [self.cut_note(line) for line in (*notes, *self.more(), *self.about.sources()) if line]
        lowest = drop
        for line in lines:
            self.write_item(line, 0, at="axes", dy=-lowest * self.points, va="top", color=style.MUTED)
            lowest += paragraph(line.count("\n") + 1)
        self.room = self.room._replace(bottom=self.room.bottom + (lowest - drop) * self.points)
        if not self.about.ax:
            self.ax.figure.canvas.figure.set_size_inches(self.width / 72, self._height() / 72)
        self.ax.apply_aspect(self._place(self.ax, None))
        return self.ax

    def empty(self) -> Axes:
        """Return axes that say why there is nothing to draw."""
        self.about.read = read_rows
        self.headline("")
        self.open(Room(GAP, GAP, self.points, GAP), units=1, pitch=5)
        text = self.wrap(self.say(f"no_{self.name}"), self.plot_width() - 2 * GAP, 4)
        self.write(text, 0.5, 0.5, at="data", ha="center", va="center", color=style.MUTED, mark=("item", 0))
        return self.finish(drop=0)


def round_ticks(steps: int, start: float, end: float, whole: bool) -> Sequence[float]:
    """Return round numbers that span `start` to `end` in at most `steps` steps."""
    from matplotlib.ticker import MaxNLocator

    return list(MaxNLocator(steps, integer=whole).tick_values(start, end))
