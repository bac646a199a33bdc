"""Words as bars: on the side that uses a word more, as long as it tells; what makes two clauses alike, part by part."""

import drawn
import pytest
from drawn import artist, draw

from policycmp import charts, pairing
from policycmp.errors import PolicyError
from policycmp.schema import SIDES
from policycmp.text.normalize import fold


def test_a_word_has_its_bar_on_the_side_that_uses_it_more():
    ax = draw("terms")
    one, two = artist(ax, "left:1"), artist(ax, "right:3")
    assert (one.get_x(), one.get_width()) == pytest.approx((-2.5, 2.5))
    assert (two.get_x(), two.get_width()) == pytest.approx((0, 1.4))
    assert one.get_facecolor() != two.get_facecolor()
    back = charts.read_back(ax)
    assert back["item"].tolist() == ["孵化器", "人才", "航运"]
    assert back[["left_text", "right_text"]].to_numpy().tolist() == [["9", "0"], ["5", "2"], ["1", "6"]]
    low, high = ax.get_xlim()
    assert low == -high < -2.5


def test_a_word_without_a_value_has_no_bar():
    back = charts.read_back(draw("terms", [("人才", None, 2, None, None), *drawn.SMALL["terms"][:1]]))
    assert back["left_text"].tolist() == ["–", "9"]
    assert back["left"].isna().tolist() == [True, False]


def test_a_word_is_cited_as_often_as_it_is_counted(shipped):
    for mark in charts.sidecar(charts.terms(shipped))["marks"]:
        for side in SIDES:
            found = mark["passages"][side]
            assert len(found) == int(mark["shown"][f"{side}_text"])
            assert {fold(one["quote"]).lower() for one in found} <= {mark["shown"]["item"]}


def test_the_explanation_adds_up_by_part():
    ax = draw("explanation")
    assert ax.get_title(loc="left") == "相似度 0.36，最多来自条名 0.20"
    assert artist(ax, "item:title").get_text() == "条名 0.200"
    back = charts.read_back(ax)
    assert back["item"].tolist() == ["条名 0.200", "孵化", "正文 0.150", "·孵化", "人才", "所在部分 0.010", "科技"]
    assert back["contribution"].dropna().tolist() == [0.2, 0.1, 0.05, 0.01]


def test_the_explanation_draws_the_strongest_and_sums_up_all():
    ax = draw("explanation", [*drawn.SMALL["explanation"], ("other", "x", None)], top=2)
    assert charts.read_back(ax)["item"].tolist() == ["条名 0.200", "孵化", "正文 0.150", "·孵化", "所在部分 0.010"]


def test_a_term_is_cited_in_both_clauses(either):
    ax = charts.explanation(either)
    record, row = charts.sidecar(ax), pairing.doubtful(either.aligned, 1).iloc[0]
    left, right = record["filters"]["clauses"]
    assert left == (row["left_section"], row["left_clause"])
    assert right == (row["right_section"], row["right_clause"])
    assert f"{row['similarity']:.2f}" in ax.get_title(loc="left")
    for mark in record["marks"]:
        if "contribution" in mark["shown"]:
            for side, clause in zip(SIDES, (left, right), strict=True):
                found = mark["passages"][side]
                assert {fold(one["quote"]).lower() for one in found} == {mark["shown"]["item"].removeprefix("·")}
                assert {(one["section"], one["clause"]) for one in found} <= {clause, (clause[0], 0)}


def test_another_pair_can_be_explained(shipped):
    row = shipped.alignment.dropna(subset=["similarity"]).iloc[0]
    ax = charts.explanation(shipped, clauses=(int(row["left_clause"]), int(row["right_clause"])))
    assert f"{row['similarity']:.2f}" in ax.get_title(loc="left")
    with pytest.raises(PolicyError, match=r"clause 999: there is no such clause; one of 1 to \d+"):
        charts.explanation(shipped, clauses=(1, 999))


def test_the_explanation_is_as_wide_as_a_column_unless_another_size_is_given():
    widths = [draw("explanation", size=size).figure.get_figwidth() for size in (None, "page")]
    assert widths == [pytest.approx(8.5 / 2.54), pytest.approx(17 / 2.54)]
