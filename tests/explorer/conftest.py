"""What the tests of the explorer share: a copy of the data, journals of their own, and nothing computed twice."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from policycmp import document
from policycmp.corrections import Corrections, journal
from policycmp.explorer import view

ROOT = Path(__file__).resolve().parents[2]
_KNOWN: dict[Any, Any] = {}  # the shipped texts, and comparisons without corrections


@pytest.fixture
def data(tmp_path) -> Path:
    """A copy of the data folder, without corrections."""
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("reference", "overrides"))
    (tmp_path / "data" / "overrides").mkdir()
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def own_journals(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(journal, "folder", lambda: tmp_path / "state")


@pytest.fixture(autouse=True)
def once(monkeypatch) -> None:
    """Read each shipped text once, and compare the same two once: a window does so when it opens or corrects."""
    load, compare = document.load, view.compare

    def load_once(source, *, corrections=None, **options):
        if source not in ("longwan", "lucheng") or corrections != "none":
            return load(source, corrections=corrections, **options)
        if source not in _KNOWN:
            _KNOWN[source] = load(source, corrections="none")  # the same in every copy of the data
        return _KNOWN[source]

    def compare_once(left, right, *, corrections, lang):
        key = (id(left), id(right))
        if corrections not in ("none", Corrections.none()) or not {key[0], key[1]} <= set(map(id, _KNOWN.values())):
            return compare(left, right, corrections=corrections, lang=lang)
        if key not in _KNOWN:
            _KNOWN[key] = compare(left, right, corrections="none")
        return _KNOWN[key].speaking(lang)

    monkeypatch.setattr(document, "load", load_once)
    monkeypatch.setattr(view, "compare", compare_once)
