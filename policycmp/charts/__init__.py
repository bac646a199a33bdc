"""The charts: a tidy table or a `Comparison` in, an Axes out; Chinese by default, English on request.

Each function takes its data first, then the keyword-only `Options`, which a `Comparison` makes superfluous; without
``ax`` it makes a figure that is as high as its rows need. `read_back` gives the table of what is drawn, `sidecar` where
all of it is written, and `save_chart` the files.
"""

from policycmp.charts.alignment import alignment_map
from policycmp.charts.bars import budget_shares, budgets, commitments, explanation, terms
from policycmp.charts.bodies import responsibilities
from policycmp.charts.drawing.record import close, read_back, save_chart, sidecar
from policycmp.charts.drawing.subject import Options
from policycmp.charts.matrix import matrix
from policycmp.charts.only_here import only_here
from policycmp.charts.overview import overview
from policycmp.charts.panels import targets_small
from policycmp.charts.similarity import similarity_heatmap
from policycmp.charts.targets import targets

__all__ = [
    "Options", "alignment_map", "budget_shares", "budgets", "close", "commitments", "explanation", "matrix",
    "only_here", "overview", "read_back", "responsibilities", "save_chart", "sidecar", "similarity_heatmap",
    "targets", "targets_small", "terms",
]  # fmt: skip
