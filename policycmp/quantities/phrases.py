"""The sentence around a number: its phrase, the words that lead to it, those that follow, its comparator.

Chinese policy prose strings its numbers in two ways: 新增企业150家 (the thing, then the number) and 举办13场演唱会
(the verb, the number, then the thing), and joins several with 、 or a comma. `measures` cuts a sentence so that each
number gets the words that are its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from policycmp.keeping import once
from policycmp.text.lexicon import Lexicon, any_of
from policycmp.text.scan import Numeral

LONGEST_SENTENCE = 600  # characters; what is longer is no sentence, and cutting it keeps the cost linear
LONGEST_COMPARATOR = 12  # characters before a number, more than any word of the list has
SMALLEST_WITHOUT_UNIT = 10_000  # a number in 万 or 亿 may leave its unit to the next of its list
_OPEN, _CLOSE = "([“《〈", ")]”》〉"
_MEASURED = {"number", "chinese", "fraction", "slogan", "rank"}


@dataclass(slots=True, eq=False)
class Measure:
    """A number in its phrase; every pair of integers is a span of the folded text."""

    numeral: Numeral
    sentence: tuple[int, int]
    phrase: tuple[int, int]
    lead: tuple[int, int] = (0, 0)
    tail: tuple[int, int] = (0, 0)
    comparator: str = "equal"
    before: int = 0  # where the comparator before the number begins (the number itself if there is none)
    after: int = 0  # where the comparator after the unit ends
    inside: str = ""  # the bracket or quotation mark that it stands in
    bare: bool = False  # the number follows another one directly: 增长9%、10%
    siblings: list[Measure] = field(default_factory=list)


class _Comparators(NamedTuple):
    before: re.Pattern[str]
    behind: re.Pattern[str]
    meaning_before: dict[str, str]
    meaning_behind: dict[str, str]


@once
def _comparators(lexicon: Lexicon) -> _Comparators:
    """Return the patterns of the comparators before and behind a number, and what each word means."""
    before, behind = (
        {word: kind for kind, listed in lexicon[name].items() for word in listed}
        for name in ("comparators_before", "comparators_after")
    )
    return _Comparators(re.compile(rf"{any_of(before)}\ ?$"), re.compile(rf"\ ?{any_of(behind)}"), before, behind)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences between ``start`` and ``end``; none is longer than `LONGEST_SENTENCE`."""
    position = start
    for mark in re.compile(r"[。;!?\n]").finditer(text, start, end):
        yield from _pieces(text, position, mark.end())
        position = mark.end()
    yield from _pieces(text, position, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_SENTENCE:
        cut = max(text.rfind(mark, start, start + LONGEST_SENTENCE) for mark in ",、 ")
        cut = cut + 1 if cut > start else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    if start < end:
        yield start, end


_SIGN = re.compile(r"(?:增长|增速|增幅|同比|为|达|达到|[至到率])-$")


def signed(text: str, numeral: Numeral) -> Numeral:
    """Return a numeral with the minus sign before it, where that is written: 增长-2.4%."""
    before = text[max(0, numeral.start - 4) : numeral.start]
    if numeral.form != "number" or numeral.value is None or numeral.value_max is not None or not _SIGN.search(before):
        return numeral
    return replace(numeral, start=numeral.start - 1, value=-numeral.value)


class _Marks(NamedTuple):
    commas: list[int]
    pauses: list[int]  # enumeration commas
    inside: dict[int, str]  # the brackets that are open where a numeral begins


def _marks(text: str, start: int, end: int, numerals: list[Numeral]) -> _Marks:
    """Return where commas and enumeration commas stand outside brackets, and which bracket holds each numeral."""
    found = _Marks([], [], {})
    ends = {numeral.start: numeral.end for numeral in numerals}
    opened: list[str] = []
    passed = start
    for at in range(start, end):
        if at in ends:
            found.inside[at] = "".join(opened)
            passed = ends[at]
        if at < passed:
            continue
        char = text[at]
        if char in _OPEN:
            opened.append(char)
        elif char in _CLOSE and opened:
            if opened[-1] == _OPEN[_CLOSE.index(char)]:
                opened.pop()
        elif not opened and char in ",:":
            found.commas.append(at)
        elif not opened and char == "、":
            found.pauses.append(at)
    return found


def measures(text: str, span: tuple[int, int], numerals: list[Numeral], lexicon: Lexicon) -> list[Measure]:
    """Return the measures among the ``numerals`` of the sentence ``span``, in their order."""
    marks = _marks(text, *span, numerals)
    bounds = [span[0], *(comma + 1 for comma in marks.commas), span[1]]
    found = []
    for numeral in numerals:
        if numeral.form not in _MEASURED:
            continue
        phrase = bisect_left(bounds, numeral.start + 1)
        inside = marks.inside.get(numeral.start, "")
        measure = Measure(numeral, span, (bounds[phrase - 1], bounds[phrase]), inside=inside)
        _compare(text, measure, lexicon)
        found.append(measure)
    for _, group in groupby(found, key=attrgetter("phrase")):
        siblings = list(group)
        for measure in siblings:
            measure.siblings = siblings
        _divide(text, siblings, marks.pauses)
    return found


def _compare(text: str, measure: Measure, lexicon: Lexicon) -> None:
    """Find the comparators before and behind the number, and what they say together."""
    numeral, (start, end) = measure.numeral, measure.phrase
    known = _comparators(lexicon)
    window = max(start, numeral.start - LONGEST_COMPARATOR)
    found = known.before.search(text[window : numeral.start])
    measure.before = window + found.start() if found else numeral.start
    if numeral.form == "chinese" and text[numeral.start - 1 : numeral.start] == "上":
        measure.before = numeral.start - 1  # 上百场
    follows = known.behind.match(text, numeral.unit_end, end) or known.behind.match(text, numeral.end, end)
    measure.after = follows.end() if follows else numeral.unit_end
    if follows:
        kind = known.meaning_behind[follows[0].strip()]
    elif found:
        kind = known.meaning_before[found[0].strip()]
        if kind == "equal":  # 至少达到, 不低于… 为
            head = known.before.search(text[max(start, measure.before - 8) : measure.before])
            kind = known.meaning_before[head[0].strip()] if head else kind
    else:
        kind = "equal"
    if numeral.bound and (kind == "equal" or numeral.bound == "range"):
        kind = numeral.bound
    if kind == "equal":  # the comparator may stand before the verb: 至少上线1个
        apart = re.search(r"(至少|不少于|不低于|不超过)[^,、0-9]{1,8}$", text[start : measure.before])
        kind = known.meaning_before[apart[1]] if apart else kind
        share = re.search(r"(不少于|不低于|不超过|不高于)[^,、0-9]{2,24}的$", text[start : measure.before])
        if share and numeral.unit == "%":  # 不低于人均收入的60%
            kind, measure.before = known.meaning_before[share[1]], start + share.start()
    measure.comparator = "top" if _is_rank(text, numeral) else kind


def _is_rank(text: str, numeral: Numeral) -> bool:
    """Tell whether the number is a place among others: 前3, but not 前3期."""
    in_front = text[numeral.start - 1 : numeral.start] == "前" and numeral.unit not in {"年", "个月", "天"}  # 前3年
    return numeral.form == "rank" or (in_front and text[numeral.unit_end : numeral.unit_end + 1] != "期")


_JOIN = re.compile(r"^[、和及与或]|^以及|^并")


def _divide(text: str, group: list[Measure], pauses: list[int]) -> None:
    """Give each measure of a phrase its own leading and following words."""
    start, end = group[0].phrase
    ground = text.rfind("基础上", start, group[-1].numeral.start)
    lead = ground + len("基础上") if ground != -1 else start  # 在X基础上提高到Y: the words for Y come after
    stop = len(text[lead:end].rstrip("。;!?\n,: ")) + lead
    for measure, following in zip(group, [*group[1:], None], strict=True):
        measure.lead = (min(lead, measure.before), measure.before)
        if measure.numeral.form == "slogan":
            quote = text.rfind("“", lead, measure.before)
            measure.lead = (measure.lead[0], quote if quote != -1 else measure.before)
        if following is None:
            measure.tail = (measure.after, max(stop, measure.after))
        else:
            lead = _part(text, measure, following, pauses, (lead, stop))
    _share_comparators(text, group)
    _share_units(group)


def _part(text: str, measure: Measure, following: Measure, pauses: list[int], phrase: tuple[int, int]) -> int:
    """Give ``measure`` its following words, and return where the leading words of ``following`` begin."""
    lead, stop = phrase
    middle = text[measure.after : following.before]
    inner = [pause for pause in pauses if measure.after <= pause < following.before]
    joined = _JOIN.match(middle)
    if joined:  # A家、B家: the number closes its item
        measure.tail = (measure.after, measure.after)
        following.bare = not middle[joined.end() :].strip()
        return measure.after + joined.end()
    if inner:
        # A场演唱会、B场赛事: the thing follows the number, up to the last pause
        follows = not text[inner[-1] + 1 : following.before].strip("各")
        pause = inner[-1] if follows else inner[0]
        measure.tail = (measure.after, pause)
        return pause + 1
    if middle[-1:] in {"和", "及", "与"} and len(middle) > 1:
        measure.tail = (measure.after, following.before - 1)
        return following.before
    # 1亿美元以上外资大项目1个: the first number belongs to what the second counts
    measure.tail = (measure.after, max(stop, measure.after))
    return lead


def _share_units(group: list[Measure]) -> None:
    """分别给予600万、500万元: large numbers without a unit have that of the one they are listed with."""
    for measure, following in reversed(list(pairwise(group))):
        numeral, unit = measure.numeral, following.numeral.unit
        large = numeral.value is not None and numeral.value >= SMALLEST_WITHOUT_UNIT
        if following.bare and not numeral.unit and unit == "元" and large:
            measure.numeral = replace(numeral, unit=unit)


def _share_comparators(text: str, group: list[Measure]) -> None:
    """分别增长9%、10%以上: the last comparator holds for all; 分别不低于260吨、340吨: so does the first."""
    if "分别" not in text[slice(*group[0].phrase)]:
        return
    for number, measure in enumerate(group[:-1], 1):
        followers = group[number:]
        last = next((follower for follower in reversed(followers) if follower.bare), None)
        if not last:
            continue
        if measure.comparator == "equal":
            measure.comparator = last.comparator
        elif measure.before < measure.numeral.start and last.comparator == "equal":
            for follower in followers:
                follower.comparator = measure.comparator if follower.bare else follower.comparator
