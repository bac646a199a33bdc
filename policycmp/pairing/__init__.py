"""Two documents become what answers what: clauses, sections, targets and budgets."""

from policycmp.pairing.alignment import Aligned, Clause, align, doubtful, explain, places_of, position
from policycmp.pairing.budgets import allotted, amount, budget_pairs, check_total, noted
from policycmp.pairing.choice import MOST
from policycmp.pairing.incentives import incentive_pairs
from policycmp.pairing.sections import SectionPair, answered, section_pairs, sections_of
from policycmp.pairing.targets import target_pairs
from policycmp.text.codes import convert

__all__ = [
    "MOST",
    "Aligned",
    "Clause",
    "SectionPair",
    "align",
    "allotted",
    "amount",
    "answered",
    "budget_pairs",
    "check_total",
    "convert",
    "doubtful",
    "explain",
    "incentive_pairs",
    "noted",
    "places_of",
    "position",
    "section_pairs",
    "sections_of",
    "target_pairs",
]
