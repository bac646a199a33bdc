"""The cells of a notebook that was run, as HTML: words, tables, and figures with their files."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from policycmp.wording import label

KINDS = ("png", "svg", "pdf", "csv", "json")  # the files of a figure


def cells(notebook: Any, figures: Path, lang: str) -> Iterator[str]:
    """Yield the HTML of each cell; a figure is described by the words that lead to it."""
    about: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found = _markdown(cell.source)
            about = [words(part) for part in re.findall(r"<h[1-6].*?</h[1-6]>|<p>.*?</p>", found, re.DOTALL)]
            yield found
            continue
        names = [tag.removeprefix("chart-") for tag in cell.metadata.get("tags", []) if tag.startswith("chart-")]
        for output in cell.outputs:
            data = output.get("data", {})
            if "image/png" in data:
                alt = f"{' '.join(about)} {label('see', lang, 'page')}".strip()
                yield _figure(data["image/png"], names, figures, alt, label("more", lang, "page"))
            elif "text/html" in data:
                table = f'<div class="scroll" tabindex="0">{data["text/html"]}</div>'
                folded = f"<details><summary>{label('drawn', lang, 'page')}</summary>{table}</details>"
                yield folded if "read_back(" in cell.source else table
            elif "text/markdown" in data:
                yield _markdown(data["text/markdown"])


def words(fragment: str) -> str:
    """Return what a fragment of HTML says."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", fragment)).split())


def _markdown(text: str) -> str:
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    found: str = markdown2html_mistune(text)
    found = re.sub(r'<a class="anchor-link".*?</a>', "", found)
    return re.sub(r'(?<= id=")[^"]*', lambda name: html.escape(unquote(name[0])), found)  # not percent signs


def _figure(png: str, names: list[str], figures: Path, alt: str, caption: str) -> str:
    """Return a figure, drawn with lines where there is an SVG file of it, with its files below."""
    source, files = f"data:image/png;base64,{''.join(png.split())}", ""
    if names and (figures / f"{names[0]}.svg").exists():
        svg = (figures / f"{names[0]}.svg").read_bytes()
        source = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode('ascii')}"
        kinds = [kind for kind in KINDS if (figures / f"{names[0]}.{kind}").exists()]
        links = " · ".join(f'<a href="{figures.name}/{names[0]}.{kind}">{kind.upper()}</a>' for kind in kinds)
        files = f"<figcaption>{caption}{links}</figcaption>"
    image = f'<img src="{source}" alt="{html.escape(alt)}">'
    return f'<figure><div class="scroll" tabindex="0">{image}</div>{files}</figure>'
