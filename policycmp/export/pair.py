"""A comparison as CSV for other tools, and beside it what people open: a workbook and the 对比表."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import files, schema
from policycmp.asking import functions, spread, terms
from policycmp.comparison import Comparison
from policycmp.document import stack
from policycmp.export import datapackage
from policycmp.export.tables import write_texts

if TYPE_CHECKING:
    import pandas as pd


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


def write_comparison(
    comparison: Comparison,
    out: str | Path,
    *,
    tables: str | Path | None = None,
    template: str | Path | None = None,
    office: bool = True,
) -> list[Path]:
    """Write the tables of ``comparison`` as CSV, with those of its documents as ``comparison.xlsx``, and its 对比表.

    Parameters
    ----------
    comparison : Comparison
        The two documents; its language is that of the workbook and of the 对比表.
    out : str or Path
        The folder; it is made if it is not there.
    tables : str or Path, optional
        The folder of the CSV files, ``out`` by default; they keep the Chinese names in any language.
    template : str or Path, optional
        A Word file of which the 对比表 takes the page, the head and foot and the styles.
    office : bool
        Whether the workbook and the 对比表 are written, which takes longer than the comparison itself; those of an
        earlier run never stay.

    Returns
    -------
    list of Path
        The files that were written.

    Examples
    --------
    >>> comparison = policycmp.compare("longwan", "lucheng")
    >>> paths = policycmp.export.write_comparison(comparison, "build", tables="build/csv")
    >>> [path.as_posix() for path in paths if path.suffix not in (".csv", ".json")]
    ['build/comparison.xlsx', 'build/comparison.docx']
    """
    target, own = files.folder(out), comparison_tables(comparison)
    csv, sides = files.folder(tables or out), (comparison.left, comparison.right)
    paths = [files.write_csv(table, csv / f"{name}.csv") for name, table in own.items()]
    paths += [datapackage.write(csv, map(datapackage.source, sides)), *write_texts(sides, csv)]
    book, side_by_side = target / "comparison.xlsx", target / "comparison.docx"
    if office:
        return [*paths, _write_workbook(comparison, own, book), _write_word(comparison, side_by_side, template)]
    for path in (book, side_by_side):
        path.unlink(missing_ok=True)
    return paths


def _write_workbook(comparison: Comparison, own: dict[str, pd.DataFrame], path: Path) -> Path:
    """Write what people read of a comparison and, last, all tables in its language."""
    from policycmp.export import workbook
    from policycmp.shown.tables import sheets
    from policycmp.shown.translations import translate_table, translated

    shown, folder = translated(comparison), comparison.left.policy.folder
    every = own | {name: getattr(shown, name) for name in schema.PAIR_TABLES} | stack([shown.left, shown.right])
    spoken = {name: translate_table(table, folder, comparison.lang) for name, table in every.items()}
    return workbook.write_findings(sheets.sheets(comparison, own), spoken, path, lang=comparison.lang)


def _write_word(comparison: Comparison, path: Path, template: str | Path | None) -> Path:
    from policycmp.export import side_by_side

    return side_by_side.write(comparison, path, template=template)
