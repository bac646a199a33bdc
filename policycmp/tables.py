"""One source → all its tables, corrected by the overrides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import clauses, documents, outline, overrides, quantities, schema

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Tables:
    """The tables of one document; the columns are those of the data dictionary."""

    policy: documents.Policy
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


def load(source: str | Path, *, data: str | Path | None = None, corrections: str | Path | None = None) -> Tables:
    """Read ``source`` (a document id or a path) into its tables.

    Parameters
    ----------
    source : str or Path
        A document id such as longwan, or the path of a text file.
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
    policy = documents.load(source, data=data)
    result = clauses.read(policy)
    sections = clauses.section_table(result)
    where = overrides.folder(corrections, documents.data_folder(data))
    if corrections is None:
        overrides.check_documents(where, {policy.doc, *documents.known(data)})
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
        found = overrides.correct(found, tables.doc, tables.policy.text, spans, place)
    if found is tables.quantities:
        return tables
    targets, budgets = quantities.target_table(found), quantities.budget_table(found, tables.sections)
    return replace(tables, quantities=found, targets=targets, budgets=budgets)


def stack(documents: Sequence[Tables]) -> dict[str, pd.DataFrame]:
    """Return the tables of several documents, each kind in one DataFrame, by name."""
    import pandas as pd

    return {
        name: pd.concat([getattr(one, name) for one in documents], ignore_index=True) for name in schema.SOURCE_TABLES
    }
