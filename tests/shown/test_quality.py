"""How right the program is, told: every score, every attribute and every miss is in the tables and sentences."""

import pytest

from policycmp import evaluate
from policycmp.shown import quality

DOCS = ("east", "west")


@pytest.fixture
def result():
    """An evaluation of a pair and of one further text, its numbers all different."""
    found = evaluate.Evaluation()
    for doc, hit in (("east", 9), ("west", 8), ("own", 7)):
        found.score(doc, "targets", 10, 10, hit)
        found.score(doc, "budgets", 10, 10, hit - 3)
    found.score("east – west", "alignment", 10, 10, 4)
    found.score("east – west", "target_pairs", 10, 10, 3)
    for doc, share in (("east", 0.9), ("own", None)):
        found.attributes.append({"group": doc, "attribute": "unit", "right": 9, "of": 10, "accuracy": share})
    found.genres.append({"genre": "plan", **found.scores[0]})
    found.genres.append({"genre": "held_out", "table": "review_targets", "reference": 8, "found": 1})
    found.bins.append({"texts": "own_texts", "low": 0.7, "high": 0.8, "rows": 4, "said": 0.76, "right": 0.75})
    found.miss("east", "targets", "missed", "miss_pair", {"left": 1, "right": 2, "quote": "甲"})
    found.miss("own", "targets", "invented", "miss_pair", {"left": 3, "right": 4, "quote": "乙"})
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_and_sentences_for_people(result, lang):
    assert len(quality.scores(result, lang)) == len(result.scores)
    assert [row[1:] for row in quality.attributes(result, lang).rows] == [["0.900"], [""]]
    first, second = ("第 1 条 – 第 2 条：甲", "第 3 条 – 第 4 条：乙")
    if lang == "en":
        first, second = ("clause 1 – clause 2: 甲", "clause 3 – clause 4: 乙")
    assert [row[3] for row in quality.misses(result, None, lang).rows] == [first, second]
    assert [row[3] for row in quality.misses(result, DOCS, lang).rows] == [first]
    said = quality.quality(result, DOCS, lang)
    assert all(worst in said for worst in ("0.800", "0.500", "0.400", "0.300")) and "0.900" not in said
    others = quality.unseen(result, DOCS, lang)
    assert "1" in others and "0.700" in others and "0.800" not in others
    assert quality.unseen(result, (*DOCS, "own"), lang) != others


def test_the_report_prints_scores_attributes_and_misses(result):
    scores, genres, attributes, bins, misses = quality.report(result, "en").split("\n\n")
    assert "precision" in scores and "unit" in attributes
    assert "results read as targets" in genres and "0.75" in bins
    assert misses.splitlines()[0] == "east targets missed: clause 1 – clause 2: 甲"
    result.misses.clear()
    assert quality.report(result).endswith("\n\n没有差错")
