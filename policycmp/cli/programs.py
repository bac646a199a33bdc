"""The programs that a command starts and waits for: JupyterLab with the notebooks, the explorer as a page."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from importlib.resources import files as resources
from pathlib import Path

import policycmp
from policycmp import files, locations
from policycmp.errors import need


def lab(arguments: argparse.Namespace) -> int:
    """Open the notebooks in JupyterLab."""
    need("lab", "jupyterlab", "ipywidgets")
    print(arguments.say("lab"), flush=True)
    as_root = ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    return _run(arguments, "jupyterlab", f"--ServerApp.root_dir={notebooks()}", *as_root, *arguments.rest)


def app(arguments: argparse.Namespace) -> int:
    """Open the explorer, or another notebook, by Voilà; a kernel whose page was left stops soon."""
    need("app", "voila", "ipywidgets")
    print(arguments.say("app"), flush=True)
    notebook = arguments.notebook or str(notebooks() / "07_explore.ipynb")
    options = ["--template=explorer", "--Voila.ip=127.0.0.1"]
    options += ["--MappingKernelManager.cull_interval=30", "--MappingKernelManager.cull_idle_timeout=60"]
    return _run(arguments, "policycmp.cli.server", notebook, *options, *arguments.rest)


def notebooks() -> Path:
    """Return a folder of the notebooks in which one may write: a checkout's own, or copies in the user's folder."""
    shipped = locations.shipped("notebooks")
    if not locations.installed():
        return shipped
    own = files.folder(locations.data_folder() / "notebooks" / policycmp.__version__)
    for path in shipped.glob("*.ipynb"):
        if not (own / path.name).exists():
            shutil.copyfile(path, own / path.name)
    return own


def _run(arguments: argparse.Namespace, module: str, *options: str) -> int:
    """Run a module of this Python until it ends or is interrupted; our page for Voilà fetches nothing."""
    env = dict(os.environ)
    pages = str(resources("policycmp") / "explorer")
    env["JUPYTER_PATH"] = os.pathsep.join(filter(None, (pages, env.get("JUPYTER_PATH"))))
    if arguments.data:
        env[locations.VARIABLE] = str(Path(arguments.data).resolve())
    program = subprocess.Popen([sys.executable, "-m", module, *options], env=env)
    while True:
        try:
            return program.wait()
        except KeyboardInterrupt:  # the program has it too, and may ask whether it is meant
            continue
