import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp.text import segment
from policycmp.text.lexicon import Lexicon
from policycmp.text.normalize import fold

LEXICON = Lexicon.load()
TEXT = st.text(alphabet="培育高新技术企业的150家，。（3.5%）％ Ａa5G１２\n、", max_size=60)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("新增高新技术企业150家以上。", ["高新技术企业"]),  # a term is one word; no verb, figure, unit or bound
        ("新增高新技术企业50家以上。", ["高新技术企业"]),  # another promise of the same thing
        ("支持AI应用，推广5G。", ["ai", "应用", "推广", "g"]),
        ("支持ＡＩ应用", ["ai", "应用"]),
        ("，。（）150", []),
        ("", []),
    ],
)
def test_the_words_of_a_text(text, words):
    assert segment.words(text, LEXICON) == words


@given(TEXT)
def test_a_word_stands_where_it_is_said_to_stand(text):
    found = list(segment.places(text, LEXICON))
    assert all(fold(text)[start:end].lower() == word for word, start, end in found)
    assert all(one[2] <= two[1] for one, two in pairwise(found))
    assert not any(c.isdecimal() for word, *_ in found for c in word)


@given(TEXT.map(fold))
def test_pieces_leave_nothing_out_and_keep_numbers_whole(text):
    found = segment.pieces(text, LEXICON)
    assert "".join(found) == text
    assert [piece for piece in found if piece[:1].isdecimal()] == segment._FIGURE.findall(text)


def test_pairs_of_characters_are_no_words():
    assert segment.character_pairs("孵化器5家，（人才）") == ["·孵化", "·化器", "·人才"]


def test_the_tokenizer_of_the_whole_process_is_left_alone():
    program = (
        "import jieba; from policycmp.text import segment; from policycmp.text.lexicon import Lexicon\n"
        "own = segment.tokenizer(Lexicon.load())\n"
        "assert own is segment.tokenizer(Lexicon.load()) and own is not jieba.dt\n"
        "assert not jieba.dt.initialized and '专精特新' in own.FREQ\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "")
    assert "Building prefix dict" not in run.stderr
