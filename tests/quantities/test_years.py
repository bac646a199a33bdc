import pytest
from sentences import read, roles


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("新增企业5家。", [2025]),
        ("到2027年，新增企业5家。", [2027]),
        ("2026年底前建成公园3个。", [2026]),
        ("新增企业5家，2026年新增企业6家。", [2025, 2026]),
        ("较2024年增长10%。", [2025]),
        ("制定三年计划（2025-2027年），新增企业5家。", [2025]),
        ("2025-2027年，累计新增企业5家。", [2027]),
        ("今年新增企业5家，明年新增企业6家。", [2025, 2026]),
    ],
)
def test_the_year_that_a_target_is_for(sentence, expected):
    assert [row["year"] for row in read(sentence) if row["role"] == "target"] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("城镇化率由70%提高到72%。", {"70": "reference", "72": "target"}),
        ("在增长8%的基础上，增长9%。", {"8": "reference", "9": "target"}),
        ("2024年，新增企业20家。", {"20": "reference"}),
        ("2024年新增企业20家，2025年新增企业30家。", {"20": "reference", "30": "target"}),
        ("较2024年增长10%。", {"10": "target"}),
        ("2024年（2024-2026年计划），新增企业20家。", {"20": "reference"}),
        ("去年新增企业20家。", {"20": "reference"}),
        ("比去年增长10%。", {"10": "target"}),
        ("达到去年的2倍。", {"2": "target"}),
    ],
)
def test_a_number_of_the_past_is_where_one_comes_from(sentence, expected):
    found = roles(sentence)
    assert {number: found[number] for number in expected} == expected
