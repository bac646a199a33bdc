"""What the sections hold, as bars: lengths, words for what is not stated, hatches for what cannot be compared."""

import re
from dataclasses import replace

import drawn
import numpy as np
import pairs_made
import pytest
from drawn import artist, assert_legible, budget, draw, goals, texts

from policycmp import charts, compare
from policycmp.charts.drawing import style
from policycmp.schema import SIDES, records

SCALES = {"亿元": 1e8, "万元": 1e4}


def hatches(ax, row):
    """Tell which sides of a row are hatched."""
    return {side: artist(ax, f"{side}:{row}").get_hatch() == style.LOOKS[side].hatch for side in SIDES}


# --- budgets ------------------------------------------------------------------------------------------------------


def test_budgets_draws_each_amount_at_its_length():
    ax = draw("budgets")
    assert artist(ax, "right:1").get_width() == pytest.approx(3.05)
    assert artist(ax, "left:2").get_width() == pytest.approx(0.4285)
    assert artist(ax, "left_text:3").get_text() == "龙湾 0.895亿元"  # one unit on an axis, three digits
    assert "单位：亿元" in texts(ax)


def test_an_amount_that_is_not_stated_has_words_and_no_bar():
    ax = draw("budgets")
    assert artist(ax, "left_text:1").get_text() == "龙湾 未列明"
    assert not [child for child in ax.get_children() if child.get_gid() == "left:1"]


def test_an_amount_of_another_scope_is_hatched_and_has_its_note():
    ax = draw("budgets")
    assert hatches(ax, 2) == {"left": True, "right": False}
    assert hatches(ax, 3) == {"left": False, "right": False}
    assert artist(ax, "item:2").get_text().endswith("①")
    assert "① 龙湾为三项专项之和" in texts(ax)
    english = draw("budgets", lang="en", left="Longwan", right="Lucheng")
    assert "① Longwan states earmarks only, not the whole section" in texts(english)
    assert artist(english, "left_text:1").get_text() == "Longwan not stated"


@pytest.mark.parametrize(
    ("scopes", "hatched", "note"),
    [
        (
            ("earmark", "earmark"),
            (True, True),
            "① 龙湾仅列明专项资金，不是该部分总额; 鹿城仅列明专项资金，不是该部分总额",
        ),
        (("earmark", "section"), (True, False), "① 龙湾仅列明专项资金，不是该部分总额"),
        (("section", "document"), (False, True), "① 鹿城为全文总额，不是该部分金额"),
        (("section", "section"), (True, True), "① 龙湾为该部分总额; 鹿城为该部分总额"),  # a researcher says: not alike
    ],
)
def test_what_cannot_be_compared_is_hatched(scopes, hatched, note):
    left, right = scopes
    row = budget(1, 1e7, 2e7, left_scope=left, right_scope=right, comparable=False)
    ax = draw("budgets", [row])
    assert tuple(hatches(ax, 1).values()) == hatched
    assert note in [text.replace("\n", "") for text in texts(ax)]
    assert "斜线：口径与整个部分不同，不可直接比较" in texts(ax)


def test_rows_with_the_same_note_share_its_sign():
    partly = {"left_scope": "earmark", "comparable": False}
    ax = draw("budgets", [budget(n, 1e7, 2e7, note=note, **partly) for n, note in ((1, "甲"), (2, "乙"), (3, "甲"))])
    assert [artist(ax, f"item:{row}").get_text()[-1] for row in (1, 2, 3)] == ["①", "②", "①"]


def test_budgets_that_nobody_states():
    ax = draw("budgets", [budget(1, None, None), budget(2, None, None)])
    assert charts.read_back(ax)["item"].tolist() == ["没有可画的预算：两份文件都没有列明任何部分的金额。"]


@pytest.mark.parametrize("exponent", range(13))
def test_every_order_of_magnitude_has_an_axis(exponent):
    ax = draw("budgets", [budget(1, 10.0**exponent, 3 * 10.0**exponent)], size="column")  # the narrowest
    assert_legible(ax)
    assert 2 <= len(ax.get_xticks()) <= 6


def test_where_names_have_no_room_beside_the_bars_they_stand_above_them():
    ax = draw("budgets", drawn.EXTREME["budgets"], size="column", **drawn.LONG_OPTIONS)
    assert artist(ax, "left_text:1").get_text() == "10000亿元"
    assert any(text.startswith("● 温州湾新区") for text in texts(ax))
    assert artist(draw("budgets"), "left_text:1").get_text().startswith("龙湾 ")


def test_a_bar_of_money_is_the_sum_of_its_quotes(shipped):
    bars = 0
    for mark in charts.sidecar(charts.budgets(shipped))["marks"]:
        for side in mark["shown"].keys() & SIDES:
            if mark["shown"][side] is not None:
                total = sum(yuan(one["quote"]) for one in mark["passages"][side])
                assert mark["shown"][side] * 1e8 == pytest.approx(total)
                bars += 1
    assert bars == shipped.budget_pairs[["left_amount_yuan", "right_amount_yuan"]].count().sum()


CHANGED = {
    "sorted": lambda table: table.sort_values("heading", key=lambda texts: texts.str[::-1], ignore_index=True),
    "filtered": lambda table: table[table["left_amount_yuan"].isna() | (table["left_section"] == 2)],
    "numbered anew": lambda table: table.filter(items=[3, 0, 2], axis=0).set_axis([1, 0, 2]),
    "named": lambda table: table.set_index("heading", drop=False),
}


