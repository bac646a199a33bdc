"""The charts, read from their artists: what is drawn, what it says, and that nothing overlaps."""

import csv
import itertools
import re

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from policycmp import charts, schema
from policycmp.charts.drawing import style
from policycmp.errors import PolicyError
from policycmp.wording import LANGUAGES

NAMES = {"left": "龙湾", "right": "鹿城"}
HEADINGS = {1: "强化科技创新", 2: "加快先进制造业发展", 3: "推进服务业高质量发展"}
LONG = (
    "支持推动工业领域设备更新和技术改造以及与之配套的绿色工厂、智"
    "能工厂、未来工厂和数字化车间建设项目（含续建项目）的年度完成数量合计"
)


def budget(section, left, right, **more):
    scope = {"left_scope": "section" if left else "", "right_scope": "section" if right else ""}
    place = {"left_section": section, "right_section": section, "heading": HEADINGS[section]}
    row = place | {"left_amount_yuan": left, "right_amount_yuan": right}
    return row | scope | {"comparable": bool(left and right)} | more


BUDGETS = [
    budget(1, None, 3.05e8),
    budget(2, 4.285e7, 0.2e8, left_scope="earmark", comparable=False, note="龙湾为三项专项之和"),
    budget(3, 8.948e7, 10.08e8),
]


def target(section, item, left, right, unit="家", comparators=("equal", "equal"), clauses=(1, 2), **more):
    return {
        "section": section, "left_indicator": item, "right_indicator": item, "unit": unit,
        "left_value": left, "right_value": right, "left_clause": clauses[0], "right_clause": clauses[1],
        "left_comparator": comparators[0], "right_comparator": comparators[1], "origin": "computed",
        "ratio": left / right if left and right else None,
    } | more  # fmt: skip


TARGETS = [
    target(1, "新增高新技术企业", 150, 50, comparators=("at_least", "equal"), clauses=(1, 11)),
    target(1, "卓越工程师", 8, 8, "人"),
    target(2, "电量供给", 5e9, 8e9, "千瓦时", ("about", "about"), (0, 28)),
    target(3, "城市书房", 2, 1, right_value_max=2, comparators=("equal", "range"), ratio=None),
]


def clause(left, right, relation, similarity=None):
    row = {"relation": relation, "similarity": similarity, "origin": "computed"}
    for side, place in (("left", left), ("right", right)):
        if place:
            section, number, title = place
            row |= {f"{side}_section": section, f"{side}_clause": number, f"{side}_title": title}
    return row


ALIGNMENT = [
    clause((1, 1, "加强载体"), (1, 2, "提升平台"), "same", 0.9),
    clause((1, 2, "支持攻关"), (1, 1, "关键技术"), "partial", 0.25),
    clause((2, 3, "人才流动"), (1, 1, "关键技术"), "same"),
    clause((2, 4, "只有左边"), None, "left_only"),
    clause(None, (2, 3, "只有右边"), "right_only"),
]


def commitments_table(counts):
    rows = [
        {"doc": doc, "section": section, "clause": 1, "target": f"{doc}-{n}", "commitment": kind,
         "comparator": "equal", "origin": "computed"}
        for doc, section, kind, count in counts for n in range(count)
    ]  # fmt: skip
    return schema.frame("targets", rows)


COMMITMENTS = [("b", 1, "firm", 3), ("b", 1, "aspirational", 2), ("a", 1, "firm", 1), ("a", 3, "aspirational", 4)]


def draw(name, rows=None, **options):
    """Draw one of the charts from rows of its table, or from the small table above."""
    options = NAMES | options
    if name == "budgets":
        return charts.budgets(schema.frame("budget_pairs", BUDGETS if rows is None else rows), **options)
    if name == "targets":
        options.setdefault("headings", HEADINGS)
        return charts.targets(schema.frame("target_pairs", TARGETS if rows is None else rows), **options)
    if name == "alignment_map":
        return charts.alignment_map(schema.frame("alignment", ALIGNMENT if rows is None else rows), **options)
    return charts.commitments(commitments_table(COMMITMENTS if rows is None else rows), **options)


