"""Line breaks inside a quantity: 达到 260⏎亿元左右 is one number with its unit, not two lines."""

from __future__ import annotations

import re

from policycmp.keeping import once
from policycmp.text.lexicon import Lexicon, any_of


@once
def _inside(lexicon: Lexicon) -> re.Pattern[str]:
    """Return what stands before a line end inside a quantity: a number, one with its unit, a verb or comparator."""
    units = any_of([*lexicon["units"], *lexicon["unit_scales"]])
    bounds = any_of(word for listed in lexicon["comparators_after"].values() for word in listed)
    before = [word for listed in lexicon["comparators_before"].values() for word in listed]
    leading = any_of([*before, *lexicon["break_verbs"]])
    closed = rf"(?=[,。;、)及和与]|{bounds})"  # 300⏎家庭 is no 300家
    item = r"(?:19|20)[0-9]{2}年|[0-9]{1,2}(?:[、)]|\.(?![0-9]))"  # 2025年…, 3、… begin a line of their own
    number = rf"(?!{item})[0-9][0-9.,]*[余多]?[百千]?[万亿]*(?:{units})"
    return re.compile(
        rf"[0-9]\n(?=[余多]?[百千]?[万亿]{{0,2}}(?:{units}){closed})"
        rf"|[0-9][百千]?[万亿]{{1,2}}\n(?=(?:{units}){closed})"
        rf"|[0-9][百千万亿]*(?:{units})\n(?={bounds})"
        rf"|(?:{leading})\n(?={number})"
    )


def unbroken(text: str, lexicon: Lexicon) -> str:
    """Return ``text`` with a space for each line break inside a quantity; every offset stays."""
    return _inside(lexicon).sub(lambda found: found[0].removesuffix("\n") + " ", text)
