"""What is said about two clauses: every target of theirs once, with its counterpart wherever that stands."""

import pytest
from pairs_made import crossed

from policycmp.asking import spread
from policycmp.shown import naming
from policycmp.shown.differences import differences


@pytest.fixture
def rows(shipped):
    return [row for section in spread.sections(shipped) for row in section.rows]


def test_a_target_is_beside_its_counterpart_or_alone(shipped, rows):
    for row in rows:
        lines = differences(shipped, row)
        alone = [line for line in lines if line.startswith("只在") and "：" in line]
        assert len(alone) == sum(bool(half and half.alone) for half in row.sides.values())
        for pair in row.pairs:
            assert not [line for line in alone if f"：{pair.row['left_indicator']} " in line]
            assert [line for line in lines if line.startswith(naming.indicator(pair.row))]


def test_a_counterpart_in_another_clause_is_named_with_it(shipped, rows):
    ref = naming.refs(shipped.right)
    away = [(row, pair) for row in rows if row.left for pair in row.pairs if pair.right != row.places[1]]
    assert away
    for row in rows:
        lines = differences(shipped, row)
        for pair in row.pairs:
            (line,) = [line for line in lines if line.startswith(naming.indicator(pair.row))]
            assert line.endswith(f"（{ref(pair.right)}）") == ((row, pair) in away)


def test_what_has_no_counterpart_says_so(shipped, rows):
    alone = [row for row in rows if not (row.left and row.right)]
    assert {differences(shipped, row)[0] for row in alone} == {"龙湾独有", "鹿城独有"}


def test_sections_say_what_they_are_allotted(tmp_path):
    comparison = crossed(tmp_path)
    said = [differences(comparison, section.rows[0]) for section in spread.sections(comparison)]
    assert [lines[0] for lines in said] == ["导语"] * 4
    assert [lines[1].startswith("安排资金：") for lines in said] == [True] * 4
    assert said[1][1].endswith("（西岭区为2项专项之和，不是整个部分）") and "（" not in said[0][1]