CHARTS = ("budgets", "targets", "alignment_map", "commitments")
EACH_CHART = pytest.mark.parametrize("name", CHARTS)


def artist(ax, gid):
    (found,) = (child for child in ax.get_children() if child.get_gid() == gid)
    return found


def texts(ax):
    return [text.get_text() for text in ax.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def boxes(ax):
    """The rectangles that the texts of the figure fill, measured by the renderer."""
    ax.figure.canvas.draw()
    found = [t for t in ax.figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    return [(text.get_text(), Text.get_window_extent(text)) for text in found]


def assert_legible(ax):
    figure = ax.figure.bbox
    placed = boxes(ax)
    for text, box in placed:
        inside = box.x0 >= -0.5 and box.y0 >= -0.5 and box.x1 <= figure.x1 + 0.5 and box.y1 <= figure.y1 + 0.5
        assert inside, f"{text!r} leaves the figure: {box} in {figure}"
    for (one, a), (two, b) in itertools.combinations(placed, 2):
        wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide <= 1 or high <= 1.5, f"{one!r} overlaps {two!r} by {wide:.1f} x {high:.1f} pixels"


def test_budgets_draws_each_amount_at_its_length():
    ax = draw("budgets")
    assert artist(ax, "right:1").get_width() == pytest.approx(3.05)
    assert artist(ax, "left:2").get_width() == pytest.approx(0.4285)
    assert artist(ax, "left_text:3").get_text() == "龙湾 8948万元"
    assert "单位：亿元" in texts(ax)


def test_an_amount_that_is_not_stated_has_words_and_no_bar():
    ax = draw("budgets")
    assert artist(ax, "left_text:1").get_text() == "龙湾 未列明"
    assert not [child for child in ax.get_children() if child.get_gid() == "left:1"]


def test_an_amount_of_another_scope_is_hatched_and_has_its_note():
    ax = draw("budgets")
    assert artist(ax, "left:2").get_hatch() == style.LOOKS["left"].hatch
    assert artist(ax, "right:2").get_hatch() is None
    assert artist(ax, "item:2").get_text().endswith("①")
    assert "① 龙湾为三项专项之和" in texts(ax)
    english = draw("budgets", lang="en", left="Longwan", right="Lucheng")
    assert "① Longwan states earmarks only, not the whole section" in texts(english)
    assert artist(english, "left_text:1").get_text() == "Longwan not stated"


def test_budgets_that_nobody_states():
    ax = draw("budgets", [budget(1, None, None), budget(2, None, None)])
    assert charts.read_back(ax)["left_text"].tolist() == ["龙湾 未列明"] * 2
    assert_legible(ax)


def test_targets_show_both_values_with_comparator_and_clause():
    ax = draw("targets")
    assert artist(ax, "left_text:1").get_text() == "≥150家  第1条"
    assert artist(ax, "right_text:1").get_text() == "50家  第11条"
    assert artist(ax, "left_text:3").get_text() == "≈50亿千瓦时  导语"
    assert artist(ax, "right_text:4").get_text() == "1–2家  第2条"


def test_the_dot_stands_at_the_ratio_on_the_side_of_the_larger_value():
    ax = draw("targets")
    dots = [artist(ax, f"ratio:{row}") for row in (1, 2, 3)]
    assert [dot.get_xdata()[0] for dot in dots] == pytest.approx([3, 1, 0.625])
    assert [dot.get_marker() for dot in dots] == ["o", "D", "^"]
    left, right = ax.get_xlim()
    assert left > 3 > 1 > right
    assert left * right == pytest.approx(1)


def test_a_pair_without_a_ratio_keeps_its_row_and_has_no_dot():
    back = charts.read_back(draw("targets"))
    assert back["item"].tolist() == ["新增高新技术企业", "卓越工程师", "电量供给", "城市书房"]
    assert np.isnan(back["ratio"].iloc[3])


@pytest.mark.parametrize("ratio", [0.0, -2.0, float("inf"), float("nan"), None])
def test_a_ratio_that_a_log_scale_cannot_hold_has_no_dot(ratio):
    ax = draw("targets", [target(1, "增长", 1, 1, "%", ratio=ratio)])
    assert "ratio" not in charts.read_back(ax)
    assert_legible(ax)


def test_targets_of_a_section_stand_under_its_heading_and_other_pairs_under_other():
    ax = draw("targets", [*TARGETS, target(None, "其余", 1, 2)], headings={1: "强化科技创新"})
    heads = [text for text in texts(ax) if text in {"一、强化科技创新", "第二部分", "第三部分", "其他"}]
    assert heads == ["一、强化科技创新", "第二部分", "第三部分", "其他"]


def test_the_map_draws_a_line_per_pair():
    ax = draw("alignment_map")
    back = charts.read_back(ax)
    pairs = back.loc[back["line"] != "none", ["left_text", "right_text", "similarity", "line"]]
    assert pairs.iloc[:2].to_numpy().tolist() == [
        ["加强载体  1", "2  提升平台", 0.9, "solid"],
        ["支持攻关  2", "1  关键技术", 0.25, "dashed"],
    ]
    assert pairs["right_text"].tolist()[2] == "1  关键技术"
    assert np.isnan(pairs["similarity"].iloc[2])


def test_a_clause_without_counterpart_is_bold_with_a_hollow_mark():
    ax = draw("alignment_map")
    back = charts.read_back(ax)
    assert back.loc[back["line"] == "none", ["left_text", "right_text"]].to_numpy().tolist() == [
        ["只有左边  4", ""], ["", "3  只有右边"],
    ]  # fmt: skip
    bold = [text.get_text() for text in ax.texts if text.get_fontweight() == "bold" and text.get_gid()]
    assert bold == ["只有左边  4", "3  只有右边"]
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert len(hollow) == 2


def test_the_map_of_one_list():
    ax = draw("alignment_map", [clause((1, 1, "只有左边"), None, "left_only")])
    assert charts.read_back(ax)["left_text"].tolist() == ["只有左边  1"]
    assert_legible(ax)


def test_commitments_counts_firm_and_aspirational_targets():
    ax = draw("commitments", headings=HEADINGS)
    back = charts.read_back(ax).set_index("row")
    assert back.loc["1", "left_firm":"right_text"].tolist() == [3, 2, "龙湾 5项（力争2项）", 1, 0, "鹿城 1项"]
    assert back.loc["2", "left_text"] == "龙湾 0项"
    assert back.loc["3", "right_aspirational"] == 4
    assert artist(ax, "left_aspirational:1").get_hatch() == style.LOOKS["left"].hatch


def test_commitments_takes_the_documents_in_the_order_that_is_asked_for():
    swapped = charts.read_back(draw("commitments", left_doc="a", right_doc="b"))
    assert swapped.loc[0, ["left_firm", "right_firm"]].tolist() == [1, 3]
    half = charts.read_back(draw("commitments", right_doc="b"))
    assert half.loc[0, ["left_firm", "right_firm"]].tolist() == [1, 3]
    alone = charts.read_back(draw("commitments", [("b", 1, "firm", 3)]))
    assert alone.loc[0, ["left_firm", "right_firm"]].tolist() == [3, 0]


@EACH_CHART
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", style.SIZES)
def test_nothing_overlaps_or_leaves_the_figure(name, lang, size):
    ax = draw(name, lang=lang, size=size)
    assert_legible(ax)
    assert ax.figure.get_figwidth() == pytest.approx(style.SIZES[size].width)


@EACH_CHART
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", style.SIZES)
def test_an_empty_table_says_why_nothing_is_drawn(name, lang, size):
    ax = draw(name, [], lang=lang, size=size)
    (sentence,) = charts.read_back(ax)["item"]
    assert sentence.startswith("没有可画的" if lang == "zh" else "No ")
    assert sentence in {words[lang] for words in _words().values()}
    assert_legible(ax)


def _words():
    from policycmp import wording

    return wording.phrases("charts")


LONG_NAMES = {"left": "温州湾新区、龙湾区（高新区、经开区）", "right": "Lucheng District of Wenzhou City"}
EXTREMES = {
    "budgets": [
        budget(1, 1e12, 1, heading=LONG), budget(2, 1e4, None, heading="Abc def " * 9),
        budget(3, 12345678, 9.87654321e11, comparable=False, note=LONG),
    ],
    "targets": [
        target(1, LONG, 1, 1e12, "元"), target(1, "短", 12345678, 1.5, "千瓦时", ("about", "at_least")),
        target(2, "An English indicator of a great many words " * 2, 1e12, 1, "公里"),
    ],
    "alignment_map": [
        clause((1, n, LONG), (8, n, LONG[n:]), "same", 1.0) for n in range(1, 60)
    ] + [clause((99, 100, "x" * 99), None, "left_only"), clause(None, (9, 0, "$5 and $6 ^_^"), "right_only")],
    "commitments": [("a", 1, "firm", 1), ("a", 12, "aspirational", 999), ("b", 12, "firm", 1234)],
}  # fmt: skip


@EACH_CHART
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", style.SIZES)
def test_long_names_and_extreme_values_still_fit(name, lang, size):
    options = {"headings": {1: LONG, 2: "Another heading " * 8}} if name in {"targets", "commitments"} else {}
    ax = draw(name, EXTREMES[name], lang=lang, size=size, **options, **LONG_NAMES)
    assert_legible(ax)
    for dpi in (72, 110, 150, 200):
        with style.context():
            ax.figure.set_dpi(dpi)
            assert_legible(ax)
    if lang == "zh" and name == "budgets":
        assert "1万亿元" in artist(ax, "left_text:1").get_text()


@pytest.mark.parametrize("exponent", range(13))
def test_every_order_of_magnitude_has_an_axis(exponent):
    rows = [target(1, "甲", 10.0**exponent, 1), target(1, "乙", 2, 10.0**exponent)]
    for size in style.SIZES:
        assert_legible(draw("targets", rows, size=size))
        assert_legible(draw("budgets", [budget(1, 10.0**exponent, 3 * 10.0**exponent)], size=size))
        plt.close("all")


@EACH_CHART
def test_a_figure_grows_with_its_rows(name):
    more = {
        "budgets": BUDGETS * 3, "targets": TARGETS * 3, "commitments": [*COMMITMENTS, ("b", 5, "firm", 1)],
        "alignment_map": ALIGNMENT + [clause((3, n, "更多"), None, "left_only") for n in range(5, 30)],
    }  # fmt: skip
    few, many = draw(name), draw(name, more[name])
    assert many.figure.get_figheight() > few.figure.get_figheight()
    assert_legible(many)


@EACH_CHART
def test_axes_of_the_user_are_used(name):
    with style.context():
        figure, (ax, other) = plt.subplots(1, 2, figsize=(16, 6), layout="constrained")
    assert draw(name, ax=ax) is ax
    figure.canvas.draw()
    assert not other.texts
    assert len(charts.read_back(ax)) == len(charts.read_back(draw(name)))


@EACH_CHART
def test_what_is_read_back_comes_from_the_artists(name):
    ax = draw(name)
    before = charts.read_back(ax)
    changed = {
        "budgets": lambda: artist(ax, "left:3").set_width(7),
        "targets": lambda: artist(ax, "ratio:1").set_xdata([2.5]),
        "alignment_map": lambda: artist(ax, "link:1").set_linewidth(1),
        "commitments": lambda: artist(ax, "left_firm:1").set_width(7),
    }
    changed[name]()
    after = charts.read_back(ax)
    assert not before.equals(after)
    assert before.shape == after.shape


@EACH_CHART
def test_wrong_tables_and_options_are_named(name):
    function = getattr(charts, name)
    with pytest.raises(PolicyError, match=r"column .* is missing; see the data dictionary"):
        function(pd.DataFrame({"x": [1]}), **NAMES)
    with pytest.raises(PolicyError, match="option lang: got 'fr'; one of: zh, en"):
        draw(name, lang="fr")
    with pytest.raises(PolicyError, match="option size: got 'poster'"):
        draw(name, size="poster")


@EACH_CHART
def test_a_chart_saved_twice_gives_the_same_bytes(name, tmp_path):
    one = charts.save_chart(draw(name), tmp_path / "one" / "chart.2025")
    two = charts.save_chart(draw(name), str(tmp_path / "two" / "chart.2025"))
    assert [path.name for path in one] == [
        "chart.2025.png",
        "chart.2025.svg",
        "chart.2025.pdf",
        "chart.2025.csv",
        "chart.2025.json",
    ]
    for first, second in zip(one, two, strict=True):
        assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == sorted(path.name for path in one)


def test_saved_files_hold_fonts_and_no_date(tmp_path):
    png, svg, pdf, table, _ = charts.save_chart(draw("budgets"), tmp_path / "chart")
    assert b"/FontFile2" in pdf.read_bytes()
    assert b"/Type3" not in pdf.read_bytes()
    assert b"CreationDate" not in pdf.read_bytes()
    assert "<dc:date>" not in svg.read_text(encoding="utf-8")
    assert plt.imread(png).shape[1] == 2100  # 7 inches at 300 dpi
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_csv_holds_what_is_drawn(tmp_path):
    ax = draw("budgets")
    path, _ = charts.save_chart(ax, tmp_path / "chart", formats=())
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "row": "1", "item": "一、强化科技创新", "left": "", "left_text": "龙湾 未列明",
        "right": "3.05", "right_text": "鹿城 3.05亿元",
    }  # fmt: skip
    assert len(rows) == len(charts.read_back(ax))


@pytest.mark.parametrize(
    ("item", "cell"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("+86", "+86"), ("-5%", "-5%"), ("-5a", "'-5a"), ("好", "好")]
)
def test_no_cell_of_the_csv_is_a_formula(item, cell, tmp_path):
    path, _ = charts.save_chart(draw("targets", [target(1, item, 1, 2)]), tmp_path / "chart", formats=())
    assert pd.read_csv(path, dtype=str)["item"].tolist() == [cell]


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(PolicyError, match="option formats: got 'gif'; one of: png, svg, pdf"):
        charts.save_chart(draw("budgets"), tmp_path / "new" / "chart", formats=("png", "gif"))
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_old_files_alone(tmp_path, monkeypatch):
    charts.save_chart(draw("budgets"), tmp_path / "chart")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setattr("policycmp.charts.drawing.record.read_back", lambda ax: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        charts.save_chart(draw("targets"), tmp_path / "chart")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_plain_savefig_also_embeds_the_fonts_as_truetype(tmp_path):
    draw("budgets").figure.savefig(tmp_path / "plain.pdf")
    assert b"/Type3" not in (tmp_path / "plain.pdf").read_bytes()


def test_close_forgets_the_figure():
    charts.close(draw("budgets"))
    assert not plt.get_fignums()


def test_signs_of_mathematics_and_rare_characters_are_plain_text():
    ax = draw("targets", [target(1, "\U00020bb7 $x^2$ 与 $y_1$", 1, 2)])
    ax.figure.canvas.draw()
    assert charts.read_back(ax)["item"].tolist() == ["〓 $x^2$ 与 $y_1$"]


def test_every_word_is_there_in_both_languages():
    for zh, en in _words().values():
        assert zh and en
        assert re.findall(r"{\w+}", zh) == re.findall(r"{\w+}", en)
        assert not re.search(r"[\u4e00-\u9fff]", en)


@pytest.mark.mpl_image_compare(style="default", tolerance=6, savefig_kwargs={"dpi": 80})
@EACH_CHART
def test_picture(name):
    return draw(name).figure
