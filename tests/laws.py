"""The laws that hold for the tables of any text, and of any two: each broken one is told in words.

tests/test_attacks.py holds them over ten thousand generated texts, `make fuzz` over a million.
"""

import hashlib
import math
import re
from contextlib import contextmanager
from itertools import pairwise

import pandas as pd

from policycmp import document, reading, schema
from policycmp.corrections import Corrections
from policycmp.text import codes

QUOTED = {
    "sections": "text", "clauses": "text", "quantities": "quote", "targets": "quote", "results": "quote",
    "budgets": "quote", "incentives": "quote",
}  # fmt: skip
IDS = {"targets": "target", "results": "result", "incentives": "incentive"}
PLACED = ("responsibilities", "quantities", "targets", "results", "budgets", "incentives")
DOUBLED = ("clause_doubled", "section_doubled", "out_of_order")
SIDES = schema.SIDES
OTHER = dict(zip(SIDES, SIDES[::-1], strict=True))
DIGITS = re.compile("[0-9０-９]+")


class Light(dict):
    """What stands in for the DataFrames of a document, a list a column: to fill ten of those takes most of the time."""

    @classmethod
    def frame(cls, table, rows):
        """Rows as `schema.frame` takes them, their cells of the same kinds and within the same bounds."""
        blank = {"text": "", "integer": None, "number": math.nan, "flag": False}
        kinds = {"text": str, "integer": whole, "number": float, "flag": bool}
        rows, made = list(rows), cls()
        for column in schema.TABLES[table]:
            found = (row.get(column.name) for row in rows)
            missing, kind = blank[column.kind], kinds[column.kind]
            made[column.name] = Cells(missing if cell is None or cell != cell else kind(cell) for cell in found)
        return made

    @property
    def columns(self):
        return Cells(self)

    def __getitem__(self, name):
        if isinstance(name, str):
            return super().__getitem__(name)
        kept = [at for at, chosen in enumerate(name) if chosen]
        return Light((column, Cells(cells[at] for at in kept)) for column, cells in self.items())

    def sort_values(self, name, *, kind):
        order = sorted(range(len(self[name])), key=self[name].__getitem__)
        return Light((column, Cells(cells[at] for at in order)) for column, cells in self.items())

    def records(self):
        return [dict(zip(self, cells, strict=True)) for cells in zip(*self.values(), strict=True)]


class Cells(list):
    """A column: it is compared cell by cell."""

    def __eq__(self, other):
        return [cell == other for cell in self]

    def tolist(self):
        return list(self)


@contextmanager
def light():
    """Let documents have such tables."""
    own = schema.frame, schema.records
    schema.frame = Light.frame
    schema.records = lambda table: table.records() if isinstance(table, Light) else own[1](table)
    try:
        yield
    finally:
        schema.frame, schema.records = own


def read(text, doc="a"):
    """The tables of a text, by the rules alone."""
    return document.load(reading.from_text(text, doc=doc), corrections=Corrections.none())


def whole(cell):
    if cell != int(cell) or abs(int(cell)) >= 2**63:
        raise OverflowError(cell)
    return int(cell)


def rows(table, *names):
    """The cells of some columns, row by row; a missing integer is None."""
    cells = [[None if cell is pd.NA else cell for cell in table[name].tolist()] for name in names]
    return list(zip(*cells, strict=True))


def places(table):
    return rows(table, "part", "section", "clause")


def contract(name, table):
    """Columns, kinds and fixed values are those of the schema; no number is infinite."""
    if table.columns.tolist() != schema.columns(name):
        return [f"{name}: columns {table.columns.tolist()}"]
    broken = []
    for column in schema.TABLES[name]:
        cells = table[column.name].tolist()
        kind = getattr(table[column.name], "dtype", None)  # no DataFrame: its cells were made of this kind
        if kind is not None and kind != schema.DTYPES[column.kind]:
            broken.append(f"{name}.{column.name}: {kind}")
        if column.values and not set(cells) <= set(column.values):
            broken.append(f"{name}.{column.name}: {set(cells) - set(column.values)}")
        if column.kind == "number" and any(map(math.isinf, cells)):
            broken.append(f"{name}.{column.name}: infinite")
        if column.kind == "text" and not all(isinstance(cell, str) for cell in cells):
            broken.append(f"{name}.{column.name}: no text")
    return broken


