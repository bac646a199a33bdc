"""Notebooks: given other parameters, run two at a time, and stored without what changes from run to run."""

from __future__ import annotations

import ast
import asyncio
import base64
import importlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from policycmp import files, locations
from policycmp.errors import PolicyError
from policycmp.report.notebooks import kernels

ABOUT_THE_SHIPPED = "shipped-pair"  # tags prose that interprets the two shipped texts and holds for no others
AT_ONCE = 2  # kernels: each needs one core and some 250 MB
TIMEOUT = 300  # seconds for one cell
# Kernels draw inline, whatever backend the caller's environment names; a user's own IPython set-up is left out.
_UNSET = ("MPLBACKEND", "PYTHONSTARTUP")
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def shipped() -> dict[str, Path]:
    """Return the notebooks of the project by name, in reading order: the numbered ones, then the report."""
    folder = locations.shipped("notebooks")
    found = {path.stem: path for path in sorted(folder.glob("*.ipynb"))}
    if "report" not in found:
        raise PolicyError("no_notebooks", folder)
    return found


def library() -> Any:
    """Return nbformat. What checks addresses for it takes a second to load, and no notebook has any to be checked."""
    checks = "rfc3987_syntax"
    if checks not in sys.modules:
        sys.modules[checks] = None  # type: ignore[assignment]  # as if it were not installed
        try:
            import nbformat  # noqa: F401
        finally:
            del sys.modules[checks]
    return importlib.import_module("nbformat")


def read(path: Path) -> Any:
    """Return the notebook at ``path``."""
    nbformat = library()
    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError) as error:
        raise PolicyError("broken_notebook", path, error=type(error).__name__) from None


def set_parameters(notebook: Any, values: Mapping[str, object]) -> None:
    """Write ``values`` into the cell tagged ``parameters``; a name that it does not assign is left out."""
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = _assigned(cell.source, values)


def _assigned(source: str, values: Mapping[str, object]) -> str:
    lines = source.split("\n")
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in values:
            value = values[node.targets[0].id]
            text = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
            lines[node.lineno - 1] = f"{node.targets[0].id} = {text}"
    return "\n".join(lines)


def speak(notebook: Any, lang: str) -> None:
    """Keep of the prose of ``notebook`` what is said in ``lang``."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = spoken(cell.source, lang)


def leave_out(notebook: Any, tag: str) -> None:
    """Remove from ``notebook`` the cells that have a tag."""
    notebook.cells = [cell for cell in notebook.cells if tag not in cell.metadata.get("tags", [])]


def spoken(text: str, lang: str) -> str:
    """Return what ``text`` says in ``lang``: a line in *italics* is the English of the Chinese line above it.

    It takes the mark of a heading or of a list from that line; a text without English stays as it is.
    """
    if lang == "zh":
        return re.sub(r"\n\s*\*[^*\n]+\*$", "", text, flags=re.MULTILINE)
    said = re.findall(r"^(#+ |- |).*\n\s*\*([^*\n]+)\*$", text, re.MULTILINE)
    return "".join(("" if mark == "- " else "\n") + f"{mark}{english}\n" for mark, english in said).strip() or text


def has_pair(notebook: Any) -> bool:
    """Tell whether a notebook is about two documents: its parameters name them."""
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    return any(line.startswith("LEFT") for cell in tagged for line in cell.source.split("\n"))


def has_window(notebook: Any) -> bool:
    """Tell whether a cell is tagged ``window``: it shows widgets, which only a reader who is there can use."""
    return any("window" in cell.metadata.get("tags", []) for cell in notebook.cells)


def run(notebooks: Mapping[str, Any], cwd: Path, done: Callable[[str], None] = lambda name: None) -> None:
    """Run ``notebooks`` in place, with their kernels in the folder ``cwd``; call ``done`` with the name of each.

    Raises
    ------
    PolicyError
        If a cell of a notebook fails.
    """
    with (
        ThreadPoolExecutor(1) as thread,
        tempfile.TemporaryDirectory() as profile,
    ):  # a caller may have a loop of its own
        env = {name: value for name, value in os.environ.items() if name not in _UNSET} | {"IPYTHONDIR": profile}
        if locations.VARIABLE in env:  # a relative path means another folder where the notebooks run
            env[locations.VARIABLE] = str(Path(env[locations.VARIABLE]).resolve())
        with kernels.warm(env) as warm:
            thread.submit(asyncio.run, _run_all(notebooks, cwd, env, done, warm)).result()


async def _run_all(
    notebooks: Mapping[str, Any], cwd: Path, env: dict[str, str], done: Callable[[str], None], warm: kernels.Warm | None
) -> None:
    free = asyncio.Semaphore(AT_ONCE)

    async def one(name: str, notebook: Any) -> None:
        async with free:
            await _run_one(name, notebook, cwd, env, warm)
            done(name)

    longest_first = sorted(notebooks.items(), key=lambda item: -len(item[1].cells))  # no core waits for it at the end
    await asyncio.gather(*(one(name, notebook) for name, notebook in longest_first))


async def _run_one(name: str, notebook: Any, cwd: Path, env: dict[str, str], warm: kernels.Warm | None) -> None:
    from ipykernel.kernelspec import get_kernel_dict
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(cwd)}},
    )
    kernel: Any = client.create_kernel_manager()
    # This very Python, whatever else calls itself python3; a warning would tell every user of its local sockets.
    kernel.kernel_spec.argv = [*get_kernel_dict()["argv"], "--log-level=ERROR"]
    if warm:
        kernels.attach(kernel, warm)
    try:
        await client.async_execute(env=env)
    except CellExecutionError as error:
        raise PolicyError("cell_failed", f"{name}.ipynb", error=error.ename, message=error.evalue) from None
    except (CellTimeoutError, DeadKernelError) as error:
        raise PolicyError("cell_endless", f"{name}.ipynb", error=type(error).__name__) from None
    clean(notebook)


def clean(notebook: Any) -> None:
    """Remove from ``notebook`` what differs from run to run and place to place: times, versions, ids of widgets."""
    notebook.metadata = {name: dict(value) for name, value in _METADATA.items()}
    for cell in notebook.cells:
        for name in ("execution", "ExecuteTime", "collapsed", "scrolled"):
            cell.metadata.pop(name, None)
        for output in cell.get("outputs", []):
            if "metadata" in output:
                output.metadata.clear()
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = _without_text(output.data["image/png"])


def _without_text(png: str) -> str:
    """Return a picture without its text chunks, which name the library that wrote it."""
    raw = base64.b64decode(png)
    kept, position = [raw[:8]], 8
    while position < len(raw):
        end = position + 12 + int.from_bytes(raw[position : position + 4], "big")
        if raw[position + 4 : position + 8] not in (b"tEXt", b"zTXt", b"iTXt", b"tIME"):
            kept.append(raw[position:end])
        position = end
    return base64.b64encode(b"".join(kept)).decode("ascii")


def write(notebook: Any, path: Path) -> Path:
    """Write ``notebook`` to ``path``, whole or not at all."""
    nbformat = library()
    nbformat.validate(notebook)
    with files.replacing(path) as temporary:
        nbformat.write(notebook, temporary)
    return path
