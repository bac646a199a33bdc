"""The documentation: every how-to runs as printed, in at most eight lines; its links lead somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
TEXTS = ROOT / "data" / "reference" / "texts"
PAGES = sorted(DOCS.rglob("*.md"))
HOWTOS = [page for page in sorted((DOCS / "howto").glob("*.md")) if page.stem != "index"]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!#)([^)#\s]+)")


def blocks(page):
    return BLOCK.findall(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", HOWTOS, ids=lambda page: page.stem)
def test_a_how_to_runs_as_printed(page, tmp_path, monkeypatch, capsys):
    (code,) = blocks(page)
    assert len([line for line in code.splitlines() if line.strip()]) <= 8
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POLICYCMP_DATA", str(ROOT / "data"))
    exec(compile(code, page.name, "exec"), {"TEXTS": TEXTS})
    assert capsys.readouterr().out or list(tmp_path.iterdir())


def test_the_tutorial_runs_from_top_to_bottom(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POLICYCMP_DATA", str(ROOT / "data"))
    names: dict[str, object] = {}
    for code in blocks(DOCS / "tutorial.md"):
        exec(compile(code, "tutorial.md", "exec"), names)
    assert (tmp_path / "build" / "targets.pdf").exists()


def test_every_page_is_reached_and_every_link_leads_somewhere():
    """What Sphinx borrows from elsewhere in the project is looked for where it stands."""
    borrowed = {"DATA_DICTIONARY.md": ROOT / "data", "CONTRIBUTING.md": ROOT, "SECURITY.md": ROOT, "CHANGELOG.md": ROOT}
    for page in PAGES:
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            name = Path(link).name
            stems = [f"{name}{ending}" for ending in ("", ".md", ".ipynb")]
            places = [(page.parent / link).parent, ROOT / "notebooks", *(borrowed.get(stem, DOCS) for stem in stems)]
            assert any((place / stem).exists() for place in places for stem in stems), f"{page.name}: {link}"
    listed = (DOCS / "howto" / "index.md").read_text(encoding="utf-8").split()
    assert {page.stem for page in HOWTOS} <= set(listed) and len(HOWTOS) == 11


def test_each_of_the_ten_promises_names_the_tests_that_hold_it():
    """Ten sentences in both languages; a test that is renamed takes its promise with it."""
    page = (DOCS / "explanation" / "promises.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:-1] for line in page.splitlines() if re.match(r"\| [0-9]+ \|", line)]
    assert [row[0].strip() for row in rows] == [str(number) for number in range(1, 11)]
    for number, chinese, english, held in rows:
        assert re.search("[一-龥]", chinese) and re.fullmatch(r" \*[^一-龥]+\* ", english), number
        tests = re.findall(r"`(tests/\S+\.py)::(test_\w+)`", held)
        assert tests and len(tests) == held.count("`") // 2, number
        for file, name in tests:
            assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), f"{number}: {file}::{name}"
