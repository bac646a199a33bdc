"""Parquet files and questions in SQL, by DuckDB of the extra corpus: nothing else here knows of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import files
from policycmp.errors import PolicyError, need, printable

if TYPE_CHECKING:
    import pandas as pd


def connect(path: Path | None = None, *, threads: int = 2) -> Any:
    """Return a connection to a database file, or to one in memory; without DuckDB one line says what to install."""
    need("corpus", "duckdb")
    import duckdb

    return duckdb.connect(_text(path) if path else ":memory:", config={"threads": threads})


def _text(path: object) -> str:
    """Return a path as DuckDB takes it: in UTF-8."""
    if printable(path) != str(path):
        raise PolicyError("name_no_utf8", path)
    return str(path)


_TYPES = {"Int64": "BIGINT", "int64": "BIGINT", "float64": "DOUBLE", "float32": "FLOAT", "bool": "BOOLEAN"}
_FORM = "(FORMAT parquet, COMPRESSION zstd)"
_MEMORY = "128MB"  # of a database that tables grow in; the rest lies on the disk


def write(table: pd.DataFrame, path: Path) -> Path:
    """Write a table as a Parquet file, whole or not at all; the same rows give the same bytes."""
    with connect(threads=1) as connection, files.replacing(path) as temporary:
        connection.register("source", table)
        into = quoted(temporary)
        try:
            connection.execute(f"COPY (SELECT {_columns(table)} FROM source) TO {into} {_FORM}")
        except Exception as error:
            raise _disk(error) from None
    return path


@contextmanager
def growing(paths: Mapping[str, Path]) -> Iterator[Callable[[Mapping[str, pd.DataFrame]], None]]:
    """Give a function that adds rows to tables, by their names; they become Parquet files when all went well.

    Until then the rows lie in a database file, so that memory does not grow with them.
    """
    with tempfile.TemporaryDirectory() as folder, connect(Path(folder) / "rows.duckdb", threads=1) as connection:
        connection.execute(f"SET memory_limit = '{_MEMORY}'")
        begun = set[str]()

        def add(tables: Mapping[str, pd.DataFrame]) -> None:
            for name, table in tables.items():
                connection.register("source", table)
                into = f'INSERT INTO "{name}"' if name in begun else f'CREATE TABLE "{name}" AS'
                connection.execute(f"{into} SELECT {_columns(table)} FROM source")
                connection.unregister("source")
                begun.add(name)

        yield add
        for name, path in paths.items():
            with files.replacing(path) as temporary:
                connection.execute(f'COPY "{name}" TO {quoted(temporary)} {_FORM}')


def _columns(table: pd.DataFrame) -> str:
    """Return the columns of a table as SQL selects them, each with its type."""
    kinds = {name: _TYPES.get(str(kind), "VARCHAR") for name, kind in table.dtypes.items()}
    return ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in kinds.items())


def leave_out(path: Path, column: str, values: Sequence[str]) -> None:
    """Take the rows out of a Parquet file that have one of some values in a column."""
    with connect(threads=1) as connection, files.replacing(path) as temporary:
        connection.execute("CREATE TEMP TABLE gone AS SELECT unnest(?) AS value", [list(values)])
        rest = f'SELECT * FROM read_parquet({quoted(path)}) WHERE "{column}" NOT IN (SELECT value FROM gone)'
        connection.execute(f"COPY ({rest}) TO {quoted(temporary)} {_FORM}")


def quoted(path: Path | str) -> str:
    """Return a path as SQL writes a text."""
    return "'" + _text(path).replace("'", "''") + "'"


def _disk(error: Exception) -> Exception:
    """Return what DuckDB says of a full disk as the error of the system that it is."""
    return OSError(str(error).splitlines()[0]) if type(error).__name__ == "IOException" else error
