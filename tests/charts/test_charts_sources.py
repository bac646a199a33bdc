"""From a mark back to its sentence: what a chart cites stands in the source, and is what the chart shows."""

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pairs_made
import pytest

from policycmp import charts, comparison, load, pairing
from policycmp.asking import balance, functions, provenance, terms
from policycmp.charts.drawing.record import sidecar
from policycmp.errors import PolicyError
from policycmp.schema import SIDES
from policycmp.shown.amounts import format_value
from policycmp.text.normalize import fold

TEXTS = sorted((Path(__file__).parents[2] / "data" / "reference" / "texts").glob("*.txt"))
NAMES = {"left": "龙湾", "right": "鹿城"}
EACH_CHART = pytest.mark.parametrize("name", charts.CHARTS)
SCALES = {"亿元": 1e8, "万元": 1e4}


@cache
def compared(which="shipped"):
    """The shipped texts, or two in which the numbers of the clauses begin anew in every section."""
    if which == "shipped":
        return comparison.compare("longwan", "lucheng")
    return comparison.compare(*(path for path in TEXTS if path.stem in {"nanping", "yunxi"}), corrections="none")


@cache
def drawn(name, which="shipped", lang="zh"):
    """A chart; its artists can still be read when the figure is closed."""
    return charts.CHARTS[name](compared(which), lang=lang)


@cache
def marks(name, which="shipped", lang="zh"):
    return sidecar(drawn(name, which, lang))["marks"]


def passages(mark, side):
    return [one for column, found in mark["passages"].items() if column.startswith(side) for one in found]


def assert_traceable(ax, it):
    """Every row of the table has its mark, every side that states something a passage, every passage its source."""
    found = sidecar(ax)["marks"]
    back = charts.read_back(ax).to_dict("records")
    for mark, row in zip(found, back, strict=True):
        assert {"row": mark["row"], **mark["shown"]}.items() <= row.items()
        for side in SIDES:
            policy = getattr(it, side).policy
            for one in passages(mark, side):
                assert one["doc"] == policy.doc
                assert policy.text[one["start"] : one["end"]] == one["quote"] != ""
            if mark["shown"].get("similarity") is not None and mark["shown"].get("line") == "none":
                continue  # a cell of the matrix that is no pair: the table of all similarities holds it
            stated = mark["shown"].get(f"{side}_text", "contribution" in mark["shown"])
            if f"{side}_firm" in mark["shown"]:
                stated = mark["shown"][f"{side}_firm"] + mark["shown"][f"{side}_aspirational"]
            if stated and not re.search("未列明|not stated|^0$", str(stated)):
                assert passages(mark, side), mark


@EACH_CHART
@pytest.mark.parametrize(("which", "lang"), [("shipped", "zh"), ("shipped", "en"), ("other", "zh")])
def test_every_mark_has_its_passage(name, which, lang):
    assert_traceable(drawn(name, which, lang), compared(which))


@pytest.mark.parametrize("which", ["shipped", "other"])
def test_a_target_shows_the_number_of_its_quote(which):
    it = compared(which)
    for mark, pair in zip(marks("targets", which), it.target_pairs.sort_values("section").itertuples(), strict=True):
        for side in SIDES:
            (one,) = passages(mark, side)
            own = getattr(it, side).targets.set_index("target").loc[one["target"]]
            assert own["as_written"] in one["quote"]
            assert own["clause"] == one["clause"] == getattr(pair, f"{side}_clause")
            assert mark["shown"][f"{side}_text"].startswith(
                format_value(own["value"], own["value_max"], own["comparator"], own["unit"])
            ) or own["unit"] != pair.unit  # fmt: skip


def test_a_bar_of_money_is_the_sum_of_its_quotes():
    bars = 0
    for mark in marks("budgets"):
        for side in mark["shown"].keys() & SIDES:
            if mark["shown"][side] is not None:
                total = sum(yuan(one["quote"]) for one in passages(mark, side))
                assert mark["shown"][side] * 1e8 == pytest.approx(total)
                bars += 1
    assert bars == compared().budget_pairs[["left_amount_yuan", "right_amount_yuan"]].count().sum()


