"""The main job: the whole report of a pair of documents, as files.

`python -m policycmp.report.making --refresh` runs the project's notebooks and stores their outputs.
A folder that exists is not emptied, and each file is replaced whole: nothing is written before every notebook ran.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from policycmp import charts, export, files, locations, reading, sources
from policycmp.comparison import Comparison, compare
from policycmp.errors import PolicyError, need, printable
from policycmp.export import figures, word
from policycmp.report import notebooks, page
from policycmp.shown import sentences
from policycmp.wording import LANGUAGES, phrases, said

NARROW = "narrow"  # the folder of the figures for a phone, which only the page holds
OVERVIEW = "targets"  # the figure that README.md shows


class Edition(NamedTuple):
    """A page of the report: the comparison in its language, its notebook, its file and the folder of its figures."""

    comparison: Comparison
    book: str
    page: str
    figures: str


def make(
    left: str | Path,
    right: str | Path,
    *,
    out: str | Path = "build/report",
    lang: str = "zh",
    both: bool = False,
    data: str | Path | None = None,
    template: str | Path | None = None,
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
    both : bool
        Make the page in the other language, too (``index.en.html``); each leads to the other.
    data : str or Path, optional
        The data folder, ``data/`` by default.
    template : str or Path, optional
        A Word file of which comparison.docx takes the page, the head and foot and the styles.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    PolicyError
        If a source is at fault, a notebook fails, a file cannot be written, or the extra ``report`` is not installed.
    """
    need("report", "jinja2", "nbformat", "nbclient", "ipykernel", "nbconvert")
    if template:
        word.blank("", template=template)  # a file that is no template is told before anything runs
    for path in (left, right, out):  # a notebook, which names them, is UTF-8
        if printable(path) != str(path):
            raise PolicyError("name_no_utf8", path)
    begin = time.monotonic()
    _say("report_reads", lang, left=left, right=right)
    comparison = compare(left, right, data=data, lang=lang)
    read = {name: notebooks.read(path) for name, path in notebooks.shipped().items()}
    books = {name: book for name, book in read.items() if notebooks.has_pair(book) and not notebooks.has_window(book)}
    target = files.folder(out)
    where = files.folder(target / "notebooks")
    editions = [Edition(comparison, "report", "index.html", "figures")]
    if both:
        other = next(one for one in LANGUAGES if one != lang)
        editions.append(
            Edition(comparison.speaking(other), f"report.{other}", f"index.{other}.html", f"figures.{other}")
        )
        books[f"report.{other}"] = notebooks.read(notebooks.shipped()["report"])
    spoken = {edition.book: edition.comparison.lang for edition in editions}
    values = {"LEFT": _source(left, data), "RIGHT": _source(right, data), "OUT": "exports", "DATA": _data(data, where)}
    for name, book in books.items():
        notebooks.set_parameters(book, values | {"LANG": spoken.get(name, lang)})
        notebooks.speak(book, spoken.get(name, lang))
        if not _is_shipped(comparison):
            notebooks.leave_out(book, notebooks.ABOUT_THE_SHIPPED)
    _say("report_runs", lang, number=len(books), at_once=notebooks.AT_ONCE)
    with tempfile.TemporaryDirectory() as drawn, ThreadPoolExecutor(1) as thread:
        running = thread.submit(notebooks.run, books, where, lambda name: _print(f"  {name}", lang))
        written = [_draw(edition, Path(drawn), books) for edition in editions]
        running.result()
        for edition, paths in zip(editions, written, strict=True):
            _copy(paths, target / edition.figures)
        pages = [_page(edition, editions, Path(drawn), target, books) for edition in editions]
    for name, book in books.items():
        notebooks.write(book, where / f"{name}.ipynb")
    _say("report_writes", lang)
    export.write_tables([comparison.left, comparison.right], target / "tables")
    export.write_comparison(comparison, target, tables=target / "tables", template=template)
    for edition, text in zip(editions, pages, strict=True):
        with files.replacing(target / edition.page) as temporary:
            temporary.write_text(text, encoding="utf-8")
    _close(comparison, target, time.monotonic() - begin)
    return target / editions[0].page


def _is_shipped(comparison: Comparison) -> bool:
    """Tell whether the two texts are those that the prose of the notebooks interprets, on the same sides."""
    folder = locations.shipped("data")
    listed = sources.listed(folder)
    own = [hashlib.sha256(files.read_bytes(folder / listed[doc]["file"])).hexdigest() for doc in sources.pair(folder)]
    return [side.policy.sha256 for side in comparison.sides.values()] == own


def _draw(edition: Edition, drawn: Path, books: Mapping[str, Any]) -> list[Path]:
    """Draw the figures of a page below the folder ``drawn``, and those that it needs for a phone; return the former."""
    charts = page.charts_of(books[edition.book])
    folder = drawn / edition.figures
    figures.write(edition.comparison, folder / NARROW, names=charts, formats=["svg"], size="column")
    return figures.write(edition.comparison, folder)


def _copy(paths: Iterable[Path], folder: Path) -> None:
    for path in paths:
        with files.replacing(files.folder(folder) / path.name) as temporary:
            shutil.copyfile(path, temporary)


def _page(edition: Edition, editions: Iterable[Edition], drawn: Path, target: Path, books: Mapping[str, Any]) -> str:
    """Return the page of an edition, which leads to the one in the other language."""
    other = next((one for one in editions if one != edition), None)
    return page.render(
        books[edition.book],
        edition.comparison,
        target / edition.figures,
        narrow=drawn / edition.figures / NARROW,
        other=(other.comparison.lang, other.page) if other else None,
    )


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
