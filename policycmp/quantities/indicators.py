"""What a number counts: an indicator that stands alone, a label short enough for a chart, firm or aspirational.

The head noun stands before the number (新增高新技术企业150家) or after it (举办13场演唱会). What the sentence says
once and means again is brought in: the verb of a list (新增A 1家、B 2家), the subject of 同比增长, the members of
A、B各1家 and of A、B分别增长9%、10%.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from policycmp.quantities.phrases import Measure
from policycmp.text.lexicon import Lexicon, any_of, once

LONGEST_LABEL = 16  # characters that fit beside a bar


class Name(NamedTuple):
    """The name of what is counted, and the span that says it."""

    indicator: str
    label: str
    start: int
    end: int


class _Patterns(NamedTuple):
    opening: re.Pattern[str]
    closing: tuple[str, ...]
    verb: re.Pattern[str]
    bare: re.Pattern[str]
    aspirational: re.Pattern[str]
    at_start: re.Pattern[str]
    predicate: re.Pattern[str]
    measured: re.Pattern[str]
    means: re.Pattern[str]
    firm: re.Pattern[str]


@once
def _patterns(lexicon: Lexicon) -> _Patterns:
    cues = lexicon["cues"]
    times = (
        r"(?:(?:力争)?(?:到|至|在|自)?(?:19|20)[0-9]{2}(?:-(?:20)?[0-9]{2})?年(?:底|末|度)?(?:以?前|期间|起)?"
        r"|[0-9]{1,2}月(?:底|末|中旬)?(?:前|之前)?|[一二三四]季度末?|[上下]半年)"
    )
    opening = rf"^(?:{times}|{any_of(cues['adverbs'])}|[ ,、:并和及与]|^[(]?[一二三四五六七八九十]是)+"
    end_words = [w for listed in lexicon["comparators_before"].values() for w in listed]
    closing = [*end_words, *cues["closings"], " "]
    strict = [verb for verb in cues["verbs"] if verb not in cues["noun_like"]]
    asp = [word for word in cues["aspirational"] if word not in cues["aspirational_at_start"]]
    return _Patterns(
        re.compile(opening), tuple(sorted(set(closing), key=len, reverse=True)), re.compile(any_of(strict)),
        re.compile(any_of([*cues["bare_verbs"]])), re.compile(any_of(asp)),
        re.compile(rf"(?:^|{any_of(cues['subjects'])})(?:{any_of(cues['aspirational_at_start'])})(?=[一-龥2“])"),
        re.compile(r"增长|下降|达到|达|突破|提高|提升|超过|超|降低|减少|保持|控制|稳定在|占"),
        re.compile(rf"{any_of(cues['measured'])}$"),
        re.compile(rf"{any_of(cues['by_means'])}.{{2,80}}?{any_of(cues['means'])}(?={any_of(strict)})"),
        re.compile(any_of(cues["firm"])),
    )  # fmt: skip


def clean(words: str, lexicon: Lexicon) -> str:
    """Return ``words`` without the times and adverbs before, and the comparators after, what is counted."""
    patterns = _patterns(lexicon)
    words = words.strip(" ,、:;。\n")
    opened = patterns.opening.match(words)
    rest = words[opened.end() :] if opened else words
    while rest.endswith(patterns.closing):
        word = next(word for word in patterns.closing if rest.endswith(word))
        if word == "达" and rest[-2:-1] in {"下", "送", "直", "表"}:
            break
        rest = rest[: -len(word)]
    return rest.strip(" ,、:")


def names(text: str, measure: Measure, found: list[Measure], lexicon: Lexicon) -> list[Name]:
    """Return the name of what ``measure`` counts; several where 各 or 均 distributes it over a list."""
    lead_start, lead_end = measure.lead
    lead = text[lead_start:lead_end]
    subject = clean(lead, lexicon)
    tail = text[slice(*measure.tail)].strip()
    tail = tail[1:] if tail.startswith("的") else tail
    tail = "" if not re.match(r"[一-龥A-Za-z“《0-9]", tail) or (re.match("用于|支持|保障", tail) and subject) else tail
    if subject and re.match("[用支]", text[slice(*measure.tail)]) and measure.numeral.unit == "%":
        tail = text[slice(*measure.tail)].strip()
    means = _patterns(lexicon).means.match(subject)
    subject = subject[means.end() :] if means else subject
    offset = lead_start + max(lead.find(subject), 0) if subject else measure.before
    group = _share(text, measure, lexicon)
    if group:
        return [_name(part, tail, begin, measure) for part, begin in group]
    subject = _completed(text, measure, found, subject, lexicon)
    spread = re.search(r"(?:各|均)(?:[一-龥]{0,3})$", lead)
    if spread and not tail:
        predicate = clean(lead[spread.start() + 1 :], lexicon)
        things = clean(lead[: spread.start()], lexicon)
        listed = [(part + predicate, begin) for part, begin in parts(things, lead_start + max(lead.find(things), 0))]
        if len(listed) > 1:
            verb = _verb(listed[0][0], lexicon)
            return [
                _name(part if i == 0 or _verb(part, lexicon) else verb + part, "", begin, measure)
                for i, (part, begin) in enumerate(listed)
            ]
    if _is_bare(subject, lexicon) and not (tail and subject) and not (tail and not _needs_subject(subject)):
        before = [m for m in found if m.numeral.start < measure.numeral.start and not m.inside]
        same = clean(text[slice(*before[-1].lead)], lexicon) if before and subject else ""
        again = same.startswith(subject) and len(same) > len(subject) if subject else False
        subject = same if again else _earlier_subject(text, measure, found, lexicon) + subject
    elif not _verb(subject, lexicon):
        subject = _carried_verb(text, measure, found, subject, lexicon) + subject
    return [_name(subject, tail, offset, measure)]


def _completed(text: str, measure: Measure, found: list[Measure], subject: str, lexicon: Lexicon) -> str:
    """Complete what leans on the number before: 省级龙头企业2户、州级5户; 转移就业5万人,其中省外2万人."""
    earlier = [m for m in found if m.numeral.start < measure.numeral.start and m.numeral.unit == measure.numeral.unit]
    if not earlier or not subject:
        return subject
    before = clean(text[slice(*earlier[-1].lead)], lexicon)
    level = _LEVEL_ONLY.search(before)
    if level and _LEVEL_ONLY.fullmatch(subject):
        return before[: level.start()] + subject + before[level.end() :]
    part = "其中" in text[measure.phrase[0] : measure.before] and len(subject) <= 4
    return _object(before, lexicon) + subject if part else subject


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


def parts(words: str, offset: int) -> list[tuple[str, int]]:
    """Split a list of things at 、 和 及 与 outside brackets; each part with its offset."""
    found, depth, begin = [], 0, 0
    for i, c in enumerate(words):
        depth += (c in "([“《") - (c in ")]”》")
        if depth == 0 and c in "、和及与" and i > begin + 1:
            found.append((words[begin:i], offset + begin))
            begin = i + 1
    found.append((words[begin:], offset + begin))
    return [(part, at) for part, at in found if part]


def _share(text: str, measure: Measure, lexicon: Lexicon) -> list[tuple[str, int]]:
    """Name one number of A、B分别增长9%、10%: the things are shared out in their order."""
    siblings = measure.siblings
    i = siblings.index(measure)
    first = i
    while siblings[first].bare and first > 0:
        first -= 1
    last = first
    while last + 1 < len(siblings) and siblings[last + 1].bare:
        last += 1
    chain = siblings[first : last + 1]
    lead = text[slice(*chain[0].lead)]
    if len(chain) < 2:
        return []
    subjects, _, predicate = lead.partition("分别")
    predicate = clean(predicate, lexicon)
    subjects = re.sub(r"(?:力争|确保|争取)$", "", subjects)
    cleaned = clean(subjects, lexicon)
    listed = parts(cleaned, chain[0].lead[0] + max(lead.find(cleaned), 0))
    if len(listed) != len(chain):
        whole = clean(lead, lexicon).replace("分别", "")
        return [(whole or cleaned, chain[0].lead[0])]
    part, begin = listed[i - first]
    return [(_with_head(part, listed[-1][0], lexicon) + predicate, begin)]


def _with_head(part: str, last: str, lexicon: Lexicon) -> str:
    """Give a modifier the noun that stands at the end of its list: 城镇、农村居民收入, 蔬菜、药材种植面积."""
    head = _patterns(lexicon).measured.search(last)
    if part == last or not head or _patterns(lexicon).measured.search(part) or len(part) + 2 > len(last):
        return part
    twin = part[-1] == last[len(part) - 1] or part in {"城镇", "农村", "城市"}
    return part + last[len(part) :] if twin else part + last[max(head.start() - 2, 0) :]


def _verb(words: str, lexicon: Lexicon) -> str:
    """Return the verb that ``words`` begin with, or ""."""
    found = _patterns(lexicon).verb.match(words)
    return found[0] if found else ""


_COMPARED = re.compile(r"^(?:(?:较|比)(?:20[0-9]{2}年|上年|去年|同期)*|同口径|同比|年均)+")
_LEVEL_ONLY = re.compile(r"(?:国家|省|市|区|县|州)级(?:及?以上)?")


def _is_bare(subject: str, lexicon: Lexicon) -> bool:
    """Tell whether ``subject`` names nothing by itself: "", 同比增长, 拆除, 占GDP比重, 产量."""
    patterns = _patterns(lexicon)
    rest = _COMPARED.sub("", subject)
    verb = patterns.bare.fullmatch(rest)
    while rest and not verb:
        one = patterns.verb.match(rest)
        verb, rest = (
            (one, rest[one.end() :]) if one and one.end() == len(rest) else (None, rest[one.end() :] if one else "")
        )
    rest = _COMPARED.sub("", subject)
    return len(rest) < 2 or bool(verb or patterns.measured.fullmatch(rest)) or subject.startswith("占")


def _needs_subject(subject: str) -> bool:
    return bool(re.search("增长|下降|达|占比|增速", subject))


def _earlier_subject(text: str, measure: Measure, found: list[Measure], lexicon: Lexicon) -> str:
    """Return what the sentence spoke of before: the last thing counted, or the object of the last phrase."""
    earlier = [
        m
        for m in found
        if m.numeral.start < measure.numeral.start and not (m.inside or m.numeral.unit in {"年", "月", "日"})
    ]
    if earlier:
        last = earlier[-1]
        before = clean(text[slice(*last.lead)], lexicon)
        if _is_bare(before, lexicon) and not text[slice(*last.tail)].strip():
            return _earlier_subject(text, last, found, lexicon)
        tail = text[slice(*last.tail)].strip() if not before or _is_bare(before, lexicon) else ""
        thing = re.sub(r"(?:分别)?(?:同比|年均)?(?:增长|增加|提高|提升|下降|降低|减少|扩大)$", "", before) + tail
        thing = _object(thing, lexicon)
        if len(thing) >= 2 and not _is_bare(thing, lexicon):
            return thing
    start = measure.sentence[0]
    phrases = [phrase for phrase in re.split("[,:]", text[start : measure.phrase[0]]) if phrase.strip()]
    own = text[measure.phrase[0] : measure.lead[0]].strip("、 ")
    for phrase in [*reversed(phrases), own]:
        words = clean(phrase, lexicon)
        if _patterns(lexicon).measured.search(words) and len(words) <= 40:
            return words
        if _verb(words, lexicon) and "“" not in words:
            thing = _object(words, lexicon)
            listed = parts(thing, 0)
            if len(thing) > 24 and len(listed) > 1:
                thing = listed[0][0] + "等项目" if "等" in thing else listed[-1][0]
            if len(thing) >= 2:
                return thing
    return _object(clean(phrases[-1], lexicon), lexicon) if phrases and len(phrases[-1]) <= 30 else ""


def _object(words: str, lexicon: Lexicon) -> str:
    """Return ``words`` without the verbs and adverbs that they begin with."""
    for _ in range(4):
        verb = _verb(words, lexicon)
        rest = clean(words[len(verb) :], lexicon)
        if not verb or len(rest) < 2:
            break
        words = rest
    return re.sub("^(?:好|了|完善|一批)", "", words)


def _carried_verb(text: str, measure: Measure, found: list[Measure], subject: str, lexicon: Lexicon) -> str:
    """Return the verb that an earlier number of the same list stands under: 新增A 1家、B 2家."""
    patterns = _patterns(lexicon)
    if patterns.predicate.search(subject) or patterns.measured.search(subject):
        return ""
    earlier = [m for m in found if m.numeral.start < measure.numeral.start and m.numeral.unit == measure.numeral.unit]
    for other in reversed(earlier):
        verb = _verb(clean(text[slice(*other.lead)], lexicon), lexicon)
        if (verb and not patterns.bare.fullmatch(verb)) or verb in {"新增", "完成"}:
            return verb
    return ""


def commitment(text: str, measure: Measure, lexicon: Lexicon) -> str:
    """Return firm or aspirational: 力争 and the like govern what is coordinate with them in the sentence."""
    patterns = _patterns(lexicon)
    start, end = measure.sentence[0], measure.numeral.start
    aspirational = False
    position = start
    for phrase in re.split("(?<=[,:])", text[start:end]):
        words = _without_time(phrase)
        if patterns.firm.search(words):
            aspirational = False
        own = patterns.aspirational.search(words) or patterns.at_start.search(words)
        last = position + len(phrase) >= end
        if own:  # 绿电交易电量力争突破3亿: within one predicate it holds for that one only
            subject = clean(words[: own.start()], lexicon)
            district = re.fullmatch("(?:.{0,4})[区县市]", subject)
            inner = len(subject) >= 2 and not _verb(subject, lexicon) and not district
            aspirational = aspirational or last or not inner
        elif aspirational and _new_subject(phrase, lexicon):
            aspirational = False
        position += len(phrase)
    return "aspirational" if aspirational else "firm"


def _without_time(phrase: str) -> str:
    return re.sub(r"^(?:[ ,、]|(?:到)?20[0-9]{2}年,?|全年|年内)+", "", phrase)


def _new_subject(phrase: str, lexicon: Lexicon) -> bool:
    """Tell whether a phrase starts anew: with a year, or with a thing that has its own predicate."""
    if re.match(r" *(?:到|至)?20[0-9]{2}年", phrase):
        return True
    patterns = _patterns(lexicon)
    opened = patterns.opening.match(phrase)
    words = phrase[opened.end() :] if opened else phrase
    if re.match(" *[在较比]", phrase) or not words or _verb(words, lexicon) or patterns.bare.match(words):
        return False
    found = patterns.predicate.search(words)
    return bool(found and found.start() >= 2)
