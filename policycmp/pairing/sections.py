"""Aligned clauses → which section answers which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp.pairing.alignment import Aligned
from policycmp.schema import SIDES, is_missing, records

if TYPE_CHECKING:
    from policycmp.document import Tables


class SectionPair(NamedTuple):
    """Two sections that answer each other; None stands on the side on which one has no counterpart.

    A section stands in one pair only: the pair is its own key, and so are the columns ``left_section`` and
    ``right_section`` of a table of such pairs.
    """

    left: int | None
    right: int | None


def section_pairs(left: Tables, right: Tables, aligned: Aligned) -> tuple[SectionPair, ...]:
    """Return the sections in the order of the left document, then those of the right one without a counterpart."""
    answers = _answers(aligned)
    pairs = [SectionPair(number, answers.get(number)) for number in map(int, left.sections["section"])]
    alone = [number for number in map(int, right.sections["section"]) if number not in answers.values()]
    return (*pairs, *(SectionPair(None, number) for number in alone))


def sections_of(row: Mapping[str, Any]) -> SectionPair:
    """Return the two sections that a row of a table of pairs names."""
    left, right = (row[f"{side}_section"] for side in SIDES)
    return SectionPair(None if is_missing(left) else int(left), None if is_missing(right) else int(right))


def answered(pairs: Iterable[SectionPair]) -> list[tuple[int, int]]:
    """Return those of the pairs that have a section on both sides."""
    return [(left, right) for left, right in pairs if left is not None and right is not None]


def _answers(aligned: Aligned) -> dict[int, int]:
    """Return the right section that answers each left one: the one with the most similar aligned clauses."""
    votes: dict[tuple[int, int], float] = {}
    for row in records(aligned.table[aligned.table["relation"].isin(["same", "partial"])]):
        pair = int(row["left_section"]), int(row["right_section"])
        if 0 not in pair:
            votes[pair] = votes.get(pair, 0.0) + float(row["similarity"])
    chosen: dict[int, int] = {}
    for (one, two), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if one not in chosen and two not in chosen.values():
            chosen[one] = two
    return chosen
