"""The documentation: Chinese first, built offline by `make docs`; a warning is an error.

Sphinx with MyST-NB prints Markdown pages, docstrings and the notebooks with the outputs that are stored in them; MkDocs
would need a plugin for each of these. Only the gallery runs code when it is built.
"""

import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

project = "policycmp"
author = "policycmp authors"
language = "zh_CN"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "notebooks/overview.png"]
html_theme = "furo"
html_title = "policycmp"
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False

nb_execution_mode = "off"  # the notebooks have their outputs with them; the gallery alone says that it is to be run
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_merge_streams = True
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
napoleon_numpy_docstring = True
napoleon_google_docstring = False
autodoc_typehints = "none"  # the docstrings say in words what each parameter takes
autodoc_member_order = "bysource"
suppress_warnings = ["mystnb.unknown_mime_type"]  # widgets, which need a kernel; the text beside them is shown


def borrow(app: object) -> None:
    """Bring what stands elsewhere in the project into the pages: the notebooks, the data dictionary, the house."""
    shutil.rmtree(HERE / "notebooks", ignore_errors=True)
    shutil.copytree(ROOT / "notebooks", HERE / "notebooks", ignore=shutil.ignore_patterns("build", ".*"))
    for path in (
        ROOT / "CONTRIBUTING.md",
        ROOT / "SECURITY.md",
        ROOT / "CHANGELOG.md",
        ROOT / "data/DATA_DICTIONARY.md",
    ):
        text = path.read_text(encoding="utf-8").replace("[data/README.md](data/README.md)", "data/README.md")
        text = text.replace("(docs/explanation/", "(../explanation/")
        (HERE / "notebooks" / path.name).write_text(text, encoding="utf-8")


def setup(app: object) -> None:
    """Let Sphinx bring these files before it reads the pages."""
    app.connect("builder-inited", borrow)  # type: ignore[attr-defined]
