"""The explorer without its widgets: what is compared, asked, chosen and corrected, and what can be done with it."""

from __future__ import annotations

import copy
import re
import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from policycmp import charts, document, export, files, reading
from policycmp.asking import check, filters
from policycmp.asking.filters import Key
from policycmp.comparison import Comparison, compare
from policycmp.corrections import Corrections, Decision, decisions
from policycmp.corrections.book import Book
from policycmp.document import Tables
from policycmp.errors import PolicyError
from policycmp.export import side_by_side
from policycmp.schema import SIDES, Place, places, records
from policycmp.shown.translations import translated

MARK = "※"  # what was corrected; every Chinese font has it
CHARTS = ("targets", "only_here", "budgets", "alignment")
FIELDS = ("value", "value_max", "unit", "indicator", "comparator", "commitment", "role", "year")  # that can be fixed


class Session:
    """What one window shows. Whatever raises `PolicyError` leaves everything as it was.

    Parameters
    ----------
    left, right : str or Path
        Document ids, or paths of files.
    data : str or Path, optional
        The data folder, ``data/`` by default.
    corrections : str or Path, optional
        The folder of corrections that is read and written; by default that of the data; "none" for none.
    lang : {"zh", "en"}
        The language.
    out : str or Path
        The folder that exports go to.

    Attributes
    ----------
    comparison : Comparison
        With the corrections as they stand now, saved or not.
    filters : dict
        The arguments of `filters.select`.
    rows : DataFrame
        What they leave of the alignment.
    key : tuple
        The pair in focus: its two places.
    book : Book or None
        The corrections; None where there is no folder, or where a file in it is broken: ``broken`` is the error.
    documents : dict
        The documents that can be opened, by id or path, and what they are called in Chinese and English.
    """

    def __init__(
        self,
        left: str | Path,
        right: str | Path,
        *,
        data: str | Path | None = None,
        corrections: str | Path | None = None,
        lang: str = "zh",
        out: str | Path = "build/explore",
    ) -> None:
        self.data, self.corrections, self.lang, self.out = data, corrections, lang, Path(out)
        known = reading.known(data)
        own = {name: str(entry.get("district", name)) for name, entry in known.items()}
        self.documents = {name: (zh, str(known[name].get("district_en", zh))) for name, zh in own.items()}
        self.documents |= {str(one): (Path(one).stem,) * 2 for one in (left, right) if str(one) not in known}
        self._uploads = Path(tempfile.mkdtemp(prefix="policycmp-"))
        weakref.finalize(self, shutil.rmtree, self._uploads, ignore_errors=True)
        self.book: Book | None = None
        self.filters: dict[str, Any] = {}
        self.key: Key = (None, None)
        self.scope, self.chart = "selected", "targets"
        self.open(left, right)

    def open(self, left: str | Path, right: str | Path) -> None:
        """Compare two other documents."""
        if self.book and self.book.unsaved:
            raise PolicyError("unsaved")
        plain = [document.load(one, data=self.data, corrections="none") for one in (left, right)]
        broken: PolicyError | None = None
        try:
            docs = (plain[0].doc, plain[1].doc)
            where = decisions.folder_of(self.corrections, reading.data_folder(self.data))
            if where and self.corrections is None:
                decisions.check_documents(Corrections.read(where), {*reading.known(self.data), *docs})
            book = Book(where, docs) if where else None
            found = self._compare(plain, book, (left, right))
        except PolicyError as error:
            book, broken = None, error
            found = self._compare(plain, None, (left, right))
        self.sources, self._plain, self.book, self.broken = (str(left), str(right)), plain, book, broken
        self.filters = {}
        self._show(found)

    def _compare(self, plain: Sequence[Tables], book: Book | None, sources: Sequence[str | Path]) -> Comparison:
        """Compare with the corrections of ``book`` as they stand; only what they touch is computed again."""
        if book is None:
            return compare(*plain, corrections="none", lang=self.lang)
        both = []
        for own, source in zip(plain, sources, strict=True):
            both.append(document.corrected(own, book.corrections + self._beside([source])))
        return compare(*both, corrections=book.corrections + self._beside(sources), lang=self.lang)

    def _beside(self, sources: Sequence[str | Path]) -> Corrections:
        """Return the corrections beside texts that were given by their paths; they hold, and are not written to."""
        return document.beside(sources, data=self.data) if self.corrections is None else Corrections.none()

    def speak(self, lang: str) -> None:
        """Show everything in another language."""
        self.lang = lang
        self._show(self.comparison.speaking(lang))

    def _show(self, comparison: Comparison) -> None:
        """Show a comparison; what was in focus stays there, or the row that has one of its clauses."""
        self.comparison = comparison
        self.rows = filters.select(comparison, **self.filters)
        keys = filters.keys(comparison.alignment)
        close = [[one for one in keys if one[i] == self.key[i] and one[i]] for i in (0, 1)]
        options = [self.key] if self.key in keys else [*close[0], *close[1], *self.keys, *keys]
        self.key = options[0] if options else (None, None)

    @property
    def keys(self) -> list[Key]:
        """The pairs that the filters leave."""
        return filters.keys(self.rows)

    @property
    def focus(self) -> dict[str, Any]:
        """The row of the alignment that is in focus; empty where a document has no clause."""
        table = self.comparison.alignment
        return dict(zip(filters.keys(table), records(table), strict=True)).get(self.key, {})

    def ask(self, **conditions: Any) -> None:
        """Change some of the filters; a condition that is None, False or "" is taken away."""
        wanted = {name: value for name, value in (self.filters | conditions).items() if value not in (None, False, "")}
        self.rows = filters.select(self.comparison, **wanted)
        self.filters = wanted
        if self.key not in self.keys and self.keys:
            self.key = self.keys[0]

    def step(self, by: int) -> None:
        """Move the focus ``by`` rows down the list; from outside it to its first row."""
        keys = self.keys
        if keys:
            self.key = keys[(keys.index(self.key) + by) % len(keys)] if self.key in keys else keys[0]

    def chosen(self) -> Comparison:
        """Return the comparison narrowed to the pair in focus or, with the scope ``listed``, to the whole list."""
        table = self.comparison.alignment
        here = [key == self.key for key in filters.keys(table)]
        return filters.narrow(self.comparison, self.rows if self.scope == "listed" else table[here])

    def code(self) -> str:
        """Return the three lines of Python that give `rows`."""
        sources = [Path(one).name if one.startswith(str(self._uploads)) else one for one in self.sources]
        more = {name: str(value) for name in ("data", "corrections") if (value := getattr(self, name)) is not None}
        first = ", ".join([*map(repr, sources), *(f"{name}={value!r}" for name, value in more.items())])
        second = ", ".join(["comparison", *(f"{name}={value!r}" for name, value in self.filters.items())])
        return f"import policycmp\ncomparison = policycmp.compare({first})\npolicycmp.select({second})"

    # --- corrections ----------------------------------------------------------------------------------------------

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
        self.book = book
        self._show(found)

    def _writable(self) -> Book:
        if self.book is None:
            raise self.broken or PolicyError("corrections_off")
        return self.book

    # --- files ----------------------------------------------------------------------------------------------------

    def upload(self, name: str, content: bytes) -> str:
        """Read a file from elsewhere and add it to `documents`; return its id."""
        stem = re.sub(r"\W+", "-", Path(name).stem).strip("-")[:40] or "document"
        ids = {Path(one).stem for one in self.documents}
        free = next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, 999))) if one not in ids)
        path = self._uploads / f"{free}{re.sub(r'[^.a-zA-Z0-9]', '', Path(name).suffix)[:8]}"
        path.write_bytes(content)
        try:
            found = document.load(path, data=self.data, corrections="none")
            report = check.report(found, self.lang)
        except PolicyError as error:
            raise _renamed(error, str(path), name) from None
        self.documents[str(path)] = (free, free)
        return report

    def draw(self) -> Any:
        """Draw the chosen chart of what is chosen, what was corrected marked in it; return its Axes."""
        ax = charts.CHARTS[self.chart](starred(translated(self.chosen())))
        charts.note_filters(ax, {"scope": self.scope, "key": self.key} | self.filters)
        return ax

    def export(self, what: str) -> list[Path]:
        """Write what is seen to the folder `out`: the ``chart``, the ``table`` or the ``pair``."""
        target = files.folder(self.out)
        stem = "listed" if self.scope == "listed" else "-".join(f"{p[0]}.{p[1]}" if p else "0" for p in self.key)
        if what == "chart":
            ax = self.draw()
            paths = charts.save_chart(ax, target / f"{self.chart}-{stem}")
            charts.close(ax)
            return paths
        if what == "pair":
            return [side_by_side.write_pair(self.comparison, *self.key, target / f"pair-{stem}.docx")]
        narrow = self.chosen()
        found = export.comparison_tables(narrow) | {"targets": narrow.targets, "budgets": narrow.budgets}
        paths = [files.write_csv(table, target / f"{name}-{stem}.csv") for name, table in found.items()]
        return [*paths, export.write_workbook(found, target / f"{stem}.xlsx", lang=self.lang)]


def starred(comparison: Comparison) -> Comparison:
    """Return ``comparison`` with a `MARK` at the indicators of targets that were corrected, or paired by hand."""
    sides = comparison.sides
    fixed = {row["target"] for own in sides.values() for row in records(own.targets) if row["origin"] == "override"}
    paired = comparison.target_pairs
    here = paired["origin"].eq("override") | paired["left_target"].isin(fixed) | paired["right_target"].isin(fixed)
    for side, own in sides.items():
        names = own.targets["indicator"] + own.targets["target"].isin(fixed).map({True: MARK, False: ""})
        sides[side] = replace(own, targets=own.targets.assign(indicator=names))
        column = f"{side}_indicator"
        paired = paired.assign(**{column: paired[column] + here.map({True: MARK, False: ""})})
    return replace(comparison, target_pairs=paired, left=sides["left"], right=sides["right"])


def _renamed(error: PolicyError, old: str, new: str) -> PolicyError:
    """Return an error that names ``new`` where it named ``old``: a file that the user knows."""
    values = {
        name: value.replace(old, new) if isinstance(value, str) else value for name, value in error.values.items()
    }
    return PolicyError(error.key, str(error.source).replace(old, new), where=error.where, **values)
