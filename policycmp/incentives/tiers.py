"""A list of things that a list of sums is shared out over: 国家级、省级绿色工厂分别奖励50万元、20万元."""

from __future__ import annotations

import re
from typing import NamedTuple

from policycmp.keeping import once
from policycmp.quantities.cues import object_of, parts
from policycmp.text.lexicon import Lexicon

_FIGURE = r"[0-9.]+[余多]?[十百千]?[万亿]*(?:美元|平方米|人次|元|家|户|人|名|年|%|亩|个|项|吨|级)?(?:以上|以下|以内)?"


class _Patterns(NamedTuple):
    opens: re.Pattern[str]  # a tier at the beginning of a part
    ends: re.Pattern[str]  # one at its end


@once
def _patterns(lexicon: Lexicon) -> _Patterns:
    tier = rf"(?:[0-9]A级?|{_FIGURE}|{lexicon.any_of('incentives.tiers')})"
    return _Patterns(re.compile(tier), re.compile(f"{tier}$"))


def members(words: str, number: int, lexicon: Lexicon) -> list[str]:
    """Return the ``number`` things that ``words`` list, each with what is said once; none if they list another number.

    Examples
    --------
    >>> from policycmp.text.lexicon import Lexicon
    >>> members("新评定的国家5A级、4A级旅游景区", 2, Lexicon.load())
    ['新评定的国家5A级旅游景区', '新评定的国家4A级旅游景区']
    """
    listed = [part for part, _ in parts(words, 0)]
    if number < 2 or len(listed) < number:
        return []
    if len(listed) > number:
        listed = _window(words, listed, number, lexicon)
    known = _patterns(lexicon)
    first, last = listed[0], listed[-1]
    opened, ended = known.opens.match(last), known.ends.search(first)
    head = last[opened.end() :] if opened else _head(listed)
    lead = first[: ended.start()] if ended else _lead(first, lexicon)
    shared = [lead + part if at else part for at, part in enumerate(listed)]
    if not opened:
        return [part + head for part in shared[:-1]] + shared[-1:]
    return [part + head if part is not shared[-1] and known.ends.search(part) else part for part in shared]


def _head(listed: list[str]) -> str:
    """Return what stands behind the last of things that end alike: 上市的企业 of 主板、创业板上市的企业."""
    ends = {part[-1] for part in listed[:-1]}
    at = listed[-1].find(ends.pop()) if len(ends) == 1 else -1
    return listed[-1][at + 1 :] if at > 0 else ""


def _window(words: str, listed: list[str], number: int, lexicon: Lexicon) -> list[str]:
    """Return the parts of a longer list that are shared out: those that end in tiers, else the last ones."""
    known = _patterns(lexicon)
    for begin in range(len(listed) - number + 1):
        inner = listed[begin : begin + number - 1]
        if all(known.ends.search(part) for part in inner):
            before = words[: words.find(inner[0])]
            window = listed[begin : begin + number]
            return [before + window[0], *window[1:]]
    return listed[-number:]


def _lead(first: str, lexicon: Lexicon) -> str:
    """Return what stands before the thing itself in the first part: 新认定的, 主导制定."""
    adjective = first.rfind("的") + 1
    if adjective and adjective < len(first):
        return first[:adjective]
    thing = object_of(first, lexicon)
    return first[: len(first) - len(thing)] if first.endswith(thing) else ""


LONGEST_VERB = 3  # characters before a tier that leans on what was said before: 获得银牌


def completed(words: str, before: str, lexicon: Lexicon) -> str:
    """Return what ``words`` mean after ``before`` was paid for: 省级 after 国家级绿色工厂 is 省级绿色工厂.

    A thing of the same kind without its adjective gets that of the one before: 首次纳限的零售企业, 餐饮企业.
    """
    tier = _patterns(lexicon).ends.search(words)
    if tier and tier.start() <= LONGEST_VERB:
        return _with_tier(before, tier[0], lexicon) or words
    adjective = before.rfind("的") + 1
    if adjective and "的" not in words and words[-2:] == before[-2:] and object_of(words, lexicon) == words:
        return before[:adjective] + words
    return words


def _with_tier(words: str, tier: str, lexicon: Lexicon) -> str:
    """Return ``words`` with another tier in the place of one of its kind (省级 of 国家级), or before them."""
    if tier[0].isdigit():
        return ""
    for found in re.finditer(lexicon.any_of("incentives.tiers"), words):
        if found[0][-1] == tier[-1] or {found[0], tier} <= {*lexicon["incentives.levels"]}:
            return words[: found.start()] + tier + words[found.end() :]
    return tier + words
