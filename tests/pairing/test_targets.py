from functools import partial

import numpy as np
import pairs_made
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from policycmp import comparison, pairing
from policycmp.pairing import likeness, targets


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
        ("实施技术改造项目120个。", "实施技改项目150个。", (120, 150), "个"),
        ("培育高新技术企业30家。", "培育高企20家。", (30, 20), "家"),
        ("编印茶艺教材3套。", "编印茶道技艺读本教材2套。", (3, 2), "套"),
        ("研发投入强度达到3.1%。", "R&D经费支出占GDP比重达到2.8%。", (3.1, 2.8), "%"),
        ("粮食播种面积稳定在9000亩。", "种粮面积稳定在8000亩。", (9000, 8000), "亩"),
        ("千人托位数达到4.2个。", "扩大普惠服务供给、千人托位数达4.5个。", (4.2, 4.5), "个"),
        ("PM2.5平均浓度低于26微克/立方米。", "PM2.5年均浓度低于24微克/立方米。", (26, 24), "微克/立方米"),
        ("签约10亿元以上项目6个。", "签约十亿元以上项目8个。", (6, 8), "个"),
        ("组织企业出境参展100家。", "支持企业参加境外展会150家。", (100, 150), "家"),
        ("新建充电桩200个。", "建设充电桩150根。", (200, 150), "个"),
        ("培育“专精特新”企业100户。", "培育专精特新企业150家。", (100, 150), "户"),
        ("新增市场主体1200户。", "新增市场主体1800家。", (1200, 1800), "户"),
        ("帮扶困难企业20户。", "帮扶困难企业30个。", (20, 30), "户"),
        ("新增光伏装机8兆瓦。", "新增光伏装机5000千瓦。", (8, 5), "兆瓦"),
        ("粮食总产量稳定在507万吨以上。", "粮食总产量达到124亿斤以上。", (5.07e6, 6.2e6), "吨"),
        ("打造东湖、西湖等示范河湖30处。", "打造示范河湖20处。", (30, 20), "处"),
        ("实施技术改造项目300个。", "实施技改项目200项。", (300, 200), "个"),
        ("开工老旧小区改造项目49个。", "完成老旧小区改造30个。", (49, 30), "个"),
        ("新建中小学校20所。", "新建中小学30所。", (20, 30), "所"),
        ("专利授权600件。", "专利授权500项。", (600, 500), "件"),
        ("税收收入增长8%。", "力争2025年税收收入增长6%。", (8, 6), "%"),
        ("PM2.5浓度较2013年下降13%。", "PM2.5浓度比2013年下降15%。", (13, 15), "%"),
        ("制造业单项冠军达到20家。", "单项冠军企业达到30家。", (20, 30), "家"),
        ("提高企业研发投入300万元。", "企业研发投入200万元。", (3e6, 2e6), "元"),
        ("支持各开发区发展，全区税收收入增长8%。", "税收收入增长6%。", (8, 6), "%"),
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
        ("帮扶困难家庭1200户。", "帮扶困难家庭1800家。", "unit"),
        ("农业龙头企业带动农户1200户。", "农业龙头企业带动农户1800家。", "unit"),
        ("技术合同交易额增长20%。", "技术合同交易额达到3亿元。", "unit"),
        ("新增科技型中小企业150家。", "科技型中小企业数量突破2000家。", "new/total"),
        ("新增高新技术企业30家。", "高新技术企业累计达到300家。", "new/total"),
        ("新增制造业贷款40亿元。", "制造业贷款余额超300亿元。", "new/total"),
        ("新增国际客运航线2条。", "运营国际客运航线9条以上。", "new/total"),
        ("累计建成充电桩300个。", "建成充电桩500个。", "new/total"),
        ("城镇登记失业率控制在3%以内。", "城镇调查失业率控制在5%以内。", "scope"),
        ("引进10亿元以上制造项目6个。", "引进20亿元以上制造项目8个。", "scope"),
        ("培育高新技术企业30家。", "累计培育高新技术企业300家。", "new/total"),
        ("新增省级高新技术企业30家。", "新增市级高新技术企业20家。", "scope"),
        ("每千人托位数达到4.5个。", "新增托位数450个。", "unit"),
        ("新建、改扩建40所中小学和幼儿园。", "新建改建中小学58所。", "scope"),
        ("新建中小学、幼儿园80所。", "新建中小学校20所。", "scope"),
        ("完成新造林300亩。", "完成森林抚育和新造林900亩。", "scope"),
        ("新增高新技术企业30家。", "规模以上高新技术企业超过120家。", "new/total"),
        ("创建美丽宜居村20个。", "美丽宜居村达到90个。", "new/total"),
        ("上市公司数量达到90家。", "培育上市公司2家。", "new/total"),
        ("新增技能人才300人。", "培育高技能人才20人。", "scope"),
        ("推进社区养老服务中心建设7个。", "建设社区养老服务站60个。", "scope"),
        ("建设美丽乡村示范县2个。", "建设美丽乡村示范村20个。", "scope"),
        ("新建公共停车场20个。", "新建公共停车位900个。", "scope"),
        ("科技型企业达到2000家。", "科技型中小企业达到800家。", "scope"),
        ("新开工保障性住房3000套。", "建成保障性住房2000套。", "scope"),
        ("新建国家技术创新中心1家。", "新建省技术创新中心8家。", "scope"),
        ("税收收入年均增长6%。", "税收收入增长8%。", "scope"),
        ("PM2.5浓度较2013年下降13%。", "PM2.5浓度下降5%。", "scope"),
        ("制造业增加值增长6%。", "服务业增加值增长8%。", "scope"),
        ("今后五年，新增停车位900个。", "新增停车位200个。", "scope"),
        ("各开发区要完成招商任务，税收收入增长9%。", "税收收入增长8%。", "scope"),
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
        ("布设山洪预警喇叭30个。", "布设山洪灾害预警喇叭20个。", ["clause", "section"]),
        ("布设山洪预警喇叭30个。", "布设山洪险情广播喇叭20个。", ["clause"]),
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
    ("left", "right"),
    [
        ("新建口袋公园90个。", "新建改建海绵型公园45个。"),
        ("补贴面积2000平方米。", "晾晒场地2000平方米。"),
        ("改造下穿立交2处。", "改造62处。"),
    ],
)
def test_the_only_candidate_of_a_clause_is_no_pair_if_its_name_speaks_of_another_thing(paired, left, right):
    assert paired(left, right)[0].empty
    assert paired(right, left)[0].empty


