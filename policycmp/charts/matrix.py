"""Who sets a target, who does not, and how high: targets against documents, a value in each cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

from policycmp.asking import provenance
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import Canvas, drawing
from policycmp.charts.drawing.layout import LINE
from policycmp.charts.drawing.marks import Line, Mark, numbered, rounded, text_of
from policycmp.charts.drawing.options import Options, explained
from policycmp.charts.drawing.subject import Subject
from policycmp.many import Matrix, common
from policycmp.schema import records
from policycmp.shown import naming
from policycmp.shown.translations import translate_matrix

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST = 40  # rows: more are no longer seen at once
FULL = 0.9  # how much of a column a bar fills that is the row's highest

_Rows = list[dict[str, Any]]  # of the table, all that count the same thing


@explained
def matrix(data: pd.DataFrame | Matrix, *, most: int = MOST, **options: Unpack[Options]) -> Axes:
    """Draw the targets that two or more documents set, a row each, with what each document promises.

    The bar under a value is its share of the row's highest, hollow where the target is aspirational.

    Parameters
    ----------
    data : DataFrame or Matrix
        The table ``measure_targets``, or the matrix that has it and knows what the documents are called.
    most : int
        How many rows are drawn: those that the most documents have.
    **options
        See `Options`. Here ``lang``, ``size`` and ``ax`` apply.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    >>> ax = policycmp.charts.matrix(policycmp.matrix(["longwan", "lucheng"]), most=1)
    >>> policycmp.charts.read_back(ax)[["item", "doc", "text"]]
          item doc text
    0  新增卓越工程师  龙湾  ≥8人
    1  新增卓越工程师  鹿城   5人
    """
    if isinstance(data, Matrix):
        lang = options.get("lang") or data.lang
        table, _ = translate_matrix(replace(data, lang=lang))
        options["lang"] = lang
    else:
        table = data
    with drawing("matrix", table, read=read_values, **options) as chart:
        shared = common(chart.about.table("measure_targets"))
        _name_documents(chart.about, data)
        groups = [records(rows) for _, rows in shared.groupby("group")]
        drawn = sorted(sorted(groups, key=lambda rows: -len(rows))[:most], key=lambda rows: rows[0]["group"])
        chart.about.count(sum(map(len, drawn)), len(table))
        if not drawn:
            return chart.empty()
        names, points = chart.about.names, chart.points
        share = max(0.36 - 0.015 * len(names), 0.2)
        items = chart.column(map(naming.counted, drawn), share * chart.width, 3)
        grid = chart.grid(
            names.values(), chart.columns([items.width], top=3 * points, bottom=1.2 * points), weight="bold"
        )
        cells = [_read_row(chart, rows, 0.92 * grid.width) for rows in drawn]
        texts = [text for row in cells for text, _ in row.values()]
        lines = 1 + max(text.count("\n") for text in (*items.texts, *texts))
        notes = [chart.say("matrix_key")]
        if len(groups) > most:
            notes.append(chart.say("matrix_more", n=len(groups) - most))
        chart.open_grid(grid, rows=len(drawn), pitch=lines * LINE + 0.75, notes=notes, gid="doc")
        for y, (item, row) in enumerate(zip(items.texts, cells, strict=True)):
            chart.write_item(item, y + 0.45, y + 1)
            for x, doc in enumerate(names):
                _draw_cell(chart, x, y, *row.get(doc, ("–", None)))
        return chart.write_notes(0.6)


def _name_documents(about: Subject, data: pd.DataFrame | Matrix) -> None:
    """Note what the documents are called: as the matrix tells them apart, or by the ids in a bare table."""
    if isinstance(data, Matrix):
        told = naming.tell_apart(data.documents, about.lang)
        about.names = dict(zip((one.doc for one in data.documents), told, strict=True))
        about.policies = {one.doc: one.policy for one in data.documents}
    else:
        about.names = {doc: doc for doc in map(str, data["doc"].unique())}
    about.docs = {doc: doc for doc in about.names}


def _read_row(chart: Canvas, rows: _Rows, width: float) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Return by document what it promises, broken to fit, and the row of the table that says so."""
    return {row["doc"]: (chart.wrap(naming.value(row, "", chart.lang), width, 3), row) for row in rows}


def _draw_cell(chart: Canvas, x: int, y: int, text: str, row: Mapping[str, Any] | None) -> None:
    """Write what a document promises, or that it does not, and draw how high that is."""
    ink = style.INK if row else style.MUTED
    chart.write(text, x + 0.5, y + 0.42, at="data", ha="center", gid=f"text:{y}:{x}", color=ink)
    chart.about.cite(f"text:{y}:{x}", "text", [provenance.stated(row)] if row else [])
    if row and row["relative"] == row["relative"]:
        look = style.LOOKS["left"]
        bar = chart.ax.barh(y + 0.86, row["relative"] * FULL, 0.12, left=x + (1 - FULL) / 2, linewidth=0.6)[0]
        bar.set(facecolor=look.fill if row["commitment"] == "firm" else "white", edgecolor=look.ink)
        bar.set_gid(f"relative:{y}:{x}")


def read_values(marks: Sequence[Mark]) -> list[Line]:
    """Return one line per cell: the target and the document, what it promises, how high its bar is."""
    found = {mark.gid: mark.artist for mark in marks}
    lines = []
    for mark in marks:
        if mark.column == "text":
            y, _, x = mark.row.partition(":")
            shown: dict[str, Any] = {
                "item": text_of(found[f"item:{int(y) + 1}"]),
                "doc": text_of(found[f"doc:{int(x) + 1}"]),
            }
            shown |= {"text": text_of(mark.artist), "relative": float("nan"), "firm": ""}
            if bar := found.get(f"relative:{mark.row}"):
                shown |= {"relative": rounded(bar.get_width() / FULL), "firm": bar.get_facecolor()[:3] != (1, 1, 1)}
            lines.append(Line(shown, [mark.gid]))
    return numbered(lines)
