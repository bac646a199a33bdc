"""Targets of one document or of many: a value in each cell of a grid, or a bar for each row of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from policycmp.asking import provenance
from policycmp.charts.drawing import panels, style
from policycmp.charts.drawing.canvas import Canvas, Parts, drawing
from policycmp.charts.drawing.layout import GAP, LINE
from policycmp.charts.drawing.marks import Line, Mark, numbered, rounded, text_of
from policycmp.charts.drawing.options import Options, explained
from policycmp.charts.drawing.subject import Subject
from policycmp.many import Matrix, common
from policycmp.schema import SIDES, is_missing, records
from policycmp.shown import naming
from policycmp.shown.amounts import to_float
from policycmp.shown.translations import translate_matrix
from policycmp.wording import label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

FULL = 0.9  # how much of a column a bar fills that is the row's highest
NEEDED = ("indicator", "value", "unit")

_Rows = list[dict[str, Any]]  # of the table, all that count the same thing


@explained
def matrix(data: pd.DataFrame | Matrix, **options: Unpack[Options]) -> Axes:
    """Draw the targets that two or more documents set, a row each, with what each document promises.

    The bar under a value is its share of the row's highest, hollow where the target is aspirational.

    Parameters
    ----------
    data : DataFrame or Matrix
        The table ``measure_targets``, or the matrix that has it and knows what the documents are called.
    **options
        See `Options`. The most telling rows are those that the most documents have.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    >>> ax = policycmp.charts.matrix(policycmp.matrix(["longwan", "lucheng"]), top=1)
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
        if not groups:
            return chart.empty()
        names, points = chart.about.names, chart.points
        share = max(0.36 - 0.015 * len(names), 0.2)
        items = chart.column(map(naming.counted, groups), share * chart.width, 9)
        room = chart.columns([items.width], top=0.4 * points, bottom=1.2 * points)
        grid = chart.grid(names.values(), room, weight="bold")
        cells = [_read_row(chart, rows, 0.92 * grid.width) for rows in groups]
        texts = [text for row in cells for text, _ in row.values()]
        lines = 1 + max(text.count("\n") for text in (*items.texts, *texts))
        chart.headline(_most_common(chart, groups, len(names)))
        pitch = lines * LINE + 0.75
        telling, note = [len(rows) for rows in groups], chart.say("matrix_key")
        kept = chart.keep([1.0] * len(groups), telling, grid.room, pitch=pitch, notes=[note])
        chart.about.count(sum(len(groups[number]) for number in kept), len(table))
        chart.open_grid(grid, rows=len(kept), pitch=pitch, column="doc")
        for y, number in enumerate(kept):
            chart.write_item(items.texts[number], y + 0.45, y + 1)
            for x, doc in enumerate(names):
                _draw_cell(chart, x, y, *cells[number].get(doc, ("–", None)))
        return chart.finish(note, drop=0.6)


def _most_common(chart: Canvas, groups: Sequence[_Rows], documents: int) -> str:
    """Return the finding: how many targets are set by more than one, and which by most, if it is one."""
    counts = [len(rows) for rows in groups]
    words = {"n": len(groups), "k": max(counts)}
    if min(counts) == documents:
        return chart.say("matrix_all", **words)
    if counts.count(max(counts)) > 1:
        return chart.say("matrix_most", **words)
    return chart.say("matrix_found", item=naming.counted(groups[counts.index(max(counts))]), **words)


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
    chart.write(text, x + 0.5, y + 0.42, at="data", ha="center", mark=("text", f"{y}:{x}"), color=ink)
    chart.about.cite(f"text:{y}:{x}", "text", [provenance.stated(row)] if row else [])
    if row and row["relative"] == row["relative"]:
        look = chart.looks["left"]
        bar = chart.ax.barh(y + 0.86, row["relative"] * FULL, 0.12, left=x + (1 - FULL) / 2, linewidth=0.6)[0]
        bar.set(facecolor=look.fill if row["commitment"] == "firm" else "white", edgecolor=look.ink)
        bar.set_gid(chart.id("relative", f"{y}:{x}"))


def read_values(marks: Sequence[Mark]) -> list[Line]:
    """Return one line per cell: the target and the document, what it promises, how high its bar is."""
    found = {mark.name: mark for mark in marks}
    lines = []
    for mark in marks:
        if mark.column == "text":
            y, _, x = mark.row.partition(":")
            shown: dict[str, Any] = {
                "item": text_of(found[f"item:{int(y) + 1}"].artist),
                "doc": text_of(found[f"doc:{int(x) + 1}"].artist),
            }
            shown |= {"text": text_of(mark.artist), "relative": float("nan"), "firm": ""}
            ids = [mark.id]
            if bar := found.get(f"relative:{mark.row}"):
                solid = bar.artist.get_facecolor()[:3] != (1, 1, 1)
                shown |= {"relative": rounded(bar.artist.get_width() / FULL), "firm": solid}
                ids.append(bar.id)
            lines.append(Line(shown, [mark.name], ids))
    return numbered(lines)


class _Bar(NamedTuple):
    """One row of a table: the row, what it is called, its value in words, and the group that shares its scale."""

    row: Mapping[str, Any]
    item: str
    text: str
    group: str


