import pytest
from making import BODY, HEAD

from policycmp.reading.copies import REPEATED, copies_of

LONG = max(REPEATED)

TEXT = HEAD + BODY


def test_a_text_that_stands_once_is_read_whole():
    assert copies_of(TEXT) == (1, len(TEXT))
    assert copies_of("") == (1, 0)


@pytest.mark.parametrize("between", ["\n首页 > 政策\n", "\n", "\n\n\n"])
def test_a_text_that_stands_twice_is_read_once(between):
    text = TEXT + between + TEXT
    copies, end = copies_of(text)
    assert copies == 2
    assert text[:end].split() == (TEXT + between).split()  # the second head is the second copy's


def test_a_text_may_stand_three_times():
    copies, end = copies_of(TEXT * 3)
    assert (copies, end) == (3, len(TEXT))


@pytest.mark.parametrize(("changed", "copies"), [(0, 2), (1, 2), (2, 2), (3, 1), (4, 1), (6, 1)])
def test_a_second_copy_may_differ_in_some_paragraphs_but_not_in_most(changed, copies):
    """Six long paragraphs: with 2 of them changed the others make up 2/3 of all that is long, with 3 only a half."""
    again = BODY.split("\n")
    long = [number for number, line in enumerate(again) if len(line) >= LONG]
    assert len(long) == 6
    for number in long[len(long) - changed :]:
        again[number] = again[number][::-1]
    text = TEXT + "\n".join(again)
    found, end = copies_of(text)
    assert found == copies
    assert (end < len(text)) == (copies > 1)


def test_the_head_of_the_second_copy_may_be_a_little_changed():
    text = TEXT + TEXT.replace("2025年3月4日", "2025年3月14日").replace("（2025年版）", "")
    assert copies_of(text) == (2, len(TEXT))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_copies_are_noticed_whatever_ends_a_line(end):
    text = f"{TEXT}\n首页\n{TEXT}".replace("\n", end)
    assert copies_of(text)[0] == 2


def test_short_paragraphs_are_copies_where_nearly_all_are_repeated():
    lines = [f"（{number}）推进第{number}项改革工作。加快建设进度。\n" for number in "一二三四五六七八九十"]
    text = "".join(lines)
    assert copies_of(text + text) == (2, len(text))
    assert copies_of(text + "".join(lines[:5]) + text[::-1]) == (1, 2 * len(text) + len("".join(lines[:5])))
