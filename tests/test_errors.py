import pickle

import pytest

from policycmp.errors import PolicyError, Refused, pick
from policycmp.wording import phrases


def test_an_error_is_one_line_that_says_where_what_and_what_to_do():
    error = PolicyError("empty", "a.txt")
    assert str(error) == "a.txt: the file is empty; save the text of the policy in it"
    assert error.said("zh") == "a.txt：文件是空的；请把政策的全文存进去"


def test_a_number_is_a_row_and_a_list_is_told_with_commas():
    error = PolicyError("cell", "a.csv", where=3, column="relation", value="x", known=["same", "partial"])
    assert str(error) == "a.csv, row 3: relation is 'x'; one of: same, partial"
    assert error.said("zh") == "a.csv，第 3 行：relation 是 'x'；可选：same、partial"
    assert str(PolicyError("lexicon_kind", "b.toml", where="units", name="units", kind="list")).startswith(
        "b.toml, units: units is no list; "
    )


@pytest.mark.parametrize("known", [{"longwan": 1, "lucheng": 2}, (name for name in ("longwan", "lucheng"))])
def test_what_can_be_listed_is_listed(known):
    assert str(PolicyError("option", name="x", value=1, known=known)).endswith("one of: longwan, lucheng")


def test_where_no_file_is_at_fault_the_phrase_names_what_is():
    error = PolicyError("prior", value=-1)
    assert str(error) == "option prior: got -1; give a number above 0, such as 0.1"
    assert error.said("zh") == "选项 prior：不接受 -1；请给出大于 0 的数，例如 0.1"


@pytest.mark.parametrize("part", ["source", "where", "error"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_line_break_in_any_part_does_not_break_the_line(part, lang):
    parts = {"source": "s", "where": "h", "error": "w"} | {part: "one\r\ntwo\n\tthree"}
    line = PolicyError("broken_csv", parts["source"], where=parts["where"], error=parts["error"]).said(lang)
    assert "one two three" in line
    assert not set("\r\n\t") & set(line)


def test_an_error_comes_back_whole_from_another_process():
    error = PolicyError("broken_csv", "a.txt", where=3, error=ValueError("bad"))
    back = pickle.loads(pickle.dumps(error))
    assert str(back) == str(error) == "a.txt, row 3: no valid CSV (bad); mend it"
    assert back.said("zh") == error.said("zh")


def test_a_refusal_carries_what_json_can():
    assert Refused("damaged_word", error=ValueError("bad")).values == {"error": "bad"}


@pytest.mark.parametrize("key", sorted({key.partition(".")[0] for key in phrases("errors") if "." in key}))
def test_every_error_says_what_is_wrong_and_what_to_do(key):
    assert {f"{key}.what", f"{key}.todo"} <= set(phrases("errors"))


def test_a_choice_is_one_of_those_allowed():
    assert pick("lang", "en", ("zh", "en")) == "en"
    with pytest.raises(PolicyError, match="option lang: got 'fr'; one of: zh, en"):
        pick("lang", "fr", ("zh", "en"))
