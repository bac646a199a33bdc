"""What every chart promises: legible, true to its data, traceable to the sentence, the same each time."""

import re
from functools import cache

import drawn
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawn import assert_legible, draw
from matplotlib.text import Text
from pairs_made import BARE, FULL
from pairs_made import pair as compared

from policycmp import charts, wording
from policycmp.asking import balance, functions, terms
from policycmp.charts.drawing import style
from policycmp.errors import PolicyError
from policycmp.schema import SIDES
from policycmp.wording import LANGUAGES

SINGLE = ("matrix", "promises", "standing")  # of many documents
EACH_CHART = pytest.mark.parametrize("name", drawn.SMALL)  # by its public name
EACH_OF_A_PAIR = pytest.mark.parametrize("name", charts.CHARTS)  # by that of its files
# Each width once, the languages in turn: the texts below are long in either.
LOOKS = [("zh", "column"), ("en", "page"), ("en", "slide")]


def test_every_chart_has_a_small_table_and_a_name():
    listed = {chart.__name__ for chart in charts.CHARTS.values()} | {*SINGLE, "similarity_heatmap", "explanation"}
    assert set(drawn.SMALL) == set(drawn.EXTREME) == listed
    assert listed <= set(charts.__all__)
    assert {f"no_{name}" for name in (*charts.CHARTS, *SINGLE)} <= set(wording.phrases("charts"))


# --- one small table ----------------------------------------------------------------------------------------------


@cache
def small(name):
    """A chart of its small table, drawn once; its artists can be read, and saved, when the figure is closed."""
    return draw(name)


@EACH_CHART
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_overlaps_or_leaves_the_figure(name, lang):
    ax = draw(name, lang=lang, size="column")  # the narrowest
    assert_legible(ax)
    assert ax.figure.get_figwidth() == pytest.approx(style.SIZES["column"].width)


@EACH_CHART
@pytest.mark.parametrize(("lang", "size"), LOOKS)
def test_long_names_and_extreme_values_still_fit(name, lang, size):
    ax = draw(name, drawn.EXTREME[name], lang=lang, size=size, **drawn.LONG_OPTIONS)
    assert_legible(ax)
    if len(charts.read_back(ax)) > 3:  # what cannot be cut further may be higher
        assert ax.figure.get_figheight() <= style.SIZES[size].height


@EACH_CHART
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_table_says_why_nothing_is_drawn(name, lang):
    ax = draw(name, [], lang=lang, size="column")
    (sentence,) = charts.read_back(ax)["item"]
    assert sentence in {words[lang] for key, words in wording.phrases("charts").items() if key.startswith("no_")}
    assert sentence.startswith("没有可画的" if lang == "zh" else "No ")
    assert_legible(ax)


CHANGES = {  # an artist of each chart, and what is done to it
    "budgets": ("left:3", lambda bar: bar.set_width(7)),
    "commitments": ("left_firm:1", lambda bar: bar.set_width(7)),
    "targets": ("ratio:1", lambda dot: dot.set_xdata([2.5])),
    "incentives": ("ratio:1", lambda dot: dot.set_xdata([2.5])),
    "targets_small": ("left:1", lambda bar: bar.set_width(7)),
    "alignment_map": ("link:1-1+1-2", lambda line: line.set_linewidth(1)),
    "similarity_heatmap": ("matrix:0", lambda image: image.set_data(np.zeros((3, 2)))),
    "explanation": ("contribution:1", lambda bar: bar.set_width(7)),
    "terms": ("left:1", lambda bar: bar.set_width(7)),
    "responsibilities": ("cell:left:科技-1", lambda mark: mark.set_markerfacecolor("white")),
    "only_here": ("left_firm:1", lambda bar: bar.set_width(7)),
    "overview": ("left_alone:clauses-1", lambda bar: bar.set_width(7)),
    "matrix": ("text:0:2", lambda text: text.set_text("9家")),
    "promises": ("reached:1", lambda dot: dot.set_xdata([7.5])),
    "standing": ("value:1", lambda dot: dot.set_xdata([7.5])),
}


@EACH_CHART
def test_what_is_read_back_comes_from_the_artists(name):
    ax = draw(name)
    before = charts.read_back(ax)
    gid, change = CHANGES[name]
    change(drawn.artist(ax, gid))
    after = charts.read_back(ax)
    assert not before.equals(after)
    assert before.shape == after.shape
    for mark, row in zip(charts.sidecar(ax)["marks"], after.to_dict("records"), strict=True):
        shown = {column: cell for column, cell in mark["shown"].items() if cell is not None}
        assert {"row": mark["row"], **shown}.items() <= row.items()


