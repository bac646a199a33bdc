"""The explorer without a browser: what is asked, corrected, saved, uploaded and exported."""

import gc
import io
import shutil
import zipfile
from pathlib import Path

import docx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policycmp import charts, compare, files
from policycmp.asking import filters
from policycmp.corrections import decisions, journal
from policycmp.corrections.book import Book
from policycmp.errors import PolicyError
from policycmp.explorer import exchange, session, view
from policycmp.explorer.exchange import Uploads
from policycmp.explorer.session import Session

ROOT = Path(__file__).resolve().parents[2]
HEAD = "left,right,left_clause,right_clause,relation,reason\n"


@pytest.fixture
def window(data):
    session = Session("longwan", "lucheng", data=data, out=data.parent / "out")
    session.key = session.keys[0]
    return session


def written(data):
    return {path.name: path.read_text(encoding="utf-8-sig") for path in (data / "overrides").iterdir()}


def relation(found, left, right):
    """The relation and the origin of two clauses, by their numbers."""
    table = found.alignment
    rows = table[(table["left_clause"] == left) & (table["right_clause"] == right)]
    return tuple(rows[["relation", "origin"]].to_numpy().tolist()[0]) if len(rows) else None


def as_before(window):
    """Everything that an error must leave as it was."""
    tables = [window.comparison.alignment, window.comparison.left.quantities, window.comparison.target_pairs]
    state = (window.key, dict(window.filters), window.book and window.book.rows, dict(window.documents), window.sources)
    return state, [table.to_csv() for table in tables]


# --- asking -------------------------------------------------------------------------------------------------------


def test_it_opens_at_the_pair_that_tells_most_and_moves_round(data):
    window = Session("longwan", "lucheng", data=data)
    far = compare("longwan", "lucheng", corrections="none").target_pairs
    times = far["ratio"].map(lambda ratio: max(ratio, 1 / ratio))
    assert (window.focus["left_clause"], window.focus["right_clause"]) == tuple(
        far.loc[times.idxmax(), ["left_clause", "right_clause"]]
    )
    window.key = window.keys[0]
    window.step(-1)
    assert window.key == window.keys[-1]
    window.step(2)
    assert window.key == window.keys[1]


def test_questions_move_the_focus_only_where_they_must(window):
    window.key = ((2, 11), (2, 10))
    window.ask(text="专精特新", differing=True)
    assert window.key == ((2, 11), (2, 10)) and len(window.rows) == 1
    window.ask(text=None, differing=False, section=3)
    assert window.filters == {"section": 3} and window.key == window.keys[0] == ((3, 12), (3, 11))
    window.ask(relation="left_only")
    assert window.keys == [] and window.key == view.NOWHERE and window.focus == {}
    window.step(1)
    assert window.key == view.NOWHERE
    window.ask(relation=None)
    assert window.key == window.keys[0]


def test_how_far_apart_asks_for_pairs_of_targets(window):
    window.ask(ratio=5)
    far = window.far_apart
    times = far["ratio"].map(lambda ratio: max(ratio, 1 / ratio)).tolist()
    assert times == sorted(times, reverse=True) and min(times) >= 5
    window.scope = "listed"
    assert window.chosen().target_pairs["left_target"].tolist() == far["left_target"].tolist()
    assert window.holding("left", far["left_target"].iloc[0]) in window.keys
    window.ask(ratio=None)
    assert window.far_apart is None


def test_a_question_that_cannot_be_asked_changes_nothing(window):
    before = as_before(window)
    with pytest.raises(PolicyError, match="option section"):
        window.ask(section=99)
    assert as_before(window) == before


QUESTIONS = st.fixed_dictionaries(
    {},
    optional={
        "section": st.integers(1, 8), "relation": st.sampled_from(["same", "partial"]), "text": st.text(max_size=2),
        "similarity": st.tuples(st.floats(0, 0.5), st.floats(0.5, 1)), "ratio": st.floats(1, 4),
        "doubtful": st.booleans(), "function": st.sampled_from(["教育", "交通"]),
        "side": st.sampled_from(["left", None]),
    },
)  # fmt: skip


