import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from policycmp import cli, schema

ROOT = Path(__file__).resolve().parent.parent
TEXT = """东海区若干政策
一、甲（区科技局牵头）
（一）培育企业。新增企业5家。（责任单位：区科技局）
二、乙（区民政局牵头）
（二）办好养老。新增床位5张。（责任单位：区民政局）
"""


@pytest.fixture
def out(tmp_path):
    """An output folder that holds something already."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "targets.csv").write_text("mine")
    return folder


def state(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(*arguments, capsys):
    status = cli.main([str(argument) for argument in arguments])
    return status, *capsys.readouterr()


def commands():
    """Return the names of the commands."""
    (choices,) = (action.choices for action in cli.parser()._subparsers._group_actions)
    return list(choices)


@pytest.mark.parametrize("command", commands())
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as exit_:
        cli.main([command, "--help", "--lang", "en"])
    assert exit_.value.code == 0
    assert f"usage: policycmp {command}" in capsys.readouterr().out


def test_tables_writes_every_table_and_says_what(out, capsys):
    status, said, errors = run("tables", "--out", out, capsys=capsys)
    assert (status, errors) == (0, "")
    tables = {f"{name}.csv" for name in schema.SOURCE_TABLES}
    assert {path.name for path in out.iterdir()} == tables | {"datapackage.json"}
    assert "longwan" in said
    assert "lucheng" in said
    assert (out / "documents.csv").read_text("utf-8-sig").count("\n") == 3


def test_tables_of_a_file_of_ones_own(out, tmp_path, capsys):
    (tmp_path / "east.txt").write_text(TEXT, encoding="utf-8")
    assert run("tables", tmp_path / "east.txt", "--out", out, capsys=capsys)[0] == 0
    assert (out / "clauses.csv").read_text("utf-8-sig").count("east") == 2


def test_compare_writes_the_pairs(out, capsys):
    status, said, errors = run("compare", "longwan", "lucheng", "--out", out, "--no-charts", capsys=capsys)
    assert (status, errors) == (0, "")
    assert {path.name for path in out.iterdir()} >= {f"{name}.csv" for name in schema.PAIR_TABLES}
    assert (out / "targets.csv").read_text() == "mine"
    assert not (out / "figures").exists()
    assert str(out) in said


@pytest.mark.parametrize("command", [["tables", "longwan"], ["compare", "longwan", "lucheng", "--no-charts"]])
def test_a_workbook_and_a_word_file_are_written_where_they_are_asked_for(command, out, capsys):
    written = {"tables": {"tables.xlsx"}, "compare": {"comparison.xlsx", "comparison.docx"}}[command[0]]
    assert "--office" not in run(*command, "--out", out, "--office", capsys=capsys)[1]
    assert written < {path.name for path in out.iterdir()}
    assert "--office" in run(*command, "--out", out, capsys=capsys)[1]
    assert not written & {path.name for path in out.iterdir()}, "those of an earlier run may be of other documents"


def test_compare_draws_the_charts_in_english(out, one_chart, capsys):
    assert run("compare", "longwan", "lucheng", "--out", out, "--lang", "en", capsys=capsys)[0] == 0
    names = {path.name for path in (out / "figures").iterdir()}
    assert names == {f"budgets.{kind}" for kind in ("png", "svg", "pdf", "csv", "json")}
    assert json.loads((out / "figures" / "budgets.json").read_text("utf-8"))["title"].startswith("In the 2 sections")


def test_corrections_are_those_of_the_folder_or_none(out, tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    head = "left,right,left_clause,right_clause,relation\n"
    (tmp_path / "mine" / "alignment.csv").write_text(head + "longwan,lucheng,1,41,same\n", encoding="utf-8")
    for folder, expected in ((tmp_path / "mine", 1), ("none", 0)):
        call = ["compare", "longwan", "lucheng", "--out", out, "--no-charts", "--corrections", folder]
        assert run(*call, capsys=capsys)[0] == 0
        assert (out / "alignment.csv").read_text("utf-8-sig").count("override") == expected


def test_check_prints_what_is_odd(capsys):
    status, said, errors = run("check", "lucheng", capsys=capsys)
    assert (status, errors) == (0, "")
    assert "第 37 行" in said


def test_check_says_by_its_status_that_a_text_is_no_policy(tmp_path, capsys):
    (tmp_path / "dish.txt").write_text("红烧肉的做法\n1.五花肉切块。\n2.小火慢炖。\n", encoding="utf-8")
    status, said, errors = run("check", tmp_path / "dish.txt", capsys=capsys)
    assert (status, errors.count("\n")) == (1, 1) and "读不出政策的内容" in errors
    assert "这份文件不能使用" in said


def broken(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "prose.txt").write_text("今天天气很好。", encoding="utf-8")
    (tmp_path / "bytes.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "east.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "row").mkdir()
    (tmp_path / "row" / "quantities.csv").write_text("doc,clause,as_written,action\nlucheng,99,5,remove\n", "utf-8")
    (tmp_path / "header").mkdir()
    (tmp_path / "header" / "alignment.csv").write_text("left,right\n", "utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "sources.toml").write_text("[", encoding="utf-8")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("tables nowhere --out {out}", "nowhere: no such document or file; give the path"),
        ("tables lucheng nowhere --out {out}", "nowhere: no such document or file"),
        ("compare longwan nowhere --out {out}", "nowhere: no such document or file"),
        ("compare {tmp} lucheng --out {out}", "this is a folder; give one file"),
        ("tables {tmp}/empty.txt --out {out}", "empty.txt: the file is empty"),
        ("tables {tmp}/bytes.txt --out {out}", "bytes.txt: the bytes are no text"),
        ("tables {tmp}/prose.txt --out {out}", "prose.txt: no numbered clauses found"),
        ("compare lucheng {tmp}/prose.txt --out {out}", "prose.txt: no numbered clauses found"),
        ("tables {tmp}/east.txt {tmp}/east.txt --out {out}", "two documents have the same id; rename one"),
        ("tables lucheng --out {out} --corrections {tmp}/row", "quantities.csv, row 2: lucheng has no clause 99"),
        ("compare longwan longwan --out {out} --corrections {tmp}/header", "alignment.csv: column left_clause is"),
        ("tables lucheng --out {out} --corrections {tmp}/none", "no such folder of corrections"),
        ("tables lucheng --out {tmp}/east.txt", "east.txt: a file has this name"),
        ("compare longwan lucheng --out {tmp}/east.txt", "east.txt: a file has this name"),
        ("--data {tmp}/sources tables --out {out}", "sources.toml: no valid TOML"),
        ("--data {tmp}/same tables --out {out}", "no document is known; name a source"),
        ("check {tmp}/prose.txt", "prose.txt: no numbered clauses found"),
    ],
)
def test_a_fault_of_the_input_is_one_line_and_nothing_is_written(call, message, out, tmp_path, capsys):
    broken(tmp_path)
    before = state(tmp_path)
    status, said, errors = run("--lang", "en", *call.format(out=out, tmp=tmp_path).split(), capsys=capsys)
    assert (status, said) == (1, "")
    assert errors.startswith("policycmp: ")
    assert errors.count("\n") == 1
    assert errors.endswith("\n")
    assert message in errors
    assert state(tmp_path) == before


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ([], "policycmp: nowhere：没有这份文件"),
        (["--lang", "en"], "policycmp: nowhere: no such document or file; give the path of a file or one of: longwan"),
        (["--lang", "zh"], "policycmp: nowhere：没有这份文件；请给出文件的路径，或以下编号之一：longwan、lucheng\n"),
    ],
)
def test_a_fault_is_told_in_the_language_that_is_asked_for(more, message, capsys):
    status, said, errors = run("check", "nowhere", *more, capsys=capsys)
    assert (status, said) == (1, "") and errors.startswith(message)


def test_what_a_command_says_of_itself_follows_the_language(out, capsys):
    for more, told in (((), "1 份文件"), (("--lang", "en"), "1 documents"), (("--lang", "zh"), "1 份文件")):
        assert told in run("tables", "lucheng", "--out", out, *more, capsys=capsys)[1]


def test_check_speaks_english(capsys):
    said = run("check", "lucheng", "--numbers", "--lang", "en", capsys=capsys)[1]
    assert "line 37: the heading of section 5 is numbered in another way" in said
    assert "第 37 行" not in said and "own budget budget (9)" in said


@pytest.mark.parametrize(
    "call",
    ["", "nothing", "tables", "compare longwan --out x", "compare a b c --out x", "check",
     "tables --format csv --out x", "compare longwan lucheng --out x --lang fr"],
)  # fmt: skip
def test_wrong_usage_is_status_2(call, capsys):
    with pytest.raises(SystemExit) as stop:
        cli.main(["--lang=en", *call.split()])
    assert stop.value.code == 2
    said, errors = capsys.readouterr()
    assert said == ""
    assert errors.startswith("usage: policycmp")


def test_report_takes_two_sources_or_none(capsys):
    pytest.importorskip("policycmp.report.making")
    with pytest.raises(SystemExit) as stop:
        cli.main(["report", "longwan", "--lang", "en"])
    assert stop.value.code == 2
    assert "two sources" in capsys.readouterr().err


def test_a_disk_that_is_full_is_one_line(out, capsys, monkeypatch):
    from policycmp.export import workbook

    def full(*_, **__):
        raise OSError(28, "No space left on device", "tables.xlsx")

    monkeypatch.setattr(workbook, "write_workbook", full)
    status, _, errors = run("tables", "lucheng", "--office", "--out", out, "--lang", "en", capsys=capsys)
    assert status == 1
    assert errors == "policycmp: tables.xlsx: No space left on device; check the path and the space on disk\n"


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({}, "用法"),
        ({"LANG": "zh_CN.UTF-8"}, "用法"),
        ({"LANG": "zh_TW.Big5"}, "用法"),
        ({"LANG": "en_GB.UTF-8"}, "usage"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "zh_CN.GBK"}, "用法"),
        ({"LANG": "C"}, "usage"),
        ({"LANG": "POSIX"}, "usage"),
        ({"LANG": "C.UTF-8"}, "用法"),
        ({"LANG": "zh_CN.UTF-8", "POLICYCMP_LANG": "en"}, "usage"),
        ({"LANG": "en_US.UTF-8", "POLICYCMP_LANG": "zh"}, "用法"),
        ({"LANG": "en_US.UTF-8", "POLICYCMP_LANG": "fr"}, "usage"),
    ],
)
def test_the_language_is_that_of_the_option_the_variable_or_the_system(variables, told, monkeypatch, capsys):
    monkeypatch.delenv("LANG")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for options, expected in (([], told), (["--lang", "zh"], "用法"), (["--lang=en"], "usage")):
        with pytest.raises(SystemExit):
            cli.main([*options, "--help"])
        assert capsys.readouterr().out.startswith(expected)


@pytest.mark.parametrize("call", [["--lang", "en", "--data", "{0}", "list"], ["list", "--data", "{0}", "--lang", "en"]])
def test_the_options_of_the_command_stand_before_or_behind_its_name(call, tmp_path, capsys):
    (tmp_path / "sources.toml").write_text('[west]\nfile = "west.txt"\n', encoding="utf-8")
    assert run(*(part.format(tmp_path) for part in call), capsys=capsys)[0] == 0
    assert cli.main([part.format(tmp_path) for part in call]) == 0
    said = capsys.readouterr().out
    assert "west" in said and "no such file" in said


def test_a_mistake_in_the_call_is_told_in_chinese(capsys):
    with pytest.raises(SystemExit):
        cli.main(["compare", "longwan", "--lang", "zh"])
    assert "policycmp compare：用法有误：还缺少：右, --out" in capsys.readouterr().err


CONSOLES = ("cp936", "cp1252", "ascii", "utf-8")


CALLS = {"check lucheng": 0, "list": 0, "check 没有": 1, "--help": 0}
IN_TURN = f"""
from policycmp.cli import main
for lang in ("zh", "en"):
    for call, expected in {CALLS}.items():
        try:
            status = main(["--lang", lang, *call.split()])
        except SystemExit as ended:
            status = ended.code
        assert status == expected, call
"""


@pytest.mark.parametrize("console", CONSOLES)
def test_a_console_that_cannot_show_a_character_shows_another(console, tmp_path):
    """The commands run one after the other in one process: each sees to the console anew."""
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": console, "LANG": "C", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", IN_TURN], cwd=tmp_path, env=env, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.decode(console).splitlines()) > 50 and len(done.stderr.decode(console).splitlines()) == 2


@pytest.mark.parametrize(("call", "status"), [(["check", "lucheng"], 0), (["check", "nowhere"], 1), (["check"], 2)])
def test_the_installed_command(call, status, tmp_path):
    program = "import sys; from policycmp.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *call],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == status, done.stderr
    assert bool(done.stdout) == (status == 0)
    assert bool(done.stderr) == (status != 0)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("command", "threads"), [("list", "1"), ("lab", None)])
def test_dense_algebra_gets_no_threads_but_in_the_programs_that_are_started(command, threads, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["policycmp", command])
    monkeypatch.setattr(cli, "main", lambda: 0)
    monkeypatch.setattr(cli, "gc", SimpleNamespace(set_threshold=lambda number: None, freeze=lambda: None))
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    assert cli.program() == 0
    assert os.environ.get("OPENBLAS_NUM_THREADS") == threads
