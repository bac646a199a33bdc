"""What a researcher decided wins: numbers, pairs of clauses, pairs of targets; what matches nothing is an error."""

import csv

import pytest

from policycmp import comparison, document, many, schema
from policycmp.corrections import Corrections, apply
from policycmp.corrections.decisions import check_documents, read_table
from policycmp.errors import PolicyError
from policycmp.schema import Place

LEFT = """东海区若干政策
一、产业（区经信局牵头）
聚焦产业，安排资金3亿元。
（一）培育企业。新增规上工业企业30家，新增高新技术企业5家，技改5项。（责任单位：区经信局）
（二）引进人才。引进高层次人才100名。（责任单位：区人社局）
二、民生（区民政局牵头）
（三）办好养老。新增养老床位200张。（责任单位：区民政局）
"""
RIGHT = LEFT.replace("东海", "西山").replace("30家", "40家").replace("100名", "80名").replace("区经信局", "区工信局")
HEADERS = {
    "quantities": "doc section clause as_written number action role indicator value unit reason".split(),
    "alignment": "left right left_clause right_clause relation reason".split(),
    "target_pairs": "left_target right_target decision reason".split(),
}


@pytest.fixture
def pair(tmp_path):
    """The two made-up documents, a function that writes corrections, and one that compares."""
    (tmp_path / "east.txt").write_text(LEFT, encoding="utf-8")
    (tmp_path / "west.txt").write_text(RIGHT, encoding="utf-8")
    folder = tmp_path / "overrides"
    folder.mkdir()

    def write(table, *rows):
        with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, HEADERS[table])
            writer.writeheader()
            writer.writerows(rows)

    def compare():
        return comparison.compare(tmp_path / "east.txt", tmp_path / "west.txt", corrections=folder)

    def load(corrections=folder):
        return document.load(tmp_path / "east.txt", corrections=corrections)

    return write, load, compare, folder


def row(values):
    """A row of a file of corrections from `name=value` words."""
    return dict(word.split("=", 1) for word in values.split())


def quantity(values):
    return row(f"doc=east clause=1 {values}")


def numbers(found):
    return found.quantities.set_index("as_written")


def test_change_sets_columns_and_says_so(pair):
    write, load, _, _ = pair
    write("quantities", quantity("as_written=30 action=change indicator=新增企业 value=31 role=target"))
    changed = numbers(load()).loc["30"]
    assert (changed["indicator"], changed["value"], changed["origin"]) == ("新增企业", 31, "override")
    assert set(numbers(load()).drop("30")["origin"]) == {"computed"}
    assert load().targets.query("as_written == '30'")["value"].tolist() == [31]


def test_remove_takes_the_occurrence_that_is_named(pair):
    write, load, _, _ = pair
    before = load(corrections="none").quantities
    assert (before["as_written"] == "5").sum() == 2
    write("quantities", quantity("as_written=5 number=2 action=remove"))
    after = load().quantities
    assert len(after) == len(before) - 1
    assert after.loc[after["as_written"] == "5", "unit"].tolist() == ["家"]


def test_add_finds_its_place_in_the_clause(pair):
    write, load, _, _ = pair
    write(
        "quantities", row("doc=east clause=2 as_written=高层次 action=add role=target indicator=层次 value=1 unit=个")
    )
    added = numbers(load()).loc["高层次"]
    assert (added["value"], added["origin"], added["commitment"]) == (1, "override", "firm")
    assert LEFT[added["start"] : added["end"]] == added["quote"] == "高层次"
    assert load().quantities["number_start"].is_monotonic_increasing


def test_a_number_of_an_annex_is_named_by_its_part(pair, tmp_path):
    _, load, *_, folder = pair
    annex = "附件\n民生实事清单\n一、出行\n（一）建停车场。新建停车位30个，改造30个。\n二、就业\n（二）培训200人次。\n"
    (tmp_path / "east.txt").write_text(LEFT + annex, encoding="utf-8")
    header = "doc,part,clause,as_written,action,value\n"
    (folder / "quantities.csv").write_text(f"{header}east,1,1,30,change,31\neast,,1,30,change,32\n", encoding="utf-8")
    found = load().quantities
    assert found.loc[found["origin"] == "override", ["part", "value"]].to_numpy().tolist() == [[0, 32], [1, 31]]
    (folder / "quantities.csv").write_text(f"{header}east,2,1,30,change,31\n", encoding="utf-8")
    with pytest.raises(PolicyError, match="row 2: east has no clause 1"):
        load()


