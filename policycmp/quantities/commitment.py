"""Whether a target is firm or aspirational: 力争 and the like govern what is coordinate with them in the sentence."""

from __future__ import annotations

import re

from policycmp.quantities.cues import clean, cues, verb_of
from policycmp.quantities.phrases import Measure
from policycmp.text.lexicon import Lexicon


def commitment(text: str, measure: Measure, lexicon: Lexicon) -> str:
    """Return firm or aspirational."""
    known = cues(lexicon)
    start, end = measure.sentence[0], measure.numeral.start
    aspirational = opened = False
    position = start
    for phrase in re.split("(?<=[,:])", text[start:end]):
        position += len(phrase)
        words = _without_time(phrase)
        if known.firm.search(words):
            aspirational = False
        own = known.aspirational.search(words) or known.aspirational_at_start.search(words)
        if own and (position >= end or not _within_one_predicate(words[: own.start()], lexicon)):
            aspirational = True
        elif not own and aspirational and not opened and _new_subject(phrase, lexicon):
            aspirational = False
        opened = bool(own and not _without_time(words[own.end() :]).strip(" ,:"))  # 力争到2022年,生产总值…
    return "aspirational" if aspirational else "firm"


def _without_time(phrase: str) -> str:
    return re.sub(r"^(?:[ ,、]|(?:到)?20[0-9]{2}年,?|全年|年内)+", "", phrase)


def _within_one_predicate(before: str, lexicon: Lexicon) -> bool:
    """Tell whether 力争 stands behind a subject of its own, 绿电交易电量力争突破3亿: it holds for that number only."""
    subject = clean(before, lexicon)
    district = re.fullmatch("(?:.{0,4})[区县市]", subject)
    return len(subject) >= 2 and not verb_of(subject, lexicon) and not district


def _new_subject(phrase: str, lexicon: Lexicon) -> bool:
    """Tell whether a phrase starts anew: with a year, or with a thing that has its own predicate."""
    if re.match(r" *(?:到|至)?20[0-9]{2}年", phrase):
        return True
    known = cues(lexicon)
    opened = known.opening.match(phrase)
    words = phrase[opened.end() :] if opened else phrase
    if re.match(" *[在较比]", phrase) or not words or verb_of(words, lexicon) or known.bare.match(words):
        return False
    found = known.predicate.search(words)
    return bool(found and found.start() >= 2)
