"""What the explorer shows of its state: its rows and hits as lines, targets and budgets as tables, the chart."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from policycmp import charts, schema
from policycmp.explorer.session import MARK, Session, starred
from policycmp.schema import SIDES, Place
from policycmp.shown import naming
from policycmp.shown import tables as read
from policycmp.shown.html import Table
from policycmp.shown.marks import Span, marked
from policycmp.shown.naming import names
from policycmp.shown.translations import translated
from policycmp.wording import label, said

HIT = 'mark class="hit"'  # what is searched for


def line(session: Session, row: dict[str, Any]) -> str:
    """Return a row of the alignment in one line of plain text."""
    named = []
    for side, own in session.comparison.sides.items():
        named.append(naming.refs(own, session.lang)(schema.place_of(row, side)) or "　")
    mark = MARK if row["origin"] == "override" else ""
    sign = {"same": "＝", "partial": "≈"}.get(row["relation"])
    number = f" {row['similarity']:.2f}" if sign else ""
    titles = " ｜ ".join(dict.fromkeys(filter(None, (row["left_title"], row["right_title"]))))
    return f"{mark}{named[0]} {sign or '—'} {named[1]}{number}　{titles}"


def clause_names(session: Session, side: str) -> Callable[[Place], str]:
    """Return a function that names a place of a side: 鹿城 第12条 标题."""
    own = session.comparison[side]
    name, ref = naming.name_of(session.comparison, side), naming.refs(own, session.lang)
    titles = dict(zip(schema.places(own.clauses), own.clauses["title"], strict=True))
    return lambda place: " ".join(filter(None, (name, ref(place), titles.get(place))))


def relation(session: Session, name: str) -> str:
    """Return what a relation is called: 相同, 部分重合, 只在龙湾."""
    left, right = names(session.comparison)
    only = {"left_only": left, "right_only": right}
    if name in only:
        return said("only_in", session.lang, chapter="explorer", name=only[name])
    return label(name, session.lang, "values")


def lines(session: Session, found: Sequence[dict[str, Any]], around: int = 14) -> list[str]:
    """Return each hit of `filters.search` in one line of plain text, with a little of what stands around it."""
    named = {side: clause_names(session, side) for side in SIDES}
    result = []
    for hit in found:
        text, start, end = session.comparison[hit["side"]].policy.text, hit["start"], hit["end"]
        around_it = f"{text[max(0, start - around) : start]}【{text[start:end]}】{text[end : end + around]}"
        result.append(" ".join(f"{named[hit['side']](Place(hit['section'], hit['clause']))}　{around_it}".split()))
    return result


def paragraph(session: Session, hit: dict[str, Any]) -> str:
    """Return the paragraph of a hit, which is marked in it."""
    text, start, end = session.comparison[hit["side"]].policy.text, hit["start"], hit["end"]
    first, last = text.rfind("\n", 0, start) + 1, f"{text}\n".index("\n", end)
    return f"<p>{marked(text, first, last, [Span(start, end, HIT)])}</p>"


def tables(session: Session) -> str:
    """Return the targets and budgets of what is chosen."""
    lang, narrow = session.lang, starred(translated(session.chosen()))
    near = replace(session.comparison, target_candidates=narrow.target_candidates)  # with both ends of each
    left, right = (said("only", lang, chapter="explorer", name=name) for name in names(narrow))
    money = label("money", lang, "explorer")
    found: list[tuple[str, Table]] = [
        (label("paired", lang, "explorer"), read.target_pairs(narrow)),
        (left, read.only_here(narrow, "left")),
        (right, read.only_here(narrow, "right")),
        (label("near", lang, "explorer"), read.candidates(near)),
        (money, read.budget_pairs(narrow)),
        (money, read.budgets(narrow)),
    ]
    parts = [f"<h5>{escape(head)}</h5>{table._repr_html_()}" for head, table in found if len(table)]
    return "".join(parts) or f"<p>{label('nothing', lang, 'explorer')}</p>"


def chart(session: Session) -> str:
    """Return the chart of what is chosen as a picture."""
    ax = session.draw()
    picture = io.BytesIO()
    ax.figure.savefig(picture, format="svg", metadata={"Date": None})
    charts.close(ax)
    data = base64.b64encode(picture.getvalue()).decode("ascii")
    return f'<img alt="{label(session.chart, session.lang, "explorer")}" src="data:image/svg+xml;base64,{data}">'