def test_rows_of_other_documents_are_left_alone(pair):
    write, load, _, _ = pair
    write("quantities", quantity("as_written=30 action=remove") | {"doc": "west"})
    assert "30" in numbers(load()).index


def test_none_switches_them_off(pair):
    write, load, _, _ = pair
    write("quantities", quantity("as_written=30 action=remove"))
    assert "30" not in numbers(load()).index
    assert "30" in numbers(load(corrections="none")).index


def relation(found, left, right):
    table = found.alignment
    return table[(table["left_clause"] == left) & (table["right_clause"] == right)]


def test_an_alignment_is_set_and_rejected(pair):
    write, _, compare, _ = pair
    assert relation(compare(), 1, 1)["relation"].tolist() == ["same"]
    write(
        "alignment",
        row("left=east right=west left_clause=1 right_clause=1 relation=reject reason=不同"),
        row("left=west right=east left_clause=2 right_clause=3 relation=partial"),  # written for the swapped pair
    )
    found = compare()
    assert relation(found, 1, 1).empty
    assert relation(found, 3, 2)[["relation", "origin"]].to_numpy().tolist() == [["partial", "override"]]
    alone = found.alignment.query("relation in ['left_only', 'right_only']")
    assert alone["origin"].tolist() == ["override", "override"]


def test_a_target_pair_is_rejected_and_accepted(pair):
    write, _, compare, _ = pair
    first = compare().target_pairs[["left_target", "right_target"]].to_numpy().tolist()
    assert ["east-001-01", "west-001-01"] in first
    write(
        "target_pairs",
        row("left_target=east-001-01 right_target=west-001-01 decision=reject"),
        row("left_target=west-002-01 right_target=east-003-01 decision=accept"),
    )
    found = compare().target_pairs
    pairs = found[["left_target", "right_target", "origin"]].to_numpy().tolist()
    assert ["east-003-01", "west-002-01", "override"] in pairs
    assert "east-001-01" not in found["left_target"].tolist()


Q, A, T = ("quantities", "doc=east"), ("alignment", "left=east right=west"), ("target_pairs", "")


@pytest.mark.parametrize(
    ("table", "values", "message"),
    [
        (Q, "clause=9 as_written=30 action=change", "quantities.csv, row 2: east has no clause 9; check"),
        (Q, "clause=一 as_written=30 action=change", "row 2: clause is '一'"),
        (Q, "clause=1 as_written=30 action=drop", "row 2: action is 'drop'; one of: add, change, remove"),
        (Q, "clause=1 as_written=31 action=remove", "clause 1 of east has no number '31' .*; see the table"),
        (Q, "clause=1 as_written=30 number=2 action=remove", r"no number '30' \(occurrence 2\)"),
        (Q, "clause=1 as_written=77 action=add", "'77' does not stand in clause 1 of east; write it as"),
        (Q, "clause=1 as_written=30 action=change value=多", "value is '多'; give a number"),
        (Q, "clause=1 as_written=30 action=change role=goal", "role is 'goal'; one of: target, result, budget"),
        (Q, "clause=1 as_written=30 number=0 action=remove", "row 2: number is 0; it says which .*: give 1 or more"),
        (Q, "clause=1 as_written=30 number=-1 action=change value=5", "row 2: number is -1; it says which"),
        (Q, "clause=1 as_written=30 action=add role=target", "'30' in clause 1 of east is read already; change it"),
        (A, "left_clause=9 right_clause=1 relation=same", "east has no clause 9; its clauses are"),
        (A, "left_clause=1 right_clause=9 relation=same", "west has no clause 9; its clauses are"),
        (A, "left_clause=1 right_clause=1 relation=equal", "relation is 'equal'; one of: same"),
        (T, "left_target=east-001-09 right_target=west-001-01 decision=accept", "no target east-001-09"),
        (T, "left_target=east-001-01 right_target=west-001-01 decision=yes", "decision is 'yes'; one of: accept"),
    ],
)  # fmt: skip
def test_a_row_that_matches_nothing_is_an_error_that_names_it(pair, table, values, message):
    write, _, compare, _ = pair
    write(table[0], row(f"{table[1]} {values}"))
    with pytest.raises(PolicyError, match=message):
        compare()


