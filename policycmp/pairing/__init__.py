"""Two documents become what answers what: clauses, sections, targets and budgets."""

from policycmp.pairing.alignment import Aligned, Clause, align, doubtful, explain, places_of, position
from policycmp.pairing.budgets import allotted, amount, budget_pairs, check_total
from policycmp.pairing.sections import section_map, section_pairs
from policycmp.pairing.targets import convert, target_pairs

__all__ = [
    "Aligned",
    "Clause",
    "align",
    "allotted",
    "amount",
    "budget_pairs",
    "check_total",
    "convert",
    "doubtful",
    "explain",
    "places_of",
    "position",
    "section_map",
    "section_pairs",
    "target_pairs",
]
