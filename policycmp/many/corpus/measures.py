"""Clauses that are about one thing, as groups of their neighbours: by the Leiden method."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np

from policycmp.errors import need
from policycmp.many.corpus.neighbours import Neighbours

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALIKE = 0.2  # cosine that ties two clauses
# How alike the clauses of a group have to be on average, pairs that are no neighbours counting nothing (the constant
# Potts model). It was not compared with other values.
DENSITY = 0.1


def groups(found: Neighbours, size: int) -> NDArray[np.int64]:
    """Return the number of each clause's group, the largest group first; what has no neighbour is alone."""
    need("corpus", "igraph")
    import igraph

    tied = found.cosine >= ALIKE
    low, high = np.minimum(found.one, found.other)[tied], np.maximum(found.one, found.other)[tied]
    edges, first = np.unique(low * size + high, return_index=True)
    graph = igraph.Graph(n=size, edges=np.column_stack((edges // size, edges % size)))
    igraph.set_random_number_generator(random.Random(1))
    weights = found.cosine[tied][first].astype(float).tolist()
    made = graph.community_leiden("CPM", weights=weights, resolution=DENSITY, n_iterations=4)
    igraph.set_random_number_generator(random)
    own = np.asarray(made.membership, dtype=np.int64)
    counts = np.bincount(own)
    earliest = np.full(len(counts), size)
    np.minimum.at(earliest, own, np.arange(size))
    order = np.lexsort((earliest, -counts))
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    numbered: NDArray[np.int64] = rank[own] + 1
    return numbered
