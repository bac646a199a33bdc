"""A researcher's own decisions, kept in CSV files beside the data; they win over what the program finds.

`quantities.csv`: doc, clause, as_written, number, action (add, change, remove), then any column of the table
quantities to set, and a reason. `number` tells which occurrence of as_written in the clause is meant (1 if empty);
section is needed only where a clause number occurs twice or is 0.

`alignment.csv`: left, right, left_clause, right_clause, relation (same, partial, reject), reason; left_section and
right_section are needed only where a clause number occurs twice.

`target_pairs.csv`: left_target, right_target, decision (accept, reject), reason.

`translations_en.csv`, in the data folder itself (see `translations`), is read in the same way.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import schema
from policycmp.errors import PolicyError, choices
from policycmp.schema import SIDES

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "quantities": ("doc", "clause", "as_written", "action"),
    "alignment": ("left", "right", "left_clause", "right_clause", "relation"),
    "target_pairs": ("left_target", "right_target", "decision"),
    "translations_en": ("kind", "zh", "en"),
}
MORE = {  # columns that may be there besides
    "quantities": ("number", "reason", *schema.columns("quantities")),
    "alignment": ("reason", "left_section", "right_section"),
    "target_pairs": ("reason",),
    "translations_en": (),
}
ACTIONS = ("add", "change", "remove")
DECISIONS = ("same", "partial", "reject")


def folder(overrides: str | Path | None, data: Path) -> Path | None:
    """Return the folder of overrides: None for "none", by default ``overrides/`` in the data folder."""
    if str(overrides) == "none":
        return None
    chosen = Path(overrides) if overrides else data / "overrides"
    if overrides and not chosen.is_dir():
        raise PolicyError(chosen, "no such folder of overrides", 'give a folder, or "none"')
    return chosen


def read(where: Path | None, table: str) -> list[dict[str, str]]:
    """Return the rows of ``where/table.csv``, each with its place (``line 3``) under the key ``line``.

    Raises
    ------
    PolicyError
        If the file is no UTF-8 CSV or lacks a column.
    """
    if where is None or not (where / f"{table}.csv").exists():
        return []
    file = where / f"{table}.csv"
    return [row for row, _ in parse(file.read_bytes(), file, table)[1]]


def parse(raw: bytes, file: Path, table: str) -> tuple[list[str], list[tuple[dict[str, str], list[int]]]]:
    """Return the columns of the overrides file ``raw``, and its rows, each with the numbers of its lines."""
    try:
        lines = raw.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise PolicyError(file, "the bytes are no UTF-8 text", "save it as CSV UTF-8") from None
    kept = [number for number, line in enumerate(lines, 1) if not line.startswith("#")]
    reader = csv.DictReader(lines[number - 1] for number in kept)
    rows: list[tuple[dict[str, str], list[int]]] = []
    try:
        columns = list(reader.fieldnames or [])
        missing = [name for name in COLUMNS[table] if name not in columns]
        if missing:
            raise PolicyError(
                file, f"column {missing[0]} is missing", "its header row needs " + ", ".join(COLUMNS[table])
            )
        unknown = [str(name) for name in columns if name not in COLUMNS[table] + MORE[table]]
        if unknown:
            raise PolicyError(file, f"column {unknown[0]} is unknown", choices(COLUMNS[table] + MORE[table]))
        done = reader.line_num
        for row in reader:
            place = f"row {kept[reader.line_num - 1]}"
            if None in row or None in row.values():
                raise PolicyError(file, "the row has another number of cells than the header", "mend it", where=place)
            cells = {key: (value or "").strip() for key, value in row.items()}
            numbers = [number for number in kept[done : reader.line_num] if lines[number - 1].strip()]
            rows.append((cells | {"line": place, "file": str(file)}, numbers))
            done = reader.line_num
    except csv.Error as error:
        place = f"row {kept[max(reader.line_num, 1) - 1]}" if kept else ""
        raise PolicyError(file, f"no valid CSV ({error})", "mend it", where=place) from None
    return columns, rows


def about(table: str, cells: Mapping[str, str]) -> set[str]:
    """Return the ids of the documents that a row of overrides is about."""
    if table == "target_pairs":
        return {cells[f"{side}_target"].rsplit("-", 2)[0] for side in SIDES}
    return {cells[name] for name in (("doc",) if table == "quantities" else SIDES)}


def check_documents(where: Path | None, known: set[str]) -> None:
    """Raise `PolicyError` for a row of the data folder's own overrides that names no known document."""
    for table in ("quantities", "alignment"):
        for row in read(where, table):
            for doc in sorted(about(table, row) - known):
                raise PolicyError(row["file"], f"no document {doc!r}", choices(sorted(known)), where=row["line"])


