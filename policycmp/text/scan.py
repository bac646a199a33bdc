"""Every numeral of a folded text, once: 1200万, 三分之二, 1-2家, “3个80%” → exact numbers and units.

The scan is one pass of one regular expression without nested repetition, so its cost grows linearly with
the text. Chinese numerals are read only where they state a quantity (a fraction, a multiple, or a numeral
before a unit); 一批, 一体化 and the like are words, not numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from policycmp.text.numerals import MULTIPLIERS, arabic, chinese, share

_NUM = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_MULT = r"(?:\ ?[余多]?(?:[十百千]?[万亿]{1,2}|[百千](?![一-龥]{0,2}[0-9]))|\ ?[余多])?"
_CN = "[零〇一二两三四五六七八九十百千万亿]"
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_NO_UNIT = "(?<=方)[面案式向针法]"  # 五方面, 3方案: what begins like a unit and goes on
_TOKEN = re.compile(
    rf"""
    (?P<date>(?:19|20)[0-9]{{2}}[-/.](?:0?[1-9]|1[0-2])[-/.](?:[12][0-9]|3[01]|0?[1-9])(?![0-9.])(?:\ ?{_TIME})?
      |(?:19|20)[0-9]{{2}}\ ?年\ ?[0-9]{{1,2}}\ ?月(?:\ ?[0-9]{{1,2}}\ ?日)?|[0-9]{{1,2}}月[0-9]{{1,2}}日
      |(?<![比于为到至达低过])(?<![0-9]){_TIME}(?![0-9.]))
  |(?P<proportion>(?<=[一-龥])[0-9]+(?:\.[0-9]+)?:[0-9]+(?:\.[0-9]+)?)
  |(?P<years>(?:19|20)[0-9]{{2}}(?:-(?:20)?[0-9]{{2}})?(?=\ ?年|版))
  |(?P<item>(?<![0-9.])[0-9]{{1,2}}(?=\.(?:19|20)[0-9]{{2}}\ ?年))
  |(?P<slogan>[0-9]+个[0-9]+(?:\.[0-9]+)?%)
  |(?P<low>{_NUM}{_MULT})(?P<lowunit>[一-龥%‰(/)]{{0,6}}?)(?:-|至|到)(?P<high>{_NUM}{_MULT})
  |(?P<plain>{_NUM}{_MULT})
  |(?P<other>\d+)
  |(?P<fraction>百分之{_CN}{{1,6}}(?:点{_CN}{{1,4}})?|{_CN}{{1,5}}分之{_CN}{{1,5}}
      |[一二两三四五六七八九]成(?:半)?(?![立为本果效都熟员群交长品就功绩分套型片])
      |(?<![一-龥]一)一半|过半数?|半数|翻[一两二三]番)
  |(?P<rank>(?:前|第)[一二三四五六七八九十]{{1,3}}(?=[位名,。;、)]|$))
  |(?P<chinese>{_CN}{{1,12}}(?:点{_CN}{{1,4}}[万亿]?)?[余多]?(?:[万亿])?)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral in a folded text.

    ``start:end`` is the number as printed without its unit, ``start:unit_end`` with it. ``form`` is one of
    number, date, year, slogan (the 80% of “3个80%”), fraction, chinese, rank, code (part of a name: 415X)
    and unknown.
    ``bound`` is the comparator that the numeral itself states (30余家 is at_least, 近百家 about).
    """

    start: int
    end: int
    unit_end: int
    value: float | None
    value_max: float | None
    unit: str
    form: str
    bound: str = ""


class Units:
    """The units that a numeral may carry, from the word lists.

    Parameters
    ----------
    names : sequence of str
        Printed forms; the longest that fits is taken.
    bare, scales : mapping
        Printed form to the unit of the tables (台(套) → 台) and to how many of it (万方 → 10000).
    """

    def __init__(self, names: Sequence[str], bare: Mapping[str, str], scales: Mapping[str, float]) -> None:
        longest = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        per = rf"(?:/(?:每)?[百千万亿]?(?:{longest}))"
        self._pattern = re.compile(
            rf"\ ?(?P<unit>{longest})(?!{_NO_UNIT})(?P<per>{per})?(?P<second>\((?:{longest})\))?"
        )
        self._bare = bare
        self._scales = scales

    def at(self, text: str, position: int) -> tuple[str, float, int]:
        """Return the unit at ``position``, how many of it, and where it ends ("" where there is none)."""
        found = self._pattern.match(text, position)
        if not found:
            return "", 1.0, position
        name = found["unit"]
        unit = self._bare.get(name, name)
        if found["second"] is None or self._is_pair(name, found["second"]):
            end = found.end()
        else:
            end = found.end("per" if found["per"] else "unit")
        if name == "人" and text.startswith("口", found.end("unit")):
            end = position  # 9万人口: the unit is a part of what is counted
        return unit + (found["per"] or ""), self._scales.get(name, 1.0), end

    @staticmethod
    def _is_pair(name: str, second: str) -> bool:
        """Tell whether 套(间) is one measure with its alternative, not a unit followed by a remark."""
        return len(name) == 1 and len(second) == 3


def scan(text: str, units: Units) -> Iterator[Numeral]:
    """Yield every numeral of the folded ``text`` in its order; each Arabic digit lies in exactly one."""
    for found in _TOKEN.finditer(text):
        yield from _READ[found.lastgroup or ""](text, found, units)


def _date(text: str, found: re.Match[str], units: Units) -> Iterator[Numeral]:
    year = float(found[0][:4]) if found[0][:4].isdigit() else None
    yield Numeral(*found.span(), found.end(), year, None, "年" if year else "", "date")


def _years(text: str, found: re.Match[str], units: Units) -> Iterator[Numeral]:
    """Read 2025年, 2025-2027年 and 2025-27年."""
    start, end = found.span()
    last = found[0].partition("-")[2]
    until = float(found[0][: 4 - len(last)] + last) if last else None
    following = text[end : end + 2]
    unit_end = end + len(following) - len(following.lstrip(" 年"))
    yield Numeral(start, end, unit_end, float(found[0][:4]), until, "年", "year")


def _slogan(text: str, found: re.Match[str], units: Units) -> Iterator[Numeral]:
    """Read 3个80%: what is counted is the share."""
    start, end = found.span()
    count = start + found[0].index("个")
    yield replace(_number(text, start, count, units), form="code")
    yield replace(_number(text, count + 1, end - 1, units), form="slogan")


def _proportion(text: str, found: re.Match[str], units: Units) -> Iterator[Numeral]:
    first, second = (float(part) for part in found[0].split(":"))
    value = None
    if first == 1:
        value = second
    elif second:
        value = round(first / second, 4)
    yield Numeral(*found.span(), found.end(), value, None, "", "number")


def _range(text: str, found: re.Match[str], units: Units) -> Iterator[Numeral]:
    """Read 1-2家, 8%-10%, 5000万-8000万元; what is no range (5-5, 13-4) becomes two numerals."""
    high = _number(text, *found.span("high"), units)
    bounds = _bounds(text, found, high.unit, units)
    if bounds and high.form == "number" and not _in_name(text, found.start(), found.end("low")):
        yield replace(high, start=found.start(), value=bounds[0], value_max=bounds[1], bound="range")
        return
    yield _number(text, *found.span("low"), units)
    yield high


def _bounds(text: str, found: re.Match[str], unit: str, units: Units) -> tuple[float, float] | None:
    """Return the two values of a range whose upper one has the unit ``unit``."""
    low, high = arabic(found["low"]), arabic(found["high"])
    low_unit, _, low_end = units.at(text, found.end("low"))
    whole_unit = not found["lowunit"] or low_end == found.end("lowunit")
    if low is None or high is None or not whole_unit or low_unit not in {"", unit}:
        return None
    if found["high"][-1:] in MULTIPLIERS and found["low"][-1:] not in MULTIPLIERS:
        digits = Decimal(re.sub(r"[^0-9.]", "", found["high"]))
        if digits and low < digits:  # 1-2万 is ten to twenty thousand, 5000-1万 as it says
            low *= high / digits
    return (float(low), float(high)) if low < high else None


def _in_name(text: str, start: int, end: int) -> bool:
    """Tell whether the digits belong to a name or code: 415X, 5+5+N, 3C, T2, 2.0版."""
    before, after = text[start - 1 : start], text[end : end + 1]
    latin = re.compile(r"[A-Za-z+_#*=]")
    return bool(latin.match(before) or latin.match(after))


def _plain(text: str, found: re.Match[str], units: Units) -> Iterator[Numeral]:
    yield _number(text, *found.span(), units)


def _number(text: str, start: int, end: int, units: Units) -> Numeral:
    """Read the Arabic number from ``start`` to ``end`` with its unit, or as part of a name."""
    unit, scale, unit_end = units.at(text, end)
    value = arabic(text[start:end])
    latin_unit = unit_end > end and text[end : end + 1].isascii() and text[end : end + 1].isalpha()
    if latin_unit and text[unit_end : unit_end + 1].isascii() and text[unit_end : unit_end + 1].isalpha():
        unit, unit_end, latin_unit = "", end, False  # 3Cs: letters go on, so it was no unit
    if _in_name(text, start, end) and not latin_unit:
        return Numeral(start, end, end, None if value is None else float(value), None, "", "code")
    if value is None:
        return Numeral(start, end, unit_end, None, None, unit, "unknown")
    bound = "at_least" if re.search("[余多]", text[start:end]) else ""
    if not bound and text[end : end + 1] in "余多" and text[end : end + 1]:
        unit, scale, unit_end = units.at(text, end + 1)
        bound = "at_least"
    return Numeral(start, end, unit_end, float(value * Decimal(str(scale))), None, unit, "number", bound)


def _other(text: str, found: re.Match[str], units: Units) -> Iterator[Numeral]:
    """Keep digits of other scripts without a value."""
    yield Numeral(*found.span(), found.end(), None, None, "", "unknown")


def _rank(text: str, found: re.Match[str], units: Units) -> Iterator[Numeral]:
    """Read 前三位."""
    start, end = found.start() + 1, found.end()
    place = chinese(text[start:end])
    if place is not None:
        yield Numeral(start, end, end + (text[end : end + 1] in {"位", "名"}), float(place), None, "位", "rank")


def _fraction(text: str, found: re.Match[str], units: Units) -> Iterator[Numeral]:
    (start, end), word = found.span(), found[0]
    if word.startswith("翻"):
        times = {"一": 2.0, "两": 4.0, "二": 4.0, "三": 8.0}[word[1]]
        yield Numeral(start, end, end, times, None, "倍", "fraction")
        return
    bound = "at_least" if word.startswith("过半") else ""
    yield Numeral(start, end, end, share(word), None, "%", "fraction", bound)


# Measure words after which a Chinese numeral is a count; others (大, 级, 方面, 体) make words of it.
_COUNTED = {
    *"家个项条座处所场次人名位户套间台辆艘架件部种张床幢栋亩元倍吨",
    *("公里", "千米", "公顷", "平方米", "立方米", "千瓦时", "分钟", "小时", "工作日"),
    *("美元", "人次", "家次", "场次", "个百分点", "百分点"),
}


# 产值突破千亿, 总量过万亿大关: a magnitude alone is what is reached.
_MAGNITUDES = {"百亿", "千亿", "万亿", "百万", "千万"}
_REACHED = re.compile("(?:突破|超过?|[跨越迈][过上]|过|破|达到?)$")
_CLOSED = re.compile("大关|[,。;、)”\n]|$")


def _chinese(text: str, found: re.Match[str], units: Units) -> Iterator[Numeral]:
    """Read a Chinese numeral only before a measure word and where it is no part of a word."""
    (start, end), word = found.span(), found[0]
    unit, scale, unit_end = units.at(text, end)
    prefix = text[start - 1 : start]
    if word in _MAGNITUDES and _REACHED.search(text[max(0, start - 3) : start]) and _CLOSED.match(text, end):
        bound = "" if prefix in {"到", "达"} else "at_least"
        yield Numeral(start, end, end, float(chinese(word) or 0), None, "", "chinese", bound)
        return
    if unit not in _COUNTED or (prefix and prefix in "第届点之数几“"):
        return
    bare = word.rstrip("余多")
    vague = bare in {"百", "千", "万", "十", "亿"}
    if vague and word == bare and prefix not in {"近", "上", "超", "逾", "约", "达"}:
        return
    if bare in {"一", "零", "〇"} or text[unit_end : unit_end + 1] == "数":
        return  # 一家 means "a"
    value = chinese(word)
    if value is None:
        return
    bound = {"上": "at_least", "近": "about"}.get(prefix, "")
    bound = "at_least" if word != bare else bound
    yield Numeral(start, end, unit_end, float(value * Decimal(str(scale))), None, unit, "chinese", bound)


_READ: dict[str, Callable[[str, re.Match[str], Units], Iterator[Numeral]]] = {  # by the last group that was found
    "date": _date,
    "proportion": _proportion,
    "years": _years,
    "slogan": _slogan,
    "high": _range,
    "plain": _plain,
    "item": _plain,  # 1.2025年…: the number of an item before a year
    "other": _other,
    "fraction": _fraction,
    "rank": _rank,
    "chinese": _chinese,
}
