"""Who sets a target, who does not, and how high: targets against documents, a value in each cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Unpack

from policycmp.asking import provenance
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import GAP, LINE, Canvas, Room, drawing
from policycmp.charts.drawing.record import FULL
from policycmp.charts.drawing.subject import Options
from policycmp.many.measures import Matrix, common, shortest
from policycmp.schema import records
from policycmp.shown.naming import tell_apart, value
from policycmp.shown.translations import translate_matrix

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST = 40  # rows: more are no longer seen at once


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
        See `Options`; ``lang``, ``size`` and ``ax`` apply.
    """
    names: dict[str, str] = {}
    documents = data.documents if isinstance(data, Matrix) else ()
    if isinstance(data, Matrix):
        lang = options.setdefault("lang", data.lang)
        names = dict(zip((one.doc for one in documents), tell_apart(documents, lang), strict=True))
        data = translate_matrix(replace(data, lang=lang))[0]
    with drawing("matrix", data, **options) as chart:
        chart.about.policies = {one.doc: one.policy for one in documents}
        table = common(chart.about.table("measure_targets"))
        names = names or {doc: doc for doc in map(str, data["doc"].unique())}
        chart.about.names, chart.about.docs = names, dict(zip(names, names, strict=True))
        groups = [records(rows) for _, rows in table.groupby("group")]
        drawn = sorted(sorted(groups, key=lambda rows: -len(rows))[:most], key=lambda rows: rows[0]["group"])
        chart.about.count(sum(map(len, drawn)), len(data))
        if not drawn:
            return chart.empty()
        width, points = chart.width, chart.points
        items = [chart.wrap(shortest(rows), max(0.36 - 0.015 * len(names), 0.2) * width, 3) for rows in drawn]
        left = chart.widest(items) * 1.01 + 2 * GAP
        column = (width - left - GAP) / len(names)
        heads = [chart.wrap(name, column - 4, 4, "bold") for name in names.values()]
        texts = {(y, row["doc"]): (chart.wrap(value(row, "", chart.lang), 0.92 * column, 3), row)
                 for y, rows in enumerate(drawn) for row in rows}  # fmt: skip
        lines = 1 + max(text.count("\n") for text in (*items, *(text for text, _ in texts.values())))
        high = (1 + max(head.count("\n") for head in heads)) * LINE * points
        notes = [chart.say("matrix_key")] + [chart.say("matrix_more", n=len(groups) - most)] * (len(groups) > most)
        room = Room(left, GAP, high + 3 * points, 1.2 * points)
        ax = chart.open(room, units=len(drawn), pitch=lines * LINE + 0.75, notes=notes)
        ax.set_xlim(0, len(names))
        for y in range(len(drawn) + 1):
            ax.axhline(y, color=style.RULE, linewidth=0.4)
        for x, head in enumerate(heads):
            look: dict[str, Any] = {"va": "bottom", "ha": "center", "fontweight": "bold", "gid": f"doc:{x}"}
            chart.write(head, x + 0.5, 0, at="data", dy=0.5 * points, **look)
        for y, item in enumerate(items):
            chart.write_item(item, y + 0.45, y + 1)
            for x, doc in enumerate(names):
                _cell(chart, x, y, *texts.get((y, doc), ("–", None)))
        return chart.write_notes(0.6)


def _cell(chart: Canvas, x: int, y: int, text: str, row: dict[str, Any] | None) -> None:
    """Write what a document promises, or that it does not, and draw how high that is."""
    chart.write(text, x + 0.5, y + 0.42, at="data", ha="center", gid=f"text:{y}:{x}",
                color=style.INK if row else style.MUTED)  # fmt: skip
    chart.about.cite(f"text:{y}:{x}", "text", [provenance.stated(row)] if row else [])
    if row and row["relative"] == row["relative"]:
        look = style.LOOKS["left"]
        bar = chart.ax.barh(y + 0.86, row["relative"] * FULL, 0.12, left=x + (1 - FULL) / 2, linewidth=0.6)[0]
        bar.set(facecolor=look.fill if row["commitment"] == "firm" else "white", edgecolor=look.ink)
        bar.set_gid(f"relative:{y}:{x}")
