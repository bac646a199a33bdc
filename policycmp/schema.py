"""The tables of the data dictionary: column, kind, allowed values, the Chinese and English label, and the meaning.

Names and words are those of ``schema.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import tomli

from policycmp.errors import PolicyError

if TYPE_CHECKING:
    import pandas as pd

DTYPES = {"text": "str", "integer": "Int64", "number": "float64", "flag": "bool"}

STATUSES = ("issued", "draft")
BODY_ROLES = ("lead", "responsible")
ROLES = ("target", "result", "budget", "incentive", "condition", "reference")
COMPARATORS = ("at_least", "at_most", "less_than", "equal", "about", "range", "top", "in_step", "none_set")
WORDLESS = COMPARATORS[-2:]  # what is set without a number: its value is empty
COMMITMENTS = ("firm", "aspirational")
SCOPES = ("section", "earmark", "document")
RELATIONS = ("same", "partial", "left_only", "right_only")
ORIGINS = ("computed", "override")
REASONS = ("unit", "new/total", "scope", "wording")
FREQUENCIES = ("once", "yearly", "monthly", "")
STATUSES_OF_PAIRS = ("equal", "left", "right", "mixed")
INCENTIVE_REASONS = ("form", "per", "tier", "wording")
PAYMENTS = ("sum", "rate", "ceiling")
SIDES = ("left", "right")
PART_KINDS = ("main", "annex", "glossary", "note")
PARTS = ("main", "further", "partial")
KINDS = ("level", "new", "total", "growth", "share", "rank", "")
LEVELS = ("nation", "province", "city", "county", "zone", "township", "")
SPANS = ("year", "years", "months")
OUTCOMES = ("met", "missed", "not_reported", "no_report", "unclear")
CHANGES = ("kept", "changed", "new", "gone", "raised", "lowered")
_VALUES = {  # the values of a column, in one table or in all that have it
    "status": STATUSES, "comparator": COMPARATORS, "left_comparator": COMPARATORS, "right_comparator": COMPARATORS,
    "commitment": COMMITMENTS, "scope": SCOPES, "relation": RELATIONS, "origin": ORIGINS, "reason": REASONS,
    "side": SIDES, "responsibilities.role": BODY_ROLES, "quantities.role": ROLES,
    "quantities.commitment": (*COMMITMENTS, ""), "quantities.scope": (*SCOPES, ""),
    "measures.part": PARTS, "parts.kind": PART_KINDS, "changes.kind": ("clause", "target", "incentive", "budget"),
    "change": CHANGES, "measures.change": ("", *CHANGES[:3]),
    **{f"{table}.level": LEVELS for table in ("collection", "panel", "promises")}, "span": SPANS,
    "outcome": OUTCOMES, "statement": ("target", "result"), "panel.kind": KINDS,
    "panel.scope": ("whole", "part"), "panel.commitment": (*COMMITMENTS, ""),
    "measure_budgets.scope": (*SCOPES, ""), "targets.kind": KINDS, "budgets.kind": KINDS,
    "incentives.kind": PAYMENTS, "frequency": FREQUENCIES,
    "left_kind": PAYMENTS, "right_kind": PAYMENTS, "incentive_pairs.status": STATUSES_OF_PAIRS,
    "incentive_candidates.reason": INCENTIVE_REASONS,
}  # fmt: skip


class Column(NamedTuple):
    """One column: name, kind (a key of `DTYPES`), labels, its values if they are fixed, and its meaning in words."""

    name: str
    kind: str
    zh: str
    en: str
    values: tuple[str, ...] = ()
    meaning: tuple[str, str] = ("", "")


class About(NamedTuple):
    """What a table is called in a workbook and what it holds, in Chinese and English."""

    sheet: tuple[str, str]
    about: tuple[str, str]


_WORDS = tomli.loads(resources.files("policycmp").joinpath("schema.toml").read_text(encoding="utf-8"))


def _columns(table: str, text: str) -> Iterable[Column]:
    """Yield the columns of a table from lines of ``name kind zh en``."""
    for line in filter(None, text.splitlines()):
        if line.startswith("@"):
            yield from _columns(table, _WORDS["groups"][line[1:]])
            continue
        name, kind, zh, en = line.split(maxsplit=3)
        known = _WORDS["meaning"]
        meaning = known.get(f"{table}.{name}") or known.get(name) or known[name.partition("_")[2]]
        yield Column(name, kind, zh, en, _VALUES.get(f"{table}.{name}", _VALUES.get(name, ())), tuple(meaning))


TABLES = {name: tuple(_columns(name, table["columns"])) for name, table in _WORDS["tables"].items()}
ABOUT = {name: About(table["sheet"], table["about"]) for name, table in _WORDS["tables"].items()}
SOURCE_TABLES = (
    "documents",
    "parts",
    "sections",
    "clauses",
    "responsibilities",
    "quantities",
    "targets",
    "results",
    "budgets",
    "incentives",
)
PAIR_TABLES = (
    "alignment",
    "target_pairs",
    "budget_pairs",
    "target_candidates",
    "incentive_pairs",
    "incentive_candidates",
)

Record = dict[str, Any]  # a row of a table


class Place(NamedTuple):
    """Where something stands in a document: its section (0: before the first) and its clause (0: the lead-in)."""

    section: int
    clause: int


def place_of(row: Mapping[str, Any], side: str = "") -> Place | None:
    """Return the place that a row names, or names for one ``side``; None where it names none.

    Missing is None, NaN or ``<NA>``.
    """
    prefix = f"{side}_" if side else ""
    section, clause = row[f"{prefix}section"], row[f"{prefix}clause"]
    if is_missing(section) or is_missing(clause):
        return None
    return Place(int(section), int(clause))


@overload
def places(table: pd.DataFrame) -> list[Place]: ...
@overload
def places(table: pd.DataFrame, side: str) -> list[Place | None]: ...
def places(table: pd.DataFrame, side: str = "") -> list[Any]:
    """Return the `place_of` each row of a table; in the tables of one document every row has one."""
    columns = [f"{side}_{name}" if side else name for name in Place._fields]
    return [place_of(row, side) for row in records(table[columns])]


def is_missing(cell: object) -> bool:
    """Tell whether a cell of a table holds no value: None, NaN or ``<NA>``."""
    return cell is None or str(cell) in ("nan", "<NA>", "NaT")


def records(table: pd.DataFrame) -> list[Record]:
    """Return the rows of ``table`` as dicts; a missing integer is None."""
    import pandas as pd

    names = [str(name) for name in table.columns]
    columns = []
    for _, cells in table.items():
        listed = cells.tolist()
        if cells.dtype == "Int64":
            listed = [None if cell is pd.NA else cell for cell in listed]
        columns.append(listed)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def columns(table: str) -> list[str]:
    """Return the column names of ``table`` in their order; an unknown table raises `PolicyError`."""
    if table not in TABLES:
        raise PolicyError("no_table", name=table, known=TABLES)
    return [column.name for column in TABLES[table]]


def labels(table: str, lang: str = "zh") -> dict[str, str]:
    """Return a mapping from column name to its label in ``lang`` (zh or en)."""
    return {column.name: column.zh if lang == "zh" else column.en for column in TABLES[table]}


@cache
def _dtype(kind: str) -> Any:
    """Return the type of a kind of column as pandas has it: to look it up by its name takes as long as to fill it."""
    import pandas as pd

    return pd.api.types.pandas_dtype(DTYPES[kind])


_KINDS: dict[str, type] = {"text": str, "integer": int, "number": float, "flag": bool}
_BLANK = {"text": "", "integer": None, "number": float("nan"), "flag": False}


def complete(table: str, rows: Iterable[Mapping[str, Any]]) -> list[Record]:
    """Return ``rows`` with the columns of ``table`` and no others, as `records` has them of its `frame`."""
    cells = [(column.name, _KINDS[column.kind], _BLANK[column.kind]) for column in TABLES[table]]
    return [
        {name: blank if (cell := row.get(name)) is None else kind(cell) for name, kind, blank in cells} for row in rows
    ]


def frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return ``rows`` as a DataFrame with the columns and dtypes of ``table``.

    Missing text is the empty string, a missing integer ``<NA>``, a missing number ``NaN``; a key that
    is no column is left out.
    """
    import pandas as pd

    rows = list(rows)
    blank = {"text": "", "integer": None, "number": None, "flag": False}
    data = {}
    for column in TABLES[table]:
        cells = [row.get(column.name) for row in rows]
        cells = [blank[column.kind] if cell is None else cell for cell in cells]
        data[column.name] = pd.array(cells, dtype=_dtype(column.kind))  # no Series: their indexes would be compared
    return pd.DataFrame(data)


def check(table: str, data: pd.DataFrame) -> pd.DataFrame:
    """Return ``data`` if it keeps the contract of ``table``, else raise `PolicyError` naming the column."""
    for name in columns(table):
        if name not in data.columns:
            raise PolicyError("column_missing", name=table, column=name)
    for column in TABLES[table]:
        if column.values:
            wrong = set(data[column.name]) - set(column.values)
            if wrong:
                values = sorted(map(str, wrong))
                raise PolicyError("column_value", name=table, column=column.name, values=values, known=column.values)
    return data
