"""Tables of indicators in the text: a heading (指标 单位 属性 2020年 2025年目标), and a line for each indicator.

Readers write a row of a table as one line, its cells apart by a tab; in plain text and in PDF spaces part them. A line
that says 约束性 or 预期性 needs no heading. What is planned is a target, what stands under an earlier year a result.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from policycmp.quantities.indicators import short
from policycmp.schema import Record
from policycmp.text.lexicon import Lexicon
from policycmp.text.scan import Numeral, scan

SURE = 0.9  # confidence: a number in its column; too few tables were read by hand to fit it
FEWEST_CELLS, MOST_CELLS = 3, 12
LONGEST_NAME = 40  # characters
GROUND = "ground"  # the column of an earlier year

_NUMBER = re.compile(
    r"^[\[(]?(?P<sign>>=|<=|[><≥≤]|不低于|不少于|不超过|不高于|超过|低于|约)? ?"
    r"(?P<number>-?[0-9][0-9,]*(?:\.[0-9]+)?[百千]?[万亿]*)[\])]?(?P<unit>[^0-9\[\]]{0,8}?)"
    r"(?P<bound>及?以上|及?以内|及?以下|左右)?[\])]?$"
)
_SIGNS = {
    ">": "at_least", ">=": "at_least", "≥": "at_least", "不低于": "at_least", "不少于": "at_least", "超过": "at_least",
    "<": "less_than", "低于": "less_than", "<=": "at_most", "≤": "at_most", "不超过": "at_most", "不高于": "at_most",
    "约": "about", "以上": "at_least", "以内": "at_most", "以下": "at_most", "左右": "about",
}  # fmt: skip


class _Cell(NamedTuple):
    text: str
    start: int


@dataclass
class _Column:
    """What a column holds: name, unit, nature, number, value; of a value whether it is planned, and its year."""

    kind: str
    planned: bool = True
    year: int | None = None
    of: str = ""  # what is added to the name: 年均增长


@dataclass
class Grid:
    """The lines that are rows of tables, and the rows that their cells give, by where their numbers begin."""

    lines: dict[int, int]  # where a line begins, and where it ends
    rows: dict[int, Record]

    def holds(self, position: int) -> bool:
        """Tell whether a sentence that begins there stands in a line of a table."""
        nearest = bisect_right(self.starts, position) - 1
        return nearest >= 0 and position < self.lines[self.starts[nearest]]

    @cached_property
    def starts(self) -> list[int]:
        """Where the lines begin, in order."""
        return sorted(self.lines)

    def row(self, numeral: Numeral, otherwise: Record) -> Record:
        """Return the row of a number of a table; ``otherwise`` is that of a number that is no value."""
        return next((self.rows[at] for at in (numeral.start, numeral.start - 1) if at in self.rows), otherwise)


def grid(raw: str, folded: str, year: int | None, lexicon: Lexicon) -> Grid:
    """Return the tables of a text; ``raw`` has the tabs that ``folded`` has not, ``year`` is that of the document."""
    found = Grid({}, {})
    columns: list[_Column] = []
    for start, end in _lines(raw):
        cells = _cells(raw, folded, start, end)
        if not FEWEST_CELLS <= len(cells) <= MOST_CELLS:
            columns = columns if len(cells) == 1 and end - start <= LONGEST_NAME else []  # 一、经济发展 between rows
            continue
        heading = _heading(cells, year, lexicon)
        if heading:
            columns = heading
            found.lines[start] = end
            continue
        row = _fitted(cells, columns) or _without_heading(cells, year, lexicon)
        told = list(_told(row, lexicon)) if row else []
        if told:
            found.lines[start] = end
            found.rows |= {one["number_start"]: one for one in told}
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines that can have cells."""
    for line in re.finditer("[^\n]+", text):
        if re.search("[\t 　]", line[0]):
            yield line.span()


def _cells(raw: str, folded: str, start: int, end: int) -> list[_Cell]:
    """Return the cells of a line: apart by tabs, by wide gaps, else by single spaces."""
    line = raw[start:end]
    gap = "\t" if "\t" in line else " {2,}" if re.search(r"\S {2,}\S", line) else "[ 　]"
    cells, position = [], start
    for printed in re.split(f"({gap})", line):
        if not re.fullmatch(gap, printed):
            text = folded[position : position + len(printed)]
            cells.append(_Cell(text.strip(), position + len(text) - len(text.lstrip())))
        position += len(printed)
    return cells if gap == "\t" else [cell for cell in cells if cell.text]


