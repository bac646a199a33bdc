import io
import re
import zipfile

import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import paragraph, row, run

from policycmp.errors import Refused
from policycmp.reading import word_file
from policycmp.text.lexicon import Lexicon

LEXICON = Lexicon.load()


def read(body, **parts):
    return word_file.read(making.package(body, **parts), LEXICON)[0].splitlines()


def lvl(depth, form, around, *, start=1, more=""):
    inner = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{around}"/>{more}'
    return f'<w:lvl w:ilvl="{depth}">{inner}<w:suff w:val="nothing"/></w:lvl>'


def numbering(*levels, nums='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def item(depth, text="甲", num=1):
    return paragraph(run(text), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


CN = lvl(0, "chineseCounting", "%1、"), lvl(1, "chineseCountingThousand", "（%2）"), lvl(2, "decimal", "%3.")

THROUGH = lvl(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')
FIRST = lvl(2, "decimal", "%3.", more='<w:lvlRestart w:val="1"/>')
LEGAL = lvl(1, "decimal", "%1.%2", more="<w:isLgl/>")


@pytest.mark.parametrize(
    ("levels", "depths", "numbers"),
    [
        (CN, [0, 1, 1, 2, 0, 1], ["一、", "（一）", "（二）", "1.", "二、", "（一）"]),
        (CN, [1, 0], ["（一）", "一、"]),
        ((CN[0], THROUGH), [0, 1, 0, 1], ["一、", "1.", "二、", "2."]),
        ((*CN[:2], FIRST), [0, 1, 2, 1, 2, 0, 2], ["一、", "（一）", "1.", "（二）", "2.", "二、", "1."]),
        ((lvl(0, "chineseCounting", "第%1章"), LEGAL), [0, 0, 1], ["第一章", "第二章", "2.1"]),
        ((lvl(0, "chineseCounting", "第%1条", start=19),), [0, 0, 0], ["第十九条", "第二十条", "第二十一条"]),
        ((lvl(0, "decimalEnclosedCircle", "%1"),), [0, 0], ["①", "②"]),
        ((lvl(0, "ideographTraditional", "%1、"),), [0, 0], ["甲、", "乙、"]),
        ((lvl(0, "decimalFullWidth", "%1．"),), [0], ["１．"]),
        ((lvl(0, "lowerLetter", "(%1)", start=26),), [0, 0], ["(z)", "(27)"]),
        ((lvl(0, "bullet", "\uf06c"), CN[1]), [0, 1], ["", "（一）"]),
        ((lvl(0, "none", ""),), [0], [""]),
        (CN[:1], [5], [""]),
    ],
)  # fmt: skip
def test_numbers_are_counted_as_word_counts_them(levels, depths, numbers):
    found = read("".join(map(item, depths)), numbering=numbering(*levels))
    assert found == [f"{number}甲" for number in numbers]


def test_a_second_list_goes_on_or_begins_anew():
    nums = "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="0"/></w:num>' for i in (1, 2))
    five = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    anew = f'<w:num w:numId="3"><w:abstractNumId w:val="0"/>{five}</w:num>'
    found = read("".join(item(0, num=i) for i in (1, 2, 3, 3, 1)), numbering=numbering(CN[0], nums=nums + anew))
    assert found == ["一、甲", "二、甲", "五、甲", "六、甲", "七、甲"]


def test_the_number_of_a_style_and_of_the_style_it_builds_on():
    styles = (
        '<w:style w:styleId="A"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style><w:style w:styleId="C"><w:basedOn w:val="C"/></w:style>'
    )
    body = "".join(paragraph(run("甲"), f'<w:pStyle w:val="{one}"/>') for one in "ABCX")
    without = paragraph(run("甲"), '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert read(body + without, numbering=numbering(*CN), styles=styles) == ["（一）甲", "（二）甲", "甲", "甲", "甲"]


MARK = "<w:rPr><w:del/></w:rPr>"
MOVED = [f"<w:{tag}>{run('甲')}</w:{tag}>" for tag in ("moveFrom", "moveTo")]
SIGNS = "<w:r><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:softHyphen/><w:noBreakHyphen/></w:r>"
BOX = f"<w:r><w:pict><w:txbxContent>{paragraph(run('框'))}</w:txbxContent></w:pict></w:r>"
CONTROL = f"<w:sdt><w:sdtContent>{run('乙')}</w:sdtContent></w:sdt>"
SHAPE = "<w:r><w:drawing><wp:posOffset xmlns:wp='p'>123</wp:posOffset></w:drawing></w:r>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (paragraph(run("甲") + f"<w:ins>{run('乙')}</w:ins><w:del>{run('丙', 'delText')}</w:del>"), ["甲乙"]),
        (paragraph(MOVED[0] + run("乙")) + paragraph(MOVED[1]), ["乙", "甲"]),
        (paragraph(run("甲"), MARK) + paragraph(run("乙")), ["甲乙"]),
        (item(0, "", 1).replace("<w:numPr>", MARK + "<w:numPr>") + item(0, "乙"), ["一、乙"]),
        (paragraph(run("甲"), MARK), ["甲"]),
        (f"<w:tbl>{row('甲', '乙', properties='<w:del/>')}{row('丙', '丁')}</w:tbl>", ["丙\t丁"]),
        (f"<w:tbl><w:tblGrid/>{row('序号', '指标')}{row('1', '企业')}</w:tbl>", ["序号\t指标", "1\t企业"]),
        (f"<w:tbl>{row('一、甲')}{row('二、乙')}</w:tbl>", ["一、甲", "二、乙"]),
        (f"<w:tbl><w:ins>{row('甲', '乙')}</w:ins></w:tbl>", ["甲\t乙"]),
        (paragraph(run("甲") + SIGNS), ["甲\t乙", "丙-"]),
        (paragraph(run("甲"), '<w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs>'), ["甲"]),
        (paragraph(run("甲") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>乙</w:t></w:r>"), ["甲"]),
        (paragraph(run("甲") + making.boxed("框") + run("乙")), ["甲乙", "框"]),
        (paragraph(run("甲") + BOX), ["甲", "框"]),
        (paragraph('<w:r><w:fldChar/></w:r>' + run(" DATE ", "instrText") + run("2025年")), ["2025年"]),
        (paragraph(f"<w:hyperlink>{run('甲')}</w:hyperlink>{CONTROL}"), ["甲乙"]),
        (f"<w:sdt><w:sdtContent>{paragraph(run('甲'))}</w:sdtContent></w:sdt>", ["甲"]),
        (paragraph(SHAPE + run("甲")), ["甲"]),
        (paragraph(f"<w:ruby><w:rt>{run('jiǎ')}</w:rt><w:rubyBase>{run('甲')}</w:rubyBase></w:ruby>"), ["甲"]),
        (paragraph(run("甲") + '<w:r><w:footnoteReference w:id="1"/></w:r>') + "<w:sectPr/>", ["甲"]),
    ],
)  # fmt: skip
def test_a_file_is_read_as_word_shows_it_with_all_changes_accepted(body, lines):
    assert read(body, numbering=numbering(*CN)) == lines


def test_the_table_of_contents_is_left_out_whatever_marks_it():
    styles = '<w:style w:styleId="11"><w:name w:val="TOC 1"/></w:style>'
    body = paragraph(run("总则\t1"), '<w:pStyle w:val="11"/>') + paragraph(
        run(" PAGEREF _Toc1 ", "instrText") + run("甲\t2")
    )
    text, _, notes = word_file.read(making.package(body + paragraph(run("乙")), styles=styles), LEXICON)
    assert text == "乙\n" and notes["read_contents"] == 2


def test_a_file_of_the_strict_standard_with_another_name_of_its_main_part():
    raw = making.package("", more={}.items())
    with zipfile.ZipFile(io.BytesIO(raw)) as old:
        rels = old.read("_rels/.rels").decode().replace("word/document.xml", "/word/document2.xml")
    space = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    strict = f"<w:document {space}><w:body>{paragraph(run('甲'))}</w:body></w:document>"
    assert read("", more={"_rels/.rels": rels, "word/document2.xml": strict}.items()) == ["甲"]


# Archives that would harm ---------------------------------------------------------------------------------------------

LAUGHS = "<!DOCTYPE a [<!ENTITY a 'ha'>{}]>".format(
    "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9))
)


def test_no_entity_is_expanded_where_the_parts_are_named():
    rels = "<!DOCTYPE a [<!ENTITY a '<Relationship Target=\"x\"/>'>]><a>&a;</a>"
    with pytest.raises(Refused, match="declares XML entities"):
        read(paragraph(run("甲")), more={"_rels/.rels": rels}.items())


@pytest.mark.parametrize(
    ("head", "inner"),
    [
        (LAUGHS, run("Q").replace("Q", "&j;")),
        (LAUGHS, '<w:r w:x="&j;"/>'),
        ("<!DOCTYPE a [<!ENTITY a 'ha'>]>", run("Q").replace("Q", "&a;")),
        ("<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>", run("Q").replace("Q", "&a;")),
        ("<!DOCTYPE a SYSTEM 'http://example.invalid/a.dtd'>", run("x")),
    ],
)
def test_no_entity_is_expanded(head, inner):
    with pytest.raises(Refused, match=r"declares XML entities|is damaged .*(amplification|Entity|entity)"):
        word_file.read(making.package(paragraph(inner), head=head), LEXICON)


def test_a_zip_bomb_is_refused_whatever_it_declares():
    raw = making.package(paragraph(run("a" * 120_000_000)))
    with pytest.raises(Refused, match="unpacks to more than 100,000,000 bytes"):
        word_file.read(raw, LEXICON)
    lying = bytearray(raw)
    for sign, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = raw.index(b"word/document.xml", raw.index(sign))
        start = raw.rindex(sign, 0, at)
        lying[start + offset : start + offset + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(Refused, match="is damaged"):
        word_file.read(bytes(lying), LEXICON)


def test_names_in_the_archive_lead_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    more = {"../evil.xml": "x", "/abs.xml": "x", "word/../../up.xml": "x"}
    assert read(paragraph(run("甲")), more=more.items()) == ["甲"]
    target = {
        "_rels/.rels": '<L><Relationship Target="../../../etc/hostname" Type="x/relationships/officeDocument"/></L>'
    }
    with pytest.raises(Refused, match="no Word file"):
        read("", more=target.items())
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=30)
@given(st.text(alphabet='<>/wprtbl:del ins甲"=', max_size=60))
def test_any_xml_is_read_or_refused(body):
    try:
        assert not re.search("[<]w:", "".join(read(body)))
    except Refused:
        pass
