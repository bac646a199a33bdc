"""The door: the public names are listed before anything is loaded, each leads somewhere, and each explains itself."""

import subprocess
import sys
from importlib.resources import files

import pytest

import policycmp


def test_tab_lists_the_public_names_before_any_is_loaded():
    program = "import policycmp, sys; print(*dir(policycmp)); print('pandas' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    names, loaded = run.stdout.splitlines()
    assert names.split() == sorted([*policycmp.__all__, "__version__"])
    assert loaded == "False"


@pytest.mark.parametrize("name", policycmp.__all__)
def test_every_public_name_leads_somewhere_and_explains_itself(name):
    assert (getattr(policycmp, name).__doc__ or "").strip()


def test_an_unknown_name_is_told_the_public_ones():
    with pytest.raises(AttributeError, match=r"policycmp has no 'compar'; it has .*compare"):
        _ = policycmp.compar


def test_the_package_says_that_it_is_typed():
    assert files("policycmp").joinpath("py.typed").is_file()
