"""What documents, clauses, sections and values are called for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from policycmp.shown.amounts import chinese_number, format_value
from policycmp.shown.wording import VALUES, label

if TYPE_CHECKING:
    from policycmp.comparison import Comparison
    from policycmp.document import Tables


class Ref(str):
    """The name of a clause for people, and the place in a page that it points to."""

    anchor: str = ""


def names(comparison: Comparison, lang: str = "zh") -> tuple[str, str]:
    """Return what the two documents are called, told apart where their districts have one name."""
    left, right = tell_apart((comparison.left, comparison.right), lang)
    return left, right


def tell_apart(sides: Sequence[Tables], lang: str = "zh") -> list[str]:
    """Return what documents are called: their districts; where these are the same with year or status, or numbered."""
    told, brackets = [side.named(lang) for side in sides], "（）" if lang == "zh" else (" (", ")")
    for fact in ("year", "status", ""):
        for name in [name for name, times in Counter(told).items() if times > 1]:
            places = [place for place, one in enumerate(told) if one == name]
            facts = [label(str(getattr(sides[place].policy, fact, "") or ""), lang, VALUES) for place in places]
            for number, (place, said) in enumerate(zip(places, facts, strict=True)):
                more = brackets[0] + said + brackets[1] if said and len(set(facts)) > 1 else ""
                told[place] += more if fact else chr(ord("①") + number)
    return told


def anchor(doc: str, section: int, clause: int) -> str:
    """Return the name of a clause's place in a page."""
    return f"{doc}-{section}-{clause}"


def refs(side: Tables, lang: str = "zh") -> Callable[[Any, Any], str]:
    """Return a function that names a clause of ``side``; with its section where clause numbers stand more than once."""
    repeated = not side.clauses["clause"].is_unique

    def name(section: Any, clause: Any) -> str:
        if clause is None or str(clause) in ("nan", "<NA>"):
            return ""
        section, clause = int(section), int(clause)
        text = f"第{clause}条" if lang == "zh" else f"cl. {clause}"
        if clause == 0:
            text = label("lead_in" if section else "outside", lang, VALUES)
        if (repeated or clause == 0) and section:
            text = f"第{chinese_number(section)}部分{text}" if lang == "zh" else f"section {section}, {text}"
        found = Ref(text)
        found.anchor = anchor(side.doc, section, clause)
        return found

    return name


def heading(section: Any, text: Any, lang: str = "zh") -> str:
    """Return a section's number and heading as printed: 一、强化科技创新."""
    return f"{chinese_number(int(section))}、{text}" if lang == "zh" else f"{int(section)} {text}"


def indicator(pair: Mapping[str, Any]) -> str:
    """Return what a pair of targets counts, as the side that says it in fewer words puts it."""
    return min((pair["left_indicator"], pair["right_indicator"]), key=lambda text: (len(text), text))


def value(row: Mapping[str, Any], side: str, lang: str) -> str:
    """Return the value of a target, or of one ``side`` of a pair of them, with comparator and unit."""
    prefix = f"{side}_" if side else ""
    low, high, comparator = (row[f"{prefix}{name}"] for name in ("value", "value_max", "comparator"))
    return format_value(low, high, comparator, row["unit"], lang)
