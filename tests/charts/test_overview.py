"""The whole comparison on one page: what the sections hold, their totals, and the targets furthest apart."""

import numpy as np
import pytest
from drawn import artist, bars, draw, texts

from policycmp import charts
from policycmp.asking import balance
from policycmp.charts.drawing import style


def test_the_overview_counts_what_the_sections_hold():
    ax = draw("overview")
    back = charts.read_back(ax).set_index("row")
    assert back.loc["1 条款", ["left", "left_alone", "left_text", "right_text"]].tolist() == [5, 1, "5+1", "5"]
    assert back.loc["2 目标", ["left", "left_alone", "right_alone"]].tolist() == [4, 10, 4]
    assert back.loc["3 区级预算", "left"] == 1e9 and back.loc["3 区级预算", "right_text"] == "未列明"
    assert back.loc["2 区级预算", "left_alone"] == 4.285e7
    assert artist(ax, "left_alone:2 区级预算").get_hatch() == style.LOOKS["left"].hatch
    assert back["item"].tolist()[1:5] == [
        "二、加快先进制造业发展 / 三、推进制造业", "三、推进服务业高质量发展", "九、其他事项", "其他",
    ]  # fmt: skip


def test_the_overview_adds_up():
    shown = texts(draw("overview"))
    assert {"11+3", "10+1", "5+21", "5+11"} <= set(shown)  # clauses and targets, left and right
    assert {"10亿元", "15.25亿元", "可直接比：0个部分"} <= set(shown)


def test_bars_of_one_measure_share_a_scale():
    ax = draw("overview")
    drawn = (bars(ax, "1 条款")["left"], bars(ax, "2 条款")["right"], bars(ax, "1 目标")["left_alone"])
    five, four, eight = (end - start for start, end in drawn)
    assert five / 5 == pytest.approx(four / 4)
    assert five / 5 != pytest.approx(eight / 8)


def test_the_overview_names_the_widest_ratios(shipped):
    back = charts.read_back(charts.overview(shipped)).set_index("row")
    known = shipped.target_pairs.dropna(subset=["ratio"])
    widest = known.loc[(np.log(known["ratio"]).abs()).sort_values(ascending=False, kind="stable").index[:3]]
    for n, row in enumerate(widest.itertuples(), 1):
        drawn = back.loc[f"{n} 相差倍数最大的目标"]
        assert drawn[["left", "right"]].tolist() == [row.left_value, row.right_value]
    assert back.loc["1 相差倍数最大的目标", "item"].endswith("（44倍）")
    bare = charts.overview(balance.balance(shipped), left="甲", right="乙")
    assert "相差倍数最大的目标" not in texts(bare)


def test_what_the_overview_cites_is_as_much_as_it_counts(shipped):
    for mark in charts.sidecar(charts.overview(shipped))["marks"]:
        if mark["row"].endswith(("条款", " 目标")):
            for column, passages in mark["passages"].items():
                assert len(passages) == mark["shown"][column]
