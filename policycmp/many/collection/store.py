"""A store: the folder in which what was read of many documents is kept, in parts of some documents each.

A part is complete when its file in ``files`` is there, which is written last: an interruption leaves nothing that
counts, and the next run goes on from the parts that are complete.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import files, schema
from policycmp.errors import PolicyError
from policycmp.many.collection import parquet

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("collection", "clauses", "panel")
FILES = "files"  # which file was read as which document, by which program, or why it could not be read
_SETTINGS = "store.json"
_NAMES = "surrogateescape"  # a folder's name may be no UTF-8
_MARK = {"policycmp": "corpus"}


def opened(path: str | Path, *, new: bool = False) -> Path:
    """Return the folder of a store; with ``new`` it is made if it is not there."""
    folder = Path(path)
    settings = folder / _SETTINGS
    if not settings.exists():
        if not new:
            raise PolicyError("no_store", folder)
        if folder.is_dir() and any(folder.iterdir()):
            raise PolicyError("no_empty_store", folder)
        files.folder(folder)
        _write_settings(folder, [])
    return folder


def folders(store: Path) -> list[tuple[str, str]]:
    """Return the folders whose documents the store holds, each with its pattern."""
    try:
        settings = json.loads((store / _SETTINGS).read_text(encoding="utf-8", errors=_NAMES))
        return [(str(path), str(pattern)) for path, pattern in settings["folders"]]
    except (ValueError, KeyError, TypeError):
        raise PolicyError("broken_store", store / _SETTINGS) from None


def enter(store: Path, folder: Path, pattern: str) -> None:
    """Note that the documents of a folder belong to the store."""
    known = dict(folders(store)) | {str(folder.resolve()): pattern}
    _write_settings(store, sorted(known.items()))


def _write_settings(store: Path, known: Sequence[tuple[str, str]]) -> None:
    with files.replacing(store / _SETTINGS) as temporary:
        text = json.dumps(_MARK | {"folders": known}, ensure_ascii=False, indent=1)
        temporary.write_text(text + "\n", encoding="utf-8", errors=_NAMES)


def parts(store: Path, table: str) -> list[Path]:
    """Return the files of a table, of complete parts only."""
    complete = {path.name for path in (store / FILES).glob("*.parquet")}
    return sorted(path for path in (store / table).glob("*.parquet") if path.name in complete)


def sweep(store: Path) -> int:
    """Take away what an interrupted run left behind, and return the number of the next part."""
    complete = {path.name for path in (store / FILES).glob("*.parquet")}
    for table in (*TABLES, FILES):
        for path in files.folder(store / table).glob("*.parquet"):
            if path.name not in complete or path.name.startswith("."):
                path.unlink()
    return max((int(name.removesuffix(".parquet")) for name in complete), default=0) + 1


def write_part(store: Path, number: int, tables: dict[str, pd.DataFrame], read: pd.DataFrame) -> None:
    """Write a part; the list of its files comes last and makes it count."""
    for name, table in tables.items():
        parquet.write(table, store / name / f"{number:06}.parquet")
    parquet.write(read, store / FILES / f"{number:06}.parquet")


def drop(store: Path, names: Iterable[str], docs: Iterable[str]) -> None:
    """Take files, and the documents that they were read as, out of the store."""
    gone, gone_docs = sorted(set(names)), sorted(set(docs))
    if not gone:
        return
    with parquet.connect(threads=1) as connection:
        listed = [str(path) for path in parts(store, FILES)]
        found = connection.execute(
            "SELECT DISTINCT filename FROM read_parquet(?, filename = true) WHERE list_contains(?, file)",
            [listed, gone],
        ).fetchall()
    for (name,) in found:
        for table in TABLES:
            parquet.leave_out(store / table / Path(name).name, "doc", gone_docs)
        parquet.leave_out(Path(name), "file", gone)


@contextmanager
def asked(store: Path) -> Iterator[Any]:
    """Give a connection in which the tables of a store stand as views, with targets and results of the panel."""
    with parquet.connect() as connection:
        for table in (*TABLES, FILES):
            listed = parts(store, table)
            if listed:
                names = ", ".join(parquet.quoted(path) for path in listed)
                connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{names}])")
            else:
                connection.register("empty", _empty(table))
                connection.execute(f"CREATE TABLE {table} AS SELECT * FROM empty")
        for statement in ("target", "result"):
            connection.execute(f"CREATE VIEW {statement}s AS SELECT * FROM panel WHERE statement = '{statement}'")
        for extra in ("neighbours", "measures"):
            path = store / f"{extra}.parquet"
            if path.exists():
                connection.execute(f"CREATE VIEW {extra} AS SELECT * FROM read_parquet({parquet.quoted(path)})")
        yield connection


def _empty(table: str) -> pd.DataFrame:
    return files_frame([]) if table == FILES else schema.frame(table, [])


_FILE_TYPES = {
    "file": "str", "size": "Int64", "changed": "Int64", "sha256": "str", "reader": "str", "doc": "str", "error": "str",
    "error_zh": "str",
}  # fmt: skip


def files_frame(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return the list of files that were read, or could not be, as a table."""
    import pandas as pd

    columns = {name: pd.Series([row.get(name) for row in rows], dtype=kind) for name, kind in _FILE_TYPES.items()}
    return pd.DataFrame(columns)


def table(store: Path, name: str, *, order: str = "doc") -> pd.DataFrame:
    """Return a table of a store as a DataFrame with the columns of the data dictionary."""
    with asked(store) as connection:
        found: pd.DataFrame = connection.execute(f"SELECT * FROM {name} ORDER BY {order}").df()
    kinds = {column.name: schema.DTYPES[column.kind] for column in schema.TABLES[name]}
    return found.astype(kinds)
