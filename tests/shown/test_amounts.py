"""Numbers and sums of money written for people."""

import pytest

from policycmp.errors import PolicyError
from policycmp.shown.amounts import format_amount, format_value, significant, unit_of

NAN = float("nan")


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        (3.05e8, "3.05亿元", "0.305 bn yuan"),
        (1.95e6, "195万元", "1.95 m yuan"),
        (8.948e7, "8948万元", "89.48 m yuan"),
        (1e9, "10亿元", "1 bn yuan"),
        (1e12, "1万亿元", "1,000 bn yuan"),
        (1, "1元", "1 yuan"),
        (0, "0元", "0 yuan"),
        (12345678, "1234.5678万元", "12.345678 m yuan"),
        (None, "未列明", "not stated"),
        (NAN, "未列明", "not stated"),
    ],
)
def test_amounts(yuan, zh, en):
    assert (format_amount(yuan), format_amount(yuan, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("value", "most", "comparator", "unit", "zh", "en"),
    [
        (150, NAN, "at_least", "家", "≥150家", "≥150"),
        (1, 2, "range", "个", "1–2个", "1–2"),
        (15000, 20000, "range", "户", "1.5–2万户", "15,000–20,000 households"),
        (5, NAN, "about", "%", "≈5 %", "≈5 %"),
        (3, NAN, "top", "位", "前3位", "top 3"),
        (10, NAN, "less_than", "分钟", "<10分钟", "<10 minutes"),
        (50, NAN, "at_most", "%", "≤50 %", "≤50 %"),
        (13e6, NAN, "at_least", "人次", "≥1300万人次", "≥13 m visits"),
        (8e9, None, "about", "千瓦时", "≈80亿千瓦时", "≈8 bn kWh"),
        (66.67, None, "equal", "%", "66.67 %", "66.67 %"),
        (-1.5, None, "equal", "%", "−1.5 %", "−1.5 %"),
        (NAN, NAN, "top", "位", "未列明", "not stated"),
        (NAN, NAN, "in_step", "", "与经济同步", "in step with the economy"),
        (None, None, "none_set", "", "不设目标", "no target set"),
        (1e12, NAN, "equal", "元", "1万亿元", "1,000 bn yuan"),
    ],
)
def test_values(value, most, comparator, unit, zh, en):
    assert format_value(value, most, comparator, unit) == zh
    assert format_value(value, most, comparator, unit, "en") == en


def test_an_unknown_language_lists_the_choices():
    with pytest.raises(PolicyError, match="option lang: got 'fr'; one of: zh, en"):
        format_amount(1, "fr")


@pytest.mark.parametrize(
    ("most", "amount", "zh", "en"),
    [
        (12.93e8, 8.948e7, "0.895亿元", "0.0895 billion yuan"),
        (3.2e8, 1.2e7, "0.12亿元", "12 million yuan"),
        (9e6, 12345, "1.23万元", "0.0123 million yuan"),
        (1e12, 1, "1元", "1 yuan"),  # nothing would be left of it
        (1e12, NAN, "未列明", "not stated"),
    ],
)
def test_one_axis_counts_money_in_one_unit(most, amount, zh, en):
    assert (unit_of(most).amount(amount), unit_of(most, "en").amount(amount)) == (zh, en)


def test_three_digits_are_significant():
    assert [significant(number) for number in (1234.5, 0.89481, 23.0, -1.5)] == ["1230", "0.895", "23", "−1.5"]
    assert significant(1234.5, "en") == "1,230"
