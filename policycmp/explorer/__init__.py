"""The window in which a comparison is seen, questioned and corrected."""

from __future__ import annotations

from pathlib import Path

from policycmp.errors import need

need("lab", "ipywidgets", "anywidget")  # one line instead of a traceback: the plain install has no window

from policycmp.explorer.session import Session  # noqa: E402
from policycmp.explorer.window import Explorer  # noqa: E402

__all__ = ["explore"]


def explore(
    left: str | Path,
    right: str | Path,
    *,
    data: str | Path | None = None,
    corrections: str | Path | None = None,
    lang: str = "zh",
    out: str | Path = "build/explore",
) -> Explorer:
    """Show two documents in a window in which they can be asked, read side by side, and corrected.

    Parameters
    ----------
    left, right : str or Path
        Document ids, or paths of files.
    data : str or Path, optional
        The data folder, ``data/`` by default.
    corrections : str or Path, optional
        The folder of corrections that is read and written; by default that of the data; "none" for none.
    lang : str
        The language of the window, zh or en.
    out : str or Path
        The folder that exports go to.

    Returns
    -------
    Explorer
        The window: in a notebook, the last line of a cell shows it.

    Raises
    ------
    PolicyError
        If a source or a correction is at fault.

    Examples
    --------
    >>> policycmp.explore("longwan", "lucheng", lang="en")
    policycmp.explore: run this cell to open the window
    """
    return Explorer(Session(left, right, data=data, corrections=corrections, lang=lang, out=out))
