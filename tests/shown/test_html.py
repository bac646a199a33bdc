"""What is told of a text, whether it is Chinese; and what a notebook folds away."""

import pytest

from policycmp.shown.html import Markup, Table, is_chinese


@pytest.mark.parametrize(
    ("text", "expected"),
    [("修路9公里", True), ("cl. 12", False), ("", False), ("9", False), ("Roads, 修路", False), ("AI赋能平台", True)],
)
def test_a_text_most_of_whose_letters_are_chinese_is_chinese(text, expected):
    assert is_chinese(text) == expected


def test_a_table_is_folded_under_the_count_of_its_rows_and_stays_what_it_is():
    table = Table(["a"], [[1], [2]], ["first", "second"])
    folded = table.folded("en")
    shown = folded._repr_html_()
    assert shown.startswith("<details><summary>Unfold (2 rows)</summary>") and table._repr_html_() in shown
    assert (repr(folded), folded.record()) == (repr(table), table.record())


def test_the_words_above_what_is_folded_are_escaped():
    assert Table(["a"], []).folded(summary="<b>")._repr_html_().startswith("<details><summary>&lt;b&gt;</summary>")
    assert Markup("<i>x</i>").folded("&") == "<details><summary>&amp;</summary>\n<i>x</i>\n</details>"
