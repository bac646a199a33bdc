import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp.pairing import similarity
from policycmp.pairing.similarity import WEIGHTS, score, sentences

EAST = [
    ("培育科技企业", "深化梯度培育，新增高新技术企业30家。支持企业建设研发中心。", "科技创新"),
    ("优化养老服务", "新增养老床位300张。建设老年食堂20家。", "改善民生"),
    ("保障工业用地", "出让工业用地500亩，推行工业上楼。", "先进制造"),
]
WEST = [
    ("提升养老水平", "建设养老机构和老年食堂，新增养老床位150张。", "保障民生"),
    ("壮大科技企业", "新增高新技术企业20家。鼓励企业设立研发中心。", "创新驱动"),
]


def table(rows):
    return pd.DataFrame(rows, columns=["title", "text", "heading"])


def made(left=EAST, right=WEST):
    return score(table(left), table(right))


def test_the_same_measure_scores_above_every_other():
    total = made().total
    assert total.argmax(axis=1)[:2].tolist() == [1, 0]
    assert total.argmax(axis=0).tolist() == [1, 0]
    assert total[2].max() < min(total[0, 1], total[1, 0]) / 2


def test_the_parts_add_up_and_stay_in_their_bounds():
    scores = made()
    assert np.allclose(sum(scores.parts.values()), scores.total)
    assert set(scores.parts) == set(WEIGHTS)
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    for values in (scores.total, scores.sentence, scores.grams):
        assert values.min() >= 0
        assert values.max() <= 1 + 1e-6


def test_the_explanation_of_a_pair_adds_up_and_is_sorted():
    scores = made()
    for i, j in np.ndindex(*scores.total.shape):
        values = [value for _, _, value in scores.explain(i, j)]
        assert sum(values) == pytest.approx(scores.total[i, j], abs=1e-9)
        assert values == sorted(values, reverse=True)


def test_shared_terms_are_words_of_both():
    terms = made().shared_terms(1, 0)
    left, right = ("".join(row) for row in (EAST[1], WEST[0]))
    assert "养老" in terms
    assert all(term in left and term in right for term in terms)


def test_a_clause_is_like_itself():
    assert np.allclose(np.diag(made(EAST, EAST).total), 1)
    assert np.allclose(np.diag(made(EAST, EAST).sentence), 1)
    assert made(EAST, EAST).topic == pytest.approx(1)


def test_a_sentence_counts_where_it_is_the_best_of_both_documents():
    same, stray = "建设养老机构和老年食堂。", "推行工业上楼改造老旧厂房。"
    left = [("优化养老服务", same + stray, "改善民生"), ("", "建设养老机构。", "")]
    right = [("提升养老水平", same + "规范收费管理，改造养老机构。", "改善民生")]
    found = made(left, right).sentence
    assert found[0, 0] == pytest.approx(1)
    assert 0 < found[1, 0] < 0.8  # its sentence has a better one, and that has a better one too
    assert made([("", "推行工业上楼。", "")], right).sentence[0, 0] == 0


def test_a_clause_without_a_body_is_compared_by_its_title():
    found = made([("本条例自公布之日起施行。", "", "")], [("本办法自公布之日起施行。", "", "")])
    assert found.sentence[0, 0] > 0.5 and found.grams[0, 0] > 0.5


def test_a_title_alone_is_no_second_witness():
    left, right = [("强化要素保障", "设立天使基金。", "")], [("强化要素保障", "供应工业用地。", "")]
    found = made(left, right)
    assert found.total[0, 0] > 0 and found.grams[0, 0] == 0


def test_swapping_the_sides_transposes_every_score():
    one, two = made(), made(WEST, EAST)
    assert np.allclose(one.total, two.total.T)
    assert np.allclose(one.grams, two.grams.T)
    assert np.allclose(one.sentence, two.sentence.T)
    assert one.topic == pytest.approx(two.topic)


def test_figures_play_no_role():
    changed = [(title, text.replace("30", "7").replace("500", "1,234.5"), heading) for title, text, heading in EAST]
    assert np.allclose(made(changed).total, made().total)


def test_width_plays_no_role():
    changed = [tuple(cell.replace("，", ",").replace("3", "３") for cell in row) for row in EAST]
    assert np.allclose(made(changed).total, made().total)


def test_the_order_of_the_clauses_plays_no_role():
    assert np.allclose(made(EAST[::-1], WEST[::-1]).total, made().total[::-1, ::-1])


def test_a_part_that_a_clause_lacks_is_left_out_of_the_mean():
    bare = [(title, text, "") for title, text, _ in EAST]
    assert np.allclose(np.diag(made(bare, bare).total), 1)
    assert made(bare, bare).parts["section"].max() == 0


@pytest.mark.parametrize("row", [("", "", ""), ("。", "。", ""), ("5", "5", "5"), ("的", "和", "")])
def test_clauses_without_a_word_are_like_no_other(row):
    assert made([row], WEST).total.max() == 0
    assert made(EAST, [row]).total.max() == 0
    assert 0 <= made([row], [row]).total[0, 0] <= 1


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text("新增养老床位张的，。；5", max_size=30), min_size=1, max_size=4))
def test_any_texts_have_scores_in_bounds(texts):
    rows = [("", text, "") for text in texts]
    scores = made(rows, WEST)
    assert ((scores.total >= 0) & (scores.total <= 1)).all()
    assert ((scores.sentence >= -1e-6) & (scores.sentence <= 1 + 1e-6)).all()
    assert 0 <= scores.topic <= 1 + 1e-9


@given(st.text("新增养老床位，。；！\n5"))
def test_sentences_lose_nothing_but_white_space(text):
    parts = sentences(text)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert parts
    if len(parts) > 1:
        assert min(map(len, parts)) >= similarity.SHORTEST_SENTENCE


def test_short_sentences_join_what_follows():
    assert sentences("全面落实。新增养老床位三百张以上。建设老年食堂和康养中心；完善。") == [
        "全面落实。新增养老床位三百张以上。",
        "建设老年食堂和康养中心；完善。",
    ]
