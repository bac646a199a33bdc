"""Adding, listing and removing documents: the listing keeps every byte that is not the entry's."""

import io
import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp import cli, document, library, reading
from policycmp.errors import PolicyError

DATA = reading.data_folder()
TEXT = DATA / "reference" / "texts" / "yunxi.txt"
LISTING = """# Ours.

[two]  # a second
district = "二"
file = "raw/two.txt"

# What stands above a table belongs to it.
["三"]
district = "三"
file = "../three.txt"
"""


@pytest.fixture
def folder(tmp_path):
    data = tmp_path / "own"
    (data / "raw").mkdir(parents=True)
    (data / "sources.toml").write_text(LISTING, encoding="utf-8", newline="")
    shutil.copy(TEXT, data / "raw" / "two.txt")
    shutil.copy(TEXT, tmp_path / "three.txt")
    return data


def state(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "listing", [None, LISTING, LISTING.replace("\n", "\r\n"), "\ufeff" + LISTING, "# Only this.\n"]
)
def test_what_was_added_and_removed_leaves_no_trace(listing, folder, capsys):
    file = folder / "sources.toml"
    file.unlink() if listing is None else file.write_bytes(listing.encode())
    before = state(folder)
    call = ["--data", str(folder)]
    assert cli.main([*call, "add", str(TEXT), "--district", '云“\\溪"', "--id", "云溪2025"]) == 0
    said = capsys.readouterr().out
    assert "云溪2025：已加入" in said
    assert "20 条" in said
    entry = reading.known(folder)["云溪2025"]
    assert entry == {"district": '云“\\溪"', "file": "raw/云溪2025.txt"}
    assert (folder / "raw" / "云溪2025.txt").read_bytes() == TEXT.read_bytes()
    added = file.read_bytes()
    assert added.startswith(b"" if listing is None else listing.encode())
    assert added.count(b"\r") == (0 if listing is None or "\r" not in listing else added.count(b"\n"))
    assert cli.main([*call, "list"]) == 0
    assert '云溪2025 | 云“\\溪" | ' in capsys.readouterr().out
    assert cli.main([*call, "tables", "云溪2025", "--out", str(folder.parent / "out")]) == 0
    assert cli.main([*call, "remove", "云溪2025", "--yes"]) == 0
    after = state(folder)
    if listing is None:
        assert after.pop(Path("sources.toml")).startswith(b"# ")
    assert after == before


def test_a_folder_of_ones_own_is_made_by_the_first_document(tmp_path):
    found = library.add(TEXT, district="云溪", district_en="Yunxi", data=tmp_path / "a" / "b")
    assert (found.doc, found.name, found.named("en")) == ("yunxi", "云溪", "Yunxi")
    again = document.load("yunxi", data=tmp_path / "a" / "b")
    assert again.clauses.equals(found.clauses)
    with pytest.raises(PolicyError, match="the id yunxi is taken; give another with --id"):
        library.add(TEXT, district="云溪", data=tmp_path / "a" / "b")


@pytest.mark.parametrize(
    ("doc", "message"),
    [
        ("two", "the id two is taken"),
        ("三", "the id 三 is taken"),
        ("../out", "an id has 1 to 60 letters"),
        ("a/b", "an id has"),
        ("a\\b", "an id has"),
        (".", "an id has"),
        ("a b", "an id has"),
        ("-a", "an id has"),
        ("a\n", "an id has"),
        ("长" * 61, "an id has"),
        ("there", "there.txt: a file has this name"),
    ],
)
def test_an_id_that_is_taken_or_leaves_the_folder_is_refused(doc, message, folder):
    (folder / "raw" / "there.txt").write_text("mine")
    before = state(folder.parent)
    with pytest.raises(PolicyError, match=message):
        library.add(TEXT, district="云溪", doc=doc, data=folder)
    assert state(folder.parent) == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        ("今天天气很好。".encode(), "no numbered clauses"),
        (bytes(range(256)) * 9, "no text"),
        ("1.今天天气很好。\n2.明天也是。\n3.后天下雨。\n".encode(), "nothing of a policy can be read"),
    ],
)
def test_what_cannot_be_read_is_not_taken_in(content, message, folder, capsys):
    (folder.parent / "new.txt").write_bytes(content)
    before = state(folder.parent)
    call = ["--lang", "en", "--data", str(folder), "add", str(folder.parent / "new.txt"), "--district", "新"]
    assert cli.main(call) == 1
    said = capsys.readouterr()
    assert message in said.err
    assert said.out == ""
    assert state(folder.parent) == before


