"""The description of a folder's tables: every file, every column as the file has it, and nothing else."""

import csv
import hashlib
import json

from policycmp import export, schema


def test_every_table_of_the_folder_is_described_as_it_is(shipped, tmp_path):
    sides = [shipped.left, shipped.right]
    (tmp_path / "mine.csv").write_text("a\n1\n")
    export.write_tables(sides, tmp_path)
    paths = export.write_comparison(shipped, tmp_path / "out", tables=tmp_path)
    assert tmp_path / "datapackage.json" in paths
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert [one["sha256"] for one in package["sources"]] == [one.policy.sha256 for one in sides]
    described = {one["path"] for one in package["resources"]}
    assert described == {path.name for path in tmp_path.glob("*.csv")} - {"mine.csv"}
    for resource in package["resources"]:
        file = tmp_path / resource["path"]
        assert resource["hash"] == f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows = list(csv.DictReader(text))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == schema.columns(resource["name"])
        assert not rows or list(rows[0]) == schema.columns(resource["name"])
        for field in fields:
            cells = {row[field["name"]] for row in rows} - {""}
            allowed = field.get("constraints", {}).get("enum", cells)
            assert cells <= set(allowed)
            if field["type"] in ("integer", "number"):
                assert all(float(cell) == float(cell) for cell in cells)
            if field["type"] == "boolean":
                assert cells <= {"True", "False"}
