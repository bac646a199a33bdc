"""The role of a number, told by what governs it in its sentence, not by its unit.

The same 50万元 is a budget after 安排资金, an incentive after 给予, a condition before 以上的企业, and else a target.
The rules are tried in the order of `judge`; each is made of the word lists of the lexicon.
"""

from __future__ import annotations

from policycmp.quantities import money
from policycmp.quantities.cues import clean, parts
from policycmp.quantities.phrases import Measure
from policycmp.quantities.sentence import REFERENCE, Sentence, Verdict, level_of
from policycmp.text.normalize import begins_word

UNPLACED = Verdict("reference", "unplaced")
UNREAD = Verdict("reference", "unread")
_DATES = {"年", "月", "日"}
_RATES = {"%", "‰", "倍", "百分点"}


def judge(sentence: Sentence, measure: Measure) -> Verdict:
    """Return the role of ``measure``; the numbers of a sentence are judged in their order."""
    verdict = (
        _of_what_is_no_count(sentence, measure)
        or _of_time(sentence, measure)
        or _of_money(sentence, measure)
        or (Verdict("condition") if _is_condition(sentence, measure) else None)
        or _of_a_target(sentence, measure)
    )
    sentence.roles[measure.numeral.start] = verdict.role
    return _in_time(sentence, measure, verdict)


def _in_time(sentence: Sentence, measure: Measure, verdict: Verdict) -> Verdict:
    """Make a result of what was reached already; who is paid is paid in whatever year the rule asks about."""
    if verdict.role not in {"target", "budget", "incentive"}:
        return verdict
    tense = sentence.timeline.of(measure, sentence.span[0], sentence.numerals)
    rule = verdict.role == "incentive" and not sentence.timeline.ambient().reached
    return verdict if rule or not tense.reached else Verdict("result", verdict.flag, year=tense.year)


def _of_what_is_no_count(sentence: Sentence, measure: Measure) -> Verdict | None:
    """Judge names, places, ranks, baselines and what has no unit."""
    numeral, before = measure.numeral, sentence.before(measure)
    if numeral.value is None:
        return UNREAD
    if _is_name(measure):
        return REFERENCE
    if sentence.hit("unfinished", sentence.behind(measure, 2)):
        return UNREAD  # 8%-: a range whose end is missing
    if sentence.hit("state_rate", before) or (
        before.endswith("按") and sentence.hit("levied", sentence.behind(measure, 2))
    ):
        return REFERENCE
    if _is_label(sentence, measure) or _is_of_others(sentence, measure):
        return REFERENCE
    order = numeral.unit in sentence.lexicon["order_units"]
    if order or sentence.text[numeral.unit_end : numeral.unit_end + 1] == "级" or _is_baseline(sentence, measure):
        return REFERENCE
    if sentence.hit("nobody", before) and numeral.unit != "%" and sentence.timeline.ambient().reached:
        return REFERENCE
    if not numeral.unit:
        bare_count = bool(sentence.hit("counted", before)) and measure.comparator != "equal"  # 就业人数3万以上
        magnitude = numeral.form == "chinese"  # 产值突破千亿
        if bare_count or magnitude or _is_ratio(sentence, measure):
            return Verdict("target")
        return None if _are_people(sentence, measure) else REFERENCE
    ranked = numeral.form == "rank" or measure.comparator != "top"  # 第一, 第3位, but not 前三位
    if sentence.text[numeral.start - 1 : numeral.start] == "第" and ranked:
        return Verdict("target") if sentence.hit("standing", before) else REFERENCE
    if numeral.form == "chinese" and sentence.hit("no_count", sentence.text[numeral.unit_end : numeral.unit_end + 4]):
        return REFERENCE
    if measure.comparator == "top" and sentence.behind(measure, 1) == "强":
        return REFERENCE  # 前30强企业
    return REFERENCE if sentence.hit("road", before) else None


def _is_label(sentence: Sentence, measure: Measure) -> bool:
    """Tell whether a number labels what there is: 世界500强, 省18条政策, 加2分, a heading's count （7件）."""
    numeral, text = measure.numeral, sentence.text
    before, behind = sentence.before(measure), text[numeral.end : measure.sentence[1]]
    if sentence.hit("best_of", before) and behind.startswith("强") and not sentence.hit("ranked", before):
        return True
    if sentence.hit("policy_of", before) and sentence.pattern("policies").match(behind):
        return True
    so_far = text[measure.sentence[0] : numeral.start]
    named = numeral.unit == "条" and sentence.hit("listed_last", behind)  # 出台稳增长40条
    if named and sentence.hit("of_policy", so_far) and not sentence.hit("in_a_line", before):
        return True
    points = numeral.unit == "分" and sentence.hit("points", before)
    if points or sentence.hit("doers", behind) or sentence.hit("contact", so_far):
        return True
    bracketed = bool(sentence.hit("in_bracket", before)) and behind[1:2] == ")"
    return bracketed and numeral.unit in {"件", "项", "条"} and not behind[2:].strip(" 。\n")