def _heading(cells: list[_Cell], year: int | None, lexicon: Lexicon) -> list[_Column]:
    """Return the columns that a heading names, or [] for a line that is none."""
    columns = [_column(cell.text, lexicon) for cell in cells]
    kinds = [column.kind for column in columns]
    if "name" not in kinds or "value" not in kinds or any(_NUMBER.match(cell.text) and cell.text[:2] not in {"19", "20"}
                                                          for cell in cells):  # fmt: skip
        return []
    years = [column.year for column in columns if column.kind == "value" and column.year]
    since = year if year and max(years, default=year) >= year else max(years, default=None)
    for column in columns:
        if column.kind == "value" and column.year and since and column.year < since:
            column.planned = False
        elif column.planned:
            column.year = column.year or year
    return columns


def _column(text: str, lexicon: Lexicon) -> _Column:
    words = re.sub(r"\s", "", text)
    for kind in ("number", "unit", "nature", "name"):
        if re.fullmatch(lexicon["grid"][kind], words):
            return _Column(kind)
    year = re.search("(?:19|20)[0-9]{2}", words)
    if re.search(lexicon["grid"]["growing"], words):
        return _Column("value", year=int(year[0]) if year else None, of=re.search(lexicon["grid"]["growing"], words)[0])  # type: ignore[index]
    if year or re.search(lexicon["grid"]["value"], words):
        ground = re.search(lexicon["grid"][GROUND], words)
        return _Column("value", planned=not ground, year=int(year[0]) if year else None)
    return _Column("")


def _fitted(cells: list[_Cell], columns: list[_Column]) -> list[tuple[_Column, _Cell]]:
    """Return the cells under their columns; a name may have spaces in it, a number or a group may be left out."""
    if not columns:
        return []
    more = len(cells) - len(columns)
    at = next(place for place, column in enumerate(columns) if column.kind == "name")
    if more > 0:
        joined = _Cell("".join(cell.text for cell in cells[at : at + more + 1]), cells[at].start)
        cells = [*cells[:at], joined, *cells[at + more + 1 :]]
    elif more < 0:
        columns = columns[-more:] if at >= -more else []
    return list(zip(columns, cells, strict=True)) if columns else []


def _without_heading(cells: list[_Cell], year: int | None, lexicon: Lexicon) -> list[tuple[_Column, _Cell]]:
    """Return the cells of a line that says what an indicator binds: the last number is planned."""
    natures = [cell for cell in cells if re.fullmatch(lexicon["grid"]["natures"], cell.text)]
    numbers = [cell for cell in cells if _NUMBER.match(cell.text)]
    words = [cell for cell in cells if cell not in natures and cell not in numbers and cell.text]
    if not natures or not numbers or not words:
        return []
    row = [(_Column("name"), words[0]), (_Column("value", year=year), numbers[-1])]
    return [*row, (_Column("unit"), words[1])] if len(words) > 1 else row


def _told(row: list[tuple[_Column, _Cell]], lexicon: Lexicon) -> Iterator[Record]:
    """Yield a row for each value of a line of a table."""
    held = {column.kind: cell for column, cell in row if column.kind != "value"}
    name = held["name"]
    unit = held["unit"].text if "unit" in held else ""
    bracketed = re.search(r"\(([^()]{1,8})\)$", name.text)
    indicator = name.text[: bracketed.start()] if bracketed else name.text
    if not 2 <= len(indicator) <= LONGEST_NAME:
        return
    for column, cell in row:
        found = _NUMBER.match(cell.text) if column.kind == "value" else None
        if not found:
            continue
        printed = "%" if column.of else found["unit"] or unit or (bracketed[1] if bracketed else "")
        numeral = _numeral(found["number"], printed.strip("()"), lexicon)
        if numeral is None:
            continue
        start = cell.start + found.start("number")
        yield {
            "role": "target" if column.planned else "result",
            "comparator": _SIGNS.get(found["sign"] or (found["bound"] or "").removeprefix("及"), "equal"),
            "value": numeral.value,
            "unit": numeral.unit,
            "year": column.year,
            "commitment": "firm" if column.planned else "",
            "indicator": indicator + column.of,
            "label": short(indicator + column.of),
            "as_written": found["number"],
            "number_start": start,
            "start": min(name.start, start),
            "end": cell.start + len(cell.text),
            "origin": "computed",
            "flag": "",
            "confidence": SURE,
        }


def _numeral(number: str, unit: str, lexicon: Lexicon) -> Numeral | None:
    """Return a number with the unit of its column: 1200 of 万人 is twelve million."""
    found = list(scan(number.lstrip("-") + unit, lexicon.units))
    if not found or found[0].value is None:
        return None
    sign = -1 if number.startswith("-") else 1
    first = found[0]
    return Numeral(0, 0, 0, sign * first.value, None, first.unit or unit, "number")  # type: ignore[operator]
