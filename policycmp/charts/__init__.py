"""The charts: a tidy table or a `Comparison` in, an Axes out; in the language of the comparison.

Each function takes its data first, then the keyword-only `Options`, most of which a `Comparison` makes superfluous;
without ``ax`` it makes a figure that is as high as its rows need. `read_back` gives the table of what is drawn,
`sidecar` where all of it is written, and `save_chart` the files. `CHARTS` names those of a comparison.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from policycmp.charts.alignment import alignment_map
from policycmp.charts.bodies import responsibilities
from policycmp.charts.drawing.options import Options
from policycmp.charts.drawing.record import close, note_filters, picture, read_back, save_chart, sidecar
from policycmp.charts.drawing.style import use_fonts
from policycmp.charts.incentives import incentives
from policycmp.charts.matrix import matrix
from policycmp.charts.overview import overview
from policycmp.charts.panel import promises, standing
from policycmp.charts.sections import budgets, commitments, only_here
from policycmp.charts.similarity import similarity_heatmap
from policycmp.charts.targets import targets, targets_small
from policycmp.charts.words import explanation, terms

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "CHARTS",
    "Options",
    "alignment_map",
    "budgets",
    "close",
    "commitments",
    "explanation",
    "incentives",
    "matrix",
    "note_filters",
    "only_here",
    "overview",
    "picture",
    "promises",
    "read_back",
    "responsibilities",
    "save_chart",
    "sidecar",
    "similarity_heatmap",
    "standing",
    "targets",
    "targets_small",
    "terms",
    "use_fonts",
]

# The charts of a comparison by the name of their files: what the report, the notebooks and the explorer draw.
CHARTS: dict[str, Callable[..., Axes]] = {
    "overview": overview,
    "targets": targets,
    "targets_small": targets_small,
    "incentives": incentives,
    "commitments": commitments,
    "only_here": only_here,
    "budgets": budgets,
    "alignment": alignment_map,
    "responsibilities": responsibilities,
    "terms": terms,
}
