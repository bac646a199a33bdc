import pytest
import sentences

from policycmp import quantities, schema
from policycmp.reading import Policy
from policycmp.structure import clauses


def read(text, year=2024):
    """The rows of a made-up text that are no reference, by number."""
    policy = Policy("made", text, "made.txt", "", "utf-8", year=year, body_end=len(text))
    rows = quantities.quantity_rows(clauses.read_structure(policy))
    return {row["as_written"]: row for row in rows if row["role"] != "reference"}


def told(text, year=2024):
    return {number: row["role"] for number, row in read(text, year).items()}


def under(heading, sentence, year=2024):
    """What is said of the numbers of a sentence in the first of two sections, with a plan behind it."""
    plan = "二、今年工作安排\n（一）民生改善。新增公园77座。\n"
    text = f"某区政府工作报告\n一、{heading}\n（一）产业提质。{sentence}\n{plan}"
    found = told(text, year)
    assert found.pop("77") == "target", "the section behind a review is a plan"
    return found


@pytest.mark.parametrize(
    "heading",
    ["工作回顾", "2023年工作回顾", "过去五年和2023年工作总结", "2023年主要工作和“十三五”发展成就", "2023年主要工作",
     "今年以来经济社会发展工作情况", "过去五年的工作", "民生实事完成情况", "本届政府工作总结",
     "2023年主要工作和成效", "2023年国民经济和社会发展计划执行情况"],
)  # fmt: skip
def test_a_heading_tells_that_its_section_looks_back(heading):
    assert under(heading, "新增企业46家，建成厂房12万平方米。产值增长7.3%。") == {
        "46": "result", "12万": "result", "7.3": "result",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "role"), [("出色完成服务保障任务", "result"), ("今年工作安排", "target"), ("2024年目标任务", "target")]
)
def test_a_line_within_a_review_ends_it_only_where_it_looks_ahead(line, role):
    text = f"某区政府工作报告\n一、2023年工作回顾\n{line}\n新增企业46家。\n二、其他\n（一）服务。加强服务。\n"
    assert told(text) == {"46": role}


@pytest.mark.parametrize(
    "heading",
    ["2024年工作安排", "重点任务", "做好总结宣传", "在产业升级上取得新成效", "强化情况通报", "加快发展", "未来五年目标",
     "工作回顾和今年工作安排", "过去工作中的经验推广", "2023年计划执行情况和2024年计划安排"],
)  # fmt: skip
def test_other_headings_do_not(heading):
    assert under(heading, "新增企业46家，建成厂房12万平方米。") == {"46": "target", "12万": "target"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("去年完成投资46亿元，今年力争完成50亿元。", {"46亿": "result", "50亿": "target"}),
        ("2023年新增企业46家，2024年新增企业50家。", {"46": "result", "50": "target"}),
        ("目前已建成公园46座，力争达到50座。", {"46": "result", "50": "target"}),
        ("已累计引进企业46家，再引进50家。", {"46": "result", "50": "target"}),
        ("过去一年，新增企业46家。", {"46": "result"}),
        ("过去一年，产业壮大。新增企业46家。今年，新增企业50家。", {"46": "result", "50": "target"}),
        ("去年，财政科技投入3.6亿元。", {"3.6亿": "result"}),
        ("总结推广去年试点经验，新建社区食堂12家。", {"12": "target"}),
        ("对标已建成园区，新增充电桩200个。", {"200": "target"}),
        ("全区去年成效明显，新建社区食堂12家。", {"12": "result"}),
        ("今年以来，建成公园46座，巩固前期成果。", {"46": "result"}),
        # a plan that looks past the year, or only names what there is, is still a plan
        ("到2025年，累计建成基站3000个，达到已有规模的2倍。", {"3000": "target", "2": "target"}),
        ("2021—2025年，累计建成基站3000个。", {"3000": "target"}),
        ("累计建成基站3000个以上。", {"3000": "target"}),
        ("比去年增长5%。", {"5": "target"}),
        ("以上年度产值为基数，新增产值5亿元。", {"5亿": "target"}),
        ("上年度，新增产值5亿元。", {"5亿": "result"}),
        ("在去年基础上增加投资5亿元。", {"5亿": "target"}),
        ("对已建成的公园，新增座椅46张。", {"46": "target"}),
        ("今年以来，建成公园46座。", {"46": "result"}),
        ("早已谋划，新建公园46座。", {"46": "target"}),
        ("对上年度营业收入超过1亿元的企业，给予50万元奖励。", {"1亿": "condition", "50万": "incentive"}),
    ],
)
def test_what_stands_nearest_before_a_number_tells_when(sentence, expected):
    assert under("重点任务", sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("新增企业46家，确保了工期，争取资金5亿元。", {"46": "result", "5亿": "result"}),
        ("新增企业46家，力争今年达到50家。", {"46": "result", "50": "target"}),
        ("城镇化率由60%提高到62%。", {"62": "result"}),
        ("发放稳岗补贴5亿元。", {"5亿": "result"}),
        ("财政民生支出41亿元。", {"41亿": "result"}),
        ("到2025年，新增企业46家。", {"46": "target"}),
    ],
)
def test_in_a_review_only_a_later_year_or_an_aim_is_a_target(sentence, expected):
    assert under("2023年工作回顾", sentence) == expected


