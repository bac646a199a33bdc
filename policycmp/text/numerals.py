"""Every numeral of a folded text, once: 1200万, 三分之二, 1-2家, “3个80%” → exact numbers and units.

The scan is one pass of one regular expression without nested repetition, so its cost grows linearly with
the text. Chinese numerals are read only where they state a quantity (a fraction, a multiple, or a numeral
before a unit); 一批, 一体化 and the like are words, not numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

LARGEST = Decimal(10) ** 16  # beyond this a digit run is an account number, not a quantity
MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
ONES = "零一二三四五六七八九"
DIGITS = {c: i for i, c in enumerate(ONES)} | {"〇": 0, "两": 2}

_NUM = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_MULT = r"(?:\ ?[余多]?(?:[十百千]?[万亿]{1,2}|[百千](?![一-龥]{0,2}[0-9]))?)"
_CN = "[零〇一二两三四五六七八九十百千万亿]"
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_TOKEN = re.compile(
    rf"""
    (?P<date>(?:19|20)[0-9]{{2}}[-/.](?:0?[1-9]|1[0-2])[-/.](?:[12][0-9]|3[01]|0?[1-9])(?![0-9.])(?:\ ?{_TIME})?
      |(?:19|20)[0-9]{{2}}\ ?年\ ?[0-9]{{1,2}}\ ?月(?:\ ?[0-9]{{1,2}}\ ?日)?|[0-9]{{1,2}}月[0-9]{{1,2}}日
      |(?<![比于为到至达低过])(?<![0-9]){_TIME}(?![0-9.]))
  |(?P<proportion>(?<=[一-龥])[0-9]+(?:\.[0-9]+)?:[0-9]+(?:\.[0-9]+)?)
  |(?P<years>(?:19|20)[0-9]{{2}}(?:-(?:20)?[0-9]{{2}})?(?=\ ?年|版))
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
        self._pattern = re.compile(rf"\ ?(?P<unit>{longest})(?P<per>{per})?(?P<second>\((?:{longest})\))?")
        self._bare = bare
        self._scales = scales

    def at(self, text: str, position: int) -> tuple[str, float, int]:
        """Return the unit at ``position``, how many of it, and where it ends ("" where there is none)."""
        found = self._pattern.match(text, position)
        if not found:
            return "", 1.0, position
        name = found["unit"]
        unit = self._bare.get(name, name)
        end = found.end() if found["second"] is None or self._is_pair(name, found["second"]) else found.end("per")
        if end == -1:
            end = found.end("unit")
        return unit + (found["per"] or ""), self._scales.get(name, 1.0), end

    @staticmethod
    def _is_pair(name: str, second: str) -> bool:
        """Tell whether 套(间) is one measure with its alternative, not a unit followed by a remark."""
        return len(name) == 1 and len(second) == 3


@lru_cache(maxsize=4096)
def arabic(text: str) -> Decimal | None:
    """Return the exact value of ``1,300.5万`` or ``30余``; None where it is no number or too large."""
    body = text.replace(",", "").replace("余", "").replace("多", "").replace(" ", "")
    factor = Decimal(1)
    while body and body[-1] in MULTIPLIERS:
        factor *= MULTIPLIERS[body[-1]]
        body = body[:-1]
    if len(body) > 24:
        return None
    try:
        value = Decimal(body) * factor
    except InvalidOperation:
        return None
    return value if value <= LARGEST else None


@lru_cache(maxsize=4096)
def chinese(text: str) -> Decimal | None:
    """Return the exact value of 两千五百万, 二点五亿 or 三十; None where it is no well-formed numeral."""
    text = text.replace("余", "").replace("多", "")
    if not text or len(text) > 24:
        return None
    for mark in "亿万":  # the largest unit first: what stands before it is multiplied
        if mark in text:
            head, _, tail = text.rpartition(mark)
            high, low = chinese(head) if head else Decimal(1), chinese(tail) if tail else Decimal(0)
            if high is None or low is None:
                return None
            value = high * MULTIPLIERS[mark] + low
            return value if value <= LARGEST else None
    if "点" in text:
        whole, _, digits = text.partition("点")
        left = chinese(whole)
        if left is None or not digits or any(c not in DIGITS for c in digits):
            return None
        return left + Decimal("0." + "".join(str(DIGITS[c]) for c in digits))
    if len(text) > 1 and all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text)) if "〇" in text or "零" in text else None
    total, digit = Decimal(0), None
    for c in text:
        if c in DIGITS:
            if digit:
                return None
            digit = DIGITS[c]
        else:
            total += (1 if digit is None else digit) * MULTIPLIERS[c]
            digit = None
    return total + (digit or 0)


def spell(number: int) -> str:
    """Return 1 to 9999 in Chinese, as clauses are counted (三十二, 一百零三), and any other number in digits."""
    if not 0 < number < 10_000:
        return str(number)
    words = ""
    for size, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = number // size % 10, number % size
        if digit:
            words += ONES[digit] + mark
        elif words and rest and not words.endswith("零"):
            words += "零"  # once for however many places are empty
    return words[1:] if words.startswith("一十") else words


def share(text: str) -> float | None:
    """Return a Chinese fraction in per cent, rounded to two digits: 三分之二 → 66.67, 三成 → 30."""
    if text in {"一半", "半数", "过半", "过半数"}:
        return 50.0
    if "成" in text:
        whole = chinese(text[0])
        return None if whole is None else float(whole * 10 + (5 if text.endswith("半") else 0))
    below, _, above = text.partition("分之")
    low, high = chinese(below), chinese(above)
    return None if not low or high is None else float(round(high * 100 / low, 2))


