"""A workbook of any tables: text stays text, what is odd opens, and a failure leaves the old one."""

import re
import tracemalloc

import openpyxl
import pandas as pd
import pytest

from policycmp import export
from policycmp.errors import PolicyError
from policycmp.export.workbook import formats, write_findings
from policycmp.shown.html import Cell, Table

EVIL = ["=1+1", "+1+1", "-1+A1", "@SUM(A1)", "\t=1", "http://example.invalid/", "00123"]


def evil():
    size = len(EVIL)
    return pd.DataFrame({"quote": EVIL, "value": [float("nan")] * size, "flag": [True] * size, "clause": range(size)})


def test_no_cell_of_a_workbook_is_a_formula_a_link_or_a_number_by_accident(tmp_path):
    path = export.write_workbook({"targets": evil()}, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [sheet.cell(row, 1) for row in range(2, len(EVIL) + 2)]
    assert [cell.value for cell in cells] == EVIL
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert sheet["B2"].value is None


@pytest.mark.parametrize("cells", [[], ["x" * 40_000], ["a\x00b\x0bc"]])
def test_odd_tables_make_workbooks_that_open(tmp_path, cells):
    path = export.write_workbook({"targets": pd.DataFrame({"quote": cells})}, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A1"].value == "原文"


def test_memory_does_not_grow_with_the_rows(tmp_path):
    table = pd.DataFrame({"quote": [f"{number:04}" * 500 for number in range(2_000)]})  # four million characters
    tracemalloc.start()
    try:
        export.write_workbook({"targets": table}, tmp_path / "a.xlsx")
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_what_no_sheet_can_hold_is_told_and_not_cut_off(tmp_path, monkeypatch):
    monkeypatch.setattr("policycmp.export.workbook.writing.MOST_ROWS", 3)
    with pytest.raises(PolicyError, match="table targets has 7 rows, a workbook holds 3; use the CSV or Parquet files"):
        export.write_workbook({"targets": evil()}, tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_failure_in_the_middle_keeps_the_old_workbook(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    monkeypatch.setattr("policycmp.export.workbook.writing._add_sheet", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export.write_workbook({"targets": evil()}, path)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


def test_what_needs_too_many_formats_stays_text_and_what_needs_too_many_links_stays_plain(tmp_path, monkeypatch):
    monkeypatch.setattr("policycmp.export.workbook.writing._MOST_FORMS", 3)
    monkeypatch.setattr("policycmp.export.workbook.writing._MOST_LINKS", 2)
    rows = [[Cell(f"{number}家{'店' * number}", key=number, anchor="a1")] for number in range(1, 6)]
    path = write_findings({"mine": Table(["数"], rows, [f"a{row}" for row in range(5)])}, {}, tmp_path / "a.xlsx")
    cells = [row[0] for row in openpyxl.load_workbook(path)["mine"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [1, 2, 3, rows[3][0], rows[4][0]]
    assert [bool(cell.hyperlink) for cell in cells] == [True, True, False, False, False]


def test_text_from_a_source_is_no_link_and_no_formula_where_people_read(tmp_path):
    table = Table(EVIL, [[*EVIL], [Cell(text, anchor="nowhere") for text in EVIL]])
    sheet = openpyxl.load_workbook(write_findings({"mine": table}, {}, tmp_path / "a.xlsx"))["mine"]
    for row in sheet.iter_rows():
        assert [cell.value for cell in row] == EVIL
        assert not [cell for cell in row if cell.hyperlink or cell.data_type != "s"]


def test_rows_are_as_high_as_their_texts_and_columns_as_wide_as_their_numbers(tmp_path):
    """Not every spreadsheet program makes a row higher by itself; a number that does not fit is shown as ###."""
    table = Table(["句", "额"], [["字" * 100, Cell("4285万元", key=42.85e6)], ["短", Cell("10亿元", key=1e9)]])
    sheet = openpyxl.load_workbook(write_findings({"mine": table}, {}, tmp_path / "a.xlsx"))["mine"]
    assert sheet.row_dimensions[2].height == 4 * 15 and sheet.row_dimensions[3].height is None
    assert sheet.column_dimensions["B"].width > len("4285.00") + 2 * len("万元")


def printed(number, form):
    """What a spreadsheet program shows: quoted text, digits, a point of our own; a comma divides by a thousand."""
    texts = re.findall('"[^"]*"', form)
    (digits,) = [part for part in re.split('"[^"]*"', form) if part] or [""]
    before = texts[0][1:-1] if form.startswith('"') else ""
    after = texts[-1][1:-1] if form.endswith('"') and len(texts) > bool(before) else ""
    if not digits:
        return before
    bare = digits.rstrip(",")
    value = number / 1000 ** (len(digits) - len(bare)) * (100 if bare.endswith("%") else 1)
    if "\\." in bare:
        places = len(bare.partition("\\.")[2])
        whole = f"{round(value):0{places + 1}d}"
        text = f"{whole[:-places]}.{whole[-places:]}"
    else:
        places = len(bare.strip("%").partition(".")[2])
        text = f"{value:{',' if bare.startswith('#') else ''}.{places}f}" + "%" * bare.endswith("%")
    return before + text + after


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [("3.05亿元", 305e6, ""), ("10亿元", 1e9, "10.00亿元"), ("4285万元", 42.85e6, "4285.0万元"),
     ("≥1.1万家", 11000, ""), ("1.2345万吨", 12345, ""), ("1.234567亿元", 123456700, "1.23456700亿元"),
     ("2.5万亿元", 2.5e12, ""), ("≥150家", 150, ""), ("≈4.1 %", 4.1, ""), ("8.8%", 0.0884, ""), ("前3位", 3, ""),
     ("鹿城 44倍", 43.668, ""), ("龙湾 4.3倍", 4.3333, ""), ("−2.4 %", -2.4, "-2.4 %"), ("0.305 bn yuan", 305e6, ""),
     ("1,230 mu", 1230, ""), ("1.5 m yuan", 1.5e6, ""), ("十二", 12, ""), ("500 m²", 500, ""), ("≥40 mu", 40, "")],
)  # fmt: skip
def test_a_number_is_kept_whole_and_shown_as_people_read_it(text, key, shown):
    number = formats.of_cell(Cell(text, key=key))
    assert number.value == key
    assert printed(number.value, number.form) == (shown or text)


def test_a_whole_number_of_a_scale_that_no_format_knows_is_shown_without_a_zero_as_long_as_there_is_room(
    tmp_path, monkeypatch
):
    """A format divides by thousands alone: 万 and 亿 leave decimals, but of one number a format may say the text."""
    monkeypatch.setattr("policycmp.export.workbook.writing._MOST_EXACT", 2)
    texts = {"6000万元": 6e7, "≥10亿元": 1e9, "3.05亿元": 305e6, "7000万元": 7e7, "150家": 150}
    rows = [[Cell(text, key=key)] for text, key in texts.items()]
    path = write_findings({"mine": Table(["数"], rows)}, {}, tmp_path / "a.xlsx")
    cells = [row[0] for row in openpyxl.load_workbook(path)["mine"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == list(texts.values())
    assert [cell.number_format for cell in cells] == [
        '[=60000000]"6000万元";0\\.0,"万元"', '[=1000000000]"≥10亿元";"≥"0\\.00,,"亿元"', '0\\.00,,"亿元"',
        '0\\.0,"万元"', '0"家"',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("第2条", 1002),
        ("1–2个", 1),
        ("未列明", float("nan")),
        ("10 %，最高300万元", 10),
        ('3"家', 3),
        ("≥−2", -2),
        ("2023", None),
    ],
)
def test_what_says_no_number_or_another_one_stays_text(text, key):
    assert formats.of_cell(Cell(text, key=key)) is None


def test_a_cell_that_holds_less_than_its_text_says_how_much_is_missing(tmp_path):
    long = "长" * 40_000
    path = export.write_workbook({"mine": pd.DataFrame({"text": [long, "短"]})}, tmp_path / "a.xlsx")
    cells = [row[0].value for row in openpyxl.load_workbook(path)["mine"].iter_rows(min_row=2)]
    kept = cells[0].count("长")
    assert cells[0].endswith(f"还有 {len(long) - kept} 字）") and len(cells[0]) <= 32_767
    assert cells[1] == "短"
