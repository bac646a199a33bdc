import difflib
import gc
import re
import shutil
import weakref
from pathlib import Path

import golden
import pairs_made
import pytest

from policycmp import comparison, document, files, pairing, schema
from policycmp.errors import PolicyError
from policycmp.keeping import once
from policycmp.shown import sentences

DATA = Path(comparison.__file__).resolve().parents[1] / "data"


@pytest.fixture(scope="module")
def computed(shipped):
    return golden.tables(shipped)


def copy(folder):
    """A copy of the data, without what researchers added to it."""
    return shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("overrides", "reference", "*.md"))


def change(folder, old, new):
    """Change one printed figure in a copy of the data."""
    hits = [path for path in (folder / "raw").iterdir() if old in path.read_text("utf-8")]
    assert hits
    for path in hits:
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))


@pytest.mark.parametrize("name", golden.COLUMNS)
def test_the_golden_tables_still_hold(computed, name):
    expected = (golden.FOLDER / f"{name}.csv").read_bytes()
    found = files.csv_bytes(computed[name])
    lines = [data.decode("utf-8-sig").splitlines() for data in (expected, found)]
    diff = "\n".join(difflib.unified_diff(*lines, "golden", "computed", lineterm="", n=0))
    assert found == expected, f"`make golden` rewrites it; review the difference:\n{diff}"


def test_every_golden_file_is_compared():
    assert {path.stem for path in golden.FOLDER.iterdir()} == set(golden.COLUMNS)


def test_a_copy_of_the_data_gives_the_golden_tables(tmp_path):
    assert golden.differing(golden.tables(golden.shipped(copy(tmp_path / "data")))) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("资金3.05亿元", "资金3.06亿元", {"budgets", "budget_pairs"}),
        ("总额为34.48亿元", "总额为34.49亿元", {"budgets"}),
        ("突破2000家", "突破2100家", {"targets"}),
        ("文化产业领域资金1200万元", "文化产业领域资金1300万元", {"budgets", "budget_pairs"}),
    ],
)
def test_one_changed_figure_is_noticed(tmp_path, old, new, expected):
    data = copy(tmp_path / "data")
    change(data, old, new)
    assert set(golden.differing(golden.tables(golden.shipped(data)))) >= expected


