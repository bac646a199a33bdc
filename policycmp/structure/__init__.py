"""A `Policy` becomes sections, clauses and the bodies that answer for them."""

from policycmp.structure.clauses import (
    clause_rows,
    document_rows,
    part_rows,
    read_structure,
    responsibility_rows,
    section_rows,
)
from policycmp.structure.outline import Block, Outline, Unit
from policycmp.structure.parts import Part

__all__ = [
    "Block", "Outline", "Part", "Unit", "clause_rows", "document_rows", "part_rows", "read_structure",
    "responsibility_rows", "section_rows",
]  # fmt: skip
