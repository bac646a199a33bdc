"""What a number counts: an indicator that stands alone, and a label short enough for a chart.

The head noun stands before the number (新增高新技术企业150家) or after it (举办13场演唱会). What the sentence says
once and means again is brought in: the verb of a list (新增A 1家、B 2家), the subject of 同比增长, the members of
A、B各1家 and of A、B分别增长9%、10%.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from policycmp.quantities.cues import clean, cues, is_bare, object_of, parts, verb_of
from policycmp.quantities.phrases import Measure
from policycmp.text.codes import indicator_of
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import begins_word

LONGEST_LABEL = 16  # characters that fit beside a bar
LONGEST_LIST = 24  # characters: one thing stands for a longer list of them
LONGEST_SUBJECT = 40  # characters of a phrase before that may be the subject of this one
_DATES = {"年", "月", "日"}
_STEPS = ("台阶", "关口", "大关")  # 总量跃上6万亿元台阶,增长6%: the growth is that of the total
_STEPPING = re.compile(
    "(?:[一二三四五六七八九十]年)?(?:接连|连续)?(?:连跨|连上|跃上|跨上|迈上|跨越|跨过|登上|跃|跨)(?:[一二两三四五]个)?$"
)
_LEVEL_ONLY = re.compile(r"(?:国家|省|市|区|县|州)级(?:及?以上)?")
_BASELINE = re.compile(r"(?<=..)[由从][^,由从]{0,8}?[0-9.]+[万亿]*(?:[一-龥]{1,4}|%|‰)?$")  # 起付标准从900元
_GROWTH = re.compile(r"(?:分别)?(?:同比|年均)?(?:增长|增加|提高|提升|下降|降低|减少|扩大)$")


class Name(NamedTuple):
    """The name of what is counted, and the span that says it."""

    indicator: str
    label: str
    start: int
    end: int


def names(text: str, measure: Measure, found: list[Measure], lexicon: Lexicon) -> list[Name]:
    """Return the name of what ``measure`` counts; several where 各 or 均 distributes it over a list."""
    lead = text[slice(*measure.lead)]
    first = _tier_below(text, measure, found)
    if first:
        return [name._replace(end=measure.after) for name in names(text, first, found, lexicon)]
    subject = _BASELINE.sub("", clean(lead, lexicon))
    tail = _tail(text, measure, subject)
    means = cues(lexicon).means.match(subject)
    subject = subject[means.end() :] if means else subject
    begin = measure.lead[0] + max(lead.find(subject), 0) if subject else measure.before
    shared = _shared(text, measure, found, lexicon)
    if shared:
        return [_name(shared[0], tail, shared[1], measure)]
    subject = _completed(text, measure, found, subject, lexicon)
    distributed = [] if tail else _distributed(lead, measure.lead[0], lexicon)
    if distributed:
        return [_name(part, "", at, measure) for part, at in distributed]
    if not tail and is_bare(subject, lexicon):
        subject = _with_subject(text, measure, found, subject, lexicon)
    elif not verb_of(subject, lexicon):
        subject = _carried_verb(text, measure, found, subject, lexicon) + subject
    level = subject if tail else _level(subject, measure.numeral.unit, lexicon)
    begin += (len(subject) - len(level)) * text.startswith(subject, begin)
    return [_name(level, tail, begin, measure)]


def _level(subject: str, unit: str, lexicon: Lexicon) -> str:
    """Return a name without the verb that only says that the level is reached: 实现旅游收入, 完成固定资产投资.

    What is done with a thing stays (完成改造), what names nothing by itself keeps its verb (实现产值), and 完成 stands
    but before the very name of an indicator that has a code.
    """
    known = cues(lexicon)
    verb = known.reaching.match(subject)
    level = subject[verb.end() :] if verb else subject
    if not verb or is_bare(level, lexicon):
        return subject
    if verb[0] in lexicon["cues.reaching"]:
        return level
    one = indicator_of(level, unit, lexicon) if known.measured.search(level) else None
    return level if one and one.zh == level else subject


_HIGHER = re.compile(r"[,、 ]*(?:并|且)?(?:力争|争取|奋力|努力|冲刺|确保)(?:达到|实现|突破|冲刺)?")


def _tier_below(text: str, measure: Measure, found: list[Measure]) -> Measure | None:
    """Return the number before, if this one is only a higher tier of it: 增长6%左右、力争达到7%."""
    earlier = _with_same_unit(measure, found)
    closes = not text[slice(*measure.tail)].strip()
    if not earlier or not closes or not _HIGHER.fullmatch(text, earlier[-1].after, measure.numeral.start):
        return None
    return earlier[-1]


def _name(subject: str, tail: str, start: int, measure: Measure) -> Name:
    words = re.sub(r"\s+", "", (subject + tail).strip("、,。;: "))
    indicator = (words if "”" in words else words.strip("“")) or "（未写明）"
    indicator = re.sub(r"[(\[]?(?:责任单位|牵头单位).*$", "", indicator)
    end = measure.tail[1] if tail else measure.after
    return Name(indicator, short(indicator), min(start, measure.numeral.start), end)


def short(indicator: str) -> str:
    """Return a label of at most `LONGEST_LABEL` characters: the end of a name says what is counted."""
    label = re.sub(r"[(（][^()（）]*[)）]", "", indicator)
    label = re.sub(r"^(?:全区|全县|全市|我区)", "", label)
    return label if len(label) <= LONGEST_LABEL else "…" + label[-(LONGEST_LABEL - 1) :]


_PAYEE = re.compile(r"对于?([^,。;]{2,60}?)(?:的?,|给予|予以|按照?|分别|一次性|最高|奖励|补助|补贴)")
_PAYING = re.compile(r"^(?:给予|予以|分别|再|另|按|每|最高|不超过|奖励|补助|补贴|资助|一次性)")


def paid_for(text: str, measure: Measure, name: Name) -> Name:
    """Name what an incentive is paid for where the words around the number only say that it is paid."""
    found = list(_PAYEE.finditer(text, measure.sentence[0], measure.numeral.start))
    if not found or not _PAYING.match(name.indicator):
        return name
    payee = found[-1][1].removesuffix("的")
    tail = re.sub(r"^的|[,。;].*$", "", text[slice(*measure.tail)].strip())
    return name._replace(indicator=payee + tail, label=short(payee + tail))


def _tail(text: str, measure: Measure, subject: str) -> str:
    """Return the words behind the number that name what it counts, or ""."""
    printed = text[slice(*measure.tail)]
    if subject and measure.numeral.unit == "%" and printed.startswith(("用", "支")):
        return printed.strip()
    tail = "" if printed.strip() in {"后", "时"} else printed.strip().removeprefix("的")
    purpose = subject and tail.startswith(("用于", "支持", "保障"))
    return tail if begins_word(tail, "“《0123456789") and not purpose else ""


def _earlier(measure: Measure, found: list[Measure]) -> list[Measure]:
    """Return the measures before this one in the sentence."""
    return [other for other in found if other.numeral.start < measure.numeral.start]


def _with_same_unit(measure: Measure, found: list[Measure]) -> list[Measure]:
    return [other for other in _earlier(measure, found) if other.numeral.unit == measure.numeral.unit]


def _completed(text: str, measure: Measure, found: list[Measure], subject: str, lexicon: Lexicon) -> str:
    """Complete what leans on the number before: 省级龙头企业2户、州级5户; 转移就业5万人,其中省外2万人."""
    earlier = _with_same_unit(measure, found)
    if not earlier or not subject:
        return subject
    before = clean(text[slice(*earlier[-1].lead)], lexicon)
    level = _LEVEL_ONLY.search(before)
    if level and _LEVEL_ONLY.fullmatch(subject):
        return before[: level.start()] + subject + before[level.end() :]
    part = "其中" in text[measure.phrase[0] : measure.before] and len(subject) <= 4
    return object_of(before, lexicon) + subject if part else subject


def _distributed(lead: str, offset: int, lexicon: Lexicon) -> list[tuple[str, int]]:
    """Return the members of A、B各1家, each with what is done with them; none where nothing is distributed."""
    spread = re.search(r"(?:各|均)(?:[一-龥]{0,3})$", lead)
    if not spread:
        return []
    predicate = clean(lead[spread.start() + 1 :], lexicon)
    things = clean(lead[: spread.start()], lexicon)
    listed = parts(things, offset + max(lead.find(things), 0))
    if len(listed) < 2:
        return []
    first, *others = [(_with_head(part, listed[-1][0], lexicon) + predicate, at) for part, at in listed]
    verb = verb_of(first[0], lexicon)
    return [first, *((part if verb_of(part, lexicon) else verb + part, at) for part, at in others)]


def _shared(text: str, measure: Measure, found: list[Measure], lexicon: Lexicon) -> tuple[str, int] | None:
    """Return the thing that one number of A、B分别增长9%、10% is for: they are shared out in their order."""
    chain = _chain(measure)
    if len(chain) < 2:
        return None
    begin = chain[0].lead[0]
    lead = text[slice(*chain[0].lead)]
    subjects, _, predicate = lead.partition("分别")
    if not predicate:
        subjects, predicate = _GROWTH.sub("", lead), "".join(_GROWTH.findall(lead))
    things = clean(re.sub(r"(?:力争|确保|争取|年均|均|同比|累计|预计)+$", "", subjects), lexicon)
    before = _told_before(text, chain, things, found, lexicon)
    if before:
        return before[chain.index(measure)] + clean(predicate or lead, lexicon), begin
    listed = parts(things, begin + max(lead.find(things), 0))
    if len(listed) == 1 and len(chain) == 2:
        listed = [(one, listed[0][1]) for one in _twins(things, lexicon)]
    if len(listed) != len(chain):
        return clean(lead, lexicon).replace("分别", "") or things, begin
    part, at = listed[chain.index(measure)]
    return _with_head(part, listed[-1][0], lexicon) + clean(predicate, lexicon), at


def _told_before(text: str, chain: list[Measure], things: str, found: list[Measure], lexicon: Lexicon) -> list[str]:
    """Return what a chain of growths without a name of its own is about: the levels told just before, as many as it.

    城镇居民收入9422元,农村居民收入2936元,分别增长7.7%和6.8%.
    """
    levels = [one for one in _earlier(chain[0], found) if not one.inside and one.numeral.unit not in {*_DATES, "%"}]
    if chain[0].numeral.unit != "%" or (things and not is_bare(things, lexicon)) or len(levels) < len(chain):
        return []
    told = [names(text, one, found, lexicon)[0].indicator for one in levels[-len(chain) :]]
    return [] if len(set(told)) < len(told) else [clean(re.sub("分别|预计", "", name), lexicon) for name in told]


def _twins(things: str, lexicon: Lexicon) -> list[str]:
    """Return the two things that one word names together, as often as it is said: 城乡居民收入, 存贷款余额."""
    for word, both in lexicon["twins"].items():
        if word in things:
            return [things.replace(word, own) for own in both]
    return [things]


def _chain(measure: Measure) -> list[Measure]:
    """Return the numbers that follow each other directly, this one among them: 增长9%、10%."""
    siblings = measure.siblings
    first = last = siblings.index(measure)
    while siblings[first].bare and first > 0:
        first -= 1
    while last + 1 < len(siblings) and siblings[last + 1].bare:
        last += 1
    return siblings[first : last + 1]


def _with_head(part: str, last: str, lexicon: Lexicon) -> str:
    """Give a modifier the noun that stands at the end of its list: 城镇、农村居民收入, 蔬菜、药材种植面积."""
    measured = cues(lexicon).measured
    head = measured.search(last)
    per = re.search(lexicon.any_of("bases"), last)
    if part == last or measured.search(part) or len(part) + 2 > len(last):
        return part
    if not head:  # 居民医保和家庭医生服务人均财政补助标准
        return part + last[per.start() :] if per and per.start() else part
    twin = last.rfind(part[-1], 0, head.start()) + 1  # 城镇居民和农民人均收入, 农业、规上工业增加值
    if part in {"城镇", "农村", "城市"}:
        twin = len(part)
    return part + last[twin:] if twin else part + last[max(head.start() - 2, 0) :]


def _with_subject(text: str, measure: Measure, found: list[Measure], subject: str, lexicon: Lexicon) -> str:
    """Give what names nothing by itself (同比增长) what the sentence spoke of before."""
    outside = [other for other in _earlier(measure, found) if not other.inside]
    same = clean(text[slice(*outside[-1].lead)], lexicon) if outside and subject else ""
    if same.startswith(subject) and len(same) > len(subject):
        return same
    return _earlier_subject(text, measure, found, lexicon) + subject


def _earlier_subject(text: str, measure: Measure, found: list[Measure], lexicon: Lexicon) -> str:
    """Return what the sentence spoke of before: the last thing counted, or the object of the last phrase."""
    counted = [other for other in _earlier(measure, found) if not other.inside and other.numeral.unit not in _DATES]
    if counted:
        tail = text[slice(*counted[-1].tail)].strip()
        before = clean(text[slice(*counted[-1].lead)], lexicon)
        if tail.endswith(_STEPS):
            before, tail = _STEPPING.sub("", before), ""
        tail = tail if is_bare(before, lexicon) else ""
        if is_bare(before, lexicon) and not tail:
            return _earlier_subject(text, counted[-1], found, lexicon)
        thing = object_of(_GROWTH.sub("", before) + tail, lexicon)
        if not is_bare(thing, lexicon):
            return thing
    phrases = [phrase for phrase in re.split("[,:]", text[measure.sentence[0] : measure.phrase[0]]) if phrase.strip()]
    own = text[measure.phrase[0] : measure.lead[0]].strip("、 ")
    for phrase in [*reversed(phrases), own]:
        thing = _spoken_of(clean(phrase, lexicon), lexicon)
        if thing:
            return thing
    return object_of(clean(phrases[-1], lexicon), lexicon) if phrases and len(phrases[-1]) <= 30 else ""


def _spoken_of(words: str, lexicon: Lexicon) -> str:
    """Return the level or the object that the words of a phrase name, or ""."""
    if len(words) <= LONGEST_SUBJECT and cues(lexicon).measured.search(words):
        return words
    if not verb_of(words, lexicon) or "“" in words:
        return ""
    thing = object_of(words, lexicon)
    listed = parts(thing, 0)
    if len(thing) > LONGEST_LIST and len(listed) > 1:
        thing = listed[0][0] + "等项目" if "等" in thing else listed[-1][0]
    return thing if len(thing) >= 2 else ""


_BECAME = re.compile("^[^,、;]{2,12}?(?:入选|入围|上榜|跻身|获评|获批|被?评为|被?认定为|通过)")  # 3家企业入选百强


def _carried_verb(text: str, measure: Measure, found: list[Measure], subject: str, lexicon: Lexicon) -> str:
    """Return the verb that an earlier number of the same list stands under: 新增A 1家、B 2家."""
    known = cues(lexicon)
    if known.predicate.search(subject) or known.measured.search(subject) or _BECAME.search(text[slice(*measure.tail)]):
        return ""
    for other in reversed(_with_same_unit(measure, found)):
        verb = verb_of(clean(text[slice(*other.lead)], lexicon), lexicon)
        if verb == "上市":  # 上市企业2家、研发机构3家: what sort of firms
            return ""
        if verb in {"新增", "完成"} or (verb and not known.bare.fullmatch(verb)):
            return verb
    return ""
