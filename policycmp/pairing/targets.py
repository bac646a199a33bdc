"""Alignment + targets and budgets → the pairs that may be charted side by side, and why others may not.

Two targets form a pair when they count the same thing in convertible units. How alike two indicators are is the Dice
coefficient (Dice 1945) of their character pairs, weighted by how rare each is among all indicators; verbs that vary
with the writer are left out first. What must not be charted on one scale is refused with its reason.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from policycmp import schema
from policycmp.corrections import Corrections, apply
from policycmp.pairing.alignment import Aligned
from policycmp.pairing.sections import SectionPair
from policycmp.text.lexicon import Lexicon

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables

# How alike two indicators have to be (0 to 1), by where they stand: in clauses that are aligned, in the same section,
# or anywhere. Chosen on the shipped pair and a made-up one; there they miss 5 pairs of 89 and invent 1: a false pair
# misleads more than a missed one, which the near misses still show.
ALIKE_IN_PAIR, ALIKE_IN_SECTION, ALIKE_ANYWHERE = 0.34, 0.50, 0.72

NEAR = 0.30  # below this a candidate is not worth showing

_LEVEL = re.compile(r"(国家|全国|省|市|区|县)(?=级|重大|重点|科技|以上|联动)")

_AMOUNT = re.compile(r"[0-9.]+\s?[万亿]?[A-Za-z一-龥%]{0,2}")


@dataclass(frozen=True)
class _Target:
    row: dict[str, Any]
    core: str
    unit: str
    factor: float
    kind: str
    bases: frozenset[str]
    levels: frozenset[str]
    amounts: frozenset[str]
    listed: bool


def convert(unit: str, lexicon: Lexicon) -> tuple[str, float]:
    """Return the unit in which amounts of a unit are compared.

    Parameters
    ----------
    unit : str
        As a table has it, such as 公里 or 家.
    lexicon : Lexicon
        The word lists, which name the units that are alike: ``policy.lexicon`` of a document.

    Returns
    -------
    (str, float)
        That unit, and how many of it one of ``unit`` is.

    Examples
    --------
    >>> lexicon = policycmp.load("longwan").policy.lexicon
    >>> policycmp.pairs.convert("公里", lexicon), policycmp.pairs.convert("家", lexicon)
    (('米', 1000.0), ('个', 1.0))
    """
    head, slash, per = unit.partition("/")
    head = lexicon["units_alike"].get(head, head)
    head, factor = lexicon["units_convert"].get(head, (head, 1.0))
    return head + slash + per, factor


def _describe(row: Any, lexicon: Lexicon) -> _Target:
    """Reduce a target to what decides whether another one counts the same thing."""
    name = row["indicator"]
    plain = re.sub(r"[(（][^()（）]*[)）]", "", name)
    unit, factor = convert(row["unit"], lexicon)
    head, slash, per = unit.partition("/")
    core = re.sub(rf"{lexicon.any_of('neutral')}|[0-9.,]+|[“”\"《》、·]", "", plain) or plain
    kind = next((kind for kind in ("new", "total", "growth") if re.search(lexicon.any_of(f"kind_{kind}"), name)), "")
    if head in {"%", "百分点"} and (kind != "growth" or re.search("比重|比例|占比|率|强度", name)):
        kind = "share"
    elif not kind and re.search("达到?|突破|保持", row["quote"]) and not re.match(lexicon.any_of("flows"), plain):
        kind = "total"
    bases = frozenset(re.findall(lexicon.any_of("bases"), name)) | ({per} if slash else frozenset())
    amounts = frozenset(a for a in _AMOUNT.findall(name) if re.search("[万亿年岁]|元", a))
    return _Target(row, core, unit, factor, kind, bases, frozenset(_LEVEL.findall(name)), amounts,
                   bool(re.search("[、和及与]", re.sub("“[^”]*”", "", plain))))  # fmt: skip


@lru_cache(maxsize=10_000)  # every indicator meets every one of the other document
def _grams(core: str) -> Counter[str]:
    return Counter([core[i : i + 2] for i in range(len(core) - 1)] or [core])


def _weights(targets: list[_Target]) -> dict[str, float]:
    counts = Counter(gram for target in targets for gram in set(_grams(target.core)))
    return {gram: math.log(1 + len(targets) / n) for gram, n in counts.items()}


def _alike(left: _Target, right: _Target, weights: dict[str, float]) -> float:
    a, b = _grams(left.core), _grams(right.core)
    shared = sum(min(a[g], b[g]) * weights[g] for g in a.keys() & b.keys())
    whole = sum(n * weights[g] for side in (a, b) for g, n in side.items())
    return 2 * shared / whole if whole else 0.0


def _refusal(left: _Target, right: _Target, lexicon: Lexicon) -> str:
    """Return why two targets are not on one scale: unit, new/total, scope, or "" if they are."""
    if (
        left.unit != right.unit
        or (left.bases and right.bases and not _same_base(left, right))
        or bool(left.bases) != bool(right.bases)
    ):
        return "unit"
    kinds = {left.kind, right.kind}
    if (
        kinds == {"new", "total"}
        or ("growth" in kinds and len(kinds) == 2)
        or (left.kind == "" and right.kind == "total" and "累计" in right.row["indicator"])
    ):
        return "new/total"
    if (left.levels and right.levels and left.levels != right.levels) or left.amounts != right.amounts:
        return "scope"
    if left.listed != right.listed and {left.unit, right.unit} & {"个", "人", "场", "项"}:
        short, long = sorted((left, right), key=lambda t: t.listed)
        neutral = lexicon.any_of("neutral")
        parts = [
            re.sub(neutral, "", part) for part in re.split("[、和及与]", re.sub("[“”]", "", long.row["indicator"]))
        ]
        if min(map(len, parts)) >= 2 and any(short.core in part or part.endswith(short.core) for part in parts):
            return "scope"
    return ""


def _same_base(left: _Target, right: _Target) -> bool:
    return {b.strip("每") for b in left.bases} == {b.strip("每") for b in right.bases}


def target_pairs(
    left: Tables,
    right: Tables,
    aligned: Aligned,
    sections: Sequence[SectionPair],
    *,
    corrections: Corrections | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pair the targets of two documents: those that count the same thing in units that can be converted.

    Parameters
    ----------
    left, right : Tables
        The documents.
    aligned : Aligned
        The alignment of their clauses.
    sections : sequence of SectionPair
        Which section answers which.
    corrections : Corrections, optional
        What a researcher decided about pairs of targets; it wins.

    Returns
    -------
    pairs : DataFrame
        The table ``target_pairs`` of data/DATA_DICTIONARY.md; the right value is given in the left one's unit.
    candidates : DataFrame
        The table ``target_candidates``: near misses, each with the reason why it is no pair.

    Examples
    --------
    What would be paired if no clause answered another? What is worded alike.

    >>> left, right = policycmp.load("longwan"), policycmp.load("lucheng")
    >>> apart = policycmp.pairs.align(left, right, limit=1)
    >>> pairs, candidates = policycmp.pairs.target_pairs(left, right, apart, ())
    >>> float(pairs["similarity"].min()) > 0.7
    True
    """
    lexicon = left.policy.lexicon
    sides = [[_describe(row, lexicon) for row in tables.targets.to_dict("records")] for tables in (left, right)]
    weights = _weights(sides[0] + sides[1])
    near = _neighbourhood(aligned, sections)
    score = np.zeros((len(sides[0]), len(sides[1])))
    candidates: list[dict[str, Any]] = []
    for i, one in enumerate(sides[0]):
        for j, two in enumerate(sides[1]):
            if not set(one.core) & set(two.core):
                continue
            alike = _alike(one, two, weights)
            if alike < NEAR:
                continue
            reason = _refusal(one, two, lexicon)
            limit = near(one.row, two.row)
            if not reason and alike >= limit:
                score[i, j] = alike + (ALIKE_ANYWHERE - limit)
            else:
                candidates.append(_candidate(one, two, alike, reason or "wording"))
    ids = [[target.row["target"] for target in side] for side in sides]
    origins = apply.to_targets(_assign(score), corrections or Corrections.none(), (left.doc, right.doc), ids)
    rows = []
    for (i, j), origin in sorted(origins.items()):
        one, two = sides[0][i], sides[1][j]
        rows.append(_row(one, two, _alike(one, two, weights), origin))
    candidates.sort(key=lambda row: (-row["similarity"], row["left_target"], row["right_target"]))
    return schema.frame("target_pairs", rows), schema.frame("target_candidates", candidates)


