"""How right the program is: precision, recall and F1 against what people read by hand, with every miss in words.

The reference (``data/reference/``) was read before the program ran on it; corrections are switched off here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from policycmp import document, pairing, reading
from policycmp.errors import PolicyError
from policycmp.evaluate import annotated, baselines, paid, roles
from policycmp.evaluate.scores import Evaluation, scored
from policycmp.schema import is_missing, place_of, records

if TYPE_CHECKING:
    pass

ATTRIBUTES = ("comparator", "value_max", "unit", "year", "indicator", "commitment")


def groups(data: str | Path | None = None) -> tuple[str, ...]:
    """Return the groups of the data folder's own pair: its documents, and the pair itself."""
    shipped = reading.pair(data)
    return (*shipped, " – ".join(shipped))


def evaluate(data: str | Path | None = None, *, texts: str | Path | None = None) -> Evaluation:
    """Evaluate every table for every document of the reference.

    Parameters
    ----------
    data : path, optional
        The data folder.
    texts : path, optional
        A folder with the real work reports (PLACE/YEAR.md) of which the reference keeps offsets only.

    Raises
    ------
    PolicyError
        If the data folder has no reference, or a report is not the one that was read.
    """
    folder = annotated.reference(data)
    names = ("targets", "budgets", "incentives", "alignment", "target_pairs")
    rows = {name: _read(folder / f"{name}.csv") for name in names}
    loaded = {doc: document.load(source, data=data, corrections="none") for doc, source in sources(data).items()}
    result = Evaluation()
    for doc, found in loaded.items():
        own = {name: [row for row in rows[name] if row["doc"] == doc] for name in ("targets", "budgets", "incentives")}
        _targets(result, doc, own["targets"], list(found.rows["targets"]))
        _budgets(result, doc, own["budgets"], list(found.rows["budgets"]))
        _incentives(result, doc, own["incentives"], found)
    for left, right in dict.fromkeys((row["left"], row["right"]) for row in rows["alignment"]):
        chosen = [[r for r in rows[name] if (r["left"], r["right"]) == (left, right)] for name in names[3:]]
        _pairs(result, loaded[left], loaded[right], *chosen)
    paid.add_scores(result, data)
    pairs = annotated.load(data)
    if pairs:
        likely = annotated.left_out(pairs)
        result.clause_pairs = records(annotated.clause_pairs(pairs, likely))
        result.calibration = records(annotated.calibration(pairs, likely))
    _own_roles(result, loaded, data)
    if texts is not None:
        _report_roles(result, texts, data)
    return result


def sources(data: str | Path | None = None) -> dict[str, str | Path]:
    """Return the documents whose targets were read: each by its name or, if it is a text of our own, by its file."""
    folder = annotated.reference(data)
    found: dict[str, str | Path] = {}
    for doc in dict.fromkeys(row["doc"] for row in _read(folder / "targets.csv")):
        own = folder / "texts" / f"{doc}.txt"
        found[doc] = own if own.exists() else doc
    return found


def judged_own(found: document.Tables, doc: str, data: str | Path | None = None) -> list[roles.Judged]:
    """Return the numbers of one of these documents, each with its role by the reference."""
    folder = annotated.reference(data)
    marked = []
    for name in ("targets", "budgets", "incentives"):
        marked += [(roles.TOLD[name], row) for row in _read(folder / f"{name}.csv") if row["doc"] == doc]
    return roles.of_own(found, marked)


def _own_roles(result: Evaluation, loaded: Mapping[str, document.Tables], data: str | Path | None) -> None:
    """Add the scores of the texts of the reference by genre, and how often rows of each confidence are right."""
    sums: dict[tuple[str, str], list[int]] = {}
    for row in result.scores:
        if row["group"] in loaded:
            policy = loaded[row["group"]].policy
            key = roles.genre(policy.title, policy.lexicon), row["table"]
            known = sums.setdefault(key, [0, 0, 0])
            sums[key] = [one + row[name] for one, name in zip(known, ("reference", "found", "hit"), strict=True)]
    result.genres += [{"genre": genre, **scored(table, *numbers)} for (genre, table), numbers in sorted(sums.items())]
    _bins(result, "own_texts", [row for doc, own in loaded.items() for row in judged_own(own, doc, data)])


