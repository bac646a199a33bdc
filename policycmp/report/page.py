"""The report's notebook as one HTML page: it needs no other file and no network, and fits a phone and A4 paper."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import unquote

from policycmp.charts.drawing import style
from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.report import audit, reader, webfont
from policycmp.shown import naming
from policycmp.shown.marks import Span
from policycmp.shown.naming import names
from policycmp.shown.translations import translated
from policycmp.wording import label, phrases, said

_LIBRARIES = ("policycmp", "pandas", "matplotlib", "scikit-learn", "jieba")


def render(notebook: Any, comparison: Comparison, figures: Path) -> str:
    """Return the page of a report ``notebook`` that was run.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook with its outputs; its code is left out.
    comparison : Comparison
        What it shows, for the heading and for the texts at the end; the page is in its language.
    figures : Path
        The folder of the figures; a cell tagged ``chart-x`` shows its ``x.svg``.
    """
    lang, comparison = comparison.lang, translated(comparison)
    left, right = names(comparison)
    sides = [(left, comparison.left), (right, comparison.right)]
    body = "\n".join(_cells(notebook, figures, lang))
    texts = {side.doc: _source(name, side, lang) for name, side in sides}  # one where a document stands beside itself
    body = re.sub(r"<h1\b.*?</h1>", "", body, count=1, flags=re.DOTALL)
    parts = [body, _head("reader", lang), _key("how", lang), reader.reader(comparison), _head("sources", lang),
             _key("key", lang), *texts.values()]  # fmt: skip
    body = _linked(_sided("\n".join(parts), left, right))
    title = html.escape(said("title", lang, chapter="page", left=left, right=right))
    values = {name: label(name, lang, "page") for name in phrases("page")} | {
        "lang": "zh-CN" if lang == "zh" else "en", "title": title, "toc": _contents(body + _files(lang)),
        "body": body, "files": _files(lang), "footer": _footer(sides, lang),
        "left": style.LOOKS["left"].ink, "right": style.LOOKS["right"].ink,
    }  # fmt: skip
    template = Template(files("policycmp.report").joinpath("report.html").read_text(encoding="utf-8"))
    page = template.safe_substitute(values)
    return page.replace("/*fonts*/", webfont.faces(page))


def _cells(notebook: Any, figures: Path, lang: str) -> Iterator[str]:
    """Yield the HTML of each cell; a figure is described by the words that lead to it."""
    about: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found = _markdown(cell.source)
            about = [_words(part) for part in re.findall(r"<h[1-6].*?</h[1-6]>|<p>.*?</p>", found, re.DOTALL)]
            yield found
            continue
        names = [tag.removeprefix("chart-") for tag in cell.metadata.get("tags", []) if tag.startswith("chart-")]
        for output in cell.outputs:
            data = output.get("data", {})
            if "image/png" in data:
                yield _figure(data["image/png"], names, figures, " ".join(about), lang)
            elif "text/html" in data:
                table = f'<div class="scroll" tabindex="0">{data["text/html"]}</div>'
                folded = f"<details><summary>{label('drawn', lang, 'page')}</summary>{table}</details>"
                yield folded if "read_back(" in cell.source else table
            elif "text/markdown" in data:
                yield _markdown(data["text/markdown"])


def _markdown(text: str) -> str:
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    found: str = markdown2html_mistune(text)
    found = re.sub(r'<a class="anchor-link".*?</a>', "", found)
    return re.sub(r'(?<= id=")[^"]*', lambda name: html.escape(unquote(name[0])), found)  # not percent signs


def _words(fragment: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", fragment)).split())


def _figure(png: str, names: list[str], figures: Path, about: str, lang: str) -> str:
    """Return a figure, drawn with lines where there is an SVG file of it, with its files below."""
    source, caption = f"data:image/png;base64,{''.join(png.split())}", ""
    if names and (figures / f"{names[0]}.svg").exists():
        svg = (figures / f"{names[0]}.svg").read_bytes()
        source = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode('ascii')}"
        kinds = [kind for kind in ("png", "svg", "pdf", "csv", "json") if (figures / f"{names[0]}.{kind}").exists()]
        links = " · ".join(f'<a href="{figures.name}/{names[0]}.{kind}">{kind.upper()}</a>' for kind in kinds)
        caption = f"<figcaption>{label('more', lang, 'page')}{links}</figcaption>"
    alt = html.escape(f"{about} {label('see', lang, 'page')}".strip())
    return f'<figure><div class="scroll" tabindex="0"><img src="{source}" alt="{alt}"></div>{caption}</figure>'


def _head(name: str, lang: str) -> str:
    return f'<h2 id="{name}">{label(name, lang, "page")}</h2>'


def _key(name: str, lang: str) -> str:
    roles = ("target", "budget", "incentive", "condition")
    marks = " ".join(f'<mark class="{role}">{label(role, lang, "values")}</mark>' for role in roles)
    return f"<p>{label(name, lang, 'page')}{marks}</p>"


def _source(name: str, side: Tables, lang: str) -> str:
    """Return the text of one document: a place for each section and clause, its numbers marked."""
    numbers = audit.numbers(side, lang=lang)
    parts = [f"<h3>{html.escape(name)}　{html.escape(side.policy.title)}</h3>", _outside(side, numbers, lang)]
    for unit in reader.units(side):
        head = f"<h5>{unit.clause} {html.escape(unit.title)}</h5>"
        if not unit.clause:
            head = f"<h4>{html.escape(naming.heading(unit.section, unit.title, lang))}</h4>"
        parts.append(
            f"{_place(side, unit.section, unit.clause)}{head}{reader.unit_html(side, unit, numbers)}</section>"
        )
    return f'<div class="source">{"".join(parts)}</div>'


def _place(side: Tables, section: int, clause: int) -> str:
    return f'<section id="{html.escape(naming.anchor(side.doc, section, clause))}">'


def _outside(side: Tables, numbers: list[Span], lang: str) -> str:
    """Return what stands before the first section and after the last clause, folded away."""
    spans = [(start, end) for start, end, section, clause in side.outline.place() if not section and not clause]
    text = "".join(reader.text_html(side, start, end, numbers) for start, end in spans)
    head = f"<summary>{label('outside', lang, 'values')}</summary>"
    return f"{_place(side, 0, 0)}<details>{head}{text}</details></section>"


def _linked(body: str) -> str:
    """Return ``body`` with each clause that a table names linked to its place, if the page has one."""
    places = set(re.findall(r'<section id="([^"]*)"', body))

    def link(found: re.Match[str]) -> str:
        start, where, text = found[1], found[2], found[3]
        return f'{start}><a href="#{where}">{text}</a></td>' if where in places else f"{start}>{text}</td>"

    return re.sub(r'(<td style="[^"]*") data-ref="([^"]*)">([^<]*)</td>', link, body)


def _sided(body: str, left: str, right: str) -> str:
    """Return ``body`` with the columns of each document headed in its colour."""
    for side, name in (("left", left), ("right", right)):
        body = re.sub(rf'<th scope="col"(?=[^>]*>{re.escape(html.escape(name))}\b)', rf'\g<0> class="{side}"', body)
    return body


def _contents(body: str) -> str:
    heads = re.findall(r'<h2 id="([^"]*)">(.*?)</h2>', body, re.DOTALL)
    return "".join(f'<li><a href="#{where}">{html.escape(_words(text))}</a></li>' for where, text in heads)


def _files(lang: str) -> str:
    others = (name for name in phrases("files") if name != "index.html")
    rows = "".join(f'<li><a href="{name}">{name}</a>　{label(name, lang, "files")}</li>' for name in others)
    return f"{_head('files', lang)}<ul>{rows}</ul>"


def _footer(sides: list[tuple[str, Tables]], lang: str) -> str:
    sums = "".join(f"<li>{html.escape(side.policy.source_file)} {side.policy.sha256}</li>" for _, side in sides)
    installed = {found.name.lower(): found.version for found in metadata.distributions()}
    versions = ", ".join(f"{name} {installed[name]}" for name in _LIBRARIES if name in installed)
    return f"<p>{label('footer', lang, 'page')}</p><ul>{sums}<li>{versions}</li></ul>"
