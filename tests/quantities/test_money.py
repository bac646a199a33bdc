import pytest
from sentences import read, result, roles

from policycmp import quantities
from policycmp.structure import section_rows


@pytest.mark.parametrize(
    "whose", ["专项债资金", "超长期特别国债", "社会资本", "银行贷款", "上级资金", "中央预算内投资"]
)
def test_money_of_others_is_no_budget(whose):
    assert roles(f"争取{whose}5亿元。")["5亿"] != "budget"
    assert roles(f"安排{whose}5亿元用于建设。")["5亿"] != "budget"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"lead": "2025年，区级财政预算安排资金3亿元。"}, [(3e8, "section", 1, 0)]),
        ({"lead": "区级财政预算安排资金3亿元，其中2亿元用于科技，1亿元用于人才。"},
         [(3e8, "section", 1, 0), (2e8, "earmark", 1, 0), (1e8, "earmark", 1, 0)]),
        ({"lead": "区级财政安排资金，重点支持文化产业资金1200万元、养老服务资金800万元。"},
         [(12e6, "earmark", 1, 0), (8e6, "earmark", 1, 0)]),
        ({"lead": "区级财政安排资金，其中重点支持文化产业1200万元、养老服务800万元。"},
         [(12e6, "earmark", 1, 0), (8e6, "earmark", 1, 0)]),
        ({"sentence": "区级财政安排专项资金50万元。"}, [(5e5, "earmark", 1, 1)]),
        ({"closing": "上述政策，区级财政2025年预算安排资金支持总额为3.48亿元。"}, [(3.48e8, "document", 0, 0)]),
        ({"lead": "聚焦重点。", "sentence": "新增企业5家。"}, []),
    ],
)  # fmt: skip
def test_the_scope_of_a_budget(parts, expected):
    found = [row for row in read(**parts) if row["role"] == "budget"]
    assert [(row["value"], row["scope"], row["section"], row["clause"]) for row in found] == expected
    made = result(**parts)
    rows = quantities.budget_rows(quantities.quantity_rows(made), section_rows(made), made.policy.lexicon)
    assert [(row["amount_yuan"], row["scope"]) for row in rows] == [row[:2] for row in expected]
    assert all(row["item"] for row in rows)


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("设立规模不低于50万元的产业引导资金，列入区财政预算。", "budget"),
        ("区财政每年安排旅游专项资金50万元，并逐年增加。", "budget"),
        ("设立每年50万元的智能制造专项资金。", "budget"),
        ("安排50万元以上的人才工作经费。", "budget"),
        ("设立50万元的产业引导基金，纳入本级预算。", "budget"),
        ("设立50万元的产业基金，撬动社会资本。", "target"),
        ("争取上级50万元的专项资金。", "condition"),
        ("对设立50万元的专项资金的企业，给予奖励。", "condition"),
        ("企业每年安排50万元以上的研发，给予奖励。", "condition"),
    ],
)
def test_a_fund_that_is_set_up_is_a_budget_where_it_is_the_districts(sentence, role):
    assert roles(sentence)["50万"] == role


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("按投资额的10%补助。最高300万元。", "incentive"),
        ("按投资额给予补助。（二）最高300万元。", "incentive"),
        ("全年争取上级资金，最高单笔300万元。", "target"),
        ("完成技改投资300万元。", "target"),
    ],
)
def test_a_ceiling_that_stands_alone_is_of_what_is_paid(sentence, role):
    assert roles(sentence)["300万"] == role
