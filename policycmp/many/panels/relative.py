"""Figures per head, per yuan of GDP, per square kilometre: by a table of the user's own, whose source is named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import files
from policycmp.errors import PolicyError, pick
from policycmp.text.lexicon import Lexicon

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("place", "year", "measure", "value", "source")


def per(rows: pd.DataFrame, measures: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Return the amounts and counts of a panel beside each measure; see `Panel.per`."""
    table, name = _read(measures)
    counted = ~rows["unit"].isin(Lexicon.load()["rates"]) & ~rows["unit"].str.contains("/", regex=False)
    found = rows[counted].reset_index(drop=True)
    for measure, own in table.groupby("measure", sort=True):
        if own.duplicated(["place", "year"]).any():
            twice = own[own.duplicated(["place", "year"])].iloc[0]
            raise PolicyError("measure_twice", name, place=twice["place"], year=twice["year"], measure=measure)
        beside = found[["place", "year"]].merge(own, on=["place", "year"], how="left")
        found[f"per_{measure}"] = found["value"] / beside["value"].to_numpy()
        found[f"{measure}_source"] = beside["source"].fillna("").to_numpy()
    return found


def scaled(rows: pd.DataFrame, measures: pd.DataFrame | str | Path, measure: str) -> pd.DataFrame:
    """Return the amounts and counts of a panel with ``value`` per a measure, and the ``source`` of the measure."""
    found = per(rows, measures)
    known = [name.removeprefix("per_") for name in found.columns if name.startswith("per_")]
    value, unit = found[f"per_{pick('per', measure, known)}"], found["unit"] + "/" + measure
    found = found.assign(value=value, unit=unit, source=found[f"{measure}_source"])
    return found[found["value"].notna()]


def _read(measures: pd.DataFrame | str | Path) -> tuple[pd.DataFrame, str]:
    import pandas as pd

    name = "measures" if isinstance(measures, pd.DataFrame) else str(measures)
    if isinstance(measures, pd.DataFrame):
        table = measures.copy()
    else:
        try:
            table = pd.read_csv(files.regular(Path(measures)), encoding="utf-8-sig")
        except FileNotFoundError:
            raise PolicyError("no_file", name) from None
        except (UnicodeDecodeError, ValueError) as error:
            raise PolicyError("no_table_of_sources", name, error=str(error).splitlines()[0]) from None
    for column in COLUMNS:
        if column not in table.columns:
            raise PolicyError("column_missing", name=name, column=column)
    table["value"] = pd.to_numeric(table["value"], errors="coerce")
    table["year"] = pd.to_numeric(table["year"], errors="coerce").astype("Int64")
    for number, row in enumerate(table.to_dict("records"), 1):
        if not row["value"] > 0:
            raise PolicyError("measure_value", name, where=number)
        if not str(row["source"]).strip() or str(row["source"]) == "nan":
            raise PolicyError("measure_source", name, where=number)
        if not re.fullmatch(r"\w+", str(row["measure"])):
            raise PolicyError("measure_name", name, where=number, value=str(row["measure"]))
    return table, name
