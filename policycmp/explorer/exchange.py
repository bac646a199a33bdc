"""What comes into a window and what leaves it: files from elsewhere, charts, tables, pairs, and lines of Python."""

from __future__ import annotations

import io
import os
import re
import shutil
import tempfile
import weakref
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from policycmp import charts, document, export, files, library, locations, reading
from policycmp.asking import check
from policycmp.asking.filters import Key
from policycmp.errors import PolicyError
from policycmp.explorer.session import Session
from policycmp.explorer.view import NOWHERE, View, shown
from policycmp.export import side_by_side
from policycmp.schema import SIDES
from policycmp.shown import naming
from policycmp.wording import label, said

_LONGEST = 60  # characters of a file's name that tell what was asked


class Uploads:
    """Files from elsewhere, there as long as the window, or added to the data folder."""

    def __init__(self, session: Session) -> None:
        self.session, self.districts = session, dict[str, str]()
        self.folder = Path(tempfile.mkdtemp(prefix="policycmp-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def read(self, name: str, content: bytes) -> str:
        """Read a file and add it to the documents of the session; return what its check says."""
        session = self.session
        stem = re.sub(r"\W+", "-", Path(name).stem).strip("-")[:40] or "document"
        ids = {Path(one).stem for one in session.documents}
        free = next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, 999))) if one not in ids)
        path = self.folder / f"{free}{re.sub(r'[^.a-zA-Z0-9]', '', Path(name).suffix)[:8]}"
        path.write_bytes(content)
        try:
            found = document.load(path, data=session.data, corrections="none")
            report = check.report(found, session.lang)
        except PolicyError as error:
            raise _renamed(error, str(path), name) from None
        named = self.districts[str(path)] = found.policy.district
        called = named + said("bracketed", session.lang, chapter="names", text=free) if named else free
        session.documents[str(path)] = (called,) * 2
        return report

    def holds(self, source: str) -> bool:
        """Tell whether a document is a file that goes with the window."""
        return Path(source).parent == self.folder

    def keep(self, path: str, district: str = "") -> str:
        """Add an uploaded file to the data folder, where its corrections can be saved; return its id.

        Its id stays what it was here, and so do the corrections that were made.
        """
        session, doc = self.session, Path(path).stem
        district = district or self.districts[path] or doc
        library.add(path, district=district, doc=doc, data=session.data)
        session.documents = {doc if one == path else one: both for one, both in session.documents.items()}
        session.documents[doc] = (district,) * 2
        if path in session.sources:
            key = session.key
            session.open(*(doc if one == path else one for one in session.sources))
            session.key = key
        return doc


def _renamed(error: PolicyError, old: str, new: str) -> PolicyError:
    """Return an error that names ``new`` where it named ``old``: a file that the user knows."""
    values = {
        name: value.replace(old, new) if isinstance(value, str) else value for name, value in error.values.items()
    }
    return PolicyError(error.key, str(error.source).replace(old, new), where=error.where, **values)


# --- leaving ------------------------------------------------------------------------------------------------------


def draw(view: View) -> Any:
    """Draw the chosen chart of what is chosen, what was corrected marked in it; return its Axes."""
    ax = charts.CHARTS[view.chart](shown(view), size=view.size)
    charts.note_filters(ax, {"scope": view.scope, "key": view.key} | view.filters)
    return ax


def write(session: Session, what: str) -> list[Path]:
    """Write what is seen to the folder ``out``: the ``chart``, the ``table`` or the ``pair``, and where it is from."""
    target, stem = files.folder(session.out), f"{what}-{_stem(session, what)}"
    writers: dict[str, Callable[[], list[Path]]] = {
        "chart": lambda: _chart(session, target / stem),
        "table": lambda: _tables(session, target / stem),
        "pair": lambda: [side_by_side.write_pair(session.comparison, *session.key, target / f"{stem}.docx")],
    }
    paths = writers[what]()
    about = target / f"{stem}.txt"
    with files.replacing(about) as temporary:
        temporary.write_text(provenance(session), encoding="utf-8")
    return [*paths, about]


