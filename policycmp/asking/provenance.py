"""Where it is written what a chart shows: the document, the clause, the offsets into the source, the words there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from policycmp import pairing
from policycmp.asking import functions, terms
from policycmp.schema import Place, is_missing, records
from policycmp.text.normalize import fold
from policycmp.text.segment import PAIR_MARK

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison
    from policycmp.document import Tables
    from policycmp.structure import Unit

Passage = dict[str, Any]
FIELDS = ("doc", "section", "clause", "start", "end", "quote")
_END = re.compile(r"[。；;！!？?\n]")  # of a sentence, or of one of the measures that a sentence lists


def sentence(text: str, start: int, end: int) -> str:
    """Return the sentence of ``text`` in which a stretch stands; of several sentences, all of them."""
    ends = _ends(text)
    before = bisect_right(ends, start)
    first = ends[before - 1] if before else 0
    last = _END.search(text, max(start, end - 1))
    return text[first : last.end() if last else len(text)].strip()


@lru_cache(maxsize=8)  # texts: a comparison asks for each of its numbers
def _ends(text: str) -> list[int]:
    """Return where the sentences of a text end."""
    return [found.end() for found in _END.finditer(text)]


def of_rows(table: pd.DataFrame) -> list[Passage]:
    """Return the passage of each row of a table that has some of the `FIELDS`; null is what it does not say."""
    return [stated(row) for row in records(table)]


def stated(row: Mapping[str, Any]) -> Passage:
    """Return what `row` says of its place: each of the `FIELDS`, and the id if it is a target."""
    found: Passage = {}
    for name in (*FIELDS, "target") if "target" in row else FIELDS:
        cell: Any = row.get(name)
        if is_missing(cell) or cell == "":
            found[name] = None
        else:
            found[name] = cell if isinstance(cell, str) else int(cell)
    return found


def of_span(side: Tables, unit: Unit, start: int, end: int) -> Passage:
    """Return the source that stands between two offsets in a clause, or in the head of a section."""
    place = {"doc": side.doc, "section": unit.section, "clause": unit.clause, "start": start, "end": end}
    return stated(place | {"quote": side.policy.text[start:end]})


def of_clause(side: Tables, place: Place) -> list[Passage]:
    """Return where the title of a clause stands, or its text if it has no title; of a number printed twice, both."""
    units = [unit for unit in side.outline.clauses if unit.place == place]
    spans = ((unit, *(unit.title if unit.title[0] < unit.title[1] else unit.text)) for unit in units)
    return [of_span(side, *span) for span in spans]


def of_function(comparison: Comparison, side: str) -> dict[tuple[str, int], list[Passage]]:
    """Return where the bodies of a side are named, by function and section of the left document (see `by_function`)."""
    tables = comparison[side]
    found: dict[tuple[str, int], list[Passage]] = {}
    units: dict[Place, list[Unit]] = {}  # a clause's number may be printed twice
    for unit in (*tables.outline.sections, *tables.outline.clauses):
        units.setdefault(unit.place, []).append(unit)
    for row in functions.placed(comparison, side):
        passage = _naming(tables, units[Place(row["own"], row["clause"])], row["body"])
        found.setdefault((row["function"], row["section"]), []).append(passage)
    return found


def _naming(tables: Tables, units: list[Unit], body: str) -> Passage:
    """Return the last place in some units where a body is named, or the whole last unit if it is named in none."""
    name = re.compile(r"\s*".join(map(re.escape, body)))  # white space in a name is none of it
    for unit in reversed(units):
        hits = [hit.span() for hit in name.finditer(tables.policy.folded, unit.marker.end, unit.end)]
        if hits:  # bodies stand last in a clause
            return of_span(tables, unit, *hits[-1])
    return of_span(tables, units[-1], units[-1].marker.start, units[-1].end)


def of_words(comparison: Comparison, side: str) -> dict[str, list[Passage]]:
    """Return where each word of a side stands that `terms.characteristic` counts."""
    found: dict[str, list[Passage]] = {}
    for word, unit, start, end in terms.occurrences(comparison, side):
        found.setdefault(word, []).append(of_span(comparison[side], unit, start, end))
    return found


def of_term(side: Tables, clause: pairing.Clause, part: str, term: str) -> Iterator[Passage]:
    """Yield where a term stands that `pairing.explain` finds in the title, the text or the section of a clause."""
    unit = side.outline.clauses[pairing.position(side.clauses, clause)]
    head = [one for one in side.outline.sections if one.section == unit.section]
    spans = {"title": [(unit, unit.title)], "section": [(one, one.title) for one in head]}
    for place, (start, end) in spans.get(part, [(unit, unit.title), (unit, unit.text)]):
        for hit in re.finditer(re.escape(term.removeprefix(PAIR_MARK)), fold(side.policy.text[start:end]), re.I):
            yield of_span(side, place, start + hit.start(), start + hit.end())
