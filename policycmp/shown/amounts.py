"""The way that numbers and sums of money are printed for people."""

from __future__ import annotations

from typing import Any, NamedTuple

from policycmp.errors import pick
from policycmp.schema import WORDLESS
from policycmp.wording import LANGUAGES, label, phrases, said

_SCALES = {
    "zh": ((1e12, 1e12, "万亿"), (1e8, 1e8, "亿"), (1e4, 1e4, "万")),
    "en": ((1e8, 1e9, " bn"), (1e5, 1e6, " m")),
}

# In which unit an axis counts money: the phrase that names it, and by language its yuan.
_UNITS: tuple[tuple[str, dict[str, float]], ...] = (
    ("large_sums", {"zh": 1e8, "en": 1e9}),
    ("middle_sums", {"zh": 1e4, "en": 1e6}),
    ("small_sums", {"zh": 1, "en": 1}),
)
_LEAST = 0.005  # of the unit of an axis: a smaller sum is said in its own

_SIGNS = {"at_least": "≥", "at_most": "≤", "less_than": "<", "about": "≈"}


def format_amount(yuan: object, lang: str = "zh") -> str:
    """Return a sum of money as people write it: 3.05亿元, 195万元, 0.305 bn yuan; or 未列明."""
    number = to_float(yuan)
    if number != number:
        return label("not_stated", lang, "amounts")
    return said("money", lang, chapter="amounts", number=_scaled((number,), lang))


def format_value(value: object, value_max: object, comparator: str, unit: str, lang: str = "zh") -> str:
    """Return a quantity with its comparator and unit: ≥150家, 1–2个, ≈5 %, 前3位; in words where it has none."""
    low, high = to_float(value), to_float(value_max)
    if comparator in WORDLESS:
        return label(comparator, lang, "amounts")
    if low != low:
        return format_amount(None, lang)
    number = _scaled((low, high) if comparator == "range" and high == high else (low,), lang)
    if comparator == "top":
        return said("top", lang, chapter="amounts", number=number) + (unit if lang == "zh" else "")
    if lang != "zh" and len(unit) == 1 and unit not in phrases("units"):  # a measure word: 家, 个, 项
        unit = ""
    unit = label(unit, lang, "units")
    gap = " " if unit and (lang == "en" or unit == "%") else ""
    return f"{_SIGNS.get(comparator, '')}{number}{gap}{unit}"


def format_number(number: float, lang: str = "zh") -> str:
    """Return a number as people write it: 3.05亿, 1.2万, 0.305 bn."""
    return _scaled((number,), lang)


class Unit(NamedTuple):
    """The unit of money of one axis: so many yuan, its name, and the language in which it is said."""

    yuan: float
    name: str
    lang: str

    def number(self, amount: float) -> str:
        """Return an amount in this unit without its name, in its own where that would leave nothing of it."""
        if amount != amount or 0 < abs(amount) < _LEAST * self.yuan:
            return format_amount(amount, self.lang)
        return significant(amount / self.yuan, self.lang)

    def amount(self, amount: float) -> str:
        """Return an amount in this unit with its name."""
        number = self.number(amount)
        if amount != amount or 0 < abs(amount) < _LEAST * self.yuan:
            return number
        return said("in_unit", self.lang, chapter="amounts", number=number, unit=self.name)


def unit_of(most: float, lang: str = "zh") -> Unit:
    """Return the unit for amounts up to ``most`` yuan."""
    spoken = pick("lang", lang, LANGUAGES)
    phrase, sizes = next((row for row in _UNITS if most >= row[1][spoken]), _UNITS[-1])
    return Unit(sizes[spoken], label(phrase, lang, "amounts"), lang)


def significant(number: float, lang: str = "zh") -> str:
    """Return a number with three significant digits, as a title or the end of a bar has it: 0.895, 23, 1,230."""
    rounded = float(f"{number:.3g}")
    return f"{rounded:{',' if lang == 'en' else ''}.10g}".replace("-", "−")


def to_float(value: Any) -> float:
    """Return `value` as a float, NaN for None and for the missing value of pandas."""
    try:
        return float(value)
    except TypeError:
        return float("nan")


def _scaled(numbers: tuple[float, ...], lang: str) -> str:
    """Write `numbers` as a range on one common scale (万, 亿; m, bn); eight digits keep them exact."""
    largest = max(map(abs, numbers))
    divisor, suffix = next((s[1:] for s in _SCALES[pick("lang", lang, LANGUAGES)] if largest >= s[0]), (1.0, ""))
    text = "–".join(f"{number / divisor:{',' if lang == 'en' else ''}.8g}" for number in numbers)
    return text.replace("-", "−") + suffix
