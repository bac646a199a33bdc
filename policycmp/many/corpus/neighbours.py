"""The clauses most like each clause: exact cosines over the rarer pairs of characters, then over all of them.

Pairs that stand in many clauses cost most of the product and tell least: what shares no rarer pair is no neighbour. The
candidates that the rarer pairs give are ranked again by the full cosine, so that what is told of a pair is exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from policycmp.many.corpus.vectors import Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

RARE = 0.01  # a pair of characters is rare that stands in at most this share of the clauses
FEWEST = 300  # clauses: of small collections every pair that stands in no more
CANDIDATES = 40  # of 120,000 made-up clauses 30 hold .991 of the ten true neighbours, 40 hold .998, 60 all
KEPT = 10  # neighbours of a clause
LEAST = 0.15  # cosine: below it two clauses share words that all have
_ROWS = 500  # rows of a product at a time where the fast one is not installed
_PAIRS = 200_000  # pairs whose cosine is completed at a time


class Neighbours(NamedTuple):
    """Pairs of rows and their cosine, the rows in order and each one's neighbours from the most alike on."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    cosine: NDArray[np.float32]


def neighbours(found: Vectors, *, fast: bool | None = None) -> Neighbours:
    """Return the neighbours of each row of ``found``; ``fast`` says by which product, by default as is installed."""
    matrix = found.matrix
    if not matrix.nnz:
        empty = np.zeros(0, dtype=np.int64)
        return Neighbours(empty, empty, empty.astype(np.float32))
    rare = (found.counts >= 2) & (found.counts <= max(RARE * matrix.shape[0], FEWEST))
    one, other, near = _candidates(matrix[:, rare], fast)
    common = matrix[:, ~rare & (found.counts >= 2)]
    near += _dots(common, one, other)
    chosen = np.lexsort((other, -near.round(6), one))
    one, other, near = one[chosen], other[chosen], near[chosen]
    first = np.searchsorted(one, one, side="left")
    kept = (np.arange(len(one)) - first < KEPT) & (near >= LEAST)
    return Neighbours(one[kept], other[kept], np.minimum(near[kept], 1).astype(np.float32))


def _candidates(rare: Any, fast: bool | None) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Return for each row the rows most like it by the rarer pairs, and how much those add to their cosine."""
    product = _fast_product if fast or (fast is None and _is_fast()) else _plain_product
    top = product(rare).tocoo()
    others = top.row != top.col
    return top.row[others].astype(np.int64), top.col[others].astype(np.int64), top.data[others].astype(np.float32)


def _is_fast() -> bool:
    from importlib.util import find_spec

    return find_spec("sparse_dot_topn") is not None


def _fast_product(rare: Any) -> Any:
    from sparse_dot_topn import sp_matmul_topn

    return sp_matmul_topn(rare, rare.T.tocsr(), top_n=CANDIDATES + 1, n_threads=2)


def _plain_product(rare: Any) -> Any:
    """Return the largest entries of each row of a product, some rows at a time."""
    from scipy import sparse

    other = rare.T.tocsr()
    return sparse.vstack([_top(rare[at : at + _ROWS] @ other) for at in range(0, rare.shape[0], _ROWS)])


def _top(product: Any) -> Any:
    from scipy import sparse

    columns, values, sizes = [], [], [0]
    for start, end in zip(product.indptr[:-1], product.indptr[1:], strict=True):
        own = product.data[start:end]
        best = (
            np.argpartition(own, -CANDIDATES - 1)[-CANDIDATES - 1 :]
            if len(own) > CANDIDATES + 1
            else np.arange(len(own))
        )
        columns.append(product.indices[start:end][best])
        values.append(own[best])
        sizes.append(sizes[-1] + len(best))
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(columns), sizes), shape=product.shape)


def _dots(matrix: Any, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the products of pairs of rows."""
    found = [_dot(matrix, one[span], other[span]) for span in _spans(len(one))]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.float32)


def _spans(length: int) -> Iterator[slice]:
    return (slice(at, at + _PAIRS) for at in range(0, length, _PAIRS))


def _dot(matrix: Any, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
    product = matrix[one].multiply(matrix[other])
    found: NDArray[np.float32] = np.asarray(product.sum(axis=1), dtype=np.float32).ravel()
    return found
