"""The findings as headlines, each a line that leads to the place that shows it: in the page, or in a workbook."""

from __future__ import annotations

from typing import Any, NamedTuple

from policycmp.comparison import Comparison
from policycmp.schema import SIDES
from policycmp.shown import naming
from policycmp.shown.tables import numbers
from policycmp.shown.tables.responsible import bodies
from policycmp.wording import said


class Headline(NamedTuple):
    """One finding in a line, and the name of the place that shows it; none where it is shown nowhere."""

    text: str
    anchor: str


def headlines(comparison: Comparison, anchors: set[str]) -> list[Headline]:
    """Return the findings as headlines; one leads to the first of its places that is among ``anchors``.

    Of budgets and bodies nothing is said where neither document has any: a work report names none.
    """
    left, right = naming.names(comparison)
    both = {"left": left, "right": right}
    relation = comparison.alignment["relation"].value_counts()
    ratio = comparison.target_pairs["ratio"].dropna()
    alone = [numbers.only_here(comparison, side) for side in SIDES]
    firm = [int((side.targets["commitment"] == "aspirational").sum()) for side in comparison.sides.values()]
    told = [int((side.budgets["scope"] == "section").sum()) for side in comparison.sides.values()]
    counted = [side.responsibilities["body"].nunique() for side in comparison.sides.values()]
    pairs, first = numbers.target_pairs(comparison), {}
    if len(pairs) and pairs.rows[0][-1].key:
        _, item, one, _, _, two, _, _, factor = pairs.rows[0]
        first = {"item": item, "one": one, "two": two, "factor": factor}
    found: list[tuple[str, dict[str, Any], list[str]]] = [
        ("clauses", {"same": int(relation.get("same", 0)), "partial": int(relation.get("partial", 0)),
                     "one": int(relation.get("left_only", 0)), "two": int(relation.get("right_only", 0))},
         ["chart-alignment"]),
        ("targets", {"n": len(pairs), "more": int((ratio > 1).sum()), "less": int((ratio < 1).sum())},
         ["chart-targets"]),
        ("widest", first, pairs.anchors[:1]),
        ("alone", {"one": len(alone[0]), "two": len(alone[1])}, [*alone[0].anchors[:1], *alone[1].anchors[:1]]),
        ("hoped", {"one": firm[0], "two": firm[1], "of_one": len(comparison.left.targets),
                   "of_two": len(comparison.right.targets)}, ["chart-commitments"]),
        ("money", {"one": told[0], "two": told[1], "of_one": len(comparison.left.sections),
                   "of_two": len(comparison.right.sections)}, ["chart-budgets"]),
        ("bodies", {"one": counted[0], "two": counted[1], "n": len(bodies(comparison, both=True))},
         ["chart-responsibilities"]),
    ]  # fmt: skip
    silent = {"money": not any(len(side.budgets) for side in comparison.sides.values()), "bodies": not any(counted)}
    return [
        Headline(said(name, comparison.lang, chapter="answer", **both, **values), _first(where, anchors))
        for name, values, where in found
        if values and not silent.get(name)
    ]


def _first(wanted: list[str], known: set[str]) -> str:
    return next((anchor for anchor in wanted if anchor in known), "")
