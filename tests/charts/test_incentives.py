"""What both pay for: both payments with ceiling and clause, the dot at the ratio, a headline that holds."""

import drawn
import numpy as np
import pytest
from drawn import artist, assert_legible, draw, incentive

from policycmp import charts


def test_both_payments_stand_with_their_ceiling_what_for_and_clause():
    ax = draw("incentives", order="given")
    shown = charts.read_back(ax)
    assert shown["item"].tolist() == ["首次升规", "技改设备", "种粮大户", "上市"]
    told = [artist(ax, f"left_text:{row}").get_text().replace("\n", "  ") for row in (1, 2, 3, 4)]
    assert told == ["10万元  第1条", "10 %，最高300万元  第1条", "80元/亩  第1条", "500万元  第1条"]
    assert "最高600万元" in artist(ax, "right_text:4").get_text()
    assert shown["ratio"].tolist()[:3] == pytest.approx([0.5, 0.8333, 1], abs=1e-3)
    assert np.isnan(shown["ratio"].iloc[3])
    assert_legible(ax)


def test_the_headline_is_no_pair_of_which_one_number_is_higher_and_one_lower():
    rows = [incentive("首次升规", 1e5, 2e5), incentive("技改设备", 50, 10, "%", status="mixed")]
    assert draw("incentives", rows).get_title(loc="left") == "首次升规：鹿城的标准是龙湾的2倍"
    assert draw("incentives", rows[1:]).get_title(loc="left") == "为同一事项而付的奖补"


def test_nothing_paid_for_by_both_is_said():
    assert charts.read_back(draw("incentives", []))["item"].tolist() == [
        "没有可画的奖补：没有一项事项是两份文件都付的。"
    ]


def test_a_comparison_leads_to_the_sentences(tmp_path):
    from policycmp import compare

    for name, sum_ in (("east", 5), ("west", 8)):
        text = f"{name}区若干政策（2025年）\n一、奖励\n（一）支持升规。对首次升规的企业奖励{sum_}万元。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = compare(tmp_path / "east.txt", tmp_path / "west.txt", corrections="none")
    (mark,) = charts.sidecar(charts.incentives(found))["marks"]
    assert [mark["passages"][side][0]["quote"] for side in ("left", "right")] == [
        "对首次升规的企业奖励5万元", "对首次升规的企业奖励8万元",
    ]  # fmt: skip
    assert drawn.SMALL["incentives"]
