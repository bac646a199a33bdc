"""The sums of a sentence → what is paid for what: amounts, the tiers of a list, and the ceilings of both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from policycmp.incentives import tiers, wording
from policycmp.incentives.wording import Wording
from policycmp.schema import Record, is_missing
from policycmp.text.lexicon import Lexicon

RATES = ("%", "‰", "百分点", "倍")
LONGEST_PURPOSE = 20  # characters behind a sum in which it may be called something: 40万元购房补贴
FEWEST_BASIS = 4  # characters of a basis that say more than the clause's title does


@dataclass(frozen=True)
class Item:
    """One thing that is paid for; ``amount`` and ``cap`` are rows of the table ``quantities``, either may be missing.

    ``opened`` is where the words begin that say what it is, ``closed`` where its last number ends.
    """

    amount: Record | None
    cap: Record | None
    object: str
    recipient: str
    condition: str
    basis: str
    per: str
    frequency: str
    years: float | None
    level: str
    further: bool
    opened: int
    closed: int


@dataclass(frozen=True)
class Sum:
    """Sums that follow each other directly (100万元、50万元), and the words before and behind them."""

    rows: tuple[Record, ...]
    opened: int
    said: Wording
    behind: str  # to the end of the phrase
    rest: str  # to the next sum
    is_cap: bool


def items(
    text: str, span: tuple[int, int], rows: Sequence[Record], title: str, earlier: Sequence[Item], lexicon: Lexicon
) -> list[Item]:
    """Return the ``earlier`` items of a clause, with their ceilings, and those of the sentence ``span``.

    Parameters
    ----------
    text : str
        The folded text.
    span : tuple of int
        Where the sentence begins and ends.
    rows : sequence of dict
        Its incentives, as the table ``quantities`` has them.
    title : str
        The title of the clause: what is paid for where the sentence does not say it.
    earlier : sequence of Item
        What the sentences before it in the clause pay for.
    lexicon : Lexicon
        The word lists.
    """
    found = list(earlier)
    for one in _sums(text, span, rows, lexicon):
        fits = found and len(one.rows) in (1, len(_of_one_payment(found)))
        if one.is_cap and fits and _is_of_before(one, lexicon):
            found = _capped(found, one, lexicon)
        else:
            found += _new(text, one, title, found, lexicon)
    return found


def _sums(text: str, span: tuple[int, int], rows: Sequence[Record], lexicon: Lexicon) -> Iterator[Sum]:
    by_place = {row["number_start"]: row for row in rows}  # A、B各奖励5万元 is one sum
    chains: list[list[Record]] = []
    for row in by_place.values():
        if chains and _follows(text, chains[-1][-1], row):
            chains[-1].append(row)
        else:
            chains.append([row])
    before = span[0]
    limits = [*(chain[0]["number_start"] for chain in chains[1:]), span[1]]
    for chain, limit in zip(chains, limits, strict=True):
        first, last = chain[0]["number_start"], chain[-1]
        opened = before if before == span[0] else _next_phrase(text, before, first)
        said = wording.taken_apart(text[opened:first], lexicon)
        before = last["number_start"] + len(last["as_written"])
        behind = re.sub(r"^(?:美?元|%|‰|个?百分点|倍)?(?:/(?:[一-龥]{1,4}|[A-Za-z]{1,4}))?", "", text[before:limit])
        is_rate = chain[0]["unit"] in RATES
        is_cap = not is_rate and wording.is_cap(said.payment, behind, lexicon)
        yield Sum(tuple(chain), opened, said, re.split("[,。;]", behind)[0][:LONGEST_PURPOSE], behind, is_cap)


_JOINED = re.compile(r"[^,。;0-9、]{0,4}?(?:以上|以下)?[、和及与]")


def _follows(text: str, before: Record, row: Record) -> bool:
    """Tell whether one sum follows another directly: 100万元、50万元."""
    between = text[before["number_start"] + len(before["as_written"]) : row["number_start"]]
    return bool(_JOINED.fullmatch(between))


def _next_phrase(text: str, before: int, number: int) -> int:
    """Return where the words for a number begin behind a payment: at the next comma or pause."""
    between = text[before:number]
    for mark in (",", "、"):
        if mark in between:
            return before + between.index(mark) + 1
    unit = re.match(r"(?:美?元|%|‰)?", between)
    return before + (unit.end() if unit else 0)


_SCOPE = re.compile(
    r"单[个家户项]|每[个家户项]?|同一|年度|全年|每年|当年|最终|奖励|补助|补贴|贴息|金额|总额|总|合计|累计"
)


def _is_of_before(one: Sum, lexicon: Lexicon) -> bool:
    """Tell whether a ceiling is that of the payment before it: it names nothing of its own."""
    rest = re.sub(lexicon.any_of("incentives.payees"), "", _SCOPE.sub("", wording.plain(one.said.subject)))
    anew = any(re.match("对|凡|经|首次|新", words) or words.endswith("的") for words in one.said.phrases)
    return len(rest) <= 1 and not anew


def _capped(found: list[Item], one: Sum, lexicon: Lexicon) -> list[Item]:
    """Return ``found`` with a ceiling put to the payments that it is for, or as an item of its own beside them."""
    last = _of_one_payment(found)
    caps = one.rows if len(one.rows) == len(last) else one.rows[:1] * len(last)
    closed = _end(one.rows[-1])
    how_often = wording.frequency(f"{one.said.subject}{one.said.payment}", "", lexicon)
    if all(item.cap is None for item in last):
        capped = [
            replace(item, cap=cap, closed=closed, frequency=item.frequency or how_often)
            for item, cap in zip(last, caps, strict=True)
        ]
        begin = found.index(last[0])
        return [*found[:begin], *capped, *found[begin + len(last) :]]
    per = wording.per(one.said.payment, lexicon)
    own = [
        replace(item, amount=None, cap=cap, per=per, frequency=how_often, opened=one.opened, closed=closed)
        for item, cap in zip(last[: len(one.rows)], one.rows, strict=True)
    ]
    return [*found, *own]


def _of_one_payment(found: Sequence[Item]) -> list[Item]:
    """Return the last items whose sums stand together; those below a sum that is paid on top of them (再奖励)."""
    groups = [list(group) for _, group in groupby(found, key=lambda item: item.opened)]
    number = len(groups) - 1
    while number and groups[number][0].further and groups[number - 1][0].cap is None:
        number -= 1
    return groups[number]


def _new(text: str, one: Sum, title: str, found: Sequence[Item], lexicon: Lexicon) -> Iterator[Item]:
    """Yield the items of sums that follow each other directly, each with the thing that is its own."""
    said = one.said
    before = found[-1] if found else None
    further = wording.goes_further(" ".join([*said.phrases, said.subject, said.payment]), lexicon)
    thing, conditions = _object(said, before, further=further, lexicon=lexicon)
    called = wording.purpose(said.payment, one.behind, lexicon)
    is_rate = one.rows[0]["unit"] in RATES
    basis = wording.basis(said.subject, said.payment, lexicon) if is_rate else ""
    if not thing:
        thing = basis if len(basis) >= FEWEST_BASIS else (before.object if before else title)
    things = tiers.members(thing, len(one.rows), lexicon) or _listed(said, len(one.rows), lexicon)
    whole = ",".join([*said.phrases, said.subject, said.payment, one.rest])
    recipient = wording.recipient(said.subject, said.phrases, said.payment, lexicon)
    for row, own in zip(one.rows, things or [thing] * len(one.rows), strict=True):
        named = own + called if called and called not in own and len(own) < FEWEST_BASIS * 2 else own
        yield Item(
            amount=None if one.is_cap else row,
            cap=row if one.is_cap else None,
            object=named,
            recipient=(wording.payee(own, lexicon) if things else "")
            or recipient
            or (before.recipient if before and further else ""),
            condition=conditions,
            basis=basis,
            per=wording.per(said.payment, lexicon),
            frequency=wording.frequency(f"{said.subject}{said.payment}{one.behind}", named, lexicon),
            years=wording.years(whole),
            level=wording.level(named, lexicon),
            further=further,
            opened=one.opened,
            closed=_end(row),
        )


_COUNT = re.compile(r"(?<=[^0-9])[0-9.]+[万亿]?[一-龥]{1,2}(?:以上|左右)?$")


def _object(said: Wording, before: Item | None, *, further: bool, lexicon: Lexicon) -> tuple[str, str]:
    """Return what is paid for, "" where nothing says it, and under which conditions."""
    subject = wording.plain(said.subject)
    if wording.says_nothing(subject, lexicon):  # 补助金额
        subject = ""
    if before and subject:
        subject = tiers.completed(subject, before.object, lexicon)
    if subject:
        bare = wording.is_measure(subject, lexicon) and len(subject) <= FEWEST_BASIS + 1
        conditions = [words for words in said.phrases[-2:] if words.endswith("的")] or list(said.phrases[-1:]) * bare
        return subject, ",".join(filter(None, map(wording.plain, conditions)))
    each = re.search(r"每增[^,]*?(?=加奖|再|奖励|补助|给予|$)", said.payment)
    if before and (further or each) and not any(re.match("对|凡", words) for words in said.phrases):
        conditions = [*said.phrases, each[0] if each else ""]
        return before.object, ",".join(filter(None, map(wording.plain, conditions)))
    return _of_phrases(said.phrases, lexicon)


def _of_phrases(phrases: Sequence[str], lexicon: Lexicon) -> tuple[str, str]:
    """Return the phrase that names what is paid for, and those that say under which condition."""
    if not phrases:
        return "", ""
    opening = [at for at, words in enumerate(phrases) if re.match(" *(?:对|凡)", words)]
    chosen = opening[-1] if opening else len(phrases) - 1
    while (
        chosen
        and not opening
        and _is_threshold(phrases[chosen], lexicon)
        and wording.payee(phrases[chosen - 1], lexicon)
    ):
        chosen -= 1
    conditions = [wording.plain(words) for words in phrases[chosen + 1 :]]
    thing = phrases[chosen] if phrases[chosen].endswith("的") else _COUNT.sub("", phrases[chosen])
    return wording.plain(thing), ",".join(filter(None, conditions))


def _is_threshold(words: str, lexicon: Lexicon) -> bool:
    """Tell whether a phrase only says how much of something is needed: 年节能量达500吨以上的, 且增长10%的."""
    needed = words.endswith("的") and bool(re.search("[0-9]", words))
    return bool(re.match("且|并|同时", words)) or (needed and not wording.payee(words, lexicon))


def _listed(said: Wording, number: int, lexicon: Lexicon) -> list[str]:
    """Return the things of an earlier phrase that are just as many as the sums."""
    for words in reversed(said.phrases):
        listed = tiers.members(wording.plain(words), number, lexicon)
        if listed:
            return listed
    return []


def _end(row: Record) -> int:
    """Return where a number ends with its unit and comparator."""
    return int(row["end"]) if not is_missing(row["end"]) else int(row["number_start"]) + len(row["as_written"])
