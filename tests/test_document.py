import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp import comparison, document, parallel, schema
from policycmp.errors import PolicyError
from policycmp.text.normalize import fold

QUOTED = {"sections": "text", "clauses": "text", "quantities": "quote", "targets": "quote", "budgets": "quote"}
HALF = str.maketrans("（），：；％．０１２３４５６７８９", "(),:;%.0123456789")
FULL = str.maketrans("(),:;%.0123456789", "（），：；％．０１２３４５６７８９")
TEXT = """东海区若干政策
一、甲（区科技局牵头）
{}
（一）乙。{}（责任单位：区科技局〈区知识产权局〉）
（二）丙。落实。
二、丁
（三）戊。{}（责任单位：区经信局）
上述政策自发布之日起施行。{}
"""
FRAGMENTS = (
    "新增企业5家|，|。|；|、|\n|（|）|“|”|《|》|〈|〉|3亿元|区级财政安排资金|各1家|给予|最高50万元|补助|（四）|三、|2、|第二条|责任单位："
    "|8%-10%|3个80%|[bookmark: _GoBack]| |\u3000|三分之二|2026年|力争|1,200|本政策"
).split("|")


@pytest.fixture(params=["left", "right"])
def known(request, shipped):
    return shipped[request.param]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")

    def load(*parts, text=""):
        file = folder / "east.txt"
        file.write_text(text or TEXT.format(*[*parts, "", "", "", ""][:4]), encoding="utf-8", newline="")
        return document.load(file, corrections="none")

    return load


def holds(found):
    """What must hold for the tables of any document."""
    source = found.policy.text
    for name in schema.SOURCE_TABLES:
        table = getattr(found, name)
        schema.check(name, table)
        assert table.columns[: len(schema.columns(name))].tolist() == schema.columns(name)
        assert set(table["doc"]) <= {found.doc}
    for name, column in QUOTED.items():
        table = getattr(found, name)
        for start, end, text in zip(table["start"], table["end"], table[column], strict=True):
            assert source[start:end] == text
    known = set(zip(found.clauses["section"], found.clauses["clause"], strict=True))
    known |= {(section, 0) for section in [0, *found.sections["section"]]}
    for name in ("responsibilities", "quantities", "targets", "budgets"):
        table = getattr(found, name)
        assert set(zip(table["section"], table["clause"], strict=True)) <= known
    assert found.targets["target"].is_unique
    assert len(found.targets) == (found.quantities["role"] == "target").sum()
    assert len(found.budgets) == (found.quantities["role"] == "budget").sum()


def test_every_row_of_a_shipped_document_is_traceable(known):
    holds(known)
    assert len(known.targets) > 50


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.sampled_from(FRAGMENTS), max_size=15).map("".join), max_size=4))
def test_every_row_of_any_document_is_traceable(made, parts):
    holds(made(*parts))


def folded(table):
    return table.map(lambda cell: fold(cell) if isinstance(cell, str) else cell)


@pytest.mark.parametrize("widths", [HALF, FULL], ids=["half", "full"])
def test_a_shipped_document_says_the_same_in_another_width(known, made, widths):
    other = made(text=known.policy.text.translate(widths))
    for name in schema.SOURCE_TABLES[1:]:
        one, two = (
            folded(getattr(found, name)).drop(columns=["doc", "target"], errors="ignore") for found in (known, other)
        )
        assert one.equals(two), name


def test_a_shipped_document_says_the_same_with_other_line_ends(known, made):
    other = made(text=known.policy.text.replace("\n", "\r\n"))
    told = ["section", "clause", "indicator", "comparator", "value", "value_max", "unit", "year", "commitment"]
    assert known.targets[told].equals(other.targets[told])
    assert known.clauses["title"].equals(other.clauses["title"])


def test_missing_is_missing(made):
    found = made("聚焦。", "新增企业123456789012345678901234567890家。")
    row = found.quantities.set_index("unit").loc["家"]
    assert row["value"] != row["value"]
    assert found.budgets.empty
    assert found.documents["year"].isna().all()


def test_a_document_prints_its_counts(made):
    assert repr(made("", "新增企业5家。")).startswith(
        "东海区 (east): 2 sections, 3 clauses, 3 responsibilities, 1 quantities"
    )


def test_stacking_keeps_every_row(made):
    one, two = made("", "新增企业5家。"), document.load("lucheng", corrections="none")
    stacked = document.stack([one, two])
    assert list(stacked) == list(schema.SOURCE_TABLES)
    for name, table in stacked.items():
        assert len(table) == len(getattr(one, name)) + len(getattr(two, name))
        assert table.dtypes.equals(getattr(two, name).dtypes), name


