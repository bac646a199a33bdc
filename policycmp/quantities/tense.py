"""What was reached already, and what shall be: told by whatever stands nearest before a number.

The heading says it for a whole section (2023年工作回顾), a line or an opening sentence for what follows (过去一年,…),
a year or a word for the rest of its sentence: 去年完成46家,今年力争50家.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import NamedTuple

from policycmp import schema
from policycmp.keeping import once
from policycmp.quantities.phrases import Measure
from policycmp.structure import Block
from policycmp.text.lexicon import Lexicon, any_of
from policycmp.text.scan import Numeral

LONGEST_LINE = 40  # characters of a heading without a number
_BRACKETS = {"(", "[", "“", "《"}
_COMPARED = {"比", "较", "同", "在", "以"}  # 比去年增长5%, 以上年为基数: last year is only what is compared with
_SUBJECT = re.compile("[全我本各][省市区县州镇乡国]$|我们$")  # 全区去年成效明显,…: who did it, no verb


class Tense(NamedTuple):
    """Whether a number was reached already, and in which year, where that is told."""

    reached: bool
    year: int | None = None


PLANNED = Tense(False)


@once
def _patterns(lexicon: Lexicon) -> SimpleNamespace:
    """Return the patterns of ``roles.toml`` about time."""
    past = any_of(lexicon["cues"]["past"])
    told = {name: re.compile(pattern.replace("{past}", past)) for name, pattern in lexicon["time_patterns"].items()}
    return SimpleNamespace(**told)


@dataclass
class Timeline:
    """Follows a document from block to block, and says of each number whether it was reached.

    ``year`` is the one that the document plans for. ``above`` is what headings without a number said before the first
    section of a part, ``own`` what the headings of the block say, ``since`` what a line or a sentence said in it; under
    the heading of a plan that holds only ``until`` the end of its paragraph. ``goal`` says that goals are stated, and
    ``ahead`` for which year.
    """

    text: str
    year: int | None
    lexicon: Lexicon
    above: Tense | None = None
    own: Tense | None = None
    since: Tense | None = None
    until: int = 0
    goal: bool = False
    ahead: int | None = None
    place: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        """Bind the patterns."""
        self.cues = _patterns(self.lexicon)

    def enter(self, block: Block) -> None:
        """Begin a block: another section forgets what was said within the one before."""
        here = (block.part.number, block.section)
        if here[0] != self.place[0]:
            self.above = self.of_heading(block.part.title)
        elif not self.place[1] and block.section and not self.until:
            self.above = self.since or self.above
        if here != self.place:
            self.since, self.until = None, 0
        self.place = here
        self.goal, self.ahead = any(self.cues.goal.search(heading) for heading in block.headings), None
        told = [self.of_heading(heading) for heading in reversed(block.headings)]
        self.own = next((tense for tense in told if tense), None)

    def of_heading(self, heading: str) -> Tense | None:
        """Return what a heading says: 2023年工作回顾, 2024年工作安排; None for 产业提质增效."""
        years = [int(year) for year in self.cues.year.findall(heading)]
        review, plan = self.cues.review.search(heading.strip()), self.cues.plan.search(heading)
        if review and plan and plan.start() >= review.end():
            return None  # 2023年工作回顾和2024年工作安排
        if review:
            current = self.year if "今年" in heading else self._last()
            return Tense(True, max(years, default=current))
        if years and self.year:
            return Tense(True, max(years)) if max(years) < self.year else PLANNED
        return PLANNED if plan else None

    def read(self, start: int, end: int) -> None:
        """Note what a sentence says about those that follow: a line that is a heading, or 过去一年,…."""
        words = self.text[start:end]
        opened = words.lstrip()
        self._look_ahead(opened)
        if words.endswith("\n") and len(opened) <= LONGEST_LINE and not self.cues.sentence.search(opened):
            told = self.of_heading(opened)
            if told and self._is_heard(told, opened):
                self.since, self.until = told, 0
                return
        if self.own and self.own.reached:
            return
        if self.until and start >= self.until:
            self.since, self.until = None, 0
        if self.cues.opens_review.match(opened):
            self.since = Tense(True, self._last())
            self.until = self.text.find("\n", start) + 1 if self.own else 0
        elif self.since and (self._plans(opened) or self.cues.opens_plan.match(opened)):
            self.since = PLANNED
        elif self._tells_of(opened):  # 2013年,全省…。生产总值…
            self.since = Tense(True, self._tells_of(opened))
            self.until = self.text.find("\n", start) + 1  # it opens its paragraph, not the sections behind

    def _look_ahead(self, opened: str) -> None:
        """Note the year that a statement of goals opens with: 发展目标。到2027年,…。; it holds for what follows."""
        self.goal = self.goal or bool(self.cues.goal.match(opened))
        found = self.cues.horizon.match(opened) if self.goal else None
        self.ahead = int(found[1]) if found else self.ahead

    def _is_heard(self, told: Tense, line: str) -> bool:
        """Tell whether a line that sounds like a plan is one: under the heading of a review 出色完成任务 is none."""
        return told.reached or not (self.own and self.own.reached) or bool(self.cues.plan_ahead.search(line))

    def _plans(self, opened: str) -> bool:
        found = self.cues.opens_year.match(opened)
        return bool(found and self.year and int(found[1]) >= self.year)

    def _tells_of(self, opened: str) -> int | None:
        """Return the year past with which a sentence opens, where it governs what follows: 2013年,…."""
        found = self.cues.opens_year.match(opened)
        past = found and self.year and int(found[1]) < self.year and opened[found.end() :].lstrip()[:1] in {",", "是"}
        return int(found[1]) if found and past else None

    def ambient(self) -> Tense:
        """Return what was said above the sentence."""
        return self.since or self.own or self.above or PLANNED

    def _last(self) -> int | None:
        return self.year - 1 if self.year else None

    def of(self, measure: Measure, sentence: int, numerals: list[Numeral]) -> Tense:
        """Return what is said nearest before ``measure``, in its sentence that begins at ``sentence``, or above."""
        ambient = self.ambient()
        if measure.numeral.unit == "倍":  # 达到去年的2倍 compares
            return ambient
        found = [*self._years(measure, sentence, numerals), *self._words(measure, sentence, ambient)]
        if not found:
            return ambient
        tense = max(found)[1]
        return tense._replace(year=tense.year or ambient.year) if tense.reached else tense

    def year_of(self, measure: Measure, sentence: int, numerals: list[Numeral]) -> int | None:
        """Return the year that a number is for: the last one named before it in its sentence, else the document's."""
        before = [one for one in numerals if one.form == "year" and one.start < measure.numeral.start and one.value]
        named = [one for one in before if self.text[one.start - 1 : one.start] not in _BRACKETS]
        since = self.year or 0
        years = [int(one.value_max or one.value or 0) for one in named if (one.value or 0) >= since]
        years = years or self._horizon(sentence) or ([self.ahead] if self.ahead else [])
        if years or not self.year:
            return years[-1] if years else self.year
        next_year = self.cues.next_year.search(self.text, sentence, measure.numeral.start)
        return self.year + 1 if next_year else self.year

    def _horizon(self, sentence: int) -> list[int]:
        """Return the year with which the sentence opened whose next part, behind a semicolon, this is: 到2022年,…;….

        In a text that has no year itself, any that the sentence names is one.
        """
        if self.text[sentence - 1 : sentence] != ";":
            return []
        begin = max(self.text.rfind("。", 0, sentence), self.text.rfind("\n", 0, sentence), 0)
        named = self.cues.horizon if self.year else self.cues.year
        told = [int(year) for year in named.findall(self.text, begin, sentence)]
        return [year for year in told if year >= (self.year or 0)]

    def _years(self, measure: Measure, sentence: int, numerals: list[Numeral]) -> list[tuple[int, Tense]]:
        """Return the years that open a phrase before ``measure``: 较2024年 and the like govern nothing."""
        if not self.year:
            return []
        found = []
        for year in numerals:
            if year.form != "year" or year.start >= measure.numeral.start:
                continue
            opening = re.split("[,:、]", self.text[sentence : year.start])[-1]
            last = int(year.value_max or year.value or 0)
            owned = self.cues.year_owns.search(self.text[year.end : measure.numeral.end + 1])
            if self.cues.year_opens.search(opening) and not (last < self.year and owned):
                found.append((year.start, Tense(True, last) if last < self.year else PLANNED))
        return found

    def _words(self, measure: Measure, sentence: int, ambient: Tense) -> list[tuple[int, Tense]]:
        """Return the words before ``measure`` that say when: 去年, 已建成; 今年, 力争."""
        before = self.text[sentence : measure.numeral.start]
        found = []
        for word in self.cues.past.finditer(before):
            compared = before[word.start() - 1 : word.start()] in _COMPARED
            attribute = "的" in re.split("[,:]", before[word.end() :])[0] or self._is_attribute(before, word)
            if not compared and not attribute:
                found.append((sentence + word.start(), Tense(True, self._year_of(word[0]))))
        plans = self.cues.plans_in_review if ambient.reached else self.cues.plans
        return found + [(sentence + word.start(), PLANNED) for word in plans.finditer(before)]

    def _is_attribute(self, before: str, word: re.Match[str]) -> bool:
        """Tell whether a word only says which thing is meant, in a phrase that has no number: 推广去年经验,."""
        opening = re.split("[,:、。;]", before[: word.start()])[-1]
        rest, comma, _ = before[word.end() :].partition(",")
        named = bool(comma and rest and len(opening) > 1)
        return named and not _SUBJECT.search(opening) and not re.search("[0-9]", rest)

    def _year_of(self, word: str) -> int | None:
        """Return the year that a word of the past means."""
        if not self.year:
            return None
        if word == "前年":
            return self.year - 2
        return self.year - 1 if self.cues.last_year.search(word) else None


def is_explained(block: Block) -> bool:
    """Tell whether a block only explains: the numbers of a glossary and of notes commit nobody."""
    return block.part.kind in schema.PART_KINDS[2:]
