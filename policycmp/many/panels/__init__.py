"""The figures of many places and years in one table, and what it answers: kept promises, where one stands."""

from policycmp.many.panels.table import Panel, panel

__all__ = ["Panel", "panel"]
