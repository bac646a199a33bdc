"""Two clause tables → how alike each pair of clauses is, in parts that can be shown.

The score of a pair is a weighted mean of cosines between TF-IDF vectors (Salton and Buckley 1988) of its title, its
whole text and its section, fitted on both documents together. The terms are words and pairs of characters: words carry
meaning, pairs of characters find a road or an agency that no dictionary knows. A part that either clause lacks is
left out of the mean. Numbers and places of clauses play no role: other districts order their measures in another way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from policycmp.text import segment
from policycmp.text.lexicon import Lexicon, once

if TYPE_CHECKING:
    import pandas as pd

# How much each part counts. Chosen on the shipped pair and a made-up one (data/reference): there the lowest true pair
# stands furthest above the highest false one with these; title 0.2 to 0.3 and section 0 to 0.05 give the same pairs,
# section 0.1 one false pair more.
WEIGHTS = {"title": 0.25, "text": 0.70, "section": 0.05}
_PIECE = re.compile(r"[，,。；;：:、\n]")
SHORTEST_SENTENCE = 10  # characters; 全面落实 is no measure by itself


@dataclass
class Scores:
    """How alike the clauses of two documents are.

    Attributes
    ----------
    total : ndarray, shape (left, right)
        Similarity in [0, 1] of each pair of clauses.
    parts : dict of str to ndarray
        What each of `WEIGHTS` contributes; they add up to ``total``.
    covered_left, covered_right : ndarray, shape (left, right)
        The share of the left (right) clause's text whose sentences have their best counterpart, above the level of
        chance, in the right (left) clause.
    best_sentence : ndarray, shape (left, right)
        The highest similarity of any sentence of the one with any of the other.
    """

    total: np.ndarray
    parts: dict[str, np.ndarray]
    covered_left: np.ndarray
    covered_right: np.ndarray
    best_sentence: np.ndarray
    _terms: np.ndarray
    _vectors: dict[str, tuple[Any, Any]]
    _factors: dict[str, np.ndarray]

    def explain(self, i: int, j: int) -> list[tuple[str, str, float]]:
        """Return ``(part, term, contribution)`` for a pair, strongest first; they add up to its similarity."""
        rows = []
        for part, (left, right) in self._vectors.items():
            (a, x), (b, y) = _row(left, i), _row(right, j)
            both, at, to = np.intersect1d(a, b, return_indices=True)
            values = x[at] * y[to] * self._factors[part][i, j]
            rows += [(part, str(self._terms[k]), float(v)) for k, v in zip(both, values, strict=True)]
        return sorted(rows, key=lambda row: (-row[2], row[1], row[0]))

    def shared_terms(self, i: int, j: int, most: int = 6) -> list[str]:
        """Return the terms that carry the similarity of a pair, strongest first."""
        sums: dict[str, float] = {}
        for _, term, value in self.explain(i, j):
            if not term.startswith(segment.PAIR_MARK):
                sums[term] = sums.get(term, 0.0) + value
        return sorted(sums, key=lambda term: (-round(sums[term], 9), term))[:most]


def _row(matrix: Any, i: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns and values of one row of a sparse matrix."""
    span = slice(matrix.indptr[i], matrix.indptr[i + 1])
    return matrix.indices[span], matrix.data[span]


def sentences(text: str) -> list[str]:
    """Cut the text of a clause at 。 and ;, short pieces joined to what follows."""
    parts: list[str] = []
    held = ""
    for part in re.split(r"(?<=[。;；!！\n])", text):
        held += part.strip()
        if len(held) >= SHORTEST_SENTENCE:
            parts.append(held)
            held = ""
    if held and parts:
        parts[-1] += held
    return parts or [text]


@once
def _terms(lexicon: Lexicon) -> Callable[[str], list[str]]:
    """Return what cuts a piece of a text into its terms."""

    @lru_cache(maxsize=50_000)  # titles, sentences and clauses are made of the same pieces; a document has some 1000
    def terms(piece: str) -> list[str]:
        return segment.words(piece, lexicon) + segment.character_pairs(piece)

    return terms


