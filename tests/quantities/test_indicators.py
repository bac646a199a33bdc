import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import read

from policycmp.quantities import indicators


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("新增高新技术企业150家。", ["新增高新技术企业"]),
        ("2025年，全年力争新增高新技术企业150家以上。", ["新增高新技术企业"]),
        ("到2026年底前，建成公园3个。", ["建成公园"]),
        ("举办13场演唱会。", ["举办演唱会"]),
        ("打造3个以上示范场景。", ["打造示范场景"]),
        ("绿电交易电量力争突破3亿千瓦时。", ["绿电交易电量"]),
        ("研发投入强度达到3.5%。", ["研发投入强度"]),
        ("新建城市书房、文化驿站各1家。", ["新建城市书房", "新建文化驿站"]),
        ("新建公园、绿道和驿站各2个。", ["新建公园", "新建绿道", "新建驿站"]),
        ("制造业投资、高新技术产业投资分别增长9%、10%以上。", ["制造业投资增长", "高新技术产业投资增长"]),
        ("新增工业互联网平台1家、智能工厂2家。", ["新增工业互联网平台", "新增智能工厂"]),
        ("举办3场演唱会、2场赛事。", ["举办演唱会", "举办赛事"]),
        ("推进老旧工业区市场化改造，拆除400亩。", ["老旧工业区市场化改造拆除"]),
        ("完成工业投资30亿元，增长10%。", ["完成工业投资", "工业投资增长"]),
        ("实现数字经济增加值200亿元，力争实现了旅游收入9亿元。", ["数字经济增加值", "旅游收入"]),
        ("完成固定资产投资100亿元。", ["固定资产投资"]),
        ("完成综合交通项目投资38亿元。", ["完成综合交通项目投资"]),
        ("合同完成额达到5亿元，目标实现率达到95%。", ["合同完成额", "目标实现率"]),
        ("实现产值300亿元。完成投资20亿元。", ["实现产值", "完成投资"]),
        ("新增“专精特新”企业5家。", ["新增“专精特新”企业"]),
        ("低保标准达1.4万元以上，综合保障率达85%。", ["低保标准", "综合保障率"]),
        ("2月底前完成改造20个。", ["完成改造"]),
        ("举办活动上百场。", ["举办活动"]),
        ("综合排名位列全市第一。", ["综合排名位列全市"]),
        ("今年新增企业100家，明年新增120家。", ["新增企业", "新增企业"]),
        ("开展“群帮惠”困难群体帮扶，“群帮惠”帮扶数达1000人次。", ["“群帮惠”帮扶数"]),
        ("工业增加值、服务业增加值均增长6%以上。", ["工业增加值增长", "服务业增加值增长"]),
        ("固定资产投资完成30亿元，增长5%。", ["固定资产投资", "固定资产投资增长"]),
        ("培育上市企业3家、研发机构4家。", ["培育上市企业", "培育研发机构"]),
        ("改善8万人口的出行。", ["改善人口的出行"]),
        ("敷设燃气管线，全长6公里。", ["燃气管线全长"]),
        ("经济总量跃上6千亿元台阶，年均增长6%。", ["经济总量增长"]),
        ("新增泊位6个，增长6%。", ["新增泊位", "泊位增长"]),
    ],
)  # fmt: skip
def test_what_is_counted_stands_alone(sentence, expected):
    assert [row["indicator"] for row in read(sentence) if row["role"] == "target"] == expected


def test_an_incentive_says_what_is_paid_for():
    found = read("对新认定的省级企业，给予最高50万元一次性奖励。")
    assert [row["indicator"] for row in found if row["role"] == "incentive"] == ["新认定的省级企业一次性奖励"]


@pytest.mark.parametrize("side", ["left", "right"])
def test_every_target_of_a_shipped_text_has_a_name_and_a_label(shipped, side):
    found = shipped[side].targets
    assert (found["indicator"].str.len() >= 2).all()
    assert (found["label"].str.len() <= indicators.LONGEST_LABEL).all()
    assert (found["label"] != "").all()
    assert not found["indicator"].str.contains("未写明|责任单位|[，。；]").any()


