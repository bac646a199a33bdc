"""Scores → which clause of the one document answers which of the other, with the reason for it.

Main pairs come from an optimal assignment (Kuhn 1955; Jonker and Volgenant 1987, as in scipy) that may leave clauses
unmatched; further pairs, where a clause is split or merged or one of its measures is elsewhere, from the sentences.
The threshold follows from the documents: `DEVIATIONS` standard deviations above what unrelated clauses score.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from policycmp import schema
from policycmp.corrections import Corrections, apply
from policycmp.errors import PolicyError
from policycmp.pairing import similarity
from policycmp.pairing.similarity import Scores
from policycmp.schema import Place

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables

# On the shipped pair and a made-up one (data/reference) the lowest true main pair stands 3.6 and 9 deviations above
# the mean of unrelated pairs, the highest false one 1.3 and 1.4: 3 keeps them apart with room on both sides.
DEVIATIONS = 3.0
FEWEST_UNRELATED = 30  # with fewer unrelated pairs than this their spread says nothing
FALLBACK = 0.12  # then this similarity is asked for: a little more than the shipped pair's 0.11
# A further pair needs one sentence that is clearly the same (SENTENCE), or a share of a clause (SHARE) whose sentences
# are alike (ALIKE). Unrelated sentences of the two pairs above stay below 0.34, and never make up a share of 0.3.
SENTENCE, SHARE, ALIKE = 0.40, 0.30, 0.25
EQUAL = 0.75  # a further pair at least this fraction as similar as the main pair is another main pair: `same`


Clause = int | tuple[int, int]  # a clause's number or, where sections count anew, its section and number


@dataclass
class Aligned:
    """The alignment table with what explains it.

    ``chosen`` and ``origins`` give the relation and the origin of each pair of positions in ``left`` and ``right``.
    """

    table: pd.DataFrame
    scores: Scores
    threshold: float
    left: pd.DataFrame
    right: pd.DataFrame
    chosen: dict[tuple[int, int], str]
    origins: dict[tuple[int, int], str]


def with_headings(tables: Tables) -> pd.DataFrame:
    """Return the clause table with the heading of each clause's section."""
    headings = dict(zip(tables.sections["section"], tables.sections["heading"], strict=True))
    return tables.clauses.assign(heading=[headings.get(section, "") for section in tables.clauses["section"]])


def threshold(total: np.ndarray, deviations: float = DEVIATIONS) -> float:
    """Return the similarity that a pair has to reach, from the pairs that are nobody's best."""
    best = (total >= total.max(axis=1, keepdims=True)) | (total >= total.max(axis=0, keepdims=True))
    unrelated = total[~best]
    if unrelated.size < FEWEST_UNRELATED:
        return FALLBACK
    return float(unrelated.mean() + deviations * unrelated.std())


def choose(scores: Scores, limit: float) -> dict[tuple[int, int], str]:
    """Return the chosen pairs of positions and their relations."""
    from scipy.optimize import linear_sum_assignment

    total = scores.total
    if not total.size:
        return {}
    rounded = np.round(total, 9)
    rows, columns = linear_sum_assignment(-rounded)
    chosen = {(int(i), int(j)): "same" for i, j in zip(rows, columns, strict=True) if rounded[i, j] >= limit}
    covered = np.maximum(scores.covered_left, scores.covered_right)
    own = covered > 0  # the sentence is nowhere else more alike
    alike = (own & (scores.best_sentence >= SENTENCE)) | ((covered >= SHARE) & (scores.best_sentence >= ALIKE))
    main_left = {i: total[i, j] for i, j in chosen}
    main_right = {j: total[i, j] for i, j in chosen}
    for i, j in zip(*np.nonzero(alike & (rounded >= limit)), strict=True):
        pair = (int(i), int(j))
        if pair in chosen:
            continue
        free = pair[0] not in main_left or pair[1] not in main_right
        main = max(main_left.get(pair[0], 0.0), main_right.get(pair[1], 0.0))
        chosen[pair] = "same" if free and total[pair] >= EQUAL * main else "partial"
    return dict(sorted(chosen.items()))


