"""The words around a sum that is paid → what for, to whom, on which condition, of what, how often."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policycmp.keeping import once
from policycmp.quantities.cues import ITEM, cues, object_of
from policycmp.text.lexicon import Lexicon
from policycmp.text.numerals import chinese


class _Cues(NamedTuple):
    opens: re.Pattern[str]
    pays: re.Pattern[str]
    plain: re.Pattern[str]
    per: re.Pattern[str]
    payee: tuple[re.Pattern[str], ...]
    whom: re.Pattern[str]
    further: re.Pattern[str]
    cap: re.Pattern[str]
    cap_behind: re.Pattern[str]
    level: re.Pattern[str]
    once: re.Pattern[str]
    monthly: re.Pattern[str]
    yearly: re.Pattern[str]


_PER = (
    r"(?:每|单)(?!年|增|[个家户项]?(?:企业|单位|机构|项目|主体|旅行社)?(?:全年|年度|每年|最高|不超过))"
    r"((?:平方米|平方公里|公里|人次|千瓦时|度电|千瓦|吨标准煤|吨标煤|立方米|标箱|[一-龥]{1,2}?)(?:每(?:月|天|日|学期))?)"
    r"(?=[0-9给予补奖资按最不分、,]|一次性|建设|$)"
)


_LEARNED = "(?:全日制)?(?:博士|硕士|本科|专科|毕业|研究生|优秀)"  # 高校本科毕业生: it is not the school that is paid
_LIMITED = r"(?:不超过|不高于|最高)[0-9]+(?:周?岁|年|个月|人)"  # 不超过40周岁的人才: no ceiling of a payment


@once
def _cues(lexicon: Lexicon) -> _Cues:
    def words(name: str) -> str:
        return lexicon.any_of(f"incentives.{name}")

    payee = words("payees")
    return _Cues(
        opens=re.compile(rf"(?!{words('no_payment')}|{_LIMITED})(?:{words('opens_payment')}|每(?!年))"),
        pays=re.compile(words("pays")),
        plain=re.compile(rf"{words('plain_payments')}|每?[人家户个项台辆名张场件次亩]?每?[月年]?(?=$)|[、,。 ]"),
        per=re.compile(_PER),
        payee=(
            re.compile(rf"的([^的,、]{{0,12}}{payee})$"),
            re.compile(rf"^([^的,、0-9]{{0,6}}?{payee})(?=[^、,]{{2}})(?!{_LEARNED})"),
            re.compile(rf"(?:^|、)([^的,、]{{0,12}}{payee})$"),
        ),
        whom=re.compile(rf"(?:给予|予以|补助|奖励|补贴|资助)([^,0-9的]{{0,8}}?{payee})"),
        further=re.compile(words("further")),
        cap=re.compile(words("cap_before")),
        cap_behind=re.compile(rf"[^,。;]{{0,3}}?{words('cap_behind')}"),
        level=re.compile(words("levels")),
        once=re.compile(f"{words('once')}|{words('once_events')}"),
        monthly=re.compile(words("monthly")),
        yearly=re.compile(words("yearly")),
    )


class Wording(NamedTuple):
    """What the words before a sum say."""

    subject: str  # what is paid for, as its own phrase says it; "" where it goes on from what was said before
    phrases: tuple[str, ...]  # the phrases before it
    payment: str  # from where the payment begins to the number


def taken_apart(words: str, lexicon: Lexicon) -> Wording:
    """Take the words from the last payment, or the beginning of the sentence, up to a number apart."""
    *phrases, own = _phrases(words)
    at = _payment_at(own, lexicon)
    subject = own[:at].strip()
    kept = [one.strip() for one in phrases if not _pays_only(one.strip(), lexicon)]
    return Wording(subject, tuple(kept), own[at:].strip())


def _pays_only(words: str, lexicon: Lexicon) -> bool:
    """Tell whether a phrase belongs to the payment itself: 按设备投资额的10%, 给予办公用房补助."""
    return not words or (_cues(lexicon).opens.match(words) is not None and not words.endswith("的"))


def _phrases(words: str) -> list[str]:
    """Split words at commas and colons outside brackets."""
    found, depth, begin = [], 0, 0
    for at, char in enumerate(words):
        depth += (char in "([“《") - (char in ")]”》")
        if depth <= 0 and char in ",:":
            found.append(words[begin:at])
            begin = at + 1
    return [*found, words[begin:]]


def _payment_at(own: str, lexicon: Lexicon) -> int:
    """Return where in the phrase before a number the words of payment begin."""
    known = _cues(lexicon)
    opened = known.opens.search(own)
    if opened:
        return opened.start()
    last = 0
    found = list(known.pays.finditer(own))
    if found:
        last = found[-1].start()
    return last if found else len(own)


_AROUND = re.compile(
    r"^(?:对于?|凡是?|经|若|如|其中|并且?|且|同时|支持|鼓励|以及|、| )+|(?:的|等|可|每年|全年|年度|由.{0,4}财政| )+$"
)
_ONE = "(?:每?(?:认定|评定|新增|引进|创建|建成)[一1]?[个家项座台名])"  # 认定一家奖励3万元
_TIMES = re.compile(
    rf"(?:各|此后|每年|全年|年度|当年|每月|连续|同一|再|分阶段|分期|分年|第[一二三四五]年|首年|次年|{_ONE})+"
)


def plain(words: str) -> str:
    """Return words without what introduces them (对, 凡) and what closes them (的); "" of nothing but times."""
    said = _AROUND.sub("", re.sub(ITEM, "", words.strip(" ,、:;。")))
    return "" if _TIMES.fullmatch(said) else said


def says_nothing(words: str, lexicon: Lexicon) -> bool:
    """Tell whether words only say that something is paid: 补助金额, 奖励标准."""
    return not _cues(lexicon).plain.sub("", words)


def purpose(payment: str, behind: str, lexicon: Lexicon) -> str:
    """Return what the payment is called, where that says what it is for: 安家补贴, 购房补贴."""
    known = _cues(lexicon)
    called = re.match(r"的?([^,。;(0-9、]{2,16})", behind)
    inner = re.sub(r"按照?[^,]*?(?=给予|予以|发放|$)|每[^,]*$", "", payment)
    for words in (called[1] if called else "", inner):
        if re.search(f"{known.pays.pattern}$", words) and len(known.plain.sub("", words)) > 1:
            return re.sub(r"^(?:给予|予以|分别|一次性|发放|最高|的|再)+|(?:最高|不超过|总额|标准)+$", "", words)
    return ""


def basis(subject: str, payment: str, lexicon: Lexicon) -> str:
    """Return what a rate is a rate of: 设备投资 of 按设备投资的10%."""
    stated = re.search(r"按照?(?:不超过|其|每)?([^,]{2,24}?)(?:的|不超过|最高)*$", payment)
    given = re.search(r"(?:给予|予以|补助|补贴)(?:不超过|最高)?([^,]{2,16}?)(?:的|不超过|最高)*$", payment)
    for found in (stated, given):
        if found and _cues(lexicon).plain.sub("", found[1]):
            return found[1]
    return plain(subject) if is_measure(plain(subject), lexicon) else ""


def is_measure(words: str, lexicon: Lexicon) -> bool:
    """Tell whether words are an amount of money that a rate may be of: 展位费, 仓储租金, 研发投入."""
    return bool(cues(lexicon).measured.search(words) or re.search(lexicon.any_of("incentives.bases") + "$", words))


def recipient(subject: str, phrases: Sequence[str], payment: str, lexicon: Lexicon) -> str:
    """Return who is paid, where the words say it."""
    known = _cues(lexicon)
    whom = known.whom.search(payment)
    if whom:
        return whom[1]
    for words in (subject, *reversed(phrases)):
        found = payee(words, lexicon)
        if found and not re.match(" *经", words):  # 经主管部门认可
            return found
    return ""


def payee(words: str, lexicon: Lexicon) -> str:
    """Return who a phrase says is paid: 小微企业 of 租用厂房的小微企业, 企业 of 企业购买云服务; "" for nobody."""
    said = plain(words)
    for pattern in _cues(lexicon).payee:
        found = pattern.search(said)
        if found:
            return object_of(found[1], lexicon).removeprefix("为")
    return ""


def level(words: str, lexicon: Lexicon) -> str:
    """Return the level of government that is named: 国家级, 省级; "" for none or several."""
    found = {name.removesuffix("级") for name in _cues(lexicon).level.findall(words)}
    return f"{found.pop()}级" if len(found) == 1 else ""


def per(payment: str, lexicon: Lexicon) -> str:
    """Return what a sum is paid for each of: 平方米·月 of 每平方米每月."""
    found = _cues(lexicon).per.findall(payment)
    return "·".join(word.replace("每", "·") for word in found).strip("·")


_IN_THE_YEAR = re.compile(
    "[当本该]年度?(?=新|首次|内|被|获|入|引进|认定|实现|完成)"
)  # when it happened, not how often it is paid


def frequency(words: str, called: str, lexicon: Lexicon) -> str:
    """Return whether it is paid once, yearly or monthly, by the ``words`` of payment and what it is for."""
    known = _cues(lexicon)
    words = _IN_THE_YEAR.sub("", words)
    if re.search(lexicon.any_of("incentives.once"), words):
        return "once"
    for name, pattern in (("monthly", known.monthly), ("yearly", known.yearly), ("once", known.once)):
        if pattern.search(words):
            return name
    return "once" if known.once.search(called) else ""


def years(words: str) -> float | None:
    """Return for how many years it is paid: 连续3年, 期限三年, 分5年."""
    found = re.search(
        r"(?:连续|期限|最长|分|补贴期|不超过)[^,。;0-9]{0,4}?([0-9]{1,2}|[一二两三四五六七八九十])年"
        r"(?!(?:及?以上)?(?:被?评|被认定|获|入选|增长|保持|盈利))",
        words,
    )
    if not found:
        return None
    number = found[1] if found[1].isdigit() else chinese(found[1])
    return None if number is None else float(number)


def is_cap(payment: str, behind: str, lexicon: Lexicon) -> bool:
    """Tell whether a sum is only the most that is paid."""
    known = _cues(lexicon)
    return bool(known.cap.search(payment) or known.cap_behind.match(behind))


def goes_further(words: str, lexicon: Lexicon) -> bool:
    """Tell whether a sum is paid on top of the one before."""
    return bool(_cues(lexicon).further.search(words))
