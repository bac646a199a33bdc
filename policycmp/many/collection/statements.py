"""A document → the statements of a panel: each figure once, with every place that states it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from policycmp.document import Tables
from policycmp.document.spans import Timeline
from policycmp.schema import Record, is_missing, records
from policycmp.text import codes
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import squeeze

_TURNED = {"at_least": "at_most", "at_most": "at_least", "less_than": "at_least"}
_SAME = ("statement", "year", "about", "kind", "span", "scope", "comparator", "value", "value_max", "unit")
_RIVAL = ("statement", "year", "about", "kind", "span", "scope", "unit")


def statements(tables: Tables, *, place: str, level: str) -> list[Record]:
    """Return the targets and results of a document as rows of the table `panel`."""
    found = list(_rows(tables, level))
    dense = _density(found)
    for row in found:
        row |= {"place": place, "level": level, "told": tables.policy.year, "dense": dense[row["sentence"]]}
    merged = list(_merged(found))
    _choose(merged)
    return merged


def _rows(tables: Tables, level: str) -> Iterator[Record]:
    """Yield targets and results, with the value in the unit of their indicator and what they are of."""
    lexicon, timeline = tables.policy.lexicon, Timeline(tables)
    for statement in ("target", "result"):
        for row in records(getattr(tables, f"{statement}s")):
            row |= {"statement": statement, "id": row[statement]}
            row |= _measured(row, lexicon)
            row |= {"span": timeline.span(row), "scope": timeline.scope(row, level)}
            row |= {"about": row["indicator_code"] or squeeze(row["indicator"])}
            row["sentence"] = timeline.sentence(row)
            yield row


def _measured(row: Record, lexicon: Lexicon) -> Record:
    """Return value, comparator and unit as the indicator counts them: a fall by 3% at least is -3 at most."""
    found: Record = {name: None if is_missing(row[name]) else row[name] for name in ("value", "value_max", "year")}
    one = codes.known(lexicon).get(row["indicator_code"])
    if one is None or found["value"] is None:
        return found
    turned = codes.turned(one, row["indicator"], row["quote"], lexicon)
    ends = []
    for end in ("value", "value_max"):
        value = -found[end] if turned and found[end] is not None else found[end]
        ends.append(codes.canonical(one, value, row["unit"], lexicon)["value_canonical"])
    if turned and ends[1] is not None:
        ends.reverse()
    comparator = _TURNED.get(row["comparator"], row["comparator"]) if turned else row["comparator"]
    return found | {"value": ends[0], "value_max": ends[1], "unit": row["unit_canonical"], "comparator": comparator}


def _density(rows: Iterable[Record]) -> dict[int, int]:
    """Return how many indicators each sentence tells: the one that lists the year's goals tells most."""
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row["sentence"], set()).update({row["indicator_code"]} - {""})
    return {sentence: len(told) for sentence, told in found.items()}


def _merged(rows: Iterable[Record]) -> Iterator[Record]:
    """Yield the statements, those that say the same as one, with the other places where it stands."""
    groups: dict[tuple[Any, ...], list[Record]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in _SAME), []).append(row)
    for group in groups.values():
        first = max(group, key=lambda row: (row["dense"], -row["start"]))
        others = [_place(row) for row in group if row is not first]
        yield first | {"times": len(group), "elsewhere": "、".join(others)}


def _place(row: Record) -> str:
    """Return where a figure stands in one word: part/section/clause:start-end."""
    return f"{row['part']}/{row['section']}/{row['clause']}:{row['start']}-{row['end']}"


def _choose(rows: Iterable[Record]) -> None:
    """Mark, of figures that rival, the one to take: told among most others, then first; and those that contradict."""
    groups: dict[tuple[Any, ...], list[Record]] = {}
    for row in rows:
        row |= {"main": False, "contradicted": False}
        groups.setdefault(tuple(row[name] for name in _RIVAL), []).append(row)
    for group in groups.values():
        if group[0]["scope"] == "whole" and group[0]["indicator_code"]:
            max(group, key=lambda row: (row["dense"], -row["start"]))["main"] = True
        names: dict[str, list[Record]] = {}
        for row in group:
            names.setdefault(squeeze(row["indicator"]), []).append(row)
        for same in names.values():
            for row in same:
                row["contradicted"] = row["scope"] == "whole" and len({other["sentence"] for other in same}) > 1
