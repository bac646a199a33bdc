"""The files of a matrix: what people read of it as CSV, workbook and Word file, the same each time."""

from dataclasses import replace
from pathlib import Path

import docx
import pandas as pd
import pytest
from drawn import assert_legible

import policycmp
from policycmp import charts, cli, document, export, reading
from policycmp.shown import grids
from policycmp.wording import label


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_files_are_the_same_each_time(three, lang, tmp_path):
    spoken = replace(three, lang=lang)
    first, second = (export.write_matrix(spoken, tmp_path / name) for name in ("one", "two"))
    assert [path.name for path in first] == [
        "datapackage.json", "matrix.csv", "measures.csv", "measure_targets.csv", "measure_budgets.csv", "matrix.xlsx",
        "matrix.docx",
    ]  # fmt: skip
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    workbook = pd.read_excel(first[5], sheet_name=None, engine="openpyxl")
    assert list(workbook)[:3] == [label(name, lang, "word") for name in ("measures", "targets", "budgets")]
    shown = next(iter(workbook.values()))
    assert len(shown) == len(grids.measures(three))
    read = [[cell.text for cell in line.cells] for line in docx.Document(str(first[6])).tables[0].rows]
    assert read[1:] == grids.measures(spoken).rows


def test_the_matrix_with_a_parent_has_the_changes(parented, tmp_path):
    assert "changes.csv" in {path.name for path in export.write_matrix(parented, tmp_path)}


def test_the_command(tmp_path, capsys):
    sources = ["longwan", "lucheng", str(reading.data_folder() / "reference" / "texts" / "yunxi.txt")]
    assert cli.main(["matrix", *sources, "--parent", "lucheng", "--out", str(tmp_path), "--corrections", "none"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[1].split()[0] == "lucheng"
    names = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.*")}
    assert names >= {"matrix.csv", "matrix.xlsx", "matrix.docx", "changes.csv", "figures/matrix.png"}
    assert cli.main(["matrix", "longwan", "--out", str(tmp_path)]) == 1
    assert "请给出两份或更多" in capsys.readouterr().err


def test_documents_of_any_structure_and_of_long_names_can_be_written(tmp_path):
    texts = sorted((Path(__file__).parents[1] / "documents" / "structures").glob("*.txt"))[::4]
    for number, path in enumerate(texts):
        (tmp_path / f"{'长' * 60}{number}.txt").write_bytes(path.read_bytes())
    matrix = policycmp.matrix(sorted(tmp_path.glob("*.txt")), corrections="none")
    own = matrix.measures[matrix.measures["part"] != "partial"]
    assert len(own) == sum(len(one.clauses) for one in matrix.documents)
    export.write_matrix(matrix, tmp_path / "out")
    assert_legible(charts.matrix(matrix))


def test_documents_without_targets_or_budgets_have_empty_grids(tmp_path):
    for name in "ab":
        text = "某区若干政策\n一、强化科技创新\n1.加强创新。支持企业。\n2.引进人才。支持人才。\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    matrix = policycmp.matrix([tmp_path / "a.txt", tmp_path / "b.txt"], corrections="none")
    assert len(grids.targets(matrix)) == 0
    assert len(grids.measures(matrix)) == 2
    export.write_matrix(matrix, tmp_path / "out")
    (sentence,) = charts.read_back(charts.matrix(matrix))["item"]
    assert sentence.startswith("没有可画的")
    assert document.stack(matrix.documents)["targets"].empty
