"""Two targets → how alike their indicators are, and why they may not stand on one scale.

How alike two indicators are is the Dice coefficient (Dice 1945) of their character pairs, weighted by how rare each is
among all indicators; verbs that vary with the writer are left out first.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from policycmp.schema import Place, Record
from policycmp.text.codes import convert
from policycmp.text.lexicon import Lexicon

PERCENT = ("%", "百分点")
KINDS = ("new", "total", "growth")  # what a number counts, as the words of its indicator tell; in this order
COUNTS = ("个", "人", "场", "项")  # units in which one thing may be a part of several that are counted together
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_QUOTED = re.compile("“[^”]*”")
_MARKS = r"[0-9.,]+|[“”\"《》、·]"
_SHARE = re.compile("比重|比例|占比|率|强度")
_REACHED = re.compile("达到?|突破|保持")
_LEVEL = re.compile(r"(国家|全国|省|市|区|县)(?=级|重大|重点|科技|以上|联动)")
_AMOUNT = re.compile(r"[0-9.]+\s?[万亿]?[A-Za-z一-龥%]{0,2}")
_SCALE = re.compile("[万亿年岁]|元")  # what makes a number in an indicator an amount, not a part of a name
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
        What is counted: ``new``, ``total``, ``growth``, ``share``, or "" where the words do not tell.
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
    bases: frozenset[str]
    levels: frozenset[str]
    amounts: frozenset[str]
    listed: bool


def describe(row: Record, lexicon: Lexicon) -> Target:
    """Reduce a row of the table ``targets`` to what decides whether another one counts the same thing."""
    indicator = row["indicator"]
    plain = _BRACKETED.sub("", indicator)
    unit, factor = convert(row["unit"], lexicon)
    return Target(
        row=row,
        place=Place(row["section"], row["clause"]),
        core=re.sub(f"{lexicon.any_of('neutral')}|{_MARKS}", "", plain) or plain,
        unit=unit,
        factor=factor,
        kind=_kind(indicator, plain, unit, row["quote"], lexicon),
        bases=_bases(indicator, unit, lexicon),
        levels=frozenset(_LEVEL.findall(indicator)),
        amounts=frozenset(amount for amount in _AMOUNT.findall(indicator) if _SCALE.search(amount)),
        listed=bool(_AND.search(_QUOTED.sub("", plain))),
    )


def _kind(indicator: str, plain: str, unit: str, quote: str, lexicon: Lexicon) -> str:
    """Return what a target counts; ``plain`` is its indicator without brackets."""
    named = [kind for kind in KINDS if re.search(lexicon.any_of(f"kind_{kind}"), indicator)]
    kind = named[0] if named else ""
    if unit.partition("/")[0] in PERCENT and (kind != "growth" or _SHARE.search(indicator)):
        return "share"
    if not kind and _REACHED.search(quote) and not re.match(lexicon.any_of("flows"), plain):
        return "total"
    return kind


def _bases(indicator: str, unit: str, lexicon: Lexicon) -> frozenset[str]:
    """Return what a value is measured per, by the words of its indicator and by its unit."""
    _, slash, per = unit.partition("/")
    named = re.findall(lexicon.any_of("bases"), indicator)
    return frozenset([*named, per] if slash else named)


@lru_cache(maxsize=10_000)  # every indicator meets every one of the other document
def _grams(core: str) -> Counter[str]:
    return Counter([core[start : start + 2] for start in range(len(core) - 1)] or [core])


def rarity(targets: Iterable[Target]) -> dict[str, float]:
    """Return the weight of each pair of characters: the more, the fewer targets have it."""
    every = [set(_grams(target.core)) for target in targets]
    counts = Counter(gram for grams in every for gram in grams)
    return {gram: math.log(1 + len(every) / number) for gram, number in counts.items()}


def alike(left: Target, right: Target, weights: Mapping[str, float]) -> float:
    """Return how alike two indicators are, in [0, 1]."""
    ones, twos = _grams(left.core), _grams(right.core)
    shared = sum(min(ones[gram], twos[gram]) * weights[gram] for gram in ones.keys() & twos.keys())
    if not shared:
        return 0.0
    whole = sum(number * weights[gram] for grams in (ones, twos) for gram, number in grams.items())
    return 2 * shared / whole


def refusal(left: Target, right: Target, lexicon: Lexicon) -> str:
    """Return why two targets are not on one scale: unit, new/total, scope, or "" if they are."""
    if left.unit != right.unit or _plain_bases(left) != _plain_bases(right):
        return "unit"
    if _counted_otherwise(left, right):
        return "new/total"
    if (left.levels and right.levels and left.levels != right.levels) or left.amounts != right.amounts:
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
    single, several = (right, left) if left.listed else (left, right)
    listed = re.sub("[“”]", "", several.row["indicator"])
    parts = [re.sub(lexicon.any_of("neutral"), "", part) for part in _AND.split(listed)]
    if min(map(len, parts)) < 2:
        return False
    return any(single.core in part or part.endswith(single.core) for part in parts)
