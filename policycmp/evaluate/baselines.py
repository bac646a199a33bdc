"""What simple methods find, beside which the pairs of clauses are judged: used for nothing else.

Two measures of likeness, the cosine of pairs of characters and BM25, and five ways to choose pairs by one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from policycmp.text.normalize import fold

Likeness = NDArray[np.float64]
Chosen = NDArray[np.bool_]

LEAST = 0.1  # a cosine below it is chosen by no method
FREQUENCY, LENGTH = 1.5, 0.75  # the usual k1 and b of BM25


def _pairs(text: str) -> Counter[str]:
    """Count the pairs of neighbouring characters of a text."""
    plain = "".join(fold(text).split())
    return Counter(plain[at : at + 2] for at in range(len(plain) - 1))


def _rarity(texts: Sequence[Counter[str]]) -> dict[str, float]:
    """Return the weight of each pair of characters: the fewer texts have it, the more."""
    held = Counter(pair for text in texts for pair in text)
    return {pair: math.log((1 + len(texts)) / (1 + number)) + 1 for pair, number in held.items()}


def bigrams(left: Sequence[str], right: Sequence[str]) -> Likeness:
    """Return the cosines of the TF-IDF vectors (Salton and Buckley 1988) of the pairs of characters of some texts."""
    ones, twos = ([_pairs(text) for text in side] for side in (left, right))
    rarity = _rarity([*ones, *twos])
    lengths = [[_length(text, rarity) for text in side] for side in (ones, twos)]
    found = np.zeros((len(ones), len(twos)))
    for i, one in enumerate(ones):
        for j, two in enumerate(twos):
            shared = sum(one[pair] * two[pair] * rarity[pair] ** 2 for pair in one.keys() & two.keys())
            found[i, j] = shared / max(lengths[0][i] * lengths[1][j], 1e-9)
    return found


def _length(text: Counter[str], rarity: dict[str, float]) -> float:
    return math.sqrt(sum((number * rarity[pair]) ** 2 for pair, number in text.items()))


def bm25(left: Sequence[str], right: Sequence[str]) -> Likeness:
    """Return how well each right text answers each left one as a query (BM25, Robertson and Walker 1994)."""
    queries, texts = ([_pairs(text) for text in side] for side in (left, right))
    usual = sum(text.total() for text in texts) / max(len(texts), 1)
    held = Counter(pair for text in texts for pair in text)
    found = np.zeros((len(queries), len(texts)))
    for j, text in enumerate(texts):
        discount = FREQUENCY * (1 - LENGTH + LENGTH * text.total() / max(usual, 1e-9))
        weights = {}
        for pair, number in text.items():
            rarity = math.log(1 + (len(texts) - held[pair] + 0.5) / (held[pair] + 0.5))
            weights[pair] = rarity * number * (FREQUENCY + 1) / (number + discount)
        for i, query in enumerate(queries):
            found[i, j] = sum(weights[pair] for pair in query.keys() & text.keys())
    return found


def row_maximum(alike: Likeness, least: float = LEAST) -> Chosen:
    """Choose for each left text its most similar right one."""
    chosen: Chosen = (alike >= alike.max(axis=1, keepdims=True)) & (alike >= least)
    return chosen


def either_maximum(alike: Likeness, least: float = LEAST) -> Chosen:
    """Choose what is the most similar one of its row or of its column."""
    return row_maximum(alike, least) | row_maximum(alike.T, least).T


def both_maxima(alike: Likeness, least: float = LEAST) -> Chosen:
    """Choose what is the most similar one of its row and of its column."""
    return row_maximum(alike, least) & row_maximum(alike.T, least).T


def greedy(alike: Likeness, least: float = LEAST) -> Chosen:
    """Choose the most similar pair of texts that are both free, again and again."""
    chosen = np.zeros(alike.shape, dtype=bool)
    for at in np.argsort(-alike, axis=None, kind="stable").tolist():
        i, j = divmod(at, alike.shape[1])
        if alike[i, j] >= least and not chosen[i].any() and not chosen[:, j].any():
            chosen[i, j] = True
    return chosen


def optimal(alike: Likeness, least: float = LEAST) -> Chosen:
    """Choose the pairs, each text in one at most, whose likeness adds up to the most."""
    from scipy.optimize import linear_sum_assignment

    chosen = np.zeros(alike.shape, dtype=bool)
    chosen[linear_sum_assignment(-alike)] = True
    return chosen & (alike >= least)


METHODS: dict[str, Callable[[Likeness], Chosen]] = {
    "row or column maximum": either_maximum,
    "row and column maximum": both_maxima,
    "row maximum": row_maximum,
    "greedy": greedy,
    "optimal": optimal,
}


def chosen_by(left: Sequence[str], right: Sequence[str]) -> dict[str, Chosen]:
    """Return what each method chooses, by its name: pairs of characters in five ways, BM25 by the row maximum."""
    alike = bigrams(left, right)
    found = {f"bigrams, {name}": choose(alike) for name, choose in METHODS.items()}
    return found | {"BM25, row maximum": row_maximum(bm25(left, right), 1e-9)}
