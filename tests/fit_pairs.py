"""The weights by which clauses are paired, fitted on annotated pairs, and how right they are where a pair took no part.

    .venv/bin/python tests/fit_pairs.py [FOLDER]

reads data/reference/pairs and the two pairs of data/reference. FOLDER holds the real work reports of the pairs r1 to r3
(PLACE/YEAR.md), of which the reference keeps offsets only; without it they are left out. Printed are the figures of
each pair left out in its turn, beside baselines, and the weights of all pairs together.
"""

import csv
import re
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from policycmp import document
from policycmp.pairing import alignment, choice, formalities, similarity
from policycmp.text.lexicon import Lexicon

REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference"
PAIRS = REFERENCE / "pairs"
NAMES = list(choice.WEIGHTS)
# Documents about unlike things: none of their clauses answer each other.
CROSSED = (
    ("xihe_draft", "hexu_dog"), ("yanchi_2023", "luchuan_reg"), ("fengxi_renew", "yanchi_2024"),
    ("shuoyuan", "hexu_dog"), ("dingbo_digital", "luchuan_reg"), ("tongling_drain", "dingbo_digital"),
    ("zhiyang_reg", "hexu_dog"), ("xihe_issued", "tongling_drain"), ("lanwan_s", "hexu_dog"),
    ("hongkou", "zhiyang_reg"),
)  # fmt: skip


class Annotated(NamedTuple):
    """Two documents: what their clauses are judged by, and which of them answer each other by the reference."""

    name: str
    scores: similarity.Scores
    evidence: np.ndarray
    truth: np.ndarray
    counted: np.ndarray
    partial: np.ndarray


