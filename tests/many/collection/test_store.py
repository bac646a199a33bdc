"""A store reads what is new or has changed, goes on after an interruption, and never stops for one bad file."""

import os

import pandas as pd
import pytest

from policycmp import corpus
from policycmp.corrections import Corrections
from policycmp.errors import PolicyError
from policycmp.many import collection
from policycmp.many.collection import filling, store

TEXT = "一、强化科技创新\n（一）培育企业。{place}新增高新技术企业{number}家。\n"


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    for number in range(7):
        write(folder, number)
    return folder


def write(folder, number, text=TEXT):
    path = folder / f"甲{number}县" / "2024.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format(place=f"甲{number}县", number=10 + number), encoding="utf-8")
    return path


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(filling, "BATCH", 3)


def add(texts, **options):
    return corpus.add(texts.parent / "store", texts, pattern="{place}/{year}.md", **options)


def values(texts):
    return sorted(corpus.sql(texts.parent / "store", "SELECT value FROM targets")["value"])


def test_only_what_changed_is_read_again(texts, small):
    assert add(texts) == {"documents": 7, "read": 7, "unreadable": 0}
    assert add(texts) == {"documents": 7, "read": 0, "unreadable": 0}
    changed = write(texts, 2, TEXT.replace("{number}", "9{number}"))
    assert add(texts) == {"documents": 7, "read": 1, "unreadable": 0}
    assert values(texts) == [10, 11, 13, 14, 15, 16, 912]
    os.utime(changed)  # touched, not changed
    assert add(texts)["read"] == 0
    changed.unlink()
    assert add(texts) == {"documents": 6, "read": 0, "unreadable": 0}
    assert values(texts) == [10, 11, 13, 14, 15, 16]


def test_another_program_or_other_words_read_anew(texts, monkeypatch):
    add(texts)
    monkeypatch.setattr(filling, "_program", lambda: "another")
    assert add(texts)["read"] == 7


def test_what_a_killed_run_has_read_stays_read(texts, small, monkeypatch):
    read, calls = filling.read_part, []

    def killed(batch):
        calls.append(batch.number)
        if len(calls) == 2:
            folder = batch.store / "clauses"
            folder.mkdir(exist_ok=True)
            (folder / f"{batch.number:06}.parquet").write_bytes(b"half a file")
            raise KeyboardInterrupt
        return read(batch)

    monkeypatch.setattr(filling, "read_part", killed)
    with pytest.raises(KeyboardInterrupt):
        add(texts)
    assert len(values(texts)) == 3
    monkeypatch.setattr(filling, "read_part", read)
    assert add(texts) == {"documents": 7, "read": 4, "unreadable": 0}
    assert len(values(texts)) == 7


def test_a_bad_file_is_listed_and_stops_nothing(texts, small, monkeypatch):
    (texts / "甲3县" / "2024.md").write_bytes(b"\x00\xff\x00\x01" * 40)
    (texts / "甲4县" / "2024.md").write_text("", encoding="utf-8")
    load = filling.document.load

    def broken(policy, **options):
        if policy.district == "甲5县":
            raise ValueError("unforeseen")
        return load(policy, **options)

    monkeypatch.setattr(filling.document, "load", broken)
    assert add(texts) == {"documents": 4, "read": 7, "unreadable": 3}
    listed = pd.read_csv(texts.parent / "store" / "unreadable.csv", encoding="utf-8-sig")
    assert [len(line.splitlines()) for line in listed["error"]] == [1, 1, 1]
    assert "unforeseen" in listed["error"][2]
    assert add(texts)["read"] == 0, "what cannot be read is not tried again until it changes"


def test_a_text_without_a_year_is_listed(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT.format(place="甲县", number=1), encoding="utf-8")
    found = collection.read(collection.Batch(tuple(collection.sources_of(tmp_path)), tmp_path, Corrections.none()))
    assert "does not say of which year" in found.files[0]["error"]


def test_a_full_disk_is_told_in_a_line_and_leaves_nothing_half_written(texts, monkeypatch):
    def full(batch):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.parquet, "write", lambda table, path: full(table))
    with pytest.raises(OSError, match="No space left"):
        add(texts)
    assert store.parts(texts.parent / "store", store.FILES) == []


def test_a_store_is_no_folder_of_other_files(texts):
    with pytest.raises(PolicyError, match="this folder holds other files"):
        corpus.add(texts, texts, pattern="{place}/{year}.md")
    with pytest.raises(PolicyError, match="there is no store here"):
        corpus.build(texts)


def test_processes_and_a_cluster_of_two_workers_give_the_same_tables(texts, small, monkeypatch):
    distributed = pytest.importorskip("distributed")
    add(texts)
    expected = {name: store.table(texts.parent / "store", name) for name in store.TABLES}
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        with distributed.Client(cluster) as client:
            corpus.add(texts.parent / "other", texts, pattern="{place}/{year}.md", scheduler=client)
    for name, table in expected.items():
        pd.testing.assert_frame_equal(store.table(texts.parent / "other", name), table)
