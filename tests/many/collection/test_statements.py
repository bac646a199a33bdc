"""A made-up report → its figures: of which year and of how many, of what, stated how often, and against one another."""

import pytest

from policycmp import document, reading
from policycmp.many.collection.statements import statements


def read(text, year=2024, place="甲县", level="county"):
    stated = {"year": year, "district": place}
    tables = document.load(reading.from_text(text, doc="made", **stated), corrections="none")
    rows = statements(tables, place=place, level=level)
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)
    return rows


def plan(sentence):
    return f"一、2024年工作安排\n（一）主要目标。{sentence}\n"


def review(sentence):
    return f"一、2023年工作回顾\n（一）经济运行。{sentence}\n二、2024年工作安排\n（一）产业。新增公园77座。\n"


def row(rows, value):
    (found,) = [row for row in rows if row["value"] == value]
    return found


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("全县生产总值增长6%左右。", "year"),
        ("今后五年，全县生产总值增长6%左右。", "years"),
        ("到2027年，城镇化率达到6%。", "years"),
        ("全县生产总值年均增长6%。", "years"),
        ("“十五五”时期，全县生产总值增长6%。今年，税收收入增长5%。", "years"),
        ("努力实现“十五五”时期发展的良好开局。全县生产总值增长6%。", "year"),
        ("今后五年是关键期。今年，全县生产总值增长6%。", "year"),
        ("一季度全县生产总值增长6%。", "months"),
    ],
)
def test_a_goal_of_several_years_is_kept_apart(sentence, span):
    assert row(read(plan(sentence)), 6.0)["span"] == span


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("2023年，全县生产总值增长6%。", "year"),
        ("五年来，全县生产总值增长6%。", "years"),
        ("全县生产总值比2018年增长6%。", "years"),
        ("全县生产总值比2022年增长6%。", "year"),
    ],
)
def test_a_result_of_several_years_is_kept_apart(sentence, span):
    assert row(read(review(sentence)), 6.0)["span"] == span


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("进出口总额增长6%。", "whole"),
        ("自贸试验区甲片区新设企业90家，进出口总额增长6%。", "part"),
        ("自贸试验区加快建设，全县进出口总额增长6%。", "whole"),
        ("加快自贸试验区建设，进出口总额增长6%。", "whole"),
        ("做强跨境电商等新业态，进出口总额增长6%。", "whole"),
        ("高新区进出口总额增长6%。", "part"),
        ("加大招商力度，各开发区完成任务，进出口总额增长6%。", "part"),
        ("各市场主体活力增强，进出口总额增长6%。", "whole"),
    ],
)
def test_a_figure_of_a_part_of_the_place_is_kept_apart(sentence, scope):
    assert row(read(review(sentence)), 6.0)["scope"] == scope


def test_a_new_area_is_no_part_of_itself():
    text = review("乙新区进出口总额增长6%。")
    assert row(read(text, place="乙新区", level="zone"), 6.0)["scope"] == "whole"


def test_a_year_that_ends_with_five_is_one_year():
    assert row(read(plan("力争2025年全县生产总值增长6%。"), year=2025), 6.0)["span"] == "year"


def test_what_is_said_twice_is_one_row_with_both_places():
    rows = read(plan("全县生产总值增长6%左右，税收收入增长5%。\n（二）产业。生产总值增长6%左右。"))
    growth = row(rows, 6.0)
    assert growth["times"] == 2
    assert growth["elsewhere"].startswith("0/1/2:")
    assert (growth["main"], growth["contradicted"], growth["clause"]) == (True, False, 1)


def test_what_contradicts_itself_is_flagged_and_the_goal_among_goals_is_taken():
    rows = read(plan("生产总值增长8%。\n（二）产业。全县生产总值增长6%左右，税收收入增长5%，城镇新增就业3000人。"))
    assert [(row(rows, value)["main"], row(rows, value)["contradicted"]) for value in (8.0, 6.0)] == [
        (False, False),
        (True, False),
    ]
    rows = read(plan("生产总值增长8%。\n（二）产业。生产总值增长6%左右。"))
    assert [row(rows, value)["contradicted"] for value in (8.0, 6.0)] == [True, True]


def test_numbers_of_one_sentence_contradict_nothing():
    rows = read(plan("低保标准分别提高到每月900元、700元。"))
    assert not any(row["contradicted"] for row in rows)


def test_a_fall_is_signed_and_turns_its_comparator():
    rows = read(plan("固定资产投资下降3%以上。单位GDP能耗下降2%以上。"))
    assert (row(rows, -3.0)["comparator"], row(rows, -3.0)["indicator_code"]) == ("at_most", "fixed_investment_growth")
    assert (row(rows, 2.0)["comparator"], row(rows, 2.0)["indicator_code"]) == ("at_least", "energy_intensity_cut")


def test_a_paragraph_that_opens_with_the_year_past_holds_results():
    past = "一、新的步伐\n（一）经济。2023年，各项工作扎实推进。全县生产总值增长7%。\n"
    text = f"{past}二、2024年工作安排\n（一）目标。生产总值增长6%。\n"
    assert {row["value"]: (row["statement"], row["year"]) for row in read(text)} == {
        7.0: ("result", 2023),
        6.0: ("target", 2024),
    }
