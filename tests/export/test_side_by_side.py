"""The 对比表: every clause whole and once, marked as the redline says, its numbers bold, every target named."""

import re

import docx
import pytest

from policycmp import cli, compare
from policycmp.asking import redline, spread
from policycmp.export import side_by_side
from policycmp.schema import records
from policycmp.shown import naming, translations

TEXT = """{place}区若干政策

一、强化科技创新（区科技局牵头）
加快建设创新{place}。2025年，区级财政预算安排资金{n}亿元。
（一）加强创新载体建设。新增高新技术企业{n}0家以上。（责任单位：区科技局、区财政局）
（二）支持人才流动。新增卓越工程师{n}人。（责任单位：区委组织部）
二、保障和改善民生（区民政局牵头）
（三）支持老有所养。新增养老床位{n}00张。（责任单位：区民政局）
"""
BARE = "关于养犬的意见\n\n一、文明养犬\n（一）推进工作。持续推进\x0b。\n（二）做好服务。"
BARE += "优化环境。" * 30 + "\n"
SIDES = ("left", "right")


@pytest.fixture(scope="module")
def files(shipped, tmp_path_factory):
    out = tmp_path_factory.mktemp("word")
    return {lang: side_by_side.write(shipped.speaking(lang), out / f"{lang}.docx") for lang in ("zh", "en")}


@pytest.fixture(scope="module")
def table(files):
    return docx.Document(files["zh"]).tables[0]


def clause_rows(table):
    """The rows of clauses and lead-ins: those without the header and the headings across all columns."""
    return [cells for cells in (row.cells for row in table.rows[1:]) if cells[0]._tc is not cells[-1]._tc]


def own(cell):
    """What a cell says by itself: not the clause's name before it, nor the bodies below it."""
    runs = [run for run in cell.paragraphs[0].runs if run.text][1:]
    return runs[:-1] if re.match("\n(责任|牵头)单位：", runs[-1].text) else runs


def lines(comparison):
    """The lines of the table that are no headings."""
    return [line for line in side_by_side.lines(comparison) if not isinstance(line, str)]


def wanted(comparison):
    """The two texts of each row in their order."""
    return [[half.wording if half else None for half in row.sides.values()] for row in lines(comparison)]


def test_every_pair_and_every_lone_clause_has_one_row(shipped):
    found = [row.places for row in lines(shipped)]
    assert len(found) == len(set(found)) == len(shipped.alignment) + 8  # and the lead-ins of eight sections
    for i, side in enumerate((shipped.left, shipped.right)):
        places = {(row["section"], row["clause"]) for row in records(side.clauses)}
        assert {row[i] for row in found if row[i] and row[i].clause} == places
    assert len([line for line in side_by_side.lines(shipped) if isinstance(line, str)]) == 8