def test_a_file_that_is_missing_is_named(folder):
    with pytest.raises(PolicyError, match="two: no such"):  # not the document of that id
        library.add("two", district="二", doc="other", data=folder)


def test_a_failure_in_the_middle_leaves_the_old_state(folder, monkeypatch):
    before = state(folder)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(library, "_store", full)
    with pytest.raises(OSError, match="No space"):
        library.add(TEXT, district="云溪", data=folder)
    assert state(folder) == before


def test_an_entry_with_texts_of_several_lines_is_taken_out_whole(folder):
    file, text = folder / "sources.toml", (folder / "sources.toml").read_text("utf-8")
    more = '\n[four]\ndistrict = """\n[two]\n# no comment"""\nfile = "raw/four.txt"\n'
    file.write_text(text + more + "\n# Of five.\n[five]\nfile = 'five.txt'\n", "utf-8")
    library.remove("four", data=folder)
    assert file.read_text("utf-8") == text + "\n# Of five.\n[five]\nfile = 'five.txt'\n"


def test_an_entry_that_stands_in_pieces_is_left_alone(folder):
    with (folder / "sources.toml").open("a", encoding="utf-8") as file:
        file.write('\n[four]\nfile = "raw/four.txt"\n[five]\nfile = "five.txt"\n[four.more]\nx = 1\n')
    before = state(folder)
    with pytest.raises(PolicyError, match=r"sources.toml, four: more is unknown"):
        library.remove("four", data=folder)
    assert state(folder) == before


def test_a_name_that_windows_keeps_for_itself_is_refused(folder):
    for doc in ("con", "NUL", "com1"):
        with pytest.raises(PolicyError, match="Windows lets no file have this name"):
            library.add(TEXT, district="云溪", doc=doc, data=folder)


def test_a_file_that_lies_in_raw_is_entered_where_it_is(folder):
    shutil.copy(TEXT, folder / "raw" / "new one.txt")
    library.add(folder / "raw" / "new one.txt", district="新", data=folder)
    assert reading.known(folder)["new-one"]["file"] == "raw/new one.txt"
    assert len(list((folder / "raw").iterdir())) == 2
    library.remove("new-one", data=folder)
    assert [path.name for path in (folder / "raw").iterdir()] == ["two.txt"]


def test_only_files_of_the_folder_are_deleted(folder):
    assert "is left where it is" in library.remove("三", data=folder)[0]
    assert (folder.parent / "three.txt").exists()
    text = (folder / "sources.toml").read_text("utf-8")
    assert text == LISTING[: LISTING.index('["三')]
    (folder / "sources.toml").write_text(text + '[again]\nfile = "raw/two.txt"\n', encoding="utf-8")
    assert "is left" in library.remove("two", data=folder)[0]
    assert (folder / "raw" / "two.txt").exists()
    assert "deleted" in library.remove("again", data=folder)[0]
    assert not (folder / "raw" / "two.txt").exists()


def test_the_corrections_that_name_a_document_are_told(folder):
    (folder / "overrides").mkdir()
    (folder / "overrides" / "alignment.csv").write_text(
        "left,right,left_clause,right_clause,relation\n三,two,1,1,same\n三,三,1,1,same\n", "utf-8"
    )
    (folder / "overrides" / "target_pairs.csv").write_text(
        "left_target,right_target,decision\n三-001-01,two-s02-01,accept\n三-001-01,two-x-001-01,accept\n", "utf-8"
    )
    told = library.remove("two", data=folder)[1:]
    assert [line.rpartition("/")[2].partition(":")[0] for line in told] == [
        "alignment.csv, row 2 still names two", "target_pairs.csv, row 2 still names two",
    ]  # fmt: skip


