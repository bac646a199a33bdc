"""What is paid for what: each promise of the table `incentives` on small made-up sentences."""

import pytest

from policycmp import document

HEAD = "云岫区扶持产业若干政策（2025年）\n一、奖励\n（一）支持企业。"


@pytest.fixture
def read(tmp_path):
    """Read sentences as a clause, and return the rows of the table."""

    def load(sentences):
        file = tmp_path / "made.txt"
        file.write_text(HEAD + sentences, encoding="utf-8")
        return document.load(file, corrections="none").incentives.to_dict("records")

    return load


def told(rows, *columns):
    return [tuple("" if row[name] != row[name] else row[name] for name in columns) for row in rows]


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ("对首次升规的企业，给予10万元奖励。", [("首次升规的企业", 100000)]),
        ("购买新能源乘用车每辆补贴3000元。", [("购买新能源乘用车", 3000)]),
        ("新认定的省级实验室补助300万元。", [("新认定的省级实验室", 3000000)]),
        ("加装电梯60台，每台补助20万元。", [("加装电梯", 200000)]),
        ("企业实施节能改造，年节能量达500吨标准煤以上的，每吨标准煤奖励200元。", [("企业实施节能改造", 200)]),
        ("企业研发投入超过500万元的，一次性奖励8万元。", [("企业研发投入超过500万元", 80000)]),
        ("非遗传承人带徒授艺的，每年补助2万元。", [("非遗传承人带徒授艺", 20000)]),
        ("一次性奖励5万元。", [("支持企业", 50000)]),  # nothing but the clause's title says what for
    ],
)
def test_what_is_paid_for(read, sentences, expected):
    assert told(read(sentences), "object", "value") == expected


@pytest.mark.parametrize(
    ("sentences", "caps"),
    [
        ("对企业给予投资额10%的奖励，最高不超过50万元、30万元。", [(10, ""), ("", 500000), ("", 300000)]),
        (
            "对国家级、省级工厂分别补助9万元、5万元，最高20万元、10万元，每年最高8万元、4万元。",
            [(90000, 200000), (50000, 100000), ("", 80000), ("", 40000)],
        ),
    ],
)
def test_no_ceiling_is_lost_that_is_more_than_there_are_payments(read, sentences, caps):
    assert told(read(sentences), "value", "cap") == caps


@pytest.mark.parametrize(
    ("sentences", "objects"),
    [
        ("国家级、省级、市级智能工厂分别奖励9万元、5万元、2万元。", ["国家级智能工厂", "省级智能工厂", "市级智能工厂"]),
        ("产值首次突破1亿元、5亿元的企业，奖励1万元、3万元。", ["产值首次突破1亿元的企业", "产值首次突破5亿元的企业"]),
        ("主导制定国际标准、国家标准，每项分别奖励100万元、40万元。", ["主导制定国际标准", "主导制定国家标准"]),
        ("新评定的国家5A级、4A级景区奖励8万元、2万元。", ["新评定的国家5A级景区", "新评定的国家4A级景区"]),
        ("新认定为国家级技术中心的奖励150万元，省级奖励40万元。", ["新认定为国家级技术中心", "新认定为省级技术中心"]),
        ("对甲企业、乙企业、丙企业，分别奖励3万元、2万元。", ["乙企业", "丙企业"]),
    ],
)  # fmt: skip
def test_the_tiers_of_a_list_are_rows_of_their_own(read, sentences, objects):
    assert [row["object"] for row in read(sentences)] == objects


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ("对技改项目按设备投资的10%补助，单个项目最高300万元。", [("rate", 10, 3000000)]),
        ("对技改项目按设备投资的10%补助。最高300万元。", [("rate", 10, 3000000)]),
        ("对技改项目按设备投资的10%补助，300万元封顶。", [("rate", 10, 3000000)]),
        ("对获奖团队最高奖励50万元。", [("ceiling", "", 500000)]),
        ("展位费按50%补贴，每个展位最高4万元，全年不超过20万元。", [("rate", 50, 40000), ("ceiling", "", 200000)]),
        ("国家级、省级工厂按投资额的20%、10%补助，最高8万元、3万元。", [("rate", 20, 80000), ("rate", 10, 30000)]),
        ("国家级、省级工厂分别按投资额的20%、10%补助，最高80万元。", [("rate", 20, 800000), ("rate", 10, 800000)]),
        ("游客100人次的，奖励3万元，每增加10人次加奖1万元，最高9万元。", [("sum", 30000, 90000), ("sum", 10000, "")]),
        ("展位费按50%补贴；购房补贴最高80万元。", [("rate", 50, ""), ("ceiling", "", 800000)]),
    ],
)  # fmt: skip
def test_a_ceiling_belongs_to_what_is_paid_before_it(read, sentences, expected):
    assert told(read(sentences), "kind", "value", "cap") == expected


