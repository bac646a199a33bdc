import re

import pytest

from policycmp import document
from policycmp.asking import check
from policycmp.wording import label

POLICY = """东海区若干政策
一、甲（区科技局牵头）
聚焦重点，区级财政预算安排资金3亿元。
（一）培育企业。新增企业5家。（责任单位：区科技局）
（二）引进人才。引进人才5名。（责任单位：区科技局）
二、乙（区民政局牵头）
聚焦民生，区级财政预算安排资金1亿元。
（三）办好养老。新增床位5张。（责任单位：区民政局）
（四）扩大托育。新增托位5个。（责任单位：区卫健局）
三、丙（区财政局牵头）
（五）强化保障。保障资金到位。（责任单位：区财政局）
（六）跟踪落实。定期评估成效。（责任单位：区财政局）
上述政策，区级财政2025年预算安排资金支持总额为4亿元。
"""
LONG = "健全工作机制，完善配套措施，强化责任落实，推动各项任务落地见效，确保各项工作取得实实在在的成效，增强企业获得感"


@pytest.fixture
def write(tmp_path):
    def to(text):
        file = tmp_path / "east.txt"
        file.write_text(text, encoding="utf-8")
        return file

    return to


def test_a_regular_document_has_nothing_wrong(write):
    read = document.load(write(POLICY), corrections="none")
    text = check.report(read)
    assert check.notices(read) == []
    assert "没有发现问题" in text
    assert "3 个部分，6 条，9 个责任单位" in text
    assert "与各部分之和一致" in text


@pytest.mark.parametrize(
    ("old", "new", "kind", "line"),
    [
        ("（六）", "（七）", "numbering", 12),
        ("（六）", "（五）", "numbering", 12),
        ("二、乙", "2、乙", "style", 6),
        ("引进人才。引进人才5名。", f"{LONG}。引进人才5名。", "title", 5),
        ("（责任单位：区卫健局）", "", "bodies", 9),
        ("总额为4亿元", "总额为4.5亿元", "budget", 0),
        ("新增床位5张", "新增床位99999999999999999999张", "unread", 8),
        ("新增床位5张", "新增床位٣张", "unread", 8),
    ],
)
def test_what_is_wrong_is_said_with_its_line(write, old, new, kind, line):
    assert old in POLICY
    file = write(POLICY.replace(old, new))
    read = document.load(file, corrections="none")
    found = check.notices(read)
    assert [(row[0], row[1]) for row in found] == [(kind, line)]
    report = check.report(read)
    assert f"{label(kind, chapter='kinds')}（1）" in report
    assert (f"第 {line} 行" in report) == bool(line)
    assert found[0][2] in report


def test_the_difference_of_the_total_is_stated(write):
    text = check.report(document.load(write(POLICY.replace("总额为4亿元", "总额为4.5亿元")), corrections="none"))
    assert "450,000,000" in text
    assert "400,000,000" in text
    assert "50,000,000 元" in text


def test_the_shipped_oddities_are_reported(shipped):
    assert [row[0] for row in check.notices(shipped.left)].count("copies") == 1
    assert ("style", 37) in [row[:2] for row in check.notices(shipped.right)]


def test_numbers_are_counted_by_role(write):
    read = document.load(write(POLICY), corrections="none")
    line = next(line for line in check.report(read).splitlines() if line.startswith("数字"))
    for role, count in read.quantities["role"].value_counts().items():
        assert f"{label(role, 'zh', 'values')} {count}" in line


def test_what_no_clause_has_is_said_once(write):
    text = "某办法\n第一条 新增企业5家，完成投资3亿元，建成平台2个。\n第二条 新增床位5张，新增托位9个，办好养老托育。\n"
    rows = check.notices(document.load(write(text), corrections="none"))
    assert rows == [("title", 2, "2 条中有 2 条")]  # no body at all: a text of that kind


def test_what_most_clauses_lack_is_no_oversight(write):
    """A report names no bodies: one of it that does blames none of the others."""
    found = document.load(
        write(POLICY.replace("（责任单位：区科技局）", "").replace("（责任单位：区财政局）", "")), corrections="none"
    )
    assert "bodies" not in [row[0] for row in check.notices(found)]


