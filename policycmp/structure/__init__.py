"""A `Policy` becomes sections, clauses and the bodies that answer for them."""

from policycmp.structure.clauses import (
    clause_table,
    document_row,
    part_table,
    read_structure,
    responsibility_table,
    section_table,
)
from policycmp.structure.outline import Block, Outline, Unit
from policycmp.structure.parts import Part

__all__ = [
    "Block", "Outline", "Part", "Unit", "clause_table", "document_row", "part_table", "read_structure",
    "responsibility_table", "section_table",
]  # fmt: skip
