"""The corrections of one pair of documents with their history: changed, undone, redone, and saved to their files.

Nothing is written before `Book.save`. A file that another program changed in the meantime is not overwritten, and its
comments and the rows of other documents stay byte for byte.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from policycmp import files
from policycmp.corrections import decisions
from policycmp.corrections.decisions import TABLES, Corrections, Decision
from policycmp.errors import PolicyError

_EXACT = ("doc", "left", "right", "as_written", "left_target", "right_target")  # names: no apostrophe may be added


class Book:
    """The corrections that the files in ``where`` hold for the two documents ``docs``.

    Attributes
    ----------
    rows : tuple of Decision
        The corrections as they stand now, saved or not.
    saved : tuple of Decision
        Those in the files.
    """

    def __init__(self, where: Path, docs: tuple[str, str]) -> None:
        self.where, self.docs = where, docs
        self.saved: tuple[Decision, ...] = ()
        self._steps: list[tuple[Decision, ...]] = [()]
        self._at = 0
        self.reload()

    @property
    def rows(self) -> tuple[Decision, ...]:  # noqa: D102 (see the class)
        return self._steps[self._at]

    @property
    def corrections(self) -> Corrections:
        """The rows in the order in which `save` would write them: what is seen now is what will be read again."""
        return self._read({table: self._content(table) for table in TABLES})

    @property
    def unsaved(self) -> bool:
        """Whether `save` would change a file."""
        return Counter(self.rows) != Counter(self.saved)

    @property
    def can(self) -> tuple[bool, bool]:
        """Whether there is something to undo, and to redo."""
        return self._at > 0, self._at < len(self._steps) - 1

    def reload(self) -> None:
        """Read the files anew. What was not saved is done again on top of them, as one step."""
        read = {table: _bytes(self.where / f"{table}.csv") for table in TABLES}
        saved = self._read(read).rows
        gone, new = (Counter(a) - Counter(b) for a, b in ((self.saved, self.rows), (self.rows, self.saved)))
        kept = tuple((Counter(saved) - gone).elements())
        self._files, self.saved = read, saved
        self._steps = [saved[:n] for n in range(len(saved) + 1)]
        self._at = len(saved)
        self.change(kept + tuple((new - Counter(saved)).elements()))

    def change(self, rows: tuple[Decision, ...]) -> None:
        """Make ``rows`` the corrections: one step, which can be undone."""
        if rows != self.rows:
            self._steps = [*self._steps[: self._at + 1], rows]
            self._at += 1

    def add(self, *rows: Decision) -> None:
        """Add corrections, in the place of those that said something else about the same."""
        new = {_subject(row) for row in rows}
        self.change((*(row for row in self.rows if _subject(row) not in new), *rows))

    def undo(self) -> None:
        """Take the last step back, as far as the first correction in the files."""
        self._at = max(self._at - 1, 0)

    def redo(self) -> None:
        """Take the step that was undone again."""
        self._at = min(self._at + 1, len(self._steps) - 1)

    def row(self, table: str, **cells: object) -> Decision:
        """Return a new correction as its file will hold it; a column that the file lacks raises `PolicyError`."""
        file = self.where / f"{table}.csv"
        columns = decisions.parse(self._files[table] or _header(table), file, table)[0]
        texts = {name: " ".join(str(cell).replace("\0", "").split()) for name, cell in cells.items()}
        for name, text in texts.items():
            if text and name not in columns:
                raise PolicyError("no_column", file, column=name)
        line = [
            text if name in _EXACT else str(files.neutral(text)) for name in columns for text in [texts.get(name, "")]
        ]
        out, comment = io.StringIO(), line[0].startswith("#")
        writer = csv.writer(out, quoting=csv.QUOTE_ALL if comment else csv.QUOTE_MINIMAL, lineterminator="")
        writer.writerow(line)
        return Decision(table, out.getvalue(), dict(zip(columns, line, strict=True)), file)

    def save(self) -> None:
        """Write the files; if one of them is not what it was when it was read, write none and raise `PolicyError`."""
        for table in TABLES:
            file = self.where / f"{table}.csv"
            if _bytes(file) != self._files[table]:
                raise PolicyError("changed_elsewhere", file)
        content = {table: self._content(table) for table in TABLES}
        files.folder(self.where)
        for table, wanted in content.items():
            if wanted is not None and wanted != self._files[table]:
                with files.replacing(self.where / f"{table}.csv") as temporary:
                    temporary.write_bytes(wanted)
        self._files = content
        self.saved = self._read(content).rows

    def _read(self, content: Mapping[str, bytes | None]) -> Corrections:
        """Return what files of these contents say about the two documents."""
        return Corrections(tuple(row for table, raw in content.items() for row in self._own(table, raw)))

    def _own(self, table: str, raw: bytes | None) -> list[Decision]:
        """Return the rows of a file that are about the two documents."""
        rows = decisions.parse(raw, self.where / f"{table}.csv", table)[1] if raw is not None else []
        both = set(self.docs)
        return [row for row in rows if set(row.docs) == both or (table == "quantities" and both.issuperset(row.docs))]

    def _content(self, table: str) -> bytes | None:
        """Return what the file is to hold: as it was read, less the rows that are gone, and the new ones at its end."""
        raw, wanted = self._files[table], Counter(row for row in self.rows if row.table == table)
        if raw is None and not wanted:
            return None
        start = _header(table) if raw is None else raw
        lines = _lines(start)
        ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
        for row in self._own(table, start):
            if not wanted[row]:
                for number in row.numbers:
                    lines[number - 1] = ""
            wanted[row] -= 1
        new = [row.line + ending for row in wanted.elements()]
        kept = "".join(lines)
        between = ending if new and not kept.endswith(("\r", "\n")) else ""
        mark = "utf-8-sig" if start.startswith(b"\xef\xbb\xbf") else "utf-8"
        return "".join([kept, between, *new]).encode(mark)


def _subject(row: Decision) -> tuple[str, ...]:
    """Return what a correction is about: two clauses, two targets, or certain columns of a number."""
    cells = {name: text for name, text in row.cells.items() if text and name != "reason"}
    said = () if row.table == "quantities" else ("relation", "decision")
    fixed = decisions.COLUMNS[row.table] + ("section", "number", "left_section", "right_section")
    return row.table, *sorted(
        f"{name}={text}" if name in fixed else name for name, text in cells.items() if name not in said
    )


def _header(table: str) -> bytes:
    """Return the header row of a file that is not there yet."""
    return (",".join(dict.fromkeys(decisions.COLUMNS[table] + decisions.MORE[table])) + "\r\n").encode("utf-8-sig")


def _lines(raw: bytes) -> list[str]:
    return raw.decode("utf-8-sig").splitlines(keepends=True)


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None
