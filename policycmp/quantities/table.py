"""Clauses → every numeral with its role; targets and budgets are views of that table."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from policycmp import schema
from policycmp.errors import bound
from policycmp.quantities.phrases import measures, sentences, signed
from policycmp.quantities.rows.breaks import unbroken
from policycmp.quantities.rows.grid import grid
from policycmp.quantities.rows.prose import judged, unjudged
from policycmp.quantities.rows.wordless import statements
from policycmp.quantities.sentence import Sentence, own_level
from policycmp.quantities.tense import Timeline, is_explained
from policycmp.schema import Place
from policycmp.structure import Outline
from policycmp.text import codes
from policycmp.text.lexicon import Lexicon
from policycmp.text.scan import Numeral, scan
from policycmp.text.sentences import sentence_at

Row = dict[str, Any]  # the columns of `quantities`
# An id: the document, the mark of a result or an incentive, the part, the place, the number.
_ID = re.compile(r"(?P<doc>.+)-[ri]?(?:p\d+)?(?:s(?P<section>\d+))?(?:c?(?P<clause>\d{3,}))?-\d+")


def quantity_rows(result: Outline) -> list[Row]:
    """Return the rows of the table `quantities` of one document: every numeral of the text that is read, once."""
    policy, bare = result.policy, result.policy.bare
    text = unbroken(bare.text, policy.lexicon)
    numerals = [signed(text, numeral) for numeral in scan(text, policy.lexicon.units)]
    bound("too_many_numbers", policy.source_file or policy.doc, policy.lexicon["limits.numbers"], len(numerals))
    starts = [numeral.start for numeral in numerals]
    level = own_level(text)
    heads = {bare.place(unit.marker.start): bare.place(unit.marker.end) for unit in result.units()}
    titles = [(bare.place(unit.title[0]), bare.place(unit.title[1])) for unit in result.units()]
    tables = grid(bare.of(policy.text[: policy.body_end]), text, policy.year, policy.lexicon)
    rows: list[Row] = []
    timeline = Timeline(text, policy.year, policy.lexicon)
    for block in result.blocks():
        _, _, part, section, clause, _ = block
        begin, end = bare.place(block.start), bare.place(block.end)
        timeline.enter(block)
        head = heads.get(begin, begin)
        place = {"doc": policy.doc, "part": part.number, "section": section, "clause": clause}
        rows += [place | unjudged(text, one, policy.lexicon) for one in _between(numerals, starts, begin, head)]
        allotted = False
        for span in sentences(text, head, end):
            inside = _between(numerals, starts, *span)
            timeline.read(*span)
            if is_explained(block):
                rows += [place | unjudged(text, one, policy.lexicon) for one in inside]
                continue
            if tables.holds(span[0]):
                rows += [place | tables.row(one, unjudged(text, one, policy.lexicon)) for one in inside]
                continue
            found = measures(text, span, inside, policy.lexicon) if inside else []
            spot = (section, clause)
            sentence = Sentence(
                text, span, inside, found, spot, level, policy.lexicon, timeline, part.number > 0, allotted
            )
            rows += [place | row for row in (*judged(sentence), *statements(sentence))]
            allotted = sentence.allotted
    _forget_repeats(rows, titles)
    for row in rows:
        row["start"], row["end"] = bare.marked(row["start"], row["end"])
        row["quote"] = policy.text[row["start"] : row["end"]]
        row["sentence"] = sentence_at(policy.text, row["start"], row["end"])
        begin, end = bare.marked(row["number_start"], row["number_start"] + len(row["as_written"]))
        row |= {"number_start": begin, "as_written": policy.text[begin:end]}
    return schema.complete("quantities", sorted(rows, key=lambda row: row["number_start"]))


def _forget_repeats(rows: list[Row], titles: Iterable[tuple[int, int]]) -> None:
    """Make references of a heading's numbers that are said again below it: 一、打通断头路27条。… 今年打通断头路27条."""
    places: dict[tuple[int, int, int], list[Row]] = {}
    for row in rows:
        places.setdefault((row["part"], row["section"], row["clause"]), []).append(row)
    spans = sorted(title for title in titles if title[1] > title[0])
    starts = [start for start, _ in spans]
    for together in places.values():
        counted = [row for row in together if row["role"] in {"target", "result"}]
        last: dict[tuple[object, object], int] = {}
        for row in counted:
            last[_said(row)] = max(row["number_start"], last.get(_said(row), 0))
        for row in counted:
            nearest = bisect_right(starts, row["number_start"]) - 1
            if nearest < 0 or row["number_start"] >= spans[nearest][1]:
                continue
            if last[_said(row)] >= spans[nearest][1]:
                row |= {"role": "reference", "indicator": "", "label": "", "year": None, "commitment": ""}


