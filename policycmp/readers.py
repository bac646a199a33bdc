"""A file's bytes → the text that is read, its format and encoding, and what was left out.

Web pages, Word files and PDFs are taken apart in a process of their own, which ends when it needs more time or
memory than the limits allow: whatever a file holds, it cannot hang or fill the program that reads it. No reader runs
a script, opens an address, expands an XML entity or writes a file.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from policycmp import lexicon, reader_text
from policycmp.errors import PolicyError, Refused

_TAG = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ANY_TAG = re.compile(rb"<(div|p|table|span|br|meta|title|section|article|h[1-6])\b", re.IGNORECASE)
_MHTML = re.compile(rb"\A(From|MIME-Version|Subject|Snapshot-Content-Location):.*?multipart/related", re.I | re.S)
_PAGES = {".html", ".htm", ".shtml", ".xhtml"}
_OTHER = {  # how the bytes begin: what the file is, and what to do with it
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ("an old Word file (.doc, .wps)", "open it and save it as .docx"),
    b"{\\rtf": ("a rich text file (.rtf)", "open it and save it as .docx"),
    b"Rar!": ("an archive", "unpack it and give the document"),
    b"7z\xbc\xaf": ("an archive", "unpack it and give the document"),
    b"\x89PNG": ("a picture", "have its text recognised and give that"),
    b"\xff\xd8\xff": ("a picture", "have its text recognised and give that"),
}
_CHILD = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from policycmp import readers; readers.child()"


class Extracted(NamedTuple):
    """What was read from a file: offsets of all tables point into ``text``; ``notes`` say what was left out."""

    text: str
    format: str
    encoding: str
    notes: tuple[str, ...] = ()


def extract(raw: bytes, path: Path, extra: Path | None = None) -> Extracted:
    """Return the text of the file ``path`` whose bytes are ``raw``; its format is told by them, then by its suffix.

    Parameters
    ----------
    raw : bytes
        The whole file.
    path : Path
        Its name, for the suffix and for messages.
    extra : Path, optional
        The user's own word lists, whose ``[limits]`` hold.

    Raises
    ------
    PolicyError
        If the file is empty, of no known format, damaged, encrypted, a scan, or beyond a limit.
    """
    limits = lexicon.words(extra)["limits"]
    try:
        if len(raw) > limits["bytes"]:
            raise over("the file is too large", "bytes", limits)
        if not raw.strip():
            raise Refused("the file is empty", "save the text of the policy in it")
        kind = recognise(raw, path.suffix.lower())
        found = take(kind, raw, {}) if kind == "text" else _apart(kind, raw, extra, limits)
        if not found.text.strip():
            raise Refused(f"no text was found in this {kind} file", "save the policy as text in UTF-8")
        return found
    except Refused as error:
        raise PolicyError(path, *error.args) from None


def over(what: str, name: str, limits: dict[str, Any]) -> Refused:
    """Return the refusal of a source that is beyond the limit ``name``."""
    return Refused(what, f"at most {limits[name]:,} are allowed: raise {name} in [limits] of lexicon.toml")


def recognise(raw: bytes, suffix: str = "") -> str:
    """Return the format of ``raw``: text, html, mhtml, docx or pdf."""
    for start, told in _OTHER.items():
        if raw.startswith(start):
            if "EncryptedPackage".encode("utf-16-le") in raw:
                raise Refused("the Word file is encrypted", "save it without a password")
            raise Refused(f"this is {told[0]}", told[1])
    head = raw[:4096].replace(b"\0", b"")  # UTF-16, too
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        return "docx"
    if _MHTML.search(head):
        return "mhtml"
    return "html" if _TAG.search(head) or (suffix in _PAGES and _ANY_TAG.search(raw)) else "text"


def take(kind: str, raw: bytes, words: dict[str, Any]) -> Extracted:
    """Read ``raw`` as ``kind`` here and now; what cannot be read raises `Refused`."""
    if kind == "text":
        text, encoding = reader_text.decode(raw)
        return Extracted(text, kind, encoding)
    if kind == "docx":
        from policycmp import reader_docx

        text, notes = reader_docx.read(raw, words["limits"])
        return Extracted(text, kind, kind, tuple(notes))
    if kind == "pdf":
        from policycmp import reader_pdf

        text, notes = reader_pdf.read(raw, words)
        return Extracted(text, kind, kind, tuple(notes))
    from policycmp import reader_html

    text, encoding, notes = reader_html.read(_part(raw) if kind == "mhtml" else raw, words["page"])
    return Extracted(text, kind, encoding, tuple(notes))


def _part(raw: bytes) -> bytes:
    """Return the page that a web archive (.mht) holds beside its pictures."""
    import email

    for part in email.message_from_bytes(raw).walk():
        page = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(page, bytes):
            return page
    raise Refused("the web archive holds no page", "save the page as HTML")


def _apart(kind: str, raw: bytes, extra: Path | None, limits: dict[str, Any]) -> Extracted:
    """Read ``raw`` in a process of its own, within the limits of time and memory."""
    command = [sys.executable, "-c", _CHILD, json.dumps(sys.path), kind, str(extra or "")]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=limits["seconds"])
    except subprocess.TimeoutExpired:
        raise over(f"reading this {kind} file takes too many seconds", "seconds", limits) from None
    answer = json.loads(done.stdout) if done.returncode == 0 else ["memory"]
    if answer == ["memory"] or done.returncode:
        raise Refused(f"the {kind} file is damaged or needs more memory than allowed", "save it anew, or as text; "
                      f"at most {limits['memory']:,} bytes: raise memory in [limits] of lexicon.toml")  # fmt: skip
    if len(answer) == 2:
        raise Refused(*answer)
    return Extracted(*answer[:3], tuple(answer[3]))


def child() -> None:
    """Read what stands on the standard input and print it, or why not; the other end is `_apart`."""
    kind, extra = sys.argv[2:]
    words = lexicon.words(Path(extra) if extra else None)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (words["limits"]["memory"],) * 2)
    except (ImportError, OSError, ValueError):  # no such limit on this system: that of time still holds
        pass
    try:
        answer = list(take(kind, sys.stdin.buffer.read(), words))
    except Refused as error:
        answer = list(error.args)
    except MemoryError:
        answer = ["memory"]
    print(json.dumps(answer))
