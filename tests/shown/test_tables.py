"""Tables and sentences for people: complete, with units and clauses, and true of any pair of documents."""

import html
import inspect
import json
import re

import pytest
from pairs_made import BARE, FULL, pair

from policycmp import charts, compare, load, schema
from policycmp.schema import Place
from policycmp.shown import naming, sentences, tables
from policycmp.shown.html import Cell, Column, Prose, Table, safe


def functions(module, *others):
    """The public functions of a module that take a comparison alone."""
    found = inspect.getmembers(module, inspect.isfunction)
    own = [name for name, one in found if one.__module__.startswith(module.__name__)]
    return [name for name in own if name[0] != "_" and name not in others]


TABLES = functions(tables, "drawn", "common_name", "headlines", "only_here")
SENTENCES = functions(sentences, "alone", "annexes", "cautions")  # one takes a side, two are silent of most pairs


@pytest.fixture(scope="module", params=["itself", "alike", "nothing in common", "no numbers", "one clause"])
def odd(request, shipped, tmp_path_factory):
    """Pairs that lack something: budgets, targets, bodies, pairs, another name."""
    folder = tmp_path_factory.mktemp("odd")
    match request.param:
        case "itself":
            return compare(shipped.right, shipped.right, corrections="none")
        case "alike":
            return pair(folder, FULL.format(place="东山", n=3), FULL.format(place="西山", n=4))
        case "nothing in common":
            return pair(folder, FULL.format(place="东山", n=3), BARE.format(place="文明养犬"))
        case "no numbers":
            return pair(folder, BARE.format(place="垃圾分类"), BARE.format(place="文明养犬"))
        case _:
            return pair(
                folder,
                "若干政策\n\n一、交通\n（一）修路。修公路9公里。\n二、其他\n做好服务。\n",
                BARE.format(place="文明养犬"),
            )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SENTENCES)
def test_every_sentence_is_true_of_any_pair(name, lang, odd):
    said = getattr(sentences, name)(odd.speaking(lang))
    assert said and "nan" not in said and "None" not in said and "{" not in said
    assert said.startswith(("-", "1.")) or said[-1] in "。."
    assert "<b>" not in said.replace("\\<b\\>", "")


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_any_pair_has_full_rows(name, odd):
    for lang in ("zh", "en"):
        table = getattr(tables, name)(odd.speaking(lang))
        assert all(len(row) == len(table.columns) for row in table.rows)
        page = table._repr_html_()
        assert "<b>" not in page and not re.search(r"\bnan\b", repr(table)) and "<NA>" not in repr(table)
        assert page.count("<tr>") == max(len(table), 1) + 1


def test_a_document_beside_itself_is_told_apart(shipped):
    assert naming.names(compare(shipped.right, shipped.right)) == ("鹿城①", "鹿城②")


@pytest.mark.parametrize("side", ["left", "right"])
def test_paired_targets_and_those_only_here_are_all(shipped, side):
    own = getattr(shipped, side).targets
    paired = shipped.target_pairs[f"{side}_target"].nunique()
    assert len(tables.only_here(shipped, side)) + paired == len(own)
    assert str(len(own) - paired) in sentences.alone(shipped, side)


def test_the_tables_leave_nothing_out(shipped):
    assert len(tables.target_pairs(shipped)) == len(shipped.target_pairs)
    assert len(tables.alignment(shipped)) == len(shipped.alignment)
    assert len(tables.budgets(shipped)) == len(shipped.budgets)
    counts = tables.sections(shipped).rows
    assert sum(row[2] for row in counts) == len(shipped.left.clauses)
    assert sum(row[5] for row in counts) == len(shipped.right.clauses)


def test_every_value_comes_with_its_clause_and_its_sentence(shipped):
    for row in tables.target_pairs(shipped).rows:
        _, _, value, left, left_quote, other, right, right_quote, _ = row
        assert left.anchor.startswith("longwan-") and right.anchor.startswith("lucheng-")
        assert value.anchor.startswith("longwan-n") and other.anchor.startswith("lucheng-n")
        assert left_quote in shipped.left.policy.text and right_quote in shipped.right.policy.text
        assert left_quote[-1] in "。；;" and right_quote[-1] in "。；;"


def test_targets_are_ranked_by_a_factor_that_people_read(shipped):
    table = tables.target_pairs(shipped)
    factors = [row[-1] for row in table.rows]
    assert [cell.key or 0 for cell in factors] == sorted((cell.key or 0 for cell in factors), reverse=True)
    assert factors[0] == "鹿城 44倍" and "相等" in factors
    ratios = shipped.target_pairs["ratio"].dropna()
    assert sum(cell.key is not None for cell in factors) == len(ratios)
    assert sum(cell.startswith("龙湾") for cell in factors) == (ratios > 1).sum()
    assert len(set(table.anchors)) == len(table)


def test_amounts_values_and_clauses_sort_by_what_they_are(shipped):
    money = [row[3] for row in tables.budgets(shipped).rows]
    assert sorted(money, key=lambda cell: cell.key) != sorted(money)
    assert min(money, key=lambda cell: cell.key) == "195万元"
    values = [row[3] for row in tables.only_here(shipped, "left").rows]
    assert all(cell.key is not None and cell.anchor for cell in values)
    places = [row[1].key for row in tables.only_here(shipped, "left").rows]
    assert places == sorted(places)