def _said(row: Row) -> tuple[object, object]:
    """Return what a row says: a number and its unit, or neither."""
    return row.get("value"), row.get("unit")


def _between(numerals: list[Numeral], starts: list[int], begin: int, end: int) -> list[Numeral]:
    return numerals[bisect_left(starts, begin) : bisect_left(starts, end)]


def role_rows(quantities: Sequence[Row], sections: Sequence[Row], lexicon: Lexicon) -> dict[str, list[Row]]:
    """Return the rows of the tables `targets`, `results` and `budgets`, which are views of ``quantities``."""
    targets, results = target_rows(quantities, lexicon), result_rows(quantities, lexicon)
    return {"targets": targets, "results": results, "budgets": budget_rows(quantities, sections, lexicon)}


def target_rows(quantities: Sequence[Row], lexicon: Lexicon) -> list[Row]:
    """Return the rows of the table `targets`: those of ``quantities`` with that role, each with an id (longwan-011-03).

    Where sections count their clauses anew, the id has the section, too (longwan-s02c011-03); behind the main text it
    has the part (longwan-p1c003-01).
    """
    return _numbered(quantities, "target", lexicon)


def result_rows(quantities: Sequence[Row], lexicon: Lexicon) -> list[Row]:
    """Return the rows of the table `results`: what was reached already, each with an id as in `targets`."""
    return _numbered(quantities, "result", lexicon, mark="r")


def _numbered(quantities: Sequence[Row], role: str, lexicon: Lexicon, *, mark: str = "") -> list[Row]:
    """Return the rows of a role as its table has them, each with its id; ``mark`` stands before the place."""
    rows = named((row for row in quantities if row["role"] == role), role, quantities, mark=mark)
    return schema.complete(f"{role}s", [row | codes.measured(row, lexicon) for row in rows])


def named(rows: Iterable[Row], column: str, quantities: Iterable[Row], *, mark: str = "") -> list[Row]:
    """Return ``rows`` with the id of each in ``column``: document, place and number; ``mark`` stands before the place.

    ``quantities``, the numbers of the document, tell whether its sections count their clauses anew.
    """
    places = {(row["part"], row["section"], row["clause"]) for row in quantities}
    clauses = Counter((part, clause) for part, _, clause in places if clause)
    anew = {part for (part, _), times in clauses.items() if times > 1}
    counts: Counter[str] = Counter()
    found = []
    for row in rows:
        name = _place_name(row["part"], Place(row["section"], row["clause"]), anew=row["part"] in anew)
        counts[name] += 1
        found.append(row | {column: f"{row['doc']}-{mark}{name}-{counts[name]:02}"})
    return found


def _place_name(part: int, place: Place, *, anew: bool) -> str:
    """Return how an id names a place: 011, s02c011, s02; p1c011 in the first part behind the main text."""
    section, clause = f"s{place.section:02}", f"c{place.clause:03}"
    behind = f"p{part}" if part else ""
    if not place.clause:
        return behind + section
    if anew:
        return behind + section + clause
    return behind + clause if part else clause[1:]


def place_in(name: str) -> tuple[str, Place]:
    """Return the document and the place that an id names; the section is 0 where the clause alone says the place."""
    found = _ID.fullmatch(name)
    if found is None:
        return "", Place(0, 0)
    return found["doc"], Place(int(found["section"] or 0), int(found["clause"] or 0))


def budget_rows(quantities: Iterable[Row], sections: Iterable[Row], lexicon: Lexicon) -> list[Row]:
    """Return the rows of the table `budgets`; ``sections`` names what a section's whole allotment is for."""
    headings = {(row["part"], row["section"]): row["heading"] for row in sections}
    rows = []
    for row in (one for one in quantities if one["role"] == "budget"):
        heading = headings.get((row["part"], row["section"]), "") if row["scope"] == "section" else ""
        item = heading or row["indicator"]
        measured = codes.measured(row | {"indicator": item}, lexicon)
        rows.append(row | measured | {"item": item, "amount_yuan": row["value"]})
    return schema.complete("budgets", rows)