def _is_of_others(sentence: Sentence, measure: Measure) -> bool:
    """Tell whether a phrase, or the sentence, is about a higher government: 全国财政收入, 省财政补助."""
    so_far = sentence.text[sentence.span[0] : measure.numeral.start]
    opening = sentence.pattern("others_opening")
    found = opening.match(sentence.before(measure))
    if not found and not sentence.hit("ours", so_far):
        found = opening.match(so_far)
    if not found or measure.numeral.unit in {"位", "名"}:
        return False
    return level_of(found[1]) > sentence.level


def _are_people(sentence: Sentence, measure: Measure) -> bool:
    """解决30万农村人口饮水安全问题: people need no measure word."""
    return bool(sentence.hit("people", sentence.behind(measure, 16)))


def _is_name(measure: Measure) -> bool:
    """Tell whether a number stands in a name: 《若干30条》, “民营经济32条”, but not “3个80%”."""
    if not measure.inside:
        return False
    return measure.inside[0] == "《" or (measure.inside[-1] in "“《" and measure.numeral.form != "slogan")


def _is_baseline(sentence: Sentence, measure: Measure) -> bool:
    """由X提高到Y, 在X基础上: X is where one comes from."""
    text, end = sentence.text, measure.phrase[1]
    ground = text.find("基础上", measure.numeral.end, min(end, measure.after + 80))
    if ground != -1 and "在" in text[measure.sentence[0] : measure.numeral.start]:
        return True
    changed = sentence.pattern("changed").match(text[measure.after : min(end, measure.after + 20)])
    if changed and sentence.hit("from", sentence.before(measure)):
        return True
    so_far = text[sentence.span[0] : measure.numeral.start]
    return measure.numeral.unit not in {"倍", "%"} and bool(sentence.hit("past_own", so_far))  # 去年新增的5家企业


def _is_ratio(sentence: Sentence, measure: Measure) -> bool:
    """城乡居民收入比缩小到1.72以内: a level without a unit."""
    named = begins_word(sentence.behind(measure, 1), "-")
    return bool(sentence.hit("ratio", sentence.before(measure))) and not named


def _of_time(sentence: Sentence, measure: Measure) -> Verdict | None:
    """Judge dates, ages and terms, and how many measures a policy has."""
    unit, before, behind = measure.numeral.unit, sentence.before(measure), sentence.behind(measure, 4)
    if sentence.hit("named_count", behind):
        return REFERENCE  # 20条措施
    reached = sentence.hit("reached", before)
    if unit in sentence.lexicon["duration_units"]:
        kept = measure.comparator != "equal" or reached  # 少于10分钟, 压缩至3个工作日
        if behind[:1] in {"内", "前"} or not kept:
            return REFERENCE  # a deadline
    if unit not in sentence.lexicon["time_units"]:
        return None
    if reached and unit not in _DATES:
        return Verdict("target")
    if sentence.hit("served_for", before) and unit not in _DATES - {"年"}:
        return Verdict("condition")  # 连续服务满3年
    if measure.comparator in {"at_most", "less_than"} and sentence.hit("waiting", before):
        return Verdict("target")  # 轮候时间不超过3年
    # Ages and terms qualify what they stand before (20年以上住宅, 0-3岁); dates are references.
    dated = unit in {"月", "日"} or sentence.hit("dated", behind)
    attributive = measure.comparator != "equal" or unit in {"岁", "周岁"} or behind[:1] in {"期", "的"}
    return Verdict("condition") if attributive and not dated else REFERENCE


def _of_money(sentence: Sentence, measure: Measure) -> Verdict | None:
    """Judge budgets, incentives, and the conditions of being paid."""
    unit = measure.numeral.unit
    before = sentence.before(measure)
    listed = sentence.is_listed_condition(measure) or money.bounds_a_class(sentence, measure)
    if listed or sentence.hit("required", before) or sentence.hit("included", before):
        return Verdict("condition")
    if unit not in sentence.lexicon["money_units"] and "元/" not in unit and unit not in _RATES:
        return Verdict("condition") if money.qualifies(sentence, measure) else None
    if _is_size(sentence, measure):
        return Verdict("condition")
    budget = money.budget(sentence, measure) if unit == "元" else None
    return budget or money.payment(sentence, measure)


