"""Pairs of documents that people annotated: how right the pairs of clauses are, where a pair took no part in the fit.

``data/reference/pairs`` says which clauses answer each other, and which documents are about unlike things. Of real
texts it has offsets only: where their folder is not given, they are left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from policycmp import document, locations, schema
from policycmp.evaluate import baselines
from policycmp.pairing import choice
from policycmp.pairing.similarity import Scores
from policycmp.text.lexicon import Lexicon

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, str]
BINS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0)
STEADY = 1.0  # the weight of the penalty (half the sum of squares) that keeps the weights of a fit small


class Annotated(NamedTuple):
    """Two documents: what their clauses are judged by, and which of them answer each other by the reference.

    ``truth``, ``partial`` and ``counted`` have a row for each left and a column for each right clause: an arguable pair
    counts for neither right nor wrong. ``part`` is ``fitted``, ``apart`` (no weight was fitted on it) or ``crossed``
    (documents about unlike things).
    """

    name: str
    part: str
    scores: Scores
    evidence: dict[str, choice.Matrix]
    truth: NDArray[np.float64]
    partial: NDArray[np.float64]
    counted: NDArray[np.float64]
    texts: tuple[list[str], list[str]]


def load(data: str | Path | None = None, *, texts: str | Path | None = None) -> list[Annotated]:
    """Return the annotated pairs whose texts are there: those of ``data`` and the real ones in the folder ``texts``."""
    return list(_every(reference(data), Path(texts) if texts else None))


def reference(data: str | Path | None = None) -> Path:
    """Return the folder of what people read by hand: that of the data folder or, where it has none, the shipped one."""
    folders = [folder / "reference" for folder in locations.data_folders(data)]
    return next((one for one in reversed(folders) if one.is_dir()), folders[-1])


def _every(folder: Path, texts: Path | None) -> Iterator[Annotated]:
    truth = _rows(folder / "pairs" / "alignment.csv")
    for row in _rows(folder / "pairs" / "pairs.csv"):
        own = [one for one in truth if one["pair"] == row["pair"]]
        real = "/" in row["left"]
        if (not real or texts) and (own or not real):
            sides = [_clauses(row[side], row["pair"], folder, texts) for side in schema.SIDES]
            yield _annotated(row["pair"], "fitted" if row["fitted"] else "apart", sides, own)
    main = _rows(folder / "alignment.csv")
    for left, right in dict.fromkeys((row["left"], row["right"]) for row in main):
        sides = [_clauses(doc, "", folder, texts) for doc in (left, right)]
        yield _annotated(f"{left} – {right}", "fitted", sides, [row for row in main if row["left"] == left])
    for row in _rows(folder / "pairs" / "crossed.csv"):
        if texts or "/" not in row["left"] + row["right"]:
            sides = [_clauses(row[side], row["units"], folder, texts) for side in schema.SIDES]
            yield _annotated(f"{row['left']} × {row['right']}", "crossed", sides, [])


def _rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _clauses(doc: str, pair: str, folder: Path, texts: Path | None) -> choice.Side:
    """Return the clauses of a document, or the units that were marked in a real one."""
    units = [row for row in _rows(folder / "pairs" / "units.csv") if (row["pair"], row["report"]) == (pair, doc)]
    if units and texts:
        raw = (texts / f"{doc}.md").open(encoding="utf-8", newline="").read()
        return choice.prepared(_units(units, raw), Lexicon.load())
    places = [folder / "pairs" / f"{doc}.txt", folder / "texts" / f"{doc}.txt"]
    if texts:
        places.append(texts / f"{doc}.md")
    source = next((path for path in places if path.exists()), doc)
    return choice.side(document.load(source, data=folder.parent, corrections="none").of_part(0))


def _units(units: Iterable[Row], raw: str) -> pd.DataFrame:
    import pandas as pd

    found = []
    for unit in units:
        start, stop, body, end = (int(unit[name]) for name in ("start", "title_end", "body", "end"))
        title, text = (raw[slice(*span)].replace("*", "").strip() for span in ((start, stop), (body, end)))
        found.append((0, int(unit["unit"]), title, text, ""))
    return pd.DataFrame(found, columns=["section", "clause", "title", "text", "heading"])


def _annotated(name: str, part: str, sides: Sequence[choice.Side], rows: Iterable[Row]) -> Annotated:
    scores, evidence = choice.judged(sides[0], sides[1])
    truth, counted, partial = np.zeros((3, *scores.total.shape))
    counted += 1
    for row in rows:
        pair = tuple(_position(row, side, own.places) for side, own in zip(schema.SIDES, sides, strict=True))
        truth[pair], partial[pair] = 1, row["relation"] == "partial"
        counted[pair] = row.get("arguable") != "y"
    texts = [[f"{row['title']}{row['text']}" for row in schema.records(side.table)] for side in sides]
    return Annotated(name, part, scores, evidence, truth, partial, counted, (texts[0], texts[1]))


def _position(row: Row, side: str, places: Sequence[schema.Place]) -> int:
    """Return which clause a row of the reference names on one side: by its section where numbers start anew."""
    section, clause = row.get(f"{side}_section", ""), int(row[f"{side}_clause"])
    numbered = [position for position, place in enumerate(places) if place.clause == clause]
    exact = [position for position in numbered if str(places[position].section) == section]
    return (exact or numbered)[0]


# --- the fit ----------------------------------------------------------------------------------------------------------


def fit(pairs: Iterable[Annotated]) -> tuple[dict[str, float], float]:
    """Return the weights and the intercept of the logistic curve that fit some pairs best (Newton's method)."""
    told = [_stacked(pair) for pair in pairs]
    data, truth, counted = (np.concatenate(columns) for columns in zip(*told, strict=True))
    data = np.column_stack([data, np.ones(len(data))])
    penalty = np.array([STEADY] * (data.shape[1] - 1) + [0.0])
    weights = np.zeros(data.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-data @ weights))
        slope = data.T @ (counted * (likely - truth)) + penalty * weights
        curve = (data * (counted * likely * (1 - likely))[:, None]).T @ data + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    names = list(choice.WEIGHTS)
    return dict(zip(names, weights[:-1].tolist(), strict=True)), float(weights[-1])


