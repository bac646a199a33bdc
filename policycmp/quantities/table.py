"""Clauses → every numeral with its role; targets and budgets are views of that table."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from policycmp import schema
from policycmp.quantities import indicators, roles
from policycmp.quantities.phrases import Measure, measures, sentences
from policycmp.structure.outline import Outline
from policycmp.text.numerals import Numeral, scan

if TYPE_CHECKING:
    import pandas as pd


def quantity_table(result: Outline) -> pd.DataFrame:
    """Return the table `quantities` of one document: every numeral of the text that is read, once."""
    policy = result.policy
    text = policy.folded
    numerals = list(scan(text, policy.lexicon.units))
    starts = [numeral.start for numeral in numerals]
    level = roles.own_level(text)
    markers = {unit.marker.start: unit.marker.end for unit in [*result.sections, *result.clauses]}
    rows: list[dict[str, Any]] = []
    for begin, end, section, clause in result.place():
        head = markers.get(begin, begin)
        place = {"doc": policy.doc, "section": section, "clause": clause}
        rows += [place | _base(text, numeral) for numeral in _between(numerals, starts, begin, head)]
        allotted = False
        for span in sentences(text, head, end):
            inside = _between(numerals, starts, *span)
            if not inside:
                continue
            found = measures(text, span, inside, policy.lexicon)
            judge = roles.Judge(
                text, span, inside, found, (section, clause), policy.year, level, policy.lexicon, allotted
            )
            rows += [place | row for row in _rows(text, inside, found, judge)]
            allotted = allotted or judge.allotted
    for row in rows:
        row["quote"] = policy.text[row["start"] : row["end"]]
        row["as_written"] = policy.text[row["number_start"] : row["number_start"] + len(row["as_written"])]
    return schema.frame("quantities", sorted(rows, key=lambda row: row["number_start"]))


def _between(numerals: list[Numeral], starts: list[int], begin: int, end: int) -> list[Numeral]:
    return numerals[bisect_left(starts, begin) : bisect_left(starts, end)]


def _base(text: str, numeral: Numeral) -> dict[str, Any]:
    """Return the row of a numeral that is a reference until a rule says otherwise."""
    return {
        "role": "reference", "comparator": "equal", "value": numeral.value, "value_max": numeral.value_max,
        "unit": numeral.unit, "as_written": text[numeral.start : numeral.end], "number_start": numeral.start,
        "start": numeral.start, "end": numeral.unit_end, "flag": "unread" if numeral.form == "unknown" else "",
        "origin": "computed",
    }  # fmt: skip


def _rows(text: str, numerals: list[Numeral], found: list[Measure], judge: roles.Judge) -> list[dict[str, Any]]:
    """Return one row per numeral of a sentence, and one per thing that 各 or 均 distributes it over."""
    by_start = {measure.numeral.start: measure for measure in found}
    rows: list[dict[str, Any]] = []
    for numeral in numerals:
        measure = by_start.get(numeral.start)
        if measure is None:
            rows.append(_base(text, numeral))
            continue
        if not numeral.unit:
            _open_unit(text, measure)
        verdict = judge.judge(measure)
        base = _base(text, measure.numeral) | roles.describe(verdict)
        base |= {"comparator": measure.comparator, "end": max(measure.after, measure.numeral.unit_end)}
        if verdict.role == "reference":
            rows.append(base)
            continue
        base["year"] = judge.year_of(measure)
        if verdict.role == "target":
            base["commitment"] = indicators.commitment(text, measure, judge.lexicon)
        for name in indicators.names(text, measure, found, judge.lexicon):
            if verdict.role == "incentive":
                name = indicators.paid_for(text, measure, name)
            span = {"start": name.start, "end": max(name.end, base["end"])}
            rows.append(base | span | {"indicator": name.indicator, "label": name.label})
    return rows


_OPEN_UNIT = re.compile(r"(?!以[上下内]|左右|国道|省道|[省国版多大])([一-龥]{1,2})(?=以[上下内]|左右|[,。;、)\n]|$)")
_AFTER = {"以上": "at_least", "以下": "at_most", "以内": "at_most", "左右": "about"}


def _open_unit(text: str, measure: Measure) -> None:
    """Read a unit that no list names from its place: 充电枪500把."""
    numeral = measure.numeral
    found = _OPEN_UNIT.match(text, numeral.end, measure.sentence[1])
    if measure.comparator == "top":
        unit, end = "位", numeral.end + (text[numeral.end : numeral.end + 1] in {"位", "名"})
    elif found:
        unit, end = found[1], found.end()
    else:
        return
    after = _AFTER.get(text[end : end + 2], "")
    if after and measure.comparator == "equal":
        measure.comparator = after
    measure.numeral = replace(numeral, unit=unit, unit_end=end)
    measure.after = max(measure.after, end + 2 * bool(after))
    measure.tail = (max(measure.after, measure.tail[0]), max(measure.after, measure.tail[1]))


def target_table(quantities: pd.DataFrame) -> pd.DataFrame:
    """Return the table `targets`: the rows of ``quantities`` with that role, each with an id (longwan-011-03).

    Where sections count their clauses anew, the id has the section, too (longwan-s02c011-03).
    """
    known = set(zip(quantities["section"], quantities["clause"], strict=True))
    anew = len({clause for _, clause in known if clause}) < sum(clause > 0 for _, clause in known)
    rows: list[Any] = quantities[quantities["role"] == "target"].to_dict("records")
    counts: dict[tuple[Any, ...], int] = {}
    for row in rows:
        place = (row["section"], row["clause"])
        counts[place] = counts.get(place, 0) + 1
        section, clause = f"s{row['section']:02}", f"{row['clause']:03}"
        name = section if not row["clause"] else f"{section}c{clause}" if anew else clause
        row["target"] = f"{row['doc']}-{name}-{counts[place]:02}"
    return schema.frame("targets", rows)


def budget_table(quantities: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """Return the table `budgets`; ``sections`` names what a section's whole allotment is for."""
    headings = dict(zip(sections["section"], sections["heading"], strict=True))
    rows: list[Any] = []
    for row in quantities[quantities["role"] == "budget"].to_dict("records"):
        item = headings.get(row["section"], "") if row["scope"] == "section" else row["indicator"]
        rows.append(row | {"item": item or row["indicator"], "amount_yuan": row["value"]})
    return schema.frame("budgets", rows)
