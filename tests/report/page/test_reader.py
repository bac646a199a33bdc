"""The reader of clauses side by side: every pair is there, its texts whole, words and numbers marked, tags nested."""

import html
import re

import pytest
from pages import Nested

from policycmp import compare
from policycmp.asking import spread
from policycmp.report.page import reader
from policycmp.shown import marks


@pytest.fixture(scope="module")
def page(shipped):
    return reader.reader(shipped)


def pairs(page):
    """The pairs: for each side the anchor of its clause (empty where it has none) and the HTML of its body."""
    found = []
    for pair in re.findall(r'<article class="pair[^>]*>(.*?)</article>', page, re.DOTALL):
        sides = re.search(r'<div class="left">(.*)<div class="right">(.*)', pair, re.DOTALL).groups()
        where = ["".join(re.findall(r'<h4><a href="#([^"]*)"', side)) for side in sides]
        bodies = [side.partition("</h4>")[2].partition('<p class="bodies">')[0] for side in sides]
        found.append(tuple(zip(where, bodies, strict=True)))
    return found


def plain(fragment):
    return html.unescape(re.sub(r"<[^>]*>", "", fragment))


def inside(fragment, tag):
    """What stands in the elements `tag`, line ends aside: one that runs over a line's end is in two of them."""
    return "".join(plain("".join(re.findall(rf"<{tag}\b.*?</{tag}>", fragment, re.DOTALL))).split("\n"))


def test_every_row_of_the_alignment_is_there_in_its_section(page, shipped):
    def where(row, side):
        doc = getattr(shipped, side).doc
        return f"{doc}-{row[f'{side}_section']}-{row[f'{side}_clause']}" if row[f"{side}_title"] else ""

    rows = [(where(row, "left"), where(row, "right")) for row in shipped.alignment.to_dict("records")]
    leads = [(f"longwan-{n}-0", f"lucheng-{n}-0") for n in range(1, 9)]
    assert sorted((one, two) for (one, _), (two, _) in pairs(page)) == sorted(rows + leads)
    sections = page.split("<section ")[1:]
    assert [re.findall(r"#longwan-(\d)-0", part) for part in sections] == [[str(n)] for n in range(1, 9)]
    for part in sections:
        assert len(set(re.findall(r"#longwan-(\d)-", part))) == 1
    assert page.count("无对应") == sum("" in row for row in rows) == 5


def test_each_text_is_whole_its_own_words_underlined_and_its_numbers_marked(page, shipped):
    assert Nested(page)
    rows = [row for section in spread.sections(shipped) for row in section.rows]
    for row, shown in zip(rows, pairs(page), strict=True):
        for (side, half), (_, body) in zip(row.sides.items(), shown, strict=True):
            if half is None:
                continue
            own = shipped[side]
            assert plain(body).strip() == half.text
            only = "".join(own.policy.text[start:end] for start, end in half.only if start >= half.start)
            assert inside(body, "u") == only.replace("\n", "")
            table = own.quantities[own.quantities["role"] != "reference"].drop_duplicates("number_start")
            rows = table[table["number_start"].between(half.start, half.end - 1)].to_dict("records")
            assert inside(body, "mark") == "".join(own.policy.text[slice(*marks.whole(own, row))] for row in rows)


def test_pairs_whose_targets_differ_are_told_apart(page, shipped):
    where = {row.target: f"{row.doc}-{row.section}-{row.clause}" for row in shipped.targets.itertuples()}
    rows = {(one, two) for (one, _), (two, _) in pairs(page)}

    def shown(table):
        return rows & {(where[row.left_target], where[row.right_target]) for row in table.itertuples()}

    table = shipped.target_pairs
    other = table[(table["ratio"] != 1) | (table["left_comparator"] != table["right_comparator"])]
    assert page.count('class="pair differ"') == len(shown(other)) > 10
    assert page.count("并列的目标") == len(shown(table)) > len(shown(other))
    assert any(one.endswith("-0") for one, _ in shown(table))


def test_english_words_around_chinese_texts(shipped):
    found = reader.reader(shipped.speaking("en"))
    own = re.sub(r'<(\w+) lang="zh-CN">.*?</\1>', "", found, flags=re.DOTALL)
    assert not re.search(
        r"[一-龥]", re.sub(r"<h3>.*?</h3>|<option.*?</option>|comparable targets: [^<]*|<mark[^>]*>", "", own)
    )


def test_a_number_leads_to_its_place_and_tells_whether_it_has_a_counterpart(page, shipped):
    for side in (shipped.left, shipped.right):
        paired = set(shipped.target_pairs[f"{'left' if side is shipped.left else 'right'}_target"])
        for row in side.targets.drop_duplicates("number_start", keep="last").itertuples():
            found = re.findall(rf'<a href="#{side.doc}-n{row.number_start}"><mark class="([^"]*)"', page)
            assert found and set(found) <= {"target paired", "target single"}
            if row.target in paired:
                assert set(found) == {"target paired"}


def test_each_pair_has_a_name_that_says_which_clauses_it_is(page, shipped):
    names = re.findall(r'<article class="pair[^>]* id="([^"]*)"', page)
    assert len(names) == len(set(names))
    row = shipped.alignment.iloc[0]
    places = (f"{side}-{row[f'{name}_section']}-{row[f'{name}_clause']}" for side, name in
              (("longwan", "left"), ("lucheng", "right")))  # fmt: skip
    assert f"pair-{'-'.join(places)}" in names


HOSTILE = (
    '某区政策\n一、甲<b>（区发改局牵头）\n（一）增<i>加。新增&lt;企业12家。\n\n补助"20万元。\n'
    "（二）各建。新建<script>书房1家。\n"
)


def test_texts_without_sections_and_with_signs(tmp_path):
    plainer = "某区措施\n（一）增加。新增企业10家。\n（二）另建。推广驿站。\n（三）补助。支持公园5个。\n"
    for name, text in (("a<b>.txt", HOSTILE), ("b.txt", plainer)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    it = compare(tmp_path / "a<b>.txt", tmp_path / "b.txt", corrections="none")
    for one in (it, compare(tmp_path / "b.txt", tmp_path / "a<b>.txt", corrections="none")):
        page = reader.reader(one)
        assert Nested(page) and "<script" not in page and "<i>" not in page and "<b>" not in page
        assert len(pairs(page)) == len(one.alignment) + 1
