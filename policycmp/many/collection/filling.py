"""Documents are read into rows: a batch at a time, by several processes or a cluster, each batch a part of a store."""

from __future__ import annotations

import hashlib
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from importlib.resources import files as resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from policycmp import document, schema
from policycmp.corrections import Corrections
from policycmp.errors import PolicyError, need
from policycmp.many.collection import store
from policycmp.many.collection.sources import Source, level_of
from policycmp.many.collection.statements import statements
from policycmp.schema import Record, records

if TYPE_CHECKING:
    pass

BATCH = 50  # documents of a part: few enough to lose little by an interruption, enough to make few files
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


class Batch(NamedTuple):
    """Sources that are read together, and what a process has to know to do it."""

    sources: tuple[Source, ...]
    folder: Path
    corrections: Corrections
    reader: str = ""
    store: Path | None = None
    number: int = 0


class Reading(NamedTuple):
    """What was read of a batch: the rows of each table, and of each file what it became or why it could not be read."""

    rows: dict[str, list[Record]]
    files: list[Record]


def read(batch: Batch) -> Reading:
    """Read the sources of a batch; one that cannot be read is noted and stops nothing."""
    found = Reading({name: [] for name in store.TABLES}, [])
    for source in batch.sources:
        noted = _stated(source) | {"reader": batch.reader, "doc": source.doc, "error": "", "error_zh": ""}
        try:
            policy = source.read(batch.folder)
            tables = document.load(policy, data=batch.folder, corrections=batch.corrections)
            place = source.place or policy.district
            if policy.year is None:
                raise PolicyError("year_not_told", source.name)
            level = source.level or level_of(place, policy.lexicon)
            rows = _rows(tables, source, place, level)
            for name, listed in rows.items():
                found.rows[name].extend(listed)
            noted |= {"sha256": policy.sha256}
        except PolicyError as error:
            noted |= {"doc": "", "error": error.said("en"), "error_zh": error.said("zh")}
        except (RecursionError, ValueError, LookupError, TypeError, OSError) as error:  # one file of thousands
            broken = PolicyError("broken_document", source.name, error=repr(error))
            noted |= {"doc": "", "error": broken.said("en"), "error_zh": broken.said("zh")}
        found.files.append(noted)
    return found


def _rows(tables: document.Tables, source: Source, place: str, level: str) -> dict[str, list[Record]]:
    told = {"place": place, "level": level}
    own = tables.rows["documents"][0] | told | {"file": source.name}
    clauses = [row | told for row in tables.rows["clauses"]]
    return {"collection": [own], "clauses": clauses, "panel": statements(tables, place=place, level=level)}


def _stated(source: Source) -> Record:
    """Return what a file looks like from outside."""
    if source.path is None:
        raw = source.text.encode()
        return {"file": source.name, "size": len(raw), "changed": 0, "sha256": hashlib.sha256(raw).hexdigest()}
    state = source.path.stat()
    return {"file": source.name, "size": state.st_size, "changed": state.st_mtime_ns, "sha256": ""}


def read_part(batch: Batch) -> int:
    """Read a batch and write it into its store as a part; return how many of its files could not be read."""
    assert batch.store is not None
    found = read(batch)
    tables = {name: schema.frame(name, rows) for name, rows in found.rows.items()}
    store.write_part(batch.store, batch.number, tables, store.files_frame(found.files))
    return sum(bool(row["error"]) for row in found.files)


