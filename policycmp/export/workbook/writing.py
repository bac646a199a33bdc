"""Tables as a workbook, a sheet for each, ready to be printed; the last sheet explains the columns.

In a workbook that people read these are hidden, and before them stand the sheets that say the same in words. Each row
goes to a temporary file when the next one begins, so that memory does not grow with them: rows are written in order.
"""

from __future__ import annotations

import io
import math
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp import files, schema
from policycmp.errors import PolicyError
from policycmp.export.workbook import formats
from policycmp.shown.html import Cell, Table
from policycmp.shown.tables import sheets
from policycmp.wording import label, phrases, said

if TYPE_CHECKING:
    import pandas as pd

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "constant_memory": True,
}
_WIDTHS = {"text": 18, "integer": 9, "number": 14, "flag": 9}  # characters
_NARROW, _WIDEST = 8, 60  # characters: the columns of what people read
_SPARE = 4  # characters: for the decimals of a number, which its text may lack, and the sign of the filter
_LINE, _HIGHEST = 15, 405  # points: of a line of text, and the most that a row may have
_LATIN = 0x2E7F  # the last character that is not as wide as a Chinese one
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
_LINK = {"font_color": "#0B5394", "underline": 1}
_MOST_LINKS = 65_530  # of a sheet: no spreadsheet program opens more
_MOST_FORMS = 200  # a spreadsheet program holds 200 to 250 number formats, by its language
_MOST_EXACT = 150  # of these, while no more are taken: formats that say one number alone
MOST_ROWS = 1_048_575  # rows of a sheet below its header: no spreadsheet program opens more
_LONGEST_NAME = 31  # characters of the name of a sheet


class _Book(NamedTuple):
    """A workbook that is being written, its styles by name, its language, and the number formats of its cells."""

    file: Any
    styles: dict[str, Any]
    lang: str
    forms: set[str]

    def form(self, number: formats.Number | None) -> str:
        """Return the format of a number for which there is room, the exact one if it can be, and keep it; else none."""
        wanted = [(number.exact, _MOST_EXACT), (number.form, _MOST_FORMS)] if number else []
        for form, most in wanted:
            if form and (form in self.forms or len(self.forms) < most):
                self.forms.add(form)
                return form
        return ""

    def style(self, form: str = "", *, linked: bool = False) -> Any:
        """Return the style of a cell with a number format, without one that of text."""
        name = f"{form}{' linked' * linked}"
        if name not in self.styles:
            look = {"num_format": form} if form else {"text_wrap": True}
            self.styles[name] = self.file.add_format({"valign": "top", **look, **(_LINK if linked else {})})
        return self.styles[name]


def write_workbook(tables: Mapping[str, pd.DataFrame], path: str | Path, *, lang: str = "zh") -> Path:
    """Write ``tables`` to one workbook, a sheet for each; the last sheet explains the columns.

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
    return _write_book({}, tables, path, lang)


def write_findings(
    people: Mapping[str, Table], tables: Mapping[str, pd.DataFrame], path: str | Path, *, lang: str = "zh"
) -> Path:
    """Write the sheets that ``people`` read, their links and numbers alive, and with them the ``tables``, hidden."""
    return _write_book(people, tables, path, lang)


def _write_book(people: Mapping[str, Table], tables: Mapping[str, pd.DataFrame], path: str | Path, lang: str) -> Path:
    counts = [(name, len(shown)) for name, shown in people.items()]
    counts += [(name, len(table)) for name, table in tables.items()]
    for name, rows in counts:
        if rows > MOST_ROWS:
            raise PolicyError("too_many_rows", path, name=name, rows=rows, most=MOST_ROWS)
    import xlsxwriter

    packed = io.BytesIO()
    with files.replacing(Path(path)) as temporary, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = xlsxwriter.Workbook(packed, {**_OPTIONS, "tmpdir": folder})
        file.set_properties({"title": "policycmp", "created": datetime(2025, 1, 1)})
        styles = {name: file.add_format({"valign": "top", **look}) for name, look in _LOOKS.items()}
        book = _Book(file, styles, lang, set())
        places = {anchor: _target(line, lang) for anchor, line in sheets.places(people).items()}
        for name, shown in people.items():
            _add_shown(book, name, shown, places)
        for name, table in tables.items():
            _add_sheet(book, name, table, hidden=bool(people))
        _explain(book, people, tables)
        file.close()
        temporary.write_bytes(packed.getvalue())
    return Path(path)


def _target(line: sheets.Line, lang: str) -> str:
    """Return the link to a line of a sheet."""
    name = _name(line.sheet, lang).replace("'", "''")
    return f"internal:'{name}'!A{line.number + 1}"


def _explain(book: _Book, people: Mapping[str, Table], tables: Mapping[str, pd.DataFrame]) -> None:
    """Write the last sheet: every table and column in words."""
    english, comma = book.lang != "zh", label("between_items", book.lang, "names")
    sheet = book.file.add_worksheet(label("about", book.lang, "workbook"))
    lines: list[tuple[Any, ...]] = [tuple(label(name, book.lang, "workbook") for name in _EXPLAINED)]
    for name, shown in people.items():
        lines.append((_name(name, book.lang), "", "", _about(name, book.lang), "", len(shown)))
    if people:
        lines.append(("", "", "", label("coded", book.lang, "workbook")))
    for name, table in tables.items():
        called = f"{name}.csv" if people else _name(name, book.lang)
        lines.append((called, "", name, _about(name, book.lang), "", len(table)))
        for column in _columns(name, table):
            values = comma.join(_coded(value, book.lang) for value in filter(None, column.values))
            lines.append(("", column.en if english else column.zh, column.name, column.meaning[english], values))
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line, book.styles["cell" if number else "head"])
        _set_height(sheet, number, map(str, line), _EXPLAINED.values())
    for number, width in enumerate(_EXPLAINED.values()):
        sheet.set_column(number, number, width)
    _set_page(sheet)


def _about(table: str, lang: str) -> str:
    """Return what a sheet holds; nothing of one that is the user's own."""
    if table in schema.ABOUT:
        return schema.ABOUT[table].about[lang != "zh"]
    own = f"{table}_about"
    return label(own, lang, "workbook") if own in phrases("workbook") else ""


