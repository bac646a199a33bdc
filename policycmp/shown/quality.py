"""How right the program is, as tables and sentences for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policycmp import schema, wording
from policycmp.evaluate import Evaluation
from policycmp.shown.html import Prose, Table, said
from policycmp.wording import label


def scores(result: Evaluation, lang: str = "zh") -> Table:
    """Return precision, recall and F1 of every table of the reference."""
    head = ("document", "table", "expected", "found", "hit", "precision", "recall", "f1")
    rows = []
    for row in result.scores:
        counts = list(row.values())[:5]
        rows.append([*counts, *(f"{row[name]:.3f}" for name in ("precision", "recall", "f1"))])
    return Table([label(name, lang) for name in head], rows)


def genres(result: Evaluation, lang: str = "zh") -> Table:
    """Return precision, recall and F1 by genre; of reviews, how many results were read as targets."""
    head = ("genre", "table", "expected", "found", "hit", "precision", "recall", "f1")
    rows = []
    for row in result.genres:
        counts = [str(row[name]) for name in ("reference", "found")] + [str(row.get("hit", ""))]
        shares = [f"{row[name]:.3f}" if name in row else "" for name in ("precision", "recall", "f1")]
        table = label(row["table"], lang) if row["table"] == "review_targets" else row["table"]
        rows.append([label(row["genre"], lang), table, *counts, *shares])
    return Table([label(name, lang) for name in head], rows)


def bins(result: Evaluation, lang: str = "zh") -> Table:
    """Return how many rows have each confidence, and how many of them are right: a confidence keeps what it says."""
    head = ("texts", "low", "high", "rows", "told", "true_share")
    rows = []
    for row in result.bins:
        numbers = [f"{row[name]:.3f}" for name in ("said", "right")]
        rows.append([label(row["texts"], lang), f"{row['low']:.2f}", f"{row['high']:.2f}", str(row["rows"]), *numbers])
    return Table([label(name, lang) for name in head], rows)


def attributes(result: Evaluation, lang: str = "zh") -> Table:
    """Return how often each attribute of the targets that were found is right: a document a row."""
    names = list(dict.fromkeys(row["attribute"] for row in result.attributes))
    shares: dict[str, dict[str, str]] = {}
    for row in result.attributes:
        share = "" if row["accuracy"] is None else f"{row['accuracy']:.3f}"
        shares.setdefault(row["group"], {})[row["attribute"]] = share
    words = schema.labels("quantities", lang)
    rows = [[doc, *(own.get(name, "") for name in names)] for doc, own in shares.items()]
    return Table([label("document", lang), *(words.get(name, name) for name in names)], rows)


def misses(result: Evaluation, groups: Iterable[str] | None = None, lang: str = "zh") -> Table:
    """Return every miss in words; with ``groups`` only those of these documents or pairs."""
    chosen = [row for row in result.told(lang) if groups is None or row["group"] in set(groups)]
    head = [label(name, lang) for name in ("document", "table", "error", "text")]
    return Table(head, [[row["group"], row["table"], row["kind"], row["what"]] for row in chosen])


def clause_pairs(result: Evaluation, lang: str = "zh") -> Table:
    """Return how right the pairs of clauses are, ours in each annotated pair, then those of each method in all."""
    head = ("document", "part", "method", "right", "invented", "missed", "precision", "recall", "f1")
    rows = []
    for row in result.clause_pairs:
        if row["method"] == "ours" or not row["pair"]:
            shares = [f"{row[name]:.3f}" for name in head[-3:]]
            rows.append([row["pair"], *(row[name] for name in head[1:-3]), *shares])
    words = ("document", "took", *head[2:])
    return Table([label(name, lang) for name in words], rows)


def calibration(result: Evaluation, lang: str = "zh") -> Table:
    """Return how often what is said with a probability is right, in pairs that took no part in its weights."""
    rows = []
    for row in result.calibration:
        means = ["" if schema.is_missing(row[name]) else f"{row[name]:.3f}" for name in ("said", "right")]
        rows.append([f"{row['from']}–{row['to']}", row["pairs"], *means])
    return Table([label(name, lang) for name in ("likely", "pair_count", "told", "true_share")], rows)


def report(result: Evaluation, lang: str = "zh") -> str:
    """Return what `policycmp evaluate` prints: scores, attributes, confidences, annotated pairs and misses."""
    told = [f"{row['group']} {row['table']} {row['kind']}: {row['what']}" for row in result.told(lang)]
    missed = "\n".join(told or [wording.said("no_miss", lang, chapter="notices")])
    pairs = [clause_pairs(result, lang), calibration(result, lang)] if result.clause_pairs else []
    tables = [table(result, lang) for table in (scores, genres, attributes, bins)]
    return "\n\n".join([*map(repr, [*tables, *pairs]), missed])


def quality(result: Evaluation, docs: Sequence[str], lang: str = "zh") -> Prose:
    """Say how well the targets and budgets of ``docs``, and the pairs between them, were read."""
    found = {(row["group"], row["table"]): row["f1"] for row in result.scores}
    scores = {f"{name}": min(found[doc, name] for doc in docs) for name in ("targets", "budgets")}
    pair = " – ".join(docs)
    return said("quality", lang, clauses=found[pair, "alignment"], pairs=found[pair, "target_pairs"], **scores)


def unseen(result: Evaluation, docs: Sequence[str], lang: str = "zh") -> Prose:
    """Say how well the texts of our own are read today."""
    rows = [row["f1"] for row in result.scores if row["table"] == "targets" and row["group"] not in docs]
    return said("unseen", lang, n=len(rows), low=min(rows), high=max(rows)) if rows else said("unseen_none", lang)
