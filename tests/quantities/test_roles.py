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
        # what a number counts, and how large those things are
        ("各镇至少有1所200张床位以上的养老机构。", {"1": "target", "200": "condition"}),
        ("每个乡镇引进1个投资3000万元以上的项目。", {"1": "target", "3000万": "condition"}),
        ("新增未来工厂1家、工业互联网平台2家以上。", {"1": "target", "2": "target"}),
        ("培育形成装备、家居2个超千亿元产业集群。", {"2": "target", "千亿": "condition"}),
        ("做强装备、家居2个产业。", {"2": "reference"}),
        ("力争3家企业进入世界500强。", {"3": "target", "500": "reference"}),
        ("完成20万千瓦及以上机组改造，淘汰35蒸吨以下锅炉。", {"20万": "condition", "35": "condition"}),
        ("能耗强度降到35吨以下。", {"35": "target"}),
        # shares of what shall reach something, and shares that qualify
        ("在全区90%以上的村建成文化礼堂。", {"90": "target"}),
        ("试点覆盖全区10%左右的村。", {"10": "target"}),
        ("持股90%以上的股东申请补助。", {"90": "condition"}),
        # people, without a measure word
        ("解决30万农村人口饮水安全问题，惠及5万农户。", {"30万": "target", "5万": "target"}),
        ("建设百万亩蔬菜基地，做强30万级品牌。", {"30万": "reference"}),
        # magnitudes that are reached
        ("地区生产总值突破千亿。", {"千亿": "target"}),
        # names of policies, and streets
        ("出台稳增长40条、促就业15条。", {"40": "reference", "15": "reference"}),
        ("出台规划，打通断头路40条。", {"40": "target"}),
        ("质量第一，安全第一。", {"一": "reference"}),
        ("召开四次会议，推进二次供水改造。", {}),
        ("在全区90%以上的镇和60%以上的村（社区）建成文化礼堂。", {"90": "target", "60": "target"}),
        ("确保95%以上的学生住进新校舍。", {"95": "target"}),
        ("培育年产值超10亿元企业，打造超5亿元的集群3个。", {"10亿": "condition", "5亿": "condition", "3": "target"}),
        ("产值超10亿元，支持项目建设。", {"10亿": "target"}),
        ("设立总规模20亿元的产业基金。", {"20亿": "target"}),
        ("对设立5亿元以上基金的企业给予50万元奖励。", {"5亿": "condition", "50万": "incentive"}),
        ("购置税按7.5%征收。", {"7.5": "reference"}),
        # another government's figures
        ("全国粮食产量达到6.9亿吨，增长2%。", {"6.9亿": "reference", "2": "reference"}),
        ("全区用心，我区用力。省财政安排补助资金3亿元。", {"3亿": "reference"}),
        ("争取中央预算内资金3亿元。", {"3亿": "target"}),
        ("全省首批示范区新增2个。", {"2": "target"}),
        # a threshold is followed by what is paid for it
        ("粮食总产量507万吨以上，按序时进度完成目标。", {"507万": "target"}),
        ("粮食总产量507万吨以上，按每吨20元奖励。", {"507万": "condition"}),
        # the size of what is begun, and what is invested this year
        ("新开工项目10个、总投资80亿元。", {"10": "target", "80亿": "reference"}),
        ("完成总投资80亿元。", {"80亿": "target"}),
        # who qualifies, told in several phrases before the payment
        ("固定资产投资5亿元以上，且亩均税收30万元以上的，补贴2%。", {"5亿": "condition", "2": "incentive"}),
        ("投资1亿元以上5亿元以下的；投资完成8亿元以上。", {"1亿": "condition", "5亿": "condition", "8亿": "target"}),
        ("投资9亿元以上，对新升规的企业，给予2万元奖励。", {"9亿": "target", "2万": "incentive"}),
        ("出口额达到3亿元以上的（含3亿元），奖励5万元。", {"3亿": "condition", "5万": "incentive"}),
        ("对技改项目按投资的8%补助，最高9万元以内，其中首台套的，补助10%。", {"9万": "incentive"}),
        ("固定资产投资2亿元以上、或年创税3千万元以上的项目，给予奖励。", {"2亿": "condition", "3千万": "condition"}),
        ("符合两个条件：（一）投资2亿元；（二）安置5人。", {"两": "reference", "2亿": "condition", "5": "condition"}),
        ("符合条件的企业逐步搬迁；（二）安置就业500人以上。", {"500": "target"}),
        ("每个展位资助2万元（金额低于1万元的按实资助）。", {"2万": "incentive", "1万": "condition"}),
        ("给予最高不超过3万元的一次性补贴。", {"3万": "incentive"}),
        ("产值每新增1000万元奖励2万元，每吨20元奖励。", {"1000万": "condition", "2万": "incentive", "20": "incentive"}),
        # sums behind persons, how a payment is paid out, what pays nobody
        ("博士7万元，硕士4万元；引进博士40名。", {"7万": "incentive", "4万": "incentive", "40": "target"}),
        ("给予10%补助，其中奖励资金40%待验收后拨付。", {"10": "incentive", "40": "reference"}),
        ("上级补助收入3亿元，税收返还2亿元。", {"3亿": "target", "2亿": "target"}),
        # the treasury pays what was said before
        ("前三年按地方留成部分的60%，由区财政奖励给企业。", {"60": "incentive"}),
        ("工业税收占比达到50%，由县财政局负责统计。", {"50": "target"}),
        # where somebody is to be found, points of an assessment, who does what
        ("地址：办公楼207室，电话：5550123。", {"207": "reference", "5550123": "reference"}),
        ("年终考核加4分，群众满意度达到95分。", {"4": "reference", "95": "target"}),
        ("涉及8个牵头单位，惠及9万户居民。", {"8": "reference", "9万": "target"}),
        ("落实强区任务（任务共9项）。", {"9": "reference"}),
        ("建设重点项目（含在建项目8项）。", {"8": "target"}),
        ("“12345”热线办结率达到98%。", {"98": "target"}),
        # shares of many things, and what something is done with
        ("85%以上的实验室设立在园区、75%以上的专家集中在园区。", {"85": "target", "75": "target"}),
        ("对全县21所村卫生室实施改造，对标19所村卫生室实施改造。", {"21": "target", "19": "reference"}),
        ("投资3亿元建设科技馆，总投资4亿元建设园区。", {"3亿": "target", "4亿": "reference"}),
        ("投资3亿元建设的科技馆通过验收。", {"3亿": "reference"}),
        # without a measure word
        ("城镇新增就业人数3万以上。", {"3万": "target"}),
        ("参保人数突破60万。", {"60万": "target"}),
        ("编号达到60万。", {"60万": "reference"}),
    ],
)  # fmt: skip
def test_the_kinds_that_real_documents_taught_us_and_their_controls(sentence, expected):
    found = roles(sentence)
    assert {number: found[number] for number in expected} == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("8个案例入选全国名单，3位专家当选院士。", {"8": "result", "3": "result"}),
        ("120人荣登榜单。", {"120": "result"}),
        ("东湖等14个街区完成改造。", {"14": "result"}),
        ("5个贫困县、12个薄弱村摘帽。", {"5": "result", "12": "result"}),
        ("19家国企各有分工。", {"19": "reference"}),
        ("26个园区新增企业300家。", {"26": "condition", "300": "result"}),
        ("下达资金12亿元。", {"12亿": "result"}),
        ("累计确诊病例16例。", {"16": "reference"}),
        ("确诊率下降16%。", {"16": "result"}),
    ],
)
def test_a_review_tells_what_became_of_the_things_counted(sentence, expected):
    found = roles(f"过去一年，工作有序。{sentence}")
    assert {number: found[number] for number in expected} == expected


def test_the_nation_has_a_budget_of_its_own():
    nation = "国务院关于工作的报告"
    sentence = "中央财政拟安排教育资金493亿元，比上年增加20亿元，发行国债500亿元。"
    found = {row["as_written"]: row["role"] for row in read(sentence, lead=nation)}
    assert found == {"493亿": "budget", "20亿": "reference", "500亿": "target"}
    assert roles(sentence)["493亿"] == "reference"


def test_a_number_that_a_heading_and_its_text_both_say_counts_once():
    found = [row["role"] for row in read("打通断头路27条", lead="新增学校3所。") if row["as_written"] == "27"]
    assert found == ["target"]


def test_the_count_in_a_heading_is_no_target():
    found = {row["as_written"]: row["role"] for row in read(lead="就业增收（7件）")}
    assert found["7"] == "reference"
    assert roles("新增企业（含7家）。")["7"] != "budget"
