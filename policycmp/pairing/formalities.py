"""Which clauses every document has: why it was made, from when on it holds, what breaking it costs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policycmp.keeping import once
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold

if TYPE_CHECKING:
    import pandas as pd

MOSTLY = 0.5  # of the characters of a clause: what else it says is then a remark


@once
def _sentence(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a formal sentence: 为规范…，制定本办法 or 本办法自…起施行."""
    purpose = rf"为(?!企业|其)[^。]{{2,150}}制定本|{lexicon.any_of('formal_purposes')}"
    force = rf"自[^。]{{2,30}}起[^。]{{0,6}}(?:施行|实施|执行)|{lexicon.any_of('formal_endings')}"
    begins = "(?<![^。;\\n])"  # else a long sentence would be searched anew from each of its characters
    return re.compile(rf"{begins}[^。;\n]*(?:{purpose}|{force})[^。;\n]*[。;\n]?")


def formal(clauses: pd.DataFrame, lexicon: Lexicon) -> list[bool]:
    """Return, for each row of ``clauses`` (columns title and text), whether it is a formal clause.

    Every document has such clauses, in nearly the same words; that two of them agree says nothing about two policies.
    """
    pattern = _sentence(lexicon)
    found = []
    for title, text in zip(clauses["title"], clauses["text"], strict=True):
        whole = fold(f"{title}。{text}" if title else text)
        said = sum(len(match[0]) for match in pattern.finditer(whole))
        found.append(said > MOSTLY * len(whole))
    return found


def sanctions(clauses: pd.DataFrame, lexicon: Lexicon) -> list[bool]:
    """Return, for each row of ``clauses``, whether it threatens who breaks a rule: 违反本条例第十条规定，处…罚款.

    Those agree in their wording whatever the rule is, and do not answer the rule itself.
    """
    pattern = _sanction(lexicon)
    pairs = zip(clauses["title"], clauses["text"], strict=True)
    return [bool(pattern.search(fold(f"{title}。{text}"))) for title, text in pairs]


@once
def _sanction(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"违反本[^。;]{{0,20}}规定|处[^。;,]{{0,24}}罚款|{lexicon.any_of('sanctions')}")
