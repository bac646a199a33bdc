"""A chart as a table and as files: `read_back` and `save_chart`.

Every artist that carries data has a gid ``column:row``. The table is made from these artists alone, so
that it is wrong whenever the figure is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import files
from policycmp.charts.drawing import style
from policycmp.schema import SIDES
from policycmp.shown.amounts import pick

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# The width of a line of the alignment map tells the similarity: 0, what 1 adds to it, and unknown.
THIN, RANGE, UNKNOWN = 0.5, 1.7, 0.4
FULL = 0.9  # how much of a column of the matrix a bar fills that is the row's highest

_PARTS = ("", "_max", "_alone", "_firm", "_aspirational", "_text", "_lead")
_COLUMNS = ("item", "section", *(f"{side}{part}" for side in SIDES for part in _PARTS))
_COLUMNS += ("doc", "text", "relative", "firm", "ratio", "contribution", "similarity", "line")
_LINES = {"-": "solid", "--": "dashed"}
_Named = list[tuple[str, str, Any]]  # column and row of the gid, and the artist
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

    table = _read(ax)
    present = [column for column in _COLUMNS if any(column in line for line in table)]
    data = pd.DataFrame(table, columns=["row", *present])
    return data.fillna({name: "" for name in present if data[name].map(lambda cell: isinstance(cell, str)).any()})


def _read(ax: Axes) -> list[dict[str, Any]]:
    """Return the rows of what is drawn, and in "marks" the names by which `Subject.cite` knows what each row shows."""
    gids = [(artist, (artist.get_gid() or "").partition(":")) for artist in ax.get_children()]
    named = [(column, row, artist) for artist, (column, _, row) in gids]
    if any(column == "cell" for column, *_ in named):
        return _read_grid(named)
    if any(column == "doc" for column, *_ in named):
        return _read_cells(named)
    rows: dict[str, dict[str, Any]] = {}
    for column, row, artist in named:
        if column in _COLUMNS:
            rows.setdefault(row, {"row": row, "marks": [row]})[column] = (
                _solid(artist) if column == "firm" else _reading(artist)
            )
    return [*(_read_matrix(named) or rows.values()), *_read_links(named)]


def save_chart(ax: Axes, stem: str | Path, *, formats: Sequence[str] = ("png", "svg", "pdf")) -> list[Path]:
    """Write the figure of `ax` in each of `formats`, what it draws to ``stem.csv``, and its sources to ``stem.json``.

    The same chart gives the same bytes. Files are replaced whole; if one cannot be written, none is.

    Returns
    -------
    list of Path
        The files, the CSV and the JSON last.
    """
    for name in formats:
        pick("formats", name, _METADATA)
    target = Path(stem)
    files.folder(target.parent)
    paths = [target.with_name(f"{target.name}.{name}") for name in (*formats, "csv", "json")]
    with ExitStack() as stack:
        *pictures, table, record = [stack.enter_context(files.replacing(path)) for path in paths]
        for name, picture in zip(formats, pictures, strict=True):
            _save(ax, picture, name)
        table.write_bytes(files.csv_bytes(read_back(ax)))
        text = json.dumps(sidecar(ax), ensure_ascii=False, indent=1, allow_nan=False)
        record.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return paths


def sidecar(ax: Axes) -> dict[str, Any]:
    """Return what `save_chart` writes to ``stem.json``: title, sources, filters and marks.

    Each row of `read_back` has its entry in ``marks``: what is ``shown`` and, by column, the ``passages`` that say
    so; null where the chart was drawn from a table that does not know, empty where the text states nothing.
    """
    about, marks = getattr(ax, "policycmp", None), []
    for line in _read(ax):
        cited = [about.marks.get(mark, {}) for mark in line.pop("marks") if about]
        passages = {column: found for mark in cited for column, found in mark.items()}
        shown = {name: None if cell != cell else cell for name, cell in line.items()}
        marks.append({"row": shown.pop("row"), "shown": shown, "passages": passages})
    head: dict[str, Any] = about.record() if about else {}
    return head | {"marks": marks}


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


def _reading(artist: Any) -> float | str:
    """Return what one artist shows: the length of a bar, the place of a dot, or a text."""
    if hasattr(artist, "get_width"):
        return _rounded(artist.get_width())
    if hasattr(artist, "get_xdata"):
        return _rounded(artist.get_xdata()[0])
    return _text(artist)


def _solid(mark: Any) -> bool:
    """Return whether a mark is filled."""
    return bool(mark.get_markerfacecolor() != "white")


def _text(artist: Any) -> str:
    """Return the text of `artist` without the line breaks that the layout put in."""
    joined = re.sub(r"(?<=[!-~])\n(?=[!-~])", " ", artist.get_text())
    return joined.replace("\n", "")


def _read_links(named: _Named) -> list[dict[str, Any]]:
    """Return one line per link of the alignment map, then per label where no link ends."""
    ends = {(row.partition(":")[0], _rounded(end.xy[1])): (row, end) for column, row, end in named if column == "end"}
    found, bare = list[tuple[Any, ...]](), dict(ends)
    for row, link in ((row, artist) for column, row, artist in named if column == "link"):
        places = list(zip(SIDES, map(_rounded, link.get_ydata()), strict=True))
        texts = {f"{place[0]}_text": _text(ends[place][1]) for place in places}
        bare = {place: end for place, end in bare.items() if place not in places}
        width = _rounded((link.get_linewidth() - THIN) / RANGE)
        look = {"line": _LINES[link.get_linestyle()], "similarity": width if width >= 0 else float("nan")}
        found.append((0, places[0][1], places[1][1], texts | look | {"marks": [f"link:{row}"]}))
    for (side, y), (row, end) in bare.items():
        found.append((side == "right", y, 0.0, {f"{side}_text": _text(end), "line": "none", "marks": [f"end:{row}"]}))
    found.sort(key=lambda line: line[:3])
    return [{"row": str(n), **line} for n, (*_, line) in enumerate(found, 1)]


def _read_matrix(named: _Named) -> list[dict[str, Any]]:
    """Return one line per cell of a matrix: the clauses of its row and column, its value, its frame."""
    found = {f"{column}:{row}": artist for column, row, artist in named}
    if "matrix:0" not in found:
        return []
    values = found["matrix:0"].get_array().filled(float("nan")).tolist()
    frames = {box.get_xy(): (row, box) for column, row, box in named if column == "chosen"}
    lines: list[dict[str, Any]] = []
    for y, x, value in ((y, x, value) for y, row in enumerate(values) for x, value in enumerate(row)):
        row, box = frames.get((x, y), ("", None))
        texts = {"left_text": _text(found[f"left_text:{y}"]), "right_text": _text(found[f"right_text:{x}"])}
        line: dict[str, Any] = {"similarity": _rounded(value), "line": _LINES[box.get_linestyle()] if box else "none"}
        lines.append({"row": str(len(lines) + 1), **texts, **line, "marks": [f"chosen:{row}"] if box else []})
    return lines


def _read_grid(named: _Named) -> list[dict[str, Any]]:
    """Return one line per filled cell of a grid: its row and its column are those that it stands in."""
    items = {int(text.xy[1]): _text(text) for column, _, text in named if column == "item"}
    sections = {int(text.xy[0]): _text(text) for column, _, text in named if column == "section"}
    numbers = {f"{column}:{row}": _text(text) for column, row, text in named if column in SIDES}
    empty = {f"{side}_{part}": "" for side in SIDES for part in ("text", "lead")}
    cells: dict[tuple[int, int], dict[str, Any]] = {}
    for key, mark in ((row, mark) for column, row, mark in named if column == "cell"):
        place, side = (int(mark.get_ydata()[0]), int(mark.get_xdata()[0])), key.partition(":")[0]
        look = {f"{side}_text": numbers[key], f"{side}_lead": _solid(mark)}
        line = cells.setdefault(place, empty | {"item": items[place[0]], "section": sections[place[1]], "marks": []})
        line |= look | {"marks": [*line["marks"], f"cell:{key}"]}
    return [{"row": str(n), **cells[place]} for n, place in enumerate(sorted(cells), 1)]


def _read_cells(named: _Named) -> list[dict[str, Any]]:
    """Return one line per cell of the matrix of targets: what its document promises, and how high its bar is."""
    found, lines = {f"{column}:{row}": artist for column, row, artist in named}, list[dict[str, Any]]()
    for row, artist in ((row, artist) for column, row, artist in named if column == "text"):
        y, _, x = row.partition(":")
        line: dict[str, Any] = {"row": str(len(lines) + 1), "marks": [f"text:{row}"], "text": _text(artist)}
        line |= {
            "item": _text(found[f"item:{int(y) + 1}"]),
            "doc": _text(found[f"doc:{x}"]),
            "relative": float("nan"),
            "firm": "",
        }
        if bar := found.get(f"relative:{row}"):
            line |= {"relative": _rounded(bar.get_width() / FULL), "firm": bar.get_facecolor()[:3] != (1, 1, 1)}
        lines.append(line)
    return lines


def _rounded(number: float) -> float:
    """Return `number` with nine significant digits, which no rounding error of the drawing reaches."""
    return float(f"{float(number):.9g}")
