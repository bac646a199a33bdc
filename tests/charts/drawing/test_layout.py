"""Widths before anything is drawn: columns of text, the room beside the data, the cells of a grid."""

import pytest

from policycmp import charts
from policycmp.charts.drawing.layout import GAP, LINE, SLACK, Layout, Room, width_of
from policycmp.charts.drawing.subject import Subject
from policycmp.charts.drawing.text import text_width

WORDS = ["孵化器", "新增高新技术企业", "人才"]


@pytest.fixture
def layout():
    return Layout("budgets", Subject(None, headings={1: "强化科技创新"}))


def test_a_section_is_called_by_its_heading_if_it_is_known(layout):
    said = [layout.say_section(number) for number in (1, 2, 0, -1, None)]
    assert said == ["一、强化科技创新", "第二部分", "其他", "无对应部分", "其他"]
    assert layout.say_section(2, "另有标题") == "二、另有标题"


def test_a_value_stands_with_its_clause_on_one_line_if_there_is_room(layout):
    row = {"left_value": 150, "left_value_max": None, "left_comparator": "at_least", "left_clause": 1, "unit": "家"}
    assert layout.say_value(row, "left", 100) == "≥150家  第1条"
    assert layout.say_value(row, "left", 40) == "≥150家\n第1条"
    plain = {name.removeprefix("left_"): cell for name, cell in row.items()} | {"clause": 0}
    assert layout.say_value(plain, "", 100) == "≥150家  导语"


def test_a_column_is_no_wider_than_its_texts_need(layout):
    column = layout.column(WORDS, 500)
    assert column.texts == WORDS
    assert column.width == pytest.approx(8 * layout.points * SLACK)
    headed = layout.column(WORDS, 500, heads=["十个字以上的一个标题"])
    assert headed.width == pytest.approx(10 * layout.points * SLACK)


def test_a_column_breaks_what_is_longer_than_it_may_be(layout):
    narrow = layout.column(WORDS, 4 * layout.points, 2)
    assert narrow.texts == ["孵化器", "新增高新\n技术企业", "人才"]
    assert narrow.width == pytest.approx(4 * layout.points * SLACK)
    assert layout.column(["新增高新技术"], 4.5 * layout.points, 2).width == pytest.approx(4 * layout.points * SLACK)


def test_a_full_column_takes_all_it_may_where_a_text_is_broken(layout):
    assert layout.full_column(["新增高新技术"], 4.5 * layout.points, 2).width == 4.5 * layout.points
    assert layout.full_column(["人才"], 4.5 * layout.points, 2).width == pytest.approx(2 * layout.points * SLACK)


def test_a_gap_stands_on_both_sides_of_each_column(layout):
    room = layout.columns([40, 30], [20], top=5, bottom=6)
    assert room == (70 + 3 * GAP, 20 + 2 * GAP, 5, 6)
    assert layout.columns(top=0, bottom=0)[:2] == (GAP, GAP)
    assert layout.between(room) == layout.width - 90 - 5 * GAP
    # One more column of that width leaves the data their share.
    wide = layout.rest([30], [20], data=0.25)
    assert layout.between(layout.columns([wide, 30], [20], top=0, bottom=0)) == pytest.approx(0.25 * layout.width)


def test_the_cells_of_a_grid_share_what_is_left_and_their_titles_stand_above(layout):
    room = layout.columns([100], top=10, bottom=0)
    grid = layout.grid(["短", "一个长得多的标题需要两行或者更多行来写完它"] * 4, room)
    assert grid.width == pytest.approx(layout.between(room) / 8)
    assert max(text_width(title, layout.points) for title in grid.titles) <= grid.width
    lines = max(title.count("\n") + 1 for title in grid.titles)
    assert lines > 1 and grid.room.top == pytest.approx(10 + lines * LINE * layout.points)
    assert layout.grid(["短"], room, least=2).room.top == pytest.approx(10 + 2 * LINE * layout.points)


def test_axes_of_the_user_say_how_wide_a_chart_without_columns_is():
    import matplotlib.pyplot as plt

    ax = plt.subplots(figsize=(4, 3))[1]
    assert Layout("overview", Subject(None, ax=ax)).inner_width() == pytest.approx(width_of(ax) - 2 * GAP)
    assert Layout("overview", Subject(None, size="column")).inner_width() == pytest.approx(8.5 / 2.54 * 72 - 2 * GAP)
    assert Layout("overview", Subject(None, width=12)).width == pytest.approx(12 / 2.54 * 72)
    assert Layout("overview", Subject(None, figsize=(5, 3))).width == 5 * 72


def test_what_does_not_fit_on_the_page_is_cut_at_the_least_telling_row():
    layout, room = Layout("budgets", Subject(None, figsize=(5, 3))), Room(0, 0, 0, 0)
    every = layout.keep([1.0] * 40, list(range(40)), room, pitch=1)
    assert 15 < len(every) < 29 and every == list(range(40 - len(every), 40))
    assert layout.more() == [f"另有{40 - len(every)}项见表"]
    assert len(layout.keep([1.0] * 40, list(range(40)), room, pitch=1, heads=5)) == len(every) - 5
    assert Layout("budgets", Subject(None, top=2)).keep([1.0] * 3, [1, 3, 2], room, pitch=1) == [1, 2]


def test_a_row_drawn_twice_has_two_names(layout):
    assert [layout.key("s1"), layout.key("s1"), layout.key("s2")] == ["s1", "s1.2", "s2"]
    assert layout.pair_key({"left_target": "a-1", "right_target": "b-2"}) == "a-1+b-2"
    assert [layout.pair_key({"left_target": ""}), layout.pair_key({})] == ["1", "2"]


def test_a_chart_grows_with_its_rows():
    from drawn import SMALL, draw

    few, many = (draw("budgets", SMALL["budgets"] * times) for times in (1, 3))
    heights = [ax.figure.get_figheight() * 72 for ax in (few, many)]
    assert heights[1] - heights[0] == pytest.approx(6 * 3.5 * 7.5)  # six rows of 3.5 em
    assert len(charts.read_back(many)) > len(charts.read_back(few))
