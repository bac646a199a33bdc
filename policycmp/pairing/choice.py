"""Scores → how probable it is that two clauses answer each other, and the pairs that are.

A pair is judged by five numbers, each of which reads the same in both directions: how near the two are to each other's
best counterpart (nearer, farther), their most similar sentence, how alike their sections are, and how alike the
documents. A logistic curve makes of them a probability. Every pair that reaches `LIKELY` is chosen: one clause may
answer several, as it must where a measure was split or merged.

The weights were fitted on twelve annotated pairs and ten crossings of documents about unlike things
(data/reference/README.md, which also has the figures for pairs that were left out of the fit).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from policycmp.pairing.similarity import Scores

LIKELY = 0.40  # from .35 to .50 the figures of the pairs that were left out of the fit hardly differ
LEAST = 0.06  # similarity: below it two clauses share no more than the words that every policy has
EQUAL = 0.70  # of twelve annotated pairs: so nearly as alike as the main pair, another one is the `same` measure too
WEIGHTS = {"nearer": 3.276, "farther": 3.595, "sentence": 2.390, "section": 0.827, "documents": 1.791}
INTERCEPT = -0.876
FEWEST = 4  # pairs by which the likeness of two documents is told, where they have so many clauses

# What unrelated clauses score: their mean, and so many standard deviations above it. With fewer of them than
# FEWEST_UNRELATED their spread says nothing, and FALLBACK is taken: a little more than the shipped pair's 0.11.
DEVIATIONS, FEWEST_UNRELATED, FALLBACK = 3.0, 30, 0.12

Matrix = NDArray[np.float64]


def level(total: Matrix) -> float:
    """Return the similarity that unrelated clauses of two documents hardly reach."""
    best = (total >= total.max(axis=1, keepdims=True)) | (total >= total.max(axis=0, keepdims=True))
    unrelated = total[~best]
    if unrelated.size < FEWEST_UNRELATED:
        return FALLBACK
    return float(unrelated.mean() + DEVIATIONS * unrelated.std())


def evidence(scores: Scores, sections: Sequence[Sequence[int]], formal: Sequence[Sequence[bool]]) -> dict[str, Matrix]:
    """Return the numbers by which each pair of clauses is judged, by name (see `WEIGHTS`).

    Parameters
    ----------
    scores : Scores
        How alike the clauses are.
    sections : (sequence of int, sequence of int)
        The section of each clause, left and right.
    formal : (sequence of bool, sequence of bool)
        Whether each clause is a formal one, such as that on entry into force: all documents have those, so they say
        nothing about how alike two documents are.
    """
    if not scores.total.size:
        return dict.fromkeys(WEIGHTS, np.zeros_like(scores.total))
    alike: Matrix = np.sqrt(np.maximum(scores.total, 0.0) * np.maximum(scores.grams, 0.0))
    of_row = _share(alike, alike.max(axis=1, keepdims=True))
    of_column = _share(alike, alike.max(axis=0, keepdims=True))
    return {
        "nearer": np.maximum(of_row, of_column),
        "farther": np.minimum(of_row, of_column),
        "sentence": np.log(scores.best_sentence + 0.02),
        "section": _sections_alike(scores.total, *map(np.asarray, sections)),
        "documents": np.full_like(alike, _documents_alike(alike, *map(np.asarray, formal))),
    }


def probability(numbers: dict[str, Matrix]) -> Matrix:
    """Return how probable it is, by their `evidence`, that two clauses answer each other: in [0, 1]."""
    logit = INTERCEPT + sum(WEIGHTS[name] * number for name, number in numbers.items())
    likely: Matrix = 1.0 / (1.0 + np.exp(-logit))
    return likely


def _share(value: Matrix, whole: Matrix) -> Matrix:
    """Return what part of ``whole`` the values are; 0 where it is 0."""
    share: Matrix = value / np.maximum(whole, 1e-9)
    return share


def _sections_alike(total: Matrix, left: NDArray[np.int_], right: NDArray[np.int_]) -> Matrix:
    """Return how alike the sections of each pair of clauses are, as a share of the best counterpart of either."""
    rows, row_of = np.unique(left, return_inverse=True)
    columns, column_of = np.unique(right, return_inverse=True)
    if len(rows) == 1 or len(columns) == 1:  # a document without sections: they say nothing
        return np.ones_like(total)
    blocks = np.zeros((len(rows), len(columns)))
    for row in range(len(rows)):
        for column in range(len(columns)):
            block = total[np.ix_(row_of == row, column_of == column)]
            blocks[row, column] = (block.max(axis=1).mean() + block.max(axis=0).mean()) / 2
    best = np.maximum(blocks.max(axis=1, keepdims=True), blocks.max(axis=0, keepdims=True))
    return _share(blocks, best)[np.ix_(row_of, column_of)]


def _documents_alike(alike: Matrix, left: NDArray[np.bool_], right: NDArray[np.bool_]) -> float:
    """Return the logarithm of how alike the clauses of two documents are that answer each other best."""
    told = np.where(np.outer(left, right), 0.0, alike)
    best = np.sort(np.concatenate([told.max(axis=1), told.max(axis=0)]))[::-1]
    return float(np.log(best[: max(FEWEST, len(best) // 2)].mean() + 1e-3))


def choose(scores: Scores, likely: Matrix, limit: float = LIKELY) -> dict[tuple[int, int], str]:
    """Return the pairs of positions whose probability reaches ``limit``, each with its relation.

    `same` are two clauses that are each other's best counterpart, and a further pair that is nearly as alike
    (`EQUAL`) and without which one of the two would stand alone. Any other pair is `partial`.
    """
    total = np.round(scores.total, 9)
    chosen = (likely >= limit) & (total >= LEAST)
    alike = np.where(chosen, total, 0.0)
    best_left, best_right = alike.max(axis=1, initial=0.0), alike.max(axis=0, initial=0.0)
    only_left, only_right = chosen.sum(axis=1) == 1, chosen.sum(axis=0) == 1
    relations = {}
    for i, j in np.argwhere(chosen).tolist():
        main = max(best_left[i], best_right[j])
        needed = EQUAL * main if only_left[i] or only_right[j] else main
        relations[i, j] = "same" if alike[i, j] >= needed else "partial"
    return relations
