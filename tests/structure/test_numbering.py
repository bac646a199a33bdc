from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.structure import numbering
from policycmp.structure.numbering import Gaps, Marker


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
        assert 0 <= two.number - one.number <= 1 + numbering.LARGEST_GAP or (anew and two.number <= 4)


def lost(text, numbers, what="clause"):
    """What is found for the numbers that a text of lines (n)… leaves out, and the notices."""
    spots = [text.index(f"({number})") for number in numbers]
    kept = [
        Marker("cn_paren", "一二三四五".index(n) + 1, at, at + 3, True) for n, at in zip(numbers, spots, strict=True)
    ]
    full, odd = Gaps(text, kept, set(), what).fill(kept, [0, len(text)])
    return [text[marker.start : marker.end] for marker in full], [(notice.key, notice.number) for notice in odd]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("二)乙", "二)"), ("(二乙", "(二"), ("((二)乙", "((二)"), ("二()乙", "二()"),
        ("(二二)乙", "(二二)"), ("二乙", "二"),
        ("二是乙", ""), ("二十个乙", ""), ("乙(二)丙", ""), ("二", ""),
    ],
)  # fmt: skip
def test_a_misprinted_number_is_found_where_it_is_missing(line, found):
    forms, odd = lost(f"(一)甲\n{line}\n(三)丙", "一三")
    assert forms == ["(一)", *([found] if found else []), "(三)"]
    assert odd == ([("clause_misprinted" if found else "clause_missing", 2)])


def test_nothing_is_looked_for_where_no_number_is_missing():
    assert lost("(一)甲\n二)乙\n(二)丙", "一二") == (["(一)", "(二)"], [])
