"""Scores → how probable it is that two clauses answer each other, and the pairs that are.

A pair is judged by numbers each of which reads the same in both directions: how near the two are to each other's best
counterpart (nearer, farther), whether sentences of both are each other's best (sentence), how alike their sections are,
how alike the documents are in their words (topic) and in their best pairs (documents), and whether both or only one
of them threaten who breaks a rule (sanctions, sanction). A logistic curve makes of them a probability. Every pair that
reaches `LIKELY` is chosen, at most `MOST` of a clause: one may answer several, where a measure was split or merged.

The weights were fitted on annotated pairs and on crossings of documents about unlike things (data/reference/README.md,
which also has the figures for pairs that were left out of the fit, and for those that took no part).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from policycmp import schema
from policycmp.pairing import formalities, similarity
from policycmp.pairing.similarity import Scores
from policycmp.schema import Place
from policycmp.text.lexicon import Lexicon

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables

LIKELY = 0.40  # from .35 to .50 the figures of the pairs that were left out of the fit hardly differ
LEAST = 0.06  # similarity: below it two clauses share no more than the words that every policy has
EQUAL = 0.70  # of twelve annotated pairs: so nearly as alike as the main pair, another one is the `same` measure too
MOST = 8  # counterparts of a clause; of fifteen annotated pairs none has more than seven
WEIGHTS = {
    "nearer": 3.206, "farther": 3.534, "sentence": 3.855, "section": 0.998, "topic": 3.841, "documents": 1.757,
    "sanctions": -1.308, "sanction": -1.066,
}  # fmt: skip
INTERCEPT = -4.045
ALL_ONE_TOPIC = 0.40  # the cosine of counts of words that documents about one subject reach: above it, it says no more
FEWEST = 4  # pairs by which the likeness of two documents is told, where they have so many clauses

# What unrelated clauses score: their mean, and so many standard deviations above it. With fewer of them than
# FEWEST_UNRELATED their spread says nothing, and FALLBACK is taken: a little more than the shipped pair's 0.11.
DEVIATIONS, FEWEST_UNRELATED, FALLBACK = 3.0, 30, 0.12

Matrix = NDArray[np.float64]


class Side(NamedTuple):
    """The clauses of a document, and what every comparison with another one asks of them.

    ``table`` is the clause table with the heading of each clause's section and whether it is a formal one; ``places``,
    ``sanctions`` and ``counted`` say where each stands, whether it threatens who breaks a rule, and what words it has.
    """

    table: pd.DataFrame
    places: list[Place]
    sanctions: list[bool]
    counted: similarity.Counted


def side(tables: Tables) -> Side:
    """Return the clauses of a document as every comparison needs them."""
    headings = dict(zip(tables.sections["section"], tables.sections["heading"], strict=True))
    own = [headings.get(section, "") for section in tables.clauses["section"]]
    return prepared(tables.clauses.assign(heading=own), tables.policy.lexicon)


def prepared(clauses: pd.DataFrame, lexicon: Lexicon) -> Side:
    """Return a clause table, with the headings of the sections, as every comparison needs it."""
    return Side(
        clauses.assign(formal=formalities.formal(clauses, lexicon)),
        schema.places(clauses),
        formalities.sanctions(clauses, lexicon),
        similarity.count(clauses, lexicon),
    )


def judged(left: Side, right: Side) -> tuple[Scores, dict[str, Matrix]]:
    """Return how alike the clauses of two documents are, and the evidence by which they answer each other."""
    scores = similarity.compared(left.counted, right.counted)
    sides = left, right
    sections = [[place.section for place in one.places] for one in sides]
    formal = [one.table["formal"].tolist() for one in sides]
    return scores, evidence(scores, sections, formal, [one.sanctions for one in sides])


def level(total: Matrix) -> float:
    """Return the similarity that unrelated clauses of two documents hardly reach."""
    best = (total >= total.max(axis=1, keepdims=True)) | (total >= total.max(axis=0, keepdims=True))
    unrelated = total[~best]
    if unrelated.size < FEWEST_UNRELATED:
        return FALLBACK
    return float(unrelated.mean() + DEVIATIONS * unrelated.std())


def evidence(
    scores: Scores,
    sections: Sequence[Sequence[int]],
    formal: Sequence[Sequence[bool]],
    sanctions: Sequence[Sequence[bool]],
) -> dict[str, Matrix]:
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
    sanctions : (sequence of bool, sequence of bool)
        Whether each clause threatens who breaks a rule.
    """
    if not scores.total.size:
        return dict.fromkeys(WEIGHTS, np.zeros_like(scores.total))
    alike: Matrix = np.sqrt(np.maximum(scores.total, 0.0) * np.maximum(scores.grams, 0.0))
    of_row = _share(alike, alike.max(axis=1, keepdims=True))
    of_column = _share(alike, alike.max(axis=0, keepdims=True))
    threats = [np.asarray(side, dtype=bool) for side in sanctions]
    return {
        "nearer": np.maximum(of_row, of_column),
        "farther": np.minimum(of_row, of_column),
        "sentence": scores.sentence,
        "section": _sections_alike(scores.total, *map(np.asarray, sections)),
        "topic": np.full_like(alike, np.log(min(scores.topic, ALL_ONE_TOPIC) + 0.05)),
        "documents": np.full_like(alike, _documents_alike(alike, *map(np.asarray, formal))),
        "sanctions": np.logical_and.outer(*threats).astype(float),
        "sanction": np.logical_xor.outer(*threats).astype(float),
    }


def probability(
    numbers: Mapping[str, Matrix], weights: Mapping[str, float] = WEIGHTS, intercept: float = INTERCEPT
) -> Matrix:
    """Return how probable it is, by their `evidence`, that two clauses answer each other: in [0, 1]."""
    logit = intercept + sum(weights[name] * number for name, number in numbers.items())
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


def choose(scores: Scores, likely: Matrix, limit: float = LIKELY) -> tuple[dict[tuple[int, int], str], int]:
    """Return the pairs whose probability reaches ``limit``, with their relations, and how many of them are left out.

    `same` are two clauses that are each other's best counterpart, and a further pair that is nearly as alike
    (`EQUAL`) and without which one of the two would stand alone. Any other pair is `partial`. Of more than `MOST`
    counterparts a clause keeps the most similar ones, of equals those that stand nearest to its own place.
    """
    total = np.round(scores.total, 9)
    reached = (likely >= limit) & (total >= LEAST)
    chosen = reached & _among_the_first(reached, total) & _among_the_first(reached.T, total.T).T
    alike = np.where(chosen, total, 0.0)
    best_left, best_right = alike.max(axis=1, initial=0.0), alike.max(axis=0, initial=0.0)
    only_left, only_right = chosen.sum(axis=1) == 1, chosen.sum(axis=0) == 1
    relations = {}
    for i, j in np.argwhere(chosen).tolist():
        main = max(best_left[i], best_right[j])
        needed = EQUAL * main if only_left[i] or only_right[j] else main
        relations[i, j] = "same" if alike[i, j] >= needed else "partial"
    return relations, int(reached.sum() - chosen.sum())


def _among_the_first(reached: NDArray[np.bool_], total: Matrix) -> NDArray[np.bool_]:
    """Return which pairs are among the `MOST` most similar of those that are ``reached`` in their row."""
    first = np.ones_like(reached)
    for i in np.flatnonzero(reached.sum(axis=1) > MOST).tolist():
        columns = np.flatnonzero(reached[i])
        order = np.lexsort((columns, np.abs(columns - i), -total[i, columns]))
        first[i, columns[order[MOST:]]] = False
    return first
