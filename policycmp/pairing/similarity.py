"""Two clause tables → how alike each pair of clauses is, in parts that can be shown.

The score of a pair is a weighted mean of cosines between TF-IDF vectors (Salton and Buckley 1988) of its title, its
whole text and its section, fitted on both documents together. The terms are words and pairs of characters: words carry
meaning, pairs of characters find a road or an agency that no dictionary knows. A part that either clause lacks is
left out of the mean. Numbers and places of clauses play no role: other districts order their measures in another way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from policycmp.keeping import once
from policycmp.text import segment
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold

if TYPE_CHECKING:
    import pandas as pd

# How much each part counts. Chosen on the shipped pair and a made-up one (data/reference): there the lowest true pair
# stands furthest above the highest false one with these; title 0.2 to 0.3 and section 0 to 0.05 give the same pairs,
# section 0.1 one false pair more.
WEIGHTS = {"title": 0.25, "text": 0.70, "section": 0.05}
_PIECE = re.compile(r"[，,。；;：:、\n]")
SHORTEST_SENTENCE = 10  # characters; 全面落实 is no measure by itself
ENOUGH = 0.2  # so alike, two sentences that are each other's best are one measure: more says no more


@dataclass
class Scores:
    """How alike the clauses of two documents are.

    Attributes
    ----------
    total : ndarray, shape (left, right)
        Similarity in [0, 1] of each pair of clauses.
    parts : dict of str to ndarray
        What each of `WEIGHTS` contributes; they add up to ``total``.
    sentence : ndarray, shape (left, right)
        How nearly some sentence of the one and some of the other are each other's best in both documents, in [0, 1].
    grams : ndarray, shape (left, right)
        The cosine of the pairs of characters of their bodies, which knows neither words nor titles: a second witness.
    topic : float
        The cosine of the counts of words of the two documents, in [0, 1].
    """

    total: np.ndarray
    parts: dict[str, np.ndarray]
    sentence: np.ndarray
    grams: np.ndarray
    topic: float
    _terms: Sequence[str]
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


class Counted(NamedTuple):
    """How often each text of a document holds each term: a matrix for each kind of text, a row for each of them.

    ``terms`` are its columns; ``grams`` has the pairs of characters of the bodies, in the columns ``pairs``; ``first``
    is the position of the first sentence of each clause.
    """

    terms: tuple[str, ...]
    counts: Mapping[str, Any]
    pairs: tuple[str, ...]
    grams: Any
    first: np.ndarray
    words: Mapping[str, int]  # of the whole document


def count(clauses: pd.DataFrame, lexicon: Lexicon) -> Counted:
    """Count the terms of the titles, texts, headings and sentences of the clauses of a document."""
    from sklearn.feature_extraction.text import CountVectorizer

    titles, texts, headings = (list(clauses[name]) for name in ("title", "text", "heading"))
    terms = _terms(lexicon)

    def analyze(text: str) -> list[str]:
        return [term for piece in _PIECE.split(text) for term in terms(piece)]

    bodies = [text or title for title, text in zip(titles, texts, strict=True)]  # 第三条 without a body is its title
    cut = [sentences(body) for body in bodies]
    kinds = {
        "title": titles,
        "text": [f"{title}。{text}" for title, text in zip(titles, texts, strict=True)],
        "section": headings,
        "sentence": [sentence for own in cut for sentence in own],
    }
    words = CountVectorizer(analyzer=analyze)
    every = _count(words, [text for kind in kinds.values() for text in kind])
    edges = np.cumsum([0, *map(len, kinds.values())])
    counts = {kind: every[start:end] for kind, start, end in zip(kinds, edges[:-1], edges[1:], strict=True)}
    pairs = CountVectorizer(analyzer="char", ngram_range=(2, 2))
    grams = _count(pairs, list(map(fold, bodies)))
    first = np.cumsum([0, *map(len, cut[:-1])])
    names = _names(words)
    return Counted(names, counts, _names(pairs), grams, first, _frequencies(names, counts["text"]))


def _count(vectorizer: Any, texts: Sequence[str]) -> Any:
    """Return the counts of the terms of some texts; a column of zeros where there is none."""
    from scipy.sparse import csr_array

    try:
        return vectorizer.fit_transform(texts)
    except ValueError:  # no term in any of them
        return csr_array((len(texts), 1))


def _names(vectorizer: Any) -> tuple[str, ...]:
    return tuple(sorted(getattr(vectorizer, "vocabulary_", None) or [""]))


def score(left: pd.DataFrame, right: pd.DataFrame, *, lexicon: Lexicon | None = None) -> Scores:
    """Compare every clause of ``left`` with every clause of ``right``.

    Parameters
    ----------
    left, right : DataFrame
        Clause tables with the columns title, text and heading (the section's).
    lexicon : Lexicon, optional
        The word lists; by default the shipped ones.
    """
    lexicon = lexicon or Lexicon.load()
    return compared(count(left, lexicon), count(right, lexicon))


def compared(one: Counted, two: Counted) -> Scores:
    """Compare every clause of a document with every clause of another one, by what was counted of both."""
    terms, vectors = _weighted(one.terms, two.terms, one.counts, two.counts)
    parts = {part: vectors[part] for part in WEIGHTS}
    factors = _factors(parts)
    shares = {part: _cosines(*both) * factors[part] for part, both in parts.items()}
    _, grams = _weighted(one.pairs, two.pairs, {"text": one.grams}, {"text": two.grams}, sublinear=False)
    return Scores(
        np.clip(sum(shares.values()), 0.0, 1.0),
        shares,
        _best_sentence(_cosines(*vectors["sentence"]), one.first, two.first),
        _cosines(*grams["text"]),
        _topic(one, two),
        terms,
        parts,
        factors,
    )


def _weighted(
    left: Sequence[str],
    right: Sequence[str],
    ones: Mapping[str, Any],
    twos: Mapping[str, Any],
    *,
    sublinear: bool = True,
) -> tuple[list[str], dict[str, tuple[Any, Any]]]:
    """Return the terms of two documents, and the TF-IDF vectors of their texts, weighed by those of kind ``text``."""
    from scipy.sparse import vstack
    from sklearn.feature_extraction.text import TfidfTransformer

    terms = list(dict.fromkeys(sorted([*left, *right])))  # each is sorted: they are merged
    column = {term: number for number, term in enumerate(terms)}
    places = [np.array([column[term] for term in own]) for own in (left, right)]
    moved = {kind: tuple(map(_moved, (ones[kind], twos[kind]), places, (len(terms),) * 2)) for kind in ones}
    weigh = TfidfTransformer(sublinear_tf=sublinear)
    known = vstack(moved["text"], format="csr")
    held = np.diff(known.tocsc().indptr) > 0  # a term of headings alone has no weight
    weigh.fit(known)
    vectors = {}
    for kind, both in moved.items():
        vectors[kind] = tuple(weigh.transform(_only(counts, held)) for counts in both)
    return terms, vectors


def _moved(counts: Any, places: np.ndarray, width: int) -> Any:
    """Return counts with their columns at other ``places`` of a wider matrix."""
    from scipy.sparse import csr_array

    return csr_array((counts.data, places[counts.indices], counts.indptr), shape=(counts.shape[0], width))


def _only(counts: Any, held: np.ndarray) -> Any:
    """Return counts of the terms that are ``held``."""
    kept = counts.astype(float)
    kept.data = kept.data * held[kept.indices]
    kept.eliminate_zeros()
    return kept


def _topic(one: Counted, two: Counted) -> float:
    """Return the cosine of the counts of words of two documents."""
    norms = [sum(number**2 for number in side.words.values()) ** 0.5 for side in (one, two)]
    shared = sum(number * two.words[word] for word, number in one.words.items() if word in two.words)
    return float(shared / (norms[0] * norms[1])) if shared else 0.0


def _frequencies(terms: Sequence[str], counts: Any) -> dict[str, int]:
    """Return how often a document holds each word; pairs of characters are none."""
    totals = np.asarray(counts.sum(axis=0)).ravel().astype(int).tolist()
    found = {}
    for term, total in zip(terms, totals, strict=True):
        if total and not term.startswith(segment.PAIR_MARK):
            found[term] = total
    return found


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


def _best_sentence(alike: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return, for each pair of clauses, how nearly a sentence of each is the other's best, where they are alike at all.

    ``left`` and ``right`` have the position of the first sentence of each clause.
    """
    alike = alike.astype(np.float32)
    mutual = np.minimum(alike / np.float32(ENOUGH), 1)
    for axis in (1, 0):
        mutual *= alike / np.maximum(alike.max(axis=axis, keepdims=True), np.float32(1e-9))
    to_right = np.maximum.reduceat(mutual, right, axis=1)  # sentences of the left × clauses of the right
    best: np.ndarray = np.maximum.reduceat(to_right, left, axis=0)
    return best
