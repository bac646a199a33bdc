"""The code keeps to data/DATA_DICTIONARY.md: every table and its columns, in their order."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycmp import export, matrix, panel, schema
from policycmp.errors import PolicyError
from policycmp.schema import Place

PAGE = (Path(__file__).resolve().parent.parent / "data" / "DATA_DICTIONARY.md").read_text(encoding="utf-8")


def written() -> dict[str, list[str]]:
    """Read each table and its columns from the page: the first line in backticks under a heading."""
    found = re.findall(r"^## ([a-z_]+)\n`([a-z_, \d]+)`$", PAGE, re.MULTILINE)
    return {name: columns.split(", ") for name, columns in found}


TABLES = written()


@pytest.mark.parametrize("name", schema.TABLES)
def test_the_page_has_every_table_with_its_columns(name):
    assert TABLES[name] == schema.columns(name)


def test_the_page_has_no_table_that_the_code_lacks():
    assert set(TABLES) == {*schema.TABLES}


def test_every_fixed_value_is_explained():
    for name, columns in schema.TABLES.items():
        for column in columns:
            for value in filter(None, column.values):
                assert f"`{value}`" in PAGE, f"{name}.{column.name} may be {value}, which the page does not name"


def test_what_a_comparison_returns_is_what_the_page_says(shipped):
    found = {name: getattr(shipped.left, name) for name in schema.SOURCE_TABLES}
    found |= export.comparison_tables(shipped)
    many = matrix([shipped.left, shipped.right], parent="longwan")
    collected = panel(corrections="none")
    found |= {"panel": collected.rows, "collection": collected.documents, "promises": collected.promises()}
    found |= {"measures": many.measures, "measure_targets": many.targets, "measure_budgets": many.budgets}
    found["changes"] = many.changes
    assert {name: list(table.columns) for name, table in found.items()} == TABLES
    for name, table in found.items():
        assert [str(dtype) for dtype in table.dtypes] == [schema.DTYPES[column.kind] for column in schema.TABLES[name]]
        schema.check(name, table)


@pytest.mark.parametrize("name", schema.TABLES)
def test_the_workbook_has_words_for_every_table_and_column(name):
    words = [*schema.ABOUT[name].sheet, *schema.ABOUT[name].about]
    words += [word for column in schema.TABLES[name] for word in column.meaning]
    assert all(words)
    assert all(len(sheet) <= 31 for sheet in schema.ABOUT[name].sheet)


def test_no_meaning_is_stale():
    names = {column.name for columns in schema.TABLES.values() for column in columns}
    own = {f"{table}.{column.name}" for table, columns in schema.TABLES.items() for column in columns}
    assert set(schema._WORDS["meaning"]) <= names | own | {name.partition("_")[2] for name in names}


@pytest.mark.parametrize("name", schema.TABLES)
def test_an_empty_table_has_its_dtypes(name):
    table = schema.frame(name, [])
    assert [str(dtype) for dtype in table.dtypes] == [schema.DTYPES[column.kind] for column in schema.TABLES[name]]
    assert schema.check(name, table) is table


def test_missing_is_missing():
    row = schema.frame("budget_pairs", [{"left_section": 1}]).iloc[0]
    assert pd.isna(row["left_amount_yuan"])
    assert row["note"] == ""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", schema.TABLES)
def test_labels_are_given_and_told_apart(name, lang):
    labels = schema.labels(name, lang)
    assert all(labels.values())
    assert len(set(labels.values())) == len(labels)


def test_a_missing_column_is_named():
    with pytest.raises(PolicyError, match="table budgets: column scope is missing"):
        schema.check("budgets", schema.frame("budgets", []).drop(columns="scope"))


def test_a_wrong_value_is_named_with_the_choices():
    table = schema.frame("budgets", [{"scope": "planet"}])
    with pytest.raises(PolicyError, match="scope is planet; one of: section, earmark, document"):
        schema.check("budgets", table)


def test_an_unknown_table_lists_the_known():
    with pytest.raises(PolicyError, match="table recipes: no such table; one of: documents"):
        schema.columns("recipes")


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_a_row_names_a_place_or_none(missing):
    row = {"left_section": 2, "left_clause": 11, "right_section": missing, "right_clause": missing}
    assert (schema.place_of(row, "left"), schema.place_of(row, "right")) == (Place(2, 11), None)
    table = schema.frame("alignment", [row])
    assert (schema.places(table, "left"), schema.places(table, "right")) == ([Place(2, 11)], [None])
    assert schema.places(schema.frame("clauses", [{"section": 0, "clause": 0}])) == [Place(0, 0)]


CELLS = {
    "text": st.none() | st.text("甲乙1", max_size=2),
    "integer": st.none() | st.integers(-9, 9),
    "number": st.none() | st.integers(-9, 9) | st.floats(-9, 9),
    "flag": st.none() | st.booleans(),
}


@given(st.data())
def test_rows_are_complete_as_those_of_their_table(data):
    columns = {column.name: CELLS[column.kind] for column in schema.TABLES["targets"]}
    rows = data.draw(st.lists(st.fixed_dictionaries({}, optional=columns | {"unknown": st.just(1)}), max_size=3))
    assert str(schema.complete("targets", rows)) == str(schema.records(schema.frame("targets", rows)))
