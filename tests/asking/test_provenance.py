"""Where it is written: the passages that are cited are in the text, and name what they are cited for."""

import pytest
from pairs_made import pair

from policycmp.asking import functions, provenance
from policycmp.schema import SIDES, Place

TWICE = """{place}区推动发展若干政策
一、科技创新
（一）培育企业。区科技局组织申报，新增企业5家。（责任单位：区科技局）
（一）引进人才。引进人才9名。（责任单位：区教育局）
（三）办好养老。新增床位5张。（责任单位：区民政局）
"""


@pytest.fixture
def twice(tmp_path):
    """A pair of documents in which the number of a clause is printed twice."""
    return pair(tmp_path, TWICE.format(place="东山"), TWICE.format(place="西山"))


def said(passages):
    return [passage["quote"] for passage in passages]


def test_a_clause_number_that_is_printed_twice_is_cited_in_both_clauses(twice):
    assert said(provenance.of_clause(twice.left, Place(1, 1))) == ["培育企业", "引进人才"]
    assert said(provenance.of_clause(twice.left, Place(1, 3))) == ["办好养老"]


def test_a_body_is_cited_where_its_own_clause_names_it_last(twice):
    found = provenance.of_function(twice, "left")
    text = twice.left.policy.text
    assert {key: said(passages) for key, passages in found.items()} == {
        ("科技", 1): ["区科技局"], ("教育", 1): ["区教育局"], ("民政", 1): ["区民政局"]
    }  # fmt: skip
    for (passage,), name in ((found["科技", 1], "区科技局"), (found["教育", 1], "区教育局")):
        assert (passage["start"], passage["end"]) == (text.rindex(name), text.rindex(name) + len(name))


@pytest.mark.parametrize("side", SIDES)
def test_a_body_is_cited_wherever_the_table_has_it(shipped, side):
    cited = {
        (function, passage["section"], passage["clause"])
        for (function, _), found in provenance.of_function(shipped, side).items()
        for passage in found
    }
    own = functions.functions(shipped[side].responsibilities)
    assert cited == set(zip(own["function"], own["section"], own["clause"], strict=True))
