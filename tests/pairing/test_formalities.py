import pandas as pd
import pytest

from policycmp.pairing.formalities import formal, sanctions
from policycmp.text.lexicon import Lexicon


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("", "为规范共享单车停放，维护道路秩序，根据有关法规，结合本区实际，制定本办法。", True),
        ("", "本办法自2025年3月1日起施行，原停放规定同时废止。", True),
        ("附则", "本政策由区科技局负责解释。", True),
        ("培育科技企业", "新增高新技术企业20家，为企业提供融资服务。", False),
        (
            "支持企业上市",
            "对上市企业给予奖励，奖励自上市之日起实施。新增上市企业3家，设立基金10亿元，辅导后备企业20家。",
            False,
        ),
        ("", "为企业办理贴息贷款，自受理之日起五日内办结。", False),
    ],
)
def test_purpose_and_entry_into_force_are_formal(title, text, expected):
    assert formal(pd.DataFrame({"title": [title], "text": [text]}), Lexicon.load()) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("违反本办法第十条规定，占用绿地的，由城管部门责令改正。", True),
        ("在禁停区停车的，处二百元以上五百元以下罚款。", True),
        ("玩忽职守的，给予行政处分；构成犯罪的，依法追究刑事责任。", True),
        ("本办法规定的补贴按季拨付，处室负责审核。", False),
        ("减免罚款利息，为企业纾困。", False),
    ],
)
def test_what_breaking_a_rule_costs_is_a_sanction(text, expected):
    assert sanctions(pd.DataFrame({"title": [""], "text": [text]}), Lexicon.load()) == [expected]
