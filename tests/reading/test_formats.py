"""Every format gives the text, whatever is wrong with a file gives one line, and no file can hang or fill us."""

import email.message
import itertools
import json
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp import document, export, reading
from policycmp.asking import check
from policycmp.errors import PolicyError, Refused
from policycmp.reading import formats
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import squeeze

LEXICON = Lexicon.load()
TITLE = making.lines(making.QILAN)[0]


def archive(raw):
    """A web archive as browsers write it: the page and a picture in one file."""
    message = email.message.EmailMessage()
    message["Subject"] = "policy"
    message.add_related(b"\x89PNG", "image", "png")
    page = email.message.EmailMessage()
    page.set_content(raw, "text", "html", cte="quoted-printable")
    message.get_payload().insert(0, page)
    return b"MIME-Version: 1.0\n" + bytes(message).replace(b"MIME-Version: 1.0\n", b"", 1)


@pytest.fixture(scope="module")
def made():
    """The same document in every format: (file name, bytes, format and encoding as told)."""
    page = making.page(making.QILAN)
    return {
        "utf8.html": (page, "html", "utf-8"),
        "gb.htm": (making.page(making.QILAN, "gb2312"), "html", "gb18030"),
        "utf16.html": (page.decode().encode("utf-16"), "html", "utf-16"),
        "old.shtml": (making.old_page(making.QILAN), "html", "gb18030"),
        "archive.mht": (archive(page), "html", "utf-8"),
        "word.docx": (making.word(making.QILAN), "docx", "docx"),
        "print.pdf": (making.pdf(making.QILAN), "pdf", "pdf"),
        "plain.pdf": (making.pdf(making.QILAN, contents=False, indent=0), "pdf", "pdf"),
        "print.ofd": (making.ofd(making.QILAN), "ofd", "ofd"),
    }


NAMES = ["utf8.html", "gb.htm", "utf16.html", "old.shtml", "archive.mht", "word.docx", "print.pdf", "plain.pdf",
         "print.ofd"]  # fmt: skip


def read(file):
    """What the tables say, without where and how it is printed."""
    found = document.load(file, corrections="none")
    places = ["doc", "start", "end", "number_start", "target"]
    names = ("sections", "clauses", "responsibilities", "targets", "budgets")
    own = {name: getattr(found, name).drop(columns=places, errors="ignore") for name in names}
    said = {name: table.map(lambda cell: squeeze(str(cell))).to_numpy().tolist() for name, table in own.items()}
    return said | {"title": found.policy.title, "number": found.policy.doc_number, "date": found.policy.issued_on}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    file = tmp_path_factory.mktemp("plain") / "qilan.txt"
    file.write_text(making.QILAN, encoding="utf-8")
    return read(file)


@pytest.mark.parametrize("name", NAMES)
def test_the_tables_are_those_of_the_plain_text(made, plain, tmp_path, name):
    raw, form, encoding = made[name]
    (tmp_path / name).write_bytes(raw)
    policy = reading.load(tmp_path / name)
    assert (policy.format, policy.encoding) == (form, encoding)
    assert read(tmp_path / name) == plain
    assert len(plain["clauses"]) == 7 and len(plain["targets"]) == 24


@pytest.mark.parametrize(
    ("doc", "form"),
    [
        *itertools.product(["chengjiang", "lingang", "luzhou", "nanping"], ["html", "docx"]),
        ("lingang", "pdf"),
        ("luzhou", "ofd"),
    ],
)
def test_texts_of_other_styles_keep_their_lines(doc, form):
    """章 and 条, half-width brackets, 1. in sections, bodies in square brackets."""
    text = making.TEXTS[doc]
    make = {"html": making.page, "docx": making.word, "pdf": making.pdf, "ofd": making.ofd}[form]
    found = formats.take(form, make(text), LEXICON).text
    lines = [squeeze(line) for line in found.splitlines()]
    assert [line for line in lines if line not in {"(此件公开发布)", lines[0]}] == [
        key for line in making.lines(text) if (key := squeeze(line)) not in {"(此件公开发布)", lines[0]}
    ]


def test_check_tells_format_encoding_and_what_was_left_out(made, tmp_path):
    told = {}
    for name in ("gb.htm", "word.docx", "print.pdf"):
        (tmp_path / name).write_bytes(made[name][0])
        told[name] = check.report(document.load(tmp_path / name, corrections="none"))
    assert "| html/gb18030 |" in told["gb.htm"] and "| docx |" in told["word.docx"] and "| pdf |" in told["print.pdf"]
    assert "读取：网页：正文之外" in told["gb.htm"] and "读取：隐藏元素、脚本、样式 3 处未读" in told["gb.htm"]
    for note in ("插入", "删除", "移动", "文本框 1 个", "自动编号 10 处", "目录 1 行"):
        assert note in told["word.docx"], note
    assert "读取：页眉、页脚、页码 6 行未读" in told["print.pdf"] and "读取：目录 4 行未读" in told["print.pdf"]


