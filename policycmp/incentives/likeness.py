"""Two incentives → how alike what they are paid for is, and why they may not stand side by side.

How alike is told by the character pairs (see `text.grams`) of all that says what is paid for: object, condition, basis,
and with half the weight the clause's title. What tells the tiers of one payment apart (国家级, 省级) refuses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policycmp.keeping import once
from policycmp.schema import Place, Record, is_missing
from policycmp.text import grams
from policycmp.text.lexicon import Lexicon

SAME_CODE = 0.15  # what one indicator adds to the likeness
SAME_PER = 0.15  # what one unlikely measure (人·月) adds
SAME_CONDITIONED = 0.20  # what it costs where only one of two is paid on top of something
TITLE = 0.5  # the weight of the clause's title beside the words of the sentence


@dataclass(frozen=True)
class Payment:
    """What decides whether another incentive pays for the same thing.

    Attributes
    ----------
    row : dict
        The row of the table ``incentives``.
    place : Place
        Where it stands.
    words, title : str
        What is paid for, and the title of its clause, without the words that vary with the writer.
    form : str
        ``rate``, or ``sum`` for a sum and a ceiling.
    per : frozenset of str
        What it is paid for each of, where that is a measure (亩) and no recipient (户).
    tiers : mapping of str to frozenset of str
        What tells it from the other tiers of its payment, by the kind of tier.
    amounts : tuple of str
        The amounts in the object.
    step : bool
        Whether they tell it from its tiers: 1亿元、5亿元、10亿元.
    further : bool
        Whether it is paid on a further condition, on top of another sum for the same thing.
    """

    row: Record
    place: Place
    words: str
    title: str
    form: str
    per: frozenset[str]
    tiers: Mapping[str, frozenset[str]]
    amounts: tuple[str, ...]
    step: bool
    further: bool


@once
def _tier_kinds(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    kinds = {name: re.compile(lexicon.any_of(f"incentive_tiers.{name}")) for name in lexicon["incentive_tiers"]}
    return kinds | {"stars": re.compile("[0-9]A|[三四五]星")}


_AMOUNT = re.compile(r"[0-9.]+[万亿]*(?:美元|元|家|户|人次|人|名|年|%|平方米|吨)?")


def describe(rows: Iterable[Record], titles: Mapping[tuple[int, Place], str], lexicon: Lexicon) -> list[Payment]:
    """Reduce the rows of the table ``incentives`` to what decides; ``titles`` are the clauses'."""
    rows = list(rows)
    ladders = Counter(_rung(row) for row in rows)
    found = []
    for row in rows:
        place = Place(row["section"], row["clause"])
        amounts = tuple(_AMOUNT.findall(row["object"]))
        found.append(Payment(
            row=row,
            place=place,
            words=_plain(f"{row['object']}{row['condition']}{row['basis']}", lexicon),
            title=_plain(titles.get((row["part"], place), ""), lexicon),
            form="rate" if row["kind"] == "rate" else "sum",
            per=_per(row, lexicon),
            tiers=_tiers(row["object"], lexicon),
            amounts=amounts,
            step=bool(amounts) and ladders[_rung(row)] > 1,
            further=bool(row["condition"]) and _is_second(row, rows),
        ))  # fmt: skip
    return found


def _rung(row: Record) -> tuple[object, ...]:
    """Return what the steps of one ladder have in common: the place, and the object without its amounts."""
    return row["part"], row["section"], row["clause"], row["kind"], _AMOUNT.sub("#", row["object"])


def _is_second(row: Record, rows: Iterable[Record]) -> bool:
    """Tell whether an earlier row of the clause pays for the same object."""
    place = row["part"], row["section"], row["clause"], row["object"]
    alike = [one for one in rows if (one["part"], one["section"], one["clause"], one["object"]) == place]
    return bool(alike) and alike[0] is not row


def _plain(words: str, lexicon: Lexicon) -> str:
    """Return words with one name for one thing, without figures, marks and what varies with the writer."""
    for name, usual in lexicon["incentive_synonyms"].items():
        words = words.replace(name, usual)
    return re.sub(rf"{lexicon.any_of('incentives.neutral')}|[0-9.,]+[万亿]*(?:元|%)?|[“”()、 ]", "", words)


