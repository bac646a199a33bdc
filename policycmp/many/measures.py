"""Many documents side by side: a measure is what clauses of several are about, with one main clause of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from policycmp import document, pairing, schema
from policycmp.asking import spread
from policycmp.comparison import Comparison, compare
from policycmp.corrections import Corrections
from policycmp.errors import PolicyError
from policycmp.many import changes
from policycmp.schema import records
from policycmp.wording import label, said

if TYPE_CHECKING:
    import pandas as pd

# How alike the clauses of two groups have to be, on average, to become one measure, in thresholds of their pairs. With
# the eleven texts of data/reference half of what lies between 1 and 1.6 glues unlike measures, above it almost none.
JOINT = 1.6
LEAST = 0.5  # and so alike each of them: half a threshold is still more than most unrelated clauses have in common
SURE = 1000.0  # more than any likeness: what a researcher decided, or the parent has, comes together first
AGREED = 0.5  # targets (sections) of several documents become one group if this share of their pairs is paired


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

    def summary(self, lang: str = "zh") -> pd.DataFrame:
        """Return one row per document: its clauses and targets, and how many of them another document answers."""
        import pandas as pd

        counts: dict[str, pd.Series] = {}
        own = self.measures[self.measures["part"] != "partial"]
        for kind, table, key in (("clauses", own, "measure"), ("targets", self.targets, "group")):
            name = label(kind, lang, "summary")
            counts[name] = table["doc"].value_counts()
            counts[said("shared", lang, chapter="summary", name=name)] = common(table, key)["doc"].value_counts()
        return pd.DataFrame(counts, index=[one.doc for one in self.documents]).fillna(0).astype(int)

    def __repr__(self) -> str:
        return self.summary().to_string()


def common(table: pd.DataFrame, by: str = "group") -> pd.DataFrame:
    """Return the rows of groups, or of measures, in which two or more documents have a part."""
    return table[table.groupby(by)["doc"].transform("nunique") > 1]


def shortest(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return what a group of targets counts, as the document that says it in the fewest characters puts it."""
    return min((str(row["indicator"]) for row in rows), key=lambda text: (not text.isascii(), len(text), text))


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
    documents = document.load_many(ordered, data=data, corrections=corrections, workers=workers)
    if len(documents) < 2:
        raise PolicyError("too_few", number=len(documents))
    both = combinations(range(len(documents)), 2)
    origins = {one.doc: source for one, source in zip(documents, ordered, strict=True)}
    decided = document.corrections_for(origins, corrections, data=data)
    found = {(a, b): compare(documents[a], documents[b], corrections=decided) for a, b in both}
    measures = schema.frame("measures", _measure_rows(documents, found, bool(parent)))
    own = records(measures[measures["part"] != "partial"])
    place = {(row["doc"], row["section"], row["clause"]): row["measure"] for row in own}
    targets = schema.frame("measure_targets", _target_rows(documents, found, place))
    budgets = schema.frame("measure_budgets", _budget_rows(documents, found))
    name = documents[0].doc if parent else ""
    told = [row for b in range(1, len(documents)) if parent for row in changes.rows(found[0, b])]
    return Matrix(tuple(documents), name, measures, targets, budgets, schema.frame("changes", told), lang)


def _measure_rows(
    documents: Sequence[document.Tables], found: Mapping[tuple[int, int], Comparison], parent: bool
) -> Iterator[dict[str, Any]]:
    """Yield each clause in its measure, then those of other measures that are partly about it."""
    start = np.cumsum([0, *(len(one.clauses) for one in documents)]).tolist()
    owner = np.repeat(np.arange(len(documents)), np.diff(start))
    close, alike = np.zeros((2, start[-1], start[-1]))
    linked, related = np.zeros((2, start[-1], start[-1]), dtype=bool)
    for (a, b), one in found.items():
        block = slice(start[a], start[a + 1]), slice(start[b], start[b + 1])
        alike[block] = one.aligned.scores.total
        close[block] = one.aligned.scores.total / max(one.aligned.threshold, 1e-9)
        for pair, origin in one.aligned.origins.items():
            place, relation = (start[a] + pair[0], start[b] + pair[1]), one.aligned.chosen.get(pair)
            linked[place], related[place] = relation == "same", relation is not None
            close[place] += SURE if relation == "same" and (origin == "override" or (parent and a == 0)) else 0
            close[place] -= np.inf if origin == "rejected" else 0
    close, alike, linked, related = close + close.T, alike + alike.T, linked | linked.T, related | related.T
    clauses = [row for one in documents for row in records(one.clauses)]
    lexicon, groups = documents[0].policy.lexicon, gather(owner, close, linked, JOINT, LEAST)
    _settle(groups, owner, close, linked)
    for number, group in enumerate(sorted(groups, key=min), 1):
        other = owner[:, None] != owner[group]
        votes = (related[:, group] & other).sum(axis=1)
        partial = np.flatnonzero((votes > 0) & (votes >= AGREED * other.sum(axis=1))).tolist()
        partial = sorted(set(partial) - set(group))
        mean = {k: round(float(alike[k, group] @ other[k] / max(other[k].sum(), 1)), 4) for k in [*group, *partial]}
        mains = {owner[k]: k for k in sorted(group, key=lambda k: (mean[k], -k))}
        for k in sorted(mean, key=lambda k: (owner[k], k in partial, k not in mains.values(), k)):
            part = "partial" if k in partial else "main" if k in mains.values() else "further"
            line: dict[str, Any] = {"measure": number, "part": part}
            if parent and owner[k] and k in group:
                old, new = (spread.clause_text(clauses[at]) if at is not None else "" for at in (mains.get(0), k))
                line["change"], line["shared"] = changes.judge(old, new, lexicon) if old else ("new", None)
            yield clauses[k] | line | {"similarity": mean[k] if other[k].any() else None}


