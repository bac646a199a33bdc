"""Comparable targets, as rows and as panels: values with their clauses, the dot at the ratio, bars on their scales."""

import drawn
import numpy as np
import pytest
from drawn import artist, assert_legible, bars, draw, target, texts

from policycmp import charts
from policycmp.charts.drawing import style
from policycmp.schema import SIDES
from policycmp.shown.amounts import format_value
from policycmp.wording import LANGUAGES


def test_the_pairs_are_ranked_by_their_ratio_which_stands_at_the_dot():
    ax = draw("targets")
    assert charts.read_back(ax)["item"].tolist() == ["新增高新技术企业", "卓越工程师", "电量供给", "城市书房"]
    assert {"3倍", "1.6倍", "相等"} <= set(texts(ax)) and "1倍" not in texts(ax)
    assert ax.get_title(loc="left") == "新增高新技术企业：龙湾是鹿城的3倍"
    assert artist(ax, "item:2").get_color() == style.MUTED  # equal
    given = charts.read_back(draw("targets", drawn.TARGETS[::-1], order="given"))["item"].tolist()
    assert given[0] == "城市书房"


def test_targets_show_both_values_with_comparator_and_clause():
    ax = draw("targets")
    assert artist(ax, "left_text:1").get_text() == "≥150家  第1条"
    assert artist(ax, "right_text:1").get_text() == "50家  第11条"
    assert artist(ax, "left_text:3").get_text() == "≈50亿千瓦时  导语"
    assert artist(ax, "right_text:4").get_text() == "1–2家  第2条"


def test_the_dot_stands_at_the_ratio_on_the_side_of_the_larger_value():
    ax = draw("targets")
    dots = [artist(ax, f"ratio:{row}") for row in (1, 2, 3)]
    assert [dot.get_xdata()[0] for dot in dots] == pytest.approx([3, 1, 0.625])
    assert [dot.get_marker() for dot in dots] == ["o", "D", "^"]
    left, right = ax.get_xlim()
    assert left > 3 > 1 > right
    assert left * right == pytest.approx(1)


def test_a_pair_without_a_ratio_keeps_its_row_and_has_no_dot():
    back = charts.read_back(draw("targets"))
    assert back["item"].tolist() == ["新增高新技术企业", "卓越工程师", "电量供给", "城市书房"]
    assert np.isnan(back["ratio"].iloc[3])


def test_a_ratio_that_a_log_scale_cannot_hold_has_no_dot():
    ratios = [0.0, -2.0, float("inf"), float("nan"), None]
    ax = draw("targets", [target(1, f"增长{n}", 1, 1, "%", ratio=ratio) for n, ratio in enumerate(ratios)])
    assert "ratio" not in charts.read_back(ax)
    assert_legible(ax)


def test_targets_of_a_section_stand_under_its_heading_and_other_pairs_under_other():
    ax = draw("targets", [*drawn.TARGETS, target(None, "其余", 1, 2)], headings={1: "强化科技创新"}, order="text")
    heads = [text for text in texts(ax) if text in {"一、强化科技创新", "第二部分", "第三部分", "其他"}]
    assert heads == ["一、强化科技创新", "第二部分", "第三部分", "其他"]


@pytest.mark.parametrize("exponent", range(13))
def test_every_order_of_magnitude_has_an_axis(exponent):
    rows = [target(1, "甲", 10.0**exponent, 1), target(1, "乙", 2, 10.0**exponent)]
    ax = draw("targets", rows, size="column")  # the narrowest
    assert_legible(ax)
    assert 1 <= len(ax.get_xticks()) <= 7  # where the numbers have no room below the scale, they stand at the dots


def test_signs_of_mathematics_and_rare_characters_are_plain_text():
    ax = draw("targets", [target(1, "\U00020bb7 $x^2$ 与 $y_1$", 1, 2)])
    ax.figure.draw_without_rendering()
    assert charts.read_back(ax)["item"].tolist() == ["〓 $x^2$ 与 $y_1$"]


def test_a_target_shows_the_number_of_its_quote(either):
    marks = charts.sidecar(charts.targets(either))["marks"]
    pairs = {f"{pair.left_target}+{pair.right_target}": pair for pair in either.target_pairs.itertuples()}
    assert len(marks) == min(len(pairs), len(marks)) > 5
    for mark in marks:
        pair = pairs[mark["row"]]
        for side in SIDES:
            (one,) = mark["passages"][side]
            own = either[side].targets.set_index("target").loc[one["target"]]
            assert own["as_written"] in one["quote"]
            assert own["clause"] == one["clause"] == getattr(pair, f"{side}_clause")
            value = format_value(own["value"], own["value_max"], own["comparator"], own["unit"])
            assert mark["shown"][f"{side}_text"].startswith(value) or own["unit"] != pair.unit


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
    ax = draw("targets_small", drawn.MIXED)
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
    ax = draw("targets_small", [target(section, f"事项{n}", 1, 2) for section in (1, 2) for n in range(9)])
    places = [artist(ax, f"item:{n}").get_position() for n in range(1, 19)]
    assert places == sorted(places)  # down one column, then the next
    assert len({x for x, _ in places}) == 3
    heads = [text for text in texts(ax) if text.startswith(("一、", "二、"))]
    assert heads[:2] == ["一、强化科技创新", "一、强化科技创新（续）"]
    assert "二、加快先进制造业发展" in heads
    assert_legible(ax)


@pytest.mark.parametrize("size", ["column", "page"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_says_how_many_times(size, lang):
    rows = [target(1, f"事项{n}", 1, n) for n in (2, 3, 44)] + [target(1, "倍", 13, 3)]
    written = texts(draw("targets", rows, size=size, lang=lang))
    times = {"zh": "倍", "en": "×"}[lang]
    assert {f"{number}{times}" for number in ("2", "3", "44", "4.3")} <= set(written)


def test_long_names_of_the_documents_stand_whole_over_their_columns():
    written = texts(draw("targets", size="column", **drawn.LONG_OPTIONS))
    assert [text for text in written if "…" in text and text[0] in "●▲"] == []


def test_a_column_of_panels_is_filled_to_the_end_of_the_page():
    ax = draw("targets_small", [target(1 + n % 3, f"事项{n}", 1, 2 + n) for n in range(40)], size="column")
    assert 0.93 * style.SIZES["column"].height < ax.figure.get_figheight() <= style.SIZES["column"].height
