"""Tables, sentences and fragments for people: HTML or Markdown in a notebook, lines of text elsewhere."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Any

from policycmp import wording
from policycmp.shown.naming import Ref

SHORT = 8  # characters: a cell as short as this stays on one line


class Table:
    """A table for people: HTML in a notebook, lines of text elsewhere; no cell is ever cut.

    Parameters
    ----------
    columns : sequence of str
        The header.
    rows : iterable of sequence
        The cells; a number is aligned to the right, a `Ref` names a clause.
    """

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        self.columns = list(columns)
        self.rows = [list(row) for row in rows]

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return "\n".join(" | ".join(_plain(cell) for cell in row) for row in [self.columns, *self.rows])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col" style="text-align:left">{html.escape(name)}</th>' for name in self.columns)
        body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self.rows)
        body = body or f'<tr><td colspan="{len(self.columns)}">—</td></tr>'
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _plain(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell:,.9g}" if cell == cell else ""
    return "" if cell is None else str(cell)


def _cell(cell: Any) -> str:
    text = _plain(cell)
    style = "text-align:right" if isinstance(cell, int | float) else "text-align:left"
    style += ";white-space:nowrap" if len(text) <= SHORT else ""
    link = f' data-ref="{html.escape(cell.anchor)}"' if isinstance(cell, Ref) and cell.anchor else ""
    return f'<td style="{style}"{link}>{html.escape(text)}</td>'


class Markup(str):
    """HTML that a notebook shows as it is; what came from a text is escaped in it."""

    def _repr_html_(self) -> str:
        return str(self)


class Prose(str):
    """Sentences whose numbers were computed: Markdown in a notebook, plain text elsewhere."""

    def __repr__(self) -> str:
        return re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", self)

    def _repr_markdown_(self) -> str:
        return str(self)


def safe(text: object) -> str:
    """Return ``text`` from a document so that Markdown takes no character of it for a sign."""
    return re.sub(r"([\\`*_\[\]<>|#~$&])", r"\\\1", " ".join(str(text).split()))


def said(key: str, lang: str, **values: Any) -> Prose:
    """Return a sentence of the phrase book with its values."""
    return Prose(wording.said(key, lang, **values))
