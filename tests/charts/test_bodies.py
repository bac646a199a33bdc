"""Who leads and who takes part: each cell says of either side who, how many clauses, and where it is written."""

import pytest
from drawn import SMALL, artist, draw, texts

from policycmp import charts
from policycmp.charts.drawing import style
from policycmp.schema import SIDES
from policycmp.text.normalize import fold


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
    marks = [child for child in ax.lines if ":cell:" in (child.get_gid() or "")]
    lead, beside = marks[:2]
    assert (lead.get_marker(), beside.get_marker()) == ("o", "^")
    assert lead.get_markerfacecolor() == style.LOOKS["left"].ink
    assert beside.get_markerfacecolor() == "white"
    assert lead.get_markersize() > beside.get_markersize()
    assert artist(ax, "left:科技-1").get_fontweight() == "bold"
    assert "● 龙湾" in texts(ax)


def test_functions_have_english_names_and_unknown_ones_keep_theirs():
    back = charts.read_back(
        draw("responsibilities", [*SMALL["responsibilities"], ("移民", 1, True, 1, False, 0)], lang="en")
    )
    assert list(dict.fromkeys(back["item"])) == ["Science & technology", "Transport", "Other", "移民"]
    assert "No counterpart" in set(back["section"])


def test_a_missing_count_is_no_mark_unless_the_function_leads():
    rows = [("科技", 1, False, None, True, None), ("交通", 1, False, 1, False, None)]
    back = charts.read_back(draw("responsibilities", rows))
    assert back["left_text"].tolist() == ["", "1"]
    assert back["right_text"].tolist() == ["0", ""]
    assert back["right_lead"].tolist() == [True, ""]


def test_a_cell_counts_the_clauses_that_it_cites(either):
    bodies = {side: set(either[side].responsibilities["body"]) for side in SIDES}
    for mark in charts.sidecar(charts.responsibilities(either))["marks"]:
        for side in SIDES:
            found = mark["passages"].get(side, [])
            clauses = {(one["section"], one["clause"]) for one in found if one["clause"]}
            assert len(clauses) == int(mark["shown"][f"{side}_text"] or 0)
            assert {"".join(fold(one["quote"]).split()) for one in found} <= bodies[side]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("科科交", "牵头或参与不同的有3处，最多的是科技（2处）"),
        ("科科交交", "牵头或参与不同的有4处，最多的是科技、交通（各2处）"),
        ("科交", "牵头或参与不同的有2处"),
    ],
)
def test_the_title_names_every_function_that_differs_in_most_cells(cells, expected):
    names = {"科": "科技", "交": "交通"}
    rows = [(names[cell], number, True, 1, False, 0) for number, cell in enumerate(cells, 1)]
    assert draw("responsibilities", rows).get_title(loc="left") == expected
