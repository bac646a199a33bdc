"""How right the incentives are, and the pairs of them, beside the annotated texts of ``data/reference/pairs``."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, NamedTuple

from policycmp.comparison import compare
from policycmp.evaluate import annotated
from policycmp.evaluate.scores import Evaluation
from policycmp.schema import SIDES, Record, is_missing, records

Row = dict[str, str]


class Paid(NamedTuple):
    """An incentive as it is told apart: its section and clause, its sum or rate, and the most that is paid."""

    section: int
    clause: int
    value: float | None
    cap: float | None


def add_scores(result: Evaluation, data: str | Path | None = None) -> None:
    """Add the scores of the annotated pairs of documents that pay; a pair that is arguable counts for neither."""
    folder = annotated.reference(data) / "pairs"
    single, double = (_rows(folder / f"{name}.csv") for name in ("incentives", "incentive_pairs"))
    for left, right in dict.fromkeys((row["left"], row["right"]) for row in double):
        found = compare(*(folder / f"{doc}.txt" for doc in (left, right)), data=data, corrections="none")
        for own in found.sides.values():
            wanted = [_wanted(row) for row in single if row["doc"] == own.doc]
            if wanted:
                read = [_found(row) for row in own.rows["incentives"]]
                result.score(own.doc, "incentives", len(wanted), len(read), _hits(wanted, read))
        own_pairs = [row for row in double if (row["left"], row["right"]) == (left, right)]
        _score_pairs(result, f"{left} – {right}", own_pairs, records(found.incentive_pairs))


def _score_pairs(result: Evaluation, group: str, reference: list[Row], found: list[Record]) -> None:
    """Score pairs, and who pays more in those that are right."""
    told = {_pair(row): row for row in reference}
    read = {tuple(_found(row, f"{side}_") for side in SIDES): row for row in found}
    sure = {pair for pair, row in told.items() if row["arguable"] != "y"}
    counted = {pair for pair in read if pair in sure or pair not in told}
    result.score(group, "incentive_pairs", len(sure), len(counted), len(sure & counted))
    for pair in sorted(sure - counted, key=str):
        row = told[pair]
        values = {"left": row["left_clause"], "right": row["right_clause"], "quote": row["left_quote"]}
        result.miss(group, "incentive_pairs", "missed", "miss_pair", values)
    changes = {"raised": "right", "lowered": "left", "kept": "equal", "other": "mixed"}
    hits = sure & counted
    right = sum(read[pair]["status"] == changes[told[pair]["change"]] for pair in hits)
    line = {"group": group, "attribute": "incentive_pairs.status", "right": right, "of": len(hits)}
    result.attributes.append(line | {"accuracy": round(right / len(hits), 4) if hits else None})


def _rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _wanted(row: Row, prefix: str = "") -> Paid:
    return _paid(row, prefix, row[f"{prefix}amount"] or row.get("rate", ""))


def _pair(row: Row) -> tuple[Paid, ...]:
    return tuple(_wanted(row, f"{side}_") for side in SIDES)


def _found(row: Record, prefix: str = "") -> Paid:
    return _paid(row, prefix, row[f"{prefix}value" if prefix else "value_canonical"])


def _paid(row: Record | Row, prefix: str, value: object) -> Paid:
    section, clause = (int(row[f"{prefix}{name}"]) for name in ("section", "clause"))
    return Paid(section, clause, _number(value), _number(row[f"{prefix}cap"]))


def _number(cell: Any) -> float | None:
    return None if cell == "" or is_missing(cell) else round(float(cell), 6)


def _hits(wanted: list[Paid], read: list[Paid]) -> int:
    """Return how many are found, each once."""
    left, hits = list(read), 0
    for one in wanted:
        if one in left:
            left.remove(one)
            hits += 1
    return hits