def run(session) -> dict[str, object]:
    """What the lines of Python give, on a comparison that is there: its own line is looked at elsewhere."""
    names: dict[str, object] = {"comparison": session.comparison}
    lines = exchange.code(session).splitlines()
    exec("\n".join(line for line in lines[:-1] if not line.startswith("comparison =")), names)
    return names | {"chart": lines[-1]}


@given(QUESTIONS)
@settings(max_examples=12)
def test_the_code_gives_the_same_tables(shipped, questions):
    shipped.filters, shipped.scope = {}, "listed"
    shipped.ask(**questions)
    names = run(shipped)
    pd.testing.assert_frame_equal(names["rows"], shipped.rows)
    for name in ("targets", "budgets", "incentives"):
        pd.testing.assert_frame_equal(names[name], getattr(shipped.chosen(), f"{name[:-1]}_pairs"))


@pytest.mark.parametrize("key", [((2, 11), (2, 10)), ((1, 5), None)])
def test_the_code_of_a_pair_draws_each_of_its_charts(shipped, key):
    """Whether the filters leave it or not."""
    shipped.filters, shipped.scope, shipped.size = {}, "selected", "column"
    shipped.ask(section=3)
    shipped.key = key
    for shipped.chart in view.CHARTS:
        names = run(shipped)
        assert filters.keys(names["pair"]) == [key]
        drawn = charts.read_back(eval(names["chart"], names))
        pd.testing.assert_frame_equal(drawn, charts.read_back(exchange.draw(shipped)))


@pytest.fixture(scope="module")
def shipped():
    return Session("longwan", "lucheng", corrections="none")


def test_the_code_names_the_data_and_the_folder_of_corrections(window, data, monkeypatch):
    monkeypatch.chdir(ROOT)  # whose data/ is taken
    assert f"data={str(data)!r})" in exchange.code(window)
    other = Session("longwan", "lucheng", corrections=data / "overrides", lang="en")
    told = f"data={str(ROOT / 'data')!r}, corrections={str(data / 'overrides')!r}, lang='en')"
    assert told in exchange.code(other)
    monkeypatch.setenv("POLICYCMP_DATA", str(data))
    assert f"os.environ['POLICYCMP_DATA'] = {str(data)!r}" in exchange.code(other)


def test_the_scope_narrows_targets_and_budgets(window):
    window.key = ((2, 11), (2, 10))
    assert window.chosen().target_pairs["left_clause"].tolist() == [11]
    window.scope = "listed"
    window.ask(section=2)
    assert set(window.chosen().target_pairs["section"]) == {2} and len(window.chosen().alignment) == len(window.rows)


# --- correcting ---------------------------------------------------------------------------------------------------


def test_a_decision_is_seen_at_once_and_written_only_by_save(window, data):
    window.key = ((3, 15), (3, 13))
    window.decide("same", "两条说的是一回事")
    assert relation(window.comparison, 15, 13) == ("same", "override")
    assert written(data) == {} and window.book.unsaved
    window.save()
    assert written(data)["alignment.csv"].splitlines()[1].startswith("longwan,lucheng,15,13,same,两条说的是一回事")
    again = Session("longwan", "lucheng", data=data)
    pd.testing.assert_frame_equal(again.comparison.alignment, window.comparison.alignment)
    pd.testing.assert_frame_equal(compare("longwan", "lucheng", data=data).alignment, window.comparison.alignment)


def test_accepting_keeps_the_relation_and_marks_it(window):
    window.accept("看过")
    assert window.reasons() == ["看过"]
    assert relation(window.comparison, 1, 1) == ("same", "override")


def test_rejecting_parts_the_pair_and_the_focus_stays_with_its_clause(window):
    window.decide("reject")
    assert relation(window.comparison, 1, 1) is None
    assert window.key == ((1, 1), None) and window.focus["relation"] == "left_only"
    window.undo()
    assert relation(window.comparison, 1, 1) == ("same", "computed")
    window.redo()
    assert window.focus["origin"] == "override"


