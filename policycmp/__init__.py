"""policycmp: what two Chinese districts promise, side by side, every number traceable to its sentence.

>>> import policycmp
>>> comparison = policycmp.compare("longwan", "lucheng")
>>> comparison.target_pairs, comparison.budget_pairs
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
_NAMES = {
    "load": "tables", "compare": "comparison", "matrix": "measures", "editions": "changes", "explore": "explorer",
    "search": "filters", "select": "filters", "PolicyError": "errors",
}  # fmt: skip
_MODULES = ("align", "charts", "export", "pairs", "tables")
__all__ = [
    "PolicyError", "align", "charts", "compare", "editions", "explore", "export", "load", "matrix", "pairs", "search",
    "select", "tables",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: ``policycmp --help`` needs none of them."""
    if name in _NAMES:
        value = getattr(import_module(f"policycmp.{_NAMES[name]}"), name)
    elif name in _MODULES:
        value = import_module(f"policycmp.{name}")
    else:
        raise AttributeError(f"policycmp has no {name!r}; it has {', '.join(__all__)}")
    globals()[name] = value
    return value