def _is_condition(sentence: Sentence, measure: Measure) -> bool:
    """年产值超5亿元的…, 1亿美元以上外资大项目1个: the number qualifies a thing, it is not reached."""
    numeral, text, verb = measure.numeral, sentence.text, sentence.pattern("verb")
    lead = clean(text[slice(*measure.lead)], sentence.lexicon)
    counted = numeral.unit not in sentence.lexicon["money_units"] and numeral.unit != "%"
    if sentence.hit("aim", sentence.behind(measure, 8)):
        return False  # 完成增长8%的目标任务
    if _is_share_that_reaches(sentence, measure) or money.sets_up_fund(sentence, measure):
        return False
    if _is_size(sentence, measure) or money.is_threshold(sentence, measure):
        return True
    if sentence.behind(measure, 1) == "的":  # 打造100P的中心, 实现三分之二以上的村达标: that much is to be reached
        return not ((counted or numeral.form == "fraction") and verb.fullmatch(lead))
    bounded = measure.comparator in {"at_least", "at_most", "less_than"}
    opening = text[sentence.span[0] : measure.phrase[0]].lstrip()
    if bounded and not counted and sentence.pattern("whom").match(opening) and not verb.match(lead):
        return True
    qualified = [other for other in measure.siblings if _is_qualified(measure, other)]
    later = next((other for other in qualified if not _is_part_of_its_name(sentence, measure, other)), None)
    if not later or not text[measure.after : later.before].strip():
        return False
    rated = later.numeral.unit == "%"  # 14个项目开工率达到100%
    return measure.comparator != "equal" or not counted or not lead or rated


def _is_part_of_its_name(sentence: Sentence, measure: Measure, other: Measure) -> bool:
    """1所200张床位以上的学校, 3家企业进入世界500强: the other number counts nothing that this one is about."""
    return _is_label(sentence, other) or _counts_things_of(sentence, measure, other)


def _counts_things_of(sentence: Sentence, measure: Measure, size: Measure) -> bool:
    """Tell whether ``size`` says how large the things are that ``measure`` counts: 1个投资3000万元以上项目."""
    text = sentence.text
    between = text[measure.numeral.unit_end : size.before]
    bounded = size.comparator in {"at_least", "range"} or size.before < size.numeral.start
    named = sentence.hit("sized", text[size.numeral.unit_end : size.phrase[1]])
    counted = measure.numeral.unit and measure.numeral.unit not in {"%", *sentence.lexicon["money_units"]}
    return bool(counted and bounded and named and sentence.pattern("size_of").fullmatch(between))


def _is_share_that_reaches(sentence: Sentence, measure: Measure) -> bool:
    """100%的镇卫生院建设达标: what that share of them shall reach stands behind it; 贡献了70%的税收."""
    lead = sentence.text[slice(*measure.lead)]
    if measure.numeral.unit != "%":
        return False
    shares = [other for other in sentence.earlier(measure, "target") if other.phrase == measure.phrase]
    if sentence.hit("share_of", lead) or (
        shares and shares[-1].numeral.unit == "%" and not clean(lead, sentence.lexicon)
    ):
        return sentence.behind(measure, 1) == "的"
    following = next((one for one in measure.siblings if one.numeral.start > measure.numeral.start), None)
    if following and sentence.text[following.before - 1] in "和与及" and sentence.hit("whole", lead):
        return _is_share_that_reaches(sentence, following)  # 90%的市和60%的县建成…
    if sentence.hit("assured", lead):
        return sentence.behind(measure, 1) == "的"
    reaching = sentence.hit("all_reach", sentence.text[slice(*measure.tail)].rstrip(" 。;!?,\n"))
    return bool(reaching and sentence.hit("whole", lead))


def _is_size(sentence: Sentence, measure: Measure) -> bool:
    """2×35万千瓦, 5万吨/年硫酸锰项目, 2个超千亿元产业集群, 工资3倍者: how large a thing is, or who is meant."""
    text, numeral = sentence.text, measure.numeral
    behind = sentence.behind(measure, 4)
    if text[numeral.start - 1 : numeral.start] in {"×", "*"} or behind.startswith("者"):
        return True
    if sentence.hit("of_either", text[measure.after : measure.phrase[1]]):
        return True
    thing = "一" <= behind[:1] <= "龥"
    if (thing and "/年" in numeral.unit) or sentence.hit("class_of", text[numeral.unit_end : measure.phrase[1]]):
        return True
    bounded = measure.comparator == "at_least" and numeral.unit in sentence.lexicon["money_units"]
    if bounded and sentence.hit("things_of_size", text[measure.after : measure.phrase[1]]):
        return True
    earlier = [other for other in measure.siblings if other.numeral.start < numeral.start]
    return any(_counts_things_of(sentence, other, measure) for other in earlier)


def _is_qualified(measure: Measure, other: Measure) -> bool:
    """Tell whether ``other`` counts a thing in whose name ``measure`` stands."""
    return other.numeral.start > measure.numeral.start and other.lead[0] <= measure.numeral.start