def test_a_clause_gets_another_counterpart_in_one_step(window):
    window.key = ((3, 15), (3, 15))
    (side, place, similarity) = window.others()[0]
    assert (side, place) == ("right", (3, 13)) and similarity == pytest.approx(0.2014, abs=1e-4)
    window.decide("same", "改配", other=("right", (3, 12)))
    assert window.key == ((3, 15), (3, 12)) and window.focus["origin"] == "override"
    assert relation(window.comparison, 15, 15) is None
    window.decide("partial", other=("left", (3, 14)))
    assert window.key == ((3, 14), (3, 12)) and relation(window.comparison, 15, 12) is None
    window.undo()
    window.undo()
    assert relation(window.comparison, 15, 15) == ("same", "computed")


def test_a_clause_without_counterpart_gets_one_or_is_confirmed(window):
    window.key = ((1, 5), None)
    (side, place, _) = window.others()[0]
    assert side == "right"
    window.accept()
    assert window.book.rows[0].cells["right_clause"] == str(place[1])
    assert (window.key, window.focus["relation"], window.focus["origin"]) == (((1, 5), None), "left_only", "override")
    window.decide("partial", other=("right", (8, 33)))
    assert window.key == ((1, 5), (8, 33))
    with pytest.raises(PolicyError, match="the clause has no counterpart; name one"):
        window.key = ((4, 17), None)
        window.decide("same")


def test_a_number_is_put_right_and_its_targets_follow(window, data):
    table = window.comparison.left.quantities
    number = table.index[table["as_written"].eq("150") & table["clause"].eq(1)][0]
    window.fix("left", number, "value", "160", "笔误")
    assert window.comparison.left.targets.query("clause == 1")["value"].tolist()[0] == 160
    window.fix("left", number, "role", "reference")
    assert window.comparison.left.targets.query("clause == 1")["value"].tolist()[0] != 160
    window.save()
    again = Session("longwan", "lucheng", data=data).comparison.left.quantities.iloc[number]
    assert (again["value"], again["role"], again["origin"]) == (160, "reference", "override")


def test_the_second_of_two_equal_numbers_is_the_one_that_changes(window):
    table = window.comparison.right.quantities
    same = table.groupby(["section", "clause", "as_written"]).indices
    first, second = next(rows for rows in same.values() if len(rows) == 2)
    window.fix("right", second, "value", "777")
    after = window.comparison.right.quantities["value"]
    assert after[second] == 777 and after[first] == table["value"][first]


def test_a_number_that_becomes_a_target_is_a_firm_one(window):
    table = window.comparison.left.quantities
    number = table.index[table["role"].eq("condition")][0]
    window.fix("left", number, "role", "target")
    assert window.comparison.left.quantities["commitment"][number] == "firm"


def test_targets_are_paired_and_parted(window):
    row = window.comparison.target_pairs.iloc[0]
    near = window.comparison.target_candidates.iloc[0]
    window.judge(row["left_target"], row["right_target"], "reject")
    window.judge(near["left_target"], near["right_target"], "accept", "同一件事")
    found = window.comparison.target_pairs
    assert not found["left_target"].eq(row["left_target"]).any()
    assert found.loc[found["origin"] == "override", "left_target"].tolist() == [near["left_target"]]


def test_a_correction_that_fails_leaves_everything(window):
    before = as_before(window)
    with pytest.raises(PolicyError, match=r"quantities\.csv, row 2: value is 'zwölf'; give a number") as caught:
        window.fix("left", 3, "value", "zwölf")
    assert "policycmp-" not in str(caught.value) and str(window.book.where) in str(caught.value)
    assert as_before(window) == before and not window.book.can[1]


