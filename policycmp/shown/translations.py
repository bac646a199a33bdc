"""What headings, indicators and budget items are in English, from `translations_en.csv` in the data folder.

The file has the columns kind (section or indicator), zh and en; a budget item is an indicator, or the heading that it
repeats. The shipped entries hold for every data folder; a file in another one adds to them and wins. What none has, or
has with an empty `en` is called as in the list of indicators (words/indicators.toml) where it has a code; what is in
neither stays Chinese, and so do texts, titles and quotes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import pairing, schema
from policycmp.comparison import Comparison, once
from policycmp.corrections import decisions
from policycmp.locations import shipped
from policycmp.text import codes
from policycmp.text.normalize import squeeze

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.document import Tables
    from policycmp.many import Matrix

KINDS = ("section", "indicator")

Words = Mapping[str, Mapping[str, str]]  # kind: Chinese without spaces and of one width: English


def translated(comparison: Comparison) -> Comparison:
    """Return ``comparison`` with its headings, indicators, budget items and notes in its language: itself in Chinese.

    Raises
    ------
    PolicyError
        If a file of translations is at fault.
    """
    return comparison if comparison.lang == "zh" else _in_english(comparison)


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
        budget_pairs=pairing.noted(budget_pairs, *sides, lang=comparison.lang),
    )


def translate_tables(side: Tables, lang: str) -> Tables:
    """Return the tables of one document with headings, indicators of targets and budget items in ``lang``."""
    if lang == "zh":
        return side
    words = english(side.policy.folder)
    return replace(
        side,
        sections=_said(side.sections, "heading", words["section"]),
        targets=_indicators(side.targets, words, listed(side)),
        budgets=_said(side.budgets, "item", {**words["section"], **words["indicator"]}),
    )


def translate_matrix(matrix: Matrix) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the targets and the budgets of a matrix with their indicators and headings in its language."""
    folder = matrix.documents[0].policy.folder
    targets, budgets = (translate_table(table, folder, matrix.lang) for table in (matrix.targets, matrix.budgets))
    return targets, budgets


def translate_table(table: pd.DataFrame, folder: Path, lang: str) -> pd.DataFrame:
    """Return a table with its headings and indicators in ``lang``."""
    if lang == "zh":
        return table
    words = english(folder)
    return _indicators(_said(table, "heading", words["section"]) if "heading" in table else table, words)


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
        here: dict[tuple[str, str], str] = {}
        for row in decisions.read_table(where, "translations_en"):
            kind, zh, en = row.one_of("kind", KINDS), squeeze(row.cells["zh"]), row.cells["en"]
            if not zh:
                raise row.fault("no_chinese")
            known = here.setdefault((kind, zh), en)
            if known != en:
                raise row.fault("other_english", zh=row.cells["zh"], english=known)
            found[kind][zh] = en
    return found


def _said(table: pd.DataFrame, column: str, words: Mapping[str, str]) -> pd.DataFrame:
    """Return ``table`` with what ``words`` know of a column in English."""
    import pandas as pd

    cells = [words.get(squeeze(cell)) or cell for cell in table[column]]
    return table.assign(**{column: pd.Series(cells, table.index, table[column].dtype)})


def listed(side: Tables) -> dict[str, str]:
    """Return what the list of indicators calls the targets of a document in English, by their ids."""
    return {
        row["target"]: codes.english_name(row["indicator_code"], row["kind"], side.policy.lexicon)
        for row in schema.records(side.targets)
        if row["indicator_code"]
    }


def _indicators(table: pd.DataFrame, words: Words, by_target: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return ``table`` with its indicators in English: as translated, else by ``by_target``, from a target's id."""
    for prefix in ("", "left_", "right_"):
        column = f"{prefix}indicator"
        if column in table:
            known = _said(table, column, words["indicator"])
            if by_target:
                names = known[f"{prefix}target"].map(by_target)
                known[column] = known[column].mask((known[column] == table[column]) & names.notna(), names)
            if "label" in table:  # the short name of what is translated is the whole of it
                known["label"] = table["label"].where(known[column] == table[column], known[column])
            table = known
    return table
