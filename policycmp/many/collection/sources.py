"""What is read of a collection: files, a folder with a pattern, a table of sources, or texts in a DataFrame."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from policycmp import files, locations, reading
from policycmp.errors import PolicyError, printable
from policycmp.text.lexicon import Lexicon

if TYPE_CHECKING:
    import pandas as pd

Sources: TypeAlias = "str | Path | Iterable[str | Path] | pd.DataFrame"
FIELDS = ("place", "year", "level")  # what a pattern and a table of sources may tell
YEARS = range(1900, 2101)


class Source(NamedTuple):
    """A text with its place, year and level where they are told from outside; else its own words tell them."""

    name: str  # the file, or the row of a DataFrame, as an error calls it
    doc: str
    place: str = ""
    year: int | None = None
    level: str = ""
    path: Path | None = None
    text: str = ""

    def read(self, folder: Path) -> reading.Policy:
        """Return the text that is read, with what was told from outside."""
        stated = {"district": self.place, "year": self.year}
        if self.path is not None:
            return reading.read_file(self.path, doc=self.doc, stated=stated, folder=folder)
        return reading.from_text(self.text, doc=self.doc, data=folder, **stated)


def shipped() -> tuple[Path, str]:
    """Return the folder of the collection that is shipped, six made-up places and three years, and its pattern."""
    return locations.shipped("data") / "collection", "{place}/{year}.txt"


def sources_of(given: Sources, pattern: str = "") -> list[Source]:
    """Return the sources that ``given`` names, each with an id of its own; see `panel` for what may be given."""
    if isinstance(given, str | Path):
        given = [given]
    columns = getattr(given, "columns", None)
    if columns is not None:
        found = list(_of_table(cast("pd.DataFrame", given), "table", Path()))
    else:
        found = [source for one in given for source in _of_path(Path(str(one)), pattern)]
    if not found:
        raise PolicyError("nothing_to_read", pattern=pattern)
    check_twice((source.name, source.place, source.year) for source in found)
    return with_ids(found)


def check_twice(told: Iterable[tuple[str, str, int | None]]) -> None:
    """Raise an error if two sources are of one place and year."""
    first: dict[tuple[str, int], str] = {}
    for name, place, year in told:
        if place and year and first.setdefault((place, year), name) != name:
            raise PolicyError("place_year_twice", place=place, year=year, one=first[place, year], other=name)


def _of_path(path: Path, pattern: str) -> Iterator[Source]:
    if path.is_dir():
        yield from _of_folder(path, pattern)
    elif path.suffix.lower() in {".csv", ".tsv"}:
        yield from _of_table(_table(path), str(path), path.parent)
    elif path.exists():
        yield Source(printable(path), printable(path.stem), path=path)
    else:
        raise PolicyError("no_file", path)


def _of_folder(folder: Path, pattern: str) -> Iterator[Source]:
    """Yield the files of a folder that a pattern fits, {place}/{year}.md; without one every file that can be read."""
    endings = tuple(reading.suffixes())
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    names = {path: path.relative_to(folder).as_posix() for path in files}
    fits = _pattern(pattern) if pattern else re.compile(rf".*(?:{'|'.join(map(re.escape, endings))})", re.IGNORECASE)
    matched = {path: found for path, name in names.items() if (found := fits.fullmatch(name))}
    if not matched:
        raise PolicyError(
            "pattern_fits_nothing", folder, pattern=pattern or "*", example=next(iter(names.values()), "–")
        )
    for path, found in matched.items():
        told = found.groupdict()
        year = _year(told["year"], str(path)) if "year" in told else None
        doc = re.sub(r"[^\w]+", "-", names[path].removesuffix(path.suffix)).strip("-")
        yield Source(printable(path), doc, told.get("place", ""), year, told.get("level", ""), path)


def _pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern such as {place}/{year}.md as a regular expression; * stands for anything within a name."""
    words = re.split(r"(\{[^{}]*\}|\*)", pattern)
    unknown = [word for word in words if word.startswith("{") and word[1:-1] not in FIELDS]
    if unknown:
        raise PolicyError("pattern_field", name=unknown[0], known=[f"{{{name}}}" for name in FIELDS])
    parts, seen = [], set()
    for word in words:
        name = word[1:-1]
        if word == "*":
            parts.append("[^/]*")
        elif word.startswith("{"):
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>[^/]+)")
            seen.add(name)
        else:
            parts.append(re.escape(word))
    return re.compile("".join(parts))


def _table(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        separator = "\t" if path.suffix.lower() == ".tsv" else ","
        return pd.read_csv(files.regular(path), sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, ValueError) as error:
        raise PolicyError("no_table_of_sources", path, error=str(error).splitlines()[0]) from None


def _of_table(table: pd.DataFrame, name: str, folder: Path) -> Iterator[Source]:
    """Yield the rows of a table with a column file or text, and with place, year, level and doc where it has them."""
    held = {"file", "text"} & set(table.columns)
    if not held:
        raise PolicyError("sources_without_file", name, known=tuple(map(str, table.columns)))
    for number, row in enumerate(table.to_dict("records"), 1):
        where = f"{name}:{number}"
        told = {key: _cell(row, key).strip() for key in (*FIELDS, "doc", "file")}
        year = _year(told["year"], where) if told["year"] else None
        path = folder / told["file"] if told["file"] else None
        if path is not None and not path.exists():
            raise PolicyError("missing_file", path, where=where)
        doc = told["doc"] or (
            path.stem if path else "-".join(filter(None, (told["place"], told["year"]))) or f"row{number}"
        )
        yield Source(str(path or where), doc, told["place"], year, told["level"], path, _cell(row, "text"))


def _cell(row: Mapping[Any, Any], key: str) -> str:
    """Return a cell as text; missing is empty, and a year that a table made 2024.0 is 2024."""
    value = row.get(key, "")
    return "" if value is None or value != value else re.sub(r"\.0$", "", str(value))


def _year(text: str, where: str) -> int:
    if not re.fullmatch("[0-9]{4}", text) or int(text) not in YEARS:
        raise PolicyError("no_year", where, value=text)
    return int(text)


def with_ids(found: list[Source]) -> list[Source]:
    """Give each source an id of its own: place and year if both are told, else its name, with a number if need be."""
    known: dict[str, int] = {}
    result = []
    for source in found:
        doc = f"{source.place}-{source.year}" if source.place and source.year and source.path else source.doc
        known[doc] = known.get(doc, 0) + 1
        result.append(source._replace(doc=doc if known[doc] == 1 else f"{doc}-{known[doc]}"))
    return result


def level_of(place: str, lexicon: Lexicon) -> str:
    """Return the level of a place by its name: nation, province, city, zone, county, township or ""."""
    for level, endings in lexicon["levels"].items():
        if any(re.search(ending, place) for ending in endings):
            return str(level)
    return ""
