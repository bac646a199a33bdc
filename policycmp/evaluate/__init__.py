"""How right the program is, beside what was read for reference and beside simple methods."""

from policycmp.evaluate.annotated import calibration, calibration_error, clause_pairs, left_out, load
from policycmp.evaluate.roles import Judged, bins, of_report, stretches
from policycmp.evaluate.scores import Evaluation
from policycmp.evaluate.scoring import evaluate, groups, judged_own, sources

__all__ = [
    "Evaluation",
    "Judged",
    "bins",
    "calibration",
    "calibration_error",
    "clause_pairs",
    "evaluate",
    "groups",
    "judged_own",
    "left_out",
    "load",
    "of_report",
    "sources",
    "stretches",
]