def rows(name: str) -> list[dict[str, str]]:
    with (PAIRS / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def clauses_of(doc: str, pair: str, reports: Path | None) -> pd.DataFrame:
    """Return the clauses of a document, or the units that were marked in a report."""
    if "/" not in doc:
        places = (PAIRS / f"{doc}.txt", REFERENCE / "texts" / f"{doc}.txt")
        source = next((path for path in places if path.exists()), doc)
        return alignment._with_headings(document.load(source, corrections="none"))
    raw = (reports / f"{doc}.md").open(encoding="utf-8", newline="").read()
    units = [unit for unit in rows("units") if (unit["pair"], unit["report"]) == (pair, doc)]
    found = []
    for unit in units:
        text = raw[int(unit["start"]) : int(unit["end"])].replace("*", "").strip()
        text = re.sub(r"^[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*", "", text)
        lead = re.match(r"([^。\n]{2,30})[。\n](?=.{5})", text)
        title = lead[1] if lead else ""
        found.append((0, int(unit["unit"]), title, text[lead.end() :].strip() if lead else text, ""))
    return pd.DataFrame(found, columns=["section", "clause", "title", "text", "heading"])


def annotated(name: str, docs: tuple[str, str], truth: list[dict[str, str]], reports: Path | None) -> Annotated:
    sides = [clauses_of(doc, name, reports) for doc in docs]
    scores = similarity.score(*sides)
    sections = [list(map(int, side["section"])) for side in sides]
    evidence = choice.evidence(scores, sections, [formalities.formal(side, Lexicon.load()) for side in sides])
    places = [list(zip(*(side[part].astype(int) for part in ("section", "clause")), strict=True)) for side in sides]
    true, counted, partial = np.zeros((3, *scores.total.shape))
    counted += 1
    for row in truth:
        pair = tuple(_position(row, side, own) for side, own in zip(("left", "right"), places, strict=True))
        true[pair], partial[pair] = 1, row["relation"] == "partial"
        counted[pair] = row.get("arguable") != "y"
    stacked = np.stack([evidence[name].ravel() for name in NAMES], axis=1)
    return Annotated(name, scores, stacked, true, counted, partial)


def _position(row: dict[str, str], side: str, places: list[tuple[int, int]]) -> int:
    clause, section = int(row[f"{side}_clause"]), row.get(f"{side}_section")
    return next(n for n, place in enumerate(places) if place[1] == clause and section in (None, "", str(place[0])))


def load(reports: Path | None) -> tuple[list[Annotated], list[Annotated]]:
    found, truth = [], rows("alignment")
    for pair in rows("pairs"):
        if "/" not in pair["left"] or reports:
            own = [row for row in truth if row["pair"] == pair["pair"]]
            found.append(annotated(pair["pair"], (pair["left"], pair["right"]), own, reports))
    with (REFERENCE / "alignment.csv").open(encoding="utf-8-sig", newline="") as file:
        truth = list(csv.DictReader(file))
    for left, right in dict.fromkeys((row["left"], row["right"]) for row in truth):
        found.append(annotated(f"{left}–{right}", (left, right), [r for r in truth if r["left"] == left], None))
    return found, [annotated("×".join(docs), docs, [], None) for docs in CROSSED]


def fitted(pairs: list[Annotated]) -> LogisticRegression:
    parts = [np.concatenate([getattr(pair, name).ravel() for pair in pairs]) for name in ("truth", "counted")]
    data = np.concatenate([pair.evidence for pair in pairs])
    return LogisticRegression(max_iter=3000).fit(data, parts[0], sample_weight=parts[1])


def f1(pair: Annotated, chosen: np.ndarray) -> tuple[float, float, float]:
    """Return how many pairs are right, invented and missed; an arguable one counts for neither."""
    right = (pair.truth * chosen * pair.counted).sum()
    return right, ((1 - pair.truth) * chosen * pair.counted).sum(), (pair.truth * (1 - chosen) * pair.counted).sum()


def baselines(pair: Annotated) -> dict[str, np.ndarray]:
    grams = pair.scores.grams
    row, column = grams >= grams.max(axis=1, keepdims=True), grams >= grams.max(axis=0, keepdims=True)
    some = grams >= 0.1
    return {"bigrams, row or column maximum": (row | column) & some, "bigrams, row maximum": row & some,
            "bigrams, row and column maximum": row & column & some}  # fmt: skip


def main() -> None:
    reports = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    pairs, crossed = load(reports)
    everything = [*pairs, *crossed]
    likely = {}
    for pair in everything:
        model = fitted([other for other in everything if other is not pair])
        likely[pair.name] = model.predict_proba(pair.evidence)[:, 1].reshape(pair.truth.shape)
    counts: dict[str, np.ndarray] = {}
    for pair in pairs:
        chosen = np.zeros_like(pair.truth)
        for place in choice.choose(pair.scores, likely[pair.name]):
            chosen[place] = 1
        for name, found in {"ours": chosen, **baselines(pair)}.items():
            own = np.array(f1(pair, found))
            counts[name] = counts.get(name, 0) + own
            print(f"{pair.name:18} {name:32} F1 {2 * own[0] / max(2 * own[0] + own[1] + own[2], 1):.3f}  {own}")
    for name, own in counts.items():
        print(f"{'together':18} {name:32} F1 {2 * own[0] / (2 * own[0] + own[1] + own[2]):.3f}  {own}")
    for pair in crossed:
        print(f"{pair.name:32} pairs invented: {len(choice.choose(pair.scores, likely[pair.name]))}")
    told = np.concatenate([likely[pair.name][pair.counted > 0] for pair in pairs])
    true = np.concatenate([pair.truth[pair.counted > 0] for pair in pairs])
    for low in np.arange(0, 1, 0.1):
        inside = (told >= low) & (told < low + 0.1 + (low > 0.85))
        print(f"probability {low:.1f}: {inside.sum():5} said {told[inside].mean():.3f} right {true[inside].mean():.3f}")
    model = fitted(everything)
    print(dict(zip(NAMES, model.coef_[0].round(3).tolist(), strict=True)), model.intercept_.round(3))


if __name__ == "__main__":
    main()
