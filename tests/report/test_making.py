"""The report of a pair, made once: complete, self-contained, readable without its figures, safe to make again."""

import re
import shutil
from pathlib import Path

import nbformat
import openpyxl
import pytest
from pages import Page

from policycmp import charts, reading
from policycmp.errors import PolicyError
from policycmp.report import making, notebooks, page
from policycmp.shown import sentences

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made(installed):
    """The folder of one real run, that of the installed wheel: every notebook executed."""
    assert (installed / "report" / "index.html").exists(), (installed / "said.txt").read_text(encoding="utf-8")
    return installed / "report"


@pytest.fixture(scope="module")
def text(made):
    return (made / "index.html").read_text(encoding="utf-8")


def test_everything_is_there(made, shipped):
    assert {path.name for path in made.iterdir()} == {
        "index.html", "comparison.xlsx", "comparison.docx", "figures", "tables", "notebooks"
    }  # fmt: skip
    kinds = {path.name for path in (made / "figures").iterdir()}
    assert kinds == {f"{name}.{kind}" for name in charts.CHARTS for kind in ("png", "svg", "pdf", "csv", "json")}
    books = {name: notebooks.read(path) for name, path in notebooks.shipped().items()}
    told = {name for name, book in books.items() if notebooks.has_pair(book) and not notebooks.has_window(book)}
    assert {path.stem for path in (made / "notebooks").glob("*.ipynb")} == told
    assert {"targets.csv", "alignment.csv", "wording.csv"} <= {p.name for p in (made / "tables").iterdir()}


def test_the_page_is_that_of_this_run(made, text, shipped):
    found = Page(text)
    assert not found.open
    for attrs in found.all("a"):
        assert attrs["href"].startswith("#") or (made / attrs["href"]).exists()
    drawn = page.charts_of(notebooks.read(made / "notebooks" / "report.ipynb"))
    assert text.count('<div class="chart wide">') == text.count('<div class="chart narrow">') == len(drawn) > 5
    assert shipped.left.policy.sha256 in text and shipped.right.policy.sha256 in text
    assert len(text.encode()) < 2_000_000  # 3.6 MB where letters were drawn as outlines


def test_the_workbook_opens(made, shipped):
    book = openpyxl.load_workbook(made / "comparison.xlsx", read_only=True)
    assert {"目标对照", "条款对应", "预算对照"} <= set(book.sheetnames)
    assert sum(1 for _ in book["目标对照"].rows) == len(shipped.target_pairs) + 1


def test_the_notebooks_of_the_report_ran_without_a_word_on_stderr(made):
    for path in (made / "notebooks").glob("*.ipynb"):
        book = nbformat.read(path, as_version=4)
        cells = [cell for cell in book.cells if cell.cell_type == "code"]
        assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
        assert not [o for cell in cells for o in cell.outputs if o.output_type == "error" or o.get("name") == "stderr"]


def test_a_second_run_replaces_its_files_and_leaves_others(made, tmp_path, monkeypatch, capsys, shipped):
    """Notebooks and figures are those of the first run: that they come out the same is tested where they are made."""
    again = shutil.copytree(made, tmp_path / "report")
    drawn = [path for path in (made / "figures").iterdir() if path.stem in charts.CHARTS]
    monkeypatch.setattr(notebooks, "run", lambda *args: None)  # the project's own come with their outputs
    real = making.figures.write  # what a phone shows is in no file but the page
    monkeypatch.setattr(making.figures, "write", lambda *args, **small: real(*args, **small) if small else drawn)
    stranger, old = again / "figures" / "mine.txt", again / "index.html"
    stranger.write_text("keep", encoding="utf-8")
    before = old.read_bytes()
    for path in (old, again / "figures" / drawn[0].name, again / "comparison.xlsx"):
        path.write_text("old", encoding="utf-8")
    making.make(*reading.pair(), out=again)
    assert old.read_bytes() == before
    for path in (drawn[0], made / "comparison.xlsx"):
        assert (again / path.relative_to(made)).read_bytes() == path.read_bytes()
    assert stranger.read_text(encoding="utf-8") == "keep"
    assert not [path for path in again.rglob(".*")], "a temporary file is left"
    printed = capsys.readouterr().out
    assert str(old) in printed
    assert printed.endswith(repr(sentences.findings(shipped)) + "\n")