@given(st.text(alphabet="全区新增（）()高新技术企业", max_size=60))
def test_a_label_is_short_and_says_the_end_of_the_name(name):
    label = indicators.short(name)
    assert len(label) <= indicators.LONGEST_LABEL
    if label.startswith("…"):
        assert len(label) == indicators.LONGEST_LABEL


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("新增高新技术企业", "新增高新技术企业"),
        ("智能工厂（数字化车间）", "智能工厂"),
        ("全区规上工业增加值增长", "规上工业增加值增长"),
        ("一二三四五六七八九十一二三四五六", "一二三四五六七八九十一二三四五六"),
        ("零一二三四五六七八九十一二三四五六", "…二三四五六七八九十一二三四五六"),
    ],
)
def test_the_label_of_a_name(name, label):
    assert indicators.short(name) == label


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("地区生产总值增长6%左右、力争达到7%。", ["地区生产总值增长"] * 2),
        ("进出口增长5%，力争7%。", ["进出口增长"] * 2),
        ("新认定企业9家，力争1家企业上市。", ["新认定企业", "新认定企业上市"]),
        ("城乡居民人均可支配收入分别增长5%和7%。", ["城镇居民人均可支配收入增长", "农村居民人均可支配收入增长"]),
        ("城乡居民收入增长5%。", ["城乡居民收入增长"]),
        ("城镇、农村常住居民收入增长5%和7%。", ["城镇常住居民收入增长", "农村常住居民收入增长"]),
        ("城镇居民和农民人均收入均增长8%。", ["城镇居民人均收入增长", "农民人均收入增长"]),
        ("农业、规上工业增加值分别增长3%、6%。", ["农业增加值增长", "规上工业增加值增长"]),
        ("一般公共预算收入增长-2.4%。", ["一般公共预算收入增长"]),
    ],
)
def test_tiers_and_twins_keep_their_names(sentence, expected):
    assert [row["indicator"] for row in read(sentence) if row["role"] == "target"] == expected


@pytest.mark.parametrize(
    ("sentence", "first", "second"),
    [
        ("城乡居民人均收入分别达到5万元和2万元，增长8%和9%。", "城镇居民人均收入", "农村居民人均收入"),
        ("接待游客900万人次，旅游收入60亿元，分别增长8%和9%。", "游客", "旅游收入"),
        ("本外币存贷款余额分别达到5万亿元、4万亿元，同比分别增长8%、9%。", "本外币存款余额", "本外币贷款余额"),
        ("实现生产总值60亿元，可比价增长8%；完成进出口30亿元，实际增长9%。", "生产总值", "进出口"),
    ],
)
def test_growths_without_a_name_are_of_the_levels_told_before(sentence, first, second):
    found = {row["as_written"]: row["indicator"] for row in read(sentence)}
    assert (first in found["8"], second in found["9"]) == (True, True), found


def test_growths_as_many_as_no_levels_get_no_names_of_others():
    found = {row["as_written"]: row["indicator"] for row in read("完成投资30亿元，税收和就业分别增长8%和9%。")}
    assert (found["8"], found["9"]) == ("税收增长", "就业增长")


@pytest.mark.parametrize(
    ("sentence", "number", "value"),
    [
        ("收入增长-2.4%。", "-2.4", -2.4), ("收入增速为-3%。", "-3", -3.0), ("收入下降2.4%。", "2.4", 2.4),
        ("收入增长2-3%。", "2-3", 2.0), ("落实A-5行动，新增企业5家。", "5", 5.0),
    ],
)  # fmt: skip
def test_a_written_minus_sign_belongs_to_its_number_and_a_fall_says_so_in_its_name(sentence, number, value):
    assert {row["as_written"]: row["value"] for row in read(sentence)}[number] == value


def test_where_a_number_comes_from_is_no_part_of_what_it_counts():
    for text in ("住院起付标准从900元降低到600元。", "住院起付标准由去年的900元降低到600元。"):
        (row,) = [row for row in read(text) if row["role"] == "target"]
        assert row["indicator"] == "住院起付标准"
