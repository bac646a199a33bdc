"""Text measured before it is drawn: it breaks where a printer breaks it, and is no wider than its room."""

import matplotlib.pyplot as plt
import pytest

from policycmp.charts.drawing import style
from policycmp.charts.drawing.text import printable, text_width, wrap


@pytest.mark.parametrize(
    ("text", "width", "lines", "expected"),
    [
        ("新增高新技术企业", 100, 1, "新增高新技术企业"),
        ("新增高新技术企业", 50, 1, "新增高新…"),
        ("新增高新技术企业", 60, 2, "新增高新技术\n企业"),
        ("新增高新技术企业", 40, 2, "新增高新\n技术企业"),  # or it would have to be cut
        ("培育科技型企业", 60, 2, "培育科技型\n企业"),  # no character stands alone
        ("Performing-arts events", 60, 3, "Performing-\narts events"),
        ("加快发展，稳中求进", 40, 3, "加快\n发展，\n稳中求进"),  # no line begins with a comma
        ("three words here", 40, 3, "three\nwords\nhere"),
        ("鹿城共 23亿元，", 55, 3, "鹿城共\n23亿元，"),  # a number stands with what it counts
        ("见第1–9条和第12条", 65, 3, "见第1–9条和\n第12条"),
        ("That is, 44 times as much", 78, 3, "That is,\n44 times as\nmuch"),
        ("A report, clauses 1–18", 80, 3, "A report,\nclauses 1–18"),
        ("1. Strengthening science", 95, 3, "1. Strengthening\nscience"),
        ("Clauses 25, 38, 41", 80, 3, "Clauses 25,\n38, 41"),  # two narrow digits are no line
        ("", 40, 2, ""),
        ("字", 1, 1, "字"),
    ],
)
def test_lines_break_where_a_printer_breaks_them(text, width, lines, expected):
    assert wrap(text, width, 10, lines) == expected


def test_no_line_is_wider_than_its_room():
    text = "每千名0-3岁婴幼儿拥有的托位数 and some English, mixed with 3.5% of 数字" * 2
    for width in range(30, 300, 7):
        assert text_width(wrap(text, width, 10, 20), 10) <= width


@pytest.mark.parametrize(
    "text", ["每千名婴幼儿拥有的托位数", "An English indicator of a great many words", "1,234.5–6,789.0 %"]
)
@pytest.mark.parametrize("dpi", [100, 144, 300])
def test_no_text_is_drawn_wider_than_it_was_measured(text, dpi):
    """A notebook draws letters on whole pixels: there is room for that, too."""
    with style.context():
        ax = plt.figure(dpi=dpi).add_axes((0, 0, 1, 1))
        drawn = ax.text(0, 0, text, fontsize=7.5)
    wide = drawn.get_window_extent().width / dpi * 72
    assert 0.9 * text_width(text, 7.5) < wide <= text_width(text, 7.5) + 1 / dpi * 72


def test_what_the_font_lacks_is_marked_and_not_warned_about():
    assert printable("张\U00020bb7 一\n二 People’s “AI+”") == '张〓 一 二 People\'s "AI+"'
