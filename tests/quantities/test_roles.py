import pytest
from sentences import read, roles


@pytest.mark.parametrize(
    ("sentence", "role"),
    [  # the same 50万元
        ("区级财政安排专项资金50万元。", "budget"),
        ("对新认定的企业给予最高50万元补助。", "incentive"),
        ("对年销售额50万元以上的企业给予奖励。", "condition"),
        ("全年技术交易额达到50万元。", "target"),
        ("2024年，技术交易额达到50万元。", "result"),
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
        ("截至2024年底，全区有企业2000家。", {"2024": "reference", "2000": "result"}),
        ("软件企业享受“两免三减半”“五免后减按10%”政策。", {"10": "reference"}),
        ("减按10%征收企业所得税。", {"10": "reference"}),
    ],
)  # fmt: skip
def test_roles(sentence, expected):
    found = roles(sentence)
    assert {number: found[number] for number in expected} == expected


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
