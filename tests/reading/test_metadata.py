import pytest
from making import BODY, HEAD

from policycmp.reading.metadata import Metadata, _place, masked, metadata
from policycmp.text.lexicon import Lexicon

LEXICON = Lexicon.load()


def test_a_document_says_who_issued_it_and_when():
    found = metadata(HEAD + BODY, LEXICON)
    assert found == Metadata(
        title="东海区稳增长若干政策（2025年版）",
        issuer="东海区人民政府",
        doc_number="东政发〔2024〕12号",
        status="issued",
        issued_on="2025-03-04",
        year=2025,
        district="东海区",
    )


@pytest.mark.parametrize("word", ["送审稿", "征求意见稿", "讨论稿"])
def test_a_draft_says_so(word):
    found = metadata(f"东海区若干政策\n（2025版）\n（{word}）\n\n{BODY}", LEXICON)
    assert (found.status, found.title) == ("draft", "东海区若干政策（2025版）")


def test_a_text_that_states_nothing_has_nothing():
    assert metadata(BODY, LEXICON) == Metadata("", "", "", "issued", "", None, "")


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("东海区2026年若干政策\n2025年3月4日\n", 2026),  # the title's own
        ("东海区若干政策\n为做好2026年工作，\n", 2026),
        ("东海区若干政策\n", None),  # neither a horizon nor the year that is named most often
    ],
)
def test_the_year_of_a_document(head, year):
    text = f"{head}一、甲\n（一）乙。到2027年新增5家，2027年底前建成2个，2028年完成。\n"
    assert metadata(text, LEXICON).year == year


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("甲区通知\n《甲区若干政策》\n甲区实施方案\n", "甲区实施方案"),  # no name in quotation marks
        ("甲区若干政策\n附件：乙区若干政策\n", "甲区若干政策"),
        ("甲区若干政策\n（试行）\n（送审稿）\n", "甲区若干政策（试行）"),
        (f"{'很' * 60}长的政策\n", ""),
    ],
)
def test_the_title_is_the_last_short_line_that_names_a_kind_of_document(head, title):
    assert metadata(f"{head}一、甲\n", LEXICON).title == title


@pytest.mark.parametrize(
    ("head", "title", "issuer"),
    [
        ("甲区人民政府关于进一步\n促进发展的若干意见\n", "甲区人民政府关于进一步促进发展的若干意见", "甲区人民政府"),
        ("甲区人民政府\n关于做好春耕工作的通知\n", "甲区人民政府关于做好春耕工作的通知", "甲区人民政府"),
        ("甲区人民政府文件\n甲区促进就业实施意见\n", "甲区促进就业实施意见", "甲区人民政府"),
        ("# 甲区中小企业条例\n", "甲区中小企业条例", ""),
        ("---\ntitle: 甲区2025年方案\nurl: x\n---\n\n", "甲区2025年方案", ""),
        ("政府工作报告\n——2024年1月16日在甲区第三届人民代表大会上\n甲区区长　林某\n", "政府工作报告", "甲区人民政府"),
        ("甲区国民经济和社会发展第十五个五年规划纲要\n", "甲区国民经济和社会发展第十五个五年规划纲要", ""),
    ],
)
def test_the_title_and_who_issued_it(head, title, issuer):
    found = metadata(f"{head}一、甲\n（一）乙。新增5家。\n", LEXICON)
    assert (found.title, found.issuer, found.district) == (title, issuer, "甲区")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("甲区政府工作报告\n（2024年12月28日）\n一、2024年工作回顾\n乙。\n二、2025年工作安排\n丙。\n", 2025),
        ("甲区政府工作报告\n一、2023年工作回顾\n乙。\n二、下一步\n丙。\n", 2024),
        (
            "甲区意见\n政策期限为2021年至2023年。到2030年建成。\n一、乙\n（一）丙。丁。\n甲区人民政府\n2022年3月5日\n",
            2022,
        ),
        ("甲区意见\n到2030年建成新城。\n一、乙\n（一）2026年完成。\n", None),
        ("甲区行动计划（2026—2028年）\n一、乙\n（一）丙。丁。\n", None),
        ("甲区意见\n甲政发〔2024〕6号\n一、乙\n（一）丙。丁。\n", 2024),
        # the plan that is given before its year begins; of one year alone it is that year's
        (
            "关于甲县2024年计划执行情况与2025年计划草案的报告\n——2024年12月29日在会议上\n一、2024年计划执行情况\n乙。\n",
            2025,
        ),
        ("关于甲县2024年预算执行情况和2025年预算草案的报告\n一、2024年预算执行情况\n乙。\n", 2025),
        ("关于甲县2024年计划执行情况的报告\n2025年8月1日\n一、乙\n（一）丙。丁。\n", 2024),
    ],
)
def test_the_year_is_the_one_that_is_planned_for(text, year):
    assert metadata(text, LEXICON).year == year


NOTICE = """甲县人民政府办公室
关于印发《甲县支持文旅融合
发展若干举措》的通知
甲政办〔2024〕3号
各乡镇：
《甲县支持文旅融合发展若干举措》已经同意，现印发给你们。
甲县人民政府办公室
2024年5月6日

甲县支持文旅融合

发展若干举措
"""