@pytest.mark.parametrize("change", CHANGED)
def test_a_table_may_be_changed_and_cites_nothing_wrong(change, tmp_path):
    """The sections answer each other crosswise, and one of either side has no counterpart."""
    it = pairs_made.crossed(tmp_path)
    it = replace(it, budget_pairs=CHANGED[change](it.budget_pairs))
    rows = records(it.budget_pairs.sort_values(["left_section", "right_section"]))
    marks = charts.sidecar(charts.budgets(it))["marks"][: len(rows)]
    assert len(marks) == len(rows) > 1
    for mark, row in zip(marks, rows, strict=True):
        assert row["heading"] in mark["shown"]["item"]
        for side in SIDES:
            total = sum(yuan(one["quote"]) for one in mark["passages"][side])
            assert total == pytest.approx(np.nan_to_num(row[f"{side}_amount_yuan"]))


def yuan(quote):
    """Return the amount that a quote states."""
    ((number, scale),) = re.findall(r"([\d.]+)(亿元|万元)", quote)
    return float(number) * SCALES[scale]


def test_the_title_holds_like_against_like(shipped):
    assert charts.budgets(shipped).get_title(loc="left") == "两地都列明总额的2个部分：龙湾 10.9亿元，鹿城 23亿元"
    alone = draw("budgets", [budget(1, None, 3.05e8), budget(2, 1e8, None)])
    assert alone.get_title(loc="left") == "没有两地都列明总额的部分：龙湾列明1个部分的金额，鹿城列明1个"


# --- targets by section -------------------------------------------------------------------------------------------


def test_commitments_counts_firm_and_aspirational_targets():
    ax = draw("commitments", headings=drawn.HEADINGS)
    back = charts.read_back(ax).set_index("row")
    assert back.loc["1", "left_firm":"right_text"].tolist() == [3, 2, "龙湾 5项（力争2项）", 1, 0, "鹿城 1项"]
    assert back.loc["2", "left_text"] == "龙湾 0项"
    assert back.loc["3", "right_aspirational"] == 4
    assert artist(ax, "left_aspirational:1").get_hatch() == style.LOOKS["left"].hatch
    assert artist(ax, "left_firm:1").get_hatch() is None


def test_commitments_takes_the_documents_in_the_order_that_is_asked_for():
    swapped = charts.read_back(draw("commitments", left_doc="a", right_doc="b"))
    assert swapped.loc[0, ["left_firm", "right_firm"]].tolist() == [1, 3]
    half = charts.read_back(draw("commitments", right_doc="b"))
    assert half.loc[0, ["left_firm", "right_firm"]].tolist() == [1, 3]
    alone = charts.read_back(draw("commitments", goals("b", 1, "firm", 3)))
    assert alone.loc[0, ["left_firm", "right_firm"]].tolist() == [3, 0]


def test_a_bar_of_targets_is_as_long_as_its_quotes_are_many(either):
    total = 0
    for mark in charts.sidecar(charts.commitments(either))["marks"]:
        for column, found in mark["passages"].items():
            assert mark["shown"][column] == len(found)
            total += len(found)
    assert total == len(either.targets)


def test_a_section_of_the_right_stands_where_it_answers_one_of_the_left(tmp_path):
    for name, order in (("one", (1, 2)), ("two", (2, 1, 3))):
        parts = {
            1: "、强化科技创新\n1.加强科技企业孵化器建设。新增孵化器3家。\n",
            2: "、扩大有效投资\n1.推进重大项目建设。完成投资5亿元以上，力争新开工项目6个。\n",
            3: "、丰富文化生活\n1.办好艺术展览。举办展览7场。\n",
        }
        body = "".join("一二三"[n] + parts[part] for n, part in enumerate(order))
        (tmp_path / f"{name}.txt").write_text(f"某区若干政策\n{body}", encoding="utf-8")
    ax = charts.commitments(compare(tmp_path / "one.txt", tmp_path / "two.txt", corrections="none"))
    back = charts.read_back(ax).iloc[:3]
    assert back["item"].tolist() == ["一、强化科技创新", "二、扩大有效投资", "无对应部分"]
    assert back["left_firm"].tolist() == [1, 1, 0]
    assert back["right_firm"].tolist() == [1, 1, 1]
    cited = [mark["passages"].get("right_firm") for mark in charts.sidecar(ax)["marks"][:3]]
    assert [found[0]["quote"] for found in cited] == ["新增孵化器3家", "完成投资5亿元以上", "举办展览7场"]


def test_only_here_counts_the_targets_of_either_side_by_section():
    ax = draw("only_here")
    back = charts.read_back(ax).set_index("item")
    assert back.loc["一、强化科技创新", ["left_firm", "left_aspirational", "right_firm"]].tolist() == [1, 1, 1]
    assert back.loc["无对应部分", ["left_firm", "right_firm"]].tolist() == [0, 1]
    assert ax.get_title(loc="left") == "龙湾有3项目标鹿城没有，鹿城有2项龙湾没有"
    assert charts.sidecar(ax)["marks"][0]["passages"]["right_firm"][0]["clause"] == 2


def test_rows_stand_as_they_are_asked_for():
    names = {order: charts.read_back(draw("only_here", order=order))["item"].tolist() for order in ("text", "size")}
    assert names["text"][-1] == "无对应部分" and sorted(names["size"]) == sorted(names["text"])
    assert names["size"][0] == "一、强化科技创新"
    assert len(charts.read_back(draw("only_here", top=1))) == 1
