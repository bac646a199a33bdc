"""Money and rates: what the district's own budget allots, what it pays to others, and who is paid.

The same 50万元 is a budget after 安排资金, an incentive after 给予, and a condition in 投资50万元以上的企业.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from policycmp.quantities.phrases import Measure
from policycmp.quantities.sentence import LEVELS, REFERENCE, Sentence, Verdict


class _Allotment(NamedTuple):
    """What says that the district's own budget allots some money; none of them, if it does not."""

    own: bool  # 区财政安排…
    funded: bool  # 安排…资金
    supported: bool  # 支持…资金
    listed: bool  # one more of a list
    spoken: bool  # the sentence speaks of the budget


def budget(sentence: Sentence, measure: Measure) -> Verdict | None:
    """Return whether money is a budget, and its scope; None if it is no money of the district's own.

    Money that is told of beside a budget, its increase or what others add, is a reference.
    """
    before, behind = sentence.before(measure), sentence.text[slice(*measure.tail)][:24]
    if sentence.level >= LEVELS["国家"]:
        return _national(sentence, measure)
    foreign = bool(sentence.hit("foreign", before) or sentence.hit("foreign_next", behind))
    earlier = sentence.earlier(measure, "budget")
    increase = sentence.hit("increase", before)
    if earlier and (increase or (foreign and earlier[-1].phrase == measure.phrase)):
        return REFERENCE
    if foreign or _is_others(sentence, measure):
        return None
    allotment = _allotment(sentence, measure, earlier)
    if not any(allotment):
        return None
    return REFERENCE if increase else Verdict("budget", scope=_scope(sentence, measure, allotment))


def _national(sentence: Sentence, measure: Measure) -> Verdict | None:
    """中央财政拟安排…资金493亿元, 中央政府投资总额9080亿元: what the nation's own budget allots."""
    before, behind = sentence.before(measure), sentence.text[slice(*measure.tail)][:24]
    allotted = sentence.hit("national_funds", before) or (
        sentence.hit("national_treasury", before) and sentence.hit("national_next", behind)
    )
    if sentence.hit("increase", before):
        told = sentence.earlier(measure, "budget") and not sentence.timeline.ambient().reached
        return REFERENCE if told else None
    if not allotted or sentence.hit("no_allotment", before) or sentence.hit("of", sentence.behind(measure, 3)):
        return None
    return Verdict("budget", scope="earmark")


def _is_others(sentence: Sentence, measure: Measure) -> bool:
    """Tell whether money qualifies a thing, is for each of many, or is that of a higher level."""
    before = sentence.before(measure)
    levels = [LEVELS[found] for found in sentence.pattern("treasury").findall(before)]
    attributive = sentence.hit("of", sentence.behind(measure, 3)) and not _is_set_up(sentence, measure)
    return bool(attributive or sentence.hit("each_gets", before)) or max(levels, default=0) > sentence.level


def _is_set_up(sentence: Sentence, measure: Measure) -> bool:
    """设立每年2000万元的专项资金; of a fund only where it is in the budget: 设立5000万元的引导基金,列入财政预算."""
    fund = sentence.hit("fund_next", sentence.behind(measure, 24))
    before = sentence.before(measure)
    if not fund or not sentence.hit("set_up", before) or sentence.hit("whoever", before):
        return False
    rest = sentence.text[measure.phrase[1] : sentence.span[1]]
    return fund[1] != "基金" or bool(sentence.hit("in_budget", rest))


def sets_up_fund(sentence: Sentence, measure: Measure) -> bool:
    """设立总规模20亿元的产业基金: where no budget pays for it, the fund is what is to be reached."""
    fund = sentence.hit("fund_next", sentence.behind(measure, 24))
    return bool(fund and sentence.hit("set_up", sentence.before(measure)))


def _allotment(sentence: Sentence, measure: Measure, earlier: list[Measure]) -> _Allotment:
    """Return what says that money is allotted; ``earlier`` are the budgets before it in the sentence."""
    before, behind = sentence.before(measure), sentence.text[slice(*measure.tail)][:24]
    so_far = sentence.text[sentence.span[0] : measure.numeral.start]
    own = bool(sentence.hit("own_funds", before))
    ends_so = bool(sentence.hit("funds_end", before))
    strong = bool(sentence.hit("strong", before))
    listed = spoken = False
    if earlier and not strong:
        parted = sentence.hit("parts", sentence.text[earlier[0].after : measure.numeral.start])
        listed = bool(parted or sentence.hit("funds_last", before) or measure.bare or behind.startswith("用于"))
    if not own and sentence.hit("own_funds", so_far):
        spoken = ends_so or bool(sentence.hit("parts", so_far) and not strong)
    return _Allotment(
        own=own or _is_set_up(sentence, measure),
        funded=bool(sentence.hit("allotted", before)) and (ends_so or bool(sentence.hit("funds_next", behind))),
        supported=bool(sentence.hit("supported", before)) and not sentence.hit("pay", before),
        listed=listed,
        spoken=spoken,
    )


def _scope(sentence: Sentence, measure: Measure, allotment: _Allotment) -> str:
    """Return whether a budget is a section's whole, an earmark, or the document's; a section's is stated once."""
    before, behind = sentence.before(measure), sentence.text[slice(*measure.tail)][:24]
    so_far = sentence.text[sentence.span[0] : measure.numeral.start]
    section, clause = sentence.place
    part = allotment.listed or (sentence.hit("parts", so_far) and not allotment.own)
    shared = behind.startswith("用于") and len(measure.siblings) > 1  # 5.6亿元用于A、2500万元用于B
    only_supported = allotment.supported and not (allotment.own or allotment.funded or allotment.spoken)
    if part or shared or clause or sentence.allotted or only_supported:
        return "earmark"
    if not section:
        return "document"
    sentence.allotted = bool(sentence.hit("general", before))
    return "section" if sentence.allotted else "earmark"


