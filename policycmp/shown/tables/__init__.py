"""The tables of a comparison as people read them: few columns, values with units, every number with its clause."""

from policycmp.shown.tables.clauses import alignment, clauses, unmatched, wording
from policycmp.shown.tables.headlines import Headline, headlines
from policycmp.shown.tables.incentives import incentive_pairs, incentives, incentives_apart
from policycmp.shown.tables.numbers import budget_pairs, budgets, candidates, only_here, quantities, target_pairs
from policycmp.shown.tables.overview import documents, drawn, notices, sections, summary
from policycmp.shown.tables.responsible import bodies, common_name

__all__ = [
    "Headline",
    "alignment",
    "bodies",
    "budget_pairs",
    "budgets",
    "candidates",
    "clauses",
    "common_name",
    "documents",
    "drawn",
    "headlines",
    "incentive_pairs",
    "incentives",
    "incentives_apart",
    "notices",
    "only_here",
    "quantities",
    "sections",
    "summary",
    "target_pairs",
    "unmatched",
    "wording",
]
