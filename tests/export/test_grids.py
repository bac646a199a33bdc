"""What people read of a matrix: the grids, their files, the chart, and the command."""

import json
from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from test_charts import LONG, artist, assert_legible

import policycmp
from policycmp import charts, cli, document, many, reading, schema
from policycmp.charts.drawing import style
from policycmp.errors import PolicyError
from policycmp.export import grids
from policycmp.wording import LANGUAGES, label

REFERENCE = reading.data_folder() / "reference" / "texts"
SOURCES = ["longwan", "lucheng", str(REFERENCE / "yunxi.txt")]
EACH_LOOK = pytest.mark.parametrize(("lang", "size"), [(lang, size) for lang in LANGUAGES for size in style.SIZES])


@pytest.fixture(scope="module")
def three():
    return policycmp.matrix(SOURCES, corrections="none")


@pytest.fixture(scope="module")
def parented():
    return policycmp.matrix(SOURCES[:2], parent=SOURCES[2], corrections="none")


def row(table, name):
    return next(dict(zip(table.columns, row, strict=True)) for row in table.rows if str(row[0]).endswith(name))


def target(group, doc, value, indicator="新增企业", **more):
    """A row of measure_targets."""
    place = {"doc": doc, "section": 1, "clause": 1, "target": f"{doc}-001-{group:02}", "quote": f"{indicator}{value}家"}
    look = {"comparator": "equal", "unit": "家", "commitment": "firm", "relative": 1.0}
    return {"group": group, "measure": 1, "indicator": indicator, "value": value, **place, **look, **more}


def table(rows):
    return schema.check("measure_targets", schema.frame("measure_targets", rows))


SMALL = [
    target(1, "a", 8.0),
    target(2, "b", 5.0, "只在一处"),
    target(1, "c", 2.0, relative=0.25, commitment="aspirational"),
    target(3, "b", 3.0, "排名", comparator="top", unit="位", relative=None),
    target(3, "c", 4.0, "位次名次", comparator="top", unit="位", relative=None),
]


def test_a_measure_has_its_clauses_and_targets_in_each_column(three):
    grid = grids.measures(three)
    assert grid.columns == ["措施", "龙湾", "鹿城", "yunxi"]
    assert len(grid) == three.measures["measure"].max()
    cells = row(grid, " 打通人才有序流动通道")
    assert cells["鹿城"] == "第5条 打通人才有序流动通道\n新增卓越工程师 5人"
    assert cells["yunxi"].startswith("第4条 厚植人才发展沃土\n引进高层次人才团队 8个")
    text = "\n".join(str(cell) for line in grid.rows for cell in line)
    for one in three.targets[three.targets["clause"] > 0].to_dict("records"):
        assert one["indicator"] in text
    assert "（部分重合）" in text
    assert "未列入" not in text


def test_each_cell_tells_what_a_district_made_of_the_citys_clause(parented):
    grid = grids.measures(replace(parented, lang="en"))
    assert grid.columns == ["measure", "yunxi", "Longwan", "Lucheng"]
    cells = row(grid, "加力推进以旧换新")
    assert cells["Lucheng"].startswith("cl. 11 更大力度支持消费品以旧换新 (changed, ")
    assert row(grid, "支持科技领域重大项目建设")["Longwan"].startswith("cl. 3 支持科技领域重大项目建设 (new)\n")
    assert row(grid, "补齐水利和管网短板")["Longwan"] == "left out"


