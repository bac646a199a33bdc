"""The listing of a data folder: what a user mistypes is told with its entry; nothing is guessed."""

import os

import pytest

from policycmp import sources
from policycmp.errors import PolicyError

FILE = 'file = "raw/a.txt"\n'


def listing(folder, text):
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    return sources.listed(folder)


def test_texts_dates_and_years_are_read(tmp_path):
    text = (
        f'[a]\n{FILE}district = "甲"\nissued_on = 2025-03-01\nyear = 2025\n[b]\n{FILE}year = "2024"\ndoc_number = 12\n'
    )
    assert listing(tmp_path, text) == {
        "a": {"file": "raw/a.txt", "district": "甲", "issued_on": "2025-03-01", "year": 2025},
        "b": {"file": "raw/a.txt", "year": 2024, "doc_number": "12"},
    }


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('year = "2025年"', "sources.toml, a: year is '2025年'; give a year from 1949 to 2100, such as year = 2025"),
        ("year = inf", "year is 'inf'"),
        ("year = 1e400", "year is 'inf'"),
        ("year = true", "year is 'True'"),
        ("year = 20250", "year is '20250'"),
        ("district = [1, 2]", "district is \\[1, 2\\], not text"),
        ("district = nan", "district is nan, not text"),
        ("title = true", "title is True, not text"),
        ("distrct = 'x'", "distrct is unknown; one of: district, district_en, file"),
        ("title = " + "[" * 3000 + "]" * 3000, "no valid TOML"),
        ("year = 1" + "0" * 5000, "no valid TOML"),
    ],
)
def test_what_is_mistyped_is_told_with_its_entry(tmp_path, line, message):
    with pytest.raises(PolicyError, match=message) as caught:
        listing(tmp_path, f"[a]\n{FILE}{line}\n")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["a = 1\n", "[a]\nyear = 2025\n", "[a]\nfile = 1\n"])
def test_an_entry_without_a_file_is_none(tmp_path, text):
    with pytest.raises(PolicyError, match="the entry has no file"):
        listing(tmp_path, text)


def test_a_pipe_in_its_place_does_not_stop_the_program(tmp_path):
    os.mkfifo(tmp_path / "sources.toml")
    with pytest.raises(PolicyError, match="no regular file"):
        sources.listed(tmp_path)
