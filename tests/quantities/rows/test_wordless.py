import pytest
from sentences import read


def told(sentence):
    rows = [row for row in read(sentence) if row["comparator"] in {"in_step", "none_set"}]
    return [(row["role"], row["comparator"], row["indicator"], row["as_written"]) for row in rows]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("居民收入增长与经济增长基本同步。", ("in_step", "居民收入增长", "与经济增长基本同步")),
        ("确保财政支出和经济发展保持同步。", ("in_step", "财政支出", "和经济发展保持同步")),
        ("坚持职工工资与劳动生产率同步提高，新增企业3家。", ("in_step", "职工工资提高", "与劳动生产率同步提高")),
        ("今年地区生产总值不设具体增长目标。", ("none_set", "地区生产总值", "不设具体增长目标")),
        ("不再提出全年外贸增速目标。", ("none_set", "全年外贸", "不再提出全年外贸增速目标")),
    ],
)
def test_what_is_set_without_a_number_is_a_target_without_a_value(sentence, expected):
    assert told(sentence) == [("target", *expected)]
    row = next(row for row in read(sentence) if row["as_written"] == expected[2])
    assert (row["value"] != row["value"], row["unit"], row["commitment"], row["year"]) == (True, "", "firm", 2025)
    assert row["quote"].endswith(expected[2])


@pytest.mark.parametrize(
    "sentence",
    [
        "污染防治设施与主体工程同步设计、同步施工。",
        "学校建设与城市开发同步。",
        "地铁建设与经济发展同步推进。",
        "贷款不设上限，申报不设门槛。",
        "不设区域限制目标群体。",
        "保持政策同步。",
    ],
)
def test_what_is_done_at_the_same_time_or_without_a_limit_sets_nothing(sentence):
    assert told(sentence) == []


def test_in_a_review_it_was_reached():
    assert told("去年，居民收入增长与经济增长基本同步。")[0][0] == "result"


def test_what_is_hoped_for_is_aspirational():
    row = next(row for row in read("力争居民收入与经济增长同步。") if row["comparator"] == "in_step")
    assert row["commitment"] == "aspirational"
