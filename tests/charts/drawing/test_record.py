"""A chart as files: the table of what is drawn, where all of it is written, pictures without a date."""

import csv
import json

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from drawn import artist, draw, target

from policycmp import charts
from policycmp.errors import PolicyError
from policycmp.schema import SIDES


def test_a_chart_is_saved_as_pictures_a_table_and_its_sources_the_same_each_time(tmp_path):
    one = charts.save_chart(draw("budgets"), tmp_path / "one" / "chart.2025")
    two = charts.save_chart(draw("budgets"), str(tmp_path / "two" / "chart.2025"))
    kinds = ("png", "svg", "pdf", "csv", "json")
    assert [path.name for path in one] == [f"chart.2025.{kind}" for kind in kinds]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == sorted(path.name for path in one)


def test_saved_files_hold_fonts_and_no_date(tmp_path):
    png, svg, pdf, table, _ = charts.save_chart(draw("budgets"), tmp_path / "chart")
    assert b"/FontFile2" in pdf.read_bytes()
    assert b"/Type3" not in pdf.read_bytes()
    assert b"CreationDate" not in pdf.read_bytes()
    assert "<dc:date>" not in svg.read_text(encoding="utf-8")
    assert plt.imread(png).shape[1] == int(17 / 2.54 * 300)  # 17 cm at 300 dpi
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_text_of_an_svg_is_text_and_its_marks_have_the_ids_that_the_json_names(tmp_path):
    svg, _, record = charts.save_chart(draw("targets"), tmp_path / "chart.svg")
    drawn = svg.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".png"] == []
    assert ">新增高新技术企业</text>" in drawn and drawn.count("font-family") == 1
    ids = [name for mark in json.loads(record.read_text(encoding="utf-8"))["marks"] for name in mark["ids"]]
    assert "targets:ratio:1" in ids
    assert all(f'id="{name}"' in drawn for name in ids)


def test_a_plain_savefig_also_embeds_the_fonts_as_truetype(tmp_path):
    draw("budgets").figure.savefig(tmp_path / "plain.pdf")
    assert b"/Type3" not in (tmp_path / "plain.pdf").read_bytes()


def test_the_csv_holds_what_is_drawn(tmp_path):
    ax = draw("budgets")
    path, _ = charts.save_chart(ax, tmp_path / "chart", formats=())
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0].items()) == [
        ("row", "1"), ("item", "一、强化科技创新"), ("left", ""), ("left_text", "龙湾 未列明"),
        ("right", "3.05"), ("right_text", "鹿城 3.05亿元"),
    ]  # fmt: skip
    assert len(rows) == len(charts.read_back(ax))


def test_columns_that_only_one_chart_has_come_last():
    assert list(charts.read_back(draw("targets")).columns) == ["row", "item", "left_text", "right_text", "ratio"]
    ends = list(charts.read_back(draw("alignment_map")).columns)
    assert ends == ["row", "left_text", "right_text", "similarity", "line"]


def test_no_cell_of_the_csv_is_a_formula(tmp_path):
    cells = {"=1+1": "'=1+1", "@x": "'@x", "+86": "+86", "-5%": "-5%", "-5a": "'-5a", "好": "好"}
    ax = draw("targets", [target(1, item, 1, 2) for item in cells])
    path, _ = charts.save_chart(ax, tmp_path / "chart", formats=())
    assert pd.read_csv(path, dtype=str)["item"].tolist() == list(cells.values())


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(PolicyError, match="option formats: got 'gif'; one of: png, svg, pdf"):
        charts.save_chart(draw("budgets"), tmp_path / "new" / "chart", formats=("png", "gif"))
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_old_files_alone(tmp_path, monkeypatch):
    charts.save_chart(draw("budgets"), tmp_path / "chart", formats=("svg",))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setattr("policycmp.charts.drawing.record.read_back", lambda ax: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        charts.save_chart(draw("targets"), tmp_path / "chart", formats=("svg",))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_sidecar_that_fails_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr("policycmp.charts.drawing.record.sidecar", lambda ax: {"x": float("nan")})
    with pytest.raises(ValueError, match="not JSON compliant"):
        charts.save_chart(draw("budgets"), tmp_path / "chart", formats=())
    assert not list(tmp_path.iterdir())


def test_close_forgets_the_figure():
    charts.close(draw("budgets"))
    assert not plt.get_fignums()


def test_the_sidecar_names_its_sources_and_what_was_chosen(shipped, tmp_path):
    ax = charts.explanation(shipped, top=3, lang="en", clauses=(6, 5))
    charts.note_filters(ax, {"question": "doubtful"})
    text = charts.save_chart(ax, tmp_path / "why", formats=())[-1].read_text(encoding="utf-8")
    record = json.loads(text)
    assert list(record) == ["title", "sources", "filters", "marks"]
    assert record["title"].startswith("Similarity of 0.")
    for side, source in zip(SIDES, record["sources"], strict=True):
        own = shipped[side]
        assert source == {
            "side": side, "name": own.named("en"), "doc": own.doc,
            "source_file": own.policy.source_file, "sha256": own.policy.sha256,
        }  # fmt: skip
    assert record["filters"] == {
        "lang": "en", "size": "column", "threshold": round(shipped.aligned.threshold, 4),
        "rows_drawn": 3, "rows_available": record["filters"]["rows_available"], "clauses": [6, 5],
        "question": "doubtful",
    }  # fmt: skip
    assert text.endswith("}\n")
    assert "NaN" not in text
    assert "\\u" not in text


def test_a_changed_artist_changes_the_sidecar():
    ax = draw("budgets")
    artist(ax, "right:1").set_width(7)
    assert charts.sidecar(ax)["marks"][0]["shown"]["right"] == 7


def test_what_is_no_chart_of_ours_has_no_sources(tmp_path):
    ax = plt.subplots()[1]
    charts.note_filters(ax, {"question": "doubtful"})
    path = charts.save_chart(ax, tmp_path / "plain", formats=())[-1]
    assert json.loads(path.read_text(encoding="utf-8")) == {"marks": []}
