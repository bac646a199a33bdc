import copy
import pickle
import re
from dataclasses import FrozenInstanceError

import pytest
import tomlkit

from policycmp import document, reading
from policycmp.errors import PolicyError
from policycmp.keeping import once
from policycmp.text import lexicon, segment
from policycmp.text.lexicon import Lexicon, any_of
from policycmp.text.scan import scan

TEXT = "一、甲\n（一）培育企业。新增企业5家。\n（二）推广应用。推广应用智算3卡时以上。\n"
SHIPPED = Lexicon.load()


def extend(folder, toml):
    file = folder / "lexicon.toml"
    file.write_bytes(toml if isinstance(toml, bytes) else toml.encode())
    return file


def test_the_lists_hold_what_the_rules_ask_for():
    assert {"units", "cues", "comparators_before", "comparators_after", "terms", "stop", "title_kinds"} <= {
        *SHIPPED.lists
    }
    for listed in (SHIPPED["units"], SHIPPED["terms"], *SHIPPED["cues"].values()):
        assert all(isinstance(word, str) and word for word in listed)


def test_no_list_names_a_shipped_district_or_a_whole_sentence():
    words = str(SHIPPED.lists)
    assert not [name for name in ("龙湾", "鹿城", "温州") if name in words]
    assert max(len(word) for listed in SHIPPED["cues"].values() for word in listed) <= 12


def test_every_unit_with_another_name_or_a_scale_is_a_unit():
    assert set(SHIPPED["unit_names"]) <= set(SHIPPED["units"])
    assert set(SHIPPED["unit_scales"]) <= set(SHIPPED["units"])
    assert set(SHIPPED["unit_names"].values()) <= set(SHIPPED["units"])


def test_the_longest_word_is_tried_first():
    pattern = re.compile(any_of(["家", "家次", "(间)", "家"]))
    assert pattern.match("家次")[0] == "家次"
    assert pattern.match("(间)")[0] == "(间)"


def test_any_of_several_lists_and_of_one_in_a_table():
    both = re.compile(SHIPPED.any_of("lead_words", "cues.verbs"))
    assert both.fullmatch(SHIPPED["lead_words"][0])
    assert both.fullmatch(SHIPPED["cues"]["verbs"][0])
    assert SHIPPED["cues.verbs"] is SHIPPED["cues"]["verbs"]


# A user's own words --------------------------------------------------------------------------------------------------


def test_a_file_beside_the_data_adds_to_the_lists(tmp_path):
    more = Lexicon.load(
        extend(tmp_path, 'units = ["卡时"]\n[cues]\naspirational = ["冀望"]\n[unit_names]\n"卡时" = "卡"\n')
    )
    assert more["units"] == (*SHIPPED["units"], "卡时")
    assert more["cues.aspirational"][-1] == "冀望"
    assert more["cues.budget"] == SHIPPED["cues.budget"]


def test_the_added_words_hold_for_the_documents_of_that_folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    extend(tmp_path, 'units = ["卡时"]\n[unit_names]\n"卡时" = "卡"\n')
    found = document.load(tmp_path / "a.txt", data=tmp_path).quantities
    assert found.loc[found["as_written"] == "3", "unit"].tolist() == ["卡"]


def test_a_scale_may_be_a_whole_number(tmp_path):
    more = Lexicon.load(extend(tmp_path, 'units = ["百方"]\n[unit_scales]\n"百方" = 100\n'))
    assert next(scan("3百方", more.units)).unit
    assert more["unit_scales.百方"] == 100


@pytest.mark.parametrize("toml", [None, "", b"\xef\xbb\xbf# nothing yet\n"])
def test_a_file_that_is_missing_or_says_nothing_adds_nothing(tmp_path, toml):
    file = extend(tmp_path, toml) if toml is not None else tmp_path / "lexicon.toml"
    assert Lexicon.load(file).lists == SHIPPED.lists


