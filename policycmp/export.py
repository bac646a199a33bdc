"""Tables → files: CSV for other tools, and one workbook for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import files, schema
from policycmp.tables import Tables, stack

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison

_WIDTHS = {"text": 18, "integer": 9, "number": 14, "flag": 9}
_LONG = {
    "text",
    "quote",
    "title",
    "indicator",
    "heading",
    "item",
    "bodies",
    "shared_terms",
    "note",
    "left_title",
    "right_title",
}
_SHEETS = {  # table: its sheet's name in Chinese and English, and what it holds
    "documents": ("文件", "documents", "每份文件一行：题名、文号、状态、日期、校验和"),
    "sections": ("部分", "sections", "每个部分一行：标题、牵头单位、导语"),
    "clauses": ("条款", "clauses", "每条一行：条名、正文、责任单位"),
    "responsibilities": ("责任单位", "responsibilities", "每个单位一行：牵头或责任，别称"),
    "quantities": ("全部数字", "quantities", "每个数字一行：类别、指标、数值、单位、原文"),
    "targets": ("目标", "targets", "每个目标一行"),
    "budgets": ("预算", "budgets", "每笔本级财政安排一行，单位为元"),
    "alignment": ("条款对应", "alignment", "左右条款的对应关系、相似度、共同用词"),
    "target_pairs": ("目标对照", "target pairs", "口径一致、可以并列的目标"),
    "budget_pairs": ("预算对照", "budget pairs", "对应部分的安排资金，能否相比，为什么"),
    "target_candidates": ("未成对目标", "near misses", "相近而没有并列的目标，以及原因"),
}  # fmt: skip


def write_tables(documents: Sequence[Tables], out: str | Path) -> list[Path]:
    """Write ``documents.csv`` … ``budgets.csv`` and ``tables.xlsx`` of ``documents`` into the folder ``out``."""
    target = files.folder(out)
    tables = stack(documents)
    paths = [files.write_csv(table, target / f"{name}.csv") for name, table in tables.items()]
    return [*paths, write_workbook(tables, target / "tables.xlsx")]


def comparison_tables(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """Return the tables that a comparison adds to those of its documents, by name."""
    names = (*schema.PAIR_TABLES, "target_candidates")
    return {name: getattr(comparison, name) for name in names}


def write_comparison(comparison: Comparison, out: str | Path, *, lang: str = "zh") -> list[Path]:
    """Write the tables of ``comparison`` as CSV, and with those of its documents as ``comparison.xlsx``."""
    target = files.folder(out)
    own = comparison_tables(comparison)
    paths = [files.write_csv(table, target / f"{name}.csv") for name, table in own.items()]
    everything = own | stack([comparison.left, comparison.right])
    return [*paths, write_workbook(everything, target / "comparison.xlsx", lang=lang)]


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path, *, lang: str = "zh") -> Path:
    """Write ``tables`` to one workbook: a first sheet that explains the columns, then a sheet for each.

    The same tables give the same bytes. Text is written as text: no cell is a formula or a link.
    """
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with files.replacing(path) as temporary:
        book = xlsxwriter.Workbook(str(temporary), options)
        book.set_properties({"title": "policycmp", "created": datetime(2025, 1, 1)})
        styles = {
            "head": book.add_format(
                {"bold": True, "bg_color": "#E8EDF3", "border": 1, "text_wrap": True, "valign": "top"}
            ),
            "cell": book.add_format({"valign": "top", "text_wrap": True}),
            "number": book.add_format({"valign": "top", "num_format": "#,##0.######"}),
        }
        _explain(book, tables, styles, lang)
        for name, table in tables.items():
            _sheet(book, name, table, styles, lang)
        book.close()
    return path


def _name(table: str, lang: str) -> str:
    return _SHEETS[table][0 if lang == "zh" else 1] if table in _SHEETS else table


def _columns(table: str, data: pd.DataFrame) -> list[schema.Column]:
    known = {column.name: column for column in schema.TABLES.get(table, ())}
    every = {column.name: column for columns in schema.TABLES.values() for column in columns}
    kinds = {"i": "integer", "f": "number", "b": "flag"}
    blank = [schema.Column(str(n), kinds.get(data[n].dtype.kind, "text"), str(n), str(n)) for n in data.columns]
    return [known.get(c.name) or every.get(c.name) or c for c in blank]


def _explain(book: Any, tables: Mapping[str, pd.DataFrame], styles: dict[str, Any], lang: str) -> None:
    """Write the first sheet: every table and column in words."""
    sheet = book.add_worksheet("说明" if lang == "zh" else "read me")
    head = ("工作表", "列", "列名", "取值", "行数") if lang == "zh" else ("sheet", "column", "label", "values", "rows")
    sheet.write_row(0, 0, head, styles["head"])
    line = 1
    for name, table in tables.items():
        sheet.write_row(
            line, 0, (_name(name, lang), "", _SHEETS.get(name, ("", "", ""))[2], "", len(table)), styles["cell"]
        )
        line += 1
        for column in _columns(name, table):
            label = column.zh if lang == "zh" else column.en
            sheet.write_row(
                line, 1, (column.name, label, "、".join(value for value in column.values if value)), styles["cell"]
            )
            line += 1
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 3, 44)
    sheet.freeze_panes(1, 0)


def _sheet(book: Any, name: str, table: pd.DataFrame, styles: dict[str, Any], lang: str) -> None:
    """Write one table with a frozen header, filters, widths and number formats."""
    sheet = book.add_worksheet(_name(name, lang)[:31])
    columns = _columns(name, table)
    for i, column in enumerate(columns):
        sheet.write_string(0, i, column.zh if lang == "zh" else column.en, styles["head"])
        sheet.set_column(i, i, 44 if column.name in _LONG else _WIDTHS[column.kind])
        missing = table[column.name].isna().tolist()
        for j, cell in enumerate(table[column.name].tolist(), 1):
            if not missing[j - 1]:  # missing is missing
                _write(sheet, j, i, cell, column.kind, styles)
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, max(len(table), 1), len(columns) - 1)


def _write(sheet: Any, row: int, column: int, cell: Any, kind: str, styles: dict[str, Any]) -> None:
    if kind == "flag" or isinstance(cell, bool):
        sheet.write_string(row, column, "是" if cell else "否", styles["cell"])
    elif kind in {"integer", "number"}:
        sheet.write_number(row, column, cell, styles["number" if kind == "number" else "cell"])
    elif str(cell):
        sheet.write_string(row, column, str(cell)[:32767], styles["cell"])
