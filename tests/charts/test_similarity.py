"""The matrix of similarities: every value in its cell, a frame round each pair, numbers where there is room."""

import numpy as np
import pytest
from drawn import alike, artist, assert_legible, draw

from policycmp import charts
from policycmp.charts.drawing import style

GREY = (0.299, 0.587, 0.114)


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
    grey = [float(np.dot(ramp(value)[:3], GREY)) for value in np.linspace(0, 1, 21)]
    assert grey == sorted(grey, reverse=True)
    assert grey[0] - grey[4] > 0.1 and grey[0] - grey[-1] > 0.5
    ink = float(np.dot([int(style.INK[n : n + 2], 16) / 255 for n in (1, 3, 5)], GREY))
    assert grey[-1] - ink > 0.25  # a frame is seen on the darkest cell


@pytest.mark.parametrize(
    ("rows", "columns", "size"),
    [(1, 1, "page"), (1, 40, "page"), (40, 1, "column"), (7, 120, "page"), (200, 200, "column")],
)
def test_a_matrix_of_any_size_is_legible(rows, columns, size):
    ax = draw("similarity_heatmap", alike(rows, columns, min(rows, columns, 12)), size=size)
    assert_legible(ax)
    shown = [text for text in ax.texts if ":right_text:" in (text.get_gid() or "") and text.get_visible()]
    assert len(shown) >= min(columns, 5)
    assert artist(ax, "matrix:0").get_array().shape == (rows, columns)
    assert ax.figure.get_figheight() < 30


def test_cells_are_square_where_they_can_be():
    box = draw("similarity_heatmap", alike(41, 40, 8)).get_window_extent()
    assert box.width / 40 == pytest.approx(box.height / 41, rel=0.02)
