"""The charts of words, bodies and explanations, read from their artists."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from test_charts import HEADINGS, LONG, LONG_NAMES, NAMES, artist, assert_legible, texts

from policycmp import charts, comparison, figures, style
from policycmp.charts_bodies import _NEEDED
from policycmp.errors import PolicyError
from policycmp.terms import COLUMNS

TERMS = [("孵化器", 9, 0, 2.2, 2.5), ("人才", 5, 2, 0.8, 1.1), ("航运", 1, 6, -1.2, -1.4)]
BODIES = [
    ("科技", 1, True, 5, False, 2),
    ("科技", 2, False, 1, False, 0),
    ("交通", 2, False, 0, True, 3),
    ("其他", None, False, 0, False, 1),
]
EXPLANATION = [("title", "孵化", 0.2), ("text", "·孵化", 0.1), ("text", "人才", 0.05), ("section", "科技", 0.01)]
EXTREMES = {
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
ROWS = {"terms": TERMS, "responsibilities": BODIES, "explanation": EXPLANATION}
EACH_CHART = pytest.mark.parametrize("name", ROWS)
EACH_LOOK = pytest.mark.parametrize(
    ("lang", "size"), [(lang, size) for lang in style.LANGUAGES for size in style.SIZES]
)


def table(name, rows):
    if name == "terms":
        return pd.DataFrame([(*row, "left" if (row[4] or 0) > 0 else "right") for row in rows], columns=COLUMNS)
    if name == "responsibilities":
        return pd.DataFrame(rows, columns=_NEEDED).astype({"section": "Int64"})
    return pd.DataFrame(rows, columns=["part", "term", "contribution"])


def draw(name, rows=None, **options):
    data = table(name, ROWS[name] if rows is None else rows)
    if name == "explanation":
        return charts.explanation(data, **{k: v for k, v in options.items() if k not in NAMES})
    if name == "responsibilities":
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
    assert lead.get_markerfacecolor() == style.SIDES["left"].ink
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


@pytest.mark.parametrize("lang", style.LANGUAGES)
def test_the_charts_of_the_shipped_texts(lang):
    it = comparison.compare("longwan", "lucheng")
    drawings = figures.drawings(it, lang)
    assert {"terms", "responsibilities"} <= set(drawings)
    for name in ("terms", "responsibilities"):
        ax = drawings[name]()
        assert_legible(ax)
        assert len(charts.read_back(ax)) >= 20


def test_the_charts_of_two_texts_that_name_no_body_and_differ_in_no_word(tmp_path):
    for name in ("one", "two"):
        text = "某区若干政策\n一、强化科技创新\n1.加强创新。支持企业。\n2.引进人才。支持人才。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    it = comparison.compare(tmp_path / "one.txt", tmp_path / "two.txt", corrections="none")
    for name in ("terms", "responsibilities"):
        (sentence,) = charts.read_back(figures.drawings(it)[name]())["item"]
        assert sentence.startswith("没有可画的")
