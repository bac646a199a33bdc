"""The sentence around a number: its phrase, the words that lead to it, those that follow, its comparator.

Chinese policy prose strings its numbers in two ways: 新增企业150家 (the thing, then the number) and 举办13场演唱会
(the verb, the number, then the thing), and joins several with 、 or a comma. `measures` cuts a sentence so that each
number gets the words that are its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from policycmp.text.lexicon import Lexicon, any_of, once
from policycmp.text.numerals import Numeral

LONGEST_SENTENCE = 600  # characters; what is longer is no sentence, and cutting it keeps the cost linear
_OPEN, _CLOSE = "([“《〈", ")]”》〉"
_MEASURED = {"number", "chinese", "fraction", "slogan", "rank"}


@dataclass(slots=True)
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


@once
def comparator_patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Return the patterns of the comparators before and after a number, and what each word means."""
    before, after = lexicon["comparators_before"], lexicon["comparators_after"]
    meaning = {word: kind for kind, listed in before.items() for word in listed}
    meaning |= {"+" + word: kind for kind, listed in after.items() for word in listed}
    strong = [word for kind, listed in before.items() for word in listed]
    behind = re.compile(rf"{any_of([word for listed in after.values() for word in listed])}")
    return re.compile(rf"{any_of(strong)}\ ?$"), behind, meaning


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


def _marks(text: str, start: int, end: int, numerals: list[Numeral]) -> tuple[list[int], list[int], dict[int, str]]:
    """Return where commas and enumeration commas stand outside brackets, and which bracket holds each numeral."""
    commas, pauses, inside = [], [], {}
    stack: list[str] = []
    starts = {n.start: n for n in numerals}
    skip = 0
    for i in range(start, end):
        c = text[i]
        if i in starts:
            inside[i] = "".join(stack)
            skip = starts[i].end
        if i < skip:
            continue
        if c in _OPEN:
            stack.append(c)
        elif c in _CLOSE and stack:
            if stack[-1] == _OPEN[_CLOSE.index(c)]:
                stack.pop()
        elif not stack and c in ",:":
            commas.append(i)
        elif not stack and c == "、":
            pauses.append(i)
    return commas, pauses, inside


def measures(text: str, span: tuple[int, int], numerals: list[Numeral], lexicon: Lexicon) -> list[Measure]:
    """Return the measures among the ``numerals`` of the sentence ``span``, in their order."""
    commas, pauses, inside = _marks(text, *span, numerals)
    bounds = [span[0], *(c + 1 for c in commas), span[1]]
    found = []
    for numeral in numerals:
        if numeral.form not in _MEASURED:
            continue
        i = bisect_left(bounds, numeral.start + 1)
        measure = Measure(numeral, span, (bounds[i - 1], bounds[i]), inside=inside.get(numeral.start, ""))
        _compare(text, measure, lexicon)
        found.append(measure)
    for measure in found:
        measure.siblings = [m for m in found if m.phrase == measure.phrase]
    for measure in found:
        if measure is measure.siblings[0]:
            _divide(text, measure.siblings, pauses)
    return found


def _compare(text: str, measure: Measure, lexicon: Lexicon) -> None:
    """Find the comparator before and after the number."""
    numeral, (start, end) = measure.numeral, measure.phrase
    before, behind, meaning = comparator_patterns(lexicon)
    window = max(start, numeral.start - 12)
    found = before.search(text[window : numeral.start])
    measure.before = window + found.start() if found else numeral.start
    if numeral.form == "chinese" and text[numeral.start - 1 : numeral.start] == "上":
        measure.before = numeral.start - 1  # 上百场
    follows = behind.match(text, numeral.unit_end, end) or behind.match(text, numeral.end, end)
    measure.after = follows.end() if follows else numeral.unit_end
    kind = meaning[found[0].strip()] if found else "equal"
    if follows:
        kind = meaning["+" + follows[0]]
    elif found and kind == "equal":
        head = before.search(text[max(start, measure.before - 8) : measure.before])  # 至少达到, 不低于… 为
        kind = meaning[head[0].strip()] if head else kind
    if numeral.bound and (kind == "equal" or numeral.bound == "range"):
        kind = numeral.bound
    if kind == "equal":  # the comparator may stand before the verb: 至少上线1个
        apart = re.search(r"(至少|不少于|不低于|不超过)[^,、0-9]{1,8}$", text[start : measure.before])
        kind = meaning[apart[1]] if apart else kind
    ranked = numeral.form == "rank" or (
        text[numeral.start - 1 : numeral.start] == "前" and text[numeral.unit_end : numeral.unit_end + 1] != "期"
    )
    measure.comparator = "top" if ranked else kind


_JOIN = re.compile(r"^[、和及与或]|^以及|^并")


def _divide(text: str, group: list[Measure], pauses: list[int]) -> None:
    """Give each measure of a phrase its own leading and following words."""
    start, end = group[0].phrase
    ground = text.rfind("基础上", start, group[-1].numeral.start)
    start = ground + len("基础上") if ground != -1 else start  # 在X基础上提高到Y: the words for Y come after
    stop = len(text[start:end].rstrip("。;!?\n,: ")) + start
    lead = start
    for i, measure in enumerate(group):
        measure.lead = (min(lead, measure.before), measure.before)
        if measure.numeral.form == "slogan":
            quote = text.rfind("“", lead, measure.before)
            measure.lead = (min(lead, measure.before), quote if quote != -1 else measure.before)
        if i + 1 == len(group):
            measure.tail = (measure.after, max(stop, measure.after))
            break
        following = group[i + 1]
        middle = text[measure.after : following.before]
        inner = [p for p in pauses if measure.after <= p < following.before]
        joined = _JOIN.match(middle)
        if joined:  # A家、B家: the number closes its item
            measure.tail = (measure.after, measure.after)
            lead = measure.after + joined.end()
            following.bare = not middle[joined.end() :].strip()
        elif inner and not text[inner[-1] + 1 : following.before].strip("各"):  # A场演唱会、B场赛事: the thing follows
            measure.tail = (measure.after, inner[-1])
            lead = inner[-1] + 1
        elif inner:
            measure.tail = (measure.after, inner[0])
            lead = inner[0] + 1
        elif middle[-1:] in {"和", "及", "与"} and len(middle) > 1:
            measure.tail = (measure.after, following.before - 1)
            lead = following.before
        else:  # 1亿美元以上外资大项目1个: the first number belongs to what the second counts
            measure.tail = (measure.after, max(stop, measure.after))
    for i, measure in enumerate(group[:-1]):  # 分别增长9%、10%以上: the last comparator holds for all
        last = next((m for m in reversed(group[i + 1 :]) if m.bare), None)
        if not last or "分别" not in text[slice(*measure.phrase)]:
            continue
        if measure.comparator == "equal":
            measure.comparator = last.comparator
        elif measure.before < measure.numeral.start and last.comparator == "equal":  # 分别不低于260吨、340吨
            for follower in group[i + 1 :]:
                follower.comparator = measure.comparator if follower.bare else follower.comparator
