"""The charts of a comparison as files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from policycmp import charts, files
from policycmp.comparison import Comparison

CHARTS: dict[str, Callable[..., Any]] = {
    "overview": charts.overview, "targets": charts.targets, "targets_small": charts.targets_small,
    "commitments": charts.commitments, "only_here": charts.only_here, "budgets": charts.budgets,
    "budget_shares": charts.budget_shares, "alignment": charts.alignment_map, "similarity": charts.similarity_heatmap,
    "explanation": charts.explanation, "responsibilities": charts.responsibilities, "terms": charts.terms,
}  # fmt: skip


def drawings(comparison: Comparison) -> dict[str, Callable[[], Any]]:
    """Return the charts of a comparison by name; each call draws one and returns its Axes."""
    return {name: partial(chart, comparison, lang=comparison.lang) for name, chart in CHARTS.items()}


def write(comparison: Comparison, out: str | Path) -> list[Path]:
    """Draw every chart of ``comparison`` into ``out``: PNG, SVG, PDF, CSV and JSON of each."""
    target = files.folder(out)
    paths = []
    for name, draw in drawings(comparison).items():
        ax = draw()
        paths += charts.save_chart(ax, target / name)
        charts.close(ax)
    return paths
