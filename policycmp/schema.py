"""The tables of the data dictionary: column, kind, allowed values, and the Chinese and English label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp.errors import PolicyError, choices

if TYPE_CHECKING:
    import pandas as pd

DTYPES = {"text": "str", "integer": "Int64", "number": "float64", "flag": "bool"}

STATUSES = ("issued", "draft")
BODY_ROLES = ("lead", "responsible")
ROLES = ("target", "budget", "incentive", "condition", "reference")
COMPARATORS = ("at_least", "at_most", "less_than", "equal", "about", "range", "top")
COMMITMENTS = ("firm", "aspirational")
SCOPES = ("section", "earmark", "document")
RELATIONS = ("same", "partial", "left_only", "right_only")
ORIGINS = ("computed", "override")


class Column(NamedTuple):
    """One column: its name, its kind (a key of `DTYPES`), its labels and, if fixed, its values."""

    name: str
    kind: str
    zh: str
    en: str
    values: tuple[str, ...] = ()


def _columns(text: str, **values: tuple[str, ...]) -> tuple[Column, ...]:
    """Read the columns of a table from lines of ``name kind zh en``."""
    rows = [line.split(maxsplit=3) for line in text.splitlines() if line.strip()]
    return tuple(Column(name, kind, zh, en, values.get(name, ())) for name, kind, zh, en in rows)


_PLACE = """
doc      text     文件   document
section  integer  部分   section
clause   integer  条     clause
"""
_SPAN = """
start    integer  起点   start
end      integer  终点   end
"""
_MEASURE = """
indicator     text     指标     indicator
comparator    text     比较     comparator
value         number   数值     value
value_max     number   数值上限 upper value
unit          text     单位     unit
as_written    text     原文数字 as written
number_start  integer  数字位置 number start
year          integer  年份     year
commitment    text     承诺     commitment
quote         text     原文     quote
"""
_MARKS = """
label         text     短名     label
flag          text     标记     flag
origin        text     来源     origin
"""

TABLES: Mapping[str, tuple[Column, ...]] = {
    "documents": _columns(
        """
        doc         text    文件     document
        district    text    地区     district
        title       text    标题     title
        issuer      text    发文机关 issuer
        doc_number  text    文号     document number
        status      text    状态     status
        issued_on   text    成文日期 issued on
        year        integer 年度     year
        source_file text    源文件   source file
        sha256      text    校验和   SHA-256
        encoding    text    编码     encoding
        characters  integer 字数     characters
        copies      integer 份数     copies
        sections    integer 部分数   sections
        clauses     integer 条数     clauses
        """,
        status=STATUSES,
    ),
    "sections": _columns(
        """
        doc     text    文件     document
        section integer 部分     section
        heading text    标题     heading
        lead    text    牵头单位 lead agency
        text    text    正文     text
        """
        + _SPAN
    ),
    "clauses": _columns(
        _PLACE
        + """
        title  text 条名     title
        text   text 正文     text
        bodies text 责任单位 responsible bodies
        """
        + _SPAN
    ),
    "responsibilities": _columns(
        _PLACE
        + """
        position integer 序位 position
        body     text    单位 body
        alias    text    别称 alias
        role     text    职责 role
        """,
        role=BODY_ROLES,
    ),
    "quantities": _columns(
        _PLACE + "role text 类别 role" + _MEASURE + _SPAN + _MARKS + "scope text 范围 scope",
        role=ROLES, scope=(*SCOPES, ""), comparator=COMPARATORS, commitment=(*COMMITMENTS, ""), origin=ORIGINS,
    ),
    "targets": _columns(
        _PLACE + "target text 编号 target" + _MEASURE + _SPAN + _MARKS,
        comparator=COMPARATORS, commitment=COMMITMENTS, origin=ORIGINS,
    ),
    "budgets": _columns(
        _PLACE
        + """
        item        text    用途 item
        amount_yuan number  金额 amount
        scope       text    范围 scope
        year        integer 年份 year
        quote       text    原文 quote
        """
        + _SPAN,
        scope=SCOPES,
    ),
    "alignment": _columns(
        """
        left_section  integer 左部分   left section
        left_clause   integer 左条     left clause
        left_title    text    左条名   left title
        right_section integer 右部分   right section
        right_clause  integer 右条     right clause
        right_title   text    右条名   right title
        relation      text    关系     relation
        similarity    number  相似度   similarity
        margin        number  领先     margin
        shared_terms  text    共同用词 shared terms
        origin        text    来源     origin
        """,
        relation=RELATIONS, origin=ORIGINS,
    ),
    "target_pairs": _columns(
        """
        section          integer 部分     section
        left_target      text    左编号   left target
        left_clause      integer 左条     left clause
        left_indicator   text    左指标   left indicator
        left_comparator  text    左比较   left comparator
        left_value       number  左数值   left value
        left_value_max   number  左上限   left upper value
        right_target     text    右编号   right target
        right_clause     integer 右条     right clause
        right_indicator  text    右指标   right indicator
        right_comparator text    右比较   right comparator
        right_value      number  右数值   right value
        right_value_max  number  右上限   right upper value
        unit             text    单位     unit
        ratio            number  左/右    ratio
        similarity       number  相似度   similarity
        origin           text    来源     origin
        """,
        left_comparator=COMPARATORS, right_comparator=COMPARATORS, origin=ORIGINS,
    ),
    "budget_pairs": _columns(
        """
        section           integer 部分     section
        heading           text    标题     heading
        left_amount_yuan  number  左金额   left amount
        left_scope        text    左范围   left scope
        right_amount_yuan number  右金额   right amount
        right_scope       text    右范围   right scope
        left_share        number  左占比   left share
        right_share       number  右占比   right share
        comparable        flag    可比     comparable
        note              text    说明     note
        """
    ),
}  # fmt: skip
SOURCE_TABLES = ("documents", "sections", "clauses", "responsibilities", "quantities", "targets", "budgets")
PAIR_TABLES = ("alignment", "target_pairs", "budget_pairs")


def columns(table: str) -> list[str]:
    """Return the column names of ``table`` in their order; an unknown table raises `PolicyError`."""
    if table not in TABLES:
        raise PolicyError(f"table {table}", "no such table", choices(TABLES))
    return [column.name for column in TABLES[table]]


def labels(table: str, lang: str = "zh") -> dict[str, str]:
    """Return a mapping from column name to its label in ``lang`` (zh or en)."""
    return {column.name: column.zh if lang == "zh" else column.en for column in TABLES[table]}


def frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return ``rows`` as a DataFrame with the columns and dtypes of ``table``.

    Missing text is the empty string, a missing integer ``<NA>``, a missing number ``NaN``; a key that
    is no column is left out.
    """
    import pandas as pd

    rows = list(rows)
    blank = {"text": "", "integer": None, "number": None, "flag": False}
    data = {}
    for column in TABLES[table]:
        cells = [row.get(column.name) for row in rows]
        cells = [blank[column.kind] if cell is None else cell for cell in cells]
        data[column.name] = pd.Series(cells, dtype=DTYPES[column.kind])
    return pd.DataFrame(data)


def check(table: str, data: pd.DataFrame) -> pd.DataFrame:
    """Return ``data`` if it keeps the contract of ``table``, else raise `PolicyError` naming the column."""
    for name in columns(table):
        if name not in data.columns:
            raise PolicyError(f"table {table}", f"column {name} is missing", "see the data dictionary")
    for column in TABLES[table]:
        if column.values:
            wrong = set(data[column.name]) - set(column.values)
            if wrong:
                got = ", ".join(sorted(map(str, wrong)))
                raise PolicyError(f"table {table}", f"{column.name} is {got}", choices(column.values))
    return data
