"""The 对比表: the clauses of two documents side by side in a Word file, what only one side says marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.asking import redline
from policycmp.document import Tables
from policycmp.export import word
from policycmp.export.word import Part
from policycmp.pairing import SectionPair
from policycmp.report import reader
from policycmp.schema import SIDES, records
from policycmp.shown import naming, sentences
from policycmp.shown.amounts import format_amount, to_float
from policycmp.shown.naming import names, refs
from policycmp.shown.translations import translated
from policycmp.wording import label, said

if TYPE_CHECKING:
    from policycmp.comparison import Comparison

Place = tuple[int, int]  # section and clause; clause 0 is the paragraph under the section's heading
Row = tuple[Place | None, Place | None]

_WIDTHS = (12, 90, 90, 69)  # millimetres, of the 261 between the margins
_NUMBER = re.compile(r"([0-9０-９]+(?:[.．][0-9０-９]+)?[万亿]*[%％]?)")


def write(comparison: Comparison, path: str | Path) -> Path:
    """Write the findings, and all clauses side by side, section by section."""
    lang = comparison.lang
    left, right = names(comparison)
    doc = _headed(comparison, said("title", lang, chapter="word", left=left, right=right))
    doc.add_paragraph(label("findings", lang, "word"), "Heading 1")
    for line in repr(sentences.findings(comparison)).splitlines():
        word.add_parts(doc.add_paragraph(), [Part(line)])
    doc.add_paragraph(label("table", lang, "word"), "Heading 1")
    _add_clauses(doc, comparison, rows(comparison))
    return word.save(doc, path)


def write_pair(comparison: Comparison, left: Place | None, right: Place | None, path: str | Path) -> Path:
    """Write two clauses, each given by its section and its number; None for the side that has no counterpart."""
    lang = comparison.lang
    clauses = [_clauses(side, lang)[place][0] for side, place in zip(_sides(comparison), (left, right), strict=True)]
    one, two = (f"{name} {clause}" for name, clause in zip(names(comparison), clauses, strict=True))
    doc = _headed(comparison, said("pair", lang, chapter="word", left=one, right=two))
    _add_clauses(doc, comparison, [(left, right)])
    return word.save(doc, path)


def differences(comparison: Comparison) -> Callable[[Place | None, Place | None], list[str]]:
    """Return a function that says, a line each, how two places are related and what their budgets and targets are.

    A target whose counterpart stands in another clause is set beside it, and that clause named.
    """
    lang = comparison.lang
    shown, named, say = translated(comparison), names(comparison), partial(said, lang=lang, chapter="word")
    relations = {(_place(row, "left"), _place(row, "right")): row["relation"] for row in records(comparison.alignment)}
    budgets = dict(zip(comparison.sections, records(shown.budget_pairs), strict=False))
    goals = [{row["target"]: row for row in records(side.targets)} for side in _sides(shown)]
    paired = [shown.target_pairs[f"{side}_target"].tolist() for side in SIDES]
    ref = [refs(side, lang) for side in _sides(comparison)]

    def beside(item: str, values: Sequence[str], note: str) -> str:
        texts = {"left": named[0], "left_value": values[0], "right": named[1], "right_value": values[1]}
        text = say("even" if values[0] == values[1] else "both", item=item, **texts)
        return text + said("bracketed", lang, chapter="names", text=note) if note else text

    def lines(left: Place | None, right: Place | None) -> list[str]:
        row, here, lead_in = (left, right), 0 if left else 1, (left or right or (0, 0))[1] == 0
        relation = say("alone", name=named[here]) if None in row else label(relations.get(row, ""), lang, "values")
        found = [label("lead_in", lang, "values") if lead_in else relation]
        money = budgets.get(SectionPair(left and left[0], right and right[0])) if lead_in else None
        if money and (money["left_scope"] or money["right_scope"]):
            amounts = [format_amount(money[f"{side}_amount_yuan"], lang) for side in SIDES]
            partly = "earmark" in (money["left_scope"], money["right_scope"])
            found.append(beside(say("budget"), amounts, money["note"] * partly))
        for pair, *ids in zip(records(shown.target_pairs), *paired, strict=True):
            places = [(own[key]["section"], own[key]["clause"]) for own, key in zip(goals, ids, strict=True)]
            if places[here] == row[here]:
                away = "" if places == [*row] else ref[1 - here](*places[1 - here])
                values = [naming.value(pair, side, lang) for side in SIDES]
                found.append(beside(naming.indicator(pair), values, away))
        for name, place, own, known in zip(named, row, goals, paired, strict=True):
            alone = [f"{goal['indicator']} {naming.value(goal, '', lang)}" for key, goal in own.items()
                     if key not in known and (goal["section"], goal["clause"]) == place]  # fmt: skip
            if alone:
                found.append(say("only", name=name, items=label("semicolon", lang, "names").join(alone)))
        return found

    return lines


def _sides(comparison: Comparison) -> tuple[Tables, Tables]:
    return comparison.left, comparison.right


def _place(row: Any, side: str) -> Place | None:
    """Return where one side of a row of the alignment stands."""
    clause = to_float(row[f"{side}_clause"])
    return (int(row[f"{side}_section"]), int(clause)) if clause == clause else None


def rows(comparison: Comparison) -> Iterator[str | Row]:
    """Yield the rows of the table: each section's headings, its lead-ins, and its clauses in the left text's order."""
    shown = translated(comparison)
    heads = [{row["section"]: row["heading"] for row in records(side.sections)} for side in _sides(shown)]
    for both, found in reader.sections(comparison):
        if any(both):
            titles = (naming.heading(n, head[n], comparison.lang) for n, head in zip(both, heads, strict=True) if n)
            yield " ／ ".join(dict.fromkeys(titles))
            yield (both[0], 0) if both[0] else None, (both[1], 0) if both[1] else None
        yield from ((_place(row, "left"), _place(row, "right")) for row in found)


def _headed(comparison: Comparison, title: str) -> Any:
    """Return a document whose footer names the sources."""
    named = zip(names(comparison), _sides(comparison), strict=True)
    sources = " ｜ ".join(f"{name}：{side.policy.source_file}" for name, side in named)
    return word.document(title, lang=comparison.lang, footer=sources)


def _clauses(side: Tables, lang: str) -> dict[Place | None, tuple[str, str, str]]:
    """Return of each clause and lead-in its name, its wording, and who answers for it or leads."""
    ref = refs(side, lang)
    found: dict[Place | None, tuple[str, str, str]] = {None: (label("none", lang, "word"), "", "")}
    for row in [*records(side.sections), *records(side.clauses)]:
        clause = int(row.get("clause", 0))
        text, who = (redline.clause_text(row), row["bodies"]) if clause else (row["text"], row["lead"])
        after = "\n" + said("bodies" if clause else "lead", lang, chapter="word", names=who) if who else ""
        found[row["section"], clause] = (ref(row["section"], clause), text, after)
    return found


def _add_clauses(doc: Any, comparison: Comparison, wanted: Iterable[str | Row]) -> None:
    """Add the table of the ``wanted`` rows, and above it what its marks mean."""
    lang = comparison.lang
    key = Part(label("only_key", lang, "word"), only=True), Part(label("number_key", lang, "word"))
    word.add_parts(doc.add_paragraph(), key)
    clauses, say = [_clauses(side, lang) for side in _sides(comparison)], differences(comparison)
    table: list[str | list[word.Cell]] = []
    number = 0
    for row in wanted:
        if isinstance(row, str):
            table.append(row)
            continue
        found = [side[place] for side, place in zip(clauses, row, strict=True)]
        if not any(wording for _, wording, _ in found):  # a section may have no lead-in
            continue
        number += 1
        runs = redline.redline(*(wording for _, wording, _ in found), lexicon=comparison.left.policy.lexicon)
        cells: list[word.Cell] = []
        for i, (name, _, after) in enumerate(found):
            marked = _marked(runs, i + 1, None not in row)
            cells.append([Part(f"{name}　", strong=True), *marked, Part(after)] if row[i] else name)
        relation, *rest = say(*row)
        table.append([str(number), *cells, [Part(relation, strong=True), *(Part(f"\n{line}") for line in rest)]])
    heads = [f"{name}　{s.policy.title}" for name, s in zip(names(comparison), _sides(comparison), strict=True)]
    word.add_table(doc, [label("number", lang, "word"), *heads, label("about", lang, "word")], table, _WIDTHS)


def _marked(runs: Iterable[redline.Run], side: int, both: bool) -> list[Part]:
    """Return one side of a redline, its numbers bold; what has no counterpart is not marked throughout."""
    pieces = ((piece, both and run.kind != "same") for run in runs for piece in _NUMBER.split(run[side]) if piece)
    return [Part(piece, only, bool(_NUMBER.fullmatch(piece))) for piece, only in pieces]
