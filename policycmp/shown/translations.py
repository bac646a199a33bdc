"""What titles, headings, indicators, bodies and terms are in English, from `translations_en.csv` in the data folder.

The file has the columns kind, zh and en. The kinds: the title of a document, section (its heading), clause (its title),
indicator, body (who is responsible), term (a word that texts share or prefer); a budget item is an indicator, or the
heading that it repeats. The shipped entries hold for every data folder; a file in another one adds to them and wins.
What none has, or has with an empty `en`, is called as in the list of indicators (words/indicators.toml) where it has a
code; what is in neither stays Chinese, and so do texts and quotes. Titles of clauses stay in the tables of a document,
because they are found in its text by them: who shows them asks `speaker`, or `translate_table` for a whole table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import pairing
from policycmp.comparison import Comparison
from policycmp.corrections import decisions
from policycmp.keeping import once
from policycmp.locations import shipped
from policycmp.shown import naming
from policycmp.text import codes
from policycmp.text.normalize import squeeze

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables
    from policycmp.many import Matrix

KINDS = ("document", "section", "clause", "indicator", "body", "term")
_COLUMNS = {  # columns of tables: the kinds of what stands in them
    "heading": ("section",), "title": ("clause", "document"), "body": ("body",), "alias": ("body",),
    "issuer": ("body",), "term": ("term",),
}  # fmt: skip
_LISTS = {"lead": "body", "bodies": "body", "shared_terms": "term"}  # the same of columns that hold several, with 、

_CHINESE = re.compile(r"[\u4e00-\u9fff]")  # what was translated before has none and stays

Words = Mapping[str, Mapping[str, str]]  # kind: Chinese without spaces and of one width: English


def translated(comparison: Comparison) -> Comparison:
    """Return ``comparison`` with its headings, indicators, budget items and notes in its language.

    It is itself in Chinese, unless two documents of one district have to be told apart in the notes.

    Raises
    ------
    PolicyError
        If a file of translations is at fault.
    """
    if comparison.lang != "zh":
        return _in_english(comparison)
    alike = comparison.left.named("zh") == comparison.right.named("zh")
    return _told_apart(comparison) if alike else comparison


@once
def _told_apart(comparison: Comparison) -> Comparison:
    return replace(comparison, budget_pairs=_noted(comparison, comparison.budget_pairs))


def _noted(comparison: Comparison, budget_pairs: pd.DataFrame) -> pd.DataFrame:
    sides, called = comparison.sides.values(), naming.names(comparison)
    return pairing.noted(budget_pairs, *sides, lang=comparison.lang, names=called)


@once
def _in_english(comparison: Comparison) -> Comparison:
    sides, words = comparison.sides.values(), english(comparison.left.policy.folder)
    left, right = (translate_tables(side, comparison.lang) for side in sides)
    known = listed(left) | listed(right)
    budget_pairs = _said(comparison.budget_pairs, "heading", words["section"])
    return replace(
        comparison,
        left=left,
        right=right,
        target_pairs=_indicators(comparison.target_pairs, words, known),
        target_candidates=_indicators(comparison.target_candidates, words, known),
        budget_pairs=_noted(comparison, budget_pairs),
    )


def translate_tables(side: Tables, lang: str) -> Tables:
    """Return the tables of one document with headings, bodies, indicators of targets and budget items in ``lang``."""
    if lang == "zh":
        return side
    words = english(side.policy.folder)
    return side.having(
        sections=_listed(_said(side.sections, "heading", words["section"]), "lead", words["body"]),
        clauses=_listed(side.clauses, "bodies", words["body"]),
        targets=_indicators(side.targets, words, listed(side)),
        budgets=_said(side.budgets, "item", {**words["section"], **words["indicator"]}),
    )


def translate_matrix(matrix: Matrix) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the targets and the budgets of a matrix with their indicators and headings in its language."""
    folder = matrix.documents[0].policy.folder
    targets, budgets = (translate_table(table, folder, matrix.lang) for table in (matrix.targets, matrix.budgets))
    return targets, budgets