def test_what_is_seen_needs_no_file(window, monkeypatch):
    """The comparison follows from the corrections in memory."""
    monkeypatch.setattr(Path, "write_bytes", None)
    monkeypatch.setattr(journal.Journal, "write", lambda *rows: None)
    monkeypatch.setattr(files, "replacing", None)
    window.decide("reject")
    assert relation(window.comparison, 1, 1) is None


def test_undo_and_redo_bring_back_the_same_tables(window):
    states = [as_before(window)]
    for act in (
        lambda: window.decide("reject"),
        lambda: window.fix("left", 5, "unit", "万家"),
        lambda: window.decide("reject", other=window.others()[0][:2]),
    ):
        act()
        states.append(as_before(window))
    for step, expected in ((window.undo, states[-2::-1]), (window.redo, states[1:])):
        for state in expected:
            step()
            assert as_before(window)[1] == state[1]


def test_any_correction_can_be_withdrawn(window):
    window.decide("reject", "一")
    window.fix("left", 5, "value", "9")
    window.withdraw(window.book.rows[0])
    assert [row.table for row in window.book.rows] == ["quantities"]
    assert relation(window.comparison, 1, 1) == ("same", "computed")
    window.undo()
    assert len(window.book.rows) == 2


def test_two_windows_on_the_same_files(window, data):
    other = Session("longwan", "lucheng", data=data)
    window.decide("partial", "我")
    other.key = ((1, 2), (1, 2))
    other.decide("reject", "你")
    window.save()
    before = written(data)
    with pytest.raises(PolicyError, match=r"alignment\.csv: another window or program changed it, nothing was saved"):
        other.save()
    assert written(data) == before
    other.reload()
    assert relation(other.comparison, 1, 1) == ("partial", "override") and relation(other.comparison, 2, 2) is None
    other.save()
    assert [line.split(",")[-3] for line in written(data)["alignment.csv"].split()[1:]] != []
    assert len(Book(data / "overrides", ("longwan", "lucheng")).rows) == 2


def test_what_is_not_saved_is_there_again_when_the_documents_are(window):
    window.decide("reject")
    rows = window.book.rows
    window.ask(section=5)
    window.open("lucheng", "longwan")
    assert window.comparison.left.doc == "lucheng" and window.filters == {} and window.unsaved == 1
    window.open("longwan", "lucheng")
    assert window.book.rows == rows and window.left_behind == []
    window.save()
    assert window.unsaved == 0


def test_what_a_lost_window_had_not_saved_is_offered_to_the_next(window, data):
    window.key = ((2, 11), (2, 10))
    window.decide("partial", "只有一半")
    new = Session("longwan", "lucheng", data=data)
    assert [len(one) for one in new.left_behind] == [1] and new.book.rows == ()
    new.resume()
    assert relation(new.comparison, 11, 10) == ("partial", "override") and new.left_behind == []
    new.undo()
    assert new.unsaved == 0
    window.undo()
    assert Session("longwan", "lucheng", data=data).left_behind == []


def test_what_was_left_behind_can_be_thrown_away(window, data):
    window.decide("reject")
    new = Session("longwan", "lucheng", data=data)
    new.forget()
    assert Session("longwan", "lucheng", data=data).left_behind == []


