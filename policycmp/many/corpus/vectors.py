"""Clauses as vectors of their pairs of characters: weighted counts, of length 1."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from policycmp.text.normalize import squeeze

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 20_000  # texts that are turned into numbers at a time: what is held besides the result stays small
_LEFT_OUT = re.compile(r"[^一-龥A-Za-z]+")  # figures, too: two places that promise the same promise different numbers


class Vectors(NamedTuple):
    """The vectors of texts, a row each; ``counts`` says in how many texts each pair of characters stands."""

    matrix: Any
    counts: NDArray[np.int64]
    pairs: list[str]


def plain(text: str) -> str:
    """Return what of a text is compared: its characters, with a blank for figures and punctuation."""
    return _LEFT_OUT.sub(" ", squeeze(text)).strip()


def vectors(texts: Sequence[str]) -> Vectors:
    """Return the vector of each text: (1 + ln of the count) × idf of each pair of characters, of length 1."""
    from scipy import sparse

    alphabet, table = _alphabet(texts)
    starts = range(0, max(len(texts), 1), CHUNK)
    rows = [_counts(texts[at : at + CHUNK], alphabet, len(table)) for at in starts]
    present = np.zeros(len(table) ** 2, dtype=bool)
    for chunk in rows:
        present[chunk.indices] = True
    used = np.flatnonzero(present)
    position = np.cumsum(present, dtype=np.int32) - 1
    del present
    for at, chunk in enumerate(rows):
        shape = (chunk.shape[0], max(len(used), 1))
        rows[at] = sparse.csr_matrix((chunk.data, position[chunk.indices].astype(np.int32), chunk.indptr), shape=shape)
    matrix = sparse.vstack(rows, format="csr")
    count = np.bincount(matrix.indices, minlength=matrix.shape[1])
    weigh(matrix, idf(count, len(texts)))
    return Vectors(matrix, count, [table[at // len(table)] + table[at % len(table)] for at in used])


def idf(count: NDArray[np.int64], texts: int) -> NDArray[np.float32]:
    """Return how much a pair weighs that stands in ``count`` of so many texts."""
    found: NDArray[np.float32] = (np.log((1 + texts) / (1 + count)) + 1).astype(np.float32)
    return found


def weigh(matrix: Any, weights: NDArray[np.float32]) -> None:
    """Turn counts into weights, and every row into one of length 1."""
    if not matrix.nnz:
        return
    np.log(matrix.data, out=matrix.data)
    matrix.data += 1
    matrix.data *= weights[matrix.indices]
    length = np.sqrt(np.add.reduceat(np.append(matrix.data**2, 0), matrix.indptr[:-1]))
    sizes = np.diff(matrix.indptr)
    length[sizes == 0] = 1
    matrix.data /= np.repeat(length, sizes).astype(np.float32)


def _alphabet(texts: Sequence[str]) -> tuple[NDArray[np.int32], list[str]]:
    """Return a number for each character that stands in the texts, by its code; the blank is -1."""
    known: set[str] = set()
    for text in texts:
        known.update(plain(text))
    table = sorted(known - {" "})
    numbers = np.full(0x10000, -1, dtype=np.int32)
    numbers[[ord(char) for char in table]] = np.arange(len(table))
    return numbers, table


def _counts(texts: Sequence[str], alphabet: NDArray[np.int32], size: int) -> Any:
    """Return how often each pair of characters stands in each text."""
    from scipy import sparse

    joined = [np.frombuffer(f"{plain(text)} ".encode("utf-32-le"), dtype=np.uint32) for text in texts]
    lengths = [len(codes) for codes in joined]
    chars = alphabet[np.concatenate(joined)] if joined else np.zeros(0, dtype=np.int32)
    both = (chars[:-1] >= 0) & (chars[1:] >= 0)
    columns = (chars[:-1].astype(np.int64) * size + chars[1:])[both]
    inside = np.concatenate(([0], np.cumsum(both, dtype=np.int64)))
    bounds = np.minimum(np.cumsum([0, *lengths], dtype=np.int64), len(both))
    data = np.ones(len(columns), dtype=np.float32)
    matrix = sparse.csr_matrix((data, columns, inside[bounds]), shape=(len(texts), max(size * size, 1)))
    matrix.sum_duplicates()
    return matrix


def pairs_of(text: str) -> list[str]:
    """Return the pairs of characters of a text, in their order."""
    words = plain(text)
    return [words[at : at + 2] for at in range(len(words) - 1) if " " not in words[at : at + 2]]


def cosine(one: str, other: str, weights: Mapping[str, float], texts: int) -> float:
    """Return the cosine of two texts; a pair that ``weights`` lacks weighs what a pair does that stands nowhere."""
    rarest = float(idf(np.array([0]), texts)[0])
    both = []
    for text in (one, other):
        counts = Counter(pairs_of(text))
        both.append({pair: (1 + math.log(count)) * weights.get(pair, rarest) for pair, count in counts.items()})
    dot = sum(weight * both[1].get(pair, 0.0) for pair, weight in both[0].items())
    lengths = [math.sqrt(sum(weight**2 for weight in vector.values())) for vector in both]
    return dot / (lengths[0] * lengths[1]) if dot else 0.0


def overlap(one: str, other: str) -> float:
    """Return the share of the pairs of characters of two texts that both have."""
    left, right = Counter(pairs_of(one)), Counter(pairs_of(other))
    both = (left & right).total()
    return 2 * both / max(left.total() + right.total(), 1)
