"""Files for other programs: CSV, workbooks, Word tables, charts."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # at run time each is loaded when it is first asked for: who writes tables needs no Word
    from policycmp.export.many import write_changes, write_matrix
    from policycmp.export.pair import comparison_tables, write_comparison
    from policycmp.export.panel import write_panel
    from policycmp.export.tables import write_tables
    from policycmp.export.tracked import write_tracked_changes
    from policycmp.export.workbook import write_workbook

__all__ = [
    "comparison_tables",
    "write_changes",
    "write_comparison",
    "write_matrix",
    "write_panel",
    "write_tables",
    "write_tracked_changes",
    "write_workbook",
]
_HOMES = {  # public name: the module that has it
    "comparison_tables": "pair",
    "write_changes": "many",
    "write_comparison": "pair",
    "write_matrix": "many",
    "write_panel": "panel",
    "write_tables": "tables",
    "write_tracked_changes": "tracked",
    "write_workbook": "workbook",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"policycmp.export has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"policycmp.export.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
