"""environment.yml, pyproject.toml and requirements.lock agree and hold no address; the top level is tidy."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import bench
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = {"": PROJECT["project"]["dependencies"], **EXTRAS}
DECLARED = [Requirement(d) for group in GROUPS.values() for d in group if not d.startswith("policycmp[")]
DEVELOPERS = {"docs", "bench", "test"}  # extras that the package itself never imports
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
TOP_LEVEL = {
    "notebooks", "data", "policycmp", "tests", "environment.yml", "pyproject.toml", "README.md", "Makefile",
    "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "requirements.lock", "README.en.md", "CITATION.cff", "SECURITY.md",
    "CODE_OF_CONDUCT.md", "docs",
}  # fmt: skip
TARGETS = {
    "help", "setup", "report", "report-pdf", "test", "lab", "app", "docs", "notebooks", "bench", "fuzz", "golden",
    "lock", "clean",
}  # fmt: skip
CONFIG_SUFFIXES = {".toml", ".lock", ".yml", ".yaml", ".cfg", ".ini", ".txt"}
# Any address, or any bare host name under the domains that package indexes use.
ADDRESS = re.compile(r"\w+://|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:org|com|net|io|cn|dev|ai)\b(?!\.?\w)", re.IGNORECASE)


class Pin(NamedTuple):
    """One entry of the lock: a requirement with its hashes."""

    requirement: Requirement
    hashes: list[str]

    @property
    def version(self) -> Version:
        (specifier,) = self.requirement.specifier
        assert specifier.operator == "==", self.requirement
        return Version(specifier.version)


def read_pins(text: str) -> list[Pin]:
    """Read the entries of a hashed requirements file."""
    pins = []
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            head, *hashes = line.split("--hash=")
            pins.append(Pin(Requirement(head), [h.strip() for h in hashes]))
    return pins


PINS = read_pins(LOCK)


def tracked() -> list[str]:
    """Paths that git knows (committed or added)."""
    command = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z"]
    try:
        listing = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: nothing says which files belong to the project")
    paths = [path for path in listing.split("\0") if path]
    if not paths:
        pytest.skip("git tracks no file yet")
    return paths


def is_config(path: str) -> bool:
    """Whether a tracked file configures or installs something (data describes, and may name its source)."""
    top = Path(path).parts[0]
    if top in {"data", "notebooks"} or "fonts" in Path(path).parts:  # the font's licence names its author's page
        return False
    return Path(path).suffix in CONFIG_SUFFIXES or path == "Makefile" or top.startswith(".")


@pytest.mark.parametrize("requirement", DECLARED, ids=lambda r: r.name)
def test_every_dependency_is_pinned_within_its_bounds(requirement):
    pins = [p for p in PINS if canonicalize_name(p.requirement.name) == canonicalize_name(requirement.name)]
    assert pins, f"{requirement.name} is not in requirements.lock: run make lock"
    for pin in pins:
        assert requirement.specifier.contains(pin.version, prereleases=True), f"{pin.requirement} breaks {requirement}"


def test_every_pin_is_exact_and_hashed():
    for pin in PINS:
        assert pin.version
        assert pin.hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in pin.hashes), pin.requirement


def test_each_name_is_declared_once():
    names = [canonicalize_name(r.name) for r in DECLARED]
    assert sorted(names) == sorted(set(names))


def test_the_build_backend_is_pinned():
    """Set-up installs the project without an isolated build."""
    for need in map(Requirement, PROJECT["build-system"]["requires"]):
        assert any(p.requirement.name == need.name and need.specifier.contains(p.version) for p in PINS), (
            f"{need} is not in requirements.lock"
        )


def test_what_the_package_imports_is_declared():
    declared = {canonicalize_name(Requirement(d).name) for name in GROUPS.keys() - DEVELOPERS for d in GROUPS[name]}
    dists_of = metadata.packages_distributions()
    undeclared = set()
    for path in (ROOT / "policycmp").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for root in {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"policycmp"}:
                if not declared & {canonicalize_name(d) for d in dists_of.get(root, [])}:
                    undeclared.add(f"{root} in {path.name}")
    assert not undeclared, "imported but no dependency of pyproject.toml: " + ", ".join(sorted(undeclared))


def test_conda_gives_python_and_pip_and_the_lock_the_rest():
    assert list(ENVIRONMENT) == ["name", "channels", "dependencies"]
    assert ENVIRONMENT["name"] == PROJECT["project"]["name"]
    python, pip, rest = ENVIRONMENT["dependencies"]
    assert Requirement(python).name == "python"
    assert pip == "pip"
    assert rest == {"pip": ["-r requirements.lock"]}


def test_conda_python_is_one_that_the_project_supports():
    supported = SpecifierSet(PROJECT["project"]["requires-python"])
    conda = Requirement(ENVIRONMENT["dependencies"][0]).specifier
    minors = [Version(f"3.{minor}") for minor in range(30)]
    chosen = [v for v in minors if v in conda]
    assert chosen
    assert all(v in supported for v in chosen)
    assert chosen[0] == next(v for v in minors if v in supported)
    listed = {c.rsplit(" ", 1)[1] for c in PROJECT["project"]["classifiers"] if re.search(r":: 3\.\d+$", c)}
    assert {str(v) for v in chosen} == listed


def test_lock_serves_every_supported_python():
    """Pins of one name are told apart by markers that leave no Python out."""
    for minor in (11, 12, 13, 14):
        env = {"python_version": f"3.{minor}", "python_full_version": f"3.{minor}.0"}
        here = {
            canonicalize_name(p.requirement.name)
            for p in PINS
            if p.requirement.marker is None or p.requirement.marker.evaluate(env)
        }
        missing = {canonicalize_name(r.name) for r in DECLARED} - here
        assert not missing, f"Python 3.{minor} would lack {sorted(missing)}"


def test_no_address_in_what_configures_and_installs():
    for path in filter(is_config, tracked()):
        found = ADDRESS.search((ROOT / path).read_text(encoding="utf-8"))
        assert not found, f"{path} names an address: {found[0]}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("--index-url https://x", True),
        ("index.example.org", True),
        ("git+ssh://a/b", True),
        ("policycmp.cli:main", False),
        ("pandas==3.1.1 \\", False),
        ("tests/golden.py", False),
    ],
)
def test_the_finder_of_addresses(text, found):
    assert bool(ADDRESS.search(text)) == found


def test_no_lock_that_records_addresses_is_tracked():
    assert not [p for p in tracked() if Path(p).name == "uv.lock" or Path(p).match("pylock*.toml")]


def test_the_top_level_holds_only_what_is_allowed():
    tops = {Path(path).parts[0] for path in tracked()}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


def test_make_has_its_targets_and_help_names_them():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert TARGETS <= set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert TARGETS - {"help"} == set(re.findall(r'@echo "make ([a-z-]+) ', makefile))
    (phony,) = re.findall(r"^\.PHONY:(.*)$", makefile, re.MULTILINE)
    assert set(phony.split()) == TARGETS


def test_ci_runs_make_test():
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111, ".ci/run is not executable"
    *_, tests, bench_told = script.read_text(encoding="utf-8").splitlines()
    assert tests == "make test" and "bench.py --quick ||" in bench_told  # what is slower is told and fails nothing


def test_the_bench_tells_a_ratio_that_slid():
    before = {"tables": 2.0, "compare": 1.2, "gone": 1.0}
    (line,) = bench.slid({"tables": 2.4, "compare": 1.3, "new": 9.0}, before)
    assert "tables slid from 2.00 to 2.40" in line
    told = [line.split()[1:] for line in bench.beside({"tables": 2.4, "new": 9.0}, before)]
    assert told == [["tables", "2.40", "before", "2.00"], ["new", "9.00", "before", "none"]]
