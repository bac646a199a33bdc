"""Corrections put right what was found: the numbers of a document, the pairs of clauses, the pairs of targets.

This is the one place where they are applied. It knows tables and places, not documents. A pair of documents may be
named in either order: rows that were written for the swapped pair hold as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policycmp import schema
from policycmp.corrections.decisions import Corrections, Decision
from policycmp.schema import Place, Record
from policycmp.text.sentences import sentence_at

ACTIONS = ("add", "change", "remove")
RELATIONS = ("same", "partial", "reject")
VERDICTS = ("accept", "reject")
# What says which number is meant, and what follows from it: no row can set these columns.
_FIXED = {
    "doc", "part", "section", "clause", "as_written", "number", "start", "end", "number_start", "quote", "sentence",
    "origin", "flag",
}  # fmt: skip

Pair = tuple[int, int]  # positions in the left and in the right table
InPart = tuple[int, Place]  # a place in a part of the document, 0 is the main text


# --- numbers ----------------------------------------------------------------------------------------------------------


def to_quantities(
    quantities: Sequence[Record],
    corrections: Corrections,
    *,
    doc: str,
    text: str,
    spans: Mapping[InPart, tuple[int, int]],
) -> Sequence[Record]:
    """Return the rows of the table ``quantities`` of a document with some added, changed and removed.

    Parameters
    ----------
    quantities : sequence of dict
        The rows, which stay as they are.
    corrections : Corrections
        Rows about other documents are left alone.
    doc, text : str
        The document's id and its whole text.
    spans : mapping of part and Place to tuple of int
        Where the text of each clause, and what stands outside all clauses, begins and ends.

    Returns
    -------
    sequence of dict
        The same one if no correction is about the document.

    Raises
    ------
    PolicyError
        If a row names a clause or a number that is not there, or a value that cannot be.
    """
    decided = [row for row in corrections.of("quantities") if row.docs == (doc,)]
    if not decided:
        return quantities
    found = [dict(row) for row in quantities]
    for row in decided:
        action, place = row.one_of("action", ACTIONS), _meant(row, spans)
        if action == "add":
            added = _added(row, place, text, spans[place])
            if any(_overlap(one, added) for one in found):
                raise row.fault("number_known", doc=doc, written=added["as_written"], clause=added["clause"])
            found.append(added)
            continue
        number = _named(row, place, found)
        if action == "remove":
            found = [one for one in found if one is not number]
        else:
            number.update(_settings(row), origin="override", flag="")
    found.sort(key=lambda one: one["number_start"])
    schema.check("quantities", schema.frame("quantities", found))
    return schema.complete("quantities", found)


def _overlap(one: Record, other: Record) -> bool:
    """Tell whether two numbers are printed at the same place."""
    ends = [number["number_start"] + len(number["as_written"]) for number in (one, other)]
    return bool(one["number_start"] < ends[1] and other["number_start"] < ends[0])


def _meant(row: Decision, spans: Mapping[InPart, tuple[int, int]]) -> InPart:
    """Return the place that a row names; without a section the first clause of that number, without a part in 0."""
    clause = row.number("clause")
    section = row.number("section") if row.cells.get("section") else None
    named = row.number("part") if row.cells.get("part") else 0
    for part, place in spans:
        if part == named and place.clause == clause and section in (None, place.section):
            return part, place
    raise row.fault("no_such_clause", doc=row.cells["doc"], clause=clause)


def _occurrence(row: Decision) -> int:
    """Return which of several equal numbers in a clause is meant: the first where the row does not say."""
    occurrence = row.number("number") if row.cells.get("number") else 1
    if occurrence < 1:
        raise row.fault("occurrence", value=occurrence)
    return occurrence


def _named(row: Decision, where: InPart, found: Sequence[Record]) -> Record:
    """Return the number that a row names."""
    written, occurrence = row.cells["as_written"], _occurrence(row)
    part, place = where
    own = [one for one in found if one["part"] == part and schema.place_of(one) == place]
    alike = [one for one in own if one["as_written"] == written]
    if len(alike) < occurrence:
        values = {"doc": row.cells["doc"], "clause": place.clause, "written": written, "occurrence": occurrence}
        raise row.fault("no_such_number", **values)
    return alike[occurrence - 1]


def _added(row: Decision, where: InPart, text: str, span: tuple[int, int]) -> Record:
    """Return a new number at the place where ``as_written`` stands in the clause."""
    written, doc = row.cells["as_written"], row.cells["doc"]
    part, place = where
    start = span[0] - 1
    for _ in range(_occurrence(row)):
        start = text.find(written, start + 1, span[1])
        if start == -1 or not written:
            raise row.fault("not_printed", doc=doc, clause=place.clause, written=written)
    blank = {
        "doc": doc, "part": part, "section": place.section, "clause": place.clause, "role": "reference",
        "comparator": "equal", "commitment": "",
        "as_written": written, "number_start": start, "start": start, "end": start + len(written),
        "quote": written, "sentence": sentence_at(text, start, start + len(written)),
        "origin": "override", "flag": "", "label": row.cells.get("indicator", "")[:16], "scope": "",
    }  # fmt: skip
    added = blank | _settings(row)
    if added["role"] == "target" and not added["commitment"]:
        added["commitment"] = "firm"
    return added


def _settings(row: Decision) -> Record:
    """Return the columns that a row sets, in their kinds."""
    kinds = {"text": str, "integer": int, "number": float}
    values: Record = {}
    for column in schema.TABLES["quantities"]:
        cell = row.cells.get(column.name, "")
        if cell == "" or column.name in _FIXED:
            continue
        if column.values:
            row.one_of(column.name, column.values)
        try:
            values[column.name] = kinds[column.kind](cell)
        except ValueError:
            raise row.fault("number", column=column.name, value=cell) from None
    return values


# --- pairs ------------------------------------------------------------------------------------------------------------


def to_clauses(
    chosen: Mapping[Pair, str], corrections: Corrections, docs: Sequence[str], places: Sequence[Sequence[Place]]
) -> tuple[dict[Pair, str], dict[Pair, str]]:
    """Put right which clauses answer each other.

    Parameters
    ----------
    chosen : mapping of pairs to relation
        What was found, by the positions of both clauses.
    corrections : Corrections
        Rows about other documents are left alone.
    docs : sequence of str
        The ids of the left and the right document.
    places : sequence of sequence of Place
        Where the clauses of each stand.

    Returns
    -------
    chosen : dict
        The pairs with their relations as decided.
    origins : dict
        Of each pair ``computed`` or ``override``; ``rejected`` for one that was taken away.
    """
    kept, origins = dict(chosen), dict.fromkeys(chosen, "computed")
    for row, facing in _about(corrections, "alignment", docs):
        numbers = [_position(row, side, doc, own) for side, doc, own in zip(facing, docs, places, strict=True)]
        pair, relation = (numbers[0], numbers[1]), row.one_of("relation", RELATIONS)
        if relation == "reject":
            kept.pop(pair, None)
            origins[pair] = "rejected"
        else:
            kept[pair], origins[pair] = relation, "override"
    return kept, origins


def to_targets(
    chosen: set[Pair], corrections: Corrections, docs: Sequence[str], targets: Sequence[Sequence[str]]
) -> dict[Pair, str]:
    """Return which targets are pairs, each with its origin, ``computed`` or ``override``.

    ``chosen`` are the pairs that were found, by the positions of both ``targets``, whose ids these are.
    """
    return _to_named(chosen, _about(corrections, "target_pairs", docs), docs, targets, "target")


def to_incentives(
    chosen: set[Pair], corrections: Corrections, docs: Sequence[str], incentives: Sequence[Sequence[str]]
) -> dict[Pair, str]:
    """Return which incentives are pairs, as `to_targets` does for targets."""
    return _to_named(chosen, _about(corrections, "incentive_pairs", docs), docs, incentives, "incentive")


def _to_named(
    chosen: set[Pair],
    decided: Iterator[tuple[Decision, tuple[str, str]]],
    docs: Sequence[str],
    ids: Sequence[Sequence[str]],
    what: str,
) -> dict[Pair, str]:
    """Return which rows that have ids are pairs, each with its origin."""
    kept = dict.fromkeys(chosen, "computed")
    for row, facing in decided:
        numbers = []
        for side, doc, own in zip(facing, docs, ids, strict=True):
            name = row.cells[f"{side}_{what}"]
            if name not in own:
                raise row.fault(f"no_such_{what}", doc=doc, **{what: name})
            numbers.append(own.index(name))
        pair = (numbers[0], numbers[1])
        if row.one_of("decision", VERDICTS) == "accept":
            kept[pair] = "override"
        else:
            kept.pop(pair, None)
    return kept


def _about(corrections: Corrections, table: str, docs: Sequence[str]) -> Iterator[tuple[Decision, tuple[str, str]]]:
    """Yield the rows about a pair of documents, each with the sides that it gives to the left and to the right one."""
    for row in corrections.of(table):
        if row.docs == tuple(docs):
            yield row, ("left", "right")
        elif row.docs == tuple(reversed(docs)):
            yield row, ("right", "left")


def _position(row: Decision, side: str, doc: str, places: Sequence[Place]) -> int:
    """Return which clause a row names on one of its sides; its section tells equal numbers apart."""
    clause = row.number(f"{side}_clause")
    section = row.number(f"{side}_section") if row.cells.get(f"{side}_section") else None
    for position, place in enumerate(places):
        if place.clause == clause and section in (None, place.section):
            return position
    numbers = [place.clause for place in places]
    raise row.fault("clause_beyond", doc=doc, clause=clause, first=min(numbers), last=max(numbers))