def _stacked(pair: Annotated) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    data = np.column_stack([pair.evidence[name].ravel() for name in choice.WEIGHTS])
    return data, pair.truth.ravel(), pair.counted.ravel()


def left_out(pairs: Sequence[Annotated]) -> dict[str, choice.Matrix]:
    """Return the probabilities of each pair's clauses by weights that were fitted on all others."""
    found = {}
    for pair in pairs:
        weights, intercept = fit(other for other in pairs if other is not pair and other.part != "apart")
        found[pair.name] = choice.probability(pair.evidence, weights, intercept)
    return found


# --- what comes out ---------------------------------------------------------------------------------------------------

COUNTS = ("right", "invented", "missed", "partial_right", "partial", "alone", "alone_wrong")
TOLD = ["from", "to", "pairs", "said", "right"]
FOUND = ["pair", "part", "method", *COUNTS, "precision", "recall", "f1"]


def clause_pairs(pairs: Sequence[Annotated], likely: Mapping[str, choice.Matrix]) -> pd.DataFrame:
    """Return how right the pairs of clauses are, ours and those of simple methods.

    Parameters
    ----------
    pairs : sequence of Annotated
        As `load` returns them.
    likely : mapping of str to ndarray
        The probabilities of the clauses of each pair, as `left_out` returns them.

    Returns
    -------
    DataFrame
        A row for each pair and method, then of each method over all pairs: pairs found that are right, invented and
        missed; of those in part the right ones and all; clauses said to stand alone, and those of them that do not.
    """
    import pandas as pd

    rows, pooled = [], dict[tuple[str, str], NDArray[np.float64]]()
    for pair in pairs:
        found = np.zeros(pair.truth.shape, dtype=bool)
        for place in choice.choose(pair.scores, likely[pair.name])[0]:
            found[place] = True
        methods = {"ours": found} | baselines.chosen_by(*pair.texts)
        for method, chosen in methods.items():
            counts = _counts(pair, chosen)
            rows.append(_line(pair.name, pair.part, method, counts))
            key = (pair.part, method)
            pooled[key] = pooled.get(key, np.zeros(len(COUNTS))) + counts
    rows += [_line("", part, method, counts) for (part, method), counts in pooled.items()]
    return pd.DataFrame(rows, columns=FOUND)


def _counts(pair: Annotated, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    right = (pair.truth * chosen * pair.counted).sum()
    invented = ((1 - pair.truth) * chosen * pair.counted).sum()
    missed = (pair.truth * ~chosen * pair.counted).sum()
    in_part = [(pair.partial * pair.counted * found).sum() for found in (chosen, 1)]
    alone = wrong = 0
    for axis in (0, 1):
        none = ~chosen.any(axis=axis)
        alone += none.sum()
        wrong += (none & (pair.truth * pair.counted).any(axis=axis)).sum()
    return np.array([right, invented, missed, *in_part, alone, wrong], dtype=float)


def _line(pair: str, part: str, method: str, counts: NDArray[np.float64]) -> list[object]:
    right, invented, missed = counts[:3].tolist()
    precision, recall = (right / total if total else 1.0 for total in (right + invented, right + missed))
    whole = 2 * right + invented + missed
    shares = [precision, recall, 2 * right / whole if whole else 1.0]
    return [pair, part, method, *map(int, counts), *(round(share, 4) for share in shares)]


def calibration(pairs: Sequence[Annotated], likely: Mapping[str, choice.Matrix]) -> pd.DataFrame:
    """Return how often what is said with a probability is right, in bins of it.

    The columns are from, to, pairs, said (the mean probability) and right (the share that is). Pairs that took no part
    in the fit, and documents about unlike things, do not count.
    """
    import pandas as pd

    own = [pair for pair in pairs if pair.part == "fitted"]
    said = np.concatenate([likely[pair.name][pair.counted > 0] for pair in own])
    true = np.concatenate([pair.truth[pair.counted > 0] for pair in own])
    bins = np.clip(np.digitize(said, BINS) - 1, 0, len(BINS) - 2)
    rows = []
    for number, (low, high) in enumerate(pairwise(BINS)):
        inside = bins == number
        means = [round(float(values[inside].mean()), 4) if inside.any() else None for values in (said, true)]
        rows.append([low, high, int(inside.sum()), *means])
    return pd.DataFrame(rows, columns=TOLD)


def calibration_error(table: pd.DataFrame) -> float:
    """Return the expected calibration error of a table of `calibration`: how far said and right differ on average."""
    apart = (table["said"] - table["right"]).abs() * table["pairs"]
    return float(apart.sum() / max(table["pairs"].sum(), 1))
