"""What each pair of sections holds on both sides, what only one side has, and how alike every two clauses are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policycmp.pairing import SectionPair
from policycmp.schema import SIDES, Record, places

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison

HELD = ("answered", "alone", "paired", "unpaired", "whole", "in_part")
BALANCE = [f"{side}_{name}" for side in SIDES for name in ("section", "heading", *HELD)]
ONLY_HERE = ["side", "beside", "clause", "indicator", "comparator", "value", "value_max", "unit", "commitment"]
SIMILARITIES = [f"{side}_{name}" for side in SIDES for name in ("section", "clause")] + ["similarity", "relation"]


HARDLY = 0.1  # of the clauses: documents about one subject answer a third and more, those about unlike ones hardly any


def hardly_answer(comparison: Comparison) -> bool:
    """Tell whether next to no clause of two documents answers one of the other; formal clauses do not count."""
    rows = comparison.alignment[~comparison.alignment["formal"]]
    paired = rows["relation"].isin(["same", "partial"])
    answered = sum(len(set(places(rows[paired], side))) for side in SIDES)
    alone = int((~paired).sum())
    return alone > 0 and answered <= HARDLY * (answered + alone)


def holdings(comparison: Comparison, side: str) -> dict[str, pd.DataFrame]:
    """Return the rows of one side by the names of `HELD`.

    Its clauses that the other side answers and those alone, its targets with a pair and without, its budgets of whole
    sections and, where there is none, those of named items.
    """
    own, relation = comparison[side], comparison.alignment["relation"]
    matched = set(places(comparison.alignment[relation.isin(["same", "partial"])], side))
    answered = np.array([place in matched for place in places(own.clauses)], dtype=bool)
    paired = own.targets["target"].isin(comparison.target_pairs[f"{side}_target"])
    money = own.budgets[own.budgets["clause"] == 0]
    whole = money[money["scope"] == "section"]
    part = money[(money["scope"] == "earmark") & ~money["section"].isin(whole["section"])]
    clauses, targets = own.clauses.assign(quote=own.clauses["text"]), own.targets
    found = (clauses[answered], clauses[~answered], targets[paired], targets[~paired], whole, part)
    return dict(zip(HELD, found, strict=True))


def balance(comparison: Comparison) -> pd.DataFrame:
    """Return what each pair of aligned sections holds on both sides.

    Returns
    -------
    DataFrame
        One row per pair, then the sections without a counterpart, then what stands outside every section (0). Per
        side: number and heading of the section, and of its `holdings` how many there are, or the sum of money.
    """
    import pandas as pd

    rows = []
    held = {side: holdings(comparison, side) for side in SIDES}
    for place in (*comparison.sections, SectionPair(0, 0)):
        row: Record = {}
        for side, section in zip(SIDES, place, strict=True):
            own = comparison[side].sections
            row |= {f"{side}_section": section, f"{side}_heading": "".join(own["heading"][own["section"] == section])}
            for name, table in held[side].items():
                found = table[table["section"] == section]
                row[f"{side}_{name}"] = found["amount_yuan"].sum(min_count=1) if "amount_yuan" in found else len(found)
        if any(place) or any(row[f"{side}_{name}"] for side in SIDES for name in HELD[:4]):
            rows.append(row)
    return pd.DataFrame(rows, columns=BALANCE)


def only_here(comparison: Comparison) -> pd.DataFrame:
    """Return the targets without a pair, of both sides (column ``side``), in the order of the documents.

    ``beside`` is the left section that theirs belongs to; that of a right section which answers none is missing.
    """
    import pandas as pd

    found = []
    for side in SIDES:
        alone = holdings(comparison, side)["unpaired"]
        beside = pd.Series(comparison.on_the_left(side, alone["section"]), alone.index, dtype="Int64")
        found.append(alone.assign(side=side, beside=beside.mask(beside < 0)))
    return pd.concat(found, ignore_index=True)


def similarities(comparison: Comparison) -> pd.DataFrame:
    """Return the similarity of every left clause with every right one, and the ``relation`` where they are a pair."""
    left, right = (comparison[side].clauses[["section", "clause"]].add_prefix(f"{side}_") for side in SIDES)
    table = left.merge(right, how="cross").assign(similarity=comparison.aligned.scores.total.ravel())
    chosen = comparison.alignment[[*SIMILARITIES[:4], "relation"]]
    return table.merge(chosen, how="left").fillna({"relation": ""})
