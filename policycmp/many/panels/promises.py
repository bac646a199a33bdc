"""Kept promises: a goal of a year beside the result that the next year's report tells of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from policycmp import schema
from policycmp.many.panels.wide import chosen
from policycmp.schema import Record, is_missing, records
from policycmp.text import codes
from policycmp.text.lexicon import Lexicon

if TYPE_CHECKING:
    import pandas as pd


def promises(rows: pd.DataFrame, documents: pd.DataFrame, indicator: str = "") -> pd.DataFrame:
    """Return the table ``promises``; see `Panel.promises`."""
    if indicator:
        rows = rows[rows["indicator_code"] == indicator]
    results = {_key(row): row for row in records(chosen(rows, "result"))}
    told = set(zip(documents["place"], documents["year"].astype(int), strict=True))
    directions = {code: one.direction for code, one in codes.known(Lexicon.load()).items()}
    found = []
    for goal in records(chosen(rows, "target")):
        result = results.get(_key(goal), {})
        reported = (goal["place"], int(goal["year"]) + 1) in told
        reached = result.get("value")
        found.append(
            goal
            | {"promised": goal["value"], "promised_max": goal["value_max"], "target": goal["id"]}
            | {"reached": reached, "result": result.get("id"), "result_quote": result.get("quote")}
            | {"target_quote": goal["quote"], "difference": _difference(goal, reached)}
            | {"outcome": outcome(goal, reached, directions.get(goal["indicator_code"], "up"), reported=reported)}
        )
    table = schema.frame("promises", found)
    return table.sort_values(["indicator_code", "place", "year"], ignore_index=True, kind="stable")


def _key(row: Record) -> tuple[object, ...]:
    return row["place"], int(row["year"]), row["indicator_code"], row["kind"], row["unit"]


def _difference(goal: Record, reached: float | None) -> float | None:
    """Return the result less the goal, without the noise of binary fractions."""
    if reached is None or is_missing(reached) or goal["comparator"] in {"range", "top"}:
        return None
    return float(Decimal(str(reached)) - Decimal(str(goal["value"])))


def outcome(goal: Record, reached: float | None, direction: str, *, reported: bool) -> str:
    """Tell whether a goal was met: a floor by what reaches it, a ceiling by what stays below, a rank by a better one.

    ``direction`` says which way is better where the comparator does not: up, down or none. What is aimed at 左右 is met
    by what rounds to it as it is printed: 6.8 meets 7%左右, and 6.4 does not.
    """
    if reached is None or is_missing(reached):
        return "not_reported" if reported else "no_report"
    low, comparator = goal["value"], goal["comparator"]
    high = low if is_missing(goal["value_max"]) else goal["value_max"]
    slack = _half_a_digit(low) if comparator == "about" else 0.0
    at_most = comparator in {"at_most", "less_than", "top"} or (comparator != "at_least" and direction == "down")
    if comparator not in {"at_most", "at_least", "less_than", "top"} and direction == "none":
        return "met" if low - slack <= reached <= high + slack else "unclear"
    if at_most:
        met = reached < high if comparator == "less_than" else reached <= high + slack
    else:
        met = reached >= low - slack
    return "met" if met else "missed"


def _half_a_digit(value: float) -> float:
    """Return half of the last digit of a number as it is printed: 0.5 for 7, 0.05 for 6.5."""
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return 0.5 * 10.0 ** min(int(exponent), 0)
