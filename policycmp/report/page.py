"""The report's notebook as one HTML page: it needs no other file and no network, and fits a phone and A4 paper."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import partial
from importlib import metadata, resources
from pathlib import Path
from string import Template
from typing import Any

from policycmp.charts.drawing import style
from policycmp.comparison import Comparison
from policycmp.report import webfont
from policycmp.report.cells import cells, words
from policycmp.report.reader import reader
from policycmp.report.sources import source
from policycmp.schema import SIDES
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
    comparison = translated(comparison)
    left, right = names(comparison)
    lang, say = comparison.lang, partial(label, lang=comparison.lang, chapter="page")
    body = "\n".join(cells(notebook, figures, lang))
    body = re.sub(r"<h1\b.*?</h1>", "", body, count=1, flags=re.DOTALL)
    # One text where a document stands beside itself.
    texts = {comparison[side].doc: source(comparison, side) for side in SIDES}
    read = [_head("reader", say), _key("how", say), reader(comparison)]
    parts = [body, *read, _head("sources", say), _key("key", say), *texts.values()]
    body = _linked(_sided("\n".join(parts), left, right))
    files = _files(say)
    values = {name: say(name) for name in phrases("page")} | {
        "lang": "zh-CN" if lang == "zh" else "en",
        "title": html.escape(said("title", lang, chapter="page", left=left, right=right)),
        "toc": _contents(body + files),
        "body": body,
        "files": files,
        "footer": _footer(comparison, say),
        "left": style.LOOKS["left"].ink,
        "right": style.LOOKS["right"].ink,
    }
    template = Template(resources.files("policycmp.report").joinpath("report.html").read_text(encoding="utf-8"))
    page = template.safe_substitute(values)
    return page.replace("/*fonts*/", webfont.faces(page))


def _head(name: str, say: Callable[..., str]) -> str:
    return f'<h2 id="{name}">{say(name)}</h2>'


def _key(name: str, say: Callable[..., str]) -> str:
    roles = ("target", "result", "budget", "incentive", "condition")
    marks = " ".join(f'<mark class="{role}">{say(role, chapter="values")}</mark>' for role in roles)
    return f"<p>{say(name)}{marks}</p>"


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
    return "".join(f'<li><a href="#{where}">{html.escape(words(text))}</a></li>' for where, text in heads)


def _files(say: Callable[..., str]) -> str:
    others = (name for name in phrases("files") if name != "index.html")
    rows = "".join(f'<li><a href="{name}">{name}</a>　{say(name, chapter="files")}</li>' for name in others)
    return f"{_head('files', say)}<ul>{rows}</ul>"


def _footer(comparison: Comparison, say: Callable[..., str]) -> str:
    policies = [side.policy for side in comparison.sides.values()]
    sums = "".join(f"<li>{html.escape(policy.source_file)} {policy.sha256}</li>" for policy in policies)
    installed = {found.name.lower(): found.version for found in metadata.distributions()}
    versions = ", ".join(f"{name} {installed[name]}" for name in _LIBRARIES if name in installed)
    return f"<p>{say('footer')}</p><ul>{sums}<li>{versions}</li></ul>"