def _report_roles(result: Evaluation, texts: str | Path, data: str | Path | None) -> None:
    """Add the same of the real reports: those by which rules were made, and those that were held out."""
    for name, wanted in (("real_reports", ""), ("held_out", "y")):
        judged: list[roles.Judged] = []
        for report, stretches in roles.stretches(data).items():
            if stretches[0]["held_out"] == wanted:
                judged += roles.of_report(roles.load_report(report, texts, data), report, data)
        for table, role in roles.TOLD.items():
            result.genres.append({"genre": name, **scored(table, *roles.counts(judged, role))})
        review = [row for row in judged if row.kind == "review" and row.true in {"result", "target"}]
        taken = sum(row.found == "target" for row in review)
        result.genres.append({"genre": name, "table": "review_targets", "reference": len(review), "found": taken})
        _bins(result, name, judged)


def _bins(result: Evaluation, texts: str, judged: Iterable[roles.Judged]) -> None:
    rows = [(float(row.row["confidence"]), row.right) for row in judged if row.found]
    result.bins += [{"texts": texts, **row} for row in records(roles.bins(rows))]


def _read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        raise PolicyError("no_reference", path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _same(a: Any, b: Any) -> bool:
    """Tell whether two values are equal; what is set without a number has none."""
    if is_missing(a) or b == "":
        return is_missing(a) and b == ""
    return abs(float(a) - float(b)) <= 1e-6 * max(1.0, abs(float(b)))


def _where(row: dict[str, Any], **more: object) -> dict[str, object]:
    """Return the values that say where a number stands."""
    return {name: row[name] for name in ("section", "clause", "quote")} | more


def _targets(result: Evaluation, doc: str, reference: list[dict[str, str]], found: list[Any]) -> None:
    """Match targets by place and value; an attribute that the reference leaves open does not count."""
    left = list(found)
    right = dict.fromkeys(ATTRIBUTES, 0)
    known = dict.fromkeys(ATTRIBUTES, 0)
    hit = 0
    for row in reference:
        place = place_of(row)
        options = [one for one in left if place_of(one) == place and _same(one["value"], row["value"])]
        options.sort(key=lambda one: (row["head"] not in one["indicator"], one["unit"] != row["unit"]))
        if not options:
            result.miss(doc, "targets", "missed", "miss", _where(row))
            continue
        one = options[0]
        left.remove(one)
        hit += 1
        top = "" if one["value_max"] != one["value_max"] else one["value_max"]
        correct = {name: row[name] == str(one[name]) for name in ("comparator", "unit", "year", "commitment")}
        both = top != "" and row["value_max"]
        correct["value_max"] = _same(top, row["value_max"]) if both else str(top) == row["value_max"]
        correct["indicator"] = row["head"] in one["indicator"]
        for name in ATTRIBUTES:
            stated = name == "value_max" or row["head" if name == "indicator" else name] != ""
            known[name] += stated
            right[name] += stated and correct[name]
            if stated and not correct[name]:
                wanted = row["head"] if name == "indicator" else row[name]
                result.miss(doc, "targets", name, "miss_read_as", _where(row, wanted=wanted, read=one[name]))
    for one in left:
        result.miss(doc, "targets", "invented", "miss", _where(one))
    result.score(doc, "targets", len(reference), len(found), hit)
    for name in ATTRIBUTES:
        share = round(right[name] / known[name], 4) if known[name] else None
        line = {"group": doc, "attribute": name, "right": right[name], "of": known[name], "accuracy": share}
        result.attributes.append(line)


def _budgets(result: Evaluation, doc: str, reference: list[dict[str, str]], found: list[Any]) -> None:
    """Match budgets by place, amount and scope."""
    left, hit = list(found), 0
    for row in reference:
        place = place_of(row)
        fits = [one for one in left if place_of(one) == place and _same(one["amount_yuan"], row["amount_yuan"])]
        same = [one for one in fits if one["scope"] == row["scope"]]
        if same:
            left.remove(same[0])
            hit += 1
        else:
            kind = "scope" if fits else "missed"
            result.miss(doc, "budgets", kind, "miss_expected", _where(row, wanted=row["scope"]))
    for one in left:
        result.miss(doc, "budgets", "invented", "miss_found", _where(one, read=one["scope"]))
    result.score(doc, "budgets", len(reference), len(found), hit)


def _incentives(result: Evaluation, doc: str, reference: list[dict[str, str]], found: document.Tables) -> None:
    """Count the incentives that were found, and those taken for a target or a budget."""
    hit = 0
    rows = found.rows["quantities"]
    for row in reference:
        at = found.policy.text.find(row["quote"])
        inside = [o for o in rows if at <= o["number_start"] < at + len(row["quote"]) and _printed_alike(o, row)]
        roles = {one["role"] for one in inside}
        hit += "incentive" in roles
        if "incentive" not in roles:
            kind = "taken for " + min(roles & {"target", "budget"}) if roles & {"target", "budget"} else "missed"
            result.miss(doc, "incentives", kind, "miss", _where(row))
    result.score(doc, "incentives", len(reference), sum(row["role"] == "incentive" for row in rows), hit)


def _printed_alike(one: Any, row: dict[str, str]) -> bool:
    return one["as_written"] in row["as_written"] or row["as_written"].rstrip("%‰") in one["as_written"]


def _pairs(
    result: Evaluation,
    left: document.Tables,
    right: document.Tables,
    clauses: list[dict[str, str]],
    targets: list[dict[str, str]],
) -> None:
    """Score the alignment beside the baselines, the unmatched clauses, and the target pairs."""
    group = f"{left.doc} – {right.doc}"
    aligned = pairing.align(left, right)
    truth = {(int(row["left_clause"]), int(row["right_clause"])): row["relation"] for row in clauses}
    table = aligned.table[aligned.table["similarity"].notna()]
    found = dict(zip(zip(table["left_clause"], table["right_clause"], strict=True), table["relation"], strict=True))
    _pair_score(result, group, "alignment", truth, found)
    result.score(group, "alignment with relation", len(truth), len(found), len(truth.items() & found.items()))
    numbers = [[int(number) for number in side["clause"]] for side in (aligned.left, aligned.right)]
    texts = [[row["title"] + row["text"] for row in records(side)] for side in (aligned.left, aligned.right)]
    for name, picked in baselines.chosen_by(*texts).items():
        chosen = {(numbers[0][i], numbers[1][j]) for i, j in np.argwhere(picked).tolist()}
        result.score(group, f"baseline: {name}", len(truth), len(chosen), len(truth.keys() & chosen))
    for side, number in (("left", 0), ("right", 1)):
        every = set((left if side == "left" else right).clauses["clause"])
        alone = [every - {pair[number] for pair in which} for which in (truth, found)]
        result.score(group, f"unmatched {side}", len(alone[0]), len(alone[1]), len(alone[0] & alone[1]))
    both, _ = pairing.target_pairs(left, right, aligned, pairing.section_pairs(left, right, aligned))
    values = [dict(zip(side.targets["target"], side.targets["value"], strict=True)) for side in (left, right)]
    wanted = {_pair_key(row): f"{row['left_indicator']} ~ {row['right_indicator']}" for row in targets}
    got = {
        (
            int(row["left_clause"]),
            int(row["right_clause"]),
            values[0][row["left_target"]],
            values[1][row["right_target"]],
        ): (f"{row['left_indicator']} ~ {row['right_indicator']}")
        for row in both.to_dict("records")
    }
    _pair_score(result, group, "target_pairs", wanted, got)


def _pair_key(row: dict[str, str]) -> tuple[int, int, float, float]:
    return int(row["left_clause"]), int(row["right_clause"]), float(row["left_value"]), float(row["right_value"])


def _pair_score(result: Evaluation, group: str, table: str, truth: dict[Any, str], found: dict[Any, str]) -> None:
    result.score(group, table, len(truth), len(found), len(truth.keys() & found.keys()))
    for kind, own, other in (("missed", truth, found), ("invented", found, truth)):
        for key in sorted(own.keys() - other.keys()):
            result.miss(group, table, kind, "miss_pair", {"left": key[0], "right": key[1], "quote": own[key]})
