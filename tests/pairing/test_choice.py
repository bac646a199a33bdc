"""Which clauses answer each other: a probability that reads the same in both directions, and what is made of it."""

from types import SimpleNamespace

import numpy as np
import pytest

from policycmp.pairing import choice


def scores(total, best_sentence=None, grams=None):
    total = np.array(total, dtype=float)
    return SimpleNamespace(
        total=total,
        best_sentence=total if best_sentence is None else np.array(best_sentence),
        grams=total if grams is None else np.array(grams),
    )


def probability(found, sections=None, formal=None):
    rows, columns = found.total.shape
    sections = sections or ([1] * rows, [1] * columns)
    formal = formal or ([False] * rows, [False] * columns)
    return choice.probability(choice.evidence(found, sections, formal))


def test_a_clause_may_answer_several():
    """The left clause was split: each half is the best counterpart that there is."""
    likely = np.array([[0.9, 0.8], [0.1, 0.2]])
    found = scores([[0.5, 0.3], [0.2, 0.2]])
    assert choice.choose(found, likely, 0.5) == {(0, 0): "same", (0, 1): "partial"}
    assert choice.choose(found, likely, 0.85) == {(0, 0): "same"}


@pytest.mark.parametrize(("further", "relation"), [(0.36, "same"), (0.33, "partial")])
def test_a_further_pair_is_the_same_measure_if_it_is_nearly_as_alike_as_the_main_pair(further, relation):
    """0.5 is the main pair's similarity."""
    likely = np.array([[0.9, 0.9]])
    assert choice.choose(scores([[0.5, further]]), likely) == {(0, 0): "same", (0, 1): relation}
    assert choice.choose(scores([[0.5], [further]]), likely.T) == {(0, 0): "same", (1, 0): relation}


def test_a_pair_of_two_clauses_that_both_have_a_better_one_is_partial():
    found = scores([[0.5, 0.45], [0.0, 0.5]])
    assert choice.choose(found, np.full((2, 2), 0.9))[0, 1] == "partial"


def test_clauses_that_share_next_to_nothing_are_no_pair():
    assert choice.choose(scores([[choice.LEAST / 2]]), np.array([[0.99]])) == {}
    assert choice.choose(scores(np.zeros((0, 3))), np.zeros((0, 3))) == {}


def test_the_probability_is_the_same_in_both_directions():
    made = np.random.default_rng(3)
    total, sentence, grams = made.random((3, 4, 6)) / 2
    sections, formal = ([1, 1, 2, 2], [1, 2, 2, 3, 3, 3]), ([False] * 3 + [True], [False] * 5 + [True])
    one = probability(scores(total, sentence, grams), sections, formal)
    other = probability(scores(total.T, sentence.T, grams.T), sections[::-1], formal[::-1])
    assert np.allclose(one, other.T)
    assert ((one > 0) & (one < 1)).all()


@pytest.mark.parametrize("more", ["total", "best_sentence", "grams"])
def test_what_is_more_alike_is_more_probable(more):
    base = {name: np.array([[0.3, 0.1], [0.1, 0.3]]) for name in ("total", "best_sentence", "grams")}
    before = probability(scores(**base))
    base[more] = base[more] + np.array([[0.0, 0.1], [0.0, 0.0]])
    assert probability(scores(**base))[0, 1] > before[0, 1]


def test_documents_that_answer_each_other_nowhere_make_each_of_their_pairs_less_probable():
    near, far = (np.array([[0.2, 0.0, 0.0], [0.0, other, 0.0], [0.0, 0.0, other]]) for other in (0.6, 0.05))
    assert probability(scores(far))[0, 0] < probability(scores(near))[0, 0]


def test_formal_clauses_say_nothing_about_how_alike_two_documents_are():
    total = np.array([[0.1, 0.0], [0.0, 0.9]])
    counted, left_out = probability(scores(total)), probability(scores(total), formal=([False, True], [False, True]))
    assert left_out[0, 0] < counted[0, 0]


def test_sections_that_answer_each_other_make_their_clauses_more_probable():
    """The middle clause of the left moves into the section of the last one; nothing else changes."""
    found = scores([[0.6, 0.0, 0.0], [0.0, 0.2, 0.2], [0.0, 0.0, 0.6]])
    apart, together = probability(found, ([1, 1, 2], [1, 1, 2])), probability(found, ([1, 2, 2], [1, 1, 2]))
    assert apart[1, 2] < together[1, 2]


def test_the_level_of_chance_comes_from_the_pairs_that_are_nobodys_best():
    total = np.eye(8) * 0.5 + 0.01
    assert choice.level(total) == pytest.approx(0.01)
    assert choice.level(total[:3, :3]) == choice.FALLBACK
