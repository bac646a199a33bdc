"""A private, quiet jieba tokenizer with the lexicon's terms; figures are masked."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from policycmp.text import lexicon
from policycmp.text.normalize import fold

_WORD = re.compile(r"[一-龥A-Za-z]")
_CHINESE = re.compile(r"[一-龥]{2,}")
PAIR_MARK = "·"
_FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@cache
def tokenizer(extra: Path | None = None) -> Any:
    """Return a tokenizer of its own: no global state, no cache file, nothing on stderr."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    own = jieba.Tokenizer()
    own.FREQ, own.total = own.gen_pfdict(own.get_dict_file())
    own.initialized = True
    for term in lexicon.words(extra)["terms"]:
        own.add_word(term)
    return own


def words(text: str, extra: Path | None = None) -> list[str]:
    """Return the words of ``text`` without figures, punctuation and stop words.

    Figures are left out because two districts that promise the same thing promise different numbers.
    """
    return [word for word, *_ in places(text, extra)]


def places(text: str, extra: Path | None = None) -> Iterator[tuple[str, int, int]]:
    """Yield the `words` of ``text``, each with the offsets between which it stands."""
    stop, end = _stop(extra), 0
    for word in tokenizer(extra).cut(_FIGURE.sub(lambda figure: " " * len(figure[0]), fold(text)), HMM=False):
        start, end = end, end + len(word)
        if word not in stop and _WORD.search(word):
            yield word.lower(), start, end


def character_pairs(text: str) -> list[str]:
    """Return every pair of neighbouring Chinese characters of ``text``, marked so that it is no word."""
    runs = _CHINESE.findall(fold(text))
    return [PAIR_MARK + run[i : i + 2] for run in runs for i in range(len(run) - 1)]


@cache
def _stop(extra: Path | None) -> frozenset[str]:
    return frozenset(lexicon.words(extra)["stop"])


def pieces(text: str, extra: Path | None = None) -> list[str]:
    """Return all of ``text`` cut into words, numbers whole, nothing left out: their join is ``text``."""
    found: list[str] = []
    position = 0
    for number in _FIGURE.finditer(text):
        found += tokenizer(extra).lcut(text[position : number.start()], HMM=False)
        found.append(number[0])
        position = number.end()
    return found + tokenizer(extra).lcut(text[position:], HMM=False)
