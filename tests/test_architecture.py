"""The plan of the house: imports run downward, heavy libraries live in one place, files and folders stay small."""

import ast
import graphlib
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "policycmp"
# The rooms from the ground up: a room may import every room before it. CONTRIBUTING.md draws the same list.
ROOMS = (
    "wording", "keeping", "errors", "locations", "files", "sources", "schema", "text", "corrections",
    "reading", "structure", "quantities", "incentives", "parallel", "document", "pairing", "comparison",
    "evaluate", "asking", "many", "shown", "charts", "export", "report", "library", "explorer", "__init__",
    "cli", "__main__",
)  # fmt: skip
HOMES = {"matplotlib": "charts", "jieba": "text.segment", "sklearn": "pairing.similarity"}  # heavy library: its home
HEAVY = ("pandas", "numpy", "scipy", "matplotlib", "sklearn", "jieba", "xlsxwriter", "nbconvert", "IPython")
MAX_LINES, MAX_MODULES = 350, 9
TESTS = PACKAGE.parent / "tests"
BROAD = {
    "attacks",
    "bounds",
    "docs",
    "wheel",
    "architecture",
    "citation",
    "door",
    "project",
    "readme",
    "structures",
    "page",
    "page_in_browser",
}  # of more than a module

SOURCES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imported(module: str, names: set[str]) -> set[str]:
    """Return the modules of the package that ``module`` imports, wherever in it the import stands."""
    own = {name.removeprefix("policycmp").strip(".") for name in names if name.split(".")[0] == "policycmp"}
    return {nearest(name) for name in own} - {module}


def imported_names(source: str) -> set[str]:
    """Return the dotted names that some source imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def nearest(name: str) -> str:
    """Return the module that holds a dotted name."""
    parts = name.split(".")
    known = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((name for name in known if name in SOURCES), "__init__")


NAMES = {module: imported_names(path.read_text(encoding="utf-8")) for module, path in SOURCES.items()}
IMPORTS = {module: imported(module, names) for module, names in NAMES.items()}


def room(module: str) -> int:
    return ROOMS.index(module.split(".")[0])


def test_every_module_has_a_room():
    assert {module.split(".")[0] for module in SOURCES} == set(ROOMS)


def test_imports_run_downward():
    upward = [f"{module} imports {other}" for module, others in IMPORTS.items() for other in others
              if room(other) > room(module)]  # fmt: skip
    assert upward == []


def test_no_module_imports_itself_by_a_detour():
    inside = {
        module: {other for other in others if not module.startswith(f"{other}.") and "." in other}
        for module, others in IMPORTS.items()
    }
    list(graphlib.TopologicalSorter(inside).static_order())


@pytest.mark.parametrize("library", HOMES)
def test_a_heavy_library_has_one_home(library):
    found = [module for module, names in NAMES.items() if any(name.split(".")[0] == library for name in names)]
    assert found and all(module.startswith(HOMES[library]) for module in found)


def test_files_and_folders_stay_small():
    lines = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in SOURCES.items()}
    assert {module: count for module, count in lines.items() if count > MAX_LINES} == {}
    folders = Counter(path.parent for path in SOURCES.values() if path.name != "__init__.py")
    assert {folder.name: count for folder, count in folders.items() if count > MAX_MODULES} == {}


def test_tests_mirror_the_modules():
    """A file of tests is named for a module, for its whole folder, or is one of `BROAD`."""
    files = [path.relative_to(TESTS).with_suffix("") for path in sorted(TESTS.rglob("test_*.py"))]
    named = {path.with_name(path.name.removeprefix("test_")) for path in files}
    astray = [str(path) for path in named if ".".join(path.parts) not in SOURCES
              and path.name not in {path.parent.name, *BROAD}]  # fmt: skip
    assert astray == []


def test_no_file_of_tests_imports_another():
    found = [
        f"{path.relative_to(TESTS)}: {name}" for path in TESTS.rglob("*.py")
        for name in imported_names(path.read_text(encoding="utf-8")) if "test_" in name
    ]  # fmt: skip
    assert found == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from policycmp.pairing import alignment", {"pairing.alignment"}),
        ("from policycmp.pairing.alignment import align", {"pairing.alignment"}),
        ("from policycmp import files, load", {"files", "__init__"}),
        ("def f():\n    from policycmp.charts import targets", {"charts.targets"}),
        ("import policycmp.text.numerals as n, os, pandas", {"text.numerals"}),
        ("from policycmpx import y", set()),
    ],
)
def test_the_reader_of_imports(source, expected):
    assert imported("cli", imported_names(source)) == expected


READ = "policycmp.cli.main(['tables', 'longwan', '--out', {!r}])"


@pytest.mark.parametrize("call", ["", "policycmp.cli.main(['--help', '--lang', 'en'])", READ])
def test_the_command_answers_without_heavy_imports(call, tmp_path):
    call = call.format(str(tmp_path))
    program = f"""
import atexit, sys, policycmp.cli
atexit.register(lambda: print("heavy:", *[name for name in {HEAVY} if name in sys.modules]))
{call}
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", cwd=PACKAGE.parent
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == "heavy:"
    assert ("usage" in run.stdout.lower()) == ("--help" in call)
