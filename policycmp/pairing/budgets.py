"""Sections that answer each other → what each allots, and whether the two amounts can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import fsum
from typing import TYPE_CHECKING, Any

from policycmp import schema
from policycmp.pairing.sections import SectionPair, sections_of
from policycmp.schema import Record
from policycmp.wording import label, said

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables


def budget_pairs(left: Tables, right: Tables, sections: Sequence[SectionPair]) -> pd.DataFrame:
    """Return what sections that answer each other are allotted.

    Parameters
    ----------
    left, right : Tables
        The documents.
    sections : sequence of SectionPair
        Which section answers which.

    Returns
    -------
    DataFrame
        The table ``budget_pairs`` of data/DATA_DICTIONARY.md, amounts in yuan, a row for each of the ``sections``; its
        notes are Chinese (see `noted`).

    Examples
    --------
    Two sections that somebody wants to see side by side:

    >>> left, right = policycmp.load("longwan"), policycmp.load("lucheng")
    >>> chosen = [policycmp.pairs.SectionPair(6, 1)]
    >>> policycmp.pairs.budget_pairs(left, right, chosen)[["left_amount_yuan", "right_amount_yuan"]]
       left_amount_yuan  right_amount_yuan
    0      1.000000e+09        305000000.0
    """
    totals = [fsum(_stated(side.rows["budgets"], "section")) for side in (left, right)]
    rows = []
    for one, two in sections:
        a, b = amount(left, one), amount(right, two)
        own, number = (right, two) if one is None else (left, one)
        heading = next(row["heading"] for row in own.rows["sections"] if row["section"] == number)
        rows.append({
            "left_section": one, "right_section": two, "heading": heading,
            "left_amount_yuan": a[0], "left_scope": a[1], "right_amount_yuan": b[0], "right_scope": b[1],
            "left_share": _share(a, totals[0]), "right_share": _share(b, totals[1]),
            "comparable": a[1] == b[1] == "section",
        })  # fmt: skip
    return noted(schema.frame("budget_pairs", rows), left, right)


def noted(
    pairs: pd.DataFrame, left: Tables, right: Tables, *, lang: str = "zh", names: Sequence[str] = ()
) -> pd.DataFrame:
    """Return a table of budget pairs with its notes in a language: why the two sections of a row cannot be compared.

    Parameters
    ----------
    pairs : DataFrame
        The table ``budget_pairs``, or some of its rows.
    left, right : Tables
        The documents.
    lang : str
        zh or en.
    names : sequence of str, optional
        What the two documents are called; by default their districts.

    Returns
    -------
    DataFrame
        The same rows, with another column note.

    Examples
    --------
    >>> it = policycmp.compare("longwan", "lucheng")
    >>> policycmp.pairs.noted(it.budget_pairs, it.left, it.right, lang="en")["note"].iloc[0]
    'Longwan states no amount'
    """
    import pandas as pd

    sides = {"left": left, "right": right}
    called = dict(zip(sides, names or (left.named(lang), right.named(lang)), strict=True))
    notes = [_note(row, sides, called, lang) for row in schema.records(pairs)]
    return pairs.assign(note=pd.Series(notes, pairs.index, pairs["note"].dtype))


def allotted(tables: Tables, section: int | None) -> pd.DataFrame:
    """Return the budgets that make up a section's sum: its whole allotment or, without one, its earmarks.

    Parameters
    ----------
    tables : Tables
        The document.
    section : int or None
        The number of the section; None has nothing.

    Returns
    -------
    DataFrame
        Rows of ``tables.budgets``.

    Examples
    --------
    >>> policycmp.pairs.allotted(policycmp.load("longwan"), 3)[["item", "amount_yuan", "scope"]]
               item  amount_yuan    scope
    0  重点支持文化产业领域资金   12000000.0  earmark
    1    文旅融合发展领域资金    1950000.0  earmark
    2    养老服务体系领域资金   28900000.0  earmark
    """
    return tables.budgets.iloc[_allotted(tables, section)]


def _allotted(tables: Tables, section: int | None) -> list[int]:
    """Return the positions of these rows."""
    scopes: dict[str, list[int]] = {}
    for position, row in enumerate(tables.rows["budgets"]):
        if (row["section"], row["clause"]) == (section or -1, 0):
            scopes.setdefault(row["scope"], []).append(position)
    return scopes.get("section") or scopes.get("earmark") or []


def amount(tables: Tables, section: int | None) -> tuple[float | None, str, int]:
    """Return what a section is allotted in all.

    Parameters
    ----------
    tables : Tables
        The document.
    section : int or None
        The number of the section; None has nothing.

    Returns
    -------
    amount : float or None
        In yuan; None where the document states none.
    scope : str
        ``section`` for a sum of the whole section, ``earmark`` for one of named items, or empty.
    rows : int
        How many rows of ``tables.budgets`` it is the sum of.

    Examples
    --------
    >>> longwan = policycmp.load("longwan")
    >>> policycmp.pairs.amount(longwan, 3), policycmp.pairs.amount(longwan, 1)
    ((42850000.0, 'earmark', 3), (None, '', 0))
    """
    chosen = [tables.rows["budgets"][position] for position in _allotted(tables, section)]
    amounts = _stated(chosen)
    return (fsum(amounts), chosen[0]["scope"], len(chosen)) if amounts else (None, "", 0)


def _stated(budgets: Iterable[Record], scope: str = "") -> list[float]:
    """Return the amounts that are stated, of all budgets or of those with a scope: a correction may leave one open."""
    rows = (row for row in budgets if row["scope"] == scope or not scope)
    return [row["amount_yuan"] for row in rows if not schema.is_missing(row["amount_yuan"])]


def _share(amount: tuple[float | None, str, int], total: float) -> float | None:
    return round(amount[0] / total, 4) if amount[0] is not None and amount[1] == "section" and total else None


def _note(row: Mapping[str, Any], sides: Mapping[str, Tables], called: Mapping[str, str], lang: str) -> str:
    """Say what keeps a row from being compared: no such section, no amount, or only some of a section's items."""
    notes = []
    for side, section in zip(sides, sections_of(row), strict=True):
        key = ""
        if section is None:
            key = "no_section"
        elif schema.is_missing(row[f"{side}_amount_yuan"]):
            key = "no_amount"
        elif row[f"{side}_scope"] == "earmark":
            key = "earmarks_only"
        if key:
            items = len(_allotted(sides[side], section))
            notes.append(said(key, lang, chapter="notices", name=called[side], n=items))
    return label("semicolon", lang, "names").join(notes)


def check_total(tables: Tables) -> dict[str, float | None]:
    """Tell whether what a document allots to its sections, in all its parts, adds up to the total that it states.

    Parameters
    ----------
    tables : Tables
        The document.

    Returns
    -------
    dict of str to float or None
        stated, sum and difference, in yuan; None where no total is stated.

    Examples
    --------
    >>> policycmp.pairs.check_total(policycmp.load("lucheng"))
    {'stated': 3448000000.0, 'sum': 3448000000.0, 'difference': 0.0}
    """
    budgets = (tables.of or tables).rows["budgets"]
    stated = _stated(budgets, "document")
    parts: dict[int, list[Record]] = {}
    for row in budgets:
        parts.setdefault(row["part"], []).append(row)
    shares = [_stated(own, "section") for own in parts.values()]
    # The total may be divided in the text, in an annex or over both; an annex may also repeat what the text allots.
    sums = [*map(fsum, filter(None, shares)), fsum(chain.from_iterable(shares))]
    first = stated[0] if stated else None
    total = next((one for one in sums if first is not None and round(one - first, 2) == 0), sums[0])
    return {"stated": first, "sum": total, "difference": None if first is None else round(first - total, 2)}
