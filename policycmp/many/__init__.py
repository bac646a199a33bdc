"""More than two documents: a matrix of measures, what a new edition changes, panels and stores of thousands."""

from policycmp.many import corpus
from policycmp.many.changes import editions
from policycmp.many.grouping import common
from policycmp.many.matrices import Matrix, matrix
from policycmp.many.panels import Panel, panel

__all__ = ["Matrix", "Panel", "common", "corpus", "editions", "matrix", "panel"]
