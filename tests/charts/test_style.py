"""Fonts that hold the texts, colours that survive a grey print, numbers written for people."""

from pathlib import Path

import matplotlib
import pytest
from matplotlib import font_manager
from matplotlib.colors import to_rgb

from policycmp.charts.drawing import style
from policycmp.charts.drawing.text import printable, text_width, wrap
from policycmp.errors import PolicyError
from policycmp.shown.amounts import format_amount, format_value

ROOT = Path(__file__).resolve().parents[2]
NAN = float("nan")


def grey(color: str) -> float:
    """The lightness that a grey print gives a colour, 0 to 1."""
    return sum(weight * part for weight, part in zip((0.299, 0.587, 0.114), to_rgb(color), strict=True))


def contrast(color: str) -> float:
    """The contrast ratio of text in this colour on white, as web guidelines count it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


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
        (1e12, NAN, "equal", "元", "1万亿元", "1,000 bn yuan"),
    ],
)
def test_values(value, most, comparator, unit, zh, en):
    assert format_value(value, most, comparator, unit) == zh
    assert format_value(value, most, comparator, unit, "en") == en


def test_the_two_sides_differ_in_grey_and_their_text_is_legible():
    left, right = style.LOOKS.values()
    assert abs(grey(left.fill) - grey(right.fill)) >= 0.3
    assert left.marker != right.marker
    assert left.hatch != right.hatch
    for color in (left.ink, right.ink, style.INK, style.MUTED):
        assert contrast(color) >= 4.5


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_the_fonts_hold_both_texts_and_the_signs_of_the_charts(weight):
    known = matplotlib.ft2font.FT2Font(style.font_path(weight)).get_charmap()
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("data/raw/*.txt"))]
    assert len(texts) >= 2
    signs = "≥≤<≈–−…①⑳●▲←→×·〓〈〉「」《》【】—㎡℃‰"
    assert not {char for char in "".join(texts) + signs if ord(char) not in known} - set("\n\r\t")


def test_the_fonts_come_with_their_licence_and_their_origin():
    folder = ROOT / "policycmp" / "fonts"
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert "pyftsubset" in (folder / "README.md").read_text(encoding="utf-8")
    assert all(path.stat().st_size < 2_600_000 for path in folder.glob("*.ttf"))


def test_the_style_touches_no_setting_outside_its_context():
    before = dict(matplotlib.rcParams)
    style.use_style()
    with style.context("slide"):
        assert matplotlib.rcParams["pdf.fonttype"] == 42
        assert matplotlib.rcParams["font.size"] == style.SIZES["slide"].points
    assert dict(matplotlib.rcParams) == before


def test_what_a_notebook_sets_at_the_first_figure_stays():
    with matplotlib.rc_context():
        with style.context():
            matplotlib.interactive(True)  # as the inline backend does when it is loaded
        assert matplotlib.is_interactive()
        matplotlib.interactive(False)


def test_fonts_are_registered_once():
    for _ in range(3):
        style.use_style()
    paths = [entry.fname for entry in font_manager.fontManager.ttflist]
    assert [paths.count(style.font_path(weight)) for weight in ("normal", "bold")] == [1, 1]


def test_an_unknown_size_or_language_lists_the_choices():
    with pytest.raises(PolicyError, match="option size: got 'poster'; one of: column, page, slide"):
        with style.context("poster"):
            pass
    with pytest.raises(PolicyError, match="option lang: got 'fr'; one of: zh, en"):
        format_amount(1, "fr")


@pytest.mark.parametrize(
    ("text", "width", "lines", "expected"),
    [
        ("新增高新技术企业", 100, 1, "新增高新技术企业"),
        ("新增高新技术企业", 50, 1, "新增高新…"),
        ("新增高新技术企业", 50, 2, "新增高新技\n术企业"),
        ("加快发展，稳中求进", 40, 3, "加快发\n展，稳中\n求进"),  # no line begins with a comma
        ("three words here", 40, 3, "three\nwords\nhere"),
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


def test_what_the_font_lacks_is_marked_and_not_warned_about():
    assert printable("张\U00020bb7 一\n二 People’s") == "张〓 一 二 People's"
