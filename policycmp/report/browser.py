"""The Chromium of this machine: where it is, and a page printed by it as PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from policycmp import files
from policycmp.errors import PolicyError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
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
SECONDS = 120  # printing takes some 3 s; a machine under load must not fail


def find() -> str | None:
    """Return the path of a Chromium (or Chrome, or Edge) of this machine; None where there is none."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


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
            if not file.stat().st_size:
                raise OSError
        except (OSError, subprocess.SubprocessError) as error:
            raise PolicyError("nothing_printed", program, error=type(error).__name__) from None
    return target


if __name__ == "__main__":
    try:
        print(f"report: {print_pdf(*sys.argv[1:])}")
    except PolicyError as error:
        sys.exit(f"policycmp: {error}")
