"""Whether two targets are so surely the same thing that a rise or a fall may be claimed of them.

A pair of targets may be charted side by side where its names differ a little; that a government raised or lowered what
it promised is a stronger thing to say.
"""

from __future__ import annotations

import re
from collections import Counter

from policycmp.schema import Record
from policycmp.text.codes import RATES
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold

_MARKS = re.compile(r"\([^()]*\)|\W|[\d.]+")


def is_sure(old: Record, new: Record, lexicon: Lexicon) -> bool:
    """Tell whether two paired rows of the table ``targets`` surely set the same target.

    They do where one indicator is a rate, a growth or a share of the same code, or where the names are the same, in
    whatever order, without the words that name nothing, and what is done with it is of one kind.
    """
    if old["indicator_code"] and old["indicator_code"] == new["indicator_code"] and old["unit"] in RATES:
        return True
    if _stage(old, lexicon) != _stage(new, lexicon) or _is_total(old, lexicon) != _is_total(new, lexicon):
        return False
    verbs = [_verbs(row, lexicon) for row in (old, new)]
    return bool(not all(verbs) or verbs[0] & verbs[1]) and _named(old, lexicon) == _named(new, lexicon)


def _stage(row: Record, lexicon: Lexicon) -> str:
    """Return whether a target counts what is begun; what is not is finished, or has no stages."""
    begun, finished = (
        re.search(lexicon.any_of(f"claim_stages.{name}"), row["quote"]) for name in ("begun", "finished")
    )
    return "begun" if begun and not finished else ""


def _is_total(row: Record, lexicon: Lexicon) -> bool:
    return bool(row["kind"] == "total" and re.search(lexicon.any_of("claim_totals"), row["quote"]))


def _verbs(row: Record, lexicon: Lexicon) -> set[str]:
    """Return what is done with the thing that is counted: build, renew, grow; several where a verb says both."""
    found = set()
    for kind in lexicon["claim_verbs"]:
        if re.search(lexicon.any_of(f"claim_verbs.{kind}"), row["indicator"]):
            found.add(kind)
    return found


def _named(row: Record, lexicon: Lexicon) -> Counter[str]:
    """Return the characters of an indicator's name without what names nothing: 老旧小区改造 is 改造老旧小区."""
    kinds = [f"claim_verbs.{kind}" for kind in lexicon["claim_verbs"]]
    return Counter(re.sub(lexicon.any_of("claim_neutral", *kinds), "", _MARKS.sub("", fold(row["indicator"]))))
