"""policycmp: what two Chinese districts promise, side by side, every number traceable to its sentence.

>>> import policycmp
>>> comparison = policycmp.compare("longwan", "lucheng")
>>> comparison.target_pairs, comparison.budget_pairs
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
_NAMES = {  # public name: the module that has it
    "load": "document",
    "compare": "comparison",
    "matrix": "many",
    "editions": "many",
    "explore": "explorer",
    "search": "asking.filters",
    "select": "asking.filters",
    "PolicyError": "errors",
}
_MODULES = {  # public module: where it is
    "align": "pairing.alignment",
    "charts": "charts",
    "export": "export",
    "pairs": "pairing",
    "tables": "document",
}
__all__ = [
    "PolicyError", "align", "charts", "compare", "editions", "explore", "export", "load", "matrix", "pairs", "search",
    "select", "tables",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: ``policycmp --help`` needs none of them."""
    if name in _NAMES:
        value = getattr(import_module(f"policycmp.{_NAMES[name]}"), name)
    elif name in _MODULES:
        value = import_module(f"policycmp.{_MODULES[name]}")
    else:
        raise AttributeError(f"policycmp has no {name!r}; it has {', '.join(__all__)}")
    globals()[name] = value
    return value
