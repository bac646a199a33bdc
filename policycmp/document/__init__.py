"""One source → all its tables, put right by the corrections."""

from policycmp.document.loading import beside, corrected, corrections_for, load, load_each, load_many
from policycmp.document.tables import Tables, stack

__all__ = ["Tables", "beside", "corrected", "corrections_for", "load", "load_each", "load_many", "stack"]
