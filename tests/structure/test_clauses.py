import pytest

from policycmp import reading
from policycmp.reading import Policy
from policycmp.structure import clauses

SECOND = "\n（二）其他。落实到位。（责任单位：区财政局）\n二、末\n（三）最后。保障有力。（责任单位：区财政局）\n"


def read(text):
    return clauses.read_structure(Policy("made", text, "made.txt", "", "utf-8", body_end=len(text)))


def clause(text, tail=SECOND, head="某政策\n一、甲（区发改局牵头）\n"):
    """The first clause of a made-up policy as a row, with its bodies."""
    result = read(head + text + tail)
    row = clauses.clause_rows(result)[0]
    bodies = [row for row in clauses.responsibility_rows(result) if row["clause"] == 1]
    return row | {"rows": [(r["position"], r["body"], r["alias"], r["role"]) for r in bodies]}


@pytest.mark.parametrize(
    ("printed", "title", "text"),
    [
        ("（一）加强创新。新建平台2个。（责任单位：区科技局）", "加强创新", "新建平台2个。"),
        ("(一)加强创新。新建平台2个。(责任单位:区科技局)", "加强创新", "新建平台2个。"),
        ("（一）加强创新\n新建平台2个。\n（责任单位：区科技局）", "加强创新", "新建平台2个。"),
        ("（一）加强创新。\n　　新建平台2个。（责任单位：区科技局）。", "加强创新", "新建平台2个。"),
        ("（一）加强创新。甲（含乙）2个。（责任单位：区科技局（区知识产权局））", "加强创新", "甲（含乙）2个。"),
        ("（一）加强创新。（责任单位：区科技局）", "加强创新", ""),
        ("（一）加强“产城人”融合。新建2个。（责任单位：区科技局）", "加强“产城人”融合", "新建2个。"),
        ("（一）加强创新。新建平台2个。", "加强创新", "新建平台2个。"),
        ("（一）加强创新。新建平台2个。\n责任单位：区科技局\n", "加强创新", "新建平台2个。"),
    ],
)  # fmt: skip
def test_title_and_text(printed, title, text):
    row = clause(printed)
    assert (row["title"], row["text"]) == (title, text)


def test_prose_is_no_title():
    prose = "为了进一步推动全区经济社会高质量发展，鼓励和引导各类企业加大投入力度，扩大有效投资规模，提升产业能级"
    row = clause(f"（一）{prose}。新建平台2个。（责任单位：区科技局）")
    assert row["title"] == ""
    assert row["text"] == f"{prose}。新建平台2个。"


@pytest.mark.parametrize(("length", "title"), [(45, True), (46, False)])
def test_a_title_has_a_length(length, title):
    sentence = "长" * length
    row = clause(f"（一）{sentence}。新建平台2个。")
    assert (row["title"], row["text"]) == ((sentence, "新建平台2个。") if title else ("", f"{sentence}。新建平台2个。"))


SENTENCES = {  # how a clause may begin: with a phrase, with a sentence that has a comma, with a rule in one sentence
    "phrase": "加强创新。新建平台2个。",
    "sentence": "加强创新，做大做强。新建平台2个。",
    "one": "加强创新并且新建平台。",
}


@pytest.mark.parametrize(
    ("kind", "others", "titled"),
    [
        ("sentence", ["sentence", "one", "sentence"], True),  # 3 of 4 go on behind a short sentence
        ("sentence", ["one", "one", "sentence"], False),  # a half of them
        ("phrase", ["one", "one", "sentence"], True),
        ("phrase", ["one", "one", "one", "one"], False),  # one of five
    ],
)
def test_a_lead_sentence_is_a_title_where_enough_clauses_have_one(kind, others, titled):
    lines = [f"（{'一二三四五'[number]}）{SENTENCES[one]}\n" for number, one in enumerate([kind, *others])]
    rows = clauses.clause_rows(read("某政策\n一、甲\n" + "".join(lines)))
    assert bool(rows[0]["title"]) is titled


@pytest.mark.parametrize(("length", "heading"), [(60, True), (61, False)])
def test_a_heading_may_end_with_a_sentence_in_its_line(length, heading):
    printed = "长" * length
    result = read(f"某政策\n一、{printed}。聚焦重点。\n（一）甲。乙。{SECOND}")
    row = clauses.section_rows(result)[0]
    assert (row["heading"] == printed) is heading


@pytest.mark.parametrize(
    ("printed", "bodies"),
    [
        ("（责任单位：区科技局、区财政局）", [("区科技局", "", "responsible"), ("区财政局", "", "responsible")]),
        ("(责任单位:区科技局)", [("区科技局", "", "responsible")]),
        ("（责任单位：新区科技和人才局〈区科技局〉）", [("新区科技和人才局", "区科技局", "responsible")]),
        ("（责任单位：区委组织部（人才办）、区经信局）",
         [("区委组织部", "人才办", "responsible"), ("区经信局", "", "responsible")]),
        ("（责任单位：区科技局牵头，区财政局、区税务局配合）",
         [("区科技局", "", "lead"), ("区财政局", "", "responsible"), ("区税务局", "", "responsible")]),
        ("（牵头单位：区科技局；配合单位：区财政局、区税务局）",
         [("区科技局", "", "lead"), ("区财政局", "", "responsible"), ("区税务局", "", "responsible")]),
        ("（责任单位：区科技局、区财政局等有关部门）",
         [("区科技局", "", "responsible"), ("区财政局", "", "responsible")]),
        ("（区科技局负责）", [("区科技局", "", "responsible")]),
        ("（责任单位：区科技局、区科技局）", [("区科技局", "", "responsible")]),
        ("（责任单位：区科技局、\n区财政局）", [("区科技局", "", "responsible"), ("区财政局", "", "responsible")]),
        ("（含大学）", []),
        ("", []),
    ],
)  # fmt: skip
def test_responsible_bodies(printed, bodies):
    row = clause(f"（一）加强创新。新建平台2个。{printed}")
    assert [found[1:] for found in row["rows"]] == bodies
    assert [found[0] for found in row["rows"]] == list(range(1, len(bodies) + 1))
    assert row["bodies"] == "、".join(body for body, _, _ in bodies)


