import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp import document, quantities
from policycmp.reading import Policy
from policycmp.structure import clauses
from policycmp.text.normalize import fold

POLICY = """某区若干政策
为发展经济，制定本政策。
一、甲（区科技局牵头）
{lead}
（一）乙。{sentence}（责任单位：区科技局）
（二）丙。落实。（责任单位：区科技局）
二、丁（区经信局牵头）
（三）戊。落实。（责任单位：区经信局）
{closing}
"""


def result(sentence="", lead="聚焦重点。", closing="上述政策自发布之日起施行。"):
    text = POLICY.format(sentence=sentence, lead=lead, closing=closing)
    return clauses.read_structure(Policy("made", text, "made.txt", "", "utf-8", year=2025, body_end=len(text)))


def read(sentence="", **parts):
    """The numbers of a made-up policy with that sentence; the rest of it has none."""
    return quantities.quantity_table(result(sentence, **parts)).to_dict("records")


def roles(sentence):
    return {row["as_written"]: row["role"] for row in read(sentence)}


@pytest.mark.parametrize(
    ("sentence", "role"),
    [  # the same 50万元
        ("区级财政安排专项资金50万元。", "budget"),
        ("对新认定的企业给予最高50万元补助。", "incentive"),
        ("对年销售额50万元以上的企业给予奖励。", "condition"),
        ("全年技术交易额达到50万元。", "target"),
        ("2024年，技术交易额达到50万元。", "reference"),
    ],
)
def test_the_role_follows_from_what_governs_the_number_not_from_its_unit(sentence, role):
    assert roles(sentence)["50万"] == role


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # targets: growth, share, level, rank, investment, exports, burden relieved
        ("新增高新技术企业150家以上。", {"150": "target"}),
        ("规上工业增加值增长8%。", {"8": "target"}),
        ("城镇化率达92.5%。", {"92.5": "target"}),
        ("出口额占比列全市前3。", {"3": "target"}),
        ("完成固定资产投资120亿元。", {"120亿": "target"}),
        ("为企业减负1.1亿元。", {"1.1亿": "target"}),
        ("每千人床位数达到8.5张。", {"8.5": "target"}),
        ("投放充电枪500把。", {"500": "target"}),
        ("压减审批时间至10分钟以内。", {"10": "target"}),
        # conditions: thresholds that say which things a rule applies to
        ("培育年产值超5亿元的全产业链1条。", {"5亿": "condition", "1": "target"}),
        ("招引1亿美元以上外资大项目1个。", {"1亿": "condition", "1": "target"}),
        ("完成20年以上住宅电梯更新100台。", {"20": "condition", "100": "target"}),
        ("0-3岁婴幼儿每千人托位数达到4.5个。", {"0-3": "condition", "4.5": "target"}),
        ("对带动就业50人以上的企业，给予一次性奖励20万元。", {"50": "condition", "20万": "incentive"}),
        # incentives
        ("按实际投资额的10%给予补助，最高不超过200万元。", {"10": "incentive", "200万": "incentive"}),
        ("每平方米给予30元补贴。", {"30": "incentive"}),
        ("给予企业50%的租金补贴。", {"50": "incentive"}),
        ("对新增规上企业每家奖励10万元。", {"10万": "incentive"}),
        ("每新增1家给予5万元奖励。", {"1": "condition", "5万": "incentive"}),
        # references: names, slogans, dates, baselines, what exists, rates of the state
        ("做强415X集群，构建“5+5+N”体系，推广3C产品。", {"415": "reference", "5": "reference", "3": "reference"}),
        ("深化“人才新政40条”5.0版。", {"40": "reference", "5.0": "reference"}),
        ("2月底前新增企业20家。", {"2": "reference", "20": "target"}),
        ("城镇化率由70%提高到72%。", {"70": "reference", "72": "target"}),
        ("比重在2024年“3个70%”基础上提高到“3个80%”。", {"2024": "reference", "70": "reference", "80": "target"}),
        ("携手18个平台、10大公司，新增项目6个。", {"18": "reference", "10": "reference", "6": "target"}),
        ("根据《若干政策》（某政发〔2025〕2号）。", {"2025": "reference", "2": "reference"}),
        ("截至2024年底，全区有企业2000家。", {"2024": "reference", "2000": "reference"}),
        ("软件企业享受“两免三减半”“五免后减按10%”政策。", {"10": "reference"}),
        ("减按10%征收企业所得税。", {"10": "reference"}),
    ],
)  # fmt: skip
def test_roles(sentence, expected):
    found = roles(sentence)
    assert {number: found[number] for number in expected} == expected


def test_an_incentive_says_what_is_paid_for():
    found = read("对新认定的省级企业，给予最高50万元一次性奖励。")
    assert [row["indicator"] for row in found if row["role"] == "incentive"] == ["新认定的省级企业一次性奖励"]


