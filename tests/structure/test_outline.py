from itertools import pairwise

import outlines_made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp import reading
from policycmp.errors import PolicyError
from policycmp.reading import Policy
from policycmp.structure import clauses, gaps


def divide(text, **facts):
    policy = Policy("made", text, "made.txt", "", "utf-8", body_end=len(text), **facts)
    return clauses.read_structure(policy)


def shape(result):
    """(section, clause) of every clause, in order."""
    return [(unit.section, unit.clause) for unit in result.of_part(0).clauses]


def headings(result):
    return [result.policy.text[slice(*unit.title)] for unit in result.sections]


def document(sections="一、{}\n|二、{}\n|三、{}\n", clause="（{}）条。正文。\n", numbers="一二|三四|五六"):
    heads = sections.format(*"甲乙丙").split("|")
    return "某政策\n" + "".join(
        head + "".join(clause.format(n) for n in part) for head, part in zip(heads, numbers.split("|"), strict=True)
    )


STYLES = {
    "full-width brackets": document(),
    "half-width brackets": document(clause="({})条。正文。\n"),
    "no space, no line": document(sections="一、{}\n|二、{}\n|三、{}\n", clause="（{}）条。正文。"),
    "indented": document(sections="　　一、{}\n|　　二、{}\n|　　三、{}\n", clause="　　（{}）条。正文。\n"),
    "carriage returns": document().replace("\n", "\r\n"),
    "chapters": document(sections="第一章 {}\n|第二章 {}\n|第三章 {}\n", clause="第{}条 条。正文。\n"),
    "one in another style": document(sections="一、{}\n|2、 {}\n|三、{}\n"),
    "word processor's leftover": document(clause="[bookmark: _GoBack]（{}）条。正文。\n"),
}


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_heading_gives_the_same_outline(style):
    result = divide(STYLES[style])
    assert shape(result) == [(1, 1), (1, 2), (2, 3), (2, 4), (3, 5), (3, 6)]
    assert headings(result) == ["甲", "乙", "丙"]


def test_numbering_may_start_again_in_each_section():
    result = divide(document(clause="{}.条。正文。\n", numbers="12|12|123"))
    assert shape(result) == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2), (3, 3)]


@pytest.mark.parametrize("second", ["", "2、乙\n（三）条。正文。\n"])
def test_one_section_of_a_style_is_a_section(second):
    result = divide(f"某政策\n一、甲\n（一）条。正文。\n（二）条。正文。\n{second}")
    assert shape(result) == [(1, 1), (1, 2), (2, 3)][: 3 if second else 2]


def test_a_text_without_sections_has_clauses_in_section_0():
    result = divide("某办法\n第一条 为发展。\n第二条 新增企业5家。\n第三条 施行。\n")
    assert shape(result) == [(0, 1), (0, 2), (0, 3)]
    assert result.sections == []


@pytest.mark.parametrize(
    "inner",
    [
        "一是引进企业，二是培育人才。",
        "包括（一）甲类（二）乙类。",
        "按照第一条、第二条规定。",
        "2、3月开展活动。",
        "增长9%、10%。",
        "（2025-2027年）计划。",
    ],
)
def test_numbers_inside_a_clause_are_no_headings(inner):
    text = document().replace("（四）条。正文。", f"（四）条。正文。{inner}")
    assert shape(divide(text)) == [(1, 1), (1, 2), (2, 3), (2, 4), (3, 5), (3, 6)]


@pytest.mark.parametrize("line", ["附件", "附件：", "附件1", "附件 2：清单", "附表：", "附录一", "附："])
@pytest.mark.parametrize("sections", ["一、{}\n|二、{}\n|三、{}\n", "||"])
def test_a_line_that_names_an_annex_cuts_only_where_the_numbers_do_not_count_on(line, sections):
    text = document(sections=sections)
    whole = shape(divide(text))
    assert [clause for _, clause in whole] == [1, 2, 3, 4, 5, 6]
    assert shape(divide(text.replace("（三）", f"{line}\n（三）"))) == whole
    assert shape(divide(text.replace("某政策\n", f"某政策\n{line}\n"))) == whole
    head = "一、表\n" if "一" in sections else ""
    assert shape(divide(f"{text}{line}\n{head}（一）项。列。\n（二）项。列。\n")) == whole


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (STYLES["one in another style"], "style", "2"),
        (document(numbers="一二|三五|六七"), "numbering", "4"),
        (document(numbers="一二|三三|四五"), "numbering", "3"),
        (document(sections="一、{}\n|三、{}\n|四、{}\n"), "numbering", "2"),
        (document(numbers="一二|四五|六七"), "numbering", "3"),
    ],
)  # fmt: skip
def test_what_is_odd_is_reported(text, kind, words):
    notices = divide(text).notices
    assert [notice.kind for notice in notices] == [kind]
    assert words in notices[0].said()
    assert 0 < notices[0].offset < len(text)


def test_a_regular_text_gives_no_notice():
    assert divide(document()).notices == []