def scan(text: str, units: Units) -> Iterator[Numeral]:
    """Yield every numeral of the folded ``text`` in its order; each Arabic digit lies in exactly one."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup if found.lastgroup != "high" else "range"
        start, end = found.span()
        if kind == "range":
            yield from _range(text, found, units)
        elif kind in {"date", "years"}:
            year = float(found[0][:4]) if found[0][:4].isdigit() else None
            last = found[0].partition("-")[2] if kind == "years" else ""
            until = float(found[0][: 4 - len(last)] + last) if last else None
            unit_end = (
                end + len(text[end : end + 2]) - len(text[end : end + 2].lstrip(" 年")) if kind == "years" else end
            )
            form = "date" if kind == "date" else "year"
            yield Numeral(start, end, unit_end, year, until, "年" if year else "", form)
        elif kind == "slogan":
            count = start + found[0].index("个")
            yield replace(_plain(text, start, count, units), form="code")
            yield replace(_plain(text, count + 1, end - 1, units), form="slogan")
        elif kind == "proportion":
            first, second = (float(part) for part in found[0].split(":"))
            value = second if first == 1 else round(first / second, 4) if second else None
            yield Numeral(start, end, end, value, None, "", "number")
        elif kind == "plain":
            yield _plain(text, start, end, units)
        elif kind == "other":
            yield Numeral(start, end, end, None, None, "", "unknown")
        elif kind == "rank":
            place = chinese(text[start + 1 : end])
            if place is not None:
                yield Numeral(
                    start + 1, end, end + (text[end : end + 1] in {"位", "名"}), float(place), None, "位", "rank"
                )
        elif kind == "fraction":
            yield _fraction(text, start, end)
        else:
            yield from _chinese(text, start, end, units)


def _range(text: str, found: re.Match[str], units: Units) -> Iterator[Numeral]:
    """Read 1-2家, 8%-10%, 5000万-8000万元; what is no range (5-5, 13-4) becomes two numerals."""
    high = _plain(text, *found.span("high"), units)
    low_unit, _, low_end = units.at(text, found.end("lowunit") - len(found["lowunit"]))
    whole_unit = not found["lowunit"] or low_end == found.end("lowunit")
    low = arabic(found["low"])
    top = arabic(found["high"])
    if low is not None and top is not None and whole_unit and (not low_unit or low_unit == high.unit):
        if found["high"][-1:] in MULTIPLIERS and found["low"][-1:] not in MULTIPLIERS:
            digits = Decimal(re.sub(r"[^0-9.]", "", found["high"]))
            low *= (
                top / digits if digits and low < digits else 1
            )  # 1-2万 is ten to twenty thousand, 5000-1万 as it says
        if low < top and high.form == "number" and not _in_name(text, found.start(), found.end("low")):
            yield replace(high, start=found.start(), value=float(low), value_max=float(top), bound="range")
            return
    yield _plain(text, *found.span("low"), units)
    yield high


def _in_name(text: str, start: int, end: int) -> bool:
    """Tell whether the digits belong to a name or code: 415X, 5+5+N, 3C, T2, 2.0版."""
    before, after = text[start - 1 : start], text[end : end + 1]
    latin = re.compile(r"[A-Za-z+_#*=]")
    return bool(latin.match(before) or latin.match(after))


def _plain(text: str, start: int, end: int, units: Units) -> Numeral:
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


def _fraction(text: str, start: int, end: int) -> Numeral:
    word = text[start:end]
    if word.startswith("翻"):
        times = {"一": 2.0, "两": 4.0, "二": 4.0, "三": 8.0}[word[1]]
        return Numeral(start, end, end, times, None, "倍", "fraction")
    bound = "at_least" if word.startswith("过半") else ""
    return Numeral(start, end, end, share(word), None, "%", "fraction", bound)


# Measure words after which a Chinese numeral is a count; others (大, 级, 方面, 体) make words of it.
_COUNTED = set("家个项条座处所场次人名位户套间台辆艘架件部种张床幢栋亩元倍吨") | {
    "公里", "平方米", "立方米", "千瓦时", "美元", "人次", "家次", "场次",
    "个百分点", "百分点", "公顷", "千米", "分钟", "小时", "工作日",
}  # fmt: skip


def _chinese(text: str, start: int, end: int, units: Units) -> Iterator[Numeral]:
    """Read a Chinese numeral only before a measure word and where it is no part of a word."""
    word = text[start:end]
    unit, scale, unit_end = units.at(text, end)
    if unit not in _COUNTED or (start and text[start - 1] in "第届点之数几“"):
        return
    bare = word.rstrip("余多")
    vague = bare in {"百", "千", "万", "十", "亿"}
    prefix = text[start - 1 : start]
    if vague and prefix not in {"近", "上", "超", "逾", "约", "达"} and word == bare:
        return
    if bare in {"一", "零", "〇"} or text[unit_end : unit_end + 1] == "数":
        return  # 一家 means "a"
    value = chinese(word)
    if value is None:
        return
    bound = "at_least" if word != bare or prefix == "上" else "about" if prefix == "近" else ""
    yield Numeral(start, end, unit_end, float(value * Decimal(str(scale))), None, unit, "chinese", bound)
