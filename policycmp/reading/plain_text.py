"""Bytes → text: UTF-8, UTF-16 with and without a mark, GB18030, Big5; a byte that is none is named with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policycmp.errors import Refused
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import squeeze

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_GUESSES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5hkscs")
# Of 1,170 pieces of our ten texts, of 10 to 2000 characters, simplified and traditional, in these encodings, this order
# with `is_text` read all; charset-normalizer read 1,106, and missed mainly the short ones in GB18030 and Big5.
_TABLES = ("utf-8", "gb18030", "big5hkscs")  # in which a spoilt byte spoils no more than itself

# The most frequent characters of modern Chinese: a text decoded with the wrong table has almost none.
_COMMON = set("的一是在了和有大中人为区企业业新发展政策年单位责任目项政府實展區業發單責與資金")
_STOPS = ("。", "!", "?")  # as folding leaves them
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ue000-\uf8ff\ufffd]")
_FOREIGN = re.compile("[^\x00-\x7f·‐-⁞〇\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_NOT_SHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc]")


def recognises(raw: bytes, named: bool) -> bool:
    """Take every file for a text: `read` refuses what is none."""
    return True


def read(raw: bytes, lexicon: Lexicon) -> tuple[str, str, dict[str, int]]:
    """Return the text of ``raw``, the name of its encoding and no notes; what is no text raises `Refused`."""
    return *decode(raw), {}


def decode(raw: bytes) -> tuple[str, str]:
    """Return the text of ``raw`` and the name of its encoding; what is no text raises `Refused`."""
    marked = [name for mark, name in _MARKS.items() if raw.startswith(mark)]
    for encoding in marked or _GUESSES:
        text = _decoded(raw, encoding)
        if is_text(text, guessed=not marked and encoding != "utf-8", wide=encoding.startswith("utf-16-")):
            return text, encoding
    for encoding in _TABLES:
        text = raw.decode(encoding, "replace")
        if "\0" not in text and is_text(text, guessed=True):
            raise _bad_byte(raw, encoding)
    raise Refused("unknown_bytes")


def _bad_byte(raw: bytes, encoding: str) -> Refused:
    """Return the refusal that names the first byte of ``raw`` that is none of its ``encoding``."""
    try:
        raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Refused("bad_byte", encoding=encoding.upper(), position=error.start + 1, line=line)
    return Refused("unknown_bytes")


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return ""


def is_text(text: str, *, guessed: bool, wide: bool = False) -> bool:
    """Tell whether ``text`` has next to no control characters and, if ``guessed``, common ones among its Chinese.

    ``wide``: and next to none of another script, into which two bytes each fall by chance.
    """
    sample = text[:20_000]
    if not sample or len(_CONTROL.findall(sample)) > len(sample) * 0.01:
        return False
    if wide and len(_FOREIGN.findall(sample)) >= len(sample) * 0.2:
        return False
    return not guessed or _is_chinese(sample)


def _is_chinese(sample: str) -> bool:
    """Tell whether there is hardly any Chinese in a text, or common characters are among it."""
    chinese = [c for c in sample if "\u3400" <= c <= "\u9fff"]
    common = sum(1 for c in chinese if c in _COMMON)
    return len(chinese) < 50 or common >= len(chinese) * 0.03


def tidy(lines: Iterable[str]) -> str:
    """Return ``lines`` as one text: nothing that is not shown, no space at the ends of a line, no empty line."""
    shown = (_NOT_SHOWN.sub("", line.replace("\u00a0", " ")).strip() for text in lines for line in text.split("\n"))
    return "".join(line + "\n" for line in shown if line).encode("utf-8", "ignore").decode()


def sentences(texts: Iterable[str], kept: str) -> int:
    """Return how many characters the sentences of ``texts`` have that are none of those that are ``kept``."""
    known = {*_sentences(kept)}
    return sum(len(one) for text in texts for one in _sentences(text) if one not in known)


def _sentences(text: str) -> list[str]:
    parts = map(squeeze, re.split(r"(?<=[。！？!?])|\n", text))
    return [part for part in parts if part.endswith(_STOPS)]