@pytest.mark.parametrize(
    "whose", ["专项债资金", "超长期特别国债", "社会资本", "银行贷款", "上级资金", "中央预算内投资"]
)
def test_money_of_others_is_no_budget(whose):
    assert roles(f"争取{whose}5亿元。")["5亿"] != "budget"
    assert roles(f"安排{whose}5亿元用于建设。")["5亿"] != "budget"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"lead": "2025年，区级财政预算安排资金3亿元。"}, [(3e8, "section", 1, 0)]),
        ({"lead": "区级财政预算安排资金3亿元，其中2亿元用于科技，1亿元用于人才。"},
         [(3e8, "section", 1, 0), (2e8, "earmark", 1, 0), (1e8, "earmark", 1, 0)]),
        ({"lead": "区级财政安排资金，重点支持文化产业资金1200万元、养老服务资金800万元。"},
         [(12e6, "earmark", 1, 0), (8e6, "earmark", 1, 0)]),
        ({"lead": "区级财政安排资金，其中重点支持文化产业1200万元、养老服务800万元。"},
         [(12e6, "earmark", 1, 0), (8e6, "earmark", 1, 0)]),
        ({"sentence": "区级财政安排专项资金50万元。"}, [(5e5, "earmark", 1, 1)]),
        ({"closing": "上述政策，区级财政2025年预算安排资金支持总额为3.48亿元。"}, [(3.48e8, "document", 0, 0)]),
        ({"lead": "聚焦重点。", "sentence": "新增企业5家。"}, []),
    ],
)  # fmt: skip
def test_the_scope_of_a_budget(parts, expected):
    found = [row for row in read(**parts) if row["role"] == "budget"]
    assert [(row["value"], row["scope"], row["section"], row["clause"]) for row in found] == expected
    made = result(**parts)
    table = quantities.budget_table(quantities.quantity_table(made), clauses.section_table(made), made.policy.lexicon)
    assert list(zip(table["amount_yuan"], table["scope"], strict=True)) == [row[:2] for row in expected]
    assert (table["item"] != "").all()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("新增企业5家。", [2025]),
        ("到2027年，新增企业5家。", [2027]),
        ("2026年底前建成公园3个。", [2026]),
        ("新增企业5家，2026年新增企业6家。", [2025, 2026]),
        ("较2024年增长10%。", [2025]),
        ("制定三年计划（2025-2027年），新增企业5家。", [2025]),
        ("2025-2027年，累计新增企业5家。", [2027]),
        ("今年新增企业5家，明年新增企业6家。", [2025, 2026]),
    ],
)
def test_the_year_that_a_target_is_for(sentence, expected):
    assert [row["year"] for row in read(sentence) if row["role"] == "target"] == expected


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("新增企业123456789012345678901234567890家。", "123456789012345678901234567890"),
        ("新增企业٣٤家。", "٣٤"),
        ("规模增长8%-。", "8"),
    ],
)
def test_what_cannot_be_read_is_a_reference_with_a_flag(sentence, number):
    row = {row["as_written"]: row for row in read(sentence)}[number]
    assert (row["role"], row["flag"] != "") == ("reference", True)


def audit(made):
    """What must hold for the quantities of any text."""
    table, text = quantities.quantity_table(made), made.policy.text
    places = {(start, len(number)) for start, number in zip(table["number_start"], table["as_written"], strict=True)}
    covered = Counter(i for start, length in places for i in range(start, start + length))
    digits = {i for i, c in enumerate(made.policy.folded) if c.isdecimal()}
    assert digits <= set(covered), "a digit is in no row"
    assert max(covered.values(), default=1) == 1, "a digit is in two numbers"
    for row in table.to_dict("records"):
        assert text[row["start"] : row["end"]] == row["quote"]
        begin, end = row["number_start"], row["number_start"] + len(row["as_written"])
        assert text[begin:end] == row["as_written"]
        assert row["start"] <= begin < end <= row["end"]
    shared = table[table.duplicated("number_start", keep=False)]
    for start in set(shared["number_start"]):
        assert re.search("[各均]", fold(text)[max(0, start - 12) : start])
    return table


@pytest.mark.parametrize("name", ["longwan", "lucheng"])
def test_every_digit_of_a_shipped_text_is_in_exactly_one_number(name):
    table = audit(document.load(name, corrections="none").outline)
    assert len(table) > 100


FRAGMENTS = (
    "新增|企业|项目|、|，|。|；|\n|5家|10%|3亿元|1-2个|各|均|分别|以上|超|力争|其中|（|）|“|”|3个80%|三分之二|2024年|2026年|由|提高到"
    "|8%-|1,200|１２|٣|415X|5+5|3月4日|区级财政安排资金|给予|补助|的|每|最高|公园|和|前3|1.2.3| |个|翻一番|近百家"
).split("|")


@settings(deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40), st.lists(st.sampled_from(FRAGMENTS), max_size=10))
def test_every_digit_of_any_text_is_in_exactly_one_number(sentence, lead):
    audit(result("".join(sentence), "".join(lead)))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_full_and_half_width_say_the_same(sentence):
    half = str.maketrans("（），；１２", "(),;12")
    full = str.maketrans("(),;0123456789%", "（），；０１２３４５６７８９％")
    told = "role indicator comparator value value_max unit number_start year commitment flag start end".split()
    one, two = (quantities.quantity_table(result(sentence.translate(table)))[told] for table in (half, full))
    assert one.map(folded).equals(two.map(folded))


def folded(cell):
    return fold(cell) if isinstance(cell, str) else cell


@pytest.mark.parametrize(
    "piece", ["1", "一", "十万", "(", "()", "“", "、", "，", "1 ", "0.", "8%-", "A1家、", "分别增长1%、"]
)
def test_long_runs_are_audited(piece):
    audit(result(piece * (10_000 // len(piece))))


def test_targets_are_the_rows_with_that_role_under_a_running_id():
    made = result("新增企业5家、项目6个。", lead="规模增长8%。")
    table = quantities.quantity_table(made)
    targets = quantities.target_table(table, made.policy.lexicon)
    assert targets["target"].tolist() == ["made-s01-01", "made-001-01", "made-001-02"]
    own = table[table["role"] == "target"]
    assert targets["quote"].tolist() == own["quote"].tolist()