def _neighbourhood(aligned: Aligned, sections: Sequence[SectionPair]) -> Any:
    """Return a function that gives the similarity two targets need, from where they stand."""
    table = aligned.table[aligned.table["relation"].isin(["same", "partial"])]
    clauses = {
        (a, b, c, d)
        for a, b, c, d in zip(
            table["left_section"], table["left_clause"], table["right_section"], table["right_clause"], strict=True
        )
    }

    def limit(one: dict[str, Any], two: dict[str, Any]) -> float:
        if (one["section"], one["clause"], two["section"], two["clause"]) in clauses:
            return ALIKE_IN_PAIR
        same_section = (one["section"], two["section"]) in sections or one["section"] == two["section"] == 0
        if same_section and one["clause"] == two["clause"] == 0:
            return ALIKE_IN_PAIR
        return ALIKE_IN_SECTION if same_section else ALIKE_ANYWHERE

    return limit


def _assign(score: np.ndarray) -> set[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment

    if not score.size:
        return set()
    rows, columns = linear_sum_assignment(-np.round(score, 9))
    return {(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if score[i, j] > 0}


def _candidate(one: _Target, two: _Target, alike: float, reason: str) -> dict[str, Any]:
    return {
        "left_target": one.row["target"], "right_target": two.row["target"],
        "left_clause": one.row["clause"], "right_clause": two.row["clause"],
        "left_indicator": one.row["indicator"], "right_indicator": two.row["indicator"],
        "similarity": round(alike, 4), "reason": reason,
    }  # fmt: skip


def _row(one: _Target, two: _Target, alike: float, origin: str) -> dict[str, Any]:
    """Return a row of `target_pairs`; the right value is given in the left one's unit."""
    factor = two.factor / one.factor
    row: dict[str, Any] = {
        "section": one.row["section"],
        "unit": one.row["unit"],
        "similarity": round(alike, 4),
        "origin": origin,
    }
    for side, target, by in (("left", one, 1.0), ("right", two, factor)):
        for name in ("target", "clause", "indicator", "comparator", "value", "value_max"):
            row[f"{side}_{name}"] = target.row[name]
        row[f"{side}_value"] *= by
        row[f"{side}_value_max"] *= by
    plain = {one.row["comparator"], two.row["comparator"]} & {"top", "range"}
    row["ratio"] = None if plain or not row["right_value"] else round(row["left_value"] / row["right_value"], 4)
    return row
