"""Sections that answer each other → what each allots, and whether the two amounts can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from policycmp import schema
from policycmp.pairing.sections import SectionPair
from policycmp.wording import label, said

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables


def budget_pairs(left: Tables, right: Tables, sections: Sequence[SectionPair], *, lang: str = "zh") -> pd.DataFrame:
    """Return the table `budget_pairs`, a row for each of the ``sections``.

    ``lang`` is the language of the notes; the exported table has them in Chinese.
    """
    totals = [side.budgets.loc[side.budgets["scope"] == "section", "amount_yuan"].sum() for side in (left, right)]
    rows = []
    for one, two in sections:
        a, b = amount(left, one), amount(right, two)
        own = left if one is not None else right
        heading = own.sections.loc[own.sections["section"] == (one if one is not None else two), "heading"].iloc[0]
        rows.append({
            "section": one if one is not None else two, "heading": heading,
            "left_amount_yuan": a[0], "left_scope": a[1], "right_amount_yuan": b[0], "right_scope": b[1],
            "left_share": _share(a, totals[0]), "right_share": _share(b, totals[1]),
            "comparable": a[1] == b[1] == "section", "note": _note(((left, a, one), (right, b, two)), lang),
        })  # fmt: skip
    return schema.frame("budget_pairs", rows)


def allotted(tables: Tables, section: int | None) -> pd.DataFrame:
    """Return the budgets that make up a section's sum: its whole allotment or, without one, its earmarks."""
    rows = tables.budgets[(tables.budgets["section"] == (section or -1)) & (tables.budgets["clause"] == 0)]
    whole = rows[rows["scope"] == "section"]
    return whole if len(whole) else rows[rows["scope"] == "earmark"]


def amount(tables: Tables, section: int | None) -> tuple[float | None, str, int]:
    """Return amount, scope and number of rows of a section's budget."""
    chosen = allotted(tables, section)
    if not len(chosen):
        return None, "", 0
    return float(chosen["amount_yuan"].sum()), str(chosen["scope"].iloc[0]), len(chosen)


def _share(amount: tuple[float | None, str, int], total: float) -> float | None:
    return round(amount[0] / total, 4) if amount[0] is not None and amount[1] == "section" and total else None


def _note(sides: Any, lang: str) -> str:
    """Say why two sections cannot be compared; a side is its tables, its amount (see `_amount`) and its section."""
    notes = []
    for tables, (amount, scope, n), section in sides:
        key = ""
        if section is None:
            key = "no_section"
        elif amount is None:
            key = "no_amount"
        elif scope == "earmark":
            key = "earmarks_only"
        if key:
            notes.append(said(key, lang, chapter="notices", name=tables.named(lang), n=n))
    return label("semicolon", lang, "names").join(notes)


def check_total(tables: Tables) -> dict[str, float | None]:
    """Return the document's stated total, the sum of its section allotments, and their difference, in yuan."""
    budgets = tables.budgets
    stated = budgets.loc[budgets["scope"] == "document", "amount_yuan"]
    total = float(budgets.loc[budgets["scope"] == "section", "amount_yuan"].sum())
    first = float(stated.iloc[0]) if len(stated) else None
    return {"stated": first, "sum": total, "difference": None if first is None else round(first - total, 2)}
