"""Files for other programs: CSV, workbooks, Word tables, charts."""

from policycmp.export.tables import comparison_tables, write_comparison, write_tables, write_workbook

__all__ = ["comparison_tables", "write_comparison", "write_tables", "write_workbook"]
