"""What a window of the explorer shows: two documents, the questions asked of them, and the pair in focus."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import document, reading, schema
from policycmp.asking import filters
from policycmp.asking.filters import Key
from policycmp.asking.narrowing import apart, narrow
from policycmp.comparison import Comparison, compare
from policycmp.corrections import Corrections, decisions
from policycmp.corrections.book import Book
from policycmp.document import Tables
from policycmp.errors import PolicyError
from policycmp.schema import SIDES, Place, records
from policycmp.shown.translations import translated

if TYPE_CHECKING:
    import pandas as pd

MARK = "※"  # what was corrected; every Chinese font has it
NOWHERE: Key = (None, None)  # in focus where nothing answers the questions
CHARTS = ("targets", "only_here", "budgets", "incentives", "alignment")


class View:
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
        The pair in focus: its two places; `NOWHERE` where the questions leave none.
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
        ids = zip((left, right), reading.told_apart((left, right), data), strict=True)
        self.documents |= {str(one): (doc, doc) for one, doc in ids if doc}  # of files that are given by their paths
        self.book: Book | None = None
        self.broken: PolicyError | None = None
        self.filters: dict[str, Any] = {}
        self.key: Key = NOWHERE
        self.scope, self.chart, self.size, self.tool = "selected", "targets", "page", "none"
        self._books: dict[tuple[str, str], Book] = {}  # of the pairs that were open before, with what is not saved
        self.open(left, right)

    def open(self, left: str | Path, right: str | Path) -> None:
        """Compare two other documents; what is not saved of these is there again when they are opened again."""
        named = zip((left, right), reading.told_apart((left, right), self.data), strict=True)
        plain = [document.load(one, doc=doc, data=self.data, corrections="none") for one, doc in named]
        book, broken = self._opened((plain[0].doc, plain[1].doc))
        found = None
        if book:
            try:
                found = self._compare(plain, book, (left, right))
            except PolicyError as error:
                book, broken = None, error
        if found is None:
            found = self._compare(plain, None, (left, right))
        self.sources, self._plain, self.book, self.broken = (str(left), str(right)), plain, book, broken
        self.filters, self.key = {}, _telling(found)
        self._show(found)

    def _opened(self, docs: tuple[str, str]) -> tuple[Book | None, PolicyError | None]:
        """Return the corrections of two documents, and the error where they cannot be read."""
        try:
            where = decisions.folder_of(self.corrections, reading.data_folder(self.data))
            if where is None:
                return None, None
            if self.corrections is None:
                decisions.check_documents(Corrections.read(where), {*reading.known(self.data), *docs})
            book = self._books.get(docs) or Book(where, docs)
            book.reload()
        except PolicyError as error:
            return None, error
        self._books[docs] = book
        return book, None

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
        options = [self.key] if self.key in keys else [*close[0], *close[1], *self.keys]
        self.key = options[0] if options else NOWHERE

    # --- asking ---------------------------------------------------------------------------------------------------

    @property
    def keys(self) -> list[Key]:
        """The pairs that the filters leave."""
        return filters.keys(self.rows)

    @property
    def focus(self) -> dict[str, Any]:
        """The row of the alignment that is in focus; empty where nothing is."""
        table = self.comparison.alignment
        return dict(zip(filters.keys(table), records(table), strict=True)).get(self.key, {})

    @property
    def far_apart(self) -> pd.DataFrame | None:
        """The pairs of targets as many times apart as is asked, the furthest first; None where nothing is asked."""
        least = self.filters.get("ratio")
        if least is None:
            return None
        return narrow(self.comparison, self.rows, least=least).target_pairs

    def ask(self, **conditions: Any) -> None:
        """Change some of the filters; a condition that is None, False or "" is taken away."""
        wanted = {name: value for name, value in (self.filters | conditions).items() if value not in (None, False, "")}
        self.rows = filters.select(self.comparison, **wanted)
        self.filters = wanted
        if self.key not in self.keys:
            self.key = next(iter(self.keys), NOWHERE)

    def step(self, by: int) -> None:
        """Move the focus ``by`` rows down the list; from outside it to its first row."""
        keys = self.keys
        if keys:
            self.key = keys[(keys.index(self.key) + by) % len(keys)] if self.key in keys else keys[0]

    def holding(self, side: str, target: str) -> Key:
        """Return the row of the alignment in which a target of one side stands."""
        table = self.comparison[side].targets
        place = schema.place_of(records(table[table["target"] == target])[0])
        number = SIDES.index(side)
        return next((key for key in filters.keys(self.comparison.alignment) if key[number] == place), NOWHERE)

    def chosen(self) -> Comparison:
        """Return the comparison narrowed to the pair in focus or, with the scope ``listed``, to the whole list.

        Where pairs of targets so many times apart are asked for, the list has these only.
        """
        table = self.comparison.alignment
        if self.scope != "listed":
            return narrow(self.comparison, table[[key == self.key for key in filters.keys(table)]])
        return narrow(self.comparison, self.rows, least=self.filters.get("ratio"))


def _telling(comparison: Comparison) -> Key:
    """Return the pair that tells most: that of the two targets furthest apart, or the first one."""
    keys = filters.keys(comparison.alignment)
    pairs = apart(comparison, 1.0)
    pairs = pairs[pairs["ratio"].map(lambda ratio: 0 < ratio < math.inf)]
    for row in records(pairs):
        places = tuple(_place(comparison[side], row[f"{side}_target"]) for side in SIDES)
        if places in keys:
            return places
    return keys[0] if keys else NOWHERE


def _place(own: Tables, target: str) -> Place | None:
    return schema.place_of(records(own.targets[own.targets["target"] == target])[0])


def starred(comparison: Comparison) -> Comparison:
    """Return ``comparison`` with a `MARK` at the indicators of targets that were corrected, or paired by hand."""
    sides = comparison.sides
    fixed = {row["target"] for own in sides.values() for row in own.rows["targets"] if row["origin"] == "override"}
    paired = comparison.target_pairs
    here = paired["origin"].eq("override") | paired["left_target"].isin(fixed) | paired["right_target"].isin(fixed)
    for side, own in sides.items():
        names = own.targets["indicator"] + own.targets["target"].isin(fixed).map({True: MARK, False: ""})
        sides[side] = own.having(targets=own.targets.assign(indicator=names))
        column = f"{side}_indicator"
        paired = paired.assign(**{column: paired[column] + here.map({True: MARK, False: ""})})
    return replace(comparison, target_pairs=paired, left=sides["left"], right=sides["right"])


def shown(view: View) -> Comparison:
    """Return what is chosen as it is drawn and listed: in the language of the window, what was corrected marked."""
    return starred(translated(view.chosen()))
