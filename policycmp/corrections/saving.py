"""Files that are saved together: all of them or none, by one writer at a time, whenever the program is stopped.

Where more than one file changes, what they are to hold is first written to one file beside them, the `MARKER`; from
then on the save is done, and whoever comes next finishes it (write-ahead logging, as databases do).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from policycmp import files
from policycmp.errors import PolicyError

MARKER = ".saving.json"
LOCK = ".lock"
PATIENCE = 10  # seconds to wait for another writer


def content(folder: Path, name: str) -> bytes | None:
    """Return what the file ``name`` holds, a save that was cut short being finished first; None if it is not there."""
    finish(folder)
    return _content(folder / name)


def finish(folder: Path) -> None:
    """Finish a save that was cut short, if there is one."""
    if (folder / MARKER).exists():
        with _alone(folder):
            _finish(folder)


def save(folder: Path, wanted: Mapping[str, bytes], *, read: Mapping[str, bytes | None]) -> None:
    """Write files, if all of them and those of ``read`` still hold what they did when they were read.

    Parameters
    ----------
    folder : Path
        Where they are; made if need be.
    wanted : mapping of str to bytes
        What they are to hold, by name.
    read : mapping of str to bytes
        What was in them; None for one that was not there.

    Raises
    ------
    PolicyError
        If a file was changed by another program since, another one holds the folder, or nothing can be written there.
    """
    files.folder(folder)
    with _alone(folder):
        _finish(folder)
        for name, before in read.items():
            if _content(folder / name) != before:
                raise PolicyError("changed_elsewhere", folder / name)
        if len(wanted) > 1:
            texts = {name: raw.decode("utf-8") for name, raw in wanted.items()}
            _write(folder / MARKER, json.dumps(texts, ensure_ascii=False).encode("utf-8"))
            _finish(folder)
        else:
            for name, raw in wanted.items():
                _write(folder / name, raw)


def _finish(folder: Path) -> None:
    marker = folder / MARKER
    if marker.exists():
        for name, text in json.loads(marker.read_text(encoding="utf-8")).items():
            _write(folder / name, text.encode("utf-8"))
        marker.unlink()


def _content(file: Path) -> bytes | None:
    return files.read_bytes(file) if file.exists() else None


def _write(path: Path, raw: bytes) -> None:
    with files.replacing(path) as temporary:
        temporary.write_bytes(raw)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other writers out of a folder."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder / LOCK, timeout=PATIENCE):
            yield
    except Timeout:
        raise PolicyError("locked", folder, seconds=PATIENCE) from None
