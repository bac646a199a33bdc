"""The charts of a comparison as files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from policycmp import charts, files
from policycmp.comparison import Comparison

CHARTS: dict[str, Callable[..., Any]] = {
    "budgets": charts.budgets, "targets": charts.targets, "alignment": charts.alignment_map,
    "commitments": charts.commitments, "responsibilities": charts.responsibilities,
    "explanation": charts.explanation, "terms": charts.terms,
}  # fmt: skip


def drawings(comparison: Comparison, lang: str = "zh") -> dict[str, Callable[[], Any]]:
    """Return the charts of a comparison by name; each call draws one and returns its Axes."""
    return {name: partial(chart, comparison, lang=lang) for name, chart in CHARTS.items()}


def write(comparison: Comparison, out: str | Path, *, lang: str = "zh") -> list[Path]:
    """Draw every chart of ``comparison`` into ``out``: PNG, SVG, PDF, CSV and JSON of each."""
    target = files.folder(out)
    paths = []
    for name, draw in drawings(comparison, lang).items():
        ax = draw()
        paths += charts.save_chart(ax, target / name)
        charts.close(ax)
    return paths
