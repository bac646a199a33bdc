"""What the sections that answer each other are allotted, and whether it can be compared."""

from functools import partial

import numpy as np
import pairs_made
import pytest

from policycmp import pairing


@pytest.fixture
def made(tmp_path):
    """A function from a name and the parts of a made-up policy to its tables."""
    return partial(pairs_made.policy, tmp_path)


def budgets(*sides):
    sections = pairing.section_pairs(*sides, pairing.align(*sides))
    return pairing.budget_pairs(*sides, sections).to_dict("records")


def test_budgets_are_comparable_where_both_state_the_whole(made):
    rows = budgets(
        made("east", first="区级财政预算安排资金3亿元。", second="区级财政预算安排资金1亿元。"),
        made("west", first="区级财政预算安排资金2亿元。", second="聚焦民生。"),
    )
    assert [tuple(row.values())[:3] for row in rows] == [(1, 1, "强化科技创新"), (2, 2, "保障改善民生")]
    assert (rows[0]["left_amount_yuan"], rows[0]["right_amount_yuan"]) == (3e8, 2e8)
    assert [row["comparable"] for row in rows] == [True, False]
    assert (rows[0]["left_share"], rows[1]["left_share"], rows[0]["right_share"]) == (0.75, 0.25, 1)
    assert np.isnan(rows[1]["right_amount_yuan"])
    assert rows[1]["note"] == "west未列明"
    assert rows[0]["note"] == rows[1]["right_scope"] == ""


def test_a_sum_of_earmarks_is_no_whole_section(made):
    rows = budgets(
        made("east", first="区级财政预算安排资金，重点支持研发资金1200万元，人才资金800万元。"),
        made("west", first="区级财政预算安排资金2亿元，其中1亿元用于研发。"),
    )
    assert (rows[0]["left_amount_yuan"], rows[0]["left_scope"]) == (2e7, "earmark")
    assert (rows[0]["right_amount_yuan"], rows[0]["right_scope"]) == (2e8, "section")
    assert np.isnan(rows[0]["left_share"])
    assert not rows[0]["comparable"]
    assert "2项专项" in rows[0]["note"]


@pytest.mark.parametrize(("stated", "difference"), [("4亿", 0), ("4.5亿", 5e7), ("3.9亿", -1e7)])
def test_the_stated_total_is_checked_against_the_sum(made, stated, difference):
    found = made("east", first="区级财政预算安排资金3亿元。", second="区级财政预算安排资金1亿元。",
                 closing=f"上述政策，区级财政2025年预算安排资金支持总额为{stated}元。")  # fmt: skip
    total = pairing.check_total(found)
    assert (total["sum"], total["difference"]) == (4e8, pytest.approx(difference))


def test_the_total_may_be_divided_in_an_annex(made):
    annex = "附件\n资金安排\n一、科技\n区级财政预算安排资金3亿元。\n（一）研发。加大投入。\n（二）平台。推进建设。\n"
    closing = "上述政策，区级财政2025年预算安排资金支持总额为4亿元。\n" + annex
    found = made("east", second="区级财政预算安排资金1亿元。", closing=closing)
    allotted = found.budgets[found.budgets["scope"] == "section"]
    assert set(allotted["part"]) == {0, 1}
    assert pairing.check_total(found)["difference"] == 0
    assert pairing.check_total(found.of_part(0))["difference"] == 0


@pytest.mark.parametrize(("open_ones", "first"), [([0], (None, "", 0)), ([1], (3e8, "section", 1))])
def test_an_amount_that_a_correction_left_open_is_no_zero_and_spoils_no_sum(made, open_ones, first):
    closing = "上述政策，区级财政2025年预算安排资金支持总额为4亿元。"
    one = made("east", first="区级财政预算安排资金3亿元。", second="区级财政预算安排资金1亿元。", closing=closing)
    amounts = one.budgets["amount_yuan"].mask(one.budgets.index.isin(open_ones))
    found = one.having(budgets=one.budgets.assign(amount_yuan=amounts))
    assert pairing.amount(found, 1) == first
    assert pairing.check_total(found)["sum"] == {0: 1e8, 1: 3e8}[open_ones[0]]
    shares = [row["left_share"] for row in budgets(found, made("west", first="区级财政预算安排资金2亿元。"))]
    assert sorted(share for share in shares if share == share) == [1]


def test_a_document_without_a_total_has_no_difference(made, shipped):
    assert pairing.check_total(made("east")) == {"stated": None, "sum": 0, "difference": None}
    assert pairing.check_total(shipped.right)["difference"] == 0


def test_each_section_is_named_on_its_own_side(tmp_path):
    """Two rows are about a section 1: one is the left document's, the other one the right document's alone."""
    table = pairs_made.crossed(tmp_path).budget_pairs
    assert table.drop(columns=["left_share", "right_share", "note"]).astype(object).fillna("").to_numpy().tolist() == [
        [1, 3, "强化科技创新", 1e8, "section", "", "", False],
        [2, 2, "保障改善民生", 2e8, "section", 2e7, "earmark", False],
        [3, "", "繁荣夜间旅游", 3e8, "section", "", "", False],
        ["", 1, "扩大对外开放", "", "", 4e8, "section", False],
    ]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", ["西岭区未列明", "西岭区为2项专项之和，不是整个部分", "西岭区无对应部分", "东岭区无对应部分"]),
        (
            "en",
            [
                "西岭区 states no amount",
                "西岭区: sum of 2 earmarked items only",
                "西岭区 has no such section",
                "东岭区 has no such section",
            ],
        ),
    ],
)
def test_a_note_is_worded_for_any_table_of_pairs(tmp_path, lang, expected):
    it = pairs_made.crossed(tmp_path)
    turned = it.budget_pairs[::-1].reset_index(drop=True).assign(note="")
    assert pairing.noted(turned, it.left, it.right, lang=lang)["note"].tolist() == expected[::-1]
    assert pairing.noted(it.budget_pairs[:0], it.left, it.right, lang=lang).dtypes.equals(it.budget_pairs.dtypes)
