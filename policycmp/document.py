"""One source → all its tables, put right by the corrections."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import quantities, reading, schema, structure
from policycmp.corrections import Corrections, apply, decisions
from policycmp.errors import PolicyError
from policycmp.schema import Place

if TYPE_CHECKING:
    import pandas as pd

MANY = 20  # documents: fewer are read before a second process has started


@dataclass(frozen=True)
class Tables:
    """The tables of one document; the columns are those of the data dictionary."""

    policy: reading.Policy
    outline: structure.Outline
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
    source: str | Path | Tables, *, data: str | Path | None = None, corrections: Corrections | str | Path | None = None
) -> Tables:
    """Read ``source`` (a document id or a path) into its tables.

    Parameters
    ----------
    source : str, Path or Tables
        A document id such as longwan, or the path of a file; tables are returned as they are.
    data : str or Path, optional
        The data folder, ``data/`` by default.
    corrections : Corrections, str or Path, optional
        The corrections or their folder; by default ``overrides/`` in the data folder, and a folder of that name beside
        a text given by its path; "none" for none.

    Raises
    ------
    PolicyError
        If the source or a correction is at fault.
    """
    if isinstance(source, Tables):
        return source
    policy = reading.load(source, data=data)
    result = structure.read_structure(policy)
    sections = structure.section_table(result)
    decided = corrections_for({policy.doc: source}, corrections, data=data)
    found = quantities.quantity_table(result)
    own = Tables(
        policy, result, schema.frame("documents", [structure.document_row(result)]), sections,
        structure.clause_table(result), structure.responsibility_table(result), found,
        quantities.target_table(found), quantities.budget_table(found, sections),
    )  # fmt: skip
    return corrected(own, decided)


def corrections_for(
    sources: Mapping[str, str | Path | Tables],
    corrections: Corrections | str | Path | None,
    *,
    data: str | Path | None = None,
) -> Corrections:
    """Return the corrections that hold for documents.

    Parameters
    ----------
    sources : mapping
        Where each document comes from, by its id.
    corrections : Corrections, str, Path or None
        As for `load`.
    data : str or Path, optional
        The data folder, ``data/`` by default.

    Raises
    ------
    PolicyError
        If a file is at fault, or one in the data folder names a document that is neither known nor among ``sources``.
    """
    if isinstance(corrections, Corrections):
        return corrections
    folder = decisions.folder_of(corrections, reading.data_folder(data))
    found = Corrections.read(folder) if folder else Corrections.none()
    if corrections is None:
        decisions.check_documents(found, {*sources, *reading.known(data)})
        found += beside(sources.values(), data=data)
    return found


def beside(sources: Iterable[str | Path | Tables], *, data: str | Path | None = None) -> Corrections:
    """Return the corrections in a folder ``overrides`` beside texts that are given by their paths.

    That of the data folder is left out: it holds for every document.
    """
    own = (reading.data_folder(data) / decisions.FOLDER).resolve()
    paths = [Path(source) for source in sources if not isinstance(source, Tables)]
    folders = dict.fromkeys(path.parent / decisions.FOLDER for path in paths if path.is_file())
    found = Corrections.none()
    for folder in folders:
        if folder.resolve() != own:
            found += Corrections.read(folder)
    return found


def corrected(tables: Tables, corrections: Corrections) -> Tables:
    """Return ``tables`` with their numbers put right, and the targets and budgets that follow from them."""
    spans: dict[Place, tuple[int, int]] = {}
    for start, end, section, clause in tables.outline.place():
        spans.setdefault(Place(section, clause), (start, end))
    found = apply.to_quantities(tables.quantities, corrections, doc=tables.doc, text=tables.policy.text, spans=spans)
    if found is tables.quantities:
        return tables
    targets, budgets = quantities.target_table(found), quantities.budget_table(found, tables.sections)
    return replace(tables, quantities=found, targets=targets, budgets=budgets)


def load_many(
    sources: Iterable[str | Path | Tables],
    *,
    data: str | Path | None = None,
    corrections: Corrections | str | Path | None = None,
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
