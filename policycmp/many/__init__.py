"""More than two documents: a matrix of measures, and what a new edition changes."""

from policycmp.many.changes import editions
from policycmp.many.grouping import common
from policycmp.many.matrices import Matrix, matrix

__all__ = ["Matrix", "common", "editions", "matrix"]
