"""Files that are replaced whole or not at all, and cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import os
import platform
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.errors import PolicyError

if TYPE_CHECKING:
    import pandas as pd

_TEMPORARY = ".policycmp-"  # then the machine and the process that writes it
_HERE = re.sub(r"\W", "", platform.node()) or "here"
_FORMULA = tuple("=+-@＝＋－＠\t\r")  # what a spreadsheet program takes for the beginning of a formula, wide ones too
_BEGINS = re.compile(f"\0[{re.escape(''.join(_FORMULA))}]")  # in cells that are joined by a character of no text
_FLOAT, _END = "%.15g", "\r\n"  # how a file has numbers and the ends of lines
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")


def folder(path: str | Path) -> Path:
    """Return the output folder ``path``, made if need be; a file of that name raises `PolicyError`.

    What a run that was killed left there half-written is removed.
    """
    path = Path(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise PolicyError("folder_is_file", path) from None
    except OSError as error:
        raise PolicyError("no_folder", path, error=error.strerror) from None
    _sweep(path)
    return path


def _sweep(path: Path) -> None:
    """Remove temporary files whose process is no more; those of another machine are left to it."""
    for file in path.glob(f"{_TEMPORARY}{_HERE}.*"):
        owner = file.name.removeprefix(f"{_TEMPORARY}{_HERE}.").split(".")[0]
        if owner.isdecimal() and not _runs(int(owner)):
            with suppress(OSError):
                file.unlink()


def _runs(process: int) -> bool:
    """Tell whether a process runs; on Windows, where asking would end it, every one is said to."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        return True
    return True


def regular(path: Path) -> Path:
    """Return the path of a file; a pipe or a device, which might never begin or end, raises `PolicyError`."""
    if path.exists() and not path.is_file():
        raise PolicyError("no_regular_file", path)
    return path


def read_bytes(path: Path) -> bytes:
    """Return what a file holds; what is none raises `PolicyError`."""
    if not path.is_file():
        raise PolicyError("no_regular_file", path)
    return path.read_bytes()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary file to write; only when that went well does it take the place of ``path``.

    A device or a pipe, such as /dev/full, is no place for a file: it raises `PolicyError`.
    """
    regular(path)
    prefix = f"{_TEMPORARY}{_HERE}.{os.getpid()}."
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        os.replace(temporary, path)
    except OSError as error:  # a full disk shows itself in the middle of writing
        raise PolicyError("not_written", path, error=error.strerror or error) from None
    finally:
        temporary.unlink(missing_ok=True)


def neutral(cell: object) -> object:
    """Return ``cell`` with an apostrophe before what a spreadsheet program would take for a formula."""
    formula = isinstance(cell, str) and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if formula else cell


def _may_begin_a_formula(column: pd.Series[Any]) -> bool:
    """Tell whether a cell of the column may begin a formula; one search tells it of all."""
    if column.dtype.kind != "O":
        return False
    return bool(_BEGINS.search("\0" + "\0".join(cell for cell in column.tolist() if isinstance(cell, str))))


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return ``table`` as CSV for spreadsheets: UTF-8 with a byte-order mark, no cell a formula."""
    harmless = {str(name): column.map(neutral) for name, column in table.items() if _may_begin_a_formula(column)}
    lines = table.assign(**harmless).to_csv(index=False, float_format=_FLOAT, lineterminator=_END)
    return lines.encode("utf-8-sig")


def write_csv(table: pd.DataFrame, path: Path) -> Path:
    """Write ``table`` to ``path`` (see `csv_bytes`) and return the path."""
    with replacing(path) as temporary:
        temporary.write_bytes(csv_bytes(table))
    return path


@contextmanager
def growing_csv(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Iterable[Mapping[str, object]]], None]]:
    """Give a function that writes rows below those that it wrote before; ``path`` is replaced when all went well.

    The file is what `csv_bytes` makes of the table of all rows, without a table.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator=_END)
        writer.writerow(columns)
        yield lambda rows: writer.writerows([_printed(row[name]) for name in columns] for row in rows)


def _printed(cell: object) -> object:
    """Return a cell as pandas prints it: nothing where it is missing."""
    if isinstance(cell, float):
        return "" if cell != cell else _FLOAT % cell
    return "" if cell is None else neutral(cell)
