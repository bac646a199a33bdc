"""The tables of documents as CSV for other tools, and as a workbook for people, or as Parquet where they are large."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import files, schema
from policycmp.document import Tables, stack
from policycmp.export import datapackage

if TYPE_CHECKING:
    import pandas as pd


BATCH = 25  # documents that are held at a time: their rows go into the files together
MOST_ROWS = 40_000  # of all sheets, some 90 district plans: a larger workbook is slow to open


def write_tables(documents: Iterable[Tables], out: str | Path, *, office: bool = True) -> list[Path]:
    """Write ``documents.csv`` … ``budgets.csv`` and ``tables.xlsx`` of ``documents`` into the folder ``out``.

    Only a few documents are held at a time, so that there may be thousands. More than 40,000 rows go into Parquet files
    (``documents.parquet`` …) instead of the workbook, where DuckDB of the extra ``corpus`` is installed.

    Beside them go ``datapackage.json``, which says what they are for programs, and the text that was taken out of a web
    page, a Word file or a PDF: the offsets point into it.

    Parameters
    ----------
    documents : iterable of Tables
        The documents; each table holds the rows of all.
    out : str or Path
        The folder; it is made if it is not there.
    office : bool
        Whether the workbook is written, which takes longer than all the rest, or the Parquet files; those of an earlier
        run never stay.

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
    target = files.folder(out)
    paths, large = ([target / f"{name}.{kind}" for name in schema.SOURCE_TABLES] for kind in ("csv", "parquet"))
    book = target / "tables.xlsx"
    sources, texts, rows = list[dict[str, str]](), list[Path](), 0
    kept: list[dict[str, pd.DataFrame]] = []
    with ExitStack() as growing:
        add = {path.stem: growing.enter_context(files.growing_csv(path, schema.columns(path.stem))) for path in paths}
        add_large = None
        for batch in _batches(documents):
            for document, name in product(batch, schema.SOURCE_TABLES):
                add[name](document.rows[name])
                rows += len(document.rows[name])
            sources += map(datapackage.source, batch)
            texts += write_texts(batch, target)
            kept += [stack(batch)] if office else []
            if rows > MOST_ROWS and kept:
                add_large = add_large or _add_large(growing, large)
                for one in kept:
                    add_large(one)
                kept = []
    paths.append(datapackage.write(target, sources))
    if kept:
        import pandas as pd

        from policycmp.export.workbook import write_workbook

        every = {name: pd.concat([tables[name] for tables in kept], ignore_index=True) for name in schema.SOURCE_TABLES}
        paths.append(write_workbook(every, book))
    written = large if add_large and find_spec("duckdb") else []
    for path in {book, *large} - {*paths, *written}:
        path.unlink(missing_ok=True)  # of an earlier run: it would hold other documents
    return [*paths, *written, *texts]


def _add_large(growing: ExitStack, paths: Sequence[Path]) -> Callable[[Mapping[str, pd.DataFrame]], None]:
    """Return what takes the rows that are too many for a workbook: it does nothing where DuckDB is not installed."""
    if not find_spec("duckdb"):
        return lambda tables: None
    from policycmp.many.collection import parquet

    return growing.enter_context(parquet.growing({path.stem: path for path in paths}))


def _batches(documents: Iterable[Tables]) -> Iterator[list[Tables]]:
    """Yield the documents, some at a time."""
    rest = iter(documents)
    while batch := list(islice(rest, BATCH)):
        yield batch


def write_texts(documents: Sequence[Tables], target: Path) -> list[Path]:
    """Write the texts that stood in files of other formats, into which the offsets of the tables point."""
    paths = []
    for policy in (one.policy for one in documents if one.policy.format != "text"):
        paths.append(target / f"{policy.doc}.txt")
        with files.replacing(paths[-1]) as temporary:
            temporary.write_bytes(policy.text.encode())
    return paths
