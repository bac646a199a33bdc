"""Aligned clauses → which section answers which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policycmp.pairing.alignment import Aligned

if TYPE_CHECKING:
    from policycmp.document import Tables


def section_map(aligned: Aligned) -> dict[int, int]:
    """Return the right section that answers each left one: the one with the most similar aligned clauses."""
    table = aligned.table[aligned.table["relation"].isin(["same", "partial"])]
    votes: dict[tuple[int, int], float] = {}
    for one, two, value in zip(table["left_section"], table["right_section"], table["similarity"], strict=True):
        votes[int(one), int(two)] = votes.get((int(one), int(two)), 0.0) + float(value)
    chosen: dict[int, int] = {}
    for (one, two), _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        if one not in chosen and two not in chosen.values() and one and two:
            chosen[one] = two
    return dict(sorted(chosen.items()))


def section_pairs(left: Tables, right: Tables, aligned: Aligned) -> list[tuple[int | None, int | None]]:
    """Return the aligned sections in the order of the left document, then those of the right without counterpart."""
    chosen = section_map(aligned)
    pairs: list[tuple[int | None, int | None]] = [(int(s), chosen.get(int(s))) for s in left.sections["section"]]
    return pairs + [(None, int(s)) for s in right.sections["section"] if s not in chosen.values()]
