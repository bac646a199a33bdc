"""A chart as a table and as files: what is read back from its artists, and where all of it is written.

The table is made from the artists alone, so that it is wrong whenever the figure is.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import files
from policycmp.charts.drawing import style
from policycmp.charts.drawing.marks import Line, marks_of, read_rows
from policycmp.charts.drawing.subject import subject_of
from policycmp.errors import pick
from policycmp.schema import SIDES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# The columns that stand first, in this order; what else a chart shows follows as it is drawn.
_PARTS = ("", "_max", "_alone", "_firm", "_aspirational", "_text", "_lead")
_FIRST = ("item", "section", *(f"{side}{part}" for side in SIDES for part in _PARTS), "similarity", "line")
# The shipped font, and what machines have that do not have it.
_SVG_FONTS = "Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
# What would put a date or the version of a library into the file.
_METADATA: dict[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


def read_back(ax: Axes) -> pd.DataFrame:
    """Return the table of what a chart shows, read from its artists.

    Parameters
    ----------
    ax : Axes
        The chart.

    Returns
    -------
    DataFrame
        One line per row of the chart: row, item and, as far as the chart has them, per side the length of its bars
        (left, left_firm …, in the unit of the axis) and the text beside them (left_text), the place of the dot (ratio),
        the width of the line (similarity) and its kind (line). A chart that is a grid has one line per filled cell:
        item, section, and per side the number (left_text) and whether the mark is solid (left_lead).

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> policycmp.charts.read_back(policycmp.charts.budgets(comparison)).iloc[[5]]
      row        item  left left_text  right right_text
    5   6  六、全力扩大有效投资  10.0   龙湾 10亿元  12.93  鹿城 12.9亿元
    """
    import pandas as pd

    rows = [line.shown for line in _lines(ax)]
    drawn = dict.fromkeys(column for row in rows for column in row)
    columns = list(dict.fromkeys(("row", *(column for column in _FIRST if column in drawn), *drawn)))
    data = pd.DataFrame(rows, columns=columns)
    return data.fillna({name: "" for name in columns if data[name].map(lambda cell: isinstance(cell, str)).any()})


def sidecar(ax: Axes) -> dict[str, Any]:
    """Return what `save_chart` writes to ``stem.json``: title, sources, filters and marks.

    Each row of `read_back` has its entry in ``marks``: what is ``shown``, by column the ``passages`` that say so (null
    where the chart was drawn from a table that does not know, empty where the text states nothing), and the ``ids``
    that its marks have in the SVG file.

    Parameters
    ----------
    ax : Axes
        The chart.

    Returns
    -------
    dict
        title, sources, filters, marks.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> first = policycmp.charts.sidecar(policycmp.charts.targets(comparison))["marks"][0]
    >>> first["passages"]["left"][0]["quote"]
    '工业用地(用海)保障3500亩以上'
    """
    about, marks = subject_of(ax), []
    for line in _lines(ax):
        cited = [about.marks.get(mark, {}) for mark in line.marks] if about else []
        passages = {column: found for mark in cited for column, found in mark.items()}
        shown = {name: None if cell != cell else cell for name, cell in line.shown.items()}
        marks.append({"row": shown.pop("row"), "shown": shown, "passages": passages, "ids": line.ids})
    head = about.record() if about else {}
    return head | {"marks": marks}


def note_filters(ax: Axes, chosen: Mapping[str, Any]) -> None:
    """Note for the sidecar what was chosen of the data before a chart was drawn.

    Parameters
    ----------
    ax : Axes
        The chart.
    chosen : mapping of str to anything that JSON can hold
        What was chosen, by name.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> ax = policycmp.charts.alignment_map(policycmp.select(comparison, section=6))
    >>> policycmp.charts.note_filters(ax, {"section": 6})
    >>> policycmp.charts.sidecar(ax)["filters"]["section"]
    6
    """
    if about := subject_of(ax):
        about.filters.update(chosen)


def save_chart(ax: Axes, stem: str | Path, *, formats: Sequence[str] | None = None) -> list[Path]:
    """Write a chart as pictures, what it draws to ``stem.csv``, and its sources to ``stem.json``.

    The same chart gives the same bytes. Files are replaced whole; if one cannot be written, none is. A PDF holds its
    fonts; the text of an SVG file is text, in which every mark has the id that the JSON names.

    Parameters
    ----------
    ax : Axes
        The chart.
    stem : str or Path
        The files without their ending, or one picture by its whole name (``x.png``); the folder is made if it is not
        there.
    formats : sequence of str, optional
        Which pictures to write: png, svg, pdf; by default the one that is named, else all three.

    Returns
    -------
    list of Path
        The files, the CSV and the JSON last.

    Raises
    ------
    PolicyError
        If a format is none of these, or a file cannot be written.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> paths = policycmp.charts.save_chart(policycmp.charts.terms(comparison), "build/terms", formats=["png"])
    >>> [path.as_posix() for path in paths]
    ['build/terms.png', 'build/terms.csv', 'build/terms.json']
    """
    target = Path(stem)
    if formats is None:
        named = target.suffix.removeprefix(".").lower()
        target, formats = (target.with_suffix(""), [named]) if named in _METADATA else (target, list(_METADATA))
    for name in formats:
        pick("formats", name, _METADATA)
    files.folder(target.parent)
    paths = [target.with_name(f"{target.name}.{name}") for name in (*formats, "csv", "json")]
    with ExitStack() as stack:
        *pictures, table, record = [stack.enter_context(files.replacing(path)) for path in paths]
        for name, path in zip(formats, pictures, strict=True):
            path.write_bytes(picture(ax, name))
        table.write_bytes(files.csv_bytes(read_back(ax)))
        text = json.dumps(sidecar(ax), ensure_ascii=False, indent=1, allow_nan=False)
        record.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return paths


def close(ax: Axes) -> None:
    """Forget the figure of a chart: what a program does that draws many charts and shows none.

    Parameters
    ----------
    ax : Axes
        The chart.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> ax = policycmp.charts.budgets(policycmp.compare("longwan", "lucheng"))
    >>> policycmp.charts.close(ax)
    >>> plt.get_fignums()
    []
    """
    import matplotlib.pyplot as plt

    plt.close(ax.figure.canvas.figure)


def _lines(ax: Axes) -> list[Line]:
    """Return the rows of what is drawn, as the chart reads its artists."""
    about = subject_of(ax)
    read = about.read if about else read_rows
    return read(marks_of(ax))


def picture(ax: Axes, kind: str = "svg", *, outlines: bool = False) -> bytes:
    """Return a chart as the content of a picture file.

    Parameters
    ----------
    ax : Axes
        The chart.
    kind : {"svg", "png", "pdf"}
        The format.
    outlines : bool
        Draw the letters of an SVG file as shapes: for a place that may lack the font. Else they are text, and the
        font is named once.

    Returns
    -------
    bytes
        What `save_chart` writes.

    Examples
    --------
    >>> ax = policycmp.charts.budgets(policycmp.compare("longwan", "lucheng"))
    >>> "全力扩大有效投资" in policycmp.charts.picture(ax).decode()
    True
    """
    from matplotlib.figure import Figure

    figure = ax.figure.canvas.figure  # of a subfigure, too
    fit = None if isinstance(figure, style.figure_class()) else "tight"
    more: dict[str, Any] = {"pil_kwargs": {"compress_level": 3}} if kind == "png" else {}  # no larger than with 6
    content = io.BytesIO()
    with style.context(outlines=outlines):
        Figure.savefig(figure, content, format=kind, bbox_inches=fit, metadata=_METADATA[kind], **more)
    if kind == "svg" and not outlines:
        return _with_one_font(content.getvalue().decode()).encode()
    return content.getvalue()


def _with_one_font(svg: str) -> str:
    """Return an SVG file whose texts are letters, with the font named once, at its root, and no turns by nothing."""
    named = f"font-family: {', '.join(map(repr, style.FAMILY))}; "
    plain = re.sub(r' transform="rotate\(-?0 [^"]*\)"', "", svg.replace(named, ""))
    return plain.replace("<svg ", f'<svg font-family="{_SVG_FONTS}" ', 1)
