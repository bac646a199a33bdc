"""What differs in two wordings, on words: what both say, and what only one says.

The comparison (`difflib`, after Ratcliff and Metzener 1988) runs on folded words with numbers kept whole, so that the
width of a bracket is no difference; what is shown is what each side prints. It keeps the order of the words: a
sentence that stands elsewhere in the other text counts as said by one side only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from policycmp.text import segment
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold

# The time of difflib grows with the square of the pieces, for texts that repeat themselves with the cube. Longer
# texts than MOST are matched sentence by sentence first, and no part of a sentence is longer than LONGEST characters.
MOST, LONGEST = 1000, 300
ALIKE = 0.2  # sentences that share less of their characters than this are not set side by side
_SENTENCE = re.compile(rf"[^。;!?\n]{{1,{LONGEST}}}[。;!?\n]*|[。;!?\n]+")
# No chance: a word, a number, the end of a sentence.
_TELLING = re.compile(r"[一-龥]{2}|[0-9A-Za-z０-９]|[。;；!！?？\n]")

_Piece = tuple[str, str]  # as compared, as printed


class Run(NamedTuple):
    """A stretch of both texts: `kind` is same, changed, left_only or right_only."""

    kind: str
    left: str
    right: str


class Share(NamedTuple):
    """How much of two wordings both have: in [0, 1], 2 × common / all; and the characters that only one has."""

    shared: float
    left_only: int
    right_only: int


def redline(left_text: str, right_text: str, *, lexicon: Lexicon | None = None) -> list[Run]:
    """Return what both texts say and what only one says, in the order of the texts.

    Parameters
    ----------
    left_text, right_text : str
        The two wordings.
    lexicon : Lexicon, optional
        The word lists by which sentences are cut; by default the shipped ones.

    Returns
    -------
    list of Run
        The left parts join to ``left_text`` and the right parts to ``right_text``. Commas and single characters that
        happen to agree between two differences belong to the difference.
    """
    lexicon = lexicon or Lexicon.load()
    pieces = _pieces(left_text, lexicon), _pieces(right_text, lexicon)
    if max(map(len, pieces)) <= MOST:
        return _merge(_compare(*pieces))
    pairs = _match(_sentences(left_text, lexicon), _sentences(right_text, lexicon))
    return _merge(run for left, right in pairs for run in _compare(left, right))


def share(runs: Iterable[Run]) -> Share:
    """Return how much of two wordings both have."""
    common, left_only, right_only = 0, 0, 0
    for run in runs:
        if run.kind == "same":
            common += len(run.left)
        else:
            left_only += len(run.left)
            right_only += len(run.right)
    both = 2 * common + left_only + right_only
    return Share(round(2 * common / both, 4) if both else 1.0, left_only, right_only)


def _pieces(text: str, lexicon: Lexicon) -> list[_Piece]:
    """Cut `text` into words of which each knows how it is compared and how it is printed."""
    folded = segment.pieces(fold(text), lexicon)
    ends = list(accumulate(map(len, folded), initial=0))
    return [(piece, text[start:end]) for piece, (start, end) in zip(folded, pairwise(ends), strict=True)]


def _compare(left: Sequence[_Piece], right: Sequence[_Piece]) -> Iterator[Run]:
    sides = [piece for piece, _ in left], [piece for piece, _ in right]
    for tag, i, j, k, m in SequenceMatcher(None, *sides, autojunk=False).get_opcodes():
        parts = ["".join(printed for _, printed in part) for part in (left[i:j], right[k:m])]
        yield Run("same" if tag == "equal" else "changed", *parts)


def _merge(runs: Iterable[Run]) -> list[Run]:
    """Join neighbours of one kind; what agrees by chance between two differences joins them."""
    found = [run for run in runs if run.left or run.right]
    merged: list[Run] = []
    for number, run in enumerate(found):
        before, after = merged[-1:], found[number + 1 : number + 2]
        inside = before and after and before[0].kind != "same" and after[0].kind != "same"
        if inside and run.kind == "same" and not _TELLING.search(run.left):
            run = run._replace(kind="changed")
        if before and before[0].kind == run.kind:
            merged.pop()
            run = Run(run.kind, before[0].left + run.left, before[0].right + run.right)
        merged.append(run)
    return [run._replace(kind=_kind(run)) for run in merged]


def _kind(run: Run) -> str:
    """Return the kind of a run that was merged: of what differs, whether both sides say something there."""
    if run.kind == "same" or (run.left and run.right):
        return run.kind
    return "left_only" if run.left else "right_only"


def _sentences(text: str, lexicon: Lexicon) -> list[list[_Piece]]:
    return [_pieces(text[slice(*found.span())], lexicon) for found in _SENTENCE.finditer(fold(text))]


def _words_of(sentences: Sequence[list[_Piece]]) -> list[set[str]]:
    return [{piece for piece, _ in sentence} for sentence in sentences]


def _match(left: Sequence[list[_Piece]], right: Sequence[list[_Piece]]) -> Iterator[tuple[list[_Piece], list[_Piece]]]:
    """Set the sentences of two texts side by side, in order, so that they share as many characters as can be."""
    ones, twos = _words_of(left), _words_of(right)
    best = np.zeros((len(left) + 1, len(right) + 1))  # how many characters the first i and the first j can share
    for i, one in enumerate(ones):
        score = [_shared(one, other) for other in twos]
        best[i + 1, 1:] = np.maximum.accumulate(np.maximum(best[i, 1:], best[i, :-1] + score))
    found: list[tuple[list[_Piece], list[_Piece]]] = []
    i, j = len(left), len(right)
    while i or j:
        if i and best[i, j] == best[i - 1, j]:
            i -= 1
            found.append((left[i], []))
        elif j and best[i, j] == best[i, j - 1]:
            j -= 1
            found.append(([], right[j]))
        else:
            i, j = i - 1, j - 1
            found.append((left[i], right[j]))
    yield from reversed(found)


def _shared(left: set[str], right: set[str]) -> int:
    """Return how many characters of words two sentences share; 0 where it is a small part of them."""
    common, both = (sum(map(len, words)) for words in (left & right, [*left, *right]))
    return common if 2 * common >= ALIKE * both else 0