def align(
    left: Tables,
    right: Tables,
    *,
    deviations: float = DEVIATIONS,
    limit: float | None = None,
    corrections: Corrections | None = None,
) -> Aligned:
    """Align the clauses of two documents.

    Parameters
    ----------
    left, right : Tables
        The documents.
    deviations : float
        How far above unrelated clauses, in standard deviations, a pair has to score.
    limit : float, optional
        The threshold itself, in [0, 1], instead.
    corrections : Corrections, optional
        What a researcher decided about pairs of clauses; it wins.

    Returns
    -------
    Aligned
        Its ``table`` has the columns of `alignment`: every clause of both sides at least once.
    """
    sides = with_headings(left), with_headings(right)
    scores = similarity.score(*sides, lexicon=left.policy.lexicon)
    limit = threshold(scores.total, deviations) if limit is None else limit
    docs, places = (left.doc, right.doc), [places_in(side) for side in sides]
    chosen, origins = apply.to_clauses(choose(scores, limit), corrections or Corrections.none(), docs, places)
    rows = list(_rows(chosen, origins, scores, *sides))
    return Aligned(schema.frame("alignment", rows), scores, limit, *sides, chosen, origins)


def _rows(
    chosen: dict[tuple[int, int], str],
    origins: dict[tuple[int, int], str],
    scores: Scores,
    left: pd.DataFrame,
    right: pd.DataFrame,
) -> Any:
    """Yield the rows of the table: pairs in the order of the left clauses, then what only the right one has."""
    rejected = scores.total.copy()
    for pair in chosen:
        rejected[pair] = 0.0
    sides: dict[str, list[Any]] = {"left": left.to_dict("records"), "right": right.to_dict("records")}
    partners: dict[int, list[int]] = {}
    for i, j in sorted(chosen):
        partners.setdefault(i, []).append(j)
    alone = [j for j in range(len(right)) if all(j != pair[1] for pair in chosen)]
    freed = {pair for pair, origin in origins.items() if origin == "rejected"}
    for i in range(len(left)):
        for j in partners.get(i, []):
            pair = (i, j)
            others = max(rejected[i].max(initial=0.0), rejected[:, j].max(initial=0.0))
            yield {
                **_clause(sides, "left", i), **_clause(sides, "right", j), "relation": chosen[pair],
                "similarity": round(float(scores.total[pair]), 4),
                "margin": round(float(scores.total[pair] - others), 4),
                "shared_terms": "、".join(scores.shared_terms(i, j)), "origin": origins[pair],
            }  # fmt: skip
        if i not in partners:
            origin = "override" if any(pair[0] == i for pair in freed) else "computed"
            yield {**_clause(sides, "left", i), "relation": "left_only", "origin": origin}
    for j in alone:
        origin = "override" if any(pair[1] == j for pair in freed) else "computed"
        yield {**_clause(sides, "right", j), "relation": "right_only", "origin": origin}


def _clause(sides: dict[str, list[Any]], side: str, i: int) -> dict[str, Any]:
    row = sides[side][i]
    return {f"{side}_{name}": row[name] for name in ("section", "clause", "title")}


def places_in(clauses: pd.DataFrame) -> list[Place]:
    """Return where the clauses of a document stand, in the order of their table."""
    return [
        Place(int(section), int(clause)) for section, clause in zip(clauses["section"], clauses["clause"], strict=True)
    ]


def position(clauses: pd.DataFrame, clause: Clause) -> int:
    """Return the row of a clause in its table."""
    numbers = zip(clauses["section"], clauses["clause"], strict=True)
    known = [place if isinstance(clause, tuple) else place[1] for place in numbers]
    if clause not in known:
        raise PolicyError(f"clause {clause}", "there is no such clause", f"one of {known[0]} to {known[-1]}")
    return known.index(clause)


def explain(aligned: Aligned, left_clause: Clause, right_clause: Clause) -> pd.DataFrame:
    """Return the terms that carry a pair: part, term, contribution; the contributions add up to its similarity."""
    import pandas as pd

    i, j = position(aligned.left, left_clause), position(aligned.right, right_clause)
    return pd.DataFrame(aligned.scores.explain(i, j), columns=["part", "term", "contribution"])


def places_of(pairs: pd.DataFrame) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return section and clause of both sides of each row of `alignment`."""
    columns = [f"{side}_{part}" for side in ("left", "right") for part in ("section", "clause")]
    return [((a, b), (c, d)) for a, b, c, d in pairs[columns].astype(int).itertuples(index=False)]


def doubtful(aligned: Aligned, most: int = 10) -> pd.DataFrame:
    """Return the pairs to look at first: those nearest to the threshold or to a rejected candidate.

    Two columns are added to those of `alignment`: ``rival``, the most similar pair that was not chosen (15–14), and
    ``doubt``, the smaller of the leads over it and over the threshold.
    """
    table = aligned.table[aligned.table["similarity"].notna()]
    lead = np.minimum(table["similarity"] - aligned.threshold, table["margin"])
    found = table.assign(rival=_rivals(aligned, table), doubt=lead.round(4))
    return found.sort_values(["doubt", "left_clause", "right_clause"]).head(most)


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
