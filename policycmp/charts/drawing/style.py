"""Font, colours and sizes of the charts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from policycmp.errors import pick


class Look(NamedTuple):
    """How one of the two documents is drawn, everywhere: `fill` for areas, `ink` for text on white."""

    fill: str
    ink: str
    marker: str
    sign: str
    hatch: str


class Size(NamedTuple):
    """The width of a figure in inches and its type size in points."""

    width: float
    points: float


# Dark blue and light orange: told apart by colour-blind readers, and by lightness alone in a grey print.
LOOKS = {
    "left": Look("#1f4e79", "#1f4e79", "o", "●", "/////"),
    "right": Look("#f2a73b", "#8a5000", "^", "▲", "\\\\\\\\\\"),
}

SIZES = {"column": Size(3.5, 6.5), "page": Size(7.0, 7.5), "slide": Size(10.0, 12.0)}

INK, MUTED, RULE, BAND = "#222222", "#666666", "#d4d4d4", "#f2f2f2"

_FONTS = {"normal": "NotoSansSC-Regular.subset.ttf", "bold": "NotoSansSC-Bold.subset.ttf"}


def use_style() -> None:
    """Make the shipped fonts known to matplotlib; only the first call of a process does anything."""
    from matplotlib import font_manager

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in map(font_path, _FONTS):
        if path not in known:
            font_manager.fontManager.addfont(path)


@contextmanager
def context(size: str = "page") -> Iterator[None]:
    """Make and save figures in the style of this project for as long as the context lasts.

    Only the settings below are put back at its end: a notebook's backend, which is loaded with the first
    figure, sets others that have to stay, or the second figure would not be shown.
    """
    import matplotlib

    use_style()
    settings: dict[Any, Any] = {
        "font.family": ["Noto Sans SC", "DejaVu Sans"],
        "font.size": SIZES[pick("size", size, SIZES)].points,
        "text.color": INK,
        "text.parse_math": False,
        "text.hinting": "none",  # or a text is not as wide at every resolution as it was measured to be
        "axes.unicode_minus": True,
        "figure.dpi": 144,
        "figure.facecolor": "white",
        "savefig.dpi": 300,
        "savefig.facecolor": "white",
        "hatch.linewidth": 0.7,
        "path.simplify": False,
        "pdf.fonttype": 42,
        "ps.fonttype": 42,
        "svg.fonttype": "path",
        "svg.hashsalt": "policycmp",
    }
    before: dict[Any, Any] = {name: matplotlib.rcParams[name] for name in settings}
    matplotlib.rcParams.update(settings)
    try:
        yield
    finally:
        matplotlib.rcParams.update(before)


@lru_cache(maxsize=1)
def figure_class() -> type:
    """Return the figure class of the charts: a plain ``fig.savefig`` also writes in this style."""
    from matplotlib.figure import Figure

    class PolicyFigure(Figure):
        def savefig(self, *args: Any, **kwargs: Any) -> None:
            with context():
                super().savefig(*args, **kwargs)

    return PolicyFigure


def font_path(weight: str) -> str:
    """Return the file of the shipped font, "normal" or "bold"."""
    return str(files("policycmp") / "fonts" / _FONTS[weight])
