"""What every test shares: figures need no window, and none outlives its test."""

import os
import sys
from collections.abc import Iterator

import browser
import pytest
from hypothesis import settings

settings.register_profile("project", derandomize=True, deadline=None)
settings.load_profile("project")
os.environ.setdefault("MPLBACKEND", "Agg")


@pytest.fixture(autouse=True)
def close_figures() -> Iterator[None]:
    """Close what the test drew, without importing matplotlib for tests that draw nothing."""
    yield
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close("all")


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