def gather(owner: np.ndarray, close: np.ndarray, linked: np.ndarray, joint: float, least: float) -> list[list[int]]:
    """Return groups of positions, one of each owner in a group, by average linkage (Sokal and Michener 1958).

    Two positions come together if they are ``linked``; two groups, if some of theirs are, and all are as ``close`` as
    ``joint`` on average and none less than ``least``: a chain whose ends differ is not closed.
    """
    mean = np.where(owner[:, None] == owner[None, :], -np.inf, np.round(close, 9))
    lowest = mean.copy()
    pair, size, place = linked.copy(), np.ones(len(owner)), np.arange(len(owner))
    value = np.where(pair, mean, -np.inf)

    def merge(one: int, two: int) -> None:
        mean[one] = mean[:, one] = (size[one] * mean[one] + size[two] * mean[two]) / (size[one] + size[two])
        lowest[one] = lowest[:, one] = np.minimum(lowest[one], lowest[two])
        pair[one] = pair[:, one] = pair[one] | pair[two]
        size[one], size[two] = size[one] + size[two], 0
        place[place == two] = one
        fit = pair[one] & (size > 0) & (mean[one] >= joint) & (lowest[one] >= least)
        value[one] = value[:, one] = np.where(fit, mean[one], -np.inf)
        value[two] = value[:, two] = -np.inf

    while value.max(initial=-np.inf) > -np.inf:
        merge(*divmod(int(value.argmax()), len(owner)))  # the first of the best: the smaller position is kept
    return [np.flatnonzero(place == number).tolist() for number in dict.fromkeys(place.tolist())]


def _settle(groups: list[list[int]], owner: np.ndarray, close: np.ndarray, linked: np.ndarray) -> None:
    """Put each clause left alone into the group that it is linked to, beside its document's main clause there."""
    for one in [group[0] for group in groups if len(group) == 1]:
        best: tuple[float, list[int]] = (0.0, [])
        for group in (group for group in groups if one not in group and linked[one, group].any()):
            means = close[one, [two for two in group if owner[two] != owner[one]]]
            if means.mean() > best[0] and (len(means) == 1 or means.mean() >= JOINT):
                best = float(means.mean()), group
        if best[1]:
            groups.remove([one])
            best[1].append(one)


def _grouped(
    found: Mapping[tuple[int, int], Comparison],
    rows: Sequence[Mapping[Any, Any]],
    pairs_of: Callable[[Comparison], Any],
) -> Iterator[tuple[int, list[tuple[int, Any]]]]:
    """Yield numbered groups of (document, row): rows that are paired, at least `AGREED` of those that could be."""
    nodes = [(number, key) for number, own in enumerate(rows) for key in own]
    place = {node: at for at, node in enumerate(nodes)}
    linked = np.zeros((len(nodes), len(nodes)), dtype=bool)
    for (a, b), comparison in found.items():
        for left, right in pairs_of(comparison):
            linked[place[a, left], place[b, right]] = linked[place[b, right], place[a, left]] = True
    groups = gather(np.array([number for number, _ in nodes]), linked.astype(float), linked, AGREED, 0.0)
    for number, group in enumerate(groups, 1):
        yield number, [(nodes[at][0], rows[nodes[at][0]][nodes[at][1]]) for at in group]


def _target_rows(
    documents: Sequence[document.Tables], found: Mapping[tuple[int, int], Comparison], measures: Mapping[Any, int]
) -> Iterator[dict[str, Any]]:
    """Yield the targets of all documents; what counts the same thing has one group."""
    rows = [{row["target"]: row for row in records(one.targets)} for one in documents]
    for number, group in _grouped(found, rows, lambda it: it.target_pairs[["left_target", "right_target"]].to_numpy()):
        lexicon = documents[0].policy.lexicon
        plain = [row for _, row in group if row["comparator"] not in {"top", "range"}]
        sizes = {row["target"]: pairing.convert(row["unit"], lexicon)[1] * row["value"] for row in plain}
        most = max(sizes.values(), default=0) if len(sizes) > 1 else 0
        for _, row in group:
            place = measures.get((row["doc"], row["section"], row["clause"]))
            share = round(sizes[row["target"]] / most, 4) if most > 0 and row["target"] in sizes else None
            yield row | {"group": number, "measure": place, "relative": share}


def _budget_rows(
    documents: Sequence[document.Tables], found: Mapping[tuple[int, int], Comparison]
) -> Iterator[dict[str, Any]]:
    """Yield what each section of each document is allotted; sections that answer each other have one group."""
    rows = [{row["section"]: row for row in records(one.sections)} for one in documents]
    for number, group in _grouped(found, rows, lambda it: pairing.answered(it.sections)):
        for at, row in group:
            amount, scope, _ = pairing.amount(documents[at], row["section"])
            yield row | {"group": number, "amount_yuan": amount, "scope": scope}
