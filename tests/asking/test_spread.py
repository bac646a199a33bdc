"""The clauses side by side: nothing lost, nothing compared twice, and every output marks the same characters."""

import math
import re
from html.parser import HTMLParser

import docx
import pytest
from pairs_made import BARE, FULL, crossed, pair

from policycmp.asking import redline, spread
from policycmp.errors import PolicyError
from policycmp.explorer import focus
from policycmp.explorer.session import Session
from policycmp.export import side_by_side
from policycmp.report.page import reader
from policycmp.schema import records
from policycmp.shown import marks
from policycmp.text.normalize import fold


@pytest.fixture(params=["shipped", "crossed", "nothing in common"])
def any_pair(request, shipped, tmp_path):
    match request.param:
        case "shipped":
            return shipped
        case "crossed":
            return crossed(tmp_path)
        case _:
            return pair(tmp_path, FULL.format(place="东山", n=3), BARE.format(place="文明养犬"))


def places(table):
    return list(zip(table["section"], table["clause"], strict=True))


def test_every_clause_and_every_heading_has_its_half(any_pair):
    rows = [row for section in spread.sections(any_pair) for row in section.rows]
    assert sorted(map(id, spread.rows(any_pair))) == sorted(id(row) for row in rows if row.relation != spread.LEAD_IN)
    for side, own in any_pair.sides.items():
        halves = [row.sides[side] for row in rows if row.sides[side]]
        wanted = [*places(own.clauses), *((number, 0) for number in own.sections["section"])]
        assert {half.place for half in halves} == set(wanted)
        assert [half.place for half in spread.halves(any_pair, side)] == sorted(wanted)
        for half in halves:
            assert own.policy.text[half.start : half.end] == half.text
            if half.place.clause:
                assert own.policy.text[half.title_start :].startswith(half.title)


def test_the_rows_are_those_of_the_alignment_in_the_sections_of_their_clauses(any_pair):
    for row, line in zip(spread.rows(any_pair), records(any_pair.alignment), strict=True):
        assert row.relation == line["relation"]
        assert [half.title if half else "" for half in row.sides.values()] == [line["left_title"], line["right_title"]]
    for pair_of, rows in spread.sections(any_pair):
        for row in rows:
            left, right = row.places
            assert left.section == pair_of.left if left else right.section == pair_of.right
            assert math.isnan(row.similarity) == (row.relation == spread.LEAD_IN) or not (left and right)


def test_every_number_stands_in_its_half_and_every_target_is_paired_or_alone(any_pair):
    rows = [row for section in spread.sections(any_pair) for row in section.rows]
    for side, own in any_pair.sides.items():
        halves = {row.sides[side].place: row.sides[side] for row in rows if row.sides[side]}
        numbers = [number for half in halves.values() for number in half.numbers]
        outside = [row for row in records(own.quantities) if (row["section"], row["clause"]) not in halves]
        assert len(numbers) + len(outside) == len(own.quantities)
        for place, half in halves.items():
            assert {(number["section"], number["clause"]) for number in half.numbers} <= {place}
        alone = {target["target"] for half in halves.values() for target in half.alone}
        paired = set(any_pair.target_pairs[f"{side}_target"])
        assert not alone & paired and alone | paired == set(own.targets["target"])
    found = [counterparts.row for row in rows if row.left for counterparts in row.pairs]
    assert {row["left_target"] for row in found} == set(any_pair.target_pairs["left_target"])


def test_a_target_may_have_its_counterpart_in_another_clause(shipped):
    away = [(row, found) for row in spread.rows(shipped) for found in row.pairs if found.right != row.places[1]]
    assert away and all(found.left == row.places[0] for row, found in away)


def test_clauses_that_do_not_answer_each_other_are_no_row(shipped):
    (row, *_) = spread.rows(shipped)
    assert spread.row(shipped, *row.places) is row
    with pytest.raises(PolicyError, match=r"clauses 1\.1 and 8\.41: they do not stand side by side; take a row"):
        spread.row(shipped, (1, 1), (8, 41))


def test_paragraphs_know_what_their_sections_are_allotted(tmp_path):
    found = [(section.pair, section.rows[0].budget) for section in spread.sections(crossed(tmp_path))]
    assert [tuple(pair_of) for pair_of, _ in found] == [(1, 3), (2, 2), (3, None), (None, 1)]
    assert [budget["left_amount_yuan"] for _, budget in found][:3] == [1e8, 2e8, 3e8]


def test_titles_are_compared_with_the_texts(tmp_path):
    text = "某区政策\n一、产业\n（一）{}。\n（二）引进人才。引进人才9名。\n（三）支持公园建设。新建公园3个。\n"
    texts = [text.format(own) for own in ("培育企业主体。新增企业15家", "培育新型主体。新增企业5家以上")]
    row = spread.row(pair(tmp_path, *texts), (1, 1), (1, 1))
    assert marks.plain(row.runs) == "培育[-企业-]{+新型+}主体。新增企业[-15家-]{+5家以上+}。"
    own = [[text[start:end] for start, end in half.only] for text, half in zip(texts, row.sides.values(), strict=True)]
    assert own == [["15家"], ["新型", "5家以上"]]  # 企业 stands on the right as well


