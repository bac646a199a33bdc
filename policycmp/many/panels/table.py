"""Places, years and indicators in one table: the panel of a collection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policycmp import document, files, locations, schema
from policycmp.corrections import Corrections
from policycmp.many import collection
from policycmp.many.collection import Batch, Sources, store
from policycmp.many.panels import promises, relative, standing, wide
from policycmp.wording import said

if TYPE_CHECKING:
    import pandas as pd

BATCHES = 25  # documents that a process reads at a time where no store keeps them


@dataclass(frozen=True)
class Panel:
    """The figures of many documents, as `panel` returns them; it prints as what it holds.

    Attributes
    ----------
    rows : DataFrame
        The table ``panel`` of data/DATA_DICTIONARY.md: each target and result once a document, with all its places.
    documents : DataFrame
        The table ``collection``: place, level and year of each document that was read.
    unreadable : DataFrame
        The files that could not be read, and why.
    lang : str
        The language in which it is shown, zh or en.

    Examples
    --------
    >>> found = policycmp.panel()
    >>> growth = found.rows[(found.rows["indicator_code"] == "gdp_growth") & found.rows["main"]]
    >>> growth[["place", "year", "statement", "comparator", "value", "unit"]].head(2)
      place  year statement comparator  value unit
    1   东桥区  2022    result      equal    4.1    %
    9   东桥区  2023    target   at_least    5.0    %
    """

    rows: pd.DataFrame
    documents: pd.DataFrame
    unreadable: pd.DataFrame
    lang: str = "zh"

    def wide(self, indicator: str, *, statement: str = "target") -> pd.DataFrame:
        """Return one indicator as a table with a row per place and, for each year, value and comparator.

        Parameters
        ----------
        indicator : str
            The code of an indicator, such as gdp_growth.
        statement : str
            target or result.

        Returns
        -------
        DataFrame
            place, level, and for each year ``value_2024`` and ``comparator_2024``, with ``value_max_2024`` if one is a
            range.

        Raises
        ------
        PolicyError
            If no document states the indicator.

        Examples
        --------
        >>> policycmp.panel().wide("gdp_growth")[["place", "value_2023", "comparator_2023"]].head(2)
          place  value_2023 comparator_2023
        0   东桥区         5.0        at_least
        1   临湾市         7.5           about
        """
        return wide.wide(self.rows, indicator, statement=statement)

    def promises(self, indicator: str = "") -> pd.DataFrame:
        """Return the goals of a year beside what the next year's report tells of them.

        Parameters
        ----------
        indicator : str, optional
            The code of an indicator; all without it.

        Returns
        -------
        DataFrame
            The table ``promises`` of data/DATA_DICTIONARY.md.

        Examples
        --------
        >>> policycmp.panel().promises("gdp_growth")["outcome"].value_counts().to_dict()
        {'missed': 7, 'no_report': 6, 'met': 5}
        """
        return promises.promises(self.rows, self.documents, indicator)

    def stand(
        self, target: str, *, years: str = "same", per: str = "", measures: pd.DataFrame | str | Path | None = None
    ) -> pd.DataFrame:
        """Return where a target stands among all that set the same.

        Parameters
        ----------
        target : str
            The id of a target, or of a result: the column ``id`` of the rows.
        years : str
            same, or all: with whom it is compared.
        per : str
            A measure by which all values are divided: population, gdp or whatever ``measures`` gives.
        measures : DataFrame, str or Path, optional
            The table of it, as for `per`; the chart names its source.

        Returns
        -------
        DataFrame
            A row per place and year, the highest first: rank, quantile (the share of the others that are lower, those
            that are equal count half), and ``own`` for the target itself.

        Raises
        ------
        PolicyError
            If there is no such target, or it has no indicator code.

        Examples
        --------
        >>> found = policycmp.panel()
        >>> growth = found.rows[found.rows["indicator_code"] == "gdp_growth"]
        >>> target = growth[(growth["statement"] == "target") & (growth["year"] == 2024)]["id"].iloc[1]
        >>> found.stand(target)[["place", "value", "rank", "quantile", "own"]].head(3)
          place  value  rank  quantile    own
        0   临湾市    7.0   1.0       1.0   True
        1   云岭县    6.5   2.0       0.7  False
        2   沙洲区    6.5   2.0       0.7  False
        """
        rows = self.rows if measures is None else relative.scaled(self.rows, measures, per)
        return standing.stand(rows, target, years=years)

    def per(self, measures: pd.DataFrame | str | Path) -> pd.DataFrame:
        """Return the rows with their value per head, per yuan of GDP, or per whatever a table gives.

        Parameters
        ----------
        measures : DataFrame, str or Path
            A table, or its CSV file, with the columns place, year, measure, value and source.

        Returns
        -------
        DataFrame
            The rows whose value is an amount or a count, with ``per_population`` and ``population_source`` for a
            measure called population, and so on; empty where the table has nothing for that place and year.

        Raises
        ------
        PolicyError
            If a column is missing, a value is no number above 0, or a row names no source.

        Examples
        --------
        >>> import pandas as pd
        >>> people = pd.DataFrame({"place": ["临湾市"], "year": [2022], "measure": ["population"], "value": [800000]})
        >>> found = policycmp.panel().per(people.assign(source="made up"))
        >>> jobs = found[(found["indicator_code"] == "urban_new_jobs") & (found["population_source"] != "")]
        >>> jobs[["place", "value", "per_population", "population_source"]].to_string(index=False, header=False)
        '临湾市 41000.0         0.05125           made up'
        """
        return relative.per(self.rows, measures)

    def __repr__(self) -> str:
        shape = {
            "documents": len(self.documents), "places": self.documents["place"].nunique(), "rows": len(self.rows),
            "unreadable": len(self.unreadable), "indicators": self.rows["indicator_code"].replace("", None).nunique(),
        }  # fmt: skip
        return said("panel_holds", self.lang, chapter="summary", **shape)


def panel(
    sources: Sources | None = None,
    *,
    pattern: str = "",
    store: str | Path | None = None,
    data: str | Path | None = None,
    corrections: Corrections | str | Path | None = None,
    workers: int = 1,
    scheduler: Any = None,
    lang: str = "zh",
) -> Panel:
    """Return the targets and results of many documents in one table: places, years, indicators.

    Parameters
    ----------
    sources : str, Path, iterable of them or DataFrame, optional
        Files; a folder; a CSV file, or a DataFrame, with a column file or text and, if told, place, year and level. By
        default the small made-up collection that is shipped.
    pattern : str
        How the files of a folder are called: ``{place}/{year}.md``, where ``*`` stands for anything within a name. What
        neither it nor a table tells, a document's own words tell.
    store : str or Path, optional
        A folder that keeps what was read, so that only what is new or has changed is read again (needs the extra
        corpus).
    data, corrections
        As for `load`.
    workers : int
        By how many processes many documents are read.
    scheduler : optional
        A client of Dask, or the address of its scheduler: its workers read instead (needs the extra cluster).
    lang : str
        The language in which it is shown, zh or en.

    Returns
    -------
    Panel
        The figures, the documents, and the list of files that could not be read.

    Raises
    ------
    PolicyError
        If nothing fits, a year is none, or two files are of one place and year.

    Examples
    --------
    >>> policycmp.panel(lang="en")
    18 documents of 6 places: 421 figures of 21 indicators; 0 files could not be read
    """
    folder = locations.data_folder(data)
    found = collection.sources_of(*((sources, pattern) if sources is not None else collection.shipped()))
    decided = document.corrections_for({source.doc: source.name for source in found}, corrections, data=data)
    options = {"data": folder, "corrections": decided, "workers": workers, "scheduler": scheduler}
    made = _stored(store, found, options) if store is not None else _read(found, options)
    told = zip(made.documents["file"], made.documents["place"], made.documents["year"], strict=True)
    collection.check_twice((name, place, int(year)) for name, place, year in told)
    return replace(made, lang=lang)


def _read(sources: list[collection.Source], options: dict[str, Any]) -> Panel:
    """Read the sources here and now."""
    starts = range(0, len(sources), BATCHES)
    batches = [Batch(tuple(sources[at : at + BATCHES]), options["data"], options["corrections"]) for at in starts]
    spread = collection.spread(collection.read, batches, workers=options["workers"], scheduler=options["scheduler"])
    tables: dict[str, list[schema.Record]] = {name: [] for name in store.TABLES}
    noted: list[schema.Record] = []
    for reading_ in spread:
        noted += reading_.files
        for name, listed in reading_.rows.items():
            tables[name] += listed
    rows, documents = (schema.frame(name, tables[name]) for name in ("panel", "collection"))
    return _sorted(rows, documents, store.files_frame([row for row in noted if row["error"]]))


def _stored(path: str | Path, sources: list[collection.Source], options: dict[str, Any]) -> Panel:
    """Let a store read what is new, and take the panel from it."""
    folder = store.opened(files.folder(path), new=True)
    collection.fill(folder, sources, **options)
    with store.asked(folder) as connection:
        unreadable = connection.execute("SELECT * FROM files WHERE error <> ''").df()
    return _sorted(store.table(folder, "panel"), store.table(folder, "collection"), unreadable)


def _sorted(rows: pd.DataFrame, documents: pd.DataFrame, unreadable: pd.DataFrame) -> Panel:
    rows = rows.sort_values(["place", "told", "part", "start", "id"], ignore_index=True)
    documents = documents.sort_values(["place", "year", "doc"], ignore_index=True)
    return Panel(rows, documents, unreadable[["file", "error", "error_zh"]].sort_values("file", ignore_index=True))
