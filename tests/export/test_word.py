"""Word files: A4 with a repeated header, Chinese faces by name, any text, the same bytes."""

import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp.errors import PolicyError
from policycmp.export import word
from policycmp.export.word import Part

HEAD = ("条", "正文")


def written(path, rows, **options):
    doc = word.document("标题", **options)
    word.add_table(doc, HEAD, rows, (20, 100))
    return docx.Document(word.save(doc, path))


def flags(row, name):
    return row._tr.xpath(f"w:trPr/w:{name}")


@pytest.mark.parametrize(("landscape", "width", "height"), [(True, 297, 210), (False, 210, 297)])
def test_a_page_is_a4(tmp_path, landscape, width, height):
    page = written(tmp_path / "a.docx", [], landscape=landscape).sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (width, height)
    assert (page.orientation == docx.enum.section.WD_ORIENT.LANDSCAPE) == landscape


def test_the_header_row_is_repeated_and_rows_keep_together(tmp_path):
    long = "长" * (word._LONGEST + 1)
    table = written(tmp_path / "a.docx", ["一、科技", ("1", "甲"), ("2", long)]).tables[0]
    assert [bool(flags(row, "tblHeader")) for row in table.rows] == [True, False, False, False]
    assert [bool(flags(row, "cantSplit")) for row in table.rows] == [True, True, True, False]
    assert [cell.text for cell in table.rows[0].cells] == [*HEAD]
    assert table.rows[1].cells[0]._tc is table.rows[1].cells[1]._tc  # one cell across
    assert table.rows[1].cells[0].paragraphs[0].style.paragraph_format.keep_with_next
    assert [round(cell.width.mm) for cell in table.rows[2].cells] == [45, 223]  # 1 : 5 of what is between the margins
    assert not table.autofit


def test_faces_have_the_names_of_a_chinese_office_and_what_stands_in(tmp_path):
    doc = written(tmp_path / "a.docx", [("1", "甲")])
    asked = set()
    for name in ("Normal", "Title", "Heading 1", "Table Heading"):
        fonts = doc.styles[name].element.rPr.rFonts
        assert not [key for key in fonts.attrib if key.endswith("Theme")], "a theme would win"
        asked.add(fonts.get(qn("w:eastAsia")))
    assert asked == {"仿宋_GB2312", "宋体", "黑体"}
    fonts = docx.oxml.parse_xml(zipfile.ZipFile(tmp_path / "a.docx").read("word/fontTable.xml"))
    known = {font.get(qn("w:name")): font.find(qn("w:altName")) for font in fonts}
    assert "FangSong" in known["仿宋_GB2312"].get(qn("w:val")).split(",")
    assert asked <= set(known)


