"""The command ``policycmp``: read, compare, report, check. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Sequence
from functools import partial

from policycmp.cli import console
from policycmp.cli.parser import PASSING, parser, read
from policycmp.errors import PolicyError
from policycmp.wording import said

__all__ = ["main", "parser", "program"]
OBJECTS = 300_000  # new ones before Python looks for cycles among them: a short command has fewer


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status. Whatever goes wrong is told in one line."""
    for stream in (sys.stdout, sys.stderr):  # what a console or a pipe cannot show is replaced, and breaks nothing
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    arguments = read(sys.argv[1:] if argv is None else argv)
    arguments.say = partial(said, lang=arguments.lang, chapter="command")
    try:
        with contextlib.redirect_stdout(console.Harmless(sys.stdout)):
            return int(arguments.run(arguments) or 0)
    except PolicyError as error:
        wrong = error.said(arguments.lang)
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        wrong = arguments.say("interrupted")
    except OSError as error:
        wrong = arguments.say("disk", file=error.filename or "file", reason=error.strerror or error)
    except Exception as error:  # a fault of ours: its traceback is for us, not for the user
        wrong = arguments.say("unforeseen", error=type(error).__name__, file=console.keep_traceback())
    print(f"policycmp: {console.harmless(wrong)}", file=sys.stderr)
    return 1


def program() -> int:
    """Run the command as a program of its own, and return its exit status.

    Python looks for cycles less often while it runs, and not once more at its end, when all goes with the process:
    together a fifth of the time of a short command. Another sixth of it numpy would spend on threads for dense algebra,
    of which there is none; the kernels of the programs that are started have them.
    """
    gc.set_threshold(OBJECTS)
    if not set(PASSING) & set(sys.argv[1:]):
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    status = main()
    gc.freeze()
    return status
