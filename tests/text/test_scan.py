from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold
from policycmp.text.scan import scan

UNITS = Lexicon.load().units


def read(text):
    """The numerals of a text as (as printed, value, upper value, unit)."""
    found = [n for n in scan(fold(text), UNITS)]
    return [(text[n.start : n.end], n.value, n.value_max, n.unit) for n in found]


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("企业150家", "150", 150, "家"),
        ("1200万元", "1200万", 12_000_000, "元"),
        ("3亿元", "3亿", 300_000_000, "元"),
        ("1.2万亿元", "1.2万亿", 1.2e12, "元"),
        ("3千万元", "3千万", 30_000_000, "元"),
        ("50亿千瓦时", "50亿", 5_000_000_000, "千瓦时"),
        ("1亿美元", "1亿", 100_000_000, "美元"),
        ("1,300.5万元", "1,300.5万", 13_005_000, "元"),
        ("1,234,567元", "1,234,567", 1_234_567, "元"),
        ("１２００万元", "１２００万", 12_000_000, "元"),
        ("３．５％", "３．５", 3.5, "%"),
        ("0.1万元", "0.1万", 1000, "元"),
        ("2025年3月", "2025年3月", 2025, "年"),
        ("92.5%", "92.5", 92.5, "%"),
        ("10‰", "10", 10, "‰"),
        ("5个百分点", "5", 5, "百分点"),
        ("3.5倍", "3.5", 3.5, "倍"),
        ("500场次", "500", 500, "场"),
        ("150台（套）", "150", 150, "台"),
        ("2800套（间）", "2800", 2800, "套"),
        ("3亿方", "3亿", 300_000_000, "立方米"),
        ("550家次", "550", 550, "家次"),
        ("1000人次", "1000", 1000, "人次"),
        ("4.5个/千人", "4.5", 4.5, "个/千人"),
        ("300万方土", "300万", 3_000_000, "立方米"),
        ("3方面", "3", 3, ""),
        ("9万人口", "9万", 90_000, "人"),
        ("25微克/立方米", "25", 25, "微克/立方米"),
        ("0.5吨标准煤/万元", "0.5", 0.5, "吨标准煤/万元"),
        ("两千五百万元", "两千五百万", 25_000_000, "元"),
        ("二点五亿元", "二点五亿", 250_000_000, "元"),
        ("一万二千人", "一万二千", 12_000, "人"),
        ("二十五个百分点", "二十五", 25, "百分点"),
        ("三分之二", "三分之二", 66.67, "%"),
        ("五分之一", "五分之一", 20, "%"),
        ("百分之八十五", "百分之八十五", 85, "%"),
        ("百分之三点五", "百分之三点五", 3.5, "%"),
        ("三成", "三成", 30, "%"),
        ("三成半", "三成半", 35, "%"),
        ("一半以上", "一半", 50, "%"),
        ("翻一番", "翻一番", 2, "倍"),
        ("翻两番", "翻两番", 4, "倍"),
        ("前三位", "三", 3, "位"),
        ("1200 万元", "1200 万", 12_000_000, "元"),
    ],
)  # fmt: skip
def test_one_number(text, printed, value, unit):
    assert read(text) == [(printed, pytest.approx(value), None, unit)]


@pytest.mark.parametrize(
    ("text", "printed", "low", "high", "unit"),
    [
        ("1-2家", "1-2", 1, 2, "家"),
        ("1～2家", "1～2", 1, 2, "家"),
        ("3—5家", "3—5", 3, 5, "家"),
        ("10至15个", "10至15", 10, 15, "个"),
        ("8%-10%", "8%-10", 8, 10, "%"),
        ("5000万—8000万元", "5000万—8000万", 5e7, 8e7, "元"),
        ("1-2万人", "1-2万", 1e4, 2e4, "人"),
        ("0.5-1亿元", "0.5-1亿", 5e7, 1e8, "元"),
        ("0-3岁", "0-3", 0, 3, "岁"),
        ("15-20年", "15-20", 15, 20, "年"),
        ("5000-1万元", "5000-1万", 5e3, 1e4, "元"),
    ],
)  # fmt: skip
def test_a_range_is_one_number_with_two_bounds(text, printed, low, high, unit):
    assert read(text) == [(printed, low, high, unit)]
    assert next(scan(fold(text), UNITS)).bound == "range"


