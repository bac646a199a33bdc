"""The map of the explorer: the similarities of all clauses as a drawing, with a button on each row of the alignment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policycmp import schema
from policycmp.asking import filters
from policycmp.explorer.session import Session
from policycmp.schema import Place, records
from policycmp.shown import naming

SHADES = (0.1, 0.2, 0.3, 0.45, 0.6)  # similarities from which a cell of the map is a shade darker
_EDGE = 16.0  # pixels: beside and above the cells, for the numbers of the sections


class _Grid(NamedTuple):
    """The cells of a map: their size in pixels, and the row or column of each clause."""

    size: float
    down: dict[Place, int]  # left clauses
    across: dict[Place, int]  # right clauses

    def at(self, number: int) -> float:
        """Return where the cell of a number begins, down or across."""
        return _EDGE + number * self.size


def alignment_map(session: Session, scope: str) -> str:
    """Return the similarities of all clauses as a drawing, and the style that puts the buttons of ``scope`` on it.

    The buttons are the rows of the alignment; those that the filters leave out are pale, corrected ones dashed.
    """
    down, across = (_numbered(schema.places(side.clauses)) for side in session.comparison.sides.values())
    size = max(4.0, min(20.0, round(330 / max(len(session.comparison.right.clauses), 1), 1)))
    grid = _Grid(size, down, across)
    wide, high = grid.at(len(session.comparison.right.clauses)), grid.at(len(session.comparison.left.clauses))
    drawn = "".join([*_cells(session, grid), *_sections(session, grid, wide, high)])
    svg = f'<svg width="{wide + size:g}" height="{high + size:g}" aria-hidden="true">{drawn}</svg>'
    return f"{svg}<style>{''.join(_rules(session, grid, scope))}</style>"


def _numbered(places: Sequence[Place]) -> dict[Place, int]:
    return {place: number for number, place in enumerate(places)}


def _cells(session: Session, grid: _Grid) -> Iterator[str]:
    """Yield the cells of each shade as one path."""
    total = session.comparison.aligned.scores.total
    paths = ["" for _ in SHADES]
    for row, column in zip(*(total >= SHADES[0]).nonzero(), strict=True):
        shade = sum(total[row, column] >= least for least in SHADES) - 1
        paths[shade] += f"M{grid.at(column):g} {grid.at(row):g}h{grid.size}v{grid.size}h-{grid.size}z"
    for number, path in enumerate(paths):
        yield f'<path d="{path}" fill-opacity="{0.15 + 0.2 * number:.2f}"/>'


def _sections(session: Session, grid: _Grid, wide: float, high: float) -> Iterator[str]:
    """Yield a line where each section begins, and its number."""
    for section, number in _starts(grid.down).items():
        yield f'<path d="M0 {grid.at(number):g}H{wide:g}"/>'
        yield _number(session, section, 0.0, grid.at(number))
    for section, number in _starts(grid.across).items():
        yield f'<path d="M{grid.at(number):g} 0V{high:g}"/>'
        yield _number(session, section, grid.at(number), 0.0)


def _starts(places: dict[Place, int]) -> dict[int, int]:
    """Return the first row or column of each section, the last section first."""
    return {place.section: number for place, number in reversed(places.items())}


def _number(session: Session, section: int, x: float, y: float) -> str:
    return f'<text x="{x + 2:g}" y="{y + 11:g}">{naming.ordinal(section, session.lang)}</text>'


def _rules(session: Session, grid: _Grid, scope: str) -> Iterator[str]:
    """Yield the style of each button; a clause without counterpart has one beyond the last row or column."""
    listed, table = set(session.keys), session.comparison.alignment
    for number, (key, row) in enumerate(zip(filters.keys(table), records(table), strict=True), 1):
        top = grid.at(grid.down[key[0]] if key[0] else len(grid.down))
        left = grid.at(grid.across[key[1]] if key[1] else len(grid.across))
        look = f"left:{left:g}px;top:{top:g}px;width:{grid.size}px;height:{grid.size}px"
        if key not in listed:
            look += ";opacity:.25"
        if row["origin"] == "override":
            look += ";border:1px dashed var(--pc-warn)"
        yield f"{scope} button:nth-of-type({number}){{{look}}}"
