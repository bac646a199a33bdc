"""A researcher's own decisions, kept in CSV files beside the data, read into `Corrections`.

`quantities.csv`: doc, clause, as_written, number, action (add, change, remove), then any column of the table
quantities to set, and a reason. `number` tells which occurrence of as_written in the clause is meant (1 if empty);
section is needed only where a clause number occurs twice or is 0, part only for a number of an annex.

`alignment.csv`: left, right, left_clause, right_clause, relation (same, partial, reject), reason; left_section and
right_section are needed only where a clause number occurs twice.

`target_pairs.csv`: left_target, right_target, decision (accept, reject), reason; `incentive_pairs.csv` the same with
left_incentive and right_incentive.

`translations_en.csv`, in the data folder itself (see `translations`), is read in the same way.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policycmp import schema
from policycmp.corrections import saving
from policycmp.errors import PolicyError
from policycmp.schema import SIDES

FOLDER = "overrides"  # in the data folder, and beside a text that is given by its path
TABLES = ("quantities", "alignment", "target_pairs", "incentive_pairs")
COLUMNS = {
    "quantities": ("doc", "clause", "as_written", "action"),
    "alignment": ("left", "right", "left_clause", "right_clause", "relation"),
    "target_pairs": ("left_target", "right_target", "decision"),
    "incentive_pairs": ("left_incentive", "right_incentive", "decision"),
    "translations_en": ("kind", "zh", "en"),
}
MORE = {  # columns that may be there besides
    "quantities": ("number", "reason", *schema.columns("quantities")),
    "alignment": ("reason", "left_section", "right_section"),
    "target_pairs": ("reason",),
    "incentive_pairs": ("reason",),
    "translations_en": (),
}


@dataclass(frozen=True)
class Decision:
    """One row of a file.

    Attributes
    ----------
    table : str
        The file's name without ending.
    line : str
        The row as the file writes it.
    cells : mapping of str to str
        Its cells by column.
    file : Path
        The file.
    numbers : tuple of int
        The lines of the file on which it stands; none if it is not saved yet.
    """

    table: str
    line: str
    cells: Mapping[str, str] = field(compare=False)
    file: Path = field(compare=False)
    numbers: tuple[int, ...] = field(default=(), compare=False)

    @property
    def row(self) -> int:
        """Where it stands in its file; 0 if it is not saved yet."""
        return self.numbers[-1] if self.numbers else 0

    @property
    def docs(self) -> tuple[str, ...]:
        """The ids of the documents that it is about: one, or the left and the right one."""
        if self.table == "quantities":
            return (self.cells["doc"],)
        if self.table == "alignment":
            return tuple(self.cells[side] for side in SIDES)
        what = self.table.removesuffix("_pairs")  # target, incentive
        return tuple(self.cells[f"{side}_{what}"].rsplit("-", 2)[0] for side in SIDES)

    def fault(self, key: str, **values: Any) -> PolicyError:
        """Return the error that says what is wrong with it, and where."""
        return PolicyError(key, self.file, where=self.row, **values)

    def says(self) -> dict[tuple[object, ...], str]:
        """Return what it decides, by what that is about; a pair may be named in either order."""
        if self.table == "quantities":
            names = ("doc", "part", "section", "clause", "as_written", "action")
            about = tuple(self.cells.get(name, "") for name in names)
            number = self.cells.get("number") or "1"
            left_out = (*names, "number", "reason")
            return {(*about, number, name): cell for name, cell in self.cells.items() if cell and name not in left_out}
        verdict = "relation" if self.table == "alignment" else "decision"
        ends = []
        for side in SIDES:
            ends.append(tuple(cell for name, cell in self.cells.items() if name.startswith(side)))
        return {(self.table, frozenset(ends)): self.cells[verdict]}

    def number(self, column: str) -> int:
        """Return the integer of a cell; what is none raises `PolicyError`."""
        cell = self.cells.get(column, "")
        try:
            return int(cell)
        except ValueError:
            raise self.fault("whole_number", column=column, value=cell) from None

    def one_of(self, column: str, allowed: tuple[str, ...]) -> str:
        """Return a cell whose values are fixed; another value raises `PolicyError` with the choices."""
        if self.cells[column] not in allowed:
            raise self.fault("cell", column=column, value=self.cells[column], known=allowed)
        return self.cells[column]


@dataclass(frozen=True)
class Corrections:
    r"""What a researcher decided about numbers, pairs of clauses, of targets and of incentives.

    Attributes
    ----------
    rows : tuple of Decision
        In the order in which they are applied: of two about the same the later one holds.

    Examples
    --------
    >>> from pathlib import Path
    >>> Path("mine").mkdir()
    >>> _ = Path("mine/target_pairs.csv").write_text(
    ...     "left_target,right_target,decision\nlongwan-006-01,lucheng-005-01,reject", encoding="utf-8"
    ... )
    >>> mine = policycmp.Corrections.read("mine")
    >>> comparison = policycmp.compare("longwan", "lucheng", corrections=mine)
    >>> "longwan-006-01" in comparison.target_pairs["left_target"].tolist()
    False
    """

    rows: tuple[Decision, ...] = ()

    @classmethod
    def none(cls) -> Corrections:
        """Return no corrections at all."""
        return cls()

    @classmethod
    def read(cls, folder: str | Path) -> Corrections:
        """Return those of a folder; a file that is not there has none, a broken one raises `PolicyError`."""
        rows = tuple(row for table in TABLES for row in read_table(Path(folder), table))
        _check_agreement(rows)
        return cls(rows)

    def of(self, table: str) -> list[Decision]:
        """Return those of one table."""
        return [row for row in self.rows if row.table == table]

    def __add__(self, more: Corrections) -> Corrections:
        """Return these, then the others."""
        return Corrections(self.rows + more.rows)


def folder_of(corrections: str | Path | None, data: Path) -> Path | None:
    """Return the folder of corrections: None for "none", by default ``overrides/`` in the data folder."""
    if str(corrections) == "none":
        return None
    chosen = Path(corrections) if corrections else data / FOLDER
    if corrections and not chosen.is_dir():
        raise PolicyError("no_corrections_folder", chosen)
    return chosen


def read_table(folder: Path, table: str) -> list[Decision]:
    """Return the rows of ``table.csv`` in a folder; none if it is not there.

    Raises
    ------
    PolicyError
        If the file is no UTF-8 CSV or lacks a column.
    """
    file = folder / f"{table}.csv"
    raw = saving.content(folder, file.name)
    return parse(raw, file, table)[1] if raw is not None else []


def parse(raw: bytes, file: Path, table: str) -> tuple[list[str], list[Decision]]:
    """Return the columns of a file whose bytes are ``raw``, and its rows; lines that begin with # are none."""
    try:
        lines = raw.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise PolicyError("no_utf8", file) from None
    kept = [number for number, line in enumerate(lines, 1) if not line.startswith("#")]
    reader = csv.DictReader(lines[number - 1] for number in kept)
    rows = []
    try:
        columns = _columns(reader, file, table)
        done = reader.line_num
        for cells in reader:
            numbers = [number for number in kept[done : reader.line_num] if lines[number - 1].strip()]
            done = reader.line_num
            line = "".join(lines[number - 1] for number in numbers).rstrip("\r\n")
            texts = {name: (cell or "").strip() for name, cell in cells.items() if name}
            row = Decision(table, line, texts, file, tuple(numbers))
            if None in cells or None in cells.values():
                raise row.fault("cells")
            rows.append(row)
    except csv.Error as error:
        where = kept[max(reader.line_num, 1) - 1] if kept else 0
        raise PolicyError("broken_csv", file, where=where, error=error) from None
    return columns, rows


