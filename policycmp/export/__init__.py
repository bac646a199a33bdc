"""Files for other programs: CSV, workbooks, Word tables, charts."""

from policycmp.export.many import write_changes, write_matrix
from policycmp.export.panel import write_panel
from policycmp.export.tables import comparison_tables, write_comparison, write_tables
from policycmp.export.tracked import write_tracked_changes
from policycmp.export.workbook import write_workbook

__all__ = [
    "comparison_tables",
    "write_changes",
    "write_comparison",
    "write_matrix",
    "write_panel",
    "write_tables",
    "write_tracked_changes",
    "write_workbook",
]
