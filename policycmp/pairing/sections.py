"""Aligned clauses → which section answers which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp.pairing.alignment import Aligned
from policycmp.schema import SIDES, is_missing

if TYPE_CHECKING:
    from policycmp.document import Tables


class SectionPair(NamedTuple):
    """Two sections that answer each other; None stands on the side on which one has no counterpart.

    A section stands in one pair only: the pair is its own key, and so are the columns ``left_section`` and
    ``right_section`` of a table of such pairs.

    Attributes
    ----------
    left, right : int or None
        The numbers of the two sections, each in its own document.

    Examples
    --------
    >>> policycmp.compare("longwan", "lucheng").sections[0]
    SectionPair(left=1, right=1)
    """

    left: int | None
    right: int | None


def section_pairs(left: Tables, right: Tables, aligned: Aligned) -> tuple[SectionPair, ...]:
    """Return which section answers which: the one that holds the clauses most like those of the other.

    Parameters
    ----------
    left, right : Tables
        The documents.
    aligned : Aligned
        The alignment of their clauses.

    Returns
    -------
    tuple of SectionPair
        In the order of the left document, then the sections of the right one without a counterpart.

    Examples
    --------
    Where no clause answers another no section does.

    >>> left, right = policycmp.load("longwan"), policycmp.load("lucheng")
    >>> apart = policycmp.pairs.align(left, right, limit=1)
    >>> policycmp.pairs.section_pairs(left, right, apart)[7:9]
    (SectionPair(left=8, right=None), SectionPair(left=None, right=1))
    """
    answers = _answers(aligned)
    pairs = [SectionPair(number, answers.get(number)) for number in map(int, left.sections["section"])]
    alone = [number for number in map(int, right.sections["section"]) if number not in answers.values()]
    return (*pairs, *(SectionPair(None, number) for number in alone))


def sections_of(row: Mapping[str, Any]) -> SectionPair:
    """Return the two sections that a row of a table of pairs names.

    Parameters
    ----------
    row : mapping of str to int or missing
        With the columns left_section and right_section; missing is None, NaN or ``<NA>``.

    Returns
    -------
    SectionPair
        None where a side names none.

    Examples
    --------
    >>> alone = policycmp.select(policycmp.compare("longwan", "lucheng"), relation="left_only")
    >>> policycmp.pairs.sections_of(alone.iloc[0])
    SectionPair(left=1, right=None)
    """
    left, right = (row[f"{side}_section"] for side in SIDES)
    return SectionPair(None if is_missing(left) else int(left), None if is_missing(right) else int(right))


def answered(pairs: Iterable[SectionPair]) -> list[tuple[int, int]]:
    """Return those of the pairs that have a section on both sides.

    Parameters
    ----------
    pairs : iterable of SectionPair
        Such as ``comparison.sections``.

    Returns
    -------
    list of (int, int)
        The left and the right section of each.

    Examples
    --------
    >>> pairs = policycmp.compare("longwan", "lucheng").sections
    >>> dict(policycmp.pairs.answered(pairs))[8]
    8
    """
    return [(left, right) for left, right in pairs if left is not None and right is not None]


def _answers(aligned: Aligned) -> dict[int, int]:
    """Return the right section that answers each left one: the one with the most similar aligned clauses."""
    votes: dict[tuple[int, int], float] = {}
    sections = [[place.section for place in side] for side in aligned.places]
    for i, j in sorted(aligned.chosen):
        pair = sections[0][i], sections[1][j]
        if 0 not in pair:
            votes[pair] = votes.get(pair, 0.0) + round(float(aligned.scores.total[i, j]), 4)
    chosen: dict[int, int] = {}
    for (one, two), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if one not in chosen and two not in chosen.values():
            chosen[one] = two
    return chosen
