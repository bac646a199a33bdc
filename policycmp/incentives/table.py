"""The incentives among the numbers of a document → the table `incentives`: what is paid for what."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from policycmp import schema
from policycmp.incentives.items import RATES, Item, items
from policycmp.quantities import named, sentences
from policycmp.reading import Policy
from policycmp.schema import Record
from policycmp.structure import Outline
from policycmp.text.codes import convert, indicator_named
from policycmp.text.unmarked import Unmarked, plain


def incentive_rows(quantities: Sequence[Record], outline: Outline) -> list[Record]:
    """Return the rows of the table `incentives` of a document.

    Parameters
    ----------
    quantities : sequence of dict
        Its numbers, corrected: those with the role ``incentive`` are read.
    outline : Outline
        Where its clauses stand.
    """
    policy, bare = outline.policy, outline.policy.bare
    paid = (row for row in quantities if row["role"] == "incentive")
    rows = [_placed(row, bare) for row in sorted(paid, key=lambda row: row["number_start"])]
    starts = [row["number_start"] for row in rows]
    units = {unit.marker.start: unit for unit in outline.units()}
    found: list[Record] = []
    for block in outline.blocks():
        begin, stop = bare.place(block.start), bare.place(block.end)
        if bisect_left(starts, begin) == bisect_left(starts, stop):
            continue
        unit = units.get(block.start)
        head = bare.place(unit.marker.end) if unit else begin
        title = plain(policy.folded[slice(*unit.title)]).strip() if unit else ""
        place = {"doc": policy.doc, "part": block.part.number, "section": block.section, "clause": block.clause}
        told: list[Item] = []
        spans: dict[int, tuple[int, int]] = {}
        for span in sentences(bare.text, head, stop):
            inside = rows[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]
            if inside:
                known = len(told)
                told = items(bare.text, span, inside, title, told, policy.lexicon)
                spans |= dict.fromkeys(range(known, len(told)), span)
        found += [place | _row(policy, bare, item, spans[number]) for number, item in enumerate(told)]
    return schema.complete("incentives", named(found, "incentive", quantities, mark="i"))


def _placed(row: Record, bare: Unmarked) -> Record:
    """Return the row of a number with its places in the text without marks."""
    places = {name: row[name] for name in ("number_start", "start", "end") if not schema.is_missing(row[name])}
    return row | {name: bare.place(place) for name, place in places.items()}


def _row(policy: Policy, bare: Unmarked, item: Item, span: tuple[int, int]) -> Record:
    """Return the row of an item; ``span`` is its sentence in the text without marks."""
    amount, cap = item.amount, item.cap
    number = amount or cap
    assert number is not None  # an item is made of a number
    start, end = bare.marked(*_within(bare.text, item.opened, item.closed))
    indicator = indicator_named(item.object, policy.lexicon)
    unit, factor = convert(number["unit"], policy.lexicon)
    value = amount["value"] if amount else None
    decided = [one["origin"] for one in (amount, cap) if one]
    return {
        "object": item.object,
        "recipient": item.recipient,
        "condition": item.condition,
        "level": item.level,
        "kind": _kind(amount),
        "comparator": number["comparator"],
        "value": value,
        "value_max": amount["value_max"] if amount else None,
        "unit": number["unit"],
        "per": item.per,
        "cap": cap["value"] if cap else None,
        "basis": item.basis,
        "frequency": item.frequency,
        "years": item.years,
        "as_written": number["as_written"],
        "number_start": bare.at[number["number_start"]],
        "confidence": number["confidence"],
        "cap_start": bare.at[cap["number_start"]] if cap else None,
        "quote": policy.text[start:end],
        "sentence": policy.text[slice(*bare.marked(*span))].strip(),
        "indicator_code": indicator.code if indicator else "",
        "value_canonical": None if value is None else value * factor,
        "unit_canonical": unit,
        "start": start,
        "end": end,
        "origin": "override" if "override" in decided else "computed",
    }


def _kind(amount: Record | None) -> str:
    """Return whether a sum, a rate or only the most is stated."""
    if amount is None:
        return "ceiling"
    return "rate" if amount["unit"] in RATES else "sum"


def _within(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the blanks and marks at its beginning."""
    opened = re.compile(r"[\s,、:。;]*").match(text, start, end)
    return (opened.end() if opened else start), end