def test_the_text_that_offsets_point_into_is_kept_beside_the_tables(made, tmp_path):
    for name in ("word.docx", "text.txt"):
        (tmp_path / name).write_bytes(made[name][0] if name in made else making.QILAN.encode())
    both = [document.load(tmp_path / name, corrections="none") for name in ("word.docx", "text.txt")]
    paths = export.write_tables(both, tmp_path / "out")
    kept = (tmp_path / "out" / "word.txt").read_bytes().decode()
    assert [path.name for path in paths if path.suffix == ".txt"] == ["word.txt"]
    for row in both[0].targets.to_dict("records"):
        assert kept[row["start"] : row["end"]] == row["quote"]


def test_a_new_format_is_a_module_and_a_line(monkeypatch, tmp_path):
    """The module of this one: lines that begin with > are what is said."""

    def read(raw, lexicon):
        said = [line[1:].strip() for line in raw.decode().splitlines() if line.startswith(">")]
        left_out = raw.count(b"\n") - len(said)
        return "".join(f"{line}\n" for line in said), "toy", {"read_contents": left_out, "read_boxes": 0}

    toy = SimpleNamespace(recognises=lambda raw, named: named, read=read)
    monkeypatch.setitem(sys.modules, "policycmp.reading.toy_file", toy)
    monkeypatch.setattr(formats, "FORMATS", {"toy": formats.Format((".toy",), (b">",), "toy_file"), **formats.FORMATS})
    monkeypatch.setattr(formats, "HARMLESS", {"toy"})  # the process for others knows this package alone
    (tmp_path / "a.toy").write_text("> 一、甲\n你好\n> （一）乙。\n", encoding="utf-8")
    policy = reading.load(tmp_path / "a.toy")
    assert (policy.format, policy.encoding, policy.notes) == ("toy", "toy", (("read_contents", 1),))
    assert policy.text == "一、甲\n（一）乙。\n"
    assert ".toy" in reading.suffixes()


# What is no document ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "an old or an encrypted Word file .*; open it"),
        ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "an old or an encrypted Word file"),
        ("a.docx", b"PK\x03\x04", "the Word file is damaged .*; save it anew as .docx"),
        ("a.docx", making.package("", more={"word/document.xml": "<a"}.items()), "the Word file is damaged"),
        ("a.docx", making.package("<w:p/>"), "no text was found in this docx file"),
        ("a.rtf", b"{\\rtf1 a}", "a rich text file"),
        ("a.pdf", b"%PDF-1.7 nothing", "the PDF is damaged; save it anew, or as text"),
        ("a.html", b"<html><body><script>x</script></body></html>", "no text was found in this html file"),
        ("a.rar", b"Rar!\x1a\x07", "an archive; unpack it"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_one_line(name, raw, message, monkeypatch):
    monkeypatch.setenv("PATH", "")  # LibreOffice of this machine would convert some
    with pytest.raises(PolicyError, match=f"^{name}: .*{message}") as caught:
        formats.extract(raw, Path(name), LEXICON)
    assert "\n" not in str(caught.value)


def test_the_limits_are_named_and_can_be_raised(made, tmp_path):
    file = tmp_path / "lexicon.toml"
    for limit, name, message in [
        ("pages = 2", "print.pdf", "3 pages are too many; raise pages in .limits. of lexicon.toml"),
        ("unpacked = 2000", "word.docx", "unpacks to more than 2,000 bytes; raise unpacked in .limits."),
        ("memory = 20_000_000", "print.pdf", "fills the memory; at most 20,000,000 are allowed: raise memory"),
    ]:
        file.write_text(f"[limits]\n{limit}\n")
        with pytest.raises(PolicyError, match=message):
            formats.extract(made[name][0], Path(name), Lexicon.load(file))
    file.write_text("[limits]\npages = 3\n")
    assert formats.extract(made["print.pdf"][0], Path("a.pdf"), Lexicon.load(file)).notes[0] == ("read_pages", 3)


def test_a_file_that_takes_too_long_is_given_up(made, monkeypatch, tmp_path):
    slow = "import time; time.sleep(60)"
    monkeypatch.setattr(formats, "_CHILD", slow)
    file = tmp_path / "lexicon.toml"
    file.write_text("[limits]\nseconds = 1\n")
    with pytest.raises(PolicyError, match=r"takes too long; at most 1 are allowed: raise seconds in .limits."):
        formats.extract(made["gb.htm"][0], Path("a.htm"), Lexicon.load(file))


def test_a_reader_that_breaks_down_is_no_traceback(made, monkeypatch):
    monkeypatch.setattr(formats, "_CHILD", "import os; os.abort()")
    with pytest.raises(PolicyError, match=r"a[.]htm: this html file is damaged, or fills the memory"):
        formats.extract(made["gb.htm"][0], Path("a.htm"), LEXICON)


def test_reading_opens_no_address_and_writes_no_file(made, monkeypatch, tmp_path):
    def refuse(*_, **__):
        raise AssertionError("a reader asked for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.chdir(tmp_path)
    linked = b"<html><link href='http://example.invalid/a.css'><img src='http://example.invalid/a.png'><p>\xe6\x94\xbf"
    for form, raw in [("html", linked), *((one[1], one[0]) for one in made.values())]:
        formats.take(form, raw, LEXICON)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("module", ["bs4", "lxml", "pypdfium2"])
def test_plain_text_needs_none_of_the_libraries(module, tmp_path):
    (tmp_path / "a.txt").write_text(making.QILAN, encoding="utf-8")
    program = f"import sys; from policycmp import reading; reading.load('a.txt'); print({module!r} in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path)
    assert run.stdout.strip() == "False", run.stderr


# Any bytes ----------------------------------------------------------------------------------------------------------


def refused_or_read(form, raw):
    try:
        found = formats.take(form, raw, LEXICON)
    except Refused as error:
        assert error.said("zh") and json.loads(json.dumps([error.key, error.values]))
    else:
        found.text.encode()


@settings(max_examples=40)
@given(st.binary(max_size=300), st.sampled_from(["text", "html", "docx", "pdf"]))
def test_any_bytes_are_read_or_refused(raw, form):
    refused_or_read(form, raw)


@st.composite
def spoilt(draw, made):
    """A real file with some bytes changed, left out, doubled or cut off."""
    raw, form, _ = made[draw(st.sampled_from(["gb.htm", "word.docx", "plain.pdf"]))]
    raw = bytearray(raw)
    for _ in range(draw(st.integers(1, 6))):
        at, size = draw(st.integers(0, len(raw) - 1)), draw(st.integers(1, 40))
        raw[at : at + size] = draw(
            st.sampled_from([b"", raw[at : at + size] * 2, bytes(size), draw(st.binary(max_size=8))])
        )
    return form, bytes(raw) + b" "


@settings(max_examples=40)
@given(data=st.data())
def test_a_spoilt_file_is_read_or_refused(made, data):
    refused_or_read(*data.draw(spoilt(made)))


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=40))
def test_text_comes_back_from_a_page_and_a_word_file(line):
    line = f"一、{line}。"
    page = f"<html><body><p>{line}</p></body></html>".encode()
    assert formats.take("html", page, LEXICON).text == line + "\n"
    assert formats.take("docx", making.package(making.paragraph(making.run(line))), LEXICON).text == line + "\n"


