"""Numerals and their values: 1200万, 两千五百万, 三分之二 → exact numbers, and a number spelt in Chinese."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache

LARGEST = Decimal(10) ** 16  # beyond this a digit run is an account number, not a quantity
LONGEST = 24  # characters of a numeral
MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
ONES = "零一二三四五六七八九"
DIGITS = {char: digit for digit, char in enumerate(ONES)} | {"〇": 0, "两": 2}


@lru_cache(maxsize=4096)
def arabic(text: str) -> Decimal | None:
    """Return the exact value of ``1,300.5万`` or ``30余``; None where it is no number or too large."""
    body = text.replace(",", "").replace("余", "").replace("多", "").replace(" ", "")
    factor = Decimal(1)
    while body and body[-1] in MULTIPLIERS:
        factor *= MULTIPLIERS[body[-1]]
        body = body[:-1]
    if len(body) > LONGEST:
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
    if not text or len(text) > LONGEST:
        return None
    for mark in "亿万":  # the largest unit first: what stands before it is multiplied
        if mark in text:
            return _multiplied(*text.rpartition(mark))
    if "点" in text:
        return _with_decimals(*text.split("点", 1))
    if len(text) > 1 and all(char in DIGITS for char in text):  # 二〇二五; 二三 is two numbers
        return Decimal("".join(str(DIGITS[char]) for char in text)) if "〇" in text or "零" in text else None
    total, digit = Decimal(0), None
    for char in text:
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
        else:
            total += (1 if digit is None else digit) * MULTIPLIERS[char]
            digit = None
    return total + (digit or 0)


def _multiplied(head: str, mark: str, tail: str) -> Decimal | None:
    high, low = chinese(head) if head else Decimal(1), chinese(tail) if tail else Decimal(0)
    if high is None or low is None:
        return None
    value = high * MULTIPLIERS[mark] + low
    return value if value <= LARGEST else None


def _with_decimals(whole: str, digits: str) -> Decimal | None:
    left = chinese(whole)
    if left is None or not digits or any(char not in DIGITS for char in digits):
        return None
    return left + Decimal("0." + "".join(str(DIGITS[char]) for char in digits))


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
        whole, half = chinese(text[0]), 5 if text.endswith("半") else 0
        return None if whole is None else float(whole * 10 + half)
    below, _, above = text.partition("分之")
    low, high = chinese(below), chinese(above)
    return None if not low or high is None else float(round(high * 100 / low, 2))
