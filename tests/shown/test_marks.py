"""Tags around the spans of a text: the text whole, tags nested, every number of a document with what it counts."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pages import Nested

from policycmp import load
from policycmp.shown import marks
from policycmp.shown.marks import Span, marked, paragraphs
from policycmp.shown.translations import translated

TEXT = "甲建&<企业>\n 150家、乙\n\n万元"
SPANS = st.lists(st.integers(0, len(TEXT)), max_size=8).map(sorted)


def spans(cuts, tag):
    return [Span(start, end, tag) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]


@example([2, 9], [4, 12], 0, len(TEXT))
@example([5, 8], [1, 3, 9, 12], 0, len(TEXT))
@given(SPANS, SPANS, st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_marks_nest_and_leave_the_text_whole(outer, inner, start, end):
    found = marked(TEXT, start, end, spans(outer, "u"), spans(inner, 'mark class="x"'))
    assert Nested(found).text == TEXT[start:end]
    for tag, cuts in (("u", outer), ("mark", inner)):
        within = "".join(re.findall(rf"<{tag}\b.*?</{tag}>", found, re.DOTALL))
        wanted = [TEXT[max(one.start, start) : min(one.end, end)] for one in spans(cuts, tag)]
        assert Nested(within).text == "".join(wanted)


def test_a_mark_that_crosses_an_edge_is_cut_there():
    assert (
        marked("一二三四", 0, 4, [Span(0, 2, "u")], [Span(1, 3, "mark")]) == "<u>一<mark>二</mark></u><mark>三</mark>四"
    )


def test_paragraphs_are_the_lines_that_are_not_blank():
    assert marked(TEXT, 0, len(TEXT), paragraphs(TEXT, 0, len(TEXT))) == (
        "<p>甲建&amp;&lt;企业&gt;</p>\n<p> 150家、乙</p>\n\n<p>万元</p>"
    )


def test_a_number_is_marked_with_its_role_what_it_counts_and_its_value(shipped):
    tables = shipped.left
    found = {}
    for span in marks.numbers(tables):
        rows = tables.quantities["number_start"].between(span.start, span.end - 1)
        found[int(tables.quantities[rows]["number_start"].iloc[0])] = span.tag
    for row in tables.targets.drop_duplicates("number_start", keep="last").to_dict("records"):
        assert found[row["number_start"]].startswith(f'mark class="target" title="目标 {row["indicator"]} ')
    assert 'mark class="target" title="目标 全区研发投入强度 ≈4.1 %"' in found.values()
    references = tables.quantities[tables.quantities["role"] == "reference"]["number_start"]
    others = tables.quantities[tables.quantities["role"] != "reference"]["number_start"]
    assert set(found) == set(others) and set(references) - set(others)
    assert len(marks.numbers(tables, every=True)) == len(tables.quantities)


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("培育企业80家以上，投资超1.5亿元，不少于3项，建公园5个。", ["80家以上", "超1.5亿元", "不少于3项", "5个"]),
        ("更新设备40台（套）以上，新增充电枪500把，培育20余家企业。", ["40台（套）以上", "500把", "20余家"]),
        ("研发投入强度达到4.1%左右，引进团队1-2个。", ["4.1%左右", "1-2个"]),
    ],
)
def test_a_quantity_is_marked_whole(tmp_path, text, quantities):
    path = tmp_path / "a.txt"
    path.write_text(f"某区政策\n一、甲\n（一）增加。{text}\n（二）乙。做好。\n", encoding="utf-8")
    own = load(path, corrections="none")
    rows = own.quantities[own.quantities["number_start"] > own.policy.text.index("增加")].to_dict("records")
    assert [own.policy.text[slice(*marks.whole(own, row))] for row in rows] == quantities


def test_paired_targets_and_those_of_one_side_have_classes(shipped):
    own = shipped.left
    first, second = own.targets["number_start"].iloc[:2]
    tags = {span.start: span.tag for span in marks.numbers(own, paired={first: "鹿城 5家"}, named=True)}
    (paired,) = [tag for tag in tags.values() if f'id="longwan-n{first}"' in tag]
    (single,) = [tag for tag in tags.values() if f'id="longwan-n{second}"' in tag]
    assert 'class="target paired"' in paired and "｜ 鹿城 5家" in paired
    assert 'class="target single"' in single


def test_some_of_the_numbers_in_another_language(shipped):
    own = translated(shipped.speaking("en")).left
    rows = own.quantities[own.quantities["role"] == "target"].head(3).to_dict("records")
    found = marks.numbers(own, rows, lang="en")
    assert [(span.start, span.end) for span in found] == [marks.whole(own, row) for row in rows]
    assert 'title="target New high-tech enterprises 150"' in " ".join(span.tag for span in found)