def test_one_rate_that_both_set_once_is_a_pair_wherever_it_stands(made):
    left, right = made("east", "研发投入强度达到3.1%。"), made("west", second="R&D经费支出占GDP比重达到2.8%。")
    assert target_pairs(left, right)[0]["right_value"].tolist() == [2.8]


def test_what_is_to_keep_step_is_one_thing_with_and_without_its_growth(paired):
    found, _ = paired("居民收入增长与经济增长同步。", "居民收入与经济增长基本同步。")
    assert found[["left_comparator", "right_comparator"]].to_numpy().tolist() == [["in_step", "in_step"]]


def test_like_names_of_one_sentence_are_paired_in_their_order(paired):
    one = "国控、区控及以上断面Ⅰ—Ⅲ类水质比例分别达到100%、92.5%。"
    two = "确保国控、区控及以上断面Ⅰ—Ⅲ类水质比例分别达99%、93%。"
    assert paired(one, two)[0][["left_value", "right_value"]].to_numpy().tolist() == [[100, 99], [92.5, 93]]


PHRASES = (
    "新增高新技术企业{}家", "高新技术企业累计达到{}家", "培育高企{}家", "累计建成充电桩{}个", "建成充电桩{}个",
    "新建充电桩{}根", "城镇登记失业率控制在{}%以内", "制造业贷款余额增长{}%", "实施技改项目{}个",
    "实施技术改造项目{}项",
    "进入全国前{}位", "引进人才{}名", "引进高技能人才{}名", "千人托位数达到{}个",
)  # fmt: skip


@st.composite
def sentence(draw):
    phrases = draw(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=5, unique=True))
    return "，".join(phrase.format(draw(st.integers(2, 90))) for phrase in phrases) + "。"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(left=sentence(), right=sentence())
def test_the_pairs_of_right_and_left_are_those_of_left_and_right_turned_round(made, left, right):
    east, west = made("east", left), made("west", right)
    (one, near), (two, near_too) = target_pairs(east, west), target_pairs(west, east)
    assert set(zip(one["left_target"], one["right_target"], strict=True)) == set(
        zip(two["right_target"], two["left_target"], strict=True)
    )
    told = {tuple(row) for row in near[["left_target", "right_target", "reason"]].to_numpy().tolist()}
    told_too = {tuple(row) for row in near_too[["right_target", "left_target", "reason"]].to_numpy().tolist()}
    assert told == told_too


COLUMNS = {
    "alignment": ["section", "clause", "relation", "probability", "similarity", "margin", "shared_terms"],
    "target_pairs": ["target", "clause", "comparator", "similarity", "origin"],
    "target_candidates": ["target", "similarity", "reason"],
    "budget_pairs": ["section", "amount_yuan", "scope", "share", "comparable"],
}


