"""Fonts that hold the texts, colours that survive a grey print, settings that hold in their context only."""

from pathlib import Path

import matplotlib
import pytest
from matplotlib import font_manager
from matplotlib.colors import to_rgb

from policycmp.charts.drawing import style
from policycmp.errors import PolicyError

ROOT = Path(__file__).resolve().parents[3]


def grey(color: str) -> float:
    """The lightness that a grey print gives a colour, 0 to 1."""
    return sum(weight * part for weight, part in zip((0.299, 0.587, 0.114), to_rgb(color), strict=True))


def contrast(color: str) -> float:
    """The contrast ratio of text in this colour on white, as web guidelines count it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_the_two_sides_differ_in_grey_and_their_text_is_legible():
    left, right = style.LOOKS.values()
    assert abs(grey(left.fill) - grey(right.fill)) >= 0.3
    assert left.marker != right.marker
    assert left.hatch != right.hatch
    for color in (left.ink, right.ink, style.INK, style.MUTED):
        assert contrast(color) >= 4.5


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_the_fonts_hold_both_texts_and_the_signs_of_the_charts(weight):
    known = matplotlib.ft2font.FT2Font(style.font_path(weight)).get_charmap()
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("data/raw/*.txt"))]
    assert len(texts) >= 2
    signs = "≥≤<≈–−…①⑳●▲←→×·〓〈〉「」《》【】—㎡℃‰"
    assert not {char for char in "".join(texts) + signs if ord(char) not in known} - set("\n\r\t")


def test_the_fonts_come_with_their_licence_and_their_origin():
    folder = ROOT / "policycmp" / "fonts"
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert "pyftsubset" in (folder / "README.md").read_text(encoding="utf-8")
    assert all(path.stat().st_size < 2_600_000 for path in folder.glob("*.ttf"))


def test_the_style_touches_no_setting_outside_its_context():
    before = dict(matplotlib.rcParams)
    style.use_style()
    with style.context("slide"):
        assert matplotlib.rcParams["pdf.fonttype"] == 42
        assert matplotlib.rcParams["font.size"] == style.SIZES["slide"].points
    assert dict(matplotlib.rcParams) == before


def test_what_a_notebook_sets_at_the_first_figure_stays():
    with matplotlib.rc_context():
        with style.context():
            matplotlib.interactive(True)  # as the inline backend does when it is loaded
        assert matplotlib.is_interactive()
        matplotlib.interactive(False)


def test_fonts_are_registered_once():
    for _ in range(3):
        style.use_style()
    paths = [entry.fname for entry in font_manager.fontManager.ttflist]
    assert [paths.count(style.font_path(weight)) for weight in ("normal", "bold")] == [1, 1]


def test_an_unknown_size_lists_the_choices():
    with pytest.raises(PolicyError, match="option size: got 'poster'; one of: column, page, slide"):
        with style.context("poster"):
            pass