@pytest.mark.parametrize(
    ("table", "one", "two", "message"),
    [
        (Q, "clause=1 as_written=30 action=change value=5", "clause=1 as_written=30 number=1 action=change value=6",
         "row 3: it says '6' where line 2 says '5' about the same; delete one"),
        (A, "left_clause=1 right_clause=1 relation=same", "left_clause=1 right_clause=1 relation=reject",
         "'reject' where"),
        (T, "left_target=east-001-01 right_target=west-001-01 decision=accept",
         "left_target=west-001-01 right_target=east-001-01 decision=reject", "'reject' where line 2 says 'accept'"),
    ],
)  # fmt: skip
def test_rows_that_contradict_each_other_are_an_error_that_names_both(pair, table, one, two, message):
    write, _, compare, _ = pair
    write(table[0], row(f"{table[1]} {one}"), row(f"{table[1]} {two}"))
    with pytest.raises(PolicyError, match=message):
        compare()


def test_rows_that_say_the_same_twice_or_other_things_of_one_number_stand_together(pair):
    write, load, _, _ = pair
    own = "doc=east clause=1 as_written=30 action=change"
    write("quantities", row(f"{own} value=5"), row(f"{own} value=5"), row(f"{own} unit=户"))
    target = load().targets.iloc[0]
    assert (target["value"], target["unit"]) == (5, "户")


def test_a_pair_of_targets_of_a_document_that_nobody_knows_is_an_error(pair):
    write, _, _, folder = pair
    write("target_pairs", row("left_target=eest-001-01 right_target=west-001-01 decision=accept"))
    with pytest.raises(PolicyError, match=r"target_pairs\.csv, row 2: no document 'eest'; one of: east, west"):
        check_documents(Corrections.read(folder), ["east", "west"])


def test_a_section_tells_clauses_of_one_number_apart(tmp_path):
    """Where the numbers begin again in each section."""
    text = LEFT.replace("（三）", "（一）")
    for name in ("east", "west"):
        (tmp_path / f"{name}.txt").write_text(text.replace("东海", name), encoding="utf-8")
    (tmp_path / "alignment.csv").write_text(
        "left,right,left_section,left_clause,right_section,right_clause,relation\neast,west,2,1,2,1,reject\n",
        encoding="utf-8",
    )
    found = comparison.compare(tmp_path / "east.txt", tmp_path / "west.txt", corrections=tmp_path).alignment
    rejected = found[found["origin"] == "override"]
    assert rejected[["left_section", "relation"]].to_numpy().tolist()[0] == [2, "left_only"]
    assert found[found["left_section"] == 1]["relation"].tolist() == ["same", "same"]


def test_the_folder_and_what_was_read_from_it_say_the_same(pair):
    write, load, compare, folder = pair
    write("quantities", quantity("as_written=30 action=change value=31"))
    write("alignment", row("left=east right=west left_clause=1 right_clause=1 relation=reject"))
    value, east, west = Corrections.read(folder), folder.parent / "east.txt", folder.parent / "west.txt"
    assert load(corrections=value).quantities.equals(load().quantities)
    assert comparison.compare(east, west, corrections=value).alignment.equals(compare().alignment)
    untouched = comparison.compare(east, west, corrections=Corrections.none())
    assert set(untouched.alignment["origin"]) == set(untouched.left.quantities["origin"]) == {"computed"}


