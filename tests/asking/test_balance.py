"""What the sections hold: nothing lost, nothing counted twice, and the same from the other side."""

from types import SimpleNamespace

import pytest
from pairs_made import BARE, FULL, pair

import policycmp
from policycmp import compare, schema
from policycmp.asking import balance
from policycmp.shown import sentences

COUNTED = {"clauses": ("answered", "alone"), "targets": ("paired", "unpaired")}


@pytest.fixture(scope="module", params=["shipped", "swapped", "alike", "strangers"])
def it(request, shipped, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pair")
    match request.param:
        case "shipped":
            return shipped
        case "swapped":
            return compare(shipped.right, shipped.left, corrections="none")
        case "alike":
            return pair(folder, FULL.format(place="东山", n=3), FULL.format(place="西山", n=4))
        case _:
            return pair(folder, FULL.format(place="东山", n=3), BARE.format(place="文明养犬"))


@pytest.mark.parametrize("side", ["left", "right"])
def test_every_clause_and_every_target_is_held_once(it, side):
    held, own, table = balance.holdings(it, side), getattr(it, side), balance.balance(it)
    for whole, parts in COUNTED.items():
        found = sorted(index for part in parts for index in held[part].index)
        assert found == sorted(getattr(own, whole).index)
        for part in parts:
            assert table[f"{side}_{part}"].sum() == len(held[part])
    assert list(table[f"{side}_section"].dropna()[: len(own.sections)]).count(None) == 0
    assert set(own.sections["section"]) <= set(table[f"{side}_section"].dropna())


@pytest.mark.parametrize("side", ["left", "right"])
def test_money_is_that_of_the_table_of_budgets(it, side):
    table = balance.balance(it).iloc[: len(it.budget_pairs)]
    whole, part = table[f"{side}_whole"], table[f"{side}_in_part"]
    assert not (whole.notna() & part.notna()).any()
    assert whole.fillna(part).fillna(-1).tolist() == it.budget_pairs[f"{side}_amount_yuan"].fillna(-1).tolist()
    assert whole.notna().tolist() == (it.budget_pairs[f"{side}_scope"] == "section").tolist()


def test_an_item_of_a_stated_whole_is_not_counted_beside_it(tmp_path):
    """A section may state its whole allotment and, in the same paragraph, an item of it."""
    text = FULL.format(place="东山", n=3).replace("3亿元。", "3亿元。安排孵化器专项资金500万元。")
    it = pair(tmp_path, text, FULL.format(place="西山", n=4))
    assert it.left.budgets["scope"].tolist() == ["section", "earmark"]
    found = balance.balance(it).iloc[0]
    assert found["left_whole"] == 3e8
    assert not found["left_in_part"] > 0


def test_a_clause_is_alone_where_the_alignment_says_so(it):
    for side in ("left", "right"):
        alone = it.alignment[it.alignment["relation"] == f"{side}_only"]
        assert balance.holdings(it, side)["alone"]["clause"].tolist() == sorted(alone[f"{side}_clause"])


def test_what_only_one_side_sets_is_what_has_no_pair(it):
    table = balance.only_here(it)
    assert set(balance.ONLY_HERE) <= set(table.columns)
    for side in ("left", "right"):
        own = set(getattr(it, side).targets["target"]) - set(it.target_pairs[f"{side}_target"])
        assert set(table.loc[table["side"] == side, "target"]) == own


def test_every_two_clauses_have_one_similarity(it):
    table = balance.similarities(it)
    assert len(table) == len(it.left.clauses) * len(it.right.clauses)
    pairs = it.alignment.dropna(subset=["similarity"])
    chosen = table[table["relation"] != ""]
    keys = [*balance.SIMILARITIES[:4], "relation"]
    assert sorted(chosen[keys].itertuples(index=False)) == sorted(pairs[keys].itertuples(index=False))
    both = chosen.merge(pairs, on=keys)
    assert both["similarity_x"].round(4).tolist() == both["similarity_y"].tolist()


def test_a_section_of_the_right_that_answers_none_stands_apart(tmp_path):
    it = pair(tmp_path, BARE.format(place="文明养犬"), FULL.format(place="东山", n=3))
    table = balance.balance(it)
    alone = table[table["left_section"].isna()]
    assert len(alone) and alone["right_heading"].str.len().min() > 0
    assert balance.only_here(it)["beside"].isna().any()


DOGS = """养犬管理办法
一、登记
（一）犬只登记。养犬人为犬只接种疫苗，到街道办理登记，领取犬牌。
（二）限养区域。主城区每户限养一只，禁止饲养烈性犬。
二、行为规范
（三）牵引。携犬外出使用牵引绳，清理粪便，不得进入商场和学校。
（四）收容。走失犬只由收容站收留，逾期无人认领的可以领养。
"""
CLOUD = """数字经济若干政策
一、平台
（一）建设算力。新建智算中心1个，算力达到300P。
（二）开放数据。建设公共数据平台，推动企业上云800家。
二、企业
（三）培育软件企业。新增规上软件企业20家，营业收入增长15%。
（四）举办大会。举办人工智能大会2场，引进研发机构3家。
"""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (DOGS, CLOUD, True),
        (DOGS, DOGS.replace("一只", "两只"), False),
        (
            DOGS,
            CLOUD.replace("数字经济若干政策\n", DOGS).replace("一、平台", "三、平台").replace("二、企业", "四、企业"),
            False,
        ),
    ],
)
def test_documents_about_unlike_things_are_told_apart(tmp_path, one, other, expected):
    for name, text in (("a", one), ("b", other)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = policycmp.compare(tmp_path / "a.txt", tmp_path / "b.txt", corrections="none")
    assert balance.hardly_answer(found) == expected
    assert ("不是同一类事" in sentences.findings(found)) == expected


@pytest.mark.parametrize("formal", [True, False])
def test_clauses_on_entry_into_force_do_not_make_documents_alike(formal):
    pair = {
        "left_section": 1,
        "left_clause": 1,
        "right_section": 1,
        "right_clause": 1,
        "relation": "same",
        "formal": formal,
    }
    alone = [{"left_section": 1, "left_clause": number, "relation": "left_only"} for number in range(2, 9)]
    found = SimpleNamespace(alignment=schema.frame("alignment", [pair, *alone]))
    assert balance.hardly_answer(found) == formal
