"""The evaluation: it counts right, sees each kind of error, and knows no override."""

import csv
import shutil
from pathlib import Path

import pytest

from policycmp import evaluate
from policycmp.errors import PolicyError
from policycmp.shown import quality

DATA = Path(__file__).resolve().parents[1] / "data"
AIMS = {"targets": 0.98, "budgets": 1.0}


@pytest.fixture(scope="module")
def result():
    return evaluate.evaluate()


def f1(result, group, table):
    return next(row["f1"] for row in result.scores if (row["group"], row["table"]) == (group, table))


def copied(folder, name, change):
    """A copy of the data in which `change` was done to the rows of one reference table."""
    shutil.copytree(DATA, folder)
    path = folder / "reference" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return folder


@pytest.mark.parametrize(
    ("reference", "found", "hit", "scores"),
    [(4, 5, 4, (0.8, 1.0, 0.8889)), (4, 0, 0, (0.0, 0.0, 0.0)), (0, 0, 0, (1.0, 1.0, 1.0)), (0, 2, 0, (0.0, 1.0, 0.0))],
)
def test_scores(reference, found, hit, scores):
    one = evaluate.Evaluation()
    one.score("a", "targets", reference, found, hit)
    row = one.scores[0]
    assert (row["precision"], row["recall"], row["f1"]) == scores


@pytest.mark.parametrize("doc", ["longwan", "lucheng"])
def test_the_shipped_texts_reach_the_aims(result, doc):
    assert all(f1(result, doc, table) >= aim for table, aim in AIMS.items())
    shares = {row["attribute"]: row["accuracy"] for row in result.attributes if row["group"] == doc}
    assert min(shares[name] for name in ("comparator", "unit", "year")) >= 0.99
    assert shares["indicator"] >= 0.97 and shares["commitment"] >= 0.95


def test_the_shipped_pair_reaches_the_aims(result):
    pair = "longwan – lucheng"
    assert f1(result, pair, "alignment") >= 0.98 and f1(result, pair, "target_pairs") >= 0.95
    assert f1(result, pair, "unmatched left") == f1(result, pair, "unmatched right") == 1.0
    simple = [row["f1"] for row in result.scores if row["group"] == pair and row["table"].startswith("baseline")]
    assert len(simple) == 3 and max(simple) < f1(result, pair, "alignment")


def test_every_miss_is_told(result):
    for row in result.scores:
        if row["table"] in {"targets", "budgets"}:
            told = [m for m in result.misses if (m["group"], m["table"]) == (row["group"], row["table"])]
            kinds = [m["kind"] for m in told]
            assert kinds.count("invented") == row["found"] - row["hit"]
            missing = [kind for kind in kinds if kind in {"missed", "scope"}]
            assert len(missing) == row["reference"] - row["hit"]


def test_an_error_of_each_kind_is_seen(tmp_path):
    def change(rows):
        rows[0]["value"] = "999"
        rows[1]["unit"] = "辆"
        rows[2]["head"] = "没有的词"
        del rows[3]

    data = copied(tmp_path / "data", "targets", change)
    found = evaluate.evaluate(data)
    told = [(m["kind"], m["what"]) for m in found.misses if m["group"] == "longwan"]
    assert [kind for kind, _ in told] == ["missed", "unit", "indicator", "invented", "invented"]
    assert "应为 辆，读成 家" in told[1][1]
    assert f1(found, "longwan", "targets") < 1


def test_corrections_are_switched_off(result, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    lines = "doc,clause,as_written,action\nlongwan,1,150,remove\n"
    (data / "overrides" / "quantities.csv").write_text(lines, encoding="utf-8")
    assert f1(evaluate.evaluate(data), "longwan", "targets") == f1(result, "longwan", "targets")


def test_a_data_folder_without_reference_is_an_error(tmp_path):
    with pytest.raises(PolicyError, match=r"targets\.csv: no such reference table; put the tables read by hand into"):
        evaluate.evaluate(tmp_path)


def test_the_report_prints_scores_attributes_and_misses():
    text = evaluate.report()
    assert "precision" in text and "accuracy" in text and "baseline: row maximum" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_and_sentences_for_people(result, lang):
    docs = ("longwan", "lucheng")
    assert len(quality.scores(result, lang)) == len(result.scores)
    assert len(quality.attributes(result, lang)) == len({row["group"] for row in result.attributes})
    assert len(quality.misses(result, None, lang)) == len(result.misses)
    assert all(row[0] in evaluate.groups() for row in quality.misses(result, evaluate.groups(), lang).rows)
    assert f"{f1(result, 'longwan – lucheng', 'alignment'):.3f}" in quality.quality(result, docs, lang)
    assert str(len({row["doc"] for row in texts()})) in quality.unseen(result, docs, lang)


def texts():
    with (DATA / "reference" / "clauses.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_structure_of_the_own_texts():
    """Titles, responsible bodies and leads of the texts of our own, as read by hand."""
    from policycmp import document

    for doc in dict.fromkeys(row["doc"] for row in texts()):
        found = document.load(DATA / "reference" / "texts" / f"{doc}.txt", corrections="none")
        clauses = {(row["section"], row["clause"]): row for row in found.clauses.to_dict("records")}
        wanted = [row for row in texts() if row["doc"] == doc]
        assert set(clauses) == {(int(row["section"]), int(row["clause"])) for row in wanted}
        for row in wanted:
            one = clauses[int(row["section"]), int(row["clause"])]
            assert one["title"].rstrip("。") == row["title"].rstrip("。"), (doc, row["clause"])
