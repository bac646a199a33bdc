import pytest
from sentences import read


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("金融市场交易总额达到 260\n亿元左右。", ("about", 2.6e10, "元", "金融市场交易总额")),
        ("研发经费支出占比达到\n3.5%左右。", ("about", 3.5, "%", "研发经费支出占比")),
        ("垃圾回收利用率达到 45%\n以上。", ("at_least", 45, "%", "垃圾回收利用率")),
        ("公园达到 60\n座。", ("equal", 60, "座", "公园")),
        ("新增学位2万\n个以上。", ("at_least", 20000, "个", "新增学位")),
    ],
)
def test_a_line_break_inside_a_quantity_parts_nothing(sentence, expected):
    (row,) = [row for row in read(sentence) if row["role"] == "target"]
    assert (row["comparator"], row["value"], row["unit"], row["indicator"]) == expected
    assert row["as_written"] in sentence and row["quote"] in sentence


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("新增平台3\n家庭医生签约率提高。", []),
        ("各镇达到\n1、新增企业5家。", ["5"]),
        ("收入增长\n2025年新增企业5家。", ["5"]),
    ],
)
def test_a_line_that_begins_anew_is_not_joined(sentence, numbers):
    assert [row["as_written"] for row in read(sentence) if row["role"] == "target"] == numbers
