"""Which clauses answer each other: a probability that reads the same in both directions, and what is made of it."""

from types import SimpleNamespace

import numpy as np
import pytest

from policycmp.pairing import choice


def scores(total, sentence=None, grams=None, topic=1.0):
    total = np.array(total, dtype=float)
    return SimpleNamespace(
        total=total,
        sentence=total if sentence is None else np.array(sentence),
        grams=total if grams is None else np.array(grams),
        topic=topic,
    )


def probability(found, sections=None, formal=None, sanctions=None):
    rows, columns = found.total.shape
    none = ([False] * rows, [False] * columns)
    sections = sections or ([1] * rows, [1] * columns)
    return choice.probability(choice.evidence(found, sections, formal or none, sanctions or none))


def chosen(found, likely, limit=choice.LIKELY):
    return choice.choose(found, likely, limit)[0]


def test_a_clause_may_answer_several():
    """The left clause was split: each half is the best counterpart that there is."""
    likely = np.array([[0.9, 0.8], [0.1, 0.2]])
    found = scores([[0.5, 0.3], [0.2, 0.2]])
    assert chosen(found, likely, 0.5) == {(0, 0): "same", (0, 1): "partial"}
    assert chosen(found, likely, 0.85) == {(0, 0): "same"}


@pytest.mark.parametrize(("further", "relation"), [(0.36, "same"), (0.33, "partial")])
def test_a_further_pair_is_the_same_measure_if_it_is_nearly_as_alike_as_the_main_pair(further, relation):
    """0.5 is the main pair's similarity."""
    likely = np.array([[0.9, 0.9]])
    assert chosen(scores([[0.5, further]]), likely) == {(0, 0): "same", (0, 1): relation}
    assert chosen(scores([[0.5], [further]]), likely.T) == {(0, 0): "same", (1, 0): relation}


def test_a_pair_of_two_clauses_that_both_have_a_better_one_is_partial():
    found = scores([[0.5, 0.45], [0.0, 0.5]])
    assert chosen(found, np.full((2, 2), 0.9))[0, 1] == "partial"


def test_clauses_that_share_next_to_nothing_are_no_pair():
    assert chosen(scores([[choice.LEAST / 2]]), np.array([[0.99]])) == {}
    assert chosen(scores(np.zeros((0, 3))), np.zeros((0, 3))) == {}


def test_the_probability_is_the_same_in_both_directions():
    made = np.random.default_rng(3)
    total, sentence, grams = made.random((3, 4, 6)) / 2
    sections, formal = ([1, 1, 2, 2], [1, 2, 2, 3, 3, 3]), ([False] * 3 + [True], [False] * 5 + [True])
    one = probability(scores(total, sentence, grams), sections, formal)
    other = probability(scores(total.T, sentence.T, grams.T), sections[::-1], formal[::-1])
    assert np.allclose(one, other.T)
    assert ((one > 0) & (one < 1)).all()


@pytest.mark.parametrize("more", ["total", "sentence", "grams"])
def test_what_is_more_alike_is_more_probable(more):
    base = {name: np.array([[0.3, 0.1], [0.1, 0.3]]) for name in ("total", "sentence", "grams")}
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


def test_documents_that_speak_of_other_things_make_each_of_their_pairs_less_probable():
    total = [[0.4, 0.1], [0.1, 0.4]]
    told = [probability(scores(total, topic=topic))[0, 0] for topic in (0.1, 0.3, choice.ALL_ONE_TOPIC, 0.9)]
    assert told[0] < told[1] < told[2] == told[3]


def test_a_threat_does_not_answer_the_rule_and_two_threats_answer_each_other_less_than_two_rules():
    found, plain, threat = scores([[0.4, 0.1], [0.1, 0.4]]), [False, False], [True, False]
    rules, one, both = (probability(found, sanctions=sides)[0, 0] for sides in
                        ((plain, plain), (threat, plain), (threat, threat)))  # fmt: skip
    assert one < rules and both < rules
    assert probability(found, sanctions=(plain, threat))[0, 0] == one


def test_a_clause_has_a_share_of_counterparts_at_most():
    """Forty equal clauses: each keeps those that stand nearest to its own place, and what is left out is counted."""
    size = 40
    relations, left_out = choice.choose(scores(np.ones((size, size))), np.ones((size, size)))
    assert left_out == size**2 - len(relations)
    for side in (0, 1):
        counts = np.bincount([pair[side] for pair in relations], minlength=size)
        assert 1 <= counts.min() and counts.max() <= choice.MOST
    assert {(n, n) for n in range(size)} <= set(relations)
    other, _ = choice.choose(scores(np.ones((size, size + 3))), np.ones((size, size + 3)))
    turned, _ = choice.choose(scores(np.ones((size + 3, size))), np.ones((size + 3, size)))
    assert {(j, i) for i, j in other} == set(turned)


def test_of_many_counterparts_the_most_similar_stay():
    total = np.linspace(0.2, 0.9, 12)[None, :]
    relations, left_out = choice.choose(scores(total), np.ones_like(total))
    assert sorted(j for _, j in relations) == list(range(12 - choice.MOST, 12)) and left_out == 12 - choice.MOST
