import pytest

from policycmp.reading import Policy
from policycmp.structure.markers import markers


def read(text):
    """The markers of a text: style, number, how it is printed, and whether it begins a line."""
    found = markers(Policy("made", text, "made.txt", "", "utf-8", body_end=len(text)))
    return [(one.style, one.number, text[one.start : one.end], one.line_start) for one in found]


@pytest.mark.parametrize(
    ("line", "style", "number", "printed"),
    [
        ("第三章 总则", "chapter", 3, "第三章"),
        ("第二部分 总则", "chapter", 2, "第二部分"),
        ("十二、强化创新", "cn_dot", 12, "十二、"),
        ("（十二）强化创新", "cn_paren", 12, "（十二）"),
        ("( 十二 ) 强化创新", "cn_paren", 12, "( 十二 )"),
        ("第一百零三条 施行", "article", 103, "第一百零三条"),
        ("第 12 条 施行", "article", 12, "第 12 条"),
        ("12.强化创新", "num_dot", 12, "12."),
        ("１２．强化创新", "num_dot", 12, "１２．"),
        ("1 2、强化创新", "num_dot", 12, "1 2、"),
        ("（12）强化创新", "num_paren", 12, "（12）"),
        ("12）强化创新", "half_paren", 12, "12）"),
        ("③强化创新", "circled", 3, "③"),
        ("㉑强化创新", "circled", 21, "㉑"),
        ("㈢强化创新", "cn_paren", 3, "㈢"),
        ("⒊强化创新", "num_dot", 3, "⒊"),
        ("⑶强化创新", "num_paren", 3, "⑶"),
    ],
)
def test_every_style_at_the_beginning_of_a_line(line, style, number, printed):
    assert read(line)[0] == (style, number, printed, True)
    assert read(f"甲。\n\u3000\u3000{line}")[0] == (style, number, f"\u3000\u3000{printed}", True)


def test_what_a_word_processor_left_belongs_to_the_number():
    text = "[bookmark: _GoBack]（一）强化创新。"
    assert read(text)[0] == ("cn_paren", 1, text[:-5], True)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("强化创新。（一）培育企业", [1]),  # behind a sentence
        ("强化创新；二、培育企业", [2]),
        ("强化创新 （三）培育企业", [3]),  # behind a space
        ("强化（四）创新", []),
        ("增长3.5%", []),
        ("第五条款规定", []),
        ("；第五条、规定", [5]),
        ("（二三）培育企业", []),  # no number
    ],
)
def test_a_number_inside_a_line_heads_something_only_where_a_heading_may_begin(text, numbers):
    assert [number for _, number, _, _ in read(f"甲{text}") if number] == numbers
