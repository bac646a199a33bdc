import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import result

from policycmp import quantities, schema
from policycmp.text.normalize import fold


def audit(made):
    """What must hold for the quantities of any text."""
    table, text = schema.frame("quantities", quantities.quantity_rows(made)), made.policy.text
    places = {(start, len(number)) for start, number in zip(table["number_start"], table["as_written"], strict=True)}
    covered = Counter(i for start, length in places for i in range(start, start + length))
    digits = {i for i, c in enumerate(made.policy.folded) if c.isdecimal()}
    assert digits <= set(covered), "a digit is in no row"
    assert max(covered.values(), default=1) == 1, "a digit is in two numbers"
    for row in table.to_dict("records"):
        assert text[row["start"] : row["end"]] == row["quote"]
        begin, end = row["number_start"], row["number_start"] + len(row["as_written"])
        assert text[begin:end] == row["as_written"]
        assert row["start"] <= begin < end <= row["end"]
    shared = table[table.duplicated("number_start", keep=False)]
    for start in set(shared["number_start"]):
        assert re.search("[各均]", fold(text)[max(0, start - 12) : start])
    return table


@pytest.mark.parametrize("side", ["left", "right"])
def test_every_digit_of_a_shipped_text_is_in_exactly_one_number(shipped, side):
    table = audit(shipped[side].outline)
    assert len(table) > 100


FRAGMENTS = (
    "新增|企业|项目|、|，|。|；|\n|5家|10%|3亿元|1-2个|各|均|分别|以上|超|力争|其中|（|）|“|”|3个80%|三分之二|2024年|2026年|由|提高到"
    "|8%-|1,200|１２|٣|415X|5+5|3月4日|区级财政安排资金|给予|补助|的|每|最高|公园|和|前3|1.2.3| |个|翻一番|近百家"
    "|**|*|- |# "
).split("|")


@settings(deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40), st.lists(st.sampled_from(FRAGMENTS), max_size=10))
def test_every_digit_of_any_text_is_in_exactly_one_number(sentence, lead):
    audit(result("".join(sentence), "".join(lead)))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_full_and_half_width_say_the_same(sentence):
    half = str.maketrans("（），；１２", "(),;12")
    full = str.maketrans("(),;0123456789%", "（），；０１２３４５６７８９％")
    told = "role indicator comparator value value_max unit number_start year commitment flag start end".split()
    one, two = (quantities.quantity_rows(result(sentence.translate(table))) for table in (half, full))
    assert [folded(row, told) for row in one] == [folded(row, told) for row in two]


def folded(row, names):
    return [fold(str(row[name])) for name in names]


@pytest.mark.parametrize(
    "piece", ["1", "一", "十万", "(", "()", "“", "、", "，", "1 ", "0.", "8%-", "A1家、", "分别增长1%、"]
)
def test_long_runs_are_audited(piece):
    audit(result(piece * (1_500 // len(piece))))  # deeper than any stack


def test_targets_are_the_rows_with_that_role_under_a_running_id():
    made = result("新增企业5家、项目6个。", lead="规模增长8%。")
    rows = quantities.quantity_rows(made)
    targets = quantities.target_rows(rows, made.policy.lexicon)
    assert [row["target"] for row in targets] == ["made-s01-01", "made-001-01", "made-001-02"]
    assert [row["quote"] for row in targets] == [row["quote"] for row in rows if row["role"] == "target"]


def test_an_id_says_its_document_and_its_place(shipped):
    for side in ("left", "right"):
        for row in shipped[side].targets.to_dict("records"):
            doc, place = quantities.place_in(row["target"])
            assert (doc, place.clause) == (row["doc"], row["clause"])
            assert place.section == (0 if row["clause"] else row["section"])
    told = {"某区-2023-rs02c001-04": ("某区-2023", (2, 1)), "a-p1c003-01": ("a", (0, 3)), "a-i011-03": ("a", (0, 11))}
    for name, found in told.items():
        assert quantities.place_in(name) == found
    assert quantities.place_in("x") == ("", (0, 0))


@pytest.mark.parametrize(
    ("marked", "quote"),
    [
        ("新增**高新技术企业**150家。", "新增**高新技术企业**150家"),
        ("**新增高新技术企业150家。**", "新增高新技术企业150家"),
        ("新增高新技术企业**150**家。", "新增高新技术企业**150**家"),
        ("\n- 新增高新技术企业**150家**。", "新增高新技术企业**150家"),
        ("新增高新技术企业 150 家。", "新增高新技术企业 150 家"),
    ],
)
def test_what_is_only_set_is_no_part_of_a_name_and_hides_no_number(marked, quote):
    (row,) = audit(result(marked)).query("value == 150").to_dict("records")
    assert (row["role"], row["indicator"], row["unit"], row["quote"]) == ("target", "新增高新技术企业", "家", quote)
