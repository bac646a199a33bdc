"""What is told of a text: whether it is Chinese."""

import pytest

from policycmp.shown.html import is_chinese


@pytest.mark.parametrize(
    ("text", "expected"),
    [("修路9公里", True), ("cl. 12", False), ("", False), ("9", False), ("Roads, 修路", False), ("AI赋能平台", True)],
)
def test_a_text_most_of_whose_letters_are_chinese_is_chinese(text, expected):
    assert is_chinese(text) == expected
