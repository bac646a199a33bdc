"""Average linkage: no chain is closed, each group has one of each document, who is left alone finds a home."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.many import grouping, measures


@pytest.mark.parametrize(
    ("a_b", "b_c", "a_c", "expected"),
    [
        (5, 4, 0.1, [[0, 1], [2]]),  # b is about both, a and c have nothing in common
        (5, 4, 1, [[0, 1, 2]]),
        (3, 1.1, 1.2, [[0, 1], [2]]),  # alike enough for a pair, not for a measure
        (3, 1.8, 1.5, [[0, 1, 2]]),
        (1.1, 1.2, -np.inf, [[0], [1, 2]]),  # rejected
        (9, 9, -np.inf, [[0, 1], [2]]),
    ],
)
def test_a_chain_is_not_closed(a_b, b_c, a_c, expected):
    close = np.array([[0, a_b, a_c], [a_b, 0, b_c], [a_c, b_c, 0]], dtype=float)
    assert grouping.gather(np.arange(3), close, close >= 1, joint=measures.JOINT, least=measures.LEAST) == expected


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.integers(0, n - 1), max_size=12)), st.data())
def test_any_pairs_give_a_partition_with_one_of_each_document(owner, data):
    count, owner = len(owner), np.array(owner, dtype=int)
    cells = st.lists(st.floats(0, 5), min_size=count * count, max_size=count * count)
    close = np.array(data.draw(cells)).reshape(count, count)
    linked = close + close.T > data.draw(st.floats(0, 10))
    found = grouping.gather(owner, close + close.T, linked, joint=2.0, least=0.5)
    assert sorted(position for group in found for position in group) == list(range(count))
    for group in found:
        assert len({owner[position] for position in group}) == len(group)
        inside = [(a, b) for a, b in combinations(group, 2)]
        assert not inside or any(linked[pair] for pair in inside)


def settled(close, linked, owner=(0, 1, 1, 2)):
    """Where a clause goes that is left alone: two of one document, and one each of two others."""
    close, linked = np.array(close, dtype=float), np.array(linked, dtype=bool)
    groups = [[0, 1], [2], [3]]
    return grouping.settle(groups, np.array(owner), close + close.T, linked | linked.T, joint=measures.JOINT)


def test_who_is_left_alone_stands_beside_the_main_clause_it_is_linked_to():
    close = [[0, 3, 2, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    linked = [[0, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert settled(close, linked) == [[0, 1, 2], [3]]
    assert settled(close, np.zeros((4, 4))) == [[0, 1], [2], [3]]


def test_two_others_take_in_only_who_is_alike_enough():
    linked = [[0, 1, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    for likeness, expected in ((measures.JOINT, [[0, 1, 3], [2]]), (measures.JOINT - 0.1, [[0, 1], [2], [3]])):
        close = [[0, 3, 0, likeness], [0, 0, 0, likeness], [0, 0, 0, 0], [0, 0, 0, 0]]
        assert settled(close, linked) == expected
