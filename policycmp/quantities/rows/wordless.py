"""What a sentence sets without a number: 居民收入增长与经济增长同步 (in_step), 地区生产总值不设目标 (none_set)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policycmp.quantities.commitment import commitment
from policycmp.quantities.cues import clean, object_of
from policycmp.quantities.indicators import short
from policycmp.quantities.phrases import Measure
from policycmp.quantities.rows.confidence import confidence, of_measure
from policycmp.quantities.sentence import Sentence
from policycmp.schema import Record
from policycmp.text.scan import Numeral

SHORTEST_NAME = 2  # characters


@dataclass(frozen=True, slots=True)
class _Statement:
    """What is set, for what, and where the words stand."""

    comparator: str
    name: str
    begin: int  # of the name
    start: int
    end: int


def statements(sentence: Sentence) -> Iterator[Record]:
    """Yield the rows of what the sentence sets without a number: their value is empty, `as_written` is the words."""
    begin, end = sentence.span
    position = begin
    for phrase in re.split("(?<=[,:、;。])", sentence.text[begin:end]):
        for found in _found(sentence, phrase, position):
            yield _row(sentence, found, (position, position + len(phrase)))
        position += len(phrase)


def _found(sentence: Sentence, phrase: str, position: int) -> Iterator[_Statement]:
    for comparator, named in (("in_step", _in_step), ("none_set", _none_set)):
        told = sentence.hit(comparator, phrase)
        if not told:
            continue
        subject = _subject(sentence, phrase[: told.start()])
        name = named(sentence, subject, told)
        if len(name) >= SHORTEST_NAME:
            begin = phrase.find(subject) if subject else told.start()
            start, end = (position + offset for offset in told.span())
            yield _Statement(comparator, name, position + begin, start, end)


def _subject(sentence: Sentence, words: str) -> str:
    """Return the last words before the statement that name something: 居民收入 of 促进居民收入."""
    named = object_of(clean(words, sentence.lexicon), sentence.lexicon)
    opened = sentence.pattern("upholds").match(named)
    return named[opened.end() :] if opened else named


def _in_step(sentence: Sentence, subject: str, told: re.Match[str]) -> str:
    """Return what keeps pace: 居民收入增长 of 居民收入与经济同步增长; "" for what is only done at the same time."""
    if not sentence.hit("keeps_pace", subject) or not sentence.hit("economy", told["pace"]):
        return ""
    return subject if sentence.hit("grows", subject) else subject + (told["grows"] or "")


def _none_set(sentence: Sentence, subject: str, told: re.Match[str]) -> str:
    """Return for what no target is set; its name stands before the words or among them."""
    return subject if len(subject) >= SHORTEST_NAME else str(told["thing"])


def _row(sentence: Sentence, found: _Statement, phrase: tuple[int, int]) -> Record:
    """Return the row of a statement; in a review it tells what was reached."""
    text, timeline = sentence.text, sentence.timeline
    numeral = Numeral(found.start, found.end, found.end, None, None, "", "words")
    measure = Measure(
        numeral, sentence.span, phrase, lead=(phrase[0], found.start), before=found.start, after=found.end
    )
    tense = timeline.of(measure, sentence.span[0], sentence.numerals)
    row: Record = {
        "role": "result" if tense.reached else "target",
        "comparator": found.comparator,
        "unit": "",
        "flag": "",
        "indicator": found.name,
        "label": short(found.name),
        "as_written": text[found.start : found.end],
        "number_start": found.start,
        "start": found.begin,
        "end": found.end,
        "origin": "computed",
    }
    row["confidence"] = confidence(row, of_measure(sentence, measure, row), sentence.lexicon)
    if tense.reached:
        return row | {"year": tense.year}
    year = timeline.year_of(measure, sentence.span[0], sentence.numerals)
    return row | {"year": year, "commitment": commitment(text, measure, sentence.lexicon)}
