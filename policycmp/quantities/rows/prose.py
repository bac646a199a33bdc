"""The numbers of a sentence → rows of `quantities`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policycmp.quantities.commitment import commitment
from policycmp.quantities.indicators import names, paid_for
from policycmp.quantities.phrases import Measure
from policycmp.quantities.roles import judge
from policycmp.quantities.rows.confidence import confidence, of_calendar, of_measure
from policycmp.quantities.sentence import Sentence
from policycmp.schema import Record
from policycmp.text.lexicon import Lexicon
from policycmp.text.scan import Numeral


def unjudged(text: str, numeral: Numeral, lexicon: Lexicon) -> Record:
    """Return the row of a numeral that no rule judges: a date, a year, a part of a name."""
    row = _row(text, numeral)
    return row | {"confidence": confidence(row, of_calendar(row), lexicon)}


def _row(text: str, numeral: Numeral) -> Record:
    """Return the row of a numeral that is a reference until a rule says otherwise."""
    return {
        "role": "reference",
        "comparator": "equal",
        "value": numeral.value,
        "value_max": numeral.value_max,
        "unit": numeral.unit,
        "as_written": text[numeral.start : numeral.end],
        "number_start": numeral.start,
        "start": numeral.start,
        "end": numeral.unit_end,
        "flag": "unread" if numeral.form == "unknown" else "",
        "origin": "computed",
    }


def judged(sentence: Sentence) -> Iterator[Record]:
    """Yield one row per numeral of a sentence, and one per thing that 各 or 均 distributes it over."""
    by_start = {measure.numeral.start: measure for measure in sentence.measures}
    for numeral in sentence.numerals:
        measure = by_start.get(numeral.start)
        if measure:
            for row in _judged(sentence, measure):
                signals = of_measure(sentence, measure, row)
                yield row | {"confidence": confidence(row, signals, sentence.lexicon)}
        else:
            yield unjudged(sentence.text, numeral, sentence.lexicon)


def _judged(sentence: Sentence, measure: Measure) -> Iterator[Record]:
    """Yield the rows of a measure: its role, and if that is no reference its year, its name and how firm it is."""
    text, lexicon = sentence.text, sentence.lexicon
    if not measure.numeral.unit:
        _open_unit(text, measure)
    role, flag, scope, reached_in = judge(sentence, measure)
    row = _row(text, measure.numeral) | {"role": role, "flag": flag, "scope": scope, "comparator": measure.comparator}
    row["end"] = max(measure.after, measure.numeral.unit_end)
    if role == "reference":
        yield row
        return
    year = sentence.timeline.year_of(measure, sentence.span[0], sentence.numerals)
    row["year"] = reached_in if role == "result" else year
    if role == "target":
        row["commitment"] = commitment(text, measure, lexicon)
    for name in names(text, measure, sentence.measures, lexicon):
        own = paid_for(text, measure, name) if role == "incentive" else name
        end = max(own.end, row["end"])
        yield row | {"start": own.start, "end": end, "indicator": own.indicator, "label": own.label}


_OPEN_UNIT = re.compile(r"(?!以[上下内]|左右|国道|省道|[省国版多大])([一-龥]{1,2})(?=以[上下内]|左右|[,。;、)\n]|$)")
_AFTER = {"以上": "at_least", "以下": "at_most", "以内": "at_most", "左右": "about"}


def _open_unit(text: str, measure: Measure) -> None:
    """Read a unit that no list names from its place: 充电枪500把."""
    numeral = measure.numeral
    found = _OPEN_UNIT.match(text, numeral.end, measure.sentence[1])
    if measure.comparator == "top":
        unit, end = "位", numeral.end + (text[numeral.end : numeral.end + 1] in {"位", "名"})
    elif found:
        unit, end = found[1], found.end()
    else:
        return
    after = _AFTER.get(text[end : end + 2], "")
    if after and measure.comparator == "equal":
        measure.comparator = after
    measure.numeral = replace(numeral, unit=unit, unit_end=end)
    measure.after = max(measure.after, end + 2 * bool(after))
    measure.tail = (max(measure.after, measure.tail[0]), max(measure.after, measure.tail[1]))