def test_golden_says_what_changed(shipped, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(golden, "FOLDER", tmp_path / "golden")
    golden.write(shipped)
    assert capsys.readouterr().out.count("changed") == len(golden.COLUMNS)
    golden.write(shipped)
    assert "changed" not in capsys.readouterr().out


def test_a_comparison_holds_the_tables_of_the_dictionary(shipped):
    for name in schema.PAIR_TABLES:
        table = schema.check(name, getattr(shipped, name))
        assert len(table) > 0 or name.startswith("incentive")  # the shipped texts pay nobody
    assert len(shipped.targets) == len(shipped.left.targets) + len(shipped.right.targets)
    assert len(shipped.budgets) == len(shipped.left.budgets) + len(shipped.right.budgets)
    assert set(shipped.target_pairs["left_target"]) <= set(shipped.left.targets["target"])
    assert set(shipped.target_pairs["right_target"]) <= set(shipped.right.targets["target"])


def test_the_summary_counts(shipped):
    summary = shipped.summary()
    assert summary.loc["部分"].tolist() == [8, 8, 8]
    assert summary.loc["条"].tolist()[:2] == [40, 41]
    assert summary.loc["目标"].tolist() == [
        len(shipped.left.targets),
        len(shipped.right.targets),
        len(shipped.target_pairs),
    ]
    alone = shipped.alignment["relation"].value_counts()
    assert summary.loc["无对应的条"].tolist()[:2] == [alone["left_only"], alone["right_only"]]
    assert repr(shipped) == summary.to_string()
    assert "<table" in shipped._repr_html_()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_findings_are_computed(shipped, lang):
    found = sentences.findings(shipped.speaking(lang)).splitlines()
    assert len(found) == 5
    assert len(set(found)) == 5
    text = " ".join(found)
    for number in (len(shipped.target_pairs), len(shipped.left.targets), len(shipped.right.targets)):
        assert re.search(rf"(?<![0-9]){number}(?![0-9])", text)
    assert not re.search("nan|None|<NA>", text)
    assert found != sentences.findings(shipped.speaking("en" if lang == "zh" else "zh")).splitlines()


def test_the_findings_follow_the_data(shipped, tmp_path):
    data = copy(tmp_path / "data")
    change(data, "资金3.05亿元", "资金3.15亿元")
    changed = comparison.compare("longwan", "lucheng", data=data, corrections="none")
    assert [
        one == two
        for one, two in zip(
            sentences.findings(shipped).splitlines(), sentences.findings(changed).splitlines(), strict=True
        )
    ].count(False) == 1
    assert "相差 1000万元" in " ".join(sentences.findings(changed).splitlines())


def test_documents_without_anything_in_common_compare(tmp_path):
    for name, words in (("east", "天地玄黄"), ("west", "宇宙洪荒")):
        text = (
            f"{name}\n一、{words[0]}\n（一）{words[1]}。{words}。\n二、{words[2]}\n（二）{words[3]}。{words[::-1]}。\n"
        )
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = comparison.compare(tmp_path / "east.txt", tmp_path / "west.txt", corrections="none")
    assert set(found.alignment["relation"]) == {"left_only", "right_only"}
    assert len(found.alignment) == 4
    assert found.target_pairs.empty
    for lang in ("zh", "en"):
        assert len(sentences.findings(found.speaking(lang)).splitlines()) == 5


def test_sources_may_be_ids_paths_or_tables(shipped):
    again = comparison.compare(shipped.left, next(DATA.glob("raw/002*")), corrections="none")
    assert again.left is shipped.left
    assert again.alignment.equals(shipped.alignment)
    assert len(again.target_pairs) == len(shipped.target_pairs)


def test_a_source_at_fault_is_an_error(shipped):
    with pytest.raises(PolicyError, match="nowhere: no such document or file"):
        comparison.compare(shipped.left, "nowhere")


def test_a_comparison_with_oneself(shipped):
    found = comparison.compare(shipped.left, document.load("longwan", corrections="none"), corrections="none")
    assert found.summary().loc["无对应的条"].tolist() == [0, 0, 0]


def test_another_language_leaves_the_tables_as_they_are(shipped):
    spoken = shipped.speaking("en")
    assert (spoken.lang, shipped.lang) == ("en", "zh") and spoken.speaking("en") is spoken
    assert spoken.alignment is shipped.alignment and spoken.aligned is shipped.aligned


def test_what_is_asked_once_of_a_comparison_is_kept_no_longer_than_it(shipped):
    asked = []
    spoken = shipped.speaking("en")
    name = once(lambda one: asked.append(one.lang) or one.left.name)
    assert [name(spoken), name(spoken), name(shipped)] == ["龙湾"] * 3
    assert asked == ["en", "zh"]
    alive, asked[:] = weakref.ref(spoken), []
    del spoken
    gc.collect()
    assert alive() is None


def test_copies_of_one_clause_are_bounded_and_told(tmp_path):
    """Forty equal clauses on both sides: no table of 1,600 rows, and one line that names the bound."""
    body = "\n".join(f"{number}. 优化养老服务。新增养老床位。" for number in range(1, 41))
    found = pairs_made.pair(tmp_path, f"东区政策\n一、民生\n{body}\n", f"西区政策\n一、民生\n{body}\n")
    assert len(found.left.clauses) == 40 and len(found.alignment) <= 40 * pairing.MOST
    told = str(sentences.aligning(found))
    assert str(found.aligned.left_out) in told and f"{pairing.MOST} 条" in told


def test_a_comparison_is_saved_and_loaded_with_its_decisions_and_words(tmp_path):
    text = "{}区若干政策\n一、强化科技创新\n1.加强创新。新增企业{}家。\n2.引进人才。引进人才{}名。\n"
    for name, numbers in (("甲", (3, 5)), ("乙", (6, 9))):
        (tmp_path / f"{name}.txt").write_text(text.format(name, *numbers), encoding="utf-8")
    (tmp_path / "lexicon.toml").write_text('terms = ["引进人才"]\n', encoding="utf-8")
    (tmp_path / "overrides").mkdir()
    rejected = "left_target,right_target,decision\n甲-001-01,乙-001-01,reject\n"
    (tmp_path / "overrides" / "target_pairs.csv").write_text(rejected, encoding="utf-8")
    made = comparison.compare(tmp_path / "甲.txt", tmp_path / "乙.txt", lang="en", threshold=0.3)
    assert made.corrections.rows and made.left.policy.lexicon.added
    file = made.save(tmp_path / "pair.json")
    for path in (*tmp_path.glob("*.txt"), tmp_path / "lexicon.toml"):
        path.unlink()
    again = comparison.Comparison.load(file)
    assert (again.lang, again.aligned.threshold) == ("en", 0.3)
    for name in ("alignment", "target_pairs", "budget_pairs", "target_candidates"):
        assert getattr(again, name).equals(getattr(made, name)), name
    assert again.left.policy.lexicon["terms"] == made.left.policy.lexicon["terms"]
    assert again.save(tmp_path / "again.json").read_bytes() == file.read_bytes()


def test_what_is_no_saved_comparison_and_no_threshold_is_said_in_a_line(tmp_path, shipped):
    for content in ("", "[]", '{"policycmp": 1}'):
        (tmp_path / "x.json").write_text(content, encoding="utf-8")
        with pytest.raises(PolicyError, match=r"x\.json: is no saved comparison; give a file that Comparison\.save"):
            comparison.Comparison.load(tmp_path / "x.json")
    with pytest.raises(PolicyError, match="option threshold: got 2; give a number from 0 to 1"):
        comparison.compare(shipped.left, shipped.right, threshold=2)
