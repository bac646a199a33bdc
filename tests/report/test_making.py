"""The report of a pair, made once: complete, self-contained, readable without its figures, safe to make again."""

import html
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import openpyxl
import pytest

from policycmp import charts, compare, reading
from policycmp.errors import PolicyError
from policycmp.report import making, notebooks, page
from policycmp.shown import sentences

ROOT = Path(__file__).resolve().parents[2]
VOID = {"meta", "img", "br", "hr", "input", "link"}


class Page(HTMLParser):
    """What a test asks of a page: its tags, ids and links, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag, f"</{tag}> closes another tag"

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of one real run: every notebook executed."""
    out = tmp_path_factory.mktemp("made") / "report"
    making.make(*reading.pair(), out=out)
    return out


@pytest.fixture(scope="module")
def text(made):
    return (made / "index.html").read_text(encoding="utf-8")


def test_everything_is_there(made, shipped):
    assert {path.name for path in made.iterdir()} == {
        "index.html", "comparison.xlsx", "comparison.docx", "figures", "tables", "notebooks"
    }  # fmt: skip
    kinds = {path.name for path in (made / "figures").iterdir()}
    assert kinds == {f"{name}.{kind}" for name in charts.CHARTS for kind in ("png", "svg", "pdf", "csv", "json")}
    told = {name for name, path in notebooks.shipped().items() if not notebooks.has_window(notebooks.read(path))}
    assert {path.stem for path in (made / "notebooks").glob("*.ipynb")} == told
    assert {"targets.csv", "alignment.csv", "wording.csv"} <= {p.name for p in (made / "tables").iterdir()}


def test_the_page_needs_no_other_file_and_no_network(text):
    found = Page(text)
    assert not found.open
    for tag, attrs in found.tags:
        source = attrs.get("src", "")
        assert not source or source.startswith("data:"), f"{tag} {source[:60]}"
        assert not re.match(r"(https?:)?//", attrs.get("href", ""))
    assert not found.all("link")
    assert not re.search(r"@import|url\((?!data:)", text)


def test_links_within_the_page_lead_somewhere(text, made):
    found = Page(text)
    ids = [attrs["id"] for _, attrs in found.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for attrs in found.all("a"):
        if attrs["href"].startswith("#"):
            assert attrs["href"][1:] in ids
        else:
            assert (made / attrs["href"]).exists()


def test_every_clause_has_its_place_and_is_linked_from_the_tables(text, shipped):
    ids = {attrs["id"] for _, attrs in Page(text).tags if "id" in attrs}
    for side in (shipped.left, shipped.right):
        for row in side.clauses.itertuples():
            assert f"{side.doc}-{row.section}-{row.clause}" in ids
    linked = set(re.findall(r'<td[^>]*><a href="#([^"]*)"', text))
    assert linked >= {f"{side.doc}-{row.section}-{row.clause}" for side in (shipped.left, shipped.right)
                      for row in side.clauses.itertuples()}  # fmt: skip
    assert "data-ref" not in text


def test_each_figure_has_a_description(text):
    images = Page(text).all("img")
    assert len(images) == text.count("<figure>") > 0
    for attrs in images:
        assert len(attrs["alt"]) > 20
        assert attrs["src"].startswith("data:image/svg+xml;base64,")


def test_the_page_says_what_was_found(text, shipped):
    words = html.unescape(re.sub(r"<[^>]*>", "", text))
    for line in repr(sentences.findings(shipped)).splitlines():
        assert line.partition(". ")[2] in words
    assert shipped.left.name in words and shipped.right.name in words
    assert shipped.left.policy.sha256 in words
    assert text.count('<article class="pair') == len(shipped.alignment) + len(shipped.left.sections)


def test_the_page_fits_its_readers(text):
    assert re.match(r'<!DOCTYPE html>\n<html lang="zh-CN">', text)
    assert 'name="viewport"' in text and "@media print" in text
    assert text.count("@font-face") == 2
    assert len(re.findall(r'<div class="scroll" tabindex="0"><table>', text)) == text.count("<table>") > 0


def test_the_font_of_the_page_covers_its_text(text):
    import base64
    import io

    from fontTools.ttLib import TTFont

    (data,) = re.findall(r"font-weight:400;src:url\(data:font/woff;base64,([^)]*)\)", text)
    known = TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap()
    words = html.unescape(re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]*>", "", text, flags=re.DOTALL))
    assert not {char for char in words if ord(char) not in known and char.isprintable() and char != "\u3000"}


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
    monkeypatch.setattr(making.figures, "write", lambda *args: drawn)
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
    """Let the project have the notebook `report` alone; with ``cells``, one made of these."""
    path = notebooks.shipped()["report"]
    monkeypatch.setattr(notebooks, "shipped", lambda: {"report": path})
    if cells:
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        monkeypatch.setattr(notebooks, "read", lambda path: book)


def test_texts_of_a_user_with_a_data_folder_of_their_own(tmp_path, one_chart, monkeypatch):
    """Relative paths, names with blanks and signs, another data folder, English: the notebook finds them all."""
    only_the_report(monkeypatch)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data", "my data", ignore=shutil.ignore_patterns("reference", "overrides"))
    for name, source in (("a <b>&'1'.txt", "000_e459ca33e4b14a1f.txt"), ("乙 *x*.txt", "002_2d703de7b3cb8f94.txt")):
        shutil.copy(ROOT / "data" / "raw" / source, tmp_path / name)
    index = making.make("a <b>&'1'.txt", "乙 *x*.txt", out="出 out", lang="en", data="my data")
    text = index.read_text(encoding="utf-8")
    assert "<b>&'1'" not in text and "<em>x</em>" not in text
    assert "温州湾新区 and 鹿城区" in text
    assert 'lang="en"' in text
    assert not Page(text).open
    (contents,) = re.findall(r"<nav.*?</nav>", text, re.DOTALL)
    assert "Clause by clause" in contents and not re.search(r"[一-龥]", contents)
    own = re.sub(r'<style.*?</style>|<(div|span) lang="zh-CN">.*?</\1>', "", text, flags=re.DOTALL)
    assert "\n只" not in own and "无对应" not in own and "原文" not in own


def test_a_notebook_that_fails_is_one_line_and_writes_no_page(tmp_path, one_chart, monkeypatch):
    only_the_report(monkeypatch, "1 / 0")
    with pytest.raises(PolicyError, match=r"report\.ipynb: a cell failed \(ZeroDivisionError: division by zero\)"):
        making.make(*reading.pair(), out=tmp_path / "out")
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_bad_input_makes_no_folder(tmp_path):
    with pytest.raises(PolicyError, match="no such document or file"):
        making.make("nowhere", "lucheng", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(PolicyError, match="a file has this name"):
        making.make(*reading.pair(), out=tmp_path / "out")


def test_the_page_of_a_notebook_without_figures(shipped, tmp_path):
    """A figure that has no file is shown as the notebook drew it."""
    book = notebooks.read(notebooks.shipped()["report"])
    text = page.render(book, shipped, tmp_path)
    assert all(attrs["src"].startswith("data:image/png;base64,") for attrs in Page(text).all("img"))


def test_a_document_beside_itself_has_each_place_once(tmp_path):
    book = notebooks.read(notebooks.shipped()["report"])
    ids = re.findall(r'<section id="([^"]*)"', page.render(book, compare("lucheng", "lucheng"), tmp_path))
    assert len(ids) == len(set(ids)) > 40
