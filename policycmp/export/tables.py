"""Tables → files: CSV for other tools, a workbook and a 对比表 for people."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import files, schema
from policycmp.asking import functions, spread, terms
from policycmp.document import Tables, stack
from policycmp.export import side_by_side
from policycmp.shown.translations import translated
from policycmp.wording import label

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison

_WIDTHS = {"text": 18, "integer": 9, "number": 14, "flag": 9}
_LONG = {"text", "quote", "title", "indicator", "heading", "item", "bodies", "shared_terms", "note"}  # 44 wide
_FORMATS = {"share": "0.0%", "shared": "0.0%", "similarity": "0.00", "margin": "0.00"}


def write_tables(documents: Sequence[Tables], out: str | Path) -> list[Path]:
    """Write ``documents.csv`` … ``budgets.csv`` and ``tables.xlsx`` of ``documents`` into the folder ``out``.

    Beside them goes the text that was taken out of a web page, a Word file or a PDF: the offsets point into it.

    Parameters
    ----------
    documents : sequence of Tables
        The documents; each table holds the rows of all.
    out : str or Path
        The folder; it is made if it is not there.

    Returns
    -------
    list of Path
        The files that were written.

    Examples
    --------
    >>> paths = policycmp.export.write_tables([policycmp.load("longwan")], "build/tables")
    >>> [path.name for path in paths[-2:]]
    ['budgets.csv', 'tables.xlsx']
    """
    target = files.folder(out)
    tables = stack(documents)
    paths = [files.write_csv(table, target / f"{name}.csv") for name, table in tables.items()]
    return [*paths, write_workbook(tables, target / "tables.xlsx"), *_texts(documents, target)]


def _texts(documents: Sequence[Tables], target: Path) -> list[Path]:
    paths = []
    for policy in (one.policy for one in documents if one.policy.format != "text"):
        paths.append(target / f"{policy.doc}.txt")
        with files.replacing(paths[-1]) as temporary:
            temporary.write_bytes(policy.text.encode())
    return paths


def comparison_tables(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """Return the tables that a comparison adds to those of its documents.

    Parameters
    ----------
    comparison : Comparison
        The two documents.

    Returns
    -------
    dict of str to DataFrame
        alignment, target_pairs, budget_pairs and target_candidates; wording, how much of each pair of clauses is
        common; functions, which bodies are responsible by function; terms, the characteristic words of both texts.

    Examples
    --------
    Which words set the second document apart from the first?

    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> terms = policycmp.export.comparison_tables(comparison)["terms"]
    >>> terms.sort_values("z")[["term", "left_count", "right_count"]].head(2)
        term  left_count  right_count
    29    集聚           0            9
    28  公共服务           1           10
    """
    own = {name: getattr(comparison, name) for name in schema.PAIR_TABLES}
    own |= {"wording": spread.wording(comparison), "functions": functions.by_function(comparison)}
    return own | {"terms": terms.characteristic(comparison)}


def write_comparison(comparison: Comparison, out: str | Path, *, tables: str | Path | None = None) -> list[Path]:
    """Write the tables of ``comparison`` as CSV, with those of its documents as ``comparison.xlsx``, and its 对比表.

    Parameters
    ----------
    comparison : Comparison
        The two documents; its language is that of the workbook and of the 对比表.
    out : str or Path
        The folder; it is made if it is not there.
    tables : str or Path, optional
        The folder of the CSV files, ``out`` by default; they keep the Chinese names in any language.

    Returns
    -------
    list of Path
        The files that were written.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> paths = policycmp.export.write_comparison(comparison, "build", tables="build/csv")
    >>> [path.as_posix() for path in paths if path.suffix != ".csv"]
    ['build/comparison.xlsx', 'build/comparison.docx']
    """
    target, own = files.folder(out), comparison_tables(comparison)
    csv, shown = files.folder(tables or out), translated(comparison)
    paths = [files.write_csv(table, csv / f"{name}.csv") for name, table in own.items()]
    own |= {name: getattr(shown, name) for name in schema.PAIR_TABLES} | stack([shown.left, shown.right])
    paths.append(write_workbook(own, target / "comparison.xlsx", lang=comparison.lang))
    paths += _texts([comparison.left, comparison.right], csv)
    return [*paths, side_by_side.write(comparison, target / "comparison.docx")]


def write_workbook(tables: Mapping[str, pd.DataFrame], path: str | Path, *, lang: str = "zh") -> Path:
    """Write ``tables`` to one workbook: a first sheet that explains the columns, then a sheet for each.

    The same tables give the same bytes. Text is written as text: no cell is a formula or a link.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The sheets by name; a table of data/DATA_DICTIONARY.md gets its title, and its columns their labels.
    path : str or Path
        The workbook.
    lang : str
        The language of titles and labels, zh or en.

    Returns
    -------
    Path
        The workbook.

    Examples
    --------
    Any tables will do, such as the answer to a question.

    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> answer = policycmp.select(comparison, text="养老")
    >>> policycmp.export.write_workbook({"养老": answer}, "old_age.xlsx").name
    'old_age.xlsx'
    """
    import xlsxwriter

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
        "in_memory": True,
    }
    packed = io.BytesIO()
    with files.replacing(Path(path)) as temporary:
        book = xlsxwriter.Workbook(packed, options)
        book.set_properties({"title": "policycmp", "created": datetime(2025, 1, 1)})
        head = {"bold": True, "bg_color": "#E8EDF3", "border": 1, "text_wrap": True}
        looks: dict[str, dict[str, Any]] = {"head": head, "cell": {"text_wrap": True}, "whole": {"num_format": "#,##0"},
                 "number": {"num_format": "#,##0.0#####"}}  # fmt: skip
        looks |= {name: {"num_format": form} for name, form in _FORMATS.items()}
        styles = {name: book.add_format({"valign": "top", **look}) for name, look in looks.items()}
        _explain(book, tables, styles, lang)
        for name, table in tables.items():
            _sheet(book, name, table, styles, lang)
        book.close()
        temporary.write_bytes(packed.getvalue())
    return Path(path)


def _name(table: str, lang: str) -> str:
    return schema.ABOUT[table].sheet[lang != "zh"] if table in schema.ABOUT else table


def _columns(table: str, data: pd.DataFrame) -> list[schema.Column]:
    known = {column.name: column for column in schema.TABLES.get(table, ())}
    every = {column.name: column for columns in schema.TABLES.values() for column in columns}
    kinds = {"i": "integer", "f": "number", "b": "flag"}
    blank = [schema.Column(str(n), kinds.get(data[n].dtype.kind, "text"), str(n), str(n)) for n in data.columns]
    like = [every.get(c.name, c) for c in blank]
    return [known.get(c.name) or (one if one.kind == c.kind else c) for c, one in zip(blank, like, strict=True)]


def _explain(book: Any, tables: Mapping[str, pd.DataFrame], styles: dict[str, Any], lang: str) -> None:
    """Write the first sheet: every table and column in words."""
    english = lang != "zh"
    sheet = book.add_worksheet(label("about", lang, "workbook"))
    head = ("sheet", "label", "column", "meaning", "values", "rows")
    comma = label("between_items", lang, "names")
    lines: list[Sequence[Any]] = [[label(name, lang, "workbook") for name in head]]
    for name, table in tables.items():
        about = schema.ABOUT[name].about[english] if name in schema.ABOUT else ""
        lines.append((_name(name, lang), "", name, about, "", len(table)))
        lines += [("", (c.zh, c.en)[english], c.name, c.meaning[english], comma.join(filter(None, c.values)))
                  for c in _columns(name, table)]  # fmt: skip
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line, styles["cell" if number else "head"])
    for column, width in enumerate((18, 18, 20, 60, 40, 8)):
        sheet.set_column(column, column, width)
    _set_page(sheet)


def _set_page(sheet: Any) -> None:
    """Keep the header row in sight and at the head of each printed page, A4 across and as wide as the sheet."""
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _sheet(book: Any, name: str, table: pd.DataFrame, styles: dict[str, Any], lang: str) -> None:
    """Write one table with a frozen header, filters, widths and number formats."""
    sheet = book.add_worksheet(_name(name, lang)[:31])
    columns = _columns(name, table)
    for i, column in enumerate(columns):
        plain = column.name.removeprefix("left_").removeprefix("right_")
        sheet.write_string(0, i, column.zh if lang == "zh" else column.en, styles["head"])
        sheet.set_column(i, i, 44 if plain in _LONG or column.name == column.zh else _WIDTHS[column.kind])
        missing = table[column.name].isna().tolist()
        for j, cell in enumerate(table[column.name].tolist(), 1):
            if missing[j - 1]:  # missing is missing
                continue
            if column.kind == "flag" or isinstance(cell, bool):
                cell = label("yes" if cell else "no", lang, "values")
            if column.kind == "number":
                whole = "whole" if float(cell).is_integer() else "number"
                sheet.write_number(j, i, cell, styles[plain if plain in _FORMATS else whole])
            elif column.kind == "integer":
                sheet.write_number(j, i, cell, styles["cell"])
            elif str(cell):
                sheet.write_string(j, i, str(cell)[:32767], styles["cell"])
    _set_page(sheet)
    if columns:
        sheet.autofilter(0, 0, max(len(table), 1), len(columns) - 1)
