"""The shipped font inside a page, so that Chinese is drawn on a machine that has no Chinese font."""

from __future__ import annotations

import base64
import html
import io
import re
from functools import cache

from policycmp.charts.drawing import style

FAMILY = "Policy SC"


def faces(page: str) -> str:
    """Return the font rules of the page: the shipped font, cut down to the characters that stand in it."""
    text = html.unescape(re.sub(r'="data:[^"]*"', "", page))
    bold = "".join(re.findall(r"<(?:h\d|th|strong|summary|b)\b.*?</(?:h\d|th|strong|summary|b)>", text, re.DOTALL))
    quotes = "unicode-range:U+0-2017,U+201E-10FFFF;" * ('<html lang="en"' in page)  # Chinese ones are too wide there
    source = "src:url(data:font/woff;base64,{}) format('woff')"
    rule = f"@font-face{{{{font-family:'{FAMILY}';font-weight:{{}};{quotes}{source}}}}}"
    faces = (("normal", 400, text), ("bold", 700, bold))
    return "\n".join(rule.format(weight, _subset(name, "".join(sorted(set(used))))) for name, weight, used in faces)


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
