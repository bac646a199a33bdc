"""The charts of words, bodies, explanations, and of what the sections hold, read from their artists."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from test_charts import (
    BUDGETS,
    HEADINGS,
    LONG,
    LONG_NAMES,
    NAMES,
    TARGETS,
    artist,
    assert_legible,
    budget,
    target,
    texts,
)  # fmt: skip

from policycmp import charts, comparison, schema
from policycmp.asking import balance
from policycmp.asking.terms import COLUMNS
from policycmp.charts.bodies import NEEDED
from policycmp.charts.drawing import style
from policycmp.errors import PolicyError
from policycmp.wording import LANGUAGES

TERMS = [("孵化器", 9, 0, 2.2, 2.5), ("人才", 5, 2, 0.8, 1.1), ("航运", 1, 6, -1.2, -1.4)]
BODIES = [
    ("科技", 1, True, 5, False, 2),
    ("科技", 2, False, 1, False, 0),
    ("交通", 2, False, 0, True, 3),
    ("其他", None, False, 0, False, 1),
]
EXPLANATION = [("title", "孵化", 0.2), ("text", "·孵化", 0.1), ("text", "人才", 0.05), ("section", "科技", 0.01)]
BALANCE = [
    (1, "强化科技创新", 5, 1, 1, 8, None, None, 1, "强化科技创新", 5, 0, 1, 5, 3.05e8, None),
    (2, "加快先进制造业发展", 5, 0, 4, 10, None, 4.285e7, 3, "推进制造业", 4, 0, 4, 4, 2e7, None),
    (3, "推进服务业高质量发展", 0, 2, 0, 3, 1e9, None, None, "", 0, 0, 0, 0, None, None),
    (None, "", 0, 0, 0, 0, None, None, 9, "其他事项", 0, 1, 0, 0, 1.2e9, None),
    (0, "", 1, 0, 0, 0, None, None, 0, "", 1, 0, 0, 2, None, None),
]
ONLY_HERE = [
    ("left", 1, 0, "全区研发投入强度", "about", 4.1, None, "%", "aspirational"),
    ("left", 1, 1, "新增高新技术企业", "equal", 150, None, "家", "firm"),
    ("left", 3, 12, "国债资金使用量列全市", "top", 3, None, "位", "aspirational"),
    ("right", 1, 2, "科技攻关项目", "at_least", 10, None, "项", "firm"),
    ("right", None, 40, "新增城市书房", "range", 1, 2, "家", "firm"),
]
SIMILARITIES = [
    (1, 1, 1, 1, 0.9, "same"), (1, 1, 2, 2, 0.02, ""), (1, 2, 1, 1, 0.25, "partial"), (1, 2, 2, 2, 0.125, ""),
    (2, 3, 1, 1, 0.0, ""), (2, 3, 2, 2, None, "same"),
]  # fmt: skip
SHARES = [
    row | {"left_share": None, "right_share": share} for row, share in zip(BUDGETS, (0.2, 0.01, 0.79), strict=True)
]
MIXED = [
    target(1, LONG, 1, 1e12, "元"), target(1, "短", 12345678, 1.5, "千瓦时", ("about", "at_least"), (100, 200)),
    target(2, "An English indicator of a great many words " * 2, 1e12, 1, "公里", clauses=(0, 0)),
    target(2, "名次", 3, 5, "位", ("top", "top"), ratio=None), target(3, "零", 0, 0, ratio=None),
    target(3, "范围", 1, 2, "个", ("range", "range"), left_value_max=1e6, right_value_max=3, ratio=None),
    target(3, "空", None, 2), target(None, "负", -5, 2, "%", ratio=-2.5),
]  # fmt: skip


def matrix(rows, columns, sections=3):
    """Similarities of so many clauses, each of the first ones paired with its like."""
    return [
        (1 + i * sections // rows, i + 1, 1 + j * sections // columns, j + 1, ((i * 7 + j * 3) % 11) / 11,
         "same" if i == j else "partial" if i == j + 3 else "")
        for i in range(rows) for j in range(columns)
    ]  # fmt: skip


EXTREMES = {
    "targets_small": MIXED,
    "only_here": [
        ("left", 1, 1, LONG, "at_least", 1e12, None, "千瓦时", "firm"),
        ("left", 1, 123, "短", "range", 1, 12345678, "平方米", "aspirational"),
        (
            "right",
            None,
            0,
            "An English indicator of a great many words " * 3,
            "about",
            12345678.5,
            None,
            "人次",
            "firm",
        ),
        ("right", 2, 1, "$x_1$", "equal", None, None, "", "firm"),
    ],
    "overview": [
        (1, LONG, 3, 0, 0, 999, 1e12, None, 2, "短", 0, 12, 5, 0, 1, None),
        (2, "Another heading " * 8, 0, 0, 0, 0, None, 12345678, None, "", 0, 0, 0, 0, None, None),
        (0, "", 1234, 0, 5, 5, None, None, 0, "", 0, 0, 0, 0, None, None),
    ],
    "budget_shares": [
        budget(1, 1e12, 1, heading=LONG, left_share=0.3333, right_share=1e-4),
        budget(2, 1e4, None, heading="Abc def " * 9, left_scope="earmark", left_share=None, right_share=None),
        budget(3, 12345678, 9.8e11, left_share=0.1, right_share=0.9999),
    ],
    "similarity_heatmap": matrix(41, 40, 8),
    "terms": [
        (LONG, 123456, 7, 9.0, 99.5),
        ("An English term " * 6, 0, 98765432, -9.0, -0.01),
        ("$x_1$", 1, 2, 0, 0.0),
    ],
    "responsibilities": [(LONG, n, True, 40, True, 140) for n in range(1, 10)]
    + [(name, None, False, 99, True, 0) for name in ("短", "An English function " * 5)],
    "explanation": [("text", LONG, 1e-9), ("section", "A very long English term " * 5, 1.0)]
    + [("title", f"词{n}", 0.01) for n in range(30)],
}
ROWS = {
    "terms": TERMS, "responsibilities": BODIES, "explanation": EXPLANATION, "targets_small": TARGETS,
    "only_here": ONLY_HERE, "overview": BALANCE, "budget_shares": SHARES, "similarity_heatmap": SIMILARITIES,
}  # fmt: skip
COLUMNS_OF = {"only_here": balance.ONLY_HERE, "overview": balance.BALANCE, "similarity_heatmap": balance.SIMILARITIES}
TABLES = {"targets_small": "target_pairs", "budget_shares": "budget_pairs"}
EACH_CHART = pytest.mark.parametrize("name", ROWS)
EACH_LOOK = pytest.mark.parametrize(("lang", "size"), [(lang, size) for lang in LANGUAGES for size in style.SIZES])


def table(name, rows):
    if name in TABLES:
        return schema.frame(TABLES[name], rows)
    if name in COLUMNS_OF:
        return pd.DataFrame(rows, columns=COLUMNS_OF[name])
    if name == "terms":
        return pd.DataFrame([(*row, "left" if (row[4] or 0) > 0 else "right") for row in rows], columns=COLUMNS)
    if name == "responsibilities":
        return pd.DataFrame(rows, columns=NEEDED).astype({"section": "Int64"})
    return pd.DataFrame(rows, columns=["part", "term", "contribution"])


def draw(name, rows=None, **options):
    data = table(name, ROWS[name] if rows is None else rows)
    if name == "explanation":
        return charts.explanation(data, **{k: v for k, v in options.items() if k not in NAMES})
    if name in ("responsibilities", "targets_small", "only_here"):
        options = {"headings": HEADINGS} | options
    return getattr(charts, name)(data, **NAMES | options)


def test_a_word_has_its_bar_on_the_side_that_uses_it_more():
    ax = draw("terms")
    one, two = artist(ax, "left:1"), artist(ax, "right:3")
    assert (one.get_x(), one.get_width()) == pytest.approx((-2.5, 2.5))
    assert (two.get_x(), two.get_width()) == pytest.approx((0, 1.4))
    assert one.get_facecolor() != two.get_facecolor()
    back = charts.read_back(ax)
    assert back["item"].tolist() == ["孵化器", "人才", "航运"]
    assert back[["left_text", "right_text"]].to_numpy().tolist() == [["9", "0"], ["5", "2"], ["1", "6"]]
    low, high = ax.get_xlim()
    assert low == -high < -2.5


def test_a_word_without_a_value_has_no_bar():
    back = charts.read_back(draw("terms", [("人才", None, 2, None, None), *TERMS[:1]]))
    assert back["left_text"].tolist() == ["–", "9"]
    assert back["left"].isna().tolist() == [True, False]


def test_the_grid_says_who_leads_and_who_takes_part():
    back = charts.read_back(draw("responsibilities"))
    assert back.drop(columns="row").to_numpy().tolist() == [
        ["科技", "一、强化科技创新", "5", True, "2", False],
        ["科技", "二、加快先进制造业发展", "1", False, "", ""],
        ["交通", "二、加快先进制造业发展", "", "", "3", True],
        ["其他", "无对应部分", "", "", "1", False],
    ]


def test_marks_differ_in_shape_fill_and_size():
    ax = draw("responsibilities")
    marks = [child for child in ax.lines if (child.get_gid() or "").startswith("cell:")]
    lead, beside = marks[:2]
    assert (lead.get_marker(), beside.get_marker()) == ("o", "^")
    assert lead.get_markerfacecolor() == style.LOOKS["left"].ink
    assert beside.get_markerfacecolor() == "white"
    assert lead.get_markersize() > beside.get_markersize()
    assert artist(ax, "left:1").get_fontweight() == "bold"
    assert "● 龙湾" in texts(ax)


def test_functions_have_english_names_and_unknown_ones_keep_theirs():
    back = charts.read_back(draw("responsibilities", [*BODIES, ("移民", 1, True, 1, False, 0)], lang="en"))
    assert list(dict.fromkeys(back["item"])) == ["Science & technology", "Transport", "Other", "移民"]
    assert "No counterpart" in set(back["section"])


def test_a_missing_count_is_no_mark_unless_the_function_leads():
    rows = [("科技", 1, False, None, True, None), ("交通", 1, False, 1, False, None)]
    back = charts.read_back(draw("responsibilities", rows))
    assert back["left_text"].tolist() == ["", "1"]
    assert back["right_text"].tolist() == ["0", ""]
    assert back["right_lead"].tolist() == [True, ""]


def test_the_explanation_adds_up_by_part():
    ax = draw("explanation")
    assert ax.get_title(loc="left") == "相似度 0.36 从何而来"
    assert artist(ax, "item:title").get_text() == "条名 0.200"
    back = charts.read_back(ax)
    assert back["item"].tolist() == ["条名 0.200", "孵化", "正文 0.150", "·孵化", "人才", "所在部分 0.010", "科技"]
    assert back["contribution"].dropna().tolist() == [0.2, 0.1, 0.05, 0.01]


def test_the_explanation_draws_the_strongest_and_sums_up_all():
    ax = charts.explanation(table("explanation", [*EXPLANATION, ("other", "x", None)]), most=2)
    assert charts.read_back(ax)["item"].tolist() == ["条名 0.200", "孵化", "正文 0.150", "·孵化", "所在部分 0.010"]


@EACH_CHART
@EACH_LOOK
def test_nothing_overlaps_or_leaves_the_figure(name, lang, size):
    ax = draw(name, lang=lang, size=size)
    assert_legible(ax)
    assert ax.figure.get_figwidth() == pytest.approx(style.SIZES[size].width)


@EACH_CHART
@EACH_LOOK
def test_an_empty_table_says_why_nothing_is_drawn(name, lang, size):
    ax = draw(name, [], lang=lang, size=size)
    (sentence,) = charts.read_back(ax)["item"]
    assert sentence.startswith("没有可画的" if lang == "zh" else "No ")
    assert_legible(ax)


@EACH_CHART
@EACH_LOOK
def test_long_names_and_extreme_values_still_fit(name, lang, size):
    ax = draw(name, EXTREMES[name], lang=lang, size=size, **LONG_NAMES)
    for dpi in (72, 150, 200):
        with style.context():
            ax.figure.set_dpi(dpi)
            assert_legible(ax)


@EACH_CHART
def test_what_is_read_back_comes_from_the_artists(name):
    ax = draw(name)
    before = charts.read_back(ax)
    {
        "terms": lambda: artist(ax, "left:1").set_width(7),
        "responsibilities": lambda: artist(ax, "cell:left:1").set_markerfacecolor("white"),
        "explanation": lambda: artist(ax, "contribution:1").set_width(7),
        "targets_small": lambda: artist(ax, "left:1").set_width(7),
        "only_here": lambda: artist(ax, "firm:2").set_markerfacecolor("white"),
        "overview": lambda: artist(ax, "left_alone:1 条款").set_width(7),
        "budget_shares": lambda: artist(ax, "right:1").set_width(7),
        "similarity_heatmap": lambda: artist(ax, "matrix:0").set_data(np.zeros((3, 2))),
    }[name]()
    after = charts.read_back(ax)
    assert not before.equals(after)
    assert before.shape == after.shape


@EACH_CHART
def test_wrong_tables_and_options_are_named(name):
    sides = {} if name == "explanation" else NAMES
    with pytest.raises(PolicyError, match=r"column .* is missing; see the data dictionary"):
        getattr(charts, name)(pd.DataFrame({"x": [1]}), **sides)
    with pytest.raises(PolicyError, match="option lang: got 'fr'; one of: zh, en"):
        draw(name, lang="fr")
    with pytest.raises(PolicyError, match="option size: got 'poster'"):
        draw(name, size="poster")


@EACH_CHART
def test_axes_of_the_user_are_used(name):
    with style.context():
        figure, ax = plt.subplots()
        assert draw(name, ax=ax) is ax
        figure.canvas.draw()


@EACH_CHART
def test_a_chart_saved_twice_gives_the_same_bytes(name, tmp_path):
    one = charts.save_chart(draw(name), tmp_path / "one")
    two = charts.save_chart(draw(name), tmp_path / "two")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_charts_of_the_shipped_texts(lang):
    it = comparison.compare("longwan", "lucheng")
    for name in ("terms", "responsibilities"):
        ax = charts.CHARTS[name](it, lang=lang)
        assert_legible(ax)
        assert len(charts.read_back(ax)) >= 20


def test_the_charts_of_two_texts_that_name_no_body_and_differ_in_no_word(tmp_path):
    for name in ("one", "two"):
        text = "某区若干政策\n一、强化科技创新\n1.加强创新。支持企业。\n2.引进人才。支持人才。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    it = comparison.compare(tmp_path / "one.txt", tmp_path / "two.txt", corrections="none")
    for name in ("terms", "responsibilities"):
        (sentence,) = charts.read_back(charts.CHARTS[name](it))["item"]
        assert sentence.startswith("没有可画的")
