"""The pair in focus as HTML: both clauses side by side, and their redline."""

from __future__ import annotations

from html import escape

from policycmp import schema
from policycmp.asking import filters, spread
from policycmp.asking.spread import Half, Row
from policycmp.charts.drawing import style
from policycmp.comparison import Comparison
from policycmp.document import Tables
from policycmp.explorer.panes import HIT, relation
from policycmp.explorer.session import Session
from policycmp.explorer.view import MARK, NOWHERE
from policycmp.shown import marks, naming
from policycmp.shown.marks import Span, marked
from policycmp.shown.translations import speaker, translated
from policycmp.text.normalize import fold
from policycmp.wording import label


def pair(session: Session) -> str:
    """Return the two clauses in focus: relation, wording, numbers, bodies, and the redline of both."""
    lang, shown = session.lang, translated(session.comparison)
    if session.key == NOWHERE:
        return f"<p>{label('nothing_found', lang, 'explorer')}</p>"
    row = spread.row(shown, *session.key)
    halves = "".join(_half(session, shown, side, half) for side, half in row.sides.items())
    roles = " ".join(f'<mark class="{role}">{label(role, lang, "values")}</mark>' for role in schema.ROLES[:-1])
    parts = [f'<p class="pc-about">{_about(session, row)}</p><div class="pc-cols">{halves}</div>']
    parts.append(f'<p class="pc-about">{label("key", lang, "explorer")}{roles}</p>')
    if row.runs:
        heading = f"<h3>{label('redline', lang, 'explorer')}</h3>"
        parts.append(f'{heading}<div class="pc-redline" lang="zh-CN">{marks.redlined(row.runs)}</div>')
    return "".join(parts)


def _about(session: Session, row: Row) -> str:
    """Return what joins the two clauses and, where that was corrected, why."""
    focus, lang = session.focus, session.lang
    about = [relation(session, row.relation)]
    if row.left and row.right:
        about += [f"{label(name, lang)} {focus[name]:.2f}" for name in ("similarity", "margin")]
        say = speaker(session.comparison.left.policy.folder, lang)
        terms = (say("term", term) for term in focus["shared_terms"].split("、"))
        about.append(f"{label('shared', lang)} {label('between_items', lang, 'names').join(terms)}")
    text = escape(" · ".join(about))
    if focus["origin"] == "override":
        why = escape(label("semicolon", lang, "names").join(session.reasons()))
        text += f' · <span class="pc-mark">{MARK} {label("corrected", lang, "explorer")} {why}</span>'
    return text


def _half(session: Session, shown: Comparison, side: str, half: Half | None) -> str:
    """Return one side of the pair in focus: what only it says, its numbers, what was corrected, what is searched."""
    lang, own = session.lang, shown[side]
    name = f"<b>{style.LOOKS[side].sign} {escape(naming.name_of(shown, side))}</b>"
    if half is None:
        return f'<section class="{side}"><h2>{name} {label("no_pair", lang, "explorer")}</h2></section>'
    text, wanted, only = own.policy.text, session.filters.get("text", ""), marks.only_here(half)

    def lit(start: int, end: int) -> list[Span]:
        return hits(own.policy.folded, wanted, start, end)

    title_end = half.title_start + len(half.title)
    title = marked(text, half.title_start, title_end, only, lit(half.title_start, title_end))
    title = f'<span lang="zh-CN">{title}</span>'
    called = speaker(own.policy.folder, lang)("clause", half.title)
    if called != half.title:
        title = f"{escape(called)} {title}"
    numbers, fixed = _to_click(own, half, side, lang), _fixed(half)
    body = marks.in_paragraphs(text, half.start, half.end, only, numbers, fixed, lit(half.start, half.end))
    heading = own.sections.loc[own.sections["section"] == half.place.section, "heading"]
    above = escape(naming.heading(half.place.section, heading.iloc[0], lang)) if len(heading) else ""
    colon = label("colon", lang, "names")
    bodies = f"{label('bodies', lang, 'explorer')}{colon}{_lit(half.bodies, wanted)}" if half.bodies else ""
    ref = escape(naming.refs(own, lang)(half.place))
    return (
        f'<section class="{side}"><h2>{name} {ref} {title}</h2>'
        f'<p class="pc-about">{above}</p><div lang="zh-CN">{body}</div><p class="pc-about">{bodies}</p></section>'
    )


def _to_click(own: Tables, half: Half, side: str, lang: str) -> list[Span]:
    """Return the numbers as marks that lead to their correction when they are clicked."""
    at = dict(zip(own.quantities["number_start"], range(len(own.quantities)), strict=True))
    told = f'data-side="{side}" data-number="{{}}" role="button" tabindex="0"'
    spans = marks.numbers(own, half.numbers, every=True, lang=lang)
    clicked = (told.format(at[row["number_start"]]) for row in half.numbers)  # every number has its span
    return [span._replace(tag=f"{span.tag} {more}") for span, more in zip(spans, clicked, strict=True)]


def _fixed(half: Half) -> list[Span]:
    """Return the numbers that were corrected."""
    tag = f'b class="corrected" title="{MARK}"'
    fixed = [row for row in half.numbers if row["origin"] == "override"]
    return [Span(row["number_start"], row["number_start"] + len(row["as_written"]), tag) for row in fixed]


def hits(text: str, wanted: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return where the searched text stands in ``text``."""
    end = len(text) if end is None else end
    found = filters.pattern(wanted).finditer(text, start, end) if wanted.strip() else ()
    return [Span(*one.span(), HIT) for one in found]


def _lit(text: str, wanted: str) -> str:
    return marked(text, 0, len(text), hits(fold(text), wanted))
