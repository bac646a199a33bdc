"""A sentence becomes its numbers, each with its role, indicator, comparator and year."""

from policycmp.quantities.table import budget_table, quantity_table, result_table, role_tables, target_table

__all__ = ["budget_table", "quantity_table", "result_table", "role_tables", "target_table"]
