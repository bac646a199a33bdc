"""The responsible bodies of both documents, and how many clauses each answers for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.schema import Place, place_of
from policycmp.shown.html import Column, Table
from policycmp.shown.naming import sided
from policycmp.shown.translations import speaker
from policycmp.wording import label


def bodies(comparison: Comparison, *, both: bool = False) -> Table:
    """Return the responsible bodies with the number of their clauses on each side, the busiest first.

    A body and its alias (新区财政局〈区财政局〉) count as one. With ``both``, only those that both sides name.
    """
    left, right = (_clauses(side) for side in comparison.sides.values())
    known = left.keys() & right.keys() if both else left.keys() | right.keys()
    counts = [(name, len(left.get(name, ())), len(right.get(name, ()))) for name in known]
    counts.sort(key=lambda row: (-row[1] - row[2], row[0]))
    say = speaker(comparison.left.policy.folder, comparison.lang)
    rows = [(say("body", name), one, two) for name, one, two in counts]
    colon, clauses = label("colon", comparison.lang, "names"), label("clauses", comparison.lang)
    head = [Column(f"{name}{colon}{clauses}", side=name.side) for name in sided(comparison)]
    return Table([label("body", comparison.lang), *head], rows)


def common_name(row: Mapping[str, Any]) -> str:
    """Return the name by which a body is known on both sides: its alias, where the text gives one."""
    return str(row["alias"] or row["body"])


def _clauses(side: Tables) -> dict[str, set[Place]]:
    """Return the clauses that each body answers for; none for one that leads sections only."""
    found: dict[str, set[Place]] = {}
    for row in side.rows["responsibilities"]:
        places, place = found.setdefault(common_name(row), set()), place_of(row)
        if place and place.clause:
            places.add(place)
    return found
