"""A file of any format becomes a `Policy`: its text, and what it says about itself."""

from policycmp.reading.formats import suffixes
from policycmp.reading.policy import Policy, data_folder, known, load, pair

__all__ = ["Policy", "data_folder", "known", "load", "pair", "suffixes"]
