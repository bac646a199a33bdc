"""The redline: nothing lost, nothing invented, and a long clause does not hang."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.asking import redline
from policycmp.asking.redline import Run
from policycmp.shown import marks

TEXT = st.text(alphabet="建设完成孵化器企业高新家的、，。；0123456789（）() <&\n", max_size=60)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("新增企业150家", "新增企业50家", "新增企业[-150-]{+50+}家"),
        ("新增企业150家", "新增企业", "新增企业[-150家-]"),
        ("", "新增企业", "{+新增企业+}"),
        ("补助（最高5万元）", "补助(最高5万元)", "补助（最高5万元）"),
        ("投资１５亿元", "投资15亿元", "投资１５亿元"),
        ("投资1.5亿元", "投资1亿元", "投资[-1.5-]{+1+}亿元"),
        ("培育人才、引进项目", "补助企业、盘活土地", "[-培育人才、引进项目-]{+补助企业、盘活土地+}"),
        ("", "", ""),
    ],
)
def test_plain(left, right, expected):
    assert marks.plain(redline.redline(left, right)) == expected


def test_each_side_keeps_what_it_prints():
    assert redline.redline("（一）新增１家", "(一)新增2家") == [
        Run("same", "（一）新增", "(一)新增"),
        Run("changed", "１", "2"),
        Run("same", "家", "家"),
    ]


def test_html_is_escaped_and_has_three_tags():
    runs = redline.redline("补助<b>企业5家&", "补助<b>企业6家")
    assert marks.redlined(runs) == ("<span>补助&lt;b&gt;企业</span><del>5家&amp;</del><ins>6家</ins>")


@pytest.mark.parametrize("most", [redline.MOST, 5])
@given(left=TEXT, right=TEXT)
def test_the_parts_of_each_side_join_to_its_text(most, left, right):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(redline, "MOST", most)
        runs = redline.redline(left, right)
    assert "".join(run.left for run in runs) == left
    assert "".join(run.right for run in runs) == right
    assert all(one.kind == "same" or two.kind == "same" for one, two in pairwise(runs))
    kinds = {(True, True): {"same", "changed"}, (True, False): {"left_only"}, (False, True): {"right_only"}}
    assert all(run.kind in kinds[bool(run.left), bool(run.right)] for run in runs)


@given(text=TEXT.filter(bool))
def test_a_text_against_itself_is_the_same(text):
    assert [run.kind for run in redline.redline(text, text)] == ["same"]


def test_long_texts_are_compared_by_sentences(monkeypatch):
    left = "新增企业5家。建设孵化器两个。引进人才。"
    right = "新增企业6家。完善机场路网。建设孵化器三个。"
    monkeypatch.setattr(redline, "MOST", 3)
    assert marks.plain(redline.redline(left, right)) == (
        "新增企业[-5-]{+6+}家。{+完善机场路网。+}建设孵化器[-两个-]{+三个+}。[-引进人才。-]"
    )


def test_sentences_that_have_little_in_common_are_not_set_side_by_side(monkeypatch):
    left, right = "建设孵化器两个并完善配套设施。", "举办论坛引进人才三名的活动和平台两个，开展培训。"
    monkeypatch.setattr(redline, "MOST", 3)
    assert marks.plain(redline.redline(left, right)) == f"[-{left}-]{{+{right}+}}"


LONG = [f"支持第{n}类企业建设{n * 7}个研发中心，给予最高{n}万元补助。" for n in range(500)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("".join(LONG), "".join(line.replace("补助", "奖励") for line in LONG)),
        ("".join(LONG), "".join(LONG[::-1])),
        ("建设" * 1000, "设建" * 1000),
        ("、的" * 1000, "的的、" * 700),
        ("一", "".join(LONG)),
    ],
    ids=["alike", "reversed", "one sentence", "repeated", "short and long"],
)
def test_long_texts_do_not_hang(left, right, monkeypatch):
    """What grows faster than the text, the matching of words, sees at most MOST words, or a sentence, at a time."""
    sizes, compare = [], redline._compare
    monkeypatch.setattr(redline, "_compare", lambda *sides: sizes.append(max(map(len, sides))) or compare(*sides))
    runs = redline.redline(left, right)
    assert max(sizes) <= max(redline.MOST, redline.LONGEST)
    assert "".join(run.left for run in runs) == left
    assert "".join(run.right for run in runs) == right


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("标题。新增企业15家", "标题。新增企业5家以上", (round(14 / 21, 4), 3, 4)),
        ("全文", "全文", (1.0, 0, 0)),
        ("", "", (1.0, 0, 0)),
        ("甲乙", "", (0.0, 2, 0)),
    ],
)
def test_how_much_both_have(left, right, expected):
    assert redline.share(redline.redline(left, right)) == expected
