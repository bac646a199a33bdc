"""What documents, clauses, sections and values are called for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from policycmp.schema import SIDES, Place, place_of, records
from policycmp.shown.amounts import format_amount, format_value, to_float
from policycmp.shown.html import Cell, Column
from policycmp.text.numerals import spell
from policycmp.text.sentences import opening
from policycmp.wording import label, phrases, said

if TYPE_CHECKING:
    from policycmp.comparison import Comparison
    from policycmp.document import Tables


OPENING = 12  # characters of the first words of a clause that are shown for its title


def names(comparison: Comparison) -> tuple[str, str]:
    """Return what the two documents are called, told apart where their districts have one name."""
    left, right = tell_apart(list(comparison.sides.values()), comparison.lang)
    return left, right


def sided(comparison: Comparison) -> tuple[Column, Column]:
    """Return the names of the two documents as headings of their columns."""
    left, right = (Column(name, side=side) for side, name in zip(SIDES, names(comparison), strict=True))
    return left, right


def name_of(comparison: Comparison, side: str) -> str:
    """Return what the document of one side is called: left or right."""
    return names(comparison)[SIDES.index(side)]


def named_sides(comparison: Comparison) -> list[tuple[str, Tables]]:
    """Return the tables of the two documents with what each is called."""
    return list(zip(names(comparison), comparison.sides.values(), strict=True))


def tell_apart(sides: Sequence[Tables], lang: str = "zh") -> list[str]:
    """Return what documents are called: their districts; where these are the same with year or status, or numbered."""
    told = [side.named(lang) for side in sides]
    for fact in ("year", "status"):
        facts = [label(str(getattr(side.policy, fact) or ""), lang, "values") for side in sides]
        for alike in _alike(told):
            if len({facts[place] for place in alike}) > 1:
                for place in alike:
                    more = said("bracketed", lang, chapter="names", text=facts[place]) if facts[place] else ""
                    told[place] += more
    for alike in _alike(told):
        for number, place in enumerate(alike):
            told[place] += chr(ord("①") + number)
    return told


def _alike(told: Sequence[str]) -> list[list[int]]:
    """Return the places of each name that stands more than once."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(told):
        places.setdefault(name, []).append(place)
    return [found for found in places.values() if len(found) > 1]


def anchor(doc: str, place: Place) -> str:
    """Return the name of a clause's place in a page."""
    return f"{doc}-{place.section}-{place.clause}"


def number_anchor(doc: str, start: int) -> str:
    """Return the name of a number's place in a page, from where it begins in its source."""
    return f"{doc}-n{start}"


def pair_anchor(*places: tuple[str, Place | None]) -> str:
    """Return the name by which a page knows two clauses side by side, from the document and the place of each."""
    return "-".join(("pair", *(anchor(doc, place) for doc, place in places if place)))


def refs(side: Tables, lang: str = "zh") -> Callable[[Place | None], Cell]:
    """Return a function that names a clause of ``side``; with its section where clause numbers stand more than once.

    The name knows its place in a page, and sorts as the clauses stand. No place has no name: an empty one.
    """
    repeated = not side.clauses["clause"].is_unique

    def name(place: Place | None) -> Cell:
        if place is None:
            return Cell("")
        text = place_name(place, lang, sectioned=repeated)
        return Cell(text, key=place.section * 1000 + place.clause, anchor=anchor(side.doc, place))

    return name


def place_name(place: Place, lang: str, *, sectioned: bool) -> str:
    """Return what a clause is called, or the paragraph that leads a section; ``sectioned`` names a clause's section."""
    section, clause = place
    text = said("clause", lang, chapter="names", clause=clause)
    if clause == 0:
        text = label("lead_in" if section else "outside", lang, "values")
    if (sectioned or clause == 0) and section:
        return said("in_section", lang, chapter="names", section=ordinal(section, lang), clause=text)
    return text


def openings(side: Tables) -> dict[Place, str]:
    """Return how each clause that bears no title begins, by its place: 过去五年…."""
    untitled = records(side.clauses[side.clauses["title"] == ""])
    return {place: opening(row["text"], OPENING) for row in untitled if (place := place_of(row))}


def heading(section: Any, text: Any, lang: str = "zh") -> str:
    """Return a section's number and heading as printed: 一、强化科技创新."""
    return said("heading", lang, chapter="names", section=ordinal(int(section), lang), heading=text)


