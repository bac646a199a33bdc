"""A matrix of documents as people read it, a measure a row and a document a column; and what an edition changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import export, files
from policycmp.document import Tables
from policycmp.export import word
from policycmp.many.measures import Matrix, common, shortest
from policycmp.schema import records
from policycmp.shown.amounts import format_amount, format_value
from policycmp.shown.html import Table
from policycmp.shown.naming import heading, refs, tell_apart, value
from policycmp.shown.translations import translate_matrix
from policycmp.wording import label, said

if TYPE_CHECKING:
    import pandas as pd

_WIDE = 261.0  # millimetres between the margins of a landscape page


def measures(matrix: Matrix) -> Table:
    """Return one row per measure: the clauses of each document with their targets and, beside a parent, the change."""
    lang, targets = matrix.lang, dict[tuple[Any, ...], list[str]]()
    for row in records(translate_matrix(matrix)[0]):
        place = row["doc"], row["section"], row["clause"]
        targets.setdefault(place, []).append(f"{row['indicator']} {value(row, '', lang)}")

    def cell(row: dict[str, Any], place: str) -> str:
        partial = row["part"] == "partial"
        notes = [label(word, lang, "values") for word in (row["change"], "partial" * partial) if word]
        notes += [_share(row)] if row["change"] == "changed" else []
        own = [] if partial else targets.get((row["doc"], row["section"], row["clause"]), [])
        return "\n".join([f"{place} {row['title']}{_bracket(notes, lang)}", *own])

    def title(rows: Sequence[dict[str, Any]]) -> str:
        return f"{rows[0]['measure']} {next(row['title'] for row in rows if row['part'] == 'main')}"

    gone = {row["measure"]: label("gone", lang, "values") for row in records(matrix.measures)
            if row["doc"] == matrix.parent and row["part"] == "main"}  # fmt: skip
    return _grid(matrix, matrix.measures, ("measure", "measure"), cell, title, gone)


def targets(matrix: Matrix) -> Table:
    """Return one row per target that two or more documents set: each value with its clause."""
    table = common(translate_matrix(matrix)[0])

    def cell(row: dict[str, Any], place: str) -> str:
        return value(row, "", matrix.lang) + _bracket([place], matrix.lang)

    return _grid(matrix, table, ("group", "indicator"), cell, shortest)


def budgets(matrix: Matrix) -> Table:
    """Return one row per group of sections that answer each other: what each document allots to its own."""
    lang = matrix.lang

    def cell(row: dict[str, Any], _: str) -> str:
        scope = [label(row["scope"], lang, "values")] if row["scope"] == "earmark" else []
        amount = format_amount(row["amount_yuan"], lang) + _bracket(scope, lang)
        return f"{heading(row['section'], row['heading'], lang)} {amount}"

    table = translate_matrix(matrix)[1]
    return _grid(matrix, table, ("group", "section"), cell, lambda rows: str(rows[0]["heading"]))


def changed(table: pd.DataFrame, sides: Sequence[Tables], lang: str = "zh") -> Table:
    """Return the table ``changes`` of two documents for people, without what is kept."""
    names, (old, new) = tell_apart(sides, lang), [refs(side, lang) for side in sides]
    rows = []
    for row in records(table[table["change"] != "kept"]):
        one, two = (format_value(n, None, "equal", row["unit"], lang) if n == n else ""
                    for n in (row["old_value"], row["new_value"]))  # fmt: skip
        rows.append([label(row["kind"], lang), label(row["change"], lang, "values"),
                     old(row["old_section"], row["old_clause"]), row["old"], one,
                     new(row["new_section"], row["new_clause"]), row["new"], two, _share(row)])  # fmt: skip
    heads = [label("kind", lang), label("change", lang)]
    for name in names:
        own = f"{name}{label('colon', lang, 'names')}"
        heads += [name, own + label("quote", lang), own + label("value", lang)]
    return Table([*heads, label("shared_share", lang)], rows)


def write(matrix: Matrix, out: str | Path) -> list[Path]:
    """Write the tables of ``matrix`` as CSV, and what people read as ``matrix.csv``, ``.xlsx`` and ``.docx``."""
    tidy = {"measures": matrix.measures, "measure_targets": matrix.targets, "measure_budgets": matrix.budgets}
    tidy |= {"changes": matrix.changes} if matrix.parent else {}
    shown = {"measures": measures(matrix), "targets": targets(matrix), "budgets": budgets(matrix)}
    paths = [files.write_csv(_frame(shown["measures"]), files.folder(out) / "matrix.csv")]
    return paths + _write(Path(out) / "matrix", tidy, shown, tell_apart(matrix.documents, matrix.lang), matrix.lang)


def write_changes(table: pd.DataFrame, sides: Sequence[Tables], out: str | Path, *, lang: str = "zh") -> list[Path]:
    """Write the table ``changes`` of two editions as CSV, workbook and Word file."""
    shown = {"changes": changed(table, sides, lang)}
    return _write(files.folder(out) / "changes", {"changes": table}, shown, tell_apart(sides, lang), lang)


def _write(
    stem: Path, tidy: Mapping[str, pd.DataFrame], shown: Mapping[str, Table], names: Sequence[str], lang: str
) -> list[Path]:
    paths = [files.write_csv(table, stem.with_name(f"{name}.csv")) for name, table in tidy.items()]
    sheets = {label(name, lang, "word"): _frame(table) for name, table in shown.items()}
    paths.append(export.write_workbook(sheets | dict(tidy), stem.with_suffix(".xlsx"), lang=lang))
    document = word.document(" / ".join(names), lang=lang)
    for name, table in shown.items():
        document.add_heading(label(name, lang, "word"), 1)
        rows = [[str(cell) for cell in row] for row in table.rows]
        word.add_table(document, table.columns, rows, [_WIDE / len(table.columns)] * len(table.columns))
    return [*paths, word.save(document, stem.with_suffix(".docx"))]


def _frame(table: Table) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(table.rows, columns=table.columns)


def _grid(
    matrix: Matrix,
    table: pd.DataFrame,
    by: tuple[str, str],
    cell: Callable[[Any, str], str],
    title: Callable[[Any], str],
    missing: Mapping[int, str] | None = None,
) -> Table:
    """Return a row per value of the first of ``by`` and a column per document; several cells stand on several lines."""
    named = {one.doc: refs(one, matrix.lang) for one in matrix.documents}
    groups: dict[int, list[dict[str, Any]]] = {}
    for row in records(table):
        groups.setdefault(row[by[0]], []).append(row)
    lines = []
    for number, rows in groups.items():
        own = {doc: [cell(row, named[doc](row["section"], row.get("clause"))) for row in rows if row["doc"] == doc]
               for doc in named}  # fmt: skip
        lines.append([title(rows), *("\n".join(texts) or (missing or {}).get(number, "") for texts in own.values())])
    return Table([label(by[1], matrix.lang), *tell_apart(matrix.documents, matrix.lang)], lines)


def _share(row: Mapping[str, Any]) -> str:
    return f"{row['shared']:.0%}" if row["shared"] == row["shared"] else ""


def _bracket(notes: Sequence[str], lang: str) -> str:
    text = label("comma", lang, "names").join(note for note in notes if note)
    return said("bracketed", lang, chapter="names", text=text) if text else ""