def draw_rows(table: pd.DataFrame, options: Options) -> Axes:
    """Draw rows of targets, of results or of a panel as bars, those of one unit on a scale from 0 of their own."""
    with drawing("rows", table, **options) as chart:
        rows = records(chart.about.table("targets", needed=NEEDED))
        rows = [row for row in rows if not is_missing(row["value"])]
        if not rows:
            return chart.empty()
        place = "place" if "place" in table.columns else "doc"
        places = list(dict.fromkeys(str(row.get(place, "")) for row in rows))
        chart.about.docs = {str(one): str(one) for one in dict.fromkeys(row.get("doc") for row in rows) if one}
        chart.about.names = {doc: doc for doc in chart.about.docs}
        bars = _bars(chart, rows, place)
        chart.headline(_highest(chart, rows, place))
        wide = max(chart.widest(bar.text for bar in bars), 2 * chart.points)
        items = chart.full_column([bar.item for bar in bars], 0.42 * chart.width, 9)
        room = chart.columns([items.width], [wide], top=0.3 * chart.points, bottom=0.6 * chart.points)
        heights = [item.count("\n") + 1.1 for item in items.texts]
        largest = _largest(bars)
        telling = [abs(to_float(bar.row["value"])) / largest[bar.group] for bar in bars]
        note = chart.say("rows_key") if len(largest) > 1 else ""
        drawn = chart.keep(heights, telling, room, pitch=LINE, notes=[note], heads=1.4 * len(largest))
        chart.about.count(len(drawn), len(table))
        heads, at, y, last = list[tuple[float, str]](), list[float](), 0.0, None
        for number in drawn:
            group = bars[number].group
            if len(largest) > 1 and group != last:
                key = "unit" if group.isascii() or "²" in group or "³" in group else "measure_word"
                heads.append((y + 0.8, chart.say(key, unit=group or chart.say("no_unit"))))
                y, last = y + 1.4, group
            at.append(y + heights[number] / 2)
            y += heights[number]
        chart.open(room, units=y, pitch=LINE)
        chart.ax.axvline(0, color=style.MUTED, linewidth=0.8)
        for height, head in heads:
            chart.write_item(head, height, color=style.MUTED, fontweight="bold")
        for number, middle in zip(drawn, at, strict=True):
            bar = bars[number]
            side = SIDES[places.index(str(bar.row.get(place, ""))) % 2] if len(places) == 2 else "left"
            _draw_bar(chart, bar, items.texts[number], middle, side, largest[bar.group])
        return chart.finish(note, drop=0.6)


def _bars(chart: Canvas, rows: _Rows, place: str) -> list[_Bar]:
    """Return the bars in the order that is asked for; what all rows have in common is not said of each."""
    telling = [name for name in ("indicator", place) if len({str(row.get(name, "")) for row in rows}) > 1]
    once = {(str(row["indicator"]), str(row.get(place, ""))) for row in rows}
    if len(once) < len(rows) and len({str(row.get("year", "")) for row in rows}) > 1:
        telling.append("year")
    found = []
    for row in rows:
        parts = [str(row[name]) for name in telling or ["indicator"] if not is_missing(row.get(name, None))]
        worded = {"comparator": "equal", "value_max": None, **row, "unit": str(row["unit"])}
        group = label(worded["unit"], chart.lang, "units")
        found.append(_Bar(row, " · ".join(parts), naming.value(worded, "", chart.lang), group))
    if chart.about.order == "given":
        return found
    groups = list(dict.fromkeys(bar.group for bar in found))
    if chart.about.order == "text":
        return sorted(found, key=lambda bar: groups.index(bar.group))
    return sorted(found, key=lambda bar: (groups.index(bar.group), -to_float(bar.row["value"])))


def _largest(bars: Sequence[_Bar]) -> dict[str, float]:
    """Return the largest value of each group, 1 where there is none above 0."""
    found: dict[str, float] = {}
    for bar in bars:
        value, most = to_float(bar.row["value"]), to_float(bar.row.get("value_max"))
        found[bar.group] = max(found.get(bar.group, 0.0), value, most if most == most else value)
    return {group: value if value > 0 else 1.0 for group, value in found.items()}


def _highest(chart: Canvas, rows: _Rows, place: str) -> str:
    """Return the finding: of one thing who has the most, of one unit which is the highest, else how many are firm."""
    if len({str(row["unit"]) for row in rows}) > 1:
        hoped = sum(row.get("commitment") == "aspirational" for row in rows)
        return chart.say("rows_mixed", n=len(rows), hoped=hoped) if "commitment" in rows[0] else ""
    known = sorted(rows, key=lambda row: to_float(row["value"]))
    low, high = known[0], known[-1]
    words = {
        "item": high["indicator"],
        "value": naming.value({"comparator": "equal", "value_max": None, **high}, "", chart.lang),
    }
    places = [str(row.get(place, "")) for row in (high, low)]
    one = len({str(row["indicator"]) for row in rows}) == 1
    if one and to_float(low["value"]) > 0 and all(places) and places[0] != places[1]:
        n = panels.times(to_float(high["value"]) / to_float(low["value"]), chart.lang)
        return chart.say("rows_place_found", high=places[0], low=places[1], n=n, **words)
    return chart.say("rows_found", n=len(rows), **words)


def _draw_bar(chart: Canvas, bar: _Bar, item: str, y: float, side: str, largest: float) -> None:
    """Draw one row: what it is, its bar, and behind it its value."""
    key = chart.key(bar.row["target"]) if bar.row.get("target") else str(chart.count_row())
    value, most = to_float(bar.row["value"]), to_float(bar.row.get("value_max"))
    parts: Parts = []
    if bar.row.get("comparator") != "top" and value > 0:
        parts = [("value", value, False)]
        if most > value:
            parts = [*parts, ("value_max", most - value, True)]
    chart.write_side("left", item, y, color=style.INK, mark=("item", key), dx=-GAP)
    end = chart.bar(side, key, y, parts, scale=1 / largest)
    chart.write(bar.text, end, y, at="data", dx=3, ha="left", color=chart.looks[side].ink, mark=("text", key))
    chart.about.cite(key, "value", [provenance.stated(bar.row)])
