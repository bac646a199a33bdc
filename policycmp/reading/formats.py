"""A file's bytes → the text that is read, its encoding and format, and what was left out.

Web pages, Word files and PDFs are taken apart in a process of their own, which ends when it needs more time or
memory than the limits allow: whatever a file holds, it can neither hang nor fill the program that reads it. No
reader runs a script, opens an address, expands an XML entity or writes a file.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from policycmp.errors import PolicyError, Refused
from policycmp.text.lexicon import Lexicon


class Reader(Protocol):
    """What the module of a format has: two functions."""

    def recognises(self, raw: bytes, named: bool) -> bool:
        """Tell whether the bytes ``raw`` of a file are of this format; ``named`` says that its name ends so."""

    def read(self, raw: bytes, lexicon: Lexicon) -> tuple[str, str, dict[str, int]]:
        """Return the text, its encoding, and how often a phrase of the chapter ``notices`` holds of what was left out.

        What cannot be read raises `Refused`.
        """


class Format(NamedTuple):
    """A format: the ends of its files' names, what each of them has near its beginning, and the module that reads them.

    The module is imported when a file may be of the format.
    """

    suffixes: tuple[str, ...]
    marks: tuple[bytes, ...]
    module: str

    @property
    def reader(self) -> Reader:
        """The module."""
        return cast(Reader, import_module(f"policycmp.reading.{self.module}"))

    def recognises(self, raw: bytes, suffix: str) -> bool:
        """Tell whether the bytes ``raw`` of a file whose name ends with ``suffix`` are of this format."""
        named, head = suffix in self.suffixes, raw[:HEAD]
        return (named or any(mark in head for mark in self.marks)) and self.reader.recognises(raw, named)


HEAD = 4096  # bytes
# The formats by the name that the tables give them. They are asked in this order whether a file is theirs, and plain
# text takes what is left. A new format is a module of this room and an entry here.
FORMATS: Mapping[str, Format] = {
    "ofd": Format((".ofd",), (b"PK",), "ofd_file"),
    "docx": Format((".docx",), (b"PK",), "word_file"),
    "pdf": Format((".pdf",), (b"%PDF-",), "pdf_file"),
    "html": Format((".html", ".htm", ".shtml", ".xhtml"), (b"<", b"multipart/related"), "web_page"),
    "text": Format((".txt", ".md"), (b"",), "plain_text"),
}
CONVERTED: tuple[str, ...] = (".doc", ".wps", ".rtf")  # what LibreOffice makes a Word file of, where it is installed
HARMLESS = {"text"}  # read here and now: nothing in it can take long
_CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from policycmp.reading import formats; formats.child()"
)


class Extracted(NamedTuple):
    """What was read from a file: offsets of all tables point into ``text``.

    ``notes`` say what was left out or written out: a phrase of the chapter ``notices``, and how often.
    """

    text: str
    encoding: str
    notes: tuple[tuple[str, int], ...]
    format: str


def suffixes() -> list[str]:
    """Return the ends of the names of files that can be read."""
    return [suffix for form in FORMATS.values() for suffix in form.suffixes] + [*CONVERTED]


def extract(raw: bytes, path: Path, lexicon: Lexicon) -> Extracted:
    """Return the text of the file ``path``, whose bytes are ``raw``; they tell its format, then its suffix does.

    The ``[limits]`` of ``lexicon`` hold. A file that is empty, damaged, encrypted, a scan, of no known format or beyond
    a limit raises `PolicyError`.
    """
    try:
        if not raw.strip():
            raise Refused("empty")
        if len(raw) > lexicon["limits.bytes"]:
            raise Refused("too_large", most=lexicon["limits.bytes"])
        notes: tuple[tuple[str, int], ...] = ()
        if _is_refused(raw, lexicon) and (made := _converted(raw, path.suffix.lower(), lexicon)):
            raw, notes = made, (("read_converted", 1),)
        kind = recognise(raw, path.suffix.lower(), lexicon)
        found = take(kind, raw, lexicon) if kind in HARMLESS else _apart(kind, raw, lexicon)
        if not found.text.strip():
            raise Refused("no_text", kind=kind)
        return found._replace(notes=notes + found.notes)
    except Refused as error:
        raise PolicyError(error.key, path, **error.values) from None


def _is_refused(raw: bytes, lexicon: Lexicon) -> bool:
    """Tell a file that LibreOffice may be able to open: an old Word file, or a rich text file."""
    return any(raw.startswith(bytes.fromhex(one["begins"])) for one in lexicon["refused"] if one.get("office"))


def _converted(raw: bytes, suffix: str, lexicon: Lexicon) -> bytes:
    """Return the Word file that LibreOffice makes of ``raw``; nothing where it is not installed, or makes none.

    It works in a folder of its own, with a profile of its own, in which no macro may run.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        return b""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder, "source").with_suffix(suffix if suffix in CONVERTED else ".doc")
        source.write_bytes(raw)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [
            office,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        none = subprocess.DEVNULL
        with subprocess.Popen(command, start_new_session=True, stdin=none, stdout=none, stderr=none) as process:
            try:
                process.wait(lexicon["limits.seconds"])
            except subprocess.TimeoutExpired:
                _end(process)
                raise Refused("too_slow", kind=suffix.lstrip("."), most=lexicon["limits.seconds"]) from None
        made = source.with_suffix(".docx")
        return made.read_bytes() if made.is_file() else b""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it has started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def recognise(raw: bytes, suffix: str, lexicon: Lexicon) -> str:
    """Return the name of the format of ``raw``; what the lexicon knows as one that is not read raises `Refused`."""
    for one in lexicon["refused"]:
        if raw.startswith(bytes.fromhex(one["begins"])):
            raise Refused(one["key"])
    return next(name for name, form in FORMATS.items() if form.recognises(raw, suffix))


def take(kind: str, raw: bytes, lexicon: Lexicon) -> Extracted:
    """Read ``raw`` as ``kind`` here and now; what cannot be read raises `Refused`."""
    text, encoding, notes = FORMATS[kind].reader.read(raw, lexicon)
    return Extracted(text, encoding, tuple((key, number) for key, number in notes.items() if number > 0), kind)


def _apart(kind: str, raw: bytes, lexicon: Lexicon) -> Extracted:
    """Read ``raw`` in a process of its own, within the limits of time and memory."""
    command = [sys.executable, "-c", _CHILD, json.dumps(sys.path), kind]
    command.append(json.dumps([str(file) for file in lexicon.files]))
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=lexicon["limits.seconds"])
    except subprocess.TimeoutExpired:
        raise Refused("too_slow", kind=kind, most=lexicon["limits.seconds"]) from None
    if done.returncode:
        raise Refused("too_heavy", kind=kind, most=lexicon["limits.memory"])
    answer = json.loads(done.stdout)
    if len(answer) == 2:
        raise Refused(answer[0], **answer[1])
    text, encoding, notes, _ = answer
    return Extracted(text, encoding, tuple((key, number) for key, number in notes), kind)


def child() -> None:
    """Read what stands on the standard input and print it, or why not; the other end is `_apart`."""
    kind, added = sys.argv[2:]
    lexicon = Lexicon.load(*map(Path, json.loads(added)))
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (lexicon["limits.memory"],) * 2)
    except (ImportError, OSError, ValueError, OverflowError):
        pass  # this system has no such limit: that of time still holds
    try:
        print(json.dumps(take(kind, sys.stdin.buffer.read(), lexicon)))
    except Refused as error:
        print(json.dumps([error.key, error.values]))
