"""The texts of both documents at the end of a page: a place for each section, clause and number, with ways back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policycmp.asking import spread
from policycmp.asking.spread import Half
from policycmp.comparison import Comparison
from policycmp.report.page.places import Places, counterparts, told
from policycmp.report.page.reader import unit_html
from policycmp.report.page.templating import fill
from policycmp.schema import Place
from policycmp.shown import marks, naming
from policycmp.shown.translations import speaker
from policycmp.wording import label

if TYPE_CHECKING:
    from markupsafe import Markup


def source(comparison: Comparison, side: str, places: Places) -> Markup:
    """Return the text of one document, headed by what it is called; each number leads to its row, else to its pair."""
    own, lang = comparison[side], comparison.lang
    paired, seen, where = counterparts(comparison, side), set[str](), places.of_numbers(comparison, side)
    parts = [_outside(comparison, side, places)]
    for half in spread.halves(comparison, side):
        numbers = marks.numbers(own, half.numbers, lang=lang, paired=paired, named=True)
        text = unit_html(own.policy.text, half, marks.links(own, half.numbers, where), numbers)
        parts.append(_part(comparison, side, half, places) | {"text": text})
    for part in parts:  # a clause's number may be printed twice
        part["anchor"] = part["anchor"] if part["anchor"] not in seen else ""
        seen.add(part["anchor"])
    title = own.policy.title
    return fill(
        "source.html", side=side, name=naming.name_of(comparison, side), title=title, parts=parts,
        called=speaker(own.policy.folder, lang)("document", title), chinese=lang != "zh",
        say={"to_pair": label("to_pair", lang, "page")},
    )  # fmt: skip


def _part(comparison: Comparison, side: str, half: Half, places: Places) -> dict[str, Any]:
    own, lang = comparison[side], comparison.lang
    where, heading = naming.anchor(own.doc, half.place), f"{half.place.clause} {half.title}"
    if not half.place.clause:
        heading = naming.heading(half.place.section, half.title, lang)
    return {
        "anchor": where,
        "ref": naming.refs(own, lang)(half.place),
        "outside": "",
        "level": "h5" if half.place.clause else "h4",
        "title": heading,
        "pairs": places.pairs.get(where, []),
    }


def _outside(comparison: Comparison, side: str, places: Places) -> dict[str, Any]:
    """Return what stands before the first section and after the last clause, folded away."""
    from markupsafe import Markup

    own, lang = comparison[side], comparison.lang
    blocks = [block for block in own.outline.blocks() if block.place == (0, 0)]
    rows = [row for row in told(comparison, side) if row["section"] == 0 and row["clause"] == 0]
    layers = marks.links(own, rows, places.rows), marks.numbers(own, rows, lang=lang, named=True)
    found = (marks.in_paragraphs(own.policy.text, block.start, block.end, *layers) for block in blocks)
    text = Markup("").join(map(Markup, found))
    name = label("outside", lang, "values")
    return {"anchor": naming.anchor(own.doc, Place(0, 0)), "ref": name, "outside": name, "text": text}
