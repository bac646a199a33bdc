"""Roles of numbers, each against the reference: by genre, and how often rows of each confidence are right.

Of real work reports the reference keeps offsets and roles only (``data/reference/reports``); whoever has the texts can
have the figures. A number that was not marked is a reference.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policycmp import document
from policycmp.errors import PolicyError
from policycmp.evaluate import annotated
from policycmp.schema import WORDLESS, Record, is_missing
from policycmp.text.lexicon import Lexicon

if TYPE_CHECKING:
    import pandas as pd

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)  # narrower where most rows are
GENRES = ("work_report", "plan", "policy")  # by the words of their titles; what has none is a policy
TOLD = {"targets": "target", "results": "result", "budgets": "budget", "incentives": "incentive"}
_STATED = {"target", "budget", "incentive"}  # what the tables of the texts of our own have


class Judged(NamedTuple):
    """A number with the role that it has by the reference and the one found; "" where nothing was found there.

    ``kind`` is the kind of stretch (review, plan, annex, glossary), "" in a text of our own.
    """

    kind: str
    true: str
    found: str
    row: Record

    @property
    def right(self) -> bool:
        """Whether both are the same."""
        return self.true == self.found


def genre(title: str, lexicon: Lexicon) -> str:
    """Return which of `GENRES` a title tells."""
    told = (name for name in GENRES[:-1] if re.search(lexicon.any_of(f"genres.{name}"), title))
    return next(told, GENRES[-1])


def stretches(data: str | Path | None = None) -> dict[str, list[dict[str, str]]]:
    """Return the stretches of real reports that were read by hand, by report."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows("stretches", data):
        found[row["report"]].append(row)
    return dict(found)


def _rows(name: str, data: str | Path | None) -> list[dict[str, str]]:
    path = annotated.reference(data) / "reports" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def load_report(report: str, texts: str | Path, data: str | Path | None = None) -> document.Tables:
    """Return the tables of a report of the folder ``texts``; another text than the one that was read is refused."""
    path = Path(texts) / f"{report}.md"
    if not path.exists():
        raise PolicyError("missing_file", path)
    known = stretches(data)[report][0]["sha256"]
    if hashlib.sha256(path.read_bytes()).hexdigest() != known:
        raise PolicyError("other_text", path)
    return document.load(path, corrections="none")


def of_report(found: document.Tables, report: str, data: str | Path | None = None) -> list[Judged]:
    """Return every number of the stretches of a report that were read, and every one that was marked."""
    spans = [(int(one["start"]), int(one["end"]), one["kind"]) for one in stretches(data)[report]]
    marked = {int(one["start"]): one for one in _rows("numbers", data) if one["report"] == report}
    kinds = {at: kind for start, end, kind in spans for at in range(start, end)}
    owner = {at: start for start, one in marked.items() for at in range(start, int(one["end"]))}
    judged, seen = [], set()
    for row in found.rows["quantities"]:
        at = int(row["number_start"])
        if at not in kinds or row["comparator"] in WORDLESS:
            continue
        start = owner.get(at)
        true = marked[start]["role"] if start is not None else "reference"
        if start is None or start not in seen:  # A、B均增长5% is one number of two rows
            judged.append(Judged(kinds[at], true, row["role"], row))
        seen.add(start)
    missing = [start for start in marked if start not in seen]
    return judged + [Judged(kinds.get(start, ""), marked[start]["role"], "", {}) for start in missing]


def of_own(found: document.Tables, reference: Iterable[tuple[str, dict[str, str]]]) -> list[Judged]:
    """Return the numbers of a text of our own; ``reference`` are its targets, budgets and incentives, with their roles.

    The reference tells nothing of the other roles: a number that has one of them is wrong where it is missed.
    """
    wanted = Counter(_key(role, row) for role, row in reference)
    rows = found.rows["quantities"]
    judged = []
    for row in rows:
        key = _key(row["role"], row)
        if row["role"] in _STATED:
            judged.append(Judged("", row["role"] if wanted[key] else "reference", row["role"], row))
            wanted[key] -= bool(wanted[key])
    missed = [key for key, number in wanted.items() if number]
    for row in rows:
        if row["role"] not in _STATED:
            true = next((role for role, *rest in missed if [*rest] == [*_key(role, row)[1:]]), row["role"])
            judged.append(Judged("", true, row["role"], row))
    return judged


def _key(role: str, row: Record | dict[str, str]) -> tuple[str, int, int, str]:
    """Return by what a number is known: its place, and its value or, of an incentive, how it is printed."""
    value = row.get("amount_yuan", row.get("value"))
    amount = "" if value == "" or is_missing(value) else f"{float(str(value)):.10g}"
    printed = str(row.get("as_written", "")).rstrip("%‰")
    return role, int(row["section"]), int(row["clause"]), printed if role == "incentive" else amount


def counts(judged: Iterable[Judged], role: str) -> tuple[int, int, int]:
    """Return how many numbers have a role by the reference, were found with it, and both."""
    rows = list(judged)
    true, found = (sum(getattr(row, side) == role for row in rows) for side in ("true", "found"))
    return true, found, sum(row.right for row in rows if row.true == role)


def bins(judged: Iterable[tuple[float, bool]]) -> pd.DataFrame:
    """Return how many rows have each confidence, what they say on average, and how many of them are right.

    Parameters
    ----------
    judged : iterable of (float, bool)
        The confidence of each row, and whether its role is right.

    Examples
    --------
    >>> policycmp.evaluate.bins([(0.99, True), (0.99, True), (0.6, False), (0.6, True)])
        low  high  rows  said  right
    0  0.50   0.7     2  0.60    0.5
    1  0.95   1.0     2  0.99    1.0
    """
    import pandas as pd

    rows = list(judged)
    found = []
    for low, high in pairwise(BINS):
        inside = [(told, right) for told, right in rows if low <= told < high or (told == high == BINS[-1])]
        if inside:
            said = sum(told for told, _ in inside) / len(inside)
            right = sum(right for _, right in inside) / len(inside)
            found.append((low, high, len(inside), round(said, 4), round(right, 4)))
    return pd.DataFrame(found, columns=["low", "high", "rows", "said", "right"])
