"""Two targets → how alike their indicators are, and why they may not stand on one scale.

How alike two indicators are is the Dice coefficient (Dice 1945) of their character pairs, weighted by how rare each is
among all indicators; verbs that vary with the writer are left out first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from policycmp.keeping import once
from policycmp.quantities import verb_of
from policycmp.schema import WORDLESS, Place, Record
from policycmp.text import grams
from policycmp.text.codes import convert
from policycmp.text.lexicon import Lexicon, any_of
from policycmp.text.numerals import arabic, chinese

PLAIN_KINDS = ("", "level")  # a number whose words do not tell whether it is new, a total or a growth
SAME_CODE = 0.30  # what one indicator under two names adds to the likeness of the names
MOST = 0.7  # of the shorter name's characters
ABBREVIATED = 0.45  # how alike 技改 and 技术改造 are at least
LONG_HEAD = 3  # characters by which a name says what is counted
COUNTS = ("个", "人", "场", "项", "亩")  # units in which one thing may be a part of several that are counted together
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_QUOTED = re.compile("“[^”]*”")
_MARKS = r"[0-9.,]+|[“”\"《》、·]"
_LEVEL = re.compile(r"(国家|全国|省|市|区|县)(?=级|重大|重点|科技|以上|联动)")
_OWNER = re.compile(r"(国家|省|市)(?![内外域区场民政容直属控考管会县])")  # before a name: 省技术创新中心
# What stands before 等 are examples of what is counted: 1号线北延等轨道交通线路.
_EXAMPLES = re.compile(r"^.*?(?<![高中初同平均])等(?!级|次|离|效|领域|方面|行业|产业|要素|资源)")
# A number in an indicator that is an amount (10亿元, 十亿元), not a part of a name (PM2.5年均浓度).
_AMOUNT = re.compile(r"(?<![A-Za-z0-9.])([0-9.]+[万亿]*|[一二三四五六七八九十百千]+[万亿]+) ?(美元|元|年|岁)?")
_AND = re.compile("[、和及与]")


class _Lists(NamedTuple):
    """Lists of regular expressions, by what their words tell of a name."""

    any: re.Pattern[str]
    by_kind: tuple[tuple[str, re.Pattern[str]], ...]

    @classmethod
    def of(cls, lists: Mapping[str, Iterable[str]]) -> _Lists:
        joined = {kind: "|".join(words) for kind, words in lists.items()}
        return cls(
            re.compile("|".join(joined.values())), tuple((kind, re.compile(one)) for kind, one in joined.items())
        )

    def kinds(self, name: str) -> list[str]:
        """Return of which kinds a word stands in a name; most names have none."""
        return [kind for kind, one in self.by_kind if one.search(name)] if self.any.search(name) else []


class _Words(NamedTuple):
    narrowing: _Lists
    stages: _Lists
    made: re.Pattern[str]
    works: re.Pattern[str]
    head: re.Pattern[str]
    heads: dict[str, str]  # the word at the end of a name, and the kind of thing that it tells


@once
def _words(lexicon: Lexicon) -> _Words:
    heads = {word: kind for kind, words in lexicon["heads"].items() for word in words}
    works, head = lexicon.any_of("head_works"), any_of(heads)
    patterns = re.compile("|".join(lexicon["made"])), re.compile(f"{works}+$"), re.compile(f"{head}$")
    return _Words(_Lists.of(lexicon["narrowing"]), _Lists.of(lexicon["claim_stages"]), *patterns, heads)


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
    name : str
        The indicator without brackets and without the examples of it.
    head, narrowed, stage : str, frozenset of str, str
        What is counted last in the name (村, 园区), what narrows it (学前教育), and whether it is begun or finished.
    made : bool
        Whether it counts what is made in the time: 建设美丽乡村30个.
    standing : bool
        Whether it counts all that there are by now: 高新技术企业超过300家.
    span : str
        Whether it is set for a ``year``, for several ``years`` or for some ``months``.
    of_a_part : bool
        Whether it is set for a part of the place: for its development zones.
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
    name: str
    head: str
    narrowed: frozenset[str]
    stage: str
    made: bool
    standing: bool
    span: str
    of_a_part: bool


def describe(row: Record, lexicon: Lexicon, *, span: str = "year", of_a_part: bool = False) -> Target:
    """Reduce a row of the table ``targets`` to what decides whether another one counts the same thing."""
    indicator = row["indicator"]
    plain = _without_examples(_BRACKETED.sub("", indicator), lexicon)
    words = _words(lexicon)
    core = _core(plain, lexicon)
    ranked = row["kind"] == "rank"  # 前60位, 80强
    unit, factor = ("位", 1.0) if ranked else convert(_counted_in(row, plain, lexicon), lexicon)
    return Target(
        row=row,
        place=Place(row["section"], row["clause"]),
        core=core or plain,
        unit=unit,
        factor=factor,
        kind="" if row["kind"] in PLAIN_KINDS or row["comparator"] in WORDLESS else row["kind"],
        code=row["indicator_code"],
        bases=_bases(indicator, unit, lexicon),
        levels=_levels(indicator, core),
        amounts=_amounts(indicator),
        listed=bool(_AND.search(_QUOTED.sub("", plain))),
        name=plain,
        head=_head(plain, lexicon),
        narrowed=frozenset(words.narrowing.kinds(plain)),
        stage=next(iter(words.stages.kinds(plain)), ""),
        made=bool(words.made.search(plain)),
        standing=_is_standing(row, plain, lexicon),
        span=span,
        of_a_part=of_a_part,
    )


def _core(name: str, lexicon: Lexicon) -> str:
    """Return a name without figures, marks and the words that vary with the writer."""
    return re.sub(f"{lexicon.any_of('neutral')}|{_MARKS}", "", name)


def _without_examples(name: str, lexicon: Lexicon) -> str:
    """Return a name without the examples of what is counted, where what remains still says that."""
    rest = _EXAMPLES.sub("", name)
    return rest if len(_core(rest, lexicon)) >= LONG_HEAD else name


def _head(name: str, lexicon: Lexicon) -> str:
    """Return what kind of thing a name ends with: 美丽乡村示范村建设任务 counts villages."""
    words = _words(lexicon)
    found = words.head.search(words.works.sub("", name))
    return words.heads[found[0]] if found else ""


def _counted_in(row: Record, name: str, lexicon: Lexicon) -> str:
    """Return the unit of a target; firms in 户 are counted as those in 家, projects in 项 as those in 个."""
    if _firms(row, lexicon):
        return "家"
    return "个" if row["unit"] == "项" and name.endswith("项目") else str(row["unit"])


def _firms(row: Record, lexicon: Lexicon) -> bool:
    """Tell whether a target counts firms by 户, as others do by 家: its code says so, or what it names last (市场主体).

    Households stay what they are: 企业带动农户1200户.
    """
    firms, households = lexicon.any_of("firms"), lexicon.any_of("households")
    found = re.search(f".*{firms}", row["indicator"])
    said = bool(found) or row["unit_canonical"] == "家"
    return row["unit"] == "户" and said and not re.search(households, row["indicator"][found.end() if found else 0 :])


def _levels(indicator: str, core: str) -> frozenset[str]:
    """Return the levels of government that a name has: 省级, or 省 before what is counted."""
    owner = _OWNER.match(core)
    return frozenset([*_LEVEL.findall(indicator), *(owner.groups() if owner else ())])


def _is_standing(row: Record, name: str, lexicon: Lexicon) -> bool:
    """Tell whether a number is all that there are: a total, or what is to exceed it, of what no verb makes."""
    if re.search(f"{lexicon.any_of('kind_total')}$", name):
        return True
    exceeded = row["comparator"] == "at_least" and "超" in row["quote"]
    return (row["kind"] == "total" or exceeded) and not verb_of(name, lexicon)


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
    return "scope" if _told_apart(left, right) or _part_of_a_list(left, right, lexicon) else ""


def _told_apart(left: Target, right: Target) -> bool:
    """Tell whether a word sets what two targets count apart, or their time or place does."""
    if left.narrowed != right.narrowed or (left.head and right.head and left.head != right.head):
        return True
    if {left.stage, right.stage} == {"begun", "finished"}:
        return True
    kinds = {left.kind, right.kind}
    if kinds == {"growth"} and left.of_a_part != right.of_a_part:
        return True
    return bool(kinds & {"growth", "new"}) and left.span != right.span


def _plain_bases(target: Target) -> set[str]:
    """Return what a value is measured per, however it is said: 每千人 is 千人."""
    return {base.strip("每") for base in target.bases}


def _counted_otherwise(left: Target, right: Target) -> bool:
    """Tell whether only one of two targets counts what is new, or a growth, or all that there is by now."""
    kinds = {left.kind, right.kind}
    if kinds == {"new", "total"} or ("growth" in kinds and len(kinds) == 2):
        return True
    if kinds == {"new", ""}:
        return left.standing or right.standing
    if kinds != {"", "total"}:
        return False
    total, plain = (left, right) if left.kind == "total" else (right, left)
    return "累计" in total.row["indicator"] or (total.standing and plain.made)


def _part_of_a_list(left: Target, right: Target, lexicon: Lexicon) -> bool:
    """Tell whether one target counts one of the things that the other counts together."""
    if left.listed == right.listed or not {left.unit, right.unit} & {*COUNTS}:
        return False
    if left.code and left.code == right.code and "/" in left.row["unit_canonical"]:
        return False  # 扩大服务供给、每千人托位数: the level is that of the last
    single, several = (right, left) if left.listed else (left, right)
    listed = re.sub("[“”]", "", several.name)
    parts = [re.sub(lexicon.any_of("neutral"), "", part) for part in _AND.split(listed)]
    parts = [part for part in parts if part]  # 新建、改扩建中小学和幼儿园: the verbs are no things
    if len(parts) < 2 or min(map(len, parts)) < 2:
        return False
    core = single.core.removesuffix("校")  # 中小学校 are 中小学
    head = core[-LONG_HEAD:]
    return any(core in part or part.removesuffix("校").endswith(head) for part in parts)
