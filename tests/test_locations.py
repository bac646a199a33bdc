"""Where files are: a user's own folder adds to what is shipped and is never inside the package; others stand alone."""

import shutil
from pathlib import Path

import pytest

from policycmp import document, library, locations, reading
from policycmp.errors import PolicyError, need

TEXT = locations.shipped("data") / "reference" / "texts" / "yunxi.txt"


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of one's own, named by the variable; the test runs in another one, which is empty."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv(locations.VARIABLE, str(tmp_path / "own"))
    return tmp_path / "own"


def test_a_folder_of_ones_own_adds_to_what_is_shipped(own):
    library.add(TEXT, district="云溪", doc="yunxi")
    assert list(reading.known()) == ["longwan", "lucheng", "yunxi"]
    assert reading.pair() == ("longwan", "lucheng")
    assert {path.name for path in own.iterdir()} == {"sources.toml", "raw"}
    assert document.load("yunxi").name == "云溪"
    assert document.load("longwan").policy.folder == own
    with pytest.raises(PolicyError, match="the id longwan is taken"):
        library.add(TEXT, district="云溪", doc="longwan")
    with pytest.raises(PolicyError, match="longwan: this document comes with the program"):
        library.remove("longwan")
    assert "deleted" in library.remove("yunxi")[0]
    assert list(reading.known()) == ["longwan", "lucheng"]


def test_words_and_corrections_of_ones_own_hold_for_shipped_documents(own):
    own.mkdir()
    (own / "lexicon.toml").write_text('units = ["卡时"]\n', encoding="utf-8")
    (own / "overrides").mkdir()
    before = document.load("longwan", corrections="none").quantities
    first = before[before["clause"] > 0].iloc[0]
    row = f"doc,clause,as_written,action\nlongwan,{first['clause']},{first['as_written']},remove\n"
    (own / "overrides" / "quantities.csv").write_text(row, encoding="utf-8")
    after = document.load("longwan")
    assert "卡时" in after.policy.lexicon["units"]
    assert len(after.quantities) == len(before) - 1


def test_a_folder_that_is_named_for_a_call_stands_alone(own, tmp_path):
    assert reading.known(tmp_path / "empty") == {}
    assert locations.data_folders(tmp_path) == (tmp_path,)


def test_a_folder_data_here_stands_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(locations.shipped("data"), "data", ignore=shutil.ignore_patterns("reference"))
    assert locations.data_folders() == (Path("data"),)


def test_where_the_package_is_installed_the_folder_is_the_systems(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(locations, "files", lambda _: tmp_path / "site" / "policycmp")
    (tmp_path / "site" / "policycmp" / "shipped" / "data").mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    shipped = tmp_path / "site" / "policycmp" / "shipped" / "data"
    assert locations.data_folders() == (shipped, locations.user_folder())
    assert tmp_path / "site" not in locations.data_folder().parents


def test_words_and_corrections_beside_a_text_that_is_given_by_its_path_both_hold(tmp_path):
    text = "某区若干政策\n一、创新（区科技局牵头）\n（一）算力。新增算力3卡时，新增企业5家。（区科技局）\n"
    (tmp_path / "west.txt").write_text(text, encoding="utf-8")
    (tmp_path / "lexicon.toml").write_text('units = ["卡时"]\n', encoding="utf-8")
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides" / "quantities.csv").write_text(
        "doc,clause,as_written,action\nwest,1,5,remove\n", encoding="utf-8"
    )
    found = document.load(tmp_path / "west.txt")
    assert found.quantities[["value", "unit"]].to_numpy().tolist() == [[3.0, "卡时"]]


def test_words_in_the_data_folder_and_beside_a_text_add_up(tmp_path):
    for place, word in (("own", "卡时"), ("texts", "算时")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "lexicon.toml").write_text(f'units = ["{word}"]\n', encoding="utf-8")
    shutil.copy(TEXT, tmp_path / "texts" / "west.txt")
    units = document.load(tmp_path / "texts" / "west.txt", data=tmp_path / "own").policy.lexicon["units"]
    assert units[-2:] == ("卡时", "算时")


def test_a_library_that_is_not_installed_is_told_with_its_extra():
    need("report", "json", "csv")
    with pytest.raises(PolicyError, match=r'nolib, other: not installed; run pip install "policycmp\[report\]"'):
        need("report", "json", "nolib", "other")
