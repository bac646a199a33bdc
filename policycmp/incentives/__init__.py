"""The numbers that are paid to whoever qualifies become what is paid for what, to whom and under which condition."""

from policycmp.incentives.table import incentive_rows

__all__ = ["incentive_rows"]
