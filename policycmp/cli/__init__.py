"""The command ``policycmp``: read, compare, report, check. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from functools import partial

from policycmp.cli.parser import parser, read
from policycmp.errors import PolicyError
from policycmp.wording import said

__all__ = ["main", "parser"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    for stream in (sys.stdout, sys.stderr):  # what a console or a pipe cannot show is replaced, and breaks nothing
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    arguments = read(sys.argv[1:] if argv is None else argv)
    arguments.say = partial(said, lang=arguments.lang, chapter="command")
    try:
        return int(arguments.run(arguments) or 0)
    except PolicyError as error:
        print(f"policycmp: {error.said(arguments.lang)}", file=sys.stderr)
    except BrokenPipeError:
        return 0
    except OSError as error:
        text = arguments.say("disk", file=error.filename or "file", reason=error.strerror)
        print(f"policycmp: {text}", file=sys.stderr)
    return 1
