"""What a type checker knows of the public names: mypy reads this file in `make test`, nothing runs it."""

from pathlib import Path
from typing import assert_type

import pandas as pd
from matplotlib.axes import Axes

import policycmp

comparison = policycmp.compare("longwan", "lucheng")
assert_type(comparison, policycmp.Comparison)
assert_type(comparison.left, policycmp.Tables)
assert_type(comparison.target_pairs, pd.DataFrame)
assert_type(policycmp.load("longwan"), policycmp.Tables)
assert_type(policycmp.matrix(["longwan", "lucheng"]), policycmp.Matrix)
assert_type(policycmp.charts.targets(comparison, size="column"), Axes)
assert_type(policycmp.search(comparison, "养老"), pd.DataFrame)
assert_type(policycmp.Corrections.read("overrides"), policycmp.Corrections)
assert_type(policycmp.align.explain(comparison.aligned, 6, 5), pd.DataFrame)
assert_type(comparison.sections[0].left, int | None)
assert_type(policycmp.tables.stack([comparison.left])["targets"], pd.DataFrame)
assert_type(policycmp.export.write_comparison(comparison, "build"), list[Path])
policycmp.charts.targets(comparison, sizes="column")  # type: ignore[call-arg]  # an option that no chart has
