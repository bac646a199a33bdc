"""The window in which a comparison is seen, questioned and corrected."""

from policycmp.errors import need

need("lab", "ipywidgets")  # one line instead of a traceback: the plain install has no window

from policycmp.explorer.window import explore  # noqa: E402

__all__ = ["explore"]
