import pytest

from policycmp.quantities.sentence import LEVELS, own_level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("我市全市加快发展,全区企业", "市"),
        ("全县加快发展", "县"),
        ("全区加快发展,市级财政补助", "区"),
        ("省级财政,我省全省", "省"),
        ("加快发展", "区"),
    ],
)
def test_the_government_that_speaks_is_the_one_that_it_names_most_often(text, level):
    assert own_level(text) == LEVELS[level]
