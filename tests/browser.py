"""A headless Chromium for tests: the machine's own, with a home of its own and no Chinese font.

A test asks for the fixture `chromium` (the browser, one per test module) or `tab` (a fresh page, whose troubles are in
``tab.troubles``); both are in conftest.py. Where the machine has no Chromium a test is skipped, with CI=true it fails.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from policycmp.report import browser

MISSING = f"no browser on this machine (looked for {', '.join(browser.NAMES)}); .ci/run installs chromium"
# matplotlib's own DejaVu is all that the browser finds: a page must bring what its Chinese is drawn with.
FONTS = '<?xml version="1.0"?><fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>'

SECONDS = 60  # that a page may take over one action, on a machine under load


class Tab(NamedTuple):
    """A page, with what went wrong in it and every address that it asked for."""

    page: Any
    troubles: list[str]
    requests: list[str]


@contextmanager
def launch(home: Path) -> Iterator[Any]:
    """Yield a headless browser that keeps all its files in ``home``."""
    program = browser.find()
    if program is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    import matplotlib
    from playwright.sync_api import expect, sync_playwright

    fonts = home / "fonts.conf"
    fonts.write_text(FONTS.format(fonts=Path(matplotlib.get_data_path()) / "fonts" / "ttf", cache=home), "utf-8")
    env = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home), "TMPDIR": str(home)}
    env = dict(os.environ) | env | {"FONTCONFIG_FILE": str(fonts)}
    expect.set_options(timeout=SECONDS * 1000)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program, args=[*browser.FLAGS, "--no-sandbox"], env=env)
        yield chromium
        chromium.close()


@contextmanager
def tab(chromium: Any, **options: Any) -> Iterator[Tab]:
    """Yield a fresh page; ``options`` are those of playwright's ``new_context`` (viewport, locale, …)."""
    context = chromium.new_context(**options)
    context.set_default_timeout(SECONDS * 1000)
    found = Tab(context.new_page(), [], [])
    found.page.on(
        "console", lambda said: found.troubles.append(said.text) if said.type in ("error", "warning") else None
    )
    found.page.on("pageerror", lambda error: found.troubles.append(str(error)))
    found.page.on("requestfailed", lambda request: found.troubles.append(f"failed: {request.url}"))
    found.page.on("request", lambda request: found.requests.append(request.url))
    yield found
    context.close()
