"""Tables, sentences and fragments for people: HTML or Markdown in a notebook, lines of text elsewhere."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from policycmp import wording

SHORT = 8  # characters: a cell as short as this stays on one line
JSON = "application/vnd.policycmp.table+json"  # what a notebook keeps of a table for whoever prints it anew
LINKED = "application/vnd.policycmp.linked"  # and of sentences: their Markdown with links to the places of a page
DECIMALS = 4  # the most that a number in a table is printed with


class Cell(str):
    """What a cell says; by which number its column is sorted, and the place in a page that it leads to."""

    key: float | None
    anchor: str

    def __new__(cls, text: str, *, key: float | None = None, anchor: str = "") -> Cell:
        """Return the text with what is known of it; a missing number is none."""
        cell = super().__new__(cls, text)
        cell.key, cell.anchor = (None if key is None or key != key else float(key)), anchor
        return cell


class Column(str):
    """The heading of a column; the ``side`` whose it is, and whether its few values are a ``choice`` of rows."""

    side: str
    choice: bool

    def __new__(cls, text: str, *, side: str = "", choice: bool = False) -> Column:
        """Return the heading with what is known of the column."""
        column = super().__new__(cls, text)
        column.side, column.choice = side, choice
        return column


class Table:
    """A table for people: HTML in a notebook, lines of text elsewhere; no cell is ever cut.

    Parameters
    ----------
    columns : sequence of str
        The header; a `Column` knows more than its text.
    rows : iterable of sequence
        The cells; a number is aligned to the right, the numbers of a column have one format; a `Cell` knows more.
    anchors : iterable of str, optional
        A name for each row, by which a page leads to it.
    """

    summary = ""  # the words under which a notebook folds the table away

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[Any]], anchors: Iterable[str] = ()) -> None:
        self.columns = list(columns)
        self.rows = [list(row) for row in rows]
        self.anchors = list(anchors)

    def __len__(self) -> int:
        return len(self.rows)

    def folded(self, lang: str = "zh", *, summary: str = "") -> Table:
        """Return the table for a notebook that shows a ``summary``, by default the count of the rows, and folds it."""
        table = Table(self.columns, self.rows, self.anchors)
        table.summary = summary or wording.said("unfold", lang, n=len(self))
        return table

    def texts(self) -> list[list[str]]:
        """Return what the cells say."""
        columns = zip(*self.rows, strict=True)
        return [list(row) for row in zip(*map(_printed, columns), strict=True)]

    def __repr__(self) -> str:
        return "\n".join(" | ".join(row) for row in [self.columns, *self.texts()])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col" style="text-align:left">{html.escape(name)}</th>' for name in self.columns)
        lines = []
        for row, texts in zip(self.rows, self.texts(), strict=True):
            lines.append(f"<tr>{''.join(map(_cell, row, texts))}</tr>")
        body = "\n".join(lines) or f'<tr><td colspan="{len(self.columns)}">—</td></tr>'
        table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
        return _folded(table, self.summary) if self.summary else table

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {JSON: self.record()}

    def record(self) -> dict[str, Any]:
        """Return the table as JSON has it: of a cell that is more than a text, what it says, its key and its anchor."""
        columns = [[str(name), getattr(name, "side", ""), getattr(name, "choice", False)] for name in self.columns]
        rows = []
        for row, texts in zip(self.rows, self.texts(), strict=True):
            rows.append(list(map(_recorded, row, texts)))
        return {"columns": columns, "rows": rows, "anchors": self.anchors}


def _folded(markup: str, summary: str) -> str:
    return f"<details><summary>{html.escape(summary)}</summary>\n{markup}\n</details>"


def _printed(cells: Sequence[Any]) -> list[str]:
    """Return what the cells of a column say, the numbers among them with as many decimals as the finest needs."""
    numbers = [cell for cell in cells if isinstance(cell, float) and cell == cell]
    digits = next((n for n in range(DECIMALS) if all(_close(number, n) for number in numbers)), DECIMALS)
    return [_text(cell, digits) for cell in cells]


def _close(number: float, digits: int) -> bool:
    return round(number, digits) == round(number, DECIMALS)


def _text(cell: Any, digits: int) -> str:
    if isinstance(cell, float):
        return f"{cell:,.{digits}f}" if cell == cell else ""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return f"{cell:,}"
    return "" if cell is None else str(cell)


def _cell(cell: Any, text: str) -> str:
    style = "text-align:right" if isinstance(cell, int | float) else "text-align:left"
    style += ";white-space:nowrap" if len(text) <= SHORT else ""
    return f'<td style="{style}">{html.escape(text)}</td>'


def _recorded(cell: Any, text: str) -> str | list[Any]:
    if isinstance(cell, Cell) and (cell.anchor or cell.key is not None):
        return [text, cell.key, cell.anchor]
    if isinstance(cell, int | float) and cell == cell:
        return [text, float(cell), ""]
    return text


class Markup(str):
    """HTML that a notebook shows as it is; what came from a text is escaped in it."""

    def folded(self, summary: str) -> Markup:
        """Return the markup folded away under a ``summary``."""
        return Markup(_folded(self, summary))

    def _repr_html_(self) -> str:
        return str(self)


_LINK = re.compile(r"(?<!\\)\[([^\[\]]*)\]\(#[^()\s]*\)")


class Prose(str):
    """Sentences whose numbers were computed: Markdown in a notebook, plain text elsewhere; links are a page's alone."""

    def __repr__(self) -> str:
        return re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", self._repr_markdown_())

    def _repr_markdown_(self) -> str:
        return _LINK.sub(r"\1", self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {LINKED: str(self)} if _LINK.search(self) else {}

    def lines(self) -> list[str]:
        """Return the lines without the signs of Markdown: lists and stressed words."""
        return [line.removeprefix("- ").replace("**", "") for line in repr(self).splitlines()]


def is_chinese(text: str) -> bool:
    """Tell whether most letters of a text are Chinese: nobody translated it, or it is quoted."""
    letters = [char for char in text if char.isalpha()]
    return 2 * sum("一" <= char <= "龥" for char in letters) > len(letters)


def safe(text: object) -> str:
    """Return ``text`` from a document so that Markdown takes no character of it for a sign."""
    return re.sub(r"([\\`*_\[\]<>|#~$&])", r"\\\1", " ".join(str(text).split()))


def linked(cell: Cell) -> str:
    """Return what a cell says as Markdown, with a link to where it leads."""
    return f"[{safe(cell)}](#{quote(cell.anchor)})" if cell.anchor else safe(cell)


def said(key: str, lang: str, **values: Any) -> Prose:
    """Return a sentence of the phrase book with its values."""
    return Prose(wording.said(key, lang, **values))
