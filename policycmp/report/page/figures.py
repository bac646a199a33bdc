"""A chart within the page: its SVG as part of the page, each mark a link to the clause that it is made of."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from policycmp.charts.drawing import style
from policycmp.report.page.places import Places
from policycmp.report.page.templating import fill
from policycmp.schema import Place
from policycmp.shown.naming import anchor
from policycmp.wording import label

if TYPE_CHECKING:
    from markupsafe import Markup

KINDS = ("png", "svg", "pdf", "csv", "json")  # the files of a figure
MOST = 3  # places that a mark tells; of more there is a count
LONGEST = 48  # characters of a quote in what a mark is called; the card shows the whole sentence
# The colours of the charts, by the names that page.css has for them.
COLOURS = {look.fill: f"var(--{side}-fill)" for side, look in style.LOOKS.items()}
COLOURS |= {look.ink: f"var(--{side})" for side, look in style.LOOKS.items()}
COLOURS |= {"#ffffff": "var(--page)", style.INK: "var(--ink)", style.MUTED: "var(--muted)", style.RULE: "var(--rule)"}
COLOURS |= {style.BAND: "var(--band)", style.PALE: "var(--pale)"}
_HEX = re.compile("#[0-9a-fA-F]{6}")
_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"


class Cited(NamedTuple):
    """Of a mark: where a click leads, the places that it is made of, and the first sentences there."""

    home: str
    places: list[str]
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
    _hatch(root)
    _colour(root)
    for element in list(root.iter(f"{_SVG}metadata", f"{_SVG}style", f"{_SVG}pattern")):
        element.getparent().remove(element)
    for element in list(root.iter()):
        name = element.get("id")
        _rename(element, prefix, kept)
        if name in cited:
            _link(element, cited[name])
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    return Markup(etree.tostring(root, encoding="unicode"))


def _hatch(root: Any) -> None:
    """Draw the hatching of every bar as lines: a pattern becomes a picture in a PDF, one of 160 KB for each bar."""
    known = {f"fill: url(#{pattern.get('id')})": pattern for pattern in root.iter(f"{_SVG}pattern")}
    for bar in list(root.iter(f"{_SVG}path")):
        name = next((name for name in known if name in (bar.get("style") or "")), None)
        if name is None:
            continue
        ground, lines = known[name][0], known[name][1]
        bar.set("style", bar.get("style").replace(name, f"fill: {ground.get('fill')}"))
        drawn = _lines_within(_numbers(bar.get("d")), _numbers(lines.get("d")))
        bar.addnext(bar.makeelement(f"{_SVG}path", {"d": drawn, "style": lines.get("style")}))


def _colour(root: Any) -> None:
    """Let the page say what the colours of the charts are: by day and by night they are not the same."""
    for element in root.iter():
        if look := element.get("style"):
            element.set("style", _HEX.sub(lambda found: COLOURS.get(found[0].lower(), found[0]), look))


def _numbers(path: str) -> list[float]:
    """Return the coordinates of a path of straight lines: x and y in turn."""
    return [float(part) for part in path.split() if part[-1].isdigit()]


def _lines_within(bar: Sequence[float], lines: Sequence[float]) -> str:
    """Return the parallel diagonals ``lines``, as far as they go on, within a bar."""
    (left, *_, right), (top, *_, bottom) = sorted(bar[::2]), sorted(bar[1::2])
    slope = 1 if lines[3] > lines[1] else -1  # x grows; y grows downward
    first, second = (lines[at + 1] - slope * lines[at] for at in (0, 4))  # y where x is 0
    lowest, highest = (pick(y - slope * x for y in (top, bottom) for x in (left, right)) for pick in (min, max))
    step, parts = abs(second - first), list[str]()
    for number in range(math.ceil(lowest / step), math.floor(highest / step) + 1):
        at = number * step
        ends = sorted(((top - at) * slope, (bottom - at) * slope))
        begin, end = max(left, ends[0]), min(right, ends[1])
        parts.append(f"M {begin:.6g} {at + slope * begin:.6g} L {end:.6g} {at + slope * end:.6g}")
    return " ".join(parts)


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
    """Return what each mark is made of, by its id ``chart:column:row``; from now on its numbers lead to it."""
    found, marks = {}, dict[str, str]()
    for mark in record.get("marks", []):
        for name in mark.get("ids", []):
            passages = _of_column(mark["passages"], name.split(":")[1])
            known = list(dict.fromkeys(where for passage in passages if (where := _where(passage, places))))
            home = next((where for passage in passages if (where := _home(passage, places))), "")
            if home:
                quotes = [shorten(passage["quote"] or "") for passage in passages[:MOST]]
                found[name] = Cited(home, known, " ｜ ".join(filter(None, quotes)))
                if not _is_text(name):
                    marks = dict.fromkeys(known, name) | marks
    places.marks |= marks
    return found


def _of_column(passages: Mapping[str, Any], column: str) -> list[Mapping[str, Any]]:
    """Return the passages of a column: its own, those of its side (of left_text: left), or all of the row."""
    for name in (column, column.partition("_")[0]):
        if passages.get(name):
            return list(passages[name])
    return [passage for own in passages.values() for passage in own or []]


def shorten(text: str) -> str:
    """Return a text in one line, cut where it is longer than `LONGEST`."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


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


def _is_text(name: str) -> bool:
    """Tell whether a mark is only what is written beside a bar or a dot."""
    column = name.split(":")[1]
    return column == "item" or column.endswith("_text")


def _link(element: Any, cited: Cited) -> None:
    """Put what an element draws into a link."""
    known = {"href": f"#{cited.home}", "aria-label": cited.quotes, "data-cite": " ".join(cited.places[:MOST])}
    if len(cited.places) > MOST:
        known["data-more"] = str(len(cited.places) - MOST)
    if _is_text(element.get("id")):
        known["tabindex"] = "-1"  # the bar or the dot beside it leads there already
    link = element.makeelement(f"{_SVG}a", known)
    link.extend(list(element))
    element.append(link)
