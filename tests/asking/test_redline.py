"""The redline: nothing lost, nothing invented, and a long clause does not hang."""

from itertools import pairwise
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.asking import redline
from policycmp.asking.redline import Run
from policycmp.shown import marks
from policycmp.text.lexicon import Lexicon

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


LONG = [f"支持第{n}类企业建设{n * 7}个研发中心，给予最高{n}万元补助。" for n in range(500)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("".join(LONG), "".join(line.replace("补助", "奖励") for line in LONG)),
        ("".join(LONG), "".join(LONG[::-1])),
        ("建设" * 5000, "设建" * 5000),
        ("、的" * 5000, "的的、" * 3333),
        ("一", "".join(LONG)),
    ],
    ids=["alike", "reversed", "one sentence", "repeated", "short and long"],
)
def test_ten_thousand_characters_do_not_hang(left, right, monkeypatch):
    """What grows faster than the text, the matching of words, sees at most MOST words, or a sentence, at a time."""
    sizes, compare = [], redline._compare
    monkeypatch.setattr(redline, "_compare", lambda *sides: sizes.append(max(map(len, sides))) or compare(*sides))
    runs = redline.redline(left, right)
    assert max(sizes) <= max(redline.MOST, redline.LONGEST)
    assert "".join(run.left for run in runs) == left
    assert "".join(run.right for run in runs) == right


def side(*clauses):
    table = pd.DataFrame(clauses, columns=["section", "clause", "title", "text"])
    return SimpleNamespace(clauses=table, policy=SimpleNamespace(lexicon=Lexicon.load()))


def small(left, right, *pairs):
    names = ["left_section", "left_clause", "right_section", "right_clause", "relation"]
    return SimpleNamespace(left=left, right=right, alignment=pd.DataFrame(pairs, columns=names))


def test_wording_sums_up_each_pair_and_leaves_out_what_has_none():
    it = small(
        side((1, 1, "标题", "新增企业15家"), (2, 1, "", "全文")),
        side((1, 1, "标题", "新增企业5家以上"), (2, 1, "全文", "")),
        (1, 1, 1, 1, "same"), (2, 1, 2, 1, "partial"), (2, 1, None, None, "left_only"),
    )  # fmt: skip
    table = redline.wording(it)
    assert table.to_numpy().tolist() == [[1, 1, 1, 1, round(14 / 21, 4), 3, 4], [2, 1, 2, 1, 1.0, 0, 0]]
    assert marks.plain(redline.pair(it, (1, 1), (1, 1))) == "标题。新增企业[-15家-]{+5家以上+}"


def test_wording_of_nothing_has_its_columns():
    table = redline.wording(small(side(), side()))
    assert list(table) == [
        "left_section", "left_clause", "right_section", "right_clause", "shared", "left_only", "right_only",
    ]  # fmt: skip
    assert table.empty


def test_every_pair_of_the_shipped_texts_has_its_line(shipped):
    table = redline.wording(shipped)
    assert len(table) == shipped.alignment["relation"].isin(["same", "partial"]).sum()
    assert table["shared"].between(0, 1).all()
    assert table[["left_clause", "right_clause"]].drop_duplicates().shape == (len(table), 2)
