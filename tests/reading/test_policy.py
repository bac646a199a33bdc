import hashlib
import os
import re
import sys

import pytest
from making import BODY, HEAD

from policycmp import cli, reading
from policycmp.comparison import Comparison
from policycmp.errors import PolicyError


def write(folder, data, name="东海.txt"):
    file = folder / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def test_a_document_says_what_the_text_states(tmp_path):
    file = write(tmp_path, HEAD + BODY)
    policy = reading.load(file)
    assert (policy.doc, policy.district) == ("东海", "东海区")
    assert policy.title == "东海区稳增长若干政策（2025年版）"
    assert policy.issuer == "东海区人民政府"
    assert re.fullmatch(r"东政发[\[〔]2024[\]〕]12号", policy.doc_number)
    assert (policy.status, policy.issued_on, policy.year) == ("issued", "2025-03-04", 2025)
    assert policy.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert policy.text == HEAD + BODY


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16")],
)
def test_every_chinese_encoding_gives_the_same_text(tmp_path, encoding, name):
    policy = reading.load(write(tmp_path, (HEAD + BODY).encode(encoding)))
    assert policy.text == HEAD + BODY
    assert policy.encoding == name


def test_line_ends_are_kept_so_that_offsets_hold(tmp_path):
    text = (HEAD + BODY).replace("\n", "\r\n")
    policy = reading.load(write(tmp_path, text))
    assert policy.text == text
    assert policy.title.startswith("东海区稳增长若干政策")


def test_a_text_that_stands_twice_is_read_once(tmp_path):
    policy = reading.load(write(tmp_path, HEAD + BODY + "\n首页 > 政策\n" + HEAD + BODY))
    assert policy.copies == 2
    assert policy.folded.count("新建平台2个") == 1
    assert policy.text.count("新建平台2个") == 2
    assert reading.load(write(tmp_path, HEAD + BODY)).copies == 1


def test_the_line_of_an_offset(tmp_path):
    policy = reading.load(write(tmp_path, BODY))
    lines = BODY.split("\n")
    assert [policy.line(BODY.index(line)) for line in lines if line] == list(range(1, len(lines)))


def test_sources_toml_says_what_the_text_does_not(tmp_path):
    write(tmp_path, BODY, "a.txt")
    write(tmp_path, '[donghai]\ndistrict = "东海"\nfile = "a.txt"\nyear = 2026\ntitle = "政策"\n', "sources.toml")
    policy = reading.load("donghai", data=tmp_path)
    assert (policy.doc, policy.district, policy.year, policy.title) == ("donghai", "东海", 2026, "政策")
    assert list(reading.known(tmp_path)) == ["donghai"]
    assert reading.known(tmp_path / "nowhere") == {}


def test_the_shipped_documents(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # known anywhere, not only in the project's folder
    one, two = reading.load("longwan"), reading.load("lucheng")
    assert (one.status, two.status) == ("issued", "draft")
    assert (one.year, two.year) == (2025, 2025)
    assert (one.copies, two.copies) == (2, 1)
    assert one.issued_on == "2025-03-04"


SOURCES = "sources.toml"
BIG5 = "推動經濟高質量發展的若干政策，責任單位：區經濟發展局，支持企業發展，資金來源。".encode("big5") * 20


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.txt: the file is empty; save"),
        (b" \n\t\r\n", "a.txt: the file is empty; save"),
        (bytes(range(256)) * 40, "a.txt: the bytes are no text in UTF-8, UTF-16, GB18030 or Big5; save the policy"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02\x03" * 500, "a.txt: this is a picture; have its text recognised"),
        (b"\x00\x01\x02\x03" * 500, "a.txt: the bytes are no text"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "a.txt: the bytes are no text"),
        (BIG5[:-40] + b"\xff" + BIG5[-40:], "a.txt: line 1, byte .* is no BIG5HKSCS; mend it, or save"),
    ],
)
def test_bytes_that_are_no_text(tmp_path, data, message):
    with pytest.raises(PolicyError, match=message):
        reading.load(write(tmp_path, data, "a.txt"))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(PolicyError, match=r"nowhere: no such document or file; .* one of: longwan, lucheng"):
        reading.load("nowhere")
    with pytest.raises(PolicyError, match=r"nowhere: no such document or file; give the path of a file$"):
        reading.load("nowhere", data=tmp_path)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(PolicyError, match="this is a folder; give one file"):
        reading.load(tmp_path)


