"""What is only set in a text is no part of what it says, and every character is found again where it was set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.text.normalize import fold
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
        ("▶新增5家\n ● 建成2个\n等级★★", "新增5家\n建成2个\n等级★★"),
        ("电话138****1234，面积3*5米", "电话138****1234，面积3*5米"),
        ("C#语言和#号", "C#语言和#号"),
        ("一、科技", "一、科技"),
        ("", ""),
    ],
)
def test_marks_are_taken_out(marked, said):
    assert plain(marked) == said


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("到 2025 年，增长 7% 左右，新增 5G 基站 150 座。", "到2025年，增长7%左右，新增5G基站150座。"),
        ("占 GDP 比重达 **3.5%** 以上。", "占GDP比重达3.5%以上。"),
        ("第九条  培优。新增企业 15 家。", "第九条  培优。新增企业15家。"),
        ("3 家庭医生，新增 2 家。", "3 家庭医生，新增2家。"),  # the number of a heading
        ("指标 单位 2025年", "指标 单位 2025年"),
        ("新增企业，个\t150\t家\n工业，增速  7  8", "新增企业，个\t150\t家\n工业，增速  7  8"),  # rows of tables
    ],
)
def test_in_prose_a_number_stands_close_to_its_words(raw, said):
    assert unmarked(fold(raw), raw).text == fold(said)


WHOLE = st.lists(st.sampled_from(["甲", "5", "*", "**", "\n", "- ", "# ", ">", " ", "  ", "\t", "。"]), max_size=30)


@given(WHOLE.map("".join))
def test_every_character_stands_where_it_stood(raw):
    text = fold(raw)
    bare = unmarked(text, raw)
    assert len(bare.at) == len(bare.text) + 1 and bare.at[-1] == len(text)
    assert [text[place] for place in bare.at[:-1]] == list(bare.text) == list(bare.of(text))
    assert [bare.place(place) for place in bare.at] == list(range(len(bare.at)))
    for number in range(len(bare.text)):
        start, end = bare.marked(number, len(bare.text))
        assert text[start] == bare.text[number] and text[end - 1] == bare.text[-1]