def test_an_edited_file_is_seen_at_once_and_the_same_file_gives_the_same_object(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    toml = 'units = ["卡时"]\n[unit_names]\n"卡时" = "{}"\n'
    extend(tmp_path, toml.format("卡"))
    one, two = (document.load(tmp_path / "a.txt", data=tmp_path) for _ in range(2))
    extend(tmp_path, toml.format("块"))  # as long as before
    three = document.load(tmp_path / "a.txt", data=tmp_path)
    assert one.policy.lexicon is two.policy.lexicon is not three.policy.lexicon
    assert [tables.quantities["unit"].iloc[-1] for tables in (one, two, three)] == ["卡", "卡", "块"]
    assert one.policy.lexicon["unit_names.卡时"] == "卡"


def test_two_lexicons_side_by_side_do_not_leak_into_each_other(tmp_path):
    more = Lexicon.load(
        extend(tmp_path, 'units = ["卡时"]\nterms = ["推广智算"]\nstop = ["企业"]\nneutral = ["冀望"]\n')
    )
    for _ in range(2):  # what the first round left behind must not be taken in the second
        assert [next(scan("3卡时", own.units)).unit for own in (more, SHIPPED)] == ["卡时", ""]
        assert [segment.words("企业推广智算", own) for own in (more, SHIPPED)] == [
            ["推广智算"], ["企业", "推广", "智", "算"]
        ]  # fmt: skip
        assert ["冀望" in own.any_of("neutral") for own in (more, SHIPPED)] == [True, False]


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("units = [", "lexicon.toml: no valid TOML .*; mend the line or remove the file"),
        (b"units = ['\xff']", "lexicon.toml: no valid TOML"),
        ('units = "家"', "lexicon.toml, units: units is no list; write it as in"),
        ('[cues]\nverbs = "新增"', "lexicon.toml, verbs: verbs is no list"),
        ("cues = []", "lexicon.toml, cues: cues is no table"),
        ("[limits]\nbytes = 1.5", "lexicon.toml, bytes: bytes is no whole number"),
        ("[comparators_before]\nmine = 5", "lexicon.toml, mine: mine is no list"),
        ("units = [5]", "lexicon.toml, units: an entry of units is no text; write it as in"),
        ("[cues]\nverbs = [[]]", "lexicon.toml, verbs: an entry of verbs is no text"),
    ],
)
def test_a_broken_file_of_words(tmp_path, toml, message):
    extend(tmp_path, toml)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(PolicyError, match=message):
        reading.load(tmp_path / "a.txt", data=tmp_path)


# What may be done with one -------------------------------------------------------------------------------------------


def test_nobody_can_change_the_lists(tmp_path):
    for own in (SHIPPED, Lexicon.load(extend(tmp_path, 'units = ["卡时"]\n'))):
        before = str(own.lists)
        with pytest.raises(TypeError):
            own["cues"]["verbs"] = ()
        with pytest.raises(TypeError):
            own.lists["units"] = ()
        with pytest.raises(AttributeError):
            own["units"].append("卡日")
        with pytest.raises(AttributeError):
            own["refused"][0].update(key="")
        with pytest.raises(FrozenInstanceError):
            own.lists = {}
        assert str(own.lists) == before


def test_what_is_made_of_a_lexicon_is_made_once_and_kept_in_it(tmp_path):
    made = []

    @once
    def count(own):
        made.append(own)
        return len(own["units"])

    more = Lexicon.load(extend(tmp_path, 'units = ["卡时"]\n'))
    assert [count(own) for own in (SHIPPED, more, SHIPPED, more)] == [len(SHIPPED["units"]) + i for i in (0, 1, 0, 1)]
    assert made == [SHIPPED, more]


def test_a_policy_in_another_process_keeps_the_words_with_which_it_was_read(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    extend(tmp_path, 'units = ["卡时"]\n')
    policy = reading.load(tmp_path / "a.txt", data=tmp_path)
    sent = pickle.dumps(policy)
    assert pickle.loads(sent).lexicon is copy.deepcopy(policy).lexicon is policy.lexicon
    extend(tmp_path, 'units = ["卡日"]\n')
    lexicon._with.cache_clear()  # as in a process that has read nothing yet
    came = pickle.loads(sent)
    assert came == policy
    assert came.lexicon["units"] == policy.lexicon["units"]


@pytest.mark.parametrize(
    ("toml", "name"),
    [
        ('[body_functions]\n"移民" = ["(移民"]\n', "body_functions"),
        ('[body_functions]\n"移民" = [1]\n', "body_functions"),
        ('made = ["创建["]\n', "made"),
        ('[role_patterns]\ngoverns = "{verbs}(?:"\n', "role_patterns"),
        ('[grid]\nvalue = "数值)"\n', "grid"),
    ],
)
def test_a_word_that_is_no_pattern_is_named(toml, name, tmp_path):
    with pytest.raises(PolicyError, match=rf"lexicon\.toml.*: a word of {name} is no pattern .*; mend it"):
        Lexicon.load(extend(tmp_path, toml))


def test_every_shipped_pattern_may_be_written_by_a_user(tmp_path):
    words = {key: table for key, table in lexicon._shipped().items() if key in lexicon.PATTERNS}
    assert words.keys() == lexicon.PATTERNS
    assert Lexicon.load(extend(tmp_path, tomlkit.dumps(words)))["grid"] == SHIPPED["grid"]