def test_targets_and_budgets_side_by_side(three):
    grid = grids.targets(three)
    assert all(sum(bool(cell) for cell in line[1:]) > 1 for line in grid.rows)
    assert row(grid, "新增卓越工程师")["龙湾"] == "≥8人（第6条）"
    assert "New outstanding engineers" in {line[0] for line in grids.targets(replace(three, lang="en")).rows}
    budget = row(grids.budgets(three), "推进服务业高质量发展")
    assert budget["龙湾"] == "三、推进服务业高质量发展 4285万元（专项）"
    assert budget["yunxi"] == "三、激发消费和服务业活力 9600万元"
    assert "未列明" in row(grids.budgets(three), "推进高水平对外开放")["龙湾"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_files_are_the_same_each_time(three, lang, tmp_path):
    spoken = replace(three, lang=lang)
    first, second = (grids.write(spoken, tmp_path / name) for name in ("one", "two"))
    assert [path.name for path in first] == [
        "matrix.csv", "measures.csv", "measure_targets.csv", "measure_budgets.csv", "matrix.xlsx", "matrix.docx",
    ]  # fmt: skip
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    workbook = pd.read_excel(first[4], sheet_name=None, engine="openpyxl")
    assert list(workbook)[1:4] == [label(name, lang, "word") for name in ("measures", "targets", "budgets")]
    shown = workbook[list(workbook)[1]]
    assert len(shown) == len(grids.measures(three))
    import docx

    read = [[cell.text for cell in line.cells] for line in docx.Document(str(first[5])).tables[0].rows]
    assert read[1:] == grids.measures(spoken).rows


def test_the_matrix_with_a_parent_has_the_changes(parented, tmp_path):
    assert "changes.csv" in {path.name for path in grids.write(parented, tmp_path)}


def test_the_command(tmp_path, capsys):
    assert cli.main(["matrix", *SOURCES, "--parent", "lucheng", "--out", str(tmp_path), "--corrections", "none"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[1].split()[0] == "lucheng"
    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")}
    assert names >= {"matrix.csv", "matrix.xlsx", "matrix.docx", "changes.csv", "figures/matrix.png"}
    assert cli.main(["matrix", "longwan", "--out", str(tmp_path)]) == 1
    assert "name two or more" in capsys.readouterr().err


def test_the_chart_says_who_sets_a_target_and_how_high():
    ax = charts.matrix(table(SMALL))
    back = charts.read_back(ax)
    assert back[["item", "doc", "text"]].to_numpy().tolist() == [
        ["新增企业", "a", "8家"], ["新增企业", "b", "–"], ["新增企业", "c", "2家"],
        ["排名", "a", "–"], ["排名", "b", "前3位"], ["排名", "c", "前4位"],
    ]  # fmt: skip
    assert back["relative"].dropna().tolist() == [1, 0.25]
    assert back["firm"].tolist() == [True, "", False, "", "", ""]
    assert_legible(ax)


def test_the_chart_draws_what_the_most_documents_have():
    rows = [*SMALL, *(target(4, doc, 1.0, "三处都有") for doc in "abc")]
    ax = charts.matrix(table(rows), most=1)
    assert set(charts.read_back(ax)["item"]) == {"三处都有"}
    assert any("另有 2 项" in text.get_text() for text in ax.texts)


def test_what_is_read_back_comes_from_the_artists():
    ax = charts.matrix(table(SMALL))
    artist(ax, "relative:0:2").set_width(0.9)
    artist(ax, "text:0:2").set_text("9家")
    back = charts.read_back(ax)
    assert back["relative"].dropna().tolist() == [1, 1]
    assert back["text"][2] == "9家"


def test_each_value_of_the_chart_cites_its_sentence(three, tmp_path):
    files = charts.save_chart(charts.matrix(three), tmp_path / "matrix")
    again = charts.save_chart(charts.matrix(three), tmp_path / "again")
    assert [path.read_bytes() for path in files] == [path.read_bytes() for path in again]
    record = json.loads(files[-1].read_text("utf-8"))
    assert [source["name"] for source in record["sources"]] == ["龙湾", "鹿城", "yunxi"]
    assert [source["sha256"] for source in record["sources"]] == [one.policy.sha256 for one in three.documents]
    texts = {one.doc: one.policy.text for one in three.documents}
    for mark in record["marks"]:
        (passages,) = mark["passages"].values()
        assert bool(passages) == (mark["shown"]["text"] != "–")
        for passage in passages:
            assert texts[passage["doc"]][passage["start"] : passage["end"]] == passage["quote"]


@EACH_LOOK
def test_the_chart_of_many_documents_is_legible(lang, size, three):
    assert_legible(charts.matrix(three, lang=lang, size=size))
    many = [target(group, doc, 1e9 / (group + 1), LONG if group else "短", unit="千瓦时", comparator="at_least")
            for group in range(3) for doc in ("longwan", "chengjiang", *"abcdefg")]  # fmt: skip
    ax = charts.matrix(table(many), lang=lang, size=size)
    assert_legible(ax)
    assert ax.figure.get_figwidth() == pytest.approx(style.SIZES[size].width)


@EACH_LOOK
def test_an_empty_table_says_why_nothing_is_drawn(lang, size):
    ax = charts.matrix(table(SMALL[1:2]), lang=lang, size=size)
    (sentence,) = charts.read_back(ax)["item"]
    assert sentence.startswith("没有可画的" if lang == "zh" else "No ")
    assert_legible(ax)


def test_wrong_tables_and_options_are_named():
    with pytest.raises(PolicyError, match="column group is missing"):
        charts.matrix(pd.DataFrame({"x": [1]}))
    with pytest.raises(PolicyError, match="option lang: got 'fr'; one of: zh, en"):
        charts.matrix(table(SMALL), lang="fr")


def test_axes_of_the_user_are_used():
    with style.context():
        figure, ax = plt.subplots()
        assert charts.matrix(table(SMALL), ax=ax) is ax
        figure.canvas.draw()


def test_names_of_targets_are_the_shortest_in_the_language():
    rows = [{"indicator": text} for text in ("新增省级以上企业", "新增企业", "New firms")]
    assert many.shortest(rows[:2]) == "新增企业"
    assert many.shortest(rows) == "New firms"


def test_documents_of_any_structure_and_of_long_names_can_be_written(tmp_path):
    texts = sorted((Path(__file__).parents[1] / "documents" / "structures").glob("*.txt"))[::4]
    for number, path in enumerate(texts):
        (tmp_path / f"{'长' * 60}{number}.txt").write_bytes(path.read_bytes())
    matrix = policycmp.matrix(sorted(tmp_path.glob("*.txt")), corrections="none")
    own = matrix.measures[matrix.measures["part"] != "partial"]
    assert len(own) == sum(len(one.clauses) for one in matrix.documents)
    grids.write(matrix, tmp_path / "out")
    assert_legible(charts.matrix(matrix))


def test_documents_without_targets_or_budgets_have_empty_grids(tmp_path):
    for name in "ab":
        text = "某区若干政策\n一、强化科技创新\n1.加强创新。支持企业。\n2.引进人才。支持人才。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    matrix = policycmp.matrix([tmp_path / "a.txt", tmp_path / "b.txt"], corrections="none")
    assert len(grids.targets(matrix)) == 0
    assert len(grids.measures(matrix)) == 2
    grids.write(matrix, tmp_path / "out")
    (sentence,) = charts.read_back(charts.matrix(matrix))["item"]
    assert sentence.startswith("没有可画的")
    assert document.stack(matrix.documents)["targets"].empty
