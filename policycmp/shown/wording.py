"""The words that people read, and sentences whose numbers are computed."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass

LABELS = {
    "pair": ("成对", "pairs"), "fact": ("项目", "fact"), "document": ("文件", "document"),
    "kind": ("种类", "kind"), "line": ("行", "line"), "notice": ("提示", "notice"),
    "section": ("部分", "section"), "lead": ("牵头", "lead"), "clauses": ("条数", "clauses"),
    "clause": ("条款", "clause"), "title": ("条名", "title"), "relation": ("关系", "relation"),
    "similarity": ("相似度", "similarity"), "shared": ("共同用词", "shared terms"), "term": ("词", "term"),
    "part": ("所在", "where"), "contribution": ("贡献", "contribution"), "indicator": ("指标", "indicator"),
    "quote": ("原文", "quote"), "ratio": ("左÷右", "left ÷ right"), "reason": ("为什么不并列", "why no pair"),
    "value": ("数值", "value"), "commitment": ("语气", "wording"), "share": ("占比", "share"),
    "note": ("说明", "note"), "comparable": ("可直接相比", "comparable"), "item": ("用途", "item"),
    "amount": ("金额", "amount"), "scope": ("范围", "scope"), "sum": ("各部分之和", "sum of sections"),
    "stated": ("文中总额", "stated total"), "difference": ("相差", "difference"), "body": ("单位", "body"),
    "role": ("类别", "role"), "margin": ("领先", "margin"), "shared_share": ("共同用字", "shared wording"),
    "measure": ("措施", "measure"), "target": ("目标", "target"), "budget": ("预算", "budget"),
    "change": ("变化", "change"),
}  # fmt: skip

VALUES = {
    "issued": ("已印发", "issued"), "draft": ("草案", "draft"), "same": ("相同", "same"),
    "partial": ("部分重合", "partial"), "left_only": ("只在左", "left only"),
    "right_only": ("只在右", "right only"), "firm": ("确定", "firm"), "aspirational": ("力争", "aspirational"),
    "section": ("整个部分", "whole section"), "earmark": ("专项", "earmark"),
    "document": ("全文总额", "whole document"), "target": ("目标", "target"),
    "budget": ("本级财政", "own budget"), "incentive": ("奖补标准", "incentive"),
    "condition": ("条件", "condition"), "reference": ("其他", "other"), "unit": ("单位不同", "other unit"),
    "new/total": ("一方为新增或增幅，一方为总量", "new or growth, not total"),
    "scope": ("所指范围不同", "other scope"), "wording": ("指标不够相近", "wording too far apart"),
    "yes": ("是", "yes"), "no": ("否", "no"), "lead_in": ("导语", "lead-in"),
    "outside": ("部分之外", "outside sections"), "unread": ("没有读出", "not read"),
    "colon": ("：", ": "),
    "kept": ("沿用", "kept"), "changed": ("调整", "changed"), "new": ("新增", "new"), "gone": ("未列入", "left out"),
    "raised": ("提高", "raised"), "lowered": ("降低", "lowered"),
}  # fmt: skip


def label(name: str, lang: str = "zh", table: dict[str, tuple[str, str]] = LABELS) -> str:
    """Return the word for ``name`` in ``lang``; a name that the table lacks stays as it is."""
    return table[name][0 if lang == "zh" else 1] if name in table else name


class Prose(str):
    """Sentences whose numbers were computed: Markdown in a notebook, plain text elsewhere."""

    def __repr__(self) -> str:
        return re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", self)

    def _repr_markdown_(self) -> str:
        return str(self)


def safe(text: object) -> str:
    """Return ``text`` from a document so that Markdown takes no character of it for a sign."""
    return re.sub(r"([\\`*_\[\]<>|#~$&])", r"\\\1", " ".join(str(text).split()))


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("policycmp.shown").joinpath("sentences.toml").read_text(encoding="utf-8"))


def said(key: str, lang: str, **values: Any) -> Prose:
    """Return the sentence ``key`` of ``sentences.toml`` with its values."""
    return Prose(_sentences()[key][lang].format(**values))
