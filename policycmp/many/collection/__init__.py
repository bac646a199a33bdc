"""Many files become rows: a place, a year, its clauses and its figures; a store keeps them."""

from policycmp.many.collection.filling import Batch, Reading, fill, read, spread
from policycmp.many.collection.sources import Source, Sources, check_twice, shipped, sources_of, with_ids

__all__ = [
    "Batch",
    "Reading",
    "Source",
    "Sources",
    "check_twice",
    "fill",
    "read",
    "shipped",
    "sources_of",
    "spread",
    "with_ids",
]
