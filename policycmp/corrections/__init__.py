"""What a researcher decided: read, applied, and kept with its history."""

from policycmp.corrections.decisions import Corrections, Decision

__all__ = ["Corrections", "Decision"]
