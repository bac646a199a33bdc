"""The list of indicators and what it finds; `indicators.csv` holds texts with their codes, and controls with none."""

import csv
import re
from pathlib import Path

import pytest

from policycmp.text import codes
from policycmp.text.lexicon import Lexicon

SHIPPED = Lexicon.load()
UNITS = SHIPPED["unit_names"]
FIELDS = (
    "综合 科技 工业 农业 服务业 商贸 外贸外资 投资 财政金融 人才就业 民生 教育 卫生 文化旅游 体育 住房城建 交通 环境 "
    "能源 数字 营商 平安 改革 人口"
).split()

with (Path(__file__).parent / "indicators.csv").open(encoding="utf-8", newline="") as file:
    CASES = [tuple(row.values()) for row in csv.DictReader(file)]


def code_of(text, unit, quote="", lexicon=SHIPPED):
    found = codes.indicator_of(text, unit, lexicon, quote=quote)
    return found.code if found else ""


def row(indicator, unit, quote="", comparator="equal", value=1.0):
    return {"indicator": indicator, "unit": unit, "quote": quote, "comparator": comparator, "value": value}


def test_a_text_names_an_indicator_or_none():
    found = [(text, code, code_of(text, UNITS.get(unit, unit), verb)) for text, unit, verb, code in CASES]
    assert [one for one in found if one[1] != one[2]] == []


def test_every_entry_of_the_list_is_whole():
    for code, table in SHIPPED["indicators"].items():
        assert re.fullmatch("[a-z][a-z0-9_]+", code)
        assert table["field"] in FIELDS, code
        assert table.get("kind", "level") in {"level", "new", "growth", "share", "rank"}, code
        assert table.get("direction", "up") in {"up", "down", "none"}, code
        assert table["zh"] and table["en"] and not re.search("[一-龥]", table["en"]), code
        written = [codes._plain(name) for name in table["names"]]
        assert len(set(written)) == len(written), code
        excluded = [codes._plain(word) for word in table.get("not", ())]
        assert not [(word, name) for word in excluded for name in written if word in name], code


def test_no_name_stands_for_two_indicators_of_one_unit():
    owners = {}
    for code, table in SHIPPED["indicators"].items():
        for name in table["names"]:
            owners.setdefault((codes._plain(name), table["unit"], table.get("kind", "")), []).append(code)
    assert {key: found for key, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize(
    ("name", "unit", "quote", "comparator", "kind"),
    [
        ("新增高新技术企业", "家", "", "equal", "new"),
        ("高新技术企业累计", "家", "", "equal", "total"),
        ("高新技术企业", "家", "高新技术企业达到30家", "equal", "total"),
        ("举办展会", "场", "举办展会达到30场", "equal", "level"),
        ("规上工业增加值增长", "%", "", "equal", "growth"),
        ("电信业务总量增长", "%", "", "equal", "growth"),
        ("制造业投资占比提高", "百分点", "", "equal", "share"),
        ("改造提升老旧小区", "个", "", "equal", "level"),
        ("营商环境位居全市", "位", "位居全市前3", "top", "rank"),
        ("每千人托位数", "个", "每千人托位数达到4.5个", "equal", "level"),
        ("收获意向订单", "元", "", "equal", ""),
    ],
)
def test_the_kind_of_a_number(name, unit, quote, comparator, kind):
    assert codes.measured(row(name, unit, quote, comparator), SHIPPED)["kind"] == kind


@pytest.mark.parametrize(
    ("name", "value", "unit", "expected"),
    [
        ("新建绿道", 500, "米", (0.5, "公里")),
        ("出让工业用地", 10, "公顷", (150, "亩")),
        ("每千人托位数", 4.5, "个", (4.5, "个/千人")),
        ("新增高新技术企业", 30, "个", (30, "家")),
        ("实际使用外资", 1e8, "元", (1e8, "元")),  # dollars at no rate of exchange
        ("收获意向订单", 5, "元", (None, "")),
    ],
)
def test_a_value_in_the_unit_of_its_indicator(name, value, unit, expected):
    found = codes.measured(row(name, unit, value=value), SHIPPED)
    assert (found["value_canonical"], found["unit_canonical"]) == (pytest.approx(expected[0]), expected[1])


@pytest.mark.parametrize(
    ("name", "value", "unit", "expected"),
    [
        ("固定资产投资增长", 6, "%", 6), ("固定资产投资下降", 18.5, "%", -18.5), ("固定资产投资增长", -2, "%", -2),
        ("单位GDP能耗下降", 3, "%", 3), ("单位GDP能耗降幅", 3, "%", 3), ("单位GDP能耗上升增长", 1, "%", -1),
        ("化学需氧量减排", 20, "吨", 20), ("居民消费价格涨幅", 3, "%", 3), ("居民消费价格指数", 103, "", 3),
        ("城镇登记失业率", 4, "%", 4),
    ],
)  # fmt: skip
def test_a_fall_is_a_negative_growth_but_of_what_is_to_fall(name, value, unit, expected):
    assert codes.measured(row(name, unit, value=value), SHIPPED)["value_canonical"] == pytest.approx(expected)


def test_a_file_of_ones_own_adds_indicators_and_names(tmp_path):
    file = tmp_path / "lexicon.toml"
    file.write_text(
        '[indicators.tea]\nen = "Tea picked"\nzh = "茶青采摘量"\nunit = "吨"\n'
        '[indicators.hightech_firms]\nnames = ["蓝标企业"]\n',
        encoding="utf-8",
    )
    own = Lexicon.load(file)
    assert code_of("茶青采摘量", "吨", lexicon=own) == "tea"
    assert code_of("新增蓝标企业", "家", lexicon=own) == "hightech_firms"
    assert (code_of("茶青采摘量", "吨"), code_of("新增蓝标企业", "家")) == ("", "")


def test_targets_and_budgets_carry_the_columns(shipped):
    found = shipped.left
    by_name = found.targets.set_index("indicator")
    assert by_name.loc["全区研发投入强度", ["indicator_code", "kind"]].tolist() == ["rd_intensity", "share"]
    assert by_name.loc["收获意向订单", ["indicator_code", "unit_canonical"]].tolist() == ["", ""]
    assert {"indicator_code", "kind", "value_canonical", "unit_canonical"} <= {*found.budgets}


def test_an_indicator_in_english_tells_new_from_total():
    assert codes.english_name("hightech_firms", "new", SHIPPED) == "High-tech firms, new"
    assert codes.english_name("rd_intensity", "share", SHIPPED) == "R&D intensity"
