"""Charts of many places and years: kept promises, and where one stands."""

from policycmp.charts.panel.kept import promises
from policycmp.charts.panel.standing import STANDING, standing

__all__ = ["STANDING", "promises", "standing"]