def test_a_document_may_have_another_table(made):
    one = made("新增企业5家。", "新增企业5家、项目6个。")
    other = one.having(targets=one.targets.tail(1))
    assert other.targets["value"].tolist() == [row["value"] for row in other.rows["targets"]] == [6]
    assert (len(one.targets), len(other.clauses)) == (3, len(one.clauses))
    assert other.of_part(0).targets["value"].tolist() == [6]


def test_loading_again_gives_the_same(known):
    again = document.load(known.doc, corrections="none")
    for name in schema.SOURCE_TABLES:
        assert getattr(again, name).equals(getattr(known, name))


@pytest.mark.parametrize("data", [None, "data"])
def test_a_document_is_known_by_id_or_path(data):
    root = Path(document.__file__).resolve().parents[2]
    by_id = document.load("lucheng", data=data and root / data, corrections="none")
    by_path = document.load(next(root.glob("data/raw/002*.txt")), corrections="none")
    assert by_id.documents["sha256"].tolist() == by_path.documents["sha256"].tolist()
    assert by_id.targets["value"].equals(by_path.targets["value"])


def test_an_unknown_table_is_an_error_that_lists_them():
    with pytest.raises(PolicyError, match="table target: no such table; one of: documents, parts, sections, clauses"):
        schema.columns("target")


def test_a_table_that_breaks_the_contract_is_refused(made):
    found = made("", "新增企业5家。").targets
    with pytest.raises(PolicyError, match="table targets: column unit is missing; see the data dictionary"):
        schema.check("targets", found.drop(columns="unit"))
    with pytest.raises(PolicyError, match="table targets: comparator is over; one of: at_least, at_most"):
        schema.check("targets", found.assign(comparator="over"))


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def many(tmp_path):
    """As many small documents as make a second process worth while."""
    paths = [tmp_path / f"d{number:02}.txt" for number in range(parallel.MANY)]
    for number, path in enumerate(paths):
        path.write_text(f"某区若干政策\n一、甲\n1.加强创新。新增企业{number}家。\n2.引进人才。\n", encoding="utf-8")
    return paths


@pytest.mark.parametrize("workers", [1, 2])
def test_many_documents_are_read_in_their_order(many, workers):
    found = document.load_many(many, workers=workers)
    assert [one.doc for one in found] == [path.stem for path in many]
    assert [one.targets["value"].tolist() for one in found] == [[number] for number in range(len(many))]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_broken_document_among_many_is_named(many, workers):
    many[7].write_bytes(b"")
    with pytest.raises(PolicyError, match=r"d07.txt: the file is empty; save the text") as error:
        document.load_many(many, workers=workers)
    assert error.value.where == ""


def test_tables_that_are_loaded_are_taken_as_they_are(many):
    one = document.load(many[0])
    assert document.load_many([one, many[1]])[0] is one
    assert document.load(one) is one


@pytest.mark.parametrize(("kind", "count", "shown"), [
    (Terminal, parallel.MANY, True), (Terminal, parallel.MANY - 1, False), (io.StringIO, parallel.MANY, False),
])  # fmt: skip
def test_a_bar_is_shown_on_a_terminal_for_many_documents(kind, count, shown, many, monkeypatch):
    screen = kind()
    monkeypatch.setattr("sys.stderr", screen)
    document.load_many(many[:count])
    assert bool(screen.getvalue()) == shown


def test_files_of_one_name_are_told_apart_by_their_folders(many, tmp_path):
    paths = [tmp_path / place / name for place in ("福建省", "浙江省") for name in ("2023.txt", "2024.txt", "2024.md")]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(many[3].read_bytes())
    ids = [one.doc for one in document.load_many([*paths[:2], *paths[3:], many[0]])]
    assert ids == ["福建省-2023", "福建省-2024", "浙江省-2023", "浙江省-2024-txt", "浙江省-2024-md", many[0].stem]
    assert document.load_many(paths[:1])[0].doc == "2023"
    assert comparison.compare(paths[0], paths[3], corrections="none").right.doc == "浙江省-2023"


def test_one_document_twice_is_told(many):
    with pytest.raises(PolicyError, match=r"d03.txt, .*d03.txt: two documents have the same id"):
        document.load_many([*many, many[3]])


def test_an_id_names_one_target_where_the_numbers_of_clauses_begin_anew(other):
    for tables in other.sides.values():
        assert tables.targets["target"].is_unique
