"""The charts of a comparison as files: every one of the list, each with its table and its sources."""

from policycmp import charts
from policycmp.export import figures


def test_every_chart_of_the_list_is_written_in_the_language_of_the_comparison(shipped, tmp_path, monkeypatch):
    few = {name: charts.CHARTS[name] for name in ("budgets", "terms")}
    monkeypatch.setattr(charts, "CHARTS", few)
    paths = figures.write(shipped.speaking("en"), tmp_path / "new")
    assert [path.name for path in paths] == [
        f"{name}.{kind}" for name in few for kind in ("png", "svg", "pdf", "csv", "json")
    ]
    assert all(path.stat().st_size for path in paths)
    assert "Longwan" in (tmp_path / "new" / "budgets.csv").read_text(encoding="utf-8-sig")


def test_no_figure_stays_open(shipped, tmp_path, one_chart):
    import matplotlib.pyplot as plt

    figures.write(shipped, tmp_path)
    assert not plt.get_fignums()
