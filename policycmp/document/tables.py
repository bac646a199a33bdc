"""The tables of one document, made of their rows when they are asked for, and those of several as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from policycmp import reading, schema, structure
from policycmp.errors import PolicyError

if TYPE_CHECKING:
    import pandas as pd


class _Table(cached_property["pd.DataFrame"]):
    """One of the tables, made of its rows when it is first asked for."""

    def __init__(self) -> None:
        super().__init__(self._made)

    def _made(self, tables: Tables) -> pd.DataFrame:
        name = str(self.attrname)
        return schema.frame(name, tables.rows[name])


@dataclass(frozen=True)
class Tables:
    """The tables of one document, as `load` returns them; data/DATA_DICTIONARY.md explains the columns.

    Attributes
    ----------
    policy : Policy
        The text that was read, and what it says about itself: ``policy.text``, ``policy.title``, ``policy.year`` …
    outline : Outline
        Where its sections and clauses begin and end.
    rows : mapping of str to sequence of dict
        The rows of all tables, of which these are made when they are asked for.
    documents : DataFrame
        One row: title, issuer, status, year, and how much the document holds.
    parts, sections, clauses, responsibilities : DataFrame
        A row per annex, per section, per clause, and per body that is named as responsible for a clause.
    quantities : DataFrame
        A row per number of the text, with its role.
    targets, results, budgets, incentives : DataFrame
        The numbers to be reached, those that were reached already, those that are allotted, and what is paid for what.
    of : Tables, optional
        Of the tables of one part, those of the whole document.

    Examples
    --------
    >>> longwan = policycmp.load("longwan")
    >>> row = longwan.targets.iloc[1]
    >>> longwan.policy.text[row["start"] : row["end"]]
    '新增高新技术企业150家'
    """

    policy: reading.Policy
    outline: structure.Outline
    rows: Mapping[str, Sequence[schema.Record]]
    of: Tables | None = field(default=None, kw_only=True)

    documents = _Table()
    parts = _Table()
    sections = _Table()
    clauses = _Table()
    responsibilities = _Table()
    quantities = _Table()
    targets = _Table()
    results = _Table()
    budgets = _Table()
    incentives = _Table()

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

    def of_part(self, number: int = 0) -> Tables:
        """Return the tables of one part alone, 0 is the main text; the table of parts stays whole."""
        known = tuple(row["part"] for row in self.rows["parts"])
        if number not in known:
            raise PolicyError("no_part", self.policy.source_file, part=number, known=known)
        own = dict(self.rows)
        for name in own.keys() - {"documents", "parts"}:
            own[name] = [row for row in self.rows[name] if row["part"] == number]
        if all(len(rows) == len(self.rows[name]) for name, rows in own.items()):
            return self
        return replace(self, outline=self.outline.of_part(number), rows=own, of=self.of or self)

    def having(self, **tables: pd.DataFrame) -> Tables:
        """Return the document with other tables in the place of some of its own."""
        rows = {name: schema.records(table) for name, table in tables.items()}
        changed = replace(self, rows={**self.rows, **rows})
        vars(changed).update({name: table for name, table in vars(self).items() if name in self.rows} | tables)
        return changed

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self.rows[name])} {name}" for name in schema.SOURCE_TABLES[2:])
        return f"{self.name} ({self.doc}): {counts}"


def stack(documents: Sequence[Tables]) -> dict[str, pd.DataFrame]:
    """Return the tables of several documents, each kind in one DataFrame, by name.

    Parameters
    ----------
    documents : sequence of Tables
        The documents, in the order in which their rows follow.

    Returns
    -------
    dict of str to DataFrame
        documents, parts, sections … incentives, as `Tables` has them; the column doc tells whose a row is.

    Examples
    --------
    >>> both = policycmp.tables.load_many(["longwan", "lucheng"])
    >>> policycmp.tables.stack(both)["sections"].groupby("doc").size().to_dict()
    {'longwan': 8, 'lucheng': 8}
    """
    return {
        name: schema.frame(name, chain.from_iterable(one.rows[name] for one in documents))
        for name in schema.SOURCE_TABLES
    }
