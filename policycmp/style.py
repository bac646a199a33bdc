"""Font, colours and sizes of the charts, and the way that numbers are printed for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from policycmp.errors import PolicyError, choices


class Side(NamedTuple):
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
SIDES = {
    "left": Side("#1f4e79", "#1f4e79", "o", "●", "/////"),
    "right": Side("#f2a73b", "#8a5000", "^", "▲", "\\\\\\\\\\"),
}
SIZES = {"column": Size(3.5, 6.5), "page": Size(7.0, 7.5), "slide": Size(10.0, 12.0)}
LANGUAGES = ("zh", "en")
INK, MUTED, RULE, BAND = "#222222", "#666666", "#d4d4d4", "#f2f2f2"

_FONTS = {"normal": "NotoSansSC-Regular.subset.ttf", "bold": "NotoSansSC-Bold.subset.ttf"}
_SCALES = {
    "zh": ((1e12, 1e12, "万亿"), (1e8, 1e8, "亿"), (1e4, 1e4, "万")),
    "en": ((1e8, 1e9, " bn"), (1e5, 1e6, " m")),
}
_SIGNS = {"at_least": "≥", "at_most": "≤", "less_than": "<", "about": "≈"}
# Chinese counts with measure words that English leaves out (家, 个, 项 …): only real units are named.
_ENGLISH_UNITS = dict(
    pair.split("=")
    for pair in (
        "元=yuan|美元=US dollars|亩=mu|公里=km|平方米=m²|立方米=m³|千瓦时=kWh|分钟=minutes|年=years|%=%"
        "|人=people|名=people|户=households|人次=visits|家次=visits|场=events|件=items"
    ).split("|")
)


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
        "font.family": ["Noto Sans SC", "DejaVu Sans"], "font.size": SIZES[pick("size", size, SIZES)].points,
        # Without hinting a text is as wide at every resolution as it was measured to be.
        "text.color": INK, "text.parse_math": False, "text.hinting": "none", "axes.unicode_minus": True,
        "figure.dpi": 144, "figure.facecolor": "white", "savefig.dpi": 300, "savefig.facecolor": "white",
        "hatch.linewidth": 0.7, "path.simplify": False,
        "pdf.fonttype": 42, "ps.fonttype": 42, "svg.fonttype": "path", "svg.hashsalt": "policycmp",
    }  # fmt: skip
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


def pick(name: str, value: str, allowed: Any) -> str:
    """Return `value` if it is one of `allowed`, else raise an error that lists the choices."""
    if value not in allowed:
        raise PolicyError(f"option {name}", f"got {value!r}", choices(allowed))
    return value


def format_amount(yuan: object, lang: str = "zh") -> str:
    """Return a sum of money as people write it: 3.05亿元, 195万元, 0.305 bn yuan; or 未列明."""
    number = to_float(yuan)
    if number != number:
        return "未列明" if lang == "zh" else "not stated"
    return _scaled((number,), lang) + ("元" if lang == "zh" else " yuan")


def format_value(value: object, value_max: object, comparator: str, unit: str, lang: str = "zh") -> str:
    """Return a quantity with its comparator and unit: ≥150家, 1–2个, ≈5 %, 前3位."""
    low, high = to_float(value), to_float(value_max)
    if low != low:
        return format_amount(None, lang)
    number = _scaled((low, high) if comparator == "range" and high == high else (low,), lang)
    if comparator == "top":
        return f"前{number}{unit}" if lang == "zh" else f"top {number}"
    unit = unit if lang == "zh" else _ENGLISH_UNITS.get(unit, "" if len(unit) == 1 else unit)
    gap = " " if unit and (lang == "en" or unit == "%") else ""
    return f"{_SIGNS.get(comparator, '')}{number}{gap}{unit}"


def chinese_number(number: int) -> str:
    """Return 1 to 99 in Chinese numerals (the way sections are numbered), others in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return ((digits[tens] if tens > 1 else "") + ("十" if tens else "") + digits[ones]).strip()


def to_float(value: Any) -> float:
    """Return `value` as a float, NaN for None and for the missing value of pandas."""
    try:
        return float(value)
    except TypeError:
        return float("nan")


def _scaled(numbers: tuple[float, ...], lang: str) -> str:
    """Write `numbers` as a range on one common scale (万, 亿; m, bn); eight digits keep them exact."""
    largest = max(map(abs, numbers))
    divisor, suffix = next((s[1:] for s in _SCALES[pick("lang", lang, LANGUAGES)] if largest >= s[0]), (1.0, ""))
    text = "–".join(f"{number / divisor:{',' if lang == 'en' else ''}.8g}" for number in numbers)
    return text.replace("-", "−") + suffix


def font_path(weight: str) -> str:
    """Return the file of the shipped font, "normal" or "bold"."""
    return str(files("policycmp") / "fonts" / _FONTS[weight])
