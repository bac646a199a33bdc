"""A sentence becomes its numbers, each with its role, indicator, comparator and year."""

from policycmp.quantities.cues import verb_of
from policycmp.quantities.phrases import sentences
from policycmp.quantities.table import budget_rows, named, place_in, quantity_rows, result_rows, role_rows, target_rows

__all__ = [
    "budget_rows",
    "named",
    "place_in",
    "quantity_rows",
    "result_rows",
    "role_rows",
    "sentences",
    "target_rows",
    "verb_of",
]
