"""One indicator of a panel as place × year, the comparator beside the value: as Stata and R take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policycmp.errors import PolicyError, pick

if TYPE_CHECKING:
    import pandas as pd


def chosen(rows: pd.DataFrame, statement: str) -> pd.DataFrame:
    """Return the figures to take: of the whole place and of the year, one for each place, year and indicator.

    Of a year's results, those told by the first report after it count.
    """
    lag = int(statement == "result")
    own = rows[(rows["statement"] == statement) & rows["main"] & (rows["span"] == "year") & (rows["scope"] == "whole")]
    own = own[own["year"].notna() & own["value"].notna() & (own["year"] + lag == own["told"])]
    most = own.groupby(["indicator_code", "kind", "unit"])["id"].transform("size")
    own = own.assign(most=most).sort_values(["place", "year", "indicator_code", "most"], kind="stable")
    return own.drop(columns="most")


def wide(rows: pd.DataFrame, indicator: str, *, statement: str = "target") -> pd.DataFrame:
    """Return the table of one indicator; see `Panel.wide`."""
    pick("statement", statement, ("target", "result"))
    own = chosen(rows, statement)
    known = sorted(set(own["indicator_code"]))
    if indicator not in known:
        raise PolicyError("no_indicator", name=indicator, known=tuple(known))
    own = own[own["indicator_code"] == indicator].drop_duplicates(["place", "year"], keep="last")
    names = ["value", "comparator", *(["value_max"] if own["value_max"].notna().any() else [])]
    found = own.pivot(index=["place", "level"], columns="year", values=names).sort_index(
        axis=1, level=1, sort_remaining=False
    )
    found.columns = found.columns.map("{0[0]}_{0[1]}".format)
    found = found.reset_index()
    numbers = [name for name in found.columns if name.startswith("value")]
    return found.astype(dict.fromkeys(numbers, "float64"))
