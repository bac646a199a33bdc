"""One source → all its tables, corrected by the overrides."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import quantities, reading, schema
from policycmp.corrections import decisions
from policycmp.errors import PolicyError
from policycmp.structure import clauses, outline

if TYPE_CHECKING:
    import pandas as pd

MANY = 20  # documents: fewer are read before a second process has started


@dataclass(frozen=True)
class Tables:
    """The tables of one document; the columns are those of the data dictionary."""

    policy: reading.Policy
    outline: outline.Outline
    documents: pd.DataFrame
    sections: pd.DataFrame
    clauses: pd.DataFrame
    responsibilities: pd.DataFrame
    quantities: pd.DataFrame
    targets: pd.DataFrame
    budgets: pd.DataFrame

    @property
    def doc(self) -> str:
        """The document's id."""
        return self.policy.doc

    @property
    def name(self) -> str:
        """The district as charts and tables call it."""
        return self.policy.district

    def named(self, lang: str = "zh") -> str:
        """Return the district's name in ``lang``; the Chinese one where no other is known."""
        return (self.policy.district_en if lang == "en" else "") or self.name

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, name))} {name}" for name in schema.SOURCE_TABLES[1:])
        return f"{self.name} ({self.doc}): {counts}"


def load(
    source: str | Path | Tables, *, data: str | Path | None = None, corrections: str | Path | None = None
) -> Tables:
    """Read ``source`` (a document id or a path) into its tables.

    Parameters
    ----------
    source : str, Path or Tables
        A document id such as longwan, or the path of a file; tables are returned as they are.
    data : str or Path, optional
        The data folder, ``data/`` by default.
    corrections : str or Path, optional
        The folder of overrides, ``overrides/`` in the data folder by default, and one of that name beside a text
        given by its path; "none" for none.

    Raises
    ------
    PolicyError
        If the source or an override is at fault.
    """
    if isinstance(source, Tables):
        return source
    policy = reading.load(source, data=data)
    result = clauses.read(policy)
    sections = clauses.section_table(result)
    where = decisions.folder(corrections, reading.data_folder(data))
    if corrections is None:
        decisions.check_documents(where, {policy.doc, *reading.known(data)})
    found = quantities.quantity_table(result)
    own = Tables(
        policy, result, schema.frame("documents", [clauses.document_row(result)]), sections,
        clauses.clause_table(result), clauses.responsibility_table(result), found,
        quantities.target_table(found), quantities.budget_table(found, sections),
    )  # fmt: skip
    return corrected(own, where, beside(source) if corrections is None else None)


def beside(source: str | Path) -> Path | None:
    """Return the folder of overrides beside a text that is given by its path."""
    return Path(source).parent / "overrides" if Path(source).is_file() else None


def corrected(tables: Tables, *places: Path | None) -> Tables:
    """Return ``tables`` with the corrections of quantities in the folders ``places``."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for start, end, section, clause in tables.outline.place():
        spans.setdefault((section, clause), (start, end))
    found = tables.quantities
    for place in dict.fromkeys(places):
        found = decisions.correct(found, tables.doc, tables.policy.text, spans, place)
    if found is tables.quantities:
        return tables
    targets, budgets = quantities.target_table(found), quantities.budget_table(found, tables.sections)
    return replace(tables, quantities=found, targets=targets, budgets=budgets)


def load_many(
    sources: Iterable[str | Path | Tables],
    *,
    data: str | Path | None = None,
    corrections: str | Path | None = None,
    workers: int = 1,
) -> list[Tables]:
    """Read many documents, with a bar on stderr where that is a terminal; no two may have the same id.

    With more than one of ``workers``, many documents are read by as many processes: a script that asks for them needs
    the usual ``if __name__ == "__main__"``.
    """
    from tqdm import tqdm

    sources = list(sources)
    one = partial(load, data=data, corrections=corrections)
    hidden = True if len(sources) < MANY else None  # None: only on a terminal
    with ExitStack() as stack:
        read: Iterable[Tables] = map(one, sources)
        if workers > 1 and len(sources) >= MANY:
            start = multiprocessing.get_context("spawn")  # a fork of a process with threads may hang
            pool = stack.enter_context(ProcessPoolExecutor(workers, mp_context=start))
            read = pool.map(one, sources, chunksize=4)
        found = list(tqdm(read, total=len(sources), unit="", leave=False, disable=hidden))
    for doc, times in Counter(one.doc for one in found).items():
        if times > 1:
            twice = ", ".join(str(s) for s, one in zip(sources, found, strict=True) if one.doc == doc)
            raise PolicyError(twice, "two documents have the same id", "rename one of the files")
    return found


def stack(documents: Sequence[Tables]) -> dict[str, pd.DataFrame]:
    """Return the tables of several documents, each kind in one DataFrame, by name."""
    import pandas as pd

    return {
        name: pd.concat([getattr(one, name) for one in documents], ignore_index=True) for name in schema.SOURCE_TABLES
    }
