"""What a figure is of: one year or several, the whole place or a part of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from policycmp.document.tables import Tables
from policycmp.keeping import once
from policycmp.quantities import verb_of
from policycmp.schema import Record, is_missing
from policycmp.text.lexicon import Lexicon

SUBJECT = 14  # characters from a sentence's beginning in which a part of the place is its subject: 高新区…,产值增长9%


class _Words(NamedTuple):
    own_names: Mapping[str, str]  # the word for the whole place, by its level
    told: re.Pattern[str]  # one year or several
    years: re.Pattern[str]
    months: re.Pattern[str]
    own: re.Pattern[str]
    part: re.Pattern[str]
    above: re.Pattern[str]
    whole: re.Pattern[str]
    subject: re.Pattern[str]
    done: re.Pattern[str]
    each: re.Pattern[str]
    base: re.Pattern[str]


@once
def _words(lexicon: Lexicon) -> _Words:
    spans, scopes = lexicon["span_words"], lexicon["scope_words"]
    years, year, months, named, own = ("|".join(spans[name]) for name in ("years", "year", "months", "named", "own"))
    years = f"(?:{years})(?![^,。;]{{0,16}}(?:{named}))"
    part, above, whole, works = ("|".join(scopes[name]) for name in ("part", "above", "whole", "works"))
    subject, done = f"(?:{part})(?!{works})", "|".join(scopes["done"])
    patterns = (f"{years}|{year}", years, months, own, part, above, whole, subject, done, scopes["each"], spans["base"])
    compiled = [re.compile(pattern) for pattern in patterns]
    return _Words(scopes["own_names"], *compiled)


class Timeline:
    """Where a text speaks of one year and where of several, and of what: the last word before a number tells."""

    def __init__(self, tables: Tables) -> None:
        self.text, self.year, self.lexicon = tables.policy.folded, tables.policy.year, tables.policy.lexicon
        self.place, self.words = tables.policy.district, _words(self.lexicon)
        told = [found for found in self.words.told.finditer(self.text) if self._counts(found[0])]
        self.several = [bool(self.words.years.match(found[0])) for found in told]
        self.starts = [found.start() for found in told]
        self.behind: dict[str, list[int]] = {}  # where something begins behind some marks
        self.sections = sorted({row["start"] for row in tables.rows["sections"]})

    def _counts(self, word: str) -> bool:
        """Tell whether a word speaks of the year of the report: 2016年 in a report of 2018 does not."""
        return not self.year or not word[:4].isdigit() or int(word[:4]) in {self.year - 1, self.year}

    def sentence(self, row: Record) -> int:
        """Return where the sentence begins in which a figure stands; a semicolon does not end it."""
        return self._after("。!?\n", row["number_start"])

    def _after(self, marks: str, at: int) -> int:
        """Return where what stands behind the last of some marks before a place begins."""
        if marks not in self.behind:
            self.behind[marks] = [found.end() for found in re.finditer(f"[{marks}]", self.text)]
        number = bisect_right(self.behind[marks], at)
        return self.behind[marks][number - 1] if number else 0

    def span(self, row: Record, *, by_sentence: bool = False) -> str:
        """Return whether a figure is of a ``year``, of several ``years`` or of some ``months``.

        What its section says of years before it counts as well, unless only its sentence is asked: then it is the year
        itself from which a growth of more than a year starts (较2020年下降13%).
        """
        at, year = row["number_start"], row["year"]
        ahead = 1 if by_sentence else 0  # what is issued in December is for the next year
        if not row.get("result") and self.year and not is_missing(year) and int(year) > self.year + ahead:
            return "years"
        phrase, clause = self._after(",;。\n", at), self._after(";。\n", at)
        base = self.words.base.search(self.text, clause, at)
        if base and self.year and by_sentence and int(base[1]) < self.year - 1:
            return base[1]
        if base and self.year and int(base[1]) < self.year - 2:
            return "years"
        if self.words.months.search(self.text, phrase, at):
            return "months"
        if self.words.own.search(row["indicator"]) or self.words.own.search(self.text, min(row["start"], phrase), at):
            return "years"
        last, section = bisect_left(self.starts, at) - 1, bisect_right(self.sections, at) - 1
        begin = self.sections[section] if section >= 0 else 0
        begin = self.sentence(row) if by_sentence else begin
        return "years" if last >= 0 and self.starts[last] >= begin and self.several[last] else "year"

    def scope(self, row: Record, level: str) -> str:
        """Return whether a figure is of the ``whole`` place, or of a ``part`` of it or of others."""
        above = self.words.above.search(row["indicator"])
        others = above and above[0] != self.words.own_names.get(level, "")
        return "part" if others or self.is_of_a_part(row) else "whole"

    def is_of_a_part(self, row: Record) -> bool:
        """Tell whether a figure is of a part of the place: its name says so, or what governs its sentence."""
        name = row["indicator"].replace(self.place, "")
        found = self.words.part.search(name)
        if found and found[0] not in self.place:  # a new area's own is no part of it
            return True
        sentence = self.text[self.sentence(row) : row["start"]].strip()
        if self.words.whole.search(sentence + name):
            return False
        if self.words.each.search(sentence):
            return True
        subject = self.words.subject.search(sentence[:SUBJECT])
        if subject is None or verb_of(sentence, self.lexicon):
            return False
        return not self.words.done.search(sentence[: subject.start()])