def test_the_text_of_each_clause_is_whole_in_its_cell(shipped, table):
    rows = clause_rows(table)
    assert [row[0].text for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    for cells, texts in zip(rows, wanted(shipped), strict=True):
        for cell, text in zip(cells[1:3], texts, strict=True):
            assert cell.text == "无对应" if text is None else "".join(run.text for run in own(cell)) == text


def test_exactly_the_runs_of_the_redline_are_marked(shipped, table):
    marked = 0
    for cells, texts in zip(clause_rows(table), wanted(shipped), strict=True):
        runs = redline.redline(*texts) if None not in texts else []
        for side, cell, text in zip(SIDES, cells[1:3], texts, strict=True):
            if text is None:
                continue
            found = [(char, run._r.style == "OnlyHere") for run in own(cell) for char in run.text]
            assert found == ([(char, run.kind != "same") for run in runs for char in getattr(run, side)]
                             or [(char, False) for char in text])  # fmt: skip
            marked += sum(only for _, only in found)
    assert marked > 1000


def test_numbers_are_bold_and_nothing_else(table):
    bold = {
        run.text for cells in clause_rows(table) for cell in cells[1:3] for run in cell.paragraphs[0].runs if run.bold
    }
    assert {"1.1万", "8000万", "92.5%", "150"} <= bold
    for cells in clause_rows(table):
        for cell in cells[1:3]:
            for run in own(cell) if cell.text != "无对应" else []:
                assert bool(run.bold) == bool(re.fullmatch("[0-9０-９.．]+[万亿]*[%％]?", run.text)), run.text


def _place(side, target):
    row = side.targets[side.targets["target"] == target].iloc[0]
    return int(row["section"]), int(row["clause"])


def test_each_target_of_a_clause_is_named_beside_it(shipped, table):
    said = "\n".join(cells[3].text for cells in clause_rows(table))
    for side in (shipped.left, shipped.right):
        for row in records(side.targets):
            assert naming.value(row, "", "zh") in said
    for row in records(shipped.target_pairs):
        one, two = (naming.value(row, side, "zh") for side in SIDES)
        item = naming.indicator(row)
        assert f"{item}：双方均为 {one}" in said if one == two else f"{item}：龙湾 {one}，鹿城 {two}" in said
    assert "安排资金：龙湾 未列明，鹿城 3.05亿元\n" in said
    assert "龙湾 4285万元，鹿城 2000万元（龙湾为3项专项之和，不是整个部分）" in said


def test_what_stands_alone_says_so(shipped, table):
    alone = [cells for cells in clause_rows(table) if "无对应" in (cells[1].text, cells[2].text)]
    assert len(alone) == int(shipped.alignment["relation"].str.endswith("only").sum())
    assert {cells[3].text.split("\n")[0] for cells in alone} == {"龙湾独有", "鹿城独有"}


def test_in_english_all_but_the_texts_is_english(shipped, files):
    found = docx.Document(files["en"])
    assert found.paragraphs[0].text == "Longwan and Lucheng: policies side by side"
    assert not re.search("[一-龥]", "".join(paragraph.text for paragraph in found.paragraphs))
    rows = found.tables[0].rows
    headings = [row.cells[0].text for row in rows if row.cells[0]._tc is row.cells[-1]._tc]
    assert headings[0] == "1 Strengthening science, technology and innovation" and len(headings) == 8
    for cells in clause_rows(found.tables[0]):
        assert not re.search("[一-龥]", cells[3].text), cells[3].text
    texts = [text for row in wanted(translations.translated(shipped.speaking("en"))) for text in row]
    assert texts == [text for row in wanted(shipped) for text in row]


def test_it_says_what_is_a_draft_and_what_a_comparison_cannot_tell(shipped, files):
    text = "\n".join(paragraph.text for paragraph in docx.Document(files["zh"]).paragraphs)
    assert "鹿城的一份是草案，没有正式印发" in text and "龙湾的一份是草案" not in text
    assert "没有写进文件的事，不等于没有做" in text
    assert "会有错配和漏配" in text
    assert "写“未列明”的地方不是零" in text
    assert "**" not in text


def lines_of(cell, width):
    """How many lines a cell takes where so many characters stand in one."""
    return sum(max(1, -(-len(line) // width)) for line in cell.text.split("\n"))


def test_rows_are_packed(table):
    """A page stays as empty at most as the row is high that is kept whole: only short ones are."""
    kept, all_rows = [], table.rows[1:]
    for row in all_rows:
        if row._tr.xpath("w:trPr/w:cantSplit"):
            kept.append(max(lines_of(cell, width) for cell, width in zip(row.cells, (2, 30, 30, 17), strict=False)))
    assert max(kept) <= 14  # of the 38 lines of a page
    assert len(kept) < len(all_rows)


def test_the_same_comparison_gives_the_same_bytes(shipped, files, tmp_path):
    assert side_by_side.write(shipped, tmp_path / "again.docx").read_bytes() == files["zh"].read_bytes()


def test_one_pair(shipped, tmp_path):
    found = docx.Document(side_by_side.write_pair(shipped, (1, 2), (1, 2), tmp_path / "a.docx"))
    assert found.paragraphs[0].text == "龙湾 第2条与鹿城 第2条对比"
    (cells,) = clause_rows(found.tables[0])
    runs = spread.row(shipped, (1, 2), (1, 2)).runs
    for side, cell in zip(SIDES, cells[1:3], strict=True):
        marked = "".join(run.text for run in own(cell) if run._r.style == "OnlyHere")
        assert marked == "".join(getattr(run, side) for run in runs if run.kind != "same")
    lone = docx.Document(side_by_side.write_pair(shipped, (1, 5), None, tmp_path / "b.docx"))
    assert clause_rows(lone.tables[0])[0][2].text == "无对应"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("left", "right"), [(0, 0), (0, 1), (0, 2), (2, 0), (2, 2)])
def test_any_two_texts_make_a_table(tmp_path, left, right, lang):
    texts = [TEXT.format(place="东山", n=3), TEXT.format(place="西山", n=4), BARE]
    paths = [tmp_path / "a=1.txt", tmp_path / "b<b>.txt"]
    for path, number in zip(paths, (left, right), strict=True):
        path.write_text(texts[number], encoding="utf-8")
    comparison = compare(*paths, lang=lang)
    table = docx.Document(side_by_side.write(comparison, tmp_path / "a.docx")).tables[0]
    assert len(clause_rows(table)) == len(lines(comparison)) >= len(comparison.alignment)
    assert not re.search(r"\bnan\b", " ".join(cell.text for cells in clause_rows(table) for cell in cells))


def test_the_command_takes_a_template_and_says_in_a_line_what_is_none(tmp_path, capsys):
    texts = []
    for name, number in (("东山", 3), ("西山", 4)):
        texts.append(tmp_path / f"{name}.txt")
        texts[-1].write_text(TEXT.format(place=name, n=number), encoding="utf-8")
    house = docx.Document()
    house.sections[0].header.paragraphs[0].text = "某某研究院"
    house.save(tmp_path / "house.docx")
    command = ["compare", *map(str, texts), "--out", str(tmp_path / "out"), "--no-charts"]
    assert cli.main([*command, "--template", str(tmp_path / "house.docx")]) == 0
    found = docx.Document(tmp_path / "out" / "comparison.docx")
    assert found.sections[0].header.paragraphs[0].text == "某某研究院" and len(found.tables) == 1
    capsys.readouterr()
    assert cli.main([*command, "--template", str(texts[0])]) == 1
    assert "东山.txt：这个文件不能作为 Word 模板" in capsys.readouterr().err
