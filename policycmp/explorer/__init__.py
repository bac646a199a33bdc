"""The window in which a comparison is seen, questioned and corrected."""

from policycmp.explorer.window import explore

__all__ = ["explore"]
