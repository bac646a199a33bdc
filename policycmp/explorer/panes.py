"""What the explorer shows of its state, as HTML: the pair in focus, its targets and budgets, the map."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from policycmp import charts, schema
from policycmp.asking import filters, spread
from policycmp.asking.spread import Half
from policycmp.charts.drawing import style
from policycmp.comparison import Comparison
from policycmp.explorer.session import MARK, Session, starred
from policycmp.schema import SIDES, Place, records
from policycmp.shown import marks, naming
from policycmp.shown import tables as read
from policycmp.shown.html import Table
from policycmp.shown.marks import Span, marked
from policycmp.shown.naming import names
from policycmp.shown.translations import translated
from policycmp.text.normalize import fold
from policycmp.wording import label, said

SHADES = (0.1, 0.2, 0.3, 0.45, 0.6)  # similarities from which a cell of the map is a shade darker
_HIT = 'mark class="hit"'


def line(session: Session, row: dict[str, Any]) -> str:
    """Return a row of the alignment in one line of plain text."""
    sides = session.comparison.sides.items()
    left, right = (naming.refs(own, session.lang)(schema.place_of(row, side)) for side, own in sides)
    sign = {"same": "＝", "partial": "≈"}.get(row["relation"], "—")
    number = f" {row['similarity']:.2f}" if left and right else ""
    titles = " ｜ ".join(dict.fromkeys(filter(None, (row["left_title"], row["right_title"]))))
    return f"{MARK if row['origin'] == 'override' else ''}{left or '　'} {sign} {right or '　'}{number}　{titles}"


def clause_names(session: Session, side: str) -> Callable[[Place], str]:
    """Return a function that names a place of a side: 鹿城 第12条 标题."""
    own = session.comparison[side]
    name, ref = names(session.comparison)[SIDES.index(side)], naming.refs(own, session.lang)
    titles = dict(zip(schema.places(own.clauses), own.clauses["title"], strict=True))
    return lambda place: " ".join(filter(None, (name, ref(place), titles.get(place))))


def pair(session: Session) -> str:
    """Return the two clauses in focus: relation, wording, numbers, bodies, and the redline of both."""
    focus, lang, shown = session.focus, session.lang, translated(session.comparison)
    row = spread.row(shown, *session.key)
    about = [relation(session, row.relation)]
    if row.left and row.right:
        about += [f"{label(name, lang)} {focus[name]:.2f}" for name in ("similarity", "margin")]
        about += [f"{label('shared', lang)} {focus['shared_terms']}"]
    said = escape(" · ".join(about))
    if focus["origin"] == "override":
        why = escape(label("semicolon", lang, "names").join(session.reasons()))
        said += f' · <span class="pc-mark">{MARK} {label("corrected", lang, "explorer")} {why}</span>'
    cells = [_half(session, shown, side, half) for side, half in row.sides.items()]
    roles = " ".join(f'<mark class="{role}">{label(role, lang, "values")}</mark>' for role in schema.ROLES[:-1])
    parts = [f'<p class="pc-about">{said}</p><div class="pc-cols">{"".join(cells)}</div>']
    parts.append(f'<p class="pc-about">{label("key", lang, "explorer")}{roles}</p>')
    if row.runs:
        heading = f"<h5>{label('redline', lang, 'explorer')}</h5>"
        parts.append(f'{heading}<div class="pc-redline">{marks.redlined(row.runs)}</div>')
    return "".join(parts)


def relation(session: Session, name: str) -> str:
    """Return what a relation is called: 相同, 部分重合, 只在龙湾."""
    left, right = names(session.comparison)
    only = {"left_only": left, "right_only": right}
    if name in only:
        return said("only_in", session.lang, chapter="explorer", name=only[name])
    return label(name, session.lang, "values")


def _half(session: Session, shown: Comparison, side: str, half: Half | None) -> str:
    """Return one side of the pair in focus: what only it says, its numbers, what was corrected, what is searched."""
    lang, own = session.lang, shown[side]
    name = f"<b>{style.LOOKS[side].sign} {escape(names(shown)[SIDES.index(side)])}</b>"
    if half is None:
        return f'<section class="{side}"><h4>{name} {label("no_pair", lang, "explorer")}</h4></section>'
    text, wanted, only = own.policy.text, session.filters.get("text", ""), marks.only_here(half)

    def lit(start: int, end: int) -> list[Span]:
        return hits(own.policy.folded, wanted, start, end)

    title_end = half.title_start + len(half.title)
    title = marked(text, half.title_start, title_end, only, lit(half.title_start, title_end))
    numbers, fixed = marks.numbers(own, half.numbers, lang=lang), _fixed(half)
    body = marks.in_paragraphs(text, half.start, half.end, only, numbers, fixed, lit(half.start, half.end))
    heading = own.sections.loc[own.sections["section"] == half.place.section, "heading"]
    above = escape(naming.heading(half.place.section, heading.iloc[0], lang)) if len(heading) else ""
    colon = label("colon", lang, "names")
    bodies = f"{label('bodies', lang, 'explorer')}{colon}{_lit(half.bodies, wanted)}" if half.bodies else ""
    ref = escape(naming.refs(own, lang)(half.place))
    return (
        f'<section class="{side}" lang="zh-CN" tabindex="0"><h4>{name} {ref} {title}</h4>'
        f'<p class="pc-about">{above}</p>{body}<p class="pc-about">{bodies}</p></section>'
    )


def _fixed(half: Half) -> list[Span]:
    """Return the numbers that were corrected."""
    tag = f'b class="corrected" title="{MARK}"'
    fixed = [row for row in half.numbers if row["origin"] == "override"]
    return [Span(row["number_start"], row["number_start"] + len(row["as_written"]), tag) for row in fixed]


def hits(text: str, wanted: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return where the searched text stands in ``text``."""
    end = len(text) if end is None else end
    found = filters.pattern(wanted).finditer(text, start, end) if wanted.strip() else ()
    return [Span(*one.span(), _HIT) for one in found]


