"""The 对比表: the clauses of two documents side by side in a Word file, what only one side says marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from policycmp.asking import spread
from policycmp.asking.redline import Run
from policycmp.asking.spread import LEAD_IN, Half, Row
from policycmp.comparison import Comparison
from policycmp.export import word
from policycmp.export.word import Cell, Part
from policycmp.shown import naming, sentences
from policycmp.shown.differences import differences
from policycmp.shown.html import Prose
from policycmp.shown.naming import names, refs
from policycmp.shown.translations import translated
from policycmp.wording import label, said

_WIDTHS = (10, 100, 100, 57)  # beside each other; millimetres on a page of our own
_NUMBER = re.compile(r"([0-9０-９]+(?:[.．][0-9０-９]+)?[万亿]*[%％]?)")


def write(comparison: Comparison, path: str | Path, *, template: str | Path | None = None) -> Path:
    """Write what the documents are, the findings and their limits, and all clauses side by side, section by section.

    Of a ``template``, a Word file, the page, the head and foot and the styles are taken.
    """
    lang = comparison.lang
    left, right = names(comparison)
    doc = _headed(comparison, said("title", lang, chapter="word", left=left, right=right), template)
    _add_lines(doc, sentences.title(comparison))
    doc.add_paragraph(label("findings", lang, "word"), "Heading 1")
    _add_lines(doc, sentences.findings(comparison))
    doc.add_paragraph(label("limits", lang, "word"), "Heading 1")
    _add_lines(doc, sentences.limits(comparison))
    doc.add_paragraph(label("table", lang, "word"), "Heading 1")
    shown = translated(comparison)
    _add_table(doc, shown, lines(shown))
    return word.save(doc, path)


def write_pair(
    comparison: Comparison,
    left: tuple[int, int] | None,
    right: tuple[int, int] | None,
    path: str | Path,
    *,
    template: str | Path | None = None,
) -> Path:
    """Write two clauses, each given by its section and its number; None for the side that has no counterpart."""
    shown = translated(comparison)
    row = spread.row(shown, left, right)
    one, two = (f"{naming.name_of(shown, side)} {_name(shown, side, half)}" for side, half in row.sides.items())
    doc = _headed(shown, said("pair", shown.lang, chapter="word", left=one, right=two), template)
    _add_table(doc, shown, [row])
    return word.save(doc, path)


def lines(comparison: Comparison) -> Iterator[str | Row]:
    """Yield the lines of the table: the headings of two sections, the paragraphs below them, and their clauses."""
    for section in spread.sections(comparison):
        for row in section.rows:
            halves = [half for half in row.sides.values() if half]
            if row.relation == LEAD_IN:
                titles = (naming.heading(half.place.section, half.title, comparison.lang) for half in halves)
                yield " ／ ".join(dict.fromkeys(titles))
            if any(half.wording for half in halves):  # a section may have no paragraph
                yield row


def _add_lines(doc: Any, prose: Prose) -> None:
    """Add sentences, a paragraph for each line."""
    for line in prose.lines():
        word.add_parts(doc.add_paragraph(), [Part(line)])


def _headed(comparison: Comparison, title: str, template: str | Path | None) -> Any:
    """Return a document whose footer names the sources."""
    named = zip(names(comparison), comparison.sides.values(), strict=True)
    colon = label("colon", comparison.lang, "names")
    sources = " ｜ ".join(f"{name}{colon}{side.policy.source_file}" for name, side in named)
    return word.document(title, lang=comparison.lang, footer=sources, template=template)


def _add_table(doc: Any, comparison: Comparison, wanted: Iterable[str | Row]) -> None:
    """Add the table of the ``wanted`` lines, and above it what its marks mean."""
    lang = comparison.lang
    key = Part(label("only_key", lang, "word"), only=True), Part(label("number_key", lang, "word"))
    word.add_parts(doc.add_paragraph(), key)
    table: list[str | list[Cell]] = []
    number = 0
    for line in wanted:
        if isinstance(line, Row):
            number += 1
            table.append([str(number), *_cells(comparison, line), _about(comparison, line)])
        else:
            table.append(line)
    named = zip(names(comparison), comparison.sides.values(), strict=True)
    heads = [f"{name}　{side.policy.title}" for name, side in named]
    word.add_table(doc, [label("number", lang, "word"), *heads, label("about", lang, "word")], table, _WIDTHS)


def _cells(comparison: Comparison, row: Row) -> Iterator[Cell]:
    """Yield what each side says: the clause's name, its wording with marks, and who answers for it."""
    for side, half in row.sides.items():
        name = _name(comparison, side, half)
        if half is None:
            yield name
            continue
        wording = _marked(row.runs, side) if row.runs else _numbered(half.wording)
        yield [Part(f"{name}　", strong=True), *wording, Part(_bodies(comparison, half))]


def _name(comparison: Comparison, side: str, half: Half | None) -> str:
    if half is None:
        return label("none", comparison.lang, "word")
    return refs(comparison[side], comparison.lang)(half.place)


def _bodies(comparison: Comparison, half: Half) -> str:
    """Return the line that says who answers for a clause, or leads a section."""
    kind = "bodies" if half.place.clause else "lead"
    return "\n" + said(kind, comparison.lang, chapter="word", names=half.bodies) if half.bodies else ""


def _about(comparison: Comparison, row: Row) -> list[Part]:
    relation, *rest = differences(comparison, row)
    return [Part(relation, strong=True), *(Part(f"\n{line}") for line in rest)]


def _marked(runs: Iterable[Run], side: str) -> Iterator[Part]:
    """Yield one side of a redline, what only it says marked."""
    for run in runs:
        yield from _numbered(run.left if side == "left" else run.right, only=run.kind != "same")


def _numbered(text: str, *, only: bool = False) -> Iterator[Part]:
    """Yield ``text``, its numbers bold."""
    for piece in filter(None, _NUMBER.split(text)):
        yield Part(piece, only, strong=bool(_NUMBER.fullmatch(piece)))
