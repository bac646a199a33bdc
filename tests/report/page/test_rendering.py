"""The page of the shipped pair: complete, self-contained, readable without figures; every number leads somewhere."""

import base64
import html
import io
import re

import pytest
from fontTools.ttLib import TTFont
from pages import Page

from policycmp import compare
from policycmp.report import notebooks, page
from policycmp.report.page import answer, cells
from policycmp.report.page.figures import Figures
from policycmp.report.page.places import Places
from policycmp.shown import sentences, tables
from policycmp.shown.html import Cell, Prose, linked


@pytest.fixture(scope="module")
def text(paged):
    return paged.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(text):
    return Page(text)


@pytest.fixture(scope="module")
def ids(found):
    return [attrs["id"] for _, attrs in found.tags if "id" in attrs]


def test_the_page_needs_no_other_file_and_no_network(text, found):
    assert not found.open
    for tag, attrs in found.tags:
        source = attrs.get("src", "")
        assert not source or source.startswith("data:"), f"{tag} {source[:60]}"
        assert not re.match(r"(https?:)?//", attrs.get("href", ""))
    assert not found.all("link")
    assert not re.search(r"@import|url\((?!data:|#)", text)


def test_links_within_the_page_lead_somewhere(found, ids):
    assert len(ids) == len(set(ids))
    for attrs in found.all("a"):
        if attrs["href"].startswith("#"):
            assert attrs["href"][1:] in ids
    for _, attrs in found.tags:
        assert set(attrs.get("data-cite", "").split()) <= set(ids)


def test_every_clause_has_its_place_and_is_linked_from_the_tables(text, ids, shipped):
    clauses = {f"{side.doc}-{row.section}-{row.clause}" for side in (shipped.left, shipped.right)
               for row in side.clauses.itertuples()}  # fmt: skip
    assert clauses <= set(ids)
    assert clauses <= set(re.findall(r'<td[^>]*><a href="#([^"]*)"', text))


def test_every_target_and_budget_leads_to_its_row_and_back(text, ids, shipped):
    rows = {name: row for name, row in re.findall(r'<tr id="([^"]*)">(.*?)</tr>', text)}
    for side in (shipped.left, shipped.right):
        for table in (side.targets, side.quantities[side.quantities["role"] == "budget"]):
            for start in table["number_start"]:
                number = f"{side.doc}-n{start}"
                (row,) = set(re.findall(rf'<a href="#([^"]*)"><mark [^>]* id="{number}">', text))
                assert f'href="#{number}"' in rows[row]


def test_numbers_are_as_people_read_them_and_quotes_are_sentences(found, text, shipped):
    assert not re.search(r">[0-9.]+e[+-]?[0-9]+<", text)
    sources = [side.policy.text for side in (shipped.left, shipped.right)]
    quotes = re.findall(r"<td[^>]*>([^<]*)</td>", "".join(re.findall(r'<tr id="target[^"]*">.*?</tr>', text)))
    sentences = [html.unescape(quote) for quote in quotes if quote.endswith(("。", "；", ";"))]
    assert len(sentences) > 150
    assert all(len(one) > 8 and any(one in source for source in sources) for one in sentences)


def test_every_marked_number_of_a_text_leads_on(text):
    source = text[text.index('<h2 id="sources">') :]
    assert len(re.findall("<mark ", source)) == len(re.findall('<a href="#[^"]*"><mark ', source)) + 6


def test_a_clause_leads_to_its_pairs_and_these_to_their_row(text, ids, shipped):
    pairs = [name for name in ids if name.startswith("pair-")]
    assert len(pairs) == len(shipped.alignment) + len(shipped.left.sections)
    for name in pairs:
        assert f'class="to-pair" href="#{name}"' in text
        assert f"row-{name}" in ids or name.endswith("-0")


def test_the_first_screen_answers(text, shipped):
    first = text[text.index('<header class="answer">') : text.index("</header>")]
    one = tables.target_pairs(shipped).rows[0]
    assert one[1] in first and one[-1] in first
    assert len(re.findall('<li><a href="#', first)) == 7
    for side in ("left", "right"):
        value = shipped.budget_pairs.loc[shipped.budget_pairs["comparable"], f"{side}_amount_yuan"].max() / 1e8
        assert f">{value:g}亿元</a>" in first


def test_where_nothing_is_budgeted_the_targets_furthest_apart_answer(tmp_path):
    for name, length in (("甲", 9), ("乙", 18)):
        text = f"{name}区政府工作报告\n一、交通\n1.修路。新建公路{length}公里。\n2.绿化。新增绿地30公顷。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = compare(tmp_path / "甲.txt", tmp_path / "乙.txt")
    first = answer.like_for_like(found, Places.of(found))
    assert "公路" in first["what"] and [side["text"] for side in first["sides"]] == ["9公里", "18公里"]
    assert not any("预算" in line.text or "责任单位" in line.text for line in tables.headlines(found, set()))