@pytest.mark.parametrize(
    ("head", "title", "issuer"),
    [
        (NOTICE, "甲县支持文旅融合发展若干举措", "甲县人民政府办公室"),  # on two lines, as the notice names it
        ("甲县\n关于加快发展养老服务的实施细则\n", "甲县关于加快发展养老服务的实施细则", ""),
        ("中共甲县委　甲县政府办公室\n关于乡村振兴的意见\n", "中共甲县委　甲县政府办公室关于乡村振兴的意见",
         "中共甲县委、甲县政府办公室"),
        ("关于扶持甲县果业的若干举措\n", "关于扶持甲县果业的若干举措", ""),
        ("甲县国民经济和社会发展\n第十五个五年规划纲要\n", "甲县国民经济和社会发展第十五个五年规划纲要", ""),
        ("甲县人民政府办公室关于加强高校\n\n毕业生就业的通知\n", "甲县人民政府办公室关于加强高校毕业生就业的通知",
         "甲县人民政府办公室"),
        ("甲县防汛应急预案\n为贯彻落实部署，提出本实施方案\n", "甲县防汛应急预案", ""),
        ("发文标题：甲县养老服务若干意见\n发文部门：甲县人民政府\n", "甲县养老服务若干意见", "甲县人民政府"),
        ("甲县人民政府工作规则\n", "甲县人民政府工作规则", "甲县人民政府"),
        ("甲县2026年文化惠民工作方案\n乙方\n", "甲县2026年文化惠民工作方案", ""),
    ],
)  # fmt: skip
def test_a_title_begins_above_the_line_that_names_its_kind(head, title, issuer):
    found = metadata(f"{head}一、甲\n（一）乙。新增5家。\n", LEXICON)
    assert (found.title, found.issuer, found.district) == (title, issuer, "甲县")


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("深圳市若干措施", "深圳市"),
        ("萧山区若干措施", "萧山区"),
        ("贫困山区若干措施", ""),
        ("建德市、全椒县若干措施", "建德市"),
        ("关于推进城镇建设的意见", ""),
        ("关于加快美丽城镇建设的意见", ""),
        ("全市工作要点", ""),
    ],
)
def test_a_place_may_begin_like_a_verb_and_a_verb_is_none(title, place):
    assert _place(title, LEXICON) == place


def test_a_cover_and_the_line_of_a_session_give_the_date():
    cover = "甲区国民经济和社会发展第十五个五年规划纲要\n甲区人民政府\n2026年3月\n一、乙\n（一）丙。丁。\n"
    assert (metadata(cover, LEXICON).year, metadata(cover, LEXICON).issued_on) == (2026, "")
    for line in (
        "──二Ο二四年一月九日在甲区第三届人民代表大会第一次会议上",
        "2024年1月9日甲区第三届人民代表大会第一次会议通过",
    ):
        assert metadata(f"政府工作报告\n{line}\n一、乙\n丙。\n", LEXICON).issued_on == "2024-01-09"


def test_the_number_may_stand_in_the_table_that_a_site_puts_above_a_text():
    table = "发布机构： 甲县政府 发文文号： 甲政办发〔2025〕1号 有效性： 有效\n"
    body = "为落实《乙意见》（甲政办发〔2024〕9号），制定本方案。\n一、乙\n（一）丙。丁。\n"
    assert metadata(table + body, LEXICON).doc_number == "甲政办发〔2025〕1号"
    assert metadata(table.replace("发文文号：", "文    号"), LEXICON).doc_number == "甲政办发〔2025〕1号"
    assert metadata(body, LEXICON).doc_number == ""


def test_a_numbered_heading_is_no_title():
    assert metadata("二、2025年工作要点\n今年要增长5%。\n（一）甲\n乙。\n", LEXICON).title == ""


def test_front_matter_fills_what_it_states():
    front = '---\n标题: "乙区若干措施"\nplace: 乙区\nyear: 2027\n文号: 乙政发〔2026〕1号\ndate: 2026-12-03\n'
    front += "issuer: 乙区管委会\n---\n"
    found = metadata(f"{front}\n一、甲\n（一）丙。新增5家。\n", LEXICON)
    assert found[:3] == ("乙区若干措施", "乙区管委会", "乙政发〔2026〕1号")
    assert found[4:] == ("2026-12-03", 2027, "乙区")


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("云州市沧澜区推动高质量发展若干政策", "沧澜区"),
        ("杉州湾新区、沧澜区若干政策", "杉州湾新区"),
        ("杉州经开区若干政策", "杉州经开区"),
        ("推动经济高质量发展若干政策", ""),
    ],
)
def test_a_city_whose_name_ends_with_the_word_for_a_prefecture_is_read_whole(title, place):
    assert _place(title, Lexicon.load()) == place


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("> 引用", "  引用"), ("- 新增5家", "  新增5家"), ("* 新增5家", "  新增5家"), ("- 12 -", "- 12 -"),
        ("-2.4%", "-2.4%"), ("<!-- 转载 -->甲", " " * 11 + "甲"), ("**甲**", "**甲**"),
    ],
)  # fmt: skip
def test_marks_of_markdown_are_no_text(line, shown):
    assert masked(f"甲\n{line}\n乙") == f"甲\n{shown}\n乙"