@pytest.mark.parametrize(
    ("sentences", "column", "expected"),
    [
        ("对技改项目按实际设备投资的10%补助。", "basis", "实际设备投资"),
        ("展位费补助80%。", "basis", "展位费"),
        ("对连片种植的大户每亩补助150元。", "per", "亩"),
        ("小微企业租赁厂房，按每平方米每月8元补贴。", "per", "平方米·月"),
        ("对新引进的博士每月补贴3000元。", "frequency", "monthly"),
        ("对新引进的博士每年补贴3万元。", "frequency", "yearly"),
        ("对合作社一次性补贴3万元。", "frequency", "once"),
        ("对合作社补贴3万元。", "frequency", ""),
        ("对当年度新增的合作社补贴3万元。", "frequency", ""),
        ("对合作社当年补贴3万元。", "frequency", "yearly"),
        ("对超出部分按60元/TEU标准进行补贴。", "object", "超出部分"),
        ("对新引进的博士每月补贴3000元，连续发放三年。", "years", 3),
        ("对新认定的国家级绿色工厂奖励50万元。", "level", "国家级"),
        ("对新认定的绿色工厂奖励50万元。", "level", ""),
        ("租用标准厂房的小微企业，补贴5万元。", "recipient", "小微企业"),
        ("企业购买云服务的，补贴5万元。", "recipient", "企业"),
        ("高校本科毕业生，补贴5万元。", "recipient", "高校本科毕业生"),
        ("经主管部门认可，达到绿色标准的饭店，奖励5万元。", "recipient", ""),
        ("对不超过40周岁的博士给予9万元补贴。", "kind", "sum"),
        ("1.对参展的企业给予2万元奖励；", "object", "参展的企业"),
        ("对参展的企业，补助金额最高为每个展位2万元。", "object", "参展的企业"),
        ("引进演唱会，给予主办方30万元奖励。", "recipient", "主办方"),
        ("对新落户的企业，实际到位投资1亿元以上的，奖励5万元。", "condition", "实际到位投资1亿元以上"),
        ("首次升规的企业，奖励8万元；次年仍在库的，再奖励5万元。", "condition", ""),
        ("对技改项目按设备投资的2‰补助。", "value_canonical", 0.2),
        ("对新认定的高新技术企业奖励20万元。", "indicator_code", "hightech_firms"),
    ],
)
def test_to_whom_and_how(read, sentences, column, expected):
    assert read(sentences)[0][column] == expected


def test_years_in_which_something_was_achieved_are_none_for_which_it_is_paid(read):
    achieved, paid = "对连续三年评为标杆的企业奖励2万元。", "对标杆企业连续三年奖励2万元。"
    assert [read(sentence)[0]["years"] > 0 for sentence in (achieved, paid)] == [False, True]


def test_what_is_paid_in_the_second_year_is_for_the_same_thing(read):
    rows = read("对硕士毕业生给予第一年2万元、第二年3万元的补助。")
    assert [(row["object"], row["value"]) for row in rows] == [("硕士毕业生", 20000), ("硕士毕业生", 30000)]


def test_what_is_paid_on_top_is_for_the_same_thing(read):
    rows = read("首次升规的企业，奖励8万元；次年仍在库的，再奖励5万元。")
    assert told(rows, "object", "condition") == [("首次升规的企业", ""), ("首次升规的企业", "次年仍在库")]


def test_every_incentive_among_the_numbers_is_a_value_or_a_ceiling(read, tmp_path):
    read("展位费按50%补贴，每个展位最高4万元，全年不超过20万元。国家级、省级工厂分别奖励5万元、3万元。")
    found = document.load(tmp_path / "made.txt", corrections="none")
    paid = found.quantities[found.quantities["role"] == "incentive"]["number_start"]
    told_of = {*found.incentives["number_start"], *found.incentives["cap_start"].dropna()}
    assert set(paid) == told_of


@pytest.mark.parametrize(
    "sentences",
    [
        "企业奖补资金安排500万元。",
        "充电服务费不得高于0.6元/千瓦时。",
        "全年招引企业12家，投资5亿元。",
        "奖补由市级承担七成、区级承担三成。",
    ],
)
def test_what_nobody_is_paid_is_no_incentive(read, sentences):
    assert read(sentences) == []


@pytest.mark.parametrize(
    "sentences", ["企业租用算力的，按费用的20%发放算力券。", "创业担保贷款额度最高100万元，贴息三年。"]
)
def test_a_voucher_and_a_loan_are_incentives(read, sentences):
    assert len(read(sentences)) == 1


def test_an_id_has_the_place(read):
    assert [row["incentive"] for row in read("奖励5万元。再奖励3万元。")] == ["made-i001-01", "made-i001-02"]


def test_marks_of_markdown_are_no_part_of_what_is_paid_for(read):
    plain = "对新入驻企业，按设备投资额的12%给予补助，最高300万元。"
    marked = "对**新入驻企业**，按**设备投资额**的**12%**给予补助，最高**300**万元。"
    names = ("object", "kind", "value", "cap", "basis")
    assert told(read(marked), *names) == told(read(plain), *names)
    assert told(read(marked), "basis", "quote") == [("设备投资额", marked.rstrip("。"))]
