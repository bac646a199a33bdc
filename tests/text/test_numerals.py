import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.text.numerals import arabic, chinese, share, spell


@pytest.mark.parametrize(
    ("text", "value"),
    [("150", 150), ("1,300.5万", 13_005_000), ("1.2万亿", 1.2e12), ("3千万", 3e7), ("30余", 30), ("100 多万", 1e6)],
)
def test_arabic_numerals(text, value):
    assert arabic(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三十", 30), ("十二", 12), ("两千五百万", 25_000_000), ("二点五亿", 250_000_000), ("一万二千", 12_000),
        ("三千亿", 300_000_000_000), ("二〇二五", 2025), ("一百零三", 103), ("十余", 10),
    ],
)  # fmt: skip
def test_chinese_numerals(text, value):
    assert chinese(text) == value


@pytest.mark.parametrize(
    ("text", "percent"),
    [("三分之二", 66.67), ("百分之八十五", 85), ("百分之三点五", 3.5), ("三成", 30), ("三成半", 35), ("过半数", 50)],
)
def test_shares(text, percent):
    assert share(text) == percent


@pytest.mark.parametrize("text", ["", "万", "1.2.3", "12a", "1" * 40])
def test_arabic_says_none_for_what_is_no_number(text):
    assert arabic(text) is None


@pytest.mark.parametrize("text", ["", "二三", "一点", "十点百", "一" * 30])
def test_chinese_says_none_for_what_is_no_number(text):
    assert chinese(text) is None


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"), (8, "八"), (10, "十"), (11, "十一"), (20, "二十"), (41, "四十一"), (99, "九十九"), (100, "一百"),
        (103, "一百零三"), (110, "一百一十"), (1003, "一千零三"), (1010, "一千零一十"), (2300, "二千三百"),
        (0, "0"), (-3, "-3"), (10_000, "10000"),
    ],
)  # fmt: skip
def test_a_number_spelt_as_clauses_are_counted(number, words):
    assert spell(number) == words


@given(st.integers(1, 9999))
def test_a_number_spelt_is_read_as_that_number(number):
    assert chinese(spell(number)) == number


def test_share_of_nothing_is_no_share():
    assert share("零分之一") is None
