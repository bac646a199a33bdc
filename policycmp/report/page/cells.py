"""The cells of a notebook that was run, as the blocks of a page: words, tables, and figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from policycmp.report.page.figures import Figures, figure
from policycmp.report.page.places import Places
from policycmp.report.page.templating import fill
from policycmp.shown.html import JSON, LINKED, is_chinese
from policycmp.wording import label

if TYPE_CHECKING:
    from markupsafe import Markup

CHART = "chart-"  # begins the tag of a cell that draws a chart


class Heading(NamedTuple):
    """A heading of the page: its level, its name for links, and what it says."""

    level: int
    name: str
    text: str


def charts_in(cell: Any) -> list[str]:
    """Return the charts that a cell draws, as its tags name them."""
    return [tag.removeprefix(CHART) for tag in cell.metadata.get("tags", []) if tag.startswith(CHART)]


def cells(notebook: Any, figures: Figures) -> tuple[list[Markup], list[Heading]]:
    """Return the blocks of the page and its headings; the code of the notebook is left out.

    Words directly before a chart say how to read it, and stand with it.
    """
    blocks, headings, about, how = list["Markup"](), list[Heading](), "", list["Markup"]()
    for cell in notebook.cells:
        charts = charts_in(cell)
        if cell.cell_type == "markdown":
            found = markdown(cell.source, headings)
            about = found.striptags()
            how = [] if cell.source.startswith("#") else [found]
            blocks += [] if how else [found]
            continue
        for output in cell.outputs:
            data = output.get("data", {})
            if charts and "image/png" in data:
                blocks.append(figure(charts[0], figures, how=how, about=about, png=data["image/png"]))
            else:
                blocks += [*how, *_block(data, figures.places, figures.lang, drawn="read_back(" in cell.source)]
            how = []
    return blocks + how, headings


def _block(data: Any, places: Places, lang: str, *, drawn: bool) -> Iterator[Markup]:
    """Yield what one output of a cell shows, unless it shows nothing to people."""
    if JSON in data:
        summary = label("drawn", lang, "page") if drawn else ""
        yield table(data[JSON], places, lang, summary=summary)
    elif LINKED in data:
        yield markdown(data[LINKED], [], places)
    elif "text/markdown" in data:
        yield markdown(data["text/markdown"], [])
    elif "image/png" in data:
        yield fill("picture.html", png="".join(data["image/png"].split()), about="")


def table(record: dict[str, Any], places: Places, lang: str, *, summary: str = "") -> Markup:
    """Return a table as a notebook kept it: what its cells lead to is linked, its rows have names.

    With a ``summary`` it is folded away under these words.
    """
    columns, rows = record["columns"], []
    names = record["anchors"] or [""] * len(record["rows"])
    for name, row in zip(names, record["rows"], strict=True):
        row = [cell if isinstance(cell, list) else [cell, None, ""] for cell in row]
        anchors = [anchor if anchor in places.texts else "" for _, _, anchor in row]
        tongues = ["zh-CN" if lang != "zh" and is_chinese(text) else "" for text, _, _ in row]
        linked = [(text, key, *more) for (text, key, _), *more in zip(row, anchors, tongues, strict=True)]
        marks = filter(None, (places.marks.get(anchor) for anchor in anchors))
        rows.append((places.take(name, filter(None, anchors)), linked, next(marks, "")))
    say = {name: label(name, lang, "page") for name in ("chart", "empty")}
    return fill("table.html", columns=columns, rows=rows, say=say, summary=summary)


def markdown(text: str, headings: list[Heading], places: Places | None = None) -> Markup:
    """Return Markdown as HTML, with its headings named and added to ``headings``; the first level is the page's own.

    A link to a place stays where the page has it.
    """
    from markupsafe import Markup
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Renderer(IPythonRenderer):
        def heading(self, text: str, level: int, **attrs: Any) -> str:
            if level == 1:
                return ""
            said = Markup(text).striptags()
            name = "-".join(said.split())
            headings.append(Heading(level, name, said))
            return fill("heading.html", level=level, name=name, text=Markup(text))

        def link(self, text: str, url: str, title: str | None = None) -> str:
            if not url.startswith("#"):
                return str(super().link(text, url, title))
            name = unquote(url[1:])
            known = places and name in places.texts
            return Markup('<a href="#{}">{}</a>').format(name, Markup(text)) if known else text

    return Markup(MarkdownWithMath(renderer=Renderer(escape=True)).render(text))