def number(row: dict[str, str], key: str) -> int:
    """Return the integer of a cell; what is none raises `PolicyError` with its place."""
    try:
        return int(row[key])
    except (KeyError, ValueError):
        raise PolicyError(
            row["file"], f"{key} is {row.get(key, '')!r}", "give a whole number", where=row["line"]
        ) from None


def one_of(row: dict[str, str], key: str, allowed: tuple[str, ...]) -> str:
    """Return a cell whose values are fixed; another value raises `PolicyError` with the choices."""
    if row[key] not in allowed:
        raise PolicyError(row["file"], f"{key} is {row[key]!r}", choices(allowed), where=row["line"])
    return row[key]


def correct(
    quantities: pd.DataFrame, doc: str, text: str, spans: dict[tuple[int, int], tuple[int, int]], where: Path | None
) -> pd.DataFrame:
    """Return ``quantities`` with the rows of ``quantities.csv`` for ``doc`` added, changed or removed.

    ``spans`` maps (section, clause) to where its text stands in ``text``. A row that names no existing clause or number
    raises `PolicyError`.
    """
    rows = [row for row in read(where, "quantities") if row["doc"] == doc]
    if not rows:
        return quantities
    records: list[Any] = quantities.to_dict("records")
    for row in rows:
        action, clause = one_of(row, "action", ACTIONS), number(row, "clause")
        places = [p for p in spans if p[1] == clause and (not row.get("section") or p[0] == number(row, "section"))]
        if not places:
            raise PolicyError(row["file"], f"{doc} has no clause {clause}", "check the number", where=row["line"])
        place = places[0]
        nth = number(row, "number") if row.get("number") else 1
        matches = [r for r in records if (r["section"], r["clause"]) == place and r["as_written"] == row["as_written"]]
        if action == "add":
            records.append(_added(row, doc, place, text, spans[place], nth))
            continue
        if len(matches) < nth:
            what = f"clause {clause} of {doc} has no number {row['as_written']!r} (occurrence {nth})"
            raise PolicyError(row["file"], what, "see the table quantities for what it has", where=row["line"])
        if action == "remove":
            records.remove(matches[nth - 1])
        else:
            matches[nth - 1].update(_settings(row) | {"origin": "override", "flag": ""})
    records.sort(key=lambda r: r["number_start"])
    return schema.check("quantities", schema.frame("quantities", records))


def _settings(row: dict[str, str]) -> dict[str, Any]:
    """Return the columns that a row sets, in their kinds."""
    fixed = {
        "doc",
        "section",
        "clause",
        "as_written",
        "number",
        "start",
        "end",
        "number_start",
        "quote",
        "origin",
        "flag",
    }
    values: dict[str, Any] = {}
    for column in schema.TABLES["quantities"]:
        cell = row.get(column.name, "")
        if cell == "" or column.name in fixed:
            continue
        if column.values:
            one_of(row, column.name, column.values)
        try:
            values[column.name] = (
                float(cell) if column.kind == "number" else int(cell) if column.kind == "integer" else cell
            )
        except ValueError:
            raise PolicyError(row["file"], f"{column.name} is {cell!r}", "give a number", where=row["line"]) from None
    return values


def _added(
    row: dict[str, str], doc: str, place: tuple[int, int], text: str, span: tuple[int, int], nth: int
) -> dict[str, Any]:
    """Return a new row for the ``nth`` place where as_written stands in the clause."""
    position = span[0] - 1
    for _ in range(nth):
        position = text.find(row["as_written"], position + 1, span[1])
        if position == -1 or not row["as_written"]:
            what = f"{row['as_written']!r} does not stand in clause {place[1]} of {doc}"
            raise PolicyError(row["file"], what, "write it as printed", where=row["line"])
    end = position + len(row["as_written"])
    base = {
        "doc": doc, "section": place[0], "clause": place[1], "role": "reference", "comparator": "equal",
        "commitment": "", "as_written": row["as_written"], "number_start": position, "start": position, "end": end,
        "quote": row["as_written"], "origin": "override", "flag": "",
        "label": row.get("indicator", "")[:16], "scope": "",
    }  # fmt: skip
    added = base | _settings(row)
    if added["role"] == "target" and not added["commitment"]:
        added["commitment"] = "firm"
    return added