def _per(row: Record, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(filter(None, row["per"].split("·"))) - {*lexicon["incentives.recipients"]}


def _tiers(words: str, lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Return the tiers that an object names, by their kind."""
    found = {kind: pattern.findall(words) for kind, pattern in _tier_kinds(lexicon).items()}
    return {kind: frozenset(name.removesuffix("级") for name in names) for kind, names in found.items() if names}


def rarity(payments: Iterable[Payment]) -> dict[str, float]:
    """Return the weight of each pair of characters: the more, the fewer incentives have it."""
    return grams.rarity(_weighted(one) for one in payments)


def alike(left: Payment, right: Payment, weights: Mapping[str, float]) -> float:
    """Return how alike what two incentives are paid for is, in [0, 1]."""
    own = grams.dice(grams.grams(left.words), grams.grams(right.words), weights)
    if not own:
        return 0.0  # one title over two things
    return max(own, grams.dice(_weighted(left), _weighted(right), weights))


def _weighted(payment: Payment) -> Mapping[str, float]:
    """Return the character pairs of the words and the title, the latter with the weight `TITLE`."""
    counts: dict[str, float] = dict(grams.grams(payment.words))
    for gram, number in grams.grams(payment.title).items():
        counts[gram] = max(counts.get(gram, 0.0), TITLE * number)
    return counts


def evidence(left: Payment, right: Payment, likeness: float) -> float:
    """Return how much speaks for one thing: the ``likeness`` of the words, one indicator, one measure."""
    code = left.row["indicator_code"]
    told = likeness + SAME_CODE * bool(code and code == right.row["indicator_code"])
    told += SAME_PER * bool(left.per and left.per == right.per)
    told -= SAME_CONDITIONED * (left.further != right.further)
    return min(max(told, 0.0), 1.0)


def refusal(left: Payment, right: Payment) -> str:
    """Return why two incentives may not stand side by side: form, per, tier, or "" if they may."""
    if left.form != right.form or _ceiling_beside(left, right):
        return "form"
    if left.form == "sum" and left.per != right.per:
        return "per"
    if any(left.tiers[kind].isdisjoint(right.tiers[kind]) for kind in left.tiers.keys() & right.tiers.keys()):
        return "tier"
    steps = (left.step or right.step) and left.amounts and right.amounts
    return "tier" if steps and left.amounts != right.amounts else ""


def _ceiling_beside(left: Payment, right: Payment) -> bool:
    """Tell whether one is a second ceiling of a rate and the other is none."""
    return left.form == "sum" and bool(left.row["basis"]) != bool(right.row["basis"])


def status(left: Payment, right: Payment) -> str:
    """Return which of two pays more: equal, left, right; mixed where one number is higher and the other lower."""
    signs = set()
    for one, two in zip(_numbers(left.row), _numbers(right.row), strict=True):
        if one is not None and two is not None and one != two:
            signs.add("left" if one > two else "right")
    if len(signs) == 2:
        return "mixed"
    return signs.pop() if signs else "equal"


def ratio(left: Payment, right: Payment) -> float | None:
    """Return left / right of the sums or rates, of equal ones that of the ceilings; None for a sum beside a ceiling."""
    if left.row["kind"] != right.row["kind"] or left.row["unit_canonical"] != right.row["unit_canonical"]:
        return None
    for one, two in zip(_numbers(left.row), _numbers(right.row), strict=True):
        if one and two and one != two:
            return round(one / two, 4)
    return 1.0


def _numbers(row: Record) -> tuple[float | None, ...]:
    """Return what two payments are compared by: value (ceiling of what has none), upper value, ceiling."""
    ceiling = row["kind"] == "ceiling"
    value = row["cap"] if ceiling else row["value_canonical"]
    found = value, row["value_max"], None if ceiling else row["cap"]
    return tuple(None if is_missing(number) else number for number in found)


def paid(row: Record) -> float:
    """Return the number by which an incentive is charted: the sum or the rate, the ceiling of what has none."""
    number = _numbers(row)[0]
    assert number is not None  # a row has a value or a cap
    return number
