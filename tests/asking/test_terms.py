"""Characteristic words: the formula by hand, the order, and what is left out."""

from itertools import accumulate, pairwise
from math import log, sqrt
from types import SimpleNamespace

import pairs_made
import pandas as pd
import pytest

from policycmp import comparison
from policycmp.asking import terms
from policycmp.errors import PolicyError
from policycmp.text.lexicon import Lexicon


def side(name, *texts):
    ends = list(accumulate(map(len, texts)))
    clauses = [SimpleNamespace(title=(0, 0), text=span) for span in pairwise([0, *ends])]
    policy = SimpleNamespace(lexicon=Lexicon.load(), text="".join(texts))
    return SimpleNamespace(outline=SimpleNamespace(clauses=clauses), name=name, policy=policy)


def small(left, right, **options):
    return terms.characteristic(pairs_made.bare(side("东海", left), side("西山", right)), **options)


def test_the_formula():
    row = small("人才。人才。企业。", "人才。企业。企业。企业。", prior=0.5).set_index("term").loc["人才"]
    # left 2 of 3 words, right 1 of 4; prior 0.5 × 3 for the word and 0.5 × 7 in all
    odds = log((2 + 1.5) / (3 + 3.5 - 2 - 1.5)) - log((1 + 1.5) / (4 + 3.5 - 1 - 1.5))
    assert row["log_odds"] == pytest.approx(odds, abs=1e-4)
    assert row["z"] == pytest.approx(odds / sqrt(1 / 3.5 + 1 / 2.5), abs=1e-4)
    assert row[["left_count", "right_count", "side"]].tolist() == [2, 1, "left"]


def test_figures_units_names_stop_words_and_single_characters_are_left_out():
    table = small("东海支持企业100家，服务3万人次。奖。", "西山推进人才50人。")
    assert set(table["term"]) == {"企业", "服务", "人才"}


def test_swapping_the_sides_turns_the_table_round(shipped):
    one = terms.characteristic(shipped).set_index("term")
    two = terms.characteristic(comparison.compare(shipped.right, shipped.left)).set_index("term")
    assert set(one.index) == set(two.index)
    assert (one["z"] == -two["z"].reindex(one.index)).all()
    assert (one["left_count"] == two["right_count"].reindex(one.index)).all()


def test_order_and_number_of_the_words(shipped):
    table = terms.characteristic(shipped, most=5)
    assert table["side"].tolist() == ["left"] * 5 + ["right"] * 5
    assert table["z"].is_monotonic_decreasing
    pd.testing.assert_frame_equal(table, terms.characteristic(shipped, most=5))


def test_a_text_against_itself_stresses_nothing():
    assert small("企业人才", "企业人才").empty


@pytest.mark.parametrize("texts", [("", ""), ("100", "。"), ("", "企业。人才。")])
def test_texts_with_few_words(texts):
    table = small(*texts)
    assert list(table) == list(terms.COLUMNS)
    assert table["z"].notna().all()


@pytest.mark.parametrize("prior", [0, -1, float("nan")])
def test_a_prior_has_to_be_above_zero(prior):
    with pytest.raises(PolicyError, match=r"option prior: got .*; give a number above 0"):
        small("企业", "人才", prior=prior)


def test_one_word_in_both_texts_sets_nothing_apart():
    assert small("人才。", "人才。人才。").empty
