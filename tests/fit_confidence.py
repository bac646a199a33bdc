"""The weights of the confidence of roles, fitted on texts annotated beforehand, and how right they are elsewhere.

    .venv/bin/python tests/fit_confidence.py FOLDER

FOLDER holds the real work reports (PLACE/YEAR.md), of which data/reference/reports keeps offsets and roles only; the
texts of our own are read, too. Printed are the weights as `confidence.toml` has them, and of each kind of texts
the bins of confidence, each text judged by the weights of all the others.
"""

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from policycmp import document, evaluate
from policycmp.quantities.rows import confidence, prose, wordless

SHRINK = 0.3  # of the weights: the inverse strength of the L2 penalty
# The rules were made on the reports and on the texts of our own, and are righter there than elsewhere: the reports by
# which no rule was made say more about how right they are.
COUNTED = {"held out": 6.0, "reports": 1.0, "own texts": 0.3}
CERTAIN = 0.9  # how many of the rows of which that is said are right where no rule was made, is the ceiling
Row = tuple[str, str, dict[str, float], bool]  # model, kind of text, signals, right


def signals_of(source: str | Path) -> tuple[document.Tables, dict[tuple[int, str], dict[str, float]]]:
    """Return the tables of a document, and the signals of its rows by where they stand and what they count."""
    found: dict[tuple[int, str], dict[str, float]] = {}
    own = confidence.confidence

    def note(row: Any, signals: dict[str, float], lexicon: Any) -> float:
        found[row["number_start"], row.get("indicator") or ""] = signals
        return own(row, signals, lexicon)

    for module in (prose, wordless):
        module.confidence = note
    try:
        return document.load(source, corrections="none"), found
    finally:
        for module in (prose, wordless):
            module.confidence = own


def rows_of(judged: list[evaluate.Judged], signals: dict[tuple[int, str], dict[str, float]], kind: str) -> list[Row]:
    found = []
    for one in judged:
        row = one.row
        if not one.found:
            continue
        known = signals.get((row["number_start"], row["indicator"])) or signals.get((row["number_start"], ""))
        if known:
            found.append((confidence.model_of(row), kind, known, one.right))
    return found


def load(folder: Path) -> dict[str, list[Row]]:
    texts = {}
    for report, stretches in evaluate.stretches().items():
        tables, signals = signals_of(folder / f"{report}.md")
        kind = "held out" if stretches[0]["held_out"] else "reports"
        texts[report] = rows_of(evaluate.of_report(tables, report), signals, kind)
    for doc, source in evaluate.sources().items():
        tables, signals = signals_of(source)
        texts[doc] = rows_of(evaluate.judged_own(tables, doc), signals, "own texts")
    return texts


def fitted(rows: list[Row], names: list[str]) -> LogisticRegression:
    data = np.array([[signals.get(name, 0.0) for name in names] for _, _, signals, _ in rows])
    counted = [COUNTED[kind] for _, kind, _, _ in rows]
    return LogisticRegression(C=SHRINK, max_iter=5000).fit(data, [right for *_, right in rows], sample_weight=counted)


def main() -> None:
    texts = load(Path(sys.argv[1]))
    told: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for model in ("roles", "references"):
        every = {doc: [row for row in rows if row[0] == model] for doc, rows in texts.items()}
        names = sorted({name for rows in every.values() for _, _, signals, _ in rows for name in signals})
        for doc, own in every.items():
            if not own:
                continue
            others = [row for other, rows in every.items() if other != doc for row in rows]
            data = np.array([[signals.get(name, 0.0) for name in names] for _, _, signals, _ in own])
            likely = fitted(others, names).predict_proba(data)[:, 1]
            for key in (own[0][1], f"{own[0][1]}, {model}"):
                told[key] += [(float(one), right) for one, (*_, right) in zip(likely, own, strict=True)]
        final = fitted([row for own in every.values() for row in own], names)
        print(f"[confidence.{model}]\nintercept = {final.intercept_[0]:.2f}")
        for name, weight in zip(names, final.coef_[0], strict=True):
            print(f"{name} = {weight:.2f}")
        print()
    certain = [(one, right) for one, right in told["held out"] if one >= CERTAIN]
    ceiling = sum(right for _, right in certain) / sum(one for one, _ in certain)
    print(f"[confidence]\nceiling = {ceiling:.2f}\n")
    for kind, pairs in sorted(told.items()):
        right = [one for _, one in pairs]
        area = roc_auc_score(right, [one for one, _ in pairs]) if len(set(right)) > 1 else 1.0
        print(f"{kind}: {len(pairs)} rows, {sum(right) / len(pairs):.3f} right, area under the curve {area:.3f}")
        print(evaluate.bins([(ceiling * one, right) for one, right in pairs]).to_string(index=False), "\n")


if __name__ == "__main__":
    main()
