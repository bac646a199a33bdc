"""Where a target stands among all that set the same: its rank and quantile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policycmp.errors import PolicyError, pick

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "place", "level", "year", "comparator", "value", "value_max", "unit", "commitment", "rank", "quantile", "own", "id",
    "doc", "quote",
)  # fmt: skip


def stand(rows: pd.DataFrame, target: str, *, years: str = "same") -> pd.DataFrame:
    """Return the figures among which a target stands, the highest first; see `Panel.stand`."""
    pick("years", years, ("same", "all"))
    own = rows[rows["id"] == target]
    if own.empty:
        raise PolicyError("no_target", name=target)
    one = own.iloc[0]
    if not one["indicator_code"]:
        raise PolicyError("target_without_code", name=target)
    alike = rows["main"] | (rows["id"] == target)
    for name in ("statement", "indicator_code", "kind", "unit", "span"):
        alike &= rows[name] == one[name]
    if years == "same":
        alike &= rows["year"] == one["year"]
    found = rows[alike].drop_duplicates(["place", "year", "doc", "value"])
    return ranked(found, target)


def ranked(found: pd.DataFrame, target: str) -> pd.DataFrame:
    """Return figures with their rank and quantile, the highest first."""
    rank = found["value"].rank(ascending=False, method="min")
    lower = found["value"].rank(method="average") - 1
    quantile = lower / max(len(found) - 1, 1) if len(found) > 1 else lower + 1.0
    found = found.assign(rank=rank, quantile=quantile, own=found["id"] == target)
    order = ["value", "place", "year"]
    columns = [*COLUMNS, *(["source"] if "source" in found else [])]  # of what the values were divided by
    return found.sort_values(order, ascending=[False, True, True], ignore_index=True)[columns]
