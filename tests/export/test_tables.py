import csv
import io
import re
import weakref
from dataclasses import replace
from functools import cache

import openpyxl
import pandas as pd
import pytest

from policycmp import cli, comparison, document, export, files, schema
from policycmp.asking import functions, spread, terms
from policycmp.errors import PolicyError
from policycmp.export import tables as writing
from policycmp.many.collection import parquet
from policycmp.shown import tables
from policycmp.shown.tables import sheets

opened = cache(openpyxl.load_workbook)  # they are only looked at


@pytest.fixture(scope="module")
def written(shipped, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    paths = [*export.write_tables([shipped.left, shipped.right], out), *export.write_comparison(shipped, out)]
    return out, paths


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def test_every_table_of_the_dictionary_is_a_file(written):
    out, paths = written
    names = {path.name for path in paths}
    assert names == {path.name for path in out.iterdir()}
    assert names >= {f"{name}.csv" for name in (*schema.SOURCE_TABLES, *schema.PAIR_TABLES)}
    assert names >= {"tables.xlsx", "comparison.xlsx", "comparison.docx", "wording.csv", "functions.csv", "terms.csv"}


@pytest.mark.parametrize("name", [*schema.SOURCE_TABLES, *schema.PAIR_TABLES])
def test_a_csv_holds_its_table(written, shipped, name):
    out, _ = written
    raw = (out / f"{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    found = rows(out / f"{name}.csv")
    table = document.stack([shipped.left, shipped.right]).get(name)
    table = getattr(shipped, name) if table is None else table
    assert len(found) == len(table)
    header = raw.decode("utf-8-sig").splitlines()[0].split(",")
    assert header[: len(schema.columns(name))] == schema.columns(name)
    for column in table.select_dtypes("number"):
        assert [float(row[column]) if row[column] else None for row in found] == [
            None if pd.isna(cell) else float(cell) for cell in table[column]
        ]


def test_a_quotation_in_a_csv_is_still_the_source(written, shipped):
    out, _ = written
    source = {side.doc: side.policy.text for side in (shipped.left, shipped.right)}
    for row in rows(out / "targets.csv"):
        assert source[row["doc"]][int(row["start"]) : int(row["end"])] == row["quote"]


@pytest.mark.parametrize("name", ["tables.xlsx", "comparison.xlsx"])
def test_a_workbook_opens_with_frozen_headers_and_filters_and_no_formula(written, name):
    book = opened(written[0] / name)
    assert len(book.sheetnames) == len(set(book.sheetnames)) >= 8
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert all(cell.value for cell in sheet[1])
    for sheet in book.worksheets[:-1]:
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.dimensions.startswith("A1")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or (cell.hyperlink and cell.hyperlink.target)]


def test_the_data_of_the_workbook_is_hidden_and_says_what_the_tables_say(written, shipped):
    book = opened(written[0] / "comparison.xlsx")
    hidden = {sheet.title for sheet in book.worksheets if sheet.sheet_state == "hidden"}
    assert hidden >= {f"{name}.csv" for name in (*schema.SOURCE_TABLES, *schema.PAIR_TABLES)}
    sheet = book["target_pairs.csv"]
    labels = schema.labels("target_pairs")
    header = [cell.value for cell in sheet[1]]
    assert header == [labels[name] for name in shipped.target_pairs.columns]
    value = header.index(labels["left_value"])
    found = [row[value].value for row in sheet.iter_rows(min_row=2)]
    assert found == shipped.target_pairs["left_value"].tolist()


@pytest.fixture(scope="module")
def english(shipped, tmp_path_factory):
    out = tmp_path_factory.mktemp("english")
    export.write_comparison(shipped.speaking("en"), out, tables=out / "tables")
    return out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_last_sheet_explains_every_sheet_and_column(written, english, lang):
    book = opened((english if lang == "en" else written[0]) / "comparison.xlsx")
    sheets, columns, sheet = {}, {}, ""
    for row in book.worksheets[-1].iter_rows(min_row=2, values_only=True):
        assert row[3], row
        if row[0]:
            sheet = row[0]
            sheets[sheet], columns[sheet] = row[5], []
        elif row[2]:
            columns[sheet].append(row[1])
    assert list(sheets) == book.sheetnames[:-1]
    for one in book.worksheets[:-1]:
        assert one.sheet_state == "visible" or columns[one.title] == [cell.value for cell in one[1]]
        assert sheets[one.title] == one.max_row - 1


def test_the_workbook_in_english(english):
    book = opened(english / "comparison.xlsx")
    names = {"findings", "read me", "alignment", "target pairs", "budget pairs", "wording", "functions", "terms"}
    assert names <= set(book.sheetnames)
    lines = book["budget pairs"].iter_rows(values_only=True)
    assert next(lines)[:4] == ("section", "Longwan", "share", "Lucheng")
    assert next(lines)[0::5] == ("1 Strengthening science, technology and innovation", "no")


def test_csv_files_have_a_folder_of_their_own_and_stay_chinese(english):
    assert {path.name for path in english.iterdir()} == {"comparison.xlsx", "comparison.docx", "tables"}
    assert {path.suffix for path in (english / "tables").iterdir()} == {".csv", ".json"}
    assert rows(english / "tables" / "budget_pairs.csv")[0]["heading"] == "强化科技创新"


def visible(book):
    return [sheet for sheet in book.worksheets[:-1] if sheet.sheet_state == "visible"]


def test_the_workbook_opens_on_findings_that_lead_to_their_rows(written, shipped):
    book = opened(written[0] / "comparison.xlsx")
    sheet = book.active
    assert sheet is book.worksheets[0] and sheet.title == "主要发现"
    told = {row[1].value: row[2] for row in sheet.iter_rows(min_row=2)}
    assert [text for text in told if text.startswith("鹿城的一份是草案")]
    (sums,) = [cell for text, cell in told.items() if text.startswith("可以直接相比的是：") and "亿元" in text]
    assert sums.hyperlink.location == "'预算对照'!A1"
    known = set(sheets.places(sheets.sheets(shipped, export.comparison_tables(shipped))))
    lines = tables.headlines(shipped, known)
    assert {one.text for one in lines} <= set(told) and all(told[one.text].hyperlink for one in lines)
    ((text, widest),) = [(text, cell) for text, cell in told.items() if text.startswith("相差最大的")]
    name, place = re.fullmatch("'(.*)'!(A[0-9]+)", widest.hyperlink.location).groups()
    assert "44倍" in text
    assert book[name][place].row == 2  # the pairs that are furthest apart stand first


def test_no_sheet_that_people_read_says_left_or_right_or_a_code(written, english):
    codes = {value for columns in schema.TABLES.values() for column in columns for value in column.values if value}
    for folder, sides in ((written[0], ("左", "右")), (english, ("left", "right"))):
        for sheet in visible(opened(folder / "comparison.xlsx")):
            heads = [cell.value for cell in sheet[1]]
            assert not [head for head in heads if head.startswith(sides)], sheet.title
            texts = {cell.value for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)}
            assert not texts & set(sides), sheet.title
            assert folder is english or not texts & codes, sheet.title
    book = opened(written[0] / "comparison.xlsx")
    words = {cell.value for row in book["全部数字"].iter_rows() for cell in row}
    assert {"不少于", "力争", "确定", "目标"} <= words
    relations = {row[5].value for row in book["条款对应"].iter_rows(min_row=2)}
    assert relations == {"相同", "部分重合", "龙湾独有", "鹿城独有"}