def test_what_only_one_side_says_are_the_words_of_the_redline_that_the_other_lacks(any_pair):
    for row in spread.rows(any_pair):
        for side, half in row.sides.items():
            if half is None:
                continue
            text, other = any_pair[side].policy.text, row.right if side == "left" else row.left
            own = "".join(getattr(run, side) for run in row.runs if run.kind != "same")
            words = [text[start:end] for start, end in half.only]
            kept = "".join(words)
            assert len(kept) == 0 or set(kept) <= set(own)
            assert all(re.fullmatch(r"\w[\w.%]*", word) for word in words)
            assert not [word for word in words if len(word) > 1 and fold(word) in fold(other.wording)]
            assert bool(row.runs) == (row.left is not None and row.right is not None)


def test_the_table_sums_up_each_pair(shipped, tmp_path):
    table = spread.wording(shipped)
    assert len(table) == shipped.alignment["relation"].isin(["same", "partial"]).sum()
    assert table["shared"].between(0, 1).all()
    assert table[["left_clause", "right_clause"]].drop_duplicates().shape == (len(table), 2)
    first = table.iloc[0]
    runs = spread.row(shipped, tuple(first.iloc[:2]), tuple(first.iloc[2:4])).runs
    assert tuple(first.iloc[4:]) == redline.share(runs)
    none = spread.wording(pair(tmp_path, BARE.format(place="垃圾分类"), FULL.format(place="东山", n=3)))
    assert list(none) == list(table) and none.dtypes.equals(table.dtypes)


# --- what is shown ------------------------------------------------------------------------------------------------


class Marked(HTMLParser):
    """The characters of a fragment, and whether each is underlined; white space is left out."""

    def __init__(self, fragment):
        super().__init__()
        self.underlined, self.found = False, []
        self.feed(fragment)

    def handle_starttag(self, tag, attrs):
        self.underlined |= tag == "u"

    def handle_endtag(self, tag):
        self.underlined &= tag != "u"

    def handle_data(self, data):
        self.found += [(char, self.underlined) for char in data if not char.isspace()]


def on_the_page(page):
    """The marked characters of each pair of the page: its two sides, title and text."""
    found = []
    for article in re.findall(r'<article class="pair[^>]*>(.*?)</article>', page, re.DOTALL):
        sides = re.search(r'<div class="left">(.*)</div>\s*<div class="right">(.*)</div>', article, re.DOTALL).groups()
        if all("<h4>" in side for side in sides):
            found.append([side.partition("</a>")[2].partition('<p class="bodies">')[0] for side in sides])
    return [[Marked(side).found for side in sides] for sides in found]


def in_word(path):
    """The marked characters of each pair of the Word table, names and bodies left out."""
    found = []
    for row in docx.Document(str(path)).tables[0].rows[1:]:
        cells = row.cells[1:3]
        if row.cells[0]._tc is not row.cells[-1]._tc and "无对应" not in [cell.text for cell in cells]:
            runs = [[run for run in cell.paragraphs[0].runs if run.text][1:] for cell in cells]
            kept = [[run for run in side if not re.match("\n(责任|牵头)单位：", run.text)] for side in runs]
            found.append([[(char, run._r.style == "OnlyHere") for run in side for char in run.text] for side in kept])
    return [[[(char, only) for char, only in side if not char.isspace()] for side in sides] for sides in found]


def in_the_explorer(row):
    """The marked characters of the pair in focus."""
    session = Session("longwan", "lucheng", corrections="none")
    found = []
    for session.key in (one.places for one in row):
        shown = re.findall(r'<section class="(?:left|right)".*?</section>', focus.pair(session), re.DOTALL)
        parts = [re.sub(r'<p class="pc-about">.*?</p>', "", side) for side in shown]
        found.append([Marked(re.sub(r"<h2><b>.*?</b> \S+ ", "<h2>", side)).found for side in parts])
    return found


def without_seam(marked, half):
    """The characters of a wording without the one between title and text, which no text has."""
    seam = len("".join(half.title.split())) if half.place.clause and half.title and half.text else None
    return [one for number, one in enumerate(marked) if number != seam]


def test_page_word_and_explorer_mark_the_same_characters(shipped, tmp_path):
    rows = [row for section in spread.sections(shipped) for row in section.rows if row.left and row.right]
    page, word = on_the_page(reader.reader(shipped)), in_word(side_by_side.write(shipped, tmp_path / "a.docx"))
    assert len(page) == len(word) == len(rows) == 48
    for row, shown, written in zip(rows, page, word, strict=True):
        for half, one, two in zip(row.sides.values(), shown, written, strict=True):
            if not half.place.clause:  # the heading of the section is shown above its paragraph
                one = one[len("".join(half.title.split())) :]
            two = without_seam(two, half)
            assert [char for char, _ in one] == [char for char, _ in two]
            # Word marks the whole difference, signs and words that stand elsewhere too
            assert not [char for (char, only), (_, more) in zip(one, two, strict=True) if only and not more]
    assert sum(only for shown in page for side in shown for _, only in side) > 1000
    clauses = [row for row in rows if row.relation != spread.LEAD_IN]
    explored = in_the_explorer(clauses)
    assert explored == [shown for row, shown in zip(rows, page, strict=True) if row.relation != spread.LEAD_IN]


def test_each_pair_is_compared_once(shipped, tmp_path, monkeypatch):
    seen = []
    real = redline.redline
    monkeypatch.setattr(redline, "redline", lambda *texts, **more: seen.append(texts) or real(*texts, **more))
    spread.compared.cache_clear()
    for spoken in (shipped.speaking("en"), shipped.speaking("en")):
        spread.wording(spoken)
        reader.reader(spoken)
        side_by_side.write(spoken, tmp_path / "a.docx")
    assert len(seen) == len(set(seen)) == 48
