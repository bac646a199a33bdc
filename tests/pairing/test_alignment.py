import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp import document, pairing

EAST = [  # section → clauses
    ("强化科技创新", [
        "培育科技企业。深化科技企业梯度培育，新增高新技术企业30家，科技型中小企业100家，支持企业建设研发中心。",
        "引进高层次人才。实施人才引育计划，引进高层次人才50名，建设青年人才公寓200套，落实购房补贴。",
        "完善孵化体系。建设众创空间和孵化器，新建孵化器2个，完善苗圃到加速器的孵化链条。",
    ]),
    ("做强先进制造", [
        "推进设备更新。支持规上工业企业技术改造和设备更新，完成设备更新300台，推广智能工厂建设。",
        "保障工业用地。盘活低效用地，出让工业用地500亩，推行工业上楼，改造老旧厂房。",
    ]),
    ("改善民生保障", [
        "优化养老服务。新增养老床位300张，建设老年食堂20家，完善居家养老上门服务。",
        "扩大托育供给。新增普惠托位400个，支持幼儿园开设托班，每千人托位数达到4.8个。",
    ]),
]  # fmt: skip
WEST = [
    ("保障民生", [
        "发展普惠托育。支持用人单位办托和幼儿园托班，新增普惠托位260个，每千人托位数4.5个。",
        "提升养老水平。建设养老机构和老年食堂，新增养老床位150张，居家养老上门服务覆盖全部街道。",
    ]),
    ("科技创新", [
        "吸引人才集聚。引进高层次人才80名，筹建青年人才公寓150套，发放人才购房补贴。",
        "壮大科技企业。新增高新技术企业20家，新增科技型中小企业60家，鼓励企业设立研发中心。",
    ]),
    ("制造强区", [
        "强化工业用地。出让工业用地300亩，盘活低效用地，实施工业上楼和老旧厂房改造。",
        "支持技术改造。推动规上工业企业设备更新200台，加快智能工厂建设和技术改造。",
    ]),
]  # fmt: skip
ALONE = "繁荣夜间旅游。举办音乐节和非遗市集，打造滨江夜游航线，发放文旅消费券。"
SAME = {
    ("培育科技企业", "壮大科技企业"),
    ("引进高层次人才", "吸引人才集聚"),
    ("推进设备更新", "支持技术改造"),
    ("保障工业用地", "强化工业用地"),
    ("优化养老服务", "提升养老水平"),
    ("扩大托育供给", "发展普惠托育"),
}
FOLLOWS = {"left_only": "right_only", "right_only": "left_only"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A function from a name and sections to the tables of that made-up document."""
    folder = tmp_path_factory.mktemp("made")

    def load(name, sections, *, restart=False):
        lines, number = [f"{name}若干政策"], 1
        for i, (heading, listed) in enumerate(sections, 1):
            number = 1 if restart else number
            lines.append(f"第{'一二三四五'[i - 1]}部分 {heading}")
            for text in listed:
                lines.append(f"第{number}条 {text}")
                number += 1
        file = folder / f"{name}.txt"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return document.load(file, corrections="none")

    return load


def rows(aligned, *names):
    names = names or ("left_clause", "right_clause", "relation")
    return {tuple(row) for row in aligned.table[list(names)].fillna(0).to_numpy().tolist()}


def titles(aligned):
    return rows(aligned, "left_title", "right_title", "relation")


def transposed(found):
    return {(right, left, FOLLOWS.get(relation, relation)) for left, right, relation in found}


def whole(aligned, left, right):
    """Every clause of both sides stands in the table, and only its own."""
    for side, one in (("left", left), ("right", right)):
        found = aligned.table[[f"{side}_section", f"{side}_clause", f"{side}_title"]].dropna()
        expected = one.clauses[["section", "clause", "title"]]
        assert set(map(tuple, found.to_numpy().tolist())) == set(map(tuple, expected.to_numpy().tolist()))
    only = aligned.table["relation"].isin(FOLLOWS)
    assert aligned.table.loc[only, "similarity"].isna().all()
    assert aligned.table.loc[~only, "similarity"].between(0, 1).all()
    assert aligned.table.loc[only, "probability"].isna().all()
    assert aligned.table.loc[~only, "probability"].between(aligned.threshold - 1e-4, 1).all()


def test_what_a_reader_would_put_together_is_together(made):
    left, right = made("east", EAST), made("west", WEST)
    aligned = pairing.align(left, right)
    assert titles(aligned) == {(a, b, "same") for a, b in SAME} | {("完善孵化体系", "", "left_only")}
    whole(aligned, left, right)


def test_every_clause_of_the_shipped_pair_is_in_the_alignment(shipped):
    whole(shipped.aligned, shipped.left, shipped.right)


def test_swapping_the_sides_transposes_the_alignment(made, shipped):
    for left, right in ((shipped.left, shipped.right), (made("east", EAST), made("west", WEST))):
        one, two = pairing.align(left, right), pairing.align(right, left)
        assert rows(one) == transposed(rows(two))
        assert one.threshold == pytest.approx(two.threshold)
        same = ["probability", "similarity", "margin"]
        assert np.allclose(*(a.table.dropna(subset=same).sort_values(same)[same].astype(float) for a in (one, two)))


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_text_against_itself_aligns_one_to_one(shipped, side):
    aligned = pairing.align(shipped[side], shipped[side])
    assert rows(aligned) == {(n, n, "same") for n in shipped[side].clauses["clause"]}
    assert (aligned.table["similarity"] == 1).all()


def test_a_made_up_text_against_itself(made):
    left = made("east", EAST)
    aligned = pairing.align(left, left)
    assert rows(aligned) == {(n, n, "same") for n in range(1, 8)}
    assert (aligned.table["similarity"] == 1).all()


@settings(deadline=None, max_examples=15)
@given(st.permutations(range(3)), st.permutations(range(3)), st.booleans())
def test_reordering_sections_and_clauses_changes_no_pair(made, sections, places, turned):
    shuffled = [(WEST[i][0], WEST[i][1][::-1] if turned else WEST[i][1]) for i in sections]
    east = [EAST[i] for i in places]
    before = pairing.align(made("east", EAST), made("west", WEST))
    after = pairing.align(made("east", east), made("west", shuffled))
    assert titles(after) == titles(before)


def test_renumbering_the_clauses_changes_no_pair(made):
    before = pairing.align(made("east", EAST), made("west", WEST))
    restarted = made("west", WEST, restart=True)
    assert restarted.clauses["clause"].tolist() == [1, 2, 1, 2, 1, 2]
    assert titles(pairing.align(made("east", EAST), restarted)) == titles(before)


@pytest.mark.parametrize("place", range(3))
def test_adding_an_unrelated_clause_changes_no_pair(made, place):
    before = titles(pairing.align(made("east", EAST), made("west", WEST)))
    more = [(heading, [*listed, ALONE] if i == place else listed) for i, (heading, listed) in enumerate(WEST)]
    left = [(heading, [ALONE, *listed] if i == place else listed) for i, (heading, listed) in enumerate(EAST)]
    right_only = titles(pairing.align(made("east", EAST), made("west", more)))
    left_only = titles(pairing.align(made("east", left), made("west", WEST)))
    assert right_only == before | {("", "繁荣夜间旅游", "right_only")}
    assert left_only == before | {("繁荣夜间旅游", "", "left_only")}


def test_a_user_may_set_the_threshold(made):
    left, right = made("east", EAST), made("west", WEST)
    assert set(pairing.align(left, right, limit=1.0).table["relation"]) == {"left_only", "right_only"}
    assert pairing.align(left, right, limit=0.2).threshold == 0.2


@pytest.mark.parametrize("text", ["甲。", "。", "5。", "新增5家。"])
def test_clauses_of_next_to_nothing_give_a_defined_result(made, text):
    left, right = made("east", [("甲", [text] * 2), ("乙", [text])]), made("west", WEST)
    whole(pairing.align(left, right), left, right)
    whole(pairing.align(right, left), right, left)


def test_two_clauses_against_hundreds(made):
    words = "天地玄黄宇宙洪荒日月盈昃辰宿列张"
    many = [(f"第{i}", [f"{word}。{word}{i}。" for word in words] * 6) for i in range(3)]
    left, right = made("east", [("甲", EAST[0][1][:2]), ("乙", EAST[1][1][:1])]), made("many", many)
    whole(pairing.align(left, right), left, right)


def test_the_explanation_adds_up(made):
    aligned = pairing.align(made("east", EAST), made("west", WEST))
    for row in aligned.table.dropna(subset=["similarity"]).to_dict("records"):
        terms = pairing.explain(aligned, row["left_clause"], row["right_clause"])
        assert terms["contribution"].sum() == pytest.approx(row["similarity"], abs=1e-4)
        assert set(row["shared_terms"].split("、")) <= set(terms["term"])


def test_the_margin_is_the_lead_over_the_best_pair_that_was_not_chosen(made):
    left, right = made("east", EAST), made("west", WEST)
    aligned = pairing.align(left, right)
    chosen = {(a, b) for a, b, relation in rows(aligned) if relation == "same"}
    total = {(i + 1, j + 1): s for (i, j), s in np.ndenumerate(aligned.scores.total)}
    for row in aligned.table.dropna(subset=["margin"]).to_dict("records"):
        a, b = row["left_clause"], row["right_clause"]
        others = [s for (i, j), s in total.items() if (i == a or j == b) and (i, j) not in chosen]
        assert row["margin"] == pytest.approx(total[a, b] - max(others), abs=2e-4)


def test_doubtful_pairs_come_first(made):
    aligned = pairing.align(made("east", EAST), made("west", WEST))
    found = pairing.doubtful(aligned, most=4)
    assert len(found) == 4
    assert found["probability"].is_monotonic_increasing
    assert found["probability"].iloc[0] == aligned.table["probability"].min()


def test_a_doubtful_pair_is_explained_where_numbers_begin_anew(other):
    found = pairing.doubtful(other.aligned, 99)
    for (left, right), similarity in zip(pairing.places_of(found), found["similarity"], strict=True):
        assert pairing.explain(other.aligned, left, right)["contribution"].sum() == pytest.approx(similarity, abs=1e-4)