CHANGED = {
    "sorted": lambda table: table.sort_values("heading", key=lambda texts: texts.str[::-1], ignore_index=True),
    "filtered": lambda table: table[table["left_amount_yuan"].isna() | (table["left_section"] == 2)],
    "numbered anew": lambda table: table.filter(items=[3, 0, 2], axis=0).set_axis([1, 0, 2]),
    "named": lambda table: table.set_index("heading", drop=False),
}


@pytest.mark.parametrize("change", CHANGED)
@pytest.mark.parametrize("chart", ["budgets", "budget_shares"])
def test_a_table_of_budgets_may_be_changed_and_cites_nothing_wrong(chart, change, tmp_path):
    """The sections answer each other crosswise, and one of either side has no counterpart."""
    it = pairs_made.crossed(tmp_path)
    it = replace(it, budget_pairs=CHANGED[change](it.budget_pairs))
    ax = charts.CHARTS[chart](it)
    rows = it.budget_pairs.sort_values(["left_section", "right_section"]).to_dict("records")
    found = sidecar(ax)["marks"][: len(rows)]
    for mark, row in zip(found, rows, strict=True):
        assert row["heading"] in mark["shown"]["item"]
        for side in SIDES:
            cited = [one["quote"] for one in passages(mark, side)]
            assert sum(map(yuan, cited)) == pytest.approx(np.nan_to_num(row[f"{side}_amount_yuan"]))
    assert len(found) == len(rows) > 1


def yuan(quote):
    """The amount that a quote states."""
    ((number, scale),) = re.findall(r"([\d.]+)(亿元|万元)", quote)
    return float(number) * SCALES[scale]


@pytest.mark.parametrize("which", ["shipped", "other"])
def test_a_bar_of_targets_is_as_long_as_its_quotes_are_many(which):
    it = compared(which)
    total = 0
    for mark in marks("commitments", which):
        for column, found in mark["passages"].items():
            assert mark["shown"][column] == len(found)
            total += len(found)
    assert total == len(it.targets)


@pytest.mark.parametrize("which", ["shipped", "other"])
def test_a_cell_counts_the_clauses_that_it_cites(which):
    it = compared(which)
    bodies = {side: set(getattr(it, side).responsibilities["body"]) for side in SIDES}
    for mark in marks("responsibilities", which):
        for side in SIDES:
            found = passages(mark, side)
            clauses = {(one["section"], one["clause"]) for one in found if one["clause"]}
            assert len(clauses) == int(mark["shown"][f"{side}_text"] or 0)
            assert {"".join(fold(one["quote"]).split()) for one in found} <= bodies[side]


def test_a_body_is_cited_where_the_table_has_it():
    for side in SIDES:
        cells = {
            (function, place["section"], place["clause"])
            for (function, _), found in provenance.of_function(compared(), side).items()
            for place in found
        }
        own = functions.functions(getattr(compared(), side).responsibilities)
        assert cells == set(zip(own["function"], own["section"], own["clause"], strict=True))


def test_a_word_is_cited_as_often_as_it_is_counted():
    for mark in marks("terms"):
        for side in SIDES:
            found = passages(mark, side)
            assert len(found) == int(mark["shown"][f"{side}_text"])
            assert {fold(one["quote"]).lower() for one in found} <= {mark["shown"]["item"]}


def test_the_map_cites_the_titles_that_it_shows():
    for mark in marks("alignment"):
        for side in SIDES:
            shown = mark["shown"].get(f"{side}_text")
            if shown:
                (one,) = passages(mark, side)
                assert str(one["clause"]) in shown.split("  ")
                assert one["quote"].startswith(max(shown.split("  "), key=len).rstrip("…").replace("〓", ""))


@pytest.mark.parametrize("which", ["shipped", "other"])
def test_a_term_is_cited_in_both_clauses(which):
    it = compared(which)
    ax = drawn("explanation", which)
    (left, right), row = sidecar(ax)["filters"]["clauses"], pairing.doubtful(it.aligned, 1).iloc[0]
    assert left == (row["left_section"], row["left_clause"])
    assert right == (row["right_section"], row["right_clause"])
    assert ax.get_title(loc="left").count(f"{row['similarity']:.2f}")
    for mark in marks("explanation", which):
        if "contribution" in mark["shown"]:
            for side, clause in zip(SIDES, (left, right), strict=True):
                found = passages(mark, side)
                assert {fold(one["quote"]).lower() for one in found} == {mark["shown"]["item"].removeprefix("·")}
                assert {(one["section"], one["clause"]) for one in found} <= {clause, (clause[0], 0)}


