"""The canvas: bars keep their lengths at any scale, notes stand below, an empty chart can be read back."""

import matplotlib.pyplot as plt
import pytest

from policycmp import charts
from policycmp.charts.drawing import style
from policycmp.charts.drawing.canvas import drawing, round_ticks
from policycmp.schema import SIDES


def test_a_bar_keeps_its_lengths_whatever_its_scale():
    with drawing("budgets", None) as chart:
        ax = chart.open(chart.columns(top=30, bottom=10), units=1, pitch=3)
        end = chart.bar("left", 1, 0.5, [("left", 4, False), ("left_max", 2, True)], x=0.25, scale=0.1)
    assert end == pytest.approx(0.25 + 6 * 0.1)
    assert charts.read_back(ax)[["left", "left_max"]].to_numpy().tolist() == [[4, 2]]
    solid, hatched = ax.patches
    assert (solid.get_hatch(), hatched.get_hatch()) == (None, style.LOOKS["left"].hatch)
    assert ax.transData.inverted().transform(solid.get_extents().get_points())[:, 0] == pytest.approx([0.25, 0.65])


def test_what_is_written_beside_the_data_stands_on_its_side_in_its_colour():
    with drawing("budgets", None) as chart:
        ax = chart.open(chart.columns([50], [50], top=30, bottom=10), units=1, pitch=3)
        for side in SIDES:
            chart.write_side(side, side, 0.5)
    ax.figure.draw_without_rendering()
    left, right = ax.texts[-2:]
    assert left.get_window_extent().x1 < ax.bbox.x0 and right.get_window_extent().x0 > ax.bbox.x1
    assert [text.get_color() for text in ax.texts[-2:]] == [look.ink for look in style.LOOKS.values()]


def test_notes_make_the_figure_higher_and_stand_one_below_the_other():
    heights = []
    for notes in ([], ["一条说明", "另一条说明"]):
        with drawing("budgets", None) as chart:
            ax = chart.open(chart.columns(top=30, bottom=10), units=1, pitch=3)
            chart.finish(*notes, drop=1.0)
        heights.append(ax.figure.get_figheight())
    assert heights[1] > heights[0]
    ax.figure.draw_without_rendering()
    one, two = (text.get_window_extent() for text in ax.texts[-2:])
    assert 0 <= two.y0 and two.y1 <= one.y0 + 1 and one.y1 < ax.bbox.y0


def test_an_empty_chart_is_read_by_its_row_whatever_the_chart_would_read():
    with drawing("alignment", None, read=lambda marks: 1 / 0) as chart:
        ax = chart.empty()
    assert charts.read_back(ax)["item"].tolist() == ["没有可画的条款：对应表是空的。"]


def test_a_chart_stands_with_all_its_texts_where_the_axes_of_the_user_were():
    figure, (ax, beside) = plt.subplots(1, 2)
    place = ax.get_position()
    with drawing("budgets", None, ax=ax) as chart:
        assert chart.open(chart.columns(top=30, bottom=10), units=1, pitch=3) is ax
        chart.finish("说明", drop=1)
    figure.draw_without_rendering()
    box = ax.get_tightbbox().transformed(figure.transFigure.inverted())
    assert place.x0 <= box.x0 and box.x1 <= place.x1 and place.y0 <= box.y0 and box.y1 <= place.y1
    assert ax.get_position(original=True).bounds == place.bounds
    assert ax.get_title(loc="left") == "各部分的财政预算"
    assert len(figure.axes) == 2 and not beside.get_title(loc="left")


@pytest.mark.parametrize(
    ("steps", "start", "end", "whole", "ticks"),
    [(5, 0, 10, False, [0, 2, 4, 6, 8, 10]), (5, 0, 1, True, [0, 1]), (2, -4, 4, True, [-4, 0, 4])],
)
def test_ticks_are_round(steps, start, end, whole, ticks):
    assert round_ticks(steps, start, end, whole) == ticks