def test_a_file_can_be_too_large_and_the_limit_raised(tmp_path):
    file = write(tmp_path, "甲" * 334)
    (data := tmp_path / "data").mkdir()
    write(data, "[limits]\nbytes = 1000\n", "lexicon.toml")
    with pytest.raises(
        PolicyError, match=r"the file is too large; at most 1,000 are allowed: raise bytes in .limits. of lexicon.toml"
    ):
        reading.load(file, data=data)
    assert reading.load(file).text == "甲" * 334


@pytest.mark.parametrize("doc", ["../a", "a/b", "a\\\\b", ".a", "a\\n"])
def test_an_id_cannot_name_a_file_elsewhere(tmp_path, doc):
    write(tmp_path, BODY, "a.txt")
    write(tmp_path, f'["{doc}"]\nfile = "a.txt"\n', SOURCES)
    (found,) = reading.known(tmp_path)
    with pytest.raises(PolicyError, match="this id would name a file elsewhere; use letters, digits"):
        reading.load(found, data=tmp_path)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[a\n", "sources.toml: no valid TOML .*; mend that line"),
        (b"[a]\nfile = '\xff'\n", "sources.toml: no valid TOML .*; mend that line"),
        ("[a]\ndistrict = '甲'\n", "sources.toml, a: the entry has no file; add file"),
        ("a = 1\n", "sources.toml, a: the entry has no file; add file"),
        ("[a]\nfile = 'gone.txt'\n", "gone.txt: no such file; check the path"),
    ],
)
def test_a_broken_list_of_sources(tmp_path, toml, message):
    write(tmp_path, toml, SOURCES)
    with pytest.raises(PolicyError, match=message):
        reading.load("a", data=tmp_path)


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names are bytes on Linux alone")
def test_a_file_whose_name_is_no_utf8_is_read_listed_and_written(tmp_path, capsys):
    """Alone, among many, in a store; a report, whose notebooks name it, and a store of such a name are refused."""
    folder = tmp_path / os.fsdecode(b"\xb2\xdf")
    folder.mkdir()
    path = folder / os.fsdecode(b"\xd6\xd0.txt")
    path.write_text("2025年甲区政策\n一、甲\n（一）乙。新增企业5家。\n", encoding="utf-8")
    one = str(path)
    assert cli.main(["tables", one, "--out", str(folder / "out")]) == 0
    assert (folder / "out" / "quantities.csv").read_text(encoding="utf-8-sig").count("%D6%D0,") == 2
    assert cli.main(["panel", str(folder), "--out", str(tmp_path / "panel")]) == 0
    assert cli.main(["corpus", "add", str(folder), "--store", str(tmp_path / "store")]) == 0
    assert cli.main(["corpus", "add", "--store", str(tmp_path / "store")]) == 0
    told = capsys.readouterr()
    assert told.err == "" and "%D6%D0" in told.out
    path.write_text("今天天气好。", encoding="utf-8")
    assert cli.main(["check", one, "--lang", "en"]) == 1
    assert cli.main(["report", one, one, "--out", str(tmp_path / "report"), "--lang", "en"]) == 1
    assert cli.main(["corpus", "add", str(folder), "--store", str(folder / "store"), "--lang", "en"]) == 1
    told = capsys.readouterr().err
    assert "%D6%D0.txt: its name is no UTF-8; rename it" in told and "%B2%DF/store/" in told
    assert told.count("\n") == 3


@pytest.mark.skipif(os.name == "nt", reason="a POSIX system has named pipes")
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(tmp_path, capsys):
    text = str(write(tmp_path, HEAD + BODY))
    for name in ("pipe.txt", "pipe.docx", "pipe.csv", "pipe.json"):
        os.mkfifo(tmp_path / name)
    calls = [
        ["check", "pipe.txt"],
        ["editions", text, "longwan", "--out", "out", "--template", "pipe.docx"],
        ["panel", "pipe.csv", "--out", "out"],
        ["panel", text, "--out", "out", "--measures", "pipe.csv"],
    ]
    for call in calls:
        assert cli.main([*(str(tmp_path / one) if one.startswith(("pipe", "out")) else one for one in call)]) == 1
    assert capsys.readouterr().err.count("这不是普通文件") == len(calls)
    with pytest.raises(PolicyError, match="no regular file"):
        Comparison.load(tmp_path / "pipe.json")
