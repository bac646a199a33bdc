from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.quantities.phrases import LONGEST_SENTENCE, measures, sentences
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold
from policycmp.text.scan import scan

LEXICON = Lexicon.load()


def read(sentence):
    text = fold(sentence)
    return text, measures(text, (0, len(text)), list(scan(text, LEXICON.units)), LEXICON)


def comparators(sentence):
    return [measure.comparator for measure in read(sentence)[1]]


@pytest.mark.parametrize(
    ("sentence", "comparator"),
    [
        ("新增企业150家。", "equal"),
        ("新增企业150家以上。", "at_least"),
        ("新增企业超150家。", "at_least"),
        ("新增企业超过150家。", "at_least"),
        ("规模突破150亿元。", "at_least"),
        ("新增企业不少于150家。", "at_least"),
        ("比例不低于50%。", "at_least"),
        ("新增企业至少150家。", "at_least"),
        ("至少上线150个。", "at_least"),
        ("确保增长8%以上。", "at_least"),
        ("新增企业150家及以上。", "at_least"),
        ("新增企业30余家。", "at_least"),
        ("新增企业100多家。", "at_least"),
        ("集聚企业上百家。", "at_least"),
        ("能耗控制在3%以内。", "at_most"),
        ("办理时间不超过10分钟。", "at_most"),
        ("浓度25微克/立方米以下。", "at_most"),
        ("办理时间不高于10分钟。", "at_most"),
        ("办理时间少于10分钟。", "less_than"),
        ("浓度低于25微克/立方米。", "less_than"),
        ("增长6%左右。", "about"),
        ("新增企业约150家。", "about"),
        ("集聚企业近百家。", "about"),
        ("达到150家。", "equal"),
        ("力争达到150家。", "equal"),
        ("力争达到150家以上。", "at_least"),
        ("增长8%-10%。", "range"),
        ("新增1～2家。", "range"),
        ("进入全市前3。", "top"),
        ("进入全市前3位。", "top"),
        ("排名全省前十位。", "top"),
        ("居全市第一。", "top"),
        ("前3年完成投资。", "equal"),
        ("新增企业１５０家以上。", "at_least"),
        ("竣工500套（间）以上。", "at_least"),
    ],
)
def test_the_comparator_of_a_number(sentence, comparator):
    assert comparators(sentence) == [comparator]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("制造业投资、高新技术产业投资分别增长9%、10%以上。", ["at_least", "at_least"]),
        ("新增A企业9家、B企业10家以上。", ["equal", "at_least"]),
        ("新增企业超9家、项目10个。", ["at_least", "equal"]),
        ("新增企业9家左右，项目10个以上。", ["about", "at_least"]),
        ("A、B、C分别达到1家、2家、3家以上。", ["at_least"] * 3),
    ],
)
def test_a_comparator_holds_for_its_own_number_unless_the_list_is_shared_out(sentence, expected):
    assert comparators(sentence) == expected


def test_each_number_gets_the_words_that_are_its_own():
    text, found = read("举办3场演唱会、2场赛事，新增书房5家、驿站6家。")
    assert [text[slice(*m.lead)] for m in found] == ["举办", "", "新增书房", "驿站"]
    assert [text[slice(*m.tail)] for m in found] == ["演唱会", "赛事", "", ""]


def test_a_number_knows_the_bracket_it_stands_in():
    assert [m.inside for m in read("新增5家（其中甲2家），出台《若干30条》。")[1]] == ["", "(", "《"]


def test_a_number_that_follows_another_directly_is_bare():
    assert [m.bare for m in read("分别增长9%、10%。")[1]] == [False, True]


def test_dates_and_codes_are_no_measures():
    assert read("2025年3月4日实施415X工程，推广3C产品。")[1] == []


@given(st.text(alphabet="新增企业5家。，；！\n、 "))
def test_sentences_are_a_partition(text):
    text = fold(text)
    spans = list(sentences(text, 0, len(text)))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(one[1] == two[0] for one, two in pairwise(spans))
    assert all(not set("。;!?\n") & set(text[start : end - 1]) for start, end in spans)


@pytest.mark.parametrize("piece", ["甲", "甲、", "，", "1", "（"])
def test_no_sentence_is_longer_than_the_bound(piece):
    text = fold(piece * 100_000)
    spans = list(sentences(text, 0, len(text)))
    assert max(end - start for start, end in spans) <= LONGEST_SENTENCE
    assert sum(end - start for start, end in spans) == len(text)


@given(
    st.lists(
        st.sampled_from("新增|企业|5家|10%|（|）|“|”|《|》|、|，|：|以上|分别|各|超|3个80%|三分之二|2025年".split("|"))
    )
)
def test_every_measure_lies_in_its_phrase(parts):
    text, found = read("".join(parts))
    for measure in found:
        numeral, (start, end) = measure.numeral, measure.phrase
        assert start <= measure.lead[0] <= measure.lead[1] <= measure.before <= numeral.start < numeral.end <= end
        assert numeral.unit_end <= measure.after
        assert measure.after <= measure.tail[0] <= measure.tail[1] <= len(text)
    assert [m.numeral.start for m in found] == sorted(m.numeral.start for m in found)