def translate_table(table: pd.DataFrame, folder: Path, lang: str) -> pd.DataFrame:
    """Return a table with its headings, titles, indicators, bodies and terms in ``lang``."""
    if lang == "zh":
        return table
    from pandas.api.types import is_string_dtype

    words = english(folder)
    for column in map(str, table.columns):
        name = column.removeprefix("left_").removeprefix("right_")
        if not is_string_dtype(table[column]):  # the column left_lead of functions says yes or no
            continue
        for kind in _COLUMNS.get(name, ()):
            table = _said(table, column, words[kind])
        if name in _LISTS:
            table = _listed(table, column, words[_LISTS[name]])
    return _indicators(table, words)


def speaker(folder: Path, lang: str) -> Callable[[str, str], str]:
    """Return a function that says a text of a kind, such as the title of a ``clause``, in ``lang`` if it can."""
    words = english(folder) if lang != "zh" else {}
    return lambda kind, text: words.get(kind, {}).get(squeeze(text)) or text


def english(folder: Path) -> Words:
    """Return the entries that hold for the data folder ``folder``.

    Raises
    ------
    PolicyError
        If a file is no CSV with the columns kind, zh and en, or a row has an unknown kind, no Chinese, or other English
        than a row above it; the message names the row.
    """
    found: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for where in dict.fromkeys((shipped("data").resolve(), folder.resolve())):
        file = where / "translations_en.csv"
        if file.exists():
            for (kind, zh), en in _entries(file, file.read_bytes()).items():
                found[kind][zh] = en
    return found


@lru_cache(maxsize=4)
def _entries(file: Path, raw: bytes) -> Mapping[tuple[str, str], str]:
    """Return the entries of a file that says ``raw``: English by kind and Chinese."""
    found: dict[tuple[str, str], str] = {}
    for row in decisions.parse(raw, file, "translations_en")[1]:
        kind, zh, en = row.one_of("kind", KINDS), squeeze(row.cells["zh"]), row.cells["en"]
        if not zh:
            raise row.fault("no_chinese")
        known = found.setdefault((kind, zh), en)
        if known != en:
            raise row.fault("other_english", zh=row.cells["zh"], english=known)
    return found


def _said(table: pd.DataFrame, column: str, words: Mapping[str, str]) -> pd.DataFrame:
    """Return ``table`` with what ``words`` know of a column in English."""
    import pandas as pd

    cells = [words.get(squeeze(cell)) or cell for cell in table[column]]
    return table.assign(**{column: pd.Series(cells, table.index, table[column].dtype)})


def _listed(table: pd.DataFrame, column: str, words: Mapping[str, str]) -> pd.DataFrame:
    """Return ``table`` with what ``words`` know of the lists in a column in English."""
    import pandas as pd

    split = (str(cell).split("、") for cell in table[column])
    cells = [", ".join(words.get(squeeze(one)) or one for one in names) for names in split]
    return table.assign(**{column: pd.Series(cells, table.index, table[column].dtype)})


def listed(side: Tables) -> dict[str, str]:
    """Return what the list of indicators calls the targets of a document in English, by their ids."""
    return {
        row["target"]: codes.english_name(row["indicator_code"], row["kind"], side.policy.lexicon)
        for row in side.rows["targets"]
        if row["indicator_code"]
    }


def _indicators(table: pd.DataFrame, words: Words, by_target: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return ``table`` with its indicators in English: as translated, else by ``by_target``, from a target's id."""
    import pandas as pd

    for prefix in ("", "left_", "right_"):
        column = f"{prefix}indicator"
        if column in table:
            known = _said(table, column, words["indicator"])
            if by_target:
                names = known[f"{prefix}target"].map(by_target)
                chinese = pd.Series([bool(_CHINESE.search(name)) for name in known[column]], known.index, dtype=bool)
                left = chinese & (known[column] == table[column])
                known[column] = known[column].mask(left & names.notna(), names)
            if "label" in table:  # the short name of what is translated is the whole of it
                known["label"] = table["label"].where(known[column] == table[column], known[column])
            table = known
    return table
