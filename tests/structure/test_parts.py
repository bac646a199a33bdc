import pytest

from policycmp.reading import Policy
from policycmp.structure import clauses

MAIN = (
    "东海区政府工作报告\n一、总体要求\n坚持稳中求进、以进促稳的工作总基调。\n"
    "二、重点任务\n（一）强产业。新增企业5家。\n（二）惠民生。新增床位9张。\n"
)
ANNEX = "东海区民生实事清单\n一、出行\n1.新建停车位60个。\n2.新辟线路3条。\n二、就业\n3.培训200人次。\n"


def read(text):
    return clauses.read_structure(Policy("made", text, "made.txt", "", "utf-8", body_end=len(text)))


def parts(text):
    return [(part.kind, part.title, text[part.start :][:4]) for part in read(text).parts[1:]]


def places(text, part):
    return [(unit.section, unit.clause) for unit in read(text).of_part(part).clauses]


@pytest.mark.parametrize("line", ["附件", "附件1", "附件一：", "附录", "**附件**", "## 附件 1", "《政府工作报告》附件"])
def test_a_numbered_annex_has_an_outline_of_its_own(line):
    text = f"{MAIN}{line}\n{ANNEX}"
    assert [part[:2] for part in parts(text)] == [("annex", "东海区民生实事清单")]
    assert places(text, 0) == places(MAIN, 0) == [(1, 1), (2, 1), (2, 2)]
    assert places(text, 1) == [(1, 1), (1, 2), (2, 3)]


def test_a_list_behind_the_last_clause_is_an_annex_without_a_line_that_says_so():
    assert parts(MAIN + ANNEX)[0][:2] == ("annex", "东海区民生实事清单")


@pytest.mark.parametrize(
    "line", ["名词解释", "有关名词解释：", "《政府工作报告》名词解释", "注释", "**用语说明**", "附注："]
)
def test_the_entries_of_a_glossary_are_no_clauses(line):
    text = f"{MAIN}{line}\n1.一核：指老城。\n2.两翼：指南北两区。\n"
    assert [part[0] for part in parts(text)] == ["glossary"]
    assert places(text, 1) == []
    assert places(text, 0) == places(MAIN, 0)


def test_a_list_of_attachments_before_the_signature_begins_no_part():
    text = f"{MAIN}附件：1.项目清单\n2.分工表\n东海区人民政府\n2025年3月1日\n"
    text += "附件1\n项目清单\n1.甲。\n2.乙。\n附件2\n分工表\n1.丙。\n"
    assert [part[1] for part in parts(text)] == ["项目清单", "分工表"]
    assert places(text, 0) == places(MAIN, 0)


def test_a_list_inside_the_text_is_none_where_the_text_goes_on():
    text = MAIN.replace("（二）", "重点项目清单\n1.甲项目。\n2.乙项目。\n（二）")
    assert parts(text) == []
    assert places(text, 0) == places(MAIN, 0)


def test_a_notice_whose_policy_is_its_annex_has_one_part():
    assert parts("东海区通知\n现印发给你们。\n附件\n" + MAIN) == []


def test_a_block_knows_its_part_and_the_headings_above_it():
    text = "某方案\n一、任务\n（一）平台\n1.甲项。建成3个。\n2.乙项。建成1个。\n"
    text += "（二）产业\n3.丙项。培育2家。\n附件\n清单\n1.丁。\n2.戊。\n"
    found = {(block.part.kind, block.section, block.clause): block.headings for block in read(text).blocks()}
    assert found["main", 1, 2] == ("任务", "平台")
    assert found["main", 1, 3] == ("任务", "产业")
    assert found["annex", 0, 2] == ()


@pytest.mark.parametrize("title", ["**2026年为民办15件实事**", "东海区惠民实事", "## 重点工程", "**重点工程**"])
def test_sections_counted_anew_behind_a_marked_line_are_an_annex(title):
    """一、 … 三、 stand inside no section that counts on; a plain line of any words is no boundary."""
    listed = "".join(f"{number}、优化教育资源，新建学校{at}所。\n" for at, number in enumerate("一二三四五六", 2))
    main = MAIN.replace("。\n", "，坚持统筹推进，完善配套机制，强化要素保障，确保各项任务落到实处。\n")
    text = f"{main}{title}\n{listed}"
    assert [part[0] for part in parts(text)] == ["annex"]
    assert places(text, 0) == places(MAIN, 0)
    assert len(places(text, 1)) == 6


def test_a_marked_line_whose_numbers_count_on_is_none():
    text = f"{MAIN}**保障措施**\n三、组织实施\n（一）强领导。落实责任。\n（二）强督查。定期通报。\n"
    assert parts(text) == []


def test_many_lines_that_name_an_annex_are_read_in_time_that_grows_with_them():
    for line in ("附件\n", "民生实事\n1.新建学校5所。\n", "名词解释\n"):
        result = read(MAIN + line * 900)  # of more than a thousand a bound says so
        assert result.parts[-1].end == len(result.policy.folded)
        assert sum(block.end - block.start for block in result.blocks()) == len(result.policy.folded)
