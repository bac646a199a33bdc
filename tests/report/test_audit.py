"""The audit page: the text as it stands, every numeral marked once, nothing of it run."""

import html
import re

import pytest

from policycmp import document, schema
from policycmp.report import audit
from policycmp.wording import label

HOSTILE = (
    "某区政策<script>alert(1)</script>\n一、甲（区发改局牵头）\n（一）增<b>加。新增企业12家、平台“3C”5个，奖励&amp;补助20万元。\n"
    "（二）各建。新建书房、驿站各1家。\n二、乙\n（三）丙。新增企业8%-。\n"
)


@pytest.fixture
def hostile(tmp_path):
    path = tmp_path / "hostile.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    return document.load(path, corrections="none")


def plain(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", page.replace("<br>\n", "\n")))


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_text_is_shown_whole_and_once(shipped, side):
    policy = shipped[side].policy
    assert plain(audit.text_html(shipped[side])) == policy.text[: policy.body_end]


def test_every_number_is_marked_once_with_its_role(hostile):
    marks = re.findall(r'<mark class="(\w+)[^"]*" title="([^"]*)">([^<]*)</mark>', audit.text_html(hostile))
    printed = [text for _, _, text in marks]
    assert printed == ["1", "12家", "3", "5个", "20万元", "1家", "8"]
    roles = {text: role for role, _, text in marks}
    assert (roles["12家"], roles["3"], roles["5个"], roles["1家"]) == ("target", "reference", "target", "target")
    assert "企业" in next(note for _, note, text in marks if text == "12家")


def test_what_no_rule_placed_stands_out(hostile):
    assert re.search(r'<mark class="reference flag"[^>]*>8', audit.text_html(hostile))


def test_source_text_is_data(hostile):
    page = audit.page(hostile)
    assert "<script>" not in page and "<b>" not in page
    assert plain(audit.text_html(hostile)) == HOSTILE


def test_no_words_of_a_document_take_the_place_of_the_page_s_own(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "某区{{ fonts }}政策/*fonts*/ ${style}\n一、甲\n（一）增加{% raw %}。新增企业12家。\n（二）乙。做好。\n",
        "utf-8",
    )
    found = audit.page(document.load(path, corrections="none"))
    assert "{{ fonts }}" in found and "/*fonts*/" in found and "{% raw %}" in found
    assert found.count("@font-face") == 2


def test_the_legend_counts(hostile):
    counts = hostile.quantities["role"].value_counts()
    for role in schema.ROLES:
        name = label(role, chapter="values")
        assert f'<mark class="{role}">{name} {counts.get(role, 0)}</mark>' in audit.page(hostile)


def test_the_page_is_written_whole(hostile, tmp_path):
    path = audit.write(hostile, tmp_path / "deep" / "audit.html")
    assert path.read_text(encoding="utf-8") == audit.page(hostile)
    assert [one.name for one in path.parent.iterdir()] == ["audit.html"]


def test_the_listing_names_every_number(hostile):
    lines = audit.listing(hostile).splitlines()
    assert sum(line.startswith("  ") for line in lines) == len(hostile.quantities)
    assert "目标 target（4）" in "\n".join(lines)
