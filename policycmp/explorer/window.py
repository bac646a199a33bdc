"""The explorer: one window that shows a `Session` with widgets; it holds no state of its own.

>>> policycmp.explore("longwan", "lucheng")
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import Any

import ipywidgets as w

from policycmp import reading, schema
from policycmp.asking import filters
from policycmp.errors import PolicyError
from policycmp.explorer import focus, panes
from policycmp.explorer.exchange import Uploads
from policycmp.explorer.map import alignment_map
from policycmp.explorer.page import Page
from policycmp.explorer.session import Session
from policycmp.explorer.view import CHARTS
from policycmp.explorer.workbench import TOOLS, Workbench
from policycmp.schema import SIDES, records
from policycmp.shown import naming, sentences
from policycmp.shown.naming import names
from policycmp.shown.translations import translated
from policycmp.wording import said

LANGUAGES = (("中文", "zh"), ("English", "en"))
QUESTIONS = ("doubtful", "differing", "alone", "aspirational", "budget_not_stated")
BOUNDS = {"least": (0.0, 1.0, 0.05, 0.0), "most": (0.0, 1.0, 0.05, 1.0), "ratio": (1.0, 1e12, 0.5, 1.0)}


class Explorer:
    """The widgets that show a session; ``view`` holds them all, and everything in it can be reached by keys."""

    def __init__(self, session: Session) -> None:
        self.session, self.view, self.uploads = session, w.VBox(), Uploads(session)
        acts: dict[str, Callable[..., Any]] = {
            "number": self._number,
            "upload": self._upload,
            "refused": self._refused,
            "seen": self._see,
        }
        limit = session.comparison.left.policy.lexicon["limits.bytes"]
        self.page = Page(acts, limit=limit, kinds=",".join(reading.suffixes()))
        self._name = f"pc-{self.view.model_id}"
        self.view.add_class("pc").add_class(self._name)
        self._quiet, self._charts, self._seen = False, dict[Any, str](), False
        self._shown: Any = None
        self.build()

    def __repr__(self) -> str:
        return "policycmp.explore: run this cell to open the window"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """Show the window; as text, what it is."""
        bundle: dict[str, Any] = self.view._repr_mimebundle_(**kwargs) or {}
        return bundle | {"text/plain": repr(self)}

    def word(self, key: str, **values: Any) -> str:
        """Return the words of ``key`` in the session's language."""
        return said(key, self.session.lang, chapter="explorer", **values)

    def row(self, *boxes: Any) -> Any:
        """Return a row of widgets that goes on below where it is narrow."""
        return w.HBox(boxes, layout={"flex_flow": "row wrap"})

    def on(self, widget: Any, act: Callable[[Any], Any]) -> Any:
        """Call ``act`` with the value of ``widget`` whenever the user changes it."""
        widget.observe(lambda change: None if self._quiet else self.do(partial(act, change["new"])), "value")
        return widget

    def choice(self, key: str, options: Sequence[Any], act: Callable[[Any], Any], value: Any = None) -> Any:
        """Return a row of buttons of which one is chosen: ``options`` are keys of words, or pairs of text and value."""
        pairs = [one if isinstance(one, tuple) else (self.word(one), one) for one in options]
        box = w.ToggleButtons(options=pairs, value=value or pairs[0][1], description=self.word(key))
        box.style.button_width = "auto"
        return self.on(box, act)

    def button(self, key: str, act: Callable[[], Any], said: str = "", *, shortcut: str = "") -> Any:
        """Return a button; ``said`` is the key of what is told when it went well."""
        text = self.word(key) + (f" ({shortcut})" if shortcut else "")
        button = w.Button(description=text, layout={"width": "auto"})
        button.on_click(lambda _: self.do(act, said))
        return button.add_class(f"pc-key-{shortcut}") if shortcut else button

    def do(self, act: Callable[[], Any], said: str = "") -> None:
        """Do something, show the state, and tell how it went; a value of ``said`` may come from ``act``."""
        try:
            result = act()
            self.show()
            text, wrong = self.word(said, **(result or {})) if said else "", False
        except (PolicyError, OSError) as error:
            text, wrong = self.fault(error), True
            self.show()
        self.say(text, wrong=wrong)

    def fault(self, error: PolicyError | OSError) -> str:
        """Return what an error says, in the session's language."""
        lang = self.session.lang
        if isinstance(error, PolicyError):
            return error.said(lang)
        file, reason = error.filename or "", error.strerror or error
        return said("disk", lang, chapter="command", file=file, reason=reason)

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Show one line at the top of the window."""
        role, look = ("alert", "pc-wrong") if wrong else ("status", "pc-said")
        self.said.value = f'<div role="{role}" class="{look}">{escape(text)}</div>' if text else ""

    # --- making -----------------------------------------------------------------------------------------------------

    def build(self) -> None:
        """Make every widget in the session's language, and show the state."""
        self.page.lang = self.session.lang
        self.page.words = {key: self.word(key) for key in ("upload", "lost", "not_saved", "all_saved")}
        self.said = w.HTML().add_class("pc-message")
        self._shown = None
        self.bench = Workbench(self)
        self.offer = w.HBox()
        main = w.Box([self._alignment(), self._focus()]).add_class("pc-main")
        self.view.children = [self._documents(), self.offer, self._questions(), self.said, main]
        broken = self.session.broken
        self.say(self.fault(broken) if broken else sentences.cautions(self.session.comparison).strip(), wrong=True)
        self.show()

    def _documents(self) -> Any:
        session = self.session

        def choose(_: Any) -> None:
            session.open(*(box.value for box in self.chosen))
            self.build()

        def speak(lang: str) -> None:
            before = session.lang
            session.speak(lang)
            try:
                self.build()
            except PolicyError:  # of the translations
                session.speak(before)
                self.build()
                raise

        options = [(both[session.lang != "zh"], one) for one, both in session.documents.items()]
        self.chosen = [
            self.on(w.Dropdown(options=options, value=one, description=self.word(side)), choose)
            for side, one in zip(SIDES, session.sources, strict=True)
        ]
        return self.row(*self.chosen, self.page, self.choice("lang", LANGUAGES, speak, session.lang))

    def _questions(self) -> Any:
        """Make the questions to both documents."""
        session, word = self.session, self.word
        left, right = names(session.comparison)
        english = session.comparison.left.policy.lexicon["function_english"] if session.lang == "en" else {}
        functions = sorted((english.get(name, name), name) for name in filters.function_names(session.comparison))
        choices = {
            "section": self._sections(),
            "relation": [(panes.relation(session, one), one) for one in schema.RELATIONS],
            "side": [(left, "left"), (right, "right")],
            "function": functions,
        }
        boxes: dict[str, Any] = {"text": w.Text(placeholder=word("find"), continuous_update=False)}
        boxes |= {name: w.Dropdown(options=[(word("all"), ""), *options]) for name, options in choices.items()}
        for name, (low, high, step, value) in BOUNDS.items():
            boxes[name] = w.BoundedFloatText(value=value, min=low, max=high, step=step)
        boxes |= {name: w.Checkbox(indent=False) for name in QUESTIONS}
        for name, box in boxes.items():
            box.description = word(name)
            self.on(box, partial(self._ask, name))
        self.asked, self.counted = boxes, w.HTML()
        clear = self.button("clear", self._clear)
        return w.Box([*boxes.values(), clear, self.counted]).add_class("pc-filters")

    def _alignment(self) -> Any:
        """Make the first view: the list and the map."""
        left, right = names(self.session.comparison)
        self.list = self.on(w.Select(description=self.word("list")).add_class("pc-list"), self._choose)
        self.map, self.cells = w.HTML(), self.on(w.ToggleButtons(), self._choose)
        about = w.HTML(f'<p class="pc-muted">{escape(self.word("map", left=left, right=right))}</p>')
        drawing = w.VBox([self.map, self.cells]).add_class("pc-map")
        return w.VBox([self.list, w.VBox([about, drawing])])

    def _sections(self) -> list[tuple[str, Any]]:
        """Return the sections of both documents, each with the question about it."""
        sections, lang = list[tuple[str, Any]](), self.session.lang
        sides = naming.named_sides(translated(self.session.comparison))
        for option, (name, side) in zip(("section", "right_section"), sides, strict=True):
            for row in side.rows["sections"]:
                text = f"{name} {naming.heading(row['section'], row['heading'], lang)}"
                sections.append((text, (option, int(row["section"]))))
        return sections

    def _focus(self) -> Any:
        """Make the other two views, the pair in focus and its targets and budgets, below the tools."""
        session = self.session
        self.pair, self.chart = w.HTML(), w.HTML().add_class("pc-chart")
        self.tables = w.HTML(tabbable=True).add_class("pc-tables")  # it scrolls where the page is narrow
        scope = self.choice("scope", ("selected", "listed"), partial(setattr, session, "scope"), session.scope)
        chart = self.choice("chart", CHARTS, partial(setattr, session, "chart"), session.chart)
        self.size = self.choice("size", ("column", "page", "slide"), partial(setattr, session, "size"), session.size)
        self.bench.tool = self.choice("tool", TOOLS, partial(setattr, session, "tool"), session.tool)
        tools = [self.bench.actions, self.bench.tool, self.bench.view]
        return w.VBox([*tools, self.pair, self.row(scope, chart, self.size), self.tables, self.chart])

    # --- acting -----------------------------------------------------------------------------------------------------

    def _ask(self, name: str, value: Any) -> None:
        asked: dict[str, Any] = {name: value}
        if name == "section":
            asked = {"section": None, "right_section": None} | dict([value] if value else [])
        elif name in ("least", "most"):
            both = self.asked["least"].value, self.asked["most"].value
            asked = {"similarity": None if both == (0, 1) else both}
        elif name == "ratio" and value == 1:
            asked = {"ratio": None}
        self.session.ask(**asked)
        if name == "text":
            self.bench.tool.value = "hits" if value.strip() else "none"

    def _clear(self) -> None:
        self.session.ask(**dict.fromkeys(self.session.filters))
        if self.bench.tool.value == "hits":
            self.bench.tool.value = "none"

    def _choose(self, chosen: Any) -> None:
        """Show the pair of a row of the list, which is one of clauses or, where so asked, one of targets in them."""
        if chosen:
            self.session.key = chosen[:2]

    def _number(self, side: str, number: int) -> None:
        """Offer a number that was clicked to be corrected."""
        self.bench.tool.value = "correct"
        self.do(partial(self.bench.take, ("number", side, number)))
        self.page.send({"kind": "focus"})

    def _see(self, seen: bool, narrow: bool) -> None:
        """Draw the chart where the page says that it is in sight; on most screens it begins below."""
        self._seen = seen
        if narrow:
            self.size.value = "column"
        self.show()

    def _upload(self, name: str, content: bytes) -> None:
        self.do(partial(self._read, name, content), "read")

    def _read(self, name: str, content: bytes) -> dict[str, str]:
        report = self.uploads.read(name, content)
        self.build()
        self.bench.checked, self.bench.tool.value = report, "check"
        return {"name": name}

    def _refused(self, name: str) -> None:
        self.say(PolicyError("too_large", name, most=self.page.limit).said(self.session.lang), wrong=True)

    def _offer(self) -> None:
        """Offer what another window on the same documents had not saved."""
        left_behind = self.session.left_behind
        boxes: list[Any] = []
        if left_behind:
            when = f"{left_behind[0].when:%Y-%m-%d %H:%M}"
            text = self.word("left_behind", n=len(left_behind[0]), when=when)
            buttons = self.button("resume", self.session.resume, "done"), self.button("forget", self.session.forget)
            boxes = [w.HTML(f'<span class="pc-mark">{escape(text)}</span>'), *buttons]
        self.offer.children = boxes

    # --- showing ----------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the state. What the program sets itself is no action of the user; what did not change is left alone."""
        session, self._quiet = self.session, True
        state = (id(session.comparison.aligned), session.lang, session.scope, session.key, repr(session.filters))
        try:
            for box, one in zip(self.chosen, session.sources, strict=True):
                box.value = one
            if state != self._shown:
                if self._shown is None or state[0] != self._shown[0]:
                    self._charts.clear()
                listing = (*state[:2], state[-1])
                if self._shown is None or listing != (*self._shown[:2], self._shown[-1]):
                    self._show_list()
                self._show_choice()
                self.pair.value = focus.pair(session)
                self.tables.value = panes.tables(session)
                self._shown = state
            self.bench.show()
            self._offer()
            self.page.unsaved = session.unsaved
        finally:
            self._quiet = False
        self._draw((*state, session.chart, session.size))

    def _show_list(self) -> None:
        session, asked = self.session, self.session.filters
        sections = [one for one in asked.items() if one[0] in ("section", "right_section")]
        least, most = asked.get("similarity", (0, 1))
        blank = {"text": "", "ratio": 1} | dict.fromkeys(QUESTIONS, False)
        values = blank | asked | {"section": sections[0] if sections else "", "least": least, "most": most}
        for name, box in self.asked.items():
            box.value = values.get(name, "")
        table, listed = session.comparison.alignment, panes.listed(session)
        if self.list.options != tuple(listed):
            self.list.options, self.list.rows = listed, max(len(listed), 2)
        every = [(panes.line(session, row), key) for row, key in zip(records(table), filters.keys(table), strict=True)]
        if self.cells.options != tuple(every):
            self.cells.options, self.cells.tooltips = every, [text for text, _ in every]
        self.map.value = alignment_map(session, f".{self._name} .pc-map")
        words = self.word("count", n=len(listed), all=len(table))
        if session.far_apart is not None:
            words = self.word("count_pairs", n=len(listed), least=session.filters["ratio"])
        self.counted.value = f'<span class="pc-muted">{words}</span>'

    def _show_choice(self) -> None:
        """Mark the pair in focus in the list and on the map, which hold what they held."""
        key, listed = self.session.key, [one for _, one in self.list.options]
        if self.list.value is None or self.list.value[:2] != key:
            self.list.value = next((one for one in listed if one[:2] == key), None)
        self.cells.value = key if key in [one for _, one in self.cells.options] else None

    def _draw(self, state: Any) -> None:
        """Draw the chart, if it is in sight and after all else is shown; one that was drawn before is there at once."""
        if not self._seen:
            self.chart.value = self._charts.get(state, "")
            return

        def draw() -> None:
            if (*(self._shown or ()), self.session.chart, self.session.size) == state:  # nobody went on in the meantime
                self._charts[state] = self.chart.value = self._charts.get(state) or panes.chart(self.session)

        try:
            asyncio.get_running_loop().call_later(0 if state in self._charts else 0.05, draw)
        except RuntimeError:
            draw()