def test_bodies_count_each_clause_once(shipped):
    both = tables.bodies(shipped, both=True)
    assert all(left or right for _, left, right in both.rows)
    assert {row[0] for row in both.rows} <= {row[0] for row in tables.bodies(shipped).rows}
    totals = [left + right for _, left, right in tables.bodies(shipped).rows]
    assert totals == sorted(totals, reverse=True)
    assert max(left for _, left, _ in both.rows) <= len(shipped.left.clauses)


def test_the_sentence_on_bodies_agrees_with_the_tables(shipped):
    said = sentences.responsibilities(shipped)
    assert f"{len(tables.bodies(shipped, both=True))} 个" in said


def test_a_clause_number_that_stands_twice_is_named_with_its_section(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(
        "若干政策\n\n一、科技\n（一）创新。新增企业3家。\n（二）人才。新增人才3人。\n"
        "二、民生\n（一）养老。新增床位3张。\n（二）教育。新增学位3个。\n",
        encoding="utf-8",
    )
    side = load(file)
    ref = naming.refs(side)
    assert [ref(place) for place in schema.places(side.clauses)] == [
        "第一部分第1条", "第一部分第2条", "第二部分第1条", "第二部分第2条"
    ]  # fmt: skip
    assert (ref(Place(2, 0)), ref(Place(0, 0)), ref(None)) == ("第二部分导语", "部分之外", "")


NOTES = {"zh": "龙湾①未列明；龙湾②未列明", "en": "Longwan① states no amount; Longwan② states no amount"}


@pytest.mark.parametrize("lang", NOTES)
def test_two_documents_of_one_district_are_told_apart_in_the_notes(lang):
    table = tables.budget_pairs(compare("longwan", "longwan", lang=lang))
    assert table.rows[0][-1] == NOTES[lang]


CHARTS = ["overview", "budgets", "targets", "alignment", "commitments", "responsibilities", "terms"]


@pytest.mark.parametrize("name", CHARTS)
def test_what_is_drawn_is_shown_whole_and_as_people_read_it(shipped, name):
    read = charts.read_back(charts.CHARTS[name](shipped))
    shown = tables.drawn(shipped, read)
    assert len(shown) == len(read)
    assert not [text for row in [shown.columns, *shown.texts()] for text in row if re.search("[a-z]{4}|e[+]", text)]
    keys = [getattr(cell, "key", cell) for row in shown.rows for cell in row]
    numbers = [key for key in keys if isinstance(key, float) and key == key]
    assert len(numbers) == read.select_dtypes("float").notna().sum().sum()
    if name == "overview":
        assert shown.texts()[0][2:4] == ["5", "1"]  # and not 5.0, for the sake of a 2.4 below
    expected = {"overview": "10亿", "targets": "鹿城 44倍", "alignment": "虚线"}
    assert expected.get(name, "") in repr(shown)


def test_a_table_escapes_and_aligns():
    table = Table(
        ["<名>", "数"], [["<script>", 1.5], [Cell("第1条", key=1, anchor='a"b-1-1'), None], ["", float("nan")]]
    )
    page = table._repr_html_()
    assert "<script>" not in page and html.escape("<script>") in page
    assert '<td style="text-align:right;white-space:nowrap">1.5</td>' in page
    assert repr(table) == "<名> | 数\n<script> | 1.5\n第1条 | \n | "


def test_the_numbers_of_a_column_have_one_format():
    table = Table(["大", "小", "个"], [[1e9, 0.5, 1200], [12.5, 0.125, 3], [float("nan"), 2.0, None]])
    assert table.texts() == [["1,000,000,000.0", "0.500", "1,200"], ["12.5", "0.125", "3"], ["", "2.000", ""]]


def test_a_table_is_recorded_with_what_its_cells_know():
    head = [Column("甲", side="left"), Column("类", choice=True)]
    record = Table(
        head, [[Cell("≥3家", key=3, anchor="a-n5"), "x"], [Cell("", key=float("nan")), 2]], ["r1", "r2"]
    ).record()
    assert json.loads(json.dumps(record)) == {
        "columns": [["甲", "left", False], ["类", "", True]],
        "rows": [[["≥3家", 3.0, "a-n5"], "x"], ["", ["2", 2.0, ""]]],
        "anchors": ["r1", "r2"],
    }


@pytest.mark.parametrize("text", ["a*b*", "<b>", "[x](y)", "`c`", "# h", "a|b", "1~2", "x_y_z"])
def test_markdown_takes_no_sign_from_a_document(text):
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    said = Prose(f"前 {safe(text)} 后")
    assert repr(said) == f"前 {text} 后"
    assert markdown2html_mistune(said).strip() == f"<p>前 {html.escape(text, quote=False)} 后</p>"


def test_a_clause_without_a_title_is_called_as_it_begins(tmp_path):
    for name, year in (("a", "过去一年"), ("b", "过去五年")):
        text = f"甲区若干政策\n一、交通\n1.{year}，全区新建公路九公里，改造桥梁，绿化沿线。\n2.绿化。新增绿地30公顷。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    rows = tables.alignment(compare(tmp_path / "a.txt", tmp_path / "b.txt", corrections="none")).rows
    assert [(row[2], row[4]) for row in rows] == [("过去一年…", "过去五年…"), ("绿化", "绿化")]
