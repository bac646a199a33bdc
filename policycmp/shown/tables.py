"""The tables of a comparison as people read them: few columns, values with units, every number with its clause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from policycmp import pairing, schema
from policycmp.asking import check, spread
from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.schema import SIDES, records
from policycmp.shown.amounts import format_amount
from policycmp.shown.html import Table
from policycmp.shown.naming import heading, indicator, names, refs, value
from policycmp.shown.translations import translated
from policycmp.wording import label, phrases, said

if TYPE_CHECKING:
    import pandas as pd


def drawn(comparison: Comparison, table: pd.DataFrame) -> Table:
    """Return what `charts.read_back` found on a figure, with the columns named for people."""
    lang = comparison.lang
    sides = dict(zip(("left", "right"), names(comparison), strict=True))
    head = []
    for column in map(str, table.columns):
        side, _, part = column.partition("_")
        name = part if side in sides else column
        word = label(name, lang, "drawn" if name in phrases("drawn") else "labels")
        head.append(f"{sides[side]} {word}".strip() if side in sides else word)
    marks = {True: label("yes", lang, "values"), False: ""}
    rows = [[marks[cell] if isinstance(cell, bool) else cell for cell in row] for row in table.itertuples(index=False)]
    return Table(head, rows)


def summary(comparison: Comparison) -> Table:
    """Return the counts of both sides and of what is paired."""
    lang = comparison.lang
    table = comparison.summary()
    rows = [[key, *map(int, row)] for key, row in zip(table.index, table.to_numpy().tolist(), strict=True)]
    return Table([label("fact", lang), *names(comparison), label("pair", lang)], rows)


def documents(comparison: Comparison) -> Table:
    """Return what each document says about itself, one fact a row."""
    lang = comparison.lang
    left, right = (side.documents.iloc[0] for side in (comparison.left, comparison.right))
    facts = [name for name in schema.columns("documents") if name != "doc"]
    words = schema.labels("documents", lang)

    def cell(row: Any, name: str) -> Any:
        value = row[name]
        return label(str(value), lang, "values") if name == "status" else "" if str(value) == "<NA>" else str(value)

    return Table([label("fact", lang), *names(comparison)], [[words[n], cell(left, n), cell(right, n)] for n in facts])


def notices(comparison: Comparison) -> Table:
    """Return what is odd in the two source files, with line numbers."""
    lang = comparison.lang
    rows = [
        [name, label(kind, comparison.lang, "kinds"), line or "", text]
        for name, side in zip(names(comparison), (comparison.left, comparison.right), strict=True)
        for kind, line, text in check.notices(side, comparison.lang)
    ]
    return Table([label(name, lang) for name in ("document", "kind", "line", "notice")], rows)


def roles(comparison: Comparison) -> Table:
    """Return how many numerals each document has, by role."""
    lang = comparison.lang
    counts = [side.quantities["role"].value_counts() for side in (comparison.left, comparison.right)]
    rows = [[label(role, lang, "values"), *(int(count.get(role, 0)) for count in counts)] for role in schema.ROLES]
    return Table([label("role", lang), *names(comparison)], rows)


def sections(comparison: Comparison) -> Table:
    """Return the sections side by side: heading, lead agency, number of clauses."""
    lang = comparison.lang
    comparison = translated(comparison)
    left = {int(row["section"]): row for row in records(comparison.left.sections)}
    right = {int(row["section"]): row for row in records(comparison.right.sections)}

    def cells(side: Tables, row: dict[str, Any] | None) -> list[Any]:
        if row is None:
            return ["", "", ""]
        count = int((side.clauses["section"] == row["section"]).sum())
        return [heading(row["section"], row["heading"], lang), row["lead"], count]

    rows = [
        cells(comparison.left, left[one] if one is not None else None)
        + cells(comparison.right, right[two] if two is not None else None)
        for one, two in comparison.sections
    ]
    head = [
        f"{name}{label('colon', lang, 'names')}{label(what, lang)}"
        for name in names(comparison)
        for what in ("section", "lead", "clauses")
    ]
    return Table(head, rows)


def alignment(comparison: Comparison, table: pd.DataFrame | None = None) -> Table:
    """Return the clauses side by side; ``table`` may be a part of the alignment."""
    lang = comparison.lang
    table = comparison.alignment if table is None else table
    left, right = refs(comparison.left, lang), refs(comparison.right, lang)
    rows = [
        [
            left(row["left_section"], row["left_clause"]), row["left_title"],
            right(row["right_section"], row["right_clause"]), row["right_title"],
            label(row["relation"], lang, "values"), row["similarity"], row["shared_terms"],
        ]
        for row in records(table)
    ]  # fmt: skip
    one, two = names(comparison)
    head = [one, label("title", lang), two, *(label(n, lang) for n in ("title", "relation", "similarity", "shared"))]
    return Table(head, rows)


def unmatched(comparison: Comparison) -> Table:
    """Return the clauses that have no counterpart, with their text."""
    lang = comparison.lang
    rows = []
    for name, side, relation in zip(
        names(comparison), (comparison.left, comparison.right), ("left", "right"), strict=True
    ):
        ref, alone = refs(side, lang), comparison.alignment[comparison.alignment["relation"] == f"{relation}_only"]
        places = set(zip(alone[f"{relation}_section"], alone[f"{relation}_clause"], strict=True))
        for row in records(side.clauses):
            if (row["section"], row["clause"]) in places:
                rows.append([name, ref(row["section"], row["clause"]), row["title"], row["text"]])
    return Table([label(name, lang) for name in ("document", "clause", "title", "quote")], rows)


def doubtful(comparison: Comparison, *, most: int = 8) -> Table:
    """Return the pairs of clauses that a researcher should look at first."""
    return alignment(comparison, pairing.doubtful(comparison.aligned, most))


def explain(comparison: Comparison, rank: int = 0, most: int = 10) -> Table:
    """Return the terms that carry the pair at ``rank`` among the doubtful ones."""
    lang = comparison.lang
    head = [label(name, lang) for name in ("part", "term", "contribution")]
    first = pairing.doubtful(comparison.aligned, rank + 1)
    if len(first) <= rank:
        return Table(head, [])
    terms = pairing.explain(comparison.aligned, *pairing.places_of(first)[rank]).head(most)
    return Table(head, [[part, term, round(float(value), 4)] for part, term, value in terms.itertuples(index=False)])


def wording(comparison: Comparison) -> Table:
    """Return how far the wording of each pair of clauses agrees: the shared share, and what only one says."""
    lang = comparison.lang
    left, right = refs(comparison.left, lang), refs(comparison.right, lang)
    one, two = names(comparison)
    only = [said("only_characters", lang, chapter="labels", name=name) for name in (one, two)]
    head = [one, two, label("shared_share", lang), *only]
    rows = [
        [left(row["left_section"], row["left_clause"]), right(row["right_section"], row["right_clause"]),
         f"{row['shared']:.0%}", row["left_only"], row["right_only"]]
        for row in records(spread.wording(comparison))
    ]  # fmt: skip
    return Table(head, rows)


def target_pairs(comparison: Comparison) -> Table:
    """Return the targets that count the same thing: both values with clause and sentence, and their ratio."""
    lang = comparison.lang
    comparison = translated(comparison)
    left, right = refs(comparison.left, lang), refs(comparison.right, lang)
    ones, twos = (_targets(side) for side in (comparison.left, comparison.right))
    rows = []
    for row in records(comparison.target_pairs):
        cells: list[Any] = [indicator(row)]
        for side, targets, ref in (("left", ones, left), ("right", twos, right)):
            target = targets[row[f"{side}_target"]]
            cells += [value(row, side, lang), ref(target["section"], target["clause"]), target["quote"]]
        rows.append([*cells, row["ratio"]])
    one, two = names(comparison)
    clause, quote = label("clause", lang), label("quote", lang)
    return Table([label("indicator", lang), one, clause, quote, two, clause, quote, f"{one}÷{two}"], rows)


def _targets(side: Tables) -> dict[str, dict[str, Any]]:
    """Return the targets of a document by their ids."""
    return {row["target"]: row for row in records(side.targets)}


def candidates(comparison: Comparison) -> Table:
    """Return the targets that look alike and are no pair, with the reason."""
    lang = comparison.lang
    comparison = translated(comparison)
    sides = [(refs(side, lang), _targets(side)) for side in (comparison.left, comparison.right)]
    rows = []
    for row in records(comparison.target_candidates):
        cells: list[Any] = []
        for side, (ref, targets) in zip(("left", "right"), sides, strict=True):
            target = targets[row[f"{side}_target"]]
            cells += [target["indicator"], value(target, "", lang), ref(target["section"], target["clause"])]
        rows.append([*cells, label(row["reason"], lang, "values")])
    head = [text for name in names(comparison) for text in (name, label("value", lang), label("clause", lang))]
    return Table([*head, label("reason", lang)], rows)


def only_here(comparison: Comparison, side: str) -> Table:
    """Return the targets of ``side`` (left or right) that have no pair."""
    lang = comparison.lang
    comparison = translated(comparison)
    own: Tables = getattr(comparison, side)
    ref, paired = refs(own, lang), set(comparison.target_pairs[f"{side}_target"])
    rows = [
        [
            ref(row["section"], row["clause"]), row["indicator"], value(row, "", lang),
            label(row["commitment"], lang, "values"), row["quote"],
        ]
        for row in records(own.targets)
        if row["target"] not in paired
    ]  # fmt: skip
    return Table([label(name, lang) for name in ("clause", "indicator", "value", "commitment", "quote")], rows)


def budget_pairs(comparison: Comparison) -> Table:
    """Return what the aligned sections are allotted, whether that can be compared, and why not."""
    lang = comparison.lang
    comparison = translated(comparison)
    rows = []
    for row in records(comparison.budget_pairs):
        pair = pairing.sections_of(row)
        cells = [heading(pair.right if pair.left is None else pair.left, row["heading"], lang)]
        for side in SIDES:
            cells += [format_amount(row[f"{side}_amount_yuan"], lang), _percent(row[f"{side}_share"])]
        rows.append([*cells, label("yes" if row["comparable"] else "no", lang, "values"), row["note"]])
    one, two = names(comparison)
    share = label("share", lang)
    return Table([label("section", lang), one, share, two, share, label("comparable", lang), label("note", lang)], rows)


def _percent(share: float) -> str:
    return f"{share * 100:.1f}%" if share == share else ""


def budgets(comparison: Comparison) -> Table:
    """Return every budget of both documents with its sentence."""
    lang = comparison.lang
    comparison = translated(comparison)
    rows = []
    for name, side in zip(names(comparison), (comparison.left, comparison.right), strict=True):
        ref = refs(side, lang)
        for row in records(side.budgets):
            amount = format_amount(row["amount_yuan"], lang)
            scope = label(row["scope"], lang, "values")
            rows.append([name, ref(row["section"], row["clause"]), row["item"], amount, scope, row["quote"]])
    return Table([label(name, lang) for name in ("document", "clause", "item", "amount", "scope", "quote")], rows)


def totals(comparison: Comparison) -> Table:
    """Return the sum of each document's section allotments beside the total that it states."""
    lang = comparison.lang
    rows = []
    for name, side in zip(names(comparison), (comparison.left, comparison.right), strict=True):
        check_of = pairing.check_total(side)
        amounts = [format_amount(check_of[key], lang) for key in ("sum", "stated")]
        gap = check_of["difference"]
        differing = "" if gap is None else said("exact", lang, chapter="amounts", number=gap)
        rows.append([name, *amounts, differing])
    return Table([label(name, lang) for name in ("document", "sum", "stated", "difference")], rows)


def common_name(row: Mapping[str, Any]) -> str:
    """Return the name by which a body is known on both sides: its alias, where the text gives one."""
    return str(row["alias"] or row["body"])


def bodies(comparison: Comparison, *, both: bool = False) -> Table:
    """Return the responsible bodies with the number of their clauses on each side, the busiest first.

    A body and its alias (新区财政局〈区财政局〉) count as one. With ``both``, only those that both sides name.
    """
    lang = comparison.lang
    clauses: list[dict[str, set[tuple[int, int]]]] = [{}, {}]
    for found, side in zip(clauses, (comparison.left, comparison.right), strict=True):
        for row in records(side.responsibilities):
            places = found.setdefault(common_name(row), set())
            places |= {(row["section"], row["clause"])} if row["clause"] else set()
    known = [name for name in {**clauses[0], **clauses[1]} if not both or (name in clauses[0] and name in clauses[1])]
    counts = [(name, len(clauses[0].get(name, ())), len(clauses[1].get(name, ()))) for name in known]
    counts.sort(key=lambda row: (-row[1] - row[2], row[0]))
    one, two = (f"{name}{label('colon', lang, 'names')}{label('clauses', lang)}" for name in names(comparison))
    return Table([label("body", lang), one, two], counts)
