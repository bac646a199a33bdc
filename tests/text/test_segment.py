import subprocess
import sys
from importlib.util import find_spec
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp import compare
from policycmp.asking import terms
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
    found = list(segment.spans(text, LEXICON))
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
        "cut = segment._plain(Lexicon.load()['terms'])\n"
        "assert '专精特新' in cut('培育专精特新企业') and not jieba.dt.initialized\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "")
    assert "Building prefix dict" not in run.stderr


@given(st.text(alphabet="培育高新技术企业的50家专精特新小巨人研发投入占GDP比重，。 a５—", max_size=40))
def test_both_cutters_cut_alike(text):
    assert segment._fast(LEXICON["terms"])(text) == segment._plain(LEXICON["terms"])(text)


def test_all_tables_are_the_same_with_either_cutter(shipped, monkeypatch):
    monkeypatch.setattr(segment, "cutter", lambda lexicon: segment._plain(lexicon["terms"]))
    slow = compare("longwan", "lucheng", corrections="none")
    assert find_spec("rjieba") and slow is not shipped
    for name, table in vars(shipped).items():
        if isinstance(table, pd.DataFrame):
            pd.testing.assert_frame_equal(table, getattr(slow, name))
    pd.testing.assert_frame_equal(terms.characteristic(shipped), terms.characteristic(slow))
