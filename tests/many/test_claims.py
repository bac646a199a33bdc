"""A rise or a fall is claimed only of targets that are surely the same."""

import pytest

from policycmp import document, schema
from policycmp.many.claims import is_sure
from policycmp.text.lexicon import Lexicon

LEXICON = Lexicon.load()


@pytest.fixture
def target(tmp_path):
    """Read one target from a sentence."""

    def read(sentence):
        file = tmp_path / "made.txt"
        file.write_text(f"云岫区工作要点（2025年）\n一、任务\n（一）推进工作。{sentence}。\n", encoding="utf-8")
        rows = schema.records(document.load(file, corrections="none").targets)
        assert len(rows) == 1
        return rows[0]

    return read


@pytest.mark.parametrize(
    ("old", "new", "sure"),
    [
        ("改造老旧小区20个", "完成30个老旧小区改造", True),
        ("新建高标准农田3万亩", "建设高标准农田2万亩", True),
        ("地区生产总值增长8%", "全市生产总值增长6%以上", True),
        ("净增高新技术企业30家", "新增高新技术企业50家", True),
        ("培育高技能人才500名", "培育技能人才900名", False),
        ("新增生活垃圾处理能力500吨", "新增生活污水处理能力900吨", False),
        ("开工安置房3000套", "建成安置房2000套", False),
        ("新登记经营主体3万户", "经营主体总量突破20万户", False),
        ("改造农村公路40公里", "新建农村公路90公里", False),
        ("新增省级绿色工厂5家", "新增绿色工厂9家", False),
    ],
)
def test_what_is_surely_the_same(target, old, new, sure):
    one, two = target(old), target(new)
    assert is_sure(one, two, LEXICON) == is_sure(two, one, LEXICON) == sure
