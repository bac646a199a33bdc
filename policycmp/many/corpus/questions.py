"""What a store is asked: what is like a clause, where a target stands, who had a measure first, what was copied."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from policycmp.errors import PolicyError
from policycmp.many.collection import store
from policycmp.many.corpus import vectors
from policycmp.many.panels import standing

if TYPE_CHECKING:
    import pandas as pd

COPY = 0.8  # cosine from which a clause is a near-copy
_PREFILTER = 24  # the rarest pairs of characters of a text, by which clauses are looked up
_LOOKED_AT = 200  # clauses of those that share most of them
_SENTENCES = re.compile("[。；;\n]")


class _Clause(NamedTuple):
    doc: str
    part: int
    section: int
    clause: int


_WITH_PLACE = """
SELECT c.place, c.year, c.issued_on, k.doc, k.part, k.section, k.clause, k.title, k.text, {more}
FROM {source} JOIN clauses k USING (doc, part, section, clause) JOIN collection c USING (doc)
"""


def like(path: str | Path, clause: str, *, number: int = 10) -> pd.DataFrame:
    """Return the clauses of a store that are most like one of them, or like a text.

    Parameters
    ----------
    path : str or Path
        The store, built.
    clause : str
        A clause as document:clause (``江南市-2024:12``), document:section/clause or document:part/section/clause; or
        any text.
    number : int
        How many, at most; of a clause of the store ten.

    Returns
    -------
    DataFrame
        place, year, doc, section, clause, title, the cosine of the pairs of characters, and of the sentences the two
        that are most alike.

    Raises
    ------
    PolicyError
        If there is no such clause, or the store is not built.

    Examples
    --------
    >>> _ = policycmp.corpus.add("store")
    >>> _ = policycmp.corpus.build("store")
    >>> policycmp.corpus.like("store", "推进老旧小区改造和加装电梯", number=2)[["place", "year", "title"]]
      place  year     title
    0   东桥区  2023  推进城市有机更新
    1   东桥区  2024  推进城市有机更新
    """
    place = store.opened(path)
    with store.asked(place) as connection:
        _built(place)
        found = _clause(connection, clause)
        if found is None and re.fullmatch(r"[^\s:：]+[:：][0-9/.]+", clause):
            raise PolicyError("no_clause", name=clause, example=_example(connection))
        rows, text = _near(connection, found) if found else _near_text(connection, place, clause)
    return _with_sentences(rows.head(number), text)


def stand(path: str | Path, target: str, *, years: str = "same") -> pd.DataFrame:
    """Return where a target stands among all of a store that set the same.

    Parameters
    ----------
    path : str or Path
        The store.
    target : str
        The id of a target or result: the column ``id`` of the table panel.
    years : str
        same, or all: with whom it is compared.

    Returns
    -------
    DataFrame
        As the method ``stand`` of a panel returns it.

    Raises
    ------
    PolicyError
        If there is no such target, or it has no indicator code.

    Examples
    --------
    >>> _ = policycmp.corpus.add("store")
    >>> query = "SELECT id FROM targets WHERE main AND indicator_code = 'gdp_growth' AND year = 2025 ORDER BY value"
    >>> lowest = policycmp.corpus.sql("store", query)["id"].iloc[0]
    >>> policycmp.corpus.stand("store", lowest)[["place", "value", "rank", "own"]].tail(1)
      place  value  rank   own
    5   东桥区    5.0   6.0  True
    """
    with store.asked(store.opened(path)) as connection:
        query = "SELECT * FROM panel WHERE indicator_code = (SELECT any_value(indicator_code) FROM panel WHERE id = ?)"
        rows = connection.execute(query, [target]).df()
    return standing.stand(rows, target, years=years)


def spread(path: str | Path, measure: str) -> pd.DataFrame:
    """Return who has a measure, the first in front.

    Parameters
    ----------
    path : str or Path
        The store, built where a clause is named.
    measure : str
        A clause, as for `like`: those of its group; or words that a clause has to hold.

    Returns
    -------
    DataFrame
        A row per document in the order of dates: place, year, issued_on, doc, section, clause, title; ``order`` counts
        the places by when they had it first, and ``share`` is how much of the year's documents have it.

    Raises
    ------
    PolicyError
        If nothing is found, or the store is not built.

    Examples
    --------
    >>> _ = policycmp.corpus.add("store")
    >>> policycmp.corpus.spread("store", "一件事")[["place", "year", "order", "share"]].head(2)
      place  year  order     share
    0   临湾市  2023      1  0.166667
    1   东桥区  2024      2  0.500000
    """
    place = store.opened(path)
    with store.asked(place) as connection:
        found = _clause(connection, measure)
        if found:
            _built(place)
            source = f"(SELECT * FROM measures WHERE measure = ({_OWN.format(column='measure')})) m"
            query, values = _WITH_PLACE.format(more="0 AS cosine", source=source), list(found)
        else:
            source = "(SELECT * FROM clauses WHERE contains(title || '。' || text, ?)) m"
            query, values = _WITH_PLACE.format(more="0 AS cosine", source=source), [measure]
        rows = connection.execute(query, values).df()
        years = dict(connection.execute("SELECT year, count(*) FROM collection GROUP BY year").fetchall())
    if rows.empty:
        raise PolicyError("no_such_words", name=measure)
    rows = rows.sort_values(["year", "issued_on", "doc", "part", "section", "clause"]).drop_duplicates("doc")
    first = {name: number for number, name in enumerate(dict.fromkeys(rows["place"]), 1)}
    having = rows["year"].map(rows["year"].value_counts())
    rows = rows.assign(order=rows["place"].map(first), share=having / rows["year"].map(years))
    columns = ["place", "year", "issued_on", "doc", "section", "clause", "title", "order", "share"]
    listed: pd.DataFrame = rows[columns].reset_index(drop=True)
    return listed


def reuse(path: str | Path, *, least: float = COPY, elsewhere: bool = True) -> pd.DataFrame:
    """Return the clauses that are near-copies of an older document's, in the order of dates.

    Parameters
    ----------
    path : str or Path
        The store, built.
    least : float
        The cosine that a near-copy reaches.
    elsewhere : bool
        Whether a place's own older documents are left out.

    Returns
    -------
    DataFrame
        Of each such clause the older one that it is most like: place, year, doc, section, clause of both (``from_`` and
        ``to_``), the title and the cosine.

    Raises
    ------
    PolicyError
        If the store is not built.

    Examples
    --------
    >>> _ = policycmp.corpus.add("store")
    >>> _ = policycmp.corpus.build("store")
    >>> copies = policycmp.corpus.reuse("store")
    >>> places = ["from_place", "from_year", "to_place", "to_year"]
    >>> copies.loc[copies["title"] == "优化营商环境", places].to_numpy().tolist()[0]
    ['临湾市', 2023, '东桥区', 2024]
    """
    place = store.opened(path)
    with store.asked(place) as connection:
        _built(place)
        rows: pd.DataFrame = connection.execute(_REUSE, [least, not elsewhere]).df()
    return rows


def sql(path: str | Path, query: str) -> pd.DataFrame:
    """Return what a question in SQL finds in a store.

    Parameters
    ----------
    path : str or Path
        The store.
    query : str
        SQL, as DuckDB knows it: the tables are collection, clauses, panel, targets, results, files, and, once it is
        built, measures and neighbours.

    Returns
    -------
    DataFrame
        The rows.

    Raises
    ------
    PolicyError
        If DuckDB does not understand it.

    Examples
    --------
    >>> _ = policycmp.corpus.add("store")
    >>> policycmp.corpus.sql("store", "SELECT year, count(*) AS documents FROM collection GROUP BY year ORDER BY year")
       year  documents
    0  2023          6
    1  2024          6
    2  2025          6
    """
    with store.asked(store.opened(path)) as connection:
        try:
            found: pd.DataFrame = connection.execute(query).df()
        except Exception as error:
            known = [
                name
                for (name,) in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
            ]
            raise PolicyError("bad_sql", error=str(error).splitlines()[0], known=sorted(known)) from None
    return found


_OWN = "SELECT any_value({column}) FROM measures WHERE doc = ? AND part = ? AND section = ? AND clause = ?"
_REUSE = """
WITH placed AS (
    SELECT m.number, m.doc, m.part, m.section, m.clause, c.place, c.year, c.issued_on
    FROM measures m JOIN collection c USING (doc)
), copies AS (
    SELECT o.place AS from_place, o.year AS from_year, o.doc AS from_doc, o.section AS from_section,
        o.clause AS from_clause, t.place AS to_place, t.year AS to_year, t.doc AS to_doc, t.section AS to_section,
        t.clause AS to_clause, n.cosine, t.part AS to_part,
        row_number() OVER (PARTITION BY n.number ORDER BY n.cosine DESC, o.year, o.issued_on, o.doc) AS nth
    FROM neighbours n JOIN placed t ON t.number = n.number JOIN placed o ON o.number = n.other
    WHERE n.cosine >= ? AND o.doc <> t.doc AND (o.year, o.issued_on) < (t.year, t.issued_on)
        AND (? OR o.place <> t.place)
)
SELECT from_place, from_year, from_doc, from_section, from_clause, to_place, to_year, to_doc, to_section, to_clause,
    any_value(k.title) AS title, any_value(cosine) AS cosine
