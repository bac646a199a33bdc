"""Workbooks: text is text, a number is one and is shown as people read it; the same tables give the same bytes."""

from policycmp.export.workbook.writing import write_findings, write_workbook

__all__ = ["write_findings", "write_workbook"]