def test_the_shipped_texts_are_read_whole():
    one, two = (clauses.read_structure(reading.load(name)) for name in ("longwan", "lucheng"))
    assert [unit.clause for unit in one.clauses] == list(range(1, 41))
    assert [unit.clause for unit in two.clauses] == list(range(1, 42))
    assert [unit.section for unit in one.sections] == [unit.section for unit in two.sections] == list(range(1, 9))
    assert {notice.kind for notice in one.notices} == {"copies"}
    assert [(notice.kind, two.policy.folded[notice.offset : notice.offset + 2]) for notice in two.notices] == [
        ("style", "5、")
    ]


@pytest.mark.parametrize(
    "text",
    ["", "今天天气很好。我们去公园。\n", "一、只有一个标题。\n", "二、\n第三章\n第三章\n二、\n第三章\n二、\n二、"],
)
def test_a_text_without_numbered_clauses_is_refused(text):
    with pytest.raises(PolicyError, match=r"made.txt: no numbered clauses found; give a text with headings such as"):
        divide(text)


@pytest.mark.parametrize(
    ("text", "heads", "titles"),
    [  # a page of a site, a section of a plan: the only heading is enough
        ("二、2025年目标任务\n今年要增长5%。\n（一）壮大产业\n新增企业3家。\n", ["2025年目标任务"], ["壮大产业"]),
        ("首页\n第三条 奖励标准\n（一）镇和部门\n引进项目的，奖励3万元。\n", ["奖励标准"], ["（一）镇和部门"]),
        ("一、工作回顾\n过去一年，甲。\n——项目加快建设。完成投资3亿元，引进企业5家。\n——农业稳步增收。新增合作社5家，"
         "培训农民300人。\n", ["工作回顾"], ["项目加快建设", "农业稳步增收"]),
        ("六、支持参展\n参展的，补助2万元。\n七、支持投保。投保的，补助3%。\n八、支持出口。出口的，补助4%。\n", [],
         ["支持参展", "支持投保", "支持出口"]),
        ("⑴培育企业。新增企业3家。⑵引进人才。新增博士2名。\n", [], ["培育企业", "引进人才"]),
    ],
)  # fmt: skip
def test_a_text_with_a_single_heading_is_read_by_it(text, heads, titles):
    result = divide(text)
    assert headings(result) == heads
    assert [text[slice(*unit.title)] for unit in result.clauses] == titles


@pytest.mark.parametrize("title", ["2025年《政府工作报告》任务分解方案", "任务分解方案"])
def test_what_a_notice_hands_out_begins_at_its_title(title):
    notice = "某区通知\n一、各单位要重视。\n二、各单位要落实。\n"
    result = divide(f"{notice}\n{title}\n\n一、主要目标\n（一）产值增长7%\n（二）投资增长9%\n")
    assert headings(result)[2:] == ["主要目标"]


def test_a_single_heading_behind_paragraphs_with_lead_sentences_divides_nothing():
    paragraphs = "".join(f"{name}加快。今年要把{name}放在重要的位置上来抓。\n" for name in ("产业", "农业", "交通"))
    result = divide(f"某市工作报告\n{paragraphs}（一）推进创新\n{paragraphs}")
    assert (len(result.sections), len(result.clauses)) == (0, 6)


def test_a_cell_of_a_table_is_no_heading():
    table = "总计 |\n96 |\n一、本级收入 |\n26 |\n二、转移性收入 |\n60 |\n"
    result = divide(
        f"某县报告\n一、预算执行情况\n（一）收支\n{table}（二）债务\n甲。\n二、预算安排\n（一）收入\n乙。\n"
    )
    assert headings(result) == ["预算执行情况", "预算安排"]


def partition(result):
    places = list(result.blocks())
    assert places[0][0] == 0
    assert places[-1][1] == len(result.policy.folded)
    assert all(one[1] == two[0] for one, two in pairwise(places))
    assert all(block.start < block.end for block in places)
    return places


def test_a_number_of_the_clauses_style_is_no_heading_that_nothing_asks_for():
    """2、 counts on behind 3. in no way, and no third section says that a second one is missing."""
    result = divide(
        "某措施\n一、甲\n1.条。正文。\n2．条。正文。\n3、条。正文。\n2、乙4. 条。正文。\n七、丙\n6.条。正文。\n"
    )
    partition(result)
    assert shape(result) == [(1, 1), (1, 2), (1, 3)]
    assert [unit.marker.number for unit in result.sections] == [1]
    assert "out_of_order_left" in [notice.key for notice in result.notices]


def test_a_slip_in_a_clauses_number_invents_no_section():
    """三、 for 3、: the sections count on as they did, and no clause becomes one."""
    clause = "{}、条。正文。\n"
    inner = [clause.format(n) for n in ("1", "2", "三", "4")], [clause.format(n) for n in ("1", "2")]
    text = "某措施\n" + "".join(f"{n}、节\n{''.join(inner[n != '二'])}" for n in "一二三四")
    result = divide(text)
    partition(result)
    assert [unit.marker.style for unit in result.sections] == ["cn_dot"] * len(result.sections)
    assert result.notices


