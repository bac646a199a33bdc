"""Outlines of every kind, made up, and what holds for any generated one."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp.errors import PolicyError
from policycmp.reading import Policy
from policycmp.structure import clauses
from policycmp.text.numerals import spell


def read(text, title=""):
    return clauses.read_structure(Policy("made", text, "made.txt", "", "utf-8", body_end=len(text), title=title))


def shape(text, title=""):
    """How many sections there are, and (section, clause) of every clause."""
    found = read(text, title)
    return len(found.sections), [(unit.section, unit.clause) for unit in found.clauses]


LONG = "坚持稳中求进、以进促稳的工作总基调。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "报告\n一、2024年回顾\n（一）甲。乙。\n（二）丙。丁。\n二、2025年安排\n（一）戊。己。\n",
            (2, [(1, 1), (1, 2), (2, 1)]),
        ),
        (
            "方案\n一、甲\n短句。\n二、乙\n短句。\n三、丙\n（一）平台\n1、子。丑。\n2、寅。卯。\n"
            "（二）产业\n3、辰。巳。\n",
            (3, [(3, 1), (3, 2), (3, 3)]),
        ),
        (
            "办法\n一、甲\n1、子。\n2、丑。\n二、乙\n（一）寅\n1、卯；\n2、辰；\n（二）巳\n1、午。\n",
            (2, [(1, 1), (1, 2), (2, 1), (2, 2)]),
        ),
        (
            "措施\n一、甲\n1.子。\n2.丑。\n二、乙\n1.寅。\n2.卯。\n3.辰。\n4.巳。\n",
            (2, [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (2, 4)]),
        ),
        (
            "纲要\n一、甲\n1.1 子\n文。\n1.2 丑\n文。\n二、乙\n2.1 寅\n文。\n2.2 卯\n"
            "2.2.1 辰。\n",
            (2, [(1, 1), (1, 2), (2, 1), (2, 2)]),
        ),
        (
            "计划\n1 甲\n1.1 子\n文。\n1.2 丑\n文。\n2 乙\n2.1 寅\n文。\n",
            (2, [(1, 1), (1, 2), (2, 1)]),
        ),
        (
            "规划\n第一篇 甲\n第一章 子\n第一节 文\n第二节 文\n第二章 丑\n第一节 文\n第二篇 乙\n"
            "第三章 寅\n第一节 文\n",
            (2, [(1, 1), (1, 2), (2, 3)]),
        ),
        (
            "办法\n第一章 甲\n第一条 子。\n第二章 乙\n第一节 丙\n第二条 丑：\n（一）文；\n（二）文。\n"
            "第二节 丁\n第三条 寅。\n",
            (2, [(1, 1), (2, 2), (2, 3)]),
        ),
        (
            "政策\n一、甲\n（一）单条。新增5家。\n",
            (1, [(1, 1)]),
        ),
        (
            f"意见\n一、甲\n{LONG}\n二、乙\n（一）子。丑。\n",
            (2, [(1, 1), (2, 1)]),
        ),
        (
            "实事\n一、甲\n目标：岗位4个。\n二、乙\n目标：学位9个。\n",
            (0, [(0, 1), (0, 2)]),
        ),
        (
            f"政策\n为了发展。\n支持平台。{LONG}\n支持技改。{LONG}\n",
            (0, [(0, 1), (0, 2)]),
        ),
        (
            f"纪要\n**听取汇报**\n{LONG}\n**研究事项**\n{LONG}\n",
            (2, [(1, 1), (2, 1)]),
        ),
        (
            f"# 方案\n## 甲\n{LONG}\n## 乙\n### 子\n{LONG}\n### 丑\n{LONG}\n",
            (2, [(1, 1), (2, 1), (2, 2)]),
        ),
        (
            f"方案\n总体要求\n{LONG}\n主要任务\n1.子。丑。\n2.寅。卯。\n保障措施\n1.辰。巳。\n"
            f"2.午。未。\n",
            (3, [(1, 1), (2, 1), (2, 2), (3, 1), (3, 2)]),
        ),
    ],
)  # fmt: skip
def test_an_outline_is_read_as_a_reader_would(text, expected):
    assert shape(text, text.split("\n")[0].strip("# ")) == expected


def test_front_matter_and_comments_are_no_text_of_a_clause():
    text = "---\ntitle: 甲\n---\n一、甲\n（一）乙。丙。\n（二）丁。戊。\n<!-- （三）网站 -->\n"
    found = read(text)
    assert [unit.clause for unit in found.clauses] == [1, 2]
    assert "网站" not in text[slice(*found.clauses[-1].text)]


def test_a_text_that_is_read_by_paragraphs_says_so():
    notices = read(f"政策\n支持平台。{LONG}\n支持技改。{LONG}\n").notices
    assert [(notice.key, notice.number) for notice in notices] == [("by_paragraphs", 2)]


HEADS = ["第{}章 ", "{}、", "第{}编 "]
INNER = ["（{}）", "第{}条 ", "{:d}、", "{:d}.", "（{:d}）"]


def number(form, value):
    return form.format(value) if ":d" in form else form.format(spell(value))


def numbers(found):
    return [(unit.part, unit.section, unit.clause) for unit in found.units()]


@st.composite
def outlines(draw):
    """A text with sections and clauses in any style, counted on or anew, items below, blank lines and slips."""
    head, inner = draw(st.sampled_from(HEADS)), draw(st.sampled_from(INNER))
    anew, items = draw(st.booleans()), draw(st.booleans())
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    lines, count, expected = ["某方案"], 0, []
    for section, size in enumerate(sizes, 1):
        lines.append(f"{number(head, section)}标题")
        count = 0 if anew else count
        for _ in range(size):
            count += 1
            lines.append(f"{number(inner, count)}事项。新增企业{count}家。")
            lines += ["①甲类3个；", "②乙类4个。"] if items else []
            expected.append((section, count))
    return lines, expected


@settings(deadline=None, max_examples=150)
@given(outlines())
def test_any_regular_outline_is_read_without_an_invented_section(made):
    lines, expected = made
    text = "\n".join(lines) + "\n"
    found = read(text)
    assert [(unit.section, unit.clause) for unit in found.clauses] == expected
    assert len(found.sections) == expected[-1][0]
    assert found.notices == []


@settings(deadline=None, max_examples=150)
@given(outlines(), st.data())
def test_whatever_the_outline_each_character_is_in_one_block(made, data):
    lines, _ = made
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at] = data.draw(st.sampled_from(["附件", lines[at][1:], lines[at] * 2, "名词解释", "", lines[0]]))
    text = "\n".join(lines) + "\n"
    try:
        found = read(text)
    except PolicyError:
        return
    blocks = list(found.blocks())
    assert [blocks[0].start, blocks[-1].end] == [0, len(text)]
    assert all(one.end == two.start for one, two in pairwise(blocks))
    assert all(block.start < block.end and block.part.start <= block.start for block in blocks)
    spaced = read(text.replace("\n", "\n\n"))
    assert [(u.part, u.section, u.clause) for u in spaced.units()] == [
        (u.part, u.section, u.clause) for u in found.units()
    ]
    for unit in found.units():
        assert unit.marker.start <= unit.text[0] <= unit.text[1] <= unit.end