def test_a_number_leads_to_its_sentence_and_is_a_number(written, shipped):
    book = opened(written[0] / "comparison.xlsx")
    values = shipped.target_pairs.set_index("left_indicator")
    for row in book["目标对照"].iter_rows(min_row=2):
        for number, quote in ((row[2], row[4]), (row[5], row[7])):
            name, place = re.fullmatch("'(.*)'!(A[0-9]+)", number.hyperlink.location).groups()
            line = book[name][book[name][place].row]
            assert line[4].value == number.value
            assert quote.value in line[8].value or line[8].value in quote.value
    assert {row[2].value for row in book["目标对照"].iter_rows(min_row=2)} >= set(values["left_value"].dropna().head(5))


def test_numbers_are_printed_as_people_write_them(written):
    book = opened(written[0] / "comparison.xlsx")
    found = {}
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.data_type == "n" and cell.value is not None:
                    key = sheet.title, sheet.cell(1, cell.column).value
                    found.setdefault(key, {})[cell.value] = cell.number_format
    assert found["预算对照", "鹿城"][305_000_000] == '0\\.00,,"亿元"'
    assert '"鹿城 "0"倍"' in found["目标对照", "较大一方"].values()
    assert '0"家"' in found["独有目标", "数值"].values()
    assert set(found["预算对照", "占比"].values()) == {"0.0%"}
    assert found["budget_pairs.csv", "左金额"][1e9] == "#,##0"
    assert set(found["alignment.csv", "相似度"].values()) == {"0.00"}
    assert set(found["targets.csv", "年份"].values()) == {"General"}  # 2025, not 2,025
    assert found["targets.csv", "数值"][4.1] == "#,##0.0#####"
    for values in found.values():  # no decimal point without a decimal
        assert not [value for value, form in values.items() if form.startswith("#,##0.0") and value == int(value)]


