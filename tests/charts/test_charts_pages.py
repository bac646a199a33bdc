"""The charts of whole documents, read from their artists: small multiples, shares, the matrix, one side only, all."""

import json

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text
from pairs_made import BARE, FULL, pair
from test_charts import BUDGETS, TARGETS, artist, assert_legible, target, texts
from test_charts_more import BALANCE, MIXED, draw, matrix

from policycmp import charts, compare
from policycmp.asking import balance
from policycmp.charts.drawing import style
from policycmp.shown import naming
from policycmp.wording import LANGUAGES

NEW = ("overview", "targets_small", "only_here", "budget_shares", "similarity")


@pytest.fixture(scope="module")
def shipped():
    return compare("longwan", "lucheng")


@pytest.fixture(scope="module", params=["nothing comparable", "no budget, no number", "one clause"])
def odd(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd")
    match request.param:
        case "nothing comparable":
            return pair(folder, FULL.format(place="东山", n=3), BARE.format(place="文明养犬"))
        case "no budget, no number":
            return pair(folder, BARE.format(place="垃圾分类"), BARE.format(place="文明养犬"))
        case _:
            one = "若干政策\n\n一、交通\n（一）修路。修公路{n}公里。\n二、其他\n做好服务。\n"
            return pair(folder, one.format(n=9), one.format(n=12))


def bars(ax, key):
    """The bars of one row, by column: where they begin and end on the paper, in points of the axes."""
    found = {}
    for box in ax.patches:
        column, _, row = (box.get_gid() or "").partition(":")
        if row == key:
            (x0, x1), _ = ax.transData.inverted().transform(box.get_extents().get_points()).T
            found[column] = (x0, x1)
    return found


# --- small multiples ----------------------------------------------------------------------------------------------


def test_a_panel_shows_both_values_in_their_unit_and_on_its_own_scale():
    ax = draw("targets_small")
    back = charts.read_back(ax)
    assert back["item"].tolist() == ["新增高新技术企业", "卓越工程师", "电量供给", "城市书房"]
    assert back[["left", "right"]].to_numpy()[:3].tolist() == [[150, 50], [8, 8], [5e9, 8e9]]
    assert back[["left_text", "right_text"]].to_numpy()[0].tolist() == ["≥150家  第1条", "50家  第11条"]
    for row, ratio in (("1", 3), ("2", 1), ("3", 5 / 8)):
        left, right = bars(ax, row)["left"], bars(ax, row)["right"]
        assert left[0] == pytest.approx(right[0])
        assert (left[1] - left[0]) / (right[1] - right[0]) == pytest.approx(ratio)


def test_the_larger_bar_of_every_panel_leaves_room_for_its_value_and_no_more():
    ax = draw("targets_small", [target(1, "甲", 1, 2), target(1, "乙", 1e12, 5e11), target(2, "丙", 7, 0.1)])
    longest = [max(end - start for start, end in bars(ax, row).values()) for row in ("1", "2", "3")]
    assert min(longest) > 0.3 * max(longest)


def test_a_range_is_hatched_from_its_lower_value_and_a_rank_has_no_bar():
    ax = draw("targets_small", MIXED)
    back = charts.read_back(ax).set_index("item")
    assert back.loc["范围", ["left", "left_max"]].tolist() == [1, 999999]
    row = back.loc["范围", "row"]
    assert artist(ax, f"left_max:{row}").get_hatch() == style.LOOKS["left"].hatch
    assert artist(ax, f"left:{row}").get_hatch() is None
    assert bars(ax, row)["left"][1] == pytest.approx(bars(ax, row)["left_max"][0])
    assert back.loc["名次", ["left", "right"]].isna().all()
    assert back.loc["名次", "left_text"] == "前3位  第1条"
    assert np.isnan(back.loc["空", "left"]) and back.loc["空", "left_text"].startswith("未列明")
    assert np.isnan(back.loc["负", "left"]) and back.loc["负", "right"] == 2


def test_the_panels_run_down_the_columns_under_the_headings_of_their_sections():
    rows = [target(section, f"事项{n}", 1, 2) for section in (1, 2) for n in range(9)]
    ax = draw("targets_small", rows)
    places = [tuple(artist(ax, f"item:{n}").xy) for n in range(1, 19)]
    assert places == sorted(places)  # down one column, then the next
    assert len({x for x, _ in places}) == 3
    heads = [text for text in texts(ax) if text.startswith(("一、", "二、"))]
    assert heads[0] == "一、强化科技创新" and heads[1] == "一、强化科技创新（续）"
    assert "二、加快先进制造业发展" in heads


# --- shares -------------------------------------------------------------------------------------------------------


def test_shares_are_drawn_as_stated_and_what_is_not_stated_has_no_share():
    ax = draw("budget_shares")
    back = charts.read_back(ax).set_index("row")
    assert back.loc[["1", "2", "3"], "right"].tolist() == [20, 1, 79]
    assert back.loc["1", "left_text"] == "龙湾 未列明"
    assert back.loc["2", "left_text"] == "龙湾 只列一部分，不计"
    assert "left" not in back


def test_the_notes_say_of_what_the_shares_are_shares(shipped):
    notes = charts.read_back(charts.budget_shares(shipped))["item"].tolist()[-2:]
    assert notes == [
        "龙湾：比重的分母是写明的2个部分之和 10.8948亿元，不是它的全部支出",
        "鹿城：比重的分母是写明的8个部分之和 34.48亿元，不是它的全部支出",
    ]
    half = shipped.budget_pairs.iloc[:6]
    notes = charts.read_back(charts.budget_shares(half, left="甲", right="乙"))["item"].tolist()[-2:]
    assert notes == [
        "甲：画出的1个部分共 10亿元，占它写明的各部分之和的 91.8 %",
        "乙：画出的6个部分共 19.17亿元，占它写明的各部分之和的 55.6 %",
    ]


def test_one_side_without_any_budget_is_said_to_have_no_shares():
    assert "龙湾没有列明任何部分的预算，没有比重" in "".join(charts.read_back(draw("budget_shares"))["item"])
    (sentence,) = charts.read_back(draw("budget_shares", [row | {"left_share": None} for row in BUDGETS]))["item"]
    assert sentence.startswith("没有可画的比重")


# --- the matrix ---------------------------------------------------------------------------------------------------


def test_the_matrix_shows_every_similarity_and_frames_the_pairs():
    ax = draw("similarity_heatmap")
    back = charts.read_back(ax)
    assert back.fillna(-1).drop(columns="row").to_numpy().tolist() == [
        ["1", "1", 0.9, "solid"], ["1", "2", 0.02, "none"], ["2", "1", 0.25, "dashed"],
        ["2", "2", 0.125, "none"], ["3", "1", 0.0, "none"], ["3", "2", -1, "solid"],
    ]  # fmt: skip
    frame = artist(ax, "chosen:2")
    assert (frame.get_xy(), frame.get_width(), frame.get_height()) == ((0, 1), 1, 1)
    assert not frame.get_fill()


def test_the_sections_are_told_apart_on_both_axes():
    ax = draw("similarity_heatmap")
    borders = {(line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines}
    assert {(0, 2), (1, 0)} <= borders
    numbers = [text.get_text() for text in ax.texts if text.get_fontweight() == "bold" and not text.get_gid()]
    assert numbers[-4:] == ["一", "二", "一", "二"]
    assert numbers[:2] == ["● 龙湾（各行）", "▲ 鹿城（各列）"]


def test_the_darker_the_more_similar_in_grey_too():
    ramp = artist(draw("similarity_heatmap"), "matrix:0").get_cmap()
    grey = [float(np.dot(ramp(value)[:3], (0.299, 0.587, 0.114))) for value in np.linspace(0, 1, 21)]
    assert grey == sorted(grey, reverse=True)
    assert grey[0] - grey[4] > 0.1 and grey[0] - grey[-1] > 0.5
    ink = float(np.dot([int(style.INK[n : n + 2], 16) / 255 for n in (1, 3, 5)], (0.299, 0.587, 0.114)))
    assert grey[-1] - ink > 0.25  # a frame is seen on the darkest cell


@pytest.mark.parametrize(
    ("rows", "columns", "size"),
    [(1, 1, "page"), (1, 40, "page"), (40, 1, "column"), (41, 40, "slide"), (300, 300, "column"), (7, 120, "page")],
)
def test_a_matrix_of_any_size_is_legible(rows, columns, size):
    ax = draw("similarity_heatmap", matrix(rows, columns, min(rows, columns, 12)), size=size)
    assert_legible(ax)
    shown = [text for text in ax.texts if (text.get_gid() or "").startswith("right_text") and text.get_visible()]
    assert len(shown) >= min(columns, 5)
    assert len(charts.read_back(ax)) == rows * columns
    assert ax.figure.get_figheight() < 30


def test_cells_are_square_where_they_can_be():
    ax = draw("similarity_heatmap", matrix(41, 40, 8))
    box = ax.get_window_extent()
    assert box.width / 40 == pytest.approx(box.height / 41, rel=0.02)


# --- what only one side sets --------------------------------------------------------------------------------------


def test_each_target_stands_on_its_side_under_its_section():
    ax = draw("only_here")
    back = charts.read_back(ax).set_index("item")
    assert back.loc["全区研发投入强度", ["left_text", "right_text", "firm"]].tolist() == ["≈4.1 %  导语", "", False]
    assert back.loc["科技攻关项目", ["left_text", "right_text", "firm"]].tolist() == ["", "≥10项  第2条", True]
    heads = ["一、强化科技创新", "三、推进服务业高质量发展", "无对应部分"]
    assert [text for text in texts(ax) if text in heads] == heads
    assert {"● 龙湾（3项）", "▲ 鹿城（2项）"} <= set(texts(ax))
    one, two = (artist(ax, f"firm:{back.loc[item, 'row']}") for item in ("新增高新技术企业", "科技攻关项目"))
    assert one.get_xdata()[0] < 0.5 < two.get_xdata()[0]
    assert (one.get_marker(), two.get_marker()) == ("o", "^")


def test_a_long_list_grows_and_a_very_long_one_says_what_it_leaves_out():
    rows = [("left", 1, n, f"事项{n}", "equal", n, None, "家", "firm") for n in range(1, 42)]
    whole, cut = draw("only_here", rows), draw("only_here", rows, most=40)
    assert len(charts.read_back(whole)) == 41 and "龙湾另有1项没有画出，见目标表" not in texts(whole)
    assert len(charts.read_back(cut)) == 40 and "龙湾另有1项没有画出，见目标表" in texts(cut)
    assert "● 龙湾（41项）" in texts(cut)
    assert whole.figure.get_figheight() > draw("only_here").figure.get_figheight() + 3
    assert_legible(cut)


# --- the whole ----------------------------------------------------------------------------------------------------


def test_the_overview_counts_what_the_sections_hold():
    ax = draw("overview")
    back = charts.read_back(ax).set_index("row")
    assert back.loc["1 条款", ["left", "left_alone", "left_text", "right_text"]].tolist() == [5, 1, "5+1", "5"]
    assert back.loc["2 目标", ["left", "left_alone", "right_alone"]].tolist() == [4, 10, 4]
    assert back.loc["3 区级预算", "left"] == 1e9 and back.loc["3 区级预算", "right_text"] == "未列明"
    assert back.loc["2 区级预算", "left_alone"] == 4.285e7
    assert artist(ax, "left_alone:2 区级预算").get_hatch() == style.LOOKS["left"].hatch
    assert back["item"].tolist()[1:5] == [
        "二、加快先进制造业发展 / 三、推进制造业", "三、推进服务业高质量发展", "九、其他事项", "其他",
    ]  # fmt: skip


def test_the_overview_adds_up():
    shown = texts(draw("overview"))
    assert {"11+3", "10+1", "5+21", "5+11"} <= set(shown)  # clauses and targets, left and right
    assert {"10亿元", "15.25亿元", "可直接比：0个部分"} <= set(shown)


def test_bars_of_one_measure_share_a_scale():
    ax = draw("overview")
    drawn = (bars(ax, "1 条款")["left"], bars(ax, "2 条款")["right"], bars(ax, "1 目标")["left_alone"])
    five, four, eight = (end - start for start, end in drawn)
    assert five / 5 == pytest.approx(four / 4)
    assert five / 5 != pytest.approx(eight / 8)


def test_the_overview_names_the_widest_ratios(shipped):
    back = charts.read_back(charts.overview(shipped)).set_index("row")
    known = shipped.target_pairs.dropna(subset=["ratio"])
    widest = known.loc[(np.log(known["ratio"]).abs()).sort_values(ascending=False, kind="stable").index[:3]]
    for n, row in enumerate(widest.itertuples(), 1):
        drawn = back.loc[f"{n} 相差倍数最大的目标"]
        assert drawn[["left", "right"]].tolist() == [row.left_value, row.right_value]
    assert back.loc["1 相差倍数最大的目标", "item"].endswith("（44倍）")
    bare = charts.overview(balance.balance(shipped), left="甲", right="乙")
    assert "相差倍数最大的目标" not in texts(bare)


# --- any pair -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", charts.CHARTS)
def test_every_chart_of_any_pair_is_true_and_legible(name, lang, odd):
    ax = charts.CHARTS[name](odd, lang=lang)
    assert_legible(ax)
    back = charts.read_back(ax)
    assert len(back)
    if list(back.columns) == ["row", "item"] and len(back) == 1:
        assert back["item"][0].startswith("没有可画的" if lang == "zh" else "No ")


@pytest.mark.parametrize(("lang", "size"), [("zh", "page"), ("zh", "column"), ("en", "column"), ("en", "slide")])
@pytest.mark.parametrize("name", NEW)
def test_the_charts_of_the_shipped_pair_are_legible(name, size, lang, shipped):
    assert_legible(charts.CHARTS[name](shipped, lang=lang, size=size))


@pytest.mark.parametrize("name", NEW)
def test_every_mark_is_cited_with_the_words_of_the_source(name, shipped, tmp_path):
    path = charts.save_chart(charts.CHARTS[name](shipped), tmp_path / name, formats=())[-1]
    record = json.loads(path.read_text(encoding="utf-8"))
    cited = [found for mark in record["marks"] for passages in mark["passages"].values() for found in passages]
    sources = {side.doc: side.policy.text for side in (shipped.left, shipped.right)}
    assert cited
    for passage in cited:
        said = sources[passage["doc"]][passage["start"] : passage["end"]]
        assert said and passage["quote"] in (None, said)
    if name != "similarity":
        drawn = [mark for mark in record["marks"] if not mark["row"].startswith("note")]
        assert all(mark["passages"] for mark in drawn)


def test_what_the_overview_cites_is_as_much_as_it_counts(shipped, tmp_path):
    path = charts.save_chart(charts.overview(shipped), tmp_path / "overview", formats=())[-1]
    for mark in json.loads(path.read_text(encoding="utf-8"))["marks"]:
        if mark["row"].endswith(("条款", " 目标")):
            for column, passages in mark["passages"].items():
                assert len(passages) == mark["shown"][column]


@pytest.mark.parametrize("name", ["only_here", "overview", "similarity_heatmap"])
def test_a_comparison_draws_what_its_tidy_table_draws(name, shipped):
    follow = {"only_here": balance.only_here, "overview": balance.balance, "similarity_heatmap": balance.similarities}
    left, right = naming.names(shipped)
    headings = dict(zip(shipped.left.sections["section"], shipped.left.sections["heading"], strict=True))
    bare = getattr(charts, name)(follow[name](shipped), left=left, right=right, headings=headings)
    one, two = charts.read_back(getattr(charts, name)(shipped)), charts.read_back(bare)
    pd.testing.assert_frame_equal(one.head(len(two)), two)


@pytest.mark.mpl_image_compare(style="default", tolerance=4, savefig_kwargs={"dpi": 80})
@pytest.mark.parametrize("name", ["overview", "targets_small", "similarity_heatmap"])
def test_picture(name):
    rows = {"overview": BALANCE, "targets_small": TARGETS, "similarity_heatmap": matrix(8, 7)}
    figure = draw(name, rows[name]).figure
    for text in figure.findobj(Text):  # it is measured elsewhere, and fonts are drawn a little differently everywhere
        text.set_visible(False)
    return figure
