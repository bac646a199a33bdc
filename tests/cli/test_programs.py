"""The programs that a command starts: with this Python, on notebooks that may be written to, with the data named."""

import sys
from pathlib import Path

import pytest

import policycmp
from policycmp import cli, locations
from policycmp.cli import programs


@pytest.fixture
def started(monkeypatch):
    """Calls of programs instead of programs: each with its environment."""
    calls = []

    class Program:
        def __init__(self, command, env):
            calls.append((command, env))

        def wait(self):
            if len(calls) == 1:
                calls.append("interrupted")
                raise KeyboardInterrupt
            return 3

    monkeypatch.setattr(programs.subprocess, "Popen", Program)
    return calls


def test_lab_opens_the_notebooks_and_hands_on_its_options(started, tmp_path):
    assert cli.main(["lab", "--data", str(tmp_path), "--no-browser", "--port=8900"]) == 3
    command, env = started[0]
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert command[3] == f"--ServerApp.root_dir={locations.shipped('notebooks')}"
    assert command[-2:] == ["--no-browser", "--port=8900"]
    assert env[locations.VARIABLE] == str(tmp_path)


@pytest.mark.parametrize(("named", "notebook"), [([], "07_explore.ipynb"), (["mine.ipynb"], "mine.ipynb")])
def test_app_opens_the_explorer_or_another_notebook(named, notebook, started):
    assert cli.main(["app", *named, "--port=8900"]) == 3
    command, env = started[0]
    assert command[:3] == [sys.executable, "-m", "policycmp.cli.server"]
    assert Path(command[3]).name == notebook
    assert command[-1] == "--port=8900"
    assert (Path(env["JUPYTER_PATH"].split(":")[0]) / "voila" / "templates" / "explorer").is_dir()


def test_an_installed_packages_notebooks_are_copied_and_kept_as_they_were_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(locations, "installed", lambda: True)
    monkeypatch.setenv(locations.VARIABLE, str(tmp_path))
    folder = programs.notebooks()
    assert folder == tmp_path / "notebooks" / policycmp.__version__
    assert {path.name for path in folder.iterdir()} >= {"report.ipynb", "07_explore.ipynb"}
    (folder / "report.ipynb").write_text("mine")
    assert (programs.notebooks() / "report.ipynb").read_text() == "mine"


def test_an_extra_that_is_not_installed_is_one_line(monkeypatch, capsys):
    monkeypatch.setattr("policycmp.errors.find_spec", lambda name: None)
    for command, extra in (("lab", "lab"), ("app", "app"), ("report", "report")):
        assert cli.main([command, "--lang", "en"]) == 1
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and f'run pip install "policycmp[{extra}]"' in said
