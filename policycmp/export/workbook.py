"""Tables as a workbook: a first sheet that explains the columns, then a sheet for each table, ready to be printed."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp import files, schema
from policycmp.errors import PolicyError
from policycmp.wording import label, said

if TYPE_CHECKING:
    import pandas as pd

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "in_memory": True,
}
_WIDTHS = {"text": 18, "integer": 9, "number": 14, "flag": 9}  # characters
_WIDE = 44  # characters: for columns that hold sentences
_SENTENCES = {"text", "quote", "title", "indicator", "heading", "item", "bodies", "shared_terms", "note"}
_EXPLAINED = {"sheet": 18, "label": 18, "column": 20, "meaning": 60, "values": 40, "rows": 8}  # columns, characters
_FORMATS = {"share": "0.0%", "shared": "0.0%", "similarity": "0.00", "margin": "0.00"}
_LOOKS: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "bg_color": "#E8EDF3", "border": 1, "text_wrap": True},
    "cell": {"text_wrap": True},
    "whole": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.0#####"},
    **{name: {"num_format": form} for name, form in _FORMATS.items()},
}
_LONGEST = 32767  # characters: a cell holds no more
MOST_ROWS = 1_048_575  # rows of a sheet below its header: no spreadsheet program opens more
_LONGEST_NAME = 31  # characters of the name of a sheet


class _Book(NamedTuple):
    """A workbook that is being written, its styles by name, and its language."""

    file: Any
    styles: dict[str, Any]
    lang: str


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
    for name, table in tables.items():
        if len(table) > MOST_ROWS:
            raise PolicyError("too_many_rows", path, name=name, rows=len(table), most=MOST_ROWS)
    import xlsxwriter

    packed = io.BytesIO()
    with files.replacing(Path(path)) as temporary:
        file = xlsxwriter.Workbook(packed, _OPTIONS)
        file.set_properties({"title": "policycmp", "created": datetime(2025, 1, 1)})
        book = _Book(file, {name: file.add_format({"valign": "top", **look}) for name, look in _LOOKS.items()}, lang)
        _explain(book, tables)
        for name, table in tables.items():
            _add_sheet(book, name, table)
        file.close()
        temporary.write_bytes(packed.getvalue())
    return Path(path)


def _explain(book: _Book, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write the first sheet: every table and column in words."""
    english, comma = book.lang != "zh", label("between_items", book.lang, "names")
    sheet = book.file.add_worksheet(label("about", book.lang, "workbook"))
    lines: list[tuple[Any, ...]] = [tuple(label(name, book.lang, "workbook") for name in _EXPLAINED)]
    for name, table in tables.items():
        about = schema.ABOUT[name].about[english] if name in schema.ABOUT else ""
        lines.append((_name(name, book.lang), "", name, about, "", len(table)))
        for column in _columns(name, table):
            values = comma.join(filter(None, column.values))
            lines.append(("", column.en if english else column.zh, column.name, column.meaning[english], values))
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line, book.styles["cell" if number else "head"])
    for number, width in enumerate(_EXPLAINED.values()):
        sheet.set_column(number, number, width)
    _set_page(sheet)


def _add_sheet(book: _Book, name: str, table: pd.DataFrame) -> None:
    """Write one table with a frozen header, filters, widths and number formats."""
    sheet = book.file.add_worksheet(_name(name, book.lang)[:_LONGEST_NAME])
    columns = _columns(name, table)
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.zh if book.lang == "zh" else column.en, book.styles["head"])
        unknown = column.name == column.zh  # a table for people, whose cells may hold sentences
        wide = unknown or _plain(column) in _SENTENCES
        sheet.set_column(number, number, _WIDE if wide else _WIDTHS[column.kind])
        cells = table[column.name]
        for row, (cell, missing) in enumerate(zip(cells.tolist(), cells.isna().tolist(), strict=True), 1):
            if not missing:
                _write(book, sheet, (row, number), cell, column)
    _set_page(sheet)
    if columns:
        sheet.autofilter(0, 0, max(len(table), 1), len(columns) - 1)


def _write(book: _Book, sheet: Any, place: tuple[int, int], cell: Any, column: schema.Column) -> None:
    """Write one cell as its column says: a number with its format, yes or no, or text."""
    if column.kind == "flag" or isinstance(cell, bool):
        cell = label("yes" if cell else "no", book.lang, "values")
    if column.kind == "number":
        whole = "whole" if float(cell).is_integer() else "number"
        sheet.write_number(*place, cell, book.styles[_plain(column) if _plain(column) in _FORMATS else whole])
    elif column.kind == "integer":
        sheet.write_number(*place, cell, book.styles["cell"])
    elif str(cell):
        sheet.write_string(*place, _fitting(str(cell), book.lang), book.styles["cell"])


def _fitting(text: str, lang: str) -> str:
    """Return a text that a cell can hold; of a longer one, how much is missing stands at its end."""
    if len(text) <= _LONGEST:
        return text
    room = _LONGEST - len(said("cut_cell", lang, chapter="notices", missing=len(text)))
    return text[:room] + said("cut_cell", lang, chapter="notices", missing=len(text) - room)


def _plain(column: schema.Column) -> str:
    """Return the name of a column without its side."""
    return column.name.removeprefix("left_").removeprefix("right_")


def _name(table: str, lang: str) -> str:
    return schema.ABOUT[table].sheet[lang != "zh"] if table in schema.ABOUT else table


def _columns(table: str, data: pd.DataFrame) -> list[schema.Column]:
    """Return the columns of ``data``: those of the data dictionary, of this table or of another; else as they are."""
    known = {column.name: column for column in schema.TABLES.get(table, ())}
    every = {column.name: column for columns in schema.TABLES.values() for column in columns}
    kinds = {"i": "integer", "f": "number", "b": "flag"}
    found = []
    for name in map(str, data.columns):
        plain = schema.Column(name, kinds.get(data[name].dtype.kind, "text"), name, name)
        like = every.get(name, plain)
        found.append(known.get(name) or (like if like.kind == plain.kind else plain))
    return found


def _set_page(sheet: Any) -> None:
    """Keep the header row in sight and at the head of each printed page, A4 across and as wide as the sheet."""
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
