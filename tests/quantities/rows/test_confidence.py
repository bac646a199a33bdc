"""The confidence of a role: in [0, 1], lower where something speaks against it, its weights in the lexicon."""

import re

import pytest
from sentences import read

from policycmp.quantities.rows import confidence
from policycmp.text.lexicon import Lexicon


def sure(sentence):
    return {row["as_written"]: row["confidence"] for row in read(sentence)}


def test_every_row_has_one_and_none_is_certain():
    rows = read("新增企业5家，2024年建成3个平台，居民收入与经济增长同步，给予企业最高50万元奖励。")
    assert len(rows) > 4 and all(0 < row["confidence"] < 1 for row in rows)


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        ("新增高新技术企业5家。", "力争今年内在全区各镇和街道范围大力推广5家。"),
        ("新增高新技术企业5家。", "由过去的5家。"),
        ("新增高新技术企业5家。", "新增高新技术企业三家。"),
    ],
)
def test_what_speaks_against_a_role_makes_it_less_sure(surer, less_sure):
    (first,), (second,) = (
        [row["confidence"] for row in read(text) if row["as_written"] in {"5", "三"}] for text in (surer, less_sure)
    )
    assert first > second


def test_each_signal_is_in_the_unit_interval_and_each_weight_has_a_signal(monkeypatch):
    seen = {}

    def note(row, signals, lexicon):
        seen.setdefault(confidence.model_of(row), set()).update(signals)
        assert all(0 <= value <= 1 for value in signals.values())
        return 0.5

    for module in ("prose", "wordless"):
        monkeypatch.setattr(f"policycmp.quantities.rows.{module}.confidence", note)
    read(
        "新增企业5家，携手18个平台，给予企业最高50万元奖励，其余２家待定，安排资金3万元，对50人以上的企业优先，（二）2024年。"
    )
    weights = Lexicon.load()["confidence"]
    roles = {"target", "result", "budget", "incentive", "condition", "reference", "unread"}
    for model in ("roles", "references"):
        assert set(weights[model]) - {"intercept"} <= seen[model] | roles
    assert 0.5 < weights["ceiling"] <= 1


def test_the_weights_are_numbers_with_two_digits():
    source = (confidence.__file__.rsplit("/quantities", 1)[0]) + "/words/confidence.toml"
    with open(source, encoding="utf-8") as file:
        values = re.findall(r"^\w+ = (.+)$", file.read(), re.MULTILINE)
    assert all(re.fullmatch(r"-?\d+\.\d\d", value) for value in values)
