"""What the explorer shows of its state: its rows and hits as lines, targets and budgets as tables, the chart."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from policycmp import charts, schema
from policycmp.corrections import Decision
from policycmp.explorer import exchange
from policycmp.explorer.session import Session
from policycmp.explorer.view import MARK, NOWHERE, shown
from policycmp.schema import SIDES, Place, records
from policycmp.shown import naming
from policycmp.shown import tables as read
from policycmp.shown.amounts import format_value
from policycmp.shown.html import Table
from policycmp.shown.marks import Span, marked
from policycmp.shown.naming import names
from policycmp.shown.translations import speaker, translated
from policycmp.wording import label, said

_WHICH = (
    "doc",
    "part",
    "section",
    "clause",
    "as_written",
    "number_start",
)  # which number is meant, not what it is to be
HIT = 'mark class="hit"'  # what is searched for


def line(session: Session, row: dict[str, Any]) -> str:
    """Return a row of the alignment in one line of plain text."""
    named = []
    for side, own in session.comparison.sides.items():
        named.append(naming.refs(own, session.lang)(schema.place_of(row, side)) or "　")
    mark = MARK if row["origin"] == "override" else ""
    sign = {"same": "＝", "partial": "≈"}.get(row["relation"])
    number = f" {row['similarity']:.2f}" if sign else ""
    say = speaker(session.comparison.left.policy.folder, session.lang)
    named_so = (say("clause", row[f"{side}_title"]) for side in SIDES)
    titles = " ｜ ".join(dict.fromkeys(filter(None, named_so)))
    return f"{mark}{named[0]} {sign or '—'} {named[1]}{number}　{titles}"


def listed(session: Session) -> list[tuple[str, tuple[Any, ...]]]:
    """Return the lines of the list with what each stands for: clauses or, where so asked, targets far apart in them."""
    far = session.far_apart
    if far is None:
        return [(line(session, row), key) for row, key in zip(records(session.rows), session.keys, strict=True)]
    far = translated(replace(session.comparison, target_pairs=far)).target_pairs
    return [
        (_apart(session, row), (*session.holding("left", row["left_target"]), row["left_target"], row["right_target"]))
        for row in records(far)
    ]


def _apart(session: Session, row: dict[str, Any]) -> str:
    """Return a pair of targets in one line of plain text: ×44　电梯更新　龙湾 16台　鹿城 700台."""
    lang = session.lang
    times = max(row["ratio"], 1 / row["ratio"]) if row["ratio"] else float("inf")
    values = []
    for side, name in zip(SIDES, names(session.comparison), strict=True):
        value, most, comparator = (row[f"{side}_{column}"] for column in ("value", "value_max", "comparator"))
        values.append(f"{name} {format_value(value, most, comparator, row['unit'], lang)}")
    return "　".join([f"×{times:.3g}", row["left_indicator"], *values])


def decided(session: Session, row: Decision) -> str:
    """Return a correction as a sentence: 龙湾 第11条 — 鹿城 第10条：部分重合（只有一半说的是一回事）."""
    lang, cells = session.lang, row.cells
    told = {"quantities": _number_decided, "alignment": _pair_decided, "target_pairs": _targets_decided}
    text = told[row.table](session, cells)
    if reason := cells.get("reason"):
        text += said("bracketed", lang, chapter="names", text=reason)
    return text


def _number_decided(session: Session, cells: Mapping[str, str]) -> str:
    lang = session.lang
    sides = [side for side, own in session.comparison.sides.items() if own.doc == cells["doc"]]
    where = f"{naming.name_of(session.comparison, sides[0])} {_clause(session, sides[0], cells['clause'])}"
    what = said("decided_number", lang, chapter="explorer", where=where, number=cells["as_written"])
    if cells["action"] != "change":
        return what + label(f"decided_{cells['action']}", lang, "explorer")
    fixed = ((name, cells.get(name)) for name in schema.columns("quantities") if name not in _WHICH)
    changes = [f"{label(name, lang)} → {label(value, lang, 'values')}" for name, value in fixed if value]
    return what + label("comma", lang, "names").join(changes)


def _pair_decided(session: Session, cells: Mapping[str, str]) -> str:
    lang = session.lang
    ends = [
        f"{naming.name_of(session.comparison, side)} {_clause(session, side, cells[f'{side}_clause'])}"
        for side in SIDES
    ]
    what = label("reject", lang, "explorer")
    if cells["relation"] != "reject":
        what = relation(session, cells["relation"])
    return f"{ends[0]} — {ends[1]}{label('colon', lang, 'names')}{what}"


def _targets_decided(session: Session, cells: Mapping[str, str]) -> str:
    lang, ends = session.lang, []
    for side, own in translated(session.comparison).sides.items():
        target = cells[f"{side}_target"]
        named = dict(zip(own.targets["target"], own.targets["indicator"], strict=True))
        ends.append(named.get(target, target))
    what = label(f"{cells['decision']}_pair", lang, "explorer")
    return f"{ends[0]} ｜ {ends[1]}{label('colon', lang, 'names')}{what}"


def _clause(session: Session, side: str, clause: str) -> str:
    """Return how a clause is cited whose number a file gives."""
    own = session.comparison[side]
    here = [place for place in schema.places(own.clauses) if place and str(place.clause) == clause]
    return naming.refs(own, session.lang)(here[0]) if here else clause


def clause_names(session: Session, side: str) -> Callable[[Place], str]:
    """Return a function that names a place of a side: 鹿城 第12条 标题."""
    own = session.comparison[side]
    name, ref = naming.name_of(session.comparison, side), naming.refs(own, session.lang)
    say = speaker(own.policy.folder, session.lang)
    called = (say("clause", title) for title in own.clauses["title"])
    titles = dict(zip(schema.places(own.clauses), called, strict=True))
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
    named, result = {side: clause_names(session, side) for side in SIDES}, []
    for hit in found:
        own, start, end = session.comparison[hit["side"]], hit["start"], hit["end"]
        if compared(session, hit):
            where = named[hit["side"]](Place(hit["section"], hit["clause"]))
        else:
            titles = dict(zip(own.parts["part"], own.parts["title"], strict=True))
            where = f"{naming.name_of(session.comparison, hit['side'])} {titles[hit['part']]}"
        text = own.policy.text
        around_it = f"{text[max(0, start - around) : start]}【{text[start:end]}】{text[end : end + around]}"
        result.append(" ".join(f"{where}　{around_it}".split()))
    return result


def compared(session: Session, hit: Mapping[str, Any]) -> bool:
    """Tell whether a hit stands in the part of its document that is compared, and not in an annex."""
    return bool(hit["part"] == session.comparison[hit["side"]].outline.parts[0].number)


def paragraph(session: Session, hit: dict[str, Any]) -> str:
    """Return the paragraph of a hit, which is marked in it."""
    text, start, end = session.comparison[hit["side"]].policy.text, hit["start"], hit["end"]
    first, last = text.rfind("\n", 0, start) + 1, f"{text}\n".index("\n", end)
    return f"<p>{marked(text, first, last, [Span(start, end, HIT)])}</p>"


def tables(session: Session) -> str:
    """Return the targets, budgets and incentives of what is chosen; nothing where nothing is."""
    if session.scope != "listed" and session.key == NOWHERE:
        return ""
    lang, narrow = session.lang, shown(session)
    candidates = {name: getattr(narrow, name) for name in ("target_candidates", "incentive_candidates")}
    near = replace(session.comparison, **candidates)  # with both ends of each
    left, right = (said("only", lang, chapter="explorer", name=name) for name in names(narrow))
    found: list[tuple[str, Table]] = [
        ("paired", read.target_pairs(narrow)),
        (left, read.only_here(narrow, "left")),
        (right, read.only_here(narrow, "right")),
        ("near", read.candidates(near)),
        ("money", read.budget_pairs(narrow)),
        ("money_told", read.budgets(narrow)),
        ("both_pay", read.incentive_pairs(narrow)),
        ("near_paid", read.incentives_apart(near)),
        ("paid", read.incentives(narrow)),
    ]
    told = [(label(head, lang, "explorer"), table) for head, table in found if len(table)]
    parts = [f"<h3>{escape(head)}</h3>{table._repr_html_()}" for head, table in told]
    return "".join(parts) or f"<p>{label('nothing', lang, 'explorer')}</p>"


def chart(session: Session) -> str:
    """Return the chart of what is chosen as a picture; nothing where nothing is."""
    if session.key == NOWHERE:
        return ""
    ax = exchange.draw(session)
    drawn = charts.picture(ax, outlines=True)  # an image in a page has none of the page's fonts
    charts.close(ax)
    data = base64.b64encode(drawn).decode("ascii")
    return f'<img alt="{label(session.chart, session.lang, "explorer")}" src="data:image/svg+xml;base64,{data}">'
