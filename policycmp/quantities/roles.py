"""The role of a number, told by what governs it in its sentence, not by its unit.

The same 50万元 is a budget after 安排资金, an incentive after 给予, a condition before 以上的企业, and else a target.
The rules are tried in the order of `Judge.judge`; each is made of the word lists of the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from policycmp.quantities import indicators
from policycmp.quantities.phrases import Measure
from policycmp.text.lexicon import Lexicon, any_of, once
from policycmp.text.numerals import Numeral

_LEVELS = {"中央": 4, "国家": 4, "省": 3, "市": 2, "州": 2, "区": 1, "县": 1, "镇": 0, "街道": 0}
_BRACKETS = {"(", "[", "“", "《"}


class Verdict(NamedTuple):
    """The role of a number, the scope of a budget, and a flag where no rule places it."""

    role: str
    flag: str = ""
    scope: str = ""


@once
def _cues(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    """Return the patterns of the roles: those of ``roles.toml``, with {list} replaced by any of its words."""
    lists = {name: any_of(listed) for name, listed in lexicon["cues"].items()}
    return {name: re.compile(_fill(pattern, lists)) for name, pattern in lexicon["role_patterns"].items()}


def _fill(pattern: str, lists: dict[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda found: lists[found[1]], pattern)


def own_level(text: str) -> int:
    """Return the level of the government that speaks: of 全区/我区, 全县/我县, 全市/我市 the most frequent."""
    counts = {level: len(re.findall(f"(?:我|全|本){level}|{level}级?财政", text)) for level in "区县市省"}
    return _LEVELS[max(counts, key=lambda level: counts[level])] if any(counts.values()) else 1


@dataclass
class Judge:
    """Judges the numbers of one sentence, in their order: what was found earlier tells of what follows.

    ``allotted`` says that the section's own allotment was stated already.
    """

    text: str
    span: tuple[int, int]
    numerals: list[Numeral]
    found: list[Measure]
    place: tuple[int, int]
    year: int | None
    level: int
    lexicon: Lexicon
    allotted: bool = False
    roles: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Bind the word lists."""
        self.cues = _cues(self.lexicon)
        words = self.lexicon
        self.money, self.time = set(words["money_units"]), set(words["time_units"])
        self.terms, self.orders = set(words["duration_units"]), set(words["order_units"])

    def judge(self, measure: Measure) -> Verdict:
        """Return the role of ``measure``."""
        verdict = self._judge(measure)
        self.roles[measure.numeral.start] = verdict.role
        return verdict

    def _judge(self, m: Measure) -> Verdict:
        numeral, unit = m.numeral, m.numeral.unit
        follows = self.text[m.after : m.after + 4]
        if numeral.value is None:
            return Verdict("reference", "unread")
        if m.inside and (m.inside[0] == "《" or (m.inside[-1] in "“《" and numeral.form != "slogan")):
            return Verdict("reference")  # a name: “民营经济32条”
        if self._hit("unfinished", self.text[m.after : m.after + 2]):
            return Verdict("reference", "unread")  # 8%-: a range whose end is missing
        if self._hit("state_rate", self._before(m)):
            return Verdict("reference")
        if unit in self.orders or self.text[numeral.unit_end : numeral.unit_end + 1] == "级" or self._is_baseline(m):
            return Verdict("reference")
        if not unit:
            return Verdict("target" if self._is_ratio(m) else "reference")
        if self.text[numeral.start - 1 : numeral.start] == "第" and m.comparator != "top":
            return Verdict("target" if self._hit("standing", self._before(m)) else "reference")
        if m.comparator == "top" and follows[:1] == "强":
            return Verdict("reference")  # 前30强企业
        if self._hit("road", self._before(m)):
            return Verdict("reference")
        if (unit in self.terms and (follows[:1] in {"内", "前"} or not self._bounded(m))) or self._hit(
            "named_count", follows
        ):
            return Verdict("reference")  # a deadline, or 20条措施
        if unit in self.time:
            reached = unit not in {"年", "月", "日"} and self._hit("reached", self._before(m))
            return Verdict("target" if reached else self._time_role(m, follows))
        if self._hit("required", self._before(m)):
            return Verdict("condition")
        if unit in self.money or "元/" in unit or unit in {"%", "‰", "倍", "百分点"}:
            scope = self._budget_scope(m) if unit == "元" else ""
            if scope:
                return Verdict("budget", scope=scope)
            if scope is None:
                return Verdict("reference")  # by how much an allotment grew
            paid = self._paid(m)
            if paid:
                return Verdict(paid)
        elif self._qualifies_for_pay(m):
            return Verdict("condition")
        return Verdict("condition") if self._is_condition(m, follows) else self._target(m)

    def _before(self, m: Measure) -> str:
        """Return the words of the phrase before the number."""
        return self.text[m.phrase[0] : m.numeral.start]

    def _hit(self, cue: str, words: str) -> re.Match[str] | None:
        return self.cues[cue].search(words)

    def _earlier(self, m: Measure, role: str) -> list[Measure]:
        return [o for o in self.found if o.numeral.start < m.numeral.start and self.roles.get(o.numeral.start) == role]

    def _bounded(self, m: Measure) -> bool:
        """Tell whether a term is one that is to be kept: 少于10分钟, 压缩至3个工作日."""
        return m.comparator != "equal" or bool(self._hit("reached", self._before(m)))

    def _time_role(self, m: Measure, follows: str) -> str:
        """Ages and terms qualify what they stand before (20年以上住宅, 0-3岁); dates are references."""
        dated = m.numeral.unit in {"月", "日"} or self._hit("dated", follows)
        attributive = m.comparator != "equal" or m.numeral.unit in {"岁", "周岁"} or follows[:1] in {"期", "的"}
        return "condition" if attributive and not dated else "reference"

    def _is_baseline(self, m: Measure) -> bool:
        """由X提高到Y, 在X基础上, 2024年达X: X is where one comes from."""
        start, end = m.phrase
        ground = self.text.find("基础上", m.numeral.end, min(end, m.after + 80))
        if ground != -1 and "在" in self.text[m.sentence[0] : m.numeral.start]:
            return True
        rest = self.text[m.after : min(end, m.after + 20)]
        changed = self.cues["changed"].match(rest)
        return bool(changed and self._hit("from", self.text[start : m.numeral.start])) or self._is_past(m)

    def _is_past(self, m: Measure) -> bool:
        """2024年实现X, 过去五年X: what was reached, unless a later year follows or it is only compared with."""
        if m.numeral.unit == "倍" or not self.year:
            return False
        start = self.span[0]
        for year in reversed([n for n in self.numerals if n.form == "year" and n.start < m.numeral.start]):
            opening = re.split("[,:、]", self.text[start : year.start])[-1]
            if not self._hit("year_opens", opening):
                continue  # （2025-2027年）, 较2024年, 2000年底前建成的 govern nothing
            if (year.value or 0) >= self.year:
                return False
            return not self._hit("year_owns", self.text[year.end : m.numeral.end + 1])
        before = self.text[start : m.numeral.start]
        return bool(self._hit("past_own", before)) or any(
            before[found.start() - 1 : found.start()] not in {"比", "较", "同", "在"}
            and "的" not in re.split("[,:]", before[found.end() :])[0]
            for found in self.cues["past"].finditer(before)
        )

    def _budget_scope(self, m: Measure) -> str | None:
        """Return the scope of money that the district's own budget allots, or "".

        None stands for money that is told of beside it: its increase, or what others add.
        """
        before, after = self._before(m), self.text[slice(*m.tail)][:24]
        levels = [_LEVELS[found] for found in self.cues["treasury"].findall(before)]
        attributive = self._hit("of", self.text[m.after : m.after + 3])
        foreign = self._hit("foreign", before) or self._hit("foreign_next", after)
        sentence = self.text[self.span[0] : m.numeral.start]
        earlier = self._earlier(m, "budget")
        if earlier and (self._hit("increase", before) or (foreign and earlier[-1].phrase == m.phrase)):
            return None
        if attributive or foreign or self._hit("each_gets", before) or max(levels, default=0) > self.level:
            return ""
        own = self._hit("own_funds", before)
        funded = self._hit("allotted", before) and (self._hit("funds_end", before) or self._hit("funds_next", after))
        supported = self._hit("supported", before) and not self._hit("pay", before)
        parted = earlier and self._hit("parts", self.text[earlier[0].after : m.numeral.start])
        listed = earlier and not self._hit("strong", before) and (
            parted or self._hit("funds_last", before) or m.bare or re.match(r"用于", after)
        )  # fmt: skip
        spoken = (
            not own
            and self._hit("own_funds", sentence)
            and (self._hit("funds_end", before) or (self._hit("parts", sentence) and not self._hit("strong", before)))
        )
        if not (own or funded or supported or listed or spoken):
            return ""
        if self._hit("increase", before):
            return None
        shared = after.startswith("用于") and len(m.siblings) > 1  # 5.6亿元用于A、2500万元用于B
        part = listed or (self._hit("parts", sentence) and not own)
        if part or shared or self.place[1] or self.allotted or (supported and not (own or funded or spoken)):
            return "earmark"
        if not self.place[0]:
            return "document"
        self.allotted = bool(self._hit("general", before))
        return "section" if self.allotted else "earmark"

    def _paid(self, m: Measure) -> str:
        """Tell an incentive (给予…50万元, 按…10%) from its condition (对投资500万元以上的); "" for neither."""
        if self._qualifies_for_pay(m):
            return "condition"
        start, end = m.phrase
        before = self._before(m)
        if self._hit("reached", before):
            return ""
        capped = self._hit("cap", before) or self._hit("rate", before)
        if self._hit("pay", self.text[start:end]):
            return "incentive"
        if self.cues["pay"].search(self.text, self.span[0], start) and (
            capped or m.bare or not self._hit("verb", before)
        ):
            return "incentive"
        each = self._hit("each", before) and m.numeral.unit.startswith("元")
        return "incentive" if each else ""

    def _qualifies_for_pay(self, m: Measure) -> bool:
        """对新增就业50人以上的企业,给予…: the number says who is paid."""
        (start, end), after = m.phrase, m.after
        pay = self.cues["pay"].search(self.text, m.numeral.unit_end, self.span[1])
        if not pay or self._hit("the_rate", self.text[after : after + 4]):
            return False
        if after == m.numeral.unit_end and self.cues["pay"].search(self.text, start, m.numeral.start):
            return False  # 给予50%的补助, 奖励30万元
        opened = self._hit("whoever", self._before(m))
        each = opened and "每" in opened[0] and m.numeral.unit not in self.money
        return "的" in self.text[after : min(end, pay.start())] or bool(opened and (each or pay.start() >= end))

    def _is_condition(self, m: Measure, follows: str) -> bool:
        """年产值超5亿元的…, 1亿美元以上外资大项目1个: the number qualifies a thing, it is not reached."""
        lead = indicators.clean(self.text[slice(*m.lead)], self.lexicon)
        counted = m.numeral.unit not in self.money and m.numeral.unit != "%"
        if follows[:1] == "的":  # 打造100P的中心, 实现三分之二以上的村达标: that much is to be reached
            return not ((counted or m.numeral.form == "fraction") and self.cues["verb"].fullmatch(lead))
        bounded = m.comparator in {"at_least", "at_most", "less_than"}
        opening = self.text[self.span[0] : m.phrase[0]].lstrip()
        if bounded and not counted and self.cues["whom"].match(opening) and not self.cues["verb"].match(lead):
            return True
        later = [o for o in m.siblings if o.numeral.start > m.numeral.start and o.lead[0] <= m.numeral.start]
        between = self.text[m.after : later[0].before].strip() if later else ""
        rated = later and later[0].numeral.unit == "%"  # 14个项目开工率达到100%
        return bool(between) and (m.comparator != "equal" or not counted or not lead or bool(rated))

    def _target(self, m: Measure) -> Verdict:
        """Place what the district commits to reach: a number that closes its item, or one that a verb governs."""
        lead, tail = self.text[m.phrase[0] : m.before], self.text[slice(*m.tail)]
        opening = indicators.clean(lead, self.lexicon)
        governed = self._hit("verb", lead)
        if m.comparator == "top":
            return Verdict("target")
        if m.inside and not governed:
            return Verdict("reference", "unplaced")
        if m.numeral.unit in self.money and self._hit("put_to_use", lead + tail[:6]):
            return Verdict("reference")
        if self._hit("existing", lead.rstrip("“")) and not self._hit("and_others", lead):
            return Verdict("reference")
        spelled = m.numeral.form == "chinese"  # 三大中心, 两个“全覆盖”: mostly a manner of speaking
        if self._hit("whole_investment", lead) and not governed and m.comparator == "equal":
            return Verdict("reference")
        share = m.numeral.unit == "%" and len(opening) > 1
        background = self.cues["background"].match(opening)
        if re.match(r"[一-龥“A-Za-z0-9]", tail) and not share:  # N个X: a verb has to govern it
            if background or (spelled and (tail[0] == "“" or self._hit("named_spelled", tail))):
                return Verdict("reference")
            if numeral_of_list(opening, m.numeral.value):
                return Verdict("reference")  # 储能、铸造2个产业
            if "的" in tail[:14] and self._hit("with_others", lead):
                return Verdict("reference")  # 与12所高校的合作
            if not governed and not self._carried(m):
                return Verdict("reference", "unplaced")
        elif background and not governed:
            return Verdict("reference")
        return Verdict("reference", "unplaced") if spelled and not governed and not opening else Verdict("target")

    def _is_ratio(self, m: Measure) -> bool:
        """城乡居民收入比缩小到1.72以内: a level without a unit."""
        lead = self.text[m.phrase[0] : m.numeral.start]
        return bool(self._hit("ratio", lead)) and not re.match("[一-龥A-Za-z-]", self.text[m.after : m.after + 1])

    def _carried(self, m: Measure) -> bool:
        """Tell whether an earlier number of the sentence has the verb for this one: 举办3场…,2场…."""
        lead = indicators.clean(self.text[slice(*m.lead)], self.lexicon)
        return not lead and bool(self._earlier(m, "target"))

    def year_of(self, m: Measure) -> int | None:
        """Return the year that a number is for: the last one named before it in the sentence, else the document's."""
        before = [n for n in self.numerals if n.form == "year" and n.start < m.numeral.start and n.value]
        outside = [n for n in before if self.text[n.start - 1 : n.start] not in _BRACKETS]
        years = [int(n.value_max or n.value or 0) for n in outside if not self.year or (n.value or 0) >= self.year]
        if years or not self.year:
            return years[-1] if years else self.year
        return self.year + bool(self._hit("next_year", self.text[self.span[0] : m.numeral.start]))


def numeral_of_list(words: str, value: float | None) -> bool:
    """Tell whether ``words`` end in a list of just as many things as the number says."""
    listed = indicators.parts(words, 0)
    return len(listed) > 1 and float(len(listed)) == value


def describe(verdict: Verdict) -> dict[str, Any]:
    """Return the cells of a row that a verdict fills."""
    return {"role": verdict.role, "flag": verdict.flag, "scope": verdict.scope}