def _coded(value: str, lang: str) -> str:
    """Return a code with what it is called for people, where it has such a name."""
    told = label(value, lang, "values") if value in phrases("values") else ""
    return f"{value} = {told}" if told else value


def _add_shown(book: _Book, name: str, table: Table, places: Mapping[str, str]) -> None:
    """Write one table as people read it: numbers are numbers, and a cell leads to the row that shows more of it."""
    sheet, links, printed = book.file.add_worksheet(_name(name, book.lang)), 0, table.texts()
    sheet.write_row(0, 0, table.columns, book.styles["head"])
    widths = [_width(texts) for texts in zip(table.columns, *printed, strict=True)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for line, (row, texts) in enumerate(zip(table.rows, printed, strict=True), 1):
        _set_height(sheet, line, texts, widths)
        for column, (cell, text) in enumerate(zip(row, texts, strict=True)):
            link = places.get(getattr(cell, "anchor", ""), "") if links < _MOST_LINKS else ""
            links += bool(link)
            _write_shown(book, sheet, (line, column), cell, text, link)
    _set_page(sheet)
    sheet.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)


def _write_shown(book: _Book, sheet: Any, place: tuple[int, int], cell: Any, text: str, link: str) -> None:
    """Write one cell; a number that is written over the text of a link keeps the link.

    Where there are too many formats, what would need another stays text.
    """
    number = formats.of_cell(cell) if isinstance(cell, Cell) else formats.of_number(cell)
    form = book.form(number)
    if link:
        sheet.write_url(*place, link, book.style(linked=True), _fitting(text, book.lang))
    if number and form:
        sheet.write_number(*place, number.value, book.style(form, linked=bool(link)))
    elif text and not link:
        sheet.write_string(*place, _fitting(text, book.lang), book.style())


def _width(texts: Iterable[str]) -> int:
    """Return how wide a column is, in characters."""
    return min(max(_NARROW, _SPARE + max(map(_columns_of, texts))), _WIDEST)


def _set_height(sheet: Any, line: int, texts: Iterable[str], widths: Iterable[int]) -> None:
    """Make a row as high as its longest text needs: not every spreadsheet program does so by itself."""
    lines = max(_lines_of(text, width - 1) for text, width in zip(texts, widths, strict=False))
    if lines > 1:
        sheet.set_row(line, min(_LINE * lines, _HIGHEST))


def _lines_of(text: str, width: int) -> int:
    """Return how many lines a text takes in a column."""
    return sum(max(1, math.ceil(_columns_of(part) / width)) for part in text.split("\n"))


def _columns_of(text: str) -> int:
    """Return how wide a text is in characters of a Latin font."""
    return sum(2 if ord(char) > _LATIN else 1 for char in text)


def _add_sheet(book: _Book, name: str, table: pd.DataFrame, *, hidden: bool) -> None:
    """Write one table with a frozen header, filters, widths and number formats; a hidden one is called as its file."""
    sheet = book.file.add_worksheet((f"{name}.csv" if hidden else _name(name, book.lang))[:_LONGEST_NAME])
    if hidden:
        sheet.hide()
    columns = _columns(name, table)
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.zh if book.lang == "zh" else column.en, book.styles["head"])
        unknown = column.name == column.zh  # a table for people, whose cells may hold sentences
        wide = unknown or _plain(column) in _SENTENCES
        sheet.set_column(number, number, _WIDE if wide else _WIDTHS[column.kind])
    cells = (table[column.name].astype(object).where(table[column.name].notna(), None) for column in columns)
    for line, row in enumerate(zip(*cells, strict=True), 1):
        for number, (cell, column) in enumerate(zip(row, columns, strict=True)):
            if cell is not None:
                _write(book, sheet, (line, number), cell, column)
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
    """Return what a sheet is called for people."""
    if table in schema.ABOUT:
        return schema.ABOUT[table].sheet[lang != "zh"]
    return label(table, lang, "workbook") if f"{table}_about" in phrases("workbook") else table


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
