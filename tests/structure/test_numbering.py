from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.structure import numbering
from policycmp.structure.gaps import LARGEST_GAP
from policycmp.structure.markers import Marker


def marked(numbers, style="cn_paren"):
    return [Marker(style, number, 10 * i, 10 * i + 3, True) for i, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("numbers", "fresh", "kept"),
    [
        ([1, 2, 3], [0], [1, 2, 3]),
        ([1, 2, 1, 2, 3], [0, 20], [1, 2, 1, 2, 3]),
        ([1, 2, 3, 4], [0, 20], [1, 2, 3, 4]),
        ([1, 2, 4], [0], [1, 2, 4]),
        ([1, 2, 2, 3], [0], [1, 2, 2, 3]),
        ([1, 2, 3, 1, 2, 4, 5], [0], [1, 2, 3, 4, 5]),
        ([1, 7, 2, 3], [0], [1, 2, 3]),
        ([2, 3, 4], [0], [2, 3, 4]),
        ([3, 3, 3, 3, 1, 2], [0], [1, 2]),  # a number that is printed again and again counts nothing
        ([9], [0], []),
        ([], [0], []),
    ],
)
def test_the_sequence_that_counts_up(numbers, fresh, kept):
    assert [marker.number for marker in numbering.chain(marked(numbers), fresh)] == kept


@given(st.lists(st.integers(1, 12), max_size=40), st.lists(st.integers(0, 400), max_size=4).map(sorted))
def test_a_sequence_counts_up_between_fresh_starts(numbers, fresh):
    found = numbering.chain(marked(numbers), fresh)
    assert [marker.start for marker in found] == sorted({marker.start for marker in found})
    for one, two in pairwise(found):
        anew = any(one.start < offset <= two.start for offset in fresh)
        assert 0 <= two.number - one.number <= 1 + LARGEST_GAP or (anew and two.number <= 4)
