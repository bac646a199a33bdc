"""policycmp: what two Chinese districts promise, side by side, every number traceable to its sentence.

>>> import policycmp
>>> comparison = policycmp.compare("longwan", "lucheng")
>>> len(comparison.target_pairs), len(comparison.budget_pairs)
(34, 8)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what a type checker and an editor see; at run time each name is loaded when it is first asked for
    from policycmp import charts, export
    from policycmp import document as tables
    from policycmp import pairing as pairs
    from policycmp.asking.filters import search, select
    from policycmp.asking.narrowing import apart, narrow
    from policycmp.comparison import Comparison, compare
    from policycmp.corrections import Corrections
    from policycmp.document import Tables
    from policycmp.errors import PolicyError
    from policycmp.explorer import explore
    from policycmp.library import from_frame, load
    from policycmp.many import Matrix, Panel, corpus, editions, matrix, panel
    from policycmp.pairing import Aligned
    from policycmp.pairing import alignment as align

__version__ = "0.2.0"
__all__ = [
    "Aligned",
    "Comparison",
    "Corrections",
    "Matrix",
    "Panel",
    "PolicyError",
    "Tables",
    "align",
    "apart",
    "charts",
    "cite",
    "compare",
    "corpus",
    "editions",
    "explore",
    "export",
    "from_frame",
    "load",
    "matrix",
    "narrow",
    "pairs",
    "panel",
    "search",
    "select",
    "tables",
]
_HOMES = {  # public name: the module that has it
    "Aligned": "pairing",
    "Comparison": "comparison",
    "Corrections": "corrections",
    "Matrix": "many",
    "Panel": "many",
    "PolicyError": "errors",
    "Tables": "document",
    "apart": "asking.narrowing",
    "compare": "comparison",
    "editions": "many",
    "explore": "explorer",
    "from_frame": "library",
    "load": "library",
    "matrix": "many",
    "narrow": "asking.narrowing",
    "panel": "many",
    "search": "asking.filters",
    "select": "asking.filters",
}
_MODULES = {  # public module: where it is
    "align": "pairing.alignment",
    "charts": "charts",
    "corpus": "many.corpus",
    "export": "export",
    "pairs": "pairing",
    "tables": "document",
}


def cite(form: str = "text", *, lang: str = "en") -> str:
    """Return the reference by which this version of the program is cited.

    Parameters
    ----------
    form : {"text", "bibtex"}
        A line of text, or an entry for BibTeX.
    lang : {"zh", "en"}
        The language of the title.

    Returns
    -------
    str
        The reference.

    Examples
    --------
    >>> print(policycmp.cite())
    policycmp authors (2026). policycmp: two Chinese district policies side by side. Version 0.2.0. Computer software.
    """
    from policycmp.errors import pick
    from policycmp.wording import LANGUAGES, said

    key = f"cite_{pick('form', form, ('text', 'bibtex'))}"
    return said(key, pick("lang", lang, LANGUAGES), chapter="names", version=__version__)


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: ``policycmp --help`` needs none of them."""
    if name in _HOMES:
        value = getattr(import_module(f"policycmp.{_HOMES[name]}"), name)
    elif name in _MODULES:
        value = import_module(f"policycmp.{_MODULES[name]}")
    else:
        raise AttributeError(f"policycmp has no {name!r}; it has {', '.join(__all__)}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, so that TAB completes them before any is loaded."""
    return sorted([*__all__, "__version__"])
