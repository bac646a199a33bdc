"""What a document keeps of another, changes, leaves out and adds: its older edition, or the city's document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import pairing, schema
from policycmp.asking import redline, spread
from policycmp.comparison import Comparison, compare
from policycmp.corrections import Corrections
from policycmp.document import Tables
from policycmp.incentives import likeness
from policycmp.many.claims import is_sure
from policycmp.schema import WORDLESS, Record, records
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold
from policycmp.text.scan import scan

if TYPE_CHECKING:
    import pandas as pd

# A clause is kept if this share of the characters of both is common and no figure but a calendar year differs.
KEPT = 0.9
_DATES = ("date", "year")


def editions(
    old: str | Path | Tables,
    new: str | Path | Tables,
    *,
    data: str | Path | None = None,
    corrections: Corrections | str | Path | None = None,
) -> pd.DataFrame:
    """Return what became of the clauses, targets, incentives and budgets of ``old`` in ``new``.

    Parameters
    ----------
    old, new, data, corrections
        The older and the newer document; as ``left``, ``right``, ``data`` and ``corrections`` for `compare`.

    Returns
    -------
    DataFrame
        The table ``changes`` of data/DATA_DICTIONARY.md, a row per clause, target, incentive and budget: kept, changed,
        new, gone, raised or lowered, with the place and the value in both.

    Raises
    ------
    PolicyError
        If a document or a correction is at fault.

    Examples
    --------
    Any two documents will do: what would Longwan lower if it took over Lucheng's?

    >>> changes = policycmp.editions("longwan", "lucheng")
    >>> changes.loc[changes["change"] == "lowered", ["old", "old_value", "new_value"]].head(1)
                  old  old_value  new_value
    45  新增卓越工程师8人以上        8.0        5.0
    """
    return schema.frame("changes", rows(compare(old, new, data=data, corrections=corrections)))


def rows(comparison: Comparison) -> list[Record]:
    """Return the rows of the table ``changes``; the left side of ``comparison`` is the older one, or the parent."""
    docs = {"old_doc": comparison.left.doc, "new_doc": comparison.right.doc}
    found = [*_clauses(comparison), *_targets(comparison), *_incentives(comparison), *_budgets(comparison)]
    return [docs | row for row in found]


def judge(old: str, new: str, lexicon: Lexicon | None = None) -> tuple[str, float]:
    """Return whether a clause is ``kept`` or ``changed`` in its new wording, and the share of both that is common."""
    lexicon = lexicon or Lexicon.load()
    shared = redline.share(spread.compared(old, new, lexicon)).shared
    kept = shared >= KEPT and _figures(old, lexicon) == _figures(new, lexicon)
    return "kept" if kept else "changed", shared


def _figures(text: str, lexicon: Lexicon) -> Counter[tuple[Any, ...]]:
    """Return the figures of a text, but for calendar years."""
    numerals = (found for found in scan(fold(text), lexicon.units) if found.form not in _DATES)
    return Counter((found.value, found.value_max, found.unit) for found in numerals)


def _clauses(comparison: Comparison) -> Iterator[Record]:
    for row in spread.rows(comparison):
        old, new = (half._asdict() | half.place._asdict() if half else {} for half in row.sides.values())
        if row.left and row.right:
            change, shared = judge(row.left.wording, row.right.wording, comparison.left.policy.lexicon)
            change = change if row.relation == "same" else "changed"
            yield _row("clause", change, old, new, "title", shared=shared)
        else:
            yield _row("clause", "", old, new, "title")


def _targets(comparison: Comparison) -> Iterator[Record]:
    """Yield the pairs of targets, then the old ones that have no pair, then the new ones."""
    lexicon = comparison.left.policy.lexicon
    old, new = ({row["target"]: row for row in side.rows["targets"]} for side in comparison.sides.values())
    for pair in records(comparison.target_pairs):
        one, two = old[pair["left_target"]], new[pair["right_target"]]
        values = pair["left_value"], pair["right_value"]
        numbers = {"old_value": values[0], "new_value": values[1], "unit": one["unit"]}
        change = _target_change(one, two, *values)
        if change in {"raised", "lowered"} and not is_sure(one, two, lexicon):
            change = "changed"
        yield _row("target", change, one, two, "quote", **numbers)
    for target, row in old.items():
        if target not in set(comparison.target_pairs["left_target"]):
            yield _row("target", "", row, {}, "quote", old_value=row["value"], unit=row["unit"])
    for target, row in new.items():
        if target not in set(comparison.target_pairs["right_target"]):
            yield _row("target", "", {}, row, "quote", new_value=row["value"], unit=row["unit"])


def _target_change(old: Record, new: Record, old_value: float, new_value: float) -> str:
    """Return what became of a target, its values in one unit; of ranks, ranges and words only that they differ."""
    alike = old["comparator"] == new["comparator"] and str(old["value_max"]) == str(new["value_max"])
    if alike and (old_value == new_value or old["comparator"] in WORDLESS):
        return "kept"
    if {old["comparator"], new["comparator"]} & {"top", "range", *WORDLESS}:
        return "changed"
    return _direction(old_value, new_value, "changed")


_PAID = {"equal": "kept", "right": "raised", "left": "lowered", "mixed": "changed"}  # by which side pays more


def _incentives(comparison: Comparison) -> Iterator[Record]:
    """Yield the pairs of incentives, then the old ones that have no pair, then the new ones; a ceiling counts, too."""
    old, new = ({row["incentive"]: row for row in side.rows["incentives"]} for side in comparison.sides.values())
    paired: set[str] = set()
    for pair in records(comparison.incentive_pairs):
        one, two = old[pair["left_incentive"]], new[pair["right_incentive"]]
        paired |= {pair["left_incentive"], pair["right_incentive"]}
        numbers = {"old_value": likeness.paid(one), "new_value": likeness.paid(two), "unit": pair["unit"]}
        yield _row("incentive", _PAID[pair["status"]], one, two, "quote", **numbers)
    for name, row in old.items():
        if name not in paired:
            yield _row("incentive", "", row, {}, "quote", old_value=likeness.paid(row), unit=row["unit_canonical"])
    for name, row in new.items():
        if name not in paired:
            yield _row("incentive", "", {}, row, "quote", new_value=likeness.paid(row), unit=row["unit_canonical"])


def _budgets(comparison: Comparison) -> Iterator[Record]:
    """Yield what the sections that answer each other are allotted, where either states it."""
    heads = [{row["section"]: row for row in side.rows["sections"]} for side in comparison.sides.values()]
    for pair in comparison.sections:
        before, old_scope, _ = pairing.amount(comparison.left, pair.left)
        after, new_scope, _ = pairing.amount(comparison.right, pair.right)
        old = heads[0][pair.left] if pair.left and before is not None else {}
        new = heads[1][pair.right] if pair.right and after is not None else {}
        change = "changed"
        if before is not None and after is not None and old_scope == new_scope:
            change = _direction(before, after, "kept")
        if old or new:
            yield _row("budget", change, old, new, "heading", old_value=before, new_value=after, unit="元")


def _direction(old: float, new: float, equal: str) -> str:
    if new == old:
        return equal
    return "raised" if new > old else "lowered"


def _row(kind: str, change: str, old: Record, new: Record, text: str, **more: Any) -> Record:
    """Return a row of the table; what has no old place is new, and what has no new one is gone."""
    if not old or not new:
        change = "new" if new else "gone"
    row = {"kind": kind, "change": change, "old": old.get(text), "new": new.get(text)} | more
    for side, place in (("old", old), ("new", new)):
        row |= {f"{side}_section": place.get("section"), f"{side}_clause": place.get("clause")}
    return row
