import making
import pytest

from policycmp.errors import Refused
from policycmp.reading import formats, ofd_file, word_file
from policycmp.text.lexicon import Lexicon

LEXICON = Lexicon.load()
LINES = ["云澜区若干政策", "一、强化创新", "（一）建设平台。新建平台2个。", "（二）支持研发。研发投入增长10%。"]


def page(*lines):
    return "".join(making.ofd_line(*line) for line in lines)


def standing(lines=LINES):
    return [(25, 30 + 9 * number, line) for number, line in enumerate(lines)]


def read(pages, **options):
    return ofd_file.read(making.ofd_package(pages, **options), LEXICON)


def test_lines_are_read_from_above_whatever_their_order_in_the_file():
    assert read([page(*reversed(standing()))])[0].splitlines() == LINES
    assert read([page(*standing(LINES[:2])), page(*standing(LINES[2:]))])[0].splitlines() == LINES


def test_what_stands_on_one_height_is_one_line_with_spaces_where_there_is_room():
    cells = [(25, 60, "指标"), (90, 60.4, "单位"), (140, 60, "目标")]
    rest = "业5家，投资增长9%；新增床位200张，培训300人次，新建公园4个。"
    halves = [(25, 70, "新增企"), (25 + 3 * making.EM, 70, rest)]
    assert read([page(*standing(), *cells, *halves)])[0].splitlines() == [
        *LINES,
        "指标 单位 目标",
        "".join(one[2] for one in halves),
    ]


def test_a_matrix_moves_and_enlarges_and_steps_may_be_counted():
    moved = (
        '<ofd:TextObject ID="1" Boundary="0 0 210 297" CTM="2 0 0 2 25 90" Size="2.5">'
        '<ofd:TextCode X="0" Y="2" DeltaX="g 4 2.5">新增企业5</ofd:TextCode>'
        '<ofd:TextCode X="12.5" Y="2">家。</ofd:TextCode></ofd:TextObject>'
    )
    assert read([page(*standing()) + moved])[0].splitlines() == [*LINES, "新增企业5家。"]


@pytest.mark.parametrize("location", ["Doc_0/Document.xml", "/Doc_0/Document.xml", "./x/../Doc_0/Document.xml"])
def test_locations_are_given_from_the_root_or_from_where_they_stand(location):
    root = f"<ofd:OFD {making.OFD}><ofd:DocBody><ofd:DocRoot>{location}</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    assert read([page(*standing())], more=[("OFD.xml", root)])[0].splitlines() == LINES


ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]>'


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (making.ofd_package([""] * 3), "the 3 pages of this PDF are pictures"),
        (making.ofd_package([page(*standing())], head=ENTITY), "declares XML entities"),
        (making.ofd_package([page(*standing())])[:400], "the OFD file is damaged"),
        (making.ofd_package([page(*standing())], more=[("OFD.xml", "<a")]), "the OFD file is damaged"),
        (making.ofd_package([page(*standing())], more=[("Doc_0/Document.xml", "")]), "the OFD file is damaged"),
        (making.ofd_package([page(*standing())], more=[("Doc_0/Pages/Page_0/Content.xml", "甲")]), "damaged"),
        (making.ofd_package([""] * 1001), "1,001 pages are too many"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(raw, message):
    with pytest.raises(Refused, match=message):
        ofd_file.read(raw, LEXICON)


def test_an_archive_that_unpacks_too_large_is_refused(tmp_path):
    (tmp_path / "lexicon.toml").write_text("[limits]\nunpacked = 1000\n", encoding="utf-8")
    with pytest.raises(Refused, match="the file unpacks to more than 1,000 bytes"):
        ofd_file.read(making.ofd(making.QILAN), Lexicon.load(tmp_path / "lexicon.toml"))


def test_an_ofd_file_is_no_word_file():
    assert formats.recognise(making.ofd(making.QILAN), ".docx", LEXICON) == "ofd"
    assert formats.recognise(making.word(making.QILAN), ".ofd", LEXICON) == "docx"
    assert not word_file.recognises(b"OFD.xml", ".ofd") and not ofd_file.recognises(b"OFD.xml", ".ofd")
