import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.text.normalize import fold, squeeze

TWINS = [  # what two printings of one sentence may differ in
    ("（一）", "(一)"),
    ("，：；！？", ",:;!?"),
    ("１２００．５％", "1200.5%"),
    ("ＡＢＣｘｙｚ", "ABCxyz"),
    ("2025—2027", "2025-2027"),
    ("1～2家", "1-2家"),
    ("3－5", "3-5"),
    ("a\u3000b\u00a0c\td", "a b c d"),
    ("\ufeff标题", " 标题"),
    ("〔2025〕", "[2025]"),
    ("【附】", "[附]"),
    ("「产城人」", "“产城人”"),
    ("3﹪", "3%"),
    ("一\r\n二", "一\n\n二"),
    ("區級財政預算安排資金3億元", "区级财政预算安排资金3亿元"),
    ("關於發展體育產業", "关于发展体育产业"),
]


@pytest.mark.parametrize(("printed", "folded"), TWINS)
def test_width_dashes_quotes_and_spaces_are_unified(printed, folded):
    assert fold(printed) == folded


@pytest.mark.parametrize(
    "text", ["乾隆著作", "镕", "。", "、", "“”", "《》", "〈〉", "一二三百万亿", "家个%", "", "abc 123"]
)
def test_what_carries_meaning_stays(text):
    assert fold(text) == text


@given(st.text())
def test_every_offset_into_the_folded_text_is_one_into_the_raw_text(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.integers(0, 20))
def test_folding_looks_at_one_character_at_a_time(text, cut):
    assert fold(text[:cut]) + fold(text[cut:]) == fold(text)


@given(st.text())
def test_digits_stay_digits_of_the_same_value(text):
    values = [(i, int(c)) for i, c in enumerate(text) if c.isdecimal()]
    assert [(i, int(c)) for i, c in enumerate(fold(text)) if c.isdecimal()] == values


def test_a_text_of_the_mainland_asks_for_no_traditional_characters():
    program = (
        "import sys; from policycmp.text.normalize import fold; fold('新增企业3家'); print('opencc' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_squeeze_leaves_no_white_space():
    assert squeeze(" （一） 加强\u3000创新。\r\n") == "(一)加强创新。"