def partition(found):
    """Each character of the text that is read is in exactly one part and one block, each block in its part."""
    end = found.policy.body_end
    spans = {"parts": rows(found.parts, "start", "end")}
    blocks = list(found.outline.blocks())
    spans["blocks"] = [(block.start, block.end) for block in blocks]
    broken = []
    for name, listed in spans.items():
        whole = listed and listed[0][0] == 0 and listed[-1][1] == end
        if not whole or any(one[1] != two[0] for one, two in pairwise(listed)) or any(a > b for a, b in listed):
            broken.append(f"{name}: no partition: {listed} of {end}")
    if any(not (block.part.start <= block.start <= block.end <= block.part.end) for block in blocks):
        broken.append("blocks: one is outside its part")
    return broken


def quotes(found):
    """Each row quotes its span, each number stands where it says it does."""
    text, broken = found.policy.text, []
    for name, column in QUOTED.items():
        for start, end, quote in rows(getattr(found, name), "start", "end", column):
            if text[start:end] != quote or not 0 <= start <= end <= found.policy.body_end:
                broken.append(f"{name}: {start}:{end} is not {quote!r}")
    for name in ("quantities", "targets", "results", "incentives"):
        for start, written in rows(getattr(found, name), "number_start", "as_written"):
            if not written or not text.startswith(written, start):
                broken.append(f"{name}: {written!r} does not stand at {start}")
    for start, end, sentence in rows(found.quantities, "start", "end", "sentence"):
        if text[start:end].strip() not in sentence:
            broken.append(f"quantities: {text[start:end]!r} is not in its sentence {sentence!r}")
    return broken


def numbers(found):
    """Each group of digits lies in one numeral; what has a value or none, and what is sure, is told rightly."""
    text, broken = found.policy.text, []
    spans = {(start, start + len(written)) for start, written in rows(found.quantities, "number_start", "as_written")}
    ordered = sorted(spans)
    broken += [f"quantities: {one} and {two} overlap" for one, two in pairwise(ordered) if one[1] > two[0]]
    for digits in DIGITS.finditer(text, 0, found.policy.body_end):
        if sum(start <= digits.start() and digits.end() <= end for start, end in ordered) != 1:
            broken.append(f"quantities: the digits {digits[0]!r} at {digits.start()} are in none")
    for name in ("quantities", "targets", "results", "budgets", "incentives"):
        if not all(0 <= sure <= 1 for sure in getattr(found, name)["confidence"].tolist()):
            broken.append(f"{name}: confidence out of bounds")
    for comparator, value in rows(found.quantities, "comparator", "value"):
        if comparator in schema.WORDLESS and not math.isnan(value):
            broken.append(f"quantities: {comparator} with the value {value}")
    return broken


def doubled(found):
    """Whether a number of a section or clause stands there twice, as a notice tells."""
    return any(notice.key in DOUBLED for notice in found.outline.notices)


def keys(found):
    """Ids are told once, so are places but for a number that a notice tells is doubled; what a table names is there."""
    broken = []
    for name, column in IDS.items():
        ids = getattr(found, name)[column].tolist()
        if len(ids) != len(set(ids)) or not all(one.startswith(f"{found.doc}-") for one in ids):
            broken.append(f"{name}: ids {ids}")
    parts = found.parts["part"].tolist()
    if parts != list(range(len(parts))):
        broken.append(f"parts: numbers {parts}")
    for name, listed in (
        ("sections", rows(found.sections, "part", "section")),
        ("clauses", places(found.clauses)),
        ("responsibilities", rows(found.responsibilities, "part", "section", "clause", "position")),
    ):
        if len(listed) != len(set(listed)) and not doubled(found):
            broken.append(f"{name}: one place twice: {listed}")
    heads = {*rows(found.sections, "part", "section"), *((part, 0) for part in parts)}
    if not {place[:2] for place in places(found.clauses)} <= heads:
        broken.append("clauses: a section that is none")
    known = {*places(found.clauses), *((*head, 0) for head in heads)}
    for name in PLACED:
        if astray := set(places(getattr(found, name))) - known:
            broken.append(f"{name}: places that are none: {astray}")
    known = {*codes.known(found.policy.lexicon), ""}
    for name in ("targets", "results", "budgets", "incentives"):
        if astray := set(getattr(found, name)["indicator_code"].tolist()) - known:
            broken.append(f"{name}: unknown codes {astray}")
    return broken


def roles(found):
    """The tables of the roles hold the numbers of that role, each once."""
    broken = []
    told = rows(found.quantities, "role", "number_start", "start")
    for role, table in (("target", found.targets), ("result", found.results), ("budget", found.budgets)):
        mine = sorted(start for kind, _, start in told if kind == role)
        if sorted(table["start"].tolist()) != mine:
            broken.append(f"{role}: {table['start'].tolist()} of {mine}")
    paid = {number for kind, number, _ in told if kind == "incentive"}
    caps = {start for (start,) in rows(found.incentives, "cap_start") if start is not None}
    if paid != {*found.incentives["number_start"].tolist(), *caps}:
        broken.append(f"incentives: {paid} in quantities, {found.incentives['number_start'].tolist()} and caps {caps}")
    return broken


