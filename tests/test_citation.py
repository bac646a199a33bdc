"""The reference agrees with what the project says of itself elsewhere."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

import policycmp
from policycmp.errors import PolicyError

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_version_is_one_everywhere():
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## \[(.+)\] - (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert policycmp.__version__ == PROJECT["version"] == cff["version"] == newest[1]
    assert str(cff["date-released"]) == newest[2]
    assert cff["title"].startswith(PROJECT["name"]) and cff["license"] == PROJECT["license"]
    assert [one["name"] for one in cff["authors"]] == [one["name"] for one in PROJECT["authors"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_forms_name_the_version(lang):
    assert policycmp.__version__ in policycmp.cite(lang=lang)
    entry = policycmp.cite("bibtex", lang=lang)
    assert entry.startswith("@software{policycmp,") and entry.count("{") == entry.count("}")
    assert f"version = {{{policycmp.__version__}}}" in entry


def test_an_unknown_form_lists_the_known():
    with pytest.raises(PolicyError, match="one of: text, bibtex"):
        policycmp.cite("apa")