def told(found, table, sides):
    """The rows of a table as text, each side under the name that ``sides`` gives it."""
    one, two = sides
    renamed = getattr(found, table).rename(columns=lambda name: name.replace("left_", one).replace("right_", two))
    names = []
    for name in COLUMNS[table]:
        names += [name] if name in renamed else [f"A{name}", f"B{name}"]
    words = {"left_only": f"{one}only", "right_only": f"{two}only"}
    return sorted(map(str, renamed[names].round(3).replace(words).to_numpy().tolist()))


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(left=sentence(), right=sentence(), first=sentence(), second=sentence())
def test_every_table_of_right_and_left_is_that_of_left_and_right_turned_round(made, left, right, first, second):
    east, west = made("east", left, first=first), made("west", right, second=second)
    one, two = (comparison.compare(*sides, corrections="none") for sides in ((east, west), (west, east)))
    for table in COLUMNS:
        assert told(one, table, ("A", "B")) == told(two, table, ("B", "A"))


def plainly(left, right):
    """The pairs and near misses, found by looking at every two targets and assigning all of them at once."""
    aligned = pairing.align(left, right)
    sections = pairing.section_pairs(left, right, aligned)
    lexicon, (ones, twos) = left.policy.lexicon, (targets.described(left), targets.described(right))
    weights = likeness.rarity([*ones, *twos])
    needed = targets._neighbourhood(aligned, sections)
    every = list(np.ndindex(len(ones), len(twos)))
    near = [(i, j) for i, j in every if needed(ones[i].place, twos[j].place) == targets.ALIKE_IN_PAIR]
    alone, once = targets._alone(ones, twos, near, lexicon), targets._once_coded(ones) & targets._once_coded(twos)
    order = targets._places(ones), targets._places(twos)
    score, refused = np.zeros((len(ones), len(twos))), {}
    for i, j in every:
        one, two = ones[i], twos[j]
        alike = likeness.alike(one, two, weights)
        told, least = likeness.evidence(one, two, alike), needed(one.place, two.place)
        reason, what = likeness.refusal(one, two, lexicon), targets._what(one)
        known = what == targets._what(two) and what in once and (targets._is_rate(one) or least < 0.72)
        if not reason and (told >= least or known or ((i, j) in alone and likeness.kindred(one, two))):
            score[i, j] = round(max(told, least) + 0.72 - least + 1e-4 / (1 + abs(order[0][i] - order[1][j])), 9)
        elif alike >= targets.NEAR:
            refused[i, j] = reason or "wording"
    rows, columns = linear_sum_assignment(-score)
    return {(i, j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if score[i, j] > 0}, refused


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(left=sentence(), right=sentence(), first=sentence(), second=sentence())
def test_the_short_way_finds_what_looking_at_every_two_targets_finds(made, left, right, first, second):
    east, west = made("east", left, first=first), made("west", right, second=second)
    aligned = pairing.align(east, west)
    found = targets.match(east, west, aligned, pairing.section_pairs(east, west, aligned))
    pairs, refused = plainly(east, west)
    assert set(found.origins) == pairs and found.refused == refused


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("跻身全国80强。", "跻身全国前60位。"),
        ("进入全市前3。", "进入全市前5。"),
        ("新增高新技术企业3-5家。", "新增高新技术企业4家。"),
    ],
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


ALIKE = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.sampled_from([0.5, 1.0]))


@given(ALIKE, st.booleans())
def test_of_ways_that_are_as_good_both_sides_take_the_same(score, turned):
    other = targets._assign({(j, i): value for (i, j), value in score.items()}, turned=not turned)
    assert targets._assign(score, turned=turned) == {(i, j) for j, i in other}


def test_which_of_two_documents_is_turned_does_not_depend_on_its_side(made, monkeypatch):
    one, two = made("one", sentence="新增企业30家。"), made("two", sentence="新增企业20家。")
    assign, seen = targets._assign, list[bool]()
    monkeypatch.setattr(
        targets, "_assign", lambda score, *, turned: seen.append(turned) or assign(score, turned=turned)
    )
    target_pairs(one, two)
    target_pairs(two, one)
    assert set(seen) == {False, True}


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_text_against_itself_pairs_every_target_with_itself(shipped, side):
    one = shipped[side]
    found = comparison.compare(one, one, corrections="none").target_pairs
    assert found["left_target"].tolist() == found["right_target"].tolist() == one.targets["target"].tolist()
    assert (found["similarity"] == 1).all()
    assert set(found["ratio"].dropna()) == {1}