def section_cell(number: int, lang: str) -> Cell:
    """Return the number of a section for a table: 十二, or 12; nothing outside the sections."""
    return Cell(ordinal(number, lang) if number else "", key=number)


def relation(name: str, sides: tuple[str, str], lang: str) -> str:
    """Return what the relation of two clauses is called; of one that stands alone, which document has it."""
    only = dict(zip(("left_only", "right_only"), sides, strict=True))
    if name in only:
        return said("alone", lang, chapter="differences", name=only[name])
    return label(name, lang, "values")


def ordinal(number: int, lang: str) -> str:
    """Return the number of a section as the language writes it: 十二, or 12."""
    return spell(number) if lang == "zh" else str(number)


def tally(side: Tables, lang: str = "zh") -> str:
    """Return one line: what a document is called, and how much was read in it."""
    counts = {
        "sections": len(side.rows["sections"]),
        "clauses": len(side.rows["clauses"]),
        "bodies": len({row["body"] for row in side.rows["responsibilities"]}),
        "quantities": len(side.rows["quantities"]),
        "targets": len(side.rows["targets"]),
        "results": len(side.rows["results"]),
        "budgets": len(side.rows["budgets"]),
    }
    told = label("comma", lang, "names").join(f"{label(name, lang, 'summary')} {n}" for name, n in counts.items())
    doc, colon = said("bracketed", lang, chapter="names", text=side.doc), label("colon", lang, "names")
    return f"{side.named(lang)}{doc}{colon}{told}"


def indicator(pair: Mapping[str, Any], column: str = "indicator") -> str:
    """Return what a pair of targets counts, or an ``object`` that is paid for, in the fewer words of the two sides."""
    told = filter(None, (pair[f"left_{column}"], pair[f"right_{column}"]))
    return min(told, key=lambda text: (len(text), text), default="")


def factor(ratio: float, sides: tuple[str, str], lang: str) -> Cell:
    """Return which side's value is how many times the other's; nothing where a ratio has no meaning."""
    if ratio != ratio or ratio <= 0:
        return Cell("")
    times = max(ratio, 1 / ratio)
    if times == 1:
        return Cell(label("even", lang, "amounts"), key=1)
    number = f"{times:,.0f}" if times >= 10 else f"{times:.2g}"
    number = f"{times:.2f}" if number == "1" else number
    return Cell(said("times", lang, chapter="amounts", name=sides[ratio < 1], number=number), key=times)


def counted(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return what a group of targets counts, as the document that says it in the fewest characters puts it."""
    return min((str(row["indicator"]) for row in rows), key=lambda text: (not text.isascii(), len(text), text))


def value(row: Mapping[str, Any], side: str, lang: str, anchor: str = "") -> Cell:
    """Return the value of a target, or of one ``side`` of a pair of them, with comparator and unit; it sorts by it."""
    prefix = f"{side}_" if side else ""
    low, high, comparator = (row[f"{prefix}{name}"] for name in ("value", "value_max", "comparator"))
    return Cell(format_value(low, high, comparator, row["unit"], lang), key=to_float(low), anchor=anchor)


def paid(row: Mapping[str, Any], side: str, lang: str, anchor: str = "") -> Cell:
    """Return what an incentive, or one ``side`` of a pair of them, pays: 10 %，最高300万元; it sorts by the number."""
    prefix = f"{side}_" if side else ""
    low, high, per, cap = (row[f"{prefix}{name}"] for name in ("value", "value_max", "per", "cap"))
    most = format_amount(cap, lang) if to_float(cap) == to_float(cap) else ""
    if to_float(low) != to_float(low):
        text, number = said("ceiling", lang, chapter="amounts", most=most), cap
    else:
        comparator = "range" if to_float(high) == to_float(high) else "equal"
        text, number = format_value(low, high, comparator, row["unit"], lang), low
    named = phrases("units")
    units = [named[f"per_{unit}"][lang] if f"per_{unit}" in named else unit for unit in filter(None, per.split("·"))]
    if units:
        text = said("per", lang, chapter="amounts", amount=text, per="·".join(units))
    if most and number is low:
        text = said("capped", lang, chapter="amounts", paid=text, most=most)
    return Cell(text, key=to_float(number), anchor=anchor)


def amount(yuan: object, lang: str, anchor: str = "") -> Cell:
    """Return a sum of money as people write it, which sorts by it."""
    return Cell(format_amount(yuan, lang), key=to_float(yuan), anchor=anchor)
