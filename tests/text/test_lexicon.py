import re

import pytest

from policycmp import document, reading
from policycmp.errors import PolicyError
from policycmp.text import lexicon

TEXT = "一、甲\n（一）培育企业。新增企业5家。\n（二）推广应用。推广应用智算3卡时以上。\n"


def extend(folder, toml):
    file = folder / "lexicon.toml"
    file.write_bytes(toml if isinstance(toml, bytes) else toml.encode())
    return file


def test_the_lists_hold_what_the_rules_ask_for():
    words = lexicon.words()
    assert {"units", "cues", "comparators_before", "comparators_after", "terms", "stop", "title_kinds"} <= set(words)
    for listed in (words["units"], words["terms"], *words["cues"].values()):
        assert all(isinstance(word, str) and word for word in listed)


def test_no_list_names_a_shipped_district_or_a_whole_sentence():
    words = str(lexicon.words())
    assert not [name for name in ("龙湾", "鹿城", "温州") if name in words]
    assert max(len(word) for listed in lexicon.words()["cues"].values() for word in listed) <= 12


def test_every_unit_with_another_name_or_a_scale_is_a_unit():
    words = lexicon.words()
    assert set(words["unit_names"]) <= set(words["units"])
    assert set(words["unit_scales"]) <= set(words["units"])
    assert set(words["unit_names"].values()) <= set(words["units"])


def test_the_longest_word_is_tried_first():
    pattern = re.compile(lexicon.any_of(["家", "家次", "(间)", "家"]))
    assert pattern.match("家次")[0] == "家次"
    assert pattern.match("(间)")[0] == "(间)"


def test_a_file_beside_the_data_adds_to_the_lists(tmp_path):
    extra = extend(tmp_path, 'units = ["卡时"]\n[cues]\naspirational = ["冀望"]\n[unit_names]\n"卡时" = "卡"\n')
    plain, more = lexicon.words(), lexicon.words(extra)
    assert [*plain["units"], "卡时"] == more["units"]
    assert more["cues"]["aspirational"][-1] == "冀望"
    assert more["cues"]["budget"] == plain["cues"]["budget"]
    assert "卡时" not in lexicon.words()["units"]


def test_the_added_words_hold_for_the_documents_of_that_folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    extend(tmp_path, 'units = ["卡时"]\n[unit_names]\n"卡时" = "卡"\n')
    found = document.load(tmp_path / "a.txt", data=tmp_path).quantities
    assert found.loc[found["as_written"] == "3", "unit"].tolist() == ["卡"]


def test_a_missing_file_adds_nothing(tmp_path):
    assert lexicon.words(tmp_path / "lexicon.toml") == lexicon.words()


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("units = [", "lexicon.toml: no valid TOML .*; mend the line or remove the file"),
        (b"units = ['\xff']", "lexicon.toml: no valid TOML"),
        ('units = "家"', "lexicon.toml, units: units is no list; write it as in"),
        ('[cues]\nverbs = "新增"', "lexicon.toml, verbs: verbs is no list"),
        ("cues = []", "lexicon.toml, cues: cues is no dict"),
    ],
)
def test_a_broken_file_of_words(tmp_path, toml, message):
    extend(tmp_path, toml)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(PolicyError, match=message):
        reading.load(tmp_path / "a.txt", data=tmp_path)
