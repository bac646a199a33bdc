"""How alike two names are by their pairs of characters: the Dice coefficient (Dice 1945), weighted by rarity."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache


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
