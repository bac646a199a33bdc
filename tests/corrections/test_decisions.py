"""The files of corrections: what they say, and what is told of a file that is at fault."""

import dataclasses
import pickle

import pytest

from policycmp.corrections import Corrections, decisions
from policycmp.errors import PolicyError

HEADER = b"doc,clause,as_written,action\n"


@pytest.fixture
def quantities(tmp_path):
    """A function from the bytes of quantities.csv to its rows."""

    def read(content):
        (tmp_path / "quantities.csv").write_bytes(content)
        return Corrections.read(tmp_path).of("quantities")

    return read


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe\x00", "quantities.csv: the bytes are no UTF-8 text; save it as CSV UTF-8"),
        (b"doc,clause\n", "column as_written is missing; its header row needs doc, clause, as_written, action"),
        (b"doc,clause,as_written,action,what\n", "column what is unknown; one of: doc, clause"),
        (b"", "column doc is missing"),
        (HEADER + b"east,1,30\n", "row 2: the row has another number of cells than the header"),
        (HEADER + b"east,1,30,remove,x\n", "row 2: the row has another number of cells"),
        (b"# mine\n" + HEADER + b"# that\neast,1\n", "row 4: the row has another number of cells"),
    ],
)
def test_a_broken_file(quantities, content, message):
    with pytest.raises(PolicyError, match=message):
        quantities(content)


def test_a_row_knows_its_cells_and_its_lines(quantities):
    (row,) = quantities(b"\xef\xbb\xbf# mine\n" + HEADER + b'# that\neast, 1 ,"3\n0",remove\n')
    assert row.cells == {"doc": "east", "clause": "1", "as_written": "3\n0", "action": "remove"}
    assert (row.numbers, row.row, row.docs) == ((4, 5), 5, ("east",))
    assert row.line == 'east, 1 ,"3\n0",remove'
    assert str(row.fault("cells")).endswith(
        "quantities.csv, row 5: the row has another number of cells than the header; mend it"
    )


def test_a_pair_of_targets_is_about_the_documents_in_their_ids(tmp_path):
    lines = "left_target,right_target,decision\n三-001-01,two-x-s02c001-03,accept\n"
    (tmp_path / "target_pairs.csv").write_text(lines, encoding="utf-8")
    assert [row.docs for row in Corrections.read(tmp_path).rows] == [("三", "two-x")]


def test_the_folder_is_the_one_given_or_that_of_the_data_or_none(tmp_path):
    assert decisions.folder_of(None, tmp_path) == tmp_path / "overrides"
    assert decisions.folder_of(tmp_path, tmp_path / "data") == tmp_path
    assert decisions.folder_of("none", tmp_path) is None
    with pytest.raises(PolicyError, match='nowhere: no such folder of corrections; give a folder, or "none"'):
        decisions.folder_of(tmp_path / "nowhere", tmp_path)


def test_corrections_are_a_value(quantities):
    one, two = (Corrections(tuple(quantities(HEADER + b"%s,1,5,remove\n" % doc))) for doc in (b"east", b"west"))
    assert [row.cells["doc"] for row in (one + two).rows] == ["east", "west"]
    assert one == one + Corrections.none() != two
    assert pickle.loads(pickle.dumps(one + two)) == one + two
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.rows = ()