@pytest.mark.parametrize(
    ("text", "values"),
    [("5-5家", [5, 5]), ("2-1家", [2, 1]), ("1.2.3家", [1.2, 3]), ("1,23家", [1, 23]), ("增长9%、10%", [9, 10])],
)
def test_what_looks_like_one_number_and_is_two(text, values):
    assert [n.value for n in scan(text, UNITS)] == values


@pytest.mark.parametrize(
    ("text", "bound"),
    [("30余家", "at_least"), ("100多家", "at_least"), ("20余万元", "at_least"), ("1200万余元", "at_least"),
     ("十余家", "at_least"), ("上百家", "at_least"), ("近百家", "about"), ("过半数", "at_least"), ("150家", "")],
)  # fmt: skip
def test_a_bound_that_the_numeral_itself_states(text, bound):
    assert [n.bound for n in scan(text, UNITS)] == [bound]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("实施415X集群", ["415"]),
        ("构建5+5+N产业", ["5", "5"]),
        ("推广3C产品", ["3"]),
        ("T2航站楼", ["2"]),
        ("建5G基站200个", ["5"]),
        ("覆盖“5C”计划", ["5"]),
    ],
)
def test_the_digits_of_a_name_count_nothing(text, codes):
    found = list(scan(text, UNITS))
    assert [text[n.start : n.end] for n in found if n.form == "code"] == codes
    assert all(n.unit == "" for n in found if n.form == "code")


def test_the_number_of_an_item_before_a_year_is_no_decimal():
    assert read("附件：1.2025年任务清单，1.2024万元") == [
        ("1", 1, None, ""),
        ("2025", 2025, None, "年"),
        ("1.2024万", 12024, None, "元"),
    ]


def test_a_slogan_is_a_count_of_things_and_their_share():
    assert [(n.value, n.unit, n.form) for n in scan("提高到“3个80%”", UNITS)] == [
        (3, "个", "code"), (80, "%", "slogan")]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "form"),
    [("2025年", "year"), ("2025-2027年", "year"), ("2025年3月4日", "date"), ("2025-07-15 16:38:09", "date"),
     ("16:38", "date"), ("3月4日", "date"), ("2025 年", "year")],
)  # fmt: skip
def test_a_date_is_one_numeral(text, form):
    assert [(n.form, text[n.start : n.end].rstrip("年 ")) for n in scan(text, UNITS)] == [(form, text.rstrip("年 "))]


@pytest.mark.parametrize("text", ["9" * 20 + "元", "1" * 30 + "家", "1" * 100_000, "٣家", "१२家"])
def test_what_no_rule_reads_is_kept_without_a_value(text):
    found = list(scan(text, UNITS))
    assert [n.value for n in found] == [None]
    assert {n.form for n in found} == {"unknown"}


@pytest.mark.parametrize(
    "text",
    ["一批项目", "一家企业", "一体化", "三大体系", "四好农村路", "统一", "第一书记", "几十家", "二〇二五", "十件实事"],
)
def test_words_with_a_numeral_in_them_are_words(text):
    assert read(text) == []


PIECES = st.lists(st.sampled_from([*"0123456789.,-%万亿十百三个家元年月日(、至+ABX“", "分之", "/", ":", " ", "²", "٣"]))


@given(PIECES.map("".join))
def test_every_digit_lies_in_exactly_one_numeral(text):
    text = fold(text)
    covered = [i for n in scan(text, UNITS) for i in range(n.start, n.end)]
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(text) if c.isdecimal()} <= set(covered)


@given(PIECES.map("".join))
def test_numerals_come_in_order_and_their_spans_nest(text):
    found = list(scan(fold(text), UNITS))
    assert all(0 <= n.start < n.end <= n.unit_end <= len(text) for n in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize(
    "piece", ["1", "一", "十万", "(", "、", "1-", "8%-", "1,", "1.", "3个8%", "三分之", "1个/", "1 "]
)
def test_long_runs_are_read(piece):
    text = piece * (30_000 // len(piece))
    digits = sum(c.isdecimal() for c in text)
    assert sum(sum(c.isdecimal() for c in text[n.start : n.end]) for n in scan(text, UNITS)) == digits
