"""The charts of a comparison as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from policycmp import charts, files
from policycmp.comparison import Comparison

PICTURES = ("png", "svg", "pdf")


def write(
    comparison: Comparison,
    out: str | Path,
    *,
    names: Iterable[str] | None = None,
    formats: Sequence[str] = PICTURES,
    size: str = "page",
) -> list[Path]:
    """Draw the charts of ``comparison`` into ``out``: its pictures, CSV and JSON of each.

    Parameters
    ----------
    comparison : Comparison
        What is drawn.
    out : str or Path
        The folder.
    names : iterable of str, optional
        Which charts; by default all.
    formats : sequence of str
        Which pictures of each.
    size : {"page", "column", "slide"}
        The width and the type size.
    """
    target, chosen = files.folder(out), list(charts.CHARTS if names is None else names)
    paths = []
    for name, draw in charts.CHARTS.items():
        if name in chosen:
            ax = draw(comparison, size=size)
            paths += charts.save_chart(ax, target / name, formats=formats)
            charts.close(ax)
    return paths
