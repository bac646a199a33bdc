"""A file of any format becomes a `Policy`: its text, and what it says about itself."""

from policycmp.locations import data_folder
from policycmp.reading.formats import suffixes
from policycmp.reading.policy import Policy, from_text, load, read_file
from policycmp.sources import known, listed, pair, told_apart

__all__ = [
    "Policy",
    "data_folder",
    "from_text",
    "known",
    "listed",
    "load",
    "pair",
    "read_file",
    "suffixes",
    "told_apart",
]