def test_another_pair_can_be_explained():
    row = compared().alignment.dropna(subset=["similarity"]).iloc[0]
    ax = charts.explanation(compared(), clauses=(int(row["left_clause"]), int(row["right_clause"])))
    assert f"{row['similarity']:.2f}" in ax.get_title(loc="left")
    with pytest.raises(PolicyError, match=r"clause 999: there is no such clause; one of 1 to \d+"):
        charts.explanation(compared(), clauses=(1, 999))


BARE = {
    "budgets": lambda it: (it.budget_pairs, NAMES),
    "targets": lambda it: (it.target_pairs, NAMES | {"headings": headings(it)}),
    "alignment": lambda it: (it.alignment, NAMES),
    "commitments": lambda it: (it.targets, NAMES | {"headings": headings(it)}),
    "responsibilities": lambda it: (functions.by_function(it), NAMES | {"headings": headings(it)}),
    "explanation": lambda it: (pairing.explain(it.aligned, *pairing.places_of(pairing.doubtful(it.aligned, 1))[0]), {}),
    "terms": lambda it: (terms.characteristic(it), NAMES),
    "overview": lambda it: (balance.balance(it), NAMES | {"target_pairs": it.target_pairs}),
    "targets_small": lambda it: (it.target_pairs, NAMES | {"headings": headings(it)}),
    "only_here": lambda it: (balance.only_here(it), NAMES | {"headings": headings(it)}),
    "budget_shares": lambda it: (it.budget_pairs, NAMES),
    "similarity": lambda it: (balance.similarities(it), NAMES),
}


def headings(it):
    return dict(zip(it.left.sections["section"], it.left.sections["heading"], strict=True))


@EACH_CHART
def test_a_comparison_gives_the_chart_that_its_table_gives(name):
    table, options = BARE[name](compared())
    one, two = drawn(name), charts.CHARTS[name](table, **options)
    assert charts.read_back(one).equals(charts.read_back(two))
    assert one.get_title(loc="left") == two.get_title(loc="left")
    assert [text.get_text() for text in one.texts] == [text.get_text() for text in two.texts]


@EACH_CHART
def test_a_bare_table_says_what_it_knows_and_no_more(name):
    table, options = BARE[name](compared())
    record = sidecar(charts.CHARTS[name](table, **options))
    known = 0
    for mark, whole in zip(record["marks"], marks(name), strict=True):
        for column, found in mark["passages"].items():
            assert found is None or len(found) <= len(whole["passages"][column])
            for one, true in zip(found or [], whole["passages"][column], strict=False):
                assert {key: value for key, value in one.items() if value is not None}.items() <= true.items()
                known += sum(value is not None for value in one.values())
    assert (known > 0) == (name not in {"responsibilities", "explanation", "terms"})
    assert record["sources"][0]["sha256"] is None
    assert "threshold" not in record["filters"]


def test_the_sidecar_names_its_sources_and_what_was_chosen(tmp_path):
    paths = charts.save_chart(charts.explanation(compared(), most=3, lang="en"), tmp_path / "why", formats=())
    assert [path.name for path in paths] == ["why.csv", "why.json"]
    text = paths[-1].read_text(encoding="utf-8")
    record = json.loads(text)
    assert list(record) == ["title", "sources", "filters", "marks"]
    assert record["title"] == "What makes up the similarity of 0.12"
    for side, source in zip((compared().left, compared().right), record["sources"], strict=True):
        assert source == {
            "side": "left" if side is compared().left else "right", "name": side.named("en"), "doc": side.doc,
            "source_file": side.policy.source_file, "sha256": side.policy.sha256,
        }  # fmt: skip
    assert record["filters"] == {
        "lang": "en", "size": "column", "threshold": round(compared().aligned.threshold, 4),
        "rows_drawn": 3, "rows_available": 28, "clauses": [[4, 16], [4, 18]],
    }  # fmt: skip
    assert text.endswith("}\n")
    assert "NaN" not in text
    assert "\\u" not in text


