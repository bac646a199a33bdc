"""What people read of a number → the number, and the format by which a spreadsheet shows it so: 3.05亿元, ≥150家, 44倍.

The cell holds the whole number and sorts by it.
"""

from __future__ import annotations

import re
from math import isclose
from typing import Any, NamedTuple

from policycmp.shown.html import Cell

# What follows the digits, and how many places it moves the point. Of a percentage the number is the share.
_PERCENT = -2
_SCALES = (("万亿", 12), ("亿", 8), ("万", 4), (" bn", 9), (" m", 6), ("%", _PERCENT), ("", 0))
_NUMBER = re.compile(r"(?P<before>[^0-9−]*)(?P<digits>−?[0-9][0-9,]*(?:\.[0-9]+)?)(?P<after>[^0-9]*)")
_SHORT = 6  # characters: a word in the place of a number, 十二 or equal, of which a column holds few
_LONGEST = 200  # characters: a spreadsheet program takes no longer format


class Number(NamedTuple):
    """A number, its format, and where that adds a zero (6000.0万元) one that says this number alone, as printed."""

    value: float
    form: str
    exact: str = ""


def of_number(cell: Any) -> Number | None:
    """Return a plain number with its format; None for what is none."""
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != cell:
        return None
    return Number(cell, "General" if isinstance(cell, int) else "0.00")


def of_cell(cell: Cell) -> Number | None:
    """Return the number of a cell that sorts by one number, and says this number and no other."""
    found = _NUMBER.fullmatch(cell)
    if cell.key is None:
        return None
    if not found:
        return _formed(cell.key, cell, "", "", "") if cell.isalpha() and len(cell) <= _SHORT else None
    before, digits, after = found.group("before", "digits", "after")
    decimals = len(digits.partition(".")[2])
    printed = float(digits.replace(",", "").replace("−", "-"))
    for scale, places in _SCALES:
        size = 10.0**places
        rounded = abs(printed * size - cell.key) <= 0.5001 * size / 10**decimals
        exact = isclose(printed * size, cell.key, rel_tol=1e-7)
        shown = _digits(places, decimals, "," in digits)
        if shown and after.startswith(scale) and (exact or rounded):
            number = _formed(cell.key, before, shown, after, scale)
            return number and _unpadded(number, cell, decimals)
    return None


def _formed(value: float, before: str, digits: str, after: str, scale: str) -> Number | None:
    """Return the number with its format, unless no format says it."""
    literal = after.removeprefix("%") if scale == "%" else after
    form = f"{_quoted(before)}{digits}{_quoted(literal)}"
    sayable = form and '"' not in before + after and len(form) <= _LONGEST and not (before and digits and value < 0)
    return Number(value, form) if sayable else None


def _unpadded(number: Number, text: str, decimals: int) -> Number:
    """Return the number with an exact format, too, where its own shows more decimals than its text has."""
    places = len(number.form.partition("\\.")[2].partition(",")[0])
    exact = f"[={number.value:.15g}]{_quoted(text)};{number.form}"
    padded = decimals < places and number.value > 0  # of what is below zero, programs write the sign differently
    return number._replace(exact=exact) if padded and len(exact) <= _LONGEST else number


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""


def _digits(places: int, decimals: int, grouped: bool) -> str:
    """Return the format of the digits of a number that is shown in units of 10 to the power of ``places``.

    A comma at the end of a format divides by a thousand. What remains of 万 and 亿 is put right of a point of our own.
    """
    point = f".{'0' * decimals}" if decimals else ""
    whole = "#,##0" if grouped else "0"
    if places == _PERCENT:
        return f"{whole}{point}%"
    if places % 3 == 0:
        return f"{whole}{point}{',' * (places // 3)}"
    shown = [rest for rest in range(places % 3, places + 1, 3) if rest >= decimals]
    return f"0\\.{'0' * shown[0]}{',' * ((places - shown[0]) // 3)}" if shown else ""
