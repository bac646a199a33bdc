"""A workbook of any tables: text stays text, what is odd opens, and a failure leaves the old one."""

import openpyxl
import pandas as pd
import pytest

from policycmp import export
from policycmp.errors import PolicyError

EVIL = ["=1+1", "+1+1", "-1+A1", "@SUM(A1)", "\t=1", "http://example.invalid/", "00123"]


def evil():
    size = len(EVIL)
    return pd.DataFrame({"quote": EVIL, "value": [float("nan")] * size, "flag": [True] * size, "clause": range(size)})


def test_no_cell_of_a_workbook_is_a_formula_a_link_or_a_number_by_accident(tmp_path):
    path = export.write_workbook({"targets": evil()}, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[1]
    cells = [sheet.cell(row, 1) for row in range(2, len(EVIL) + 2)]
    assert [cell.value for cell in cells] == EVIL
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert sheet["B2"].value is None


@pytest.mark.parametrize("cells", [[], ["x" * 40_000], ["a\x00b\x0bc"]])
def test_odd_tables_make_workbooks_that_open(tmp_path, cells):
    path = export.write_workbook({"targets": pd.DataFrame({"quote": cells})}, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[1]
    assert sheet["A1"].value == "原文"


def test_what_no_sheet_can_hold_is_told_and_not_cut_off(tmp_path, monkeypatch):
    monkeypatch.setattr("policycmp.export.workbook.MOST_ROWS", 3)
    with pytest.raises(PolicyError, match="table targets has 7 rows, a workbook holds 3; use the CSV or Parquet files"):
        export.write_workbook({"targets": evil()}, tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_failure_in_the_middle_keeps_the_old_workbook(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    monkeypatch.setattr("policycmp.export.workbook._add_sheet", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export.write_workbook({"targets": evil()}, path)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_cell_that_holds_less_than_its_text_says_how_much_is_missing(tmp_path):
    long = "长" * 40_000
    path = export.write_workbook({"mine": pd.DataFrame({"text": [long, "短"]})}, tmp_path / "a.xlsx")
    cells = [row[0].value for row in openpyxl.load_workbook(path)["mine"].iter_rows(min_row=2)]
    kept = cells[0].count("长")
    assert cells[0].endswith(f"还有 {len(long) - kept} 字）") and len(cells[0]) <= 32_767
    assert cells[1] == "短"