@EACH_CHART
def test_the_same_comparison_gives_the_same_sidecar(name, tmp_path):
    charts_of_it = drawn(name), charts.CHARTS[name](compared())
    one, two = (charts.save_chart(ax, tmp_path / f"{n}" / "x", formats=())[-1] for n, ax in enumerate(charts_of_it))
    assert one.read_bytes() == two.read_bytes()


def test_a_changed_artist_changes_the_sidecar():
    ax = charts.budgets(compared())
    bar = next(child for child in ax.get_children() if child.get_gid() == "right:1")
    bar.set_width(7)
    assert sidecar(ax)["marks"][0]["shown"]["right"] == 7


def test_what_is_no_chart_of_ours_has_no_sources(tmp_path):
    path = charts.save_chart(plt.subplots()[1], tmp_path / "plain", formats=())[-1]
    assert json.loads(path.read_text(encoding="utf-8")) == {"marks": []}


def test_a_sidecar_that_fails_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr("policycmp.charts.drawing.record.sidecar", lambda ax: {"x": float("nan")})
    with pytest.raises(ValueError, match="not JSON compliant"):
        charts.save_chart(charts.budgets(compared()), tmp_path / "chart", formats=())
    assert not list(tmp_path.iterdir())


def test_headings_and_indicators_are_translated():
    ax = drawn("targets", lang="en")
    written = [text.get_text() for text in ax.texts]
    assert any("Strengthening science" in text for text in written)
    assert not any(re.search(r"[\u4e00-\u9fff]", text) for text in charts.read_back(ax)["left_text"])
    assert re.search(r"[\u4e00-\u9fff]", passages(marks("targets", lang="en")[0], "left")[0]["quote"])


def test_a_name_of_the_user_wins():
    assert charts.read_back(charts.budgets(compared(), left="甲区"))["left_text"].iloc[0].startswith("甲区 ")
    assert charts.read_back(charts.budgets(compared().budget_pairs))["left_text"].iloc[0].startswith("左 ")


@EACH_CHART
def test_wrong_data_and_options_are_named(name):
    chart = charts.CHARTS[name]
    with pytest.raises(PolicyError, match="got Tables; give the tidy table or a Comparison"):
        chart(compared().left)
    with pytest.raises(PolicyError, match="option of a chart: got 'colour'; one of: left, right"):
        chart(compared(), colour="red")


def test_a_section_of_the_right_stands_where_it_answers_one_of_the_left(tmp_path):
    for name, order in (("one", (1, 2)), ("two", (2, 1, 3))):
        parts = {
            1: "、强化科技创新\n1.加强科技企业孵化器建设。新增孵化器3家。\n",
            2: "、扩大有效投资\n1.推进重大项目建设。完成投资5亿元以上，力争新开工项目6个。\n",
            3: "、丰富文化生活\n1.办好艺术展览。举办展览7场。\n",
        }
        body = "".join("一二三"[n] + parts[part] for n, part in enumerate(order))
        (tmp_path / f"{name}.txt").write_text(f"某区若干政策\n{body}", encoding="utf-8")
    it = comparison.compare(tmp_path / "one.txt", tmp_path / "two.txt", corrections="none")
    back = charts.read_back(charts.commitments(it)).iloc[:3]
    assert back["item"].tolist() == ["一、强化科技创新", "二、扩大有效投资", "无对应部分"]
    assert back["left_firm"].tolist() == [1, 1, 0]
    assert back["right_firm"].tolist() == [1, 1, 1]
    assert_traceable(charts.commitments(it), it)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_an_id_names_one_target(path):
    assert load(path, corrections="none").targets["target"].is_unique


def test_the_doubtful_pair_is_explained_where_numbers_begin_anew():
    other = compared("other")
    found = pairing.doubtful(other.aligned, 99)
    for (left, right), similarity in zip(pairing.places_of(found), found["similarity"], strict=True):
        assert pairing.explain(other.aligned, left, right)["contribution"].sum() == pytest.approx(similarity, abs=1e-4)
