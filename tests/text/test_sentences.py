"""The sentence around a quote: from stop to stop, and no further than its line."""

import pytest

from policycmp.text.sentences import sentence_at

TEXT = "一、科技\n新建一处。力争投资5亿元；新增企业3家！\n二、交通"


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("5亿元", "力争投资5亿元；新增企业3家！"),
        ("新增企业3家！", "力争投资5亿元；新增企业3家！"),
        ("新建一处", "新建一处。"),
        ("科技", "一、科技"),
        ("交通", "二、交通"),
    ],
)
def test_a_quote_stands_in_its_sentence(quote, expected):
    start = TEXT.index(quote)
    assert sentence_at(TEXT, start, start + len(quote)) == expected


def test_a_text_without_any_stop_has_no_endless_sentence():
    assert 2000 <= len(sentence_at("甲" * 9000, 5000, 5001)) <= 2001
