"""Clauses → every numeral with its role; targets and budgets are views of that table.

The role of a number follows from what governs it in its sentence, not from its unit: the same 50万元 is a budget after
安排资金, an incentive after 给予, a condition before 以上的企业, and else a target. The rules are tried in the order of
`_role`; each is made of the word lists of the lexicon.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import indicators, lexicon, schema
from policycmp.numerals import Numeral, scan
from policycmp.outline import Outline
from policycmp.phrases import Measure, measures, sentences

if TYPE_CHECKING:
    import pandas as pd

_LEVELS = {"中央": 4, "国家": 4, "省": 3, "市": 2, "区": 1, "县": 1, "镇": 0, "街道": 0}
_SINGLE = {"类", "种", "大类", "号", "期", "届", "轮", "级", "代", "星", "版", "点"}  # names and orders, not counts


@dataclass(frozen=True)
class Cues:
    """The word lists of the roles as patterns."""

    budget: re.Pattern[str]
    allot: re.Pattern[str]
    funds_end: re.Pattern[str]
    foreign: re.Pattern[str]
    parts: re.Pattern[str]
    total: re.Pattern[str]
    pay: re.Pattern[str]
    cap: re.Pattern[str]
    rate: re.Pattern[str]
    opening: re.Pattern[str]
    existing: re.Pattern[str]
    verb: re.Pattern[str]
    baseline: re.Pattern[str]
    whom: re.Pattern[str]
    general: re.Pattern[str]
    past: re.Pattern[str]
    put: re.Pattern[str]
    ground: re.Pattern[str]


@cache
def cues(extra: Path) -> Cues:
    """Return the patterns made of the word lists."""
    words, any_of = lexicon.words(extra), lexicon.any_of
    listed = words["cues"]
    before = any_of(listed["baseline_before"])
    return Cues(
        budget=re.compile(rf"{any_of(listed['budget'])}(?!收入|支出|贡献|内投资|总收入)"),
        allot=re.compile(any_of(listed["allot"])),
        funds_end=re.compile(rf"{any_of(listed['funds'])}(?:支持)?(?:总额|总计|合计|规模)?(?:为|共|约|达|达到)?$"),
        foreign=re.compile(any_of(listed["foreign_money"])),
        parts=re.compile(any_of(listed["parts"])),
        total=re.compile(any_of(listed["total"])),
        pay=re.compile(any_of(listed["pay"])),
        cap=re.compile(any_of(listed["cap"])),
        rate=re.compile(rf"{any_of(listed['pay_rate'])}"),
        opening=re.compile(any_of(listed["existing_opening"])),
        existing=re.compile(rf"(?:{any_of(listed['existing'])})$"),
        verb=re.compile(any_of(listed["verbs"])),
        baseline=re.compile(rf"{before}[^,。]{{0,12}}$"),
        whom=re.compile(r"(?:对于|对|凡|符合|属于|申报|申请)[^。]*?(?:允许|可以?|应当?|须|予以|给予|支持|鼓励)"),
        general=re.compile(
            r"(?:资金|经费|预算|财政)(?:支持)?(?:总额|总计|合计|共计|总量|规模)?(?:为|共|约|达|达到|超过|不少于|不低于)?$|资金"
        ),
        past=re.compile(any_of(listed["past"])),
        put=re.compile(any_of(listed["put_to_use"])),
        ground=re.compile(rf"{any_of(listed['baseline_ground'])}"),
    )


def quantity_table(result: Outline) -> pd.DataFrame:
    """Return the table `quantities` of one document: every numeral of the text that is read, once."""
    return schema.frame("quantities", _rows(result))


def _rows(result: Outline) -> list[dict[str, Any]]:
    policy = result.policy
    text = policy.folded
    numerals = list(scan(text, lexicon.units(policy.extra)))
    starts = [numeral.start for numeral in numerals]
    own_level = _own_level(text)
    markers = {unit.marker.start: unit.marker.end for unit in [*result.sections, *result.clauses]}
    rows: list[dict[str, Any]] = []
    for begin, end, section, clause in result.place():
        head = markers.get(begin, begin)
        allotted = False  # this section's own allotment was stated already
        rows += [_reference(policy.doc, section, clause, n, text) for n in _between(numerals, starts, begin, head)]
        for span in sentences(text, head, end):
            inside = _between(numerals, starts, *span)
            if not inside:
                continue
            found = measures(text, span, inside, policy.extra)
            context = _Sentence(
                text, span, inside, found, section, clause, policy.year, own_level, policy.extra, allotted
            )
            rows += context.rows(policy.doc)
            allotted = allotted or context.allotted
    for row in rows:
        row["quote"] = policy.text[row["start"] : row["end"]]
        row["as_written"] = policy.text[row["number_start"] : row["number_start"] + len(row["as_written"])]
    rows.sort(key=lambda row: row["number_start"])
    return rows


def _between(numerals: list[Numeral], starts: list[int], begin: int, end: int) -> list[Numeral]:
    return numerals[bisect_left(starts, begin) : bisect_left(starts, end)]


def _own_level(text: str) -> int:
    """Return the level of the government that speaks: of 全区/我区, 全县/我县, 全市/我市 the most frequent."""
    counts = {level: len(re.findall(f"(?:我|全|本){level}|{level}级财政|{level}财政", text)) for level in "区县市省"}
    return _LEVELS[max(counts, key=lambda level: counts[level])] if any(counts.values()) else 1


def _reference(doc: str, section: int, clause: int, numeral: Numeral, text: str, flag: str = "") -> dict[str, Any]:
    return {
        "doc": doc, "section": section, "clause": clause, "role": "reference", "comparator": "equal",
        "value": numeral.value, "value_max": numeral.value_max, "unit": numeral.unit, "commitment": "",
        "as_written": text[numeral.start : numeral.end], "number_start": numeral.start, "year": None,
        "start": numeral.start, "end": numeral.unit_end, "flag": flag or ("unread" if numeral.form == "unknown" else ""),
        "origin": "computed",
    }  # fmt: skip


class _Sentence:
    """One sentence with its measures: decides the role of each."""

    def __init__(
        self, text: str, span: tuple[int, int], numerals: list[Numeral], found: list[Measure],
        section: int, clause: int, year: int | None, own_level: int, extra: Path, allotted: bool,
    ) -> None:  # fmt: skip
        self.text, self.span, self.numerals, self.found = text, span, numerals, found
        self.section, self.clause, self.year, self.own_level = section, clause, year, own_level
        self.extra, self.allotted = extra, allotted
        self.cues = cues(extra)
        self.money = lexicon.words(extra)["money_units"]
        self.time = lexicon.words(extra)["time_units"]
        self.deadline = lexicon.words(extra)["duration_units"]
        self.roles: dict[int, str] = {}
        self.scopes: dict[int, str] = {}

    def rows(self, doc: str) -> list[dict[str, Any]]:
        """Return one row per numeral, and one per thing that 各 or 均 distributes it over."""
        by_start = {measure.numeral.start: measure for measure in self.found}
        rows: list[dict[str, Any]] = []
        for numeral in self.numerals:
            measure = by_start.get(numeral.start)
            base = _reference(doc, self.section, self.clause, numeral, self.text)
            if measure is None:
                rows.append(base)
                continue
            if not numeral.unit:
                measure.numeral = numeral = self._open_unit(measure)
            role, flag = self._role(measure)
            self.roles[numeral.start] = role
            base |= {
                "role": role,
                "flag": flag,
                "comparator": measure.comparator,
                "unit": numeral.unit,
                "end": max(measure.after, numeral.unit_end),
            }
            base["scope"] = self.scopes.get(numeral.start, "") if role == "budget" else ""
            if role == "reference":
                rows.append(base)
                continue
            base["year"] = self._year(measure)
            for name in indicators.names(self.text, measure, self.found, self.extra):
                row = base | {
                    "indicator": name.indicator,
                    "label": name.label,
                    "start": name.start,
                    "end": max(name.end, base["end"]),
                }
                if role == "target":
                    row["commitment"] = indicators.commitment(self.text, measure, self.extra)
                rows.append(row)
        return rows

    def _open_unit(self, measure: Measure) -> Numeral:
        """Read a unit that no list names from its place: 充电枪500把。"""
        numeral = measure.numeral
        place = re.compile(r"([一-龥]{1,2})(?=以上|左右|以内|[,。;、)\n]|$)").match(
            self.text, numeral.end, self.span[1]
        )
        after = self.text[numeral.end : numeral.end + 1]
        if measure.comparator == "top":
            unit, end = "位", numeral.end + (after in {"位", "名"})
        elif (
            place
            and place[1] not in {"以上", "左右", "以内", "以下", "国道", "省道", "大", "版"}
            and after not in "国省版多大"
        ):
            unit, end = place[1], place.end()
        else:
            return numeral
        end_after = max(end, measure.after)
        follow = re.compile("以上|左右|以内|以下").match(self.text, end)
        if follow:
            end_after = follow.end()
            kinds = {"以上": "at_least", "左右": "about"}
            measure.comparator = (
                kinds.get(follow[0], "at_most") if measure.comparator == "equal" else measure.comparator
            )
        measure.after = end_after
        measure.tail = (max(end_after, measure.tail[0]), max(end_after, measure.tail[1]))
        return Numeral(
            numeral.start, numeral.end, end, numeral.value, numeral.value_max, unit, numeral.form, numeral.bound
        )

    def _role(self, measure: Measure) -> tuple[str, str]:
        """Return the role of a measure, and a flag where no rule places it."""
        numeral = measure.numeral
        if numeral.value is None:
            return "reference", "unread"
        if measure.inside.startswith("《") or (
            measure.inside and measure.inside[-1] in "“《" and numeral.form != "slogan"
        ):
            return "reference", ""
        if (
            numeral.unit in _SINGLE
            or self.text[numeral.unit_end : numeral.unit_end + 1] == "级"
            or self._is_baseline(measure)
        ):
            return "reference", ""
        if not numeral.unit:
            return ("target" if self._is_ratio(measure) else "reference"), ""
        if self.text[numeral.start - 1 : numeral.start] == "第" and measure.comparator != "top":
            return "reference", ""
        if numeral.unit in self.deadline and self.text[measure.after : measure.after + 1] in {"内", "前"}:
            return "reference", ""
        if numeral.unit in self.time:
            return self._time_role(measure), ""
        if numeral.unit in self.money or "元/" in numeral.unit or numeral.unit in {"%", "倍"}:
            if numeral.unit == "元" and self._is_budget(measure):
                return "budget", ""
            paid = self._paid(measure)
            if paid:
                return paid, ""
        elif self._qualifies_for_pay(measure):
            return "condition", ""
        if self._is_condition(measure):
            return "condition", ""
        return self._is_target(measure)

    def _words(self, span: tuple[int, int]) -> str:
        return self.text[span[0] : span[1]]

    def _time_role(self, measure: Measure) -> str:
        """Ages and terms qualify what they stand before (20年以上住宅, 0-3岁); dates are references."""
        follows = self.text[measure.after : measure.after + 2]
        dated = re.match(r"[月日]", measure.numeral.unit) or re.match(r"[前底末初内来]|之前|以来|期间", follows)
        attributive = (
            measure.comparator != "equal" or measure.numeral.unit in {"岁", "周岁"} or follows[:1] in {"期", "的"}
        )
        return "condition" if attributive and not dated else "reference"

    def _is_baseline(self, measure: Measure) -> bool:
        """由X提高到Y, 在X基础上, 2024年达X: X is where one comes from."""
        numeral, (start, end) = measure.numeral, measure.phrase
        rest = self.text[measure.after : min(end, measure.after + 60)]
        if self.cues.ground.search(rest) and not re.search(r"[0-9]", rest[: self.cues.ground.search(rest).start()]):  # type: ignore[union-attr]
            return True
        before = self.text[start : numeral.start]
        changed = re.match(
            r"[^,。、]{0,6}?(?:提高|提升|增加|增长|扩大|上升|下降|降低|减少|压缩|压减|缩短|缩减|调整|扩容|降|升|增|减)(?:到|至|为)",
            rest,
        )
        if changed and re.search(r"[由从自][^,。]{0,12}$", before):
            return True
        return self._is_past(measure)

    def _is_past(self, measure: Measure) -> bool:
        """2024年实现X, 过去五年X: what was reached, unless a later year follows or it is only compared with."""
        start, numeral = self.span[0], measure.numeral
        if numeral.unit == "倍" or not self.year:
            return False
        for year in reversed([n for n in self.numerals if n.form == "year" and start <= n.start < numeral.start]):
            if self.text[year.start - 1 : year.start] in {"(", "[", "“", "《"}:
                continue
            named = self.text[year.end : year.end + 2] == "年的" and not re.match(
                "年的[一-龥]{0,6}[0-9.]+(?![0-9.倍])", self.text[year.end : year.end + 20]
            )
            compared = named or re.search(r"[比较在由从]$", self.text[start : year.start])
            if (year.value or 0) >= self.year:
                return False
            if not compared:
                return True
        before = self.text[start : numeral.start]
        past = [
            found
            for found in self.cues.past.finditer(before)
            if before[found.start() - 1 : found.start()] not in {"比", "较", "同", "在"}
            and before[found.end() : found.end() + 1] != "的"
        ]
        return bool(past)

    def _is_budget(self, measure: Measure) -> bool:
        """Money that the district's own budget allots, or a part of such an allotment."""
        (start, _), numeral = measure.phrase, measure.numeral
        before = self.text[start : numeral.start]
        after = self._words(measure.tail)[:24]
        if re.match(r"(?:以上|以下|以内)?的", self.text[measure.after : measure.after + 3]) or self.cues.foreign.search(
            before
        ):
            return False
        levels = [
            _LEVELS[level]
            for level in re.findall("(中央|国家|省|市|区|县|镇|街道)(?:本?级)?(?:财政|预算|统筹)", before)
        ]
        if levels and max(levels) > self.own_level:
            return False
        sentence = self.text[self.span[0] : numeral.start]
        earlier = [
            m for m in self.found if m.numeral.start < numeral.start and self.roles.get(m.numeral.start) == "budget"
        ]
        own = bool(self.cues.budget.search(before)) and bool(self.cues.allot.search(before))
        funded = re.search(r"(?:安排|统筹|设立|列支|整合|预算|另列)[^,]{0,30}$", before) and (
            self.cues.funds_end.search(before) or re.match(r"[^,、]{0,16}?(?:资金|经费|专项|预算|奖补)", after)
        )
        supported = re.search(r"(?:支持|用于|安排|保障).{2,30}(?:资金|经费)$", before) and not self.cues.pay.search(
            before
        )
        strong = re.search("给予|最高|每|一次性|不超过", before)
        listed = bool(earlier) and not strong and (
            bool(self.cues.parts.search(self.text[earlier[0].after : numeral.start]))
            or bool(re.search(r"(?:资金|经费|专项)$", before)) or measure.bare
        )  # fmt: skip
        spoken = (
            not own
            and self.cues.budget.search(sentence)
            and self.cues.allot.search(sentence)
            and self.cues.funds_end.search(before)
        )
        if self.cues.foreign.search(after[:12]) or not (own or funded or supported or listed or spoken):
            return False
        part = listed or (bool(self.cues.parts.search(sentence)) and not own)
        whole = (own or funded or spoken) and not part and not self.allotted and self.clause == 0
        general = self.cues.general.search(before)
        if self.section == 0 and self.clause == 0 and whole:
            self.scopes[numeral.start] = "document"
        elif self.section and whole and general:
            self.scopes[numeral.start], self.allotted = "section", True
        else:
            self.scopes[numeral.start] = "earmark"
        return True

    def _paid(self, measure: Measure) -> str:
        """Tell an incentive (给予…50万元, 按…10%) and its conditions (对投资500万元以上的); "" for neither."""
        (start, end), numeral = measure.phrase, measure.numeral
        if self._qualifies_for_pay(measure):
            return "condition"
        phrase = self.text[start:end]
        pay_here = [m.start() + start for m in self.cues.pay.finditer(phrase)]
        pay_before = self.cues.pay.search(self.text, self.span[0], start)
        capped = self.cues.cap.search(self.text[start : numeral.start]) or self.cues.rate.search(
            self.text[start : numeral.start]
        )
        governed = re.search(
            r"(?:达|达到|增长|下降|提高|新增|突破|完成|实现|减负|提高到|扩大)(?:到|至)?[^,]{0,4}$",
            self.text[start : measure.before],
        )
        if pay_here and not governed:
            return "incentive"
        listed = not self.cues.verb.search(self.text[start : numeral.start]) or measure.bare
        if pay_before and (capped or listed) and not governed:
            return "incentive"
        return (
            "incentive"
            if capped and re.search("每|单", capped[0]) and numeral.unit.startswith("元") and not governed
            else ""
        )

    def _qualifies_for_pay(self, measure: Measure) -> bool:
        """对新增就业50人以上的企业,给予…: the number says who is paid."""
        (start, end), numeral = measure.phrase, measure.numeral
        pay = self.cues.pay.search(self.text, numeral.unit_end, self.span[1])
        follows = self.text[measure.after : measure.after + 4]
        if not pay or re.match("的?(?:标准|比例|额度|幅度)", follows):
            return False
        if measure.after == numeral.unit_end and self.cues.pay.search(self.text, start, numeral.start):
            return False  # 给予50%的补助, 奖励30万元
        stretch = self.text[measure.after : min(end, pay.start())]
        opened = re.search(
            r"(?:^|[,、])(?:对|凡|经|首次|当年|年度|若|如|新获|获得|符合|属于|每)[^,]*$",
            self.text[start : numeral.start],
        )
        return (
            "的" in stretch
            or bool(opened and pay.start() >= end)
            or bool(re.match("的", self.text[measure.after : measure.after + 1]))
        )

    def _is_condition(self, measure: Measure) -> bool:
        """年产值超5亿元的…, 1亿美元以上外资大项目1个: the number qualifies a thing, it is not reached."""
        follows = self.text[measure.after : measure.after + 1]
        lead = indicators.clean(self._words(measure.lead), self.extra)
        counted = measure.numeral.unit not in self.money and measure.numeral.unit != "%"
        if follows == "的":
            return not (counted and self.cues.verb.fullmatch(lead))
        level = measure.comparator in {"at_least", "at_most", "less_than"} and (not counted)
        if (
            level
            and self.cues.whom.match(self.text[self.span[0] : measure.phrase[0]].lstrip())
            and not self.cues.verb.match(lead)
        ):
            return True
        later = [
            m
            for m in measure.siblings
            if m.numeral.start > measure.numeral.start and m.lead[0] <= measure.numeral.start
        ]
        return (
            bool(later)
            and (measure.comparator != "equal" or not counted)
            and bool(self._words((measure.after, later[0].before)).strip())
        )

    def _is_target(self, measure: Measure) -> tuple[str, str]:
        """What the district commits to reach: a number that closes its item, or one that a verb governs."""
        lead = self.text[measure.phrase[0] : measure.before]
        tail = self._words(measure.tail)
        opening = indicators.clean(lead, self.extra)
        governed = self.cues.verb.search(lead)
        if measure.comparator == "top":
            return "target", ""
        if measure.inside and not governed:
            return "reference", "unplaced"
        if measure.numeral.unit in self.money and self.cues.put.search(lead + tail[:6]):
            return "reference", ""
        named = self.cues.existing.search(lead.rstrip("“"))
        if named and not (governed and re.search("[^、和]等$", lead)):
            return "reference", ""
        counted = measure.numeral.form == "chinese"
        share = measure.numeral.unit == "%" and len(opening) > 1
        if re.match(r"[一-龥“A-Za-z0-9]", tail) and not share:  # N个X: a verb has to govern it
            if self.cues.opening.match(opening) or (counted and tail[0] == "“"):
                return "reference", ""
            if not governed and not self._carried(measure):
                return "reference", "unplaced"
        elif self.cues.opening.match(opening) and not governed:
            return "reference", ""
        return ("reference", "unplaced") if counted and not governed and not opening else ("target", "")

    def _is_ratio(self, measure: Measure) -> bool:
        """城乡居民收入比缩小到1.72以内: a level without a unit."""
        lead = self.text[measure.phrase[0] : measure.numeral.start]
        follows = self.text[measure.after : measure.after + 1]
        return bool(
            re.search(
                r"(?:比|指数|系数|评分|得分|强度)(?:力争)?(?:达到?|缩小|控制|降|提高|提升|保持)?[到至在为]?[^,、0-9]{0,4}$",
                lead,
            )
        ) and not re.match("[一-龥A-Za-z-]", follows)

    def _carried(self, measure: Measure) -> bool:
        """Tell whether an earlier number of the sentence has the verb for this one: 举办3场…,2场…."""
        earlier = [m for m in self.found if m.numeral.start < measure.numeral.start]
        lead = indicators.clean(self._words(measure.lead), self.extra)
        return not lead and any(self.roles.get(m.numeral.start) == "target" for m in earlier)

    def _year(self, measure: Measure) -> int | None:
        """Return the year that the number is for: the last one named before it in its sentence, else the document's."""
        before = [n for n in self.numerals if n.form == "year" and n.start < measure.numeral.start and n.value]
        outside = [n for n in before if self.text[n.start - 1 : n.start] not in {"(", "[", "《", "“"}]
        years = [int(n.value_max or n.value) for n in outside if n.value and (not self.year or n.value >= self.year)]
        return years[-1] if years else self.year


def target_table(quantities: pd.DataFrame) -> pd.DataFrame:
    """Return the table `targets`: the rows of ``quantities`` with that role, each with an id such as longwan-011-03."""
    rows = quantities[quantities["role"] == "target"].to_dict("records")
    counts: dict[tuple[Any, ...], int] = {}
    for row in rows:
        place = (row["doc"], row["clause"]) if row["clause"] else (row["doc"], 0, row["section"])
        counts[place] = counts.get(place, 0) + 1
        name = f"{row['clause']:03}" if row["clause"] else f"s{row['section']:02}"
        row["target"] = f"{row['doc']}-{name}-{counts[place]:02}"
    return schema.frame("targets", rows)


def budget_table(quantities: pd.DataFrame, sections: pd.DataFrame) -> pd.DataFrame:
    """Return the table `budgets`; ``sections`` names what a section's whole allotment is for."""
    headings = dict(zip(sections["section"], sections["heading"], strict=True))
    rows = []
    for row in quantities[quantities["role"] == "budget"].to_dict("records"):
        item = headings.get(row["section"], "") if row["scope"] == "section" else row["indicator"]
        rows.append(row | {"item": item or row["indicator"], "amount_yuan": row["value"]})
    return schema.frame("budgets", rows)
