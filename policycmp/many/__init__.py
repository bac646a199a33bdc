"""More than two documents: a matrix of measures, and what a new edition changes."""

from policycmp.many.changes import editions
from policycmp.many.measures import Matrix, common, matrix, shortest

__all__ = ["Matrix", "common", "editions", "matrix", "shortest"]