def _of_a_target(sentence: Sentence, measure: Measure) -> Verdict:
    """Place what the district commits to reach: a number that closes its item, or one that a verb governs."""
    numeral, lexicon = measure.numeral, sentence.lexicon
    lead, tail = sentence.text[measure.phrase[0] : measure.before], sentence.text[slice(*measure.tail)]
    opening = clean(lead, lexicon)
    background = bool(sentence.pattern("background").match(opening))
    built = sentence.hit("invests", lead) and sentence.hit("builds", tail)
    governed = bool(built or sentence.hit("governs", lead)) or _is_served(sentence, measure)
    governed = governed or _are_projects(sentence, measure, background=background)
    governed = governed or _is_share_that_reaches(sentence, measure)
    if measure.comparator == "top":
        return Verdict("target")
    if measure.inside and not governed:
        return UNPLACED
    reached = sentence.timeline.ambient().reached
    if numeral.unit in lexicon["money_units"] and sentence.hit("put_to_use", lead + tail[:6]) and not reached:
        return REFERENCE
    if sentence.hit("existing", lead.rstrip("“")) and not _are_projects(sentence, measure, background=background):
        return REFERENCE
    own = sentence.text[slice(*measure.lead)]
    if sentence.hit("whole_investment", own) and not sentence.hit("governs", own) and measure.comparator == "equal":
        return REFERENCE
    share = numeral.unit == "%" and len(opening) > 1
    if begins_word(tail, "“0123456789") and not share:
        verdict = _of_a_thing_behind(sentence, measure, opening, background=background, governed=governed)
        if verdict:
            return verdict
    elif background and not governed:
        return REFERENCE
    # 三大中心, 两个“全覆盖”: a spelled number is mostly a manner of speaking
    return UNPLACED if numeral.form == "chinese" and not governed and not opening else Verdict("target")


def _is_served(sentence: Sentence, measure: Measure) -> bool:
    """为1200户老人实施改造, 招募90名社区工作者, 对54处积水点进行治理: whom or what a measure reaches."""
    before = sentence.before(measure).strip()
    changed = sentence.hit("served_whom", before) and measure.numeral.unit in sentence.lexicon["served_units"]
    things = changed and sentence.hit("served_things", sentence.text[slice(*measure.tail)])
    return bool(things or sentence.hit("served", before))


def _are_projects(sentence: Sentence, measure: Measure, *, background: bool) -> bool:
    """促进X等18个项目落地: projects of which some are named, and what is to become of them."""
    lead, tail = sentence.text[measure.phrase[0] : measure.before], sentence.text[slice(*measure.tail)]
    if sentence.hit("and_others", lead):
        return True
    named = lead.endswith("等") and not background
    if named and _has_happened(sentence, measure):
        return True
    return named and bool(sentence.hit("projects", tail)) and bool(sentence.hit("furthered", lead + tail))


def _of_a_thing_behind(
    sentence: Sentence, measure: Measure, opening: str, *, background: bool, governed: bool
) -> Verdict | None:
    """Judge a number before the thing that it counts, N个X: a verb has to govern it."""
    lead, tail = sentence.text[measure.phrase[0] : measure.before], sentence.text[slice(*measure.tail)]
    named = tail[0] == "“" or sentence.hit("named_spelled", tail)
    if background or (measure.numeral.form == "chinese" and named):
        return REFERENCE
    if numeral_of_list(opening, measure.numeral.value) and not sentence.hit("creates", lead):
        return REFERENCE  # 储能、铸造2个产业
    if "的" in tail[:14] and sentence.hit("with_others", lead):
        return REFERENCE  # 与12所高校的合作
    placed = governed or _carried(sentence, measure) or _has_happened(sentence, measure)
    return None if placed else UNPLACED


def _has_happened(sentence: Sentence, measure: Measure) -> bool:
    """8个案例入选: in a review, what became of the things is told behind them."""
    if not sentence.timeline.ambient().reached:
        return False
    if sentence.pattern("happened").match(sentence.text[slice(*measure.tail)]):
        return True
    following = next((one for one in measure.siblings if one.numeral.start > measure.numeral.start), None)
    listed = following and sentence.text[measure.tail[1] : following.before] in {"、", "和", "及", "与"}
    return bool(following and listed and _has_happened(sentence, following))  # 5个镇、12个村摘帽


def _carried(sentence: Sentence, measure: Measure) -> bool:
    """Tell whether an earlier number of the sentence has the verb for this one: 举办3场…,2场…."""
    lead = clean(sentence.text[slice(*measure.lead)], sentence.lexicon)
    return not lead and bool(sentence.earlier(measure, "target"))


def numeral_of_list(words: str, value: float | None) -> bool:
    """Tell whether ``words`` end in a list of just as many things as the number says."""
    listed = parts(words, 0)
    return len(listed) > 1 and float(len(listed)) == value
