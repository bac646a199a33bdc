"""The shipped font inside a page, so that Chinese is drawn on a machine that has no Chinese font."""

from __future__ import annotations

import base64
import io
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from policycmp.charts.drawing import style

if TYPE_CHECKING:
    from markupsafe import Markup

FAMILY = "Policy SC"
BOLD = ("h1", "h2", "h3", "h4", "h5", "th", "strong", "summary", "b", "nav")  # a style makes nothing else bold
_VOID = {"br", "img", "input", "meta", "link", "hr", "path", "use"}


def faces(*parts: str, lang: str = "zh") -> Markup:
    """Return the font rules of a page: the shipped font, cut down to the characters that stand in its parts."""
    from markupsafe import Markup

    letters = _Letters()
    for part in parts:
        letters.feed(part)
    quotes = "unicode-range:U+0-2017,U+201E-10FFFF;" * (lang == "en")  # Chinese ones are too wide there
    rules = []
    for name, weight, used in (("normal", 400, letters.every), ("bold", 700, letters.bold)):
        source = f"src:url(data:font/woff;base64,{_subset(name, ''.join(sorted(used)))}) format('woff')"
        rules.append(f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};{quotes}{source}}}")
    return Markup("\n".join(rules))


class _Letters(HTMLParser):
    """The characters that a page shows, attributes included, and those of them in bold type."""

    def __init__(self) -> None:
        super().__init__()
        self.every, self.bold, self._open = set[str](), set[str](), list[bool]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note whether what follows is bold, and what the attributes say that people read."""
        known = dict(attrs)
        for name in ("title", "aria-label", "placeholder", "alt"):
            self.every.update(known.get(name) or "")
        if tag not in _VOID:
            bold = tag in BOLD or "bold" in (known.get("style") or "") or "700" in (known.get("style") or "")
            self._open.append(bold or self._open[-1:] == [True])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Have no content of an element that closes itself."""

    def handle_endtag(self, tag: str) -> None:
        """Return to what stands around."""
        if tag not in _VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Note the characters of a text."""
        self.every.update(data)
        if self._open[-1:] == [True]:
            self.bold.update(data)


@cache
def _subset(weight: str, characters: str) -> str:
    """Return the shipped font with ``characters`` only, as base64."""
    from fontTools import subset

    options = subset.Options(
        flavor="woff", hinting=False, recalc_timestamp=False, layout_features=[], desubroutinize=True
    )
    with subset.load_font(style.font_path(weight), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(font)
        data = io.BytesIO()
        subset.save_font(font, data, options)
    return base64.b64encode(data.getvalue()).decode("ascii")
