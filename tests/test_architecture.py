"""The plan of the house: imports run downward, heavy libraries live in one place, files stay small."""

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "policycmp"
LAYERS = (
    ("errors", "schema", "files", "normalize", "numerals"),
    ("formats", "format_text", "format_html", "format_docx", "format_pdf", "documents", "lexicon",
     "segment", "overrides", "corrections"),
    ("numbering", "outline", "bodies", "clauses", "phrases"),
    ("indicators", "roles", "quantities", "similarity", "tables"),
    ("align", "pairs", "comparison", "functions", "terms", "balance", "translations", "provenance", "filters"),
    ("style", "charts", "figures", "redline", "export", "check", "audit", "webfont", "evaluate", "quality",
     "word", "sidebyside", "display", "views", "answers", "notebooks", "reader", "page", "report", "browser",
     "library", "changes", "measures", "grids", "session", "panes", "workbench", "explorer"),
    ("cli", "__init__", "__main__"),
)  # fmt: skip
LAYER_OF = {name: level for level, names in enumerate(LAYERS) for name in names}
HOMES = {  # heavy library: the only modules that may import it
    "matplotlib": ("style", "charts"),
    "jieba": ("segment",),
    "sklearn": ("similarity",),
}
HEAVY = ("pandas", "numpy", "scipy", "matplotlib", "sklearn", "jieba", "xlsxwriter", "nbconvert", "IPython")
MAX_LINES = 350

FILES = {".".join(p.relative_to(PACKAGE).with_suffix("").parts): p for p in sorted(PACKAGE.rglob("*.py"))}
IN_EACH_MODULE = pytest.mark.parametrize("module", FILES)


def base(module: str) -> str:
    """charts_budgets counts as charts."""
    return "charts" if module.startswith("charts") else module


def imports(module: str, source: str) -> set[str]:
    """Absolute dotted names of what a module imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = ["policycmp", *module.split(".")][: -node.level] if node.level else []
            origin = ".".join([*parents, *([node.module] if node.module else [])])
            found.update(f"{origin}.{alias.name}" for alias in node.names)
    return found


def siblings(module: str, source: str, known: set[str]) -> set[str]:
    """The package's own modules that a module imports; names of the package itself count as __init__."""
    own = [name.split(".") for name in imports(module, source) if name.split(".")[0] == "policycmp"]
    return {parts[1] if len(parts) > 1 and parts[1] in known else "__init__" for parts in own}


def edges(module: str) -> set[str]:
    return siblings(module, FILES[module].read_text(encoding="utf-8"), set(FILES) | set(LAYER_OF))


def test_the_package_has_modules():
    assert "__init__" in FILES


@IN_EACH_MODULE
def test_module_has_its_place(module):
    assert base(module) in LAYER_OF, f"{module} has no layer: enter it in LAYERS, or put the code where it belongs"


@IN_EACH_MODULE
def test_imports_run_downward(module):
    upward = {other for other in edges(module) if LAYER_OF[base(other)] > LAYER_OF[base(module)]}
    assert not upward, f"{module} (layer {LAYER_OF[base(module)]}) imports from above: {sorted(upward)}"


def test_no_cycle():
    list(graphlib.TopologicalSorter({module: edges(module) for module in FILES}).static_order())


@IN_EACH_MODULE
def test_heavy_libraries_live_in_one_place(module):
    roots = {name.split(".")[0] for name in imports(module, FILES[module].read_text(encoding="utf-8"))}
    astray = {root for root in roots & set(HOMES) if base(module) not in HOMES[root]}
    assert not astray, f"{module} imports {sorted(astray)}, which belong to {[HOMES[root] for root in astray]}"


@IN_EACH_MODULE
def test_file_is_one_concept(module):
    lines = len(FILES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_LINES, f"{module}.py has {lines} lines, more than {MAX_LINES}: it is two concepts"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import policycmp.align", {"align"}),
        ("from policycmp import align, load", {"align", "__init__"}),
        ("from policycmp.align import align", {"align"}),
        ("from . import pairs", {"pairs"}),
        ("from .pairs import pair_targets", {"pairs"}),
        ("def f():\n    from .charts import targets", {"charts"}),
        ("import os, pandas as pd\nfrom policycmpx import y", set()),
    ],
)
def test_the_reader_of_imports(source, expected):
    assert siblings("compare", source, set(LAYER_OF)) == expected


@pytest.mark.parametrize("what", ["import", "help"])
def test_the_command_answers_without_heavy_imports(what):
    call = (
        "" if what == "import" else "\ntry:\n    policycmp.cli.main()\nexcept SystemExit as e:\n    assert not e.code"
    )
    program = (
        "import sys\nsys.argv = ['policycmp', '--help']\nimport policycmp.cli"
        f"{call}\nprint('heavy:', *[m for m in {HEAVY} if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", cwd=PACKAGE.parent
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == "heavy:", run.stdout.splitlines()[-1]
    assert ("usage" in run.stdout.lower()) == (what == "help")