@pytest.mark.parametrize(
    ("heading", "sentence", "year"),
    [
        ("2023年工作回顾", "新增企业46家。", 2023), ("工作回顾", "新增企业46家。", 2023),
        ("2022年工作回顾", "新增企业46家。", 2022), ("工作回顾", "2021年，新增企业46家。", 2021),
        ("重点任务", "去年新增企业46家。", 2023), ("重点任务", "前年新增企业46家。", 2022),
        ("重点任务", "2019-2021年，新增企业46家。", 2021), ("今年以来工作情况", "新增企业46家。", 2024),
    ],
)  # fmt: skip
def test_a_result_has_the_year_in_which_it_was_reached(heading, sentence, year):
    text = f"某区政府工作报告\n一、{heading}\n（一）产业提质。{sentence}\n二、其他\n（一）民生改善。落实。\n"
    assert [(row["role"], row["year"]) for row in read(text).values()] == [("result", year)]


def test_without_a_year_a_result_is_told_by_words_and_has_none():
    rows = read("某区报告\n一、工作回顾\n（一）甲。新增企业46家。\n二、其他\n（一）乙。去年新增企业50家。\n", None)
    assert [(row["role"], schema.is_missing(row["year"])) for row in rows.values()] == [("result", True)] * 2


def test_a_line_without_a_number_is_a_heading_too():
    text = "某区报告\n工作回顾\n{}\n一、产业\n（一）甲。新增企业46家。\n二、民生\n下步打算\n（一）乙。新增企业50家。\n"
    assert told(text.format("")) == {"46": "result", "50": "target"}
    assert told(text.format("今年计划")) == {"46": "target", "50": "target"}


def test_a_section_that_opens_with_the_past_tells_it_until_the_plan_begins():
    past = "过去一年，成绩很大。\n新增企业46家。\n今年，形势更好。\n新增企业50家。\n"
    text = f"某区报告\n一、形势\n{past}二、其他\n新增公园77座。\n"
    assert told(text) == {"46": "result", "50": "target", "77": "target"}


@pytest.mark.parametrize(
    ("opening", "role"),
    [("2023年，各项工作扎实推进。", "result"), ("2023年是重要的一年。", "result"), ("2023年度计划顺利。", "target"),
     ("2024年，各项工作扎实推进。", "target"), ("较2023年有新的提升。", "target")],
)  # fmt: skip
def test_a_sentence_that_opens_with_a_year_past_tells_of_it(opening, role):
    assert under("产业发展", f"{opening}新增企业46家。") == {"46": role}


