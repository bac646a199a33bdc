"""The chart of a matrix: who sets a target and how high, every value with its sentence."""

import json

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from test_charts import LONG, artist, assert_legible

from policycmp import charts, schema
from policycmp.charts.drawing import style
from policycmp.errors import PolicyError
from policycmp.wording import LANGUAGES

EACH_LOOK = pytest.mark.parametrize(("lang", "size"), [(lang, size) for lang in LANGUAGES for size in style.SIZES])


def target(group, doc, value, indicator="新增企业", **more):
    """A row of measure_targets."""
    place = {"doc": doc, "section": 1, "clause": 1, "target": f"{doc}-001-{group:02}", "quote": f"{indicator}{value}家"}
    look = {"comparator": "equal", "unit": "家", "commitment": "firm", "relative": 1.0}
    return {"group": group, "measure": 1, "indicator": indicator, "value": value, **place, **look, **more}


def table(rows):
    return schema.check("measure_targets", schema.frame("measure_targets", rows))


SMALL = [
    target(1, "a", 8.0),
    target(2, "b", 5.0, "只在一处"),
    target(1, "c", 2.0, relative=0.25, commitment="aspirational"),
    target(3, "b", 3.0, "排名", comparator="top", unit="位", relative=None),
    target(3, "c", 4.0, "位次名次", comparator="top", unit="位", relative=None),
]


def test_the_chart_says_who_sets_a_target_and_how_high():
    ax = charts.matrix(table(SMALL))
    back = charts.read_back(ax)
    assert back[["item", "doc", "text"]].to_numpy().tolist() == [
        ["新增企业", "a", "8家"], ["新增企业", "b", "–"], ["新增企业", "c", "2家"],
        ["排名", "a", "–"], ["排名", "b", "前3位"], ["排名", "c", "前4位"],
    ]  # fmt: skip
    assert back["relative"].dropna().tolist() == [1, 0.25]
    assert back["firm"].tolist() == [True, "", False, "", "", ""]
    assert_legible(ax)


def test_the_chart_draws_what_the_most_documents_have():
    rows = [*SMALL, *(target(4, doc, 1.0, "三处都有") for doc in "abc")]
    ax = charts.matrix(table(rows), most=1)
    assert set(charts.read_back(ax)["item"]) == {"三处都有"}
    assert any("另有 2 项" in text.get_text() for text in ax.texts)


def test_what_is_read_back_comes_from_the_artists():
    ax = charts.matrix(table(SMALL))
    artist(ax, "relative:0:2").set_width(0.9)
    artist(ax, "text:0:2").set_text("9家")
    back = charts.read_back(ax)
    assert back["relative"].dropna().tolist() == [1, 1]
    assert back["text"][2] == "9家"


def test_each_value_of_the_chart_cites_its_sentence(three, tmp_path):
    files = charts.save_chart(charts.matrix(three), tmp_path / "matrix")
    again = charts.save_chart(charts.matrix(three), tmp_path / "again")
    assert [path.read_bytes() for path in files] == [path.read_bytes() for path in again]
    record = json.loads(files[-1].read_text("utf-8"))
    assert [source["name"] for source in record["sources"]] == ["龙湾", "鹿城", "yunxi"]
    assert [source["sha256"] for source in record["sources"]] == [one.policy.sha256 for one in three.documents]
    texts = {one.doc: one.policy.text for one in three.documents}
    for mark in record["marks"]:
        (passages,) = mark["passages"].values()
        assert bool(passages) == (mark["shown"]["text"] != "–")
        for passage in passages:
            assert texts[passage["doc"]][passage["start"] : passage["end"]] == passage["quote"]


@EACH_LOOK
def test_the_chart_of_many_documents_is_legible(lang, size, three):
    assert_legible(charts.matrix(three, lang=lang, size=size))
    many = [target(group, doc, 1e9 / (group + 1), LONG if group else "短", unit="千瓦时", comparator="at_least")
            for group in range(3) for doc in ("longwan", "chengjiang", *"abcdefg")]  # fmt: skip
    ax = charts.matrix(table(many), lang=lang, size=size)
    assert_legible(ax)
    assert ax.figure.get_figwidth() == pytest.approx(style.SIZES[size].width)


@EACH_LOOK
def test_an_empty_table_says_why_nothing_is_drawn(lang, size):
    ax = charts.matrix(table(SMALL[1:2]), lang=lang, size=size)
    (sentence,) = charts.read_back(ax)["item"]
    assert sentence.startswith("没有可画的" if lang == "zh" else "No ")
    assert_legible(ax)


def test_wrong_tables_and_options_are_named():
    with pytest.raises(PolicyError, match="column group is missing"):
        charts.matrix(pd.DataFrame({"x": [1]}))
    with pytest.raises(PolicyError, match="option lang: got 'fr'; one of: zh, en"):
        charts.matrix(table(SMALL), lang="fr")


def test_axes_of_the_user_are_used():
    with style.context():
        figure, ax = plt.subplots()
        assert charts.matrix(table(SMALL), ax=ax) is ax
        figure.canvas.draw()
