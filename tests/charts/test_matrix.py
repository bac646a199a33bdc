"""The chart of a matrix: who sets a target and how high, every value with its sentence."""

import pandas as pd
import pytest
from drawn import SMALL, artist, assert_legible, bars, draw, promise, texts

from policycmp import charts
from policycmp.wording import LANGUAGES


def test_the_chart_says_who_sets_a_target_and_how_high():
    back = charts.read_back(draw("matrix"))
    assert back[["item", "doc", "text"]].to_numpy().tolist() == [
        ["新增企业", "a", "8家"], ["新增企业", "b", "–"], ["新增企业", "c", "2家"],
        ["排名", "a", "–"], ["排名", "b", "前3位"], ["排名", "c", "前4位"],
    ]  # fmt: skip
    assert back["relative"].dropna().tolist() == [1, 0.25]
    assert back["firm"].tolist() == [True, "", False, "", "", ""]


def test_a_bar_stands_in_the_middle_of_its_column_which_the_highest_fills_but_for_a_margin():
    ax = draw("matrix")
    highest, quarter = artist(ax, "relative:0:0"), artist(ax, "relative:0:2")
    assert (highest.get_x(), highest.get_width()) == pytest.approx((0.05, 0.9))
    assert (quarter.get_x(), quarter.get_width()) == pytest.approx((2.05, 0.225))
    quarter.set_width(0.9)
    assert charts.read_back(ax)["relative"].dropna().tolist() == [1, 1]


def test_the_chart_draws_what_the_most_documents_have():
    ax = draw("matrix", [*SMALL["matrix"], *(promise(4, doc, 1.0, "三处都有") for doc in "abc")], top=1)
    assert set(charts.read_back(ax)["item"]) == {"三处都有"}
    assert any("另有2项" in text for text in texts(ax))


def test_what_one_document_alone_sets_is_not_drawn():
    (sentence,) = charts.read_back(draw("matrix", SMALL["matrix"][1:2]))["item"]
    assert sentence.startswith("没有可画的")


def test_each_value_of_the_chart_cites_its_sentence(three):
    record = charts.sidecar(charts.matrix(three))
    assert [source["name"] for source in record["sources"]] == [one.name for one in three.documents]
    assert [source["sha256"] for source in record["sources"]] == [one.policy.sha256 for one in three.documents]
    sources = {one.doc: one.policy.text for one in three.documents}
    for mark in record["marks"]:
        (passages,) = mark["passages"].values()
        assert bool(passages) == (mark["shown"]["text"] != "–")
        for passage in passages:
            assert sources[passage["doc"]][passage["start"] : passage["end"]] == passage["quote"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_chart_of_real_documents_is_legible(lang, three):
    ax = charts.matrix(three, lang=lang)
    assert_legible(ax)
    assert ax.get_title(loc="left").split("\n")[0].endswith({"zh": "地", "en": "at most"}[lang])


# --- rows of any table --------------------------------------------------------------------------------------------

PANEL = [("甲", 2024, "新增企业", 120, "家"), ("甲", 2025, "新增企业", 150, "家"), ("乙", 2025, "新增企业", 50, "家")]


def rows(*more, **options):
    table = pd.DataFrame([*PANEL, *more], columns=["place", "year", "indicator", "value", "unit"])
    return charts.targets(table, **options)


def test_the_rows_of_a_panel_are_bars_and_the_title_says_who_has_the_most():
    ax = rows()
    assert charts.read_back(ax)[["item", "value", "text"]].to_numpy().tolist() == [
        ["甲 · 2025", 150, "150家"], ["甲 · 2024", 120, "120家"], ["乙 · 2025", 50, "50家"],
    ]  # fmt: skip
    assert ax.get_title(loc="left") == "新增企业：甲（150家）是乙的3倍"
    assert charts.read_back(rows(order="given"))["item"].iloc[0] == "甲 · 2024"


def test_each_unit_has_a_scale_of_its_own():
    ax = rows(("乙", 2025, "修路", 9, "公里"))
    longest = [max(bars(ax, row).values())[1] for row in ("1", "4")]
    assert longest == pytest.approx([1, 1])
    assert {"单位：家", "单位：公里"} <= set(texts(ax))
    assert_legible(ax)


def test_the_targets_of_a_document_are_drawn_as_they_are_chosen(shipped):
    ax = charts.targets(shipped.left.targets.head(60), size="column", top=20)
    back = charts.read_back(ax)
    assert 5 < len(back) <= 20 and set(back["row"]) <= set(shipped.left.targets["target"])
    assert any(text.startswith("另有") for text in texts(ax))
    assert_legible(ax)


@pytest.mark.parametrize(
    ("docs", "expected"),
    [
        (["ab", "ab"], "2项目标2地都提出"),
        (["abc", "ab"], "2项目标不止一地提出，最多的是0（3地）"),
        (["ab", "bc"], "2项目标不止一地提出，最多的有2地"),
    ],
)
def test_the_title_singles_out_no_target_that_is_tied(docs, expected):
    rows = [promise(group, doc, 1.0, str(group)) for group, some in enumerate(docs) for doc in some]
    assert draw("matrix", rows).get_title(loc="left") == expected
