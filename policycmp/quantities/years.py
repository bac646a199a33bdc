"""Which year a number is for, and whether it only says where one comes from: 由X提高到Y, 2024年达X."""

from __future__ import annotations

import re

from policycmp.quantities.phrases import Measure
from policycmp.quantities.sentence import Sentence

_BRACKETS = {"(", "[", "“", "《"}
_COMPARED = {"比", "较", "同", "在"}


def is_baseline(sentence: Sentence, measure: Measure) -> bool:
    """由X提高到Y, 在X基础上, 2024年达X: X is where one comes from."""
    text, end = sentence.text, measure.phrase[1]
    ground = text.find("基础上", measure.numeral.end, min(end, measure.after + 80))
    if ground != -1 and "在" in text[measure.sentence[0] : measure.numeral.start]:
        return True
    changed = sentence.pattern("changed").match(text[measure.after : min(end, measure.after + 20)])
    return bool(changed and sentence.hit("from", sentence.before(measure))) or _is_past(sentence, measure)


def _is_past(sentence: Sentence, measure: Measure) -> bool:
    """2024年实现X, 过去五年X: what was reached, unless a later year follows or it is only compared with."""
    if measure.numeral.unit == "倍" or not sentence.year:
        return False
    text, start = sentence.text, sentence.span[0]
    years = [one for one in sentence.numerals if one.form == "year" and one.start < measure.numeral.start]
    for year in reversed(years):
        opening = re.split("[,:、]", text[start : year.start])[-1]
        if not sentence.hit("year_opens", opening):
            continue  # （2025-2027年）, 较2024年, 2000年底前建成的 govern nothing
        past = (year.value or 0) < sentence.year
        return past and not sentence.hit("year_owns", text[year.end : measure.numeral.end + 1])
    before = text[start : measure.numeral.start]
    if sentence.hit("past_own", before):
        return True
    return any(_governs(before, found) for found in sentence.pattern("past").finditer(before))


def _governs(before: str, past: re.Match[str]) -> bool:
    """Tell whether 去年 or the like says of when a number is: not 比去年, nor 去年的 of a thing."""
    return before[past.start() - 1 : past.start()] not in _COMPARED and (
        "的" not in re.split("[,:]", before[past.end() :])[0]
    )


def year_of(sentence: Sentence, measure: Measure) -> int | None:
    """Return the year that a number is for: the last one named before it in the sentence, else the document's."""
    text, own = sentence.text, sentence.year
    named = [one for one in sentence.numerals if one.form == "year" and one.start < measure.numeral.start and one.value]
    years = [
        int(one.value_max or one.value or 0)
        for one in named
        if text[one.start - 1 : one.start] not in _BRACKETS and (not own or (one.value or 0) >= own)
    ]
    if years or not own:
        return years[-1] if years else own
    next_year = sentence.hit("next_year", text[sentence.span[0] : measure.numeral.start])
    return own + 1 if next_year else own
