import pytest

from policycmp.structure.gaps import Gaps
from policycmp.structure.markers import Marker


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
