"""English names: complete for the shipped pair, none stale, and nothing changed but names."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from policycmp import compare, locations
from policycmp.asking.terms import characteristic
from policycmp.errors import PolicyError
from policycmp.shown import sentences, tables, translations
from policycmp.text.normalize import squeeze

HANZI = re.compile("[一-龥]")
TEXT = "若干政策\n\n一、{}\n（一）修路。新增高新技术企业3家以上，修公路9公里。\n二、其他\n（二）教育。新增学位3个。\n"


@pytest.fixture(scope="module")
def english(shipped):
    return translations.translated(shipped.speaking("en"))


def named(comparison):
    """Every heading, indicator and item that charts and tables show, by kind."""
    sides = (comparison.left, comparison.right)
    sections = [text for side in sides for text in side.sections["heading"]] + [*comparison.budget_pairs["heading"]]
    tables = [*(side.targets for side in sides), comparison.target_pairs, comparison.target_candidates]
    columns = ("indicator", "label", "left_indicator", "right_indicator")
    found = [text for table in tables for column in columns if column in table for text in table[column]]
    return {"section": sections, "indicator": found + [text for side in sides for text in side.budgets["item"]]}


def listed(comparison):
    """Every title and body that is shown, by kind."""
    sides = (comparison.left, comparison.right)
    bodies = [text for side in sides for name in ("body", "alias") for text in side.responsibilities[name] if text]
    bodies += [side.policy.issuer for side in sides if side.policy.issuer]
    titles = [text for side in sides for text in side.clauses["title"]]
    return {"document": [side.policy.title for side in sides], "clause": titles, "body": bodies}


def test_every_name_of_the_shipped_pair_has_an_entry(english):
    assert [text for texts in named(english).values() for text in texts if HANZI.search(text)] == []
    say = translations.speaker(english.left.policy.folder, "en")
    said = [say(kind, text) for kind, texts in listed(english).items() for text in texts]
    assert [text for text in said if HANZI.search(text)] == []


def test_nearly_every_term_that_pairs_share_has_an_entry(shipped):
    say = translations.speaker(shipped.left.policy.folder, "en")
    terms = {term for cell in shipped.alignment["shared_terms"] for term in cell.split("、") if term}
    terms |= set(characteristic(shipped)["term"])
    assert len([term for term in terms if HANZI.search(say("term", term))]) <= 0.05 * len(terms)


def test_the_tables_for_people_say_titles_bodies_and_terms_in_english(shipped):
    spoken = shipped.speaking("en")
    for table in (tables.alignment(spoken), tables.bodies(spoken), tables.sections(spoken), tables.documents(spoken)):
        cells = [str(cell) for row in table.rows for cell in row]
        chinese = [cell for cell in cells if HANZI.search(cell)]
        assert len(chinese) <= 0.05 * len(cells), chinese


def test_what_nobody_translated_stays_chinese(tmp_path):
    say = translations.speaker(tmp_path, "en")
    assert say("clause", "修路架桥") == "修路架桥"
    (tmp_path / "translations_en.csv").write_text("kind,zh,en\nclause,修路架桥,Roads and bridges\n", encoding="utf-8")
    say = translations.speaker(tmp_path, "en")
    assert say("clause", "修路架桥") == "Roads and bridges"
    assert translations.speaker(tmp_path, "zh")("clause", "修路架桥") == "修路架桥"


def test_no_entry_is_stale_or_without_english(shipped):
    words, used = translations.english(locations.shipped("data")), named(shipped) | listed(shipped)
    for kind in used:
        assert set(words[kind]) <= {squeeze(text) for text in used[kind]}, f"{kind}: stale"
        assert all(words[kind].values())
        assert not [text for text in words[kind].values() if HANZI.search(text) or text != text.strip()]


def test_only_names_and_notes_change(shipped, english):
    for side in ("left", "right"):
        one, two = getattr(shipped, side), getattr(english, side)
        for name, columns in (
            ("sections", ["heading", "lead"]),
            ("clauses", ["bodies"]),
            ("targets", ["indicator", "label"]),
            ("budgets", ["item"]),
        ):
            before, after = getattr(one, name), getattr(two, name)
            assert list(after.columns) == list(before.columns)
            assert after.dtypes.equals(before.dtypes)
            pd.testing.assert_frame_equal(after.drop(columns=columns), before.drop(columns=columns))
        assert two.quantities is one.quantities and two.policy is one.policy
    for name in ("target_pairs", "target_candidates", "budget_pairs"):
        plain = ~getattr(shipped, name).columns.isin(["heading", "note", "left_indicator", "right_indicator"])
        pd.testing.assert_frame_equal(getattr(english, name).loc[:, plain], getattr(shipped, name).loc[:, plain])
    assert english.alignment is shipped.alignment


def test_chinese_is_the_same_object(shipped):
    assert translations.translated(shipped) is shipped
    assert translations.translate_tables(shipped.left, "zh") is shipped.left


def test_a_comparison_is_translated_once(shipped):
    spoken = shipped.speaking("en")
    assert translations.translated(spoken) is translations.translated(spoken)
    assert translations.translated(shipped.speaking("en")) is not translations.translated(spoken)


def test_notes_say_the_same_in_english(english):
    notes = english.budget_pairs["note"].tolist()
    assert notes[0] == "Longwan states no amount"
    assert notes[2] == "Longwan: sum of 3 earmarked items only"
    assert notes[5] == ""


def test_an_emptied_table_can_be_translated(shipped):
    empty = {n: getattr(shipped, n).head(0) for n in ("target_pairs", "target_candidates", "budget_pairs")}
    found = translations.translated(replace(shipped, lang="en", **empty))
    assert found.budget_pairs.dtypes.equals(shipped.budget_pairs.dtypes) and len(found.target_pairs) == 0


@pytest.mark.parametrize("name", ["sections", "target_pairs", "candidates", "budget_pairs", "budgets"])
def test_english_tables_hold_no_chinese_but_quotes_and_bodies(shipped, name):
    table = getattr(tables, name)(shipped.speaking("en"))
    shown = [i for i, column in enumerate(table.columns) if not re.search("quote|lead", column)]
    assert [row[i] for row in table.rows for i in shown if HANZI.search(str(row[i]))] == []
    alone = tables.only_here(shipped.speaking("en"), "left").rows
    assert alone and not [row[1] for row in alone if HANZI.search(row[1])]


def test_english_sentences_name_sections_and_indicators_in_english(shipped):
    spoken = shipped.speaking("en")
    assert not HANZI.search(sentences.comparable(spoken) + sentences.findings(spoken))


@pytest.fixture
def folder(tmp_path):
    for name, heading in (("a", "推进「修路」"), ("b", "推进“修路”")):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(heading), encoding="utf-8")
    return tmp_path


def pair(folder):
    return translations.translated(compare(folder / "a.txt", folder / "b.txt", data=folder, lang="en"))


def test_a_file_of_ones_own_adds_and_wins_and_the_rest_stays_chinese(folder):
    rows = "# mine\nkind,zh,en\nsection,推进『修路』,Roads\nsection,其他,\nindicator,新增高新技术企业,High-tech\n"
    (folder / "translations_en.csv").write_text(rows, encoding="utf-8-sig")
    found = pair(folder)
    assert list(found.left.sections["heading"]) == ["Roads", "其他"] == list(found.right.sections["heading"])
    assert found.left.targets["indicator"].iloc[0] == "High-tech" != found.left.targets["indicator"].iloc[1]
    assert set(found.budget_pairs["heading"]) == {"Roads", "其他"}


def test_what_no_file_names_is_called_as_in_the_list_of_indicators(folder):
    (folder / "a.txt").write_text(TEXT.format("修路").replace("高新技术企业3", "规上工业企业3"), encoding="utf-8")
    found = pair(folder).left.targets["indicator"].tolist()
    assert found == ["Industrial firms above size, new", "修公路", "School places added"]


def test_without_a_file_of_ones_own_the_shipped_entries_hold(folder):
    assert pair(folder).right.targets["indicator"].iloc[0] == "New high-tech enterprises"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("kind,zh\nsection,甲\n", "column en is missing; its header row needs kind, zh, en"),
        ("kind,zh,en,fr\nsection,甲,A,B\n", "column fr is unknown"),
        ("kind,zh,en\nsection,甲,A\nchapter,乙,B\n", "row 3: kind is 'chapter'; one of: document, section, clause,"),
        ("kind,zh,en\nsection,甲,A,B\n", "row 2: the row has another number of cells"),
        ("kind,zh,en\nsection, ,A\n", "row 2: zh is empty"),
        ("kind,zh,en\nsection,甲（一）,A\nsection,甲(一),B\n", r"row 3: 甲\(一\) has the English 'A' already"),
        (b"kind,zh,en\nsection,\xbc\xd7,A\n", "no UTF-8 text"),
    ],
)
def test_a_bad_file_is_one_line(folder, rows, message):
    (folder / "translations_en.csv").write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    with pytest.raises(PolicyError, match=message) as error:
        pair(folder)
    assert "translations_en.csv" in str(error.value) and "\n" not in str(error.value)
