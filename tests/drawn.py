"""Small tables for every chart, the charts drawn from them, and what stands on a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.text import Text

from policycmp import charts, schema
from policycmp.asking import balance
from policycmp.asking.terms import COLUMNS
from policycmp.charts.bodies import NEEDED
from policycmp.charts.drawing.marks import marks_of
from policycmp.charts.panel import STANDING

Row = dict[str, Any]

NAMES = {"left": "龙湾", "right": "鹿城"}
HEADINGS = {1: "强化科技创新", 2: "加快先进制造业发展", 3: "推进服务业高质量发展"}
LONG = (
    "支持推动工业领域设备更新和技术改造以及与之配套的绿色工厂、智"
    "能工厂、未来工厂和数字化车间建设项目（含续建项目）的年度完成数量合计"
)
WORDY = "An English indicator of a great many words "
LONG_OPTIONS = {
    "left": "温州湾新区、龙湾区（高新区、经开区）",
    "right": "Lucheng District of Wenzhou City",
    "headings": {1: LONG, 2: "Another heading " * 8},
}


# --- rows of the tables -------------------------------------------------------------------------------------------


def budget(section: int, left: float | None, right: float | None, **more: Any) -> Row:
    """A row of ``budget_pairs``: both amounts, of whole sections unless it is said otherwise."""
    row: Row = {"left_section": section, "right_section": section, "heading": HEADINGS[section]}
    row |= {"left_amount_yuan": left, "right_amount_yuan": right}
    scopes = {"left_scope": "section" if left else "", "right_scope": "section" if right else ""}
    return row | scopes | {"comparable": bool(left and right)} | more


def target(
    section: int | None,
    item: str,
    left: float | None,
    right: float | None,
    unit: str = "家",
    comparators: tuple[str, str] = ("equal", "equal"),
    clauses: tuple[int, int] = (1, 2),
    **more: Any,
) -> Row:
    """A row of ``target_pairs``."""
    row = {"section": section, "unit": unit, "origin": "computed", "ratio": left / right if left and right else None}
    for side, value, comparator, clause in zip(("left", "right"), (left, right), comparators, clauses, strict=True):
        row |= {f"{side}_indicator": item, f"{side}_value": value}
        row |= {f"{side}_comparator": comparator, f"{side}_clause": clause}
    return row | more


def incentive(item: str, left: float | None, right: float | None, unit: str = "元", **more: Any) -> Row:
    """A row of ``incentive_pairs``."""
    row: Row = {"unit": unit, "origin": "computed", "ratio": left / right if left and right else None}
    for side, value, clause in (("left", left, 1), ("right", right, 12)):
        row |= {f"{side}_object": item, f"{side}_value": value, f"{side}_section": 1, f"{side}_clause": clause}
        row |= {f"{side}_kind": "sum" if value else "ceiling"}
    status = "equal" if left == right else "left" if (left or 0) > (right or 0) else "right"
    return row | {"status": status} | more


def clause(
    left: tuple[int, int, str] | None,
    right: tuple[int, int, str] | None,
    relation: str,
    similarity: float | None = None,
) -> Row:
    """A row of ``alignment``: on each side section, clause and title."""
    row: Row = {"relation": relation, "similarity": similarity, "origin": "computed"}
    for side, place in (("left", left), ("right", right)):
        if place:
            row |= dict(zip((f"{side}_section", f"{side}_clause", f"{side}_title"), place, strict=True))
    return row


def kept(place: str, year: int, promised: float, reached: float | None, outcome: str, unit: str = "%") -> Row:
    """A row of ``promises``."""
    difference = None if reached is None else reached - promised
    row = {"place": place, "year": year, "promised": promised, "reached": reached, "difference": difference}
    named = {"indicator_code": "gdp_growth", "indicator": "生产总值增长", "unit": unit, "comparator": "equal"}
    return row | named | {"outcome": outcome, "level": "county", "commitment": "firm"}


def one(place: str, value: float, *, own: bool = False) -> tuple[Any, ...]:
    """A row of what `Panel.stand` returns, as the chart needs it."""
    return place, 2024, value, "%", own


def goals(doc: str, section: int, commitment: str, count: int) -> list[Row]:
    """So many rows of ``targets``."""
    row = {"doc": doc, "section": section, "clause": 1, "commitment": commitment, "comparator": "equal"}
    return [row | {"target": f"{doc}-{n}", "origin": "computed"} for n in range(count)]


def promise(group: int, doc: str, value: float, indicator: str = "新增企业", **more: Any) -> Row:
    """A row of ``measure_targets``."""
    row = {"group": group, "measure": 1, "indicator": indicator, "value": value, "unit": "家", "relative": 1.0}
    row |= {"doc": doc, "section": 1, "clause": 1, "target": f"{doc}-001-{group:02}", "quote": f"{indicator}{value}家"}
    return row | {"comparator": "equal", "commitment": "firm"} | more


def alike(rows: int, columns: int, sections: int = 3) -> list[tuple[Any, ...]]:
    """The similarities of so many clauses, each of the first ones paired with its like."""
    return [
        (1 + i * sections // rows, i + 1, 1 + j * sections // columns, j + 1, ((i * 7 + j * 3) % 11) / 11,
         "same" if i == j else "partial" if i == j + 3 else "")
        for i in range(rows) for j in range(columns)
    ]  # fmt: skip


# --- every chart by its public name: a small table, and one of long texts and extreme values ----------------------

BUDGETS = [
    budget(1, None, 3.05e8),
    budget(2, 4.285e7, 0.2e8, left_scope="earmark", comparable=False, note="龙湾为三项专项之和"),
    budget(3, 8.948e7, 10.08e8),
]
TARGETS = [
    target(1, "新增高新技术企业", 150, 50, comparators=("at_least", "equal"), clauses=(1, 11)),
    target(1, "卓越工程师", 8, 8, "人"),
    target(2, "电量供给", 5e9, 8e9, "千瓦时", ("about", "about"), (0, 28)),
    target(3, "城市书房", 2, 1, right_value_max=2, comparators=("equal", "range"), ratio=None),
]
SMALL: dict[str, list[Any]] = {
    "budgets": BUDGETS,
    "commitments": [
        *goals("b", 1, "firm", 3), *goals("b", 1, "aspirational", 2),
        *goals("a", 1, "firm", 1), *goals("a", 3, "aspirational", 4),
    ],
    "targets": TARGETS,
    "targets_small": TARGETS,
    "incentives": [
        incentive("首次升规", 1e5, 2e5), incentive("技改设备", 10, 12, "%", left_cap=3e6, right_cap=2e6),
        incentive("种粮大户", 80, 80, left_per="亩", right_per="亩"), incentive("上市", 5e6, None, right_cap=6e6),
    ],
    "alignment_map": [
        clause((1, 1, "加强载体"), (1, 2, "提升平台"), "same", 0.9),
        clause((1, 2, "支持攻关"), (1, 1, "关键技术"), "partial", 0.25),
        clause((2, 3, "人才流动"), (1, 1, "关键技术"), "same"),
        clause((2, 4, "只有左边"), None, "left_only"),
        clause(None, (2, 3, "只有右边"), "right_only"),
    ],
    "similarity_heatmap": [
        (1, 1, 1, 1, 0.9, "same"), (1, 1, 2, 2, 0.02, ""), (1, 2, 1, 1, 0.25, "partial"), (1, 2, 2, 2, 0.125, ""),
        (2, 3, 1, 1, 0.0, ""), (2, 3, 2, 2, None, "same"),
    ],
    "explanation": [
        ("title", "孵化", 0.2), ("text", "·孵化", 0.1), ("text", "人才", 0.05), ("section", "科技", 0.01),
    ],
    "terms": [("孵化器", 9, 0, 2.2, 2.5), ("人才", 5, 2, 0.8, 1.1), ("航运", 1, 6, -1.2, -1.4)],
    "responsibilities": [
        ("科技", 1, True, 5, False, 2), ("科技", 2, False, 1, False, 0),
        ("交通", 2, False, 0, True, 3), ("其他", None, False, 0, False, 1),
    ],
    "only_here": [
        ("left", 1, 0, "全区研发投入强度", "about", 4.1, None, "%", "aspirational"),
        ("left", 1, 1, "新增高新技术企业", "equal", 150, None, "家", "firm"),
        ("left", 3, 12, "国债资金使用量列全市", "top", 3, None, "位", "aspirational"),
        ("right", 1, 2, "科技攻关项目", "at_least", 10, None, "项", "firm"),
        ("right", None, 40, "新增城市书房", "range", 1, 2, "家", "firm"),
    ],
    "overview": [
        (1, "强化科技创新", 5, 1, 1, 8, None, None, 1, "强化科技创新", 5, 0, 1, 5, 3.05e8, None),
        (2, "加快先进制造业发展", 5, 0, 4, 10, None, 4.285e7, 3, "推进制造业", 4, 0, 4, 4, 2e7, None),
        (3, "推进服务业高质量发展", 0, 2, 0, 3, 1e9, None, None, "", 0, 0, 0, 0, None, None),
        (None, "", 0, 0, 0, 0, None, None, 9, "其他事项", 0, 1, 0, 0, 1.2e9, None),
        (0, "", 1, 0, 0, 0, None, None, 0, "", 1, 0, 0, 2, None, None),
    ],
    "matrix": [
        promise(1, "a", 8.0),
        promise(2, "b", 5.0, "只在一处"),
        promise(1, "c", 2.0, relative=0.25, commitment="aspirational"),
        promise(3, "b", 3.0, "排名", comparator="top", unit="位", relative=None),
        promise(3, "c", 4.0, "位次名次", comparator="top", unit="位", relative=None),
    ],
    "promises": [
        kept("甲县", 2023, 6.0, 6.4, "met"), kept("甲县", 2024, 6.5, 6.0, "missed"),
        kept("乙区", 2024, 5.0, None, "no_report"),
    ],
    "standing": [one("甲县", 7.0), one("乙区", 6.0, own=True), one("丙市", 6.0), one("丁县", 5.5)],
}  # fmt: skip
MIXED = [
    target(1, LONG, 1, 1e12, "元"), target(1, "短", 12345678, 1.5, "千瓦时", ("about", "at_least"), (100, 200)),
    target(2, WORDY * 2, 1e12, 1, "公里", clauses=(0, 0)),
    target(2, "名次", 3, 5, "位", ("top", "top"), ratio=None), target(3, "零", 0, 0, ratio=None),
    target(3, "范围", 1, 2, "个", ("range", "range"), left_value_max=1e6, right_value_max=3, ratio=None),
    target(3, "空", None, 2), target(None, "负", -5, 2, "%", ratio=-2.5),
]  # fmt: skip
EXTREME: dict[str, list[Any]] = {
    "budgets": [
        budget(1, 1e12, 1, heading=LONG), budget(2, 1e4, None, heading="Abc def " * 9),
        budget(3, 12345678, 9.87654321e11, comparable=False, note=LONG),
    ],
    "commitments": [
        *goals("a", 1, "firm", 1), *goals("a", 12, "aspirational", 999), *goals("b", 12, "firm", 1234),
    ],
    "targets": MIXED,
    "targets_small": MIXED,
    "incentives": [
        incentive(LONG, 1, 1e12), incentive(WORDY * 2, 1e12, 1, left_per="平方米·月", left_cap=1e12),
        incentive("零", 0, 0), incentive("空", None, 2, left_cap=3), incentive("范围", 1, 2, right_value_max=9e9),
    ],
    "alignment_map": [
        *(clause((1, n, LONG), (8, n, LONG[n:]), "same", 1.0) for n in range(1, 60)),
        clause((99, 100, "x" * 99), None, "left_only"), clause(None, (9, 0, "$5 and $6 ^_^"), "right_only"),
    ],
    "similarity_heatmap": alike(41, 40, 8),
    "explanation": [
        ("text", LONG, 1e-9), ("section", "A very long English term " * 5, 1.0),
        *(("title", f"词{n}", 0.01) for n in range(30)),
    ],
    "terms": [
        (LONG, 123456, 7, 9.0, 99.5), ("An English term " * 6, 0, 98765432, -9.0, -0.01), ("$x_1$", 1, 2, 0, 0.0),
    ],
    "responsibilities": [
        *((LONG, n, True, 40, True, 140) for n in range(1, 10)),
        *((name, None, False, 99, True, 0) for name in ("短", "An English function " * 5)),
    ],
    "only_here": [
        ("left", 1, 1, LONG, "at_least", 1e12, None, "千瓦时", "firm"),
        ("left", 1, 123, "短", "range", 1, 12345678, "平方米", "aspirational"),
        ("right", None, 0, WORDY * 3, "about", 12345678.5, None, "人次", "firm"),
        ("right", 2, 1, "$x_1$", "equal", None, None, "", "firm"),
    ],
    "overview": [
        (1, LONG, 3, 0, 0, 999, 1e12, None, 2, "短", 0, 12, 5, 0, 1, None),
        (2, "Another heading " * 8, 0, 0, 0, 0, None, 12345678, None, "", 0, 0, 0, 0, None, None),
        (0, "", 1234, 0, 5, 5, None, None, 0, "", 0, 0, 0, 0, None, None),
    ],
    "matrix": [
        promise(group, doc, 1e9 / (group + 1), LONG if group else "短", unit="千瓦时", comparator="at_least")
        for group in range(3) for doc in ("longwan", "chengjiang", *"abcdefg")
    ],
    "promises": [
        kept(LONG, 2024, 1e12, 12345678.5, "missed", "千瓦时"),
        kept("An English place " * 6, 2024, -5.0, 1.0, "met", "千瓦时"),
        *(kept(f"第{number}区", 2023, 1e9 * number, None, "not_reported", "千瓦时") for number in range(80)),
    ],
    "standing": [
        one(LONG[:30], 1e12, own=True), *(one("x", 1.0) for _ in range(40)),
        one("An English place", -12345678.5, own=True),
    ],
}  # fmt: skip
_IN_THE_DICTIONARY = {
    "budgets": "budget_pairs",
    "commitments": "targets",
    "targets": "target_pairs",
    "targets_small": "target_pairs",
    "incentives": "incentive_pairs",
    "alignment_map": "alignment",
    "matrix": "measure_targets",
    "promises": "promises",
}
_COLUMNS: dict[str, Sequence[str]] = {
    "similarity_heatmap": balance.SIMILARITIES,
    "explanation": ["part", "term", "contribution"],
    "terms": COLUMNS[:-1],
    "responsibilities": NEEDED,
    "only_here": balance.ONLY_HERE,
    "overview": balance.BALANCE,
    "standing": STANDING,
}
_SINGLE = ("explanation", "matrix", "promises", "standing")  # the charts that have no left and right document to name
_HEADED = (
    "targets",
    "targets_small",
    "incentives",
    "responsibilities",
    "only_here",
)  # those whose table has no headings


def table(name: str, rows: Iterable[Any]) -> pd.DataFrame:
    """The table that a chart draws, of these rows."""
    if name in _IN_THE_DICTIONARY:
        return schema.frame(_IN_THE_DICTIONARY[name], rows)
    found = pd.DataFrame(list(rows), columns=list(_COLUMNS[name]))
    if name == "terms":
        return found.assign(side=np.where(found["z"].fillna(0) > 0, "left", "right"))
    return found.astype({"section": "Int64"}) if name == "responsibilities" else found


def draw(name: str, rows: Iterable[Any] | None = None, **options: Any) -> Axes:
    """A chart of these rows, or of its small table; the documents have names, and sections headings where none are."""
    if name in _SINGLE:
        options = {key: value for key, value in options.items() if key not in ("left", "right", "headings")}
    else:
        options = NAMES | ({"headings": HEADINGS} if name in _HEADED else {}) | options
    return getattr(charts, name)(table(name, SMALL[name] if rows is None else rows), **options)


# --- what stands on a figure --------------------------------------------------------------------------------------


def artist(ax: Axes, gid: str) -> Any:
    """The one artist that has this gid within its chart."""
    (found,) = (mark.artist for mark in marks_of(ax) if mark.name == gid)
    return found


def texts(ax: Axes) -> list[str]:
    """All texts that are seen on the figure."""
    return [text.get_text() for text in _seen(ax)]


def _seen(ax: Axes) -> list[Text]:
    def is_seen(one: Artist) -> bool:
        return isinstance(one, Text) and one.get_visible() and bool(one.get_text().strip())

    return ax.figure.findobj(is_seen)


def bars(ax: Axes, row: str) -> Mapping[str, tuple[float, float]]:
    """The bars of one row, by column: where they begin and end in the data of the axes, whatever their own scale."""
    found = {}
    for box in ax.patches:
        _, column, key = (box.get_gid() or "::").split(":", 2)
        if key == row:
            (start, end), _ = ax.transData.inverted().transform(box.get_extents().get_points()).T
            found[column] = (float(start), float(end))
    return found


# In a notebook, letters stand on whole pixels and need more room than in files. Of the resolutions at which every chart
# has that room this one is the strictest: with letters measured too narrow, gaps more than halved, and lines set closer
# it showed 12, 6 and 1 faulty figures of 78; the 144 dots per inch of a notebook 4, 2 and 2, files at most 0, 2 and 4.
STRICTEST = 100


def assert_legible(ax: Axes) -> None:
    """Assert that no text leaves the figure or overlaps another."""
    ax.figure.set_dpi(STRICTEST)
    ax.figure.draw_without_rendering()
    seen, figure = _seen(ax), ax.figure.bbox
    boxes = np.array([Text.get_window_extent(text).extents for text in seen])
    outside = (boxes[:, :2] < -0.5).any(axis=1) | (boxes[:, 2:] > np.array([figure.x1, figure.y1]) + 0.5).any(axis=1)
    assert not outside.any(), f"{[seen[n].get_text() for n in np.flatnonzero(outside)]} leave the figure"
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    both = np.triu(((high - low) > (1, 1.5)).all(axis=2), 1)
    pairs = [(seen[i].get_text(), seen[j].get_text()) for i, j in np.argwhere(both)]
    assert not pairs, f"{pairs} overlap"
