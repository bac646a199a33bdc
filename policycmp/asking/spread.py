"""The clauses of two documents side by side: what answers what, what only one of them says, and the numbers there.

The report's page, the Word table and the explorer all show these rows; each pair is compared once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp import schema
from policycmp.asking import redline
from policycmp.asking.redline import Run
from policycmp.comparison import Comparison
from policycmp.errors import PolicyError
from policycmp.keeping import once
from policycmp.pairing import SectionPair, sections_of
from policycmp.schema import SIDES, Place, Record, place_of, records
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold

if TYPE_CHECKING:
    import pandas as pd

LEAD_IN = "lead_in"  # the relation of the paragraphs below two headings
SEAM = "。"  # what stands between the title and the text of a clause where the two are compared as one
_WORD = re.compile(r"\w+(?:[.%]\w*)*")  # what stands between two signs; a decimal number is one
TOLD = 2  # characters: a shorter word that stands elsewhere in the other text stands there by chance
KEPT = 1024  # pairs whose comparison is kept: a correction, or another language, compares none of them anew


class Half(NamedTuple):
    """One side of a row: a clause, or the paragraph below a section's heading.

    Attributes
    ----------
    place : Place
        Its section and clause; 0 is the paragraph.
    title, text, bodies : str
        As the tables have them. The title of a paragraph is its heading, its bodies are those that lead the section.
    title_start, start : int
        Where title and text begin in the source.
    numbers : list of dict
        The quantities that stand there, in the order of the text.
    alone : list of dict
        Its targets that have no pair.
    only : tuple of (int, int)
        The words of the source, in title and text, that this side alone says.
    """

    place: Place
    title: str
    text: str
    bodies: str
    title_start: int
    start: int
    numbers: list[Record]
    alone: list[Record]
    only: tuple[tuple[int, int], ...] = ()

    @property
    def end(self) -> int:
        """Where the text ends in the source."""
        return self.start + len(self.text)

    @property
    def parts(self) -> list[tuple[str, int]]:
        """What is compared, each part with its place in the source: title and text; of a paragraph its text."""
        title = [(self.title, self.title_start)] if self.title and self.place.clause else []
        return title + [(self.text, self.start)] * bool(self.text)

    @property
    def wording(self) -> str:
        """What is compared, as one text."""
        return SEAM.join(text for text, _ in self.parts)


class Counterparts(NamedTuple):
    """A row of the table `target_pairs`, and where its two targets stand."""

    row: Record
    left: Place
    right: Place


@dataclass(frozen=True)
class Row:
    """Two clauses side by side, or the paragraphs below two headings.

    Attributes
    ----------
    relation : str
        That of the alignment, or `LEAD_IN`.
    similarity : float
        That of the alignment; NaN for paragraphs.
    left, right : Half or None
        The two sides; None for one that has no counterpart.
    runs : tuple of Run
        What both say and what only one says; none where a side is missing.
    pairs : list of Counterparts
        The pairs of targets of which the left one stands here; where there is no left side, the right one.
    budget : dict or None
        What the two sections are allotted, beside paragraphs: a row of the table `budget_pairs`.
    """

    relation: str
    similarity: float
    left: Half | None
    right: Half | None
    runs: tuple[Run, ...]
    pairs: list[Counterparts]
    budget: Record | None = None

    @property
    def sides(self) -> dict[str, Half | None]:
        """The two sides by their names: left, right."""
        return {"left": self.left, "right": self.right}

    @property
    def places(self) -> tuple[Place | None, Place | None]:
        """Where the two sides stand."""
        return self.left and self.left.place, self.right and self.right.place


class Section(NamedTuple):
    """Two sections that answer each other, and what stands in them; 0 is what stands outside every section."""

    pair: SectionPair
    rows: list[Row]


@once
def rows(comparison: Comparison) -> list[Row]:
    """Return the rows of the alignment, in its order."""
    known, found = _known(comparison), []
    for line in records(comparison.alignment):
        places = {side: place_of(line, side) for side in SIDES}
        sides = {side: known.halves[side][place, line[f"{side}_title"]] for side, place in places.items() if place}
        found.append(_row(known, line["relation"], line["similarity"], sides))
    return found


@once
def sections(comparison: Comparison) -> list[Section]:
    """Return the sections that answer each other: the paragraphs below their headings, then their clauses."""
    known = _known(comparison)
    budgets = {sections_of(line): line for line in records(comparison.budget_pairs)}
    found: dict[SectionPair, list[Row]] = {}
    for pair in comparison.sections:
        places = {side: Place(number, 0) for side, number in zip(SIDES, pair, strict=True) if number is not None}
        sides = {side: known.halves[side][place, ""] for side, place in places.items()}
        found[pair] = [_row(known, LEAD_IN, float("nan"), sides, budgets.get(pair))]
    for row in rows(comparison):
        found.setdefault(_home(row, comparison.sections), []).append(row)
    return [Section(pair, own) for pair, own in found.items()]


def row(comparison: Comparison, left: tuple[int, int] | None, right: tuple[int, int] | None) -> Row:
    """Return the row of the alignment with these two clauses, each given by its section and its number.

    Raises
    ------
    PolicyError
        If the two do not stand side by side.
    """
    for found in rows(comparison):
        if found.places == (left, right):
            return found
    named = [".".join(map(str, place)) if place else "–" for place in (left, right)]
    raise PolicyError("no_row", left=named[0], right=named[1])


def halves(comparison: Comparison, side: str) -> list[Half]:
    """Return the paragraphs and clauses of one document in the order of its text, not yet compared."""
    return sorted(_halves(comparison, side), key=lambda half: half.start)


def wording(comparison: Comparison) -> pd.DataFrame:
    """Return the table `wording`: how much of the wording of each pair of clauses both have.

    Returns
    -------
    DataFrame
        left_section, left_clause, right_section, right_clause; shared (the share of the characters of both texts that
        both have, in [0, 1]: 2 × common / all); left_only, right_only (characters that only this side has).
    """
    found = []
    for row in rows(comparison):
        if row.left and row.right:
            left, right = row.left.place, row.right.place
            line = {"left_section": left.section, "left_clause": left.clause}
            line |= {"right_section": right.section, "right_clause": right.clause}
            found.append(line | redline.share(row.runs)._asdict())
    return schema.frame("wording", found)


@lru_cache(maxsize=KEPT)
def compared(left: str, right: str, lexicon: Lexicon) -> tuple[Run, ...]:
    """Return the redline of two wordings; that of a pair is computed once."""
    return tuple(redline.redline(left, right, lexicon=lexicon))


def clause_text(row: Mapping[str, Any]) -> str:
    """Return the wording of a row of the table ``clauses``: its title and its text."""
    return SEAM.join(part for part in (row["title"], row["text"]) if part)


class _Known(NamedTuple):
    """What stands where in both documents. Of two clauses that bear one number, each is found by its title."""

    halves: dict[str, dict[tuple[Place, str], Half]]
    pairs: dict[str, dict[Place, list[Counterparts]]]
    lexicon: Lexicon


@once
def _known(comparison: Comparison) -> _Known:
    halves: dict[str, dict[tuple[Place, str], Half]] = {side: {} for side in SIDES}
    for side in SIDES:
        for half in _halves(comparison, side):
            halves[side][half.place, half.title if half.place.clause else ""] = half
    return _Known(halves, _pairs(comparison), comparison.left.policy.lexicon)


def _halves(comparison: Comparison, side: str) -> Iterator[Half]:
    """Yield the paragraphs below the headings of a document, and its clauses."""
    own = comparison[side]
    numbers = _by_place(sorted(own.rows["quantities"], key=lambda row: row["number_start"]))
    paired = set(comparison.target_pairs[f"{side}_target"])
    alone = _by_place(row for row in own.rows["targets"] if row["target"] not in paired)
    for row in own.rows["sections"]:
        place = Place(row["section"], 0)
        standing = numbers.get(place, []), alone.get(place, [])
        yield Half(place, row["heading"], row["text"], row["lead"], row["start"], row["start"], *standing)
    for row, unit in zip(own.rows["clauses"], own.outline.clauses, strict=True):
        place = Place(row["section"], row["clause"])
        standing = numbers.get(place, []), alone.get(place, [])
        yield Half(place, row["title"], row["text"], row["bodies"], unit.title[0], row["start"], *standing)


def _pairs(comparison: Comparison) -> dict[str, dict[Place, list[Counterparts]]]:
    """Return the pairs of targets, by side and place."""
    homes = {}
    for side, own in comparison.sides.items():
        homes[side] = {row["target"]: Place(row["section"], row["clause"]) for row in own.rows["targets"]}
    found: dict[str, dict[Place, list[Counterparts]]] = {side: {} for side in SIDES}
    for row in records(comparison.target_pairs):
        pair = Counterparts(row, homes["left"][row["left_target"]], homes["right"][row["right_target"]])
        found["left"].setdefault(pair.left, []).append(pair)
        found["right"].setdefault(pair.right, []).append(pair)
    return found


def _by_place(rows: Iterable[Record]) -> dict[Place, list[Record]]:
    found: dict[Place, list[Record]] = {}
    for row in rows:
        found.setdefault(Place(row["section"], row["clause"]), []).append(row)
    return found


def _row(
    known: _Known, relation: str, similarity: float, sides: Mapping[str, Half], budget: Record | None = None
) -> Row:
    left, right, runs = sides.get("left"), sides.get("right"), tuple[Run, ...]()
    if left and right:
        runs = compared(left.wording, right.wording, known.lexicon)
        only = tuple(_own(left, runs, "left", right.wording)), tuple(_own(right, runs, "right", left.wording))
        left, right = left._replace(only=only[0]), right._replace(only=only[1])
    first, half = next(iter(sides.items()))
    return Row(relation, similarity, left, right, runs, known.pairs[first].get(half.place, []), budget)


def _own(half: Half, runs: Iterable[Run], side: str, other: str) -> Iterator[tuple[int, int]]:
    """Yield the words of the source that only ``half`` says: no signs, and nothing that the ``other`` says elsewhere.

    The seam is not in the source.
    """
    differing, there = list(_differing(runs, side)), fold(other)
    begin = 0
    for text, start in half.parts:
        end = begin + len(text)
        for first, last in differing:
            for word in _WORD.finditer(text, max(first - begin, 0), max(last - begin, 0)):
                if len(word[0]) < TOLD or fold(word[0]) not in there:
                    yield start + word.start(), start + word.end()
        begin = end + len(SEAM)


def _differing(runs: Iterable[Run], side: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the wording of ``side`` that the other side does not have."""
    begin = 0
    for run in runs:
        end = begin + len(run.left if side == "left" else run.right)
        if run.kind != "same" and begin < end:
            yield begin, end
        begin = end


def _home(row: Row, known: Iterable[SectionPair]) -> SectionPair:
    """Return the sections in which a row stands: those of its left clause; of its right one, where that is alone."""
    left, right = row.places
    if left:
        return next((pair for pair in known if pair.left == left.section), SectionPair(left.section, None))
    number = right.section if right else None
    return next((pair for pair in known if pair.right == number), SectionPair(None, number))