def test_a_folder_beside_the_texts_holds_for_numbers_and_pairs(pair, tmp_path):
    write = pair[0]
    write("quantities", quantity("as_written=30 action=remove"))
    write("alignment", row("left=east right=west left_clause=1 right_clause=1 relation=reject"))
    write("target_pairs", row("left_target=west-002-01 right_target=east-003-01 decision=accept"))
    (tmp_path / "data").mkdir()
    texts = [tmp_path / "east.txt", tmp_path / "west.txt"]
    found = comparison.compare(*texts, data=tmp_path / "data")
    assert "30" not in numbers(found.left).index
    assert relation(found, 1, 1).empty
    assert "override" in set(found.target_pairs["origin"])
    measures = many.matrix(texts, data=tmp_path / "data").measures.set_index(["doc", "clause"])["measure"]
    assert measures["east", 1] != measures["west", 1]
    assert measures["east", 2] == measures["west", 2]


def test_the_folder_of_the_data_is_not_applied_twice(pair, tmp_path):
    """A text that lies in the data folder itself has the same folder beside it."""
    pair[0]("quantities", quantity("as_written=5 number=1 action=remove"))
    found = document.load(tmp_path / "east.txt", data=tmp_path)
    assert (found.quantities["as_written"] == "5").sum() == 1


# --- tables and places, without documents -----------------------------------------------------------------------------

HERE = [Place(1, 1), Place(1, 2), Place(2, 1)]


@pytest.fixture
def decided(pair):
    """A function from a table and its rows to corrections."""
    write, _, _, folder = pair

    def read(table, *rows):
        write(table, *map(row, rows))
        return Corrections(tuple(read_table(folder, table)))

    return read


@pytest.mark.parametrize("docs", [("east", "west"), ("west", "east")])
def test_a_pair_may_be_named_in_either_order(decided, docs):
    """The clause or target of `east` is the same whichever side the row gives it."""
    turned = docs[0] == "west"
    clauses = decided("alignment", "left=east right=west left_clause=1 right_clause=2 relation=partial")
    kept, origins = apply.to_clauses({(0, 0): "same"}, clauses, docs, (HERE, HERE))
    new = (1, 0) if turned else (0, 1)
    assert kept == {(0, 0): "same", new: "partial"}
    assert origins == {(0, 0): "computed", new: "override"}
    targets = decided("target_pairs", "left_target=east-001-01 right_target=west-001-02 decision=accept")
    ids = [[f"{doc}-001-01", f"{doc}-001-02"] for doc in docs]
    assert apply.to_targets({(0, 0)}, targets, docs, ids) == {(0, 0): "computed", new: "override"}


def test_a_document_beside_itself_takes_the_row_as_it_is_written(decided):
    rows = decided("alignment", "left=east right=east left_clause=1 right_clause=2 relation=same")
    assert apply.to_clauses({}, rows, ("east", "east"), (HERE, HERE))[0] == {(0, 1): "same"}


def test_of_two_rows_about_the_same_the_later_one_holds(decided):
    one, two = (f"left=east right=west left_clause=1 right_clause=1 relation={it}" for it in ("same", "reject"))
    docs, places = ("east", "west"), (HERE, HERE)
    assert apply.to_clauses({}, decided("alignment", one, two), docs, places) == ({}, {(0, 0): "rejected"})
    expected = {(0, 0): "same"}, {(0, 0): "override"}
    assert apply.to_clauses({}, decided("alignment", two, one), docs, places) == expected


def test_what_was_found_is_not_changed_itself(decided):
    chosen = {(0, 0): "same"}
    rejection = decided("alignment", "left=east right=west left_clause=1 right_clause=1 relation=reject")
    apply.to_clauses(chosen, rejection, ("east", "west"), (HERE, HERE))
    assert chosen == {(0, 0): "same"}
    found = schema.complete("quantities", [{"doc": "east", "part": 0, "section": 1, "clause": 1, "as_written": "5"}])
    before, removal = str(found), decided("quantities", "doc=east clause=1 as_written=5 action=remove")
    assert apply.to_quantities(found, removal, doc="east", text="5", spans={(0, HERE[0]): (0, 1)}) == []
    assert str(found) == before
