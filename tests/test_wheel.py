"""The wheel, built from this checkout, works where nothing else of the project is: tests/clean_install.sh says how."""


def test_the_wheel_is_built_installed_used_and_uninstalled(installed):
    said = (installed / "said.txt").read_text(encoding="utf-8")
    assert said.splitlines()[-1].endswith("nothing is left but policycmp in the user's own folder"), said
