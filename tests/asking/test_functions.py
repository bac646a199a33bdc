"""Bodies and their functions: one function for what two districts call by two names."""

import pairs_made
import pandas as pd
import pytest

from policycmp import comparison, schema
from policycmp.asking import functions
from policycmp.text.lexicon import Lexicon


@pytest.mark.parametrize(
    ("body", "alias", "expected"),
    [
        ("区交通局", "", "交通"),
        ("区交通运输局", "", "交通"),
        ("新区科技和人才局", "区科技局", "科技"),
        ("新区科技和人才局", "", "科技"),
        ("市自然资源和规划局鹿城分局", "", "自然资源"),
        ("区资源规划分局", "", "自然资源"),
        ("新区财政局", "区财政局", "财政"),
        ("新区经济发展局", "区经信局", "经信"),
        ("新区经济发展局", "", "发改"),
        ("新区建设局", "区住建局", "住建"),
        ("市城市建设中心", "", "住建"),
        ("市医疗保障局某某分局", "", "医保"),
        ("区人力资源和社会保障局", "", "人社"),
        ("市市场监督管理局", "", "市场监管"),
        ("某市某区城市管理局", "", "综合执法"),
        ("经济开发区税务局", "", "税务"),
        ("国家税务总局某某区税务局", "", "税务"),
        ("未来科技城财政局", "", "财政"),
        ("科技城财政局", "", "财政"),  # both words follow a place or begin the name: the last names the body
        ("永兴街道财政所", "", "财政"),
        ("永兴街道", "", "街道"),
        ("各乡镇(街道)", "", "街道"),
        ("团县委", "", "群团"),
        ("供电公司", "", "供电"),
        ("国网某省电力有限公司", "", "供电"),
        ("科技城投资集团", "", "其他"),
        ("文旅发展集团有限公司", "", "其他"),
        ("科技局", "城投集团", "科技"),  # an alias that no rule knows leaves the body to decide
        ("城镇化办公室", "", "其他"),
        ("", "", "其他"),
    ],
)
def test_function_of_a_body(body, alias, expected):
    assert functions.function_of(body, alias) == expected


def test_what_the_rules_do_not_know_of_the_shipped_texts(shipped):
    known = {"公司", "集团"}
    other = set()
    for side in (shipped.left, shipped.right):
        table = functions.functions(side.responsibilities)
        other |= set(table.loc[table["function"] == "其他", "body"])
    assert {body for body in other if body[-2:] not in known} == {"区新居民服务中心"}
    assert len(other) == 8


def test_functions_keeps_the_table_and_adds_one_column(shipped):
    table = functions.functions(shipped.left.responsibilities)
    pd.testing.assert_frame_equal(table.drop(columns="function"), shipped.left.responsibilities)


def test_the_list_can_be_extended(tmp_path):
    file = tmp_path / "lexicon.toml"
    file.write_text(
        '[body_functions]\n"移民" = ["移民"]\n[body_exact]\n"区科技局" = "创新"\n"区新居民服务中心" = "民政"\n',
        encoding="utf-8",
    )
    lexicon = Lexicon.load(file)
    assert functions.function_of("区移民局", lexicon=lexicon) == "移民"
    assert functions.function_of("区科技局", lexicon=lexicon) == "创新"
    assert functions.function_of("区新居民服务中心", lexicon=lexicon) == "民政"
    assert functions.function_of("区教育局", lexicon=lexicon) == "教育"


def test_every_function_has_its_english_name():
    words = Lexicon.load()
    assert set(words["function_english"]) == {*words["body_functions"], words["body_other"]}


def test_by_function_of_the_shipped_texts(shipped):
    table = functions.by_function(shipped)
    rows = table.set_index(["function", "section"])
    assert rows.loc[("交通", 4)].tolist() == [True, 5, "区交通局、区交建中心", True, 5, "区交通运输局"]
    assert rows.loc[("科技", 7)].tolist() == [False, 1, "新区科技和人才局", False, 0, ""]
    assert table["function"].iloc[-1] == "其他"
    assert not table.duplicated(["function", "section"]).any()
    assert table.groupby("section")["left_lead"].sum().tolist() == [1] * 8
    # every clause with its bodies is in the table once per function
    for name, side in (("left", shipped.left), ("right", shipped.right)):
        own = functions.functions(side.responsibilities)
        own = own[own["clause"] > 0].drop_duplicates(["section", "clause", "function"])
        assert table[f"{name}_takes_part"].sum() == len(own)


def test_swapping_the_sides_swaps_the_columns(shipped):
    swapped = functions.by_function(comparison.compare(shipped.right, shipped.left))
    names = {name: name.replace("left", "#").replace("right", "left").replace("#", "right") for name in swapped}
    table = swapped.rename(columns=names)[list(swapped)]
    pd.testing.assert_frame_equal(table, functions.by_function(shipped))


class _Side:
    def __init__(self, *rows):
        names = ("section", "clause", "body", "role")
        named = [dict(zip(names, row, strict=True)) for row in rows]
        self.rows = {"responsibilities": schema.complete("responsibilities", named)}
        self.policy = type("Policy", (), {"lexicon": Lexicon.load()})


def test_a_right_section_that_answers_no_left_one_has_none():
    left = _Side((2, 1, "区科技局", "lead"), (0, 1, "区教育局", "responsible"))
    right = _Side((1, 1, "市科技局", "responsible"), (3, 1, "市科技局", "responsible"), (0, 0, "市教育局", "lead"))
    table = functions.by_function(pairs_made.bare(left, right, (2, 1), (None, 3))).fillna({"section": -1})
    assert table.drop(columns=["left_bodies", "right_bodies"]).to_numpy().tolist() == [
        ["科技", 2, True, 1, False, 1],
        ["科技", -1, False, 0, False, 1],
        ["教育", 0, False, 1, True, 0],
    ]


def test_texts_without_bodies_give_an_empty_table():
    table = functions.by_function(pairs_made.bare(_Side(), _Side()))
    assert table.empty
    assert list(table)[:4] == ["function", "section", "left_lead", "left_takes_part"]