def score(left: pd.DataFrame, right: pd.DataFrame, *, lexicon: Lexicon | None = None) -> Scores:
    """Compare every clause of ``left`` with every clause of ``right``.

    Parameters
    ----------
    left, right : DataFrame
        Clause tables with the columns title, text and heading (the section's).
    lexicon : Lexicon, optional
        The word lists; by default the shipped ones.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    terms = _terms(lexicon or Lexicon.load())

    def analyze(text: str) -> list[str]:
        return [term for piece in _PIECE.split(text) for term in terms(piece)]

    columns = {
        "title": [list(left["title"]), list(right["title"])],
        "text": [[f"{t}。{x}" for t, x in zip(side["title"], side["text"], strict=True)] for side in (left, right)],
        "section": [list(left["heading"]), list(right["heading"])],
    }
    vectorizer = TfidfVectorizer(analyzer=analyze, sublinear_tf=True)
    whole = columns["text"][0] + columns["text"][1]
    try:
        vectorizer.fit(whole)
    except ValueError:  # no word at all on either side
        vectorizer = TfidfVectorizer(analyzer=list)
        vectorizer.fit([*whole, "空"])
    vectors = {part: (vectorizer.transform(a), vectorizer.transform(b)) for part, (a, b) in columns.items()}
    weight = np.zeros((len(left), len(right)))
    present = {}
    for part, (a, b) in vectors.items():
        present[part] = np.outer(np.diff(a.indptr) > 0, np.diff(b.indptr) > 0) * WEIGHTS[part]
        weight += present[part]
    factors = {part: np.divide(p, weight, out=np.zeros_like(p), where=weight > 0) for part, p in present.items()}
    parts = {part: np.asarray((a @ b.T).todense()) * factors[part] for part, (a, b) in vectors.items()}
    total = np.clip(sum(parts.values()), 0.0, 1.0)
    cut = [[sentences(text) for text in side["text"]] for side in (left, right)]
    coverage = _coverage(vectorizer, cut[0], cut[1])
    return Scores(total, parts, *coverage, vectorizer.get_feature_names_out(), vectors, factors)


def plain(left: pd.DataFrame, right: pd.DataFrame, *, lexicon: Lexicon | None = None) -> np.ndarray:
    """Return the cosines of plain TF-IDF vectors of words of whole clauses: the baseline of the evaluation."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [[f"{t}。{x}" for t, x in zip(side["title"], side["text"], strict=True)] for side in (left, right)]
    words = partial(segment.words, lexicon=lexicon or Lexicon.load())
    vectors = TfidfVectorizer(analyzer=words).fit_transform(texts[0] + texts[1])
    return np.asarray((vectors[: len(left)] @ vectors[len(left) :].T).todense())


CHANCE = 0.25  # a sentence whose best counterpart is less alike than this is found nowhere on the other side


def _coverage(
    vectorizer: Any, left: Sequence[list[str]], right: Sequence[list[str]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the shares of each clause that are found in each clause of the other side, and the best sentence pair."""
    flat = [[s for clause in side for s in clause] for side in (left, right)]
    owner = [np.repeat(np.arange(len(side)), [len(clause) for clause in side]) for side in (left, right)]
    size = [np.array([max(len(s), 1) for s in side], dtype=float) for side in flat]
    vectors = [vectorizer.transform(side) for side in flat]
    table = np.asarray((vectors[0] @ vectors[1].T).todense(), dtype=np.float32)
    edges = [np.flatnonzero(np.r_[True, np.diff(o) > 0]) for o in owner]
    to_right = np.maximum.reduceat(table, edges[1], axis=1)  # sentence of the left × clause of the right
    to_left = np.maximum.reduceat(table, edges[0], axis=0).T  # sentence of the right × clause of the left
    best = np.maximum.reduceat(to_right, edges[0], axis=0)
    shares = []
    for found, side in ((to_right, 0), (to_left, 1)):
        share = np.zeros((len((left, right)[side]), found.shape[1]))
        top = found.max(axis=1, keepdims=True)
        hit = (found >= CHANCE) & (found >= top - 1e-6)
        np.add.at(share, owner[side], hit * size[side][:, None])
        shares.append(share / np.add.reduceat(size[side], edges[side])[:, None])
    return shares[0], shares[1].T, best
