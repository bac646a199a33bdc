"""Many documents: every clause in one measure, two documents as in their alignment, and what the reference says."""

import csv
from itertools import combinations

import numpy as np
import pytest

import policycmp
from policycmp import document, reading
from policycmp.errors import PolicyError
from policycmp.many import measures

REFERENCE = reading.data_folder() / "reference"
FOUR = ("longwan", "lucheng", "yunxi", "lingang")
HEAD = "某区若干政策\n一、强化科技创新（区科技局牵头）\n"


def load(doc):
    own = REFERENCE / "texts" / f"{doc}.txt"
    return document.load(own if own.exists() else doc, corrections="none")


@pytest.fixture(scope="module")
def four():
    return policycmp.matrix([load(doc) for doc in FOUR], corrections="none")


def own(matrix):
    """The rows that place a clause: not those that mention it beside another measure."""
    return matrix.measures[matrix.measures["part"] != "partial"]


def groups(matrix):
    """The measures as sets of clauses."""
    rows = own(matrix)
    return {frozenset(zip(part["doc"], part["clause"], strict=True)) for _, part in rows.groupby("measure")}


def write(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(HEAD + text, encoding="utf-8")
    return [folder / f"{name}.txt" for name in texts]


def test_every_clause_stands_in_one_measure(four):
    rows = own(four)
    clauses = document.stack(four.documents)["clauses"]
    places = ["doc", "section", "clause"]
    assert sorted(map(tuple, rows[places].to_numpy())) == sorted(map(tuple, clauses[places].to_numpy()))
    mains = rows[rows["part"] == "main"]
    assert not mains.duplicated(["measure", "doc"]).any()
    assert set(mains["measure"]) == set(rows["measure"]) == set(range(1, rows["measure"].max() + 1))
    partial = four.measures[four.measures["part"] == "partial"]
    assert len(partial)
    assert not four.measures.duplicated(["measure", *places]).any()


def test_a_cell_holds_two_clauses_in_part_at_most_and_those_the_most_alike():
    kept = measures._closest([0, 1, 2, 3, 4], [4], {0: 0.1, 1: 0.3, 2: 0.2, 3: 0.1, 4: 0.9}, np.array([0, 0, 0, 1, 1]))
    assert kept == [1, 2, 3]


def test_two_documents_stand_as_in_their_alignment(shipped):
    matrix = policycmp.matrix([shipped.left, shipped.right], corrections="none")
    of = {(row["doc"], row["clause"]): row["measure"] for row in own(matrix).to_dict("records")}
    listed = {(row["doc"], row["clause"], row["measure"]) for row in matrix.measures.to_dict("records")}
    relations = {}
    for row in shipped.alignment.to_dict("records"):
        one, two = (("longwan", row["left_clause"]), ("lucheng", row["right_clause"]))
        relations[one, two] = row["relation"]
        if row["relation"] == "same":
            assert of[one] == of[two]
        elif row["relation"] == "partial":
            assert (*one, of[two]) in listed
            assert (*two, of[one]) in listed
        else:
            alone = one if row["relation"] == "left_only" else two
            assert list(of.values()).count(of[alone]) == 1
    for group in groups(matrix):
        for one, two in combinations(sorted(group), 2):
            assert one[0] == two[0] or relations[one, two] == "same"


def test_two_documents_have_the_target_pairs_and_sections_of_their_comparison(shipped):
    matrix = policycmp.matrix([shipped.left, shipped.right], corrections="none")
    table = matrix.targets.groupby("group")["target"].agg(tuple)
    expected = shipped.target_pairs[["left_target", "right_target"]].itertuples(index=False, name=None)
    assert {pair for pair in table if len(pair) == 2} == set(expected)
    amounts = matrix.budgets.groupby("group")["amount_yuan"].agg(tuple)
    pairs = shipped.budget_pairs[["left_amount_yuan", "right_amount_yuan"]].itertuples(index=False, name=None)
    assert [str(pair) for pair in amounts] == [str(tuple(pair)) for pair in pairs]


def test_every_target_and_section_stands_in_one_group(four):
    stacked = document.stack(four.documents)
    assert sorted(four.targets["target"]) == sorted(stacked["targets"]["target"])
    assert not four.targets.duplicated(["group", "doc"]).any()
    assert len(four.budgets) == len(stacked["sections"])
    assert not four.budgets.duplicated(["group", "doc"]).any()
    for _, group in four.targets.groupby("group"):
        known = group["relative"].dropna()
        plain = ~group["comparator"].isin(["top", "range"])
        assert len(known) == (plain.sum() if plain.sum() > 1 else 0)
        assert not len(known) or known.max() == 1
        assert len(group) > 1 or not len(known)
    of = own(four).set_index(["doc", "section", "clause"])["measure"]
    inside = four.targets[four.targets["clause"] > 0]
    assert [of[place] for place in zip(inside["doc"], inside["section"], inside["clause"], strict=True)] == list(
        inside["measure"]
    )
    assert four.targets[four.targets["clause"] == 0]["measure"].isna().all()


def test_the_order_of_the_documents_changes_no_measure(four):
    turned = policycmp.matrix(four.documents[::-1], corrections="none")
    assert groups(turned) == groups(four)
    assert [one.doc for one in turned.documents] == list(FOUR[::-1])


@pytest.mark.parametrize("docs", [FOUR, (*FOUR, "binhai")])
def test_the_reference_pairs_stand_together(docs, four):
    matrix = four if docs == FOUR else policycmp.matrix([load(doc) for doc in docs], corrections="none")
    of = {(row["doc"], row["clause"]): row["measure"] for row in own(matrix).to_dict("records")}
    together, right, found = 0, set(), set()
    with (REFERENCE / "alignment.csv").open(encoding="utf-8-sig", newline="") as file:
        pairs = [row for row in csv.DictReader(file) if row["relation"] == "same"]
    for row in pairs:
        one, two = ((row[side], int(row[f"{side}_clause"])) for side in ("left", "right"))
        together += of[one] == of[two]
        right.add(frozenset((one, two)))
    for group in groups(matrix):
        found |= {frozenset(pair) for pair in combinations(group, 2)
                  if {doc for doc, _ in pair} in ({"longwan", "lucheng"}, {"yunxi", "lingang"})}  # fmt: skip
    assert len(pairs) == 53
    assert together >= 52  # longwan 16 stands nearer to a clause of lingang
    assert not found - right


def corrected(folder, rows):
    (folder / "corrections").mkdir()
    text = "left,right,left_clause,right_clause,relation\n" + rows
    (folder / "corrections" / "alignment.csv").write_text(text, encoding="utf-8")
    return folder / "corrections"


def test_what_a_researcher_decides_holds_for_the_measures(tmp_path):
    docs = ("longwan", "lucheng", REFERENCE / "texts" / "yunxi.txt")
    where = corrected(tmp_path, "longwan,lucheng,9,7,same\nlucheng,yunxi,11,9,reject\nlongwan,lucheng,2,2,reject\n")
    found = groups(policycmp.matrix(docs, corrections=where))
    assert [group for group in found if {("longwan", 9), ("lucheng", 7)} <= group]  # 9 with 8 and 8 with 7 are nearer
    assert not [group for group in found if {("lucheng", 11), ("yunxi", 9)} <= group]  # not by way of longwan either
    assert not [group for group in found if {("longwan", 2), ("lucheng", 2)} <= group]


def test_the_parent_stands_first_and_its_clauses_are_kept_changed_or_new(tmp_path):
    clauses = {"科技": "支持企业实施科技攻关项目5项，建设创新联合体。", "公路": "改造农村公路30公里，完善公交线网。",
               "养老": "办好老年食堂，新增床位200张。", "旅游": "打造滑雪品牌，接待游客50万人次。"}  # fmt: skip

    def text(**changes):
        lines = (clauses | changes).items()
        kept = [(title, line) for title, line in lines if line]
        return "".join(f"{n}.做好{title}。{line}（责任单位：区{title}局）\n" for n, (title, line) in enumerate(kept, 1))

    city = clauses["科技"].replace("5项", "50项")
    files = write(tmp_path, one=text(公路=None), city=text(科技=city), two=text(绿化="新建公园3个，植树造林400亩。"))
    matrix = policycmp.matrix(files, parent=files[1], corrections="none")
    assert [one.doc for one in matrix.documents] == ["city", "one", "two"]
    assert matrix.parent == "city"
    said = {(row["doc"], row["title"][2:]): row["change"] for row in own(matrix).to_dict("records")}
    assert {title: said["one", title] for title in ("科技", "养老", "旅游")} == {
        "科技": "changed", "养老": "kept", "旅游": "kept"
    }  # fmt: skip
    assert said["two", "绿化"] == "new"
    assert {change for (doc, _), change in said.items() if doc == "city"} == {""}
    table = matrix.changes
    assert table[(table["change"] == "gone") & (table["kind"] == "clause")][["new_doc", "old"]].to_numpy().tolist() == [
        ["one", "做好公路"]
    ]
    lowered = table[table["change"] == "lowered"]
    assert lowered[["new_doc", "old_value", "new_value"]].to_numpy().tolist() == [["one", 50, 5], ["two", 50, 5]]


def test_the_pairs_with_the_parent_make_the_measures(four):
    matrix = policycmp.matrix(four.documents, parent="longwan", corrections="none")
    of = {(row["doc"], row["clause"]): row["measure"] for row in own(matrix).to_dict("records")}
    for one in four.documents[1:]:
        table = policycmp.compare(four.documents[0], one, corrections="none").alignment
        table = table[table["relation"] == "same"].drop_duplicates("left_clause", keep=False)  # one answers one
        for clause, rows in table.groupby("right_clause"):
            assert of[one.doc, clause] in {of["longwan", left] for left in rows["left_clause"]}


def test_values_are_compared_in_one_unit(tmp_path):
    files = write(
        tmp_path,
        a="1.新增绿地。新增绿地面积30亩。\n2.加强人才工作。\n",
        b="1.新增绿地。新增绿地面积1公顷。\n2.加强人才工作。\n",
    )
    table = policycmp.matrix(files, corrections="none").targets
    assert table[["group", "value", "unit", "relative"]].to_numpy().tolist() == [[1, 30, "亩", 1], [1, 1, "公顷", 0.5]]


def test_the_parent_may_be_one_of_the_documents_or_another(shipped):
    pair = [shipped.left, shipped.right]
    assert policycmp.matrix(pair, parent="lucheng", corrections="none").documents[0].doc == "lucheng"
    assert policycmp.matrix(pair[:1], parent="lucheng", corrections="none").documents[1].doc == "longwan"
    assert policycmp.matrix(pair, corrections="none").changes.empty


@pytest.mark.parametrize("sources", [[], ["longwan"]])
def test_fewer_than_two_documents_are_refused(sources):
    with pytest.raises(PolicyError, match="name two or more"):
        policycmp.matrix(sources)


def test_two_documents_of_one_id_are_refused():
    with pytest.raises(PolicyError, match="longwan, longwan: two documents have the same id"):
        policycmp.matrix(["longwan", "longwan"])


def test_the_summary_counts_what_others_have(four):
    summary = four.summary()
    assert list(summary.index) == list(FOUR)
    assert summary["条"].tolist() == [40, 41, 20, 18]
    times = own(four).groupby("measure")["doc"].nunique()
    assert summary["条（共有）"].sum() == own(four)["measure"].isin(times.index[times > 1]).sum()
