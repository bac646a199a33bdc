"""A `Policy` becomes sections, clauses and the bodies that answer for them."""

from policycmp.structure.clauses import clause_table, document_row, read_structure, responsibility_table, section_table
from policycmp.structure.outline import Outline, Unit

__all__ = ["Outline", "Unit", "clause_table", "document_row", "read_structure", "responsibility_table", "section_table"]