def test_the_foot_names_the_sources_and_counts_the_pages(tmp_path):
    foot = written(tmp_path / "a.docx", [], footer="甲.txt", lang="en").sections[0].footer.paragraphs[0]
    assert foot.text.startswith("甲.txt\npage ")
    assert [one.get(qn("w:instr")) for one in foot._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


@settings(max_examples=25)  # each writes a file
@given(st.text())
def test_a_cell_holds_any_text(tmp_path_factory, text):
    cell = written(tmp_path_factory.getbasetemp() / "any.docx", [("1", [Part(text)])]).tables[0].rows[1].cells[1]
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    lost = [char for char in kept if (char < " " and char not in "\t\n") or char in "\ufffe\uffff"]
    assert cell.text == "".join(char for char in kept if char not in lost)


@pytest.mark.parametrize("text", ["a\x00b\x0b\x1fc", "a\ud800bc", "a\ufffebc"])
def test_what_xml_cannot_hold_is_left_out_everywhere(tmp_path, text):
    doc = word.document(text, footer=text)
    word.add_table(doc, (text,), [text, (text,)], (50,))
    found = docx.Document(word.save(doc, tmp_path / "a.docx"))
    assert found.core_properties.title == found.paragraphs[0].text == "abc"
    assert [row.cells[0].text for row in found.tables[0].rows] == ["abc"] * 3


def test_the_same_content_gives_the_same_bytes_without_a_clock(tmp_path):
    for name in ("a", "b"):
        written(tmp_path / f"{name}.docx", [("1", [Part("甲", only=True), Part("3", strong=True)])])
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    entries = zipfile.ZipFile(tmp_path / "a.docx").infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    core = docx.Document(tmp_path / "a.docx").core_properties
    assert core.created == core.modified and core.author == "policycmp"
    assert not [entry for entry in entries if "thumbnail" in entry.filename]


def test_parts_are_marked_by_a_style_and_by_weight(tmp_path):
    parts = [Part("甲"), Part("乙", only=True), Part("丙", strong=True), Part("丁", only=True, strong=True)]
    doc = written(tmp_path / "a.docx", [("1", parts)])
    runs = doc.tables[0].rows[1].cells[1].paragraphs[0].runs
    assert [(run.text, run.style.name == "Only Here", bool(run.bold)) for run in runs] == [
        tuple(part) for part in parts
    ]
    look = doc.styles["Only Here"].element.rPr  # both can be read in a grey print
    assert look.find(qn("w:u")) is not None and look.find(qn("w:shd")) is not None


def test_a_failure_keeps_the_old_file(tmp_path, monkeypatch):
    (tmp_path / "a.docx").write_bytes(b"old")
    doc = word.document("标题")
    monkeypatch.setattr(word, "ZipInfo", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        word.save(doc, tmp_path / "a.docx")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.docx", b"old")]


def made_template(path, *, chinese_ids=False):
    """A house style: portrait A5, a head, own faces; as a Chinese Word writes it, with ids of its own."""
    doc = docx.Document()
    page = doc.sections[0]
    page.page_width, page.page_height, page.left_margin, page.right_margin = Mm(148), Mm(210), Mm(20), Mm(20)
    page.header.paragraphs[0].text, page.footer.paragraphs[0].text = "某某研究院", "内部资料"
    doc.styles["Title"].font.name = "House"
    doc.add_paragraph("写在模板里的话")
    if chinese_ids:
        known = doc.styles.element
        for style in list(known.style_lst):
            if style.name_val == "Normal":
                style.set(qn("w:styleId"), "a")
            elif style.name_val in ("Title", "Table Grid"):
                known.remove(style)
    doc.save(path)
    return path


@pytest.mark.parametrize("chinese_ids", [False, True])
def test_a_template_gives_page_head_foot_and_styles_and_not_its_text(tmp_path, chinese_ids):
    template = made_template(tmp_path / "house.docx", chinese_ids=chinese_ids)
    doc = written(tmp_path / "a.docx", ["一、科技", ("1", [Part("甲", only=True)])], footer="源.txt", template=template)
    page = doc.sections[0]
    assert (round(page.page_width.mm), page.header.paragraphs[0].text) == (148, "某某研究院")
    assert [one.text.split("\n")[0] for one in page.footer.paragraphs] == ["内部资料", "源.txt"]
    assert [one.text for one in doc.paragraphs] == ["标题"]
    assert doc.paragraphs[0].style.name == "Title"
    assert (doc.styles["Title"].font.name == "House") is not chinese_ids
    assert [round(cell.width.mm) for cell in doc.tables[0].rows[2].cells] == [18, 90]
    cell = doc.tables[0].rows[2].cells[1].paragraphs[0]
    assert (cell.style.name, cell.runs[0].style.name) == ("Table Text", "Only Here")
    assert cell.style.base_style.name == "Normal"
    again = word.document("标题", footer="源.txt", template=template)
    word.add_table(again, HEAD, ["一、科技", ("1", [Part("甲", only=True)])], (20, 100))
    assert word.save(again, tmp_path / "b.docx").read_bytes() == (tmp_path / "a.docx").read_bytes()


def test_what_word_has_written_is_a_template_of_the_next(tmp_path):
    written(tmp_path / "a.docx", [("1", "甲")])
    doc = written(tmp_path / "b.docx", [("2", "乙")], template=tmp_path / "a.docx")
    assert [row.cells[0].text for row in doc.tables[0].rows] == ["条", "2"]
    names = [one.name_val for one in doc.styles.element.style_lst]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("content", [None, b"", b"no word", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_word_file_is_no_template(tmp_path, content):
    path = tmp_path / "house.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PolicyError, match=r"house\.docx: this file cannot be a template"):
        word.document("标题", template=path)
