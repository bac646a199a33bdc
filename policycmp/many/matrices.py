"""Several documents side by side: a measure is what clauses of several are about, with one main clause of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import document, pairing, schema
from policycmp.comparison import compare
from policycmp.corrections import Corrections
from policycmp.errors import PolicyError
from policycmp.many import changes
from policycmp.many.grouping import Met, common
from policycmp.many.measures import budget_rows, measure_rows, target_rows
from policycmp.pairing import choice, targets
from policycmp.schema import place_of, records
from policycmp.wording import label, said

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Matrix:
    """The measures, targets and budgets of several documents, as `matrix` returns them.

    Attributes
    ----------
    documents : tuple of Tables
        In the order of the columns, the parent first.
    parent : str
        The id of the parent document, or "".
    measures, targets, budgets, changes : DataFrame
        The tables ``measures``, ``measure_targets``, ``measure_budgets`` of data/DATA_DICTIONARY.md; ``changes``
        against the parent.
    lang : str
        The language, zh or en, in which the matrix is shown.

    Examples
    --------
    >>> found = policycmp.matrix(["longwan", "lucheng"])
    >>> found.measures[["measure", "doc", "clause", "title"]].head(2)
       measure      doc  clause          title
    0        1  longwan       1       加强创新载体建设
    1        1  lucheng       1  推动高能级科创平台提质增效
    """

    documents: tuple[document.Tables, ...]
    parent: str
    measures: pd.DataFrame
    targets: pd.DataFrame
    budgets: pd.DataFrame
    changes: pd.DataFrame
    lang: str = "zh"

    def summary(self) -> pd.DataFrame:
        """Return one row per document: its clauses and targets, and how many of them another document answers."""
        import pandas as pd

        counts: dict[str, pd.Series] = {}
        own = self.measures[self.measures["part"] != "partial"]
        for kind, table, key in (("clauses", own, "measure"), ("targets", self.targets, "group")):
            name = label(kind, self.lang, "summary")
            counts[name] = table["doc"].value_counts()
            counts[said("shared", self.lang, chapter="summary", name=name)] = common(table, key)["doc"].value_counts()
        return pd.DataFrame(counts, index=[one.doc for one in self.documents]).fillna(0).astype(int)

    def __repr__(self) -> str:
        return self.summary().to_string()


def matrix(
    sources: Iterable[str | Path | document.Tables],
    *,
    parent: str | Path = "",
    data: str | Path | None = None,
    corrections: Corrections | str | Path | None = None,
    workers: int = 1,
    lang: str = "zh",
) -> Matrix:
    """Set two or more documents side by side, measure by measure.

    Parameters
    ----------
    sources : iterable of str, Path or Tables
        The documents, in the order of their columns.
    parent : str or Path, optional
        The document that the others follow (the city's); its pairs then make the measures, and what each other document
        keeps, changes, leaves out and adds is told.
    data, corrections, workers
        As for `tables.load_many`.
    lang : str
        The language in which the matrix is shown, zh or en.

    Returns
    -------
    Matrix
        What several documents say about the same, in groups; it prints as a row per document.

    Raises
    ------
    PolicyError
        If a source is at fault, there are fewer than two, or two have the same id.

    Examples
    --------
    >>> policycmp.matrix(["longwan", "lucheng"]).budgets[["group", "doc", "heading", "amount_yuan"]].head(2)
       group      doc heading  amount_yuan
    0      1  longwan  强化科技创新          NaN
    1      1  lucheng  强化科技创新  305000000.0
    """
    others = [source for source in sources if not parent or getattr(source, "doc", str(source)) != str(parent)]
    ordered = [parent, *others] if parent else others
    loaded = document.load_many(ordered, data=data, corrections=corrections, workers=workers)
    documents = [one.of_part(0) for one in loaded]
    if len(documents) < 2:
        raise PolicyError("too_few", number=len(documents))
    origins = {one.doc: source for one, source in zip(documents, ordered, strict=True)}
    decided = document.corrections_for(origins, corrections, data=data)
    found = _met(documents, decided)
    measures = schema.frame("measures", measure_rows(documents, found, parent=bool(parent)))
    own = records(measures[measures["part"] != "partial"])
    homes = {(row["doc"], place_of(row)): row["measure"] for row in own}
    told = []
    for other in documents[1:] if parent else ():
        told += changes.rows(compare(documents[0], other, corrections=decided))
    return Matrix(
        documents=tuple(documents),
        parent=documents[0].doc if parent else "",
        measures=measures,
        targets=schema.frame("measure_targets", target_rows(documents, found, homes)),
        budgets=schema.frame("measure_budgets", budget_rows(documents, found)),
        changes=schema.frame("changes", told),
        lang=lang,
    )


def _met(documents: Sequence[document.Tables], decided: Corrections) -> dict[tuple[int, int], Met]:
    """Return what each two of some documents have in common; nothing more of the many pairs is kept."""
    described, sides = [targets.described(one) for one in documents], [choice.side(one) for one in documents]
    found = {}
    for one, two in combinations(range(len(documents)), 2):
        left, right = documents[one], documents[two]
        aligned = pairing.align(left, right, corrections=decided, sides=(sides[one], sides[two]))
        sections = pairing.section_pairs(left, right, aligned)
        descriptions = described[one], described[two]
        both = targets.match(left, right, aligned, sections, corrections=decided, descriptions=descriptions)
        found[one, two] = Met(
            aligned.scores.total,
            aligned.level,
            aligned.chosen,
            aligned.origins,
            pairing.answered(sections),
            both.keys(),
        )
    return found
