"""Font, colours and sizes of the charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
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
    """The width of a figure and how high it may become, in inches, and its type size in points."""

    width: float
    points: float
    height: float


# Dark blue and light orange: told apart by colour-blind readers, and by lightness alone in a grey print.
LOOKS = {
    "left": Look("#1f4e79", "#1f4e79", "o", "●", "/////"),
    "right": Look("#f2a73b", "#8a5000", "^", "▲", "\\\\\\\\\\"),
}

CM = 1 / 2.54  # inches
# One column and both columns of a Chinese journal (8.5 and 17 cm, 六号, 23 cm of a page), and a slide of 16 : 9.
SIZES = {"column": Size(8.5 * CM, 7.5, 23 * CM), "page": Size(17 * CM, 7.5, 23 * CM), "slide": Size(10.0, 12.0, 5.625)}
FAMILY = ["Noto Sans SC", "DejaVu Sans"]
PALETTES = {"colour": ("#1f4e79", "#f2a73b"), "grey": ("#333333", "#b5b5b5")}

# What is written over a grid line stands on white.
HALO = {"boxstyle": "square,pad=0.05", "facecolor": "white", "edgecolor": "none"}
INK, MUTED, RULE, BAND, PALE = "#222222", "#666666", "#d4d4d4", "#f2f2f2", "#b8b8b8"
DARK = 0.18  # luminance: what is darker has a contrast of 4.5 on white

_FONTS = {"normal": "NotoSansSC-Regular.subset.ttf", "bold": "NotoSansSC-Bold.subset.ttf"}


def looks(palette: str | Sequence[str] | Mapping[str, str] | None) -> dict[str, Look]:
    """Return how the two documents are drawn in a palette: the name of one, or a colour for the left and the right."""
    if palette is None:
        return LOOKS
    if isinstance(palette, str):
        palette = PALETTES[pick("palette", palette, PALETTES)]
    colours = [palette[side] for side in LOOKS] if isinstance(palette, Mapping) else list(palette)[:2]
    pairs = zip(LOOKS.items(), map(_hexadecimal, colours), strict=True)
    return {side: look._replace(fill=fill, ink=_ink(fill)) for (side, look), fill in pairs}


def _hexadecimal(colour: str) -> str:
    """Return a colour of matplotlib as #rrggbb."""
    from matplotlib.colors import is_color_like, to_hex

    if not is_color_like(colour):
        pick("palette", colour, PALETTES)
    return to_hex(colour)


def _ink(fill: str) -> str:
    """Return a colour as dark as a text needs on white."""
    from matplotlib.colors import to_hex, to_rgb

    parts = to_rgb(fill)
    while 0.2126 * parts[0] ** 2.2 + 0.7152 * parts[1] ** 2.2 + 0.0722 * parts[2] ** 2.2 > DARK:
        parts = (parts[0] * 0.95, parts[1] * 0.95, parts[2] * 0.95)
    return str(to_hex(parts))


def font(points: float, weight: str = "normal") -> dict[str, Any]:
    """Return what a text needs to be drawn alike on any axes: the shipped font, its size, no mathematics."""
    return {"fontfamily": FAMILY, "fontsize": points, "fontweight": weight, "parse_math": False}


@cache
def use_style() -> None:
    """Make the shipped fonts known to matplotlib; only the first call of a process does anything."""
    from matplotlib import font_manager

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in map(font_path, _FONTS):
        if path not in known:
            font_manager.fontManager.addfont(path)


def use_fonts() -> None:
    """Let matplotlib draw Chinese in charts of your own, in the fonts of the charts here.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> policycmp.charts.use_fonts()
    >>> ax = plt.figure().add_subplot(title="龙湾与鹿城")
    >>> ax.title.get_fontfamily()
    ['Noto Sans SC', 'DejaVu Sans']
    """
    import matplotlib

    use_style()
    matplotlib.rcParams["font.family"] = FAMILY


@contextmanager
def context(size: str = "page", *, outlines: bool = False) -> Iterator[None]:
    """Make and save figures in the style of this project for as long as the context lasts.

    With ``outlines`` the letters of an SVG file are shapes, else text that can be searched, read aloud and linked.

    Only the settings below are put back at its end: a notebook's backend, which is loaded with the first
    figure, sets others that have to stay, or the second figure would not be shown.
    """
    import matplotlib

    use_style()
    settings: dict[Any, Any] = {
        "font.family": FAMILY,
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
        "svg.fonttype": "path" if outlines else "none",
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
