"""The Chromium of this machine: where it is, and a page printed by it as PDF."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from policycmp import files
from policycmp.errors import PolicyError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
# Where the programs are that no PATH names, on macOS and on Windows.
APPLICATIONS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
)
# No network, no first-run questions, no software rendering that needs a graphics card.
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PRINTING = ("--no-pdf-header-footer", "--generate-pdf-document-outline")
_DATED = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)[0-9]{14}")
SECONDS = 120  # printing takes some 3 s; a machine under load must not fail


def find() -> str | None:
    """Return the path of a Chromium (or Chrome, or Edge) of this machine; None where there is none."""
    named = (found for found in map(shutil.which, NAMES) if found)
    return next(named, None) or next((str(path) for path in _places() if path.is_file()), None)


def _places() -> Iterator[Path]:
    """Yield the default places of the browsers on macOS, then on Windows: for all users and for this one."""
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        yield from (folder / name for name in APPLICATIONS)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if os.environ.get(variable):
            yield from (Path(os.environ[variable]) / name for name in PROGRAMS)


def print_pdf(page: str | Path, pdf: str | Path) -> Path:
    """Print ``page`` (an HTML file) to ``pdf`` on A4 as its print style says, and return the path.

    Raises
    ------
    PolicyError
        If the page or a browser is missing, or the browser prints nothing.
    """
    source, target, program = Path(page).resolve(), Path(pdf), find()
    if not source.is_file():
        raise PolicyError("no_page", page)
    if program is None:
        raise PolicyError("no_browser", "chromium", known=NAMES)
    root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []  # it refuses root a sandbox
    where = files.folder(target.parent).resolve()  # a browser that was packaged as a snap sees no temporary folder
    with tempfile.TemporaryDirectory(dir=where, ignore_cleanup_errors=True) as home, files.replacing(target) as file:
        command = [program, *FLAGS, *PRINTING, *root, f"--user-data-dir={home}", f"--print-to-pdf={file.resolve()}"]
        try:
            subprocess.run([*command, source.as_uri()], capture_output=True, timeout=SECONDS, check=True)
            printed = file.read_bytes()
            if not printed:
                raise OSError
            file.write_bytes(_DATED.sub(rb"\g<1>20250101000000", printed, count=2))  # the same page, the same bytes
        except (OSError, subprocess.SubprocessError) as error:
            raise PolicyError("nothing_printed", program, error=type(error).__name__) from None
    return target
