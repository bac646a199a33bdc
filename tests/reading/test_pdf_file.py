import making
import pytest

from policycmp.errors import Refused
from policycmp.reading import pdf_file
from policycmp.reading.pdf_file import Line
from policycmp.text.lexicon import Lexicon

LEXICON = Lexicon.load()
TEXT = making.lines(making.QILAN)


def line(text, *, left=100.0, right=None, y=500.0, size=10.0, page=0):
    return Line(text, left, left + len(text) * size if right is None else right, y, size, page, (595, page % 2))


def page(*texts, number=0, top=700.0):
    """Lines of one page, 20 apart; (inset, text) for one that stands in."""
    rows = [text if isinstance(text, tuple) else (0, text) for text in texts]
    return [line(text, left=100 + 10 * inset, y=top - 20 * i, page=number) for i, (inset, text) in enumerate(rows)]


FULL = "建设创新平台完善孵化链条推动科技成果就地转化支持企业做大做强"  # as wide as the page
START = (2, FULL[2:])


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ([START, FULL, "末行。", START, "完。"], [[0, 1, 2], [3, 4]]),
        ([(2, "一、标题"), START, "末行。"], [[0], [1, 2]]),
        ([START, FULL[:-1] + "。", START, "末行。"], [[0, 1], [2, 3]]),
        ([START, FULL[:-1] + "。", "句子在同一段。"], [[0, 1, 2]]),
        ([START, FULL[:-1] + "）", "（二）条。", START, "完。"], [[0, 1], [2], [3, 4]]),
        ([START, FULL[:-1] + "第", "（二）项规定。", START, "完。"], [[0, 1, 2], [3, 4]]),
        ([START, FULL[:-5], "强“2+4+X”产业体系。", START, "完。"], [[0, 1, 2], [3, 4]]),
        ([START, FULL[:-2], "2025年3月起施行。", START, "完。"], [[0, 1, 2], [3, 4]]),
    ],
)
def test_lines_that_go_on_are_joined(lines, paragraphs):
    filler = page(START, FULL, "完。", START, FULL, FULL, "完。", START, FULL, "完。", number=2)
    found = list(pdf_file._paragraphs(page(*lines) + filler))
    texts = [text if isinstance(text, str) else text[1] for text in lines]
    assert found[: len(paragraphs)] == ["".join(texts[i] for i in own) for own in paragraphs]


def test_where_first_lines_stand_out_the_others_stand_in():
    rest = (2, FULL[2:])
    clause = [FULL, rest, (2, FULL[3:] + "。"), rest, (2, "末行。")]
    found = list(pdf_file._paragraphs(page(*clause, *clause, FULL[2:], FULL, rest, "完。", *clause)))
    whole = "".join(text if isinstance(text, str) else text[1] for text in clause)
    assert found == [whole, whole, FULL[2:], FULL + rest[1], "完。", whole]


def test_a_title_on_several_lines_is_one_and_its_edition_another():
    title = [
        line("栖澜区人民政府", left=165, y=760, size=20),
        line("关于印发若干政策的通知", left=125, y=730, size=20),
        line("（送审稿）", left=185, y=700, size=20),
    ]
    found = list(
        pdf_file._paragraphs(title + page(START, FULL, FULL, "完。", START, FULL, FULL, FULL, "完。", top=600))
    )
    assert found[:2] == ["栖澜区人民政府关于印发若干政策的通知", "（送审稿）"]


def heads(*pages):
    lines = [one for number, texts in enumerate(pages) for one in page(*texts, number=number)]
    return [one.text for one in pdf_file._without_heads(lines, len(pages))]


def test_heads_feet_and_page_numbers_are_left_out():
    body = [[f"第{i}页的{j}行" for j in "甲乙丙丁戊己庚"] for i in "一二三"]
    assert heads(*([f"公报 第{i}期", *own, f"— {i} —"] for i, own in enumerate(body, 1))) == [
        one for own in body for one in own
    ]
    assert heads(["1/2", *body[0]], ["2/2", *body[1]]) == body[0] + body[1]
    assert heads([*body[0], "第 1 页 共 9 页"]) == body[0]


