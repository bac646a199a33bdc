"""A chart within the page: its SVG as part of the page, each mark a link to the clause that it is made of."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp.report.page.places import Places
from policycmp.report.page.templating import fill
from policycmp.schema import Place
from policycmp.shown.naming import anchor
from policycmp.wording import label

if TYPE_CHECKING:
    from markupsafe import Markup

KINDS = ("png", "svg", "pdf", "csv", "json")  # the files of a figure
MOST = 3  # sentences that a mark tells; of more there is a count
_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"


class Cited(NamedTuple):
    """Of a mark: where a click leads, the places that it is made of, and the first sentences there."""

    home: str
    places: str
    quotes: str


class Figures(NamedTuple):
    """Where the files of the figures are, those for a phone too, where their page leads, and its language."""

    folder: Path
    narrow: Path | None
    places: Places
    lang: str


def figure(name: str, figures: Figures, *, how: Iterable[Markup] = (), about: str = "", png: str = "") -> Markup:
    """Return a figure with its files below; without an SVG file of it the ``png`` that the notebook drew.

    Parameters
    ----------
    name : str
        The chart.
    figures : Figures
        Where its files are.
    how : iterable of Markup, optional
        How the chart is read.
    about : str
        What describes the picture, where there is no SVG file.
    png : str
        The picture as the notebook has it.
    """
    folder, small = figures.folder, figures.narrow and figures.narrow / f"{name}.svg"
    kinds = [kind for kind in KINDS if (folder / f"{name}.{kind}").exists()]
    wide, narrow, title = None, None, about
    if "svg" in kinds:
        record = _record(folder / f"{name}.json")
        title = record.get("title") or about
        cited = _cited(record, figures.places)
        wide = _inline(folder / f"{name}.svg", cited, prefix=f"svg-{name}-", kept=cited)
        if small and small.exists():
            narrow = _inline(small, cited, prefix=f"svg-narrow-{name}-")
    words = {word: label(word, figures.lang, "page") for word in ("more", "see")}
    return fill(
        "figure.html", name=name, title=title, wide=wide, narrow=narrow, png="".join(png.split()), how=list(how),
        kinds=kinds, folder=folder.name, say=words,
    )  # fmt: skip


def _record(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _inline(path: Path, cited: Mapping[str, Cited], *, prefix: str, kept: Container[str] = ()) -> Markup:
    """Return an SVG file as part of a page: no size of its own, every mark that is cited a link.

    The ids that are ``kept`` stay as they are, all others get a prefix, so that no two of a page clash.
    """
    from lxml import etree
    from markupsafe import Markup

    parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False)
    root = etree.fromstring(path.read_bytes(), parser)
    for element in list(root.iter(f"{_SVG}metadata", f"{_SVG}style")):
        element.getparent().remove(element)
    for element in list(root.iter()):
        name = element.get("id")
        _rename(element, prefix, kept)
        if name in cited:
            _link(element, cited[name])
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    return Markup(etree.tostring(root, encoding="unicode"))


def _rename(element: Any, prefix: str, kept: Container[str]) -> None:
    """Give the ids of an element, and what refers to ids, a prefix; the ids that are ``kept`` stay."""
    for name, value in element.attrib.items():
        if name == "id" and value not in kept:
            element.set(name, prefix + value)
        elif name == f"{_XLINK}href" and value.startswith("#"):
            del element.attrib[name]
            element.set("href", f"#{prefix}{value[1:]}")
        elif "url(#" in value:
            element.set(name, value.replace("url(#", f"url(#{prefix}"))


def _cited(record: Mapping[str, Any], places: Places) -> dict[str, Cited]:
    """Return what each mark is made of, by its id."""
    found = {}
    for mark in record.get("marks", []):
        cited = [passage for passages in mark["passages"].values() for passage in passages or []]
        if not cited:
            continue
        known = [where for passage in cited if (where := _where(passage, places))]
        home = next((where for passage in cited if (where := _home(passage, places))), "")
        quotes = " ｜ ".join(str(passage["quote"]) for passage in cited[:MOST] if passage["quote"])
        more = f" +{len(cited) - MOST}" if len(cited) > MOST else ""
        for name in mark.get("ids", []):
            found[name] = Cited(home, " ".join(dict.fromkeys(known)), quotes + more)
            for where in known:
                places.marks.setdefault(where, name)
    return found


def _where(passage: Mapping[str, Any], places: Places) -> str:
    """Return the place of what is cited: its number, else its clause."""
    number = places.by_span.get((passage["doc"], passage["start"], passage["end"]), "")
    return number or _clause(passage, places)


def _clause(passage: Mapping[str, Any], places: Places) -> str:
    if passage["section"] is None or passage["clause"] is None:
        return ""
    where = anchor(passage["doc"], Place(passage["section"], passage["clause"]))
    return where if where in places.texts else ""


def _home(passage: Mapping[str, Any], places: Places) -> str:
    where = _clause(passage, places)
    return places.home(where) if where else ""


def _link(element: Any, cited: Cited) -> None:
    """Put what an element draws into a link."""
    known = {"href": f"#{cited.home}", "aria-label": cited.quotes, "data-cite": cited.places}
    link = element.makeelement(f"{_SVG}a", known)
    link.extend(list(element))
    element.append(link)