def only_the_report(monkeypatch, *cells):
    """Let the project have the notebook `report` alone, with one of its charts; with ``cells``, one made of these."""
    path = notebooks.shipped()["report"]
    monkeypatch.setattr(notebooks, "shipped", lambda: {"report": path})

    def read(path):
        if cells:
            named = nbformat.v4.new_code_cell('LEFT = ""', metadata={"tags": ["parameters"]})
            return nbformat.v4.new_notebook(cells=[named, *map(nbformat.v4.new_code_cell, cells)])
        book = nbformat.read(path, as_version=4)
        others = {f"chart-{name}" for name in charts.CHARTS} - {"chart-budgets"}
        drawn = [place for place, cell in enumerate(book.cells) if others & set(cell.metadata.get("tags", []))]
        # A chart, and below it what was drawn; the last cell exports what the report exports, too.
        without = {*drawn, *(place + 1 for place in drawn), len(book.cells) - 1}
        book.cells = [cell for place, cell in enumerate(book.cells) if place not in without]
        return book

    monkeypatch.setattr(notebooks, "read", read)


def test_texts_of_a_user_with_a_data_folder_of_their_own(tmp_path, one_chart, monkeypatch, warm):
    """Relative paths, names with blanks and signs, another data folder, English: the notebook finds them all."""
    only_the_report(monkeypatch)
    monkeypatch.setattr(making.export, "write_comparison", lambda *args, **options: [])  # of no path and no language
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data", "my data", ignore=shutil.ignore_patterns("reference", "overrides"))
    for name, source in (("a <b>&'1'.txt", "000_e459ca33e4b14a1f.txt"), ("乙 *x*.txt", "002_2d703de7b3cb8f94.txt")):
        shutil.copy(ROOT / "data" / "raw" / source, tmp_path / name)
    index = making.make("a <b>&'1'.txt", "乙 *x*.txt", out="出 out", lang="en", both=True, data="my data")
    text = index.read_text(encoding="utf-8")
    assert "<b>&'1'" not in text and "<em>x</em>" not in text
    assert "温州湾新区 and 鹿城区" in text
    chinese = index.with_name("index.zh.html").read_text(encoding="utf-8")
    assert "温州湾新区与鹿城区" in chinese and '<a href="index.html" lang="en"' in chinese
    assert '<a href="index.zh.html" lang="zh-CN" hreflang="zh-CN">中文</a>' in text
    assert 'href="figures.zh/budgets.svg"' in chinese and (index.parent / "figures.zh" / "budgets.svg").exists()
    assert 'lang="en"' in text
    assert not Page(text).open
    (contents,) = re.findall(r"<nav.*?</nav>", text, re.DOTALL)
    assert "Clause by clause" in contents and not re.search(r"[一-龥]", contents)
    own = re.sub(r'<style.*?</style>|<(div|span) lang="zh-CN">.*?</\1>', "", text, flags=re.DOTALL)
    assert "\n只" not in own and "无对应" not in own and "原文" not in own


@pytest.mark.parametrize(("pair", "kept"), [(("longwan", "lucheng"), True), (("lucheng", "longwan"), False)])
def test_what_interprets_the_shipped_texts_is_left_out_of_the_report_of_others(pair, kept, tmp_path, monkeypatch):
    said, counted = nbformat.v4.new_markdown_cell("Why 16?"), nbformat.v4.new_markdown_cell("Count.")
    parameters = nbformat.v4.new_code_cell("LEFT = RIGHT = None", metadata={"tags": ["parameters"]})
    said.metadata["tags"] = [notebooks.ABOUT_THE_SHIPPED]
    monkeypatch.setattr(notebooks, "shipped", lambda: {"report": tmp_path / "report.ipynb"})
    monkeypatch.setattr(notebooks, "read", lambda path: nbformat.v4.new_notebook(cells=[parameters, said, counted]))
    monkeypatch.setattr(notebooks, "run", lambda *args: None)
    monkeypatch.setattr(making.figures, "write", lambda *args, **options: [])
    monkeypatch.setattr(making.page, "render", lambda *args, **options: "")
    out = making.make(*pair, out=tmp_path / "out").parent
    told = (out / "notebooks" / "report.ipynb").read_text(encoding="utf-8")
    assert "Count." in told and ("Why 16?" in told) == kept


def test_a_notebook_that_fails_is_one_line_and_writes_no_page(tmp_path, one_chart, monkeypatch, warm):
    only_the_report(monkeypatch, "1 / 0")
    with pytest.raises(PolicyError, match=r"report\.ipynb: a cell failed \(ZeroDivisionError: division by zero\)"):
        making.make("longwan", "lucheng", out=tmp_path / "out", data=ROOT / "data")
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_bad_input_makes_no_folder(tmp_path):
    with pytest.raises(PolicyError, match="no such document or file"):
        making.make("nowhere", "lucheng", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(PolicyError, match="a file has this name"):
        making.make(*reading.pair(), out=tmp_path / "out")
