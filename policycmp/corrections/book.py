"""The corrections of one pair of documents with their history: changed, undone, redone, and saved to their files.

Nothing is written before `Book.save`. A file that another program changed in the meantime is not overwritten, and its
comments and the rows of other documents stay byte for byte.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from policycmp import files
from policycmp.corrections import decisions, saving
from policycmp.corrections.decisions import TABLES, Corrections, Decision
from policycmp.corrections.journal import Unsaved
from policycmp.errors import PolicyError

_EXACT = (
    "doc", "left", "right", "as_written", "left_target", "right_target", "left_incentive", "right_incentive",
)  # fmt: skip
# names: no apostrophe may be added


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
    def pending(self) -> tuple[list[Decision], list[Decision]]:
        """What `save` would add to the files, and what it would take out of them."""
        rows, saved = Counter(self.rows), Counter(self.saved)
        return list((rows - saved).elements()), list((saved - rows).elements())

    def resume(self, unsaved: Unsaved) -> None:
        """Do again, as one step, what another window had done and not saved."""
        gone = Counter(row for row in self.rows if (row.table, row.line) in unsaved.gone)
        kept = tuple((Counter(self.rows) - gone).elements())
        self.change(kept)
        self.add(*(self._again(table, line) for table, line in unsaved.new))

    def _again(self, table: str, line: str) -> Decision:
        """Return a correction from its line, which is read with the columns of its file."""
        raw = self._files[table] or _header(table)
        head = next(text for text in _lines(raw) if not text.startswith("#"))
        file = self.where / f"{table}.csv"
        (row,) = decisions.parse(f"{head.rstrip()}\n{line}\n".encode(), file, table)[1]
        return replace(row, numbers=())

    @property
    def can(self) -> tuple[bool, bool]:
        """Whether there is something to undo, and to redo."""
        return self._at > 0, self._at < len(self._steps) - 1

    def reload(self) -> None:
        """Read the files anew. What was not saved is done again on top of them, as one step."""
        read = {table: saving.content(self.where, f"{table}.csv") for table in TABLES}
        saved = self._read(read).rows
        new, gone = map(Counter, self.pending)
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
        """Write the files, all or none; if one is not what it was when it was read, raise `PolicyError`."""
        content = {table: self._content(table) for table in TABLES}
        wanted = {
            f"{table}.csv": raw for table, raw in content.items() if raw is not None and raw != self._files[table]
        }
        saving.save(self.where, wanted, read={f"{table}.csv": raw for table, raw in self._files.items()})
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