def _columns(reader: csv.DictReader[str], file: Path, table: str) -> list[str]:
    """Return the columns of the header row, if it has all that are needed and none that is unknown."""
    columns, known = list(reader.fieldnames or []), COLUMNS[table] + MORE[table]
    for name in COLUMNS[table]:
        if name not in columns:
            raise PolicyError("header_lacks", file, column=name, needed=COLUMNS[table])
    for name in columns:
        if name not in known:
            raise PolicyError("unknown_column", file, column=name, known=known)
    return columns


def _check_agreement(rows: Iterable[Decision]) -> None:
    """Raise `PolicyError` for a row that says something else than an earlier one about the same."""
    first: dict[tuple[object, ...], tuple[str, Decision]] = {}
    for row in rows:
        for about, said in row.says().items():
            known, earlier = first.setdefault(about, (said, row))
            if known != said:
                raise row.fault("contradiction", said=said, known=known, line=earlier.row)


def check_documents(corrections: Corrections, known: Iterable[str]) -> None:
    """Raise `PolicyError` for a row that names no known document."""
    names = sorted(set(known)) if corrections.rows else []
    for row in corrections.rows:
        for doc in sorted(set(row.docs)):
            if doc not in names:
                raise row.fault("unknown_document", doc=doc, known=names)
