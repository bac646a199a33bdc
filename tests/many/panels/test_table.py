"""The shipped collection as a panel: what it holds is what its texts say, and what they promise is kept or not."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

import policycmp
from policycmp import charts, schema
from policycmp.errors import PolicyError
from policycmp.export import write_panel
from policycmp.many.panels import promises


@pytest.fixture(scope="module")
def made():
    return policycmp.panel(corrections="none")


def test_every_document_is_read_and_every_quote_stands_in_its_text(made):
    assert (len(made.documents), len(made.unreadable)) == (18, 0)
    texts = {row.doc: Path(row.file).read_text(encoding="utf-8") for row in made.documents.itertuples()}
    assert all(texts[row.doc][row.start : row.end] == row.quote for row in made.rows.itertuples())
    schema.check("panel", made.rows)
    schema.check("collection", made.documents)


def test_the_wide_table_has_a_row_per_place_and_the_comparator_beside_the_value(made):
    found = made.wide("gdp_growth").set_index("place")
    assert found.loc["南屿市", ["value_2023", "value_2024", "comparator_2024", "value_max_2024"]].tolist() == [
        7,
        6,
        "range",
        6.5,
    ]
    assert found.loc["云岭县", ["value_2024", "comparator_2024"]].tolist() == [6.5, "at_least"]
    results = made.wide("gdp_growth", statement="result").set_index("place")
    assert results.loc["云岭县", ["value_2022", "value_2023", "value_2024"]].tolist() == [5.2, 6.3, 5.8]
    assert "value_2027" not in made.wide("gdp_growth")


def test_an_unknown_indicator_is_told_the_known(made):
    with pytest.raises(PolicyError, match=r"indicator tea: no document states it; one of: .*gdp_growth"):
        made.wide("tea")


def test_promises(made):
    found = made.promises("gdp_growth").set_index(["place", "year"])
    assert found["outcome"].value_counts().to_dict() == {"missed": 7, "met": 5, "no_report": 6}
    kept = found.loc[("云岭县", 2023)]
    assert (kept["promised"], kept["reached"], kept["difference"], kept["outcome"]) == (6, 6.3, 0.3, "met")
    assert (kept["target_quote"], kept["result_quote"]) == ("全县地区生产总值增长6%以上", "增长6.3%")
    income = made.promises("resident_income_growth").set_index(["place", "year"])
    assert income.loc[("北屏县", 2023), "outcome"] == "not_reported"


@pytest.mark.parametrize(
    ("comparator", "promised", "most", "reached", "direction", "expected"),
    [
        ("at_least", 6, None, 6, "up", "met"), ("at_least", 6, None, 5.9, "up", "missed"),
        ("about", 7, None, 6.5, "up", "met"), ("about", 7, None, 6.4, "up", "missed"),
        ("about", 6.5, None, 6.46, "up", "met"), ("about", 6.5, None, 6.4, "up", "missed"),
        ("equal", 6, None, 5.99, "up", "missed"), ("at_most", 4, None, 4, "down", "met"),
        ("at_most", 4, None, 4.1, "down", "missed"), ("less_than", 4, None, 4, "down", "missed"),
        ("about", 3, None, 0.3, "down", "met"), ("range", 6, 6.5, 5.9, "up", "missed"),
        ("range", 6, 6.5, 7, "up", "met"),
        ("top", 10, None, 8, "down", "met"), ("equal", 6, None, 5, "none", "unclear"),
        ("at_least", 6, None, 5, "none", "missed"),
        ("at_least", 6, None, None, "up", "not_reported"),
    ],
)  # fmt: skip
def test_what_meets_a_goal(comparator, promised, most, reached, direction, expected):
    goal = {"comparator": comparator, "value": promised, "value_max": most}
    assert promises.outcome(goal, reached, direction, reported=True) == expected


def test_without_the_next_report_nothing_is_told():
    assert (
        promises.outcome({"comparator": "equal", "value": 6, "value_max": None}, None, "up", reported=False)
        == "no_report"
    )


def test_where_a_target_stands(made):
    growth = made.rows[(made.rows["indicator_code"] == "gdp_growth") & (made.rows["statement"] == "target")]
    one = growth[(growth["year"] == 2025) & (growth["place"] == "临湾市")]["id"].iloc[0]
    found = made.stand(one)
    assert found["value"].tolist() == [6.5, 6.0, 6.0, 6.0, 5.5, 5.0]
    assert found["rank"].tolist() == [1, 2, 2, 2, 5, 6]
    assert found["quantile"].tolist() == [1, 0.6, 0.6, 0.6, 0.2, 0]
    assert found[found["own"]]["place"].tolist() == ["临湾市"]
    assert set(made.stand(one, years="all")["year"]) == {2023, 2024, 2025}
    with pytest.raises(PolicyError, match="target nobody: there is no such target"):
        made.stand("nobody")
    uncoded = made.rows[(made.rows["indicator_code"] == "")]["id"].iloc[0]
    with pytest.raises(PolicyError, match="its indicator is none of the list"):
        made.stand(uncoded)


def test_figures_per_head_name_their_source(made, tmp_path):
    table = tmp_path / "population.csv"
    table.write_text("place,year,measure,value,source\n临湾市,2023,population,1000,yearbook\n", encoding="utf-8")
    found = made.per(table)
    jobs = found[(found["indicator_code"] == "urban_new_jobs") & (found["place"] == "临湾市") & (found["year"] == 2023)]
    assert (jobs["per_population"] * 1000).tolist() == jobs["value"].tolist()
    assert set(jobs["population_source"]) == {"yearbook"}
    assert not (set(found["unit"]) & {"%"})
    assert np.isnan(found[found["place"] == "东桥区"]["per_population"]).all()


def test_where_one_stands_per_head_names_the_source_under_the_chart(made):
    jobs = made.rows[(made.rows["indicator_code"] == "urban_new_jobs") & (made.rows["statement"] == "target")]
    jobs = jobs[jobs["year"] == 2024]
    rows = [{"place": place, "year": 2024, "measure": "population", "value": 100.0 * number, "source": "某年鉴"}
            for number, place in enumerate(jobs["place"], 1)]  # fmt: skip
    found = made.stand(jobs["id"].iloc[0], per="population", measures=pd.DataFrame(rows))
    wanted = [value / row["value"] for value, row in zip(jobs["value"], rows, strict=True)]
    assert sorted(found["value"]) == pytest.approx(sorted(wanted)) and len(found) > 2
    assert set(found["unit"]) == {"人/population"}
    ax = charts.standing(found)
    passages = [mark["passages"]["value"][0] for mark in charts.sidecar(ax)["marks"]]
    assert all(one["doc"] and one["clause"] and "人" in one["quote"] for one in passages)
    texts = " ".join(text.get_text().replace("\n", "") for text in ax.figure.findobj(Text))
    assert "换算所用的数据：某年鉴" in texts and "来源：" in texts
    with pytest.raises(PolicyError, match="gdp"):
        made.stand(jobs["id"].iloc[0], per="gdp", measures=pd.DataFrame(rows))


def test_a_kept_promise_names_its_documents_and_beside_each_number_its_clause(made):
    table = made.promises("gdp_growth")
    ax = charts.promises(table)
    texts = [text.get_text() for text in ax.figure.findobj(Text)]
    assert "来源：18份文件，见表" in texts
    first = table.iloc[0]
    assert "≥5 %  第二部分第1条" in texts and "兑现  第一部分第1条" in texts
    cited = charts.sidecar(ax)["marks"][0]["passages"]
    assert [(one[0]["doc"], one[0]["section"], one[0]["clause"], one[0]["quote"]) for one in cited.values()] == [
        ("东桥区-2023", 2, 1, first["target_quote"]), ("东桥区-2024", 1, 1, first["result_quote"]),
    ]  # fmt: skip
    few = charts.promises(table.head(2), size="column")
    assert "来源：东桥区-2023第1条；东桥区-2024第1条；东桥区-2025第1条" in [
        text.get_text().replace("\n", "") for text in few.figure.findobj(Text)
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"source": ""}, "measures, row 1: no source is named"),
        ({"value": 0}, "row 1: the value is no number above 0"),
        ({"value": "many"}, "row 1: the value is no number"), ({"measure": "per head!"}, "holds other signs"),
    ],
)  # fmt: skip
def test_a_table_of_measures_at_fault_is_told(made, change, message):
    row = {"place": "临湾市", "year": 2023, "measure": "population", "value": 1000, "source": "yearbook"} | change
    with pytest.raises(PolicyError, match=message):
        made.per(pd.DataFrame([row]))
    with pytest.raises(PolicyError, match="column source is missing"):
        made.per(pd.DataFrame([row]).drop(columns="source"))


def test_a_store_gives_the_same_panel(made, tmp_path):
    stored = policycmp.panel(corrections="none", store=tmp_path / "store")
    pd.testing.assert_frame_equal(stored.rows, made.rows)
    pd.testing.assert_frame_equal(stored.documents, made.documents)


def test_two_texts_that_tell_one_place_and_year_are_refused(tmp_path):
    for name in "ab":
        text = "甲县2024年政府工作要点\n一、强化科技创新\n（一）培育企业。新增高新技术企业15家。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"a.txt and .*b.txt: both files are of 甲县 and 2024"):
        policycmp.panel(tmp_path)


def test_the_files_say_what_their_columns_are(made, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    write_panel(made, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        head = (tmp_path / resource["path"]).read_text(encoding="utf-8-sig").splitlines()[0]
        assert [field["name"] for field in resource["schema"]["fields"]] == head.split(",")
    with duckdb.connect(str(tmp_path / "panel.duckdb"), read_only=True) as connection:
        (rows,) = connection.execute("SELECT count(*) FROM headline WHERE indicator_code = 'gdp_growth'").fetchone()
    assert rows == 18 * 2
    assert duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/panel.parquet'").fetchall() == [(len(made.rows),)]
    assert (tmp_path / "wide_gdp_growth.csv").exists()
