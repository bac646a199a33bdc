"""What a chart is about: it speaks the comparison's language, names both documents, and knows its tables."""

import re

import drawn
import pytest

from policycmp import charts
from policycmp.charts.drawing.subject import Subject, subject_of
from policycmp.schema import SIDES


def test_a_chart_speaks_the_language_of_its_comparison_unless_told_another(shipped):
    english = shipped.speaking("en")
    titles = {"zh": "两地都列明", "en": "In the 2 sections"}
    for comparison, options, lang in ((shipped, {}, "zh"), (english, {}, "en"), (shipped, {"lang": "en"}, "en"),
                                      (english, {"lang": "zh"}, "zh"), (english, {"lang": None}, "en")):  # fmt: skip
        ax = charts.budgets(comparison, **options)
        assert ax.get_title(loc="left").startswith(titles[lang])
        assert charts.sidecar(ax)["filters"]["lang"] == lang
    assert drawn.draw("budgets").get_title(loc="left").startswith(titles["zh"])
    assert drawn.draw("budgets", title="自拟").get_title(loc="left") == "自拟"
    assert charts.sidecar(drawn.draw("budgets", title=""))["title"] == ""


def test_headings_and_indicators_are_translated_and_quotes_are_not(shipped):
    ax = charts.targets(shipped, lang="en", order="text")
    assert any("Strengthening science" in text for text in drawn.texts(ax))
    assert not any(re.search(r"[\u4e00-\u9fff]", text) for text in charts.read_back(ax)["left_text"])
    (passage,) = charts.sidecar(ax)["marks"][0]["passages"]["left"]
    assert re.search(r"[\u4e00-\u9fff]", passage["quote"])


def test_a_name_of_the_user_wins(shipped):
    assert charts.read_back(charts.budgets(shipped, left="甲区"))["left_text"].iloc[0].startswith("甲区 ")
    assert charts.read_back(charts.budgets(shipped.budget_pairs))["left_text"].iloc[0].startswith("左 ")
    english = charts.read_back(charts.budgets(shipped.budget_pairs, lang="en"))
    assert english["right_text"].iloc[0].startswith("right ")


def test_a_comparison_says_what_a_bare_table_has_to_be_told(shipped):
    whole, bare = Subject(shipped), Subject(shipped.targets, left_doc="a", headings={1: "甲"})
    assert whole.docs == {side: shipped[side].doc for side in SIDES}
    assert whole.headings == dict(zip(shipped.left.sections["section"], shipped.left.sections["heading"], strict=True))
    assert (bare.docs, bare.headings) == ({"left": "a", "right": None}, {1: "甲"})
    assert Subject(shipped, headings={1: "甲"}).headings == whole.headings | {1: "甲"}


def test_what_is_drawn_stays_with_its_axes(shipped):
    import matplotlib.pyplot as plt

    ax = charts.budgets(shipped)
    assert subject_of(ax).docs == {side: shipped[side].doc for side in SIDES}
    assert subject_of(plt.subplots()[1]) is None


def test_a_table_that_follows_from_a_comparison_is_counted(shipped):
    about = Subject(shipped)
    assert len(about.table("target_pairs")) == about.filters["rows_drawn"] == about.filters["rows_available"]
    about.count(1, 2)
    assert (about.filters["rows_drawn"], about.filters["rows_available"]) == (1, 2)


@pytest.mark.parametrize("side", SIDES)
def test_what_a_row_of_a_bare_table_says_is_cited_and_no_more(side):
    about = Subject(None, left_doc="a", right_doc="b")
    pair = {"section": 3, f"{side}_target": "x-1", f"{side}_clause": 5}
    (passage,) = about.of_target(pair, side)
    known = {key: value for key, value in passage.items() if value is not None}
    here = {"section": 3} if side == "left" else {}  # a table of pairs has the section of the left document only
    assert known == {"doc": about.docs[side], "target": "x-1", "clause": 5} | here
