"""The marks of Markdown are no part of what a text says, and every character is found again in the marked text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.text.unmarked import plain, unmarked


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("新增**高新技术企业**150家", "新增高新技术企业150家"),
        ("增长**7%**左右，*力争*达到**8%**", "增长7%左右，力争达到8%"),
        ("达到**300**家", "达到300家"),
        ("**甲****乙**", "甲乙"),
        ("## 一、科技\n- 新增5家\n> 引用\n  * 又5家\n+ 再5家", "一、科技\n新增5家\n引用\n又5家\n再5家"),
        ("- 12 -\n- 2.4", "- 12 -\n2.4"),
        ("电话138****1234，面积3*5米", "电话138****1234，面积3*5米"),
        ("C#语言和#号", "C#语言和#号"),
        ("一、科技", "一、科技"),
        ("", ""),
    ],
)
def test_marks_are_taken_out(marked, said):
    assert plain(marked) == said


@given(st.lists(st.sampled_from(["甲", "5", "*", "**", "\n", "- ", "# ", ">", " ", "。"]), max_size=30).map("".join))
def test_every_character_stands_where_it_stood(text):
    bare = unmarked(text)
    assert len(bare.at) == len(bare.text) + 1 and bare.at[-1] == len(text)
    assert [text[place] for place in bare.at[:-1]] == list(bare.text) == list(bare.of(text))
    assert [bare.place(place) for place in bare.at] == list(range(len(bare.at)))
    for number in range(len(bare.text)):
        start, end = bare.marked(number, len(bare.text))
        assert text[start] == bare.text[number] and text[end - 1] == bare.text[-1]