@pytest.mark.parametrize(
    ("printed", "heading", "lead"),
    [
        ("一、强化创新（区科技局牵头）", "强化创新", "区科技局"),
        ("一、强化创新(新区科技和人才局〈区科技局〉牵头)", "强化创新", "新区科技和人才局"),
        ("一、强化创新（牵头单位：区科技局、区经信局）", "强化创新", "区科技局、区经信局"),
        ("一、 强化创新", "强化创新", ""),
        ("一、做优（含做强）产业（区经信局牵头）", "做优（含做强）产业", "区经信局"),
        ("## **一、强化**创新（**区科技局**牵头）", "强化创新", "区科技局"),
    ],
)
def test_the_heading_and_its_lead(printed, heading, lead):
    result = read(f"某政策\n{printed}\n聚焦重点，安排资金3亿元。\n（一）甲。乙。{SECOND}")
    row = clauses.section_rows(result)[0]
    assert (row["heading"], row["lead"], row["text"]) == (heading, lead, "聚焦重点，安排资金3亿元。")
    rows = [row for row in clauses.responsibility_rows(result) if row["clause"] == 0]
    assert "、".join(row["body"] for row in rows) == lead
    assert {row["role"] for row in rows} <= {"lead"}


def test_a_section_may_have_no_paragraph():
    row = clauses.section_rows(read(f"某政策\n一、强化创新\n（一）甲。乙。{SECOND}"))[0]
    assert (row["heading"], row["text"]) == ("强化创新", "")


CLOSING = "本政策自发布之日起施行，有效期至2025年12月31日。"


@pytest.mark.parametrize(
    "last",
    [
        "（二）开拓市场。组织展会5场。（责任单位：区商务局）",
        "（二）开拓市场。组织展会5场。",
        "（二）开拓市场。组织展会5场。\n责任单位：区商务局",
    ],
)  # fmt: skip
def test_the_closing_paragraph_belongs_to_no_clause(last):
    text = f"某政策\n一、甲\n（一）乙。丙。（责任单位：区科技局）\n二、丁\n{last}\n{CLOSING}\n"
    result = read(text)
    row = clauses.clause_rows(result)[-1]
    assert (row["title"], row["text"]) == ("开拓市场", "组织展会5场。")
    assert row["bodies"] in {"区商务局", ""}
    outside = [text[block.start : block.end] for block in result.blocks() if block.place == (0, 0)]
    assert any(CLOSING in part for part in outside)


def test_the_row_of_the_document_counts():
    result = read(f"某政策\n一、甲\n聚焦。\n（一）乙。丙。{SECOND}")
    (row,) = clauses.document_rows(result)
    assert (row["sections"], row["clauses"], row["characters"]) == (2, 3, len(result.policy.text))


def test_the_shipped_texts_have_a_title_and_a_body_for_every_clause():
    for name in ("longwan", "lucheng"):
        result = clauses.read_structure(reading.load(name))
        rows, sections = clauses.clause_rows(result), clauses.section_rows(result)
        assert all(row["title"] and row["text"] and row["bodies"] for row in rows)
        assert all(row["lead"] for row in sections)
        assert not [row for row in sections if set("（()）") & set(row["heading"])]
        assert not [row for row in rows if "责任单位" in row["text"]]


def test_a_leftover_belongs_to_no_text():
    result = clauses.read_structure(reading.load("lucheng"))
    rows = [*clauses.section_rows(result), *clauses.clause_rows(result)]
    assert not [row for row in rows if "bookmark" in row["text"]]


@pytest.mark.parametrize("mark", ["", "——", "**"])
def test_paragraphs_of_a_section_without_numbers_are_clauses_where_most_have_a_lead(mark):
    bold = "**" if mark == "**" else ""
    led = "".join(f"{mark}{name}明显改善。{bold}新增企业5家，完成投资9亿元。\n" for name in ("质量", "民生", "环境"))
    plain = "过去一年，我们坚持稳中求进，统筹推进改革发展稳定各项工作，主要做了以下几个方面。\n"
    text = f"某报告\n一、工作回顾\n{plain}{led}二、主要任务\n（一）强产业。新增企业5家。\n（二）惠民生。新增床位9张。\n"
    found = read(text)
    titles = [text[slice(*unit.title)] for unit in found.clauses]
    assert [tuple(unit.place) for unit in found.clauses] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]
    assert titles[:3] == ["质量明显改善", "民生明显改善", "环境明显改善"]
    assert text[slice(*found.sections[0].text)] == plain.strip()
    prose = text.replace(led, plain * 3)
    assert [tuple(unit.place) for unit in read(prose).clauses] == [(1, 1), (2, 1), (2, 2)]
