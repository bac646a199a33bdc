"""Where a browser is: by its name, else in the default places of macOS and Windows."""

import pytest

from policycmp.report import browser


@pytest.mark.parametrize(
    ("variable", "place"),
    [
        ("HOME", "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        ("PROGRAMFILES", "Google/Chrome/Application/chrome.exe"),
        ("PROGRAMFILES(X86)", "Microsoft/Edge/Application/msedge.exe"),
        ("LOCALAPPDATA", "Chromium/Application/chrome.exe"),
    ],
)
def test_a_browser_that_no_path_names_is_found_where_it_usually_is(variable, place, tmp_path, monkeypatch):
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    monkeypatch.setenv(variable, str(tmp_path))
    assert browser.find() is None
    (tmp_path / place).parent.mkdir(parents=True)
    (tmp_path / place).touch()
    assert browser.find() == str(tmp_path / place)


def test_one_that_the_path_names_comes_first(monkeypatch):
    monkeypatch.setattr(browser.shutil, "which", lambda name: f"/bin/{name}" if name == "google-chrome" else None)
    assert browser.find() == "/bin/google-chrome"
