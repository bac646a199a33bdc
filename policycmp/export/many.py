"""A matrix, and what an edition changes, as files: CSV, a workbook and a Word file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import files
from policycmp.document import Tables
from policycmp.export import datapackage, word
from policycmp.export.workbook import write_workbook
from policycmp.many import Matrix
from policycmp.shown import grids
from policycmp.shown.html import Table
from policycmp.shown.naming import tell_apart
from policycmp.wording import label

if TYPE_CHECKING:
    import pandas as pd


def write_matrix(matrix: Matrix, out: str | Path, *, template: str | Path | None = None) -> list[Path]:
    """Write the tables of ``matrix`` as CSV, and what people read as ``matrix.csv``, ``.xlsx`` and ``.docx``.

    Parameters
    ----------
    matrix : Matrix
        The documents; its language is that of what people read.
    out : str or Path
        The folder; it is made if it is not there.
    template : str or Path, optional
        A Word file of which ``matrix.docx`` takes the page, the head and foot and the styles.

    Returns
    -------
    list of Path
        The files that were written.

    Examples
    --------
    >>> found = policycmp.matrix(["longwan", "lucheng"], lang="en")
    >>> [path.name for path in policycmp.export.write_matrix(found, "build/matrix")][-2:]
    ['matrix.xlsx', 'matrix.docx']
    """
    tidy = {"measures": matrix.measures, "measure_targets": matrix.targets, "measure_budgets": matrix.budgets}
    if matrix.parent:
        tidy["changes"] = matrix.changes
    shown = {"measures": grids.measures(matrix), "targets": grids.targets(matrix), "budgets": grids.budgets(matrix)}
    paths = [files.write_csv(_frame(shown["measures"]), files.folder(out) / "matrix.csv")]
    names = tell_apart(matrix.documents, matrix.lang)
    paths += _write(Path(out) / "matrix", tidy, shown, names, matrix.lang, template)
    return [datapackage.write(Path(out), map(datapackage.source, matrix.documents)), *paths]


def write_changes(
    table: pd.DataFrame,
    sides: Sequence[Tables],
    out: str | Path,
    *,
    lang: str = "zh",
    template: str | Path | None = None,
) -> list[Path]:
    """Write what an edition changes as CSV, workbook and Word file.

    Parameters
    ----------
    table : DataFrame
        The table ``changes``, as `editions` returns it.
    sides : sequence of Tables
        The older and the newer document.
    out : str or Path
        The folder; it is made if it is not there.
    lang : str
        The language of what people read, zh or en.
    template : str or Path, optional
        A Word file of which ``changes.docx`` takes the page, the head and foot and the styles.

    Returns
    -------
    list of Path
        The files that were written.

    Examples
    --------
    >>> old, new = policycmp.load("longwan"), policycmp.load("lucheng")
    >>> paths = policycmp.export.write_changes(policycmp.editions(old, new), [old, new], "build/changes")
    >>> [path.name for path in paths]
    ['datapackage.json', 'changes.csv', 'changes.xlsx', 'changes.docx']
    """
    shown = {"changes": grids.changed(table, sides, lang)}
    paths = _write(files.folder(out) / "changes", {"changes": table}, shown, tell_apart(sides, lang), lang, template)
    return [datapackage.write(Path(out), map(datapackage.source, sides)), *paths]


def _write(
    stem: Path,
    tidy: Mapping[str, pd.DataFrame],
    shown: Mapping[str, Table],
    names: Sequence[str],
    lang: str,
    template: str | Path | None,
) -> list[Path]:
    """Write the ``tidy`` tables as CSV, and with them what is ``shown`` as a workbook; that alone as a Word file."""
    paths = [files.write_csv(table, stem.with_name(f"{name}.csv")) for name, table in tidy.items()]
    sheets = {label(name, lang, "word"): _frame(table) for name, table in shown.items()}
    paths.append(write_workbook(sheets | dict(tidy), stem.with_suffix(".xlsx"), lang=lang))
    document = word.document(" / ".join(names), lang=lang, template=template)
    for name, table in shown.items():
        document.add_heading(label(name, lang, "word"), 1)
        rows = [[str(cell) for cell in row] for row in table.rows]
        word.add_table(document, table.columns, rows, [1.0] * len(table.columns))
    return [*paths, word.save(document, stem.with_suffix(".docx"))]


def _frame(table: Table) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(table.rows, columns=table.columns)
