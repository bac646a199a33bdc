"""A sentence becomes its numbers, each with its role, indicator, comparator and year."""

from policycmp.quantities.cues import verb_of
from policycmp.quantities.phrases import sentences
from policycmp.quantities.table import (
    budget_table,
    named,
    place_in,
    quantity_table,
    result_table,
    role_tables,
    target_table,
)

__all__ = [
    "budget_table",
    "named",
    "place_in",
    "quantity_table",
    "result_table",
    "role_tables",
    "sentences",
    "target_table",
    "verb_of",
]
