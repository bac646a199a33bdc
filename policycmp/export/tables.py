"""The tables of documents as CSV for other tools, and as a workbook for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import files, schema
from policycmp.document import Tables, stack
from policycmp.export import datapackage

if TYPE_CHECKING:
    pass


BATCH = 25  # documents that are held at a time: their rows go into the files together
MOST_ROWS = 40_000  # of all sheets, some 90 district plans: the workbook of 85 took 3 s and 220 MB; beyond it CSV alone


def write_tables(documents: Iterable[Tables], out: str | Path, *, office: bool = True) -> list[Path]:
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
    office : bool
        Whether the workbook is written, which takes longer than all the rest; one of an earlier run never stays.

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
            texts += write_texts(batch, target)
            rows += sum(map(len, tables.values()))
            kept = [*kept, tables] if office and rows <= MOST_ROWS else []
    paths.append(datapackage.write(target, sources))
    book = target / "tables.xlsx"
    if kept:
        from policycmp.export.workbook import write_workbook

        every = {name: pd.concat([tables[name] for tables in kept], ignore_index=True) for name in schema.SOURCE_TABLES}
        paths.append(write_workbook(every, book))
    else:
        book.unlink(missing_ok=True)  # of an earlier run: it would hold other documents
    return [*paths, *texts]


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
