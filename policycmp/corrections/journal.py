"""The journal of unsaved corrections: one file for each window, offered again after a crash, a reload or a lost kernel.

It stands in the user's own folder, not beside the corrections: a step is written there at once,
and nobody else reads it before it is taken up again or thrown away.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from policycmp import files
from policycmp.corrections.decisions import Decision

Rows = tuple[tuple[str, str], ...]  # of corrections: the table of each, and its line as the file writes it


@dataclass(frozen=True)
class Unsaved:
    """What a window had not saved.

    Attributes
    ----------
    new, gone : tuple
        The corrections that it had made, and those of the files that it had withdrawn.
    when : datetime
        When it last changed.
    file : Path
        Where it stands.
    """

    new: Rows
    gone: Rows
    when: datetime
    file: Path = field(compare=False)

    def __len__(self) -> int:
        return len(self.new) + len(self.gone)

    def forget(self) -> None:
        """Throw it away."""
        self.file.unlink(missing_ok=True)


class Journal:
    """The journal of one window on two documents, whose corrections stand in ``where``."""

    def __init__(self, where: Path, docs: Sequence[str]) -> None:
        self._prefix = hashlib.sha256("\0".join((str(where.resolve()), *docs)).encode()).hexdigest()[:16]
        self._file = folder() / f"{self._prefix}-{uuid4().hex[:8]}.json"

    def write(self, new: Sequence[Decision], gone: Sequence[Decision]) -> None:
        """Note what is not saved; nothing is left of the journal where all is. A full disk does not stop the work."""
        with suppress(OSError):
            if not new and not gone:
                self._file.unlink(missing_ok=True)
                return
            files.folder(self._file.parent)
            told = {"new": _lines(new), "gone": _lines(gone)}
            with files.replacing(self._file) as temporary:
                temporary.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    def others(self) -> list[Unsaved]:
        """Return what other windows on the same documents have not saved, the latest first."""
        found = []
        for file in folder().glob(f"{self._prefix}-*.json"):
            if file != self._file:
                with suppress(OSError, ValueError, KeyError, TypeError):
                    found.append(_read(file))
        return sorted(found, key=lambda one: one.when, reverse=True)


def folder() -> Path:
    """Return where journals are kept."""
    from platformdirs import user_state_path

    return user_state_path("policycmp", appauthor=False) / "journal"


def _lines(rows: Sequence[Decision]) -> list[tuple[str, str]]:
    return [(row.table, row.line) for row in rows]


def _read(file: Path) -> Unsaved:
    told = json.loads(file.read_text(encoding="utf-8"))
    new, gone = (tuple((str(table), str(line)) for table, line in told[name]) for name in ("new", "gone"))
    return Unsaved(new, gone, datetime.fromtimestamp(os.stat(file).st_mtime), file)
