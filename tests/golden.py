"""The golden tables: what the program finds in the shipped pair without corrections, kept for review.

``python tests/golden.py`` (``make golden``) rewrites ``tests/golden/*.csv``; tests/test_comparison.py compares.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from policycmp import comparison, files, schema

FOLDER = Path(__file__).resolve().parent / "golden"
PLACE = ["doc", "part", "section", "clause"]
MEASURE = ["comparator", "value", "value_max", "unit", "as_written", "year", "commitment"]
SIDES = [f"{side}_{name}" for side in ("left", "right") for name in ("target", "indicator", "value", "value_max")]
COLUMNS = {  # the telling ones; `length` is that of the text, which itself would be the whole document again
    "documents": [
        "doc", "title", "issuer", "status", "issued_on", "year", "encoding", "characters", "copies",
        "sections", "clauses",
    ],
    "sections": ["doc", "part", "section", "heading", "lead", "length", "start", "end"],
    "clauses": [*PLACE, "title", "bodies", "length", "start", "end"],
    "responsibilities": [*PLACE, "position", "body", "alias", "role"],
    "targets": [*PLACE, "target", "indicator", *MEASURE, "number_start"],
    "budgets": [*PLACE, "item", "amount_yuan", "scope", "year", "quote"],
    "alignment": ["left_clause", "left_title", "right_clause", "right_title", "relation", "similarity", "shared_terms"],
    "target_pairs": ["section", *SIDES, "unit", "ratio", "similarity"],
    "budget_pairs": [
        "left_section", "right_section", "heading", "left_amount_yuan", "left_scope", "right_amount_yuan",
        "right_scope", "left_share", "right_share", "comparable", "note",
    ],
}  # fmt: skip


def shipped(data: Path | None = None) -> comparison.Comparison:
    """Compare the shipped texts, or their copy in the folder ``data``."""
    return comparison.compare("longwan", "lucheng", data=data, corrections="none")


def tables(found: comparison.Comparison) -> dict[str, pd.DataFrame]:
    """Return the tables of a comparison as they are kept."""
    sides = (found.left, found.right)
    result = {}
    for name, columns in COLUMNS.items():
        own = name in schema.PAIR_TABLES
        table = getattr(found, name) if own else pd.concat([getattr(side, name) for side in sides], ignore_index=True)
        if "length" in columns:
            table = table.assign(length=table["text"].str.len())
        if "similarity" in columns:
            table = table.assign(similarity=table["similarity"].round(3))
        result[name] = table[columns]
    return result


def differing(found: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return the names of the tables that differ from their files."""
    return [name for name, table in found.items() if (FOLDER / f"{name}.csv").read_bytes() != files.csv_bytes(table)]


def write(found: comparison.Comparison) -> None:
    """Write the files anew and say which of them changed."""
    FOLDER.mkdir(exist_ok=True)
    for name, table in tables(found).items():
        path = FOLDER / f"{name}.csv"
        changed = not path.exists() or path.read_bytes() != files.csv_bytes(table)
        files.write_csv(table, path)
        print(f"{path.name}: {len(table)} rows{', changed' if changed else ''}")


if __name__ == "__main__":
    write(shipped())
