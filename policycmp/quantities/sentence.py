"""One sentence with its numbers, and what has been found of them so far: what a number is depends on both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from policycmp.keeping import once
from policycmp.quantities.phrases import Measure
from policycmp.quantities.tense import Timeline
from policycmp.text.lexicon import Lexicon
from policycmp.text.scan import Numeral

LONGEST_LIST = 600  # characters of a list of conditions before one of them
LEVELS = {"中央": 4, "国家": 4, "省": 3, "市": 2, "州": 2, "区": 1, "县": 1, "镇": 0, "街道": 0}


class Verdict(NamedTuple):
    """The role of a number, the scope of a budget, and a flag where no rule places it."""

    role: str
    flag: str = ""
    scope: str = ""
    year: int | None = None  # of a result


REFERENCE = Verdict("reference")


@dataclass
class Sentence:
    """A sentence: ``span`` of a folded ``text`` at a ``place`` (section and clause).

    ``level`` is that of the government that speaks; ``annexed`` says that it stands behind the main text, ``allotted``
    that the section's own allotment was stated already; ``roles`` are those found so far, by where their numbers begin.
    """

    text: str
    span: tuple[int, int]
    numerals: list[Numeral]
    measures: list[Measure]
    place: tuple[int, int]
    level: int
    lexicon: Lexicon
    timeline: Timeline
    annexed: bool = False
    allotted: bool = False
    roles: dict[int, str] = field(default_factory=dict)

    def before(self, measure: Measure) -> str:
        """Return the words of the phrase before the number."""
        return self.text[measure.phrase[0] : measure.numeral.start]

    def behind(self, measure: Measure, length: int) -> str:
        """Return the ``length`` characters behind the number, its unit and its comparator."""
        return self.text[measure.after : measure.after + length]

    def pattern(self, cue: str) -> re.Pattern[str]:
        """Return the pattern ``cue`` of the lexicon's ``role_patterns``."""
        return _patterns(self.lexicon)[cue]

    def hit(self, cue: str, words: str) -> re.Match[str] | None:
        """Return where ``words`` have the pattern ``cue``."""
        return self.pattern(cue).search(words)

    def is_listed_condition(self, measure: Measure) -> bool:
        """Tell whether a number stands in a list of conditions: 符合下列条件:(一)…;(二)…."""
        number = measure.numeral.start
        opened = [*self.pattern("listed_conditions").finditer(self.text, max(0, number - LONGEST_LIST), number)]
        items = re.split("[;。\n]", self.text[opened[-1].end() : number]) if opened else [""]
        return bool(opened) and all(self.hit("item", item) for item in items if item.strip())

    def earlier(self, measure: Measure, role: str) -> list[Measure]:
        """Return the numbers before this one that have that role."""
        before = [other for other in self.measures if other.numeral.start < measure.numeral.start]
        return [other for other in before if self.roles.get(other.numeral.start) == role]


class _Patterns(dict[str, re.Pattern[str]]):
    """The patterns of ``roles.toml``, each made when it is first asked for; {list} is any of the words of a list."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __missing__(self, cue: str) -> re.Pattern[str]:
        pattern = self._lexicon["role_patterns"][cue]
        self[cue] = re.compile(re.sub(r"\{([a-z_]+)\}", self._words, pattern))
        return self[cue]

    def _words(self, listed: re.Match[str]) -> str:
        return self._lexicon.any_of(f"cues.{listed[1]}")


@once
def _patterns(lexicon: Lexicon) -> _Patterns:
    return _Patterns(lexicon)


def level_of(named: str) -> int:
    """Return the level of a government that is named: 3 for 全省, 我省 and 省财政."""
    return next((level for name, level in LEVELS.items() if name in named), LEVELS["国家"])  # 全国, 我国


_NATION = re.compile("代表国务院|^ *国务院", re.MULTILINE)
OPENING = 1000  # characters: where a document says who speaks


def own_level(text: str) -> int:
    """Return the level of the government that speaks: of 全区/我区, 全县/我县, 全市/我市 the most frequent."""
    if _NATION.search(text, 0, OPENING):
        return LEVELS["国家"]
    counts = {level: len(re.findall(f"(?:我|全|本){level}|{level}级?财政", text)) for level in "区县市省"}
    return LEVELS[max(counts, key=lambda level: counts[level])] if any(counts.values()) else 1
