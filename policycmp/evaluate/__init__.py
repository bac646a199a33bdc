"""How right the program is, beside what people read by hand and beside simple methods."""

from policycmp.evaluate.annotated import calibration, calibration_error, clause_pairs, left_out, load
from policycmp.evaluate.scoring import Evaluation, evaluate, groups

__all__ = ["Evaluation", "calibration", "calibration_error", "clause_pairs", "evaluate", "groups", "left_out", "load"]
