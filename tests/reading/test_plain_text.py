import making
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.errors import Refused
from policycmp.reading import plain_text

TEXT = making.QILAN
LONG = "".join(making.lines(making.QILAN))  # no line end, no space, hardly a Latin letter


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("gbk"), "gb18030"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (LONG.encode("utf-16-le"), "utf-16-le"),
        (LONG.encode("gb18030"), "gb18030"),
        ("一、甲".encode("gbk"), "gb18030"),
        (b"plain", "utf-8"),
        ("推動經濟高質量發展，責任單位：區經濟發展局，支持企業發展的資金。".encode("big5") * 20, "big5hkscs"),
        ("新增企業5家。".encode("big5"), "big5hkscs"),
    ],
)
def test_every_encoding_is_told_by_the_bytes(raw, encoding):
    text, found = plain_text.decode(raw)
    assert found == encoding
    assert text == raw.decode(encoding)


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        (bytes(range(256)) * 40, "save the policy as text"),
        (b"\x00\x01\x02\x03" * 500, "save the policy as text"),
        ("สวัสดีครับ นโยบาย".encode("utf-16-le") * 20, "save the policy as text"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "save the policy as text"),
    ],
)
def test_what_is_no_text_is_refused_with_a_hint(raw, hint):
    with pytest.raises(Refused, match=hint):
        plain_text.decode(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_one_bad_byte_is_named_with_its_place(encoding):
    good = "東海區政策。\n一、發展企業。\n（一）新增企業5家，支持企業發展的資金。\n" * 20
    raw = good.replace("支持", "支 持").encode(encoding)
    at = raw.rindex(b" ")
    with pytest.raises(Refused, match=rf"line 60, byte {at + 1:,} is no {encoding.upper()}; mend it"):
        plain_text.decode(raw[:at] + b"\xff" + raw[at + 1 :])


@given(st.text(max_size=60))
def test_a_tidy_text_has_lines_without_space_at_their_ends(text):
    tidied = plain_text.tidy([text, " \u00a0甲 \u200b"])
    assert tidied.endswith("甲\n")
    assert all(line and line == line.strip() for line in tidied.removesuffix("\n").split("\n"))
    assert plain_text.tidy([tidied]) == tidied
