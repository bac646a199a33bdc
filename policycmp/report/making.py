"""The main job: the whole report of a pair of documents, as files.

`python -m policycmp.report.making --refresh` runs the project's notebooks and stores their outputs.
A folder that exists is not emptied, and each file is replaced whole: nothing is written before every notebook ran.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from policycmp import charts, export, files, locations, reading
from policycmp.comparison import Comparison, compare
from policycmp.errors import need
from policycmp.export import figures
from policycmp.report import notebooks, page
from policycmp.shown import sentences
from policycmp.wording import phrases, said

OVERVIEW = "targets"  # the figure that README.md shows


def make(
    left: str | Path,
    right: str | Path,
    *,
    out: str | Path = "build/report",
    lang: str = "zh",
    data: str | Path | None = None,
) -> Path:
    """Write the report of two documents: index.html, comparison.xlsx and .docx, figures/, tables/ and notebooks/.

    Parameters
    ----------
    left, right : str or Path
        Document ids, or paths of files.
    out : str or Path
        The folder to write to.
    lang : {"zh", "en"}
        The language of the page and of all that stands in the notebooks, but for their code and the quotations.
    data : str or Path, optional
        The data folder, ``data/`` by default.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    PolicyError
        If a source is at fault, a notebook fails, a file cannot be written, or the extra ``report`` is not installed.
    """
    need("report", "nbformat", "nbclient", "ipykernel", "nbconvert")
    begin = time.monotonic()
    _say("report_reads", lang, left=left, right=right)
    comparison = compare(left, right, data=data, lang=lang)
    read = {name: notebooks.read(path) for name, path in notebooks.shipped().items()}
    books = {name: book for name, book in read.items() if not notebooks.has_window(book)}
    target = files.folder(out)
    where = files.folder(target / "notebooks")
    values = {"LEFT": _source(left, data), "RIGHT": _source(right, data), "LANG": lang, "OUT": "exports"}
    for book in books.values():
        notebooks.set_parameters(book, values | {"DATA": _data(data, where)})
        notebooks.speak(book, lang)
    _say("report_runs", lang, number=len(books), at_once=notebooks.AT_ONCE)
    with tempfile.TemporaryDirectory() as drawn, ThreadPoolExecutor(1) as thread:
        running = thread.submit(notebooks.run, books, where, lambda name: _print(f"  {name}", lang))
        paths, narrow = figures.write(comparison, drawn), Path(drawn) / "narrow"
        figures.write(comparison, narrow, names=page.charts_of(books["report"]), formats=["svg"], size="column")
        running.result()
        for path in paths:
            with files.replacing(files.folder(target / "figures") / path.name) as temporary:
                shutil.copyfile(path, temporary)
        shown = page.render(books["report"], comparison, target / "figures", narrow=narrow)
    for name, book in books.items():
        notebooks.write(book, where / f"{name}.ipynb")
    _say("report_writes", lang)
    export.write_tables([comparison.left, comparison.right], target / "tables")
    export.write_comparison(comparison, target, tables=target / "tables")
    index = target / "index.html"
    with files.replacing(index) as temporary:
        temporary.write_text(shown, encoding="utf-8")
    _close(comparison, target, time.monotonic() - begin)
    return index


def _say(key: str, lang: str, **values: Any) -> None:
    _print(said(key, lang, chapter="command", **values), lang)


def _print(text: str, lang: str) -> None:
    print(said("report", lang, chapter="command", text=text), flush=True)


def _source(source: str | Path, data: str | Path | None) -> str:
    """Return a source as a notebook elsewhere can name it: its id, or an absolute path."""
    return str(source) if str(source) in reading.known(data) else str(Path(source).resolve())


def _data(data: str | Path | None, where: Path) -> str | None:
    """Return the data folder as seen from the folder ``where``; None for the one that a notebook finds by itself."""
    if len(locations.data_folders(data)) > 1:
        return None
    folder = reading.data_folder(data).resolve()
    if folder == locations.shipped("data").resolve():
        return None
    try:
        return Path(os.path.relpath(folder, where.resolve())).as_posix()
    except ValueError:  # on another drive
        return str(folder)


def _close(comparison: Comparison, target: Path, seconds: float) -> None:
    """Print where everything is, and the findings."""
    _say("report_done", comparison.lang, seconds=seconds)
    for name, text in phrases("files").items():
        print(f"  {f'{target / name}' + '/' * name.endswith('/'):<32} {text[comparison.lang]}")
    print(repr(sentences.findings(comparison)))


def refresh() -> None:
    """Run the project's notebooks in place, store their outputs, and draw the figure of README.md."""
    paths = notebooks.shipped()
    books = {name: notebooks.read(path) for name, path in paths.items()}
    folder = paths["report"].parent
    notebooks.run(books, folder, lambda name: print(f"notebooks: {name}", flush=True))
    for name, book in books.items():
        notebooks.write(book, paths[name])
    ax = charts.CHARTS[OVERVIEW](compare(*reading.pair()))
    with files.replacing(folder / "overview.png") as temporary:
        ax.figure.canvas.figure.savefig(temporary, dpi=150, metadata={"Software": None})
    charts.close(ax)
    print(f"notebooks: {folder.name}/overview.png", flush=True)


if __name__ == "__main__":
    if sys.argv[1:] != ["--refresh"]:
        sys.exit("usage: python -m policycmp.report.making --refresh")
    refresh()
