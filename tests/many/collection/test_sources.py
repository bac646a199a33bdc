"""What is read of a collection, and the one line that each bad input gets."""

import pandas as pd
import pytest

from policycmp.errors import PolicyError
from policycmp.many.collection import sources
from policycmp.text.lexicon import Lexicon

TEXT = "一、强化科技创新\n（一）培育企业。新增高新技术企业15家。\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("甲县/2023.md", "甲县/2024.md", "乙市/2024.md", "乙市/notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    return tmp_path


def told(found):
    return [(source.place, source.year, source.doc) for source in found]


def test_a_pattern_tells_place_and_year(folder):
    (folder / "乙市/notes.md").unlink()
    expected = [("乙市", 2024, "乙市-2024"), ("甲县", 2023, "甲县-2023"), ("甲县", 2024, "甲县-2024")]
    assert told(sources.sources_of(folder, "{place}/{year}.md")) == expected
    assert [source.year for source in sources.sources_of(folder, "甲*/{year}.md")] == [2023, 2024]


def test_without_a_pattern_every_file_is_read_and_tells_itself(folder):
    assert told(sources.sources_of(folder)) == [
        ("", None, doc) for doc in ("乙市-2024", "乙市-notes", "甲县-2023", "甲县-2024")
    ]


def test_a_table_tells_place_year_and_level(folder):
    table = pd.DataFrame(
        {"file": [str(folder / "甲县/2023.md")], "place": ["丙区"], "year": [2023.0], "level": ["county"]}
    )
    (found,) = sources.sources_of(table)
    assert (found.place, found.year, found.level, found.doc) == ("丙区", 2023, "county", "丙区-2023")
    listing = folder / "list.csv"
    listing.write_text("file,place,year\n甲县/2023.md,丙区,2023\n", encoding="utf-8-sig")
    assert told(sources.sources_of(listing)) == [("丙区", 2023, "丙区-2023")]


def test_texts_stand_in_a_table_too():
    (found,) = sources.sources_of(pd.DataFrame({"text": [TEXT], "place": ["甲县"], "year": ["2024"]}))
    policy = found.read(None or __import__("pathlib").Path())
    assert (policy.text, policy.year, policy.district, policy.doc) == (TEXT, 2024, "甲县", "甲县-2024")


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("{place}/{year}.pdf", "no file fits {place}/{year}.pdf"),
        ("{place}/{year}.md", "notes.md: the year is notes; give four digits"),
        ("{town}/{year}.md", r"pattern: \{town\} is unknown; one of: \{place\}, \{year\}, \{level\}"),
        ("*/{year}*.md", "the year is"),
    ],
)
def test_a_pattern_at_fault_is_told_in_a_line(folder, pattern, message):
    with pytest.raises(PolicyError, match=message):
        sources.sources_of(folder, pattern)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"place": ["甲县"]}, "there is no column file or text; it has place"),
        ({"text": [TEXT], "year": ["23"]}, "table:1: the year is 23"),
        ({"file": ["nowhere.md"]}, "nowhere.md, table:1: no such file"),
        (
            {"text": [TEXT, TEXT], "place": ["甲县"] * 2, "year": ["2024"] * 2},
            "table:1 and table:2: both files are of 甲县 and 2024",
        ),
    ],
)
def test_a_table_at_fault_is_told_in_a_line(table, message):
    with pytest.raises(PolicyError, match=message):
        sources.sources_of(pd.DataFrame(table))


def test_nothing_to_read_is_told():
    with pytest.raises(PolicyError, match="there is nothing to read"):
        sources.sources_of([])


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("全国", "nation"), ("浙江省", "province"), ("上海市", "province"), ("甲市", "city"), ("甲自治州", "city"),
        ("甲县", "county"), ("甲区", "county"), ("甲新区", "zone"), ("甲镇", "township"), ("甲", ""),
    ],
)  # fmt: skip
def test_the_level_of_a_place_is_told_by_its_name(place, level):
    assert sources.level_of(place, Lexicon.load()) == level
