from functools import partial

import numpy as np
import pairs_made
import pytest

from policycmp import comparison, pairing


@pytest.fixture
def made(tmp_path):
    """A function from a name and the parts of a made-up policy to its tables."""
    return partial(pairs_made.policy, tmp_path)


def target_pairs(left, right):
    """The pairs and the candidates of two documents."""
    aligned = pairing.align(left, right)
    return pairing.target_pairs(left, right, aligned, pairing.section_pairs(left, right, aligned))


@pytest.fixture
def paired(made):
    """A function from two sentences to (pairs, candidates) of policies that differ in them."""

    def pair(left, right):
        return target_pairs(made("east", left), made("west", right))

    return pair


@pytest.mark.parametrize(
    ("left", "right", "values", "unit"),
    [
        ("新增高新技术企业30家。", "新增高新技术企业20家以上。", (30, 20), "家"),
        ("新增高新技术企业30家。", "力争新认定高新技术企业20家。", (30, 20), "家"),
        ("培育高新技术企业30家。", "培育高新技术企业20个。", (30, 20), "家"),
        ("研发投入增长10%。", "研发投入增长8%以上。", (10, 8), "%"),
        ("技术交易额达到3亿元。", "技术交易额突破5000万元。", (3e8, 5e7), "元"),
        ("新建绿道2公里。", "新建绿道500米。", (2, 0.5), "公里"),
        ("出让工业用地500亩。", "出让工业用地10公顷。", (500, 150), "亩"),
        ("科技型中小企业数量突破2000家。", "科技型中小企业数量达到1500家。", (2000, 1500), "家"),
    ],
)
def test_targets_that_count_the_same_thing_are_a_pair(paired, left, right, values, unit):
    found = paired(left, right)[0]
    assert found[["left_value", "right_value", "unit"]].to_numpy().tolist() == [[*map(pytest.approx, values), unit]]
    assert found["ratio"].tolist() == [pytest.approx(values[0] / values[1], rel=1e-3)]
    back = paired(right, left)[0]
    assert back["ratio"].tolist() == [pytest.approx(values[1] / values[0], rel=1e-3)]


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ("组织企业参展100家次。", "组织企业参展80场。", "unit"),
        ("技术合同交易额增长20%。", "技术合同交易额达到3亿元。", "unit"),
        ("新增科技型中小企业150家。", "科技型中小企业数量突破2000家。", "new/total"),
        ("新增高新技术企业30家。", "高新技术企业累计达到300家。", "new/total"),
        ("培育高新技术企业30家。", "累计培育高新技术企业300家。", "new/total"),
        ("新增省级高新技术企业30家。", "新增市级高新技术企业20家。", "scope"),
        ("每千人托位数达到4.5个。", "新增托位数450个。", "unit"),
    ],
)
def test_what_must_not_stand_on_one_scale_is_refused_with_its_reason(paired, left, right, reason):
    for one, two in ((left, right), (right, left)):
        found, candidates = paired(one, two)
        assert found.empty
        assert candidates["reason"].tolist() == [reason]


def test_targets_about_other_things_are_not_even_candidates(paired):
    found, candidates = paired("新增高新技术企业30家。", "改造老旧电梯20台。")
    assert found.empty
    assert candidates.empty


@pytest.mark.parametrize(
    ("left", "right", "paired"),  # from the most to the least alike
    [
        ("新增科技型中小企业30家。", "新增科技型中小微企业20家。", ["clause", "section", "anywhere"]),
        ("建设人才住房200套。", "建设高层次人才住房100套。", ["clause", "section"]),
        ("建设居家养老服务中心3个。", "建设养老服务站点2个。", ["clause"]),
    ],
)
def test_the_farther_apart_two_targets_stand_the_more_alike_they_have_to_be(made, left, right, paired):
    places = {"clause": "sentence", "section": "first", "anywhere": "second"}
    sides = [(made("east", left), made("west", **{place: right})) for place in places.values()]
    found = [target_pairs(*side)[0] for side in sides]
    assert [place for place, pairs in zip(places, found, strict=True) if len(pairs)] == paired


def test_of_two_targets_that_are_alike_the_one_in_the_same_place_is_taken(made):
    left = made("east", "新增科技型中小企业30家。")
    right = made("west", "新增科技型中小微企业20家。", second="聚焦民生，新增科技型中小企业5家。")
    for one, two, side in ((left, right, "right"), (right, left, "left")):
        pairs, _ = target_pairs(one, two)
        assert pairs[f"{side}_value"].tolist() == [20]


def test_each_target_stands_in_one_pair_at_most(paired):
    found, _ = paired(
        "新增高新技术企业30家，新增科技型中小企业100家。", "新增科技型中小企业60家，新增高新技术企业20家。"
    )
    assert found[["left_value", "right_value"]].to_numpy().tolist() == [[30, 20], [100, 60]]
    assert found["left_target"].is_unique
    assert found["right_target"].is_unique


@pytest.mark.parametrize(
    ("left", "right"), [("进入全市前3。", "进入全市前5。"), ("新增高新技术企业3-5家。", "新增高新技术企业4家。")]
)
def test_a_rank_or_a_range_has_no_ratio(paired, left, right):
    found = paired(left, right)[0]
    assert len(found) == 1
    assert found["ratio"].isna().all()


def test_the_upper_value_is_converted_too(paired):
    found = paired("新建绿道2公里。", "新建绿道500-800米。")[0]
    assert found[["right_value", "right_value_max"]].to_numpy().tolist() == [[0.5, 0.8]]


def test_swapping_the_sides_transposes_the_pairs(shipped):
    one, two = shipped, comparison.compare(shipped.right, shipped.left, corrections="none")
    a = one.target_pairs.sort_values("left_target", ignore_index=True)
    b = two.target_pairs.sort_values("right_target", ignore_index=True)
    for name in ("target", "clause", "indicator", "comparator", "value"):
        assert a[f"left_{name}"].tolist() == b[f"right_{name}"].tolist()
        assert a[f"right_{name}"].tolist() == b[f"left_{name}"].tolist()
    assert np.allclose(a["similarity"], b["similarity"])
    names = ["left_target", "right_target", "reason"]
    refused = {tuple(row) for row in one.target_candidates[names].to_numpy().tolist()}
    assert refused == {(b, a, reason) for a, b, reason in two.target_candidates[names].to_numpy().tolist()}


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_text_against_itself_pairs_every_target_with_itself(shipped, side):
    one = shipped[side]
    found = comparison.compare(one, one, corrections="none").target_pairs
    assert found["left_target"].tolist() == found["right_target"].tolist() == one.targets["target"].tolist()
    assert (found["similarity"] == 1).all()
    assert set(found["ratio"].dropna()) == {1}