def test_each_kind_is_one_line_with_its_count(write):
    text = POLICY.replace("引进人才。引进", f"{LONG}。引进").replace("（六）", "（八）")
    text = text.replace("（责任单位：区民政局）", "").replace("（责任单位：区卫健局）", "")
    found = document.load(write(text), corrections="none")
    lines = check.report(found).splitlines()
    assert [row[0] for row in check.notices(found)] == ["numbering", "title", "bodies", "bodies"]
    told = ["编号不连续（1）", "没有条名的条（1）", "没有责任单位的条（2）"]
    assert [line.split("：")[0] for line in lines[-3:]] == told
    assert len(check.report(found, whole=True).splitlines()) > len(lines)


def test_the_worst_is_told_first(write):
    """What stands outside the clauses holds a third of the text, and all the targets."""
    lost = "".join(f"要{LONG}，新增企业{number}家。\n" for number in range(11, 29))
    found = document.load(
        write(POLICY.replace("聚焦民生", f"{lost}聚焦民生").replace("（责任单位：区卫健局）", "")), corrections="none"
    )
    assert [row[0] for row in check.notices(found)] == ["block", "outside", "bodies"]
    assert "第 2 部分各条之外" in check.report(found)


def test_sentences_that_a_page_holds_beside_its_text_are_told_where_they_are_many(tmp_path):
    """The text is folded away in the page, all but its first half; a few sentences of the site are no matter."""
    lines = [f"<p>{line}</p>" for line in POLICY.splitlines()]
    page = "<html><body><div>{}</div><div style='display:none'>{}</div></body></html>"
    for cut, kinds in ((8, ["left_out"]), (len(lines), [])):
        file = tmp_path / f"{cut}.html"
        file.write_text(page.format("".join(lines[:cut]), "".join(lines[cut:])), encoding="utf-8")
        found = check.notices(document.load(file, corrections="none"))
        assert [row[0] for row in found if row[0] == "left_out"] == kinds
        assert not kinds or "网页隐藏处的文句" in found[0][2]


RECIPE = "红烧肉的做法\n1.五花肉切块。\n2.焯水去腥。\n3.小火慢炖。\n"


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        (POLICY, True),
        (RECIPE, False),
        (f"东海区美食政策\n{RECIPE}", True),
        (RECIPE.replace("焯水去腥。", "焯水去腥。（责任单位：厨房）"), True),
        (RECIPE.replace("焯水去腥", "新增企业5家"), True),
    ],
)
def test_a_text_that_is_no_policy_is_no_use(write, text, usable):
    found = document.load(write(text), corrections="none")
    assert check.usable(found) == usable
    assert (f"{label('unusable', chapter='kinds')}（1）" in check.report(found)) == (not usable)
    if not usable:
        assert check.notices(found)[0][0] == "unusable"


ODD = [
    ("（六）", "（七）"), ("（六）", "（五）"), ("三、丙", "四、丙"), ("二、乙", "2、乙"), ("（三）", "(三）"),
    ("引进人才。引进人才5名。", f"{LONG}。引进人才5名。"), ("（责任单位：区卫健局）", ""), ("4亿元", "4.5亿元"),
    ("新增床位5张", "新增床位99999999999999999999张"), ("东海区若干政策\n", ""), (POLICY, RECIPE), (POLICY, POLICY * 2),
]  # fmt: skip


def without_quotations(text, policy):
    """Return a text without the file's name, the document's title, and what stands between two …"""
    return re.sub("…[^\n]*…", "", text).replace(policy.source_file, "").replace(policy.title or "\0", "")


@pytest.mark.parametrize(("old", "new"), ODD)
def test_a_report_in_english_is_english_but_for_quotations(write, old, new):
    found = document.load(write(POLICY.replace(old, new)), corrections="none")
    text = without_quotations(check.report(found, "en"), found.policy)
    assert not re.search("[一-龥，。；：（）、]", text), text
    chinese, english = check.notices(found), check.notices(found, "en")
    assert sorted(row[:2] for row in chinese) == sorted(row[:2] for row in english)
    assert check.report(found, "en").count("\n") == check.report(found).count("\n")


def test_the_least_certain_numbers_come_first(write):
    unsure = "力争今年内在全区各镇和街道范围大力推广由过去5家。" + "由过去的三家。"
    read = document.load(write(POLICY.replace("定期评估成效。", unsure)), corrections="none")
    rows = read.quantities[~read.quantities["role"].isin(["reference", "condition"])]
    least = rows[rows["confidence"] < check.UNSURE].sort_values("confidence")["as_written"].tolist()
    told = [text for kind, _, text in check.notices(read) if kind == "unsure"]
    assert least and [text.split()[1].partition("（")[0] for text in told] == least
    assert label("unsure", "zh", "kinds") in check.report(read)
