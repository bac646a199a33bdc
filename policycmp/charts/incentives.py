"""Incentives for the same thing, as rows with what each side pays and a dot on a common scale of ratios."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Unpack

from policycmp.charts.drawing.canvas import Canvas, drawing
from policycmp.charts.drawing.options import Options, explained
from policycmp.charts.targets import draw_pairs, in_order
from policycmp.schema import SIDES, Record, records
from policycmp.shown import naming

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from policycmp.charts.drawing.subject import Data


@explained
def incentives(data: Data, **options: Unpack[Options]) -> Axes:
    """Draw each pair of incentives that pay for the same thing: what both pay, and a dot on a common scale of ratios.

    The dot stands on the side that pays more: by the sum or the rate, where those are equal by the ceiling. A pair of
    which one states a sum and the other only a ceiling has none.

    Parameters
    ----------
    data : DataFrame or Comparison
        The table ``incentive_pairs`` of the data dictionary, or the comparison that holds it.
    **options
        See `Options`.

    Returns
    -------
    Axes
        The chart; `read_back` gives the table of what it shows.

    Examples
    --------
    >>> pairs = policycmp.compare("longwan", "lucheng").incentive_pairs
    >>> policycmp.charts.read_back(policycmp.charts.incentives(pairs, lang="en"))["item"].tolist()
    ['No incentives to draw: nothing is paid for by both documents.']
    """
    with drawing("incentives", data, **options) as chart:
        table = chart.about.table("incentive_pairs")
        pairs = [_as_pair(row) for row in records(in_order(chart, table.assign(section=table["left_section"])))]
        return draw_pairs(chart, pairs, partial(_say, chart), chart.about.of_incentive)


def _as_pair(row: Record) -> Record:
    """Return a pair of incentives with the columns that a pair of targets has."""
    found = dict(row)
    for side in SIDES:
        found |= {f"{side}_indicator": row[f"{side}_object"], f"{side}_target": row[f"{side}_incentive"]}
    return found


def _say(chart: Canvas, pair: Mapping[str, Any], side: str, width: float, *, bare: bool = False) -> str:
    """Return what one side pays, with its clause."""
    return chart.say_number(naming.paid(pair, side, chart.lang), pair[f"{side}_clause"], width, bare=bare)
