import pytest
from making import BODY, HEAD

from policycmp.reading.metadata import Metadata, metadata
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