FROM copies JOIN clauses k ON k.doc = to_doc AND k.part = to_part AND k.section = to_section AND k.clause = to_clause
WHERE nth = 1 GROUP BY ALL ORDER BY to_year, to_doc, to_section, to_clause
"""


def _built(place: Path) -> None:
    if not (place / "built.json").exists():
        raise PolicyError("not_built", place)


def _example(connection: Any) -> str:
    row = connection.execute("SELECT doc, clause FROM clauses WHERE clause > 0 LIMIT 1").fetchone()
    return f"{row[0]}:{row[1]}" if row else ""


def _clause(connection: Any, name: str) -> _Clause | None:
    """Return the clause that a name such as 江南市-2024:12 means, or None."""
    told = re.fullmatch(r"(.+)[:：]([0-9]+)(?:[/.]([0-9]+))?(?:[/.]([0-9]+))?", name)
    if not told:
        return None
    doc, numbers = told[1], [int(number) for number in told.groups()[1:] if number]
    columns = ("part", "section", "clause")[-len(numbers) :]
    where = " AND ".join(["doc = ?", *(f"{column} = ?" for column in columns)])
    query = f"SELECT doc, part, section, clause FROM clauses WHERE {where} ORDER BY part, section LIMIT 1"
    row = connection.execute(query, [doc, *numbers]).fetchone()
    return _Clause(*row) if row else None


def _near(connection: Any, found: _Clause) -> tuple[pd.DataFrame, str]:
    """Return the neighbours of a clause of the store, and its text."""
    source = f"""(SELECT o.*, n.cosine FROM neighbours n JOIN measures o ON o.number = n.other
        WHERE n.number = ({_OWN.format(column="number")})) m"""
    rows = connection.execute(_WITH_PLACE.format(more="m.cosine", source=source), list(found)).df()
    where = "doc = ? AND part = ? AND section = ? AND clause = ?"
    (text,) = connection.execute(f"SELECT any_value(text) FROM clauses WHERE {where}", list(found)).fetchone()
    return rows.sort_values(["cosine", "doc"], ascending=[False, True]), text


def _near_text(connection: Any, place: Path, text: str) -> tuple[pd.DataFrame, str]:
    """Return the clauses most like a text: those that share its rarer pairs are looked at."""
    counts = Counter(vectors.pairs_of(text))
    known = connection.execute(
        "SELECT pair, count FROM read_parquet(?) WHERE list_contains(?, pair)",
        [str(place / "pairs.parquet"), list(counts)],
    ).fetchall()
    (size,) = connection.execute("SELECT count(*) FROM clauses").fetchone()
    weights = {pair: float(vectors.idf(np.array([count]), size)[0]) for pair, count in known}
    rarest = sorted(weights, key=lambda pair: (-weights[pair], pair))[:_PREFILTER]
    if not rarest:
        raise PolicyError("no_such_words", name=text)
    shared = " + ".join(
        f"CASE WHEN contains(k.text, ?) OR contains(k.title, ?) THEN {weights[pair]} ELSE 0 END" for pair in rarest
    )
    query = _WITH_PLACE.format(more="0.0 AS cosine", source="(SELECT doc, part, section, clause FROM clauses) m")
    values = [word for pair in rarest for word in (pair, pair)]
    rows = connection.execute(f"{query} ORDER BY {shared} DESC LIMIT {_LOOKED_AT}", values).df()
    rows["cosine"] = [
        vectors.cosine(text, f"{title}。{own}", weights, size)
        for title, own in zip(rows["title"], rows["text"], strict=True)
    ]
    rows = rows[rows["cosine"] > 0]
    return rows.sort_values(["cosine", "doc"], ascending=[False, True]), text


def _with_sentences(rows: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return rows with the sentence of each that is most like one of a text, and that one."""
    own = [sentence for sentence in _SENTENCES.split(text) if sentence.strip()]
    pairs = [_best(own, whole) for whole in rows["text"]]
    rows = rows.assign(sentence=[one for one, _ in pairs], like=[other for _, other in pairs])
    columns = ["place", "year", "doc", "section", "clause", "title", "cosine", "sentence", "like"]
    return rows[columns].reset_index(drop=True)


def _best(own: list[str], text: str) -> tuple[str, str]:
    """Return the sentence of a text that is most like one of some others, and that other one."""
    best, found = 0.0, ("", "")
    for other in filter(str.strip, _SENTENCES.split(text)):
        for sentence in own:
            alike = vectors.overlap(sentence, other)
            if alike > best:
                best, found = alike, (other, sentence)
    return found
