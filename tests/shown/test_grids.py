"""What people read of a matrix: a measure, a target, a group of sections a row, a document a column."""

from dataclasses import replace

from policycmp.shown import grids


def row(table, name):
    return next(dict(zip(table.columns, row, strict=True)) for row in table.rows if str(row[0]).endswith(name))


def test_a_measure_has_its_clauses_and_targets_in_each_column(three):
    grid = grids.measures(three)
    assert grid.columns == ["措施", "龙湾", "鹿城", three.documents[2].name]
    assert len(grid) == three.measures["measure"].max()
    cells = row(grid, " 打通人才有序流动通道")
    assert cells["鹿城"] == "第5条 打通人才有序流动通道\n新增卓越工程师 5人"
    assert cells[grid.columns[3]].startswith("第4条 厚植人才发展沃土\n引进高层次人才团队 8个")
    text = "\n".join(str(cell) for line in grid.rows for cell in line)
    for one in three.targets[three.targets["clause"] > 0].to_dict("records"):
        assert one["indicator"] in text
    assert "（部分重合）" in text
    assert "未列入" not in text


def test_each_cell_tells_what_a_district_made_of_the_citys_clause(parented):
    grid = grids.measures(replace(parented, lang="en"))
    assert grid.columns == ["measure", parented.documents[0].named("en"), "Longwan", "Lucheng"]
    cells = row(grid, "加力推进以旧换新")  # nobody has translated the city's text
    assert cells["Lucheng"].startswith("cl. 11 Greater support for trade-ins of consumer goods (changed, ")
    name = "Supporting major science and technology projects"
    assert row(grid, name)["Longwan"].startswith(f"cl. 3 {name} (new)\n")
    assert row(grid, "补齐水利和管网短板")["Longwan"] == "left out"


def test_targets_and_budgets_side_by_side(three):
    grid = grids.targets(three)
    assert all(sum(bool(cell) for cell in line[1:]) > 1 for line in grid.rows)
    assert row(grid, "新增卓越工程师")["龙湾"] == "≥8人（第6条）"
    assert "New outstanding engineers" in {line[0] for line in grids.targets(replace(three, lang="en")).rows}
    budget = row(grids.budgets(three), "推进服务业高质量发展")
    assert budget["龙湾"] == "三、推进服务业高质量发展 4285万元（专项）"
    assert budget[three.documents[2].name] == "三、激发消费和服务业活力 9600万元"
    assert "未列明" in row(grids.budgets(three), "推进高水平对外开放")["龙湾"]
