"""What documents are called, so that a reader can tell them apart."""

from types import SimpleNamespace

import pytest

from policycmp.shown import naming


def document(district, **facts):
    """A document of which only what names it is known."""
    facts = {"year": "", "status": ""} | facts
    return SimpleNamespace(named=lambda lang: district, policy=SimpleNamespace(**facts))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([{}], ["云溪"]),
        ([{"year": 2025, "status": "issued"}, {"year": 2026, "status": "draft"}], ["云溪（2025）", "云溪（2026）"]),
        ([{"year": 2025, "status": "issued"}, {"year": 2025, "status": "draft"}], ["云溪（已印发）", "云溪（草案）"]),
        ([{"year": 2025}, {}], ["云溪（2025）", "云溪"]),
        ([{}, {}], ["云溪①", "云溪②"]),
        (
            [{"year": 2025}, {"year": 2026, "status": "issued"}, {"year": 2026, "status": "draft"}, {"year": 2025}],
            ["云溪（2025）①", "云溪（2026）（已印发）", "云溪（2026）（草案）", "云溪（2025）②"],
        ),
    ],
    ids=["alone", "year before status", "status", "one year", "numbered", "all of it"],
)
def test_documents_of_one_district_are_told_apart(facts, expected):
    assert naming.tell_apart([document("云溪", **one) for one in facts]) == expected


def test_other_districts_keep_their_names():
    documents = [document("云溪", year=2025), document("临港", year=2026), document("云溪", year=2026)]
    assert naming.tell_apart(documents, "en") == ["云溪 (2025)", "临港", "云溪 (2026)"]


def test_targets_are_named_by_the_shortest_in_the_language():
    rows = [{"indicator": text} for text in ("新增省级以上企业", "新增企业", "New firms")]
    assert naming.counted(rows[:2]) == "新增企业"
    assert naming.counted(rows) == "New firms"
