"""The wheel, built from this checkout, works where nothing else of the project is: tests/clean_install.sh says how."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "clean_install.sh"


@pytest.mark.skipif(os.name != "posix", reason="a shell script")
def test_the_wheel_is_built_installed_used_and_uninstalled():
    done = subprocess.run(
        ["bash", str(SCRIPT), sysconfig.get_path("purelib")],
        env=os.environ | {"PYTHON": sys.executable}, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].endswith("nothing is left but policycmp in the user's own folder")
