"""The first screen of the page: the one pair of sums that can be compared, and the findings as headlines with links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp.comparison import Comparison
from policycmp.schema import SIDES, records
from policycmp.shown import naming, sentences, tables
from policycmp.shown.html import Prose
from policycmp.shown.translations import translated
from policycmp.wording import said

if TYPE_CHECKING:
    from policycmp.report.page.places import Places


class Headline(NamedTuple):
    """One finding in a line, and the place in the page that shows it; none where the page lacks it."""

    text: str
    anchor: str


def headlines(comparison: Comparison, anchors: set[str]) -> list[Headline]:
    """Return the findings as headlines; one leads to the first of its places that is among ``anchors``."""
    left, right = naming.names(comparison)
    both = {"left": left, "right": right}
    relation = comparison.alignment["relation"].value_counts()
    ratio = comparison.target_pairs["ratio"].dropna()
    alone = [tables.only_here(comparison, side) for side in SIDES]
    firm = [int((side.targets["commitment"] == "aspirational").sum()) for side in comparison.sides.values()]
    told = [int((side.budgets["scope"] == "section").sum()) for side in comparison.sides.values()]
    counted = [side.responsibilities["body"].nunique() for side in comparison.sides.values()]
    pairs, first = tables.target_pairs(comparison), {}
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
        ("bodies", {"one": counted[0], "two": counted[1], "n": len(tables.bodies(comparison, both=True))},
         ["chart-responsibilities"]),
    ]  # fmt: skip
    return [
        Headline(said(name, comparison.lang, chapter="answer", **both, **values), _first(where, anchors))
        for name, values, where in found
        if values
    ]


def _first(wanted: list[str], known: set[str]) -> str:
    return next((anchor for anchor in wanted if anchor in known), "")


def like_for_like(comparison: Comparison, places: Places) -> dict[str, Any]:
    """Return the largest sums that can be compared directly, each leading to its number; or that there are none."""
    shown, lang = translated(comparison), comparison.lang
    table = shown.budget_pairs
    rows = [number for number, row in enumerate(records(table)) if row["comparable"]]
    if not rows:
        return {"what": repr(sentences.comparable_none(comparison)), "sides": [], "note": ""}
    sums = table["left_amount_yuan"] + table["right_amount_yuan"]
    best = max(rows, key=lambda number: float(sums.iloc[number]))
    heading, one, _, two, *_ = tables.budget_pairs(comparison).rows[best]
    values = [
        {"side": side, "name": name, "text": cell, "anchor": cell.anchor if cell.anchor in places.texts else ""}
        for side, name, cell in zip(SIDES, naming.names(comparison), (one, two), strict=True)
    ]
    note = said("further", lang, chapter="answer", n=len(rows) - 1) if len(rows) > 1 else ""
    return {"what": said("like", lang, chapter="answer", heading=heading), "sides": values, "note": note}


def notes(comparison: Comparison) -> list[str]:
    """Return what has to be known of the findings: that the two are about unlike things, and what annexes hold."""
    found = (sentences.cautions(comparison), sentences.annexes(comparison))
    return [repr(Prose(note.strip())) for note in found if note]