def payment(sentence: Sentence, measure: Measure) -> Verdict | None:
    """Tell an incentive (给予…50万元, 按…10%) from its condition (对投资500万元以上的); None for neither."""
    if qualifies(sentence, measure):
        return Verdict("condition")
    start, end = measure.phrase
    before = sentence.before(measure)
    next_phrase = sentence.text[end : sentence.span[1]]
    if measure.comparator == "equal" and sentence.pattern("treasury_pays").match(next_phrase):
        return Verdict("incentive")
    if sentence.hit("reached", before) or sentence.hit("raised", before):
        return None
    if _is_lent(sentence, measure) or (measure.numeral.unit.startswith("元") and sentence.hit("person", before)):
        return Verdict("incentive")
    if sentence.hit("shared_out", before) and sentence.hit("paid_out", sentence.behind(measure, 24)):
        return REFERENCE
    if sentence.hit("borne", before):
        return REFERENCE
    if sentence.hit("price", before):
        return None
    if sentence.hit("issued_rate", before) and sentence.hit("issued", sentence.behind(measure, 6)):
        return Verdict("incentive")
    if sentence.hit("pay", sentence.text[start:end]):
        return Verdict("incentive")
    if sentence.pattern("pay").search(sentence.text, sentence.span[0], start):  # in an earlier phrase
        goes_on = sentence.hit("cap", before) or sentence.hit("rate", before) or measure.bare
        if goes_on or not sentence.hit("verb", before):
            return Verdict("incentive")
    paid = sentence.hit("each", before) or sentence.hit("only_capped", before)
    return Verdict("incentive") if paid and measure.numeral.unit.startswith("元") else None


def _is_lent(sentence: Sentence, measure: Measure) -> bool:
    """可申请最高20万元的贷款, 创业担保贷款额度最高100万元: what whoever qualifies may borrow."""
    before = sentence.before(measure)
    applied = sentence.hit("lent", before) and "贷款" in sentence.text[slice(*measure.tail)]
    return bool(applied or sentence.hit("lent_most", before))


def qualifies(sentence: Sentence, measure: Measure) -> bool:
    """对新增就业50人以上的企业,给予…: the number says who is paid."""
    (start, end), text, numeral = measure.phrase, sentence.text, measure.numeral
    pay = sentence.pattern("pay").search(text, numeral.unit_end, sentence.span[1])
    if not pay or sentence.hit("the_rate", sentence.behind(measure, 4)):
        return False
    if measure.inside and measure.comparator != "equal" and sentence.behind(measure, 1) == "的":
        return True  # 资助2万元(金额低于2万元的按实资助)
    if sentence.hit("each_of", sentence.before(measure)) and sentence.hit("then_a_sum", sentence.behind(measure, 16)):
        return True
    if measure.after == numeral.unit_end and sentence.pattern("pay").search(text, start, numeral.start):
        return False  # 给予50%的补助, 奖励30万元
    if "的" in text[measure.after : min(end, pay.start())]:
        return True
    if is_threshold(sentence, measure):
        return True
    whoever = sentence.hit("whoever", sentence.before(measure))
    if not whoever:
        return False
    each = "每" in whoever[0] and numeral.unit not in sentence.lexicon["money_units"]
    return each or pay.start() >= end


_ENDS = re.compile(r"(?:\(?不?含\)?|[、至到 -])*")


def bounds_a_class(sentence: Sentence, measure: Measure) -> bool:
    """1亿元以上5亿元以下的: both ends of a class of things."""
    at = measure.siblings.index(measure)
    for low, high in pairwise(measure.siblings[max(0, at - 1) : at + 2]):
        ends = low.comparator == "at_least" and high.comparator in {"at_most", "less_than"}
        joined = ends and _ENDS.fullmatch(sentence.text, low.after, high.before)
        if joined and low.numeral.unit == high.numeral.unit != "%":
            return True
    return False


def is_threshold(sentence: Sentence, measure: Measure) -> bool:
    """年上缴税金达到40万元以上,一次性给予10万元: what has to be reached by whoever is paid in the next phrase."""
    if measure.comparator not in {"at_least", "at_most", "less_than"}:
        return False
    so_far = sentence.text[sentence.span[0] : measure.numeral.start]
    next_phrase = sentence.text[measure.phrase[1] : sentence.span[1]]
    of_whom = measure.numeral.unit in sentence.lexicon["money_units"] and not sentence.hit("cap", so_far)
    listed = of_whom and re.match(
        "[、,]?(?:或者?|且|和|及)[^。;]*的[一-龥]", sentence.text[measure.after : measure.phrase[1]]
    )
    if listed:
        return True  # 固定资产投资1亿元以上、或年创税1000万元以上的项目
    more = sentence.pattern("more_of_whom").match(next_phrase) if of_whom else None
    while more:
        next_phrase = next_phrase[more.end() :]
        more = sentence.pattern("more_of_whom").match(next_phrase)
    return bool(sentence.pattern("then_paid").match(next_phrase)) and not sentence.hit("aimed_at", so_far)