def _lit(text: str, wanted: str) -> str:
    return marked(text, 0, len(text), hits(fold(text), wanted))


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
    return f"<p>{marked(text, first, last, [Span(start, end, _HIT)])}</p>"


def tables(session: Session) -> str:
    """Return the targets and budgets of what is chosen."""
    lang, narrow = session.lang, starred(translated(session.chosen()))
    near = replace(session.comparison, target_candidates=narrow.target_candidates)  # with both ends of each
    left, right = ({"name": name} for name in names(narrow))
    found: list[tuple[str, dict[str, str], Table]] = [
        ("paired", {}, read.target_pairs(narrow)), ("only", left, read.only_here(narrow, "left")),
        ("only", right, read.only_here(narrow, "right")), ("near", {}, read.candidates(near)),
        ("money", {}, read.budget_pairs(narrow)), ("money", {}, read.budgets(narrow)),
    ]  # fmt: skip
    heads = [escape(said(key, lang, chapter="explorer", **values)) for key, values, _ in found]
    parts = [f"<h5>{h}</h5>{t._repr_html_()}" for h, (*_, t) in zip(heads, found, strict=True) if len(t)]
    return "".join(parts) or f"<p>{label('nothing', lang, 'explorer')}</p>"


def chart(session: Session) -> str:
    """Return the chart of what is chosen as a picture."""
    ax = session.draw()
    picture = io.BytesIO()
    ax.figure.savefig(picture, format="svg", metadata={"Date": None})
    charts.close(ax)
    data = base64.b64encode(picture.getvalue()).decode("ascii")
    return f'<img alt="{label(session.chart, session.lang, "explorer")}" src="data:image/svg+xml;base64,{data}">'


def alignment_map(session: Session, scope: str) -> str:
    """Return the similarities of all clauses as a drawing, and the style that puts the buttons of `scope` on it.

    The buttons are the rows of the alignment; those that the filters leave out are pale, corrected ones dashed.
    """
    found, total = session.comparison, session.comparison.aligned.scores.total
    high, wide = total.shape
    size, edge = max(4.0, min(12.0, round(330 / max(wide, 1), 1))), 16
    shade = ["" for _ in SHADES]
    for i, j in zip(*(total >= SHADES[0]).nonzero(), strict=True):
        cell = f"M{edge + j * size:g} {edge + i * size:g}h{size}v{size}h-{size}z"
        shade[sum(total[i, j] >= least for least in SHADES) - 1] += cell
    paths = "".join(f'<path d="{d}" fill-opacity="{0.15 + 0.2 * n:.2f}"/>' for n, d in enumerate(shade))
    marks, places = [], []
    for across, side in enumerate((found.left.clauses, found.right.clauses)):
        places.append({place: n for n, place in enumerate(zip(side["section"], side["clause"], strict=True))})
        starts = {int(section): n for (section, _), n in reversed(places[-1].items())}
        for section, n in starts.items():
            x, y = (edge + n * size, 0.0) if across else (0.0, edge + n * size)
            marks.append(
                f'<path d="M{x:g} {y:g}{"V" if across else "H"}{edge + size * (high if across else wide):g}"/>'
            )
            name = naming.ordinal(section, session.lang)
            marks.append(f'<text x="{x + 2:g}" y="{y + 11:g}">{name}</text>')
    width, height = edge + (wide + 1) * size, edge + (high + 1) * size
    svg = f'<svg width="{width:g}" height="{height:g}" aria-hidden="true">{paths}{"".join(marks)}</svg>'
    listed, rules = set(session.keys), []
    for n, (key, row) in enumerate(zip(filters.keys(found.alignment), records(found.alignment), strict=True), 1):
        at = [len(side) if place is None else side[place] for place, side in zip(key, places, strict=True)]
        look = f"left:{edge + at[1] * size:g}px;top:{edge + at[0] * size:g}px;width:{size}px;height:{size}px"
        look += "" if key in listed else ";opacity:.25"
        look += ";border:1px dashed var(--pc-warn)" if row["origin"] == "override" else ""
        rules.append(f"{scope} button:nth-of-type({n}){{{look}}}")
    return f"{svg}<style>{''.join(rules)}</style>"