def test_an_unknown_document_lists_the_known(folder):
    with pytest.raises(PolicyError, match=r"no such document; one of: two, 三"):
        library.remove("four", data=folder)


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("YES \n", 0), ("n\n", 1), ("\n", 1), ("", 1)])
def test_removing_asks_first(answer, status, folder, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert cli.main(["--data", str(folder), "--lang", "en", "remove", "two"]) == status
    assert "Remove two from" in capsys.readouterr().out
    assert ("two" in reading.known(folder)) == bool(status)


def test_the_list_says_why_a_document_cannot_be_read(folder):
    (folder / "raw" / "two.txt").unlink()
    rows = {row[0]: row for row in library.listing(folder).rows}
    assert "找不到这个文件" in rows["two"][2]
    assert rows["三"][1] == "三"
    assert rows["三"][4] == "已印发"


@settings(max_examples=30)
@given(st.text(max_size=30), st.text(max_size=12))
def test_any_listing_and_name_are_kept_or_refused(tmp_path_factory, before, name):
    folder = tmp_path_factory.mktemp("data")
    file = folder / "sources.toml"
    text = "".join(f"# {line}\n" for line in before.encode("utf-8", "ignore").decode().splitlines())
    file.write_bytes(text.encode())
    try:
        tomllib.loads(text)
    except ValueError:
        return
    (folder / "a.txt").write_text(
        "某区若干政策\n一、甲\n1.加强创新。支持企业。\n2.引进人才。支持人才。\n", encoding="utf-8"
    )
    try:
        library.add(folder / "a.txt", district=name, data=folder)
    except PolicyError:
        assert file.read_bytes() == text.encode()
        return
    assert reading.known(folder)["a"].get("district", "") == " ".join(name.split())
    library.remove("a", data=folder)
    assert file.read_bytes() == text.encode()


# --- texts that lie in no file ------------------------------------------------------------------------------------

OWN = "一、交通\n1.修路。年内修公路9公里。\n"


def test_a_text_is_read_like_a_file_and_named_by_the_user(tmp_path):
    (tmp_path / "own.txt").write_text(OWN, encoding="utf-8")
    text = library.load(text=OWN, doc="own", district="东山区", district_en="Dongshan", year=2024)
    file = library.load(tmp_path / "own.txt", district="东山区", district_en="Dongshan")
    for found in (text, file):
        assert (found.doc, found.name, found.named("en")) == ("own", "东山区", "Dongshan")
        assert found.outline.policy is found.policy and found.documents["district"].tolist() == ["东山区"]
    assert text.policy.year == 2024
    assert text.targets.drop(columns="year").equals(file.targets.drop(columns="year"))


@pytest.mark.parametrize("given", [{}, {"source": "longwan", "text": OWN}])
def test_there_is_a_source_or_a_text(given):
    with pytest.raises(PolicyError, match="source: there is none, or there is text= as well"):
        library.load(**given)


def test_the_rows_of_a_frame_are_documents():
    import pandas as pd

    table = pd.DataFrame({"place": ["东山区", "西山区"], "when": [2024, None], "body": [OWN, OWN], "id": ["a", "b"]})
    found = library.from_frame(table, text="body", place="place", year="when", doc="id")
    assert [(one.doc, one.name, one.policy.year) for one in found] == [("a", "东山区", 2024), ("b", "西山区", None)]
    assert [one.doc for one in library.from_frame(table, text="body", place="place")] == ["东山区", "西山区"]
    assert [one.doc for one in library.from_frame(table, text="body")] == ["row-1", "row-2"]
    with pytest.raises(PolicyError, match="has no column text; name the columns by text=, place=, year= and doc="):
        library.from_frame(table)
    with pytest.raises(PolicyError, match="西山区, row 2: column body is empty"):
        library.from_frame(table.assign(body=[OWN, " "]), text="body", place="place")
    with pytest.raises(PolicyError, match="two documents have the same id"):
        library.from_frame(table.assign(place="东山区"), text="body", place="place")
