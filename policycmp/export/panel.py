"""A panel as files for Stata, R and SQL: CSV, Parquet, a DuckDB file, a codebook and a data package."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from policycmp import files, schema
from policycmp.errors import PolicyError
from policycmp.export import datapackage
from policycmp.many.collection import parquet
from policycmp.many.panels import Panel
from policycmp.text import codes
from policycmp.text.lexicon import Lexicon

if TYPE_CHECKING:
    import pandas as pd

_TYPES = {"text": "string", "integer": "integer", "number": "number", "flag": "boolean"}
_VIEWS = {
    "targets": "SELECT * FROM panel WHERE statement = 'target'",
    "results": "SELECT * FROM panel WHERE statement = 'result'",
    "headline": "SELECT * FROM panel WHERE main AND span = 'year' AND scope = 'whole' "
    "AND told = year + CASE statement WHEN 'result' THEN 1 ELSE 0 END",
    "contradictions": "SELECT * FROM panel WHERE contradicted",
}


def write_panel(panel: Panel, out: str | Path, *, indicators: Iterable[str] = ()) -> list[Path]:
    """Write a panel as CSV, Parquet and a DuckDB file, with kept promises, wide tables, a codebook and a data package.

    Parameters
    ----------
    panel : Panel
        The figures of many documents.
    out : str or Path
        The folder; it is made if it is not there.
    indicators : iterable of str
        The codes of which a wide table is written; by default the one that most documents set a goal for.

    Returns
    -------
    list of Path
        The files that were written. Without DuckDB (the extra corpus) there is no Parquet and no DuckDB file.

    Examples
    --------
    >>> paths = policycmp.export.write_panel(policycmp.panel(), "build/panel")
    >>> [path.name for path in paths if path.suffix == ".csv"][:4]
    ['panel.csv', 'promises.csv', 'collection.csv', 'unreadable.csv']
    """
    target = files.folder(out)
    tables = {"panel": panel.rows, "promises": panel.promises(), "collection": panel.documents}
    tables["unreadable"] = panel.unreadable
    for code in tuple(indicators) or _most_set(panel.rows):
        tables[f"wide_{code}"] = panel.wide(code)
    described = dict(tables)
    tables |= {"codebook": _codebook(described), "indicators": _indicators(panel.rows)}
    paths = [files.write_csv(table, target / f"{name}.csv") for name, table in tables.items()]
    try:
        paths.append(parquet.write(panel.rows, target / "panel.parquet"))
        paths.append(_database(tables, target / "panel.duckdb"))
    except PolicyError as error:
        if error.key != "no_extra":
            raise
    columns = {name: _columns(name, data) for name, data in described.items()}
    return [*paths, datapackage.describe(target, columns)]


def _most_set(rows: pd.DataFrame) -> tuple[str, ...]:
    """Return the indicator that most documents set a goal for; none where no goal has one."""
    own = rows[(rows["statement"] == "target") & rows["main"] & (rows["span"] == "year")]
    own = own[own["year"] == own["told"]].drop_duplicates(["doc", "indicator_code"])
    counts = {str(code): int(number) for code, number in own["indicator_code"].value_counts().items()}
    most = max(counts.values(), default=0)
    return tuple(code for code in codes.known(Lexicon.load()) if counts.get(code) == most)[:1]


def _columns(table: str, data: pd.DataFrame) -> list[schema.Column]:
    """Return the columns of a table in words; those of a wide table are called by their year."""
    known = {column.name: column for column in schema.TABLES.get(table, schema.TABLES["panel"])}
    plain = {name: schema.Column(name, "text", name, name, meaning=(name, name)) for name in map(str, data.columns)}
    found = []
    for name in map(str, data.columns):
        stem = name.rpartition("_")[0] if name[-4:].isdigit() else name
        found.append(known.get(stem, plain[name])._replace(name=name))
    return found


def _codebook(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what each column of each table holds."""
    import pandas as pd

    rows = []
    for name, data in tables.items():
        for column in _columns(name, data):
            told = {"table": name, "column": column.name, "type": _TYPES[column.kind]}
            words = {"zh": column.zh, "en": column.en, "meaning_zh": column.meaning[0], "meaning_en": column.meaning[1]}
            rows.append(told | words | {"values": "、".join(filter(None, column.values))})
    return pd.DataFrame(rows)


def _indicators(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the indicators of a panel: their names, unit and field, and how many figures there are of each."""
    import pandas as pd

    known = codes.known(Lexicon.load())
    counts = {str(code): int(number) for code, number in rows["indicator_code"].value_counts().items()}
    found = []
    for code in sorted(code for code in counts if code in known):
        one = known[code]
        named = {"indicator_code": code, "zh": one.zh, "en": one.en, "unit": one.unit, "kind": one.kind}
        found.append(named | {"direction": one.direction, "field": one.field, "figures": counts[code]})
    return pd.DataFrame(found, columns=["indicator_code", "zh", "en", "unit", "kind", "direction", "field", "figures"])


def _database(tables: dict[str, pd.DataFrame], path: Path) -> Path:
    """Write the tables, and views of the panel, into a DuckDB file that takes the place of an older one whole."""
    with files.replacing(path) as temporary:
        temporary.unlink()
        with parquet.connect(temporary) as connection:
            for name, table in tables.items():
                connection.register("source", table)
                connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM source')
                connection.unregister("source")
            for name, query in _VIEWS.items():
                connection.execute(f"CREATE VIEW {name} AS {query}")
    return path
