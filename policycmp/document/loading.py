"""A source, or many, becomes its tables, with the corrections that hold for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from policycmp import incentives, parallel, quantities, reading, schema, structure
from policycmp.corrections import Corrections, apply, decisions
from policycmp.document.tables import Tables
from policycmp.errors import PolicyError


def load(
    source: str | Path | reading.Policy | Tables,
    *,
    doc: str = "",
    data: str | Path | None = None,
    corrections: Corrections | str | Path | None = None,
) -> Tables:
    """Read ``source`` (a document id or a path) into its tables.

    Parameters
    ----------
    source : str, Path, Policy or Tables
        A document id such as longwan, the path of a file, or a text that was read; tables are returned as they are.
    doc : str
        The id of a file that is given by its path; by default its name.
    data, corrections
        As for policycmp.load.

    Returns
    -------
    Tables
        The document's sections, clauses, numbers, targets, results, budgets, incentives and responsible bodies.

    Raises
    ------
    PolicyError
        If the source or a correction is at fault.

    Examples
    --------
    >>> policycmp.load("longwan").budgets[["section", "item", "amount_yuan"]].tail(2)
       section      item   amount_yuan
    3        6  全力扩大有效投资  1.000000e+09
    4        8   保障和改善民生  8.948000e+07
    """
    if isinstance(source, Tables):
        return source
    policy = source if isinstance(source, reading.Policy) else reading.load(source, doc=doc, data=data)
    result = structure.read_structure(policy)
    rows = {
        "documents": structure.document_rows(result),
        "parts": structure.part_rows(result),
        "sections": structure.section_rows(result),
        "clauses": structure.clause_rows(result),
        "responsibilities": structure.responsibility_rows(result),
    }
    own = Tables(policy, result, _with_numbers(rows, quantities.quantity_rows(result), result))
    return corrected(own, corrections_for({policy.doc: source}, corrections, data=data))


def _with_numbers(
    rows: Mapping[str, Sequence[schema.Record]], found: Sequence[schema.Record], outline: structure.Outline
) -> dict[str, Sequence[schema.Record]]:
    """Return the rows of all tables: those of ``quantities`` are ``found``, and others follow from them."""
    views = quantities.role_rows(found, rows["sections"], outline.policy.lexicon)
    return {**rows, "quantities": found, **views, "incentives": incentives.incentive_rows(found, outline)}


def corrections_for(
    sources: Mapping[str, str | Path | reading.Policy | Tables],
    corrections: Corrections | str | Path | None,
    *,
    data: str | Path | None = None,
) -> Corrections:
    """Return the corrections that hold for documents.

    Parameters
    ----------
    sources : mapping of str to str, Path or Tables
        Where each document comes from, by its id.
    corrections, data
        As for `load`.

    Returns
    -------
    Corrections
        ``corrections`` themselves, or what is read from their folder.

    Raises
    ------
    PolicyError
        If a file is at fault, or one in the data folder names a document that is neither known nor among ``sources``.

    Examples
    --------
    >>> policycmp.tables.corrections_for({"longwan": "longwan"}, None).rows
    ()
    """
    if isinstance(corrections, Corrections):
        return corrections
    folder = decisions.folder_of(corrections, reading.data_folder(data))
    found = Corrections.read(folder) if folder else Corrections.none()
    if corrections is None:
        decisions.check_documents(found, {*sources, *reading.known(data)})
        found += beside(sources.values(), data=data)
    return found


def beside(sources: Iterable[str | Path | reading.Policy | Tables], *, data: str | Path | None = None) -> Corrections:
    r"""Return the corrections in a folder ``overrides`` beside texts that are given by their paths.

    Parameters
    ----------
    sources : iterable of str, Path or Tables
        The documents; ids and tables have nothing beside them.
    data : str or Path, optional
        The data folder, ``data/`` by default.

    Returns
    -------
    Corrections
        Those of all these folders but the data folder's, which holds for every document.

    Raises
    ------
    PolicyError
        If a file of corrections is at fault.

    Examples
    --------
    >>> from pathlib import Path
    >>> Path("mine/overrides").mkdir(parents=True)
    >>> _ = Path("mine/a.txt").write_text("一、强化科技创新", encoding="utf-8")
    >>> _ = Path("mine/overrides/target_pairs.csv").write_text("left_target,right_target,decision\na-1-1,b-1-1,reject")
    >>> len(policycmp.tables.beside(["mine/a.txt"]).rows)
    1
    """
    own = (reading.data_folder(data) / decisions.FOLDER).resolve()
    paths = [Path(source) for source in sources if isinstance(source, str | Path)]
    folders = dict.fromkeys(path.parent / decisions.FOLDER for path in paths if path.is_file())
    found = Corrections.none()
    for folder in folders:
        if folder.resolve() != own:
            found += Corrections.read(folder)
    return found


def corrected(tables: Tables, corrections: Corrections) -> Tables:
    """Return ``tables`` with their numbers put right, and the tables that follow from them.

    Parameters
    ----------
    tables : Tables
        The tables of one document, which stay as they are.
    corrections : Corrections
        What was decided about its numbers; what is about others is passed over.

    Returns
    -------
    Tables
        The same object where nothing is to be put right; a correction whose number is not there raises `PolicyError`.

    Examples
    --------
    >>> len(policycmp.tables.corrected(policycmp.load("longwan"), policycmp.Corrections.none()).targets)
    99
    """
    policy, spans = tables.policy, tables.outline.spans()
    known = tables.rows["quantities"]
    found = apply.to_quantities(known, corrections, doc=policy.doc, text=policy.text, spans=spans)
    if found is known:
        return tables
    return replace(tables, rows=_with_numbers(tables.rows, found, tables.outline))


def load_many(
    sources: Iterable[str | Path | Tables],
    *,
    data: str | Path | None = None,
    corrections: Corrections | str | Path | None = None,
    workers: int = 1,
) -> list[Tables]:
    """Read many documents, counting them on stderr where that is a terminal; no two may have the same id.

    Parameters
    ----------
    sources : iterable of str, Path or Tables
        The documents, each as for `load`.
    data, corrections
        As for `load`.
    workers : int
        By how many processes many documents are read: a script that asks for more than one needs the usual
        ``if __name__ == "__main__"``.

    Returns
    -------
    list of Tables
        In the order of ``sources``.

    Raises
    ------
    PolicyError
        If a source or a correction is at fault, or one document is named twice.

    Examples
    --------
    >>> [len(one.clauses) for one in policycmp.tables.load_many(["longwan", "lucheng"])]
    [40, 41]
    """
    return list(load_each(sources, data=data, corrections=corrections, workers=workers))


def load_each(
    sources: Iterable[str | Path | Tables],
    *,
    data: str | Path | None = None,
    corrections: Corrections | str | Path | None = None,
    workers: int = 1,
) -> Iterator[Tables]:
    """Yield the documents that `load_many` returns, one by one, so that memory need not hold all of them.

    Parameters
    ----------
    sources, data, corrections, workers
        As for `load_many`.

    Returns
    -------
    iterator of Tables
        In the order of ``sources``.

    Examples
    --------
    >>> sum(len(one.targets) for one in policycmp.tables.load_each(["longwan", "lucheng"]))
    178
    """
    sources, known = list(sources), dict[str, str | Path | Tables]()
    named = list(zip(sources, reading.told_apart(sources, data), strict=True))
    read = parallel.in_order(partial(_load, data=data, corrections=corrections), named, workers=workers)
    for source, tables in zip(sources, read, strict=True):
        if tables.doc in known:
            raise PolicyError("id_twice", sources=[known[tables.doc], source])
        known[tables.doc] = source
        yield tables


def _load(named: tuple[str | Path | Tables, str], **options: Any) -> Tables:
    return load(named[0], doc=named[1], **options)
