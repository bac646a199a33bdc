import pytest

from policycmp.quantities import cues
from policycmp.text.lexicon import Lexicon

LEXICON = Lexicon.load()


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("2025年,全年力争新增企业", "新增企业"),
        ("到2027年底前,", ""),
        ("一季度末新增企业不少于", "新增企业"),
        ("和新增企业约", "新增企业"),
        ("(十一是新增企业", "新增企业"),
        ("物流直达", "物流直达"),  # no comparator, but a word
        ("占比达", "占比"),
        ("--加上上解支出", "上解支出"),
        ("1.新增企业", "新增企业"),
        ("(二)新增企业", "新增企业"),
        ("(二期)新增企业", "(二期)新增企业"),
        ("争取各级资金", "各级资金"),  # an adverb is a word of its own
        ("各新增企业", "新增企业"),
        ("将军路", "将军路"),
        ("将新增企业", "新增企业"),
        ("固定资产投资完成", "固定资产投资"),
        ("超额完成", "超额完成"),
        ("改造完成", "改造完成"),
        ("", ""),
    ],
)
def test_times_adverbs_and_comparators_are_no_part_of_what_is_counted(words, left):
    assert cues.clean(words, LEXICON) == left


@pytest.mark.parametrize(
    ("words", "verb", "rest"),
    [
        ("新增企业", "新增", "企业"),
        ("推进完成企业改造", "推进", "企业改造"),
        ("服务贸易额", "", "服务贸易额"),
        ("新增", "新增", "新增"),
        ("新增上市企业", "新增", "上市企业"),
    ],
)
def test_a_verb_and_its_object(words, verb, rest):
    assert (cues.verb_of(words, LEXICON), cues.object_of(words, LEXICON)) == (verb, rest)


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("", True),
        ("同比增长", True),
        ("占GDP比重", True),
        ("产量", True),
        ("新增培育", True),
        ("新增企业", False),
        ("企业", False),
    ],
)
def test_what_names_nothing_by_itself(subject, bare):
    assert cues.is_bare(subject, LEXICON) is bare


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("公园、绿道和驿站", [("公园", 10), ("绿道", 13), ("驿站", 16)]),
        ("公园(含绿道、驿站)、书房", [("公园(含绿道、驿站)", 10), ("书房", 21)]),
        ("“甲、乙”", [("“甲、乙”", 10)]),
        ("甲和乙", [("甲和乙", 10)]),  # one character is no thing
        ("", []),
    ],
)
def test_a_list_is_split_outside_brackets(words, listed):
    assert cues.parts(words, 10) == listed
