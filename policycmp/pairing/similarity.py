"""Two clause tables → how alike each pair of clauses is, in parts that can be shown.

The score of a pair is a weighted mean of cosines between TF-IDF vectors (Salton and Buckley 1988) of its title, its
whole text and its section, fitted on both documents together. The terms are words and pairs of characters: words carry
meaning, pairs of characters find a road or an agency that no dictionary knows. A part that either clause lacks is
left out of the mean. Numbers and places of clauses play no role: other districts order their measures in another way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from policycmp.text import segment
from policycmp.text.lexicon import Lexicon, once
from policycmp.text.normalize import fold

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
    best_sentence : ndarray, shape (left, right)
        The highest similarity of any sentence of the one with any of the other.
    grams : ndarray, shape (left, right)
        The cosine of their pairs of characters alone, which knows no words: a second witness.
    """

    total: np.ndarray
    parts: dict[str, np.ndarray]
    best_sentence: np.ndarray
    grams: np.ndarray
    _terms: np.ndarray
    _vectors: dict[str, tuple[Any, Any]]
    _factors: dict[str, np.ndarray]

    def explain(self, i: int, j: int) -> list[tuple[str, str, float]]:
        """Return ``(part, term, contribution)`` for a pair, strongest first; they add up to its similarity."""
        rows = []
        for part, (left, right) in self._vectors.items():
            (left_terms, left_values), (right_terms, right_values) = _row(left, i), _row(right, j)
            both, at, to = np.intersect1d(left_terms, right_terms, return_indices=True)
            values = left_values[at] * right_values[to] * self._factors[part][i, j]
            rows += [(part, str(self._terms[term]), float(value)) for term, value in zip(both, values, strict=True)]
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
    columns = {
        "title": (list(left["title"]), list(right["title"])),
        "text": (_whole(left), _whole(right)),
        "section": (list(left["heading"]), list(right["heading"])),
    }
    vectorizer = _vectorizer([*columns["text"][0], *columns["text"][1]], lexicon or Lexicon.load())
    vectors = {part: (vectorizer.transform(ones), vectorizer.transform(twos)) for part, (ones, twos) in columns.items()}
    factors = _factors(vectors)
    parts = {part: _cosines(*both) * factors[part] for part, both in vectors.items()}
    total = np.clip(sum(parts.values()), 0.0, 1.0)
    best_sentence = _best_sentence(vectorizer, _cut(left["text"]), _cut(right["text"]))
    grams = _grams(*columns["text"])
    return Scores(total, parts, best_sentence, grams, vectorizer.get_feature_names_out(), vectors, factors)


def _whole(clauses: pd.DataFrame) -> list[str]:
    """Return title and text of each clause as one."""
    return [f"{title}。{text}" for title, text in zip(clauses["title"], clauses["text"], strict=True)]


def _vectorizer(texts: Sequence[str], lexicon: Lexicon) -> Any:
    """Return what turns a text into its TF-IDF vector, fitted on the clauses of both documents."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    terms = _terms(lexicon)

    def analyze(text: str) -> list[str]:
        return [term for piece in _PIECE.split(text) for term in terms(piece)]

    try:
        return TfidfVectorizer(analyzer=analyze, sublinear_tf=True).fit(texts)
    except ValueError:  # no word at all on either side
        return TfidfVectorizer(analyzer=list).fit([*texts, "空"])


def _cosines(ones: Any, twos: Any) -> np.ndarray:
    """Return how alike each of some vectors is with each of some others; both are of length 1."""
    return np.asarray((ones @ twos.T).todense())


def _factors(vectors: Mapping[str, tuple[Any, Any]]) -> dict[str, np.ndarray]:
    """Return how much each part counts for each pair: its share of the `WEIGHTS` of those that both clauses have."""
    present = {}
    for part, (ones, twos) in vectors.items():
        present[part] = np.outer(np.diff(ones.indptr) > 0, np.diff(twos.indptr) > 0) * WEIGHTS[part]
    weight = sum(present.values())
    return {part: np.divide(one, weight, out=np.zeros_like(one), where=weight > 0) for part, one in present.items()}


def _grams(lefts: Sequence[str], rights: Sequence[str]) -> np.ndarray:
    """Return the cosines of the pairs of characters of whole clauses."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    try:
        vectors = TfidfVectorizer(analyzer="char", ngram_range=(2, 2)).fit_transform(list(map(fold, [*lefts, *rights])))
    except ValueError:  # no two characters on either side
        return np.zeros((len(lefts), len(rights)))
    return _cosines(vectors[: len(lefts)], vectors[len(lefts) :])


def plain(left: pd.DataFrame, right: pd.DataFrame, *, lexicon: Lexicon | None = None) -> np.ndarray:
    """Return the cosines of plain TF-IDF vectors of words of whole clauses: the baseline of the evaluation."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = partial(segment.words, lexicon=lexicon or Lexicon.load())
    vectors = TfidfVectorizer(analyzer=words).fit_transform([*_whole(left), *_whole(right)])
    return _cosines(vectors[: len(left)], vectors[len(left) :])


class _Sentences(NamedTuple):
    """The sentences of the clauses of a document, one after the other; each clause has one at least.

    ``first`` has the position of the first sentence of each clause.
    """

    texts: list[str]
    first: np.ndarray


def _cut(texts: Iterable[str]) -> _Sentences:
    """Cut the texts of clauses into sentences."""
    found: list[str] = []
    first = []
    for text in texts:
        first.append(len(found))
        found += sentences(text)
    return _Sentences(found, np.array(first, dtype=int))


def _best_sentence(vectorizer: Any, left: _Sentences, right: _Sentences) -> np.ndarray:
    """Return the highest similarity of any sentence of each left clause with any of each right one."""
    alike = _cosines(vectorizer.transform(left.texts), vectorizer.transform(right.texts)).astype(np.float32)
    to_right = np.maximum.reduceat(alike, right.first, axis=1)  # sentences of the left × clauses of the right
    best: np.ndarray = np.maximum.reduceat(to_right, left.first, axis=0)
    return best
