"""The responsible bodies of two districts, brought to one list of functions: 区交通局 and 区交通运输局 are both 交通.

The rules are word lists (``policycmp/words/bodies.toml``) that a user's ``lexicon.toml`` may extend.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp.keeping import once
from policycmp.schema import SIDES, Record
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold

if TYPE_CHECKING:
    import pandas as pd

    from policycmp.comparison import Comparison

_BRACKET = re.compile(r"[〈<(].*?[〉>)]")


class _Rules(NamedTuple):
    exact: dict[str, str]
    words: dict[str, re.Pattern[str]]
    place: re.Pattern[str]
    enterprise: re.Pattern[str]
    other: str


def function_of(body: str, alias: str = "", lexicon: Lexicon | None = None) -> str:
    """Return the function of a body, by its alias if that has one; 其他 for enterprises and what no rule knows."""
    rules = _rules(lexicon or Lexicon.load())
    found = (_named(_BRACKET.sub("", fold(name)).strip(), rules) for name in (alias, body) if name)
    return next(filter(None, found), rules.other)


def functions(responsibilities: pd.DataFrame, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Return the table `responsibilities` with the column ``function``.

    Parameters
    ----------
    responsibilities : DataFrame
        The table of the data dictionary.
    lexicon : Lexicon, optional
        The word lists (``policy.lexicon``); by default the shipped ones.
    """
    pairs = zip(responsibilities["body"], responsibilities["alias"], strict=True)
    return responsibilities.assign(function=[function_of(body, alias, lexicon) for body, alias in pairs])


def by_function(comparison: Comparison) -> pd.DataFrame:
    """Return who leads and who takes part in what, on both sides.

    Returns
    -------
    DataFrame
        One row per function and section, the functions of most clauses first. ``section`` is the left one; a right
        section that answers no left one is missing (``<NA>``). Per side: ``lead`` (the function leads the section or
        one of its clauses), ``takes_part`` (the clauses for which it is responsible, as lead or beside others), and
        ``bodies``, joined by 、.
    """
    import pandas as pd

    rows: dict[tuple[str, int], Record] = {}
    for side in SIDES:
        groups: dict[tuple[str, int], list[Record]] = {}
        for line in placed(comparison, side):
            groups.setdefault((line["function"], int(line["section"])), []).append(line)
        for key, group in groups.items():
            rows.setdefault(key, {}).update(_side(side, group))
    blank = {f"{side}_{name}": value for side in SIDES for name, value in _BLANK.items()}
    found = [{"function": function, "section": section, **blank, **row} for (function, section), row in rows.items()]
    rows_in_order = _sorted(found, _rules(comparison.left.policy.lexicon))
    table = pd.DataFrame(rows_in_order, columns=["function", "section", *blank])
    kinds = {"section": "Int64"} | {f"{side}_takes_part": "Int64" for side in SIDES}
    table = table.astype(kinds | {f"{side}_lead": "bool" for side in SIDES})
    return table.assign(section=table["section"].mask(table["section"] < 0))


def placed(comparison: Comparison, side: str) -> list[Record]:
    """Return the rows of `responsibilities` of a side with the function and the section of the left document.

    ``own`` is the section of its own document; ``section`` is -1 where that answers none of the left.
    """
    found, lexicon = [], comparison.left.policy.lexicon
    rows = comparison[side].rows["responsibilities"]
    for row, section in zip(rows, comparison.on_the_left(side, [row["section"] for row in rows]), strict=True):
        function = function_of(row["body"], row["alias"], lexicon)
        found.append(row | {"function": function, "own": row["section"], "section": section})
    return found


_BLANK: Record = {"lead": False, "takes_part": 0, "bodies": ""}


def _side(side: str, group: list[Record]) -> Record:
    """Sum up what the bodies of one function do in one section."""
    return {
        f"{side}_lead": any(line["role"] == "lead" for line in group),
        f"{side}_takes_part": len({line["clause"] for line in group if line["clause"] > 0}),
        f"{side}_bodies": "、".join(dict.fromkeys(line["body"] for line in group)),
    }


def _sorted(rows: list[Record], rules: _Rules) -> list[Record]:
    """Sort by function, that of most clauses first and 其他 last, and within it by section, those without one last."""
    weight: dict[str, int] = {}
    for row in rows:
        weight[row["function"]] = weight.get(row["function"], 0) + row["left_takes_part"] + row["right_takes_part"]

    def key(row: Record) -> tuple[Any, ...]:
        name, section = row["function"], row["section"]
        return name == rules.other, -weight[name], name, section < 0, section

    return sorted(rows, key=key)


def _named(name: str, rules: _Rules) -> str:
    """Return the function that `name` has by the rules, or ""."""
    if name in rules.exact:
        return rules.exact[name]
    hits = [
        (bool(rules.place.search(name[: hit.start()])), hit.start(), len(hit[0]), function)
        for function, pattern in rules.words.items()
        for hit in pattern.finditer(name)
        if not rules.enterprise.search(name) or rules.enterprise.search(hit[0])
    ]
    placed = [hit for hit in hits if hit[0]]
    if placed:
        return max(placed, key=lambda hit: hit[1:3])[3]
    return min(hits, key=lambda hit: (hit[1], -hit[2]))[3] if hits else ""


@once
def _rules(lexicon: Lexicon) -> _Rules:
    patterns = {function: re.compile("|".join(found)) for function, found in lexicon["body_functions"].items()}
    place = re.compile(f"(?:^|{'|'.join(map(re.escape, lexicon['body_places']))})$")
    enterprise = re.compile(f"(?:{'|'.join(map(re.escape, lexicon['body_enterprises']))})$")
    return _Rules(lexicon["body_exact"], patterns, place, enterprise, lexicon["body_other"])
