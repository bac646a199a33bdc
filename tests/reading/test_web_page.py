import making
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.errors import Refused
from policycmp.reading import web_page
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import squeeze

LEXICON = Lexicon.load()
CLAUSES = making.lines(making.QILAN)[8:12]


def read(body, head="", **options):
    return web_page.read(f"<html><head>{head}</head><body>{body}</body></html>".encode(**options), LEXICON)[0]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>一、甲<b>乙</b><span>丙</span></p><div>二、丁</div>", ["一、甲乙丙", "二、丁"]),
        ("一、甲<br>二、乙<BR/>三、丙", ["一、甲", "二、乙", "三、丙"]),
        ("<p>&nbsp;&nbsp;　一、甲&nbsp;乙</p>", ["一、甲 乙"]),
        ("<p>新增高\n   新技术</p><p>研发\r\n12 项\n  以上</p>", ["新增高新技术", "研发12 项以上"]),
        ("<p>two\n words</p>", ["two words"]),
        ("<p>甲<!-- 乙 --><script>丙</script><style>丁</style></p>", ["甲"]),
        ("<p>甲<span style='DISPLAY : none'>乙</span><i hidden>丙</i><i aria-hidden=true>丁</i></p>", ["甲"]),
        ("<p>甲<o:p>&nbsp;</o:p>乙</p>", ["甲 乙"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<p>&lt;区科技局&gt;&amp;</p>", ["<区科技局>&"]),
        (
            "<ol><li>甲</li><li>乙</li></ol><ul><li>丙</li></ul><ol><li>1、丁</li></ol>",
            ["1. 甲", "2. 乙", "丙", "1、丁"],
        ),
        ("<table><tr><th>序号<th>指标<tr><td>1<td><p>企<b>业</b></p><p>家</p></table>", ["序号\t指标", "1\t企业 家"]),
        ("<table><tr><td>一、甲</td><td><table><tr><td>二、乙</table></td></tr></table>", ["一、甲", "二、乙"]),
        (f"<table><tr><td>甲</td><td>{'长' * 300}<br>乙</td></tr></table>", ["甲", "长" * 300, "乙"]),
        ("<p>见<a href='/x'>《办法》</a>执行</p><p><a href='/y'>另一页</a></p>", ["见《办法》执行"]),
        ("<p><a name='_Toc1'>一、甲</a></p>", ["一、甲"]),
        ("<p>字体：大 中 小</p><p>一、来源：甲</p><p>打印</p>", ["一、来源：甲"]),
    ],
)
def test_lines_are_those_that_a_browser_shows(body, lines):
    assert read(body).splitlines() == lines


def test_the_document_is_where_its_sentences_stand():
    site = "<div><p>{}</p></div>".format("</p><p>".join(f"<a href='{i}'>栏目{i}</a>" for i in range(40)))
    site += "<p>主管单位的介绍，一句话。</p><p>另一栏</p><p><a href='/all'>全部栏目</a></p>"
    text = "".join(f"<p>{line}</p>" for line in CLAUSES)
    assert read(f"{site}<div class='x'><div>{text}</div></div>{site}").splitlines() == CLAUSES


def test_a_notices_head_above_its_sentences_belongs_to_it_unless_a_menu_parts_them():
    head = "<div><p>栖政发〔2025〕6号</p><p>各镇人民政府：</p></div>"
    text = "<div>{}</div>".format("".join(f"<p>{line}</p>" for line in CLAUSES))
    assert read(head + text).splitlines() == ["栖政发〔2025〕6号", "各镇人民政府：", *CLAUSES]
    assert read(f"{head}<a href='/'>首页</a>{text}").splitlines() == CLAUSES


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>栖澜区若干政策_政策文件_栖澜区政府</title>", "栖澜区若干政策"),
        ("<title>首页 - 网</title><meta name=articletitle content='栖澜区若干措施'>", "栖澜区若干措施"),
    ],
)
def test_the_pages_title_is_taken_where_the_text_lacks_it(head, title):
    text = "".join(f"<p>{line}</p>" for line in CLAUSES)
    assert read(text, head).splitlines() == [title, *CLAUSES]
    assert read(f"<h2>{title}</h2>{text}", head).splitlines() == [title, *CLAUSES]


@pytest.mark.parametrize(
    ("lead", "kept"),
    [
        (f"导读：{CLAUSES[3][:40]}……", False),
        (CLAUSES[3], False),
        (f"【摘要】{CLAUSES[2][:30]}", False),
        ("区政府今日发布若干政策，支持企业发展，自印发之日起施行。", True),
        (CLAUSES[3][:12], True),
    ],
)
def test_a_news_lead_that_repeats_a_clause_is_left_out(lead, kept):
    text = "".join(f"<p>{line}</p>" for line in making.lines(making.QILAN))
    found = read(f"<p>{lead}</p>{text}").splitlines()
    assert found == ([lead] if kept else []) + making.lines(making.QILAN)


def test_a_page_that_holds_its_text_twice_is_left_to_the_finder_of_copies():
    text = "".join(f"<p>{line}</p>" for line in making.lines(making.QILAN))
    assert read(text + text).splitlines() == making.lines(making.QILAN) * 2


def test_a_copy_among_copies_that_differ_loses_nothing():
    """Forty clauses alike but for their numbers, twice: as many as the first lines repeat, they are no news lead."""
    lines = [f"{number}.支持第{number}号试点项目在全区范围内统筹推进并于年内形成经验。" for number in range(1, 41)]
    text = "".join(f"<p>{line}</p>" for line in [*lines, *lines])
    assert read(text).splitlines()[:40] == lines


@pytest.mark.parametrize("stated", ["gb2312", "GBK", "utf-8", "unknown-8"])
def test_the_encoding_is_told_by_the_bytes_not_by_the_page(stated):
    page = making.page(making.QILAN, "gb2312").replace(b"charset=gb2312", b"charset=" + stated.encode())
    text, encoding, _ = web_page.read(page, LEXICON)
    assert encoding == "gb18030" and CLAUSES[0] in text


def test_a_few_spoilt_bytes_do_not_spoil_a_page():
    page = making.page(making.QILAN, "gb2312")
    at = page.index("规上工业".encode("gbk"))
    text, encoding, _ = web_page.read(page[:at] + b"\xff" + page[at:], LEXICON)
    assert encoding == "gb18030" and making.lines(making.QILAN)[-1] in text
    with pytest.raises(Refused, match="no text in UTF-8"):
        web_page.read(page.replace("的".encode("gbk"), b"\xff") + b"\xff" * 200, LEXICON)


@pytest.mark.parametrize("inner", ["<div>", "<b>", "<table><tr><td>", "<a href=x>", "<ol><li>", "<pre>"])
def test_elements_in_elements_are_no_trouble(inner):
    assert read(inner * 400 + "一、深处的条。") in {"一、深处的条。\n", "1. 一、深处的条。\n", ""}


@given(
    st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=5), st.sampled_from(["div", "section", "center", "font"])
)
def test_what_stands_around_does_not_matter(lines, tag):
    text = "".join(f"<p>{line}</p>" for line in lines)
    plain = read(text)
    assert squeeze(read(f"<{tag}>{text}</{tag}>")) == squeeze(plain)
