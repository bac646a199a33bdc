"""What is read back from artists: a line per row, each kind of artist in its way."""

import matplotlib.pyplot as plt
import pytest

from policycmp.charts.drawing.marks import Line, is_solid, mark_id, marks_of, numbered, read_rows, rounded, text_of


@pytest.fixture
def ax():
    ax = plt.subplots()[1]
    ax.barh(0, 3.0000000001)[0].set_gid("some:left:a")
    ax.plot([0.5], [0], marker="o", markerfacecolor="white", gid="some:ratio:a")
    ax.annotate("新增高新\n技术企业", (0, 0), gid="some:item:b")
    ax.annotate("no data", (0, 0))
    ax.annotate("no row", (0, 0), gid="decoration")
    return ax


def test_lengths_places_and_texts_are_read_by_row(ax):
    assert [mark.name for mark in marks_of(ax)] == ["left:a", "ratio:a", "item:b"]
    assert read_rows(marks_of(ax)) == [
        Line({"row": "a", "left": 3.0, "ratio": 0.5}, ["a"], ["some:left:a", "some:ratio:a"]),
        Line({"row": "b", "item": "新增高新技术企业"}, ["b"], ["some:item:b"]),
    ]


def test_the_id_of_a_mark_holds_nothing_that_an_id_may_not():
    assert mark_id("targets", "ratio", "longwan-011-03+b-1") == "targets:ratio:longwan-011-03+b-1"
    assert mark_id("terms", "left", 'a "b"\n孵化') == "terms:left:a-b-孵化"


def test_what_is_special_is_read_in_its_way(ax):
    assert read_rows(marks_of(ax), special={"ratio": is_solid})[0].shown["ratio"] is False


def test_lines_without_a_name_are_numbered():
    lines = [Line({"item": "甲"}, ["end:1"], []), Line({"item": "乙"}, [], [])]
    assert [line.shown for line in numbered(lines)] == [{"row": "1", "item": "甲"}, {"row": "2", "item": "乙"}]
    assert numbered(lines)[0].marks == ["end:1"]


@pytest.mark.parametrize(
    ("drawn", "read"), [("甲\n乙", "甲乙"), ("two\nwords", "two words"), ("甲\nword", "甲word"), ("5\n%", "5 %")]
)
def test_line_breaks_of_the_layout_are_not_read(drawn, read):
    assert text_of(plt.subplots()[1].annotate(drawn, (0, 0))) == read


def test_rounding_errors_of_the_drawing_are_not_read():
    assert (rounded(0.1 + 0.2), rounded(123456789012.0)) == (0.3, 123456789000.0)
