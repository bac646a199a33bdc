"""Questions to a comparison: the rows of the alignment that answer them, and the comparison narrowed to these rows.

>>> policycmp.select(comparison, relation="partial", doubtful=True)
>>> policycmp.search(comparison, "专精特新")
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from policycmp import pairing, schema
from policycmp.asking import functions
from policycmp.comparison import Comparison
from policycmp.errors import PolicyError, pick
from policycmp.schema import SIDES
from policycmp.text.normalize import fold

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables

Place = tuple[int, int]  # section and clause
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
    for which, number in zip(SIDES, (section, right_section), strict=True):
        if number is not None:
            wanted.append(_in_section(comparison, SIDES.index(which), number))
    if function is not None:
        wanted.append(_of_function(comparison, function))
    if text.strip():
        wanted.append(_places(search(comparison, text)))
    if differing:
        wanted.append(_with_targets(comparison, _differ))
    if ratio is not None:
        least = ratio
        wanted.append(_with_targets(comparison, lambda row: _times(row["ratio"]) >= least))
    if aspirational:
        targets = _targets(comparison)
        wanted.append(_places(targets[targets["commitment"] == "aspirational"]))
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
    """Return every place of both documents, clauses or not, where ``text`` stands.

    Parameters
    ----------
    comparison : Comparison
        The two documents.
    text : str
        What to look for; widths of characters and case make no difference.

    Returns
    -------
    DataFrame
        side (left, right), doc, section, clause, start, end, quote: a row per hit, in the order of the documents.

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
    for which, own in zip(SIDES, (comparison.left, comparison.right), strict=True):
        for start, end, section, clause in own.outline.place() if text.strip() else ():
            for hit in pattern(text).finditer(own.policy.folded, start, end):
                quote = own.policy.text[hit.start() : hit.end()]
                rows.append((which, own.doc, section, clause, hit.start(), hit.end(), quote))
    return pd.DataFrame(rows, columns=["side", "doc", "section", "clause", "start", "end", "quote"])


def pattern(text: str) -> re.Pattern[str]:
    """Return what finds ``text`` in a folded text."""
    return re.compile(re.escape(fold(text).strip()), re.IGNORECASE)


def narrow(comparison: Comparison, rows: pd.DataFrame) -> Comparison:
    """Return ``comparison`` with these ``rows`` of its alignment, and the targets and budgets that go with them.

    These are the targets in the clauses, with the pairs of which one target stands there, the budgets of the sections
    that hold the clauses and of those that answer these, and those in the clauses. The texts stay whole.
    """
    places = [{pair[side] for pair in keys(rows) if pair[side]} for side in (0, 1)]
    holding = [{place[0] for place in side if place} for side in places]
    kept = [pair for pair in comparison.sections if pair.left in holding[0] or pair.right in holding[1]]
    sections = [{pair[side] for pair in kept} - {None} | holding[side] for side in (0, 1)]
    both = (comparison.left, comparison.right)
    inside = [own.targets[_standing(own.targets, here)] for own, here in zip(both, places, strict=True)]

    def touching(table: pd.DataFrame) -> pd.DataFrame:
        here = [table[f"{name}_target"].isin(own["target"]) for name, own in zip(SIDES, inside, strict=True)]
        return table[here[0] | here[1]].reset_index(drop=True)

    paired = touching(comparison.target_pairs)
    sides = []
    for name, own, here, found, numbers in zip(SIDES, both, inside, places, sections, strict=True):
        targets = own.targets[own.targets["target"].isin([*here["target"], *paired[f"{name}_target"]])]
        whole = own.budgets["section"].isin(numbers) & (own.budgets["clause"] == 0)
        budgets = own.budgets[whole | _standing(own.budgets, found)]
        sides.append(replace(own, targets=targets.reset_index(drop=True), budgets=budgets.reset_index(drop=True)))
    beside = [pairing.sections_of(row) in kept for row in schema.records(comparison.budget_pairs)]
    return replace(
        comparison, left=sides[0], right=sides[1], alignment=rows.reset_index(drop=True), target_pairs=paired,
        target_candidates=touching(comparison.target_candidates),
        budget_pairs=comparison.budget_pairs[beside].reset_index(drop=True),
    )  # fmt: skip


