"""Two documents → the alignment of their clauses, with the reason for each pair and the doubt about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from policycmp import schema
from policycmp.corrections import Corrections, apply
from policycmp.corrections.apply import Pair
from policycmp.errors import PolicyError, bound
from policycmp.pairing import choice
from policycmp.pairing.choice import Side
from policycmp.pairing.similarity import Scores
from policycmp.schema import Place, Record

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables

Clause = int | tuple[int, int]  # a clause's number or, where sections count anew, its section and number


@dataclass
class Aligned:
    """The alignment of two documents with what explains it, as `align.align` returns it.

    Attributes
    ----------
    scores : Scores
        How alike each clause of the left (rows) is to each of the right (columns): ``scores.total``, from 0 to 1.
    likely : ndarray
        How probable each pair is, in the shape of the scores.
    threshold : float
        The probability that a pair had to reach, from 0 to 1.
    level : float
        The similarity that unrelated clauses of these two documents hardly reach.
    left, right : DataFrame
        The clauses of each document; their order is that of the rows and columns of the scores.
    chosen, origins : dict of (int, int) to str
        The relation, and the origin, of each pair of positions in ``left`` and ``right``.
    places : (list of Place, list of Place)
        Section and number of each clause of ``left`` and of ``right``.
    left_out : int
        How many more pairs reached the threshold of clauses that have their share of counterparts.

    Examples
    --------
    >>> aligned = policycmp.compare("longwan", "lucheng").aligned
    >>> aligned.scores.total.shape
    (40, 41)
    >>> aligned.chosen[0, 0]
    'same'
    """

    scores: Scores
    likely: np.ndarray
    threshold: float
    level: float
    left: pd.DataFrame
    right: pd.DataFrame
    chosen: dict[Pair, str]
    origins: dict[Pair, str]
    places: tuple[list[Place], list[Place]]
    left_out: int = 0

    @cached_property
    def table(self) -> pd.DataFrame:
        """The table ``alignment`` of data/DATA_DICTIONARY.md: every clause of both sides at least once."""
        return schema.frame("alignment", _rows(self))

    def pairs(self) -> list[tuple[Place, Place]]:
        """Return where both clauses of each pair stand, in the order of the left ones."""
        left, right = self.places
        return [(left[i], right[j]) for i, j in sorted(self.chosen)]


def align(
    left: Tables,
    right: Tables,
    *,
    limit: float | None = None,
    corrections: Corrections | None = None,
    sides: tuple[Side, Side] | None = None,
) -> Aligned:
    """Align the clauses of two documents.

    Parameters
    ----------
    left, right : Tables
        The documents.
    limit : float, optional
        The probability that a pair has to reach, in [0, 1]; by default 0.4.
    corrections : Corrections, optional
        What a researcher decided about pairs of clauses; it wins.
    sides : (Side, Side), optional
        The clauses of both documents made ready before, where each of them meets many others.

    Returns
    -------
    Aligned
        Its ``table`` is the alignment: every clause of both sides at least once.

    Examples
    --------
    The stricter, the fewer pairs.

    >>> left, right = policycmp.load("longwan"), policycmp.load("lucheng")
    >>> strict = policycmp.align.align(left, right, limit=0.95)
    >>> len(strict.chosen) < len(policycmp.align.align(left, right).chosen)
    True
    """
    limit = choice.LIKELY if limit is None else limit
    if not 0 <= limit <= 1:
        raise PolicyError("not_a_share", name="threshold", value=limit)
    one, two = sides or (choice.side(left), choice.side(right))
    both, most = f"{left.doc}, {right.doc}", left.policy.lexicon["limits"]
    bound("pairs_of_clauses", both, most["pairs_of_clauses"], len(one.places), len(two.places))
    sentences = [own.counted.counts["sentence"].shape[0] for own in (one, two)]
    bound("pairs_of_sentences", both, most["pairs_of_sentences"], *sentences)
    scores, evidence = choice.judged(one, two)
    likely = choice.probability(evidence)
    found, left_out = choice.choose(scores, likely, limit)
    places = one.places, two.places
    chosen, origins = apply.to_clauses(found, corrections or Corrections.none(), (left.doc, right.doc), places)
    level = choice.level(scores.total)
    return Aligned(scores, likely, limit, level, one.table, two.table, chosen, origins, places, left_out)


def _rows(aligned: Aligned) -> Iterator[Record]:
    """Yield the rows of the table: pairs in the order of the left clauses, then what only the right one has."""
    chosen, origins, scores = aligned.chosen, aligned.origins, aligned.scores
    lefts, rights = _named(aligned.left, "left"), _named(aligned.right, "right")
    unchosen = scores.total.copy()
    partners: dict[int, list[int]] = {}
    for i, j in sorted(chosen):
        unchosen[i, j] = 0.0
        partners.setdefault(i, []).append(j)
    rivals = [unchosen.max(axis=axis, initial=0.0) for axis in (1, 0)]
    freed = [pair for pair, origin in origins.items() if origin == "rejected"]
    for i, clause in enumerate(lefts):
        if i not in partners:
            origin = "override" if i in {pair[0] for pair in freed} else "computed"
            yield clause | {"relation": "left_only", "origin": origin}
        for j in partners.get(i, []):
            lead = scores.total[i, j] - max(rivals[0][i], rivals[1][j])
            yield (
                clause
                | rights[j]
                | {
                    "relation": chosen[i, j],
                    "probability": round(float(aligned.likely[i, j]), 4),
                    "similarity": round(float(scores.total[i, j]), 4),
                    "margin": round(float(lead), 4),
                    "shared_terms": "、".join(scores.shared_terms(i, j)),
                    "formal": clause["formal"] and rights[j]["formal"],
                    "origin": origins[i, j],
                }
            )
    answered = {pair[1] for pair in chosen}
    for j, clause in enumerate(rights):
        if j not in answered:
            origin = "override" if j in {pair[1] for pair in freed} else "computed"
            yield clause | {"relation": "right_only", "origin": origin}


def _named(clauses: pd.DataFrame, side: str) -> list[Record]:
    """Return what the table says of each clause of one side."""
    named = clauses[["section", "clause", "title"]].add_prefix(f"{side}_")
    return schema.records(named.assign(formal=clauses["formal"]))


def position(clauses: pd.DataFrame, clause: Clause) -> int:
    """Return the row of a clause in its table.

    Parameters
    ----------
    clauses : DataFrame
        The clauses of one document.
    clause : int or (int, int)
        The clause's number or, where sections count anew, its section and number.

    Returns
    -------
    int
        Counted from 0.

    Raises
    ------
    PolicyError
        If there is no such clause.

    Examples
    --------
    >>> clauses = policycmp.load("lucheng").clauses
    >>> clauses["title"].iloc[policycmp.align.position(clauses, 14)]
    '推动生产性服务业高质量发展'
    """
    known: list[Any] = schema.places(clauses) if isinstance(clause, tuple) else clauses["clause"].tolist()
    if clause not in known:
        raise PolicyError("clause", clause=clause, first=known[0], last=known[-1])
    return known.index(clause)


def explain(aligned: Aligned, left_clause: Clause, right_clause: Clause) -> pd.DataFrame:
    """Return the terms that carry a pair of clauses.

    Parameters
    ----------
    aligned : Aligned
        The alignment, such as ``comparison.aligned``.
    left_clause, right_clause : int or (int, int)
        The number of a clause or, where sections count anew, its section and number.

    Returns
    -------
    DataFrame
        part (title, text, section), term, contribution: the strongest first. The contributions add up to the
        similarity of the pair. A term that begins with · is a pair of characters, not a word.

    Raises
    ------
    PolicyError
        If there is no such clause.

    Examples
    --------
    >>> aligned = policycmp.compare("longwan", "lucheng").aligned
    >>> policycmp.align.explain(aligned, 6, 5)["term"].head(2).tolist()
    ['人才', '·人才']
    """
    import pandas as pd

    i, j = position(aligned.left, left_clause), position(aligned.right, right_clause)
    return pd.DataFrame(aligned.scores.explain(i, j), columns=["part", "term", "contribution"])


def places_of(pairs: pd.DataFrame) -> list[tuple[Place, Place]]:
    """Return where both clauses of each row of an alignment stand.

    Parameters
    ----------
    pairs : DataFrame
        Rows of an alignment that have a clause on both sides.

    Returns
    -------
    list of (Place, Place)
        Section and clause of the left and of the right one.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> policycmp.align.places_of(policycmp.select(comparison, relation="partial", section=6))
    [(Place(section=6, clause=26), Place(section=6, clause=25))]
    """
    both = zip(schema.places(pairs, "left"), schema.places(pairs, "right"), strict=True)
    return [(left, right) for left, right in both if left and right]


def doubtful(aligned: Aligned, most: int = 10) -> pd.DataFrame:
    """Return the pairs to look at first: the least probable ones.

    Parameters
    ----------
    aligned : Aligned
        The alignment, such as ``comparison.aligned``.
    most : int
        How many pairs.

    Returns
    -------
    DataFrame
        The rows of ``aligned.table`` that are pairs, with one more column: rival, the most similar pair that was not
        chosen (15–14).

    Examples
    --------
    >>> aligned = policycmp.compare("longwan", "lucheng").aligned
    >>> policycmp.align.doubtful(aligned, 2)[["left_clause", "right_clause", "rival"]]
        left_clause  right_clause  rival
    22           22            21  24–21
    16           16            18   3–18
    """
    table = aligned.table[aligned.table["similarity"].notna()]
    found = table.assign(rival=_rivals(aligned, table))
    return found.sort_values(["probability", "margin", "left_clause", "right_clause"]).head(most)


def _rivals(aligned: Aligned, chosen: pd.DataFrame) -> list[str]:
    """Return, for each chosen pair, the most similar pair of its row or column that was not chosen."""
    numbers = [[int(number) for number in side["clause"]] for side in (aligned.left, aligned.right)]
    places = [(position(aligned.left, one), position(aligned.right, two)) for one, two in places_of(chosen)]
    total = aligned.scores.total.copy()
    for place in places:
        total[place] = -1.0
    rivals = []
    for i, j in places:
        options = [(i, int(total[i].argmax())), (int(total[:, j].argmax()), j)]
        best = max(options, key=lambda place: total[place])
        rivals.append(f"{numbers[0][best[0]]}–{numbers[1][best[1]]}" if total[best] > 0 else "")
    return rivals
