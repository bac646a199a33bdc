"""A store is filled with the documents of folders, and their clauses are compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import document, files, locations
from policycmp.corrections import Corrections
from policycmp.many import collection
from policycmp.many.collection import parquet, store
from policycmp.many.corpus import measures, neighbours, vectors

if TYPE_CHECKING:
    import pandas as pd

CLAUSES = "SELECT doc, part, section, clause, title, text FROM clauses ORDER BY doc, part, section, clause, start"
_BUILT = "built.json"


def add(
    path: str | Path,
    folder: str | Path | None = None,
    *,
    pattern: str = "",
    data: str | Path | None = None,
    corrections: Corrections | str | Path | None = None,
    workers: int = 1,
    scheduler: Any = None,
) -> dict[str, int]:
    r"""Read the documents of a folder into a store; what it holds already and has not changed is not read again.

    Parameters
    ----------
    path : str or Path
        The store: a folder, made if it is not there.
    folder : str or Path, optional
        The folder of documents, or a table of sources; by default the small made-up collection that is shipped.
    pattern : str
        How its files are called, such as ``{place}/{year}.md``; see `panel`.
    data, corrections, workers, scheduler
        As for `panel`.

    Returns
    -------
    dict of str to int
        How many documents the store holds, how many were read now, and how many files cannot be read; those are listed
        in ``unreadable.csv`` in the store.

    Raises
    ------
    PolicyError
        If nothing fits, or the folder of the store holds other files.

    Examples
    --------
    >>> from pathlib import Path
    >>> for place in ("甲县", "乙县"):
    ...     Path(f"texts/{place}").mkdir(parents=True)
    ...     text = f"一、强化科技创新\n（一）培育企业。{place}新增高新技术企业15家。\n"
    ...     _ = Path(f"texts/{place}/2024.txt").write_text(text, encoding="utf-8")
    >>> policycmp.corpus.add("store", "texts", pattern="{place}/{year}.txt")
    {'documents': 2, 'read': 2, 'unreadable': 0}
    >>> policycmp.corpus.add("store", "texts", pattern="{place}/{year}.txt")
    {'documents': 2, 'read': 0, 'unreadable': 0}
    """
    folder, pattern = (folder, pattern) if folder is not None else collection.shipped()
    collection.sources_of(folder, pattern)  # before it is entered: nothing fits, a year is none, one stands twice
    place = store.opened(path, new=True)
    store.enter(place, Path(folder), pattern)
    return _fill(place, data, corrections, workers, scheduler)


def build(
    path: str | Path,
    *,
    data: str | Path | None = None,
    corrections: Corrections | str | Path | None = None,
    workers: int = 1,
    scheduler: Any = None,
) -> dict[str, int]:
    r"""Read what has changed in the folders of a store, and find for each clause those most like it and its measure.

    Parameters
    ----------
    path : str or Path
        The store.
    data, corrections, workers, scheduler
        As for `panel`.

    Returns
    -------
    dict of str to int
        What `add` returns, with the number of clauses and of measures that several documents have.

    Raises
    ------
    PolicyError
        If there is no store, or what compares clauses is not installed.

    Examples
    --------
    >>> from pathlib import Path
    >>> for place in ("甲县", "乙县"):
    ...     Path(f"texts/{place}").mkdir(parents=True)
    ...     text = f"一、强化科技创新\n（一）培育企业。{place}新增高新技术企业15家。\n"
    ...     _ = Path(f"texts/{place}/2024.txt").write_text(text, encoding="utf-8")
    >>> _ = policycmp.corpus.add("store", "texts", pattern="{place}/{year}.txt")
    >>> policycmp.corpus.build("store")
    {'documents': 2, 'read': 0, 'unreadable': 0, 'clauses': 2, 'measures': 1}
    """
    place = store.opened(path)
    found = _fill(place, data, corrections, workers, scheduler)
    return found | _compare(place)


def _fill(
    place: Path, data: str | Path | None, corrections: Corrections | str | Path | None, workers: int, scheduler: Any
) -> dict[str, int]:
    """Let a store hold what lies in its folders now."""
    sources: list[collection.Source] = []
    for folder, pattern in store.folders(place):
        sources += collection.sources_of(folder, pattern)
    sources = collection.with_ids(sources)
    decided = document.corrections_for({source.doc: source.name for source in sources}, corrections, data=data)
    options = {"data": locations.data_folder(data), "corrections": decided, "workers": workers, "scheduler": scheduler}
    read = collection.fill(place, sources, **options)
    with store.asked(place) as connection:
        unreadable = connection.execute("SELECT file, error, error_zh FROM files WHERE error <> '' ORDER BY file").df()
        (documents,) = connection.execute("SELECT count(*) FROM collection").fetchone()
    files.write_csv(unreadable, place / "unreadable.csv")
    return {"documents": documents, "read": read, "unreadable": len(unreadable)}


def _compare(place: Path) -> dict[str, int]:
    """Compare the clauses of a store, unless they are those that were compared last."""
    with store.asked(place) as connection:
        state = connection.execute("SELECT file, doc, sha256, reader FROM files ORDER BY file").fetchall()
        key = hashlib.sha256(repr(state).encode()).hexdigest()
        built = place / _BUILT
        if built.exists() and (known := json.loads(built.read_text(encoding="utf-8")))["key"] == key:
            return {name: known[name] for name in ("clauses", "measures")}
        clauses = connection.execute(CLAUSES).df()
    made = _written(place, clauses) | {"clauses": len(clauses)}
    found = {name: made[name] for name in ("clauses", "measures")}
    with files.replacing(built) as temporary:
        temporary.write_text(json.dumps(found | {"key": key}) + "\n", encoding="utf-8")
    return found


def _written(place: Path, clauses: pd.DataFrame) -> dict[str, int]:
    """Write the neighbours of each clause, the measures, and in how many clauses each pair of characters stands."""
    import pandas as pd

    (place / _BUILT).unlink(missing_ok=True)
    texts = _texts(clauses["title"].tolist(), clauses["text"].tolist())
    places = clauses[["doc", "part", "section", "clause"]]
    del clauses
    vectored = vectors.vectors(texts)
    del texts
    near = neighbours.neighbours(vectored)
    counts = pd.DataFrame({"pair": vectored.pairs, "count": vectored.counts})
    parquet.write(counts.sort_values("pair", ignore_index=True), place / "pairs.parquet")
    del vectored, counts
    own = places.assign(number=range(len(places)), measure=measures.groups(near, len(places)))
    parquet.write(own, place / "measures.parquet")
    pairs = pd.DataFrame({"number": near.one, "other": near.other, "cosine": near.cosine})
    parquet.write(pairs, place / "neighbours.parquet")
    several = own.groupby("measure")["doc"].nunique()
    return {"measures": int((several > 1).sum())}


def _texts(titles: Sequence[str], texts: Sequence[str]) -> list[str]:
    return [f"{title}。{text}" for title, text in zip(titles, texts, strict=True)]
