"""The tools of the explorer: decide and save, correct, see what was found, export, code, and the check of the files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any

import ipywidgets as w

from policycmp import reading, schema
from policycmp.asking import check, filters
from policycmp.comparison import Comparison
from policycmp.explorer import exchange, panes
from policycmp.explorer.session import FIELDS
from policycmp.explorer.view import NOWHERE
from policycmp.schema import SIDES, Place, place_of, records
from policycmp.shown import marks, naming
from policycmp.shown.translations import translated
from policycmp.wording import label, said

TOOLS = ("none", "correct", "hits", "export", "code", "check")
CHOICES = {"role": schema.ROLES, "comparator": schema.COMPARATORS, "commitment": schema.COMMITMENTS}


class Workbench:
    """The tools above the pair in focus; one of them is shown at a time, and only that one is kept up to date.

    Attributes
    ----------
    view : VBox
        The tool that is shown.
    tool : ToggleButtons
        Which one; set by the window, which shows ``undo``, ``redo`` and ``save``, too.
    checked : str
        What the check of the last uploaded file said.
    """

    def __init__(self, window: Any) -> None:
        self.window, self.session, self.checked = window, window.session, ""
        self.view = w.VBox().add_class("pc-tool")
        self.tool: Any = None
        word, session = window.word, window.session
        self.subject, self.what = (window.on(w.Dropdown(), lambda _: None) for _ in range(2))
        self.value, self.reason = w.Combobox(), w.Text(placeholder=word("why"))
        self.made = w.Select(rows=4)
        self.hits = window.on(w.Select(rows=8), self._go)
        for name in ("subject", "what", "value", "reason", "made", "hits"):
            box = getattr(self, name).add_class("pc-wide")
            box.description = word(name)
        button = window.button
        self.decisions = [
            button("accept", lambda: session.accept(self.reason.value), "done", shortcut="a"),
            button("reject", lambda: session.decide("reject", self.reason.value), "done", shortcut="x"),
        ]
        self.undo = button("undo", session.undo, shortcut="u")
        self.redo = button("redo", session.redo, shortcut="r")
        self.save = button("save", self._save, "saved", shortcut="s")
        previous = button("previous", partial(session.step, -1), shortcut="k")
        after = button("next", partial(session.step, 1), shortcut="j")
        reload = button("reload", session.reload, "reloaded")
        self.actions = window.row(previous, after, *self.decisions, self.undo, self.redo, self.save, reload)
        self.uploaded, self.district = w.Dropdown(), w.Text()
        for name in ("uploaded", "district"):
            getattr(self, name).description = word(name)
        keep = button("keep", self._keep, "kept")
        self.keeping = window.row(self.uploaded, self.district, keep)
        buttons = [
            button("apply", self._correct, "done").add_class("pc-apply"),
            button("withdraw", self._withdraw, "done"),
        ]
        exports = [button(f"as_{one}", partial(self._export, one), "wrote") for one in ("chart", "table", "pair")]
        self.text = w.HTML()
        self.value.add_class("pc-value")
        asked = w.Box([self.subject, self.what, self.value, self.reason]).add_class("pc-form")
        forms = [asked, window.row(*buttons), self.made]
        self.tools = {
            "none": [],
            "correct": forms,
            "hits": [self.hits, self.text],
            "export": [window.row(*exports), self.text],
            "code": [self.text],
            "check": [self.keeping, self.text],
        }

    # --- acting -----------------------------------------------------------------------------------------------------

    def _correct(self) -> None:
        what, subject, why = self.what.value, self.subject.value, self.reason.value
        if subject[0] == "none":
            return
        if subject[0] == "number":
            value = self._choices(what).get(self.value.value, self.value.value)
            self.session.fix(subject[1], subject[2], what, value, why)
        elif subject[0] == "targets":
            self.session.judge(subject[1], subject[2], what, why)
        elif what == "accept":
            self.session.accept(why)
        else:
            self.session.decide(*(("same", why, what) if isinstance(what, tuple) else (what, why)))
        self.reason.value = ""

    def _save(self) -> dict[str, Any]:
        if any(map(self.window.uploads.holds, self.session.sources)):
            self.tool.value = "check"  # where they can be kept
        self.session.save()
        return {"where": self.session.book and self.session.book.where}

    def _withdraw(self) -> None:
        if self.made.value is not None and self.session.book:
            self.session.withdraw(self.session.book.rows[self.made.value])

    def take(self, subject: tuple[Any, ...]) -> None:
        """Make something the subject of a correction."""
        self._show_correct()
        self.subject.value = subject

    def _export(self, what: str) -> dict[str, str]:
        paths = exchange.write(self.session, what)
        self.window.page.download(*exchange.packed(paths))
        return {"names": ", ".join(path.name for path in paths)}

    def _keep(self) -> dict[str, Any]:
        """Add the chosen upload to the data folder."""
        doc = self.window.uploads.keep(self.uploaded.value, self.district.value.strip())
        self.window.build()
        return {"doc": doc, "where": reading.data_folder(self.session.data)}

    def _go(self, number: int | None) -> None:
        """Show the first pair with the clause of a hit."""
        if number is not None:
            hit, keys = self.found[number], filters.keys(self.session.comparison.alignment)
            place, side = place_of(hit) if panes.compared(self.session, hit) else None, SIDES.index(hit["side"])
            self.session.key = next((key for key in keys if place and key[side] == place), self.session.key)

    # --- showing ----------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Bring the tool that is shown up to date."""
        book = self.session.book
        undo, redo = book.can if book else (False, False)
        self.undo.disabled, self.redo.disabled, self.save.disabled = not undo, not redo, not (book and book.unsaved)
        for one in self.decisions:
            one.disabled = self.session.key == NOWHERE
        self.view.children = self.tools[self.tool.value]
        if self.tool.value != "none":
            getattr(self, f"_show_{self.tool.value}")()

    def _show_correct(self) -> None:
        book = self.session.book
        _offer(self.subject, self._subjects())
        _offer(self.what, self._ways())
        self._show_value()
        new = said("bracketed", self.session.lang, chapter="names", text=self.window.word("unsaved"))
        saved = set(book.saved) if book else set()
        made = book.rows if book else ()
        rows = [(panes.decided(self.session, row) + ("" if row in saved else new), n) for n, row in enumerate(made)]
        self.made.layout.display = "" if rows else "none"
        if self.made.options != tuple(rows):
            self.made.options = rows

    def _subjects(self) -> list[tuple[str, Any]]:
        """Return what can be corrected: the pair, the numbers in it, the pairs of its targets."""
        found = translated(self.session.chosen())
        if self.session.key == NOWHERE:
            return [(self.window.word("nothing_found"), ("none",))]
        options: list[tuple[str, Any]] = [(self.window.word("pair"), ("pair",))]
        for side, place in zip(SIDES, self.session.key, strict=True):
            if place:
                options += self._numbers(found, side, place)
        for table in (found.target_pairs, found.target_candidates):
            for row in records(table):
                text = f"{row['left_indicator']} ｜ {row['right_indicator']}"
                options.append((text, ("targets", row["left_target"], row["right_target"])))
        return options

    def _numbers(self, found: Comparison, side: str, place: Place) -> Iterator[tuple[str, Any]]:
        """Yield the numbers of one of the two clauses."""
        lang, counted = self.session.lang, marks.indicators(found[side])
        table = found[side].quantities
        here = table[(table["section"] == place.section) & (table["clause"] == place.clause)]
        for number, row in zip(here.index.tolist(), records(here), strict=True):
            what = f"{label(row['role'], lang, 'values')} {counted.get(row['number_start'], row['indicator'])}"
            told = said("bracketed", lang, chapter="names", text=what)
            yield f"{naming.name_of(found, side)} {row['as_written']}{told}", ("number", side, int(number))

    def _ways(self) -> list[tuple[str, Any]]:
        """Return what can be done about the subject."""
        session, word, subject = self.session, self.window.word, self.subject.value
        if subject[0] == "none":
            return []
        if subject[0] == "number":
            return [(word("number" if one == "value" else one), one) for one in FIELDS]
        if subject[0] == "targets":
            return [(word(f"{one}_pair"), one) for one in ("accept", "reject")]
        told = {one: panes.relation(session, one) for one in schema.RELATIONS}
        now = session.focus["relation"]
        options: list[tuple[str, Any]] = [(word("accepted", relation=told[now]), "accept")]
        if None not in session.key:
            options += [(told[one], one) for one in ("same", "partial") if one != now] + [(word("reject"), "reject")]
        named = {side: panes.clause_names(session, side) for side in SIDES}
        for side, place, alike in session.others():
            options.append((word("instead", clause=named[side](place), similarity=alike), (side, place)))
        return options

    def _show_value(self) -> None:
        """Offer what the chosen column of a number may hold; it begins with what it holds now."""
        subject, field = self.subject.value, self.what.value
        self.value.disabled = subject[0] != "number"
        self.value.options = tuple(self._choices(field))
        now: Any = None
        if subject[0] == "number":
            now = self.session.comparison[subject[1]].quantities.loc[subject[2], field]
        text = f"{now:.15g}" if isinstance(now, float) else str(now)
        if field in CHOICES and text:
            text = label(text, self.session.lang, "values")
        if schema.is_missing(now):
            text = ""
        if self._about != (subject, field, text):
            self.value.value, self._about = text, (subject, field, text)

    def _choices(self, field: Any) -> dict[str, str]:
        """Return what a column of a number may hold, by what it is called; nothing where it may hold anything."""
        return {label(one, self.session.lang, "values"): one for one in CHOICES.get(field, ())}

    _about: Any = None

    def _show_hits(self) -> None:
        session = self.session
        self.found = records(filters.search(session.comparison, session.filters.get("text", "")))
        _offer(self.hits, [(line, n) for n, line in enumerate(panes.lines(session, self.found))], blank=True)
        shown = "" if self.hits.value is None else panes.paragraph(session, self.found[self.hits.value])
        self.text.value = f"<p>{self.window.word('found', n=len(self.found))}</p>{shown}"

    def _show_export(self) -> None:
        self.text.value = f'<p class="pc-muted">{escape(self.window.word("where", out=self.session.out))}</p>'

    def _show_code(self) -> None:
        book = self.session.book
        notes = ["pending"] if book and book.unsaved else []
        notes += ["passing"] if any(map(self.window.uploads.holds, self.session.sources)) else []
        said = "".join(f"<p>{self.window.word(note)}</p>" for note in notes)
        self.text.value = f"<pre>{escape(exchange.code(self.session))}</pre>{said}"

    def _show_check(self) -> None:
        kept, sides = self.window.uploads, self.session.comparison.sides.values()
        uploads = [(both[0], one) for one, both in self.session.documents.items() if kept.holds(one)]
        _offer(self.uploaded, uploads)
        self.district.placeholder = kept.districts.get(self.uploaded.value, "")
        self.keeping.layout.display = "" if uploads else "none"
        texts = [self.checked, *(check.report(side, self.session.lang) for side in sides)]
        self.text.value = "".join(f"<pre>{escape(text)}</pre>" for text in texts if text)


def _offer(box: Any, options: list[tuple[str, Any]], *, blank: bool = False) -> None:
    """Give ``box`` its options; what was chosen stays chosen if it can, else the first is, or with ``blank`` none."""
    if box.options != tuple(options):
        chosen, values = box.value, [value for _, value in options]
        box.options = options
        if chosen not in values:
            chosen = None if blank or not values else values[0]
        box.value = chosen