def test_exports_of_unlike_views_have_names_of_their_own_and_say_where_they_are_from(window, monkeypatch):
    def quick(ax, stem):
        return [files.write_csv(charts.read_back(ax), Path(f"{stem}.csv"))]

    monkeypatch.setattr(charts, "save_chart", quick)
    window.decide("partial")
    paths = exchange.write(window, "chart") + exchange.write(window, "table") + exchange.write(window, "pair")
    window.scope = "listed"
    paths += exchange.write(window, "chart") + exchange.write(window, "table")
    window.ask(differing=True)
    paths += exchange.write(window, "chart") + exchange.write(window, "table")
    assert len({path.name for path in paths}) == len(paths)
    about = paths[-1].read_text(encoding="utf-8")
    assert "更正 1 条，其中未保存 1 条" in about and "differing=True" in about and "草案" in about
    name, raw = exchange.packed(paths[:2])
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert name.endswith(".zip") and archive.namelist() == [path.name for path in paths[:2]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("left,right\n", r"alignment\.csv: column left_clause is missing"),
        (HEAD + "# gut\nlongwan,lucheng,1,1\n", r"alignment\.csv, row 3: the row has another number of cells"),
        (HEAD + "longwan,lucheng,1,1,equal,\n", r"alignment\.csv, row 2: relation is 'equal'; one of: same"),
        (HEAD + "longwan,lucheng,eins,1,same,\n", r"alignment\.csv, row 2: left_clause is 'eins'"),
        (HEAD + "longwan,lucheng,1,99,same,\n", r"alignment\.csv, row 2: lucheng has no clause 99"),
        (HEAD + "langwan,lucheng,1,1,same,\n", r"alignment\.csv, row 2: no document 'langwan'"),
    ],
)
def test_a_file_broken_by_hand_is_reported_and_never_overwritten(data, text, message):
    file = data / "overrides" / "alignment.csv"
    file.write_text(text, encoding="utf-8")
    window = Session("longwan", "lucheng", data=data)
    assert window.book is None and len(window.rows) == 45
    for act in (window.save, window.undo, window.reload, lambda: window.decide("reject")):
        with pytest.raises(PolicyError, match=message):
            act()
    assert file.read_text(encoding="utf-8") == text
    file.write_text(HEAD, encoding="utf-8")
    window.reload()
    window.key = window.keys[0]
    window.decide("reject")
    window.save()
    assert relation(window.comparison, 1, 1) is None and file.read_text(encoding="utf-8") != text


def test_without_a_folder_nothing_can_be_corrected(shipped):
    shipped.key = ((2, 11), (2, 10))
    with pytest.raises(PolicyError, match="corrections: they are switched off; give the explorer a folder"):
        shipped.decide("reject")


# --- documents and files ------------------------------------------------------------------------------------------


def test_a_new_document_is_read_on_the_spot(window, data):
    raw = (data / "raw" / "002_2d703de7b3cb8f94.txt").read_bytes()
    uploads = Uploads(window)
    report = uploads.read('../<script>"好".txt', raw)
    assert "8 个部分，41 条" in report
    (path,) = set(window.documents) - {"longwan", "lucheng"}
    assert window.documents[path][0] == "鹿城区（script-好）" and Path(path).parent == uploads.folder
    window.open("longwan", path)
    assert window.comparison.right.doc == "script-好" and repr(path) in exchange.code(window)
    window.decide("partial")
    with pytest.raises(PolicyError, match="script-好: the data folder does not know it; keep it under"):
        window.save()
    assert written(data) == {}
    key = window.key
    assert uploads.keep(path, "新城") == "script-好"
    assert window.sources == ("longwan", "script-好") and window.documents["script-好"] == ("新城", "新城")
    assert window.key == key and window.book.unsaved
    window.save()
    assert ",script-好," in written(data)["alignment.csv"]
    again = Session("longwan", "script-好", data=data)
    assert again.comparison.right.policy.district == "新城" and len(again.book.rows) == 1


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_other_formats_are_read_from_their_bytes(window, kind):
    lines = [
        "一、产业",
        "（一）培育企业。新增企业5家。（责任单位：区经信局）",
        "（二）引才。引进人才9名。（责任单位：区人社局）",
    ]
    page = "<!doctype html><meta charset=utf-8><body>" + "".join(f"<p>{line}</p>" for line in lines)
    packed = io.BytesIO()
    if kind == "docx":
        doc = docx.Document()
        for line in lines:
            doc.add_paragraph(line)
        doc.save(packed)
    uploads = Uploads(window)
    assert "1 个部分，2 条" in uploads.read(f"新.{kind}", packed.getvalue() or page.encode())
    window.open("longwan", next(path for path in window.documents if path.endswith(kind)))
    assert "引才" in set(window.rows["right_title"])