def test_how_a_chart_is_read_stands_with_it(text):
    figures = re.findall(r'<figure id="chart-(\w+)".*?<div class="(how|chart)', text, re.DOTALL)
    assert len(figures) > 5 and {kind for _, kind in figures} == {"how"}


def test_the_page_says_what_was_found(text, shipped):
    words = html.unescape(re.sub(r"<[^>]*>", "", text))
    for line in repr(sentences.findings(shipped)).splitlines():
        assert line.partition(". ")[2] in words
    assert shipped.left.name in words and shipped.right.name in words
    assert shipped.left.policy.sha256 in words


def test_the_numbers_of_a_finding_lead_to_their_places(shipped, tmp_path):
    found = sentences.findings(shipped)
    _, _, one, left_clause, _, two, right_clause, *_ = tables.target_pairs(shipped).rows[0]
    book = notebooks.library().v4
    output = book.new_output("display_data", {"text/markdown": found._repr_markdown_(), **found._repr_mimebundle_()})
    notebook = book.new_notebook(cells=[book.new_code_cell("x", outputs=[output])])
    blocks, _ = cells.cells(notebook, Figures(tmp_path, None, Places.of(shipped), "zh"))
    links = [(cell.anchor, cell) for cell in (one, left_clause, two, right_clause)]
    assert re.findall('<a href="#(.*?)">(.*?)</a>', blocks[0]) == links


def test_a_link_of_a_sentence_to_what_the_page_has_not_is_words():
    places = Places(texts={"福建省-n5"})
    text = Prose(
        f"{linked(Cell('5家', anchor='福建省-n5'))}、{linked(Cell('6家', anchor='b-n6'))}、{linked(Cell('<7'))}"
    )
    assert cells.markdown(text, [], places) == '<p><a href="#福建省-n5">5家</a>、6家、&lt;7</p>\n'
    assert (repr(text), text.lines()) == ("5家、6家、<7", ["5家、6家、<7"])


def test_the_page_fits_its_readers(text):
    assert re.match(r'<!DOCTYPE html>\n<html lang="zh-CN">', text)
    assert 'name="viewport"' in text and "@media print" in text
    assert text.count("@font-face") == 2
    assert text.count('<div class="scroll" tabindex="0"><table>') == text.count("<table>") > 0


def test_the_font_of_the_page_covers_its_text(text):
    (data,) = re.findall(r"font-weight:400;src:url\(data:font/woff;base64,([^)]*)\)", text)
    known = TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap()
    words = html.unescape(re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]*>", "", text, flags=re.DOTALL))
    assert not {char for char in words if ord(char) not in known and char.isprintable() and char != "\u3000"}


def test_two_runs_give_the_same_page(text, shipped, paged):
    book = notebooks.read(notebooks.shipped()["report"])
    notebooks.speak(book, "zh")
    folder, other = paged.parent, ("en", "index.en.html")
    assert page.render(book, shipped, folder / "figures", narrow=folder / "narrow", other=other) == text


def test_words_of_a_document_are_words(tmp_path):
    """Signs of the templates, of HTML and of scripts in a text, a title and a name change nothing of the page."""
    hostile = (
        "某区{{ fonts }}/*fonts*/政策${title}\n一、甲</script><b>（区发改局牵头）\n（一）增{% x %}。新增<i>企业12家。\n"
    )
    for name, value in (("a</title>", 12), ("b", 15)):
        (tmp_path / f"{name.replace('/', '')}.txt").write_text(hostile.replace("12", str(value)), encoding="utf-8")
    it = compare(tmp_path / "a<title>.txt", tmp_path / "b.txt", corrections="none")
    book = notebooks.read(notebooks.shipped()["report"])
    text = page.render(book, it, tmp_path)
    assert text.count("@font-face") == 2 and len(text) < 4_000_000
    assert "{{ fonts }}" in text and "/*fonts*/" in text and "{% x %}" in text
    own = text[text.index('<h2 id="reader">') : text.index("<footer>")]
    assert "<i>" not in own and "<b>" not in own and "</script>" not in own


def test_the_page_of_a_notebook_without_figures(shipped, tmp_path):
    """A figure that has no file is shown as the notebook drew it."""
    book = notebooks.read(notebooks.shipped()["report"])
    text = page.render(book, shipped, tmp_path)
    assert all(attrs["src"].startswith("data:image/png;base64,") for attrs in Page(text).all("img"))


def test_a_document_beside_itself_has_each_place_once(tmp_path):
    book = notebooks.read(notebooks.shipped()["report"])
    ids = re.findall(r'<section id="([^"]*)"', page.render(book, compare("lucheng", "lucheng"), tmp_path))
    assert len(ids) == len(set(ids)) > 40
