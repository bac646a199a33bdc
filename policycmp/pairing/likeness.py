"""Two targets → how alike their indicators are, and why they may not stand on one scale.

How alike two indicators are is the Dice coefficient (Dice 1945) of their character pairs, weighted by how rare each is
among all indicators; verbs that vary with the writer are left out first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policycmp.schema import Place, Record
from policycmp.text import grams
from policycmp.text.codes import convert
from policycmp.text.lexicon import Lexicon
from policycmp.text.numerals import arabic, chinese

PLAIN_KINDS = ("", "level")  # a number whose words do not tell whether it is new, a total or a growth
SAME_CODE = 0.30  # what one indicator under two names adds to the likeness of the names
MOST = 0.7  # of the shorter name's characters
ABBREVIATED = 0.45  # how alike 技改 and 技术改造 are at least
LONG_HEAD = 3  # characters by which a name says what is counted
COUNTS = ("个", "人", "场", "项")  # units in which one thing may be a part of several that are counted together
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_QUOTED = re.compile("“[^”]*”")
_MARKS = r"[0-9.,]+|[“”\"《》、·]"
_LEVEL = re.compile(r"(国家|全国|省|市|区|县)(?=级|重大|重点|科技|以上|联动)")
# A number in an indicator that is an amount (10亿元, 十亿元), not a part of a name (PM2.5年均浓度).
_AMOUNT = re.compile(r"(?<![A-Za-z0-9.])([0-9.]+[万亿]*|[一二三四五六七八九十百千]+[万亿]+) ?(美元|元|年|岁)?")
_AND = re.compile("[、和及与]")


@dataclass(frozen=True)
class Target:
    """What decides whether another target counts the same thing.

    Attributes
    ----------
    row : dict
        The row of the table ``targets``.
    place : Place
        Where it stands.
    core : str
        The indicator without brackets, figures, marks and the words that vary with the writer.
    unit, factor : str, float
        The unit in which it is compared, and how many of it one of its own unit is.
    kind : str
        What is counted: ``new``, ``total``, ``growth``, ``share``, ``rank``, or "" where the words do not tell.
    code : str
        The code of its indicator, or "".
    bases : frozenset of str
        What the value is measured per, such as 每千 or 人均.
    levels : frozenset of str
        The levels of government that are named: 国家, 省, 市 …
    amounts : frozenset of str
        The amounts in the indicator itself: 5亿元 of 5亿元以上项目.
    listed : bool
        Whether it counts several things together.
    """

    row: Record
    place: Place
    core: str
    unit: str
    factor: float
    kind: str
    code: str
    bases: frozenset[str]
    levels: frozenset[str]
    amounts: frozenset[str]
    listed: bool


def describe(row: Record, lexicon: Lexicon) -> Target:
    """Reduce a row of the table ``targets`` to what decides whether another one counts the same thing."""
    indicator = row["indicator"]
    plain = _BRACKETED.sub("", indicator)
    ranked = row["kind"] == "rank"  # 前60位, 80强
    unit, factor = ("位", 1.0) if ranked else convert("家" if _firms(row, lexicon) else row["unit"], lexicon)
    return Target(
        row=row,
        place=Place(row["section"], row["clause"]),
        core=re.sub(f"{lexicon.any_of('neutral')}|{_MARKS}", "", plain) or plain,
        unit=unit,
        factor=factor,
        kind="" if row["kind"] in PLAIN_KINDS else row["kind"],
        code=row["indicator_code"],
        bases=_bases(indicator, unit, lexicon),
        levels=frozenset(_LEVEL.findall(indicator)),
        amounts=_amounts(indicator),
        listed=bool(_AND.search(_QUOTED.sub("", plain))),
    )


def _firms(row: Record, lexicon: Lexicon) -> bool:
    """Tell whether a target counts firms by 户, as others do by 家: its code says so, or what it names last (市场主体).

    Households stay what they are: 企业带动农户1200户.
    """
    firms, households = lexicon.any_of("firms"), lexicon.any_of("households")
    found = re.search(f".*{firms}", row["indicator"])
    said = bool(found) or row["unit_canonical"] == "家"
    return row["unit"] == "户" and said and not re.search(households, row["indicator"][found.end() if found else 0 :])


def _amounts(indicator: str) -> frozenset[str]:
    """Return the amounts that stand in an indicator, each with its unit: 10亿元 and 十亿元 are one."""
    found = []
    for number, unit in _AMOUNT.findall(indicator):
        if unit or number[-1] in "万亿":
            value = arabic(number) if number[0].isascii() else chinese(number)
            found.append(f"{value:f}{unit}" if value is not None else number + unit)
    return frozenset(found)


def _bases(indicator: str, unit: str, lexicon: Lexicon) -> frozenset[str]:
    """Return what a value is measured per, by the words of its indicator and by its unit."""
    _, slash, per = unit.partition("/")
    named = re.findall(lexicon.any_of("bases"), indicator)
    return frozenset([*named, per] if slash else named)


def rarity(targets: Iterable[Target]) -> dict[str, float]:
    """Return the weight of each pair of characters: the more, the fewer targets have it."""
    return grams.rarity(grams.grams(target.core) for target in targets)


def alike(left: Target, right: Target, weights: Mapping[str, float]) -> float:
    """Return how alike two indicators are, in [0, 1]."""
    return grams.dice(grams.grams(left.core), grams.grams(right.core), weights)


def evidence(left: Target, right: Target, likeness: float) -> float:
    """Return how much speaks for one thing: the ``likeness`` of its names, one code, one name short for the other."""
    if left.code and left.code == right.code:
        return min(likeness + SAME_CODE, 1.0)
    return max(likeness, ABBREVIATED) if _abbreviated(left.core, right.core) else likeness


def kindred(left: Target, right: Target) -> bool:
    """Tell whether two names may mean one thing where nothing else does: one code, or most characters shared."""
    if left.code and left.code == right.code:
        return True
    shorter = min(len(left.core), len(right.core))
    shared = Counter(left.core) & Counter(right.core)
    return shorter >= 3 and shared.total() >= MOST * shorter


def _abbreviated(left: str, right: str) -> bool:
    """Tell whether one name is short for the other: its characters in order (技改, 技术改造), or its end (首店)."""
    short, long = sorted((left, right), key=len)
    if len(short) < 2 or long.startswith(short):  # 改造 is no short form of 改造排水系统
        return False
    if short[0] != long[0]:
        return long.endswith(short)
    rest = iter(long)
    return all(char in rest for char in short)


def refusal(left: Target, right: Target, lexicon: Lexicon) -> str:
    """Return why two targets are not on one scale: unit, new/total, scope, or "" if they are."""
    one_code = bool(left.code) and left.code == right.code  # which also says what the value is measured per
    if left.unit != right.unit or (not one_code and _plain_bases(left) != _plain_bases(right)):
        return "unit"
    if _counted_otherwise(left, right):
        return "new/total"
    if (left.levels and right.levels and left.levels != right.levels) or left.amounts != right.amounts:
        return "scope"
    if left.code and right.code and not one_code:
        return "scope"
    return "scope" if _part_of_a_list(left, right, lexicon) else ""


def _plain_bases(target: Target) -> set[str]:
    """Return what a value is measured per, however it is said: 每千人 is 千人."""
    return {base.strip("每") for base in target.bases}


def _counted_otherwise(left: Target, right: Target) -> bool:
    """Tell whether only one of two targets counts what is new, or a growth, or all that there is by now."""
    kinds = {left.kind, right.kind}
    if kinds == {"new", "total"} or ("growth" in kinds and len(kinds) == 2):
        return True
    summed = [target for target in (left, right) if target.kind == "total" and "累计" in target.row["indicator"]]
    return kinds == {"", "total"} and bool(summed)


def _part_of_a_list(left: Target, right: Target, lexicon: Lexicon) -> bool:
    """Tell whether one target counts one of the things that the other counts together."""
    if left.listed == right.listed or not {left.unit, right.unit} & {*COUNTS}:
        return False
    if left.code and left.code == right.code and "/" in left.row["unit_canonical"]:
        return False  # 扩大服务供给、每千人托位数: the level is that of the last
    single, several = (right, left) if left.listed else (left, right)
    listed = re.sub("[“”]", "", several.row["indicator"])
    parts = [re.sub(lexicon.any_of("neutral"), "", part) for part in _AND.split(listed)]
    parts = [part for part in parts if part]  # 新建、改扩建中小学和幼儿园: the verbs are no things
    if len(parts) < 2 or min(map(len, parts)) < 2:
        return False
    head = single.core[-LONG_HEAD:]
    return any(single.core in part or part.endswith(head) for part in parts)
