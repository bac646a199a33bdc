"""What has a bound: time grows no faster than a text, and beyond a bound one line names it, in both languages."""

import time

import pytest

import policycmp
from policycmp import cli, library, reading, sources

HEAD = "甲区若干政策\n一、甲\n（一）乙。"
BODY = "新增高新技术企业5家，对认定的给予最高3万元奖励。\n"
HOSTILE = {  # each grows with its number
    "nested brackets": lambda n: HEAD + "（" * 16 * n + "区科技局" + "）" * 16 * n + "。\n",
    "a label that is never closed": lambda n: HEAD + "（责任单位：" * 8 * n + "区科技局。\n",
    "marks": lambda n: HEAD + "〔《“" * 8 * n,
    "one line": lambda n: HEAD + "力争" * 25 * n + "新增企业5家。",
    "bodies": lambda n: HEAD + "（责任单位：" + "、".join(f"区第{k}局" for k in range(n)) + "）\n",
    "numbers": lambda n: HEAD + "新增企业5家、" * n,
    "sentences": lambda n: HEAD + "新增企业5家。" * n,
    "years": lambda n: HEAD + "2025年" * 4 * n,
    "payments": lambda n: HEAD + "".join(f"对工厂{k}给予{k}万元奖励。" for k in range(1, n)),
    "annexes": lambda n: HEAD + "落实。\n" + "".join(f"附件{k}：任务表\n1.企业5家。\n" for k in range(n // 2)),
    "headings": lambda n: "甲区若干政策\n" + "一、甲\n" * 4 * n,
    "blank lines": lambda n: HEAD + "\n" * 25 * n + "5家",
    "rows of a table": lambda n: HEAD + "\n| 指标 | 目标 |\n" + "| 新增企业 | 5家 |\n" * n,
}


def seconds(text):
    begin = time.process_time()
    policycmp.load(text=text, corrections="none")
    return time.process_time() - begin


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_time_for_a_text_does_not_grow_with_its_square(kind):
    """Eight times as much takes eight times as long, where the square would take 64; below a hundredth of a second
    is noise.
    """
    short = min(seconds(HOSTILE[kind](60)) for _ in range(2))
    assert seconds(HOSTILE[kind](480)) < 25 * max(short, 0.01)


def test_a_clause_without_a_stop_is_compared_in_time_that_grows_with_it(tmp_path):
    """A sentence of 40,000 characters: searched anew from each of them it took minutes."""
    tables = [
        policycmp.load(text=f"甲区\n一、甲\n（一）乙。{words}。\n（二）丙。落实。", doc=doc, corrections="none")
        for doc, words in (("a", "落实企业发展" * 7000), ("b", "支持企业发展"))
    ]
    begin = time.process_time()
    policycmp.compare(*tables, corrections="none")
    assert time.process_time() - begin < 15


@pytest.mark.parametrize(
    ("limit", "text", "line"),
    [
        ("numbers = 3", HEAD + "新增企业5家。" * 4, "a.txt: the text has too many numbers (4); at most 3 are allowed"),
        ("parts = 1", HEAD + "\n附件1：甲\n1.乙\n附件2：丙\n1.丁\n", "a.txt: the text has too many parts (2 annexes"),
        ("characters = 9", HEAD, "a.txt: the text is too long (16 characters); at most 9 are allowed"),
    ],
)
def test_a_text_beyond_a_bound_is_refused_in_one_line(limit, text, line, tmp_path, capsys):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "lexicon.toml").write_text(f"[limits]\n{limit}\n", encoding="utf-8")
    assert cli.main(["tables", str(tmp_path / "a.txt"), "--lang", "en", "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert line in told and limit.split()[0] in told and told.count("\n") == 1
    assert cli.main(["tables", str(tmp_path / "a.txt"), "--lang", "zh", "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert "最多" in told and limit.split()[0] in told and told.count("\n") == 1


@pytest.mark.parametrize(
    ("limit", "what"),
    [
        ("pairs_of_clauses", "6 × 6 clauses are too many"),
        ("pairs_of_sentences", "12 × 12 sentences are too many"),
        ("pairs_of_targets", "too many pairs of targets would have to be looked at (36)"),
        ("pairs_of_incentives", "6 × 6 incentives are too many"),
    ],
)
def test_two_texts_beyond_a_bound_are_refused_in_one_line(limit, what, tmp_path, capsys):
    text = "甲区若干政策\n" + "".join(
        f"第{number}条 企业。{BODY}落实各项工作任务，做好服务保障。\n" for number in "一二三四五六"
    )
    for doc in ("a", "b"):
        (tmp_path / f"{doc}.txt").write_text(text, encoding="utf-8")
    found = policycmp.compare(tmp_path / "a.txt", tmp_path / "b.txt", corrections="none")  # equal clauses are no fault
    assert len(found.alignment) <= 6 * 6 and len(found.target_pairs) == 6
    (tmp_path / "lexicon.toml").write_text(f"[limits]\n{limit} = 10\n", encoding="utf-8")
    call = ["compare", *(str(tmp_path / f"{doc}.txt") for doc in "ab"), "--no-charts", "--out", str(tmp_path / "out")]
    for lang, words in (("en", f"a, b: {what}"), ("zh", "最多 10 对")):
        assert cli.main([*call, "--lang", lang]) == 1
        told = capsys.readouterr().err
        assert words in told and limit in told and told.count("\n") == 1


def test_a_listing_of_thousands_is_read_once_and_no_text_beyond_a_bound(tmp_path, monkeypatch, capsys):
    entries = "".join(f'[d{number}]\ndistrict = "区{number}"\nfile = "{number}.txt"\n' for number in range(5000))
    (tmp_path / "sources.toml").write_text(entries, encoding="utf-8")
    read, text = [], reading.from_text("甲区", doc="a")
    monkeypatch.setattr(reading, "load", lambda doc, **_: read.append(doc) or text)
    monkeypatch.setattr(library, "MOST_READ", 3)
    begin = time.process_time()
    assert cli.main(["list", "--data", str(tmp_path), "--lang", "en"]) == 0
    assert time.process_time() - begin < 5
    told = capsys.readouterr().out.splitlines()
    assert read == ["d0", "d1", "d2"] and told[-2].startswith("d4999 | 区4999 |")
    assert told[-1] == (
        "the first 3 documents were read; of the others (5,000 in all) there is only what sources.toml says"
    )
    begin = time.process_time()
    assert all(len(sources.known(tmp_path)) == 5000 for _ in range(200))
    assert time.process_time() - begin < 2