def test_what_notebooks_show_of_wording_bodies_and_words_is_exported(written, shipped):
    out, _ = written
    assert len(rows(out / "wording.csv")) == len(spread.wording(shipped))
    assert len(rows(out / "functions.csv")) == len(functions.by_function(shipped))
    assert [row["term"] for row in rows(out / "terms.csv")] == terms.characteristic(shipped)["term"].tolist()
    book = opened(out / "comparison.xlsx")
    assert [book[name].max_row - 1 for name in ("文字异同", "职能", "特征词")] == [
        len(rows(out / f"{name}.csv")) for name in ("wording", "functions", "terms")
    ]


def test_a_printed_sheet_repeats_its_header_on_wide_a4(written):
    for sheet in opened(written[0] / "comparison.xlsx").worksheets:
        assert sheet.print_title_rows == "$1:$1" and sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert sheet.column_dimensions["A"].width > 8


def test_the_same_input_gives_the_same_bytes(shipped, written, tmp_path):
    again = comparison.compare("longwan", "lucheng", corrections="none")
    export.write_tables([again.left, again.right], tmp_path)
    export.write_comparison(again, tmp_path)
    for path in written[1]:
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_an_output_folder_is_not_emptied(shipped, tmp_path):
    (tmp_path / "mine.csv").write_text("mine")
    export.write_tables([shipped.left], tmp_path)
    assert (tmp_path / "mine.csv").read_text() == "mine"


def test_many_documents_pass_through_and_are_not_held(shipped, tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 2)
    passed = []

    def passing():
        for number in range(9):
            one = shipped.left.having(documents=shipped.left.documents.assign(doc=f"d{number}"))
            passed.append(weakref.ref(one))
            alive = sum(known() is not None for known in passed)
            assert alive <= 2 * writing.BATCH  # those that are written, and those that come
            yield one

    export.write_tables(passing(), tmp_path)
    again = pd.concat([shipped.left.targets] * 9, ignore_index=True)
    assert (tmp_path / "targets.csv").read_bytes() == files.csv_bytes(again)


TOO_MANY = {
    "duckdb": "more than 500 rows: CSV and Parquet, no workbook tables.xlsx",
    "": "more than 500 rows: CSV alone, no workbook tables.xlsx; with policycmp.corpus. installed Parquet as well",
}


@pytest.mark.parametrize("installed", TOO_MANY)
def test_too_many_rows_for_a_workbook_go_into_parquet(installed, shipped, tmp_path, monkeypatch, capsys):
    sides = {"longwan": shipped.left, "lucheng": shipped.right}
    (tmp_path / "tables.xlsx").touch()
    (tmp_path / "clauses.parquet").touch()
    monkeypatch.setattr(writing, "MOST_ROWS", 500)
    monkeypatch.setattr(writing, "BATCH", 1)
    monkeypatch.setattr(writing, "find_spec", lambda name: name == installed)
    monkeypatch.setattr("policycmp.document.load_each", lambda sources, **_: (sides[source] for source in sources))
    assert cli.main(["tables", *sides, "--office", "--out", str(tmp_path), "--lang", "en"]) == 0
    assert re.search(TOO_MANY[installed], capsys.readouterr().out)
    assert not (tmp_path / "tables.xlsx").exists(), "that of an earlier run holds other documents"
    assert {"longwan", "lucheng"} == set(pd.read_csv(tmp_path / "clauses.csv")["doc"])
    assert (tmp_path / "clauses.parquet").exists() == bool(installed)
    assert len(list(tmp_path.glob("*.parquet"))) == (len(schema.SOURCE_TABLES) if installed else 0)
    for path in tmp_path.glob("*.parquet"):
        asked = parquet.connect().sql(f"SELECT * FROM read_parquet({parquet.quoted(path)})")
        every = pd.concat([getattr(one, path.stem) for one in sides.values()], ignore_index=True)
        pd.testing.assert_frame_equal(schema.frame(path.stem, schema.records(asked.df())), every)


def test_an_output_that_is_a_file(shipped, tmp_path):
    (tmp_path / "out").write_text("mine")
    for write in (
        lambda: export.write_tables([shipped.left], tmp_path / "out"),
        lambda: export.write_comparison(shipped, tmp_path / "out"),
    ):
        with pytest.raises(PolicyError, match="out: a file has this name; give the name of a folder"):
            write()
    assert (tmp_path / "out").read_text() == "mine"


def test_a_comparison_with_nothing_in_it_can_be_written(shipped, tmp_path):
    empty = {name: getattr(shipped, name).head(0) for name in schema.PAIR_TABLES}
    paths = export.write_comparison(replace(shipped, **empty), tmp_path)
    assert all(path.exists() for path in paths)
    assert rows(tmp_path / "target_pairs.csv") == []
