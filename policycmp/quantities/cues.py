"""Words around a number that name nothing: times, adverbs, verbs and comparators; what is left is what it counts."""

from __future__ import annotations

import re
from typing import NamedTuple

from policycmp.keeping import once
from policycmp.text.lexicon import Lexicon, any_of


class Cues(NamedTuple):
    """The patterns that the word lists make."""

    opening: re.Pattern[str]  # times and adverbs that a phrase begins with
    closing: tuple[str, ...]  # words at its end, the longest first
    verb: re.Pattern[str]  # what is done with a thing: 新增
    bare: re.Pattern[str]  # a verb that needs no thing: 增长
    predicate: re.Pattern[str]
    measured: re.Pattern[str]  # a level at the end of a name: 收入
    completed: re.Pattern[str]  # what says how much of a level was completed: 固定资产投资完成
    reaching: re.Pattern[str]  # verbs that only say that a level is reached
    means: re.Pattern[str]  # 通过…, before a verb
    firm: re.Pattern[str]
    aspirational: re.Pattern[str]
    aspirational_at_start: re.Pattern[str]


# The number of an item: 1. (二) ③; no 1.5, no (二期).
ITEM = r"(?:^[0-9]{1,2}[.、](?![0-9])|^\([一二三四五六七八九十]{1,3}\)|^\([0-9]{1,2}\)|^[①-⑳])"


@once
def cues(lexicon: Lexicon) -> Cues:
    """Return the patterns of the words around a number."""
    times = (
        r"(?:(?:力争)?(?:到|至|在|自)?(?:19|20)[0-9]{2}(?:-(?:20)?[0-9]{2})?年(?:底|末|度)?(?:以?前|期间|起)?"
        r"|[0-9]{1,2}月(?:底|末|中旬)?(?:前|之前)?|[一二三四]季度末?|[上下]半年)"
    )
    adverbs = lexicon.any_of("cues.adverbs")
    comparators = [word for listed in lexicon["comparators_before"].values() for word in listed]
    closing = {*comparators, *lexicon["cues.closings"], " "}
    verb = any_of(word for word in lexicon["cues.verbs"] if word not in lexicon["cues.noun_like"])
    at_start = lexicon["cues.aspirational_at_start"]
    aspirational = any_of(word for word in lexicon["cues.aspirational"] if word not in at_start)
    by_means, means = lexicon.any_of("cues.by_means"), lexicon.any_of("cues.means")
    return Cues(
        opening=re.compile(
            rf"^(?:{times}|{adverbs}|各(?![级类地县市省区镇乡街部单])|将(?!军)|[ ,、:并和及与]|--"
            rf"|^[(]?[一二三四五六七八九十]{{1,3}}是|{ITEM})+"
        ),
        closing=tuple(sorted(closing, key=len, reverse=True)),
        verb=re.compile(verb),
        bare=re.compile(lexicon.any_of("cues.bare_verbs")),
        predicate=re.compile(r"增长|下降|达到|达|突破|提高|提升|超过|超|降低|减少|保持|控制|稳定在|占"),
        measured=re.compile(rf"{lexicon.any_of('cues.measured')}$"),
        completed=re.compile(rf"(.{{2,}}{lexicon.any_of('cues.measured')}|.{{2,}}(?:总值|支出))(?:预计)?完成$"),
        reaching=re.compile(lexicon.any_of("cues.reaching", "cues.completing")),
        means=re.compile(rf"{by_means}.{{2,80}}?{means}(?={verb})"),
        firm=re.compile(lexicon.any_of("cues.firm")),
        aspirational=re.compile(aspirational),
        aspirational_at_start=re.compile(
            rf"(?:^|{lexicon.any_of('cues.subjects')})(?:{any_of(at_start)})(?=[一-龥2“])"
        ),
    )


def clean(words: str, lexicon: Lexicon) -> str:
    """Return ``words`` without the times and adverbs before, and the comparators after, what is counted."""
    known = cues(lexicon)
    words = words.strip(" ,、:;。\n")
    opened = known.opening.match(words)
    rest = words[opened.end() :] if opened else words
    while rest.endswith(known.closing):
        word = next(word for word in known.closing if rest.endswith(word))
        if word == "达" and rest[-2:-1] in {"下", "送", "直", "表"}:
            break
        rest = rest[: -len(word)]
    told = known.completed.match(rest)
    return (told[1] if told else rest).strip(" ,、:")


def verb_of(words: str, lexicon: Lexicon) -> str:
    """Return the verb that ``words`` begin with, or ""."""
    found = cues(lexicon).verb.match(words)
    return found[0] if found else ""


_LISTED = re.compile("上市(?=企业|公司|后备)")  # what sort of firm it is, nothing that is done with it


def object_of(words: str, lexicon: Lexicon) -> str:
    """Return ``words`` without the verbs and adverbs that they begin with."""
    for _ in range(4):
        verb = verb_of(words, lexicon)
        rest = clean(words[len(verb) :], lexicon)
        if not verb or len(rest) < 2 or _LISTED.match(words):
            break
        words = rest
    return re.sub("^(?:好|了|完善|一批)", "", words)


_COMPARED = re.compile(
    r"^(?:(?:较|比)(?:20[0-9]{2}年|上年|去年|同期)*|同口径|同比|年均|(?:按|以)?可比价(?:格)?(?:计算)?|可比|实际"
    r"|扣除[^,]{2,8}因素|分别)+"
)


def is_bare(subject: str, lexicon: Lexicon) -> bool:
    """Tell whether ``subject`` names nothing by itself: "", 同比增长, 拆除, 占GDP比重, 产量."""
    known = cues(lexicon)
    rest = _COMPARED.sub("", subject)
    if len(rest) < 2 or subject.startswith("占"):
        return True
    return bool(known.bare.fullmatch(rest) or known.measured.fullmatch(rest) or _is_verbs(rest, known.verb))


def _is_verbs(words: str, verb: re.Pattern[str]) -> bool:
    """Tell whether ``words`` are verbs and nothing else."""
    position = 0
    while position < len(words):
        found = verb.match(words, position)
        if not found:
            return False
        position = found.end()
    return True


def parts(words: str, offset: int) -> list[tuple[str, int]]:
    """Split a list of things at 、 和 及 与 outside brackets; each part with its offset."""
    found, depth, begin = [], 0, 0
    for at, char in enumerate(words):
        depth += (char in "([“《") - (char in ")]”》")
        if depth == 0 and char in "、和及与" and at > begin + 1:
            found.append((words[begin:at], offset + begin))
            begin = at + 1
    found.append((words[begin:], offset + begin))
    return [(part, at) for part, at in found if part]