def _stem(session: Session, what: str) -> str:
    """Return what tells this export from others: the chart, and the pair in focus or what the list was asked."""
    if what == "pair" or session.scope != "listed":
        asked = "-".join(f"{place[0]}.{place[1]}" if place else "0" for place in session.key)
    else:
        asked = "-".join(["listed", *(f"{name}-{value}" for name, value in session.filters.items())])
    docs = "-".join(own.doc for own in session.comparison.sides.values())
    whole = "-".join([docs, session.chart, asked] if what == "chart" else [docs, asked])
    return re.sub(r"[^\w.]+", "-", whole)[:_LONGEST].strip("-.")


def _chart(session: Session, stem: Path) -> list[Path]:
    ax = draw(session)
    paths = charts.save_chart(ax, stem)
    charts.close(ax)
    return paths


def _tables(session: Session, stem: Path) -> list[Path]:
    narrow = session.chosen()
    told = document.stack([narrow.left, narrow.right])
    found = export.comparison_tables(narrow) | {name: told[name] for name in ("targets", "budgets", "incentives")}
    paths = [
        files.write_csv(table, stem.with_name(f"{stem.name}-{name.replace('_', '-')}.csv"))
        for name, table in found.items()
    ]
    return [*paths, export.write_workbook(found, stem.with_name(f"{stem.name}.xlsx"), lang=session.lang)]


def packed(paths: list[Path]) -> tuple[str, bytes]:
    """Return the name and the bytes of a download: one file as it is, more than one as a zip of them."""
    if len(paths) == 1:
        return paths[0].name, paths[0].read_bytes()
    stem = paths[-1].stem
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, path.name)
    return f"{stem}.zip", raw.getvalue()


def provenance(session: Session) -> str:
    """Return where an export is from: both documents, what was asked, corrections, and the lines that give it again."""
    lang, rows = session.lang, list[str]()
    for side, own in session.comparison.sides.items():
        status = label(own.policy.status, lang, "values") if own.policy.status else ""
        title = " ".join(filter(None, (own.policy.title, status)))
        rows.append(f"{naming.name_of(session.comparison, side)}: {title} ({session.sources[side == 'right']})")
    book = session.book
    new, gone = book.pending if book else ([], [])
    made = len(book.rows) if book else 0
    rows.append(said("export_corrections", lang, chapter="explorer", n=made, unsaved=len(new) + len(gone)))
    rows.append(f"policycmp {version('policycmp')}")
    return "\n".join([*rows, "", code(session), ""])


def code(session: Session) -> str:
    """Return the lines of Python that give what is seen: the list, the pair, its tables, the hits, the chart."""
    lines = ["import policycmp"]
    options = {name: str(value) for name in ("data", "corrections") if (value := getattr(session, name)) is not None}
    if session.data is None and (named := os.environ.get(locations.VARIABLE)):
        lines = ["import os", *lines, f"os.environ[{locations.VARIABLE!r}] = {str(Path(named).resolve())!r}"]
    elif session.data is None and not (here := reading.data_folder()).is_absolute():
        options = {"data": str(here.resolve())} | options
    if session.lang != "zh":
        options["lang"] = session.lang
    lines.append(f"comparison = policycmp.compare({', '.join([*map(repr, session.sources), *_named(options)])})")
    lines.append(f"rows = policycmp.select({', '.join(['comparison', *_named(session.filters)])})")
    chosen = "rows"
    if session.scope != "listed" and session.key != NOWHERE:
        chosen = "pair"
        lines.append(f"pair = comparison.alignment.query({_condition(session.key)!r})")
    elif least := session.filters.get("ratio"):
        chosen = f"rows, least={least!r}"
    lines.append(f"chosen = policycmp.narrow(comparison, {chosen})")
    lines += [f"{name} = chosen.{name.removesuffix('s')}_pairs" for name in ("targets", "budgets", "incentives")]
    if text := session.filters.get("text"):
        lines.append(f"hits = policycmp.search(comparison, {text!r})")
    name = charts.CHARTS[session.chart].__name__
    lines.append(f"policycmp.charts.{name}(chosen, size={session.size!r})")
    return "\n".join(lines)


def _condition(key: Key) -> str:
    """Return the condition by which a pair is found in an alignment."""
    conditions = []
    for side, place in zip(SIDES, key, strict=True):
        if place:
            section, clause = place
            conditions.append(f"{side}_section == {section} and {side}_clause == {clause}")
        else:
            conditions.append(f"{side}_clause.isna()")
    return " and ".join(conditions)


def _named(options: dict[str, Any]) -> list[str]:
    return [f"{name}={value!r}" for name, value in options.items()]