def test_a_document_of_a_known_name_is_another_document(window, data):
    raw = (data / "raw" / "002_2d703de7b3cb8f94.txt").read_bytes()
    uploads = Uploads(window)
    uploads.read("lucheng.txt", raw)
    uploads.read("lucheng.txt", raw)
    names = sorted(zh for zh, _ in window.documents.values())
    assert names == ["鹿城", "鹿城区（lucheng-2）", "鹿城区（lucheng-3）", "龙湾"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("坏.txt", b"\x00\x01\x02", r"^坏\.txt: the bytes are no text"),
        ("空.txt", b" \n", r"^空\.txt: the file is empty"),
        ("", b"", "the file is empty"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(window, name, content, message):
    before = as_before(window)
    with pytest.raises(PolicyError, match=message) as caught:
        Uploads(window).read(name, content)
    assert "\n" not in str(caught.value) and as_before(window) == before


def test_uploads_go_when_the_window_goes(window, data):
    uploads = Uploads(window)
    uploads.read("a.txt", (data / "raw" / "002_2d703de7b3cb8f94.txt").read_bytes())
    (path,) = set(window.documents) - {"longwan", "lucheng"}
    assert Path(path).exists()
    del uploads
    gc.collect()
    assert not Path(path).exists()


def test_paths_bring_their_own_corrections(tmp_path, data):
    """A text given by its path may have a folder of overrides beside it."""
    for name, file in (("a", "000_e459ca33e4b14a1f"), ("b", "002_2d703de7b3cb8f94")):
        shutil.copy(data / "raw" / f"{file}.txt", tmp_path / f"{name}.txt")
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides" / "quantities.csv").write_text(
        "doc,clause,as_written,action,value\na,1,150,change,5\n", encoding="utf-8"
    )
    window = Session(tmp_path / "a.txt", tmp_path / "b.txt", data=data)
    expected = compare(tmp_path / "a.txt", tmp_path / "b.txt", data=data)
    pd.testing.assert_frame_equal(window.comparison.left.quantities, expected.left.quantities)
    assert "override" in set(window.comparison.left.quantities["origin"])


def test_the_exports_hold_what_is_seen(window):
    window.ask(section=2)
    window.scope = "listed"
    names = [path.name for path in exchange.write(window, "table")]
    stem = "table-longwan-lucheng-listed-section-2"
    assert names[0] == f"{stem}-alignment.csv" and names[-2:] == [f"{stem}.xlsx", f"{stem}.txt"]
    table = pd.read_csv(window.out / names[0])
    assert table["left_clause"].tolist() == window.rows["left_clause"].tolist()
    window.scope, window.key = "selected", ((2, 11), (2, 10))
    names = [path.name for path in exchange.write(window, "chart")]
    assert len(pd.read_csv(window.out / "chart-longwan-lucheng-targets-2.11-2.10.csv")) == 1
    window.chart = "budgets"
    assert (
        pd.read_csv(next(path for path in exchange.write(window, "chart") if path.suffix == ".csv"))["item"].size == 1
    )


def test_every_chart_and_field_is_known():
    assert set(view.CHARTS) <= set(charts.CHARTS)
    assert set(session.FIELDS) <= set(decisions.MORE["quantities"])


def test_a_document_that_cannot_be_compared_leaves_the_window(window, tmp_path):
    (tmp_path / "bare.txt").write_text("只有一句话，没有条款，也没有数字。\n", encoding="utf-8")
    before = as_before(window)
    for other, message in (
        (tmp_path / "bare.txt", "bare.txt: no numbered clauses found"),
        ("nowhere", "no such document"),
    ):
        with pytest.raises(PolicyError, match=message):
            window.open("longwan", other)
    assert as_before(window) == before


def test_a_document_beside_itself(window):
    window.open("longwan", "longwan")
    window.decide("reject")
    assert relation(window.comparison, 1, 1) is None
    window.save()
    assert Session("longwan", "longwan", data=window.data).book.rows == window.book.rows
