"""What only the browser can do for the window: keys, clicks, uploads, downloads, and telling what is lost."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from policycmp.charts.drawing import style

_HERE = files("policycmp.explorer")


class Page(anywidget.AnyWidget):
    """The window's own widget: a button that opens a file, and the state of saving; the rest has no look.

    Parameters
    ----------
    act : dict of str to callable
        What is done with what the page tells: ``number`` gets the side and the position of a number that was clicked,
        ``upload`` the name and the bytes of a file, ``refused`` the name of one that is too large, ``seen`` whether
        the chart is in sight, and whether the page is narrow.
    words : dict of str to str
        What the page says, in the window's language.
    limit : int
        The bytes that a file may have.
    kinds : str
        The endings of files, for the dialogue that opens one.
    """

    _esm = _HERE.joinpath("explorer.js").read_text(encoding="utf-8")
    _css = _HERE.joinpath("explorer.css").read_text(encoding="utf-8")
    words = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode().tag(sync=True)
    limit = traitlets.Int().tag(sync=True)
    kinds = traitlets.Unicode().tag(sync=True)
    unsaved = traitlets.Int(0).tag(sync=True)
    lost_after = traitlets.Int(20).tag(sync=True)  # seconds without an answer

    def __init__(self, act: dict[str, Callable[..., Any]], **options: Any) -> None:
        super().__init__(**options)
        self._act, self._parts = act, dict[str, list[bytes]]()
        self.on_msg(self._told)

    def _told(self, _: Any, told: dict[str, Any], buffers: list[Any]) -> None:
        """Do what the page tells."""
        kind = told.get("kind")
        if kind == "ping":
            self.send({"kind": "pong"})
        elif kind == "font":
            self.send({"kind": "font"}, [Path(style.font_path("normal")).read_bytes()])
        elif kind == "number":
            self._act["number"](str(told["side"]), int(told["number"]))
        elif kind == "seen":
            self._act["seen"](bool(told["seen"]), bool(told["narrow"]))
        elif kind == "refused":
            self._act["refused"](str(told["name"]))
        elif kind == "upload":
            self._upload(str(told["name"]), bool(told["first"]), bool(told["last"]), bytes(buffers[0]))

    def _upload(self, name: str, first: bool, last: bool, part: bytes) -> None:
        """Put the parts of a file together: one message may not be as long as a file may be."""
        parts = self._parts.setdefault(name, [])
        if first:
            parts.clear()
        parts.append(part)
        if sum(map(len, parts)) > self.limit:
            del self._parts[name]
            self._act["refused"](name)
        elif last:
            self._act["upload"](name, b"".join(self._parts.pop(name)))

    def download(self, name: str, content: bytes) -> None:
        """Give the reader a file."""
        self.send({"kind": "download", "name": name}, [content])
