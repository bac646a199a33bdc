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
    assert back.loc["clauses-1", ["left", "left_alone", "left_text", "right_text"]].tolist() == [5, 1, "5+1", "5"]
    assert back.loc["goals-2", ["left", "left_alone", "right_alone"]].tolist() == [4, 10, 4]
    assert back.loc["money-3", "left"] == 1e9 and back.loc["money-3", "right_text"] == "未列明"
    assert back.loc["money-2", "left_alone"] == 4.285e7
    assert artist(ax, "left_alone:money-2").get_hatch() == style.LOOKS["left"].hatch
    assert back["item"].tolist()[1:5] == [
        "二、加快先进制造业发展 / 三、推进制造业", "三、推进服务业高质量发展", "九、其他事项", "其他",
    ]  # fmt: skip


def test_the_overview_adds_up():
    shown = texts(draw("overview"))
    assert {"11+3", "10+1", "5+21", "5+11"} <= set(shown)  # clauses and targets, left and right
    # Of money, what both state for the whole section, and all that is stated.
    assert {"–（10）", "–（15.2）"} <= set(shown)


def test_bars_of_one_measure_share_a_scale():
    ax = draw("overview")
    drawn = (bars(ax, "clauses-1")["left"], bars(ax, "clauses-2")["right"], bars(ax, "goals-1")["left_alone"])
    five, four, eight = (end - start for start, end in drawn)
    assert five / 5 == pytest.approx(four / 4)
    assert five / 5 != pytest.approx(eight / 8)


def test_the_overview_names_the_widest_ratios(shipped):
    back = charts.read_back(charts.overview(shipped)).set_index("row")
    known = shipped.target_pairs.dropna(subset=["ratio"])
    widest = known.loc[(np.log(known["ratio"]).abs()).sort_values(ascending=False, kind="stable").index[:3]]
    for row in widest.itertuples():
        drawn = back.loc[f"widest-{row.left_target}+{row.right_target}"]
        assert drawn[["left", "right"]].tolist() == [row.left_value, row.right_value]
    assert any(item.endswith("（44倍）") for item in back["item"])
    bare = charts.overview(balance.balance(shipped), left="甲", right="乙")
    assert "相差倍数最大的目标" not in texts(bare)


def test_what_the_overview_cites_is_as_much_as_it_counts(shipped):
    for mark in charts.sidecar(charts.overview(shipped))["marks"]:
        if mark["row"].startswith(("clauses", "goals")):
            for column, passages in mark["passages"].items():
                assert len(passages) == mark["shown"][column]
