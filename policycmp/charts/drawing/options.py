"""What every chart may be told by keyword, said once: to type checkers, to editors and to `help`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_Chart = TypeVar("_Chart", bound=Callable[..., Any])
_PLACE = "**options\n    See `Options`."  # in the docstring of a chart; `explained` puts the text below there


class Options(TypedDict, total=False):
    """What every chart may be told, by keyword.

    Attributes
    ----------
    left, right : str
        What the two documents are called; by default their districts, for a bare table left and right.
    left_doc, right_doc : str
        The ids of the two documents, which the sources of a bare table name.
    headings : Mapping of int to str
        The heading of each section of the left document; a comparison knows them.
    ax : Axes
        Where to draw; by default a figure is made that is as high as its rows need.
    lang : {"zh", "en"}
        The language of titles, units and notes; by default that of the comparison, for a bare table Chinese.
    size : {"page", "column", "slide"}
        The width and the type size of a figure made here: both columns of a journal (17 cm, the default), one (8.5 cm)
        or a slide. No figure is higher than the page: a note says how many rows are in the table only.
    width : float
        The width of a figure made here in cm, where it is another than that of the ``size``.
    figsize : tuple of float
        Its width and height in inches, as matplotlib has them.
    title : str
        The title, by default the finding in a sentence; "" for none.
    palette : {"colour", "grey"}, sequence or mapping of str
        The colours of the left and of the right document.
    top : int
        At most so many rows: the most telling ones.
    order : {"size", "text", "given"}
        The order of the rows: the most telling first, as in the document, or as in the table.

    Examples
    --------
    What several charts are told can be said once.

    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> small: policycmp.charts.Options = {"size": "column", "lang": "en"}
    >>> for draw in (policycmp.charts.targets, policycmp.charts.budgets):
    ...     print(draw(comparison, **small).figure.get_figwidth() * 2.54)
    8.5
    8.5
    """

    left: str | None
    right: str | None
    left_doc: str | None
    right_doc: str | None
    headings: Mapping[int, str] | None
    ax: Axes | None
    lang: str | None
    size: str | None
    width: float | None
    figsize: tuple[float, float] | None
    title: str | None
    palette: str | Sequence[str] | Mapping[str, str] | None
    top: int | None
    order: str | None


def explained(chart: _Chart) -> _Chart:
    """Show every one of the `Options` in the signature and in the docstring of a chart."""
    _, attributes, _ = inspect.cleandoc(Options.__doc__ or "").split("\n\n", 2)
    text = attributes.partition("---\n")[2]
    chart.__doc__ = inspect.cleandoc(chart.__doc__ or "").replace(_PLACE, text)
    signature = inspect.signature(chart)
    own = [one for one in signature.parameters.values() if one.kind is not one.VAR_KEYWORD]
    known = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hint.__forward_arg__)
        for name, hint in Options.__annotations__.items()
    ]
    vars(chart)["__signature__"] = signature.replace(parameters=[*own, *known])
    return chart