def counts(found):
    """The row of the document counts what the tables hold."""
    (cells,) = rows(found.documents, *found.documents.columns)
    row = dict(zip(found.documents.columns, cells, strict=True))
    main = {name: sum(part == 0 for part in getattr(found, name)["part"].tolist()) for name in ("sections", "clauses")}
    broken = [f"documents: {name} {row[name]} of {number}" for name, number in main.items() if row[name] != number]
    if row["characters"] != len(found.policy.text):
        broken.append(f"documents: characters {row['characters']}")
    return broken


def broken(found):
    """All laws that the tables of a document break."""
    told = [fault for name in schema.SOURCE_TABLES for fault in contract(name, getattr(found, name))]
    return told or [fault for law in (partition, quotes, numbers, keys, roles, counts) for fault in law(found)]


def broken_pair(comparison):
    """All laws that the tables of a comparison break."""
    told = [fault for name in schema.PAIR_TABLES for fault in contract(name, getattr(comparison, name))]
    if told:
        return told
    pairs = rows(comparison.alignment, "left_section", "left_clause", "right_section", "right_clause", "relation")
    twice = any(map(doubled, comparison.sides.values()))
    if len(pairs) != len(set(pairs)) and not twice:
        told.append("alignment: a row twice")
    for at, side in ((0, "left"), (2, "right")):
        own = comparison[side].clauses
        mine = set(rows(own, "section", "clause"))
        named = {row[at : at + 2] for row in pairs if row[4] != f"{OTHER[side]}_only"}
        if mine != named:
            told.append(f"alignment: {side} {mine ^ named}")
        alone = [row[at : at + 2] for row in pairs if row[4] == f"{side}_only"]
        paired = {row[at : at + 2] for row in pairs if row[4] in ("same", "partial")}
        if not twice and (paired & set(alone) or len(alone) != len(set(alone))):
            told.append(f"alignment: {side} alone and not: {paired & set(alone)}")
    for name in ("probability", "similarity"):
        cells = comparison.alignment[name].tolist()
        told += [f"alignment: {name} {cell}" for cell in cells if not (math.isnan(cell) or -1e-9 <= cell <= 1 + 1e-9)]
    for what in ("target", "incentive"):
        for kind in ("pairs", "candidates"):
            table = getattr(comparison, f"{what}_{kind}")
            named = rows(table, f"left_{what}", f"right_{what}")
            if len(named) != len(set(named)):
                told.append(f"{what}_{kind}: a pair twice")
            for at, side in enumerate(("left", "right")):
                known = set(getattr(comparison[side], f"{what}s")[what].tolist())
                if astray := {row[at] for row in named} - known:
                    told.append(f"{what}_{kind}: {astray} stand nowhere")
    for left, right, ratio in rows(comparison.target_pairs, "left_value", "right_value", "ratio"):
        if not math.isnan(ratio) and not math.isclose(ratio, left / right, rel_tol=1e-3, abs_tol=6e-5):
            told.append(f"target_pairs: {left} / {right} is not {ratio}")
    for at, side in enumerate(("left", "right")):
        sections = [row[at] for row in rows(comparison.budget_pairs, "left_section", "right_section")]
        named = [section for section in sections if section is not None and str(section) != "<NA>"]
        if not set(named) <= {0, *comparison[side].sections["section"].tolist()}:
            told.append(f"budget_pairs: {side} {named}")
    return told


def transposed(forth, back):
    """Two documents answer each other whichever stands on the left."""
    told = []
    for name, columns in (
        ("alignment", ("section", "clause")), ("target_pairs", ("target",)), ("incentive_pairs", ("incentive",)),
    ):  # fmt: skip
        sides = [[f"{side}_{column}" for side in order for column in columns] for order in (SIDES, SIDES[::-1])]
        one, two = (set(rows(getattr(found, name), *side)) for found, side in zip((forth, back), sides, strict=True))
        if one != two:
            told.append(f"{name}: only one way {one ^ two}")
    return told


def digest(found):
    """A digest of all tables of a document: the same again, in this process and in another."""
    state = hashlib.sha256()
    for name in schema.SOURCE_TABLES:
        table = getattr(found, name)
        state.update(repr(rows(table, *table.columns)).encode())
    return state.hexdigest()