def test_a_line_that_stands_at_the_edge_of_two_far_pages_is_no_head():
    pages = [[f"第{i}页的{j}行" for j in "甲乙丙丁戊己庚"] for i in range(10)]
    named = [[f"{'一二三四五六七八九十'[i]}{j}" for j in "甲乙丙丁戊己庚"] for i in range(10)]
    for i in (0, 4, 9):
        named[i][0] = "牵头单位：区科技局"
    for i in (6, 7):
        named[i][6] = "配合单位：区财政局"
    assert heads(*named) == [one for own in named for one in own]
    assert len(heads(*pages)) < 70  # the same words around a number that counts are a head


def test_the_last_line_of_a_page_may_be_the_first_of_the_next():
    same = "责任单位：区科技局"
    assert heads(["甲一", "甲二", same], [same, "乙一", "乙二", "乙三"])[2:4] == [same, same]


def test_characters_of_another_size_are_another_paragraph():
    filler = page(FULL, FULL, FULL, FULL, FULL, FULL, FULL, FULL, FULL, FULL)
    table = line("附表的说明文字", left=100, y=500, size=14)
    assert list(pdf_file._paragraphs([*filler, table]))[-1] == table.text


def test_space_between_lines_parts_paragraphs():
    filler = page(FULL, FULL, FULL, FULL, FULL, FULL, FULL, FULL, FULL, FULL)
    apart = [line(FULL, y=490), line(FULL, y=462), line(FULL, y=442)]
    assert list(pdf_file._paragraphs(filler + apart)) == [FULL * 10, FULL, FULL * 2]


@pytest.mark.parametrize("run", [".", " ", "-", "1", "…1", "“", "。”", "第", "（1"])
def test_long_runs_of_one_sign_are_read_at_once(run):
    lines = [line(run * 20_000 + "甲", y=700 - 20 * i) for i in range(5)]
    heads(*[[one.text for one in lines]] * 2)
    pdf_file._without_contents(lines)
    list(pdf_file._paragraphs(lines))


def test_a_table_of_contents_is_left_out():
    lines = page("目  录", "一、甲 ........ 3", "二、很长的标题很长的标题", "分两行 …………… 4", "一、甲", "正文。")
    assert [one.text for one in pdf_file._without_contents(lines)] == ["一、甲", "正文。"]
    assert pdf_file._without_contents(lines[4:]) == lines[4:]


def test_radicals_and_doubles_become_characters():
    signs = pdf_file._glyphs(LEXICON["glyphs"]["radicals"])
    assert "⻓⽇⼈⾦⻔⻛豈".translate(signs) == "长日人金门风豈"
    assert "（一）①".translate(signs) == "（一）①"  # nothing else is folded


def test_a_pdf_is_read_with_its_radicals_mended(monkeypatch):
    monkeypatch.setattr(pdf_file, "_lines", lambda *_: [line("一、推进⻓江⻔户⽇常建设，支持企业发展。")])
    assert pdf_file.read(making.bound([""]), LEXICON)[0] == "一、推进长江门户日常建设，支持企业发展。\n"


def test_a_pdf_that_is_a_scan_is_told():
    with pytest.raises(Refused, match="the 3 pages of this PDF are pictures"):
        pdf_file.read(making.bound(["0 0 595 842 re f"] * 3), LEXICON)


def test_a_pdf_with_a_password_is_told():
    with pytest.raises(Refused, match=r"the PDF is encrypted"):
        pdf_file.read(locked(), LEXICON)


def locked():
    """A PDF that says it is encrypted, by a key that nobody gave."""
    owner = "00" * 32
    return making.bound([""], f"<< /Filter /Standard /V 1 /R 2 /O <{owner}> /U <{owner}> /P -4 >>")


def test_what_a_browser_prints_is_read(tab, tmp_path):
    """Another program's PDF: justified lines, page numbers, compressed marks."""
    style = "p { text-indent: 2em; margin: 0; text-align: justify; font: 16pt/28pt N }"
    font = next((making.ROOT / "policycmp/fonts").glob("*Regular*.ttf")).as_uri()
    body = "".join(f"<p>{one}</p>" for one in TEXT)
    face = f"@font-face {{ font-family: N; src: url('{font}') }}"
    (tmp_path / "a.html").write_text(f"<meta charset=utf-8><style>{face} {style}</style>{body}", encoding="utf-8")
    tab.page.goto((tmp_path / "a.html").as_uri())
    raw = tab.page.pdf(format="A4", margin={"top": "25mm", "bottom": "25mm", "left": "26mm", "right": "26mm"})
    assert pdf_file.read(raw, LEXICON)[0].splitlines() == TEXT
