"""The report's notebook as one HTML page: it needs no other file and no network, and fits a phone and A4 paper."""

from __future__ import annotations

from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp.charts.drawing import style
from policycmp.comparison import Comparison
from policycmp.report.page import answer, webfont
from policycmp.report.page.cells import Heading, cells, charts_in
from policycmp.report.page.figures import Figures
from policycmp.report.page.places import Places
from policycmp.report.page.reader import reader
from policycmp.report.page.sources import source
from policycmp.report.page.templating import fill, resource
from policycmp.schema import SIDES
from policycmp.shown import tables
from policycmp.shown.naming import names
from policycmp.shown.translations import translated
from policycmp.wording import label, phrases, said

if TYPE_CHECKING:
    from markupsafe import Markup

_LIBRARIES = ("policycmp", "pandas", "matplotlib", "scikit-learn", "jieba")
_SHOWN = ("target", "result", "budget", "incentive", "condition")  # the roles that the texts mark


def render(
    notebook: Any,
    comparison: Comparison,
    figures: Path,
    *,
    narrow: Path | None = None,
    other: tuple[str, str] | None = None,
) -> str:
    """Return the page of a report ``notebook`` that was run.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook with its outputs; its code is left out.
    comparison : Comparison
        What it shows, for the heading and for the texts at the end; the page is in its language.
    figures : Path
        The folder of the figures; a cell tagged ``chart-x`` shows its ``x.svg``.
    narrow : Path, optional
        The folder of the figures as they are drawn for a phone.
    other : tuple of str, optional
        The language and the file of the same page in the other language, if it was made.
    """
    comparison = translated(comparison)
    left, right = names(comparison)
    lang, places = comparison.lang, Places.of(comparison)
    say = {name: label(name, lang, "page") for name in phrases("page")}
    blocks, headings = cells(notebook, Figures(figures, narrow, places, lang))
    read = reader(comparison, places)
    # One text where a document stands beside itself.
    texts = {comparison[side].doc: source(comparison, side, places) for side in SIDES}
    anchors = places.taken | {f"chart-{name}" for name in charts_of(notebook)}
    title = said("title", lang, chapter="page", left=left, right=right)
    first = fill(
        "answer.html", title=title, other=_language(other), like=answer.like_for_like(comparison, places),
        headlines=tables.headlines(comparison, anchors), notes=answer.notes(comparison),
    )  # fmt: skip
    further = [Heading(2, name, say[name]) for name in ("reader", "sources", "files")]
    page = partial(
        fill, "page.html", lang="zh-CN" if lang == "zh" else "en", title=title, say=say, answer=first, blocks=blocks,
        contents=[head for head in [*headings, *further] if head.level == 2], reader=read, texts=texts.values(),
        reader_key=_key("how", lang), source_key=_key("key", lang), files=_files(lang),
        footer=_footer(comparison), words=_words(lang), looks=style.LOOKS,
        style=resource("page.css"), script=resource("page.js"),
    )  # fmt: skip
    return str(page(fonts=webfont.faces(page(fonts=""), lang=lang)))


def charts_of(notebook: Any) -> list[str]:
    """Return the charts that a notebook draws."""
    return [name for cell in notebook.cells for name in charts_in(cell)]


def _language(other: tuple[str, str] | None) -> dict[str, str] | None:
    """Return the link to the page in the other language, in words of that language."""
    if other is None:
        return None
    lang, href = other
    return {"lang": "zh-CN" if lang == "zh" else lang, "href": href, "text": label("this_page", lang, "page")}


def _key(name: str, lang: str) -> Markup:
    """Return what the marks of the texts mean; the phrase holds an example of the underline."""
    from markupsafe import Markup

    roles = [(role, label(role, lang, "values")) for role in _SHOWN]
    roles[:1] = [(f"target {kind}", label(kind, lang, "page")) for kind in ("paired", "single")]
    return fill("key.html", text=Markup(label(name, lang, "page")), roles=roles)


def _words(lang: str) -> dict[str, str]:
    """Return what the script says."""
    return {name: label(name, lang, "page") for name in phrases("page") if name.startswith("js_")} | {
        name: label(name, lang, "page") for name in ("find", "all", "csv", "nothing", "to_pair", "row", "chart")
    }


def _files(lang: str) -> list[tuple[str, str]]:
    return [(name, label(name, lang, "files")) for name in phrases("files") if name != "index.html"]


def _footer(comparison: Comparison) -> list[str]:
    """Return the checksums of both sources, and the versions of what made the page."""
    policies = [side.policy for side in comparison.sides.values()]
    installed = {found.name.lower(): found.version for found in metadata.distributions()}
    versions = ", ".join(f"{name} {installed[name]}" for name in _LIBRARIES if name in installed)
    return [*(f"{policy.source_file} {policy.sha256}" for policy in policies), versions]
