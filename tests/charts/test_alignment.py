"""The alignment as a map: a line per pair, as wide as the two are alike; bold and hollow what has no counterpart."""

import numpy as np
import pytest
from drawn import artist, assert_legible, clause, draw

from policycmp import charts, compare
from policycmp.schema import SIDES


def test_the_map_draws_a_line_per_pair():
    back = charts.read_back(draw("alignment_map"))
    pairs = back.loc[back["line"] != "none", ["left_text", "right_text", "similarity", "line"]]
    assert pairs.iloc[:2].to_numpy().tolist() == [
        ["加强载体  1", "2  提升平台", 0.9, "solid"],
        ["支持攻关  2", "1  关键技术", 0.25, "dashed"],
    ]
    assert pairs["right_text"].tolist()[2] == "1  关键技术"
    assert np.isnan(pairs["similarity"].iloc[2])


def test_the_more_alike_the_wider_the_line_and_the_thinnest_is_of_unknown_likeness():
    ax = draw("alignment_map")
    links = [artist(ax, f"link:{row}") for row in ("1-1+1-2", "1-2+1-1", "2-3+1-1")]
    assert [link.get_linewidth() for link in links] == pytest.approx([2.03, 0.925, 0.4])


def test_a_clause_without_counterpart_is_bold_with_a_hollow_mark():
    ax = draw("alignment_map")
    back = charts.read_back(ax)
    assert back.loc[back["line"] == "none", ["left_text", "right_text"]].to_numpy().tolist() == [
        ["只有左边  4", ""],
        ["", "3  只有右边"],
    ]
    bold = [text.get_text() for text in ax.texts if text.get_fontweight() == "bold" and text.get_gid()]
    assert bold == ["只有左边  4", "3  只有右边"]
    assert len([line for line in ax.lines if line.get_markerfacecolor() == "white"]) == 2


def test_the_map_of_one_list():
    ax = draw("alignment_map", [clause((1, 1, "只有左边"), None, "left_only")])
    back = charts.read_back(ax)
    assert back["left_text"].tolist() == ["只有左边  1"]
    assert "similarity" not in back
    assert_legible(ax)


def test_the_map_cites_the_titles_that_it_shows(shipped):
    for mark in charts.sidecar(charts.alignment_map(shipped))["marks"]:
        for side in SIDES:
            if shown := mark["shown"].get(f"{side}_text"):
                (one,) = mark["passages"][side]
                assert str(one["clause"]) in shown.split("  ")
                assert one["quote"].startswith(max(shown.split("  "), key=len).rstrip("…").replace("〓", ""))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_clause_without_a_title_is_called_as_it_begins(tmp_path, lang):
    for name, year in (("a", "过去一年"), ("b", "过去五年")):
        text = f"甲区若干政策\n一、交通\n1.{year}，全区新建公路九公里，改造桥梁，绿化沿线。\n2.绿化。新增绿地30公顷。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    comparison = compare(tmp_path / "a.txt", tmp_path / "b.txt", corrections="none", lang=lang)
    back = charts.read_back(charts.alignment_map(comparison))
    assert back[["left_text", "right_text"]].to_numpy().tolist() == [
        ["过去一年…  1", "1  过去五年…"],
        ["绿化  2", "2  绿化"],
    ]
