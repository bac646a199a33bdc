"""The corrections of a window: made, undone, saved, and taken up again where a window was lost."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from policycmp import reading
from policycmp.asking.filters import Key
from policycmp.corrections import Decision
from policycmp.corrections.book import Book
from policycmp.corrections.journal import Journal, Unsaved
from policycmp.errors import PolicyError
from policycmp.explorer.view import View
from policycmp.schema import SIDES, Place, places

FIELDS = ("value", "value_max", "unit", "indicator", "comparator", "commitment", "role", "year")  # that can be fixed


class Session(View):
    """A `View` that can be corrected; each step that is not saved stands in a journal.

    Attributes
    ----------
    left_behind : list of Unsaved
        What other windows on the same documents have not saved, the latest first.
    """

    def __init__(self, left: str | Path, right: str | Path, **options: Any) -> None:
        self._journals: dict[tuple[str, str], Journal] = {}
        self.left_behind: list[Unsaved] = []
        super().__init__(left, right, **options)

    def open(self, left: str | Path, right: str | Path) -> None:
        """Compare two other documents, and look for what was left behind of them."""
        super().open(left, right)
        self.left_behind = self._journal(self.book).others() if self.book else []

    def _journal(self, book: Book) -> Journal:
        return self._journals.setdefault(book.docs, Journal(book.where, book.docs))

    @property
    def unsaved(self) -> int:
        """How many corrections are not saved, of all documents that were open in this window."""
        return sum(len(rows) for book in self._books.values() for rows in book.pending)

    def resume(self) -> None:
        """Make the corrections again that were left behind last, and no longer offer them."""
        unsaved = self.left_behind[0]
        self._try(lambda book: book.resume(unsaved))
        self.forget()

    def forget(self) -> None:
        """Throw away the corrections that were left behind last."""
        self.left_behind.pop(0).forget()

    # --- making -----------------------------------------------------------------------------------------------------

    def accept(self, reason: str = "") -> None:
        """Accept what the program found: the relation of the pair in focus, or that the nearest clause is none."""
        nearest = self.others()[:1]
        if None not in self.key:
            self.decide(self.focus["relation"], reason)
        elif nearest:
            self.decide("reject", reason, nearest[0][:2])

    def decide(self, relation: str, reason: str = "", other: tuple[str, Place] | None = None) -> None:
        """Correct the pair in focus.

        Parameters
        ----------
        relation : {"same", "partial", "reject"}
            What the two clauses are.
        reason : str
            Why, for other readers.
        other : tuple, optional
            The side and the place of a clause that takes the place of the one in focus, whose pair is parted.
        """
        pairs = {self.key: relation}
        if other:
            new: Key = (other[1], self.key[1]) if other[0] == "left" else (self.key[0], other[1])
            pairs = {new: relation} if None in self.key or relation == "reject" else {self.key: "reject", new: relation}
        rows = []
        for key, decision in pairs.items():
            cells: dict[str, object] = {"relation": decision, "reason": reason}
            for side, place in zip(SIDES, key, strict=True):
                if place is None:
                    raise PolicyError("no_counterpart")
                own, (section, clause) = self.comparison[side], place
                twice = (own.clauses["clause"] == clause).sum() > 1
                cells |= {side: own.doc, f"{side}_clause": clause, f"{side}_section": section if twice else ""}
            rows.append(self._writable().row("alignment", **cells))
        self._try(lambda book: book.add(*rows))
        if other and relation != "reject":
            self.key = new

    def others(self) -> list[tuple[str, Place, float]]:
        """Return the clauses that could take the place of one in focus: side, place, similarity; the nearest first."""
        left, right = self.key
        scores, found = self.comparison.aligned.scores.total, []
        lefts, rights = (places(own.clauses) for own in self.comparison.sides.values())
        if left:
            alike = zip(rights, scores[lefts.index(left)], strict=True)
            found += [("right", place, float(score)) for place, score in alike if place != right]
        if right:
            alike = zip(lefts, scores[:, rights.index(right)], strict=True)
            found += [("left", place, float(score)) for place, score in alike if place != left]
        return sorted(found, key=lambda one: -one[2])

    def fix(self, side: str, number: int, field: str, value: str, reason: str = "") -> None:
        """Correct one column of the quantity at the position ``number`` of the table of a ``side``."""
        own = self.comparison[side]
        row, same = own.quantities.iloc[number], ["section", "clause", "as_written"]
        nth = int((own.quantities.iloc[: number + 1][same] == row[same]).all(axis=1).sum())
        cells = dict(row[same]) | {"doc": own.doc, "number": nth, "action": "change", field: value, "reason": reason}
        if field == "role" and value == "target" and not row["commitment"]:
            cells["commitment"] = "firm"
        new = self._writable().row("quantities", **cells)
        self._try(lambda book: book.add(new))

    def judge(self, left_target: str, right_target: str, decision: str, reason: str = "") -> None:
        """Accept or reject a pair of targets."""
        cells = {"left_target": left_target, "right_target": right_target, "decision": decision, "reason": reason}
        new = self._writable().row("target_pairs", **cells)
        self._try(lambda book: book.add(new))

    def reasons(self) -> list[str]:
        """Return why the pair in focus was corrected."""
        numbers = {f"{side}_clause": str(place[1]) for side, place in zip(SIDES, self.key, strict=True) if place}
        rows = [dict(row.cells) for row in (self.book.rows if self.book else ()) if row.table == "alignment"]
        return [row["reason"] for row in rows if row.get("reason") and numbers.items() & row.items()]

    def withdraw(self, row: Decision) -> None:
        """Take one correction back, whenever it was made."""
        self._try(lambda book: book.change(tuple(one for one in book.rows if one != row)))

    def undo(self) -> None:
        """Take back the last correction of this window, then those in the files."""
        self._try(Book.undo)

    def redo(self) -> None:
        """Make the correction again that was undone."""
        self._try(Book.redo)

    def save(self) -> None:
        """Write the files of corrections; `PolicyError` if a document is not known or a file was changed by another."""
        book = self._writable()
        unknown = [doc for doc in book.docs if doc not in reading.known(self.data)]
        if self.corrections is None and unknown and book.unsaved:
            raise PolicyError("unknown_to_data", unknown[0])
        book.save()
        self._journal(book).write(*book.pending)

    def reload(self) -> None:
        """Read the files of corrections again; corrections that were not saved stay."""
        if self.book is None:
            self.open(*self.sources)
        self._try(Book.reload)

    def _try(self, action: Callable[[Book], None]) -> None:
        """Do something with the corrections, unless the comparison then fails."""
        book = copy.copy(self._writable())
        action(book)
        found = self._compare(self._plain, book, self.sources)
        self.book = self._books[book.docs] = book
        self._journal(book).write(*book.pending)
        self._show(found)

    def _writable(self) -> Book:
        if self.book is None:
            raise self.broken or PolicyError("corrections_off")
        return self.book
