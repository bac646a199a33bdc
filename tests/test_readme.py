"""What README.md and README.en.md promise: their Python prints what they show, their links and commands exist."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from policycmp import cli

ROOT = Path(__file__).resolve().parent.parent
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.en.md")}
both = pytest.mark.parametrize("page", PAGES)


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGES[page], re.MULTILINE | re.DOTALL)


def stripped(text: str) -> str:
    """The text without blanks at the ends of lines, which an editor may remove."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def test_the_python_prints_what_is_shown(tmp_path, monkeypatch):
    (source,), (shown,) = blocks("README.md", "python"), blocks("README.md", "text")
    monkeypatch.chdir(tmp_path)  # without a data folder here, the shipped one is read
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, "README.md", "exec"), {})
    assert stripped(out.getvalue()) == stripped(shown), f"README.md should show:\n{out.getvalue()}"
    names = {path.name for path in (tmp_path / "build").iterdir()}
    assert names == {"budgets.png", "budgets.svg", "budgets.pdf", "budgets.csv", "budgets.json"}


def test_both_pages_show_the_same_code_and_what_it_prints():
    for language in ("python", "text"):
        assert blocks("README.md", language) == blocks("README.en.md", language)


def test_the_chinese_page_is_chinese_and_begins_with_the_two_commands():
    text = PAGES["README.md"]
    assert len(re.findall("[一-龥]", text)) > 1000
    assert len(re.findall("[一-龥]", PAGES["README.en.md"])) < 100
    before = text[: text.index("```sh\nmake report")]
    assert len(before.splitlines()) < 10
    assert "make test" in text.splitlines()[len(before.splitlines()) + 2]


@both
def test_the_quickstart_is_short(page):
    (source,) = blocks(page, "python")
    assert len([line for line in source.splitlines() if line.strip()]) <= 8
    assert len(PAGES[page].splitlines()) < 150


@both
def test_links_lead_to_files_of_the_project(page):
    for target in set(re.findall(r"\]\(([^)#]+)\)", PAGES[page])):
        assert "://" not in target
        assert (ROOT / target).exists(), target


@both
def test_every_notebook_is_listed(page):
    listed = set(re.findall(r"\(notebooks/(\w+)\.ipynb\)", PAGES[page]))
    assert listed == {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}


@both
def test_every_command_is_listed(page):
    choices = cli.parser()._subparsers._group_actions[0].choices
    assert set(re.findall(r"^\| `policycmp (\w+)", PAGES[page], re.MULTILINE)) == set(choices)


@both
def test_every_make_target_named_is_one(page):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z-]+)\b", " ".join(blocks(page, "sh")))) | {"lab", "app", "report-pdf"}
    assert named >= {"report", "test"}
    assert named <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
