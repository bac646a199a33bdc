"""What a chart is about: a tidy table and what its user says of it, or a `Comparison`, from which all that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Unpack

from policycmp import pairing, schema
from policycmp.asking import provenance
from policycmp.charts.drawing import style
from policycmp.charts.drawing.marks import Reader, read_rows
from policycmp.charts.drawing.options import Options
from policycmp.charts.drawing.text import numbers
from policycmp.comparison import Comparison
from policycmp.errors import PolicyError, pick
from policycmp.locations import shipped
from policycmp.schema import SIDES, Place
from policycmp.shown import naming
from policycmp.shown.translations import speaker, translated
from policycmp.wording import LANGUAGES, label, said

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from policycmp.asking.provenance import Passage
    from policycmp.reading import Policy

    Data = pd.DataFrame | Comparison


MANY = 6  # documents: more are counted, not named
ORDERS = ("size", "text", "given")


class Subject:
    """The data of one chart, what is known of both documents, and the record of what was chosen and cited.

    ``comparison`` is None for a bare table. ``marks`` holds the passages that each mark shows, by column; None where
    nobody knows them. ``read`` reads the rows back from the artists.
    """

    def __init__(self, data: Data, *, read: Reader = read_rows, **options: Unpack[Options]) -> None:
        for name in options:
            pick("of a chart", name, Options.__annotations__)
        spoken = data.lang if isinstance(data, Comparison) else LANGUAGES[0]
        self.lang = pick("lang", options.get("lang") or spoken, LANGUAGES)
        self.size = options.get("size") or "page"
        self.data, self.read, self.title, self.ax = data, read, "", options.get("ax")
        self.titled, self.top, self.figsize = options.get("title"), options.get("top"), options.get("figsize")
        self.width = options.get("width")
        self.order = pick("order", options.get("order"), (None, *ORDERS))
        self.looks = style.looks(options.get("palette"))
        self.headings = dict(options.get("headings") or {})
        self.docs = {"left": options.get("left_doc"), "right": options.get("right_doc")}
        self.filters: dict[str, Any] = {"lang": self.lang, "size": self.size}
        self.marks: dict[str, dict[str, list[Passage] | None]] = {}
        self.comparison: Comparison | None = None
        self.policies: dict[str, Policy] = {}
        self._targets: dict[str, dict[str, Passage]] = {}
        known = label("left", self.lang, "names"), label("right", self.lang, "names")
        if isinstance(data, Comparison):
            data = data.speaking(self.lang)
            self.comparison, known = translated(data), naming.names(data)
            sections = self.comparison.left.sections
            self.headings = dict(zip(sections["section"], sections["heading"], strict=True)) | self.headings
            self.docs = {side: own.doc for side, own in data.sides.items()}
            self.policies = {side: own.policy for side, own in data.sides.items()}
            self.filters["threshold"] = round(data.aligned.threshold, 4)
        self.names = {"left": options.get("left") or known[0], "right": options.get("right") or known[1]}

    def table(
        self, name: str, follow: Callable[[Comparison], pd.DataFrame] | None = None, needed: Sequence[str] = ()
    ) -> pd.DataFrame:
        """Return the chart's table, as it was given or from the comparison.

        One that is not in the data dictionary has to ``follow`` from a comparison, and has columns that are ``needed``.
        """
        table: Any = self.data
        if self.comparison:
            table = follow(self.comparison) if follow else getattr(self.comparison, name)
        if not hasattr(table, "columns"):
            raise PolicyError("table_kind", name=name, kind=type(table).__name__)
        for column in needed:
            if column not in table.columns:
                raise PolicyError("column_missing", name=name, column=column)
        self.count(len(table), len(table))
        return table if needed else schema.check(name, table)

    def speak(self, kind: str, text: str) -> str:
        """Return a text of a kind, such as the title of a ``clause`` or a ``term``, in the language of the chart."""
        folder = self.comparison.left.policy.folder if self.comparison else shipped("data")
        return speaker(folder, self.lang)(kind, text)

    def count(self, drawn: int, available: int) -> None:
        """Note how many rows of the table are drawn."""
        self.filters |= {"rows_drawn": drawn, "rows_available": available}

    def cite(self, mark: object, column: str, found: Iterable[Passage] | None) -> None:
        """Note what a mark shows: by the row of its gid ``column:row``, or by the whole gid of a line or a cell."""
        self.marks.setdefault(str(mark), {})[column] = None if found is None else list(found)

    def record(self) -> dict[str, Any]:
        """Return the title, both documents as far as they are known, and what was chosen or left out."""
        sources = [
            {"side": side, "name": self.names[side], "doc": doc}
            | {name: getattr(self.policies.get(side), name, None) for name in ("source_file", "sha256")}
            for side, doc in self.docs.items()
        ]
        return {"title": self.title, "sources": sources, "filters": self.filters}

    def sources(self) -> list[str]:
        """Return the line that names each document: its title, its status, and the clauses that the marks show."""
        clauses, sections = dict[str, set[int]](), dict[str, set[int]]()
        for mark in self.marks.values():
            for passage in chain.from_iterable(found or [] for found in mark.values()):
                clauses.setdefault(passage["doc"], set()).add(passage["clause"] or 0)
                sections.setdefault(passage["doc"], set()).add(passage["section"] or 0)
        told = []
        for side, doc in self.docs.items():
            if not doc:
                continue
            policy = self.policies.get(side)
            found, key = clauses.get(doc, set()) - {0}, "clause"
            if not found:  # what is allotted to a section stands in its head
                found, key = sections.get(doc, set()) - {0}, "section"
            key = f"source_{key}" if len(found) == 1 else f"source_{key}s"
            where = said(key, self.lang, chapter="charts", n=numbers(found)) if found else ""
            if policy is None:
                told.append(f"{self.names[side]}{where}")
                continue
            status = label(policy.status, self.lang, "values") if policy.status == "draft" else ""
            status = status and said("bracketed", self.lang, chapter="names", text=status)
            title = self.speak("document", policy.title) or policy.source_file or doc
            values = {"name": self.names[side], "title": title, "status": status, "where": where}
            told.append(said("source", self.lang, chapter="charts", **values))
        if len(told) > MANY:
            return [said("source_many", self.lang, chapter="charts", n=len(told))]
        joined = label("semicolon", self.lang, "names").join(told)
        return [said("sources", self.lang, chapter="charts", sources=joined)] if told else []

    def openings(self, side: str) -> dict[Place, str]:
        """Return how the clauses of one side begin that bear no title; a bare table does not know it."""
        return naming.openings(self.comparison[side]) if self.comparison else {}

    def of_target(self, pair: Mapping[str, Any], side: str) -> list[Passage]:
        """Return the passage of one side of a row of `target_pairs`."""
        target, clause = pair[f"{side}_target"], pair[f"{side}_clause"]
        if self.comparison:
            if side not in self._targets:  # once for all rows: a table is slow to ask
                rows = schema.records(self.comparison[side].targets)
                self._targets[side] = {row["target"]: provenance.stated(row) for row in rows}
            known = self._targets[side].get(target)
            return [known] if known else []
        return self._stated(side, section=pair["section"] if side == "left" else None, target=target, clause=clause)

    def of_incentive(self, pair: Mapping[str, Any], side: str) -> list[Passage]:
        """Return the passage of one side of a row of `incentive_pairs`."""
        if self.comparison:
            own = self.comparison[side].incentives
            return provenance.of_rows(own[own["incentive"] == pair[f"{side}_incentive"]])
        return self._stated(side, section=pair[f"{side}_section"], clause=pair[f"{side}_clause"])

    def of_clause(self, side: str, place: Place) -> list[Passage]:
        """Return the passage that heads a clause."""
        if self.comparison:
            return provenance.of_clause(self.comparison[side], place)
        return self._stated(side, **place._asdict())

    def of_budget(self, pair: Mapping[str, Any], side: str) -> list[Passage]:
        """Return the passages of what is allotted to one side of a row of `budget_pairs`."""
        section = pairing.sections_of(pair)[SIDES.index(side)]
        if self.comparison:
            return provenance.of_rows(pairing.allotted(self.comparison[side], section))
        return self._stated(side, section=section)

    def _stated(self, side: str, **place: Any) -> list[Passage]:
        """Return what a row of a bare table says."""
        return [provenance.stated({"doc": self.docs[side], **place})]


def attach(ax: Axes, about: Subject) -> None:
    """Keep with `ax` what is drawn on it."""
    vars(ax)["policycmp"] = about


def subject_of(ax: Axes) -> Subject | None:
    """Return what is drawn on `ax`; None if it is no chart of ours."""
    found = vars(ax).get("policycmp")
    return found if isinstance(found, Subject) else None
