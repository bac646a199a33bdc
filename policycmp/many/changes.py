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
from policycmp.schema import records
from policycmp.text import numerals
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold

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
    """Return what became of the clauses, targets and budgets of ``old`` in ``new``.

    Parameters
    ----------
    old, new, data, corrections
        The older and the newer document; as ``left``, ``right``, ``data`` and ``corrections`` for `compare`.

    Returns
    -------
    DataFrame
        The table ``changes`` of data/DATA_DICTIONARY.md, a row per clause, target and budget: kept, changed, new, gone,
        raised or lowered, with the place and the value in both.

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


def rows(comparison: Comparison) -> list[dict[str, Any]]:
    """Return the rows of the table ``changes``; the left side of ``comparison`` is the older one, or the parent."""
    docs = {"old_doc": comparison.left.doc, "new_doc": comparison.right.doc}
    return [docs | row for row in [*_clauses(comparison), *_targets(comparison), *_budgets(comparison)]]


def judge(old: str, new: str, lexicon: Lexicon | None = None) -> tuple[str, float]:
    """Return whether a clause is ``kept`` or ``changed`` in its new wording, and the share of both that is common."""
    lexicon = lexicon or Lexicon.load()
    shared = redline.share(spread.compared(old, new, lexicon)).shared
    scans = (numerals.scan(fold(text), lexicon.units) for text in (old, new))
    figures = [Counter((n.value, n.value_max, n.unit) for n in scan if n.form not in _DATES) for scan in scans]
    return "kept" if shared >= KEPT and figures[0] == figures[1] else "changed", shared


def _clauses(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for row in spread.rows(comparison):
        old, new = (half._asdict() | half.place._asdict() if half else {} for half in row.sides.values())
        if row.left and row.right:
            change, shared = judge(row.left.wording, row.right.wording, comparison.left.policy.lexicon)
            change = change if row.relation == "same" else "changed"
            yield _row("clause", change, old, new, "title", shared=shared)
        else:
            yield _row("clause", "", old, new, "title")


def _targets(comparison: Comparison) -> Iterator[dict[str, Any]]:
    sides = (comparison.left, comparison.right)
    old, new = ({row["target"]: row for row in records(side.targets)} for side in sides)
    paired = {(row["left_target"], row["right_target"]): row for row in records(comparison.target_pairs)}
    known = [{pair[number] for pair in paired} for number in (0, 1)]
    every: list[tuple[Any, Any]] = list(paired)
    every += [(one, None) for one in old if one not in known[0]] + [(None, two) for two in new if two not in known[1]]
    for names in every:
        one, two, row = old.get(names[0], {}), new.get(names[1], {}), paired.get(names, {})
        values = row.get("left_value", one.get("value")), row.get("right_value", two.get("value"))
        ways = {side.get("comparator") for side in (one, two)}
        alike = str(one.get("value_max")) == str(two.get("value_max")) and len(ways) == 1 and values[0] == values[1]
        change = "kept" if alike else "changed" if ways & {"top", "range"} or not row else _direction(*values)
        numbers = {"old_value": values[0], "new_value": values[1], "unit": (one or two)["unit"]}
        yield _row("target", change, one, two, "quote", **numbers)


def _budgets(comparison: Comparison) -> Iterator[dict[str, Any]]:
    both = comparison.left, comparison.right
    heads = [{row["section"]: row for row in records(side.sections)} for side in both]
    for places in comparison.sections:
        (one, scope, _), (two, other, _) = (pairing.amount(*place) for place in zip(both, places, strict=True))
        old, new = (head[place] if amount is not None and place else {}
                    for head, place, amount in zip(heads, places, (one, two), strict=True))  # fmt: skip
        if old or new:
            change = _direction(one, two, "kept") if scope == other else "changed"
            yield _row("budget", change, old, new, "heading", old_value=one, new_value=two, unit="元")


def _direction(old: Any, new: Any, equal: str = "changed") -> str:
    return "raised" if new > old else "lowered" if new < old else equal


def _row(kind: str, change: str, old: dict[str, Any], new: dict[str, Any], text: str, **more: Any) -> dict[str, Any]:
    """Return a row of the table; what has no old place is new, and what has no new one is gone."""
    change = "new" if not old else "gone" if not new else change
    row = {"kind": kind, "change": change, "old": old.get(text), "new": new.get(text)} | more
    sides = (("old", old), ("new", new))
    return row | {f"{side}_{name}": place.get(name) for side, place in sides for name in ("section", "clause")}
