"""Widths, spaces and traditional characters folded one for one, so that every offset still points into the raw text.

Which simplified character a traditional one is comes from OpenCC, which is asked only for characters that mainland
texts do not use (GB 2312), once each.
"""

from __future__ import annotations

from functools import cache
from typing import Any

# Full-width ASCII (！ to ～) has one half-width twin each; dashes, quotes and spaces have several spellings.
_TABLE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TABLE |= dict.fromkeys(map(ord, "\u00a0\u3000\u2002\u2003\u2007\u2009\u202f\ufeff\u200b\t"), " ")  # type: ignore[arg-type]
_TABLE |= dict.fromkeys(map(ord, "—–‐‑‒−―～~〜－"), "-")  # type: ignore[arg-type]
_TABLE |= dict.fromkeys(map(ord, "「『＂"), "“") | dict.fromkeys(map(ord, "」』"), "”")  # type: ignore[arg-type]
_TABLE |= {ord("［"): "[", ord("］"): "]", ord("【"): "[", ord("】"): "]"}  # type: ignore[dict-item]
_TABLE |= {ord("∶"): ":", ord("｡"): "。", ord("､"): "、", ord("﹪"): "%", ord("\r"): "\n", ord("\u2028"): "\n"}  # type: ignore[dict-item]
_TABLE |= {ord("〔"): "[", ord("〕"): "]", ord("﹝"): "[", ord("﹞"): "]", ord("《"): "《"}  # type: ignore[dict-item]
# The traditional characters that GB 2312 has too; 乾 stays, it has a use of its own (乾隆).
_TABLE |= str.maketrans("吒夥後徵拚捱摺於榘菸薹袷醣麴麽", "咤伙后征拼挨折于矩烟苔夹糖曲么")


class _Folding(dict[int, int | str]):
    """The table with what it learns: each character that is met is looked up once."""

    def __missing__(self, code: int) -> int | str:
        char = chr(code)
        self[code] = _simplified(char) if "\u3400" <= char <= "\u9fff" and not _is_mainland(char) else code
        return self[code]


def _is_mainland(char: str) -> bool:
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _simplified(char: str) -> str:
    """Return the simplified form of a traditional character; a rare one that has none stays as it is."""
    return str(_opencc().convert(char))


@cache
def _opencc() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


_FOLDED = _Folding(_TABLE)


def begins_word(text: str, others: str = "") -> bool:
    """Tell whether ``text`` begins with a Chinese character, a Latin letter, or one of ``others``."""
    first = text[:1]
    return "一" <= first <= "龥" or (first.isascii() and first.isalpha()) or (bool(first) and first in others)


def fold(text: str) -> str:
    """Return ``text`` with widths, dashes, quotes, spaces and traditional characters unified, one for one.

    ``len(fold(text)) == len(text)``: an offset into the folded text is an offset into the raw one.
    """
    return text.translate(_FOLDED)


def squeeze(text: str) -> str:
    """Return the folded text without any white space: what two printings of one sentence share."""
    return "".join(fold(text).split())
