"""What README.md promises: its Python prints what it shows, its links and commands exist."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from policycmp import cli

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def stripped(text: str) -> str:
    """The text without blanks at the ends of lines, which an editor may remove."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def test_the_python_prints_what_is_shown(tmp_path, monkeypatch):
    (source,), (shown,) = blocks("python"), blocks("text")
    monkeypatch.chdir(tmp_path)  # without a data folder here, the shipped one is read
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, "README.md", "exec"), {})
    assert stripped(out.getvalue()) == stripped(shown), f"README.md should show:\n{out.getvalue()}"
    names = {path.name for path in (tmp_path / "build").iterdir()}
    assert names == {"budgets.png", "budgets.svg", "budgets.pdf", "budgets.csv", "budgets.json"}


def test_the_quickstart_is_short():
    (source,) = blocks("python")
    assert len([line for line in source.splitlines() if line.strip()]) <= 8
    assert len(README.splitlines()) < 150


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_links_lead_to_files_of_the_project(target):
    assert "://" not in target
    assert (ROOT / target).exists()


def test_every_notebook_is_listed():
    listed = set(re.findall(r"\(notebooks/(\w+)\.ipynb\)", README))
    assert listed == {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}


def test_every_command_is_listed():
    choices = cli.parser()._subparsers._group_actions[0].choices
    assert set(re.findall(r"^\| `policycmp (\w+)", README, re.MULTILINE)) == set(choices)


def test_every_make_target_named_is_one():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)\b", " ".join(blocks("sh")))) | {"lab"}
    assert named == {"report", "test", "lab"}
    assert named <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
