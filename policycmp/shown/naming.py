"""What documents, clauses, sections and values are called for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from policycmp.schema import SIDES, Place
from policycmp.shown.amounts import format_value
from policycmp.text.numerals import spell
from policycmp.wording import label, said

if TYPE_CHECKING:
    from policycmp.comparison import Comparison
    from policycmp.document import Tables


class Ref(str):
    """The name of a clause for people, and the place in a page that it points to."""

    anchor: str = ""


def names(comparison: Comparison) -> tuple[str, str]:
    """Return what the two documents are called, told apart where their districts have one name."""
    left, right = tell_apart(list(comparison.sides.values()), comparison.lang)
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


def refs(side: Tables, lang: str = "zh") -> Callable[[Place | None], str]:
    """Return a function that names a clause of ``side``; with its section where clause numbers stand more than once.

    No place has no name: an empty one.
    """
    repeated = not side.clauses["clause"].is_unique

    def name(place: Place | None) -> str:
        if place is None:
            return ""
        section, clause = place
        text = said("clause", lang, chapter="names", clause=clause)
        if clause == 0:
            text = label("lead_in" if section else "outside", lang, "values")
        if (repeated or clause == 0) and section:
            text = said("in_section", lang, chapter="names", section=ordinal(section, lang), clause=text)
        found = Ref(text)
        found.anchor = anchor(side.doc, place)
        return found

    return name


def heading(section: Any, text: Any, lang: str = "zh") -> str:
    """Return a section's number and heading as printed: 一、强化科技创新."""
    return said("heading", lang, chapter="names", section=ordinal(int(section), lang), heading=text)


def ordinal(number: int, lang: str) -> str:
    """Return the number of a section as the language writes it: 十二, or 12."""
    return spell(number) if lang == "zh" else str(number)


def indicator(pair: Mapping[str, Any]) -> str:
    """Return what a pair of targets counts, as the side that says it in fewer words puts it."""
    told = filter(None, (pair["left_indicator"], pair["right_indicator"]))
    return min(told, key=lambda text: (len(text), text), default="")


def counted(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return what a group of targets counts, as the document that says it in the fewest characters puts it."""
    return min((str(row["indicator"]) for row in rows), key=lambda text: (not text.isascii(), len(text), text))


def value(row: Mapping[str, Any], side: str, lang: str) -> str:
    """Return the value of a target, or of one ``side`` of a pair of them, with comparator and unit."""
    prefix = f"{side}_" if side else ""
    low, high, comparator = (row[f"{prefix}{name}"] for name in ("value", "value_max", "comparator"))
    return format_value(low, high, comparator, row["unit"], lang)
