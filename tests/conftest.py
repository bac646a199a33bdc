"""What every test shares: figures need no window, and none outlives its test."""

import gc
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
import shared
from hypothesis import settings

from policycmp.comparison import Comparison
from policycmp.many import Matrix

REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference" / "texts"

gc.set_threshold(10_000)  # to look for cycles as often as Python does took a twelfth of all time
sys.modules.setdefault("rfc3987_syntax", None)  # nbformat checks addresses by it, and it takes a second to load
settings.register_profile("project", derandomize=True, deadline=None)
settings.load_profile("project")
os.environ.setdefault("MPLBACKEND", "Agg")
# The tests know no user: errors are English where they are told as text, and the command speaks Chinese.
for name in ("LC_ALL", "LC_MESSAGES", "POLICYCMP_LANG", "POLICYCMP_DATA"):
    os.environ.pop(name, None)
os.environ["LANG"] = "C.UTF-8"


def pytest_collection_finish() -> None:
    """What is loaded by now stays: no search for cycles need look at it."""
    gc.freeze()


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    """Close what the test drew, without importing matplotlib for tests that draw nothing."""
    yield
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close("all")


@pytest.fixture(scope="session")
def shipped() -> Comparison:
    """The shipped pair as the program reads it, compared once for all tests of a process, which must not change it."""
    from policycmp import compare

    return compare("longwan", "lucheng", corrections="none")


@pytest.fixture(scope="session")
def other() -> Comparison:
    """Two texts of the reference, in one of which the numbers of the clauses begin anew in every section."""
    from policycmp import compare

    return compare(REFERENCE / "nanping.txt", REFERENCE / "yunxi.txt", corrections="none")


@pytest.fixture(scope="session")
def paged(shipped, tmp_path_factory) -> Path:
    """The page of the shipped pair, made of the stored notebook and fresh figures: no kernel runs for it."""
    from policycmp.export import figures
    from policycmp.report import notebooks, page

    def make(folder: Path) -> None:
        book = notebooks.read(notebooks.shipped()["report"])
        notebooks.speak(book, "zh")
        charts, narrow = page.charts_of(book), folder / "narrow"
        figures.write(shipped, folder / "figures", names=charts, formats=["svg"])
        figures.write(shipped, narrow, names=charts, formats=["svg"], size="column")
        text = page.render(book, shipped, folder / "figures", narrow=narrow, other=("en", "index.en.html"))
        (folder / "index.html").write_text(text, encoding="utf-8")

    return shared.once(tmp_path_factory, "page", make) / "index.html"


@pytest.fixture(scope="session")
def installed(tmp_path_factory) -> Path:
    """What the wheel said that was built, installed and used, ``said.txt``, and the report that it made, ``report/``.

    It is the one whole report of a run of the tests: all that looks at a report looks at this one.
    """

    def make(folder: Path) -> None:
        if os.name != "posix":
            pytest.skip("a shell script")
        command = ["bash", str(Path(__file__).parent / "clean_install.sh"), sysconfig.get_path("purelib"), str(folder)]
        with (folder / "said.txt").open("wb") as said:
            subprocess.run(command, env=os.environ | {"PYTHON": sys.executable}, stdout=said, stderr=said)

    return shared.once(tmp_path_factory, "installed", make)


@pytest.fixture
def one_chart(monkeypatch) -> None:
    """Where a test has all charts of a comparison written, one stands for all."""
    from policycmp import charts

    monkeypatch.setattr(charts, "CHARTS", {"budgets": charts.CHARTS["budgets"]})


@pytest.fixture(scope="session")
def three() -> Matrix:
    """The shipped pair and a text of the reference side by side, for all tests of a process."""
    from policycmp import matrix

    return matrix(["longwan", "lucheng", REFERENCE / "yunxi.txt"], corrections="none")


@pytest.fixture(scope="session")
def parented() -> Matrix:
    """The shipped pair beside a text of the reference that it is said to follow."""
    from policycmp import matrix

    return matrix(["longwan", "lucheng"], parent=REFERENCE / "yunxi.txt", corrections="none")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory) -> Iterator[object]:
    """The machine's browser, headless; see browser.py. While it runs, asyncio.run fails in this thread."""
    with browser.launch(tmp_path_factory.mktemp("chromium")) as found:
        yield found


@pytest.fixture
def tab(chromium) -> Iterator[browser.Tab]:
    """A fresh page of 1280 × 900 pixels."""
    with browser.tab(chromium, viewport={"width": 1280, "height": 900}) as found:
        yield found
