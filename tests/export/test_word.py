"""Word files: A4 with a repeated header, Chinese faces by name, any text, the same bytes."""

import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

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
    assert [round(cell.width.mm) for cell in table.rows[2].cells] == [20, 100]
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