@EACH_CHART
def test_the_same_table_gives_the_same_files(name, tmp_path):
    """PNG and PDF are made of the same artists; that they hold no date is tested with the record."""
    both = {"one": small(name), "two": draw(name)}
    one, two = (charts.save_chart(ax, tmp_path / stem, formats=["svg"]) for stem, ax in both.items())
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


@EACH_CHART
def test_axes_of_the_user_are_used(name):
    """Beside another chart, whatever fonts the user has set: a missing glyph would be a warning, which is an error."""
    _, (ax, beside) = plt.subplots(1, 2, figsize=(12, 6), layout="constrained")
    assert draw(name, ax=ax) is ax
    draw("targets", ax=beside, lang="en", title="The other")
    assert_legible(ax)
    for own, other in ((ax, beside), (beside, ax)):
        assert not own.get_tightbbox().overlaps(other.get_tightbbox())
    assert len(charts.read_back(ax)) == len(charts.read_back(small(name)))


@EACH_CHART
def test_wrong_tables_and_options_are_named(name):
    with pytest.raises(PolicyError, match=r"column .* is missing; see the data dictionary"):
        getattr(charts, name)(pd.DataFrame({"x": [1]}))
    with pytest.raises(PolicyError, match="option lang: got 'fr'; one of: zh, en"):
        draw(name, lang="fr")
    with pytest.raises(PolicyError, match="option size: got 'poster'; one of: column, page, slide"):
        draw(name, size="poster")
    with pytest.raises(PolicyError, match="option of a chart: got 'colour'; one of: left, right"):
        draw(name, colour="red")


@pytest.mark.mpl_image_compare(style="default", tolerance=6, savefig_kwargs={"dpi": 80})
@pytest.mark.parametrize("name", ["targets", "alignment_map", "commitments"])
def test_picture(name):
    return draw(name, headings=None if name == "commitments" else drawn.HEADINGS).figure


@pytest.mark.mpl_image_compare(style="default", tolerance=4, savefig_kwargs={"dpi": 80})
@pytest.mark.parametrize("name", ["overview", "similarity_heatmap"])
def test_picture_without_its_texts(name):
    figure = draw(name, drawn.alike(8, 7) if name == "similarity_heatmap" else None).figure
    for text in figure.findobj(Text):  # it is measured elsewhere, and fonts are drawn a little differently everywhere
        text.set_visible(False)
    return figure


# --- the charts of a pair of documents ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chart_of(shipped, other):
    """A function that draws a chart of a pair once for all tests here: artists are read when the figure is closed."""
    known = {}

    def draw_once(name, which="shipped", lang="zh"):
        if (name, which, lang) not in known:
            known[name, which, lang] = charts.CHARTS[name]({"shipped": shipped, "other": other}[which], lang=lang)
        return known[name, which, lang]

    return draw_once


def passages(mark, side):
    return [one for column, found in mark["passages"].items() if column.startswith(side) for one in found]


def is_stated(shown, side):
    """Tell whether a row of a chart shows something of a side that the text must say."""
    if shown.get("similarity") is not None and shown.get("line") == "none":
        return False  # a cell of the matrix that is no pair: the table of all similarities holds it
    said = shown.get(f"{side}_text", "contribution" in shown)
    if f"{side}_firm" in shown:
        said = shown[f"{side}_firm"] + shown[f"{side}_aspirational"]
    return bool(said) and not re.search("未列明|not stated|^0$", str(said))


def assert_traceable(ax, comparison):
    """Every row of the table has its mark, every side that states something a passage, every passage its source."""
    marks, rows = charts.sidecar(ax)["marks"], charts.read_back(ax).to_dict("records")
    for mark, row in zip(marks, rows, strict=True):
        assert {"row": mark["row"], **mark["shown"]}.items() <= row.items()
        for side in SIDES:
            policy, found = comparison[side].policy, passages(mark, side)
            for one in found:
                assert one["doc"] == policy.doc
                assert policy.text[one["start"] : one["end"]] == one["quote"] != ""
            assert found or not is_stated(mark["shown"], side), mark


