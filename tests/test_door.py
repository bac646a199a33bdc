"""The door: the public names are listed before anything is loaded, each leads somewhere, and each explains itself."""

import doctest
import inspect
import re
import subprocess
import sys
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import Any

import pytest

import policycmp

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def offered(module: ModuleType) -> list[str]:
    """Return the names that a public module offers: its ``__all__`` or, without one, what it defines."""
    own = [name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__]
    return [name for name in getattr(module, "__all__", own) if not name.startswith("_")]


NAMES: dict[str, Any] = {name: getattr(policycmp, name) for name in policycmp.__all__}
MODULES = {name: value for name, value in NAMES.items() if inspect.ismodule(value)}
NAMES |= {f"{where}.{name}": getattr(module, name) for where, module in MODULES.items() for name in offered(module)}
# What is reached in several ways is told once.
FIRST = {id(value): name for name, value in reversed(NAMES.items())}
FUNCTIONS = [name for name, value in NAMES.items() if inspect.isroutine(value) and FIRST[id(value)] == name]
CLASSES = [name for name, value in NAMES.items() if inspect.isclass(value) and FIRST[id(value)] == name]


def test_tab_lists_the_public_names_before_any_is_loaded():
    program = "import policycmp, sys; print(*dir(policycmp)); print('pandas' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    names, loaded = run.stdout.splitlines()
    assert names.split() == sorted([*policycmp.__all__, "__version__"])
    assert loaded == "False"


def test_an_unknown_name_is_told_the_public_ones():
    with pytest.raises(AttributeError, match=r"policycmp has no 'compar'; it has .*compare"):
        _ = policycmp.compar


def test_the_package_says_that_it_is_typed():
    assert files("policycmp").joinpath("py.typed").is_file()


def test_the_example_of_the_package_runs(tmp_path, monkeypatch):
    run_examples(policycmp, tmp_path, monkeypatch)


@pytest.mark.parametrize("name", [*FUNCTIONS, *CLASSES])
def test_every_public_function_and_class_has_examples_that_run(name, tmp_path, monkeypatch):
    assert "Examples" in sections(NAMES[name])
    run_examples(NAMES[name], tmp_path, monkeypatch)


compared = cache(policycmp.compare)  # most examples begin with the same comparison


def run_examples(documented: Any, folder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the examples of a docstring in an empty folder: there the shipped data are read."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(policycmp, "compare", compared)
    finder = doctest.DocTestFinder(recurse=inspect.isclass(documented))  # with the methods of a class
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    for examples in finder.find(documented, documented.__name__, globs={"policycmp": policycmp}):
        runner.run(examples, out=told.append)
    assert runner.tries > 0
    assert runner.failures == 0, "".join(told)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_parameter_and_result_of_a_public_function_is_explained(name):
    signature, told = inspect.signature(NAMES[name]), sections(NAMES[name])
    assert entries(told.get("Parameters", "")) == list(signature.parameters)
    assert "Returns" in told or signature.return_annotation == "None"


@pytest.mark.parametrize("name", [*MODULES, *FUNCTIONS, *CLASSES])
def test_what_a_public_docstring_names_is_public(name):
    home = name.partition(".")[0]
    text = inspect.getdoc(NAMES[name]) or ""
    named = re.findall(r"(?<!`)`([^`]+)`(?!`)", text)
    assert text
    assert [one for one in named if one not in NAMES and f"{home}.{one}" not in NAMES] == []


def sections(documented: Any) -> dict[str, str]:
    """Return the sections of a docstring, by title."""
    parts = re.split(r"^(\w+)\n-{4,}\n", inspect.getdoc(documented) or "", flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def entries(text: str) -> list[str]:
    """Return the names that a section explains: those of its lines that are not indented."""
    heads = [line.partition(" : ")[0] for line in text.splitlines() if line and not line.startswith(" ")]
    return [name for head in heads for name in head.split(", ")]


def test_the_reader_of_sections():
    """Two names on a line, and a second section."""

    def example():
        """Do it.

        Parameters
        ----------
        one, two : int
            Numbers.
        three
            As for `four`.

        Returns
        -------
        int
            Their sum.
        """

    assert entries(sections(example)["Parameters"]) == ["one", "two", "three"]
    assert list(sections(example)) == ["Parameters", "Returns"]
