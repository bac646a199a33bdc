"""Neighbours against the whole matrix, groups against what was made, and the questions on the shipped collection."""

import numpy as np
import pytest

from policycmp import corpus
from policycmp.errors import PolicyError
from policycmp.many.corpus import measures, neighbours, vectors

WORDS = [chr(0x4E00 + 37 * at) + chr(0x4E00 + 53 * at + 7) for at in range(400)]


def made(number, topics=12, seed=3):
    """Texts of some topics: each of most phrases of its own in any order, and of words that all have."""
    draw = np.random.default_rng(seed)
    texts = []
    for at in range(number):
        own = WORDS[20 + 25 * (at % topics) : 45 + 25 * (at % topics)]
        phrases = ["".join(own[start : start + 5]) for start in range(0, 25, 5)]
        texts.append("，".join(draw.permutation(phrases)[:4]) + "，".join(draw.choice(WORDS[:20], 6)) + "100家")
    return texts


@pytest.mark.parametrize("fast", [True, False])
def test_neighbours_are_those_of_the_whole_matrix(fast, monkeypatch):
    if fast:
        pytest.importorskip("sparse_dot_topn")
    monkeypatch.setattr(neighbours, "FEWEST", 60)
    found = vectors.vectors(made(600))
    whole = (found.matrix @ found.matrix.T).toarray()
    np.testing.assert_allclose(np.diag(whole), 1, rtol=1e-5)
    np.fill_diagonal(whole, -1)
    near = neighbours.neighbours(found, fast=fast)
    np.testing.assert_allclose(near.cosine, whole[near.one, near.other], atol=1e-5)
    best = np.sort(whole, axis=1)[:, ::-1][:, : neighbours.KEPT]
    hits = sum((near.cosine[near.one == row] >= best[row, -1] - 1e-5).sum() for row in range(600))
    assert hits / best.size >= 0.99


def test_groups_are_the_topics():
    found = vectors.vectors(made(240))
    own = measures.groups(neighbours.neighbours(found), 240)
    for topic in range(12):
        assert len(set(own[topic::12])) == 1
    assert len(set(own)) == 12


@pytest.mark.parametrize("texts", [[], [""], ["甲"], ["100家"], ["甲乙", "丙丁"]])
def test_texts_with_nothing_in_common_have_no_neighbours(texts):
    near = neighbours.neighbours(vectors.vectors(texts))
    assert len(near.one) == 0
    if texts:
        assert sorted(measures.groups(near, len(texts))) == list(range(1, len(texts) + 1))


def test_figures_and_marks_are_left_out():
    assert vectors.pairs_of("新增 15 家，企业。") == ["新增", "企业"]
    assert vectors.overlap("新增企业15家", "新增企业20家") == 1


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    store = tmp_path_factory.mktemp("corpus") / "store"
    corpus.add(store)
    assert corpus.build(store) == {"documents": 18, "read": 0, "unreadable": 0, "clauses": 138, "measures": 12}
    return store


def test_what_is_like_a_clause_comes_with_the_sentence_that_says_so(built):
    found = corpus.like(built, "东桥区-2024:2/2")
    assert found["title"].tolist()[:8] == ["优化营商环境"] * 8
    assert found["cosine"].is_monotonic_decreasing
    assert all("集成改革" in sentence for sentence in found["sentence"][:8])
    assert "集成改革" in found["like"][0]


def test_what_is_like_a_text(built):
    assert set(corpus.like(built, "建设起降点，开通无人机航线", number=3)["title"]) == {"扩大低空应用"}


def test_who_had_a_measure_first_and_how_many_have_it(built):
    for name in ("沙洲区-2025:2/2", "一件事"):
        found = corpus.spread(built, name)
        assert found.drop_duplicates("place")["place"].tolist()[0] == "临湾市"
        assert found.groupby("year")["share"].first().round(2).to_dict() == {2023: 0.17, 2024: 0.5, 2025: 0.83}
        assert found.drop_duplicates("place")["order"].tolist() == [1, 2, 3, 4, 5]


def test_copies_lead_from_the_older_to_the_newer(built):
    found = corpus.reuse(built)
    assert (found["from_year"] < found["to_year"]).all()
    assert (found["from_place"] != found["to_place"]).all()
    own = corpus.reuse(built, elsewhere=False)
    assert len(own) > len(found)
    low = found[found["title"] == "扩大低空应用"]
    assert low[["from_place", "to_place"]].to_numpy().tolist() == [["南屿市", "临湾市"]]


def test_where_a_target_of_the_store_stands(built):
    one = corpus.sql(
        built, "SELECT id FROM targets WHERE indicator_code = 'gdp_growth' AND year = 2025 ORDER BY value DESC"
    )
    found = corpus.stand(built, one["id"][0])
    assert (found["rank"].iloc[0], found["own"].iloc[0], len(found)) == (1, True, 6)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda store: corpus.like(store, "甲县-2024:99"),
            r"clause 甲县-2024:99: the store has no such clause; write document:clause",
        ),
        (lambda store: corpus.like(store, "zzzz qqqq"), "no clause has these words"),
        (lambda store: corpus.spread(store, "火星移民"), "no clause has these words"),
        (lambda store: corpus.sql(store, "SELECT tea FROM cup"), "the tables are clauses, collection"),
        (lambda store: corpus.stand(store, "nobody"), "there is no such target"),
    ],
)
def test_a_question_at_fault_is_told_in_a_line(built, ask, message):
    with pytest.raises(PolicyError, match=message) as told:
        ask(built)
    assert "\n" not in str(told.value)


def test_questions_about_clauses_need_a_built_store(tmp_path):
    corpus.add(tmp_path / "store")
    with pytest.raises(PolicyError, match="run policycmp corpus build first"):
        corpus.like(tmp_path / "store", "老旧小区")
