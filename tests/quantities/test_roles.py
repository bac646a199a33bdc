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


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # some of the things are named: what is to become of them says whether they are to be reached
        ("促进东湖数字园等18个前期项目落地。", {"18": "target"}),
        ("确保江岸二期等12个亿元以上项目竣工。", {"12": "target"}),
        ("加快南港冷库等3个冷链工程建设。", {"3": "target"}),
        ("围绕装备、家居等4个产业招商。", {"4": "reference"}),
        ("依托东湖等5个园区，新增企业6家。", {"5": "reference", "6": "target"}),
        # whom or what a measure reaches
        ("为1200户困难老人家庭实施适老化改造。", {"1200": "target"}),
        ("资助260名残疾儿童康复，招募90名社区工作者。", {"260": "target", "90": "target"}),
        ("对54处积水点进行治理。", {"54": "target"}),
        ("惠及3万名群众。", {"3万": "target"}),
        ("对163家存量高企逐户走访。", {"163": "reference"}),
        ("对86户重点监测企业落实“一企一策”。", {"86": "reference"}),
        # what has to be reached by whoever is paid, and what the district wants to reach
        ("投资2亿元以上，实行“一事一议”。", {"2亿": "condition"}),
        ("年上缴税金达到40万元以上，一次性给予10万元奖励。", {"40万": "condition", "10万": "incentive"}),
        ("营业面积在200平方米以上，奖励1万元。", {"200": "condition", "1万": "incentive"}),
        ("全年税收达到4亿元以上，给予企业更多支持。", {"4亿": "target"}),
        # a loan that one may apply for
        ("个人可申请最高不超过20万元的创业担保贷款。", {"20万": "incentive"}),
        ("全年发放创业担保贷款2亿元。", {"2亿": "target"}),
        # limits and standards
        ("住房轮候时间不超过3年。", {"3": "target"}),
        ("审批周期少于2年。", {"2": "target"}),
        ("资金使用期限不超过3年。", {"3": "condition"}),
        ("100%的镇卫生院建设达标。", {"100": "target"}),
        ("80%的村建成服务中心，60%的学校通过验收。", {"60": "target"}),
        ("营收增长10%的企业5家。", {"10": "condition", "5": "target"}),
        ("住房保障收入线不低于上年度人均可支配收入的60%。", {"60": "target"}),
        ("完成零售总额增长8%的目标任务。", {"8": "target"}),
        # how large a thing is
        ("热电2×35万千瓦项目开工。", {"2": "reference", "35万": "condition"}),
        ("建成5万吨/年硫酸锰项目。", {"5万": "condition"}),
        ("新增产能5万吨/年。", {"5万": "target"}),
        ("培育形成电子信息1个超500亿元产业集群。", {"1": "target", "500亿": "condition"}),
        ("产值超500亿元。", {"500亿": "target"}),
        # how long, and who is meant
        ("在本区连续服务满3年。", {"3": "condition"}),
        ("最近3年内累计24个月在本区缴纳社会保险。", {"3": "condition", "24": "condition"}),
        ("缴费基数高于平均工资3倍者，每月给予800元补贴。", {"3": "condition", "800": "incentive"}),
        ("获得投资200万元及以上或获得融资500万元及以上的人才。", {"200万": "condition", "500万": "condition"}),
        # names and numbers of policies
        ("落实稳增长省18条、市15条政策措施。", {"18": "reference", "15": "reference"}),
        ("复制推广31项海关监管制度。", {"31": "reference"}),
        ("引进世界500强企业3家。", {"500": "reference", "3": "target"}),
        ("推动综合保税区跻身全国80强。", {"80": "target"}),
        ("力争3家企业进入世界500强。", {"500": "reference"}),
        ("新建公交线路18条。", {"18": "target"}),
        # without a measure word
        ("城镇新增就业人数3万以上。", {"3万": "target"}),
        ("参保人数突破60万。", {"60万": "target"}),
        ("编号达到60万。", {"60万": "reference"}),
    ],
)  # fmt: skip
def test_the_kinds_that_real_documents_taught_us_and_their_controls(sentence, expected):
    found = roles(sentence)
    assert {number: found[number] for number in expected} == expected


def test_the_count_in_a_heading_is_no_target():
    found = {row["as_written"]: row["role"] for row in read(lead="就业增收（7件）")}
    assert found["7"] == "reference"
    assert roles("新增企业（含7家）。")["7"] != "budget"
