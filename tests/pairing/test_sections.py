"""Which section answers which: in any order, each section once, the same from both sides."""

import pairs_made
import pytest

from policycmp import compare, pairing

PAIRS = [(1, 3), (2, 2), (3, None), (None, 1)]  # left and right sections of 东岭 and 西岭


@pytest.fixture(scope="module")
def crossed(tmp_path_factory):
    return pairs_made.crossed(tmp_path_factory.mktemp("crossed"))


def test_sections_answer_crosswise_or_stand_alone(crossed):
    assert list(crossed.sections) == PAIRS
    assert pairing.answered(crossed.sections) == PAIRS[:2]


def test_every_section_stands_in_one_pair(crossed, shipped):
    for it in (crossed, shipped):
        for side, own in it.sides.items():
            numbers = [getattr(pair, side) for pair in it.sections if getattr(pair, side) is not None]
            assert sorted(numbers) == own.sections["section"].tolist()


def test_swapping_the_sides_transposes_the_sections(crossed, shipped):
    for it in (crossed, shipped):
        turned = compare(it.right, it.left, corrections="none")
        assert {(two, one) for one, two in turned.sections} == set(it.sections)


def test_a_section_is_found_on_the_left(crossed):
    assert crossed.on_the_left("left", [0, 1, 3]) == [0, 1, 3]
    assert crossed.on_the_left("right", [3, 2, 1, 0]) == [1, 2, -1, 0]
