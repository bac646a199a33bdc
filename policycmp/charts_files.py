"""A chart as a table and as files: `read_back` and `save_chart`.

Every artist that carries data has a gid ``column:row``. The table is made from these artists alone, so
that it is wrong whenever the figure is.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# The width of a line of the alignment map tells the similarity: 0, what 1 adds to it, and unknown.
THIN, RANGE, UNKNOWN = 0.5, 1.7, 0.4

_COLUMNS = ("item", *(f"{side}{part}" for side in style.SIDES for part in ("", "_firm", "_aspirational", "_text")))
_COLUMNS += ("ratio", "contribution", "similarity", "line")
_FORMULA = tuple("=+-@\t\r")
# What would put a date or the version of a library into the file.
_METADATA: dict[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


def read_back(ax: Axes) -> pd.DataFrame:
    """Return the table of what is drawn on `ax`, read from its artists.

    Returns
    -------
    DataFrame
        One line per row of the chart: `row`, `item` and, as far as the chart has them, per side the
        length of its bars (`left`, `left_firm` …, in the unit of the axis) and the text beside them
        (`left_text`), the place of the dot (`ratio`), the width of the line (`similarity`) and its kind
        (`line`). A chart that is a grid has one line per filled cell: `item`, `section`, and per side the
        number (`left_text`) and whether the mark is solid (`left_lead`).
    """
    import pandas as pd

    if any((artist.get_gid() or "").startswith("cell:") for artist in ax.get_children()):
        return _read_grid(ax)
    rows: dict[str, dict[str, Any]] = {}
    ends: dict[str, dict[float, str]] = {"left": {}, "right": {}}
    links = []
    for artist in ax.get_children():
        column, _, row = (artist.get_gid() or "").partition(":")
        if column == "link":
            links.append(artist)
        elif column == "end":
            ends[row.split(":")[0]][_rounded(artist.xy[1])] = _text(artist)  # type: ignore[attr-defined]
        elif column in _COLUMNS:
            rows.setdefault(row, {"row": row})[column] = _reading(artist)
    table = [*rows.values(), *_read_links(links, ends)]
    present = [column for column in _COLUMNS if any(column in line for line in table)]
    data = pd.DataFrame(table, columns=["row", *present])
    return data.fillna({name: "" for name in present if data[name].map(lambda cell: isinstance(cell, str)).any()})


def save_chart(ax: Axes, stem: str | Path, *, formats: Sequence[str] = ("png", "svg", "pdf")) -> list[Path]:
    """Write the figure of `ax` in each of `formats`, and ``stem.csv`` with exactly what it draws.

    The same chart gives the same bytes. Files are replaced whole; if one cannot be written, none is.

    Returns
    -------
    list of Path
        The files, the CSV last.
    """
    for name in formats:
        style.pick("formats", name, _METADATA)
    target = Path(stem)
    target.parent.mkdir(parents=True, exist_ok=True)
    paths = [target.with_name(f"{target.name}.{name}") for name in (*formats, "csv")]
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".chart-") as folder:
        for path in paths[:-1]:
            _save(ax, Path(folder, path.name), path.suffix[1:])
        Path(folder, paths[-1].name).write_bytes(_csv(read_back(ax)))
        for path in paths:
            os.replace(Path(folder, path.name), path)
    return paths


def close(ax: Axes) -> None:
    """Forget the figure of `ax`: what a program does that draws many charts and shows none."""
    import matplotlib.pyplot as plt

    plt.close(ax.figure.canvas.figure)


def _save(ax: Axes, path: Path, name: str) -> None:
    """Write one picture; a figure of our own has room for its texts, that of a user is cut to them."""
    figure = ax.figure.canvas.figure  # of a subfigure, too
    fit = None if isinstance(figure, style.figure_class()) else "tight"
    with style.context():
        figure.savefig(path, format=name, bbox_inches=fit, metadata=_METADATA[name])


def _csv(table: pd.DataFrame) -> bytes:
    """Return `table` as CSV for spreadsheets: with a byte-order mark, and no cell a formula."""
    text = table.map(lambda cell: f"'{cell}" if isinstance(cell, str) and _is_formula(cell) else cell)
    return text.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _is_formula(cell: str) -> bool:
    """Say whether a spreadsheet program would take `cell` for a formula; a plain number is none."""
    return cell.startswith(_FORMULA) and not re.fullmatch(r"[+-]?\d+(\.\d+)?%?", cell)


def _reading(artist: Any) -> float | str:
    """Return what one artist shows: the length of a bar, the place of a dot, or a text."""
    if hasattr(artist, "get_width"):
        return _rounded(artist.get_width())
    if hasattr(artist, "get_xdata"):
        return _rounded(artist.get_xdata()[0])
    return _text(artist)


def _text(artist: Any) -> str:
    """Return the text of `artist` without the line breaks that the layout put in."""
    joined = re.sub(r"(?<=[!-~])\n(?=[!-~])", " ", artist.get_text())
    return joined.replace("\n", "")


def _read_links(links: list[Any], ends: dict[str, dict[float, str]]) -> list[dict[str, Any]]:
    """Return one line per link of the alignment map, then per label where no link ends."""
    found, bare = [], {(side, y) for side in ends for y in ends[side]}
    for link in links:
        left, right = map(_rounded, link.get_ydata())
        bare -= {("left", left), ("right", right)}
        width = _rounded((link.get_linewidth() - THIN) / RANGE)
        line = {"left_text": ends["left"][left], "right_text": ends["right"][right], "line": link.get_linestyle()}
        found.append((0, left, right, line | {"similarity": width if width >= 0 else float("nan")}))
    for side, y in bare:
        key = (0, y, 0.0) if side == "left" else (1, y, 0.0)
        found.append((*key, {f"{side}_text": ends[side][y], "line": "none"}))
    found.sort(key=lambda line: line[:3])
    kinds = {"-": "solid", "--": "dashed", "none": "none"}
    return [{"row": str(n), **line, "line": kinds[line["line"]]} for n, (*_, line) in enumerate(found, 1)]


def _read_grid(ax: Axes) -> pd.DataFrame:
    """Return one line per filled cell of a grid: its row and its column are those that it stands in."""
    import pandas as pd

    heads: dict[str, dict[int, str]] = {"item": {}, "section": {}}
    numbers: dict[tuple[str, str], str] = {}
    marks: list[tuple[str, str, Any]] = []
    for artist in ax.get_children():
        kind, _, key = (artist.get_gid() or "").partition(":")
        if kind in heads:
            heads[kind][int(artist.xy[kind == "item"])] = _text(artist)  # type: ignore[attr-defined]
        elif kind in style.SIDES:
            numbers[kind, key] = _text(artist)
        elif kind == "cell":
            side, _, number = key.partition(":")
            marks.append((side, number, artist))
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    for side, key, mark in marks:
        place = int(mark.get_ydata()[0]), int(mark.get_xdata()[0])
        row = rows.setdefault(place, {f"{one}_{part}": "" for one in style.SIDES for part in ("text", "lead")})
        row |= {f"{side}_text": numbers[side, key], f"{side}_lead": mark.get_markerfacecolor() != "white"}
    table = [
        {"row": str(n), "item": heads["item"][y], "section": heads["section"][x], **rows[y, x]}
        for n, (y, x) in enumerate(sorted(rows), 1)
    ]
    return pd.DataFrame(table)


def _rounded(number: float) -> float:
    """Return `number` with nine significant digits, which no rounding error of the drawing reaches."""
    return float(f"{float(number):.9g}")
