"""Width and space folding by a one-to-one table, so that every offset still points into the raw text."""

from __future__ import annotations

# Full-width ASCII (！ to ～) has one half-width twin each; dashes, quotes and spaces have several spellings.
_TABLE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TABLE |= dict.fromkeys(map(ord, "\u00a0\u3000\u2002\u2003\u2007\u2009\u202f\ufeff\u200b\t"), " ")  # type: ignore[arg-type]
_TABLE |= dict.fromkeys(map(ord, "—–‐‑‒−―～~〜－"), "-")  # type: ignore[arg-type]
_TABLE |= dict.fromkeys(map(ord, "「『＂"), "“") | dict.fromkeys(map(ord, "」』"), "”")  # type: ignore[arg-type]
_TABLE |= {ord("［"): "[", ord("］"): "]", ord("【"): "[", ord("】"): "]"}  # type: ignore[dict-item]
_TABLE |= {ord("∶"): ":", ord("｡"): "。", ord("､"): "、", ord("﹪"): "%", ord("\r"): "\n", ord("\u2028"): "\n"}  # type: ignore[dict-item]
_TABLE |= {ord("〔"): "[", ord("〕"): "]", ord("﹝"): "[", ord("﹞"): "]", ord("《"): "《"}  # type: ignore[dict-item]


def fold(text: str) -> str:
    """Return ``text`` with widths, dashes, quotes and spaces unified, character for character.

    ``len(fold(text)) == len(text)``: an offset into the folded text is an offset into the raw one.
    """
    return text.translate(_TABLE)


def squeeze(text: str) -> str:
    """Return the folded text without any white space: what two printings of one sentence share."""
    return "".join(fold(text).split())
