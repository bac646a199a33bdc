"""Tables as CSV for other tools, and beside them what people open: a workbook and the 对比表."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import files, schema
from policycmp.asking import functions, spread, terms
from policycmp.comparison import Comparison
from policycmp.document import Tables, stack
from policycmp.export import datapackage, side_by_side, workbook
from policycmp.shown.tables import sheets
from policycmp.shown.translations import translate_table, translated

if TYPE_CHECKING:
    import pandas as pd


BATCH = 25  # documents that are held at a time: their rows go into the files together
MOST_ROWS = 40_000  # of all sheets, some 90 district plans: the workbook of 85 took 3 s and 220 MB; beyond it CSV alone


def write_tables(documents: Iterable[Tables], out: str | Path) -> list[Path]:
    """Write ``documents.csv`` … ``budgets.csv`` and ``tables.xlsx`` of ``documents`` into the folder ``out``.

    Only a few documents are held at a time, so that there may be thousands. Of more than 40,000 rows there is no
    workbook.

    Beside them go ``datapackage.json``, which says what they are for programs, and the text that was taken out of a web
    page, a Word file or a PDF: the offsets point into it.

    Parameters
    ----------
    documents : iterable of Tables
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
    ['datapackage.json', 'tables.xlsx']
    """
    import pandas as pd

    target = files.folder(out)
    paths = [target / f"{name}.csv" for name in schema.SOURCE_TABLES]
    sources, texts, kept, rows = list[dict[str, str]](), list[Path](), list[dict[str, pd.DataFrame]](), 0
    with ExitStack() as growing:
        add = {path.stem: growing.enter_context(files.growing_csv(path)) for path in paths}
        for batch in _batches(documents):
            tables = stack(batch)
            for name, table in tables.items():
                add[name](table)
            sources += map(datapackage.source, batch)
            texts += _texts(batch, target)
            rows += sum(map(len, tables.values()))
            kept = [*kept, tables] if rows <= MOST_ROWS else []
    paths.append(datapackage.write(target, sources))
    book = target / "tables.xlsx"
    if kept:
        every = {name: pd.concat([tables[name] for tables in kept], ignore_index=True) for name in schema.SOURCE_TABLES}
        paths.append(workbook.write_workbook(every, book))
    else:
        book.unlink(missing_ok=True)  # of an earlier run: it would hold other documents
    return [*paths, *texts]


def _batches(documents: Iterable[Tables]) -> Iterator[list[Tables]]:
    """Yield the documents, some at a time."""
    rest = iter(documents)
    while batch := list(islice(rest, BATCH)):
        yield batch


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
    comparison: Comparison, out: str | Path, *, tables: str | Path | None = None, template: str | Path | None = None
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
    csv, shown = files.folder(tables or out), translated(comparison)
    paths = [files.write_csv(table, csv / f"{name}.csv") for name, table in own.items()]
    paths.append(datapackage.write(csv, map(datapackage.source, (comparison.left, comparison.right))))
    told = dict(own)
    own |= {name: getattr(shown, name) for name in schema.PAIR_TABLES} | stack([shown.left, shown.right])
    folder = comparison.left.policy.folder
    own = {name: translate_table(table, folder, comparison.lang) for name, table in own.items()}
    book = target / "comparison.xlsx"
    paths.append(workbook.write_findings(sheets.sheets(comparison, told), own, book, lang=comparison.lang))
    paths += _texts([comparison.left, comparison.right], csv)
    return [*paths, side_by_side.write(comparison, target / "comparison.docx", template=template)]


def _texts(documents: Sequence[Tables], target: Path) -> list[Path]:
    """Write the texts that stood in files of other formats."""
    paths = []
    for policy in (one.policy for one in documents if one.policy.format != "text"):
        paths.append(target / f"{policy.doc}.txt")
        with files.replacing(paths[-1]) as temporary:
            temporary.write_bytes(policy.text.encode())
    return paths