def fill(
    folder: Path,
    sources: Sequence[Source],
    *,
    data: Path,
    corrections: Corrections,
    workers: int,
    scheduler: Any = None,
) -> int:
    """Let a store hold exactly these sources, and return how many were read.

    Read is what is new, has changed, or was read by another state of the program; what a killed run has read, stays.
    """
    number = store.sweep(folder)
    reader = reader_key(data, corrections)
    with store.asked(folder) as connection:
        known = {row["file"]: row for row in records(connection.execute("SELECT * FROM files").df())}
    fresh = [source for source in sources if not _is_kept(source, known.get(source.name), reader)]
    gone = known.keys() - {source.name for source in sources} | {source.name for source in fresh} & known.keys()
    store.drop(folder, gone, [known[name]["doc"] for name in gone])
    batches: list[Batch] = []
    for start in range(0, len(fresh), BATCH):
        batches.append(
            Batch(tuple(fresh[start : start + BATCH]), data, corrections, reader, folder, number + len(batches))
        )
    done = spread(
        read_part, batches, workers=workers, scheduler=scheduler, sizes=[len(batch.sources) for batch in batches]
    )
    for _ in done:
        pass
    return len(fresh)


def _is_kept(source: Source, known: Record | None, reader: str) -> bool:
    """Tell whether the store holds a source as it is now, and as this program reads it."""
    if known is None or known["reader"] != reader or known["doc"] not in {source.doc, ""}:
        return False
    now = _stated(source)
    if now["size"] != known["size"]:
        return False
    if source.path is None or now["changed"] == known["changed"]:
        return bool(source.path or now["sha256"] == known["sha256"])
    return hashlib.sha256(source.path.read_bytes()).hexdigest() == str(known["sha256"])


@cache
def _program() -> str:
    """Return what tells one state of the program from another: its code, with the version, and its word lists."""
    found = hashlib.sha256()
    root = Path(str(resources("policycmp")))
    for path in sorted([*root.rglob("*.py"), *root.rglob("words/*.toml")]):
        found.update(path.read_bytes())
    return found.hexdigest()


def reader_key(data: Path, corrections: Corrections) -> str:
    """Return what a reading depends on besides the file: the program, the user's words and corrections."""
    own = data / "lexicon.toml"
    words = own.read_bytes() if own.is_file() else b""
    decided = "\n".join(f"{row.table}:{row.line}" for row in corrections.rows)
    return hashlib.sha256(b"\0".join((_program().encode(), words, decided.encode()))).hexdigest()[:16]


def spread(
    function: Callable[[_Item], _Result], items: Sequence[_Item], *, workers: int, scheduler: Any = None,
    sizes: Sequence[int] = (),
) -> Iterator[_Result]:  # fmt: skip
    """Yield what a function makes of each item, as it is ready; several processes, or the workers of a cluster, do it.

    ``scheduler`` is a client of Dask or the address of its scheduler. What is done is told on stderr, where that is
    a terminal; ``sizes`` says how much each item counts there.
    """
    sizes, done = sizes or [1] * len(items), 0
    for index, result in _spread(function, items, workers, scheduler):
        done += sizes[index]
        if len(items) > 1 and sys.stderr.isatty():
            print(f"{done} / {sum(sizes)}", end="\r", file=sys.stderr)
        yield result


def _spread(
    function: Callable[[_Item], _Result], items: Sequence[_Item], workers: int, scheduler: Any
) -> Iterator[tuple[int, _Result]]:
    if scheduler is not None:
        yield from _on_cluster(function, items, scheduler)
    elif workers > 1 and len(items) > 1:
        start = multiprocessing.get_context("spawn")  # a fork of a process with threads may hang
        with ProcessPoolExecutor(min(workers, len(items)), mp_context=start) as pool:
            futures = {pool.submit(function, item): index for index, item in enumerate(items)}
            try:
                for future in as_completed(futures):
                    yield futures[future], future.result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
    else:
        yield from ((index, function(item)) for index, item in enumerate(items))


def _on_cluster(
    function: Callable[[_Item], _Result], items: Sequence[_Item], scheduler: Any
) -> Iterator[tuple[int, _Result]]:
    need("cluster", "dask", "distributed")
    from dask import distributed

    client: Any = distributed.Client(scheduler) if isinstance(scheduler, str) else scheduler
    waiting = client.map(function, items, pure=False)
    futures = {future.key: index for index, future in enumerate(waiting)}
    for future, result in distributed.as_completed(waiting, with_results=True):
        yield futures[future.key], result
