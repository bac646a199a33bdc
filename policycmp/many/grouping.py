"""Groups of what several documents say about the same, with at most one of each document: average linkage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from policycmp.schema import Record

if TYPE_CHECKING:
    import pandas as pd

AGREED = 0.5  # targets (sections) of several documents become one group if this share of their pairs is paired


class Met(NamedTuple):
    """What a matrix needs of two documents: how alike their clauses are, and what answers what by position or key."""

    alike: NDArray[np.float64]
    level: float
    chosen: Mapping[tuple[int, int], str]
    origins: Mapping[tuple[int, int], str]
    sections: Sequence[tuple[int, int]]
    targets: Sequence[tuple[str, str]]


Pairs = Mapping[tuple[int, int], Met]  # each two documents by their numbers


def common(table: pd.DataFrame, by: str = "group") -> pd.DataFrame:
    """Return the rows of groups, or of measures, in which two or more documents have a part."""
    return table[table.groupby(by)["doc"].transform("nunique") > 1]


def gather(
    owner: NDArray[Any], close: NDArray[Any], linked: NDArray[np.bool_], *, joint: float, least: float
) -> list[list[int]]:
    """Return groups of positions, one of each owner in a group, by average linkage (Sokal and Michener 1958).

    Two positions come together if they are ``linked``; two groups, if some of theirs are, and all are as ``close`` as
    ``joint`` on average and none less than ``least``: a chain whose ends differ is not closed.
    """
    groups = []
    for inside in _hanging_together(linked):
        block = np.ix_(inside, inside)
        found = _gather(owner[inside], close[block], linked[block], joint, least) if len(inside) > 1 else [[0]]
        groups += [inside[group].tolist() for group in found]
    return sorted(groups, key=min)


def _hanging_together(linked: NDArray[np.bool_]) -> list[NDArray[Any]]:
    """Return the positions in groups of which no two are linked."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    if not len(linked):
        return []
    number, component = connected_components(csr_array(linked), directed=False)
    order = np.argsort(component, kind="stable")
    return np.split(order, np.searchsorted(component[order], np.arange(1, number)))


def _gather(
    owner: NDArray[Any], close: NDArray[Any], linked: NDArray[np.bool_], joint: float, least: float
) -> list[list[int]]:
    mean = np.where(owner[:, None] == owner[None, :], -np.inf, np.round(close.astype(float), 9))
    lowest = mean.copy()
    pair, size, place = linked.copy(), np.ones(len(owner)), np.arange(len(owner))
    value = np.where(pair, mean, -np.inf)
    best = value.max(axis=1)  # of each row, so that one merge looks at two rows and not at all

    def merge(one: int, two: int) -> None:
        mean[one] = mean[:, one] = (size[one] * mean[one] + size[two] * mean[two]) / (size[one] + size[two])
        lowest[one] = lowest[:, one] = np.minimum(lowest[one], lowest[two])
        pair[one] = pair[:, one] = pair[one] | pair[two]
        size[one], size[two] = size[one] + size[two], 0
        place[place == two] = one
        fit = pair[one] & (size > 0) & (mean[one] >= joint) & (lowest[one] >= least)
        touched = np.flatnonzero((value[:, one] >= best) | (value[:, two] >= best))
        value[one] = value[:, one] = np.where(fit, mean[one], -np.inf)
        value[two] = value[:, two] = -np.inf
        np.maximum(best, value[:, one], out=best)
        again = [*touched.tolist(), one, two]
        best[again] = value[again].max(axis=1)

    while best.max(initial=-np.inf) > -np.inf:
        row = int(best.argmax())
        merge(row, int(value[row].argmax()))  # the first of the best: the smaller position is kept
    return [np.flatnonzero(place == number).tolist() for number in dict.fromkeys(place.tolist())]


def settle(
    groups: Iterable[Sequence[int]],
    owner: NDArray[Any],
    close: NDArray[Any],
    linked: NDArray[np.bool_],
    *,
    joint: float,
) -> list[list[int]]:
    """Return the groups with each position that is left alone put into the group that it is linked to.

    There it stands beside one of its own document. Of several groups it goes to the closest one; to one of two or more
    others only if it is as close to them as ``joint``.
    """
    found = [list(group) for group in groups]
    for alone in [group[0] for group in found if len(group) == 1]:
        home, closest = None, 0.0
        for group in found:
            if alone in group or not linked[alone, group].any():
                continue
            others = [one for one in group if owner[one] != owner[alone]]
            mean = float(close[alone, others].mean())
            if mean > closest and (len(others) == 1 or mean >= joint):
                home, closest = group, mean
        if home is not None:
            found.remove([alone])
            home.append(alone)
    return found


def grouped(
    tables: Sequence[Mapping[Any, Record]], found: Pairs, pairs_of: Callable[[Met], Iterable[tuple[Any, Any]]]
) -> list[list[tuple[int, Record]]]:
    """Return groups of rows that are paired, at least `AGREED` of the pairs that there could be in each.

    Parameters
    ----------
    tables : sequence of mapping
        The rows of each document by their keys.
    found : mapping
        What each two documents have in common.
    pairs_of : callable
        The keys that are paired of two documents.

    Returns
    -------
    list
        The groups, each a list of rows with the number of their document.
    """
    nodes = [(number, key) for number, table in enumerate(tables) for key in table]
    position = {node: at for at, node in enumerate(nodes)}
    linked = np.zeros((len(nodes), len(nodes)), dtype=bool)
    for (one, two), met in found.items():
        for left, right in pairs_of(met):
            at = position[one, left], position[two, right]
            linked[at] = linked[at[::-1]] = True
    owner = np.array([number for number, _ in nodes], dtype=int)
    groups = []
    for group in gather(owner, linked, linked, joint=AGREED, least=0.0):
        members = [nodes[at] for at in group]
        groups.append([(number, tables[number][key]) for number, key in members])
    return groups
