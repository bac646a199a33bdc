"""Where files are: what is shipped, in the package or in a checkout, and a user's own, which is never there."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from policycmp.errors import PolicyError

VARIABLE = "POLICYCMP_DATA"  # names the user's own folder


def shipped(name: str) -> Path:
    """Return the shipped folder ``data`` or ``notebooks``: in an installed package, or beside that of a checkout."""
    package = Path(str(files("policycmp")))
    inside = package / "shipped" / name
    return inside if inside.is_dir() else package.parent / name


def installed() -> bool:
    """Tell whether the package is an installed one, in whose folders nobody may write, rather than a checkout."""
    return (Path(str(files("policycmp"))) / "shipped").is_dir()


def user_folder() -> Path:
    """Return the folder for a user's own documents, corrections and word lists: where the system keeps such things."""
    from platformdirs import user_data_path

    return user_data_path("policycmp", appauthor=False)


def data_folder(data: str | Path | None = None) -> Path:
    """Return the data folder, to which documents are added and corrections written.

    It is ``data`` if given, else that which `VARIABLE` names, else ``data/`` here, else ``data/`` of a checkout; where
    the package is installed, the user's own folder.
    """
    if data is not None:
        if Path(data).is_file():
            raise PolicyError("data_is_file", data)
        return Path(data)
    if named := os.environ.get(VARIABLE):
        return Path(named)
    here = Path("data")
    if (here / "sources.toml").exists():
        return here
    return user_folder() if installed() else shipped("data")


def data_folders(data: str | Path | None = None) -> tuple[Path, ...]:
    """Return the folders whose documents are known: a user's own folder adds to the shipped one, others stand alone."""
    own = data_folder(data)
    own_only = data is not None or own == Path("data") or own == shipped("data")
    return (own,) if own_only else (shipped("data"), own)
