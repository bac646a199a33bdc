import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policycmp
from policycmp import pairing
from policycmp.asking import filters, functions
from policycmp.errors import PolicyError
from policycmp.text.normalize import fold

SIDES = ("left", "right")
CONDITIONS = {
    "section": st.integers(1, 8),
    "right_section": st.integers(1, 8),
    "relation": st.sampled_from(["same", "partial", "left_only", ["right_only", "same"]]),
    "similarity": st.sampled_from([(0, 0.4), (0.4, 1), (0.9, 0.1)]),
    "side": st.sampled_from(SIDES),
    "function": st.sampled_from(["教育", "交通", "其他"]),
    "text": st.sampled_from(["企业", "  ", "ＡＩ", "以旧换新"]),
    "differing": st.just(True),
    "alone": st.just(True),
    "aspirational": st.just(True),
    "ratio": st.sampled_from([1, 2.5, 8]),
    "budget_not_stated": st.just(True),
    "doubtful": st.just(True),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Two documents in which every condition can be told by eye; the numbers of their clauses begin again."""
    folder = tmp_path_factory.mktemp("small")
    left = (
        "甲区若干政策\n一、产业\n安排财政资金3亿元。\n（一）培育企业。新增规上工业企业30家，力争新增高新技术企业5家。（责任单位：区经信局）\n"
        "（二）引进人才。引进高层次人才100名。（责任单位：区人社局）\n二、民生\n（一）办好养老。新增养老床位200张。（责任单位：区民政局）\n"
    )
    right = (
        left.replace("甲区", "乙区")
        .replace("30家", "40家")
        .replace("100名", "10名")
        .replace("安排财政资金3亿元。\n", "")
    )
    right += "三、开放\n（一）扩大开放。举办展会ＡＩ大会10场。（责任单位：区商务局）\n"
    (folder / "east.txt").write_text(left, encoding="utf-8")
    (folder / "west.txt").write_text(right, encoding="utf-8")
    return policycmp.compare(folder / "east.txt", folder / "west.txt", corrections="none")


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, [((1, 1), (1, 1)), ((1, 2), (1, 2)), ((2, 1), (2, 1)), (None, (3, 1))]),
        ({"section": 2}, [((2, 1), (2, 1))]),
        ({"right_section": 3}, [(None, (3, 1))]),
        ({"relation": ["right_only"]}, [(None, (3, 1))]),
        ({"side": "left", "section": 1}, [((1, 1), (1, 1)), ((1, 2), (1, 2))]),
        ({"alone": True, "side": "left"}, []),
        ({"alone": True}, [(None, (3, 1))]),
        ({"function": "民政"}, [((2, 1), (2, 1))]),
        ({"text": "ai大"}, [(None, (3, 1))]),
        ({"differing": True}, [((1, 1), (1, 1)), ((1, 2), (1, 2))]),
        ({"ratio": 1.5}, [((1, 2), (1, 2))]),
        ({"aspirational": True}, [((1, 1), (1, 1))]),
        ({"budget_not_stated": True}, [((1, 1), (1, 1)), ((1, 2), (1, 2)), ((2, 1), (2, 1)), (None, (3, 1))]),
    ],
)
def test_each_question_has_its_answer(small, conditions, expected):
    assert filters.keys(policycmp.select(small, **conditions)) == expected


def test_the_bounds_of_similarity_part_the_pairs(shipped):
    known = shipped.alignment["similarity"].dropna()
    low, high = (policycmp.select(shipped, similarity=bounds)["similarity"] for bounds in ((0, 0.5), (0.5, 1)))
    assert low.tolist() == known[known <= 0.5].tolist() != []
    assert high.tolist() == known[known >= 0.5].tolist() != []


def test_no_question_is_the_whole_alignment(shipped):
    pd.testing.assert_frame_equal(policycmp.select(shipped), shipped.alignment)


@given(st.fixed_dictionaries({}, optional=CONDITIONS))
@settings(max_examples=15)
def test_questions_together_are_those_that_meet_each(shipped, conditions):
    together = filters.keys(policycmp.select(shipped, **conditions))
    each = [set(filters.keys(policycmp.select(shipped, **{name: value}))) for name, value in conditions.items()]
    order = filters.keys(policycmp.select(shipped, doubtful=bool(conditions.get("doubtful"))))
    assert together == [one for one in order if all(one in found for found in each)]


@pytest.mark.parametrize("name", ["relation", "section"])
def test_parts_add_up_to_the_whole(shipped, name):
    values = {"relation": ["same", "partial", "left_only", "right_only"], "section": range(1, 9)}[name]
    found = [key for value in values for key in filters.keys(policycmp.select(shipped, **{name: value}))]
    every = filters.keys(shipped.alignment)
    assert sorted(map(str, found)) == sorted(map(str, every)) if name == "relation" else set(found) == set(every)


def test_doubtful_first_and_the_rest_behind(shipped):
    found = policycmp.select(shipped, doubtful=True)
    first = pairing.doubtful(shipped.aligned, 3)
    assert found["left_clause"].tolist()[:3] == first["left_clause"].tolist()
    assert found["similarity"].isna().tolist() == sorted(found["similarity"].isna())


def test_targets_and_functions_agree_with_the_tables(shipped):
    """Counted again by plain loops over the tables."""
    places = {
        t["target"]: (t["section"], t["clause"])
        for own in (shipped.left, shipped.right)
        for t in own.targets.to_dict("records")
    }
    times, taught = [], []
    responsible = [functions.functions(own.responsibilities) for own in (shipped.left, shipped.right)]
    for one in filters.keys(shipped.alignment):
        ratios = [
            max(row["ratio"], 1 / row["ratio"])
            for row in shipped.target_pairs.to_dict("records")
            if row["ratio"] == row["ratio"]
            and (places[row["left_target"]] == one[0] or places[row["right_target"]] == one[1])
        ]
        times += [one] if any(ratio >= 3 for ratio in ratios) else []
        named = [
            row["function"] for table, place in zip(responsible, one, strict=True) for row in table.to_dict("records")
            if (row["section"], row["clause"]) == place
        ]  # fmt: skip
        taught += [one] if "教育" in named else []
    assert filters.keys(policycmp.select(shipped, ratio=3)) == times != []
    assert filters.keys(policycmp.select(shipped, function="教育")) == taught != []
    assert "教育" in filters.function_names(shipped)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"relation": "alike"}, "option relation: got 'alike'; one of: same, partial, left_only, right_only"),
        ({"side": "middle"}, "option side: got 'middle'; one of: left, right"),
        ({"section": 9}, "option section: got 9; one of: 1, 2"),
        ({"right_section": 0}, "option right_section: got 0; one of: 1, 2, 3"),
        ({"function": "x"}, "option function: got 'x'; one of: "),
    ],
)
def test_what_cannot_be_asked_names_the_choices(small, options, message):
    with pytest.raises(PolicyError, match=f"^{message}"):
        policycmp.select(small, **options)


def test_every_hit_is_where_it_says(shipped):
    found = policycmp.search(shipped, "（区")
    for own, side in zip((shipped.left, shipped.right), SIDES, strict=True):
        rows = found[found["side"] == side]
        assert len(rows) == own.policy.folded.count("(区")
        for row in rows.to_dict("records"):
            assert own.policy.text[row["start"] : row["end"]] == row["quote"]
            assert fold(row["quote"]) == "(区" and row["doc"] == own.doc
    assert 0 in set(policycmp.search(shipped, "政策")["clause"])
    assert policycmp.search(shipped, " ").empty


def test_annexes_are_searched_too_and_their_clauses_are_none_of_the_main_text(tmp_path):
    text = "一、产业\n（一）培育企业。新增企业5家。\n（二）引才。引进人才9名。\n"
    (tmp_path / "a.txt").write_text(
        f"甲区若干政策\n{text}附件1\n项目清单\n一、养老项目\n（一）建设养老院3家。\n", "utf-8"
    )
    (tmp_path / "b.txt").write_text(f"乙区若干政策\n{text}", "utf-8")
    found = policycmp.compare(tmp_path / "a.txt", tmp_path / "b.txt", corrections="none")
    hits = policycmp.search(found, "养老")
    assert hits[["part", "section", "clause"]].to_numpy().tolist() == [[1, 1, 0], [1, 1, 1]]
    assert policycmp.select(found, text="养老").empty and len(policycmp.select(found, text="引才")) == 1