OLD = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
OFFICE = """#!/bin/sh
# stands in for LibreOffice: it says how it was called, and what it makes of the file
echo "$@" > {told}
while [ $# -gt 1 ]; do [ "$1" = --outdir ] && folder="$2"; shift; done
{make}
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for LibreOffice")
@pytest.mark.parametrize("suffix", [".doc", ".wps", ".rtf"])
def test_an_old_word_file_is_converted_where_libreoffice_is_installed(tmp_path, monkeypatch, suffix):
    raw = b"{\\rtf1}" if suffix == ".rtf" else OLD
    (tmp_path / f"a{suffix}").write_bytes(raw)
    (tmp_path / "made.docx").write_bytes(making.word(making.QILAN))
    office, told = tmp_path / "soffice", tmp_path / "told"

    def pretend(make):
        office.write_text(OFFICE.format(told=told, make=make))
        office.chmod(0o755)

    monkeypatch.setenv("PATH", "")
    with pytest.raises(PolicyError, match=r"save it as \.docx.*where LibreOffice is installed it is converted"):
        reading.load(tmp_path / f"a{suffix}")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    pretend(f'cp {tmp_path}/made.docx "$folder/source.docx"')
    policy = reading.load(tmp_path / f"a{suffix}")
    assert policy.title in TITLE and policy.notes[0] == ("read_converted", 1)
    said = told.read_text().split()
    assert "--headless" in said and said[0].startswith("-env:UserInstallation=file://") and said[-1].endswith(suffix)
    folder = Path(said[said.index("--outdir") + 1])
    assert not folder.exists() and folder != tmp_path
    pretend("exit 1")  # it makes none: a password, say
    with pytest.raises(PolicyError, match=r"save it as \.docx"):
        reading.load(tmp_path / f"a{suffix}")
    pretend("sleep 60")
    limits = Lexicon.load(_limits(tmp_path, "seconds = 1"))
    with pytest.raises(PolicyError, match=r"takes too long; at most 1 "):
        formats.extract(raw, tmp_path / f"a{suffix}", limits)


def _limits(folder, line):
    file = folder / "lexicon.toml"
    file.write_text(f"[limits]\n{line}\n", encoding="utf-8")
    return file


def test_a_text_that_is_too_long_is_refused_in_one_line(tmp_path):
    """20 MB of text: no step of ours takes a minute over it, and none is begun."""
    (tmp_path / "a.txt").write_text("新增企业5家。\n" * 900_000, encoding="utf-8")
    with pytest.raises(PolicyError, match=r"a.txt: the text is too long \(7,200,000 characters\); at most 1,000,000"):
        reading.load(tmp_path / "a.txt")