@EACH_OF_A_PAIR
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_charts_of_the_shipped_pair_are_legible_and_traceable(name, lang, chart_of, shipped):
    ax = chart_of(name, lang=lang)
    assert_legible(ax)
    assert_traceable(ax, shipped)


@EACH_OF_A_PAIR
def test_every_mark_of_another_pair_has_its_passage(name, chart_of, other):
    assert_traceable(chart_of(name, "other"), other)


TABLES = {  # of a comparison: the table that each chart draws, by the name of its files
    "budgets": lambda it: it.budget_pairs,
    "commitments": lambda it: it.targets,
    "targets": lambda it: it.target_pairs,
    "targets_small": lambda it: it.target_pairs,
    "incentives": lambda it: it.incentive_pairs,
    "alignment": lambda it: it.alignment,
    "terms": terms.characteristic,
    "responsibilities": functions.by_function,
    "only_here": balance.only_here,
    "overview": balance.balance,
}
UNKNOWN = {"responsibilities", "explanation", "terms"}  # charts whose table does not say where it is written
UNKNOWN |= {"incentives"}  # the shipped texts pay nobody


@EACH_OF_A_PAIR
def test_a_comparison_gives_the_chart_of_its_table_which_cites_no_more_than_it_knows(name, chart_of, shipped):
    whole, more = chart_of(name), {"target_pairs": shipped.target_pairs} if name == "overview" else {}
    headings = dict(zip(shipped.left.sections["section"], shipped.left.sections["heading"], strict=True))
    bare = charts.CHARTS[name](TABLES[name](shipped), headings=headings, **drawn.NAMES, **more)
    pd.testing.assert_frame_equal(charts.read_back(bare), charts.read_back(whole))
    assert bare.get_title(loc="left") == whole.get_title(loc="left")
    assert whole.texts[-1].get_text().startswith("来源")  # of which a bare table knows the ids at most
    told = ([text.get_text() for text in ax.texts if not text.get_text().startswith("来源")] for ax in (bare, whole))
    assert next(told) == next(told)
    record, known = charts.sidecar(bare), 0
    for mark, full in zip(record["marks"], charts.sidecar(whole)["marks"], strict=True):
        for column, found in mark["passages"].items():
            assert found is None or len(found) <= len(full["passages"][column])
            for one, true in zip(found or [], full["passages"][column], strict=False):
                stated = {key: value for key, value in one.items() if value is not None}
                assert stated.items() <= true.items()
                known += len(stated)
    assert (known > 0) == (name not in UNKNOWN)
    assert record["sources"][0]["sha256"] is None
    assert "threshold" not in record["filters"]


ONE = "若干政策\n\n一、交通\n（一）修路。修公路{n}公里。\n二、其他\n做好服务。\n"
ALIKE = "某区若干政策\n一、强化科技创新\n1.加强创新。支持企业。\n2.引进人才。支持人才。\n"
ODD = {
    "nothing comparable": (FULL.format(place="东山", n=3), BARE.format(place="文明养犬")),
    "no budget, no number": (BARE.format(place="垃圾分类"), BARE.format(place="文明养犬")),
    "one clause": (ONE.format(n=9), ONE.format(n=12)),
    "no body, no other word": (ALIKE, ALIKE.replace("某区", "另区")),
}


@pytest.fixture(scope="module", params=ODD)
def odd(request, tmp_path_factory):
    return compared(tmp_path_factory.mktemp("odd"), *ODD[request.param])


@EACH_OF_A_PAIR
def test_every_chart_of_any_pair_is_legible_or_says_why_nothing_is_drawn(name, odd):
    ax = charts.CHARTS[name](odd)
    assert_legible(ax)
    back = charts.read_back(ax)
    assert len(back)
    if list(back.columns) == ["row", "item"] and len(back) == 1:
        assert back["item"][0].startswith("没有可画的")


@EACH_OF_A_PAIR
def test_a_table_is_wanted_or_a_comparison(name, shipped):
    with pytest.raises(PolicyError, match="got Tables; give the tidy table or a Comparison"):
        charts.CHARTS[name](shipped.left)


@EACH_CHART
def test_no_text_of_a_document_is_taken_for_a_formula(name):
    """Between two $ matplotlib would set mathematics, or fail."""
    texts = [text for text in draw(name).figure.findobj(Text) if text.get_text()]
    assert texts and not any(text.get_parse_math() for text in texts)
