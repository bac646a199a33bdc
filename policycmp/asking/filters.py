"""Questions to a comparison: the rows of the alignment that answer them, and where a text stands.

>>> policycmp.select(comparison, relation="partial", doubtful=True)
>>> policycmp.search(comparison, "专精特新")
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from policycmp import pairing, schema
from policycmp.asking import functions
from policycmp.asking.narrowing import times_apart
from policycmp.comparison import Comparison
from policycmp.errors import PolicyError, pick
from policycmp.schema import SIDES, Place, is_missing, place_of, places, records
from policycmp.text.normalize import fold

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables

Key = tuple[Place | None, Place | None]  # the two clauses of a row of the alignment


def select(
    comparison: Comparison,
    *,
    section: int | None = None,
    right_section: int | None = None,
    relation: str | Sequence[str] | None = None,
    similarity: tuple[float, float] | None = None,
    side: str | None = None,
    function: str | None = None,
    text: str = "",
    differing: bool = False,
    alone: bool = False,
    aspirational: bool = False,
    ratio: float | None = None,
    budget_not_stated: bool = False,
    doubtful: bool = False,
) -> pd.DataFrame:
    """Return the rows of the alignment that meet every condition, in their order.

    Parameters
    ----------
    comparison : Comparison
        The two documents.
    section, right_section : int, optional
        A section by its number in the left (right) document; the section that answers it counts as well.
    relation : str or sequence of str, optional
        same, partial, left_only, right_only.
    similarity : tuple of float, optional
        The least and the greatest similarity.
    side : {"left", "right"}, optional
        Only rows with a clause of this document.
    function : str, optional
        Only clauses for which a body of this function is responsible, such as 教育.
    text : str
        Only clauses in which this text stands; widths of characters and case make no difference.
    differing : bool
        Only clauses with a target that the other document sets differently.
    alone : bool
        Only clauses that one document alone has.
    aspirational : bool
        Only clauses with an aspirational target.
    ratio : float, optional
        Only clauses with a target that is at least so many times the other document's, or the other way round.
    budget_not_stated : bool
        Only clauses of sections for which a document states no budget.
    doubtful : bool
        The pairs that a reader should check first come first (see `pairs.doubtful`).

    Returns
    -------
    DataFrame
        These rows, with the columns of ``comparison.alignment``.

    Raises
    ------
    PolicyError
        If the section, the relation, the side or the function is none of this comparison.

    Examples
    --------
    What does only one of the two do in education?

    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> policycmp.select(comparison, function="教育", relation="left_only")["left_title"].tolist()
    ['创新“高校助推基础教育”模式']
    """
    wanted: list[set[Any]] = []  # each condition on the clauses: those that meet it
    for which, number in {"left": section, "right": right_section}.items():
        if number is not None:
            wanted.append(_in_section(comparison, which, number))
    if function is not None:
        wanted.append(_of_function(comparison, function))
    if text.strip():
        wanted.append(_compared(comparison, search(comparison, text)))
    if differing:
        wanted.append(_with_targets(comparison, _differ))
    if ratio is not None:
        least = ratio
        wanted.append(_with_targets(comparison, lambda row: times_apart(row["ratio"]) >= least))
    if aspirational:
        targets = _targets(comparison)
        wanted.append(_clauses(targets[targets["commitment"] == "aspirational"]))
    if budget_not_stated:
        wanted.append(_without_budget(comparison))
    table = comparison.alignment
    kept = table["relation"].isin(schema.RELATIONS)
    for found in wanted:
        kept &= np.array([not found.isdisjoint(zip(SIDES, one, strict=True)) for one in keys(table)], dtype=bool)
    if relation is not None:
        names = [relation] if isinstance(relation, str) else list(relation)
        kept &= table["relation"].isin([pick("relation", name, schema.RELATIONS) for name in names])
    if similarity is not None:
        kept &= table["similarity"].between(*similarity)
    if side is not None:
        kept &= table[f"{pick('side', side, SIDES)}_clause"].notna()
    if alone:
        kept &= table["relation"].isin(["left_only", "right_only"])
    order = pairing.doubtful(comparison.aligned, len(table)).index if doubtful else table.index
    ranked = [*order, *table.index.difference(order)]
    return table.loc[[one for one in ranked if kept[one]]].reset_index(drop=True)


def search(comparison: Comparison, text: str) -> pd.DataFrame:
    """Return every place of both documents, clauses, lead-ins or annexes, where ``text`` stands.

    Parameters
    ----------
    comparison : Comparison
        The two documents.
    text : str
        What to look for; widths of characters and case make no difference.

    Returns
    -------
    DataFrame
        side (left, right), doc, part, section, clause, start, end, quote: a row per hit, in the order of the documents.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> policycmp.search(comparison, "机场")[["side", "clause", "quote"]]
        side  clause quote
    0   left      16    机场
    1   left      17    机场
    2   left      17    机场
    3  right      17    机场
    """
    import pandas as pd

    rows = []
    for which, own in comparison.sides.items():
        for block in (own.of or own).outline.blocks() if text.strip() else ():
            for hit in pattern(text).finditer(own.policy.folded, block.start, block.end):
                quote = own.policy.text[hit.start() : hit.end()]
                rows.append((which, own.doc, block.part.number, *block.place, hit.start(), hit.end(), quote))
    return pd.DataFrame(rows, columns=["side", "doc", "part", "section", "clause", "start", "end", "quote"])


def pattern(text: str) -> re.Pattern[str]:
    """Return what finds ``text`` in a folded text."""
    return re.compile(re.escape(fold(text).strip()), re.IGNORECASE)


def keys(rows: pd.DataFrame) -> list[Key]:
    """Return the places of the two clauses of each row of an alignment; None where a side has none."""
    return list(zip(places(rows, "left"), places(rows, "right"), strict=True))


def function_names(comparison: Comparison) -> list[str]:
    """Return the functions of the responsible bodies of both documents, sorted."""
    return sorted(set(_functions(comparison)["function"]))


def _clauses(table: pd.DataFrame) -> set[tuple[str, Place | None]]:
    """Return the clauses that a table with the columns side, section and clause names."""
    return {(row["side"], place_of(row)) for row in records(table)}


def _compared(comparison: Comparison, hits: pd.DataFrame) -> set[tuple[str, Place | None]]:
    """Return the clauses of hits that stand in the part of its document that is compared."""
    parts = {side: own.outline.parts[0].number for side, own in comparison.sides.items()}
    return _clauses(hits[hits["part"] == hits["side"].map(parts)])


def _of_both(comparison: Comparison, table: Callable[[Tables], pd.DataFrame]) -> pd.DataFrame:
    """Return a table of each document in one, with the column side."""
    import pandas as pd

    both = [table(own).assign(side=side) for side, own in comparison.sides.items()]
    return pd.concat(both, ignore_index=True)


def _targets(comparison: Comparison) -> pd.DataFrame:
    return _of_both(comparison, lambda own: own.targets)


def _functions(comparison: Comparison) -> pd.DataFrame:
    lexicon = comparison.left.policy.lexicon
    return _of_both(comparison, lambda own: functions.functions(own.responsibilities, lexicon))


def _in_section(comparison: Comparison, side: str, number: int) -> set[tuple[str, Place | None]]:
    """Return the clauses of a section of one side, and of the section that answers it."""
    known = {pair[SIDES.index(side)]: pair for pair in comparison.sections}
    if number not in known:
        option = "section" if side == "left" else "right_section"
        raise PolicyError("option", name=option, value=number, known=filter(None, known))
    both = dict(zip(SIDES, known[number], strict=True))
    clauses = _of_both(comparison, lambda own: own.clauses)
    return {(which, place) for which, place in _clauses(clauses) if place and place.section == both[which]}


def _of_function(comparison: Comparison, function: str) -> set[tuple[str, Place | None]]:
    table = _functions(comparison)
    return _clauses(table[table["function"] == pick("function", function, sorted(set(table["function"])))])


def _with_targets(comparison: Comparison, test: Callable[[Mapping[str, Any]], bool]) -> set[tuple[str, Place | None]]:
    """Return the clauses with a target of a pair of targets that passes ``test``."""
    targets = _targets(comparison)
    passing = [row for row in records(comparison.target_pairs) if test(row)]
    found = {row[f"{side}_target"] for row in passing for side in SIDES}
    return _clauses(targets[targets["target"].isin(found)])


def _differ(row: Mapping[str, Any]) -> bool:
    """Tell whether the two values of a pair of targets differ; a missing upper value equals a missing one."""
    left, right = ([row[f"{side}_{name}"] for name in ("value", "value_max")] for side in SIDES)
    return [one for one in left if not is_missing(one)] != [two for two in right if not is_missing(two)]


def _without_budget(comparison: Comparison) -> set[tuple[str, Place | None]]:
    """Return the clauses of sections for which a document states no budget."""
    missing = comparison.budget_pairs[["left_amount_yuan", "right_amount_yuan"]].isna().any(axis=1)
    silent = [pairing.sections_of(row) for row in records(comparison.budget_pairs[missing])]
    found = {one for pair in silent for one in zip(SIDES, pair, strict=True)}
    clauses = _of_both(comparison, lambda own: own.clauses)
    return {(side, place) for side, place in _clauses(clauses) if place and (side, place.section) in found}
