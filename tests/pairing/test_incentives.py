"""The same thing paid for on both sides: each rule with its control, and the sides play no part."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policycmp import compare
from policycmp.corrections import Corrections
from policycmp.errors import PolicyError

HEAD = "{name}区扶持产业若干政策（2025年）\n一、奖励\n"


@pytest.fixture
def made(tmp_path):
    """Compare two policies, each a list of clauses (title, sentences)."""

    def build(left, right, **options):
        for name, clauses in (("east", left), ("west", right)):
            lines = [f"（{number}）{clause}" for number, clause in zip("一二三四五六七八九", clauses, strict=False)]
            (tmp_path / f"{name}.txt").write_text(HEAD.format(name=name) + "\n".join(lines), encoding="utf-8")
        return compare(tmp_path / "east.txt", tmp_path / "west.txt", **{"corrections": "none"} | options)

    return build


def told(found, *columns):
    columns = columns or ("left_value", "right_value")
    return [tuple("" if row[name] != row[name] else row[name] for name in columns)
            for row in found.incentive_pairs.to_dict("records")]  # fmt: skip


def test_the_same_thing_is_paired_wherever_it_stands(made):
    left = ["支持企业上市。对在主板上市的企业，给予500万元奖励。", "支持绿色发展。对新认定的绿色工厂，奖励30万元。"]
    right = ["支持绿色发展。对新认定的绿色工厂，奖励20万元；在主板上市的企业，奖励300万元。"]
    assert sorted(told(made(left, right))) == [(300000, 200000), (5000000, 3000000)]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (
            "新认定的国家级、省级绿色工厂分别奖励50万元、20万元。",
            "新认定的省级绿色工厂奖励30万元。",
            [(200000, 300000)],
        ),
        (
            "年产值首次突破1亿元、5亿元的企业，奖励1万元、3万元。",
            "年产值首次突破5亿元的企业，奖励4万元。",
            [(30000, 40000)],
        ),
        ("对新引进的博士、硕士，分别补贴20万元、8万元。", "新引进的硕士补贴9万元。", [(80000, 90000)]),
        ("对种粮大户每亩补贴80元。", "对种粮大户每亩补贴100元。", [(80, 100)]),
        ("对种粮大户每亩补贴80元。", "对种粮大户每吨补贴100元。", []),
        ("对技改项目按设备投资的10%补助，最高300万元。", "对技改项目按设备投资的12%补助，最高200万元。", [(10, 12)]),
        ("对技改项目按设备投资的10%补助，最高300万元。", "对技改项目奖励20万元。", []),
        ("首次升规的企业每户奖励5万元。", "首次升规的企业每家奖励8万元。", [(50000, 80000)]),
        ("首次升规的企业奖励5万元，次年在库的，再奖励3万元。", "首次升规的企业奖励6万元。", [(50000, 60000)]),
        ("对新评定的A级景区，奖励20万元。", "对通过备案的大模型，奖励100万元。", []),
    ],
)
def test_what_is_a_pair(made, left, right, expected):
    assert told(made([f"支持发展。{left}"], [f"支持发展。{right}"])) == expected


@pytest.mark.parametrize(
    ("left", "right", "status", "ratio"),
    [
        ("奖励50万元", "奖励20万元", "left", 2.5),
        ("奖励20万元", "奖励50万元", "right", 0.4),
        ("奖励20万元", "奖励20万元", "equal", 1),
        ("按投资额的10%补助，最高80万元", "按投资额的12%补助，最高50万元", "mixed", 0.8333),
        ("按投资额的10%补助，最高80万元", "按投资额的10%补助，最高50万元", "left", 1.6),
        ("奖励50万元", "最高奖励80万元", "right", ""),
        ("最高奖励40万元", "最高奖励80万元", "right", 0.5),
    ],
)
def test_who_pays_more(made, left, right, status, ratio):
    found = made([f"支持发展。对新建的智能工厂，{left}。"], [f"支持发展。对新建的智能工厂，{right}。"])
    assert told(found, "status", "ratio") == [(status, ratio)]


def test_a_near_miss_says_why(made):
    found = made(["支持发展。新认定的国家级绿色工厂奖励50万元。"], ["支持发展。新认定的省级绿色工厂奖励20万元。"])
    assert found.incentive_candidates["reason"].tolist() == ["tier"]
    assert found.incentive_pairs.empty


def test_a_researcher_decides(made, tmp_path):
    left, right = (
        ["支持发展。新认定的绿色工厂奖励50万元。"],
        ["支持发展。新认定的绿色工厂奖励20万元；小巨人奖励9万元。"],
    )
    mine = tmp_path / "mine"
    mine.mkdir()
    rows = "east-i001-01,west-i001-01,reject\neast-i001-01,west-i001-02,accept"
    (mine / "incentive_pairs.csv").write_text(f"left_incentive,right_incentive,decision\n{rows}\n", encoding="utf-8")
    found = made(left, right, corrections=mine)
    assert told(found, "right_incentive", "origin") == [("west-i001-02", "override")]
    back = compare(tmp_path / "west.txt", tmp_path / "east.txt", corrections=Corrections.read(mine))
    assert told(back, "left_incentive", "origin") == [("west-i001-02", "override")]


def test_a_decision_about_an_incentive_that_is_not_there_is_refused(made, tmp_path):
    (tmp_path / "incentive_pairs.csv").write_text(
        "left_incentive,right_incentive,decision\neast-i009-01,west-i001-01,accept\n", encoding="utf-8"
    )
    clause = ["支持发展。新认定的绿色工厂奖励50万元。"]
    with pytest.raises(PolicyError, match="no incentive east-i009-01"):
        made(clause, clause, corrections=tmp_path)


THINGS = [
    "新认定的国家级、省级绿色工厂",
    "首次升规的企业",
    "在主板上市的企业",
    "新引进的博士、硕士",
    "技改项目",
    "企业参加境外展会",
]
WAYS = ["奖励{a}万元、{b}万元", "奖励{a}万元", "最高补助{a}万元", "按投资额的{a}%补助，最高{b}万元", "每亩补贴{a}元",
        "一次性奖励{a}万元，次年增长的，再奖励{b}万元"]  # fmt: skip
SENTENCES = st.builds(
    lambda thing, way, a, b: f"对{thing}，{way.format(a=a, b=b)}。",
    st.sampled_from(THINGS), st.sampled_from(WAYS), st.integers(1, 9), st.integers(1, 9),
)  # fmt: skip
CLAUSES = st.lists(
    st.builds("支持{}发展。{}".format, st.sampled_from(["工业", "企业", "人才"]), SENTENCES), min_size=1, max_size=5
)
MIRROR = {"left": "right", "right": "left"}


def transposed(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its sides exchanged."""
    swap = {
        name: name.replace(side, other, 1)
        for side, other in MIRROR.items()
        for name in table
        if name.startswith(f"{side}_")
    }
    turned = table.rename(columns=swap)[table.columns]
    return turned.assign(status=turned["status"].replace(MIRROR)) if "status" in turned else turned


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CLAUSES, CLAUSES)
def test_swapping_the_sides_transposes_the_tables(made, tmp_path, left, right):
    one = made(left, right)
    two = compare(tmp_path / "west.txt", tmp_path / "east.txt", corrections="none")
    for name in ("incentive_pairs", "incentive_candidates"):
        keys = ["left_incentive", "right_incentive"]
        here, there = getattr(one, name), transposed(getattr(two, name))
        drop = ["ratio"] if name == "incentive_pairs" else []
        expected = there.sort_values(keys, ignore_index=True).drop(columns=drop)
        pd.testing.assert_frame_equal(here.sort_values(keys, ignore_index=True).drop(columns=drop), expected)