@pytest.mark.parametrize("name", ["longwan", "lucheng"])
def test_the_places_of_a_shipped_text_are_a_partition(name):
    result = clauses.read_structure(reading.load(name))
    named = [(section, clause) for _, _, _, section, clause, _ in partition(result) if (section, clause) != (0, 0)]
    expected = [
        (u.section, u.clause) for u in sorted([*result.sections, *result.clauses], key=lambda u: u.marker.start)
    ]
    assert named == expected
    assert len(set(named)) == len(named)


FRAGMENTS = (
    "一、|二、|3、|（一）|（二）|（三）|(四)|1.|第一条 |第二章 |\n|甲局牵头|（|）|。|责任单位：|区科技局、|新增企业5家"
    "|[bookmark: _GoBack]| |〈|〉|本政策|资金3亿元，"
).split("|")


@settings(deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40))
def test_any_mixture_is_a_partition_or_refused(parts):
    text = "某政策\n一、甲\n（一）条。\n（二）条。\n" + "".join(parts)
    result = divide(text)
    partition(result)
    starts = [unit.marker.start for unit in result.clauses]
    assert starts == sorted(set(starts))
    for unit in [*result.sections, *result.clauses]:
        assert unit.marker.end <= unit.title[0] <= unit.title[1] <= unit.end or unit.title[0] == unit.title[1]
        assert unit.marker.end <= unit.text[0] <= unit.text[1] <= unit.end


@pytest.mark.parametrize(
    "piece", ["(一)", "(一)(二)", "一、", "1.", "(", "()", "、", "\n", "1", "责任单位：", "[bookmark: "]
)
def test_long_runs_are_divided(piece):
    result = divide(document() + piece * (30_000 // len(piece)))
    partition(result)


def test_the_largest_gap_is_a_bound():
    jump = gaps.LARGEST_GAP + 2
    numbers = "一二|三" + "四五六七八九"[jump - 1] + "|"
    result = divide(document(numbers=numbers))
    assert shape(result) == [(1, 1), (1, 2), (2, 3)]
    assert "out_of_order_left" in [notice.key for notice in result.notices]


SEEDS = st.integers(0, 10**6)
SLIPS = st.sampled_from(["", "skip", "style", "mark"])


def headed(result):
    """Which section and clause each line heads, by the line's offset; headings are looked for in the main text."""
    text = result.policy.text
    units = [unit for unit in result.of_part(0).units() if unit.marker.style != "text"]
    lines = [len(text[: unit.marker.start]) + len(text[unit.marker.start :]) - len(text[unit.marker.start :].lstrip())
             for unit in units]  # fmt: skip
    return {text.rfind("\n", 0, at) + 1: tuple(unit.place) for at, unit in zip(lines, units, strict=True)}


@settings(deadline=None, max_examples=300)
@given(SEEDS)
def test_an_outline_is_read_as_it_was_made(seed):
    """Every style of number at both levels, counted anew or on, with lists inside, bold or marked with #."""
    made = outlines_made.made(seed)
    result = divide(made.text)
    assert headed(result) == made.heads, made.about
    assert result.notices == []


@settings(deadline=None, max_examples=100)
@given(SEEDS, SLIPS)
def test_what_holds_of_every_outline(seed, slip):
    """Whatever is wrong in it: each character in one block, each heading once, each clause in its section's block."""
    made = outlines_made.made(seed, slip=slip)
    result = divide(made.text)
    partition(result)
    starts = [unit.marker.start for unit in result.units()]
    assert starts == sorted(set(starts))
    sections = {unit.section: unit for unit in result.sections}
    for unit in result.units():
        assert unit.marker.start <= unit.marker.end <= unit.end
        assert unit.title[0] <= unit.title[1] and unit.text[0] <= unit.text[1] <= unit.end
        assert not unit.section or sections[unit.section].marker.start <= unit.marker.start
    spans = sorted(unit.text for unit in result.units() if unit.text[0] < unit.text[1])
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


@settings(deadline=None, max_examples=60)
@given(SEEDS, SLIPS)
def test_blank_lines_change_nothing(seed, slip):
    texts = [outlines_made.made(seed, slip=slip, blank=blank).text for blank in (False, True)]
    assert texts[1] == texts[0].rstrip("\n").replace("\n", "\n\n") + "\n"
    read = [divide(text) for text in texts]
    one, two = ([(unit.place, result.policy.text[slice(*unit.title)]) for unit in result.units()] for result in read)
    assert one == two


def test_outlines_with_a_slip_lose_little():
    """Of 400 outlines, one number lost, in another style or misprinted in each: nearly all lines head what they did."""
    right = wrong = 0
    for seed in range(400):
        made = outlines_made.made(seed, slip=["skip", "style", "mark", "mark"][seed % 4])
        found = headed(divide(made.text))
        hits = sum(found.get(at) == place for at, place in made.heads.items())
        right, wrong = right + 2 * hits, wrong + len(found) + len(made.heads) - 2 * hits
    assert right / (right + wrong) > 0.95
