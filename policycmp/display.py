"""What notebooks and the report show: tables and sentences for people, in which every number has its clause."""

from __future__ import annotations

import html
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp import style

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison
    from policycmp.tables import Tables

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


SHORT = 8  # characters: a cell as short as this stays on one line


class Ref(str):
    """The name of a clause for people, and the place in a page that it points to."""

    anchor: str = ""


class Table:
    """A table for people: HTML in a notebook, lines of text elsewhere; no cell is ever cut.

    Parameters
    ----------
    columns : sequence of str
        The header.
    rows : iterable of sequence
        The cells; a number is aligned to the right, a `Ref` names a clause.
    """

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        self.columns = list(columns)
        self.rows = [list(row) for row in rows]

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return "\n".join(" | ".join(_plain(cell) for cell in row) for row in [self.columns, *self.rows])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col" style="text-align:left">{html.escape(name)}</th>' for name in self.columns)
        body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self.rows)
        body = body or f'<tr><td colspan="{len(self.columns)}">—</td></tr>'
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _plain(cell: Any) -> str:
    if isinstance(cell, float):
        return f"{cell:,.9g}" if cell == cell else ""
    return "" if cell is None else str(cell)


def _cell(cell: Any) -> str:
    text = _plain(cell)
    style = "text-align:right" if isinstance(cell, int | float) else "text-align:left"
    style += ";white-space:nowrap" if len(text) <= SHORT else ""
    link = f' data-ref="{html.escape(cell.anchor)}"' if isinstance(cell, Ref) and cell.anchor else ""
    return f'<td style="{style}"{link}>{html.escape(text)}</td>'


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of ``table`` as dicts."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def names(comparison: Comparison, lang: str = "zh") -> tuple[str, str]:
    """Return what the two documents are called, told apart where their districts have one name."""
    left, right = tell_apart((comparison.left, comparison.right), lang)
    return left, right


def tell_apart(sides: Sequence[Tables], lang: str = "zh") -> list[str]:
    """Return what documents are called: their districts; where these are the same with year or status, or numbered."""
    told, brackets = [side.named(lang) for side in sides], "（）" if lang == "zh" else (" (", ")")
    for fact in ("year", "status", ""):
        for name in [name for name, times in Counter(told).items() if times > 1]:
            places = [place for place, one in enumerate(told) if one == name]
            facts = [label(str(getattr(sides[place].policy, fact, "") or ""), lang, VALUES) for place in places]
            for number, (place, said) in enumerate(zip(places, facts, strict=True)):
                more = brackets[0] + said + brackets[1] if said and len(set(facts)) > 1 else ""
                told[place] += more if fact else chr(ord("①") + number)
    return told


def anchor(doc: str, section: int, clause: int) -> str:
    """Return the name of a clause's place in a page."""
    return f"{doc}-{section}-{clause}"


def refs(side: Tables, lang: str = "zh") -> Callable[[Any, Any], str]:
    """Return a function that names a clause of ``side``; with its section where clause numbers stand more than once."""
    repeated = not side.clauses["clause"].is_unique

    def name(section: Any, clause: Any) -> str:
        if clause is None or str(clause) in ("nan", "<NA>"):
            return ""
        section, clause = int(section), int(clause)
        text = f"第{clause}条" if lang == "zh" else f"cl. {clause}"
        if clause == 0:
            text = label("lead_in" if section else "outside", lang, VALUES)
        if (repeated or clause == 0) and section:
            text = f"第{style.chinese_number(section)}部分{text}" if lang == "zh" else f"section {section}, {text}"
        found = Ref(text)
        found.anchor = anchor(side.doc, section, clause)
        return found

    return name


def heading(section: Any, text: Any, lang: str = "zh") -> str:
    """Return a section's number and heading as printed: 一、强化科技创新."""
    return f"{style.chinese_number(int(section))}、{text}" if lang == "zh" else f"{int(section)} {text}"


class Span(NamedTuple):
    """A stretch of a text, from ``start`` to ``end``, and the tag that is to stand around it."""

    start: int
    end: int
    tag: str


def marked(text: str, start: int, end: int, *layers: Iterable[Span]) -> str:
    """Return a stretch of ``text`` as HTML with tags around the spans of each layer; the text itself is escaped.

    The spans of a layer are in order. One of a later layer is cut where one of an earlier layer begins or ends, so
    that tags nest; of two that overlap in one layer, the first has what both claim.
    """
    if not layers:
        return html.escape(text[start:end])
    own, *inner = layers
    parts, position = [], start
    for span in own:
        first, last = max(span.start, position), min(span.end, end)
        if first < last:
            tag = span.tag.split()[0]
            parts += [marked(text, position, first, *inner), f"<{span.tag}>", marked(text, first, last, *inner)]
            parts.append(f"</{tag}>")
            position = last
    return "".join([*parts, marked(text, position, end, *inner)])


def paragraphs(text: str, start: int, end: int) -> list[Span]:
    """Return the lines of a stretch of ``text`` that are not blank, as paragraphs."""
    return [Span(*found.span(), "p") for found in re.compile(r"[^\n]*[^\s][^\n]*").finditer(text, start, end)]


def indicator(pair: Mapping[str, Any]) -> str:
    """Return what a pair of targets counts, as the side that says it in fewer words puts it."""
    return min((pair["left_indicator"], pair["right_indicator"]), key=lambda text: (len(text), text))


def value(row: Mapping[str, Any], side: str, lang: str) -> str:
    """Return the value of a target, or of one ``side`` of a pair of them, with comparator and unit."""
    prefix = f"{side}_" if side else ""
    low, high, comparator = (row[f"{prefix}{name}"] for name in ("value", "value_max", "comparator"))
    return style.format_value(low, high, comparator, row["unit"], lang)


class Markup(str):
    """HTML that a notebook shows as it is; what came from a text is escaped in it."""

    def _repr_html_(self) -> str:
        return str(self)


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
    return tomllib.loads(files("policycmp").joinpath("sentences.toml").read_text(encoding="utf-8"))


def said(key: str, lang: str, **values: Any) -> Prose:
    """Return the sentence ``key`` of ``sentences.toml`` with its values."""
    return Prose(_sentences()[key][lang].format(**values))
