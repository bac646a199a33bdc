"""Tables of indicators in the text: each number of a line gets the name, the unit and the year of its place."""

import pytest

from policycmp import quantities
from policycmp.reading import Policy
from policycmp.structure import read_structure

TEXT = (
    "某区发展规划\n一、主要目标\n（一）指标。主要指标如下。\n{table}\n（二）保障。新增企业30家。\n（三）分工。落实。\n"
)


def told(table, year=2021):
    text = TEXT.format(table=table)
    policy = Policy("made", text, "made.txt", "", "utf-8", year=year, body_end=len(text))
    rows = quantities.quantity_rows(read_structure(policy))
    return [
        (row["role"], row["indicator"], row["comparator"], row["value"], row["unit"], row["year"])
        for row in rows if row["role"] != "reference" and row["indicator"] != "新增企业"
    ]  # fmt: skip


@pytest.mark.parametrize("gap", ["\t", "    ", " "])
def test_each_value_has_the_name_unit_and_year_of_its_place(gap):
    lines = [
        ("序号", "指标", "单位", "属性", "2020年", "2025年目标", "年均增长"),
        ("1", "人口城镇化率", "%", "预期性", "61.2", "68左右", "—"),
        ("2", "地区生产总值", "亿元", "预期性", "210", "≥300", "6.5%以上"),
        ("3", "新增学位（个）", "个", "约束性", "1200", "〔5000〕", "—"),
    ]
    assert told("\n".join(gap.join(line) for line in lines)) == [
        ("result", "人口城镇化率", "equal", 61.2, "%", 2020),
        ("target", "人口城镇化率", "about", 68, "%", 2025),
        ("result", "地区生产总值", "equal", 2.1e10, "元", 2020),
        ("target", "地区生产总值", "at_least", 3e10, "元", 2025),
        ("target", "地区生产总值年均增长", "at_least", 6.5, "%", 2021),
        ("result", "新增学位", "equal", 1200, "个", 2020),
        ("target", "新增学位", "equal", 5000, "个", 2025),
    ]


def test_empty_cells_merged_groups_and_headings_between_the_lines_shift_nothing():
    lines = [
        "类别\t指标名称\t单位\t2020年实际\t2025年目标",
        "经济\t进出口总额\t亿元\t12\t20",
        "城镇化率\t%\t\t>68",
        "一、民生",
        "民生\t学位\t个\t\t800",
    ]
    assert told("\n".join(lines)) == [
        ("result", "进出口总额", "equal", 1.2e9, "元", 2020),
        ("target", "进出口总额", "equal", 2e9, "元", 2025),
        ("target", "城镇化率", "at_least", 68, "%", 2025),
        ("target", "学位", "equal", 800, "个", 2025),
    ]


def test_a_line_that_says_what_it_binds_needs_no_heading():
    assert told("单位能耗降低    13.5    %    约束性") == [("target", "单位能耗降低", "equal", 13.5, "%", 2021)]


@pytest.mark.parametrize(
    "table",
    [
        "联系电话 区发展改革局 8765432",
        "指标 解释\n城镇化率 是指城镇人口占比",
        "项目 地点 备注\n东湖桥 江岸 2期",
        "这是 一段 有空格 的文字 2025 年印发",
    ],
)
def test_what_only_has_gaps_is_no_table(table):
    assert told(table) == []