def keys(rows: pd.DataFrame) -> list[Key]:
    """Return the places of the two clauses of each row of an alignment; None where a side has none."""
    return [
        (_place(row["left_section"], row["left_clause"]), _place(row["right_section"], row["right_clause"]))
        for row in rows.to_dict("records")
    ]


def _place(section: Any, clause: Any) -> Place | None:
    return None if str(clause) in ("None", "nan", "<NA>") else (int(section), int(clause))


def function_names(comparison: Comparison) -> list[str]:
    """Return the functions of the responsible bodies of both documents, sorted."""
    return sorted(set(_functions(comparison)["function"]))


def _standing(table: pd.DataFrame, places: set[Place | None]) -> pd.Series:
    """Return which rows of ``table`` stand in ``places``."""
    import pandas as pd

    here = [place in places for place in zip(table["section"], table["clause"], strict=True)]
    return pd.Series(here, index=table.index, dtype=bool)


def _places(table: pd.DataFrame) -> set[tuple[str, Place]]:
    """Return the clauses that a table with the columns side, section and clause names."""
    return set(zip(table["side"], zip(table["section"], table["clause"], strict=True), strict=True))


def _of_both(comparison: Comparison, table: Callable[[Tables], pd.DataFrame]) -> pd.DataFrame:
    """Return a table of each document in one, with the column side."""
    import pandas as pd

    both = zip(SIDES, (comparison.left, comparison.right), strict=True)
    return pd.concat([table(own).assign(side=side) for side, own in both], ignore_index=True)


def _targets(comparison: Comparison) -> pd.DataFrame:
    return _of_both(comparison, lambda own: own.targets)


def _functions(comparison: Comparison) -> pd.DataFrame:
    lexicon = comparison.left.policy.lexicon
    return _of_both(comparison, lambda own: functions.functions(own.responsibilities, lexicon))


def _in_section(comparison: Comparison, side: int, number: int) -> set[tuple[str, Place]]:
    both = next((pair for pair in comparison.sections if pair[side] == number), None)
    if both is None:
        known = (pair[side] for pair in comparison.sections)
        raise PolicyError("option", name=f"{'right_' * side}section", value=number, known=filter(None, known))
    clauses = _places(_of_both(comparison, lambda own: own.clauses))
    return {one for one in clauses if one[1][0] == both[SIDES.index(one[0])]}


def _of_function(comparison: Comparison, function: str) -> set[tuple[str, Place]]:
    table = _functions(comparison)
    return _places(table[table["function"] == pick("function", function, sorted(set(table["function"])))])


def _with_targets(comparison: Comparison, test: Callable[[Any], bool]) -> set[tuple[str, Place]]:
    """Return the clauses with a target of a pair of targets that passes ``test``."""
    targets = _targets(comparison)
    found = {row[f"{side}_target"] for row in comparison.target_pairs.to_dict("records") if test(row) for side in SIDES}
    return _places(targets[targets["target"].isin(found)])


def _differ(row: Any) -> bool:
    """Tell whether the two values of a pair of targets differ; a missing upper value equals a missing one."""
    both = ([row[f"{side}_{name}"] for name in ("value", "value_max")] for side in SIDES)
    return [value for value in next(both) if value == value] != [value for value in next(both) if value == value]


def _times(ratio: float) -> float:
    return max(ratio, 1 / ratio) if ratio else float("inf")


def _without_budget(comparison: Comparison) -> set[tuple[str, Place]]:
    """Return the clauses of sections for which a document states no budget."""
    missing = comparison.budget_pairs[["left_amount_yuan", "right_amount_yuan"]].isna().any(axis=1)
    silent = [pairing.sections_of(row) for row in schema.records(comparison.budget_pairs[missing])]
    found = {one for pair in silent for one in zip(SIDES, pair, strict=True)}
    return {one for one in _places(_of_both(comparison, lambda own: own.clauses)) if (one[0], one[1][0]) in found}
