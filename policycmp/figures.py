"""The charts of a comparison as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from policycmp import align, charts, display, files, functions, terms
from policycmp.comparison import Comparison


def drawings(comparison: Comparison, lang: str = "zh") -> dict[str, Callable[[], Any]]:
    """Return the charts of a comparison by name; each call draws one and returns its Axes."""
    sides: dict[str, Any] = dict(zip(("left", "right"), display.names(comparison, lang), strict=True)) | {"lang": lang}
    headings = dict(zip(comparison.left.sections["section"], comparison.left.sections["heading"], strict=True))
    docs: dict[str, Any] = {"left_doc": comparison.left.doc, "right_doc": comparison.right.doc, "headings": headings}
    return {
        "budgets": lambda: charts.budgets(comparison.budget_pairs, **sides),
        "targets": lambda: charts.targets(comparison.target_pairs, headings=headings, **sides),
        "alignment": lambda: charts.alignment_map(comparison.alignment, **sides),
        "commitments": lambda: charts.commitments(comparison.targets, **docs, **sides),
        "responsibilities": lambda: charts.responsibilities(
            functions.by_function(comparison), headings=headings, **sides
        ),
        "explanation": lambda: charts.explanation(_first_doubt(comparison), lang=lang),
        "terms": lambda: charts.terms(terms.characteristic(comparison), **sides),
    }


def _first_doubt(comparison: Comparison) -> Any:
    """Return the terms that carry the most doubtful pair; none where nothing is paired."""
    found = align.doubtful(comparison.aligned, 1)
    if not len(found):
        return pd.DataFrame(columns=["part", "term", "contribution"])
    row = found.iloc[0]
    return align.explain(comparison.aligned, int(row["left_clause"]), int(row["right_clause"]))


def write(comparison: Comparison, out: str | Path, *, lang: str = "zh") -> list[Path]:
    """Draw every chart of ``comparison`` into ``out``: PNG, SVG, PDF and CSV of each."""
    target = files.folder(out)
    paths = []
    for name, draw in drawings(comparison, lang).items():
        ax = draw()
        paths += charts.save_chart(ax, target / name)
        charts.close(ax)
    return paths
