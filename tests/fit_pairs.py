"""The weights by which clauses are paired, fitted on annotated pairs, and how right they are where a pair took no part.

    .venv/bin/python tests/fit_pairs.py [FOLDER]

FOLDER holds the real texts, of which data/reference/pairs keeps offsets only (PLACE/YEAR.md); without it they are left
out. Printed are the figures of each pair by weights that were fitted on all others, beside simple methods, how often a
probability is right, and the weights of all pairs together.
"""

import sys

from policycmp.evaluate import annotated


def main() -> None:
    pairs = annotated.load(texts=sys.argv[1] if len(sys.argv) > 1 else None)
    likely = annotated.left_out(pairs)
    found = annotated.clause_pairs(pairs, likely)
    print(found[found["method"].eq("ours") | found["pair"].eq("")].to_string(index=False))
    told = annotated.calibration(pairs, likely)
    print(told.to_string(index=False), f"\nexpected calibration error {annotated.calibration_error(told):.4f}")
    weights, intercept = annotated.fit(pair for pair in pairs if pair.part != "apart")
    print({name: round(weight, 3) for name, weight in weights.items()}, round(intercept, 3))


if __name__ == "__main__":
    main()
