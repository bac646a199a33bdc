import pytest

from policycmp.errors import PolicyError, choices


def test_an_error_is_one_line_that_says_where_what_and_what_to_do():
    assert str(PolicyError("a.txt", "the file is empty", "save the text in it")) == (
        "a.txt: the file is empty; save the text in it"
    )
    assert str(PolicyError("a.csv", "relation is 'x'", choices(["same", "partial"]), where="row 3")) == (
        "a.csv, row 3: relation is 'x'; one of: same, partial"
    )


@pytest.mark.parametrize("part", ["source", "what", "todo", "where"])
def test_a_line_break_in_any_part_does_not_break_the_line(part):
    parts = {"source": "s", "what": "w", "todo": "t", "where": "h"} | {part: "one\r\ntwo\n\tthree"}
    error = PolicyError(parts["source"], parts["what"], parts["todo"], where=parts["where"])
    assert "one two three" in str(error)
    assert not set("\r\n\t") & set(str(error))


def test_choices_takes_anything_that_can_be_listed():
    assert choices({"longwan": 1, "lucheng": 2}) == "one of: longwan, lucheng"
    assert choices(n for n in (1, 2)) == "one of: 1, 2"
