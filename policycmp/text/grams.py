"""How alike two names are by their pairs of characters: the Dice coefficient (Dice 1945), weighted by rarity."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

ROWS = 500  # of a product of matrices at a time
HAIR = 1e-9  # what the order of a sum may change


@lru_cache(maxsize=10_000)  # every name meets every one of the other document
def grams(words: str) -> Counter[str]:
    """Return the pairs of characters of ``words``, a single character as it is."""
    return Counter([words[start : start + 2] for start in range(len(words) - 1)] or [words])


def rarity(every: Iterable[Iterable[str]]) -> dict[str, float]:
    """Return the weight of each pair of characters: the more, the fewer of ``every`` hold it."""
    held = [set(one) for one in every]
    counts = Counter(gram for one in held for gram in one)
    return {gram: math.log(1 + len(held) / number) for gram, number in counts.items()}


def dice(ones: Mapping[str, float], twos: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return how alike two counts of pairs of characters are, in [0, 1]."""
    shared = sum(min(ones[gram], twos[gram]) * weights[gram] for gram in sorted(ones.keys() & twos.keys()))
    if not shared:
        return 0.0
    whole = [sum(number * weights[gram] for gram, number in counts.items()) for counts in (ones, twos)]
    return 2 * shared / (min(whole) + max(whole))  # the order of the sides plays no part


def similar(
    lefts: Sequence[Counter[str]],
    rights: Sequence[Counter[str]],
    weights: Mapping[str, float],
    least: float,
    *,
    most: int,
) -> set[tuple[int, int]]:
    """Return the pairs of positions of texts whose `dice` is at least so much, and some that miss it by a hair.

    Of more than ``most`` only so many and one are returned.

    It is one product of sparse matrices whose columns are each pair of characters at its first, second … occurrence, so
    that it grows with what is alike; rows are taken `ROWS` at a time, so that memory does not grow with the square.
    """
    import numpy as np
    from scipy.sparse import csr_array

    if not lefts or not rights:
        return set()
    columns: dict[tuple[str, int], int] = {}
    sides = []
    for texts in (lefts, rights):
        starts, places, values = [0], list[int](), list[float]()
        for text in texts:
            for gram, number in text.items():
                for occurrence in range(number):
                    places.append(columns.setdefault((gram, occurrence), len(columns)))
                    values.append(weights[gram])
            starts.append(len(places))
        sides.append((values, places, starts))
    ones, twos = (csr_array(side, shape=(len(side[2]) - 1, len(columns))) for side in sides)
    whole = [side.sum(axis=1) for side in (ones, twos)]
    held = csr_array((np.ones(len(sides[1][0])), *sides[1][1:]), shape=twos.shape).T.tocsr()
    found: set[tuple[int, int]] = set()
    for start in range(0, len(lefts), ROWS):
        shared = (ones[start : start + ROWS] @ held).tocoo()
        rows = start + shared.row
        enough = 2 * shared.data >= (least - HAIR) * (whole[0][rows] + whole[1][shared.col])
        kept = np.flatnonzero(enough)[: most + 1 - len(found)]
        found.update(zip(rows[kept].tolist(), shared.col[kept].tolist(), strict=True))
    return found
