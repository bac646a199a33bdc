"""Where the page leads: the places of both texts, and from each number to its table row and its mark on a chart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from policycmp.asking import spread
from policycmp.asking.spread import Row
from policycmp.comparison import Comparison
from policycmp.schema import SIDES, Place, Record, records
from policycmp.shown.naming import anchor, number_anchor, pair_anchor, value


@dataclass
class Places:
    """What the parts of a page must know of each other to lead to one another.

    Attributes
    ----------
    texts : set of str
        The clauses and numbers of the texts at the end of the page.
    pairs : dict of str to list of str
        From a clause to its pairs in the reader.
    by_span : dict of tuple to str
        From the document, the start and the end of a quote to its number.
    rows, marks : dict of str
        From a number to the first row of a table that shows it, and to its mark on the chart that was shown last.
    taken : set of str
        The names of rows that the page has already.
    """

    texts: set[str] = field(default_factory=set)
    pairs: dict[str, list[str]] = field(default_factory=dict)
    by_span: dict[tuple[str, int, int], str] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    @staticmethod
    def of(comparison: Comparison) -> Places:
        """Return the places of both texts and of the reader."""
        found = Places()
        for side in SIDES:
            doc = comparison[side].doc
            found.texts.add(anchor(doc, Place(0, 0)))
            found.texts.update(anchor(doc, half.place) for half in spread.halves(comparison, side))
            for quantity in told(comparison, side):
                number = number_anchor(doc, quantity["number_start"])
                found.texts.add(number)
                found.by_span[doc, quantity["start"], quantity["end"]] = number
        for section in spread.sections(comparison):
            for row in section.rows:
                for doc, place in ends(comparison, row):
                    if place:
                        found.pairs.setdefault(anchor(doc, place), []).append(name_of(comparison, row))
        return found

    def home(self, place: str) -> str:
        """Return where a click on what stands at a clause leads: to its pair in the reader, else to the text."""
        return self.pairs.get(place, [place])[0]

    def of_numbers(self, comparison: Comparison, side: str) -> dict[str, str]:
        """Return where each number of a document leads: to its row in a table, else to its clause in the reader."""
        doc, found = comparison[side].doc, dict[str, str]()
        for row in told(comparison, side):
            home = self.home(anchor(doc, Place(row["section"], row["clause"])))
            found[number_anchor(doc, row["number_start"])] = home
        return found | self.rows

    def take(self, name: str, numbers: Iterable[str]) -> str:
        """Return the name of a row, or none if the page has it already; its numbers lead there from now on."""
        if not name or name in self.taken:
            return ""
        self.taken.add(name)
        for number in numbers:
            self.rows.setdefault(number, name)
        return name


def told(comparison: Comparison, side: str) -> list[Record]:
    """Return the quantities of one document that are marked in its text, in the order of the text."""
    table = comparison[side].quantities
    return records(table[table["role"] != "reference"].sort_values("number_start", kind="stable"))


def ends(comparison: Comparison, row: Row) -> list[tuple[str, Place | None]]:
    """Return the document and the place of each side of a row of the reader."""
    docs = (comparison.left.doc, comparison.right.doc)
    return list(zip(docs, row.places, strict=True))


def name_of(comparison: Comparison, row: Row) -> str:
    """Return the name by which the page knows a row of the reader."""
    return pair_anchor(*ends(comparison, row))


def counterparts(comparison: Comparison, side: str) -> dict[int, str]:
    """Return what the other document says to each target of one side that has a pair, by where its number begins."""
    other = SIDES[1 - SIDES.index(side)]
    starts = dict(zip(comparison[side].targets["target"], comparison[side].targets["number_start"], strict=True))
    name = comparison[other].named(comparison.lang)
    rows = records(comparison.target_pairs)
    return {starts[row[f"{side}_target"]]: f"{name} {value(row, other, comparison.lang)}" for row in rows}
