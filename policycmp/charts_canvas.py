"""What the charts share: their words, axes with room for their texts, text in columns, the empty chart.

All widths are known before anything is drawn, because `style.text_width` measures in points; so a
figure made here gives each text its place, and grows in height with the number of rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp import style
from policycmp.charts_text import wrap
from policycmp.errors import PolicyError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

GAP = 7.0  # points between two columns of text
LINE = 1.35  # height of a line of text, in em

WORDS = {
    "budgets": ("各部分区级财政预算", "District budget by section"),
    "no_budgets": ("没有可画的预算：两份文件没有对应的部分。", "No budgets to draw: the documents share no section."),
    "scope_earmark": ("{side}仅列明专项资金，不是该部分总额", "{side} states earmarks only, not the whole section"),
    "scope_document": (
        "{side}为全文总额，不是该部分金额",
        "{side} states the total of the document, not of the section",
    ),
    "scope_section": ("{side}为该部分总额", "{side} states the whole section"),
    "scope_": ("{side}口径不明", "{side}: scope not known"),
    "hatched": (
        "斜线：口径与整个部分不同，不可直接比较",
        "Hatched: other scope than the whole section, not directly comparable",
    ),
    "targets": ("两区可比的量化目标", "Comparable targets of the two districts"),
    "no_targets": (
        "没有可画的目标：两份文件没有计同一事项的目标。",
        "No targets to draw: no target is set by both documents.",
    ),
    "left_larger": ("← {side}数值较大", "← {side} larger"),
    "right_larger": ("{side}数值较大 →", "{side} larger →"),
    "times": ("{n}倍", "{n}×"),
    "even": ("相等", "equal"),
    "clause": ("第{n}条", "cl. {n}"),
    "lead_in": ("导语", "lead-in"),
    "alignment": ("条款对应图", "Map of corresponding clauses"),
    "no_alignment": ("没有可画的条款：对应表是空的。", "No clauses to draw: the alignment is empty."),
    "alignment_key": (
        "线越粗越相似；虚线为部分对应；空心、粗体的条款在另一区没有对应",
        "The thicker the line, the more similar; dashed: partial; bold with a hollow mark: no counterpart",
    ),
    "commitments": ("各部分的量化目标数", "Number of targets by section"),
    "no_commitments": (
        "没有可画的目标：两份文件都没有量化目标。",
        "No targets to draw: neither document sets a quantified target.",
    ),
    "aspired": ("{n}项（力争{k}项）", "{n} ({k} aspirational)"),
    "all_firm": ("{n}项", "{n}"),
    "firm": ("实心：确定的目标；斜线：力争、争取、计划等目标", "Solid: firm; hatched: aspirational"),
    "count": ("项", "targets"),
    "unit": ("单位：{unit}", "{unit}"),
    "section": ("第{n}部分", "Section {n}"),
    "other": ("其他", "Other"),
    "unanswered": ("无对应部分", "No counterpart"),
    "terms": ("两份文件各自突出的用词", "Words that set the two texts apart"),
    "no_terms": ("没有可画的用词：两份文件用词没有差别。", "No words to draw: the texts use the same words."),
    "terms_key": (
        "条越长，越不像偶然的差别；虚线：|z|＝{z}；两侧数字：出现次数",
        "The longer the bar, the less like chance; dashed: |z| = {z}; figures beside: how often the word occurs",
    ),
    "terms_axis": ("z 值", "z"),
    "responsibilities": ("各职能牵头和参与的条款", "Who leads and who takes part"),
    "no_responsibilities": (
        "没有可画的责任单位：两份文件都没有列出。",
        "No bodies to draw: neither document names one.",
    ),
    "responsibilities_key": (
        "实心、粗体：牵头该部分或其中的条；空心：参与；数字：负责的条数",
        "Solid, bold: leads the section or a clause of it; hollow: takes part; figures: number of clauses",
    ),
    "explanation": ("相似度 {n} 从何而来", "What makes up the similarity of {n}"),
    "no_explanation": ("没有可画的词：两条没有共同的词。", "No terms to draw: the two clauses share none."),
    "explanation_key": (
        "带“·”的是相邻的两个字；没有画出的词都不长于最短的条",
        "With “·”: two neighbouring characters. No term left out is longer than the shortest bar",
    ),
    "part_title": ("条名 {n}", "title {n}"),
    "part_text": ("正文 {n}", "text {n}"),
    "part_section": ("所在部分 {n}", "section {n}"),
}


class Margins(NamedTuple):
    """The room around the data, in points."""

    left: float
    right: float
    top: float
    bottom: float


def open_axes(ax: Axes | None, size: str, room: Margins, *, units: float, pitch: float, title: str) -> Axes:
    """Return axes whose y runs downward from 0 to `units` rows of `pitch` points each, with a title.

    Axes that the user gives keep their place and size; the texts then stand around them like tick labels.
    """
    if ax is None:
        import matplotlib.pyplot as plt

        width = style.SIZES[size].width * 72
        height = room.top + units * pitch + room.bottom
        figure = plt.figure(figsize=(width / 72, height / 72), FigureClass=style.figure_class())
        box = (room.left, room.bottom, width - room.left - room.right, units * pitch)
        ax = figure.add_axes((box[0] / width, box[1] / height, box[2] / width, box[3] / height))
    ax.set_ylim(units, 0)
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0, colors=style.MUTED)
    ax.set_axisbelow(True)
    points = style.SIZES[size].points
    ax.set_title("", loc="center")
    ax.set_title(
        wrap(title, style.SIZES[size].width * 72 - 2 * GAP, points + 2, weight="bold"),
        loc="left", x=(GAP - room.left) / plot_width(ax), y=1, pad=room.top - GAP - (points + 2),
        fontsize=points + 2, fontweight="bold",
    )  # fmt: skip
    return ax


def plot_width(ax: Axes) -> float:
    """Return the width of `ax` in points."""
    box = ax.get_window_extent()
    return float(box.width / ax.figure.dpi * 72)


def write(
    ax: Axes,
    text: str,
    x: float,
    y: float,
    *,
    dx: float = 0,
    dy: float = 0,
    at: str = "data",
    gid: str = "",
    **look: Any,
) -> Annotation:
    """Write `text` at (x, y), moved by (dx, dy) points.

    `at` says what x and y are: both "data", x a fraction of the axes ("row"), or both fractions ("axes").
    """
    frames = {"data": ax.transData, "row": ax.get_yaxis_transform(), "axes": ax.transAxes}
    look = {"va": "center_baseline", "annotation_clip": False, "linespacing": 1.1, **look}
    note = ax.annotate(text, (x, y), xycoords=frames[at], xytext=(dx, dy), textcoords="offset points", **look)
    note.set_gid(gid or None)
    return note


def beside(side: str) -> dict[str, Any]:
    """Return how a text stands beside the data: on its own side, and a gap away."""
    return {"ha": "right", "dx": -GAP} if side == "left" else {"ha": "left", "dx": GAP}


def write_foot(ax: Axes, lines: Sequence[str], size: str, room: Margins, *, dy: float, gid: str = "") -> None:
    """Write the notes under `ax`, from the left edge of the figure, `dy` points below the axes."""
    points = style.SIZES[size].points
    for number, line in enumerate(lines, 1):
        look = {"va": "top", "ha": "left", "color": style.MUTED, "gid": gid and f"{gid}{number}"}
        write(ax, line, 0, 0, at="axes", dx=GAP - room.left, dy=-dy, **look)
        dy += (line.count("\n") + 1) * LINE * points


def wrap_foot(lines: Sequence[str], size: str) -> tuple[list[str], float]:
    """Return the notes broken to the width of the figure, and their height in points."""
    width, points = style.SIZES[size]
    wrapped = [wrap(line, width * 72 - 2 * GAP, points, 9) for line in lines]
    return wrapped, sum(line.count("\n") + 1 for line in wrapped) * LINE * points


def empty_chart(sentence: str, ax: Axes | None, size: str, title: str) -> Axes:
    """Return axes that say why there is nothing to draw."""
    width, points = style.SIZES[size]
    room = Margins(GAP, GAP, GAP + 3 * points, GAP)
    ax = open_axes(ax, size, room, units=1, pitch=5 * points, title=title)
    ax.set_xticks([])
    ax.set_xlim(0, 1)
    text = wrap(sentence, min(width * 72 - 4 * GAP, plot_width(ax)), points, 3)
    write(ax, text, 0.5, 0.5, ha="center", color=style.MUTED, gid="item:0")
    return ax


def require(table: pd.DataFrame, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """Return `table` if it has `columns`, else raise `PolicyError` naming the first that it lacks."""
    for column in columns:
        if column not in table.columns:
            raise PolicyError(f"table {name}", f"column {column} is missing", "see the data dictionary")
    return table


def say(word: str, lang: str, **values: object) -> str:
    """Return `word` of `WORDS` in `lang`, with `values` filled in."""
    return WORDS[word][style.LANGUAGES.index(style.pick("lang", lang, style.LANGUAGES))].format(**values)


def name_section(number: Any, headings: Mapping[int, str] | None, lang: str) -> str:
    """Return what a section is called: 一、强化科技创新, or 第一部分 where its heading is not known."""
    ordinal = style.to_float(number)
    if not ordinal >= 1:
        return say("other", lang)
    heading = (headings or {}).get(int(ordinal), "")
    if lang == "en":
        return f"{int(ordinal)}. {heading}" if heading else say("section", lang, n=int(ordinal))
    numeral = style.chinese_number(int(ordinal))
    return f"{numeral}、{heading}" if heading else say("section", lang, n=numeral)


def name_clause(number: Any, lang: str) -> str:
    """Return the source of a number: 第11条, or 导语 for the paragraph under a section's heading."""
    ordinal = style.to_float(number)
    return say("clause", lang, n=int(ordinal)) if ordinal >= 1 else say("lead_in", lang)