def test_an_annex_on_last_years_list_holds_results_and_a_glossary_nothing():
    text = (
        "某区报告\n一、重点任务\n（一）甲。新增企业46家。\n（二）乙。新增企业47家。\n"
        "附件1\n2023年民生实事完成情况\n一、交通\n新建车位600个。\n二、养老\n新增床位150张。\n"
        "附件2\n2024年民生实事\n一、交通\n新建车位601个。\n二、养老\n新增床位151张。\n"
        "名词解释\n1.百亿工程\n指新增产值100亿元。\n2.两廊\n指建成绿道20公里。\n"
    )
    expected = {"46": "target", "47": "target", "600": "result", "150": "result", "601": "target", "151": "target"}
    assert told(text) == expected


def test_results_are_the_rows_with_that_role_under_an_id_of_their_own():
    text = "某区报告\n一、工作回顾\n（一）甲。新增企业46家、项目7个。\n二、重点任务\n（一）乙。新增企业50家。\n"
    policy = Policy("made", text, "made.txt", "", "utf-8", year=2024, body_end=len(text))
    rows = quantities.quantity_rows(clauses.read_structure(policy))
    results = quantities.result_rows(rows, policy.lexicon)
    assert [row["result"] for row in results] == ["made-rs01c001-01", "made-rs01c001-02"]
    assert [row["indicator"] for row in results] == ["新增企业", "项目"]
    assert [row["target"] for row in quantities.target_rows(rows, policy.lexicon)] == ["made-s02c001-01"]


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
        ("力争到2030年，新增企业5家；新增公园6座。新增学校7所。", [2030, 2030, 2025]),
    ],
)
def test_the_year_that_a_target_is_for(sentence, expected):
    assert [row["year"] for row in sentences.read(sentence) if row["role"] == "target"] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("城镇化率由70%提高到72%。", {"70": "reference", "72": "target"}),
        ("在增长8%的基础上，增长9%。", {"8": "reference", "9": "target"}),
        ("2024年，新增企业20家。", {"20": "result"}),
        ("2024年新增企业20家，2025年新增企业30家。", {"20": "result", "30": "target"}),
        ("较2024年增长10%。", {"10": "target"}),
        ("2024年（2024-2026年计划），新增企业20家。", {"20": "result"}),
        ("去年新增企业20家。", {"20": "result"}),
        ("比去年增长10%。", {"10": "target"}),
        ("达到去年的2倍。", {"2": "target"}),
    ],
)
def test_a_number_of_the_past_is_a_result_or_where_one_comes_from(sentence, expected):
    found = sentences.roles(sentence)
    assert {number: found[number] for number in expected} == expected


@pytest.mark.parametrize(("year", "expected"), [(None, 2026), (2025, 2025)])
def test_a_year_that_a_sentence_names_holds_to_its_end_in_a_text_that_has_none(year, expected):
    rows = read("某意见\n一、甲\n（一）乙。2026年目标为：产值增长7%；税收增长5%。\n（二）丙。丁。\n", year)
    assert [rows[number]["year"] for number in ("7", "5")] == [2026, expected]


@pytest.mark.parametrize(("title", "year"), [("发展目标", 2027), ("发展环境", 2025)])
def test_the_year_that_goals_open_with_holds_for_all_of_them(title, year):
    goals = f"（二）{title}。到2027年，建成强区。\n产业更优。产值突破9亿元。\n（三）服务。新增企业3家。\n"
    rows = read(f"某区意见\n一、总体要求\n（一）思想。提质。\n{goals}", 2025)
    assert [rows[number]["year"] for number in ("9亿", "3")] == [year, 2025]


def test_a_past_year_that_opens_the_preamble_says_nothing_of_the_sections_behind():
    preamble = "2023年，全县生产总值318亿元。为巩固态势，制定本措施。"
    text = f"某县若干措施\n{preamble}\n一、工业\n（一）企业。新增企业7家。\n（二）项目。开工项目9个。\n"
    assert told(text) == {"318亿": "result", "7": "target", "9": "target"}
