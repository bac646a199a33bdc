"""A comparison narrowed to rows of its alignment, or to pairs of targets far apart, holds these and no others."""

import pandas as pd

import policycmp
from policycmp import pairing
from policycmp.asking import filters, narrowing

SIDES = ("left", "right")


def test_a_ratio_of_nothing_is_endless_and_an_unknown_one_is_none():
    assert narrowing.times_apart(0.0) == float("inf") and narrowing.times_apart(0.25) == 4.0 == narrowing.times_apart(
        4.0
    )
    assert not narrowing.times_apart(float("nan")) >= 1


def test_narrowed_to_all_rows_it_lacks_only_what_stands_in_no_clause(shipped):
    whole = policycmp.narrow(shipped, shipped.alignment)
    pd.testing.assert_frame_equal(whole.budget_pairs, shipped.budget_pairs)
    assert len(whole.target_pairs) == (shipped.target_pairs[["left_clause", "right_clause"]] > 0).any(axis=1).sum()
    assert set(shipped.targets["target"]) - set(whole.targets["target"]) <= {
        t for t in shipped.targets["target"] if "-s" in t
    }


def test_narrowed_to_one_row_it_has_its_targets_and_their_partners(shipped):
    row = policycmp.select(shipped, text="专精特新")
    one = policycmp.narrow(shipped, row)
    assert filters.keys(one.alignment) == filters.keys(row)
    places = {place for key in filters.keys(row) for place in key}
    assert one.target_pairs["left_clause"].tolist() == [11]
    assert set(zip(one.left.targets["section"], one.left.targets["clause"], strict=True)) <= places
    assert len(one.left.targets) == (shipped.left.targets["clause"] == 11).sum()
    assert one.budget_pairs["left_section"].tolist() == [2] and set(one.right.budgets["section"]) == {2}
    assert len(one.left.clauses) == len(shipped.left.clauses)


def test_narrowed_to_nothing_it_is_empty(shipped):
    none = policycmp.narrow(shipped, shipped.alignment.head(0))
    assert [len(table) for table in (none.alignment, none.target_pairs, none.budget_pairs, none.targets)] == [
        0,
        0,
        0,
        0,
    ]


def test_budgets_beside_each_other_stay_with_the_sums_they_make_up(shipped, other):
    """Of a clause alone, too, the other document's budget is the one of the section that answers its own."""
    drawn = 0
    for one in (shipped, other):
        for row in range(len(one.alignment)):
            narrow = policycmp.narrow(one, one.alignment.iloc[[row]])
            for side, own in narrow.sides.items():
                pairs = narrow.budget_pairs.dropna(subset=[f"{side}_amount_yuan"])
                for pair in pairs.to_dict("records"):
                    found = pairing.allotted(own, pairing.sections_of(pair)[SIDES.index(side)])
                    assert found["amount_yuan"].sum() == pair[f"{side}_amount_yuan"]
                    drawn += 1
    assert drawn > 50


def test_what_is_chosen_holds_the_incentives_of_its_clauses(tmp_path):
    for name in ("east", "west"):
        first = "一、奖励\n（一）支持升规。对首次升规的企业奖励5万元。"
        text = f"{name}区若干政策（2025年）\n{first}\n二、人才\n（二）引进博士。对博士补贴9万元。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = policycmp.compare(tmp_path / "east.txt", tmp_path / "west.txt", corrections="none")
    chosen = policycmp.narrow(found, policycmp.select(found, section=2))
    assert chosen.incentive_pairs["left_incentive"].tolist() == ["east-i002-01"]
    assert chosen.right.incentives["incentive"].tolist() == ["west-i002-01"]


def test_pairs_far_apart_have_their_own_targets_only(shipped):
    far = policycmp.narrow(shipped, shipped.alignment, least=5)
    pd.testing.assert_frame_equal(far.target_pairs, policycmp.apart(shipped, 5))
    for side, own in far.sides.items():
        assert set(own.targets["target"]) == set(far.target_pairs[f"{side}_target"])
