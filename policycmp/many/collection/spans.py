"""What a figure is of: one year or several, the whole place or a part of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from policycmp.document import Tables
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
    base: re.Pattern[str]


@once
def _words(lexicon: Lexicon) -> _Words:
    spans, scopes = lexicon["span_words"], lexicon["scope_words"]
    years, year, months, named, own = ("|".join(spans[name]) for name in ("years", "year", "months", "named", "own"))
    years = f"(?:{years})(?![^,。;]{{0,16}}(?:{named}))"
    part, above, whole, works = ("|".join(scopes[name]) for name in ("part", "above", "whole", "works"))
    subject = f"(?:{part})(?!{works})"
    patterns = (f"{years}|{year}", years, months, own, part, above, whole, subject, spans["base"])
    compiled = [re.compile(pattern) for pattern in patterns]
    return _Words(scopes["own_names"], *compiled)


class Timeline:
    """Where a text speaks of one year and where of several, and of what: the last word before a number tells."""

    def __init__(self, tables: Tables) -> None:
        self.text, self.year, self.lexicon = tables.policy.folded, tables.policy.year, tables.policy.lexicon
        self.words = _words(self.lexicon)
        told = [found for found in self.words.told.finditer(self.text) if self._counts(found[0])]
        self.several = [bool(self.words.years.match(found[0])) for found in told]
        self.starts = [found.start() for found in told]
        self.sections = sorted({int(start) for start in tables.sections["start"]})

    def _counts(self, word: str) -> bool:
        """Tell whether a word speaks of the year of the report: 2016年 in a report of 2018 does not."""
        return not self.year or not word[:4].isdigit() or int(word[:4]) in {self.year - 1, self.year}

    def sentence(self, row: Record) -> int:
        """Return where the sentence begins in which a figure stands; a semicolon does not end it."""
        return max(self.text.rfind(mark, 0, row["number_start"]) for mark in "。!?\n") + 1

    def span(self, row: Record) -> str:
        """Return whether a figure is of a ``year``, of several ``years`` or of some ``months``."""
        at, year = row["number_start"], row["year"]
        if row["statement"] == "target" and self.year and not is_missing(year) and int(year) > self.year:
            return "years"
        phrase = max(self.text.rfind(mark, 0, at) for mark in ",;。\n") + 1
        clause = max(self.text.rfind(mark, 0, at) for mark in ";。\n") + 1
        base = self.words.base.search(self.text, clause, at)
        if base and self.year and int(base[1]) < self.year - 2:
            return "years"
        if self.words.months.search(self.text, phrase, at):
            return "months"
        if self.words.own.search(row["indicator"]) or self.words.own.search(self.text, min(row["start"], phrase), at):
            return "years"
        last, section = bisect_left(self.starts, at) - 1, bisect_right(self.sections, at) - 1
        begin = self.sections[section] if section >= 0 else 0
        return "years" if last >= 0 and self.starts[last] >= begin and self.several[last] else "year"

    def scope(self, row: Record, level: str) -> str:
        """Return whether a figure is of the ``whole`` place, or of a ``part`` of it or of others."""
        own, name = self.words.own_names.get(level, ""), row["indicator"]
        above = self.words.above.search(name)
        if self.words.part.search(name) or (above and above[0] != own):
            return "part"
        sentence = self.text[self.sentence(row) : row["start"]].strip()
        subject = self.words.subject.search(sentence[:SUBJECT])
        governs = subject and not verb_of(sentence, self.lexicon) and not self.words.whole.search(sentence + name)
        return "part" if governs else "whole"
