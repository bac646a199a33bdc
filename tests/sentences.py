"""Sentences of our own, each in a small policy that has no other numbers."""

from policycmp import quantities
from policycmp.reading import Policy
from policycmp.structure import read_structure

POLICY = """某区若干政策
为发展经济，制定本政策。
一、甲（区科技局牵头）
{lead}
（一）乙。{sentence}（责任单位：区科技局）
（二）丙。落实。（责任单位：区科技局）
二、丁（区经信局牵头）
（三）戊。落实。（责任单位：区经信局）
{closing}
"""


def result(sentence="", lead="聚焦重点。", closing="上述政策自发布之日起施行。"):
    text = POLICY.format(sentence=sentence, lead=lead, closing=closing)
    return read_structure(Policy("made", text, "made.txt", "", "utf-8", year=2025, body_end=len(text)))


def read(sentence="", **parts):
    """The numbers of a made-up policy with that sentence; the rest of it has none."""
    return quantities.quantity_rows(result(sentence, **parts))


def roles(sentence):
    return {row["as_written"]: row["role"] for row in read(sentence)}
