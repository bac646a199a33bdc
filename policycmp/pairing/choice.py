"""Scores → the pairs of clauses that are chosen, and the similarity that a pair has to reach.

Main pairs come from an optimal assignment (Kuhn 1955; Jonker and Volgenant 1987, as in scipy) that may leave clauses
unmatched; further pairs, where a clause is split or merged or one of its measures is elsewhere, from the sentences.
The threshold follows from the documents: `DEVIATIONS` standard deviations above what unrelated clauses score.
"""

from __future__ import annotations

import numpy as np

from policycmp.pairing.similarity import Scores

# On the shipped pair and a made-up one (data/reference) the lowest true main pair stands 3.6 and 9 deviations above
# the mean of unrelated pairs, the highest false one 1.3 and 1.4: 3 keeps them apart with room on both sides.
DEVIATIONS = 3.0
FEWEST_UNRELATED = 30  # with fewer unrelated pairs than this their spread says nothing
FALLBACK = 0.12  # then this similarity is asked for: a little more than the shipped pair's 0.11
# A further pair needs one sentence that is clearly the same (SENTENCE), or a share of a clause (SHARE) whose sentences
# are alike (ALIKE). Unrelated sentences of the two pairs above stay below 0.34, and never make up a share of 0.3.
SENTENCE, SHARE, ALIKE = 0.40, 0.30, 0.25
EQUAL = 0.75  # a further pair at least this fraction as similar as the main pair is another main pair: `same`


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
