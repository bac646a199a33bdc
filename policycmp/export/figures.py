"""The charts of a comparison as files."""

from __future__ import annotations

from pathlib import Path

from policycmp import charts, files
from policycmp.comparison import Comparison


def write(comparison: Comparison, out: str | Path) -> list[Path]:
    """Draw every chart of ``comparison`` into ``out``: PNG, SVG, PDF, CSV and JSON of each."""
    target = files.folder(out)
    paths = []
    for name, draw in charts.CHARTS.items():
        ax = draw(comparison)
        paths += charts.save_chart(ax, target / name)
        charts.close(ax)
    return paths
