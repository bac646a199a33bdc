import pytest

from policycmp.structure import bodies
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold

PLAIN = Lexicon.load()


def names(printed, default="responsible"):
    """Names with a star before a lead and the alias in brackets."""
    found = bodies.read_bodies(fold(printed), PLAIN, default=default)
    return [f"{'*' * (role == 'lead')}{body}{f'〈{alias}〉' * bool(alias)}" for body, alias, role in found]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("（责任单位：甲局、乙局）", ["甲局", "乙局"]),
        ("【责任主体：甲局】", ["甲局"]),
        ("（第一牵头单位：甲局；各级责任单位：乙局）", ["*甲局", "乙局"]),
        ("（牵头单位：甲局，配合单位：乙局、丙局）", ["*甲局", "乙局", "丙局"]),
        ("（牵头单位：甲局；乙局）", ["*甲局", "乙局"]),
        ("（甲局牵头，乙局、丙局按职责分工负责）", ["*甲局", "乙局", "丙局"]),
        ("（由甲局牵头）", ["*甲局"]),
        ("（甲局会同乙局负责）", ["甲局", "乙局"]),
        ("（甲局会同有关部门负责）", ["甲局"]),
        ("（甲局等有关部门和单位负责）", ["甲局"]),
        ("（甲局、各县〔市、区〕人民政府，乙区〔新区〕管委会负责）",
         ["甲局", "各县〔市、区〕人民政府", "乙区〔新区〕管委会"]),
        ("（甲局等和各省级人民政府负责）", ["甲局", "各省级人民政府"]),
        ("（甲局负责，排在第一位的部门为牵头部门，下同）", ["甲局"]),
        ("（甲局负责。列第一位者为牵头单位，下同）", ["甲局"]),
        ("（责任单位：甲局，以下工作均需各县〈市、区〉政府落实，不再列出）", ["甲局"]),
        ("（负责部门：甲部；适用范围：所有试验区）", ["甲部"]),
        ("（责任单位：甲局；责任领导：张三；完成时限：3月底）", ["甲局"]),
        ("（责任单位：甲局（牵头）、乙局（配合））", ["*甲局", "乙局"]),
        ("（责任单位：甲局*、乙局）", ["甲局", "乙局"]),
        ("（责任单位：区财政局 区税务局　区科技局）", ["区财政局", "区税务局", "区科技局"]),
        ("（责任单位：区财政局和区税务局）", ["区财政局", "区税务局"]),
        ("（责任单位：新区科技局和人才局〈区科技局〉）", ["新区科技局和人才局〈区科技局〉"]),
        ("（责任单位：区发展和改革局、区文化和旅游局）", ["区发展和改革局", "区文化和旅游局"]),
        ("牵头单位：甲局\n配合单位：乙局\n完成时限：3月底", ["*甲局", "乙局"]),
        ("由甲局牵头，乙局、丙局配合。", ["*甲局", "乙局", "丙局"]),
        ("（责任单位：）", []),
    ],
)  # fmt: skip
def test_bodies_and_their_roles(printed, expected):
    assert names(printed) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("新增5家。（甲局负责）", "（甲局负责）"),
        ("新增5家（甲局负责）", "（甲局负责）"),
        ("新增5家（责任单位：甲局），另增2家。", "（责任单位：甲局）"),
        ("新增5家。（区发改局、区财政局，各镇街道）", "（区发改局、区财政局，各镇街道）"),
        ("实施证书制度（校内由劳动部门负责），推进改革。", ""),
        ("支持园区（含高新区）发展。（含开发区、高新区建设）", ""),
        ("完成300台（套。（责任单位：甲局（乙办））", "（责任单位：甲局（乙办））"),
        ("新增5家。（责任单位：甲局、乙局", "（责任单位：甲局、乙局"),
        (f"新增5家。（责任单位：{'甲局、' * 130}", f"（责任单位：{'甲局、' * 130}"),
        (f"新增5家。（责任单位：{'甲局、' * 140}", ""),  # no bracket of bodies is as long
        ("由各街道负责（街道负责）的事项，另行通知。", ""),
    ],
)
def test_a_bracket_that_names_bodies(text, named):
    folded = fold(text)
    found = bodies.brackets(folded, 0, len(folded), PLAIN)
    assert [text[begin:end] for begin, end in found] == ([named] if named else [])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("新增5家。\n责任单位：甲局", "责任单位：甲局"),
        (
            "新增5家。牵头单位：甲局。责任单位：乙局。配合单位：丙局。",
            "牵头单位：甲局。责任单位：乙局。配合单位：丙局。",
        ),
        ("新增5家。责任单位：甲局", "责任单位：甲局"),
        (
            "新增5家。\n牵头单位：甲局\n配合单位：乙局\n完成时限：3月底",
            "牵头单位：甲局\n配合单位：乙局\n完成时限：3月底",
        ),
        ("新增5家。由甲局牵头，乙局配合。", "由甲局牵头，乙局配合。"),
        ("新增5家。由甲局牵头，推进改革。", ""),
        ("新增5家，重点工作：培育企业。", ""),
    ],
)
def test_a_line_that_names_bodies(text, named):
    folded = fold(text)
    found = bodies.labelled(folded, 0, len(folded), PLAIN)
    assert [text[begin:end] for begin, end in found] == ([named] if named else [])


def test_a_name_has_a_length():
    assert names(f"（责任单位：{'长' * 39}局、甲局）") == [f"{'长' * 39}局", "甲局"]
    assert names(f"（责任单位：{'长' * 40}局、甲局）") == ["甲局"]
